//! Queries, cursors, and ids in paths.

use super::{Case, another_kind, is_id, unmoved};
use crate::support::http::{Answer, App};
use crate::support::town::Town;
use serde_json::json;

impl Case {
    /// Sends the request with more in its query, in the place of what it said of the same.
    fn with_query(&self, app: &App, query: &str) -> Answer {
        let (path, usual) = self.ask.path.split_once('?').unwrap_or((&self.ask.path, ""));
        let name = |pair: &str| pair.split('=').next().map(str::to_owned);
        let is_said = |pair: &&str| query.split('&').any(|said| name(said) == name(pair));
        let kept: String = usual
            .split('&')
            .filter(|pair| !pair.is_empty() && !is_said(pair))
            .fold(String::new(), |kept, pair| kept + "&" + pair);
        let path = format!("{path}?{query}{kept}");
        app.call(&self.ask.method, &path).token(&self.ask.token).send()
    }

    /// Sends the request with something else in the place of the path's id.
    fn with_id(&self, app: &App, id: &str) -> Answer {
        let path = self.operation.path.replace("{id}", id).replace("{seq}", id);
        let call = app.call(&self.ask.method, &path).token(&self.ask.token);
        let call =
            if let Some(version) = self.ask.if_match { call.header("If-Match", version) } else { call };
        match &self.ask.body {
            Some(body) => call.json(body.clone()).send(),
            None => call.send(),
        }
    }
}

fn with_parameter<'c>(cases: &'c [Case], name: &str) -> impl Iterator<Item = &'c Case> {
    let has = |case: &&Case| case.operation.query.contains(name);
    let found: Vec<_> = cases.iter().filter(has).collect();
    assert!(!found.is_empty(), "no operation has a parameter {name}");
    found.into_iter()
}

/// What each parameter does not take.
const BAD: &[(&str, &[&str])] = &[
    ("limit", &["0", "-1", "201", "1e2", "1.0", "", "%20", "ten", "９", "9223372036854775808", "1,2", "%00"]),
    ("counted_as_of", &["-1", "1e3", "x", "281474976710656", "99999999999999999999999"]),
    (
        "as_of",
        &["-1", "x", "2026-11-20", "99999999999999999999", "9223372036854775807", "2026-02-30T00:00:00Z"],
    ),
    ("from", &["2026-02-30", "99999-01-01", "0000-01-01", "yesterday", "", "20261120"]),
    ("to", &["2026-02-30", "99999-01-01", "0000-01-01", "tomorrow", "", "%2B2026-1-1"]),
    ("unit", &["1", "", "x", "00000000-0000-0000-0000-000000000000", "%00", "%ff"]),
    ("volunteer", &["1", "00000000-0000-0000-0000-000000000000"]),
    ("activity", &["1", "%E6%B4%BB"]),
    ("record", &["1", "%00"]),
    ("size", &["-1", "1e3", "x", "281474976710656", ""]),
    ("from_size", &["-1", "1e3", "x", "281474976710656", ""]),
    ("to_size", &["-1", "1e3", "x", "281474976710656", ""]),
    ("year", &["1899", "10000", "-2026", "26", "MMXXVI", "2026-01"]),
    ("most_records", &["-1", "1000001", "few", ""]),
    ("programme", &["1", "null"]),
    ("reward", &["1", "undefined"]),
    ("status", &["", "ajar", "HELD", "1", "credited%20"]),
    ("evidence", &["", "hearsay", "scan,geo"]),
    ("role", &["", "volunteer", "root"]),
    ("closed", &["", "yes", "1", "TRUE"]),
    ("cancelled", &["2", "wahr"]),
    ("withdrawn", &["no"]),
    ("active", &["on"]),
    ("count_volunteers", &["", "all", "1"]),
    ("format", &["xml", "", "CSV"]),
    ("scheme", &["1", "", "00000000-0000-0000-0000-000000000000"]),
    ("each", &["", "all", "children,children"]),
    ("day", &["2026-02-30", "", "today"]),
    ("group_by", &["year", "unit,year", "unit%20"]),
    ("code", &["", "a%20b", "%E7%AC%AC", "%00", "a%0d%0aX-Injected:%20yes"]),
    ("name", &["", "%20", "%00", "a%0ab"]),
    ("brand", &["", "%07"]),
    ("number", &["1", "00000000000", "0000000000000", "abcdefghijkl", "-00000000001"]),
    ("mobile", &["1", "138", "mobile", "%2B"]),
];

#[test]
fn a_parameter_with_an_impossible_value_is_named() {
    unmoved("bad-parameter", |town, cases| {
        let mut tried = 0;
        for (name, values) in BAD {
            let long = "a".repeat(5_000);
            // A guess at a certificate does not say what is wrong with it.
            let tells = |case: &&Case| !case.operation.path.ends_with("/certificates/lookup");
            for case in with_parameter(cases, name).filter(tells) {
                for value in values.iter().copied().chain([long.as_str()]) {
                    let answer = case.with_query(town.app, &format!("{name}={value}"));
                    case.assert_at_fault(answer, 400, "invalid_parameter", name);
                    tried += 1;
                }
            }
        }
        assert!(tried > 300, "only {tried} values tried");
    });
}

#[test]
fn a_parameter_that_nobody_knows_or_that_comes_twice_is_named() {
    unmoved("bad-query", |town, cases| {
        for case in cases {
            for (query, at_fault) in [
                ("colour=red", "colour"),
                ("Limit=5", "Limit"),
                ("limit%5B%5D=5", "limit[]"),
                ("=5", ""),
                ("a%00b=1", "a\0b"),
            ] {
                let answer = case.with_query(town.app, query);
                case.assert_at_fault(answer, 400, "invalid_parameter", at_fault);
            }
            let Some(known) = case.operation.query.first() else { continue };
            let answer = case.with_query(town.app, &format!("{known}=1&{known}=1"));
            case.assert_at_fault(answer, 400, "invalid_parameter", known);
        }
    });
}

