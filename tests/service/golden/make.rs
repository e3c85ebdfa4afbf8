//! How a golden set is made: the story is told on an empty ledger, and all that it left is written down.
//!
//! ```text
//! HOURBOOK_GOLDEN_FOLDER=tests/golden/2 cargo test --test service golden::make
//! ```

use super::present::{
    access_token, answer_again, answer_of, document_again, event_kinds, opened_certificate, plain_codes,
    sealed_again, token_key, untold_kinds,
};
use super::set::{Facts, lines_of_all};
use super::story::{self, BEGIN, LOGIN, Left, PASSWORD};
use super::transcript::{Caller, Exchange, Transcript};
use crate::support::audit_folder::AuditFolder;
use crate::support::clock::TestClock;
use crate::support::database::{Database, Directory};
use crate::support::http::{App, log_key_text, log_keys};
use crate::support::stored;
use crate::support::writer::{options, vault};
use diesel::sql_types::{BigInt, Binary, Text};
use diesel::{Connection, QueryableByName, RunQueryDsl, SqliteConnection};
use hourbook::engine::Clock;
use hourbook::store::sql::SqlValue;
use hourbook::store::{Db, DbUrl, head};
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Names the folder of the set that is to be made.
const FOLDER: &str = "HOURBOOK_GOLDEN_FOLDER";

/// The story as it was told to a service.
struct Recording {
    app: App,
    exchanges: Vec<Exchange>,
    left: Left,
    memory: Directory,
}

fn record_story(url: &DbUrl) -> Recording {
    let clock = Arc::new(TestClock::at(BEGIN));
    let app = App::start_with(url, &clock, &options());
    let memory = Directory::new("golden-memory");
    let script = Transcript::of(&app, "golden");
    let left = story::tell(&script, &memory);
    let exchanges = script.exchanges.into_inner();
    Recording { app, exchanges, left, memory }
}

fn assert_has_everything(recording: &Recording) {
    let entries = stored::journal(&mut recording.app.db());
    let kinds: BTreeSet<String> =
        entries.iter().map(|kept| kept.entry.unsealed.event.kind().to_owned()).collect();
    assert_eq!(kinds, &event_kinds() - &untold_kinds(), "the story tells of every kind of event");
    recording.app.assert_verified();
    stored::assert_replays(&mut recording.app.db());
    stored::assert_balanced(&mut recording.app.db());
}

#[test]
fn the_story_has_everything_and_verifies_on_postgresql() {
    assert_has_everything(&record_story(Database::postgres("golden-story").url()));
}

#[test]
fn the_story_has_everything_and_verifies_on_sqlite() {
    let database = Database::sqlite("golden-story");
    let recording = record_story(database.url());
    assert_has_everything(&recording);
    let DbUrl::Sqlite(path) = database.url() else { panic!("not a file: {:?}", database.url()) };
    let columns: BTreeSet<String> = documents(path).into_iter().map(|[column, _]| column).collect();
    let golden = lines_of_all_documents();
    if let Some(folder) = std::env::var_os(FOLDER) {
        return make(recording, path, &PathBuf::from(folder));
    }
    assert_eq!(&columns - &golden, BTreeSet::new(), "no golden document: see tests/golden/README.md");
    // So that a set can be made when one is needed.
    let folder = Directory::new("golden-set");
    make(recording, path, &folder.path().join("set"));
}

fn lines_of_all_documents() -> BTreeSet<String> {
    if std::env::var_os(FOLDER).is_some() {
        return BTreeSet::new();
    }
    let column = |line: String| serde_json::from_str::<[String; 2]>(&line).unwrap()[0].clone();
    lines_of_all("documents.ndjson").into_iter().map(column).collect()
}

