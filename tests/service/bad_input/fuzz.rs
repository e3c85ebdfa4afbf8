//! Requests gone wrong at random, on every operation. What comes of each follows from the seed alone,
//! so that both databases must answer alike.

use super::{Case, case, members};
use crate::support::http::Answer;
use crate::support::operations::{Ask, Things, head, operations};
use crate::support::random::Random;
use crate::support::town::{Town, each_town};
use hourbook::store::sql::Sql;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// What the run follows from: another seed, or more requests to each operation on each database, by
/// `HOURBOOK_FUZZ_SEED` and `HOURBOOK_FUZZ_ROUNDS`.
const SEED: u64 = 20_261_122;
const ROUNDS: u64 = 60;

fn set_to(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).map_or(otherwise, |number| number.parse().unwrap())
}

#[test]
fn whatever_comes_the_service_tells_the_client_what_is_wrong() {
    let answered: RefCell<Vec<Vec<(String, u16)>>> = RefCell::default();
    each_town("fuzz", |town| {
        let things = Things::make(town);
        let ask = |operation| Case { ask: things.ask(&operation), operation };
        let cases: Vec<Case> = operations().into_iter().map(ask).collect();
        let mut random = Random::new(set_to("HOURBOOK_FUZZ_SEED", SEED));
        let mut statuses = Vec::new();
        let mut accepted = 0;
        let mut told = BTreeSet::new();
        let before = head(town.app).last_seq.0;
        for round in 0..set_to("HOURBOOK_FUZZ_ROUNDS", ROUNDS) {
            for case in &cases {
                let (answer, sent) = send_wrong(town, case, &mut random);
                assert_told(case, &answer, &format!("round {round}: {sent}"));
                // What was answered before under the same key, or is so already, is told again, and written once.
                let mut is_new = |receipt: &Value| {
                    receipt["seq"].as_i64().is_none_or(|seq| seq > before && told.insert(seq))
                };
                accepted += entries(case, &answer, &mut is_new);
                statuses.push((case.operation.name(), answer.status));
            }
        }
        // That a code was used, or tried in vain, and what somebody does who has no token, is a fact that the answer has no
        // receipt of; who is confirmed is registered besides.
        let besides = "'activation_used', 'activation_failed', 'binding_made', 'application_made', \
                       'application_withdrawn', 'application_confirmed'";
        let tries = Sql::new(format!("SELECT COUNT(*) FROM entries WHERE kind IN ({besides}) AND seq > ?"))
            .int(before);
        let tries = town.app.db().number(tries).unwrap().unwrap();
        let made = head(town.app).last_seq.0 - before - tries;
        assert_eq!(made, accepted, "what was refused changed something");
        town.app.assert_verified();
        let refused = statuses.iter().filter(|(_, status)| *status >= 400).count();
        println!("fuzz: {} requests, {refused} refused, {accepted} entries", statuses.len());
        assert!(
            statuses.len() > 3_000 && refused > statuses.len() / 3,
            "{refused} of {} refused",
            statuses.len()
        );
        answered.borrow_mut().push(statuses);
    });
    let answered = answered.into_inner();
    for (one, other) in answered[0].iter().zip(&answered[1]) {
        assert_eq!(one, other, "the databases answer differently");
    }
}

/// No fault of the service, nothing that the specification does not tell of, and no database's words.
#[track_caller]
fn assert_told(case: &Case, answer: &Answer, sent: &str) {
    assert!(answer.status < 500, "{}: {} {}\n{sent}", case.operation.name(), answer.status, answer.text);
    // Another path is another operation, or none.
    if answer.asked.contains(&case.ask.path) && answer.status != 405 {
        case.operation.assert_tells_of(answer);
    }
    if answer.status >= 400 {
        assert_eq!(answer.header("content-type"), "application/problem+json", "{sent}");
        let text = answer.text.to_lowercase();
        for word in ["sqlite", "postgres", "diesel", "constraint", "panicked", "syntax error", "src/"] {
            assert!(!text.contains(word), "{}: {}\n{sent}", case.operation.name(), answer.text);
        }
    }
}

