//! Exports (导出): whole, as of one entry, in three forms, and never without an entry of the journal.

use crate::support::clock::within_a_while;
use crate::support::http::{Answer, id};
use crate::support::operations::{assessment_scheme, head};
use crate::support::town::{Town, Volunteer, at, each_town, merged};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

const NDJSON: &str = "application/x-ndjson";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A file in a form, with the header of another.
fn export(town: &Town, path: &str, token: &str, accept: &str) -> Answer {
    let answer = town.app.call("GET", path).token(token).header("Accept", accept).send();
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.header("cache-control"), "no-store");
    answer
}

fn number(answer: &Answer, header: &str) -> i64 {
    answer.header(header).parse().unwrap()
}

/// The rows of NDJSON.
fn objects(answer: &Answer) -> Vec<Value> {
    answer.text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The last entry of the journal.
fn last_entry(town: &Town) -> Value {
    town.app.get(&format!("/v1/journal/entries/{}", head(town.app).last_seq), &town.admin).ok()
}

/// A unit whose name a spreadsheet would carry out, with an activity and a record of it.
fn formula_unit(town: &Town, volunteer: &Volunteer) -> String {
    let unit = json!({ "code": "EVIL", "name": "=HYPERLINK(\"x\")", "kind": "team", "parent": town.school });
    let unit = id(&town.app.post("/v1/units", &town.admin, unit).created());
    let activity = town.activity_of(&unit, json!({}));
    let service = merged(
        town.service(volunteer, "17T09:00", "17T10:00"),
        json!({ "activity": activity, "credit": true }),
    );
    town.app.post("/v1/service-records", &town.bureau_coordinator, service).created();
    unit
}

#[test]
fn an_export_has_what_the_list_has_and_is_told_of_by_the_journal() {
    each_town("exports-records", |town| {
        let volunteer = town.volunteer();
        let unit = formula_unit(town, &volunteer);
        town.void(&town.serve(&volunteer, "18T09:00", "18T12:00"));
        town.submit(&town.volunteer(), "18T09:00", "18T10:00");
        let listed = town.app.all_pages("/v1/service-records", &town.auditor, 2);
        assert_eq!(listed.len(), 3);

        let before = head(town.app).last_seq.0;
        let path = format!("/v1/exports/service-records?unit={}&from=2026-11-01", town.school);
        let ndjson = export(town, &path, &town.auditor, NDJSON);
        assert_eq!(ndjson.header("content-type"), NDJSON);
        assert_eq!((number(&ndjson, "hourbook-as-of"), number(&ndjson, "hourbook-rows")), (before, 3));
        let rows = objects(&ndjson);
        for member in ["id", "status", "volunteer", "start", "service_date", "credited_minutes", "decided_by"]
        {
            let of = |items: &[Value]| items.iter().map(|item| item[member].clone()).collect::<Vec<_>>();
            assert_eq!(of(&rows), of(&listed), "{member}");
        }
        assert_eq!(rows[2]["unit_name"], "=HYPERLINK(\"x\")", "JSON has no formulas");

        let entry = last_entry(town);
        assert_eq!(entry["seq"], before + 1, "one entry, before the first row");
        assert_eq!(
            entry["event"],
            json!({ "kind": "export_made", "export": {
                "exported": "service_records", "format": "ndjson", "as_of": before, "rows": 3,
                "filter": { "unit": town.school, "from": "2026-11-01" }, "unit": town.school,
            }})
        );
        assert!(entry["actor"].as_str().unwrap().starts_with("operator:"));
        assert_eq!(entry["postings"], json!([]));

        let csv = export(town, "/v1/exports/service-records", &town.auditor, "text/csv");
        assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
        let mut table = csv::Reader::from_reader(csv.text.as_bytes());
        let column = table.headers().unwrap().iter().position(|name| name == "unit_name").unwrap();
        let names: Vec<String> = table.records().map(|row| row.unwrap()[column].to_owned()).collect();
        assert_eq!(names.len(), 3);
        assert_eq!(names[2], "'=HYPERLINK(\"x\")", "defused");
        assert!(csv.header("content-disposition").contains(&format!("as-of-{}.csv", before + 1)));

        let narrowed = format!("/v1/exports/service-records?unit={unit}&format=xlsx");
        let xlsx = export(town, &narrowed, &town.auditor, "*/*");
        assert_eq!((xlsx.header("content-type"), number(&xlsx, "hourbook-rows")), (XLSX, 1));
        let sheet = sheet_of(&xlsx);
        assert!(sheet.contains("preserve\">=HYPERLINK(\"x\")</t>") && !sheet.contains("<f"), "{sheet}");
        assert!(sheet.contains("<v>60</v>"), "minutes are numbers");
        town.app.assert_verified();
    });
}

#[test]
fn a_table_for_people_says_its_encoding_and_speaks_their_language() {
    each_town("exports-people", |town| {
        town.serve(&town.volunteer(), "18T09:00", "18T12:00");
        let period = "from=2026-11-01&to=2026-11-30";
        let scheme = town.app.post("/v1/assessment-schemes", &town.admin, assessment_scheme()).created();
        let assessment = format!("/v1/assessments?unit={}&scheme={}&{period}", town.school, id(&scheme));
        let paths = [
            "/v1/exports/service-records".to_owned(),
            "/v1/exports/statements".to_owned(),
            "/v1/exports/journal".to_owned(),
            "/v1/totals/minutes?group_by=unit,programme,activity,month,grade&count_volunteers=true"
                .to_owned(),
            "/v1/totals/points".to_owned(),
            assessment,
        ];
        for path in paths {
            let joined_by = if path.contains('?') { '&' } else { '?' };
            let ask = |parameters: &str, language: Option<&str>| {
                let path = format!("{path}{joined_by}format={parameters}");
                let call = town.app.call("GET", &path).token(&town.admin);
                let answer = match language {
                    Some(language) => call.header("Accept-Language", language).send(),
                    None => call.send(),
                };
                assert_eq!(answer.status, 200, "{path}: {}", answer.text);
                answer
            };
            let head = |parameters: &str, language| {
                ask(parameters, language).text.lines().next().unwrap().to_owned()
            };
            let english = head("csv", None);
            assert_eq!(head("csv&byte_order_mark=true", None), english);
            let unmarked = head("csv&byte_order_mark=false", None);
            assert_eq!(format!("\u{feff}{unmarked}"), english);
            assert!(unmarked.is_ascii(), "{unmarked}");

            let chinese = head("csv", Some("zh-CN,zh;q=0.9,en;q=0.8"));
            let names: Vec<&str> = chinese.trim_start_matches('\u{feff}').split(',').collect();
            assert_eq!(names.len(), unmarked.split(',').count());
            assert!(names.iter().all(|name| !name.is_ascii()), "not all in Chinese: {chinese}");
            assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{chinese}");
            assert_eq!(head("csv&language=zh", Some("en")), chinese);
            assert_eq!(head("csv&language=en", Some("zh")), english);
            assert_eq!(head("csv", Some("de, en;q=0.5, zh;q=0.1")), english);
            assert!(sheet_of(&ask("xlsx&language=zh", None)).contains(&format!(">{}</t>", names[0])));
            let machines = ask("ndjson", Some("zh"));
            let members: Value = serde_json::from_str(machines.text.lines().next().unwrap()).unwrap();
            for name in unmarked.split(',') {
                assert!(members.get(name).is_some(), "{name}: machines' names stay: {members}");
            }
        }
        let answer = town.app.get("/v1/exports/journal?language=de", &town.admin);
        answer.refused(400, "invalid_parameter");
    });
}

/// The times of day in a spreadsheet: whole seconds, each of its own day.
#[test]
fn the_last_moment_of_a_day_is_not_shown_as_the_night_before() {
    each_town("exports-midnight", |town| {
        let volunteer = town.volunteer();
        let record = |start: &str, end: &str| {
            let times = json!({ "start": start, "end": end });
            town.app.post(
                "/v1/service-records",
                &town.coordinator,
                merged(town.service(&volunteer, "17T09:00", "17T10:00"), times),
            )
        };
        record("2026-11-17T21:00:00+08:00", "2026-11-17T23:59:59.999999+08:00").created();
        record("2026-11-18T00:00:00+08:00", "2026-11-18T00:59:59.500000+08:00").created();
        record("2026-11-18T11:59:59.999995+08:00", "2026-11-18T13:00:00.000001+08:00").created();
        let sheet = sheet_of(&export(town, "/v1/exports/service-records", &town.auditor, XLSX));
        // Of 17 and 18 November: 46343 and 46344.
        for serial in [
            "46343.8750000000",
            "46343.9999884260",
            "46344.0000000000",
            "46344.0416550926",
            "46344.4999884260",
            "46344.5416666667",
        ] {
            assert!(sheet.contains(&format!("<v>{serial}</v>")), "{serial}: {sheet}");
        }
        let csv = export(town, "/v1/exports/service-records", &town.auditor, "text/csv");
        assert!(csv.text.contains("2026-11-17T23:59:59.999999+08:00"), "exact: {}", csv.text);
    });
}

fn sheet_of(answer: &Answer) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&answer.bytes)).unwrap();
    let mut sheet = String::new();
    archive.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut sheet).unwrap();
    sheet
}

