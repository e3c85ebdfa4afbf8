//! Trainings (培训): entered, corrected and voided by the office, apart from service.

use crate::support::http::{Answer, id};
use crate::support::town::{Town, Volunteer, each_town, merged};
use hourbook::domain::ids::{Seq, TrainingId};
use hourbook::store::sql::Sql;
use serde_json::{Value, json};

fn terms(other: Value) -> Value {
    let usual = json!({
        "course": "急救培训", "organiser": "市红十字会", "result": "合格", "minutes": 480,
        "first_day": "2026-11-14", "last_day": "2026-11-15",
    });
    merged(usual, other)
}

fn enter(town: &Town, token: &str, volunteer: &Volunteer, other: Value) -> Answer {
    let training = merged(terms(other), json!({ "volunteer": volunteer.id }));
    town.app.post("/v1/trainings", token, training)
}

fn correct(town: &Town, token: &str, training: &str, other: Value) -> Answer {
    let said = merged(terms(other), json!({ "reason": "日期有误" }));
    town.app.put(&format!("/v1/trainings/{training}"), token, "*", said)
}

fn void(town: &Town, token: &str, training: &str) -> Answer {
    town.app.post(&format!("/v1/trainings/{training}/void"), token, json!({ "reason": "录错了人" }))
}

fn shown(town: &Town, token: &str, training: &str) -> Value {
    town.app.get(&format!("/v1/trainings/{training}"), token).ok()
}

#[test]
fn the_office_enters_corrects_and_voids_and_the_volunteer_sees_it() {
    each_town("trainings", |town| {
        let (volunteer, other) = (town.volunteer(), town.volunteer());
        let made = enter(town, &town.coordinator, &volunteer, json!({})).created();
        assert!(made.get("course").is_none(), "answers that are kept hold nobody's words");
        let training = id(&made);
        let seen = shown(town, &volunteer.token, &training);
        assert_eq!(
            (&seen["course"], &seen["organiser"], &seen["result"]),
            (&json!("急救培训"), &json!("市红十字会"), &json!("合格"))
        );
        assert_eq!((&seen["minutes"], &seen["voided_at"]), (&json!(480), &Value::Null));

        let corrected =
            correct(town, &town.coordinator, &training, json!({ "last_day": "2026-11-14", "result": null }))
                .ok();
        assert_ne!(corrected["version"], made["version"]);
        let seen = shown(town, &volunteer.token, &training);
        assert_eq!((&seen["last_day"], &seen["result"]), (&json!("2026-11-14"), &Value::Null));
        town.app
            .put(
                &format!("/v1/trainings/{training}"),
                &town.coordinator,
                "\"1\"",
                merged(terms(json!({})), json!({ "reason": "再改" })),
            )
            .refused(412, "version_stale");

        void(town, &town.coordinator, &training).ok();
        assert_ne!(shown(town, &volunteer.token, &training)["voided_at"], Value::Null);
        void(town, &town.coordinator, &training).refused(409, "training_voided");
        correct(town, &town.coordinator, &training, json!({})).refused(409, "training_voided");

        for (token, sees) in
            [(&volunteer.token, 1), (&town.auditor, 1), (&other.token, 0), (&town.other_coordinator, 0)]
        {
            assert_eq!(town.app.all_pages("/v1/trainings", token, 10).len(), sees);
        }
        town.app.get(&format!("/v1/trainings/{training}"), &other.token).refused(404, "training_not_found");
        town.app.assert_verified();
    });
}

#[test]
fn what_cannot_be_and_what_is_not_ones_own_to_say_is_refused() {
    each_town("trainings-refused", |town| {
        let volunteer = town.volunteer();
        let ask = |token: &str, other: Value| enter(town, token, &volunteer, other);
        ask(&volunteer.token, json!({})).refused(403, "not_permitted");
        ask(&town.other_coordinator, json!({})).refused(403, "outside_unit");
        let invalid = |other: Value| ask(&town.coordinator, other);
        invalid(json!({ "first_day": "2026-11-16" })).refused(422, "training_dates_invalid");
        invalid(json!({ "last_day": "2027-01-01" })).refused(422, "training_dates_invalid");
        invalid(json!({ "minutes": 2881 })).refused(422, "training_minutes_invalid");
        let problem = invalid(json!({ "minutes": 2881 })).refused(422, "training_minutes_invalid");
        assert_eq!(problem["field"], "/minutes");
        let as_volunteer = json!({ "volunteer": volunteer.id });
        let (_, own) = town.operator_with("coordinator", &town.school, as_volunteer);
        ask(&own, json!({})).refused(422, "training_of_own");
        void(town, &town.coordinator, &TrainingId::new(Seq(99_999)).to_string())
            .refused(404, "training_not_found");
    });
}

#[test]
fn a_training_is_in_no_total_but_on_the_certificates_second_part() {
    each_town("trainings-certified", |town| {
        let volunteer = town.volunteer();
        town.serve(&volunteer, "18T09:00", "18T10:00");
        let totals = || town.app.get("/v1/totals/minutes", &town.auditor).ok();
        let before = totals()["items"].clone();
        enter(town, &town.coordinator, &volunteer, json!({})).created();
        let voided = id(&enter(town, &town.coordinator, &volunteer, json!({ "course": "重复" })).created());
        void(town, &town.coordinator, &voided).ok();
        assert_eq!(totals()["items"], before);

        let certificate = town.certify(&volunteer);
        let content =
            town.app.get(&format!("/v1/certificates/{}", certificate.id), &volunteer.token).ok()["content"]
                .clone();
        assert_eq!(
            content["mentions"],
            json!([{
                "kind": "training", "title": "急救培训", "by": "市红十字会", "minutes": 480, "result": "合格",
                "first_day": "2026-11-14", "last_day": "2026-11-15",
            }])
        );
        assert_eq!(content["programmes"].as_array().unwrap().len(), 1);
    });
}

#[test]
fn its_words_go_with_the_person_and_the_figures_stay() {
    each_town("trainings-erased", |town| {
        let volunteer = town.volunteer();
        let training = id(&enter(town, &town.coordinator, &volunteer, json!({})).created());
        correct(town, &town.coordinator, &training, json!({ "course": "急救员培训" })).ok();
        town.leave(&volunteer);
        let seen = shown(town, &town.auditor, &training);
        assert_eq!(
            (&seen["course"], &seen["organiser"], &seen["result"]),
            (&Value::Null, &Value::Null, &Value::Null)
        );
        assert_eq!(seen["minutes"], 480);
        let words = "SELECT COUNT(*) FROM notes WHERE note IN ('急救培训', '急救员培训', '市红十字会', '合格', '日期有误')";
        assert_eq!(town.app.db().number(Sql::new(words)).unwrap(), Some(0));
        void(town, &town.coordinator, &training).refused(409, "volunteer_closed");
        town.app.assert_verified();
    });
}
