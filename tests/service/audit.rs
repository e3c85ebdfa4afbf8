//! The audit folder: its holder recomputes roots and totals by our program and by a script of Python's
//! standard library, and both refuse it once anything in it is changed.

use crate::support::audit_folder::{AuditFolder, Script};
use crate::support::database::{Database, Directory};
use crate::support::http::{App, log_keys};
use crate::support::process::run;
use crate::support::thief::Thief;
use crate::support::town::{Town, each_town};
use serde_json::{Value, json};
use std::fs;
use std::process::Command;

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
        assert_eq!(theirs, ours.stdout);
        let told: Vec<&str> = theirs.lines().collect();
        assert!(
            told[1].starts_with("proved of: unit SCHOOL-1 ") && told[1].ends_with(log_keys().origin()),
            "{told:?}"
        );
        assert_eq!(told[2], "signed by a key that you gave");

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
        assert_eq!(with_its_own.code, Some(3), "{with_its_own:?}");
        assert!(with_its_own.stdout.contains("NOT PROVED without a key that you trust"), "{with_its_own:?}");
        let ours = handed.folder.checked_by_us(&handed.folder.path);
        assert_eq!(ours.code, Some(1), "{ours:?}");
        assert!(ours.stdout.contains("none of the known keys"), "{ours:?}");
        assert!(
            handed.folder.checked_by_script(&handed.folder.path).unwrap_err().contains("none of the keys")
        );
    });
}

/// How the script ended, and what it said.
fn script(folder: &AuditFolder, more: &[&str]) -> (Option<i32>, String) {
    let path = folder.path.to_str().unwrap();
    let script = folder.path.join("verify_bundle.py");
    let ended = Command::new("python3").arg(script).arg(path).args(more).output().unwrap();
    (ended.status.code(), String::from_utf8(ended.stdout).unwrap() + &String::from_utf8_lossy(&ended.stderr))
}

#[test]
fn without_a_key_or_beyond_the_folder_success_looks_otherwise() {
    each_folder("audit-unsigned", |handed| {
        let folder = &handed.folder;
        let path = folder.path.to_str().unwrap();
        let ours = run(&["verify", path]);
        assert_eq!(
            (ours.code, ours.stdout.contains("signed by a key that you gave")),
            (Some(3), false),
            "{ours:?}"
        );
        let theirs = script(folder, &[]);
        assert_eq!((theirs.0, theirs.1.contains("NOT PROVED without a key")), (Some(3), true), "{theirs:?}");
        assert_eq!(run(&["verify", path, "--allow-unsigned"]).code, Some(0));
        assert_eq!(script(folder, &["--allow-unsigned"]).0, Some(0));

        // Checkpoints of an auditor's own: of the folder's beginning, of what it does not reach, and of another ledger.
        let kept = folder.beside("kept");
        let (key, key_file) = (folder.key.as_str(), folder.beside("trusted-key"));
        let both = |note: &str| {
            fs::write(&kept, note).unwrap();
            let kept = kept.to_str().unwrap();
            let ours = run(&["verify", path, "--log-keys-file", key_file.to_str().unwrap(), "--kept", kept]);
            let theirs = script(folder, &[key, "--kept", kept]);
            assert_eq!(ours.code, theirs.0, "{ours:?} {theirs:?}");
            (ours.code, ours.stdout + &theirs.1)
        };
        let entries = folder.text("entries.ndjson");
        let mut tree = hourbook::journal::Frontier::default();
        for line in entries.lines().take(7) {
            tree.append(hourbook::journal::TreeHash::of_leaf(line.as_bytes()));
        }
        let head = |size, root| hourbook::journal::TreeHead { size, root };
        let honest = both(&log_keys().sign(head(7, tree.root())));
        assert_eq!(honest.0, Some(0), "{honest:?}");
        assert_eq!(both(&folder.text("checkpoint")).0, Some(0), "the signed tree itself");
        let beyond = both(&log_keys().sign(head(100_000, tree.root())));
        assert_eq!((beyond.0, beyond.1.contains("does not reach")), (Some(3), true), "{beyond:?}");
        let fork = both(&log_keys().sign(head(8, tree.root())));
        assert_eq!((fork.0, fork.1.contains("signs another tree of 8 entries")), (Some(1), true), "{fork:?}");
        let forged = both(&log_keys().sign(head(7, tree.root())).replace("\n7\n", "\n8\n"));
        assert_eq!(forged.0, Some(1), "{forged:?}");
    });
}

