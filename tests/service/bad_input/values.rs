//! Members of the right kind with values that cannot be.

use super::bodies::assert_names;
use super::{Case, another_kind, case, is_id, members, replaced, unmoved};
use crate::support::town::Town;
use serde_json::{Value, json};

/// What no text of a person's may hold. Secrets and codes are compared, not kept: they are only
/// bounded.
fn bad_texts() -> Vec<String> {
    let mut texts: Vec<String> =
        ["", " ", "\u{3000}", "a\u{0}b", "a\nb", "a\tb", "\u{7f}", "a\u{85}b", "\u{1b}[31m"]
            .map(|text| text.to_string())
            .to_vec();
    // Nothing that shows, or something that does not and turns the writing, or is no character.
    let hidden = [
        "\u{200B}",
        "\u{2060}\u{2060}",
        "\u{3164}",
        "\u{2800}",
        "\u{AD}",
        "张三\u{200B}",
        "王\u{202E}明小",
        "\u{FFFE}李",
        "李\u{E000}",
        "\u{301}",
    ];
    texts.extend(hidden.map(str::to_owned));
    texts.push("志".repeat(501));
    texts.push("a".repeat(60_000));
    texts
}

const SECRETS: [&str; 9] = [
    "/password",
    "/old_password",
    "/new_password",
    "/code",
    "/pickup_code",
    "/refresh_token",
    "/activation_code",
    "/phone_code",
    "/ticket",
];

#[test]
fn a_text_is_neither_empty_nor_overlong_nor_full_of_control_characters() {
    unmoved("bad-text", |town, cases| {
        let mut tried = 0;
        for case in cases {
            let Some(body) = &case.ask.body else { continue };
            for (pointer, _) in members(body).into_iter().filter(|(_, value)| value.is_string()) {
                let is_secret = SECRETS.contains(&pointer.as_str());
                // What has the length of a secret is judged as one: a ticket has 1,024 characters at most.
                let is_no_secret = |text: &String| text.is_empty() || text.chars().count() > 1_024;
                for text in bad_texts().into_iter().filter(|text| !is_secret || is_no_secret(text)) {
                    let answer = case.with_body(town.app, replaced(body, &pointer, text.into()));
                    assert_names(case, answer, &pointer);
                    tried += 1;
                }
            }
        }
        assert!(tried > 500, "only {tried} texts tried");
    });
}

#[test]
fn a_text_is_bounded_by_its_characters() {
    unmoved("bad-length", |town, cases| {
        let units = case(cases, "POST /v1/units");
        let body = units.ask.body.as_ref().unwrap();
        let named = |name: String| units.with_body(town.app, replaced(body, "/name", name.into()));
        units.assert_at_fault(named("志".repeat(101)), 422, "invalid_field", "/name");
        units.assert_at_fault(named("😀".repeat(101)), 422, "invalid_field", "/name");
        let long_code = replaced(body, "/code", "C".repeat(33).into());
        units.assert_at_fault(units.with_body(town.app, long_code), 422, "invalid_field", "/code");
        let foreign_code = replaced(body, "/code", "第三中学".into());
        units.assert_at_fault(units.with_body(town.app, foreign_code), 422, "invalid_field", "/code");
    });
}

