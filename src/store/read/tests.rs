//! Every read on both databases: on an empty one, and after a small story.

#![allow(clippy::unwrap_used, clippy::panic)]

#[allow(dead_code, reason = "the service's tests use more of it")]
#[path = "../../../tests/service/support/postgres.rs"]
mod postgres;
mod story;

use super::totals::{Dimension, MinutesQuery, MinutesTotal, PointsTotal};
use super::*;
use crate::domain::account::Account;
use crate::domain::actor::Actor;
use crate::domain::amounts::{Minutes, Points};
use crate::domain::evidence::Evidence;
use crate::domain::ids::{Seq, UnitId, VolunteerId};
use crate::domain::record::RecordStatus;
use crate::domain::redemption::RedemptionStatus;
use crate::domain::transfer::TransferStatus;
use crate::domain::volunteer::VolunteerStatus;
use crate::journal::TreeHash;
use crate::store::named_sql::NamedSql;
use crate::store::rollups::Book;
use crate::store::session::{self, Rotation, Session};
use crate::store::sql::Sql;
use crate::store::vault::Vault;
use crate::store::{Db, DbUrl, StoreError, head};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use story::{City, at, note, seed, vault};

/// The first page of everything.
const ALL: PageRequest = PageRequest { after: None, limit: 1000 };
const NOW: &str = "2026-11-22T21:00:00+08:00";
const MUCH_LATER: &str = "2028-01-01T00:00:00+08:00";

/// Runs a case on a fresh SQLite file and on a fresh PostgreSQL database.
fn on_each_database(case: impl Fn(&DbUrl)) {
    let directory = Directory::new();
    let sqlite = DbUrl::Sqlite(directory.0.join("hourbook.db"));
    Db::open(&sqlite).unwrap().migrate().unwrap();
    case(&sqlite);

    let database = postgres::server().fresh_database("reads");
    let postgres: DbUrl = database.parse().unwrap();
    Db::open(&postgres).unwrap().migrate().unwrap();
    case(&postgres);
}

/// A directory that goes with its value, however the case ends.
struct Directory(PathBuf);

impl Directory {
    fn new() -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("hourbook-reads-{}-{number}", std::process::id()));
        std::fs::create_dir(&path).unwrap();
        Self(path)
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        // A panic here would hide the test's own.
        let _left_behind = std::fs::remove_dir_all(&self.0);
    }
}

/// The story told, and a connection to read it with.
fn with_story(case: impl Fn(&mut Db, &City)) {
    on_each_database(|url| {
        let city = seed(url, || {});
        case(&mut Db::open(url).unwrap(), &city);
    });
}

/// All items of a list, taken in pages of `limit`.
fn walk<T>(limit: u32, mut list: impl FnMut(PageRequest) -> Result<PageOf<T>, StoreError>) -> Vec<T> {
    let mut items = Vec::new();
    let mut request = PageRequest { after: None, limit };
    loop {
        let page = list(request).unwrap();
        assert!(page.items.len() <= limit as usize);
        items.extend(page.items);
        match page.next {
            Some(next) => request.after = Some(next),
            None => return items,
        }
    }
}

fn scopes(city: &City) -> [Scope; 6] {
    [
        Scope::All,
        Scope::Unit(city.bureau),
        Scope::Unit(city.school),
        Scope::Unit(city.academy),
        Scope::Volunteer(city.mover),
        Scope::Volunteer(city.stayer),
    ]
}

#[test]
fn an_empty_database_answers_everything_with_nothing() {
    on_each_database(|url| {
        let db = &mut Db::open(url).unwrap();
        let vault = vault();
        let (unit, volunteer) = (UnitId::new(Seq(1)), VolunteerId::new(Seq(2)));
        for scope in [Scope::All, Scope::Unit(unit), Scope::Volunteer(volunteer)] {
            assert_nothing_is_found(db, &vault, scope);
        }
        assert_eq!(due::redemptions(db, at(MUCH_LATER), 9).unwrap(), []);
        assert_eq!(due::transfers(db, at(MUCH_LATER), 9).unwrap(), []);
        assert_eq!(due::volunteers_with_lapsed_lots(db, at(MUCH_LATER), 9).unwrap(), []);
        assert_eq!(journal::entries_after(db, Seq(0), 10).unwrap(), []);
        assert_eq!(journal::seq_as_of(db, at(NOW)).unwrap(), Seq(0));
    });
}

