//! The store's two ends of the write path: what one writes, the other reads.

use crate::model::generator::Generator;
use crate::model::story::Ask;
use crate::support::clock::TestClock;
use crate::support::commands::{
    create_activity, create_programme, create_unit, interval, register, submission,
};
use crate::support::database::Database;
use crate::support::each_database;
use crate::support::pure::PureLedger;
use crate::support::stored;
use crate::support::writer::{Writer, vault};
use chrono::{Datelike, Duration, NaiveDate};
use hourbook::domain::actor::Actor;
use hourbook::domain::ids::{ActivityId, ProgrammeId, RecordId, RewardId, Seq, UnitId, VolunteerId};
use hourbook::domain::noun::Row;
use hourbook::domain::record;
use hourbook::domain::record::{ServiceRecord, local_days};
use hourbook::domain::reward;
use hourbook::domain::time::LocalZone;
use hourbook::domain::time::{YearMonth, year_month};
use hourbook::domain::world::{Key, RowCache};
use hourbook::domain::{Command, Rejection, Stop, World};
use hourbook::engine::Clock;
use hourbook::journal::Frontier;
use hourbook::store::apply::{Written, apply};
use hourbook::store::head;
use hourbook::store::idempotency;
use hourbook::store::load::load;
use hourbook::store::sql::{Sql, SqlValue, SqlValues};
use hourbook::store::{Db, DbUrl};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::sync::Arc;

/// A ledger in which every kind of thing is found.
fn eventful_ledger() -> (PureLedger, Vec<Written>) {
    let clock = TestClock::at("2026-03-02T09:00:00+08:00");
    let mut pure = PureLedger::new();
    let mut generator = Generator::new();
    for seed in 0.. {
        if seed > 1_500 && kind_without_rows(&pure.world).is_none() {
            break;
        }
        assert!(seed < 20_000, "{:?} do not come about", kind_without_rows(&pure.world));
        clock.advance(Duration::minutes(40));
        let ask = Ask { seed, more: if seed % 16 == 0 { 4 } else { 0 } };
        let request = generator.request(ask, &pure, pure.now(clock.now()));
        let _whatever_it_comes_to = pure.submit(clock.now(), &request, |_, judged| generator.learn(judged));
    }
    let mut tree = Frontier::default();
    let written = pure.journal.iter().zip(&pure.side_data).map(|(kept, side_data)| {
        let full_tiles = tree.append(kept.entry.hash);
        Written { entry: kept.entry.clone(), full_tiles, unit: kept.unit, side_data: side_data.clone() }
    });
    let written = written.collect();
    (pure, written)
}

/// Writes everything in one transaction, as if it were one batch.
fn write_down(url: &DbUrl, pure: &PureLedger, written: &[Written]) -> Db {
    let mut db = Db::open(url).unwrap();
    // Of a copy: what people are told is to be compared with what is written.
    let changes = pure.world.clone().take_changes();
    db.begin().unwrap();
    let mut head = head::lock(&mut db).unwrap();
    apply(&mut db, &vault(), written, &changes, &[]).unwrap();
    written.iter().for_each(|one| drop(head.extend(&one.entry)));
    head::advance(&mut db, &head).unwrap();
    db.commit().unwrap();
    db
}

#[test]
fn what_is_written_at_once_is_there_and_nothing_else() {
    each_database("apply", |url| {
        let (pure, written) = eventful_ledger();
        let mut db = write_down(&url, &pure, &written);
        stored::assert_holds(&mut db, &pure);
    });
}

#[test]
fn a_world_that_is_loaded_equals_the_world_that_was_written() {
    each_database("load", |url| {
        let (pure, written) = eventful_ledger();
        let mut db = write_down(&url, &pure, &written);
        let whole = &pure.world;
        let mut loaded = World::default();
        let keys = all_keys(&pure);
        load(&mut db, &mut loaded, pure.rules.zone, keys.clone()).unwrap();

        assert_eq!(loaded.want_all(keys), Ok(()), "whatever was asked for is loaded");
        assert_same_rows(&loaded, whole);
        assert_eq!(loaded.codes, whole.codes);
        let of_whom = |world: &World| BTreeMap::from_iter(world.identities.clone());
        let (found, written) = (of_whom(&loaded), of_whom(whole));
        let differing: Vec<_> = found
            .iter()
            .map(|(index, whose)| (whose, written.get(index).copied().flatten()))
            .filter(|(found, written)| *found != written)
            .collect();
        assert!(differing.is_empty(), "identities found otherwise than written: {differing:?}");
        assert_eq!(found.len(), written.len());
        assert_eq!(loaded.logins, whole.logins);
        assert_eq!(loaded.operator_identities, whole.operator_identities);
        assert_eq!(loaded.objections_to, whole.objections_to);
        assert_eq!(loaded.objections_of, whole.objections_of);
        assert_eq!(loaded.certificates_of, whole.certificates_of);
        assert_eq!(loaded.pledges_of, whole.pledges_of);
        assert_eq!(loaded.objections_by, whole.objections_by);
        assert_eq!(loaded.counts_at, whole.counts_at);
        assert_same_lists(&pure, &loaded);
    });
}

