//! How the databases go about each list, in a ledger of 100,000 records: no list of a small unit, or of one
//! volunteer, reads a whole table.
//!
//! Each list is read once; the statements that it made are put to the database again, with EXPLAIN before them.

use crate::support::each_database;
use crate::support::large_ledger::{self, LAST_END, a_school, a_volunteer};
use diesel::Connection;
use diesel::connection::InstrumentationEvent;
use hourbook::domain::actor::Actor;
use hourbook::domain::ids::{OperatorId, Seq, UnitId};
use hourbook::domain::message::MessagePlace;
use hourbook::domain::time::{LocalZone, Timestamp};
use hourbook::store::read::*;
use hourbook::store::sql::{Bind, Sql, SqlValue, SqlValues};
use hourbook::store::vault::Vault;
use hourbook::store::{Db, StoreError};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

/// Who asks for a list, and for which page.
struct Asker<'v> {
    scope: Scope,
    /// The unit that is asked for.
    unit: Option<UnitId>,
    page: PageRequest,
    vault: &'v Vault,
}

type List = fn(&mut Db, &Asker) -> Result<(), StoreError>;

fn instant(text: &str) -> Timestamp {
    serde_json::from_value(text.into()).unwrap()
}

/// Every function of the store that reads a page, by its module and name.
const LISTS: &[(&str, List)] = &[
    ("accounts::statement", |db, asker| {
        accounts::statement(db, asker.scope, a_volunteer(), asker.page).map(drop)
    }),
    ("accesses::list", |db, Asker { scope, unit, page, .. }| {
        let filter = accesses::AccessFilter { unit: *unit, ..Default::default() };
        accesses::list(db, *scope, filter, *page).map(drop)
    }),
    ("activities::list", |db, Asker { scope, unit, page, .. }| {
        let filter = activities::ActivityFilter { unit: *unit, ..Default::default() };
        activities::list(db, *scope, &filter, *page).map(drop)
    }),
    ("applications::list", |db, Asker { scope, unit, page, vault }| {
        let filter = applications::ApplicationFilter { unit: *unit, ..Default::default() };
        applications::list(db, vault, *scope, filter, *page).map(drop)
    }),
    ("assessments::list_members", |db, Asker { unit, page, vault, .. }| {
        let Some(unit) = unit else { return Ok(()) };
        let days = ("2026-11-01".parse().unwrap(), "2026-11-30".parse().unwrap());
        let period = assessments::AssessmentPeriod::new(db, LocalZone::shanghai(), days, Seq(i64::MAX))?;
        assessments::list_members(db, vault, *unit, period, assessments::MembersCounted::All, *page).map(drop)
    }),
    ("assessments::schemes", |db, asker| assessments::schemes(db, asker.page).map(drop)),
    ("attendances::list", |db, Asker { scope, unit, page, .. }| {
        let filter = attendances::AttendanceFilter { unit: *unit, ..Default::default() };
        attendances::list(db, *scope, filter, *page).map(drop)
    }),
    ("certificates::list", |db, Asker { scope, unit, page, .. }| {
        let filter = certificates::CertificateFilter { unit: *unit, ..Default::default() };
        certificates::list(db, *scope, &filter, *page).map(drop)
    }),
    ("corrections::list", |db, Asker { scope, unit, page, .. }| {
        let filter = corrections::CorrectionFilter { unit: *unit, ..Default::default() };
        corrections::list(db, *scope, &filter, *page).map(drop)
    }),
    ("due::activities", |db, Asker { scope, unit, page, .. }| {
        let filter = due::DueActivities {
            unit: *unit,
            ended_after: instant("2026-11-22T20:00:00+08:00"),
            ended_by: instant(LAST_END),
            most_records: 100,
        };
        due::activities(db, *scope, &filter, *page).map(drop)
    }),
    ("due::records", |db, Asker { scope, unit, page, .. }| due::records(db, *scope, *unit, *page).map(drop)),
    ("enrolments::list", |db, Asker { scope, unit, page, .. }| {
        let filter = enrolments::EnrolmentFilter { unit: *unit, ..Default::default() };
        enrolments::list(db, *scope, filter, *page).map(drop)
    }),
    ("honours::list", |db, Asker { scope, unit, page, .. }| {
        let filter = honours::HonourFilter { unit: *unit, ..Default::default() };
        honours::list(db, *scope, filter, *page).map(drop)
    }),
    ("identity_changes::list", |db, Asker { scope, unit, page, .. }| {
        let filter = identity_changes::IdentityChangeFilter { unit: *unit, ..Default::default() };
        identity_changes::list(db, *scope, filter, *page).map(drop)
    }),
    ("journal::list", |db, asker| {
        journal::list(db, asker.scope, journal::EntryFilter::default(), asker.page).map(drop)
    }),
    ("lots::list", |db, asker| lots::list(db, asker.scope, a_volunteer(), asker.page).map(drop)),
    ("merges::list", |db, Asker { scope, unit, page, .. }| {
        let filter = merges::MergeFilter { unit: *unit, ..Default::default() };
        merges::list(db, *scope, filter, *page).map(drop)
    }),
    ("messages::inbox", |db, Asker { page: PageRequest { after, limit }, .. }| {
        let after = after.map(|entry| MessagePlace { entry, line: 1 });
        let page = |after| PageRequest { after, limit: *limit };
        messages::inbox(db, a_volunteer(), true, page(None))?;
        messages::inbox(db, a_volunteer(), false, page(after)).map(drop)
    }),
    ("model_posts::list", |db, Asker { scope, unit, page, .. }| {
        let filter = model_posts::ModelPostFilter { unit: *unit, ..Default::default() };
        model_posts::list(db, *scope, filter, *page).map(drop)
    }),
    ("notices::running", |db, Asker { scope, unit, page, vault }| {
        notices::running(db, vault, *scope, *unit, instant("2026-11-22T20:00:00+08:00"), *page).map(drop)
    }),
    ("objections::list", |db, Asker { scope, unit, page, .. }| {
        let filter = objections::ObjectionFilter { unit: *unit, ..Default::default() };
        objections::list(db, *scope, &filter, *page).map(drop)
    }),
    ("operators::list", |db, Asker { scope, unit, page, .. }| {
        let filter = operators::OperatorFilter { unit: *unit, ..Default::default() };
        operators::list(db, *scope, &filter, *page).map(drop)
    }),
    ("opportunities::list", |db, Asker { scope, unit, page, vault }| {
        let filter = opportunities::OpportunityFilter { unit: *unit, ..Default::default() };
        let now = (instant(LAST_END), LocalZone::shanghai());
        let page = PageRequest { after: None, limit: page.limit };
        opportunities::list(db, vault, *scope, &filter, now, page).map(drop)
    }),
    ("pledges::list", |db, Asker { scope, unit, page, .. }| {
        let filter = pledges::PledgeFilter { unit: *unit, ..Default::default() };
        pledges::list(db, *scope, filter, *page).map(drop)
    }),
    ("policies::list", |db, asker| policies::list(db, asker.page).map(drop)),
    ("programmes::list", |db, Asker { scope, unit, page, .. }| {
        let filter = programmes::ProgrammeFilter { unit: *unit, ..Default::default() };
        programmes::list(db, *scope, &filter, *page).map(drop)
    }),
    ("ratings::list", |db, Asker { scope, unit, page, .. }| {
        let filter = ratings::RatingFilter { unit: *unit, ..Default::default() };
        ratings::list(db, *scope, filter, *page).map(drop)
    }),
    ("records::list", |db, Asker { scope, unit, page, .. }| {
        let filter = records::RecordFilter { unit: *unit, ..Default::default() };
        records::list(db, *scope, &filter, *page).map(drop)
    }),
    ("redemptions::list", |db, Asker { scope, unit, page, .. }| {
        let filter = redemptions::RedemptionFilter { unit: *unit, ..Default::default() };
        redemptions::list(db, *scope, &filter, *page).map(drop)
    }),
    ("rewards::list", |db, Asker { scope, unit, page, .. }| {
        let filter = rewards::RewardFilter { unit: *unit, ..Default::default() };
        rewards::list(db, *scope, &filter, *page).map(drop)
    }),
    ("stars::list", |db, asker| stars::list(db, asker.page).map(drop)),
    ("trainings::list", |db, Asker { scope, unit, page, .. }| {
        let filter = trainings::TrainingFilter { unit: *unit, ..Default::default() };
        trainings::list(db, *scope, filter, *page).map(drop)
    }),
    ("transfers::list", |db, Asker { scope, unit, page, .. }| {
        let filter = transfers::TransferFilter { unit: *unit, ..Default::default() };
        transfers::list(db, *scope, &filter, *page).map(drop)
    }),
    ("units::list", |db, asker| units::list(db, asker.scope, asker.page).map(drop)),
    ("units::subtree", |db, Asker { scope, unit, page, .. }| {
        units::subtree(db, *scope, unit.unwrap_or_else(a_school), *page).map(drop)
    }),
    ("volunteers::list", |db, Asker { scope, unit, page, vault }| {
        let filter = volunteers::VolunteerFilter { unit: *unit, ..Default::default() };
        volunteers::list(db, vault, *scope, &filter, *page).map(drop)
    }),
];