fn assert_nothing_is_found(db: &mut Db, vault: &Vault, scope: Scope) {
    use crate::domain::ids::*;
    let seq = Seq(1);
    let (unit, volunteer) = (UnitId::new(seq), VolunteerId::new(seq));
    let day = "2026-11-22".parse().unwrap();
    assert_eq!(units::get(db, scope, unit).unwrap(), None);
    assert_eq!(units::by_code(db, scope, &"X".parse().unwrap()).unwrap(), None);
    assert_eq!(units::list(db, scope, ALL).unwrap().items, []);
    assert_eq!(units::subtree(db, scope, unit, ALL).unwrap().items, []);
    assert_eq!(units::headcounts(db, scope, unit).unwrap(), []);
    assert_eq!(units::headcount_on(db, scope, unit, day).unwrap(), None);
    assert_eq!(volunteers::get(db, vault, scope, volunteer).unwrap(), None);
    assert_eq!(volunteers::numbers_in_full(db, vault, scope, volunteer).unwrap(), None);
    assert_eq!(volunteers::memberships(db, scope, volunteer, Seq(i64::MAX)).unwrap(), None);
    let everything = volunteers::VolunteerFilter {
        unit: Some(unit),
        status: Some(VolunteerStatus::Active),
        name_part: Some("三".parse().unwrap()),
        number: Some(volunteer),
        mobile: Some([1; 32]),
    };
    assert_eq!(volunteers::list(db, vault, scope, &everything, ALL).unwrap().items, []);
    assert_eq!(accounts::account(db, scope, volunteer, at(NOW)).unwrap(), None);
    assert_eq!(accounts::statement(db, scope, volunteer, ALL).unwrap(), None);
    assert_eq!(lots::list(db, scope, volunteer, ALL).unwrap(), None);
    assert_eq!(programmes::get(db, scope, ProgrammeId::new(seq)).unwrap(), None);
    let everything = programmes::ProgrammeFilter {
        unit: Some(unit),
        brand: Some("志愿红".parse().unwrap()),
        closed: Some(true),
    };
    assert_eq!(programmes::list(db, scope, &everything, ALL).unwrap().items, []);
    assert_eq!(activities::get(db, scope, ActivityId::new(seq)).unwrap(), None);
    let everything = activities::ActivityFilter {
        programme: Some(ProgrammeId::new(seq)),
        unit: Some(unit),
        from: Some(at(NOW)),
        to: Some(at(NOW)),
        cancelled: Some(false),
        draft: Some(false),
    };
    assert_eq!(activities::list(db, scope, &everything, ALL).unwrap().items, []);
    assert_eq!(records::get(db, scope, RecordId::new(seq)).unwrap(), None);
    let everything = records::RecordFilter {
        volunteer: Some(volunteer),
        activity: Some(ActivityId::new(seq)),
        programme: Some(ProgrammeId::new(seq)),
        unit: Some(unit),
        status: Some(RecordStatus::Credited),
        evidence: Some(Evidence::Scan),
        from: Some(day),
        to: Some(day),
        late: Some(false),
        counted_as_of: Some(seq),
        as_of: Some(seq),
    };
    assert_eq!(records::list(db, scope, &everything, ALL).unwrap().items, []);
    assert_eq!(transfers::get(db, scope, TransferId::new(seq)).unwrap(), None);
    let everything = transfers::TransferFilter {
        volunteer: Some(volunteer),
        unit: Some(unit),
        status: Some(TransferStatus::Requested),
    };
    assert_eq!(transfers::list(db, scope, &everything, ALL).unwrap().items, []);
    assert_eq!(policies::get(db, PolicyId::new(seq)).unwrap(), None);
    assert_eq!(policies::list(db, ALL).unwrap().items, []);
    assert_eq!(rewards::get(db, scope, RewardId::new(seq)).unwrap(), None);
    let everything = rewards::RewardFilter { unit: Some(unit), withdrawn: Some(false) };
    assert_eq!(rewards::list(db, scope, &everything, ALL).unwrap().items, []);
    assert_eq!(redemptions::get(db, scope, RedemptionId::new(seq)).unwrap(), None);
    let everything = redemptions::RedemptionFilter {
        volunteer: Some(volunteer),
        reward: Some(RewardId::new(seq)),
        unit: Some(unit),
        status: Some(RedemptionStatus::Held),
    };
    assert_eq!(redemptions::list(db, scope, &everything, ALL).unwrap().items, []);
    assert_eq!(operators::get(db, scope, OperatorId::new(seq)).unwrap(), None);
    assert_eq!(operators::current(db, OperatorId::new(seq)).unwrap(), None);
    assert_eq!(operators::credential(db, &"zhang".parse().unwrap()).unwrap(), None);
    let everything = operators::OperatorFilter {
        unit: Some(unit),
        role: Some(crate::domain::actor::Role::Auditor),
        active: Some(true),
    };
    assert_eq!(operators::list(db, scope, &everything, ALL).unwrap().items, []);
    assert_eq!(journal::get(db, scope, seq).unwrap(), None);
    assert_eq!(journal::list(db, scope, journal::EntryFilter::default(), ALL).unwrap().items, []);
    assert_eq!(totals::points(db, scope, Some(unit), seq).unwrap(), []);
    let query = MinutesQuery {
        as_of: seq,
        from: Some(day),
        to: Some(day),
        unit: Some(unit),
        count_volunteers: false,
    };
    assert_eq!(totals::minutes(db, scope, &every_dimension(), query).unwrap(), []);
    assert_eq!(totals::minutes(db, scope, &BTreeSet::new(), query).unwrap(), [nothing_served()]);
}

fn every_dimension() -> BTreeSet<Dimension> {
    BTreeSet::from([
        Dimension::Unit,
        Dimension::Programme,
        Dimension::Activity,
        Dimension::Month,
        Dimension::Evidence,
    ])
}

fn nothing_served() -> MinutesTotal {
    MinutesTotal {
        unit: None,
        programme: None,
        activity: None,
        month: None,
        evidence: None,
        credited_minutes: Minutes::ZERO,
        occasions: 0,
        records: 0,
        self_declared: Minutes::ZERO,
        claimed: Minutes::ZERO,
        volunteers: None,
    }
}

#[test]
fn the_tree_of_units_is_open_to_those_in_it() {
    with_story(|db, city| {
        let ids = |units: Vec<crate::domain::unit::Unit>| units.into_iter().map(|u| u.id).collect::<Vec<_>>();
        let tree = vec![city.bureau, city.school, city.academy];
        let everything = ids(walk(1, |page| units::list(db, Scope::All, page)));
        assert_eq!(everything[..4], [&tree[..], &[city.elsewhere]].concat());
        assert_eq!(everything.len(), 24);
        for scope in [Scope::Unit(city.school), Scope::Unit(city.bureau), Scope::Volunteer(city.mover)] {
            assert_eq!(ids(walk(2, |page| units::list(db, scope, page))), tree, "{scope:?}");
            assert_eq!(units::get(db, scope, city.elsewhere).unwrap(), None);
        }
        let scope = Scope::Unit(city.school);
        assert_eq!(ids(walk(1, |page| units::subtree(db, scope, city.bureau, page))), tree);
        assert_eq!(ids(walk(1, |page| units::subtree(db, scope, city.academy, page))), [city.academy]);
        assert_eq!(ids(walk(1, |page| units::subtree(db, scope, city.elsewhere, page))), []);
        let by_code = units::by_code(db, scope, &"academy".parse().unwrap()).unwrap();
        assert_eq!(by_code.map(|unit| unit.id), Some(city.academy));
        assert_eq!(units::by_code(db, scope, &"elsewhere".parse().unwrap()).unwrap(), None);

        let programme = programmes::get(db, scope, city.programme).unwrap();
        assert!(programme.is_some(), "a programme of the unit above");
        assert_eq!(programmes::get(db, Scope::Unit(city.elsewhere), city.programme).unwrap(), None);
        assert!(activities::get(db, Scope::Unit(city.academy), city.activity).unwrap().is_some());
        assert_eq!(activities::get(db, Scope::Unit(city.elsewhere), city.activity).unwrap(), None);
    });
}

