//! A database that is large at once: rows that no writer wrote, but that every list can read.
//!
//! A bureau and a hundred schools, 5,000 volunteers, 5,000 activities, 100,000 credited records with their
//! entries, postings and lots, and 10,000 rows of each other noun that a unit has many of. Things of one noun
//! have ids of their own; those of two nouns may have the same.

use super::clock::TestClock;
use super::commands::City;
use super::writer::Writer;
use hourbook::domain::activity::ActivityDetails;
use hourbook::domain::activity::recruitment::Recruitment;
use hourbook::domain::correction::Complaint;
use hourbook::domain::ids::{RecordId, Seq, UnitId, VolunteerId};
use hourbook::domain::time::Interval;
use hourbook::store::sql::{Dialect, Sql};
use hourbook::store::{Db, DbUrl};
use std::sync::Arc;

const SCHOOLS: i64 = 100;
const VOLUNTEERS: i64 = 5_000;
const ACTIVITIES: i64 = 5_000;
const RECORDS: i64 = 100_000;
const OTHERS: i64 = 10_000;

/// A power of two: the edge of such a tree is one hash, whichever.
const JOURNAL_END: i64 = 1 << 17;

/// First ids; things follow each other from there.
const FIRST_SCHOOL: i64 = 1_001;
const FIRST_VOLUNTEER: i64 = 2_001;
const FIRST_ACTIVITY: i64 = 8_001;
const FIRST_RECORD: i64 = JOURNAL_END + 1 - RECORDS;
const FIRST_OTHER: i64 = 55_001;

/// When the last activity is over.
pub const LAST_END: &str = "2026-11-29T20:00:00+08:00";

/// A small unit of many.
pub fn a_school() -> UnitId {
    UnitId::new(Seq(FIRST_SCHOOL + 7))
}

/// One of its volunteers.
pub fn a_volunteer() -> VolunteerId {
    VolunteerId::new(Seq(FIRST_VOLUNTEER + 7))
}

/// Fills a database in which there is only the schema.
pub fn fill(url: &DbUrl) -> Db {
    let writer = Writer::start(url, &Arc::new(TestClock::at("2026-11-22T18:00:00+08:00")));
    let city = City::found(&writer);
    // Somebody whose person others are copied from.
    city.volunteer_with_points(&writer, 1);
    writer.stop();
    let mut db = Db::open_for_writing(url).unwrap();
    let bytes = match db.dialect() {
        Dialect::Sqlite => "BLOB",
        Dialect::Postgres => "BYTEA",
    };
    let last = number(&mut db, "SELECT MAX(seq) FROM entries");
    let filling = Filling { bureau: city.bureau.seq().0, last, bytes };
    for statement in filling.statements(&mut db) {
        db.batch(&statement).unwrap_or_else(|error| panic!("{error}: {statement:.300}"));
    }
    if db.dialect() == Dialect::Postgres {
        db.batch("ANALYZE").unwrap();
    }
    db
}

fn number(db: &mut Db, sql: &'static str) -> i64 {
    db.number(Sql::new(sql)).unwrap().unwrap()
}

struct Filling {
    bureau: i64,
    /// The last entry of those who wrote.
    last: i64,
    /// What the database calls bytes.
    bytes: &'static str,
}

