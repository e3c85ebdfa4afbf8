//! A backup that is taken at work is whole up to the entry that it names, and its restoration forks no log.

use super::deployment::{Deployment, place};
use super::{Scenario, rounds};
use crate::support::clock::within_a_while;
use crate::support::database::{Database, Directory};
use crate::support::http::Client;
use crate::support::postgres;
use crate::support::process::{Ended, Replica, run};
use hourbook::domain::actor::Actor;
use hourbook::domain::ids::{OperatorId, Seq};
use hourbook::domain::time::Timestamp;
use hourbook::journal::LogKeys;
use hourbook::store::session::{self, Session};
use hourbook::store::{Db, DbUrl};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

const CLIENTS: usize = 6;

/// Where a backup is put back: a data folder, and with PostgreSQL a database in which nothing is.
struct Bare {
    folder: Directory,
    database: Option<DbUrl>,
    _held: Option<postgres::TestDatabase>,
}

impl Bare {
    fn like(url: &DbUrl) -> Self {
        let folder = Directory::new("restored");
        let DbUrl::Postgres(_) = url else { return Self { folder, database: None, _held: None } };
        let held = postgres::server().fresh_database("restored");
        let database: DbUrl = held.parse().unwrap();
        Db::open(&database).unwrap().batch("DROP SCHEMA public CASCADE; CREATE SCHEMA public").unwrap();
        Self { folder, database: Some(database), _held: Some(held) }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn options(&self) -> Vec<String> {
        let mut options = vec!["--data-dir".to_owned(), self.data().display().to_string()];
        if let Some(DbUrl::Postgres(url)) = &self.database {
            options.extend(["--database-url".to_owned(), url.clone()]);
        }
        options
    }

    fn url(&self) -> DbUrl {
        self.database.clone().unwrap_or_else(|| DbUrl::Sqlite(self.data().join("hourbook.db")))
    }

    fn run(&self, words: &[&str]) -> Ended {
        let options = self.options();
        run(&words.iter().copied().chain(options.iter().map(String::as_str)).collect::<Vec<_>>())
    }

    fn serve(&self) -> Replica {
        let options = self.options();
        let fast = ["--checkpoint-seconds", "1"];
        Replica::start(&fast.into_iter().chain(options.iter().map(String::as_str)).collect::<Vec<_>>())
    }
}

fn head_of(backup: &Path) -> (Seq, Value) {
    let manifest: Value =
        serde_json::from_str(&fs::read_to_string(backup.join("manifest.json")).unwrap()).unwrap();
    (Seq(manifest["head"]["seq"].as_i64().unwrap()), manifest)
}

#[track_caller]
fn assert_done(ended: &Ended) {
    assert_eq!(ended.code, Some(0), "{ended:?}");
}

#[track_caller]
fn assert_refused(ended: &Ended, words: &str) {
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.stderr.contains(words), "{words}: {ended:?}");
}

fn signed_entries(client: &Client) -> i64 {
    client.get("/v1/journal/checkpoint", "").body["size"].as_i64().unwrap_or_default()
}