#[test]
fn a_headcount_holds_from_its_day_on() {
    with_story(|db, city| {
        let scope = Scope::Unit(city.bureau);
        let staff = |found: Option<units::HeadcountReadModel>| found.map(|stated| stated.headcount.staff);
        let mut on =
            |day: &str| staff(units::headcount_on(db, scope, city.school, day.parse().unwrap()).unwrap());
        assert_eq!(on("2025-12-31"), None);
        assert_eq!(on("2026-08-31"), Some(80));
        assert_eq!(on("2026-09-01"), Some(90));
        assert_eq!(units::headcounts(db, scope, city.school).unwrap().len(), 2);
        assert_eq!(units::headcounts(db, Scope::Unit(city.academy), city.school).unwrap(), []);
        assert_eq!(units::headcounts(db, Scope::Volunteer(city.mover), city.school).unwrap(), []);
    });
}

#[test]
fn volunteers_are_seen_by_their_present_unit_and_found_by_what_is_known_of_them() {
    use volunteers::VolunteerFilter;
    with_story(|db, city| {
        let vault = &vault();
        let mut found = |scope, filter: VolunteerFilter| -> Vec<VolunteerId> {
            let views = walk(1, |page| volunteers::list(db, vault, scope, &filter, page));
            views.into_iter().map(|view| view.volunteer.id).collect()
        };
        let none = VolunteerFilter::default;
        let everybody = [city.leaver, city.stayer, city.mover];
        assert_eq!(found(Scope::All, none()), everybody);
        assert_eq!(found(Scope::Unit(city.bureau), none()), everybody);
        assert_eq!(found(Scope::Unit(city.school), none()), [city.leaver], "the mover has gone");
        assert_eq!(found(Scope::Unit(city.academy), none()), [city.stayer, city.mover]);
        assert_eq!(found(Scope::Unit(city.elsewhere), none()), []);
        assert_eq!(found(Scope::Volunteer(city.mover), none()), [city.mover]);

        let scope = Scope::Unit(city.bureau);
        let named = |part: &str| VolunteerFilter { name_part: Some(part.parse().unwrap()), ..none() };
        for part in ["三", "0%_", "%", "_"] {
            assert_eq!(found(scope, named(part)), [city.mover], "{part}");
        }
        for part in ["!", "张三", "Wang Wu"] {
            assert_eq!(found(scope, named(part)), [], "{part}: never there, or erased");
        }
        let mobile = Some(vault.blind_index("mobile", "13900139000"));
        assert_eq!(found(scope, VolunteerFilter { mobile, ..none() }), [city.stayer]);
        let number = volunteers::id_of_number(&crate::domain::volunteer::number_of(city.stayer));
        assert_eq!(found(scope, VolunteerFilter { number, ..none() }), [city.stayer]);
        let status = Some(VolunteerStatus::Closed);
        assert_eq!(found(scope, VolunteerFilter { status, ..none() }), [city.leaver]);
        let unit = Some(city.academy);
        assert_eq!(found(scope, VolunteerFilter { unit, ..none() }), [city.stayer, city.mover]);
        assert_eq!(found(Scope::Unit(city.school), VolunteerFilter { unit, ..none() }), []);
    });
}

#[test]
fn only_twelve_digits_are_a_volunteer_number() {
    assert_eq!(volunteers::id_of_number("000000000012"), Some(VolunteerId::new(Seq(12))));
    for text in ["", "12", "+00000000012", "0000000000012", "00000000001x"] {
        assert_eq!(volunteers::id_of_number(text), None, "{text}");
    }
}

#[test]
fn a_persons_numbers_are_masked_and_erased_with_the_person() {
    with_story(|db, city| {
        let vault = &vault();
        let view = volunteers::get(db, vault, Scope::All, city.mover).unwrap().unwrap();
        let person = view.person.unwrap();
        assert_eq!(person.name.as_str(), "张100%_三");
        assert_eq!(person.document_number_masked, "******01");
        assert_eq!(person.mobile_masked, "138******00");
        assert_eq!(person.skills, ["急救".parse().unwrap()]);
        let full = volunteers::numbers_in_full(db, vault, Scope::Unit(city.academy), city.mover).unwrap();
        let full = full.unwrap();
        assert_eq!((full.document_number.as_str(), full.mobile.as_str()), ("E1000001", "13800138000"));
        assert!(!format!("{full:?}").contains("13800138000"));
        let hidden = volunteers::numbers_in_full(db, vault, Scope::Unit(city.school), city.mover);
        assert_eq!(hidden.unwrap(), None);

        let left = volunteers::get(db, vault, Scope::All, city.leaver).unwrap().unwrap();
        assert_eq!((left.volunteer.status, left.person), (VolunteerStatus::Closed, None));
        assert_eq!(volunteers::numbers_in_full(db, vault, Scope::All, city.leaver).unwrap(), None);
    });
}

#[test]
fn memberships_follow_one_another() {
    with_story(|db, city| {
        let found = volunteers::memberships(db, Scope::Volunteer(city.mover), city.mover, Seq(i64::MAX))
            .unwrap()
            .unwrap();
        assert_eq!(found.iter().map(|m| m.unit).collect::<Vec<_>>(), [city.school, city.academy]);
        assert_eq!(found[0].ends_at, Some(found[1].starts_at));
        assert_eq!(found[1].ends_at, None);
        assert_eq!(
            volunteers::memberships(db, Scope::Unit(city.school), city.mover, Seq(i64::MAX)).unwrap(),
            None
        );
    });
}

#[test]
fn an_account_adds_up() {
    with_story(|db, city| {
        let scope = Scope::Unit(city.academy);
        let account = accounts::account(db, scope, city.mover, at(NOW)).unwrap().unwrap();
        assert_eq!(account.minutes, Minutes(220), "two hours, and two less twenty minutes");
        let by_evidence = [(Evidence::Scan, Minutes(120)), (Evidence::Leader, Minutes(100))];
        assert_eq!(account.minutes_by_evidence, by_evidence.into());
        // 2.00 and 1.66 earned, 1.00 spent, 1.00 held.
        assert_eq!((account.available, account.held, account.debt), (Points(166), Points(100), Points(0)));
        let next = account.expiring_next.unwrap();
        assert_eq!((next.points, next.expires_at), (Points(166), at("2027-11-23T00:00:00+08:00")));

        let later = accounts::account(db, scope, city.mover, next.expires_at).unwrap().unwrap();
        assert_eq!((later.available, later.expiring_next), (Points(0), None));
        let stayer = accounts::account(db, scope, city.stayer, at(NOW)).unwrap().unwrap();
        assert_eq!((stayer.minutes, stayer.available), (Minutes(0), Points(1000)), "voided; two donations");
        assert_eq!(stayer.minutes_by_evidence, [].into());
        assert_eq!(accounts::account(db, Scope::Unit(city.school), city.mover, at(NOW)).unwrap(), None);
        assert_eq!(accounts::account(db, Scope::Volunteer(city.stayer), city.mover, at(NOW)).unwrap(), None);
    });
}