/// Lists of everybody's by what needs an index, for any caller.
const SEARCHES: &[(&str, List)] = &[
    ("volunteers::list by a part of the name", |db, Asker { scope, page, vault, .. }| {
        let filter =
            volunteers::VolunteerFilter { name_part: Some("eer 12".parse().unwrap()), ..Default::default() };
        volunteers::list(db, vault, *scope, &filter, *page).map(drop)
    }),
    ("accesses::list of a year", |db, Asker { scope, page, .. }| {
        let revealed = Some((instant("2025-01-01T00:00:00+08:00"), instant("2025-12-31T23:59:59+08:00")));
        let filter = accesses::AccessFilter { revealed, minor: Some(true), ..Default::default() };
        accesses::list(db, *scope, filter, *page).map(drop)
    }),
    ("activities::list of what is to come", |db, Asker { scope, page, .. }| {
        let filter = activities::ActivityFilter { from: Some(instant(LAST_END)), ..Default::default() };
        activities::list(db, *scope, &filter, *page).map(drop)
    }),
    ("due::activities", |db, Asker { scope, page, .. }| {
        let filter = due::DueActivities {
            unit: None,
            ended_after: instant("2026-11-28T20:00:00+08:00"),
            ended_by: instant(LAST_END),
            most_records: 100,
        };
        due::activities(db, *scope, &filter, *page).map(drop)
    }),
    ("journal::list of somebody", |db, Asker { scope, page, .. }| {
        let actor = Some(Actor::Operator(OperatorId::new(Seq(1))));
        journal::list(db, *scope, journal::EntryFilter { actor, ..Default::default() }, *page).map(drop)
    }),
    ("journal::list of a kind", |db, Asker { scope, page, .. }| {
        let kind = Some("operator_disabled");
        journal::list(db, *scope, journal::EntryFilter { kind, ..Default::default() }, *page).map(drop)
    }),
    ("journal::list of a day", |db, Asker { scope, page, .. }| {
        let recorded = Some((instant("2026-11-28T00:00:00+08:00"), instant("2026-11-28T23:59:59+08:00")));
        journal::list(db, *scope, journal::EntryFilter { recorded, ..Default::default() }, *page).map(drop)
    }),
    ("records::list of those that wait", |db, Asker { scope, page, .. }| {
        let status = Some(hourbook::domain::record::RecordStatus::Submitted);
        let filter = records::RecordFilter { status, ..Default::default() };
        records::list(db, *scope, &filter, *page).map(drop)
    }),
];

