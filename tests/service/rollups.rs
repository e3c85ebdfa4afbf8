//! Roll-ups: totals that come from them are what the records and postings themselves come to, as of any
//! entry; the database keeps them as they were written; `verify` names one that is off.

use crate::support::clock::TestClock;
use crate::support::commands::City;
use crate::support::database::Directory;
use crate::support::each_database;
use crate::support::process::run;
use crate::support::pure::PureLedger;
use crate::support::random::Random;
use crate::support::stored;
use crate::support::town::{Town, each_town};
use crate::support::writer::Writer;
use chrono::NaiveDate;
use hourbook::domain::account::Account;
use hourbook::domain::amounts::Points;
use hourbook::domain::ids::{Seq, UnitId};
use hourbook::engine::WriterOptions;
use hourbook::store::read::Scope;
use hourbook::store::read::totals::{self, Dimension, MinutesQuery, MinutesTotal, PointsTotal};
use hourbook::store::sql::{Dialect, Sql};
use hourbook::store::{Db, DbUrl, StoreError};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Questions that are asked of one ledger.
const QUESTIONS: usize = 150;

/// Demands of random questions that roll-ups answer as the records and postings do.
pub fn assert_totals_agree(db: &mut Db, ledger: &PureLedger, random: &mut Random) {
    let units: Vec<UnitId> = ledger.world.units.iter().map(|unit| unit.id).collect();
    let last = i64::try_from(ledger.journal.len()).unwrap();
    for _ in 0..QUESTIONS {
        let as_of = Seq(random.between(0..=last));
        let some_unit = |random: &mut Random| random.percent(50).then(|| random.pick(&units)).flatten();
        let unit = some_unit(random);
        let scope = some_unit(random).map_or(Scope::All, Scope::Unit);
        assert_minutes_agree(db, scope, unit, as_of, random);
        let points = totals::points(db, scope, unit, as_of).unwrap();
        assert_eq!(points, points_of_journal(ledger, scope, unit, as_of), "{scope:?} {unit:?} as of {as_of}");
    }
}

fn assert_minutes_agree(db: &mut Db, scope: Scope, unit: Option<UnitId>, as_of: Seq, random: &mut Random) {
    let dimensions = [Dimension::Unit, Dimension::Programme, Dimension::Month, Dimension::Evidence];
    let group_by: BTreeSet<_> = dimensions.into_iter().filter(|_| random.percent(50)).collect();
    let month = u32::try_from(random.between(1..=12)).unwrap();
    let first_day = NaiveDate::from_ymd_opt(2026, month, 1).unwrap();
    let last_day = first_day + chrono::Months::new(u32::try_from(random.between(1..=3)).unwrap());
    let from = random.percent(30).then_some(first_day);
    let to = random.percent(30).then(|| last_day.pred_opt().unwrap());
    let from_rollups = MinutesQuery { as_of, from, to, unit, count_volunteers: false };
    let counted = MinutesQuery { count_volunteers: true, ..from_rollups };
    let by_rollups = totals::minutes(db, scope, &group_by, from_rollups).unwrap();
    let by_records = totals::minutes(db, scope, &group_by, counted).unwrap();
    let without_volunteers = by_records.into_iter().map(|total| MinutesTotal { volunteers: None, ..total });
    assert_eq!(by_rollups, without_volunteers.collect::<Vec<_>>(), "{scope:?} {group_by:?} {from_rollups:?}");
}