impl Filling {
    fn statements(&self, db: &mut Db) -> Vec<String> {
        // What the journal demands of those who write to it is no matter here.
        let unguarded = match db.dialect() {
            Dialect::Sqlite => {
                "DROP TRIGGER postings_come_before_their_entry; DROP TRIGGER entries_balance;
                                DROP TRIGGER entries_have_no_gaps; PRAGMA foreign_keys = OFF"
            }
            Dialect::Postgres => {
                "DROP TRIGGER postings_come_before_their_entry ON postings;
                                  DROP TRIGGER entries_balance ON entries"
            }
        };
        let mut all = vec![
            "BEGIN".to_owned(),
            unguarded.to_owned(),
            "CREATE TABLE numbers (n BIGINT PRIMARY KEY)".to_owned(),
            format!(
                "INSERT INTO numbers WITH RECURSIVE c (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM c
                 WHERE n < {JOURNAL_END}) SELECT n FROM c"
            ),
        ];
        all.extend(self.places());
        all.extend(self.people());
        all.extend(self.service());
        all.extend(self.others());
        all.extend(["DROP TABLE numbers".to_owned(), "COMMIT".to_owned()]);
        all
    }

    /// As many rows as there are numbers below.
    fn rows(many: i64, into: &str, select: &str) -> String {
        format!("INSERT INTO {into} SELECT {select} FROM numbers WHERE n < {many}")
    }

    fn places(&self) -> Vec<String> {
        let bureau = self.bureau;
        vec![
            Self::rows(
                SCHOOLS,
                "units (id, code, name, kind, parent, path)",
                &format!(
                    "{FIRST_SCHOOL} + n, 'S-' || n, 'School', 'school', {bureau},
                     '[' || (SELECT path FROM units WHERE id = {bureau}) || ']'"
                ),
            ),
            // The paths as they are: the one above, then the unit's own.
            format!(
                "UPDATE units SET path = (SELECT REPLACE(b.path, ']', ',') || REPLACE(b.path, '[', '')
                 FROM units AS b WHERE b.id = {bureau}) WHERE id >= {FIRST_SCHOOL}"
            ),
            Self::rows(SCHOOLS, "unit_lineage (ancestor, unit)", &format!("{bureau}, {FIRST_SCHOOL} + n")),
            Self::rows(
                SCHOOLS,
                "unit_lineage (ancestor, unit)",
                &format!("{FIRST_SCHOOL} + n, {FIRST_SCHOOL} + n"),
            ),
        ]
    }

    fn people(&self) -> Vec<String> {
        let bytes = self.bytes;
        let school = format!("{FIRST_SCHOOL} + n % {SCHOOLS}");
        vec![
            Self::rows(
                VOLUNTEERS,
                "volunteers (id, unit, status, member_entry, member_since, open_redemptions, debt, registered_at, version)",
                &format!("{FIRST_VOLUNTEER} + n, {school}, 'active', {FIRST_VOLUNTEER} + n, 0, 0, 0, 0, {FIRST_VOLUNTEER} + n"),
            ),
            Self::rows(
                VOLUNTEERS,
                "memberships (volunteer, entry, unit, starts_at)",
                &format!("{FIRST_VOLUNTEER} + n, {FIRST_VOLUNTEER} + n, {school}, 0"),
            ),
            // Persons whom the vault does not open: what is known of them was sealed for another.
            Self::rows(
                VOLUNTEERS,
                "people (volunteer, content_sealed, party_sealed, identity_index, mobile_index, likeness_index, salt,
                  commitment)",
                &format!(
                    "{FIRST_VOLUNTEER} + n, p.content_sealed, p.party_sealed, CAST('identity-' || n AS {bytes}),
                     CAST('mobile-' || n AS {bytes}), CAST('likeness-' || n AS {bytes}), p.salt, p.commitment"
                ),
            )
            .replace("FROM numbers", "FROM numbers CROSS JOIN (SELECT * FROM people LIMIT 1) AS p"),
            Self::rows(VOLUNTEERS, "name_pairs (pair, volunteer)", &format!("n % 65536, {FIRST_VOLUNTEER} + n")),
            Self::rows(VOLUNTEERS, "name_pairs (pair, volunteer)", &format!("(n + 1) % 65536, {FIRST_VOLUNTEER} + n")),
        ]
    }

    fn service(&self) -> Vec<String> {
        let activity = format!("{FIRST_ACTIVITY} + n / 20");
        let school = format!("{FIRST_SCHOOL} + (n / 20) % {SCHOOLS}");
        let volunteer = format!("{FIRST_VOLUNTEER} + n % {VOLUNTEERS}");
        let record = format!("{FIRST_RECORD} + n");
        let entries = JOURNAL_END - self.last;
        let last = self.last;
        vec![
            self.activities(),
            Self::rows(
                entries,
                "entries (seq, recorded_at, actor, kind, unit, effective_date, event, hash)",
                &format!(
                    "{last} + 1 + n, e.recorded_at + n, 0, e.kind, {FIRST_SCHOOL} + n % {SCHOOLS}, 20261122, e.event, e.hash"
                ),
            )
            .replace("FROM numbers", "FROM numbers CROSS JOIN (SELECT * FROM entries WHERE seq = 1) AS e"),
            Self::rows(
                RECORDS,
                "postings (seq, line, asset, account, unit, volunteer, activity, grade, service_date, amount)",
                &format!("{record}, 1, 'minutes', 'credited', 0, {volunteer}, 0, 'scan', 0, 60"),
            ),
            Self::rows(
                RECORDS,
                "postings (seq, line, asset, account, unit, volunteer, activity, grade, service_date, amount)",
                &format!("{record}, 2, 'minutes', 'served', 0, 0, {activity}, 'scan', 20261122, -60"),
            ),
            Self::rows(
                RECORDS,
                "service_records (id, activity, programme, unit, volunteer, started_at, ended_at, breaks, evidence,
                  count, claimed_minutes, credited_minutes, deductions, status, late, service_date, submitted_by,
                  submitted_at, decided_by, decided_at, credited_entry, version)",
                &format!(
                    "{record}, {activity}, 1, {school}, {volunteer}, n, n + 3600000000, '[]', 'scan', 1, 60, 60, '[]',
                     CASE WHEN n % 1000 = 999 THEN 'submitted' ELSE 'credited' END, 0, 20261122, 0, 0, 0, 0,
                     CASE WHEN n % 1000 = 999 THEN NULL ELSE {record} END, {record}"
                ),
            ),
            Self::rows(
                RECORDS,
                "lots (id, volunteer, record, policy, issued_by, service_month, points, remaining, lapsed, voided)",
                &format!("{record}, {volunteer}, {record}, 1, {school}, 202611, 100, 100, 0, 0"),
            ),
            Self::rows(
                RECORDS,
                "messages (entry, line, volunteer, kind, about, minutes, told_at)",
                &format!("{record}, 1, {volunteer}, 'record_credited', 'record:' || ({record}), 60, 0"),
            ),
            Self::rows(
                VOLUNTEERS,
                "balances (volunteer, account, unit, grade, balance)",
                &format!("{FIRST_VOLUNTEER} + n, 'credited', 0, 'scan', 1200"),
            ),
            format!("UPDATE journal_head SET last_seq = {JOURNAL_END}, frontier = last_hash"),
        ]
    }

    /// One ends each hour, the last at [`LAST_END`].
    fn activities(&self) -> String {
        let end: chrono::DateTime<chrono::Utc> = LAST_END.parse().unwrap();
        let row = |n: i64| {
            let end = end - chrono::Duration::hours(ACTIVITIES - 1 - n);
            let window = Interval {
                start: (end - chrono::Duration::hours(2)).try_into().unwrap(),
                end: end.try_into().unwrap(),
            };
            let details = ActivityDetails {
                name: "Service".parse().unwrap(),
                place: None,
                window,
                headcount: None,
                leader: None,
                recruitment: Recruitment::default(),
            };
            let (id, school) = (FIRST_ACTIVITY + n, FIRST_SCHOOL + n % SCHOOLS);
            let details = serde_json::to_string(&details).unwrap();
            format!("({id}, 1, {school}, 'minutes', '{details}', 0, 20, {id})")
        };
        let rows: Vec<String> = (0..ACTIVITIES).map(row).collect();
        let columns = "id, programme, unit, measure, details, cancelled, live_records, version";
        format!("INSERT INTO activities ({columns}) VALUES {}", rows.join(", "))
    }

    /// What units have many of, each as often as the others.
    fn others(&self) -> Vec<String> {
        let id = format!("{FIRST_OTHER} + n");
        let school = format!("{FIRST_SCHOOL} + n % {SCHOOLS}");
        let other_school = format!("{FIRST_SCHOOL} + (n + 1) % {SCHOOLS}");
        let volunteer = format!("{FIRST_VOLUNTEER} + n % {VOLUNTEERS}");
        let complaint = Complaint::Wrong { record: RecordId::new(Seq(FIRST_RECORD)) };
        let complaint = serde_json::to_string(&complaint).unwrap();
        let hash = "(SELECT last_hash FROM journal_head)";
        vec![
            Self::rows(
                OTHERS,
                "transfers (id, volunteer, from_unit, to_unit, status, requested_by, requested_at, expires_at, changed_by, changed_at)",
                &format!("{id}, {volunteer}, {school}, {other_school}, 'accepted', 0, 0, 0, 0, 0"),
            ),
            Self::rows(
                OTHERS,
                "redemptions (id, reward, volunteer, unit, points, draws, status, placed_by, placed_at, expires_at)",
                &format!("{id}, 1, {volunteer}, {school}, 100, '[]', 'fulfilled', 0, 0, 0"),
            ),
            Self::rows(
                OTHERS,
                "certificates (id, volunteer, unit, as_of, credited_minutes, records, issued_by, issued_at, version)",
                &format!("{id}, {volunteer}, {school}, {id}, 60, 1, 0, 0, {id}"),
            ),
            Self::rows(
                OTHERS,
                "pledges (id, volunteer, unit, title, due, records, made_at)",
                &format!("{id}, {volunteer}, {school}, {hash}, 20261122, '[]', 0"),
            ),
            Self::rows(
                OTHERS,
                "model_posts (id, unit, volunteer, title, starts_on)",
                &format!("{id}, {school}, {volunteer}, {hash}, 20261122"),
            ),
            Self::rows(
                OTHERS,
                "accesses (id, volunteer, unit, minor, purpose, revealed_by, revealed_at)",
                &format!("{id}, {volunteer}, {school}, 0, {hash}, 0, 0"),
            ),
            Self::rows(
                OTHERS,
                "trainings (id, volunteer, unit, first_day, last_day, minutes, course, organiser, words_entry,
                  entered_by, entered_at, version)",
                &format!(
                    "{id}, {volunteer}, {school}, 20261122, 20261122, 60, {hash}, {hash}, {id}, 0, 0, {id}"
                ),
            ),
            Self::rows(
                OTHERS,
                "honours (id, volunteer, unit, day, title, giver, words_entry, entered_by, entered_at, version)",
                &format!("{id}, {volunteer}, {school}, 20261122, {hash}, {hash}, {id}, 0, 0, {id}"),
            ),
            Self::rows(
                OTHERS,
                "ratings (id, side, activity, volunteer, unit, score, rated_by, rated_at)",
                &format!("{id}, 'volunteer', {FIRST_ACTIVITY} + n / 2, {volunteer}, {school}, 5, 0, 0"),
            ),
            Self::rows(
                OTHERS,
                "objections (id, record, unit, volunteer, raised_by, raised_at, status)",
                &format!(
                    "{id}, {FIRST_RECORD} + n, {school}, {volunteer}, -({FIRST_VOLUNTEER} + (n + 1) % {VOLUNTEERS}), 0, 'open'"
                ),
            ),
            Self::rows(
                OTHERS,
                "identity_changes (id, volunteer, unit, fields, status, asked_by, asked_at)",
                &format!("{id}, {volunteer}, {school}, '[\"name\"]', 'made', 0, 0"),
            ),
            Self::rows(
                OTHERS,
                "merges (id, volunteer, earlier, unit, status, asked_by, asked_at)",
                &format!("{id}, {volunteer}, 1, {school}, 'declined', 0, 0"),
            ),
            Self::rows(
                OTHERS,
                "corrections (id, volunteer, unit, complaint, status, asked_at)",
                &format!("{id}, {volunteer}, {school}, '{complaint}', 'open', 0"),
            ),
            Self::rows(
                OTHERS,
                "rewards (id, unit, name, price, hold_days, stock_available, stock_held, stock_fulfilled, withdrawn)",
                &format!("{id}, {school}, 'Cup', 100, 7, 1, 0, 0, 0"),
            ),
            Self::rows(
                OTHERS,
                "operators (id, role, unit, active, version)",
                &format!("{id}, 'coordinator', {school}, 1, {id}"),
            ),
            Self::rows(
                OTHERS,
                "credentials (operator, login, name, salt, commitment)",
                &format!("{id}, 'login-' || n, 'Name', {hash}, {hash}"),
            ),
            Self::rows(
                OTHERS,
                "notes (entry, commitment, salt, note)",
                &format!("{id}, {hash}, {hash}, 'Words'"),
            ),
            Self::rows(
                OTHERS,
                "programmes (id, unit, details, closed, version)",
                &format!("{id}, {school}, (SELECT details FROM programmes ORDER BY id LIMIT 1), 0, {id}"),
            ),
        ]
    }
}