/// Writes the files of a set; the folder must not be there.
fn make(recording: Recording, database: &Path, folder: &Path) {
    let Recording { app, mut exchanges, left, memory } = recording;
    fs::create_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    fs::create_dir(folder.join("keys")).unwrap();
    let write = |name: &str, text: String| fs::write(folder.join(name), text).unwrap();

    let imports = folder.join("imports");
    super::imports::write(&app, &left.admin, &imports);
    let (url, clock) = (app.url.clone(), app.clock.clone());
    drop(app);
    super::imports::bring_in(&url, &imports);
    // The program that imports has a clock of its own.
    let last = head::read(&mut Db::open(&url).unwrap()).unwrap().last_recorded_at;
    clock.set(&clock.now().max(last).to_string());
    let app = App::start_with(&url, &clock, &options());
    assert!(app.seal(&memory).unwrap());
    let pem = token_key();
    let facts = facts(&app, &left, &pem);
    keep_answers_of_former_programs(&app, &left.admin, database, &mut exchanges);

    let keyed: Vec<&Exchange> = exchanges.iter().filter(|exchange| exchange.key.is_some()).collect();
    write("facts.json", format!("{}\n", serde_json::to_string_pretty(&facts).unwrap()));
    write("answers.ndjson", lines(&keyed));
    write("reads.ndjson", lines(&reads(&app, &left)));
    write("documents.ndjson", lines(&documents(database)));
    write("kept-answers.ndjson", kept_answers(database).concat());
    let head_seq = facts.entries.to_string();
    let audit = AuditFolder::export(&app.url, "EDU-SPORTS", &head_seq);
    let audit_verified = audit.checked_by_us(&audit.path);
    assert_eq!(audit_verified.code, Some(0), "{audit_verified:?}");
    write("audit-verified.txt", audit_verified.stdout);
    write("entries.txt", entries(&audit.text("entries.ndjson")));
    copy_folder(&audit.path, &folder.join("audit"));
    write("keys/test-token-key.pem", pem);
    write("keys/test-log-key", log_key_text());
    write("keys/log-keys.pub", format!("{}\n", log_keys().verifiers()[0]));
    write("keys/test-encryption.key", "11".repeat(32));
    write("keys/test-blind-index.key", "22".repeat(32));

    drop(app);
    let sessions = database.with_extension("db.sessions");
    for (file, name) in [(database, "ledger.db"), (&sessions, "sessions.db")] {
        let mut db = SqliteConnection::establish(file.to_str().unwrap()).unwrap();
        for sql in ["PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA journal_mode = DELETE", "VACUUM"] {
            diesel::connection::SimpleConnection::batch_execute(&mut db, sql).unwrap();
        }
        drop(db);
        fs::copy(file, folder.join(name)).unwrap();
    }
}

fn facts(app: &App, left: &Left, pem: &str) -> Facts {
    let login = json!({ "login": LOGIN, "password": PASSWORD });
    let session = app.post("/v1/auth/login", "", login).ok();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let Caller::Operator { id, role, unit: Some(unit) } = &left.approver else { panic!("no operator") };
    let head = head::read(&mut app.db()).unwrap();
    Facts {
        now: serde_json::to_value(app.now()).unwrap().as_str().unwrap().to_owned(),
        entries: head.last_seq.0,
        root: head.tree.root().to_string(),
        checkpoints: app.verify().signatures,
        admin: left.admin.clone(),
        login: LOGIN.to_owned(),
        password: PASSWORD.to_owned(),
        refresh_token: text(&session["refresh_token"]),
        access_token: access_token(pem, id, role, unit, app.clock.as_ref() as &dyn Clock),
        held_redemption: text(&left.held_redemption["id"]),
        pickup_code: text(&left.held_redemption["pickup_code"]),
        submitted_record: left.submitted_record.clone(),
    }
}

fn lines<T: Serialize>(values: &[T]) -> String {
    values.iter().map(|value| serde_json::to_string(value).unwrap() + "\n").collect()
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// Of each kind of event one entry of every shape, and what entries were like before there was a calendar.
fn entries(journal: &str) -> String {
    let mut seen = BTreeSet::new();
    let mut chosen = Vec::new();
    for canonical in journal.lines() {
        let body: Value = serde_json::from_str(canonical).unwrap();
        if !seen.insert(shape(&body["event"])) {
            continue;
        }
        chosen.push(canonical.to_owned());
        let mut older = body;
        let event = older["event"].as_object_mut().unwrap();
        if event.remove("record_by").is_some() {
            event.remove("notice_ends_at");
            if seen.insert(shape(&older["event"])) {
                chosen.push(sealed_again(&older.to_string()).0);
            }
        }
    }
    let sealed = |canonical: &String| format!("{}  {canonical}\n", sealed_again(canonical).1);
    chosen.iter().map(sealed).collect()
}

/// Which members a value has, what stands in tags, and where there is nothing; not its figures.
fn shape(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Array(items) if items.is_empty() => "[]".to_owned(),
        Value::Array(items) => {
            let shapes: BTreeSet<String> = items.iter().map(shape).collect();
            format!("[{}]", shapes.into_iter().collect::<Vec<_>>().join(","))
        }
        Value::Object(members) => {
            let of = |(name, value): (&String, &Value)| match (name.as_str(), value) {
                ("kind" | "evidence" | "measure" | "format" | "exported" | "role", Value::String(tag)) => {
                    format!("{name}={tag}")
                }
                _ => format!("{name}:{}", shape(value)),
            };
            format!("{{{}}}", members.iter().map(of).collect::<Vec<_>>().join(","))
        }
        _ => "_".to_owned(),
    }
}

