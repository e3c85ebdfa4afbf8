//! The contract, openapi.yaml: what it once promised, it still promises.

use crate::golden::set::lines_of_all;
use crate::support::operations::{Operation, Things, operations, specification};
use crate::support::schemas::assert_fits;
use crate::support::town::{Town, each_town};
use hourbook::domain::Event;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// A line an operation: its name, its parameters (`?` where they may be left out), its statuses, each with
/// its codes. What is here may be added to, and is taken off only on purpose.
const PROMISED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/contract.txt");

/// What was taken back on purpose: who somebody is, is no longer said in one piece with how they are reached.
const GONE: [&str; 1] = ["PUT /v1/volunteers/{id}"];
/// Refusals that an operation gives no more: what a coordinator asks for is a proposal, and needs no consent to be named.
const REFUSED_NO_MORE: [(&str, &str); 1] = [("POST /v1/transfers", "transfer_consent_missing")];
/// What has to be said since: nobody is erased by a slip.
const REQUIRED_SINCE: [(&str, &str); 1] = [("POST /v1/volunteers/{id}/close", "If-Match")];

/// An operation as it was promised.
struct Promise<'t> {
    name: &'t str,
    parameters: BTreeSet<&'t str>,
    answers: BTreeMap<u16, BTreeSet<&'t str>>,
}

fn promise(line: &str) -> Promise<'_> {
    let mut parts = line.split(" | ");
    let name = parts.next().unwrap();
    let parameters = parts.next().unwrap().split(' ').filter(|name| *name != "-").collect();
    Promise { name, parameters, answers: parts.map(answer).collect() }
}

fn answer(part: &str) -> (u16, BTreeSet<&str>) {
    let (status, codes) = part.split_once(' ').unwrap_or((part, ""));
    (status.parse().unwrap(), codes.split_whitespace().collect())
}

#[test]
fn no_operation_lost_a_parameter_a_status_or_a_code() {
    let operations = operations();
    let known: BTreeMap<String, &Operation> =
        operations.iter().map(|operation| (operation.name(), operation)).collect();
    let mut codes_seen = 0;
    let promised = fs::read_to_string(PROMISED).unwrap();
    let kept = promised.lines().map(promise).filter(|promise| !GONE.contains(&promise.name));
    for Promise { name, parameters, answers } in kept {
        let operation = known.get(name).unwrap_or_else(|| panic!("{name} is gone"));
        for parameter in &operation.parameters {
            let is_new = !parameters.iter().any(|promised| promised.trim_end_matches('?') == parameter.name);
            let was_optional = parameters.contains(format!("{}?", parameter.name).as_str());
            assert!(
                !parameter.is_required
                    || !(is_new || was_optional)
                    || REQUIRED_SINCE.contains(&(name, parameter.name.as_str())),
                "{name}: {} is required now",
                parameter.name
            );
        }
        for parameter in parameters {
            let takes = |known: &str| operation.parameters.iter().any(|parameter| parameter.name == known);
            assert!(takes(parameter.trim_end_matches('?')), "{name} takes no {parameter} any more");
        }
        for (status, codes) in answers {
            let told =
                operation.answers.get(&status).unwrap_or_else(|| panic!("{name} tells of no {status}"));
            for code in codes {
                let is_gone = REFUSED_NO_MORE.contains(&(name, code));
                assert!(told.contains(code) || is_gone, "{name} tells of no {status} {code}");
                codes_seen += 1;
            }
        }
    }
    assert!(codes_seen > 1_500, "only {codes_seen} codes: the check has gone blind");
}