/// The cursors that lists give out after their first item, by the path of the list.
fn cursors(town: &Town, cases: &[Case]) -> Vec<(String, String)> {
    let next = |case: &Case| {
        let page = case.with_query(town.app, "limit=1").ok();
        page["next"].as_str().map(|cursor| (case.ask.path.clone(), cursor.to_owned()))
    };
    with_parameter(cases, "cursor").filter_map(next).collect()
}

#[test]
fn a_cursor_leads_on_in_its_own_list_only() {
    unmoved("bad-cursor", |town, cases| {
        let cursors = cursors(town, cases);
        assert!(cursors.len() >= 8, "only {} lists have a second page", cursors.len());
        let [turned, cut] = [turned(&cursors[0].1), cursors[0].1[..cursors[0].1.len() / 2].to_owned()];
        let long = "A".repeat(5_000);
        let garbage = [
            "",
            "x",
            "!",
            "1",
            "null",
            "MQ",
            "MS4uMQ",
            "AAAAAAAAAAA",
            "%00",
            "%ff",
            "-1",
            "MS51bml0cy4tMQ",
            "MS51bml0cy4wMQ",
            "MS51bml0cy45OTk5OTk5OTk5OTk5OTk5OTk5OTk",
            "eyJzZXEiOjF9",
            "..%2F..%2Fetc",
            &turned,
            &cut,
            &long,
        ];
        for case in with_parameter(cases, "cursor") {
            for (of, cursor) in &cursors {
                let answer = case.with_query(town.app, &format!("cursor={cursor}"));
                if *of == case.ask.path {
                    answer.ok();
                } else {
                    case.assert_at_fault(answer, 400, "invalid_cursor", "cursor");
                }
            }
            for cursor in garbage {
                let answer = case.with_query(town.app, &format!("cursor={cursor}"));
                case.assert_at_fault(answer, 400, "invalid_cursor", "cursor");
            }
        }
    });
}

/// The text with a typing error in its middle.
fn turned(text: &str) -> String {
    let (front, back) = text.split_at(text.len() / 2);
    format!("{front}{}{}", if back.starts_with('A') { 'B' } else { 'A' }, &back[1..])
}

#[test]
fn what_is_no_id_of_the_kind_is_found_nowhere() {
    unmoved("bad-path", |town, cases| {
        let mut tried = 0;
        for case in cases.iter().filter(|case| case.operation.path.contains('{')) {
            let good = case.ask.path.split('/').find(|part| is_id(part));
            let (other_kind, turned, longer) = match good {
                Some(id) => (another_kind(town, id), turned(id), format!("{id}0")),
                None => (town.school.as_str(), "1x".to_owned(), "1".repeat(19)),
            };
            let long = "9".repeat(5_000);
            for bad in [
                other_kind,
                &turned,
                &longer,
                "0",
                "-1",
                "1e3",
                "+1",
                "99999999999999999999",
                "null",
                "*",
                "%00",
                "%ff%fe",
                "%zz",
                "%",
                "%E5%8D%95%E4%BD%8D",
                "..",
                "%2e%2e",
                "%2e%2e%2f",
                "a%2fb",
                "'%20OR%20'1'='1",
                "%7B7*7%7D",
                "%3Cscript%3E",
                &long,
            ] {
                let answer = case.with_id(town.app, bad);
                assert_eq!(answer.status, 404, "{} for {bad}: {}", case.operation.name(), answer.text);
                let code = answer.body["code"].as_str().unwrap().to_owned();
                assert!(code.ends_with("_not_found"), "{}: {code}", case.operation.name());
                answer.refused(404, &code);
                tried += 1;
            }
        }
        assert!(tried > 500, "only {tried} ids tried");
    });
}

#[test]
fn a_form_that_is_not_to_be_had_is_refused() {
    unmoved("bad-accept", |town, cases| {
        for case in with_parameter(cases, "format") {
            for accept in ["image/png", "application/xml", "text/html, audio/*;q=0.5"] {
                let call = town.app.call("GET", &case.ask.path).token(&case.ask.token);
                case.assert_refused(call.header("Accept", accept).send(), 406, "not_acceptable");
            }
            // What cannot be read asks for nothing: a list or total is given, and a file would go out.
            if case.operation.exports() {
                continue;
            }
            let call = town.app.call("GET", &case.ask.path).token(&case.ask.token);
            let garbage = call.header("Accept", "\u{e9};;;q=x").send();
            assert!(garbage.status == 200 || garbage.status == 406, "{}", garbage.text);
        }
    });
}

#[test]
fn a_journal_that_ends_before_is_not_read_beyond() {
    unmoved("bad-as-of", |town, cases| {
        let last = crate::support::operations::head(town.app).last_seq.0;
        for case in with_parameter(cases, "as_of").filter(|case| !case.operation.exports()) {
            case.with_query(town.app, &format!("as_of={last}")).ok();
            let answer = case.with_query(town.app, &format!("as_of={}", last + 1));
            case.assert_at_fault(answer, 400, "invalid_parameter", "as_of");
            let before_all = case.with_query(town.app, "as_of=0");
            if before_all.status == 404 {
                // What it is about was not there yet.
                assert!(before_all.body["code"].as_str().unwrap().ends_with("_not_found"));
            } else if let Some(as_of) = before_all.ok().get("as_of") {
                assert_eq!(as_of, &json!(0));
            }
        }
    });
}
