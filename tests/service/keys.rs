//! A ledger goes by its own keys: who comes with others, or without, is refused in words, and nothing is made.

use crate::support::clock::within_a_while;
use crate::support::database::{Database, Directory};
use crate::support::each_database;
use crate::support::http::App;
use crate::support::process::{Ended, Replica, Secrets, run};
use crate::support::town::Town;
use hourbook::auth::{BadgeKeys, TokenKeys};
use hourbook::journal::{LogKeys, open_checkpoint};
use hourbook::store::sql::Sql;
use hourbook::store::{Db, DbUrl};
use serde_json::json;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The program's options for a ledger.
struct Place {
    data: Directory,
    options: Vec<String>,
}

impl Place {
    fn of(url: &DbUrl, secrets: &Secrets) -> Self {
        let data = Directory::new("keys");
        let url = match url {
            DbUrl::Sqlite(path) => format!("sqlite://{}", path.display()),
            DbUrl::Postgres(url) => url.clone(),
        };
        let place =
            ["--database-url".to_owned(), url, "--data-dir".to_owned(), data.path().display().to_string()];
        Self { options: [place.to_vec(), secrets.options()].concat(), data }
    }

    fn run(&self, words: &[&str]) -> Ended {
        let options: Vec<&str> = self.options.iter().map(String::as_str).collect();
        run(&[words, &options[..]].concat())
    }

    /// Of the keys only those with which `verify` checks seals.
    fn verify(&self) -> Ended {
        let (place, keys) = self.options.split_at(4);
        let keys = keys.chunks(2).filter(|pair| pair[0].contains("encryption") || pair[0].contains("blind"));
        let options: Vec<&str> = place.iter().chain(keys.flatten()).map(String::as_str).collect();
        run(&[&["verify", "--allow-unsigned"], &options[..]].concat())
    }

    fn serve(&self) -> Replica {
        Replica::start(&self.options.iter().map(String::as_str).collect::<Vec<_>>())
    }
}

/// Each sub-command that works with the ledger's keys.
const SUB_COMMANDS: [&[&str]; 6] = [
    &["serve", "--listen", "127.0.0.1:0"],
    &["token", "--login", "admin"],
    &["token", "--login", "second", "--create-admin"],
    &["import", "calendar", "docs/calendar-2026.csv", "--operator", "admin"],
    &["import", "calendar", "docs/calendar-2026.csv", "--operator", "admin", "--dry-run"],
    &["keys", "show"],
];

#[track_caller]
fn assert_refused(ended: &Ended, words: &[&str]) {
    assert_eq!(ended.code, Some(2), "{ended:?}");
    for word in words {
        assert!(ended.stderr.contains(word), "{word}: {ended:?}");
    }
    assert!(ended.stderr.starts_with("hourbook: ") && !ended.stderr.contains("panicked"), "{ended:?}");
}

/// Each kind of key: its file, another key in its form, what it is called, and its name as it is kept.
fn others() -> [(&'static str, String, &'static str, &'static str); 5] {
    let log = LogKeys::private_text("hours.example.org/another", &[9; 32]).unwrap();
    [
        ("encryption.key", "99".repeat(32), "encryption key", "encryption"),
        ("blind-index.key", "98".repeat(32), "blind-index key", "blind_index"),
        ("token-key.pem", TokenKeys::generate_pem().unwrap(), "token key", "token"),
        ("log-key", log, "log's key", "log"),
        ("badge-key.pem", BadgeKeys::generate_pem().unwrap(), "badge key", "badge"),
    ]
}

fn names_in(folder: &Path) -> BTreeSet<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    names.map(|name| name.into_string().unwrap()).collect()
}