#[test]
fn statements_and_the_journal_are_exported_as_they_are_shown() {
    each_town("exports-books", |town| {
        let volunteers = [(); 2].map(|()| town.volunteer());
        let reward = town.reward("1", 5);
        for volunteer in &volunteers {
            town.serve(volunteer, "18T09:00", "18T12:00");
            town.redeem(volunteer, &reward);
        }
        let shown = |volunteer: &Volunteer| -> Vec<Value> {
            let path = format!("/v1/volunteers/{}/statement", volunteer.id);
            let mut entries = town.app.all_pages(&path, &town.auditor, 1);
            entries.reverse();
            entries.iter().flat_map(|entry| entry["lines"].as_array().unwrap().clone()).collect()
        };
        let lines = objects(&export(town, "/v1/exports/statements", &town.auditor, NDJSON));
        let expected: Vec<Value> = volunteers.iter().flat_map(shown).collect();
        assert_eq!(lines.len(), expected.len());
        assert!(lines.len() >= 8, "{lines:?}");
        for member in ["volunteer", "account", "asset", "amount", "account_balance", "asset_balance"] {
            // In a file minutes are numbers, in an answer all amounts are texts.
            let of = |items: &[Value]| -> Vec<String> {
                items.iter().map(|item| item[member].to_string().replace('"', "")).collect()
            };
            assert_eq!(of(&lines), of(&expected), "{member}");
        }
        let own = objects(&export(town, "/v1/exports/statements", &volunteers[0].token, NDJSON));
        assert_eq!(own.len(), lines.len() / 2);
        assert!(own.iter().all(|line| line["volunteer"] == volunteers[0].id));
        assert_eq!(last_entry(town)["event"]["export"]["unit"], town.school);

        let listed = town.app.all_pages("/v1/journal/entries", &town.auditor, 200);
        let entries = objects(&export(town, "/v1/exports/journal", &town.auditor, NDJSON));
        assert_eq!(entries.len(), listed.len());
        for member in ["seq", "recorded_at", "actor", "unit", "event", "postings", "hash"] {
            let of = |items: &[Value]| items.iter().map(|item| item[member].clone()).collect::<Vec<_>>();
            assert_eq!(of(&entries), of(&listed), "{member}");
        }
        town.app.assert_verified();
    });
}