#[test]
fn a_statements_balances_are_exact_on_every_page() {
    with_story(|db, city| {
        for volunteer in [city.mover, city.stayer] {
            let scope = Scope::Volunteer(volunteer);
            let mut statement =
                |limit| walk(limit, |page| Ok(accounts::statement(db, scope, volunteer, page)?.unwrap()));
            let whole = statement(1000);
            for limit in 1..4 {
                assert_eq!(statement(limit), whole);
            }
            assert!(whole.is_sorted_by(|newer, older| newer.seq > older.seq));
            let mut by_account = std::collections::BTreeMap::new();
            let mut by_asset = std::collections::BTreeMap::new();
            for line in whole.iter().rev().flat_map(|entry| &entry.lines) {
                let account = by_account.entry(line.account.kind()).or_insert(0);
                let asset = by_asset.entry(line.account.asset()).or_insert(0);
                *account += line.amount;
                *asset += line.amount;
                assert_eq!((line.account_balance, line.asset_balance), (*account, *asset));
            }
            let account = accounts::account(db, scope, volunteer, at(NOW)).unwrap().unwrap();
            assert_eq!(by_account["credited"], account.minutes.0);
            assert_eq!(by_account["available"], account.available.0);
            assert_eq!(by_account.get("held").copied().unwrap_or(0), account.held.0);
        }
        assert_eq!(accounts::statement(db, Scope::Unit(city.school), city.mover, ALL).unwrap(), None);
        let voiding = accounts::statement(db, Scope::All, city.stayer, ALL).unwrap().unwrap();
        assert_eq!(voiding.items[0].kind, "record_voided");
        assert!(voiding.items[0].reverses.is_some());
    });
}

#[test]
fn programmes_and_activities_are_found_by_what_they_are() {
    use activities::ActivityFilter;
    use programmes::ProgrammeFilter;
    with_story(|db, city| {
        let mut tagged = |brand: &str| {
            let filter = ProgrammeFilter { brand: Some(brand.parse().unwrap()), ..Default::default() };
            programmes::list(db, Scope::All, &filter, ALL).unwrap().items.len()
        };
        assert_eq!((tagged("春风行动"), tagged("健润·全民健身"), tagged("春风")), (1, 1, 0));
        let mut programmes = |filter: ProgrammeFilter| {
            programmes::list(db, Scope::Volunteer(city.stayer), &filter, ALL).unwrap().items.len()
        };
        assert_eq!(programmes(ProgrammeFilter { unit: Some(city.bureau), ..Default::default() }), 1);
        assert_eq!(programmes(ProgrammeFilter { unit: Some(city.school), ..Default::default() }), 0);
        assert_eq!(programmes(ProgrammeFilter { closed: Some(true), ..Default::default() }), 0);

        let mut activities = |filter: ActivityFilter| {
            walk(1, |page| activities::list(db, Scope::Unit(city.school), &filter, page)).len()
        };
        let none = ActivityFilter::default;
        assert_eq!(activities(none()), 2);
        assert_eq!(activities(ActivityFilter { unit: Some(city.school), ..none() }), 1);
        assert_eq!(activities(ActivityFilter { programme: Some(city.programme), ..none() }), 2);
        assert_eq!(activities(ActivityFilter { cancelled: Some(true), ..none() }), 0);
        let (start, end) = (at("2026-11-22T00:00:00+08:00"), at("2026-11-22T19:00:00+08:00"));
        let within = at("2026-11-22T12:00:00+08:00");
        assert_eq!(activities(ActivityFilter { from: Some(within), to: Some(within), ..none() }), 2);
        assert_eq!(activities(ActivityFilter { from: Some(end), ..none() }), 0);
        assert_eq!(activities(ActivityFilter { to: Some(start), ..none() }), 0);
    });
}

#[test]
fn a_record_carries_what_people_wrote_to_it() {
    with_story(|db, city| {
        let mut reasons = |id| records::get(db, Scope::Unit(city.school), id).unwrap().unwrap().reasons;
        assert_eq!(reasons(city.credited), records::Reasons::default());
        let deducted = reasons(city.deducted);
        assert_eq!(deducted.deducted, [(note("吃饭").commitment, "吃饭".parse().unwrap())].into());
        let rejected = reasons(city.rejected);
        let (submitted, why) = (rejected.submitted.unwrap(), rejected.rejected.unwrap());
        assert_eq!((submitted.as_str(), why.as_str()), ("忘了扫码", "没有证据"));
        let voided = reasons(city.voided);
        assert_eq!(voided.voided.unwrap().as_str(), "冒名");
        assert_eq!((voided.submitted, voided.rejected), (None, None));
    });
}

#[test]
fn records_are_seen_by_the_unit_served_and_by_the_volunteers_present_unit() {
    use records::RecordFilter;
    with_story(|db, city| {
        assert_eq!(
            [city.bureau, city.elsewhere, city.school].map(|unit| scope::is_wide(db, unit).unwrap()),
            [true, true, false],
            "both ways of finding are walked"
        );
        let mut found = |scope, filter: RecordFilter| -> Vec<_> {
            walk(2, |page| records::list(db, scope, &filter, page)).iter().map(|record| record.id).collect()
        };
        let none = RecordFilter::default;
        let everything = found(Scope::All, none());
        assert_eq!(everything.len(), 6);
        assert!(everything.is_sorted_by(|newer, older| newer > older));
        assert_eq!(found(Scope::Unit(city.bureau), none()), everything);
        assert_eq!(found(Scope::Unit(city.school), none()).len(), 5, "all but the donation");
        assert_eq!(found(Scope::Unit(city.academy), none()), everything, "its own, and its volunteers'");
        assert_eq!(found(Scope::Unit(city.elsewhere), none()), []);
        let own = [city.deducted, city.credited];
        assert_eq!(found(Scope::Volunteer(city.mover), none()), own);
        assert_eq!(found(Scope::All, RecordFilter { volunteer: Some(city.mover), ..none() }), own);
        assert_eq!(found(Scope::All, RecordFilter { unit: Some(city.academy), ..none() }).len(), 1);
        assert_eq!(found(Scope::All, RecordFilter { activity: Some(city.activity), ..none() }).len(), 5);
        assert_eq!(found(Scope::All, RecordFilter { programme: Some(city.programme), ..none() }).len(), 6);
        for (status, id) in [
            (RecordStatus::Submitted, city.waiting),
            (RecordStatus::Rejected, city.rejected),
            (RecordStatus::Voided, city.voided),
        ] {
            assert_eq!(found(Scope::All, RecordFilter { status: Some(status), ..none() }), [id]);
        }
        let evidence = Some(Evidence::Backfill);
        assert_eq!(found(Scope::All, RecordFilter { evidence, ..none() }), [city.rejected]);
        let day = |text: &str| Some(text.parse().unwrap());
        let (before, on, after) = (day("2026-11-21"), day("2026-11-22"), day("2026-11-23"));
        assert_eq!(found(Scope::All, RecordFilter { from: on, to: on, ..none() }), everything);
        assert_eq!(found(Scope::All, RecordFilter { from: after, ..none() }), []);
        assert_eq!(found(Scope::All, RecordFilter { to: before, ..none() }), []);
    });
}

