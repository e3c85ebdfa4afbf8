//! The audit folder: its holder recomputes roots and totals by our program and by a script of Python's
//! standard library, and both refuse it once anything in it is changed.

use crate::support::audit_folder::{AuditFolder, Script};
use crate::support::database::{Database, Directory};
use crate::support::http::{App, log_keys};
use crate::support::process::run;
use crate::support::town::Town;
use serde_json::{Value, json};
use std::fs;

/// A folder of the school's totals as of an entry, and what the API says of the same.
struct Handed {
    folder: AuditFolder,
    minutes: Value,
    points: Value,
}

/// Has a ledger grow, be signed and grow on, and exports it as of an entry before its end.
fn hand_out(database: &Database) -> Handed {
    let app = App::start(database.url());
    let town = Town::found(&app);
    let volunteer = town.volunteer();
    let record = town.serve(&volunteer, "17T09:00", "17T12:00");
    town.serve(&volunteer, "18T09:00", "18T11:30");
    town.fulfil(&town.redeem(&volunteer, &town.reward("2", 3)));
    let as_of = town.void(&record)["receipt"]["seq"].clone();
    let memory = Directory::new("memory");
    town.transfer_to_other_school(&volunteer);
    app.seal(&memory).unwrap();
    town.serve(&volunteer, "19T09:00", "19T10:00");
    let ask = |path: &str| app.get(&format!("{path}&as_of={as_of}&unit={}", town.school), &town.auditor).ok();
    let minutes = ask("/v1/totals/minutes?group_by=unit,month,grade")["items"].clone();
    let points = ask("/v1/totals/points?")["items"].clone();

    let folder = AuditFolder::export(database.url(), "SCHOOL-1", &as_of.to_string());
    Handed { folder, minutes, points }
}

/// Runs a case on a folder from each database.
fn each_folder(label: &str, case: impl Fn(&Handed)) {
    for database in [Database::sqlite(label), Database::postgres(label)] {
        case(&hand_out(&database));
    }
}

#[test]
fn both_checks_take_the_folder_and_its_totals_are_those_of_the_api() {
    each_folder("audit-honest", |handed| {
        let ours = handed.folder.checked_by_us(&handed.folder.path);
        assert_eq!(ours.code, Some(0), "{ours:?}");
        let theirs = handed.folder.checked_by_script(&handed.folder.path).unwrap();
        assert_eq!(theirs.lines().next(), ours.stdout.lines().next());

        let minutes = handed.folder.text("minutes.csv");
        let rows: Vec<String> = handed
            .minutes
            .as_array()
            .unwrap()
            .iter()
            .map(|total| {
                let text = |name: &str| total[name].as_str().unwrap().to_owned();
                format!("{},{},{},{}", text("unit"), text("month"), text("grade"), total["credited_minutes"])
            })
            .collect();
        assert_eq!(rows.len(), 1, "{rows:?}");
        assert_eq!(minutes, format!("unit,month,evidence,credited_minutes\n{}\n", rows.join("\n")));

        let points = handed.folder.text("points.csv");
        for (account, member) in [("available", "available"), ("redeemed", "redeemed")] {
            let total: i64 = handed.points[0][member].as_str().unwrap().replace('.', "").parse().unwrap();
            assert!(
                total != 0 && points.contains(&format!(",{account},{total}\n")),
                "{account} {total}: {points}"
            );
        }
    });
}

#[test]
fn a_change_of_any_byte_is_refused_by_both() {
    each_folder("audit-changed", |handed| {
        let folder = &handed.folder;
        let spoilt = folder.beside("spoilt");
        fs::create_dir(&spoilt).unwrap();
        let files = ["entries.ndjson", "minutes.csv", "points.csv", "checkpoint", "manifest.json"];
        let content = files.map(|name| (name, fs::read(folder.path.join(name)).unwrap()));
        for (name, bytes) in &content {
            fs::write(spoilt.join(name), bytes).unwrap();
        }
        folder.checked_by_script(&spoilt).unwrap();
        assert_eq!(folder.checked_by_us(&spoilt).code, Some(0), "the copy is as good");
        let mut script = Script::of(folder);
        assert!(!script.refuses(&spoilt), "the copy is as good");
        for (name, bytes) in &content {
            // The folder's own keys are not what is trusted; of a unit's id the script reads the number only;
            // white space between is nothing.
            let (start, end) = match *name {
                "manifest.json" => (text_position(bytes, "\"tree\""), text_position(bytes, "\"verifiers\"")),
                _ => (0, bytes.len()),
            };
            for at in (start..end)
                .step_by((end - start).div_ceil(40))
                .filter(|at| !bytes[*at].is_ascii_whitespace())
            {
                let mut changed = bytes.clone();
                changed[at] ^= 1;
                fs::write(spoilt.join(name), &changed).unwrap();
                let what = format!("{name}, byte {at} of {}", bytes.len());
                assert_eq!(folder.checked_by_us(&spoilt).code, Some(1), "{what}");
                assert!(script.refuses(&spoilt), "{what}");
            }
            let shorter = &bytes[..bytes.len() - 2];
            fs::write(spoilt.join(name), shorter).unwrap();
            assert_eq!(folder.checked_by_us(&spoilt).code, Some(1), "{name} cut short");
            assert!(script.refuses(&spoilt), "{name} cut short");
            fs::write(spoilt.join(name), bytes).unwrap();
        }
    });
}

fn text_position(bytes: &[u8], text: &str) -> usize {
    String::from_utf8_lossy(bytes).find(text).unwrap()
}

#[test]
fn whoever_makes_up_a_whole_folder_needs_the_key() {
    each_folder("audit-forged", |handed| {
        let other = hourbook::journal::LogKeys::private_text(log_keys().origin(), &[66; 32]).unwrap();
        let other = hourbook::journal::LogKeys::parse(&other).unwrap();
        let mut manifest: Value =
            serde_json::from_slice(&fs::read(handed.folder.path.join("manifest.json")).unwrap()).unwrap();
        manifest["verifiers"] = json!([other.verifiers()[0].to_string()]);
        let size = manifest["signed"]["size"].as_u64().unwrap();
        let root = manifest["signed"]["root"].as_str().unwrap().parse().unwrap();
        fs::write(handed.folder.path.join("manifest.json"), manifest.to_string()).unwrap();
        let note = other.sign(hourbook::journal::TreeHead { size, root });
        fs::write(handed.folder.path.join("checkpoint"), note).unwrap();

        let with_its_own = run(&["verify", handed.folder.path.to_str().unwrap()]);
        assert_eq!(with_its_own.code, Some(0), "{with_its_own:?}");
        assert!(with_its_own.stdout.contains("the folder's own key"), "{with_its_own:?}");
        let ours = handed.folder.checked_by_us(&handed.folder.path);
        assert_eq!(ours.code, Some(1), "{ours:?}");
        assert!(ours.stdout.contains("none of the known keys"), "{ours:?}");
        assert!(
            handed.folder.checked_by_script(&handed.folder.path).unwrap_err().contains("none of the keys")
        );
    });
}