/// Plans are kept from when the tables are empty, and nobody counts their rows in the meantime.
#[test]
fn what_grows_is_read_by_its_keys_from_the_first_batch_on() {
    let database = Database::postgres("by-key");
    let mut db = Db::open_for_writing(database.url()).unwrap();
    let (pure, _) = eventful_ledger();
    db.begin().unwrap();
    idempotency::find(&mut db, &vault(), &[[7; 32]]).unwrap();
    load(&mut db, &mut World::default(), pure.rules.zone, all_keys(&pure)).unwrap();
    let sql = "SELECT relname::text FROM pg_stat_xact_user_tables WHERE seq_scan > 0 ORDER BY 1";
    let read_as_a_whole: Vec<SqlValues> = db.query(Sql::new(sql)).unwrap();
    // Every crediting asks for all policies, every change of star schemes for all of these: they are few.
    let few = ["points_policies", "star_schemes"]
        .map(|table| SqlValues(vec![SqlValue::Text(Some(table.to_owned()))]));
    assert_eq!(read_as_a_whole, few);
}

#[test]
fn what_is_not_there_is_known_to_be_absent_once_asked_for() {
    each_database("absent", |url| {
        let mut db = Db::open(&url).unwrap();
        let mut world = World::default();
        let reward = RewardId::new(Seq(5));
        assert_eq!(world.reward(reward).err(), Some(Stop::Miss));
        let missing = world.take_missing();
        load(&mut db, &mut world, LocalZone::shanghai(), missing).unwrap();
        assert_eq!(
            world.reward(reward).err(),
            Some(Stop::Rejected(Rejection::Reward(reward::Refusal::RewardNotFound)))
        );
    });
}

/// The first local day of the range begins before the range does.
#[test]
fn the_first_day_of_all_is_a_day_like_any_other() {
    each_database("first_day", |url| {
        let clock = Arc::new(TestClock::at("2026-11-22T18:00:00+08:00"));
        let ask = |command| Writer::start(&url, &clock).ask(Actor::System, command);
        let bureau = UnitId::new(ask(create_unit("BUREAU", None)).unwrap().seq);
        let volunteer = VolunteerId::new(ask(register(bureau, 1)).unwrap().seq);
        let programme = ProgrammeId::new(ask(create_programme(bureau)).unwrap().seq);
        let day = interval("1900-01-01T08:00:00+08:00", "1900-01-02T00:00:00+08:00");
        let activity = ActivityId::new(ask(create_activity(programme, bureau, day)).unwrap().seq);
        let hours = interval("1900-01-01T08:30:00+08:00", "1900-01-01T09:30:00+08:00");
        let submit = || Command::SubmitRecord(submission(activity, volunteer, hours));
        let first = RecordId::new(ask(submit()).unwrap().seq);
        assert_eq!(ask(submit()), Err(Rejection::Record(record::Refusal::RecordOverlaps { record: first })));
    });
}

/// Asks for everything that a ledger holds, rows and lists.
fn all_keys(pure: &PureLedger) -> BTreeSet<Key> {
    let world = &pure.world;
    let mut keys = keys_of_things(world);
    keys.extend([Key::Policies, Key::StarSchemes]);
    keys.extend(world.units.iter().map(|row| Key::UnitCode(row.code.clone())));
    let of_volunteer = |id| [Key::LotsOf(id), Key::CreditedOf(id), Key::OpenCorrections(id)];
    keys.extend(world.volunteers.iter().flat_map(|row| of_volunteer(row.id)));
    keys.extend(world.pledges_of.keys().map(|volunteer| Key::OpenPledges(*volunteer)));
    keys.extend(world.objections_by.keys().map(|volunteer| Key::OpenObjectionsBy(*volunteer)));
    keys.extend(world.headcounts.iter().map(|row| Key::Headcount(row.unit, row.effective_from)));
    keys.extend(world.identities.keys().map(|index| Key::Identity(*index)));
    keys.extend(world.logins.keys().map(|login| Key::Login(login.clone())));
    keys.extend(world.operator_identities.keys().map(|operator| Key::OperatorIdentity(*operator)));
    // What is asked of a person is asked of every number that was merged.
    let numbers = |volunteer| world.numbers_of(volunteer).unwrap().into_iter();
    keys.extend(
        days_of_records(pure)
            .into_iter()
            .flat_map(|(volunteer, day)| numbers(volunteer).map(move |number| Key::RecordsOn(number, day))),
    );
    keys.extend(
        months_of_lots(pure).into_iter().flat_map(|(volunteer, month)| {
            numbers(volunteer).map(move |number| Key::EarnedIn(number, month))
        }),
    );
    keys.extend(world.calendar.iter().map(|row| Key::CalendarYear(row.day.year())));
    keys.extend(world.notice_policies.iter().map(|row| Key::NoticePolicy(row.unit)));
    keys.extend(world.objections_of.keys().map(|volunteer| Key::ObjectionsOf(*volunteer)));
    keys.extend(world.certificates_of.keys().map(|volunteer| Key::CertificatesOf(*volunteer)));
    keys.extend(world.merged_numbers.iter().map(|row| Key::MergedNumber(row.volunteer, row.earlier)));
    keys.extend(world.counts_at.keys().map(|place| Key::CountsAt(place.0, place.1)));
    keys.extend(world.objections_to.keys().map(|record| Key::ObjectionsTo(*record)));
    keys.extend(world.crediting_policies.iter().map(|row| Key::CreditingPolicy(row.unit)));
    keys.extend(
        months_of_records(pure).into_iter().map(|(volunteer, month)| Key::CreditedAloneIn(volunteer, month)),
    );
    keys.extend(world.dismissals.iter().map(|row| Key::Dismissal(row.finding)));
    keys
}