#[test]
fn every_function_that_reads_a_page_is_in_the_list() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store/read");
    let mut found = BTreeSet::new();
    for file in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let module = file.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&file).unwrap_or_default();
        for function in text.split("\npub fn ").skip(1) {
            let (signature, _) = function.split_once('{').unwrap();
            if signature.contains("page: PageRequest") {
                found.insert(format!("{module}::{}", signature.split('(').next().unwrap()));
            }
        }
    }
    let listed: BTreeSet<String> = LISTS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert!(found.len() > 20, "the check has gone blind: {found:?}");
    assert_eq!(listed, found);
}

#[test]
fn no_list_of_a_small_unit_or_of_one_volunteer_reads_a_whole_table() {
    each_database("plans", |url| {
        let mut db = large_ledger::fill(&url);
        let mut explainer = Db::open(&url).unwrap();
        let vault = crate::support::writer::vault();
        let mut statements = Statements::of(&mut db);
        let mut bad = Vec::new();
        let mut ask = |db: &mut Db, (name, list): &(&str, List), scope, unit, after| {
            let page = PageRequest { after, limit: 20 };
            match list(db, &Asker { scope, unit, page, vault: &vault }) {
                // Persons were copied, and do not open.
                Ok(()) | Err(StoreError::Vault(_)) => {}
                Err(error) => panic!("{name}: {error}"),
            }
            let made = statements.take();
            assert!(!made.is_empty() || unit.is_none(), "{name} asks nothing");
            for statement in made {
                if let Some(what) = statement.reads_too_much(db, &mut explainer) {
                    bad.push(format!("{name}, {scope:?}, unit {unit:?}, after {after:?}: {what}"));
                }
            }
            let _of_the_explainer = statements.take();
        };
        let of_unit = [
            (Scope::Unit(a_school()), None),
            (Scope::Unit(a_school()), Some(a_school())),
            (Scope::All, Some(a_school())),
            (Scope::Volunteer(a_volunteer()), None),
        ];
        for (name, list) in LISTS {
            for (scope, unit) in of_unit {
                // What the whole tree shares is no small unit's.
                let is_everybodys = ["activities::list", "programmes::list", "units::list"].contains(name);
                if is_everybodys && unit.is_none() {
                    continue;
                }
                // The journal is not asked for by unit.
                if *name == "journal::list" && scope == Scope::All {
                    continue;
                }
                for after in [None, Some(Seq(60_000))] {
                    ask(&mut db, &(*name, *list), scope, unit, after);
                }
            }
        }
        for (name, list) in SEARCHES {
            ask(&mut db, &(*name, *list), Scope::All, None, None);
        }
        // What does read a whole table is found out.
        for too_much in [
            "SELECT COUNT(*) FROM service_records WHERE evidence = 'geo'",
            "SELECT id FROM redemptions WHERE points = 7 ORDER BY id LIMIT 5",
        ] {
            db.query(Sql::new(too_much)).unwrap();
            let statements = statements.take();
            assert!(
                statements
                    .iter()
                    .any(|statement| statement.reads_too_much(&mut db, &mut explainer).is_some()),
                "{too_much}"
            );
        }
        assert!(bad.is_empty(), "{} statements read too much:\n{}", bad.len(), bad.join("\n"));
    });
}

