//! Double entry in the database itself: who writes to it by SQL, past every rule of the program,
//! cannot change what is written, nor write an entry that does not balance.

use crate::support::clock::{TestClock, within_a_while};
use crate::support::commands::City;
use crate::support::database::Database;
use crate::support::each_database;
use crate::support::stored;
use crate::support::writer::Writer;
use hourbook::engine::WriterOptions;
use hourbook::store::sql::{Dialect, Sql};
use hourbook::store::{Db, DbUrl, StoreError};
use std::sync::Arc;

/// A journal with entries and postings, whose next entry would be the one given.
fn written(url: &DbUrl) -> (Db, i64) {
    let clock = Arc::new(TestClock::at("2026-11-22T18:00:00+08:00"));
    let writer = Writer::start(url, &clock);
    City::found(&writer).volunteer_with_points(&writer, 1);
    writer.stop();
    let mut db = Db::open(url).unwrap();
    let last = db.number(Sql::new("SELECT MAX(seq) FROM entries")).unwrap().unwrap();
    (db, last + 1)
}

/// A posting of `amount` as SQL, on an account that does not matter.
fn posting(seq: i64, line: i64, asset: &str, amount: i64) -> String {
    format!(
        "INSERT INTO postings
            (seq, line, asset, account, unit, volunteer, activity, grade, service_date, amount)
         VALUES ({seq}, {line}, '{asset}', 'issued', 1, 0, 0, '', 0, {amount});"
    )
}

/// Entries as SQL.
fn entries(db: &Db, seqs: &[i64]) -> String {
    let hash = match db.dialect() {
        Dialect::Sqlite => "x'00'",
        Dialect::Postgres => r"'\x00'",
    };
    let rows: Vec<String> =
        seqs.iter().map(|seq| format!("({seq}, 0, 0, 'unit_created', 20261122, '{{}}', {hash})")).collect();
    let columns = "seq, recorded_at, actor, kind, effective_date, event, hash";
    format!("INSERT INTO entries ({columns}) VALUES {};", rows.join(", "))
}

/// Carries the statements out in one transaction.
fn attempt(db: &mut Db, sql: &str) -> Result<(), StoreError> {
    db.begin()?;
    let outcome = db.batch(sql).and_then(|()| db.commit());
    if outcome.is_err() {
        db.rollback();
    }
    outcome
}

/// Demands that the database refuses in these words, and holds what it held before.
fn assert_refused(db: &mut Db, sql: &str, words: &str) {
    let before = stored::journal(db);
    match attempt(db, sql) {
        Err(StoreError::Refused(error)) => {
            let told = error.to_string();
            assert!(told.to_lowercase().contains(&words.to_lowercase()), "{told}, not {words}: {sql}");
        }
        other => panic!("{other:?}: {sql}"),
    }
    assert_eq!(stored::journal(db), before, "{sql}");
}

/// Without this, the refusals below would prove nothing.
#[test]
fn an_entry_that_balances_is_taken() {
    each_database("honest", |url| {
        let (mut db, next) = written(&url);
        let honest = [
            posting(next, 1, "points", -250),
            posting(next, 2, "points", 250),
            posting(next, 3, "minutes", 60),
            posting(next, 4, "minutes", -60),
            entries(&db, &[next]),
        ];
        attempt(&mut db, &honest.concat()).unwrap();
        let several = [
            posting(next + 1, 1, "points", 1),
            posting(next + 1, 2, "points", -1),
            entries(&db, &[next + 1, next + 2]),
        ];
        attempt(&mut db, &several.concat()).unwrap();
        let count = db.number(Sql::new("SELECT MAX(seq) FROM entries")).unwrap();
        assert_eq!(count, Some(next + 2));
    });
}

#[test]
fn nothing_written_is_changed_or_deleted() {
    each_database("append_only", |url| {
        let (mut db, next) = written(&url);
        let last = next - 1;
        for statement in [
            "UPDATE postings SET amount = amount + 1".to_owned(),
            format!("UPDATE postings SET seq = 1 WHERE seq = {last}"),
            format!("DELETE FROM postings WHERE seq = {last}"),
            "UPDATE entries SET event = '{}'".to_owned(),
            format!("UPDATE entries SET recorded_at = 0 WHERE seq = {last}"),
            format!("DELETE FROM postings WHERE seq = {last}; DELETE FROM entries WHERE seq = {last}"),
            "DELETE FROM entries WHERE seq = 1".to_owned(),
        ] {
            assert_refused(&mut db, &statement, "the journal is append-only");
        }
    });
}

/// SQLite has no such statement.
#[test]
fn nothing_written_is_truncated() {
    let database = Database::postgres("truncate");
    let (mut db, _) = written(database.url());
    assert_refused(&mut db, "TRUNCATE postings", "the journal is append-only");
    assert_refused(&mut db, "TRUNCATE entries, postings", "the journal is append-only");
    assert_refused(&mut db, "TRUNCATE entries CASCADE", "the journal is append-only");
}

#[test]
fn nothing_written_is_replaced_by_an_insert() {
    each_database("replace", |url| {
        let (mut db, next) = written(&url);
        let last = next - 1;
        let (line, entry) = (posting(last, 1, "points", 5), entries(&db, &[last]));
        let upsert = |sql: &str, key: &str, set: &str| {
            sql.replace(';', &format!(" ON CONFLICT ({key}) DO UPDATE SET {set};"))
        };
        match db.dialect() {
            Dialect::Sqlite => {
                assert_refused(&mut db, &line.replace("INSERT", "INSERT OR REPLACE"), "the entry is sealed");
                assert_refused(&mut db, &entry.replace("INSERT", "INSERT OR REPLACE"), "no gaps");
            }
            Dialect::Postgres => {
                let words = "the journal is append-only";
                assert_refused(&mut db, &upsert(&line, "seq, line", "amount = 5"), words);
                assert_refused(&mut db, &upsert(&entry, "seq", "event = '{}'"), words);
            }
        }
    });
}