#[test]
fn the_specification_stays_small() {
    let bytes = fs::metadata(concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.yaml")).unwrap().len();
    assert!(bytes <= 700_000, "openapi.yaml has {bytes} bytes");
}

#[test]
fn every_body_that_is_shown_as_an_example_is_taken() {
    each_town("contract-examples", |town| {
        let things = Things::make(town);
        let mut operations = operations();
        operations.sort_by_key(turn);
        let (mut taken, mut refused) = (0, Vec::new());
        for operation in operations {
            let Some(example) = &operation.example else { continue };
            let mut ask = things.ask(&operation);
            ask.body = Some(match operation.path.as_str() {
                "/v1/auth/refresh" | "/v1/auth/logout" => json!({ "refresh_token": refresh_token(town) }),
                // Which password, code or message is good is of each world; how they are written is the example's.
                "/v1/me/password"
                | "/v1/auth/password"
                | "/v1/auth/activation"
                | "/v1/auth/bindings"
                | "/v1/me/messages/read"
                | "/v1/applications"
                | "/v1/applications/withdraw"
                | "/v1/applications/{id}/confirm" => ask.body.clone().unwrap(),
                // So are check codes, and times of what is on now.
                path if is_of_the_moment(path) => ask.body.clone().unwrap(),
                _ => with_ids(example, ask.body.as_ref(), &things),
            });
            let answer = ask.send_as(town.app, Some(&ask.token));
            operation.assert_tells_of(&answer);
            if answer.status < 300 {
                taken += 1;
            } else {
                refused.push(format!("{}: {:?}: {}", operation.name(), ask.body, answer.text));
            }
        }
        assert!(refused.is_empty(), "{}", refused.join("\n"));
        assert!(taken > 50, "only {taken} examples");
    });
}

fn is_of_the_moment(path: &str) -> bool {
    path.starts_with("/v1/check-") || path.ends_with("/scans") || path.ends_with("/complete")
}

/// When an example's turn is: who logs in has been appointed before, and what comes after a notice policy is not
/// credited at once any more.
fn turn(operation: &Operation) -> u8 {
    match operation.path.as_str() {
        path if path.ends_with("/notice-policy") => 2,
        path if path.starts_with("/v1/auth/") => 1,
        _ => 0,
    }
}

/// Of the operator whom the examples appoint and log in.
fn refresh_token(town: &Town) -> Value {
    let login = operations().into_iter().find(|operation| operation.path == "/v1/auth/login").unwrap();
    town.app.call("POST", &login.path).json(login.example.unwrap()).send().ok()["refresh_token"].clone()
}

/// The example with ids of what there is: those that a request is known to take, or else any of the kind. A
/// code to pick up by goes with its redemption, and points with who would lose them.
fn with_ids(example: &Value, known: Option<&Value>, things: &Things) -> Value {
    match example {
        Value::Object(members) => {
            let member = |(name, value): (&String, &Value)| {
                let known = known.and_then(|known| known.get(name));
                let is_told = ["pickup_code", "forfeits_points"].contains(&name.as_str());
                (name.clone(), if is_told { known.unwrap().clone() } else { with_ids(value, known, things) })
            };
            members.iter().map(member).collect()
        }
        Value::Array(items) => {
            let item = |(at, item)| with_ids(item, known.and_then(|known| known.get(at)), things);
            items.iter().enumerate().map(item).collect()
        }
        Value::String(text) if is_id(text) => known.cloned().unwrap_or_else(|| {
            let ids = [&things.town.school, &things.volunteer.id, &things.programme, &things.town.activity];
            let of_kind = ids.into_iter().find(|id| id[14..18] == text[14..18]);
            json!(of_kind.unwrap_or_else(|| panic!("nothing is of the kind of {text}")))
        }),
        other => other.clone(),
    }
}

/// A text that names something: the kind stands in its third group.
fn is_id(text: &str) -> bool {
    text.len() == 36 && text.bytes().filter(|byte| *byte == b'-').count() == 4
}

#[test]
fn every_event_of_the_journal_is_as_its_kind_is_described() {
    let mut kinds = BTreeSet::new();
    for line in lines_of_all("entries.txt") {
        let (_, canonical) = line.split_once("  ").unwrap();
        let event = &serde_json::from_str::<Value>(canonical).unwrap()["event"];
        let kind = event["kind"].as_str().unwrap();
        assert_fits(&format!("/components/schemas/{kind}"), event, kind);
        let described = &specification()["components"]["schemas"][kind]["properties"];
        for member in event.as_object().unwrap().keys() {
            assert!(described.get(member).is_some(), "nothing tells of {member} of {kind}");
        }
        kinds.insert(kind.to_owned());
    }
    assert_eq!(kinds, Event::kinds().map(str::to_owned).collect());
}