/// The statements that a connection makes.
struct Statements(Arc<Mutex<Vec<Statement>>>);

/// A statement's text, and its values as diesel shows them.
struct Statement {
    text: String,
    values: String,
}

impl Statements {
    fn of(db: &mut Db) -> Self {
        let made = Arc::new(Mutex::new(Vec::new()));
        let heard = made.clone();
        let hear = move |event: InstrumentationEvent<'_>| {
            if let InstrumentationEvent::StartQuery { query, .. } = event {
                let shown = query.to_string();
                if let Some((text, values)) = shown.rsplit_once(" -- binds: ") {
                    let (text, values) = (text.to_owned(), values.to_owned());
                    heard.lock().unwrap().push(Statement { text, values });
                }
            }
        };
        match db {
            Db::Sqlite(connection) => connection.set_instrumentation(hear),
            Db::Postgres(connection) => connection.set_instrumentation(hear),
        }
        Self(made)
    }

    fn take(&mut self) -> Vec<Statement> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

/// Tables that hold more than any list of a small unit needs to look at.
const LARGE: [&str; 23] = [
    "accesses",
    "activities",
    "certificates",
    "corrections",
    "entries",
    "honours",
    "lots",
    "memberships",
    "messages",
    "model_posts",
    "notes",
    "objections",
    "operators",
    "people",
    "pledges",
    "postings",
    "ratings",
    "redemptions",
    "rewards",
    "service_records",
    "trainings",
    "transfers",
    "volunteers",
];

