//! A dry run tells what would become of each row, and changes nothing.

use super::office::{Office, each_office};
use super::people::somebody;
use super::roster::{register, roster_of};
use crate::support::clock::TestClock;
use crate::support::commands::{City, create_reward, create_unit};
use crate::support::database::Database;
use crate::support::proxy::Proxy;
use crate::support::writer::{Writer, single};
use crate::support::{each_database, stored};
use hourbook::domain::Rejection;
use hourbook::domain::activity::Activity;
use hourbook::domain::actor::Actor;
use hourbook::domain::amounts::Points;
use hourbook::domain::unit;
use hourbook::domain::volunteer::Volunteer;
use hourbook::engine::{Request, RequestRefusal, WriterOptions};
use hourbook::store::head::{self, Head};
use hourbook::store::{Db, DbUrl};
use std::sync::Arc;

/// Everything that an import could change.
type State = (Head, Vec<i64>, usize, usize, usize);

fn state(office: &Office) -> State {
    let tables = ["entries", "postings", "people", "notes", "idempotency", "service_records", "memberships"];
    let counts = tables.map(|table| office.count(table)).to_vec();
    let mut db = office.db();
    let (volunteers, activities) = (stored::rows::<Volunteer>(&mut db), stored::rows::<Activity>(&mut db));
    let live_records: i64 = activities.values().map(|activity| activity.live_records).sum();
    let balances = stored::balances(&mut db).len();
    (office.head(), counts, volunteers.len(), usize::try_from(live_records).unwrap(), balances)
}

#[test]
fn a_dry_run_of_a_roster_tells_what_the_real_one_does() {
    each_office("rehearse_roster", |office| {
        register(office, &somebody(3));
        // More than one chunk, with a repeated row, a repeated document and an unreadable row.
        let rows = roster_of(600);
        let repeated = rows.lines().nth(5).unwrap();
        let file = office.file(
            "big.csv",
            format!("{rows}{repeated}\r\n{}\r\n张三,female\r\n", repeated.replace("2025-1", "2025-2")),
        );
        let before = state(office);
        let dry = office.import_roster(&file, "admin", &["--dry-run"]);
        assert_eq!(state(office), before, "a dry run changed something");
        let summary = "603 rows: 599 created, 2 unchanged, 2 refused";
        assert_eq!(dry.rows().1, format!("{summary} (dry run: nothing was changed)"));
        assert_eq!(dry.code, 1);

        let real = office.import_roster(&file, "admin", &[]);
        assert_eq!(real.rows().1, summary);
        assert_eq!(dry.rows().0, real.rows().0, "the dry run told something else");
        assert_ne!(state(office), before);
        office.assert_verified();
    });
}

#[test]
fn a_dry_run_of_records_tells_what_the_real_one_does() {
    each_office("rehearse_records", |office| {
        let number = register(office, &somebody(1));
        let activity = office.activity;
        let service = |day: u32, start: &str| {
            format!("{number},{activity},2025-11-{day:02} {start},2025-11-{day:02} 12:00,import,旧系统\n")
        };
        // Each second one overlaps the one before: the later decision rests on the earlier.
        let rows: String = (1..=28).flat_map(|day| [service(day, "08:00"), service(day, "09:00")]).collect();
        let header = "volunteer,activity,started_at,ended_at,evidence,reason\n";
        let file = office.file("records.csv", format!("{header}{rows}"));
        let before = state(office);
        let dry = office.import_records(&file, "coordinator", &["--dry-run"]);
        assert_eq!(state(office), before, "a dry run changed something");
        let real = office.import_records(&file, "coordinator", &[]);
        assert_eq!(real.rows().1, "56 rows: 28 created, 0 unchanged, 28 refused", "{real:?}");
        assert_eq!(dry.rows().0, real.rows().0, "the dry run told something else");
        office.assert_verified();
    });
}

/// A writer that rehearses, and the head before it does.
fn rehearse(url: &DbUrl) -> (Writer, City, Head) {
    let clock = Arc::new(TestClock::at("2026-11-22T18:00:00+08:00"));
    let writer = Writer::start(url, &clock);
    let city = City::found(&writer);
    writer.stop();
    let options = WriterOptions { rehearsal: true, ..WriterOptions::default() };
    (Writer::start_with(url, &clock, &options), city, head_of(url))
}

fn head_of(url: &DbUrl) -> Head {
    head::read(&mut Db::open(url).unwrap()).unwrap()
}

fn unit(code: &str) -> Request {
    single(Actor::System, create_unit(code, None))
}

#[test]
fn what_the_database_refuses_is_undone_by_itself_and_the_rehearsal_goes_on() {
    each_database("rehearse_refused", |url| {
        let (writer, city, before) = rehearse(&url);
        let refused_by_the_database = single(Actor::System, create_reward(city.bureau, Points(0), 1));
        let requests = vec![unit("U1"), refused_by_the_database, unit("U2"), unit("U1")];
        let verdicts = writer.ledger.submit_all_blocking(requests);
        assert!(verdicts[0].is_ok() && verdicts[2].is_ok(), "{verdicts:?}");
        assert_eq!(verdicts[1], Err(RequestRefusal::Unavailable));
        assert!(
            matches!(
                verdicts[3],
                Err(RequestRefusal::Rejected(Rejection::Unit(unit::Refusal::UnitCodeTaken { .. })))
            ),
            "{verdicts:?}"
        );
        writer.stop();
        assert_eq!(head_of(&url), before);
        stored::assert_replays(&mut Db::open(&url).unwrap());
    });
}

/// What was rehearsed is gone with the connection: what comes after would be told of another ledger.
#[test]
fn a_rehearsal_ends_with_its_connection() {
    let database = Database::postgres("rehearse_lost");
    let proxy = Proxy::to(database.url());
    let (writer, _, before) = rehearse(proxy.url());
    assert!(writer.ledger.submit_all_blocking(vec![unit("U1")])[0].is_ok());
    proxy.cut();
    let verdicts = writer.ledger.submit_all_blocking(vec![unit("U1"), unit("U2")]);
    assert_eq!(verdicts, [Err(RequestRefusal::Unavailable), Err(RequestRefusal::Unavailable)]);
    writer.stop();
    assert_eq!(head_of(database.url()), before);
}
