//! The store's two ends of the write path: what one writes, the other reads.

use crate::model::generator::Generator;
use crate::support::clock::TestClock;
use crate::support::commands::{
    create_activity, create_programme, create_unit, interval, register, submission,
};
use crate::support::database::Database;
use crate::support::each_database;
use crate::support::pure::PureLedger;
use crate::support::stored;
use crate::support::writer::{Writer, vault};
use chrono::{Duration, NaiveDate};
use hourbook::domain::actor::Actor;
use hourbook::domain::ids::{ActivityId, ProgrammeId, RecordId, RewardId, Seq, UnitId, VolunteerId};
use hourbook::domain::noun::Row;
use hourbook::domain::record;
use hourbook::domain::record::local_days;
use hourbook::domain::reward;
use hourbook::domain::time::LocalZone;
use hourbook::domain::time::YearMonth;
use hourbook::domain::world::{Key, Shelf};
use hourbook::domain::{Command, Rejection, Stop, World};
use hourbook::engine::Clock;
use hourbook::journal::Frontier;
use hourbook::store::apply::{Written, apply};
use hourbook::store::head;
use hourbook::store::idempotency;
use hourbook::store::load::load;
use hourbook::store::sql::{Cell, Cells, Sql};
use hourbook::store::{Db, DbUrl};
use std::collections::BTreeSet;
use std::fmt::Debug;
use std::sync::Arc;

/// A ledger in which every kind of thing is found.
fn eventful_ledger() -> (PureLedger, Vec<Written>) {
    let clock = TestClock::at("2026-03-02T09:00:00+08:00");
    let mut pure = PureLedger::new();
    let mut generator = Generator::new(7);
    for _ in 0..1_500 {
        clock.advance(Duration::minutes(40));
        let request = generator.request(&pure, pure.now(clock.now()));
        let _whatever_it_comes_to = pure.submit(clock.now(), &request, |_, judged| generator.learn(judged));
    }
    let mut tree = Frontier::default();
    let written = pure.journal.iter().map(|kept| {
        let private = pure.private_of(kept.entry.draft.seq);
        let full_tiles = tree.append(kept.entry.hash);
        Written { entry: kept.entry.clone(), full_tiles, unit: kept.unit, private }
    });
    let written = written.collect();
    (pure, written)
}

/// Writes everything in one transaction, as if it were one batch.
fn write_down(url: &DbUrl, pure: &mut PureLedger, written: &[Written]) -> Db {
    let mut db = Db::open(url).unwrap();
    let changes = pure.world.take_changes();
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
        let (mut pure, written) = eventful_ledger();
        let mut db = write_down(&url, &mut pure, &written);
        stored::assert_holds(&mut db, &pure);
    });
}

#[test]
fn a_world_that_is_loaded_equals_the_world_that_was_written() {
    each_database("load", |url| {
        let (mut pure, written) = eventful_ledger();
        let mut db = write_down(&url, &mut pure, &written);
        let whole = &pure.world;
        let mut loaded = World::default();
        let keys = all_keys(&pure);
        load(&mut db, &mut loaded, pure.rules.zone, keys.clone()).unwrap();

        assert_eq!(loaded.want_all(keys), Ok(()), "whatever was asked for is at hand");
        assert_same(&loaded.units, &whole.units);
        assert_same(&loaded.volunteers, &whole.volunteers);
        assert_same(&loaded.programmes, &whole.programmes);
        assert_same(&loaded.activities, &whole.activities);
        assert_same(&loaded.records, &whole.records);
        assert_same(&loaded.lots, &whole.lots);
        assert_same(&loaded.transfers, &whole.transfers);
        assert_same(&loaded.policies, &whole.policies);
        assert_same(&loaded.rewards, &whole.rewards);
        assert_same(&loaded.redemptions, &whole.redemptions);
        assert_same(&loaded.certificates, &whole.certificates);
        assert_same(&loaded.operators, &whole.operators);
        assert_eq!(loaded.codes, whole.codes);
        assert_eq!(loaded.identities, whole.identities);
        assert_eq!(loaded.logins, whole.logins);
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
    idempotency::find(&mut db, &[[7; 32]]).unwrap();
    load(&mut db, &mut World::default(), pure.rules.zone, all_keys(&pure)).unwrap();
    let sql = "SELECT relname::text FROM pg_stat_xact_user_tables WHERE seq_scan > 0 ORDER BY 1";
    let read_as_a_whole: Vec<Cells> = db.query(Sql::new(sql)).unwrap();
    // Every crediting asks for all policies, which are few.
    assert_eq!(read_as_a_whole, [Cells(vec![Cell::Text(Some("points_policies".to_owned()))])]);
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
    let mut keys = BTreeSet::from([Key::Policies]);
    keys.extend(world.units.iter().flat_map(|row| [Key::Unit(row.id), Key::UnitCode(row.code.clone())]));
    keys.extend(
        world
            .volunteers
            .iter()
            .flat_map(|row| [Key::Volunteer(row.id), Key::LotsOf(row.id), Key::CreditedOf(row.id)]),
    );
    keys.extend(world.programmes.iter().map(|row| Key::Programme(row.id)));
    keys.extend(world.activities.iter().map(|row| Key::Activity(row.id)));
    keys.extend(world.records.iter().map(|row| Key::Record(row.id)));
    keys.extend(days_of_records(pure).into_iter().map(|(volunteer, day)| Key::RecordsOn(volunteer, day)));
    keys.extend(world.lots.iter().map(|row| Key::Lot(row.id)));
    keys.extend(months_of_lots(pure).into_iter().map(|(volunteer, month)| Key::EarnedIn(volunteer, month)));
    keys.extend(world.transfers.iter().map(|row| Key::Transfer(row.id)));
    keys.extend(world.rewards.iter().map(|row| Key::Reward(row.id)));
    keys.extend(world.redemptions.iter().map(|row| Key::Redemption(row.id)));
    keys.extend(world.certificates.iter().map(|row| Key::Certificate(row.id)));
    keys.extend(world.operators.iter().map(|row| Key::Operator(row.id)));
    keys.extend(world.identities.keys().map(|index| Key::Identity(*index)));
    keys.extend(world.logins.keys().map(|login| Key::Login(login.clone())));
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

/// The months in which points were earned, and the months after them.
fn months_of_lots(pure: &PureLedger) -> BTreeSet<(VolunteerId, YearMonth)> {
    let months = |month| [month, month + 1];
    pure.world
        .lots
        .iter()
        .flat_map(|lot| months(lot.service_month).map(|month| (lot.volunteer, month)))
        .collect()
}

fn assert_same<R: Row + Debug + PartialEq>(loaded: &Shelf<R>, whole: &Shelf<R>)
where
    R::Key: Debug,
{
    assert!(whole.iter().next().is_some(), "nothing of this kind to compare");
    assert_eq!(stored::rows_at_hand(loaded), stored::rows_at_hand(whole));
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
    }
    for (volunteer, month) in months_of_lots(pure) {
        let sums = [loaded, whole].map(|world| world.points_earned_in(volunteer, month).unwrap());
        assert_eq!(sums[0], sums[1], "{volunteer} in {month}");
    }
}