#[test]
fn totals_are_an_export_in_any_form_but_json() {
    each_town("exports-totals", |town| {
        town.serve(&town.volunteer(), "18T09:00", "18T12:00");
        let before = head(town.app).last_seq;
        town.app.get("/v1/totals/minutes?group_by=unit", &town.auditor).ok();
        town.app.get("/v1/totals/points", &town.auditor).ok();
        assert_eq!(head(town.app).last_seq, before, "a question of a machine");

        let minutes = export(town, "/v1/totals/minutes?group_by=grade,unit", &town.auditor, NDJSON);
        assert_eq!(
            objects(&minutes),
            [json!({ "unit": town.school, "grade": "leader", "credited_minutes": 180, "occasions": 0,
                "records": 1, "self_declared": 0, "claimed": 0 })]
        );
        assert_eq!(
            last_entry(town)["event"]["export"],
            json!({ "exported": "minutes_totals", "format": "ndjson", "as_of": before.0, "rows": 1,
                "filter": { "group_by": ["unit", "grade"] }, "unit": town.school })
        );
        let points = export(town, "/v1/totals/points", &town.auditor, XLSX);
        assert!(sheet_of(&points).contains("<v>3.00</v>"), "exact, as a number");
        assert_eq!(last_entry(town)["event"]["export"]["exported"], "points_totals");
        let as_of = format!("/v1/totals/points?as_of={before}");
        assert_eq!(sheet_of(&export(town, &as_of, &town.auditor, XLSX)), sheet_of(&points));
    });
}