#[test]
fn nothing_is_made_beside_a_ledger_that_is_not_empty() {
    let folder = Directory::new("missing-key");
    let place = ["--data-dir", folder.path().to_str().unwrap()];
    let with = |words: &[&str]| run(&[words, &place[..]].concat());
    assert_eq!(with(&["token", "--login", "admin", "--create-admin"]).code, Some(0));
    for (name, ..) in others() {
        let (file, aside) = (folder.path().join(name), Directory::new("aside"));
        fs::rename(&file, aside.path().join(name)).unwrap();
        let before = names_in(folder.path());
        for words in SUB_COMMANDS.iter().chain([&["log", "restart", "--because", "x"][..]].iter()) {
            let ended = with(words);
            // Without a badge key there are no badges; but a ledger that had one goes by it.
            let takes_less = name == "badge-key.pem"
                && matches!(words[..], ["token", "--login", "admin"] | ["keys", ..] | ["log", ..]);
            if takes_less {
                continue;
            }
            let said = if name == "badge-key.pem" { "badge key" } else { name };
            assert_refused(&ended, &[said]);
        }
        assert_eq!(names_in(folder.path()), before, "{name}: something was made");
        fs::copy(aside.path().join(name), &file).unwrap();
    }
    assert_refused(
        &run(&["log-key", "--public", "--data-dir", Directory::new("none").path().to_str().unwrap()]),
        &["log-key"],
    );
    for words in [&["token", "--login", "admin"][..], &["keys", "show"]] {
        assert_eq!(with(words).code, Some(0));
    }
}

#[test]
fn who_comes_with_another_key_is_refused_in_words() {
    each_database("other-key", |url| {
        let app = App::start(&url);
        let town = Town::found(&app);
        let volunteer = town.volunteer();
        let admin = town.admin.clone();
        drop(town);
        drop(app);
        let secrets = Secrets::new();
        let place = Place::of(&url, &secrets);
        // The ledger knows its keys from the first start on.
        assert_eq!(place.serve().stop().0.code(), Some(0));
        let shown = place.run(&["keys", "show"]);
        assert_eq!(shown.stdout.matches("in use").count(), 5, "{shown:?}");

        for (name, other, called, kind) in others() {
            let own = fs::read(secrets.file(name)).unwrap();
            fs::write(secrets.file(name), &other).unwrap();
            for words in SUB_COMMANDS.iter().filter(|words| words[0] != "keys") {
                assert_refused(&place.run(words), &[called]);
            }
            let shown = place.run(&["keys", "show"]);
            assert!(
                shown.stdout.lines().any(|line| line.starts_with(kind) && line.contains("not at hand")),
                "{shown:?}"
            );
            if ["encryption", "blind_index"].contains(&kind) {
                assert_refused(&place.verify(), &[called]);
            }
            fs::write(secrets.file(name), own).unwrap();
        }
        // None of them has changed anything.
        let verified = place.verify();
        assert_eq!(verified.code, Some(0), "{verified:?}");
        let replica = place.serve();
        replica.get(&format!("/v1/volunteers/{}", volunteer.id), &admin).ok();
    });
}

/// A replica with keys of its own would write what the others cannot read.
#[test]
fn a_replica_with_other_keys_does_not_join() {
    each_database("other-replica", |url| {
        let (ours, others_secrets) = (Secrets::new(), Secrets::new());
        // On an empty ledger, too: the first that comes says by which keys it goes.
        let first = Place::of(&url, &ours).serve();
        // One process writes to a SQLite file.
        let first = match url {
            DbUrl::Sqlite(_) => {
                first.stop();
                None
            }
            DbUrl::Postgres(_) => Some(first),
        };
        for (name, other, called, _) in others() {
            let own = fs::read(others_secrets.file(name)).unwrap();
            fs::write(others_secrets.file(name), other).unwrap();
            assert_refused(
                &Place::of(&url, &others_secrets).run(&["serve", "--listen", "127.0.0.1:0"]),
                &[called],
            );
            fs::write(others_secrets.file(name), own).unwrap();
        }
        let second = Place::of(&url, &others_secrets).serve();
        second.get("/readyz", "").ok();
        if let Some(first) = first {
            first.get("/readyz", "").ok();
        }
    });
}