#[derive(QueryableByName)]
struct TextRow {
    #[diesel(sql_type = Text)]
    text: String,
}

fn texts(db: &mut SqliteConnection, sql: String) -> Vec<String> {
    let rows: Vec<TextRow> = diesel::sql_query(sql).load(db).unwrap();
    rows.into_iter().map(|row| row.text).collect()
}

/// Columns that hold JSON, with the longest and the shortest text of each, and one of a third length.
fn documents(database: &Path) -> Vec<[String; 2]> {
    let mut db = SqliteConnection::establish(database.to_str().unwrap()).unwrap();
    let columns = texts(
        &mut db,
        "SELECT m.name || '.' || p.name AS text FROM sqlite_master AS m, pragma_table_info(m.name) AS p
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND p.type = 'TEXT' ORDER BY 1"
            .to_owned(),
    );
    let mut documents = Vec::new();
    for column in columns {
        // Events and kept answers have files of their own.
        if ["entries.event", "idempotency.answer"].contains(&column.as_str()) {
            continue;
        }
        let (table, name) = column.split_once('.').unwrap();
        let sql = format!(
            "SELECT DISTINCT {name} AS text FROM {table}
             WHERE substr({name}, 1, 1) IN ('[', '{{') ORDER BY length({name}) DESC, {name}"
        );
        let all = texts(&mut db, sql);
        documents.extend(some(all).into_iter().map(|text| [column.clone(), text]));
    }
    let contents = some(certificate_contents(&mut db));
    documents
        .extend(contents.into_iter().map(|text| ["certificate_contents.content_sealed".to_owned(), text]));
    for [column, text] in &documents {
        assert_eq!(&document_again(column, text), text, "{column}");
    }
    documents
}

/// The first, the middle one and the last.
fn some(all: Vec<String>) -> Vec<String> {
    let last = all.len().saturating_sub(1);
    let chosen: BTreeSet<usize> = [0, last / 2, last].into();
    all.into_iter().enumerate().filter(|(at, _)| chosen.contains(at)).map(|(_, text)| text).collect()
}

#[derive(QueryableByName)]
struct SealedRow {
    #[diesel(sql_type = BigInt)]
    certificate: i64,
    #[diesel(sql_type = Binary)]
    content_sealed: Vec<u8>,
}

fn certificate_contents(db: &mut SqliteConnection) -> Vec<String> {
    let sql =
        "SELECT certificate, content_sealed FROM certificate_contents ORDER BY length(content_sealed) DESC";
    let rows: Vec<SealedRow> = diesel::sql_query(sql).load(db).unwrap();
    rows.iter().map(|row| opened_certificate(row.certificate, &row.content_sealed)).collect()
}

/// One kept answer of each kind of thing, and all answers to many commands; exports are never kept under a
/// key, and stand here with what would be.
fn kept_answers(database: &Path) -> Vec<String> {
    let mut db = SqliteConnection::establish(database.to_str().unwrap()).unwrap();
    let all =
        texts(&mut db, "SELECT answer AS text FROM idempotency ORDER BY length(answer) DESC".to_owned());
    let mut chosen = BTreeMap::new();
    let mut single = None;
    for kept in all {
        let answer = answer_of(&kept);
        // What former programs kept is read, and written otherwise: their keys are asked over HTTP.
        if answer_again(&kept) != kept {
            continue;
        }
        let kind = match answer["single"]["outcome"]["thing"].as_str() {
            Some(thing) => thing.to_owned(),
            None => format!("bulk {kept}"),
        };
        if answer.get("single").is_some() {
            single = Some(answer);
        }
        chosen.entry(kind).or_insert(kept);
    }
    let exports = texts(
        &mut db,
        "SELECT event AS text FROM entries WHERE kind = 'export_made' ORDER BY length(event) DESC".to_owned(),
    );
    let export: Value = serde_json::from_str(&exports[0]).unwrap();
    let mut answer = single.unwrap();
    let mut outcome = export["export"].clone();
    outcome["thing"] = json!("export");
    answer["single"]["outcome"] = outcome;
    chosen.insert("export".to_owned(), answer_again(&answer.to_string()));
    chosen.into_values().map(|kept| kept + "\n").collect()
}