#[test]
fn everybody_exports_what_is_theirs_to_see() {
    each_town("exports-scope", |town| {
        let (ours, other) = (town.volunteer(), town.volunteer());
        let records = [town.serve(&ours, "18T09:00", "18T12:00"), town.serve(&other, "18T09:00", "18T12:00")];
        let path = "/v1/exports/service-records";
        let exported = |token: &str| -> BTreeSet<String> {
            objects(&export(town, path, token, NDJSON)).iter().map(id).collect()
        };
        for token in [&town.admin, &town.bureau_coordinator, &town.coordinator, &town.auditor] {
            assert_eq!(exported(token), records.clone().into());
        }
        assert_eq!(exported(&ours.token), [records[0].clone()].into());
        assert_eq!(exported(&town.other_coordinator), BTreeSet::new());
        assert_eq!(last_entry(town)["event"]["export"]["rows"], 0, "that nothing was found is told too");
        assert_eq!(last_entry(town)["unit"], town.other_school);
        let foreign = format!("{path}?unit={}", town.school);
        let call = |path: &str, token: &str, accept: &str| {
            town.app.call("GET", path).token(token).header("Accept", accept).send()
        };
        call(&foreign, &town.other_coordinator, NDJSON).refused(404, "unit_not_found");
        town.serve(&town.volunteer_of(&town.other_school), "18T09:00", "18T12:00");
        assert_eq!(
            objects(&export(town, &foreign, &town.other_coordinator, NDJSON)).len(),
            1,
            "a guest of the school"
        );
        assert_eq!(last_entry(town)["unit"], town.other_school, "not in another unit's journal");

        let before = head(town.app);
        call("/v1/exports/journal", &ours.token, "*/*").refused(403, "not_permitted");
        call(path, &town.auditor, "application/json").refused(406, "not_acceptable");
        call(&format!("{path}?format=json"), &town.auditor, "*/*").refused(400, "invalid_parameter");
        let beyond = format!("{path}?counted_as_of={}", before.last_seq.0 + 1);
        call(&beyond, &town.auditor, "*/*").refused(400, "invalid_parameter");
        let operators = town.operator_with("auditor", &town.school, json!({}));
        let disable = format!("/v1/operators/{}/disable", operators.0);
        town.app.post(&disable, &town.admin, json!({})).ok();
        let before = head(town.app);
        call(path, &operators.1, "*/*").refused(403, "actor_disabled");
        assert_eq!(head(town.app), before, "a refusal writes nothing");
    });
}

/// Six thousand records of a minute each: more than lies between the service and a client that does not
/// read.
fn many_records(town: &Town) {
    for _ in 0..6 {
        let volunteer = town.volunteer();
        let one = |minute: i64| {
            let time = |minute: i64| {
                at(&format!("{}T{:02}:{:02}", 16 + minute / 1440, minute / 60 % 24, minute % 60))
            };
            json!({ "activity": town.activity, "volunteer": volunteer.id, "evidence": "leader",
                "start": time(2 * minute), "end": time(2 * minute + 1) })
        };
        let items: Vec<Value> = (0..1000).map(one).collect();
        let answer =
            town.app.post("/v1/service-records/bulk", &town.coordinator, json!({ "items": items })).ok();
        assert!(answer["items"].as_array().unwrap().iter().all(|item| item["status"] == "accepted"));
    }
}

/// An export of which the headers have been read, and no more.
struct Begun {
    headers: String,
    rest: BufReader<TcpStream>,
}

fn begin(town: &Town) -> Begun {
    begin_as(town, &town.auditor)
}