#[test]
fn a_ledger_of_before_takes_the_keys_that_open_it() {
    each_database("old-ledger", |url| {
        let app = App::start(&url);
        let town = Town::found(&app);
        town.volunteer();
        drop(town);
        drop(app);
        let secrets = Secrets::new();
        let place = Place::of(&url, &secrets);
        for (name, other, called, _) in others().into_iter().take(2) {
            let own = fs::read(secrets.file(name)).unwrap();
            fs::write(secrets.file(name), other).unwrap();
            assert_refused(&place.run(SUB_COMMANDS[0]), &[called, "what is in"]);
            assert_refused(&place.run(SUB_COMMANDS[4]), &[called, "what is in"]);
            fs::write(secrets.file(name), own).unwrap();
        }
        let checks = || Db::open(&url).unwrap().number(Sql::new("SELECT COUNT(*) FROM key_checks")).unwrap();
        assert_eq!(checks(), Some(0));
        assert_eq!(place.serve().stop().0.code(), Some(0));
        assert_eq!(checks(), Some(5));
        let kept = Db::open(&url).unwrap().query(Sql::new("SELECT value FROM key_checks")).unwrap();
        for key in ["11", "22"] {
            let key = data_encoding::HEXLOWER.decode(key.repeat(32).as_bytes()).unwrap();
            assert!(!format!("{kept:?}").contains(&format!("{key:?}")), "a key itself is kept");
        }
    });
}

/// Tokens of before are good as long as the public half of the key that signed them is named.
#[test]
fn a_token_key_is_replaced_with_the_former_beside_or_given_up_in_words() {
    let database = Database::sqlite("token-key");
    let secrets = Secrets::new();
    let mut place = Place::of(database.url(), &secrets);
    let of_before = place.run(SUB_COMMANDS[2]);
    assert_eq!(of_before.code, Some(0), "{of_before:?}");
    let of_before = of_before.stdout.trim().to_owned();
    let own = fs::read_to_string(secrets.file("token-key.pem")).unwrap();
    let public = secrets.file("former.pem");
    fs::write(&public, TokenKeys::from_pem(&own).unwrap().public_pem().unwrap()).unwrap();
    fs::write(secrets.file("token-key.pem"), TokenKeys::generate_pem().unwrap()).unwrap();
    assert_refused(
        &place.run(SUB_COMMANDS[0]),
        &["--previous-token-key-files", "hourbook keys replace token"],
    );

    let alone = place.options.clone();
    place.options.extend(["--previous-token-key-files".to_owned(), public.display().to_string()]);
    let replica = place.serve();
    replica.get("/v1/units", &of_before).ok();
    let now = place.run(&["token", "--login", "second"]).stdout.trim().to_owned();
    replica.get("/v1/units", &now).ok();
    drop(replica);
    // Once the last token of before is over, the former key is named no more.
    place.options = alone;
    let replica = place.serve();
    replica.get("/v1/units", &of_before).refused(401, "token_invalid");
    replica.get("/v1/units", &now).ok();
    drop(replica);

    // One that was stolen: no token of it is good from the next start on.
    fs::write(secrets.file("token-key.pem"), TokenKeys::generate_pem().unwrap()).unwrap();
    assert_refused(&place.run(SUB_COMMANDS[0]), &["token key"]);
    let replaced = place.run(&["keys", "replace", "token"]);
    assert_eq!(replaced.code, Some(0), "{replaced:?}");
    let replica = place.serve();
    replica.get("/v1/units", &now).refused(401, "token_invalid");
    let unit = json!({ "code": "BUREAU", "name": "平顶山市教育体育局", "kind": "bureau" });
    let again = place.run(&["token", "--login", "second"]).stdout.trim().to_owned();
    replica.post("/v1/units", &again, unit).created();
    // The former one does not come back unseen.
    drop(replica);
    fs::write(secrets.file("token-key.pem"), own).unwrap();
    assert_refused(&place.run(SUB_COMMANDS[0]), &["token key"]);
    for kind in ["encryption", "blind-index", "log"] {
        let ended = place.run(&["keys", "replace", kind]);
        assert_eq!(ended.code, Some(2), "{ended:?}");
    }
    let _ = place.data;
}

