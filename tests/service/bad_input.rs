//! Nothing that a client sends is a fault of the service's, and nothing of it changes anything: each
//! is refused with a problem that has its own code and names what is at fault.
//!
//! - [`bodies`]: what is no JSON, or JSON of another shape; [`values`]: members with impossible values.
//! - [`parameters`]: queries, cursors, ids in paths; [`headers`]: keys, versions, content types.
//! - [`protocol`]: paths and methods that there are not, and bytes that are no HTTP.
//! - [`fuzz`]: all of it at random, on every operation.

mod bodies;
mod fuzz;
mod headers;
mod parameters;
mod protocol;
mod values;

use crate::support::http::{Answer, App};
use crate::support::operations::{Ask, Operation, Things, head, operations};
use crate::support::town::{Town, each_town};
use serde_json::Value;

/// An operation, and a request that it would take.
struct Case {
    operation: Operation,
    ask: Ask,
}

/// Runs a case, which must leave the journal as it was.
fn unmoved(label: &str, case: impl Fn(&Town, &[Case])) {
    each_town(label, |town| {
        let things = Things::make(town);
        let ask = |operation| Case { ask: things.ask(&operation), operation };
        let cases: Vec<Case> = operations().into_iter().map(ask).collect();
        let before = head(town.app);
        case(town, &cases);
        assert_eq!(head(town.app), before, "something was changed");
    });
}

/// The request of an operation, as in `"POST /v1/units"`.
fn case<'c>(cases: &'c [Case], name: &str) -> &'c Case {
    cases.iter().find(|case| case.operation.name() == name).unwrap_or_else(|| panic!("no operation {name}"))
}

impl Case {
    /// Sends the request with another body.
    fn with_body(&self, app: &App, body: Value) -> Answer {
        Ask { body: Some(body), ..self.ask.clone() }.send_as(app, Some(&self.ask.token))
    }

    /// Sends the request with bytes in place of its body.
    fn with_bytes(&self, app: &App, body: impl Into<Vec<u8>>) -> Answer {
        self.call(app).header("Content-Type", "application/json").bytes(body).send()
    }

    /// The request without its body, to be made up further.
    fn call<'a>(&self, app: &'a App) -> crate::support::http::Call<'a> {
        let call = app.call(&self.ask.method, &self.ask.path).token(&self.ask.token);
        match self.ask.if_match {
            Some(version) => call.header("If-Match", version),
            None => call,
        }
    }

    /// Demands this refusal, and that the specification tells of it.
    #[track_caller]
    fn assert_refused(&self, answer: Answer, status: u16, code: &str) -> Value {
        self.operation.assert_tells_of(&answer);
        let is_so = answer.status == status && answer.body["code"] == code;
        assert!(is_so, "{}: {}", answer.asked, answer.text);
        answer.refused(status, code)
    }

    /// Demands this refusal, which names what is at fault.
    #[track_caller]
    fn assert_at_fault(&self, answer: Answer, status: u16, code: &str, field: &str) {
        let problem = self.assert_refused(answer, status, code);
        assert_eq!(problem["field"], field, "{}: {problem}", self.operation.name());
    }
}

/// The pointers to all members of a body, each with the value that it has; the body's own is empty.
fn members(body: &Value) -> Vec<(String, &Value)> {
    let below = |(pointer, value)| {
        let within = members(value).into_iter();
        within.map(move |(rest, value)| (format!("{pointer}{rest}"), value)).collect::<Vec<_>>()
    };
    let mut found = vec![(String::new(), body)];
    match body {
        Value::Object(object) => {
            found.extend(object.iter().map(|(name, value)| (format!("/{name}"), value)).flat_map(below));
        }
        Value::Array(items) => {
            let items = items.iter().enumerate();
            found.extend(items.map(|(index, value)| (format!("/{index}"), value)).flat_map(below));
        }
        _ => {}
    }
    found
}

/// The body with another value at a pointer.
fn replaced(body: &Value, pointer: &str, value: Value) -> Value {
    let mut body = body.clone();
    *body.pointer_mut(pointer).unwrap() = value;
    body
}

fn is_id(text: &str) -> bool {
    text.len() == 36 && text.bytes().filter(|byte| *byte == b'-').count() == 4
}

/// The id of something of another kind: the kind stands in the third group.
fn another_kind<'t>(town: &'t Town, id: &str) -> &'t str {
    if id[14..18] == town.school[14..18] { &town.activity } else { &town.school }
}