fn begin_as(town: &Town, token: &str) -> Begun {
    let mut stream = TcpStream::connect(town.app.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let path = "/v1/exports/service-records?format=ndjson";
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut rest = BufReader::with_capacity(1, stream);
    let mut headers = String::new();
    while !headers.ends_with("\r\n\r\n") {
        rest.read_line(&mut headers).unwrap();
    }
    Begun { headers, rest }
}

/// The data of a body that comes in chunks and is whole.
fn whole_body(mut rest: impl BufRead) -> String {
    let mut body = Vec::new();
    loop {
        let mut size = String::new();
        rest.read_line(&mut size).unwrap();
        let size = usize::from_str_radix(size.trim_end(), 16).unwrap();
        let mut chunk = vec![0; size + 2];
        rest.read_exact(&mut chunk).unwrap();
        if size == 0 {
            return String::from_utf8(body).unwrap();
        }
        body.extend_from_slice(&chunk[..size]);
    }
}

#[test]
fn an_export_shows_one_state_whatever_is_written_meanwhile() {
    each_town("exports-snapshot", |town| {
        many_records(town);
        let Begun { headers, rest } = begin(town);
        assert!(headers.starts_with("HTTP/1.1 200"), "{headers}");
        assert!(headers.to_lowercase().contains("hourbook-rows: 6000"), "{headers}");
        let late = town.serve(&town.volunteer(), "18T09:00", "18T12:00");
        let body = whole_body(rest);
        assert_eq!(body.matches("\"status\":\"submitted\"").count(), 6000);
        assert!(!body.contains(&late), "a record of afterwards");
    });
}

#[test]
fn only_a_few_exports_are_under_way_at_once() {
    each_town("exports-at-once", |town| {
        many_records(town);
        let ask = |token: &str| town.app.get("/v1/exports/service-records", token);
        let first = begin_as(town, &town.coordinator);
        let second = ask(&town.coordinator);
        assert!(second.header("retry-after").parse::<u32>().is_ok());
        second.refused(503, "busy");
        let of_bureau = begin_as(town, &town.bureau_coordinator);
        ask(&town.colleague).refused(503, "busy");
        ask(&town.admin).refused(503, "busy");
        // A place is kept for who is to look at what others do; it is one, too.
        let of_auditor = begin(town);
        ask(&town.auditor).refused(503, "busy");
        ask(&town.operator("auditor", &town.school)).refused(503, "busy");
        drop((first, of_bureau, of_auditor));
        within_a_while("who left is still waited for", || {
            ask(&town.coordinator).status == 200 && ask(&town.auditor).status == 200
        });
        // Who has a whole file may ask for the next at once.
        for _ in 0..30 {
            assert_eq!(ask(&town.coordinator).status, 200);
        }
    });
}

#[test]
fn one_rule_says_who_reads_which_entries_and_what_is_left_out_is_counted() {
    each_town("exports-rule", |town| {
        let over_all = town.operator("auditor", &town.bureau);
        let of_a_school = town.auditor.clone();
        let days = json!({ "days": [{ "day": "2026-11-21", "kind": "working" }] });
        town.app.post("/v1/calendar", &town.admin, days).ok();
        let bundle = "/log/tile/entries/000.p/3";
        let export = |token: &str| {
            let answer = export(town, "/v1/exports/journal", token, NDJSON);
            let (rows, left_out) = (number(&answer, "hourbook-rows"), number(&answer, "hourbook-left-out"));
            assert_eq!(rows + left_out, number(&answer, "hourbook-as-of"));
            assert_eq!(objects(&answer).len(), usize::try_from(rows).unwrap());
            left_out
        };
        let whole = |token: &str| {
            assert_eq!(export(token), 0, "something is left out");
            assert_eq!(town.app.get(bundle, token).status, 200);
            town.app.get("/v1/journal/entries/1", token).ok();
        };
        let part = |token: &str| {
            assert!(export(token) > 0, "nothing is left out");
            town.app.get(bundle, token).refused(403, "not_permitted");
            town.app.get("/v1/journal/entries/1", token).refused(404, "entry_not_found");
        };
        whole(&town.admin);
        whole(&over_all);
        part(&of_a_school);
        part(&town.bureau_coordinator);
        // With a second tree nobody's unit is over all.
        let other = json!({ "code": "BUREAU-2", "name": "邻市教体局", "kind": "bureau" });
        let other = id(&town.app.post("/v1/units", &town.admin, other).created());
        part(&over_all);
        part(&town.operator("auditor", &other));
        whole(&town.admin);
    });
}