/// What is encrypted, as those see it who may: two persons, the content of a certificate.
fn encrypted_things(replica: &Replica, admin: &str, paths: &[String]) -> Vec<serde_json::Value> {
    let shown = |path: &String| {
        let mut shown = replica.get(path, admin).ok();
        // It names the port.
        shown.as_object_mut().unwrap().remove("page");
        shown
    };
    paths.iter().map(shown).collect()
}

#[test]
fn what_a_former_key_encrypted_is_encrypted_anew_and_that_key_is_put_away() {
    each_database("reseal", |url| {
        let app = App::start(&url);
        let town = Town::found(&app);
        let volunteers = [town.volunteer(), town.volunteer()];
        town.serve(&volunteers[0], "17T09:00", "17T12:00");
        let certificate = json!({ "volunteer": volunteers[0].id });
        let certificate = app.post("/v1/certificates", &town.coordinator, certificate).created();
        let operator = json!({
            "login": "second", "name": "王明", "role": "auditor", "unit": town.school,
            "document": { "kind": "passport", "number": "X0000001" },
        });
        app.post("/v1/operators", &town.admin, operator).created();
        let paths = [
            format!("/v1/volunteers/{}", volunteers[0].id),
            format!("/v1/volunteers/{}", volunteers[1].id),
            format!("/v1/certificates/{}", certificate["id"].as_str().unwrap()),
        ];
        let (admin, registration) = (town.admin.clone(), town.registration(&town.school));
        drop(town);
        drop(app);

        let secrets = Secrets::new();
        let mut place = Place::of(&url, &secrets);
        let replica = place.serve();
        let before = encrypted_things(&replica, &admin, &paths);
        drop(replica);
        let own = fs::read(secrets.file("encryption.key")).unwrap();
        let former = secrets.file("former.key");
        fs::write(&former, &own).unwrap();
        fs::write(secrets.file("encryption.key"), "77".repeat(32)).unwrap();
        let alone = place.options.clone();
        let with_former = ["--previous-encryption-key-files".to_owned(), former.display().to_string()];
        let with_former = [&alone[..], &with_former].concat();
        assert_refused(&place.run(SUB_COMMANDS[0]), &["--previous-encryption-key-files"]);

        // Readers notice nothing, and what is written now is of the new key.
        place.options.clone_from(&with_former);
        let replica = place.serve();
        assert_eq!(encrypted_things(&replica, &admin, &paths), before);
        replica.post("/v1/volunteers", &admin, registration).created();
        drop(replica);
        // Both keys are needed now.
        place.options.clone_from(&alone);
        assert_refused(&place.run(SUB_COMMANDS[0]), &["encryption key"]);
        fs::write(secrets.file("encryption.key"), &own).unwrap();
        assert_refused(&place.run(SUB_COMMANDS[0]), &["encryption key"]);
        fs::write(secrets.file("encryption.key"), "77".repeat(32)).unwrap();
        place.options.clone_from(&with_former);

        // What somebody else wrote is not blessed, and keeps the former key.
        let mut db = Db::open(&url).unwrap();
        let one = "(SELECT MIN(volunteer) FROM people)";
        let exchange = format!(
            "UPDATE people SET mobile_index = likeness_index, likeness_index = mobile_index WHERE volunteer = {one}"
        );
        db.batch(&exchange).unwrap();
        let doubted = place.run(&["reseal"]);
        assert_eq!(doubted.code, Some(1), "{doubted:?}");
        assert!(
            doubted.stdout.contains("is in doubt") && doubted.stdout.contains("still needed"),
            "{doubted:?}"
        );
        db.batch(&exchange).unwrap();
        drop(db);

        let resealed = place.run(&["reseal"]);
        assert_eq!(resealed.code, Some(0), "{resealed:?}");
        assert!(resealed.stdout.starts_with("2 cells were encrypted anew"), "{resealed:?}");
        let again = place.run(&["reseal"]);
        assert!(again.stdout.starts_with("0 cells") && again.code == Some(0), "{again:?}");
        place.options.clone_from(&alone);
        fs::remove_file(&former).unwrap();
        let replica = place.serve();
        assert_eq!(encrypted_things(&replica, &admin, &paths), before);
        drop(replica);
        let verified = place.verify();
        assert_eq!(verified.code, Some(0), "{verified:?}");
        let shown = place.run(&["keys", "show"]);
        assert_eq!(shown.stdout.matches("encryption").count(), 1, "{shown:?}");
        // The former key opens nothing any more, and does not come back unseen.
        fs::write(secrets.file("encryption.key"), &own).unwrap();
        assert_refused(&place.run(SUB_COMMANDS[0]), &["encryption key"]);
    });
}