/// Rows of one table that a statement may look at: those of a school, and the newest of all.
const MOST_ROWS: f64 = 4_500.0;

impl Statement {
    /// What it does that it should not; `db` has made it, `explainer` is another connection.
    fn reads_too_much(&self, db: &mut Db, explainer: &mut Db) -> Option<String> {
        // What nobody may see is not looked for: the condition is false before any row is read.
        if self.text.contains("(FALSE AND ") {
            return None;
        }
        let plan = match db {
            Db::Sqlite(_) => self.scans(explainer),
            Db::Postgres(_) => {
                let types = self.types_of_values(db);
                self.rows_looked_at(explainer, &types)
            }
        };
        (!plan.is_empty()).then(|| format!("{}\n    {}\n    {}", plan.join("; "), self.text, self.values))
    }

    /// Steps of SQLite's plan that go through a large table from end to end. Its plans do not depend on values.
    fn scans(&self, db: &mut Db) -> Vec<String> {
        let explain = Sql::new(format!("EXPLAIN QUERY PLAN {}", self.text));
        let marks = self.text.matches('?').count();
        let explain = (0..marks).fold(explain, |sql, _| sql.bind_any(Bind::SqlValue(SqlValue::Int(None))));
        let step = |SqlValues(sql_values): SqlValues| match sql_values.into_iter().nth(3) {
            Some(SqlValue::Text(Some(step))) => step,
            other => panic!("no step of a plan: {other:?}"),
        };
        let steps = db.query(explain).unwrap().into_iter().map(step);
        steps.filter(|step| is_a_whole_table(step)).collect()
    }

    /// The types of its values, as PostgreSQL has them.
    fn types_of_values(&self, db: &mut Db) -> Vec<String> {
        let types = "SELECT CAST(parameter_types AS TEXT) FROM pg_prepared_statements WHERE statement = ?";
        let types = one_text(db, Sql::new(types).string(&self.text));
        let names = types.trim_matches(['{', '}']).split(',').filter(|name| !name.is_empty());
        names.map(str::to_owned).collect()
    }

    /// Large tables of which PostgreSQL looks at more rows than it should, as it does so.
    fn rows_looked_at(&self, db: &mut Db, types: &[String]) -> Vec<String> {
        let of_types = if types.is_empty() { String::new() } else { format!("({})", types.join(", ")) };
        db.batch(&format!("PREPARE explained {of_types} AS {}", self.text)).unwrap();
        let values = literals(&self.values, types).join(", ");
        let arguments = if values.is_empty() { values } else { format!("({values})") };
        let plan =
            one_text(db, Sql::new(format!("EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE explained {arguments}")));
        db.batch("DEALLOCATE explained").unwrap();
        let plan: serde_json::Value = serde_json::from_str(&plan).unwrap();
        let mut found = Vec::new();
        look_at(&plan[0]["Plan"], &mut found);
        found
    }
}

fn one_text(db: &mut Db, sql: Sql) -> String {
    match db.query(sql).unwrap().remove(0).0.remove(0) {
        SqlValue::Text(Some(text)) => text,
        other => panic!("no text: {other:?}"),
    }
}

