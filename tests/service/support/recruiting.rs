//! An activity that recruits: Saturday morning, 21 November 2026, at the lake.

use super::http::{Answer, id};
use super::town::{Town, Volunteer, merged};
use serde_json::{Value, json};

/// What recruitment has to tell.
pub fn told() -> Value {
    json!({
        "content": "湖边捡拾垃圾", "risks": "湖边湿滑", "safeguards": "统一投保，配发救生衣",
        "contact": "团委办公室 0375-2900000",
    })
}

impl Town<'_> {
    /// An activity of the school that recruits, from nine to twelve on Saturday; its id.
    pub fn recruiting(&self, other: Value) -> String {
        let window = json!({ "start": "2026-11-21T09:00:00+08:00", "end": "2026-11-21T12:00:00+08:00" });
        let usual = json!({ "place": "白龟湖", "window": window, "recruitment": told() });
        self.activity_of(&self.school, merged(usual, other))
    }

    /// A position of so many places in an activity; its id.
    pub fn position(&self, activity: &str, places: u32, other: Value) -> String {
        id(&self
            .add_position(activity, merged(json!({ "name": "捡拾组", "places": places }), other))
            .created())
    }

    /// Adds a position to an activity.
    pub fn add_position(&self, activity: &str, position: Value) -> Answer {
        self.app.post(&format!("/v1/activities/{activity}/positions"), &self.coordinator, position)
    }

    /// The volunteer takes a place, or waits.
    pub fn enrol(&self, volunteer: &Volunteer, position: &str, other: Value) -> Answer {
        self.app.post(&format!("/v1/positions/{position}/enrolments"), &volunteer.token, other)
    }

    /// Something is done with an enrolment.
    pub fn on_enrolment(&self, token: &str, enrolment: &str, what: &str, body: Value) -> Answer {
        self.app.post(&format!("/v1/enrolments/{enrolment}/{what}"), token, body)
    }

    /// An enrolment as the coordinator sees it.
    pub fn enrolment(&self, enrolment: &str) -> Value {
        self.app.get(&format!("/v1/enrolments/{enrolment}"), &self.coordinator).ok()
    }

    /// The code that an activity shows now.
    pub fn wall_code(&self, activity: &str, direction: &str) -> String {
        let path = format!("/v1/activities/{activity}/check-code?direction={direction}");
        self.app.get(&path, &self.coordinator).ok()["code"].as_str().unwrap().to_owned()
    }

    /// The volunteer scans a code, to come or to go.
    pub fn check(&self, volunteer: &Volunteer, direction: &str, code: &str) -> Answer {
        self.app.post(&format!("/v1/check-{direction}s"), &volunteer.token, json!({ "code": code }))
    }
}
