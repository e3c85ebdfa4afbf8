//! Bodies that are no JSON, and JSON of another shape than the specification's.

use super::{Case, case, members, replaced, unmoved};
use serde_json::{Value, json};

/// What is JSON's own fault.
fn no_json() -> Vec<(&'static str, Vec<u8>)> {
    let utf_16: Vec<u8> = "{\"code\":\"A\"}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![
        ("nothing", b"".to_vec()),
        ("white space", b" \r\n\t ".to_vec()),
        ("cut short", b"{".to_vec()),
        ("cut within a text", br#"{"code": "SCHO"#.to_vec()),
        ("no value", br#"{"code": }"#.to_vec()),
        ("a comma too many", br#"{"code": "A",}"#.to_vec()),
        ("single quotes", br"{'code': 'A'}".to_vec()),
        ("a comment", br#"{"code": "A" /* */}"#.to_vec()),
        ("more after the end", br#"{"code": "A", "name": "x", "kind": "team"} {}"#.to_vec()),
        ("not a number", br#"{"code": NaN}"#.to_vec()),
        ("an octal number", br#"{"code": 017}"#.to_vec()),
        ("NUL within a text", b"{\"code\": \"A\0\"}".to_vec()),
        ("a line break within a text", b"{\"code\": \"A\nB\"}".to_vec()),
        ("a byte order mark", b"\xef\xbb\xbf{\"code\": \"A\"}".to_vec()),
        ("bytes that are no UTF-8", b"{\"code\": \"\xff\xfe\"}".to_vec()),
        ("an overlong form of NUL", b"{\"code\": \"\xc0\x80\"}".to_vec()),
        ("a surrogate in UTF-8", b"{\"code\": \"\xed\xa0\x80\"}".to_vec()),
        ("UTF-16", utf_16),
        ("a form", b"code=A&name=x".to_vec()),
        ("XML", b"<unit code=\"A\"/>".to_vec()),
        ("a compressed body that does not say so", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03".to_vec()),
        ("an endless list", "[".repeat(20_000).into_bytes()),
        ("an endless object", "{\"code\":".repeat(8_000).into_bytes()),
    ]
}

#[test]
fn what_is_no_json_is_refused() {
    unmoved("bad-json", |town, cases| {
        for case in cases.iter().filter(|case| !case.operation.required.is_empty()) {
            for (what, bytes) in no_json() {
                let answer = case.with_bytes(town.app, bytes);
                case.operation.assert_tells_of(&answer);
                // What is wrong within the part before the end may be seen first.
                let field = answer.body["field"].as_str().unwrap_or_default();
                let is_refused = answer.status == 400 && answer.body["code"] == "malformed_json"
                    || answer.status == 422 && what.starts_with("an endless object")
                    || answer.status == 422 && ["/code", "/name"].contains(&field);
                assert!(is_refused, "{}, {what}: {}", case.operation.name(), answer.text);
            }
        }
        let units = case(cases, "POST /v1/units");
        for (what, bytes) in no_json().into_iter().filter(|(what, _)| *what != "an endless object") {
            let answer = units.with_bytes(town.app, bytes);
            assert_eq!(answer.body["code"], "malformed_json", "{what}: {}", answer.text);
        }
    });
}

#[test]
fn json_that_is_no_object_is_refused() {
    unmoved("bad-no-object", |town, cases| {
        for case in cases.iter().filter(|case| !case.operation.reads()) {
            for other in [json!(null), json!(true), json!(7), json!("{}"), json!([]), json!([{}])] {
                let answer = case.with_body(town.app, other);
                case.assert_at_fault(answer, 422, "invalid_field", "");
            }
        }
    });
}

#[test]
fn what_must_be_there_is_named_where_it_is_not() {
    unmoved("bad-missing", |town, cases| {
        let mut tried = 0;
        for case in cases {
            for name in &case.operation.required {
                let mut body = case.ask.body.clone().unwrap();
                body.as_object_mut().unwrap().remove(name);
                let answer = case.with_body(town.app, body);
                case.assert_at_fault(answer, 422, "missing_field", &format!("/{name}"));
                tried += 1;
            }
        }
        assert!(tried > 50, "only {tried} members left out");
    });
}

#[test]
fn what_nobody_knows_is_named_wherever_it_stands() {
    unmoved("bad-unknown", |town, cases| {
        let mut tried = 0;
        for case in cases {
            let Some(body) = &case.ask.body else { continue };
            for (pointer, value) in members(body) {
                let Value::Object(object) = value else { continue };
                let mut object = object.clone();
                object.insert("colour".to_owned(), json!("red"));
                let answer = case.with_body(town.app, replaced(body, &pointer, object.into()));
                let problem = case.assert_refused(answer, 422, "unknown_field");
                let field = problem["field"].as_str().unwrap();
                assert!(field == format!("{pointer}/colour") || field == "/validity", "{pointer}: {problem}");
                tried += 1;
            }
        }
        assert!(tried > 30, "only {tried} objects tried");
    });
}

#[test]
fn a_member_of_another_kind_is_named() {
    unmoved("bad-kind", |town, cases| {
        let mut tried = 0;
        for case in cases {
            let Some(body) = &case.ask.body else { continue };
            for (pointer, value) in members(body).into_iter().skip(1) {
                for other in others_than(value) {
                    let answer = case.with_body(town.app, replaced(body, &pointer, other));
                    assert_names(case, answer, &pointer);
                    tried += 1;
                }
            }
        }
        assert!(tried > 500, "only {tried} values tried");
    });
}

/// Values of every other kind. Null is left out: it stands for nothing where a member may be absent. Where it
/// stands itself, an object might be what it stands for.
fn others_than(value: &Value) -> Vec<Value> {
    let kind = std::mem::discriminant(value);
    let all = [json!(true), json!(7), json!(-1.5), json!("seven"), json!([]), json!(["x"]), json!({})];
    let all = all.into_iter().chain([json!({ "scan": null }), json!([[]])]);
    let all = all.filter(|other| !(value.is_null() && other.is_object()));
    all.filter(|other| std::mem::discriminant(other) != kind).collect()
}

/// Demands that the member at the pointer is found at fault.
#[track_caller]
pub(super) fn assert_names(case: &Case, answer: crate::support::http::Answer, pointer: &str) {
    case.operation.assert_tells_of(&answer);
    let field = answer.body["field"].as_str();
    // A choice among shapes is read as a whole.
    let is_named = field == Some(pointer) || field == Some("/validity") && pointer.starts_with("/validity/");
    let name = case.operation.name();
    assert_eq!(answer.status, 422, "{name} at {pointer}: {}", answer.text);
    assert!(is_named, "{name} at {pointer}: {}", answer.text);
}

#[test]
fn an_array_is_no_object_though_its_items_would_fit() {
    unmoved("bad-array", |town, cases| {
        let mut tried = 0;
        for case in cases {
            let Some(body) = &case.ask.body else { continue };
            for (pointer, value) in members(body).into_iter().skip(1) {
                let Value::Object(object) = value else { continue };
                let values: Vec<Value> = object.values().cloned().collect();
                let answer = case.with_body(town.app, replaced(body, &pointer, values.into()));
                assert_names(case, answer, &pointer);
                tried += 1;
            }
        }
        assert!(tried > 8, "only {tried} objects tried");
    });
}

#[test]
fn a_member_is_named_once() {
    unmoved("bad-twice", |town, cases| {
        let units = case(cases, "POST /v1/units");
        for body in [
            r#"{"code": "TEAM-X", "code": "TEAM-X", "name": "x", "kind": "team"}"#,
            r#"{"code": "TEAM-X", "name": "x", "kind": "team", "\u0063ode": "TEAM-Y"}"#,
        ] {
            units.assert_at_fault(units.with_bytes(town.app, body), 422, "invalid_field", "/code");
        }
    });
}

#[test]
fn a_body_over_the_cap_is_refused_and_one_at_the_cap_is_not() {
    const ORDINARY: usize = 64 * 1024;
    const BULK: usize = 4 * 1024 * 1024;
    unmoved("bad-large", |town, cases| {
        let of_size = |size: usize| {
            let mut body = br#"{"colour": 1}"#.to_vec();
            body.resize(size, b' ');
            body
        };
        for case in cases.iter().filter(|case| !case.operation.reads()) {
            let cap = if case.operation.path.ends_with("/bulk") { BULK } else { ORDINARY };
            let answer = case.with_bytes(town.app, of_size(cap));
            case.assert_at_fault(answer, 422, "unknown_field", "/colour");
            let problem =
                case.assert_refused(case.with_bytes(town.app, of_size(cap + 1)), 413, "body_too_large");
            assert_eq!(problem["limit_bytes"], cap);
        }
    });
}

#[test]
fn many_records_are_one_to_a_thousand() {
    unmoved("bad-bulk", |town, cases| {
        let bulk = case(cases, "POST /v1/service-records/bulk");
        let item = bulk.ask.body.as_ref().unwrap()["items"][0].clone();
        for count in [0, 1001] {
            let items = json!({ "items": vec![item.clone(); count] });
            bulk.assert_at_fault(bulk.with_body(town.app, items), 422, "invalid_field", "/items");
        }
        let mut items = vec![item; 3];
        items[2]["evidence"] = json!("hearsay");
        let answer = bulk.with_body(town.app, json!({ "items": items }));
        bulk.assert_at_fault(answer, 422, "invalid_field", "/items/2/evidence");
    });
}

#[test]
fn an_operation_without_a_body_takes_none() {
    unmoved("bad-bare", |town, cases| {
        let mut tried = 0;
        for case in cases.iter().filter(|case| !case.operation.reads() && !case.operation.takes_body) {
            let answer = case.with_body(town.app, json!({ "reason": "x" }));
            case.assert_at_fault(answer, 422, "unknown_field", "/reason");
            case.assert_refused(case.with_bytes(town.app, "x"), 400, "malformed_json");
            tried += 1;
        }
        assert!(tried > 5, "only {tried} operations tried");
    });
}