fn drill(name: &str, database: fn(&str) -> Database) {
    let mut scenario = Scenario::begin(name);
    for _ in 0..rounds(1, 20) {
        let (deployment, mut crew) = Deployment::found(database("backup"), CLIENTS);
        let replica = deployment.serve_with(0, &[], &["--checkpoint-seconds", "1"]);
        let folder = Directory::new("backups");
        let backup = folder.path().join("taken");
        let (news, ()) = crew.work(&[&replica], |scene| {
            scene.await_acknowledged(30);
            assert_done(&deployment.run(&["backup", "--to", backup.to_str().unwrap()]));
            scene.await_acknowledged(30);
        });
        scenario.count(&news);
        let (head, _) = head_of(&backup);
        within_a_while("nothing after the backup is signed", || signed_entries(&replica) > head.0);
        drop(replica);

        let bare = Bare::like(deployment.database());
        assert_done(&bare.run(&["restore", "--from", backup.to_str().unwrap()]));
        let reward =
            json!({ "unit": crew.site.school, "name": "x", "price": "0.01", "stock": 2, "hold_days": 7 });
        // Others hold what was signed and is not there: nothing is written until somebody has said so.
        let replica = bare.serve();
        replica.get("/readyz", "").refused(503, "journal_in_doubt");
        replica.post("/v1/rewards", &crew.site.coordinator, reward).refused(503, "unavailable");
        replica.get("/v1/rewards", &crew.site.coordinator).ok();
        drop(replica);
        let because = ["log", "restart", "--because", "机器损坏，恢复备份"];
        assert_refused(&bare.run(&because), "put a new one in its place");
        let key = LogKeys::private_text("hours.example.org/log-2", &[45; 32]).unwrap();
        fs::write(bare.data().join("log-key"), key).unwrap();
        assert_done(&bare.run(&because));

        let replica = bare.serve();
        replica.get("/readyz", "").ok();
        let lost = crew.forget_after(head);
        assert!(lost > 0, "nothing was acknowledged after the backup");
        scenario.checks += crew.assert_whole(&replica);
        crew.forget_redemptions_refused();
        let (_, ()) = crew.work(&[&replica], |scene| scene.await_acknowledged(20));
        scenario.checks += crew.assert_whole(&replica);
        within_a_while("the new log signs nothing", || {
            replica.get("/log/checkpoint", "").text.starts_with("hours.example.org/log-2\n")
        });
        drop(replica);
        let verified = bare.run(&["verify"]);
        assert_done(&verified);
        assert!(
            verified.stdout.contains("restored at") && verified.stdout.contains("恢复备份"),
            "{verified:?}"
        );
        scenario.checks += 1;
    }
    scenario.end();
}

#[test]
fn taken_at_work_on_sqlite_and_restored_it_is_whole() {
    drill("backup under load, SQLite", Database::sqlite);
}

#[test]
fn taken_at_work_on_postgresql_and_restored_it_is_whole() {
    drill("backup under load, PostgreSQL", Database::postgres);
}

/// Somebody who is logged in while the backup is made: in the ledger, as sessions of before stand there.
fn log_in(url: &DbUrl) {
    let session = Session {
        family: [7; 16],
        actor: Actor::Operator(OperatorId::new(Seq(1))),
        valid_from: Seq::default(),
        started_at: Timestamp::default(),
        refreshed_at: None,
        expires_at: Timestamp::default(),
        ends_at: Timestamp::default(),
        token: [7; 32],
        spent: None,
        successor: None,
        ended_at: None,
        binding: None,
    };
    session::start(&mut Db::open(url).unwrap(), &session).unwrap();
}

/// Where nothing is missing the log goes on under its name, and only there.
#[test]
fn a_restored_ledger_goes_on_where_nothing_that_was_signed_is_missing() {
    for database in [Database::sqlite("moved"), Database::postgres("moved")] {
        let (deployment, crew) = Deployment::found(database, 1);
        let replica = deployment.serve_with(0, &[], &["--checkpoint-seconds", "1"]);
        let school = &crew.site.school;
        let reward =
            |name: &str| json!({ "unit": school, "name": name, "price": "0.01", "stock": 2, "hold_days": 7 });
        let made = replica.post("/v1/rewards", &crew.site.coordinator, reward("first")).created();
        let last = made["receipt"]["seq"].as_i64().unwrap();
        within_a_while("it is not signed", || signed_entries(&replica) == last);
        let folder = Directory::new("backups");
        let [backup, kept, later] = ["taken", "kept", "later"].map(|name| folder.path().join(name));
        fs::write(&kept, replica.get("/log/checkpoint", "").text).unwrap();
        log_in(deployment.database());
        assert_done(&deployment.run(&["backup", "--to", backup.to_str().unwrap()]));
        replica.post("/v1/rewards", &crew.site.coordinator, reward("second")).created();
        within_a_while("it is not signed", || signed_entries(&replica) > last);
        fs::write(&later, replica.get("/log/checkpoint", "").text).unwrap();
        drop(replica);

        let restore = ["restore", "--from", backup.to_str().unwrap()];
        for said in [&["--stopped"][..], &["--last-signed", kept.to_str().unwrap()]] {
            let bare = Bare::like(deployment.database());
            assert_done(&bare.run(&[&restore[..], said].concat()));
            // Who logs out after a backup is not logged in again by it.
            assert_eq!(session::find(&mut Db::open(&bare.url()).unwrap(), [7; 16]).unwrap(), None);
            let replica = bare.serve();
            replica.get("/readyz", "").ok();
            replica.post("/v1/rewards", &crew.site.coordinator, reward("other")).created();
            within_a_while("it is not signed", || signed_entries(&replica) > last);
            drop(replica);
            assert_done(&bare.run(&["verify"]));
        }
        let bare = Bare::like(deployment.database());
        assert_done(&bare.run(&[&restore[..], &["--last-signed", later.to_str().unwrap()]].concat()));
        bare.serve().get("/readyz", "").refused(503, "journal_in_doubt");
        // Who writes by the command line is bound by it, too.
        let appointed = bare.run(&["token", "--login", "second", "--create-admin"]);
        assert_refused(&appointed, "nobody has said yet what was signed since");
    }
}