/// Points by the journal's own postings, entry by entry.
fn points_of_journal(
    ledger: &PureLedger,
    scope: Scope,
    unit: Option<UnitId>,
    as_of: Seq,
) -> Vec<(UnitId, PointsTotal)> {
    let is_within = |of: UnitId, top: UnitId| ledger.world.unit(of).unwrap().is_within(top);
    let mut totals: BTreeMap<UnitId, PointsTotal> = BTreeMap::new();
    let unsealed_entries =
        ledger.journal.iter().map(|kept| &kept.entry.unsealed).take_while(|unsealed| unsealed.seq <= as_of);
    for posting in unsealed_entries.flat_map(|unsealed| &unsealed.postings) {
        let Some(of) = posting.account.unit() else { continue };
        let is_seen = !matches!(scope, Scope::Unit(own) if !is_within(of, own));
        if !is_seen || unit.is_some_and(|asked| !is_within(of, asked)) {
            continue;
        }
        let total = totals.entry(of).or_default();
        let amount = Points(posting.amount);
        match posting.account {
            Account::Issued { .. } => total.issued += -amount,
            Account::Available { .. } => total.available += amount,
            Account::Held { .. } => total.held += amount,
            Account::Redeemed { .. } => total.redeemed += amount,
            Account::Expired { .. } => total.expired += amount,
            Account::Debt { .. } => total.debt += -amount,
            Account::Transferred { .. } => total.transferred_out += amount,
            Account::Served { .. } | Account::Credited { .. } => panic!("minutes are in no unit's books"),
        }
    }
    totals.retain(|_, total| *total != PointsTotal::default());
    totals.into_iter().collect()
}

fn count(db: &mut Db, sql: &'static str) -> i64 {
    db.number(Sql::new(sql)).unwrap().unwrap()
}

/// A town with roll-ups of both kinds, and service and points in them.
fn furnished(town: &Town) -> Db {
    let volunteer = town.volunteer();
    for (day, hour) in [16, 17, 19].into_iter().flat_map(|day| (10..=16).map(move |hour| (day, hour))) {
        town.serve(&volunteer, &format!("{day}T{hour}:00"), &format!("{day}T{}:00", hour + 1));
    }
    town.void(&town.serve(&volunteer, "18T09:00", "18T12:00"));
    let mut db = town.app.db();
    assert!(count(&mut db, "SELECT COUNT(*) FROM marks WHERE whole = 1") > 1);
    assert!(count(&mut db, "SELECT COUNT(*) FROM marks WHERE whole = 0") > 1);
    assert!(count(&mut db, "SELECT COUNT(*) FROM mark_minutes") > 1);
    assert!(count(&mut db, "SELECT COUNT(*) FROM mark_points") > 1);
    db
}

#[test]
fn a_ledger_without_rollups_has_the_same_totals() {
    each_database("marks-before", |url| {
        let clock = Arc::new(TestClock::at("2026-11-22T18:00:00+08:00"));
        let without_rollups = WriterOptions { rollup_interval: i64::MAX, ..WriterOptions::default() };
        let writer = Writer::start_with(&url, &clock, &without_rollups);
        City::found(&writer).volunteer_with_points(&writer, 3);
        writer.stop();
        let db = &mut Db::open(&url).unwrap();
        assert_eq!(count(db, "SELECT COUNT(*) FROM marks"), 0);
        let ledger = stored::assert_replays(db);
        let random = &mut Random::new(7);
        assert_totals_agree(db, &ledger, random);
        let seq = Seq(i64::try_from(ledger.journal.len()).unwrap());
        db.begin().unwrap();
        hourbook::store::rollups::write(db, seq).unwrap();
        db.commit().unwrap();
        assert_eq!(count(db, "SELECT whole FROM marks"), 1, "the first mark holds everything");
        assert_totals_agree(db, &ledger, random);
    });
}

#[test]
fn a_rollup_is_neither_changed_nor_added_to() {
    each_town("marks-sealed", |town| {
        let mut db = furnished(town);
        for (statement, words) in [
            ("UPDATE marks SET whole = 1", "append-only"),
            ("DELETE FROM marks", "append-only"),
            ("UPDATE mark_minutes SET credited_minutes = 0", "append-only"),
            ("DELETE FROM mark_minutes", "append-only"),
            ("UPDATE mark_points SET amount = 0", "append-only"),
            ("DELETE FROM mark_points", "append-only"),
            ("INSERT INTO mark_points SELECT MAX(seq), 1, 'none', 5 FROM marks", "sealed"),
            ("INSERT INTO mark_minutes SELECT MAX(seq), 1, 1, 202601, 'none', 5, 0, 1 FROM marks", "sealed"),
        ] {
            db.begin().unwrap();
            let refused = db.batch(statement).unwrap_err();
            db.rollback();
            let StoreError::Refused(error) = refused else { panic!("{refused:?}: {statement}") };
            assert!(error.to_string().contains(words), "{error}: {statement}");
        }
    });
}

