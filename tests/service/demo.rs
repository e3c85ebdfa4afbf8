//! `hourbook demo`: the sample city has something of everything to look at.

use crate::data_folder::assert_owners_alone;
use crate::support::clock::within_a_while;
use crate::support::database::Directory;
use crate::support::process::Replica;
use serde_json::Value;
use std::collections::BTreeSet;
use std::process::Command;

#[test]
fn the_demo_shows_something_of_everything() {
    let folder = Directory::new("demo");
    let data = folder.path().join("data");
    let demo = Replica::run("demo", &["--data-dir", data.to_str().unwrap(), "--days", "30"]);
    assert_owners_alone(&data);
    let tokens = std::fs::read_to_string(data.join("demo-tokens.json")).unwrap();
    let tokens: Value = serde_json::from_str(&tokens).unwrap();
    let token = |role: &str| tokens[role].as_str().unwrap().to_owned();
    let (admin, auditor) = (token("admin"), token("auditor"));
    let all = |path: &str| demo.all_pages(path, &auditor, 200);
    let words = |path: &str, member: &str| -> BTreeSet<String> {
        all(path).iter().map(|item| item[member].as_str().unwrap().to_owned()).collect()
    };
    let these = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<BTreeSet<_>>();

    assert_eq!(
        words("/v1/service-records", "status"),
        these(&["submitted", "credited", "rejected", "voided"])
    );
    assert_eq!(words("/v1/redemptions", "status"), these(&["held", "fulfilled", "cancelled"]));
    assert_eq!(words("/v1/transfers", "status"), these(&["accepted", "released", "rejected", "cancelled"]));
    assert_eq!(words("/v1/objections", "status"), these(&["open", "dismissed", "upheld"]));
    assert_eq!(words("/v1/corrections", "status"), these(&["open", "accepted", "declined"]));
    assert_eq!(words("/v1/certificates", "state"), these(&["valid", "corrected", "revoked"]));
    let notices = all("/v1/notices");
    assert!(notices.len() >= 5 && notices.iter().any(|notice| notice["open_objections"] == 1), "{notices:?}");

    let pledges = all("/v1/pledges");
    let kept = pledges.iter().filter(|pledge| pledge["records"] != serde_json::json!([])).count();
    let ended = pledges.iter().filter(|pledge| pledge["ended_at"].is_string()).count();
    assert_eq!((pledges.len(), kept, ended), (4, 2, 1));
    let posts = all("/v1/model-posts");
    let of_units = posts.iter().filter(|post| post["volunteer"].is_null()).count();
    let ended = posts.iter().filter(|post| post["ends_on"].is_string()).count();
    assert_eq!((posts.len(), of_units, ended), (3, 1, 1));

    let findings = demo.get("/v1/findings", &auditor).ok();
    let rules = findings["items"].as_array().unwrap().iter().map(|found| found["rule"].as_str().unwrap());
    let rules: BTreeSet<String> = rules.map(str::to_owned).collect();
    assert!(rules.is_superset(&these(&["quick_crediting", "same_interval", "fast_approvals"])), "{rules:?}");
    let calendar = demo.get("/v1/calendar?year=2026", &auditor).ok();
    assert_eq!(calendar["days"].as_array().unwrap().len(), 39);
    assert_eq!(all("/v1/star-schemes").len(), 1);

    let scheme = all("/v1/assessment-schemes")[0]["id"].as_str().unwrap().to_owned();
    let units = demo.get("/v1/units", &admin).ok();
    let bureau = units["items"].as_array().unwrap().iter().find(|unit| unit["parent"].is_null()).unwrap();
    let path = format!(
        "/v1/assessments?unit={}&each=children&scheme={scheme}&from=2020-01-01&to=2099-12-31",
        bureau["id"].as_str().unwrap()
    );
    let assessed = demo.get(&path, &auditor).ok();
    let ranking = assessed["assessment"]["ranking"].as_array().unwrap();
    assert_eq!(ranking.len(), 8);
    assert!(ranking.iter().all(|unit| unit["score"] != "0.00"), "{ranking:?}");

    let (status, _) = demo.stop();
    assert!(status.success(), "{status}");
    let verified = crate::support::process::run(&["verify", "--data-dir", data.to_str().unwrap()]);
    assert_eq!(verified.code, Some(0), "{verified:?}");
}

/// The lines that a newcomer is given to paste: each is answered, and none is refused.
#[test]
fn the_story_can_be_pasted() {
    let folder = Directory::new("demo-story");
    let (data, page) = (folder.path().join("data"), folder.path().join("page"));
    let to_page = format!("exec \"$@\" > '{}'", page.display());
    let wrapper = ["bash", "-c", &to_page, "bash"];
    let demo = Replica::run_under(&wrapper, "demo", &["--data-dir", data.to_str().unwrap()]);
    within_a_while("nothing is signed", || demo.get("/log/checkpoint", "").status == 200);
    let text = || std::fs::read_to_string(&page).unwrap();
    within_a_while("there is no page", || text().contains("verify_bundle.py"));

    let text = text();
    let story = text[text.find("ADMIN=").unwrap()..].replace("/tmp/certificate.pdf", "certificate.pdf");
    // Pasted again in the same shell, it asks for the same, and nothing is refused.
    let twice = format!("{story}\n{story}");
    let pasted = Command::new("bash").arg("-c").arg(&twice).current_dir(folder.path()).output().unwrap();
    let said = String::from_utf8_lossy(&pasted.stdout);
    assert!(!said.contains("urn:hourbook:problem"), "{said}");
    for part in [
        "\"status\":\"accepted\"",
        "\"status\":\"fulfilled\"",
        "\"checked_in_by\":\"wall_code\"",
        "\"unread_messages\":",
        "\"rule\":",
        "signed by a key that you gave",
    ] {
        let times = said.matches(part).count();
        assert!(
            times >= 2 && times % 2 == 0,
            "{part}, {times}: {said}\n{}",
            String::from_utf8_lossy(&pasted.stderr)
        );
    }
}

/// Everybody knows the demo's passwords: where others reach the address, they open nothing.
#[test]
fn the_printed_passwords_are_good_on_this_machine_only() {
    let folder = Directory::new("demo-passwords");
    let (data, page) = (folder.path().join("data"), folder.path().join("page"));
    let to_page = format!("exec \"$@\" > '{}'", page.display());
    let wrapper = ["bash", "-c", &to_page, "bash"];
    let place = ["--data-dir", data.to_str().unwrap(), "--days", "20"];
    let text = || std::fs::read_to_string(&page).unwrap();
    let mut password = String::new();
    for (listen, status) in [("127.0.0.1:0", 200), ("0.0.0.0:0", 401)] {
        let options = [&["--listen", listen], &place[..]].concat();
        let demo = Replica::run_under(&wrapper, "demo", &options);
        within_a_while("there is no page", || text().contains("verify_bundle.py"));
        if status == 200 {
            password = text().split("password `").nth(1).unwrap().split('`').next().unwrap().to_owned();
        } else {
            assert!(!text().contains(&password) && text().contains("by token only"), "{}", text());
        }
        let login = serde_json::json!({ "login": "bureau", "password": password });
        assert_eq!(demo.call("POST", "/v1/auth/login").json(login).send().status, status, "{listen}");
        let tokens = std::fs::read_to_string(data.join("demo-tokens.json")).unwrap();
        let tokens: Value = serde_json::from_str(&tokens).unwrap();
        demo.get("/v1/units", tokens["admin"].as_str().unwrap()).ok();
    }
}
