//! Honours (表彰): entered, corrected and voided by the office, apart from service.

use crate::support::http::{Answer, id};
use crate::support::town::{Town, Volunteer, each_town, merged};
use hourbook::domain::ids::{HonourId, Seq};
use hourbook::store::sql::Sql;
use serde_json::{Value, json};

fn terms(other: Value) -> Value {
    let usual = json!({
        "title": "优秀志愿者", "giver": "市文明办", "day": "2026-11-14",
    });
    merged(usual, other)
}

fn enter(town: &Town, token: &str, volunteer: &Volunteer, other: Value) -> Answer {
    let honour = merged(terms(other), json!({ "volunteer": volunteer.id }));
    town.app.post("/v1/honours", token, honour)
}

fn correct(town: &Town, token: &str, honour: &str, other: Value) -> Answer {
    let said = merged(terms(other), json!({ "reason": "日期有误" }));
    town.app.put(&format!("/v1/honours/{honour}"), token, "*", said)
}

fn void(town: &Town, token: &str, honour: &str) -> Answer {
    town.app.post(&format!("/v1/honours/{honour}/void"), token, json!({ "reason": "录错了人" }))
}

fn shown(town: &Town, token: &str, honour: &str) -> Value {
    town.app.get(&format!("/v1/honours/{honour}"), token).ok()
}

#[test]
fn the_office_enters_corrects_and_voids_and_the_volunteer_sees_it() {
    each_town("honours", |town| {
        let (volunteer, other) = (town.volunteer(), town.volunteer());
        let made = enter(town, &town.coordinator, &volunteer, json!({})).created();
        assert!(made.get("title").is_none(), "answers that are kept hold nobody's words");
        let honour = id(&made);
        let seen = shown(town, &volunteer.token, &honour);
        assert_eq!((&seen["title"], &seen["giver"]), (&json!("优秀志愿者"), &json!("市文明办")));
        assert_eq!((&seen["day"], &seen["voided_at"]), (&json!("2026-11-14"), &Value::Null));

        let corrected = correct(
            town,
            &town.coordinator,
            &honour,
            json!({ "day": "2026-11-13", "giver": "市教育体育局" }),
        )
        .ok();
        assert_ne!(corrected["version"], made["version"]);
        let seen = shown(town, &volunteer.token, &honour);
        assert_eq!((&seen["day"], &seen["giver"]), (&json!("2026-11-13"), &json!("市教育体育局")));
        town.app
            .put(
                &format!("/v1/honours/{honour}"),
                &town.coordinator,
                "\"1\"",
                merged(terms(json!({})), json!({ "reason": "再改" })),
            )
            .refused(412, "version_stale");

        void(town, &town.coordinator, &honour).ok();
        assert_ne!(shown(town, &volunteer.token, &honour)["voided_at"], Value::Null);
        void(town, &town.coordinator, &honour).refused(409, "honour_voided");
        correct(town, &town.coordinator, &honour, json!({})).refused(409, "honour_voided");

        for (token, sees) in
            [(&volunteer.token, 1), (&town.auditor, 1), (&other.token, 0), (&town.other_coordinator, 0)]
        {
            assert_eq!(town.app.all_pages("/v1/honours", token, 10).len(), sees);
        }
        town.app.get(&format!("/v1/honours/{honour}"), &other.token).refused(404, "honour_not_found");
        town.app.assert_verified();
    });
}

#[test]
fn what_cannot_be_and_what_is_not_ones_own_to_say_is_refused() {
    each_town("honours-refused", |town| {
        let volunteer = town.volunteer();
        let ask = |token: &str, other: Value| enter(town, token, &volunteer, other);
        ask(&volunteer.token, json!({})).refused(403, "not_permitted");
        ask(&town.other_coordinator, json!({})).refused(403, "outside_unit");
        let problem = ask(&town.coordinator, json!({ "day": "2027-01-01" })).refused(422, "honour_in_future");
        assert_eq!(problem["field"], "/day");
        let as_volunteer = json!({ "volunteer": volunteer.id });
        let (_, own) = town.operator_with("coordinator", &town.school, as_volunteer);
        ask(&own, json!({})).refused(422, "honour_of_own");
        void(town, &town.coordinator, &HonourId::new(Seq(99_999)).to_string())
            .refused(404, "honour_not_found");
    });
}

#[test]
fn an_honour_is_on_the_certificates_second_part() {
    each_town("honours-certified", |town| {
        let volunteer = town.volunteer();
        town.serve(&volunteer, "18T09:00", "18T10:00");
        enter(town, &town.coordinator, &volunteer, json!({})).created();
        let voided = id(&enter(town, &town.coordinator, &volunteer, json!({ "title": "重复" })).created());
        void(town, &town.coordinator, &voided).ok();

        let certificate = town.certify(&volunteer);
        let content =
            town.app.get(&format!("/v1/certificates/{}", certificate.id), &volunteer.token).ok()["content"]
                .clone();
        assert_eq!(
            content["mentions"],
            json!([{
                "kind": "honour", "title": "优秀志愿者", "by": "市文明办", "minutes": null, "result": null,
                "first_day": "2026-11-14", "last_day": "2026-11-14",
            }])
        );
        assert_eq!(content["programmes"].as_array().unwrap().len(), 1);
    });
}

#[test]
fn its_words_go_with_the_person_and_the_day_stays() {
    each_town("honours-erased", |town| {
        let volunteer = town.volunteer();
        let honour = id(&enter(town, &town.coordinator, &volunteer, json!({})).created());
        correct(town, &town.coordinator, &honour, json!({ "title": "最美志愿者" })).ok();
        town.leave(&volunteer);
        let seen = shown(town, &town.auditor, &honour);
        assert_eq!((&seen["title"], &seen["giver"]), (&Value::Null, &Value::Null));
        assert_eq!(seen["day"], "2026-11-14");
        let words =
            "SELECT COUNT(*) FROM notes WHERE note IN ('优秀志愿者', '最美志愿者', '市文明办', '日期有误')";
        assert_eq!(town.app.db().number(Sql::new(words)).unwrap(), Some(0));
        void(town, &town.coordinator, &honour).refused(409, "volunteer_closed");
        town.app.assert_verified();
    });
}