/// The log's key: both sign while one takes the place of the other.
#[test]
fn a_log_key_is_replaced_by_a_further_line() {
    each_database("log-key", |url| {
        let secrets = Secrets::new();
        let place = Place::of(&url, &secrets);
        let admin = place.run(SUB_COMMANDS[2]).stdout.trim().to_owned();
        let unit = |code: &str| json!({ "code": code, "name": "新单位", "kind": "bureau" });
        let own = fs::read_to_string(secrets.file("log-key")).unwrap();
        let new = LogKeys::private_text(LogKeys::parse(&own).unwrap().origin(), &[46; 32]).unwrap();
        fs::write(secrets.file("log-key"), &new).unwrap();
        assert_refused(&place.run(SUB_COMMANDS[0]), &["log's key", "a further line in its file"]);

        fs::write(secrets.file("log-key"), format!("{own}\n{new}\n")).unwrap();
        let replica = place.serve();
        let made = replica.post("/v1/units", &admin, unit("BOTH")).created();
        let checkpoint = || replica.get("/v1/journal/checkpoint", "").body;
        within_a_while("it is not signed", || checkpoint()["size"] == made["receipt"]["seq"]);
        assert_eq!(checkpoint()["verifiers"].as_array().unwrap().len(), 2);
        drop(replica);
        // Once everybody has the new public key, the old line goes.
        fs::write(secrets.file("log-key"), &new).unwrap();
        let replica = place.serve();
        replica.get("/readyz", "").ok();
        let verifiers = LogKeys::parse(&new).unwrap().verifiers();
        let note = replica.get("/log/checkpoint", "").text;
        assert!(open_checkpoint(&note, &verifiers).is_ok(), "{note}");
        drop(replica);
        let verified = place.verify();
        assert_eq!(verified.code, Some(0), "{verified:?}");
    });
}

#[test]
fn a_badge_key_is_replaced_with_the_former_beside() {
    let database = Database::sqlite("badge-key");
    let secrets = Secrets::new();
    let mut place = Place::of(database.url(), &secrets);
    assert_eq!(place.serve().stop().0.code(), Some(0));
    // As the documents say.
    let (key, former) = (secrets.file("badge-key.pem"), secrets.file("former-badge.pem"));
    let words = ["pkey", "-in", key.to_str().unwrap(), "-pubout", "-out", former.to_str().unwrap()];
    assert!(Command::new("openssl").args(words).status().unwrap().success());
    fs::write(&key, BadgeKeys::generate_pem().unwrap()).unwrap();
    assert_refused(
        &place.run(SUB_COMMANDS[0]),
        &["--previous-badge-key-files", "hourbook keys replace badge"],
    );

    let alone = place.options.clone();
    place.options.extend(["--previous-badge-key-files".to_owned(), former.display().to_string()]);
    let keys =
        |place: &Place| place.serve().get("/v1/certificates/jwks", "").ok()["keys"].as_array().unwrap().len();
    assert_eq!(keys(&place), 2, "badges of before can be verified");
    place.options = alone;
    assert_eq!(keys(&place), 1);
}