/// As of every entry the total is what the journal has posted by then, and for every reader it is the
/// sum of the list, and of its own parts.
#[test]
fn list_and_total_agree_as_of_every_entry() {
    with_story(|db, city| {
        let head = head::read(db).unwrap().last_seq;
        let entries = journal::entries_after(db, Seq(0), 1000).unwrap();
        for as_of in (0..=head.0).map(Seq) {
            let before = entries.iter().filter(|entry| entry.unsealed.seq <= as_of);
            let posted: i64 = before
                .flat_map(|entry| &entry.unsealed.postings)
                .filter(|line| matches!(line.account, Account::Credited { .. }))
                .map(|line| line.amount)
                .sum();
            assert_eq!(total_of(db, Scope::All, None, as_of).credited_minutes, Minutes(posted));
            for scope in [Scope::All, Scope::Volunteer(city.mover), Scope::Volunteer(city.stayer)] {
                assert_agrees(db, scope, None, as_of);
            }
            for unit in [city.bureau, city.school, city.academy, city.elsewhere] {
                assert_agrees(db, Scope::All, Some(unit), as_of);
                let query =
                    MinutesQuery { as_of, from: None, to: None, unit: Some(unit), count_volunteers: true };
                let by_filter = totals::minutes(db, Scope::All, &every_dimension(), query).unwrap();
                let query = MinutesQuery { unit: None, ..query };
                let by_scope = totals::minutes(db, Scope::Unit(unit), &every_dimension(), query).unwrap();
                assert_eq!(by_filter, by_scope);
            }
        }
        let served = total_of(db, Scope::All, None, head);
        assert_eq!((served.credited_minutes, served.occasions), (Minutes(220), 2));
        assert_eq!((served.records, served.volunteers), (3, Some(2)));
    });
}

fn total_of(db: &mut Db, scope: Scope, unit: Option<UnitId>, as_of: Seq) -> MinutesTotal {
    let query = MinutesQuery { as_of, from: None, to: None, unit, count_volunteers: true };
    let totals = totals::minutes(db, scope, &BTreeSet::new(), query).unwrap();
    let [total] = totals[..] else { panic!("not one total: {totals:?}") };
    let query = MinutesQuery { count_volunteers: false, ..query };
    let by_rollups = totals::minutes(db, scope, &BTreeSet::new(), query).unwrap();
    assert_eq!(by_rollups, [MinutesTotal { volunteers: None, ..total }]);
    total
}

fn assert_agrees(db: &mut Db, scope: Scope, unit: Option<UnitId>, as_of: Seq) {
    let filter = records::RecordFilter { unit, counted_as_of: Some(as_of), ..Default::default() };
    let list = walk(2, |page| records::list(db, scope, &filter, page));
    let total = total_of(db, scope, unit, as_of);
    let volunteers: BTreeSet<_> = list.iter().map(|record| record.volunteer).collect();
    let expected = MinutesTotal {
        credited_minutes: list.iter().map(|record| record.credited_minutes).sum(),
        occasions: list.iter().map(|record| record.count).sum(),
        records: list.len().try_into().unwrap(),
        volunteers: Some(volunteers.len().try_into().unwrap()),
        ..nothing_served()
    };
    assert_eq!(total, expected, "{scope:?} {unit:?} as of {as_of}");
    for dimension in every_dimension() {
        let query = MinutesQuery { as_of, from: None, to: None, unit, count_volunteers: true };
        let parts = totals::minutes(db, scope, &BTreeSet::from([dimension]), query).unwrap();
        assert_eq!(parts.iter().map(|part| part.credited_minutes).sum::<Minutes>(), total.credited_minutes);
        assert_eq!(parts.iter().map(|part| part.records).sum::<i64>(), total.records);
        assert!(parts.iter().all(|part| part.records > 0));
    }
}

#[test]
fn totals_name_what_they_are_grouped_by() {
    with_story(|db, city| {
        let as_of = head::read(db).unwrap().last_seq;
        let query =
            MinutesQuery { as_of, from: None, to: None, unit: Some(city.school), count_volunteers: true };
        let totals = totals::minutes(db, Scope::Unit(city.bureau), &every_dimension(), query).unwrap();
        let part = |evidence, minutes| MinutesTotal {
            unit: Some(city.school),
            programme: Some(city.programme),
            activity: Some(city.activity),
            month: Some(202_611),
            evidence: Some(evidence),
            credited_minutes: Minutes(minutes),
            occasions: 0,
            records: 1,
            self_declared: Minutes::ZERO,
            claimed: Minutes::ZERO,
            volunteers: Some(1),
        };
        assert_eq!(totals, [part(Evidence::Leader, 100), part(Evidence::Scan, 120)]);
        let after = Some("2026-11-23".parse().unwrap());
        let none = totals::minutes(
            db,
            Scope::All,
            &BTreeSet::from([Dimension::Month]),
            MinutesQuery { from: after, ..query },
        );
        assert_eq!(none.unwrap(), []);
    });
}

/// What is written later, a voiding and a move among it, changes no total as of an earlier entry.
#[test]
fn a_total_as_of_an_entry_stays_the_same_for_ever() {
    on_each_database(|url| {
        let mut before = Vec::new();
        let city = seed(url, || before = all_totals(&mut Db::open(url).unwrap()));
        let after = all_totals(&mut Db::open(url).unwrap());
        assert!(after.len() > before.len() && before.len() > 20);
        assert_eq!(after[..before.len()], before);
        let db = &mut Db::open(url).unwrap();
        let school = |minutes: &MinutesTotal| minutes.credited_minutes;
        let last = Seq(i64::try_from(before.len()).unwrap() - 1);
        assert_eq!(school(&total_of(db, Scope::Unit(city.school), None, last)), Minutes(340));
    });
}

