//! A golden ledger in the hands of the present program: it opens, verifies, shows what it showed, answers
//! old keys as it answered, and goes on.

use super::present;
use super::set::{Set, sets};
use super::transcript::{Caller, Exchange, Transcript};
use crate::support::clock::TestClock;
use crate::support::database::Directory;
use crate::support::http::App;
use crate::support::operations::head;
use crate::support::process::run;
use crate::support::writer::{options, vault};
use hourbook::store::{Db, DbUrl, sealing};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::process::Command;
use std::sync::Arc;

/// Runs a case on a copy of each golden ledger, migrated.
fn each_copy(case: impl Fn(&Set, &DbUrl)) {
    let with_ledger: Vec<Set> = sets().into_iter().filter(|set| set.has("ledger.db")).collect();
    assert!(!with_ledger.is_empty(), "no golden ledger");
    for set in with_ledger {
        let folder = Directory::new("golden");
        let copy = folder.path().join("hourbook.db");
        fs::copy(set.path("ledger.db"), &copy).unwrap();
        if set.has("sessions.db") {
            fs::copy(set.path("sessions.db"), folder.path().join("hourbook.db.sessions")).unwrap();
        }
        let url = DbUrl::Sqlite(copy);
        let mut db = Db::open(&url).unwrap();
        db.migrate().unwrap();
        let in_doubt = sealing::seal_people(&mut db, &vault()).unwrap().in_doubt;
        assert_eq!(in_doubt, 0, "people whose data are not sealed");
        drop(db);
        case(&set, &url);
    }
}

/// Runs a case on a service on such a copy, at the time at which it was left.
fn each_ledger(case: impl Fn(&Set, &App)) {
    each_copy(|set, url| {
        let clock = Arc::new(TestClock::at(&set.facts().now));
        case(set, &App::start_with(url, &clock, &options()));
    });
}

/// The first member in which two answers differ.
fn difference(place: &str, golden: &Value, now: &Value) -> Option<String> {
    match (golden, now) {
        (Value::Object(golden), Value::Object(now)) => {
            let names: BTreeSet<&String> = golden.keys().chain(now.keys()).collect();
            let of = |object: &serde_json::Map<String, Value>, name: &str| object.get(name).cloned();
            names.into_iter().find_map(|name| {
                let place = format!("{place}/{name}");
                match (of(golden, name), of(now, name)) {
                    (Some(golden), Some(now)) => difference(&place, &golden, &now),
                    (None, Some(_)) if present::LATER_MEMBERS.contains(&name.as_str()) => None,
                    (golden, now) => Some(format!("{place}: {golden:?}, now {now:?}")),
                }
            })
        }
        (Value::Array(golden), Value::Array(now)) if golden.len() == now.len() => {
            let pairs = golden.iter().zip(now).enumerate();
            pairs
                .into_iter()
                .find_map(|(at, (golden, now))| difference(&format!("{place}/{at}"), golden, now))
        }
        _ => (golden != now).then(|| format!("{place}: {golden}, now {now}")),
    }
}

#[test]
fn it_opens_and_verifies() {
    each_ledger(|set, app| {
        let facts = set.facts();
        let head = head(app);
        assert_eq!((head.last_seq.0, head.tree.root().to_string()), (facts.entries, facts.root));
        let report = app.verify();
        assert_eq!((report.differences, &report.named, report.entries), (0, &vec![], facts.entries));
        assert_eq!(report.signatures, facts.checkpoints);
    });
}

#[test]
fn all_that_it_shows_is_the_same() {
    each_ledger(|set, app| {
        let reads: Vec<Exchange> = set.values("reads.ndjson");
        assert!(reads.len() > 150, "only {} reads", reads.len());
        let differences: Vec<String> = reads
            .iter()
            .filter_map(|golden| {
                let now = golden.answered(app);
                if golden.path.starts_with("/v1/findings?") && golden.status == 200 {
                    // What was dismissed comes back under its new name.
                    let finds_no_less = golden.path.contains("dismissed=true")
                        || present::finds_no_less(&golden.value(), &now.value());
                    return (!finds_no_less).then(|| format!("{}: less is found", golden.path));
                }
                let of = |exchange: &Exchange| {
                    let read = present::as_then_told(&golden.path, exchange.value());
                    json!([exchange.status, present::without_statements(present::without_later_rules(read))])
                };
                difference(&golden.path, &of(golden), &of(&now))
            })
            .collect();
        assert!(
            differences.is_empty(),
            "{} of {}:\n{}",
            differences.len(),
            reads.len(),
            differences.join("\n")
        );
    });
}