/// A step that goes through a table: all of it, unless through an index that holds few rows only; or from a row on,
/// unless it is the stretch of the newest records.
fn is_a_whole_table(step: &str) -> bool {
    let mut words = step.split(' ');
    let (kind, table) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let through_few = ["records_waiting", "lots_to_expire", "redemptions_to_expire", "transfers_to_expire"];
    let is_whole = match kind {
        "SCAN" => !through_few.iter().any(|index| step.ends_with(index)),
        _ => table != "service_records" && (step.ends_with("(rowid>?)") || step.ends_with("(rowid<?)")),
    };
    is_whole && LARGE.contains(&table)
}

/// Each step of PostgreSQL's plan that looked at too many rows of a large table.
fn look_at(node: &serde_json::Value, found: &mut Vec<String>) {
    let number = |name: &str| node[name].as_f64().unwrap_or(0.0);
    if let Some(table) = node["Relation Name"].as_str() {
        let each = number("Actual Rows")
            + number("Rows Removed by Filter")
            + number("Rows Removed by Index Recheck");
        let rows = each * number("Actual Loops");
        if LARGE.contains(&table) && rows > MOST_ROWS {
            found.push(format!("{rows} rows of {table} by {}", node["Node Type"]));
        }
    }
    for inner in node["Plans"].as_array().into_iter().flatten() {
        look_at(inner, found);
    }
}

/// Values as diesel shows them, as SQL of these types.
fn literals(shown: &str, types: &[String]) -> Vec<String> {
    let values: Vec<serde_json::Value> = serde_json::from_str(&as_json(shown)).unwrap();
    assert_eq!(values.len(), types.len(), "{shown} as {types:?}");
    let literal = |(value, kind): (&serde_json::Value, &String)| match (value, kind.as_str()) {
        (serde_json::Value::Null, _) => "NULL".to_owned(),
        (serde_json::Value::Number(number), _) => number.to_string(),
        (serde_json::Value::Bool(value), _) => value.to_string(),
        (serde_json::Value::String(text), _) => format!("'{}'", text.replace('\'', "''")),
        (serde_json::Value::Array(items), "bytea") => {
            let digits = items.iter().map(|byte| format!("{:02x}", byte.as_u64().unwrap()));
            format!("'\\x{}'", digits.collect::<String>())
        }
        (serde_json::Value::Array(items), _) => {
            let items: Vec<String> = items.iter().map(ToString::to_string).collect();
            format!("'{{{}}}'", items.join(","))
        }
        (other, kind) => panic!("{other} is no {kind}"),
    };
    values.iter().zip(types).map(literal).collect()
}

/// Values as Rust shows them, as JSON: what may be none is written otherwise, and so are letters that are escaped.
fn as_json(shown: &str) -> String {
    let mut json = String::new();
    let mut rest = shown;
    let mut open = 0;
    while let Some(letter) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix('"') {
            let (text, after) = unescaped(after);
            json.push_str(&serde_json::to_string(&text).unwrap());
            rest = after;
        } else if let Some(after) = rest.strip_prefix("Some(") {
            open += 1;
            rest = after;
        } else if let Some(after) = rest.strip_prefix("None") {
            json.push_str("null");
            rest = after;
        } else {
            let closes = letter == ')' && open > 0;
            if closes {
                open -= 1
            } else {
                json.push(letter)
            }
            rest = &rest[letter.len_utf8()..];
        }
    }
    json
}

/// The text up to the closing quotation mark, and what follows.
fn unescaped(shown: &str) -> (String, &str) {
    let mut text = String::new();
    let mut letters = shown.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => return (text, letters.as_str()),
            '\\' => match letters.next() {
                Some('u') => {
                    let (digits, after) = letters.as_str()[1..].split_once('}').unwrap();
                    text.push(u32::from_str_radix(digits, 16).unwrap().try_into().unwrap());
                    letters = after.chars();
                }
                Some(plain @ ('"' | '\\' | '\'')) => text.push(plain),
                other => panic!("an escape of another kind: {other:?}"),
            },
            letter => text.push(letter),
        }
    }
    panic!("a text without end: {shown}")
}