/// PostgreSQL expects hardly any rows where it has not counted the newest yet: joined to them, units were looked
/// through once for each.
#[test]
fn units_are_read_once_for_what_changed_and_not_for_each_row() {
    let database = postgres::server().fresh_database("changes");
    let db = &mut Db::open(&database.parse().unwrap()).unwrap();
    db.migrate().unwrap();
    for book in Book::ALL {
        let explain = NamedSql::new("EXPLAIN {changes}")
            .with("changes", book.changes())
            .with("units", "t.unit IN (SELECT unit FROM unit_lineage WHERE ancestor = :own)")
            .bind("own", &UnitId::new(Seq(3)))
            .bind("last", &Seq(0))
            .bind("as_of", &Seq(9));
        let plan: Vec<PlanLine> = db.load(explain).unwrap();
        let plan = plan.into_iter().map(|line| line.text).collect::<Vec<_>>().join("\n");
        assert!(plan.contains("hashed SubPlan"), "{plan}");
        assert!(!plan.contains("Join") && !plan.contains("Nested Loop"), "{plan}");
    }
}

#[derive(diesel::QueryableByName)]
struct PlanLine {
    #[diesel(sql_type = diesel::sql_types::Text, column_name = "QUERY PLAN")]
    text: String,
}

type Totals = (Vec<MinutesTotal>, Vec<(UnitId, PointsTotal)>);

/// As of 0 and every entry.
fn all_totals(db: &mut Db) -> Vec<Totals> {
    let head = head::read(db).unwrap().last_seq;
    let mut as_of = |as_of| {
        let query = MinutesQuery { as_of, from: None, to: None, unit: None, count_volunteers: true };
        let minutes = totals::minutes(db, Scope::All, &every_dimension(), query).unwrap();
        (minutes, totals::points(db, Scope::All, None, as_of).unwrap())
    };
    (0..=head.0).map(|seq| as_of(Seq(seq))).collect()
}

#[test]
fn points_stand_in_the_books_where_they_are() {
    with_story(|db, city| {
        let head = head::read(db).unwrap().last_seq;
        for as_of in (0..=head.0).map(Seq) {
            let books = totals::points(db, Scope::All, None, as_of).unwrap();
            for (unit, total) in &books {
                let PointsTotal { issued, available, held, redeemed, expired, debt, transferred_out } =
                    *total;
                assert_eq!(
                    issued + debt,
                    available + held + redeemed + expired + transferred_out,
                    "{unit} as of {as_of}"
                );
            }
            let out: Points = books.iter().map(|(_, total)| total.transferred_out).sum();
            assert_eq!(out, Points(0), "what leaves one book enters another, as of {as_of}");
        }
        let available = "SELECT CAST(SUM(balance) AS BIGINT) FROM balances WHERE account = 'available'";
        let books = totals::points(db, Scope::All, None, head).unwrap();
        let in_books: Points = books.iter().map(|(_, total)| total.available).sum();
        assert_eq!(db.number(Sql::new(available)).unwrap(), Some(in_books.0), "what the balances say");
        let school = PointsTotal { issued: Points(366), transferred_out: Points(366), ..Default::default() };
        let seen = totals::points(db, Scope::Unit(city.school), None, head).unwrap();
        assert_eq!(seen, [(city.school, school)], "spent at the bureau, the rest gone to the academy");
        let academy = PointsTotal {
            issued: Points(1000),
            available: Points(1166),
            transferred_out: Points(-166),
            ..Default::default()
        };
        let seen = totals::points(db, Scope::All, Some(city.academy), head).unwrap();
        assert_eq!(seen, [(city.academy, academy)], "what was voided is no longer issued");
        assert_eq!(totals::points(db, Scope::Volunteer(city.mover), None, head).unwrap(), []);
    });
}

#[test]
fn transfers_rewards_and_redemptions_are_seen_by_both_sides() {
    use redemptions::RedemptionFilter;
    use rewards::RewardFilter;
    use transfers::TransferFilter;
    with_story(|db, city| {
        let mut found = |scope, filter: TransferFilter| -> Vec<_> {
            walk(1, |page| transfers::list(db, scope, &filter, page)).iter().map(|item| item.id).collect()
        };
        let (none, both) = (TransferFilter::default, [city.transfer, city.open_transfer]);
        for unit in [city.bureau, city.school, city.academy] {
            assert_eq!(found(Scope::Unit(unit), none()), both);
            assert_eq!(found(Scope::All, TransferFilter { unit: Some(unit), ..none() }), both);
        }
        assert_eq!(found(Scope::Unit(city.elsewhere), none()), []);
        assert_eq!(found(Scope::Volunteer(city.mover), none()), [city.transfer]);
        let status = Some(TransferStatus::Requested);
        assert_eq!(found(Scope::All, TransferFilter { status, ..none() }), [city.open_transfer]);
        let volunteer = Some(city.mover);
        assert_eq!(found(Scope::All, TransferFilter { volunteer, ..none() }), [city.transfer]);
        assert!(transfers::get(db, Scope::Unit(city.school), city.transfer).unwrap().is_some());
        assert_eq!(transfers::get(db, Scope::Volunteer(city.stayer), city.transfer).unwrap(), None);

        for scope in scopes(city) {
            assert_eq!(rewards::get(db, scope, city.reward).unwrap().unwrap().stock_held, 1, "{scope:?}");
        }
        assert_eq!(rewards::get(db, Scope::Unit(city.elsewhere), city.reward).unwrap(), None);
        let mut seen = |scope, filter: RewardFilter| -> Vec<_> {
            walk(1, |page| rewards::list(db, scope, &filter, page)).iter().map(|item| item.id).collect()
        };
        let (none, both) = (RewardFilter::default, [city.own_reward, city.reward]);
        assert_eq!(seen(Scope::Unit(city.bureau), none()), both, "its own, and that of a unit under it");
        assert_eq!(seen(Scope::Unit(city.school), none()), both, "its own, and that of the unit above");
        assert_eq!(seen(Scope::Unit(city.academy), none()), [city.reward]);
        assert_eq!(seen(Scope::Volunteer(city.mover), none()), [city.reward], "of the school no more");
        let unit = Some(city.school);
        assert_eq!(seen(Scope::All, RewardFilter { unit, ..none() }), [city.own_reward]);
        assert_eq!(seen(Scope::All, RewardFilter { withdrawn: Some(true), ..none() }), []);

        let mut found = |scope, filter: RedemptionFilter| -> Vec<_> {
            walk(1, |page| redemptions::list(db, scope, &filter, page)).iter().map(|item| item.id).collect()
        };
        let (none, both) = (RedemptionFilter::default, [city.held, city.fulfilled]);
        assert_eq!(found(Scope::Unit(city.bureau), none()), both, "the gifts are the bureau's");
        assert_eq!(found(Scope::Unit(city.academy), none()), both, "the mover is the academy's");
        assert_eq!(found(Scope::Unit(city.school), none()), []);
        assert_eq!(found(Scope::Volunteer(city.mover), none()), both);
        assert_eq!(found(Scope::Volunteer(city.stayer), none()), []);
        let status = Some(RedemptionStatus::Held);
        assert_eq!(found(Scope::All, RedemptionFilter { status, ..none() }), [city.held]);
        let reward = Some(city.reward);
        assert_eq!(found(Scope::All, RedemptionFilter { reward, ..none() }), both);
        assert!(redemptions::get(db, Scope::All, city.held).unwrap().is_some());
        assert_eq!(redemptions::get(db, Scope::Unit(city.school), city.held).unwrap(), None);

        assert!(policies::get(db, city.policy).unwrap().is_some());
        assert_eq!(policies::list(db, ALL).unwrap().items.len(), 1);
    });
}

