//! Headers: names of requests, versions, content types, and what is smuggled in.

use super::{Case, case, unmoved};
use crate::idempotency::takes_key;
use crate::support::http::{App, Call};

impl Case {
    /// The request with its body, to be given more headers.
    fn whole<'a>(&self, app: &'a App) -> Call<'a> {
        match &self.ask.body {
            Some(body) => self.call(app).json(body.clone()),
            None => self.call(app),
        }
    }
}

#[test]
fn an_idempotency_key_is_visible_ascii_of_bounded_length() {
    unmoved("bad-key", |town, cases| {
        let long = "k".repeat(256);
        let posts = cases.iter().filter(|case| takes_key(&case.operation));
        let mut tried = 0;
        for case in posts {
            for key in ["", " ", "two words", "a\tb", "schl\u{fc}ssel", "钥匙", &long] {
                let answer = case.whole(town.app).header("Idempotency-Key", key).send();
                case.assert_at_fault(answer, 400, "idempotency_key_invalid", "Idempotency-Key");
            }
            let twice = case.whole(town.app).key("once").key("once").send();
            case.assert_at_fault(twice, 400, "idempotency_key_invalid", "Idempotency-Key");
            tried += 1;
        }
        assert!(tried > 20, "only {tried} operations tried");
    });
}

#[test]
fn a_version_is_one_entity_tag() {
    unmoved("bad-version", |town, cases| {
        let puts: Vec<&Case> = cases
            .iter()
            // A password has no version: the old one stands for it.
            .filter(|case| case.operation.method == "PUT" && case.operation.path != "/v1/me/password")
            .collect();
        assert!(puts.len() >= 4, "only {} operations replace something", puts.len());
        for case in puts {
            let put = || town.app.call("PUT", &case.ask.path).token(&case.ask.token);
            let put = || put().json(case.ask.body.clone().unwrap());
            for version in [
                "",
                "1",
                "\"\"",
                "\"0\"",
                "\"01\"",
                "\"-1\"",
                "\"x\"",
                "w/\"1\"",
                "W/1",
                "\"1\", \"2\"",
                "*, *",
                "\"1",
                "'1'",
                "\"9223372036854775808\"",
                "\"1\u{e9}\"",
            ] {
                let answer = put().header("If-Match", version).send();
                case.assert_at_fault(answer, 400, "if_match_invalid", "If-Match");
            }
            let twice = put().header("If-Match", "*").header("If-Match", "*").send();
            case.assert_at_fault(twice, 400, "if_match_invalid", "If-Match");
            case.assert_at_fault(put().send(), 428, "precondition_required", "If-Match");
            let stale = case.assert_refused(put().header("If-Match", "\"1\"").send(), 412, "version_stale");
            assert!(stale["current_version"].as_i64() > Some(1), "{stale}");
        }
        let close = case(cases, "POST /v1/volunteers/{id}/close");
        let answer = close.whole(town.app).header("If-Match", "W/1").send();
        close.assert_at_fault(answer, 400, "if_match_invalid", "If-Match");
    });
}

#[test]
fn a_body_is_plain_json_and_says_so() {
    unmoved("bad-type", |town, cases| {
        let with_body = cases.iter().filter(|case| !case.operation.reads() && case.ask.body.is_some());
        for case in with_body {
            let body = case.ask.body.as_ref().unwrap().to_string();
            let call = || case.call(town.app).bytes(body.clone());
            for content_type in [
                "text/plain",
                "text/json",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/merge-patch+json",
                "application/jsonx",
                "application",
                "",
                "*/*",
                "application/j\u{e9}son",
            ] {
                let answer = call().header("Content-Type", content_type).send();
                case.assert_refused(answer, 415, "unsupported_media_type");
            }
            case.assert_refused(call().send(), 415, "unsupported_media_type");
            for encoding in ["gzip", "deflate", "br", "identity, gzip", "unknown"] {
                let call = call().header("Content-Type", "application/json");
                let answer = call.header("Content-Encoding", encoding).send();
                case.assert_refused(answer, 415, "unsupported_media_type");
            }
        }
    });
}

#[test]
fn nothing_of_a_request_gets_into_the_headers_of_the_answer() {
    unmoved("bad-injection", |town, cases| {
        let plain = "0123456789abcdef";
        let named = town.app.call("GET", "/livez").header("X-Request-Id", plain).send();
        assert_eq!(named.header("x-request-id"), plain);
        let long = "a".repeat(65);
        for name in [
            "short",
            "with space",
            "semi;colon=1",
            "<script>",
            "a\tb_c_d_e",
            "r\u{e9}quest-id",
            "%0d%0aX-Evil:1",
            &long,
        ] {
            let answer = town.app.call("GET", "/livez").header("X-Request-Id", name).send();
            let shown = answer.header("x-request-id");
            assert!(
                shown.len() == 32 && shown.bytes().all(|byte| byte.is_ascii_hexdigit()),
                "{name}: {shown}"
            );
        }
        let units = case(cases, "GET /v1/units");
        for path in [
            "/v1/units?code=a%0d%0aX-Injected:%20yes",
            "/v1/units?a%0d%0aX-Injected:%20yes=1",
            "/v1/units/%0d%0aX-Injected:%20yes",
            "/%0d%0aX-Injected:%20yes",
            "/docs/%0d%0aX-Injected:%20yes",
        ] {
            let answer = town.app.call("GET", path).token(&units.ask.token).send();
            assert!((400..500).contains(&answer.status), "{path}: {}", answer.status);
            assert!(answer.headers.get("x-injected").is_none(), "{path}: {:?}", answer.headers);
        }
    });
}
