//! Paths and methods that there are not, and bytes that are no HTTP.

use super::{case, unmoved};
use crate::support::town::Town;
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn a_path_where_nothing_lives_is_told_so() {
    unmoved("bad-route", |town, _| {
        let paths = [
            "/nope",
            "/v1",
            "/v1/",
            "/v2/units",
            "/v1/units/",
            "//v1/units",
            "/v1//units",
            "/V1/units",
            "/v1/unit",
            "/v1/units/1/2/3",
            "/v1/%75nits/../livez",
            "/v1/.%2e/livez",
            "/%00",
            "/%ff",
            "/%",
            "/.git/config",
            "/etc/passwd",
            "/v1/units;a=b/",
            "/livez/",
            "/v1/auth",
            "/v1/totals",
            "/v1/service-records/bulk/x",
            "/%E5%8D%95%E4%BD%8D",
        ];
        for path in paths {
            for method in ["GET", "POST", "PUT", "DELETE"] {
                town.app.call(method, path).token(&town.admin).send().refused(404, "route_not_found");
            }
        }
        let long = format!("/{}", "x".repeat(60_000));
        town.app.get(&long, &town.admin).refused(404, "route_not_found");
    });
}

#[test]
fn a_method_that_a_path_does_not_take_is_refused_with_those_that_it_takes() {
    unmoved("bad-method", |town, cases| {
        let mut taken: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for case in cases {
            let taken = taken.entry(&case.operation.path).or_default();
            taken.insert(&case.operation.method);
            if case.operation.method == "GET" {
                taken.insert("HEAD");
            }
        }
        let mut tried = 0;
        for case in cases {
            let taken = &taken[case.operation.path.as_str()];
            for method in ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "LINK", "get"] {
                if taken.contains(method) {
                    continue;
                }
                let answer = town.app.call(method, &case.ask.path).token(&town.admin).send();
                let allow: BTreeSet<&str> = answer.header("allow").split(", ").collect();
                assert_eq!(allow, *taken, "{method} {}", case.ask.path);
                answer.refused(405, "method_not_allowed");
                tried += 1;
            }
        }
        assert!(tried > 400, "only {tried} methods tried");
    });
}

/// A request line and headers, and an answer's status line.
fn status_line(town: &Town, request: &str) -> String {
    first_line(&town.app.wire(request.as_bytes()))
}

fn first_line(answer: &str) -> String {
    answer.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn head_is_answered_without_a_body() {
    unmoved("bad-head", |town, _| {
        let answer = town.app.wire(b"HEAD /v1/units HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(!first_line(head).contains(" 5"), "{head}");
        assert_eq!(body, "", "{answer}");
    });
}

#[test]
fn what_is_no_http_is_hung_up_on() {
    unmoved("bad-bytes", |town, _| {
        let long = "a".repeat(200_000);
        let many: String = (0..200).map(|number| format!("X-{number}: y\r\n")).collect();
        let requests = [
            "\0\u{1}\u{2}garbage\r\n\r\n".to_owned(),
            "GET\r\n\r\n".to_owned(),
            "GET /livez\r\n\r\n".to_owned(),
            "GET /livez HTTP/9.9\r\nHost: x\r\n\r\n".to_owned(),
            "GET  /livez HTTP/1.1\r\nHost: x\r\n\r\n".to_owned(),
            "GET /v1/units/单位 HTTP/1.1\r\nHost: x\r\n\r\n".to_owned(),
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(),
            "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\u{fc}\u{3}\u{3}\r\n\r\n".to_owned(),
            "GET /livez HTTP/1.1\r\nHost: x\r\nBad Header: y\r\n\r\n".to_owned(),
            "GET /livez HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n".to_owned(),
            "GET /livez HTTP/1.1\r\nHost: x\r\nX: a\r\n folded\r\n\r\n".to_owned(),
            "POST /v1/units HTTP/1.1\r\nHost: x\r\nContent-Length: -2\r\n\r\n{}".to_owned(),
            "POST /v1/units HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n{}".to_owned(),
            "POST /v1/units HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{} ".to_owned(),
            "POST /v1/units HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n".to_owned(),
            "POST /v1/units HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n{}".to_owned(),
            format!("GET /{long} HTTP/1.1\r\nHost: x\r\n\r\n"),
            format!("GET /livez HTTP/1.1\r\nHost: x\r\n{many}\r\n"),
            format!("GET /livez HTTP/1.1\r\nHost: x\r\nX: {long}\r\n\r\n"),
        ];
        for request in requests {
            let line = status_line(town, &request);
            let shown = &request[..request.len().min(60)];
            // Hung up on before a word, or told that it is the client's fault.
            assert!(line.is_empty() || line.starts_with("HTTP/1.1 4"), "{shown:?}: {line}");
            town.app.get("/livez", "none").ok();
        }
    });
}

#[test]
fn a_body_that_breaks_off_is_refused() {
    unmoved("bad-chunks", |town, cases| {
        let units = case(cases, "POST /v1/units");
        let head = format!(
            "POST /v1/units HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n",
            units.ask.token
        );
        let chunked = format!("{head}Transfer-Encoding: chunked\r\n\r\n");
        for (body, code) in [
            (format!("{chunked}zz\r\n{{}}\r\n0\r\n\r\n"), "body_unreadable"),
            (format!("{chunked}2\r\n{{}}zz\r\n0\r\n\r\n"), "body_unreadable"),
            (format!("{head}Content-Length: 1000000000000\r\n\r\n{{"), "body_too_large"),
        ] {
            let answer = town.app.wire(body.as_bytes());
            assert!(answer.contains(code), "{body}: {answer}");
            assert!(first_line(&answer).starts_with("HTTP/1.1 4"), "{answer}");
        }
    });
}

#[test]
fn garbage_behind_a_request_does_not_harm_it() {
    unmoved("bad-pipeline", |town, _| {
        let answer = town.app.wire(b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n\0\xff garbage\r\n\r\n");
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
        assert!(answer.contains("HTTP/1.1 400 "), "{answer}");
        // What follows a refused body is no request of its own.
        let smuggled = b"POST /v1/units HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 45\r\n\r\n\
                         GET /v1/auth/jwks HTTP/1.1\r\nHost: x\r\n\r\n    \
                         GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        let answer = town.app.wire(smuggled);
        assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");
        assert!(!answer.contains("kty"), "a body was taken for a request: {answer}");
    });
}