#[test]
fn the_folder_comes_over_http_and_its_figures_are_compared_with_the_services() {
    each_town("audit-http", |town| {
        let app = town.app;
        let path = format!("/v1/exports/audit-folder?unit={}", town.school);
        app.get(&path, &town.admin).refused(404, "checkpoint_not_found");
        let volunteer = town.volunteer();
        let record = town.serve(&volunteer, "17T09:00", "17T12:00");
        town.serve(&volunteer, "18T09:00", "18T11:30");
        town.fulfil(&town.redeem(&volunteer, &town.reward("2", 3)));
        town.void(&record);
        let memory = Directory::new("memory");
        app.seal(&memory).unwrap();

        let over_all = town.operator("auditor", &town.bureau);
        app.get(&path, &town.auditor).refused(403, "not_permitted");
        app.get(&path, &town.bureau_coordinator).refused(403, "not_permitted");
        let unknown = hourbook::domain::ids::UnitId::new(hourbook::domain::ids::Seq(100_000));
        app.get(&format!("/v1/exports/audit-folder?unit={unknown}"), &over_all)
            .refused(404, "unit_not_found");
        app.get(&format!("{path}&as_of=100000"), &over_all).refused(400, "invalid_parameter");
        let answer = app.call("GET", &path).token(&over_all).send();
        assert_eq!((answer.status, answer.header("content-type")), (200, "application/zip"));
        assert_eq!(answer.header("hourbook-as-of"), answer.header("hourbook-rows"));
        let told = app.all_pages("/v1/journal/entries", &town.admin, 200).pop().unwrap();
        assert_eq!(told["event"]["kind"], "export_made", "{told}");

        let work = Directory::new("http-folder");
        let folder = work.path().join("folder");
        let archive = zip::ZipArchive::new(std::io::Cursor::new(answer.bytes.clone()));
        archive.unwrap().extract(&folder).unwrap();
        let key_file = work.path().join("key");
        fs::write(&key_file, log_keys().verifiers()[0].to_string()).unwrap();
        let folder = folder.to_str().unwrap();
        let with_key = ["verify", folder, "--log-keys-file", key_file.to_str().unwrap()];
        let checked = run(&with_key);
        assert_eq!(checked.code, Some(0), "{checked:?}");

        let token = work.path().join("token");
        fs::write(&token, &over_all).unwrap();
        let url = format!("http://{}", app.address);
        let compare = ["--compare", &url, "--token-file", token.to_str().unwrap()];
        let compared = run(&[&with_key[..], &compare].concat());
        assert_eq!(compared.code, Some(0), "{compared:?}");
        assert!(
            compared.stdout.contains("figures and 2 roots compared with the service: 0 differ"),
            "{compared:?}"
        );

        // Totals change under the same root.
        Thief::at(app).rewrite(
            "UPDATE service_records SET credited_minutes = credited_minutes + 60 WHERE status = 'credited';
             UPDATE mark_minutes SET credited_minutes = credited_minutes + 60",
        );
        let compared = run(&[&with_key[..], &compare].concat());
        assert_eq!(compared.code, Some(1), "{compared:?}");
        let named = format!("minutes {} 2026-11 leader: the folder says 150, the service", town.school);
        assert!(compared.stdout.contains(&named), "{compared:?}");

        // Nobody there is no difference.
        let nobody = run(&[&with_key[..], &["--compare", "http://127.0.0.1:9"]].concat());
        assert_eq!(nobody.code, Some(2), "{nobody:?}");
    });
}