/// The days that records touch, and the days beside them.
fn days_of_records(pure: &PureLedger) -> BTreeSet<(VolunteerId, NaiveDate)> {
    let touched = pure.world.records.iter().flat_map(|row| {
        let days = local_days(row.interval(), pure.rules.zone);
        days.into_iter()
            .flat_map(move |day| [-1, 0, 1].map(|beside| (row.volunteer, day + Duration::days(beside))))
    });
    touched.collect()
}

/// The months of service, and the months after them.
fn months_of_records(pure: &PureLedger) -> BTreeSet<(VolunteerId, YearMonth)> {
    let months = |day| [year_month(day), year_month(day) + 1];
    let of = |row: &ServiceRecord| months(row.service_date).map(|month| (row.volunteer, month));
    pure.world.records.iter().flat_map(of).collect()
}

/// The months in which points were earned, and the months after them.
fn months_of_lots(pure: &PureLedger) -> BTreeSet<(VolunteerId, YearMonth)> {
    let months = |month| [month, month + 1];
    pure.world
        .lots
        .iter()
        .flat_map(|lot| months(lot.service_month).map(|month| (lot.volunteer, month)))
        .collect()
}

macro_rules! by_noun {
    (things { $($module:ident: $Noun:ident($Row:ident, $Id:ident = $number:literal $what:literal)
        in $table:ident else $Absent:ident $commands:tt;)* }
     others $others:tt
     rows { $($rows:ident: $of:ident::$OtherRow:ident;)* }) => {
        /// Compares every table that there is.
        fn assert_same_rows(loaded: &World, whole: &World) {
            $(assert_same(stringify!($table), &loaded.$table, &whole.$table);)*
            $(
                let name = stringify!($rows);
                if NEVER_READ.contains(&name) {
                    assert_eq!(loaded.$rows.iter().count(), 0, "{name} are read: compare them");
                } else {
                    assert_same(name, &loaded.$rows, &whole.$rows);
                }
            )*
        }

        /// A table in which there is nothing yet.
        fn kind_without_rows(world: &World) -> Option<&'static str> {
            $(if world.$table.iter().next().is_none() { return Some(stringify!($table)); })*
            $(if world.$rows.iter().next().is_none() { return Some(stringify!($rows)); })*
            None
        }

        /// A key for each thing that there is.
        fn keys_of_things(world: &World) -> BTreeSet<Key> {
            let mut keys = BTreeSet::new();
            $(keys.extend(world.$table.iter().map(|row| Key::$Noun(row.key())));)*
            keys
        }
    };
}
hourbook::nouns!(by_noun);

/// Tables that no rule reads.
const NEVER_READ: [&str; 2] = ["memberships", "resolutions"];

fn assert_same<R: Row + Debug + PartialEq>(kind: &str, loaded: &RowCache<R>, whole: &RowCache<R>)
where
    R::Key: Debug,
{
    assert!(whole.iter().next().is_some(), "{kind}: nothing to compare");
    assert_eq!(stored::cached_rows(loaded), stored::cached_rows(whole), "{kind}");
}

fn assert_same_lists(pure: &PureLedger, loaded: &World) {
    let whole = &pure.world;
    for (volunteer, day) in days_of_records(pure) {
        let lists = [loaded, whole].map(|world| world.live_records_on(volunteer, &[day]).unwrap());
        assert_eq!(lists[0], lists[1], "{volunteer} on {day}");
    }
    for volunteer in whole.volunteers.iter() {
        let lists = [loaded, whole].map(|world| world.open_lots(volunteer.id).unwrap());
        assert_eq!(lists[0], lists[1], "{}", volunteer.id);
        let credited = [loaded, whole]
            .map(|world| world.credited_services(volunteer.id).unwrap().copied().collect::<Vec<_>>());
        assert_eq!(credited[0], credited[1], "{}", volunteer.id);
        let corrections = [loaded, whole].map(|world| world.open_corrections(volunteer.id).unwrap());
        assert_eq!(corrections[0], corrections[1], "{}", volunteer.id);
    }
    for (volunteer, month) in months_of_lots(pure) {
        let sums = [loaded, whole].map(|world| world.points_earned_in(volunteer, month).unwrap());
        assert_eq!(sums[0], sums[1], "{volunteer} in {month}");
    }
}
