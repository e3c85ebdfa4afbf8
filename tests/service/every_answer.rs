//! What holds for every answer, whatever the operation: HEAD, languages, faults of form, tags, other origins'
//! pages.

use crate::support::operations::{Ask, Things, operations};
use crate::support::town::{Town, each_town};
use serde_json::{Value, json};

#[test]
fn where_something_can_be_read_its_headers_alone_can_be_asked_for() {
    each_town("answers-head", |town| {
        let things = Things::make(town);
        let mut asked = 0;
        for operation in operations() {
            let ask = things.ask(&operation);
            if ask.method != "GET" {
                continue;
            }
            let whole = ask.send_as(town.app, Some(&ask.token));
            let head = Ask { method: "HEAD".to_owned(), ..ask.clone() }.send_as(town.app, Some(&ask.token));
            assert_eq!(head.status, whole.status, "{}", head.asked);
            assert!(head.bytes.is_empty(), "{} has a body", head.asked);
            assert_eq!(head.headers.get("content-type"), whole.headers.get("content-type"), "{}", head.asked);
            asked += 1;
        }
        assert!(asked > 50, "only {asked} operations read");
        let not_there = town.app.call("HEAD", "/v1/no-such-path").token(&town.admin).send();
        assert_eq!((not_there.status, not_there.bytes.len()), (404, 0));
        let refused = town.app.call("PATCH", "/v1/units").token(&town.admin).send();
        assert_eq!(refused.header("allow"), "GET, HEAD, POST");
    });
}

/// The problem in Chinese.
fn in_chinese(town: &Town, path: &str, body: Value) -> Value {
    let call = town.app.call("POST", path).token(&town.coordinator).json(body);
    let answer = call.header("Accept-Language", "zh-CN,zh;q=0.9,en;q=0.8").send();
    assert_eq!(answer.header("content-language"), "zh-CN");
    let vary: Vec<&str> = answer.headers.get_all("vary").iter().map(|vary| vary.to_str().unwrap()).collect();
    assert!(vary.join(", ").contains("accept-language"), "{vary:?}");
    answer.body
}

#[test]
fn refusals_are_told_in_chinese_where_that_is_asked_for() {
    each_town("answers-chinese", |town| {
        let volunteer = town.volunteer();
        let first = town.submit(&volunteer, "18T09:00", "18T10:00");
        let twice = town.service(&volunteer, "18T09:30", "18T10:30");
        let problem = in_chinese(town, "/v1/service-records", twice.clone());
        assert_eq!(problem["code"], "record_overlaps");
        assert_eq!(problem["title"], "同一时间此人已在别处服务。");
        assert_eq!(problem["detail"], format!("同一时间此人已在别处服务：记录 {first}。"));
        assert_eq!(problem["record"], first, "what programs read is the same in each language");

        let items = json!({ "items": [twice.clone()] });
        let answers = in_chinese_bulk(town, items);
        assert_eq!(answers["items"][0]["problem"]["title"], "同一时间此人已在别处服务。");

        let form = in_chinese(town, "/v1/service-records", json!({ "activity": 5 }));
        assert_eq!((&form["reason"], &form["detail"]), (&json!("wrong_type"), &json!("类型不对。")));
        let missing = in_chinese(town, "/v1/service-records", json!({}));
        assert_eq!(missing["code"], "missing_field");
        assert!(missing["detail"].as_str().unwrap().starts_with("缺少这一项（"), "{missing}");

        // Who asks for neither is told in English, and a kept refusal in the language of who repeats it.
        let keyed = |language: &str| {
            let call = town.app.call("POST", "/v1/service-records").token(&town.coordinator).key("twice");
            call.json(twice.clone())
                .header("Accept-Language", language)
                .send()
                .refused(409, "record_overlaps")
        };
        assert_eq!(keyed("fr")["title"], "A person serves one place at a time.");
        assert_eq!(keyed("zh")["title"], "同一时间此人已在别处服务。");
        let unknown = town.app.call("GET", "/v1/nothing").header("Accept-Language", "zh").send();
        assert_eq!(unknown.refused(404, "route_not_found")["title"], "没有这个地址。");
    });
}

fn in_chinese_bulk(town: &Town, items: Value) -> Value {
    let call = town.app.call("POST", "/v1/service-records/bulk").token(&town.coordinator).json(items);
    call.header("Accept-Language", "zh").send().ok()
}

#[test]
fn every_code_is_told_in_both_languages_to_anybody() {
    each_town("answers-codes", |town| {
        let codes = town.app.call("GET", "/codes.json").send().ok();
        let codes = codes.as_object().unwrap();
        assert!(codes.len() > 150);
        let overlap = &codes["record_overlaps"];
        assert_eq!(overlap["status"], 409);
        assert_eq!(overlap["en"], "A person serves one place at a time.");
        assert_eq!(overlap["zh-CN"], "同一时间此人已在别处服务。");
    });
}