#[test]
fn a_number_is_whole_and_within_its_bounds() {
    unmoved("bad-number", |town, cases| {
        let numbers = [
            "-1",
            "1000001",
            "2147483648",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551616",
            "1000000000000000000000000000000",
            "-1000000000000000000000000000000",
            "1e30",
            "-1e300",
            "1e400",
            "-1e400",
            "1.5",
            "0.1",
            "1e-7",
            "\"3\"",
            "null",
            "true",
        ];
        let headcount = case(cases, "POST /v1/units/{id}/headcounts");
        for number in numbers {
            let body =
                format!(r#"{{"effective_from": "2026-11-01", "staff": {number}, "party_members": 0}}"#);
            headcount.assert_at_fault(headcount.with_bytes(town.app, body), 422, "invalid_field", "/staff");
        }
        for (name, pointer, bad) in [
            ("POST /v1/rewards", "/stock", json!(1_000_001)),
            ("POST /v1/rewards", "/hold_days", json!(0)),
            ("POST /v1/rewards", "/hold_days", json!(366)),
            ("POST /v1/rewards/{id}/restock", "/added", json!(0)),
            ("POST /v1/rewards/{id}/restock", "/added", json!(i64::MAX)),
            ("POST /v1/activities", "/headcount", json!(0)),
            ("POST /v1/service-records/{id}/credit", "/deductions/0/minutes", json!(0)),
            ("POST /v1/service-records/{id}/credit", "/deductions/0/minutes", json!(1441)),
            ("POST /v1/points-policies", "/validity/months", json!(1201)),
        ] {
            assert_value_names(town, case(cases, name), pointer, bad);
        }
    });
}

#[track_caller]
fn assert_value_names(town: &Town, case: &Case, pointer: &str, bad: Value) {
    let body = replaced(case.ask.body.as_ref().unwrap(), pointer, bad);
    assert_names(case, case.with_body(town.app, body), pointer);
}

#[test]
fn points_are_exact_decimals() {
    unmoved("bad-decimal", |town, cases| {
        let long = "9".repeat(400);
        let bad = [
            "",
            "-1",
            "+1",
            "1.",
            ".5",
            "1.234",
            "1,5",
            "1e3",
            "0x10",
            "NaN",
            "1 ",
            "1_000",
            "１２",
            "10000000000",
            &long,
        ];
        for (name, pointer) in [
            ("POST /v1/rewards", "/price"),
            ("POST /v1/points-policies", "/points_per_hour"),
            ("POST /v1/points-policies", "/points_per_count"),
        ] {
            for text in bad {
                assert_value_names(town, case(cases, name), pointer, json!(text));
            }
            assert_value_names(town, case(cases, name), pointer, json!(2.5));
        }
        let policies = case(cases, "POST /v1/points-policies");
        let greedy = replaced(policies.ask.body.as_ref().unwrap(), "/points_per_hour", json!("1000.01"));
        policies.assert_refused(policies.with_body(town.app, greedy), 422, "policy_terms_invalid");
    });
}

#[test]
fn a_day_is_one_of_the_calendar_between_1900_and_9999() {
    unmoved("bad-day", |town, cases| {
        let bad = [
            "2026-02-30",
            "2025-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-01-00",
            "0000-01-01",
            "0001-01-01",
            "1899-12-31",
            "10000-01-01",
            "99999-01-01",
            "+2026-01-01",
            "-0001-01-01",
            "2026-1-1",
            "20260101",
            "2026-W10-1",
            "2026/01/01",
            "2026-01-01T00:00:00Z",
            " 2026-01-01",
            "2026-01-01 ",
            "２０２６-01-01",
            "today",
            "1700000000",
        ];
        for (name, pointer) in [
            ("POST /v1/units/{id}/headcounts", "/effective_from"),
            ("POST /v1/volunteers", "/birth_date"),
            ("POST /v1/points-policies", "/effective_from"),
        ] {
            for day in bad {
                assert_value_names(town, case(cases, name), pointer, json!(day));
            }
            assert_value_names(town, case(cases, name), pointer, json!(20_260_101));
        }
    });
}

#[test]
fn an_instant_has_an_offset_and_lies_between_1900_and_9999() {
    unmoved("bad-instant", |town, cases| {
        let bad = [
            "2026-02-30T09:00:00Z",
            "2026-11-18T24:00:00Z",
            "2026-11-18T09:60:00Z",
            "2026-11-18T09:00:61Z",
            "2026-11-18T09:00:00",
            "2026-11-18T09:00Z",
            "2026-11-18",
            "2026-11-18T09:00:00+25:00",
            "2026-11-18T09:00:00 08:00",
            "1899-12-31T23:59:59Z",
            "1900-01-01T00:00:00+08:00",
            "0000-01-01T00:00:00Z",
            "10000-01-01T00:00:00Z",
            "+99999-01-01T00:00:00Z",
            "9999-12-31T23:59:59-01:00",
            "-0001-01-01T00:00:00Z",
            "1763450000",
            "now",
        ];
        for (name, pointer) in [
            ("POST /v1/service-records", "/start"),
            ("POST /v1/service-records", "/end"),
            ("POST /v1/service-records/bulk", "/items/0/end"),
            ("POST /v1/activities", "/window/start"),
            ("POST /v1/volunteers", "/consent/given_at"),
        ] {
            for instant in bad {
                assert_value_names(town, case(cases, name), pointer, json!(instant));
            }
        }
    });
}

#[test]
fn instants_at_the_ends_of_time_are_judged_by_the_rules() {
    unmoved("bad-ends", |town, cases| {
        let records = case(cases, "POST /v1/service-records");
        let body = records.ask.body.as_ref().unwrap();
        for (start, end, code) in [
            ("1900-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z", "service_in_future"),
            ("1900-01-01T00:00:00Z", "1900-01-01T01:00:00Z", "outside_window"),
            ("9999-12-31T23:59:59Z", "1900-01-01T00:00:00Z", "end_not_after_start"),
            ("9999-12-31T20:00:00Z", "9999-12-31T23:59:59Z", "service_in_future"),
        ] {
            let body = replaced(&replaced(body, "/start", json!(start)), "/end", json!(end));
            records.assert_refused(records.with_body(town.app, body), 422, code);
        }
        let activities = case(cases, "POST /v1/activities");
        let window = json!({ "start": "1900-01-01T00:00:00Z", "end": "9999-12-31T23:59:59Z" });
        let endless = replaced(activities.ask.body.as_ref().unwrap(), "/window", window);
        activities.assert_refused(activities.with_body(town.app, endless), 422, "window_invalid");
    });
}

#[test]
fn an_id_of_another_kind_or_with_a_typing_error_is_named() {
    unmoved("bad-id", |town, cases| {
        let mut tried = 0;
        for case in cases {
            let Some(body) = &case.ask.body else { continue };
            for (pointer, value) in members(body) {
                let Some(good) = value.as_str().filter(|text| is_id(text)) else { continue };
                let other_kind = another_kind(town, good);
                let turned = if good.ends_with('0') { '1' } else { '0' };
                let typo = format!("{}{turned}", &good[..35]);
                let padded = format!(" {good}");
                for bad in
                    [other_kind, &typo, &good[..35], &padded, "00000000-0000-0000-0000-000000000000", "1"]
                {
                    let answer = case.with_body(town.app, replaced(body, &pointer, json!(bad)));
                    let is_own_kind = answer.status < 300;
                    assert!(!is_own_kind, "{} at {pointer}: {bad}", case.operation.name());
                    assert_names(case, answer, &pointer);
                    tried += 1;
                }
            }
        }
        assert!(tried > 60, "only {tried} ids tried");
    });
}

#[test]
fn an_identity_document_is_one_that_can_be() {
    unmoved("bad-document", |town, cases| {
        let volunteers = case(cases, "POST /v1/volunteers");
        let body = volunteers.ask.body.as_ref().unwrap();
        let with = |number: &str, birth: &str, gender: &str| {
            let document = json!({ "kind": "resident_identity", "number": number });
            let body = replaced(body, "/document", document);
            volunteers.with_body(
                town.app,
                replaced(&replaced(&body, "/birth_date", json!(birth)), "/gender", json!(gender)),
            )
        };
        for (number, birth, gender, at_fault) in [
            ("110105194912310021", "1949-12-31", "female", "/document/number"),
            ("11010519491231002", "1949-12-31", "female", "/document/number"),
            ("11010519491231002X", "1949-12-30", "female", "/birth_date"),
            ("11010519491231002X", "1949-12-31", "male", "/gender"),
        ] {
            volunteers.assert_at_fault(with(number, birth, gender), 422, "invalid_field", at_fault);
        }
        for mobile in ["12345", "23800138000", "1380013800", "138001380000", "+8613800138", "1380013800a"] {
            assert_value_names(town, volunteers, "/mobile", json!(mobile));
        }
    });
}
