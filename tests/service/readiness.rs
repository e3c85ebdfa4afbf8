//! What stands in the way of work is told: `/readyz` refuses and says what, a metric says which part.

use crate::support::clock::{TestClock, within_a_while};
use crate::support::database::{Database, Directory};
use crate::support::each_database;
use crate::support::http::{App, AppSettings, NOON, log_keys};
use crate::support::process::{Ended, Replica, Secrets, run};
use crate::support::town::Town;
use crate::support::writer::{options, single, vault};
use hourbook::domain::Command;
use hourbook::domain::actor::Actor;
use hourbook::domain::ids::{RedemptionId, Seq};
use hourbook::domain::redemption::ExpireRedemption;
use hourbook::domain::rules::Rules;
use hourbook::engine::{Health, Part, RequestRefusal, Seal, start_checking_file, start_sealing};
use hourbook::store::{DbUrl, Pool};
use serde_json::json;
use std::fs::{self, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

#[track_caller]
fn assert_unwell(client: &crate::support::http::Client, part: &str) {
    let line = format!("hourbook_unwell{{part=\"{part}\"}} 1");
    let metrics = client.get("/metrics", "").text;
    assert!(metrics.contains(&line), "{line}: {metrics}");
}

/// A rule that panics is a fault of ours; one request must not end the service for all.
#[test]
fn a_panic_in_a_rule_leaves_no_transaction_open() {
    each_database("panicking-rule", |url| {
        // So many days that the rule cannot count them.
        let rules = Rules { transfer_open_days: i64::MAX, ..Rules::default() };
        let app = App::start_as(&url, AppSettings { rules, ..AppSettings::default() });
        let town = Town::found(&app);
        let volunteer = town.volunteer();
        let wish = json!({ "volunteer": volunteer.id, "to_unit": town.other_school });
        for _ in 0..2 {
            app.post("/v1/transfers", &volunteer.token, wish.clone()).refused(503, "unavailable");
        }
        // The others of its batch are decided without it, and nobody waits for its lock.
        town.serve(&volunteer, "17T09:00", "17T12:00");
        let mut other = app.db();
        other.begin().unwrap();
        other.rollback();
        app.get("/readyz", "").ok();
        app.assert_verified();
    });
}

/// Without a writer nothing can be done: the service ends, so that another is started.
#[test]
fn the_end_of_the_writer_ends_the_service() {
    each_database("dead-writer", |url| {
        let clock = Arc::new(TestClock::at(NOON));
        let app = App::start_with(&url, &clock, &options());
        app.get("/readyz", "").ok();
        assert!(!app.ledger().has_ended());
        clock.break_down();
        let nothing = ExpireRedemption { redemption: RedemptionId::new(Seq(1)) };
        let answer = app.ledger().submit_blocking(single(Actor::System, Command::ExpireRedemption(nothing)));
        assert!(matches!(answer, Err(RequestRefusal::Unavailable)), "{answer:?}");
        within_a_while("the writer goes on", || app.ledger().has_ended());
        within_a_while("the service goes on", || app.has_stopped());
    });
}

#[test]
fn the_end_of_the_sealer_is_told() {
    each_database("dead-sealer", |url| {
        let app = App::start(&url);
        let folder = Directory::new("sealer");
        let clock = Arc::new(TestClock::at(NOON));
        let seal = Seal::new(log_keys(), vault(), folder.path().join("log-checkpoint")).unwrap();
        let (pool, health) = (Pool::writing(&url).unwrap(), app.ledger().health().clone());
        let sealer = start_sealing(seal, pool, clock.clone(), health, Duration::from_millis(10)).unwrap();
        app.get("/readyz", "").ok();
        // It looks at the clock once there is something to sign.
        clock.break_down();
        app.admin();
        within_a_while("it is ready", || app.get("/readyz", "").status == 503);
        let told = app.get("/readyz", "").refused(503, "journal_in_doubt");
        assert!(told["detail"].as_str().unwrap().contains("the sealer ended in a panic"), "{told}");
        assert_unwell(&app, "sealer");
        sealer.stop();
    });
}

/// A ledger in a data folder of its own, with people.
struct House {
    folder: Directory,
    secrets: Secrets,
    admin: String,
    bureau: String,
}

impl House {
    fn found() -> Self {
        let folder = Directory::new("house");
        let database = Database::sqlite_in(folder.path());
        let app = App::start(database.url());
        let town = Town::found(&app);
        for _ in 0..20 {
            let volunteer = town.volunteer();
            town.serve(&volunteer, "17T09:00", "17T12:00");
        }
        let (admin, bureau) = (town.admin.clone(), town.bureau.clone());
        drop(town);
        drop(app);
        Self { folder, secrets: Secrets::new(), admin, bureau }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("hourbook.db")
    }

    fn options(&self) -> Vec<String> {
        let place = ["--data-dir".to_owned(), self.folder.path().display().to_string()];
        [place.to_vec(), self.secrets.options()].concat()
    }

    fn run(&self, words: &[&str]) -> Ended {
        let options = self.options();
        run(&words.iter().copied().chain(options.iter().map(String::as_str)).collect::<Vec<_>>())
    }

    fn serve(&self, more: &[&str]) -> Replica {
        let options = self.options();
        Replica::start(&options.iter().map(String::as_str).chain(more.iter().copied()).collect::<Vec<_>>())
    }
}

/// Writes over a file from an offset to its end.
fn spoil(file: &Path, from: u64) {
    let length = fs::metadata(file).unwrap().len();
    let mut file = OpenOptions::new().write(true).open(file).unwrap();
    file.seek(SeekFrom::Start(from)).unwrap();
    file.write_all(&vec![0xA5; usize::try_from(length - from).unwrap()]).unwrap();
}

#[test]
fn a_malformed_file_is_not_served() {
    let house = House::found();
    let whole = fs::read(house.file()).unwrap();
    let half = u64::try_from(whole.len() / 2).unwrap();
    let cases: [(&str, &dyn Fn()); 4] = [
        ("a half that is not SQLite's", &|| spoil(&house.file(), half)),
        ("pages of nothing", &|| {
            let mut torn = whole.clone();
            torn[8192..16384].fill(0);
            fs::write(house.file(), torn).unwrap();
        }),
        ("a copy that was not finished", &|| {
            OpenOptions::new().write(true).open(house.file()).unwrap().set_len(half).unwrap();
        }),
        ("no database", &|| fs::write(house.file(), "hourbook".repeat(1000)).unwrap()),
    ];
    for (what, spoil) in cases {
        spoil();
        for words in [&["serve", "--listen", "127.0.0.1:0"][..], &["token", "--login", "x", "--create-admin"]]
        {
            let ended = house.run(words);
            assert_eq!(ended.code, Some(2), "{what}: {ended:?}");
            assert!(
                ended.stderr.contains("malformed") && ended.stderr.contains("hourbook restore"),
                "{what}: {ended:?}"
            );
        }
        // An index that is torn is made anew in a copy.
        if what == "pages of nothing" {
            fs::write(house.file(), &whole).unwrap();
            continue;
        }
        let backup = house.folder.path().join("backup");
        let ended = house.run(&["backup", "--to", backup.to_str().unwrap()]);
        assert_eq!(ended.code, Some(2), "{what}: {ended:?}");
        assert!(!backup.exists(), "{what}: it was backed up");
        fs::write(house.file(), &whole).unwrap();
    }
    house.serve(&[]).get("/readyz", "").ok();
}

/// A large file is read while the service runs.
#[test]
fn what_is_malformed_in_a_large_file_is_found_beside_the_work() {
    let house = House::found();
    let url = DbUrl::Sqlite(house.file());
    let found = |health: &Arc<Health>| health.complaints().contains_key(&Part::Database);
    let check = |health: &Arc<Health>| start_checking_file(url.clone(), health.clone()).unwrap();
    let (whole, spoilt) = (Arc::new(Health::default()), Arc::new(Health::default()));
    check(&whole);
    within_a_while("it is read for ever", || Arc::strong_count(&whole) == 1);
    assert!(!found(&whole));
    spoil(&house.file(), fs::metadata(house.file()).unwrap().len() / 2);
    check(&spoilt);
    within_a_while("nothing is found", || found(&spoilt));
}

#[test]
fn a_file_that_is_spoilt_under_the_service_is_told_of() {
    let house = House::found();
    let replica = house.serve(&[]);
    replica.get("/v1/units", &house.admin).ok();
    // All pages but the first: nobody has read most of them.
    spoil(&house.file(), 4096);
    let list = || replica.get("/v1/service-records?limit=200", &house.admin);
    within_a_while("it is read from all the same", || list().status == 503);
    list().refused(503, "unavailable");
    let told = replica.get("/readyz", "").refused(503, "not_ready");
    assert!(told["detail"].as_str().unwrap().contains("malformed"), "{told}");
    assert_unwell(&replica, "database");
}

/// SQLite's log is a part of the database: without it the last changes are gone, and the file is whole all the same.
#[test]
fn a_database_that_lost_its_log_is_not_written_to() {
    let house = House::found();
    let mut replica = house.serve(&["--checkpoint-seconds", "1"]);
    let unit =
        |code: &str| json!({ "code": code, "name": "新单位", "kind": "school", "parent": house.bureau });
    let made = replica.post("/v1/units", &house.admin, unit("NEW")).created();
    let signed = || replica.get("/v1/journal/checkpoint", "").body["size"] == made["receipt"]["seq"];
    within_a_while("it is not signed", signed);
    replica.kill();
    drop(replica);
    for suffix in ["-wal", "-shm"] {
        fs::remove_file(house.folder.path().join(format!("hourbook.db{suffix}"))).unwrap();
    }

    let replica = house.serve(&[]);
    let told = replica.get("/readyz", "").refused(503, "journal_in_doubt");
    assert!(told["detail"].as_str().unwrap().contains("ends in -wal"), "{told}");
    assert_unwell(&replica, "signed");
    replica.post("/v1/units", &house.admin, unit("OTHER")).refused(503, "unavailable");
    replica.get("/v1/service-records", &house.admin).ok();
    drop(replica);
    let keys = house.secrets.of_the_ledger();
    let place = ["verify", "--data-dir", house.folder.path().to_str().unwrap()];
    let verified = run(&place.into_iter().chain(keys.iter().map(String::as_str)).collect::<Vec<_>>());
    assert_eq!(verified.code, Some(1), "{verified:?}");
}
