//! Schemas: a migration that is killed half way, and a database that a newer program made.

use super::deployment::place;
use super::{Scenario, rounds};
use crate::support::database::{Database, Directory};
use crate::support::postgres;
use crate::support::process::{hourbook, run};
use crate::support::random::Random;
use hourbook::store::sql::Sql;
use hourbook::store::{Db, DbUrl};
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

/// The columns of every table, as the database itself describes them.
fn schema(url: &DbUrl) -> String {
    let mut db = Db::open(url).unwrap();
    let described = match url {
        DbUrl::Sqlite(_) => "SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2",
        DbUrl::Postgres(_) => {
            "SELECT table_name::text, column_name::text, data_type::text FROM information_schema.columns
             WHERE table_schema = 'public' ORDER BY 1, 2"
        }
    };
    format!("{:?}", db.query(Sql::new(described)).unwrap())
}

/// Runs `migrate`, and kills it at this moment if it is still at work; whether it was.
fn migrate_until(options: &[&str], moment: Duration) -> bool {
    let mut command = hourbook(&[&["migrate"], options].concat());
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    thread::sleep(moment);
    let at_work = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    child.wait().unwrap();
    at_work
}

/// Kills migrations on fresh databases, each somewhat later than the one before; whatever was left behind
/// is brought to the same schema by the next one.
fn kill_migrations(name: &str, fresh: impl Fn() -> (DbUrl, Box<dyn std::any::Any>)) {
    let mut scenario = Scenario::begin(name);
    let folder = Directory::new("migrated");
    let mut random = Random::new(9);
    let migrate = |url: &DbUrl| {
        let options = place(url, &folder);
        let arguments: Vec<&str> =
            ["migrate"].into_iter().chain(options.iter().map(String::as_str)).collect();
        let started = Instant::now();
        let ended = run(&arguments);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        started.elapsed()
    };
    let (whole, _held) = fresh();
    let mut takes = migrate(&whole);
    let expected = schema(&whole);
    while scenario.rounds < rounds(4, 200) || scenario.unknown == 0 {
        let (url, _held) = fresh();
        let options = place(&url, &folder);
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        let moment = takes.mul_f64(f64::from(u32::try_from(random.between(1..=100)).unwrap()) / 100.0);
        let was_at_work = migrate_until(&options, moment);
        if !was_at_work {
            // It does not always take as long as the first time.
            takes = takes.min(moment);
        }
        scenario.acknowledged += usize::from(!was_at_work);
        scenario.unknown += usize::from(was_at_work);
        migrate(&url);
        assert_eq!(schema(&url), expected);
        scenario.rounds += 1;
        scenario.checks += 1;
    }
    scenario.acknowledged += scenario.checks;
    scenario.end();
}

#[test]
fn a_migration_killed_half_way_is_finished_by_the_next() {
    kill_migrations("migrate killed, SQLite", || {
        let folder = Directory::new("half-way");
        (DbUrl::Sqlite(folder.path().join("hourbook.db")), Box::new(folder))
    });
    kill_migrations("migrate killed, PostgreSQL", || {
        let database = postgres::server().fresh_database("half-way");
        let url: DbUrl = database.parse().unwrap();
        // A clone of the template where one was made already.
        Db::open(&url).unwrap().batch("DROP SCHEMA public CASCADE; CREATE SCHEMA public").unwrap();
        (url, Box::new(database))
    });
}

#[test]
fn a_schema_of_a_newer_program_is_refused_in_words() {
    for database in [Database::sqlite("newer"), Database::postgres("newer")] {
        let mut db = Db::open(database.url()).unwrap();
        db.batch("INSERT INTO __diesel_schema_migrations (version) VALUES ('20990101000000')").unwrap();
        drop(db);
        let before = schema(database.url());
        let folder = Directory::new("newer-data");
        let secrets = crate::support::process::Secrets::new();
        let (place, secrets) = (place(database.url(), &folder), secrets.options());
        let place: Vec<&str> = place.iter().map(String::as_str).collect();
        let secrets: Vec<&str> = secrets.iter().map(String::as_str).collect();
        let serve = [&["serve", "--listen", "127.0.0.1:0"], &place[..], &secrets[..]].concat();
        let others = [["migrate"], ["verify"]].map(|command| [&command, &place[..]].concat());
        for arguments in [serve].iter().chain(&others) {
            let ended = run(arguments);
            assert_eq!(ended.code, Some(2), "{arguments:?}: {ended:?}");
            assert!(ended.stderr.contains("20990101000000"), "{ended:?}");
            assert!(ended.stderr.contains("a newer one made it"), "{ended:?}");
        }
        assert_eq!(schema(database.url()), before);
    }
}