/// How many entries of the journal an answer tells of.
fn entries(case: &Case, answer: &Answer, is_new: &mut impl FnMut(&Value) -> bool) -> i64 {
    // What goes out as a file is told of.
    if answer.headers.contains_key("hourbook-as-of") {
        return 1;
    }
    let is_taken = answer.status < 300 && !case.operation.reads();
    match answer.body["items"].as_array() {
        Some(items) if is_taken => {
            let accepted = items.iter().filter(|item| item["status"] == "accepted");
            accepted.filter(|item| is_new(&item["receipt"])).count().try_into().unwrap()
        }
        _ if is_taken && answer.body.get("receipt").is_some() => {
            // Where an attendance ends, its record's entry goes before.
            let ends = case.operation.path == "/v1/check-outs" || case.operation.path.ends_with("/complete");
            let with_record = i64::from(ends && answer.body["record"].is_string());
            if is_new(&answer.body["receipt"]) { 1 + with_record } else { 0 }
        }
        // Who sets a password is told the new tokens, and of the entry nothing.
        _ => i64::from(is_taken && case.operation.path.ends_with("/password")),
    }
}

/// Sends the request with one or more things wrong; the answer, and what was sent.
fn send_wrong(town: &Town, case: &Case, random: &mut Random) -> (Answer, String) {
    let mut ask = case.ask.clone();
    let mut bytes = None;
    let mut headers = Vec::new();
    for _ in 0..=random.below(2) {
        match random.below(7) {
            0..=2 => ask.body = ask.body.map(|body| mutated(body, random)),
            3 => ask.path = with_odd_query(&ask, case, random),
            4 => ask.path = with_odd_path(&ask.path, random),
            5 => headers.push(odd_header(random)),
            _ => bytes = Some(damaged(ask.body.as_ref(), random)),
        }
    }
    let mut call = town.app.call(&ask.method, &ask.path).token(&ask.token);
    if let Some(version) = ask.if_match {
        call = call.header("If-Match", version);
    }
    for (name, value) in &headers {
        call = call.header(name, value);
    }
    let body = bytes.or_else(|| ask.body.as_ref().map(|body| body.to_string().into_bytes()));
    let shown =
        body.as_ref().map(|body| String::from_utf8_lossy(body).chars().take(2_000).collect::<String>());
    let sent = format!("{} {} {headers:?} {}", ask.method, ask.path, shown.unwrap_or_default());
    let answer = match body {
        Some(body) if ask.method != "GET" => {
            call.header("Content-Type", "application/json").bytes(body).send()
        }
        _ => call.send(),
    };
    (answer, sent)
}

/// Values that have broken services before.
fn odd_value(random: &mut Random) -> Value {
    let texts = [
        "",
        " ",
        "\0",
        "null",
        "-1",
        "0",
        "1e309",
        "NaN",
        "2026-02-30",
        "9999-12-31",
        "1900-01-01",
        "0001-01-01",
        "9999-12-31T23:59:59.999999Z",
        "1900-01-01T00:00:00Z",
        "2026-11-18T09:00:00+08:00",
        "2016-12-31T23:59:60Z",
        "00000000-0000-0000-0000-000000000000",
        "'; DROP TABLE units; --",
        "\" OR 1=1 --",
        "%s%n",
        "${jndi:ldap://x}",
        "../../etc/passwd",
        "<script>alert(1)</script>",
        "\u{202e}abc",
        "\u{feff}",
        "\u{fffd}",
        "\u{10ffff}",
        "e\u{301}",
        "İı",
        "ﷺ",
        "👩‍👩‍👧‍👦",
        "volunteer",
        "admin",
        "scan",
        "backfill",
        "school",
        "12.50",
        "999999999.99",
        "0.001",
    ];
    match random.below(9) {
        0 => Value::Null,
        1 => json!(random.percent(50)),
        2 => json!(random.between(-5..=5)),
        3 => [
            json!(i64::MAX),
            json!(i64::MIN),
            json!(u64::MAX),
            json!(1e300),
            json!(-0.0),
            json!(1e-300),
            json!(1_000_000),
        ][random.below(7)]
        .clone(),
        4 => json!([]),
        5 => json!({}),
        6 => Value::from("字".repeat(random.below(600))),
        _ => Value::from(texts[random.below(texts.len())]),
    }
}