#[test]
fn operators_are_seen_within_their_unit_and_admins_by_admins() {
    use operators::OperatorFilter;
    with_story(|db, city| {
        let mut logins = |scope, filter: OperatorFilter| -> Vec<_> {
            let views = walk(1, |page| operators::list(db, scope, &filter, page));
            views.iter().map(|view| view.login.to_string()).collect()
        };
        let none = OperatorFilter::default;
        assert_eq!(logins(Scope::All, none()), ["root", "zhang"]);
        assert_eq!(logins(Scope::Unit(city.bureau), none()), ["zhang"]);
        assert_eq!(logins(Scope::Unit(city.academy), none()), [""; 0]);
        assert_eq!(logins(Scope::Volunteer(city.mover), none()), [""; 0]);
        let role = Some(crate::domain::actor::Role::Admin);
        assert_eq!(logins(Scope::All, OperatorFilter { role, ..none() }), ["root"]);
        assert_eq!(logins(Scope::All, OperatorFilter { active: Some(false), ..none() }), [""; 0]);
        let unit = Some(city.bureau);
        assert_eq!(logins(Scope::All, OperatorFilter { unit, ..none() }), ["zhang"]);
        let view = operators::get(db, Scope::Unit(city.school), city.coordinator).unwrap().unwrap();
        assert_eq!(operators::current(db, city.coordinator).unwrap(), Some(view.operator.clone()));
        let credential = operators::credential(db, &"zhang".parse().unwrap()).unwrap().unwrap();
        assert_eq!(credential.operator, view.operator);
        assert_eq!(credential.password_hash.as_deref(), Some("$argon2id$"));
        assert!(!format!("{credential:?}").contains("argon2id"));
    });
}

#[test]
fn the_journal_reads_back_as_it_was_sealed() {
    with_story(|db, city| {
        let mut entries = Vec::new();
        loop {
            let after = Seq(entries.len().try_into().unwrap());
            let next = journal::entries_after(db, after, 3).unwrap();
            if next.is_empty() {
                break;
            }
            entries.extend(next);
        }
        let head = head::read(db).unwrap();
        assert_eq!(entries.len(), usize::try_from(head.last_seq.0).unwrap());
        let mut previous = TreeHash::default();
        for entry in &entries {
            assert!(entry.follows(previous).unwrap(), "{}", entry.unsealed.seq);
            assert!(crate::domain::account::is_balanced(&entry.unsealed.postings));
            previous = entry.hash;
        }
        assert_eq!(previous, head.last_hash);
        assert!(entries.iter().any(|entry| entry.unsealed.postings.len() > 2));

        let seen = |db: &mut Db, scope| {
            walk(4, |page| journal::list(db, scope, journal::EntryFilter::default(), page))
        };
        assert_eq!(seen(db, Scope::All).into_iter().map(|item| item.entry).collect::<Vec<_>>(), entries);
        let academys = seen(db, Scope::Unit(city.academy));
        assert!(!academys.is_empty() && academys.iter().all(|item| item.unit == Some(city.academy)));
        assert_eq!(seen(db, Scope::Volunteer(city.mover)), []);
        let of_nobody = journal::get(db, Scope::All, city.policy.seq()).unwrap().unwrap();
        assert_eq!(of_nobody.unit, None);
        assert_eq!(journal::get(db, Scope::Unit(city.bureau), city.policy.seq()).unwrap(), None);

        for entry in &entries {
            assert_eq!(journal::seq_as_of(db, entry.unsealed.recorded_at).unwrap(), entry.unsealed.seq);
        }
        let a_moment = chrono::Duration::microseconds(1);
        let before = entries[4].unsealed.recorded_at.plus(-a_moment);
        assert_eq!(journal::seq_as_of(db, before).unwrap(), entries[3].unsealed.seq);
    });
}

#[test]
fn what_is_due_is_found_from_its_instant_on() {
    with_story(|db, city| {
        let redemption = redemptions::get(db, Scope::All, city.held).unwrap().unwrap();
        let transfer = transfers::get(db, Scope::All, city.open_transfer).unwrap().unwrap();
        let a_moment = chrono::Duration::microseconds(1);
        for (expires_at, found) in [(redemption.expires_at, 1), (redemption.expires_at.plus(-a_moment), 0)] {
            assert_eq!(due::redemptions(db, expires_at, 9).unwrap(), [city.held][..found]);
        }
        for (expires_at, found) in [(transfer.expires_at, 1), (transfer.expires_at.plus(-a_moment), 0)] {
            assert_eq!(due::transfers(db, expires_at, 9).unwrap(), [city.open_transfer][..found]);
        }
        assert_eq!(due::volunteers_with_lapsed_lots(db, at(NOW), 9).unwrap(), []);
        let account = accounts::account(db, Scope::All, city.mover, at(NOW)).unwrap().unwrap();
        let first = account.expiring_next.unwrap().expires_at;
        assert_eq!(due::volunteers_with_lapsed_lots(db, first.plus(-a_moment), 9).unwrap(), []);
        assert_eq!(due::volunteers_with_lapsed_lots(db, first, 9).unwrap().len(), 2);
        let lapsed = due::volunteers_with_lapsed_lots(db, at(MUCH_LATER), 9).unwrap();
        assert_eq!(lapsed.into_iter().collect::<BTreeSet<_>>(), [city.mover, city.stayer].into());
        assert_eq!(due::volunteers_with_lapsed_lots(db, at(MUCH_LATER), 1).unwrap().len(), 1);
    });
}