#[test]
fn faults_of_form_have_a_reason_and_no_word_of_the_parser_or_the_sender() {
    each_town("answers-form", |town| {
        let unit = |name: Value, kind: Value| json!({ "code": "S-9", "name": name, "kind": kind, "parent": town.bureau });
        let long = "长".repeat(101);
        for (body, field, reason) in [
            (unit(json!(5), json!("school")), "/name", "wrong_type"),
            (unit(json!("secret-word"), json!("shop-of-mine")), "/kind", "not_a_choice"),
            (unit(json!(""), json!("school")), "/name", "wrong_length"),
            (unit(json!(long), json!("school")), "/name", "wrong_length"),
            (unit(json!("a\u{200b}\u{202e}b"), json!("school")), "/name", "wrong_character"),
            (unit(json!("\u{2800}"), json!("school")), "/name", "wrong_character"),
            (
                json!({ "code": "S-9", "name": "x", "kind": "school", "parent": "shop" }),
                "/parent",
                "wrong_form",
            ),
            (
                json!({ "code": "S-9", "name": "x", "kind": "school", "parent": null, "colour": 1 }),
                "/colour",
                "unknown",
            ),
            (json!({ "code": "S-9", "kind": "school", "parent": null }), "/name", "missing"),
        ] {
            let answer = town.app.post("/v1/units", &town.admin, body.clone());
            assert_eq!(answer.status, 422, "{body}: {}", answer.text);
            assert_eq!(
                (&answer.body["field"], &answer.body["reason"]),
                (&json!(field), &json!(reason)),
                "{body}"
            );
            for word in ["secret-word", "shop-of-mine", "struct ", "invalid type", "variant", "i64"] {
                assert!(!answer.text.contains(word), "{word}: {}", answer.text);
            }
        }
        for (query, reason) in [
            ("limit=0", "out_of_range"),
            ("limit=many", "wrong_type"),
            ("limit=1&limit=2", "given_twice"),
            ("colour=red", "unknown"),
        ] {
            let answer = town.app.get(&format!("/v1/units?{query}"), &town.admin);
            assert_eq!(answer.refused(400, "invalid_parameter")["reason"], reason, "{query}");
        }
        let choice = town.app.get("/v1/service-records?status=shop", &town.admin);
        assert_eq!(choice.refused(400, "invalid_parameter")["reason"], "not_a_choice");
        let spaced = town.app.get("/v1/totals/minutes?as_of=2026-11-22T09:00:00+08:00", &town.admin);
        let problem = spaced.refused(400, "invalid_parameter");
        assert!(problem["detail"].as_str().unwrap().contains("%2B"), "{problem}");
        let broken =
            town.app.call("POST", "/v1/units").token(&town.admin).header("Content-Type", "application/json");
        let broken = broken.bytes("{\"code\": tru}").send().refused(400, "malformed_json");
        assert_eq!(broken["detail"], "the body is not JSON: see line 1, column 13");
    });
}

#[test]
fn a_tag_made_weak_on_the_way_still_names_the_version() {
    each_town("answers-weak", |town| {
        let path = format!("/v1/programmes/{}", town.programme);
        let programme = town.app.get(&path, &town.admin);
        let strong = programme.header("etag").to_owned();
        let rename = |tag: &str| {
            let call = town.app.call("PUT", &path).token(&town.admin).header("If-Match", tag);
            call.json(json!({ "name": "另一个名称", "brands": [], "category": programme.body["category"] }))
                .send()
        };
        rename("W/\"999999\"").refused(412, "version_stale");
        rename("w/\"1\"").refused(400, "if_match_invalid");
        rename(&format!("W/{strong}")).ok();
    });
}

#[test]
fn pages_of_other_origins_are_let_in_where_the_deployment_says_so() {
    each_town("answers-origins", |town| {
        let allowed = |path: &str, origin: &str| {
            let answer = town.app.call("GET", path).token(&town.admin).header("Origin", origin).send();
            answer.headers.get("access-control-allow-origin").map(|value| value.to_str().unwrap().to_owned())
        };
        let (known, other) = ("https://volunteers.example", "https://elsewhere.example");
        assert_eq!(allowed("/v1/units", known).as_deref(), Some(known));
        assert_eq!(allowed("/v1/units", other), None);
        for public in
            ["/v1/auth/jwks", "/v1/certificates/jwks", "/codes.json", "/openapi.json", "/log/checkpoint"]
        {
            assert_eq!(allowed(public, other).as_deref(), Some(other), "{public}");
        }
        let preflight = town.app.call("OPTIONS", "/v1/units").header("Origin", known);
        let preflight = preflight.header("Access-Control-Request-Method", "PUT").header(
            "Access-Control-Request-Headers",
            "authorization, idempotency-key, if-match, content-type",
        );
        let answer = preflight.send();
        assert_eq!(answer.status, 200, "{}", answer.text);
        assert!(answer.header("access-control-allow-methods").contains("PUT"));
    });
}

#[test]
fn answers_are_compressed_for_who_asks_for_it() {
    each_town("compressed", |town| {
        for path in ["/openapi.yaml", "/v1/units", "/v1/units/no-such-id", "/v1/volunteers/export"] {
            let plain = town.app.get(path, &town.admin);
            let packed =
                town.app.call("GET", path).token(&town.admin).header("Accept-Encoding", "gzip").send();
            assert_eq!((packed.status, packed.header("content-encoding")), (plain.status, "gzip"), "{path}");
            assert!(packed.header("vary").to_ascii_lowercase().contains("accept-encoding"), "{path}");
            assert_eq!(packed.text, plain.text, "{path}");
            assert!(!plain.headers.contains_key("content-encoding"), "{path}: nobody asked");
        }
    });
}