#[test]
fn old_keys_replay_what_they_were_answered() {
    each_ledger(|set, app| {
        let before = head(app);
        let mut asked = 0;
        for golden in set.values::<Exchange>("answers.ndjson") {
            let now = golden.answered(app);
            let of = |exchange: &Exchange| {
                let Exchange { status, etag, location, answer, .. } = exchange.clone();
                let answer = present::without_later_members(&present::without_sentences(&answer));
                (status, etag, location, answer)
            };
            assert_eq!(of(&now), of(&golden), "{} {}", golden.method, golden.path);
            asked += 1;
        }
        assert!(asked > 100, "only {asked} keys");
        assert_eq!(head(app), before, "a replay changed something");
    });
}

#[test]
fn files_that_were_imported_are_known() {
    each_copy(|set, url| {
        let head = || hourbook::store::head::read(&mut Db::open(url).unwrap()).unwrap();
        let before = head();
        super::imports::assert_known(set, url);
        assert_eq!(head(), before, "an import changed something");
    });
}

#[test]
fn who_was_let_in_is_let_in() {
    each_ledger(|set, app| {
        let facts = set.facts();
        let holder =
            present::holder(&set.text("keys/test-token-key.pem"), &facts.access_token, app.clock.as_ref());
        assert!(holder.starts_with("operator:"), "{holder}");
        let refreshed =
            app.post("/v1/auth/refresh", "", json!({ "refresh_token": facts.refresh_token })).ok();
        assert!(refreshed["access_token"].is_string(), "{refreshed}");
        let login = json!({ "login": facts.login, "password": facts.password });
        assert!(app.post("/v1/auth/login", "", login).ok()["access_token"].is_string());
    });
}

#[test]
fn it_goes_on() {
    each_ledger(|set, app| {
        let facts = set.facts();
        let before = head(app);
        let script = Transcript::of(app, "later");
        let admin = &facts.admin;
        let step = |path: String, body: Value| script.post(admin, &path, body);
        let code = json!({ "pickup_code": facts.pickup_code });
        let fulfilled = step(format!("/v1/redemptions/{}/fulfil", facts.held_redemption), code);
        assert_eq!(fulfilled["status"], "fulfilled");
        let credited = step(format!("/v1/service-records/{}/credit", facts.submitted_record), json!({}));
        assert_eq!(credited["status"], "credited");
        app.clock.set("2027-07-01T09:00:00+08:00");
        assert!(app.sweep() > 2, "a transfer and the points of several people expire");
        let unit = json!({ "code": "LATER", "name": "新学校", "kind": "school" });
        script.post(admin, "/v1/units", unit);
        assert!(head(app).last_seq.0 >= before.last_seq.0 + 6);
        app.assert_verified();
    });
}

#[test]
fn its_audit_folder_is_accepted() {
    let with_folder: Vec<Set> = sets().into_iter().filter(|set| set.has("audit")).collect();
    assert!(!with_folder.is_empty(), "no golden audit folder");
    for set in with_folder {
        let (folder, key) = (set.path("audit"), set.path("keys/log-keys.pub"));
        let ours = run(&["verify", folder.to_str().unwrap(), "--log-keys-file", key.to_str().unwrap()]);
        assert_eq!(ours.code, Some(0), "{ours:?}");
        // What it proved, and by whose key, is told since.
        assert!(ours.stdout.starts_with(&set.text("audit-verified.txt")), "{ours:?}");
        let script = Command::new("python3")
            .arg(folder.join("verify_bundle.py"))
            .args([folder.to_str().unwrap(), set.text("keys/log-keys.pub").trim()])
            .output()
            .unwrap();
        assert!(script.status.success(), "{script:?}");
    }
}

#[test]
fn reads_of_every_kind_of_caller_are_among_them() {
    for set in sets() {
        let reads: Vec<Exchange> = set.values("reads.ndjson");
        if reads.is_empty() {
            continue;
        }
        let of = |test: fn(&Caller) -> bool| reads.iter().filter(|read| test(&read.caller)).count();
        assert!(of(|caller| matches!(caller, Caller::Operator { .. })) > 100);
        assert!(of(|caller| matches!(caller, Caller::Volunteer { .. })) > 3);
        assert!(of(|caller| matches!(caller, Caller::Nobody)) > 2);
    }
}
