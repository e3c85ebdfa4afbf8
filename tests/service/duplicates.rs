//! One person under two documents (疑似重复): asked about on registering, and found by auditors.

use crate::support::http::{Answer, id};
use crate::support::town::{Town, each_town, merged};
use serde_json::{Value, json};

/// A person, with another document than the one before.
fn again(town: &Town, person: &Value, other: Value) -> Value {
    merged(merged(person.clone(), json!({ "document": town.person()["document"] })), other)
}

fn register(town: &Town, token: &str, unit: &str, person: &Value) -> Answer {
    town.app.post("/v1/volunteers", token, merged(person.clone(), json!({ "unit": unit })))
}

fn found(town: &Town, token: &str, query: &str) -> Vec<Value> {
    let mut findings = town.app.get(&format!("/v1/findings?{query}"), token).ok();
    let mut found: Vec<Value> = serde_json::from_value(findings["items"].take()).unwrap();
    found.retain(|finding| finding["rule"] == "possible_duplicate");
    found
}

#[test]
fn who_is_like_somebody_registered_is_asked_about() {
    each_town("duplicates-asked", |town| {
        let person = town.person();
        let one = id(&register(town, &town.coordinator, &town.school, &person).created());
        let passport = again(town, &person, json!({}));
        let asked = |token: &str, unit: &str, person: &Value| {
            register(town, token, unit, person).refused(409, "person_may_be_registered")
        };
        assert_eq!(asked(&town.coordinator, &town.school, &passport)["volunteers"], json!([one]));
        assert_eq!(
            asked(&town.district_coordinator, &town.other_school, &passport)["volunteers"],
            json!([one])
        );
        // Another school is asked, and not told who that is or where.
        let problem = asked(&town.other_coordinator, &town.other_school, &passport);
        assert_eq!(problem.get("volunteers"), None);
        assert!(!problem.to_string().contains(&one), "{problem}");
        // Written otherwise, it is the same name.
        let name = json!({ "name": "王　小明" });
        asked(&town.coordinator, &town.school, &again(town, &person, name));
        town.app.post(&format!("/v1/volunteers/{one}/deactivate"), &town.coordinator, json!({})).ok();
        asked(&town.coordinator, &town.school, &passport);

        for other in [json!({ "mobile": "13977700009" }), json!({ "birth_date": "1990-05-21" })] {
            register(town, &town.coordinator, &town.school, &again(town, &person, other)).created();
        }
    });
}

#[test]
fn somebody_else_is_registered_with_a_reason() {
    each_town("duplicates-another", |town| {
        let person = town.person();
        register(town, &town.coordinator, &town.school, &person).created();
        let said =
            |other: Value| register(town, &town.coordinator, &town.school, &again(town, &person, other));
        assert_eq!(said(json!({ "another_person": true })).refused(422, "missing_field")["field"], "/reason");
        assert_eq!(said(json!({ "reason": "双胞胎" })).refused(422, "invalid_field")["field"], "/reason");
        let twin = id(&said(json!({ "another_person": true, "reason": "双胞胎，同一手机" })).created());
        let entries = town.app.all_pages("/v1/journal/entries", &town.admin, 200);
        let event =
            &entries.iter().rfind(|entry| entry["event"]["kind"] == "volunteer_registered").unwrap()["event"];
        assert_eq!(event["another_person"].as_str().map(str::len), Some(64), "{event}");
        town.app.assert_verified();
        let left = json!({ "forfeits_points": "0", "abandons_records": 0 });
        let token = town.app.volunteer_token(&twin);
        town.app
            .call("POST", &format!("/v1/volunteers/{twin}/close"))
            .token(&token)
            .header("If-Match", "*")
            .json(left)
            .send()
            .ok();
        town.app.assert_verified();
    });
}

#[test]
fn who_comes_back_beside_their_second_number_is_asked_about() {
    each_town("duplicates-back", |town| {
        let person = town.person();
        let one = id(&register(town, &town.coordinator, &town.school, &person).created());
        let one = crate::support::town::Volunteer { token: town.app.volunteer_token(&one), id: one };
        town.leave(&one);
        let passport = again(town, &person, json!({}));
        let second = id(&register(town, &town.coordinator, &town.school, &passport).created());
        assert_ne!(second, one.id);
        let problem =
            register(town, &town.coordinator, &town.school, &person).refused(409, "person_may_be_registered");
        assert_eq!(problem["volunteers"], json!([second]));
        let reason = json!({ "another_person": true, "reason": "已核对，是两个人" });
        let back = register(town, &town.coordinator, &town.school, &merged(person, reason)).created();
        assert_eq!(back["id"], one.id);
        town.app.assert_verified();
    });
}

#[test]
fn pairs_are_found_by_who_audits_both() {
    each_town("duplicates-found", |town| {
        let auditor = town.operator("auditor", &town.district);
        let person = town.person();
        let one = id(&register(town, &town.coordinator, &town.school, &person).created());
        let contact = |volunteer: &str, mobile: &Value| {
            let contact =
                json!({ "mobile": mobile, "residence": null, "skills": [], "service_categories": [] });
            town.app.put(&format!("/v1/volunteers/{volunteer}/contact"), &town.admin, "*", contact).ok();
        };
        // Asked about on registering; what is changed afterwards is found all the same.
        let elsewhere = again(town, &person, json!({ "mobile": "13977700009" }));
        let other = id(&register(town, &town.other_coordinator, &town.other_school, &elsewhere).created());
        assert_eq!(found(town, &auditor, ""), [] as [Value; 0]);
        contact(&other, &person["mobile"]);
        let pair = found(town, &auditor, "");
        assert_eq!(pair.len(), 1, "{pair:?}");
        assert_eq!(
            (&pair[0]["subject"]["volunteer"], &pair[0]["subject"]["other_volunteer"], &pair[0]["unit"]),
            (&json!(other), &json!(one), &json!(town.other_school))
        );
        assert_eq!(found(town, &town.auditor, ""), [] as [Value; 0], "the other school is not theirs");

        let path = format!("/v1/findings/{}/dismiss", id(&pair[0]));
        town.app.post(&path, &auditor, json!({ "reason": "双胞胎" })).ok();
        assert_eq!(found(town, &auditor, ""), [] as [Value; 0]);
        assert_eq!(found(town, &auditor, "dismissed=true").len(), 1);
        contact(&other, &json!("13977700009"));
        assert_eq!(found(town, &auditor, "dismissed=true"), [] as [Value; 0]);
    });
}
