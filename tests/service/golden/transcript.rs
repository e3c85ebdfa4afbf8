//! Requests with what was answered, to be sent again to a later program.

use crate::support::http::{Answer, App};
use chrono::Duration;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::cell::RefCell;

/// Who sends a request.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Caller {
    Operator { id: String, role: String, unit: Option<String> },
    Volunteer { id: String },
    Nobody,
}

impl Caller {
    /// An access token of the service that is called.
    fn token(&self, app: &App) -> Option<String> {
        match self {
            Self::Operator { id, role, unit } => Some(app.operator_token(id, role, unit.as_deref())),
            Self::Volunteer { id } => Some(app.volunteer_token(id)),
            Self::Nobody => None,
        }
    }
}

/// A request and its answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Exchange {
    pub caller: Caller,
    pub method: String,
    pub path: String,
    /// The Idempotency-Key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub if_match: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    pub status: u16,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// The body, byte for byte.
    pub answer: String,
}

impl Exchange {
    fn new(caller: &Caller, method: &str, path: &str) -> Self {
        Self {
            caller: caller.clone(),
            method: method.to_owned(),
            path: path.to_owned(),
            key: None,
            if_match: None,
            body: None,
            status: 0,
            etag: None,
            location: None,
            answer: String::new(),
        }
    }

    /// Something that is asked for.
    pub fn read(app: &App, caller: &Caller, path: &str) -> Self {
        Self::new(caller, "GET", path).answered(app)
    }

    /// The same request with what this service answers.
    pub fn answered(&self, app: &App) -> Self {
        let answer = self.send(app);
        let header = |name: &str| answer.headers.get(name).map(|value| value.to_str().unwrap().to_owned());
        Self {
            status: answer.status,
            etag: header("etag"),
            location: header("location"),
            answer: answer.text,
            ..self.clone()
        }
    }

    fn send(&self, app: &App) -> Answer {
        let mut call = app.call(&self.method, &self.path);
        if let Some(token) = self.caller.token(app) {
            call = call.token(&token);
        }
        if let Some(key) = &self.key {
            call = call.key(key);
        }
        if let Some(version) = &self.if_match {
            call = call.header("If-Match", version);
        }
        match &self.body {
            Some(body) => call.header("Content-Type", "application/json").bytes(body.as_str()).send(),
            None => call.send(),
        }
    }

    /// The body as JSON; a text, where it is something else.
    pub fn value(&self) -> Value {
        serde_json::from_str(&self.answer).unwrap_or_else(|_| json!(self.answer))
    }
}

/// Sends requests and writes down what was answered. A minute passes before each that changes something.
pub struct Transcript<'a> {
    pub app: &'a App,
    /// Begins the name of each request.
    name: &'static str,
    pub exchanges: RefCell<Vec<Exchange>>,
}

impl<'a> Transcript<'a> {
    pub fn of(app: &'a App, name: &'static str) -> Self {
        Self { app, name, exchanges: RefCell::default() }
    }

    /// Has something done under a key of its own.
    #[track_caller]
    pub fn post(&self, caller: &Caller, path: &str, body: Value) -> Value {
        let key = format!("{}-{}", self.name, self.exchanges.borrow().len() + 1);
        self.change(Exchange {
            key: Some(key),
            body: Some(body.to_string()),
            ..Exchange::new(caller, "POST", path)
        })
    }

    /// Has something ended in whatever version it has, under a key of its own.
    #[track_caller]
    pub fn close(&self, caller: &Caller, path: &str, body: Value) -> Value {
        let key = format!("{}-{}", self.name, self.exchanges.borrow().len() + 1);
        self.change(Exchange {
            key: Some(key),
            if_match: Some("*".to_owned()),
            body: Some(body.to_string()),
            ..Exchange::new(caller, "POST", path)
        })
    }

    /// Replaces something in whatever version it has.
    #[track_caller]
    pub fn put(&self, caller: &Caller, path: &str, body: Value) -> Value {
        let if_match = Some("*".to_owned());
        self.change(Exchange { if_match, body: Some(body.to_string()), ..Exchange::new(caller, "PUT", path) })
    }

    #[track_caller]
    fn change(&self, request: Exchange) -> Value {
        self.app.clock.advance(Duration::minutes(1));
        let exchange = request.answered(self.app);
        assert!(exchange.status < 300, "{} {}: {}", exchange.method, exchange.path, exchange.answer);
        let value = exchange.value();
        self.exchanges.borrow_mut().push(exchange);
        value
    }

    /// Asks for something, without writing it down.
    #[track_caller]
    pub fn get(&self, caller: &Caller, path: &str) -> Value {
        let exchange = Exchange::read(self.app, caller, path);
        assert_eq!(exchange.status, 200, "{path}: {}", exchange.answer);
        exchange.value()
    }
}