#[test]
fn what_is_no_whole_backup_is_not_restored() {
    for database in [Database::sqlite("no-backup"), Database::postgres("no-backup")] {
        let (deployment, _) = Deployment::found(database, 1);
        assert_eq!(deployment.serve().stop().0.code(), Some(0));
        let folder = Directory::new("backups");
        let backup = folder.path().join("taken");
        let to = ["backup", "--to", backup.to_str().unwrap()];
        assert_done(&deployment.run(&to));
        assert_refused(&deployment.run(&to), "is not empty");
        let (_, manifest) = head_of(&backup);
        let restore = ["restore", "--from", backup.to_str().unwrap(), "--stopped"];
        let files: Vec<&str> =
            manifest["files"].as_array().unwrap().iter().map(|file| file["name"].as_str().unwrap()).collect();
        assert!(files.len() >= 6, "{files:?}");
        for file in files {
            let file = backup.join(file);
            let own = fs::read(&file).unwrap();
            let mut changed = own.clone();
            *changed.last_mut().unwrap() ^= 1;
            fs::write(&file, changed).unwrap();
            assert_refused(
                &Bare::like(deployment.database()).run(&restore),
                "is not the file that was backed up",
            );
            fs::write(&file, own).unwrap();
        }
        let own = fs::read_to_string(backup.join("manifest.json")).unwrap();
        for (changed, words) in [
            (
                own.replace(&format!("\"seq\": {}", manifest["head"]["seq"]), "\"seq\": 1"),
                "does not end with entry 1",
            ),
            (own.replace("hourbook-backup-1", "hourbook-backup-9"), "hourbook-backup-9"),
            (own.replace("\"keys/encryption.key\"", "\"../encryption.key\""), "is no file of the backup"),
        ] {
            assert_ne!(changed, own);
            fs::write(backup.join("manifest.json"), changed).unwrap();
            let bare = Bare::like(deployment.database());
            assert_refused(&bare.run(&restore), words);
            assert!(!bare.data().exists(), "something was left");
        }
        fs::write(backup.join("manifest.json"), own).unwrap();

        // Over a ledger nothing is restored.
        let bare = Bare::like(deployment.database());
        assert_done(&bare.run(&restore));
        assert_refused(&bare.run(&restore), "is not empty");
        let taken = place(deployment.database(), &Directory::new("elsewhere"));
        let taken: Vec<&str> = restore.into_iter().chain(taken.iter().map(String::as_str)).collect();
        assert_refused(&run(&taken), "a backup is not restored over a ledger");
        fs::remove_file(backup.join("manifest.json")).unwrap();
        assert_refused(&Bare::like(deployment.database()).run(&restore), "this is no backup");

        // Where the keys are kept elsewhere, they are not in it.
        let bare = folder.path().join("bare");
        assert_done(&deployment.run(&["backup", "--without-keys", "--to", bare.to_str().unwrap()]));
        assert!(!bare.join("keys").exists());
    }
}
