//! Logging in, and what follows from it.

use super::http::{Answer, App};
use super::town::Town;
use serde_json::{Value, json};

/// A password that is taken.
pub const PASSWORD: &str = "correct horse 电池";

/// Appoints a coordinator of the school with [`PASSWORD`], and logs in: id and tokens.
pub fn coordinator(town: &Town, login: &str) -> (String, Value) {
    let particulars = json!({ "login": login, "password": PASSWORD });
    let (operator, _) = town.operator_with("coordinator", &town.school, particulars);
    (operator, log_in(town.app, login, PASSWORD).ok())
}

pub fn log_in(app: &App, login: &str, password: &str) -> Answer {
    app.post("/v1/auth/login", "", json!({ "login": login, "password": password }))
}

pub fn refresh(app: &App, tokens: &Value) -> Answer {
    app.post("/v1/auth/refresh", "", json!({ "refresh_token": tokens["refresh_token"] }))
}

pub fn log_out(app: &App, tokens: &Value) {
    app.post("/v1/auth/logout", "", json!({ "refresh_token": tokens["refresh_token"] })).expect(204);
}

/// The access token.
pub fn access(tokens: &Value) -> &str {
    tokens["access_token"].as_str().unwrap()
}