/// Puts answers in the place of kept ones that this program gives no more, or not under a key: one that
/// refuses for every reason that there is, and records from before there were notices and a calendar. The
/// exchanges then say how they are answered.
fn keep_answers_of_former_programs(app: &App, admin: &Caller, database: &Path, exchanges: &mut [Exchange]) {
    let bulk = |exchange: &&mut Exchange| exchange.path.ends_with("/bulk");
    let refused = exchanges.iter_mut().rfind(bulk).unwrap();
    let refusals = every_refusal(app, admin);
    let items: Vec<Value> = refusals.into_iter().map(|refusal| json!({ "Err": refusal })).collect();
    replace(app, database, refused, &answer_again(&json!({ "bulk": items }).to_string()));

    let of_records = |exchange: &&mut Exchange| {
        exchange.path == "/v1/service-records" || exchange.path.ends_with("/credit")
    };
    for exchange in exchanges.iter_mut().filter(of_records).step_by(7) {
        let mut answer = answer_of(&kept_under(database, exchange));
        let record = answer["single"]["outcome"].as_object_mut().unwrap();
        record.retain(|member, _| {
            !["record_by", "notice_ends_at", "open_objections"].contains(&member.as_str())
        });
        replace(app, database, exchange, &answer.to_string());
    }
}

/// The name of an exchange's key in the table of kept answers.
fn scope(exchange: &Exchange) -> Vec<u8> {
    let actor = match &exchange.caller {
        Caller::Operator { id, .. } => format!("operator:{id}"),
        Caller::Volunteer { id } => format!("volunteer:{id}"),
        Caller::Nobody => panic!("nobody has no keys"),
    };
    let key = exchange.key.as_ref().unwrap();
    Sha256::digest(format!("{actor}\0{key}")).to_vec()
}

fn kept_under(database: &Path, exchange: &Exchange) -> String {
    let mut db = SqliteConnection::establish(database.to_str().unwrap()).unwrap();
    let sql = diesel::sql_query("SELECT answer AS text FROM idempotency WHERE scope = ?");
    sql.bind::<Binary, _>(scope(exchange)).get_result::<TextRow>(&mut db).unwrap().text
}

#[derive(QueryableByName)]
struct FingerprintRow {
    #[diesel(sql_type = Binary)]
    fingerprint: Vec<u8>,
}

/// Puts this answer in the place of the one that is kept, under a seal of its own, and writes down what is answered
/// now.
fn replace(app: &App, database: &Path, exchange: &mut Exchange, kept: &str) {
    let mut db = SqliteConnection::establish(database.to_str().unwrap()).unwrap();
    diesel::connection::SimpleConnection::batch_execute(&mut db, "PRAGMA busy_timeout = 10000").unwrap();
    let scope = scope(exchange);
    let fingerprint = diesel::sql_query("SELECT fingerprint FROM idempotency WHERE scope = ?");
    let FingerprintRow { fingerprint } = fingerprint.bind::<Binary, _>(&scope).get_result(&mut db).unwrap();
    let bytes = |bytes: &[u8]| SqlValue::Bytes(Some(bytes.to_vec()));
    let row = [bytes(&scope), bytes(&fingerprint), SqlValue::Text(Some(kept.to_owned()))];
    let seal = vault().row_seal("idempotency", &row);
    let sql = diesel::sql_query("UPDATE idempotency SET answer = ?, seal = ? WHERE scope = ?");
    let sql = sql.bind::<Text, _>(kept).bind::<Binary, _>(&seal[..]).bind::<Binary, _>(&scope);
    assert_eq!(sql.execute(&mut db).unwrap(), 1);
    let now = exchange.answered(app);
    assert_eq!(now.status, exchange.status, "{}", now.answer);
    *exchange = now;
}

/// Every reason for which a rule refuses, and what it names.
fn every_refusal(app: &App, admin: &Caller) -> Vec<Value> {
    let mut named = include_str!("refusals.ndjson").replace("\"TIME\"", "\"2026-10-13T16:00:00.000000Z\"");
    for (word, list) in [
        ("UNIT", "units"),
        ("TRANSFER", "transfers"),
        ("RECORD", "service-records"),
        ("CERTIFICATE", "certificates"),
        ("OBJECTION", "objections"),
        ("CORRECTION", "corrections"),
        ("VOLUNTEER", "volunteers"),
    ] {
        let page = Exchange::read(app, admin, &format!("/v1/{list}?limit=1")).value();
        named = named.replace(&format!("\"{word}\""), &page["items"][0]["id"].to_string());
    }
    let plain = plain_codes().into_iter().map(|code| json!({ "code": code }));
    plain.chain(named.lines().map(|line| serde_json::from_str(line).unwrap())).collect()
}