/// The body with one change somewhere within.
fn mutated(body: Value, random: &mut Random) -> Value {
    let pointers: Vec<String> = members(&body).into_iter().map(|(pointer, _)| pointer).collect();
    let pointer = &pointers[random.below(pointers.len())];
    let mut body = body;
    let own = body.pointer(pointer).unwrap().clone();
    let place = body.pointer_mut(pointer).unwrap();
    match (random.below(6), &mut *place) {
        (0, Value::Object(object)) => {
            object.insert("unknown".to_owned(), odd_value(random));
        }
        (1, Value::Object(object)) => {
            let names: Vec<String> = object.keys().cloned().collect();
            if let Some(name) = names.get(random.below(names.len())) {
                object.remove(name);
            }
        }
        (2, Value::Array(items)) => {
            let copies = random.below(25);
            let item = items.first().cloned().unwrap_or_default();
            items.extend(std::iter::repeat_n(item, copies));
        }
        (3, Value::String(text)) => {
            let at =
                text.char_indices().map(|(at, _)| at).nth(random.below(text.chars().count())).unwrap_or(0);
            text.insert(at, ['\0', 'x', '0', '志', '\u{202e}', ' '][random.below(6)]);
        }
        (4, place) => *place = Value::Array(vec![own; 1 + random.below(3)]),
        (_, place) => *place = odd_value(random),
    }
    body
}

/// The body's text with bytes cut off, changed or doubled.
fn damaged(body: Option<&Value>, random: &mut Random) -> Vec<u8> {
    let mut bytes = body.map_or_else(|| b"{}".to_vec(), |body| body.to_string().into_bytes());
    for _ in 0..=random.below(3) {
        let at = random.below(bytes.len());
        match random.below(4) {
            0 => bytes.truncate(at),
            1 if !bytes.is_empty() => bytes[at] = random.bytes::<1>()[0],
            2 => bytes.insert(at, b"\"{}[],:\\\0\xff0-"[random.below(12)]),
            _ => bytes.extend_from_within(at..),
        }
    }
    bytes
}

fn with_odd_query(ask: &Ask, case: &Case, random: &mut Random) -> String {
    let names: Vec<&String> = case.operation.query.iter().collect();
    let values = [
        "",
        "0",
        "1",
        "-1",
        "200",
        "201",
        "99999999999999999999",
        "%00",
        "%ff",
        "%",
        "%zz",
        "true",
        "null",
        "2026-02-30",
        "9999-12-31",
        "1900-01-01",
        "1900-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "unit,month",
        "'%20OR%201=1",
        "%E5%AD%97",
        "MS51bml0cy4x",
        "_",
        "%25",
        "%5C",
        "csv",
        "admin",
        "held",
        "00000000-0000-0000-0000-000000000000",
    ];
    let mut query = String::new();
    for _ in 0..=random.below(2) {
        let name = names.get(random.below(names.len() + 1)).map_or("odd", |name| name.as_str());
        query = format!("{query}&{name}={}", values[random.below(values.len())]);
    }
    format!("{}?{}", ask.path, &query[1..])
}

fn with_odd_path(path: &str, random: &mut Random) -> String {
    let odd =
        ["%00", "%ff", "..", "%2e%2e", "x", "0", "99999999999999999999", "%E5%AD%97", "a%2fb", ";", "*", ""];
    let mut parts: Vec<&str> = path.split('/').collect();
    let at = 1 + random.below(parts.len() - 1);
    parts[at] = odd[random.below(odd.len())];
    parts.join("/")
}

fn odd_header(random: &mut Random) -> (&'static str, Vec<u8>) {
    let names = [
        "Idempotency-Key",
        "If-Match",
        "Accept",
        "X-Request-Id",
        "Content-Encoding",
        "Authorization",
        "Cookie",
        "X-Forwarded-For",
        "Accept-Encoding",
        "Range",
        "If-None-Match",
        "Origin",
        "X-HTTP-Method-Override",
        "Content-Language",
    ];
    let values: [&[u8]; 12] = [
        b"",
        b" ",
        b"*",
        b"\"1\"",
        b"\xff\xfe",
        b"bytes=0-",
        b"DELETE",
        b"gzip",
        b"text/csv",
        b"a, b;q=x",
        b"Bearer x",
        b"../../x",
    ];
    (names[random.below(names.len())], values[random.below(values.len())].to_vec())
}

#[test]
fn random_bytes_are_no_request_body() {
    super::unmoved("fuzz-bytes", |town, cases| {
        let mut random = Random::new(SEED + 1);
        let units = case(cases, "POST /v1/units");
        for _ in 0..500 {
            let length = random.below(300);
            let bytes: Vec<u8> = (0..length).map(|_| random.bytes::<1>()[0]).collect();
            units.assert_refused(units.with_bytes(town.app, bytes), 400, "malformed_json");
        }
    });
}