/// A session of a family, whose token has this hash.
fn session_of(family: u8, token: u8) -> Session {
    Session {
        family: [family; 16],
        actor: Actor::Operator(crate::domain::ids::OperatorId::new(Seq(9))),
        valid_from: Seq::default(),
        started_at: at(NOW).plus(chrono::Duration::seconds(family.into())),
        refreshed_at: None,
        expires_at: at(MUCH_LATER),
        ends_at: at(MUCH_LATER),
        token: [token; 32],
        spent: None,
        successor: None,
        ended_at: None,
        binding: None,
    }
}

/// The token of a family spent for another.
fn rotation(family: u8, spent: u8, token: u8) -> Rotation {
    Rotation {
        family: [family; 16],
        spent: [spent; 32],
        token: [token; 32],
        successor: [token; 32],
        refreshed_at: at(NOW),
        expires_at: at(MUCH_LATER),
    }
}

#[test]
fn a_token_is_spent_once_and_a_session_ends_whole() {
    on_each_database(|url| {
        let db = &mut Db::open(url).unwrap();
        let find = |db: &mut Db, family: u8| session::find(db, [family; 16]).unwrap();
        assert_eq!(find(db, 1), None);
        session::start(db, &session_of(1, 1)).unwrap();
        session::start(db, &session_of(9, 9)).unwrap();
        assert_eq!(find(db, 1), Some(session_of(1, 1)));
        assert!(session::rotate(db, &rotation(1, 1, 2)).unwrap());
        assert!(!session::rotate(db, &rotation(1, 1, 3)).unwrap(), "spent already");
        assert!(!session::rotate(db, &rotation(1, 7, 3)).unwrap(), "never given out");
        assert!(!session::rotate(db, &rotation(2, 2, 3)).unwrap(), "of another family");
        let rotated = find(db, 1).unwrap();
        assert_eq!((rotated.token, rotated.spent), ([2; 32], Some([1; 32])));
        assert_eq!((rotated.successor, rotated.refreshed_at), (Some([2; 32]), Some(at(NOW))));

        assert!(session::end(db, [1; 16], at(NOW)).unwrap());
        assert!(!session::end(db, [1; 16], at(MUCH_LATER)).unwrap(), "there is nothing to end any more");
        let ended = find(db, 1).unwrap();
        assert_eq!((ended.ended_at, ended.successor), (Some(at(NOW)), None));
        assert!(!session::rotate(db, &rotation(1, 2, 3)).unwrap(), "it was ended");
        assert_eq!(find(db, 9), Some(session_of(9, 9)), "another session");
        assert_eq!(session::of(db, ended.actor, at(NOW)).unwrap(), [session_of(9, 9)]);
        let a_moment = chrono::Duration::microseconds(1);
        let since = |db: &mut Db, at| session::ended_since(db, at).unwrap();
        assert_eq!(since(db, at(NOW)), []);
        assert_eq!(since(db, at(NOW).plus(-a_moment)), [([1; 16], at(NOW))]);
        session::end_of(db, ended.actor, at(NOW)).unwrap();
        assert_eq!(find(db, 9).unwrap().ended_at, Some(at(NOW)));
        assert!(session::start(db, &session_of(9, 1)).is_err(), "one family, one session");
        assert!(session::start(db, &session_of(2, 2)).is_ok(), "the refusal left no transaction open");
    });
}

#[test]
fn sessions_that_are_over_are_forgotten_and_nobody_has_many_open() {
    on_each_database(|url| {
        let db = &mut Db::open(url).unwrap();
        for family in 1..=60 {
            session::start(db, &session_of(family, family)).unwrap();
        }
        let actor = session_of(1, 1).actor;
        let open = session::of(db, actor, at(NOW)).unwrap();
        let families: Vec<u8> = open.iter().map(|session| session.family[0]).collect();
        assert_eq!(families, (11..=60).rev().collect::<Vec<_>>(), "the oldest were ended");

        assert!(session::rotate(db, &rotation(60, 60, 61)).unwrap());
        assert_eq!(session::forget_successors(db, at(NOW)).unwrap(), 0);
        assert_eq!(session::forget_successors(db, at(MUCH_LATER)).unwrap(), 1);
        assert_eq!(session::find(db, [60; 16]).unwrap().unwrap().successor, None);

        assert_eq!(session::forget(db, at(NOW)).unwrap(), 0);
        let minute = chrono::Duration::minutes(2);
        assert_eq!(session::forget(db, at(NOW).plus(minute)).unwrap(), 10, "those that were ended");
        assert_eq!(session::forget(db, at(MUCH_LATER)).unwrap(), 0, "not before its time is over");
        assert_eq!(session::forget(db, at(MUCH_LATER).plus(minute)).unwrap(), 50);
    });
}

/// Two spend one token at the same time, and another ends the session meanwhile: one succeeds at most, and the session
/// is ended.
#[test]
fn of_two_who_spend_one_token_at_once_one_succeeds() {
    on_each_database(|url| {
        for round in 1..=20 {
            let first = 10 * round;
            session::start(&mut Db::open(url).unwrap(), &session_of(round, first)).unwrap();
            let rotate = |spent, token| {
                session::rotate(&mut Db::open(url).unwrap(), &rotation(round, spent, token)).unwrap()
            };
            let spent: Vec<bool> = std::thread::scope(|scope| {
                let racers: Vec<_> =
                    (1..=2).map(|racer| scope.spawn(move || rotate(first, first + racer))).collect();
                racers.into_iter().map(|racer| racer.join().unwrap()).collect()
            });
            assert_eq!(spent.iter().filter(|spent| **spent).count(), 1, "round {round}");
            std::thread::scope(|scope| {
                let winner = first + if spent[0] { 1 } else { 2 };
                scope.spawn(move || rotate(winner, first + 3));
                scope.spawn(move || {
                    session::end(&mut Db::open(url).unwrap(), [round; 16], at(NOW)).unwrap();
                });
            });
            let found = session::find(&mut Db::open(url).unwrap(), [round; 16]).unwrap().unwrap();
            assert_eq!(found.ended_at, Some(at(NOW)), "round {round}");
        }
    });
}