/// Lists of things that have an id; each thing is asked for by itself, too.
const LISTS: &[&str] = &[
    "units",
    "volunteers",
    "merges",
    "accesses",
    "programmes",
    "activities",
    "service-records",
    "transfers",
    "points-policies",
    "rewards",
    "redemptions",
    "certificates",
    "objections",
    "corrections",
    "star-schemes",
    "assessment-schemes",
    "pledges",
    "model-posts",
    "trainings",
    "honours",
    "operators",
];

/// What the ledger shows to an admin, to a volunteer, and to everybody.
fn reads(app: &App, left: &Left) -> Vec<Exchange> {
    let end = head::read(&mut app.db()).unwrap().last_seq.0;
    let mut reads = Vec::new();
    let mut ask = |caller: &Caller, path: String| {
        let read = Exchange::read(app, caller, &format!("/v1/{path}"));
        let is_page_of_all = read.value().get("next").is_none_or(Value::is_null);
        assert!(read.status == 200 && is_page_of_all, "{path}: {} {}", read.status, read.answer);
        let value = read.value();
        reads.push(read);
        value
    };
    let ids = |page: &Value| -> Vec<String> {
        let items = page["items"].as_array().unwrap().iter();
        items.map(|item| item["id"].as_str().unwrap().to_owned()).collect()
    };
    let mut of = BTreeMap::new();
    for list in LISTS {
        let found = ids(&ask(&left.admin, format!("{list}?limit=200")));
        assert!(!found.is_empty(), "the story has none of {list}");
        for id in &found {
            ask(&left.admin, format!("{list}/{id}"));
        }
        of.insert(*list, found);
    }
    for unit in &of["units"] {
        for path in ["subtree?limit=200", "headcounts", "notice-policy"] {
            ask(&left.admin, format!("units/{unit}/{path}"));
        }
    }
    for volunteer in &of["volunteers"] {
        for path in ["account", "statement?limit=200", "lots?limit=200", "memberships", "star"] {
            ask(&left.admin, format!("volunteers/{volunteer}/{path}"));
        }
    }
    for as_of in [end, end / 2] {
        for by in ["unit", "programme", "activity", "month", "grade", "unit,month,grade"] {
            let path = format!("totals/minutes?group_by={by}&count_volunteers=true&as_of={as_of}");
            ask(&left.admin, path);
        }
        ask(&left.admin, format!("totals/points?as_of={as_of}"));
        ask(&left.admin, format!("findings?as_of={as_of}&from=2026-09-01&to=2026-10-31"));
        ask(&left.admin, format!("findings?as_of={as_of}&from=2026-09-01&to=2026-10-31&dismissed=true"));
        for scheme in &of["assessment-schemes"] {
            for unit in &of["units"] {
                let period = "from=2026-09-01&to=2026-10-31";
                let path = format!("assessments?unit={unit}&scheme={scheme}&{period}&as_of={as_of}");
                ask(&left.admin, path);
            }
        }
    }
    let [top, district] = [0, 1].map(|at| of["units"].iter().rev().nth(at).unwrap().clone());
    let period = "from=2026-09-01&to=2026-10-31";
    for unit in [top, district] {
        ask(&left.admin, format!("assessments/members?unit={unit}&{period}&as_of={end}&limit=200"));
    }
    for path in
        ["calendar?year=2026", "notices?limit=200", "due/activities?limit=200", "due/records?limit=200"]
    {
        ask(&left.admin, path.to_owned());
    }
    for seq in 1..=end {
        ask(&left.admin, format!("journal/entries/{seq}"));
    }
    ask(&left.admin, format!("journal/entries/{end}/leaf"));
    for list in ["service-records", "redemptions", "pledges", "certificates", "transfers", "corrections"] {
        ask(&left.volunteer, format!("{list}?limit=200"));
    }
    let Caller::Volunteer { id } = &left.volunteer else { panic!("no volunteer") };
    for path in ["", "/account", "/star"] {
        ask(&left.volunteer, format!("volunteers/{id}{path}"));
    }
    for certificate in &of["certificates"] {
        let shown = Exchange::read(app, &left.admin, &format!("/v1/certificates/{certificate}")).value();
        let [number, code] = ["number", "code"].map(|name| shown[name].as_str().unwrap().to_owned());
        ask(&Caller::Nobody, format!("certificates/lookup?number={number}&code={code}"));
    }
    reads
}