/// What is done to the roll-ups, and what `verify` says of it.
const TAMPERING: [(&str, &str); 7] = [
    ("UPDATE mark_minutes SET credited_minutes = credited_minutes + 60 WHERE mark = {mark}", "minutes "),
    ("UPDATE mark_points SET amount = amount - 100 WHERE mark = {mark} AND account = 'issued'", "points "),
    ("DELETE FROM mark_points WHERE mark = {mark} AND account = 'issued'", "is not there, the journal says"),
    ("UPDATE marks SET sums = sums + 1 WHERE seq = {mark}", "sums, and holds"),
    ("UPDATE marks SET whole = 1 - whole WHERE seq = {mark}", "the journal says"),
    ("DELETE FROM marks WHERE seq = {mark}", "holds sums of marks that are not there"),
    ("INSERT INTO marks (seq, whole, sums) VALUES (1000000, 1, 0)", "mark 1000000: stands at no entry"),
];

/// Takes the database's own guards from the tables of roll-ups.
fn unguard(db: &mut Db) {
    for table in TABLES {
        let without = match db.dialect() {
            Dialect::Sqlite => {
                let guards = ["are_not_changed", "are_not_deleted", "come_before_their_mark"];
                guards.map(|guard| format!("DROP TRIGGER IF EXISTS {table}_{guard};")).concat()
            }
            Dialect::Postgres => format!("ALTER TABLE {table} DISABLE TRIGGER USER"),
        };
        db.batch(&without).unwrap();
    }
}

const TABLES: [&str; 3] = ["marks", "mark_minutes", "mark_points"];

#[test]
fn a_rollup_that_is_off_is_named() {
    each_town("marks-tampered", |town| {
        let mut db = furnished(town);
        town.app.assert_verified();
        unguard(&mut db);
        let with_all = "SELECT MAX(m.seq) FROM marks AS m JOIN mark_minutes AS t ON t.mark = m.seq
             JOIN mark_points AS p ON p.mark = m.seq AND p.account = 'issued'
             WHERE m.whole = 0 AND EXISTS (SELECT 1 FROM mark_minutes AS e WHERE e.mark < m.seq)";
        let rollup = count(&mut db, with_all);
        for table in TABLES {
            db.batch(&format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}")).unwrap();
        }
        for (done, words) in TAMPERING {
            db.batch(&done.replace("{mark}", &rollup.to_string())).unwrap();
            let named = town.app.verify().named;
            let fits = |finding: &&String| finding.starts_with("mark") && finding.contains(words);
            assert!(named.iter().any(|finding| fits(&finding)), "{done}: {named:#?}");
            for table in TABLES {
                let restore = format!("DELETE FROM {table}; INSERT INTO {table} SELECT * FROM kept_{table}");
                db.batch(&restore).unwrap();
            }
            town.app.assert_verified();
        }
    });
}

/// The same through the real program: grown twice, the second time on from the first.
#[test]
fn a_ledger_is_grown_to_measure_with_and_verifies() {
    let folder = Directory::new("grown");
    let data = folder.path().display().to_string();
    for (records, words) in
        [("5000", "5000 credited records, 5000 of them"), ("9900", "10000 credited records, 5000")]
    {
        let grown = run(&["demo", "--scale", records, "--data-dir", &data]);
        assert_eq!(grown.code, Some(0), "{grown:?}");
        assert!(grown.stdout.starts_with(words), "{grown:?}");
    }
    let db = &mut Db::open(&DbUrl::Sqlite(folder.path().join("hourbook.db"))).unwrap();
    assert_eq!(count(db, "SELECT COUNT(*) FROM service_records WHERE status = 'credited'"), 10_000);
    assert!(count(db, "SELECT COUNT(*) FROM marks") >= 2);
    assert!(count(db, "SELECT COUNT(DISTINCT service_date / 100) FROM service_records") >= 12);
    let verified = run(&["verify", "--data-dir", &data, "--allow-unsigned"]);
    assert_eq!(verified.code, Some(0), "{verified:?}");
}