#[test]
fn an_entry_that_does_not_balance_is_refused() {
    each_database("unbalanced", |url| {
        let (mut db, next) = written(&url);
        let lines: [&[(&str, i64)]; 4] = [
            &[("points", 250)],
            &[("points", -250), ("points", 249)],
            // Zero in all, but not in each asset.
            &[("points", 60), ("minutes", -60)],
            &[("points", 1), ("points", -1), ("minutes", 1)],
        ];
        for lines in lines {
            let postings =
                (1..).zip(lines).map(|(line, (asset, amount))| posting(next, line, asset, *amount));
            let sql = postings.collect::<String>() + &entries(&db, &[next]);
            assert_refused(&mut db, &sql, "the entry does not balance");
        }
        let second_of_two = posting(next + 1, 1, "points", 1) + &entries(&db, &[next, next + 1]);
        assert_refused(&mut db, &second_of_two, "the entry does not balance");
    });
}

#[test]
fn a_sealed_entry_takes_no_more_postings() {
    each_database("sealed", |url| {
        let (mut db, next) = written(&url);
        for seq in [1, next - 1] {
            let pair = posting(seq, 90, "points", 1) + &posting(seq, 91, "points", -1);
            assert_refused(&mut db, &pair, "the entry is sealed");
        }
        let late = entries(&db, &[next]) + &posting(next, 1, "points", 1);
        assert_refused(&mut db, &late, "the entry is sealed");
    });
}

#[test]
fn no_posting_is_without_an_entry() {
    each_database("orphan", |url| {
        let (mut db, next) = written(&url);
        let pair = |seq| posting(seq, 1, "points", 1) + &posting(seq, 2, "points", -1);
        let (orphan, before_all, no_head) = match db.dialect() {
            Dialect::Sqlite => ("foreign key", "foreign key", "foreign key"),
            Dialect::Postgres => {
                ("the posting has no entry", "the entry is sealed", "the journal has no head")
            }
        };
        assert_refused(&mut db, &pair(next), orphan);
        assert_refused(&mut db, &pair(next + 1), orphan);
        assert_refused(&mut db, &pair(0), before_all);
        assert_refused(&mut db, &format!("DELETE FROM journal_head; {}", pair(next)), no_head);
    });
}

#[test]
fn a_posting_moves_something() {
    each_database("zero", |url| {
        let (mut db, next) = written(&url);
        let sql = posting(next, 1, "points", 0) + &entries(&db, &[next]);
        assert_refused(&mut db, &sql, "check constraint");
    });
}

#[test]
fn the_journal_has_no_gaps() {
    each_database("gaps", |url| {
        let (mut db, next) = written(&url);
        for seqs in [&[next + 1][..], &[next, next + 2], &[next + 1, next + 2], &[0], &[-1]] {
            let sql = entries(&db, seqs);
            assert_refused(&mut db, &sql, "the journal has no gaps");
        }
    });
}

#[test]
fn the_journal_begins_at_one() {
    each_database("first", |url| {
        let mut db = Db::open(&url).unwrap();
        for seqs in [&[0][..], &[-1], &[2], &[0, 1]] {
            let sql = entries(&db, seqs);
            assert_refused(&mut db, &sql, "the journal has no gaps");
        }
    });
}

/// Two who write past the journal's head at once: SQLite lets one write at a time by itself.
#[test]
fn no_posting_slips_in_while_its_entry_is_sealed_by_another() {
    let database = Database::postgres("slip_in");
    let (mut one, next) = written(database.url());
    let mut other = Db::open(database.url()).unwrap();
    other.batch("SET lock_timeout = '300ms'").unwrap();
    one.begin().unwrap();
    one.batch(&posting(next, 1, "points", 1)).unwrap();
    let entry = entries(&other, &[next]);
    let sealed = attempt(&mut other, &entry);
    let slipped_in = one.commit();
    assert!(sealed.is_err() || slipped_in.is_err(), "{sealed:?}, {slipped_in:?}");
    stored::assert_balanced(&mut Db::open(database.url()).unwrap());
}

/// The guards once were planned for a short journal and then read all of it at each batch, however long it had
/// become.
#[test]
fn guards_read_what_is_added_and_not_the_whole_journal() {
    each_database("guards-read-little", |url| {
        let url = &url;
        let clock = Arc::new(TestClock::at("2026-11-22T18:00:00+08:00"));
        let writer = Writer::start_with(url, &clock, &WriterOptions::default());
        let city = City::found(&writer);
        for number in 1..=100 {
            city.volunteer_with_points(&writer, number);
        }
        writer.stop();
        let mut db = Db::open(url).unwrap();
        if db.dialect() == Dialect::Sqlite {
            // It keeps no count of what is read; its guards are asked row by row, each by a key.
            return;
        }
        let entries = db.number(Sql::new("SELECT MAX(seq) FROM entries")).unwrap().unwrap();
        let mut counted = |columns: &str, tables: &str| {
            let sql = format!(
                "SELECT CAST(SUM({columns}) AS BIGINT) FROM pg_stat_user_tables WHERE relname IN ({tables})"
            );
            db.number(Sql::new(sql)).unwrap().unwrap()
        };
        // The server counts when the writer's connection has ended.
        within_a_while("it does not count", || counted("n_tup_ins", "'entries'") == entries);
        let read = counted("seq_tup_read + COALESCE(idx_tup_fetch, 0)", "'entries', 'postings'");
        assert!(entries > 200 && read < 20 * entries, "{read} rows read for {entries} entries");
    });
}
