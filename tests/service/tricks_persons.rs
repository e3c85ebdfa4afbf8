//! Tricks with who somebody is: each is refused, or found.

use crate::support::http::id;
use crate::support::town::{Town, Volunteer, each_town, merged};
use serde_json::{Value, json};

fn register(town: &Town, person: &Value) -> Volunteer {
    let registration = merged(person.clone(), json!({ "unit": town.school }));
    let id = id(&town.app.post("/v1/volunteers", &town.coordinator, registration).created());
    Volunteer { token: town.app.volunteer_token(&id), id }
}

/// The volunteers of whom this rule found something, to the auditor of the school.
fn found(town: &Town, rule: &str) -> Vec<Value> {
    let findings = town.app.get("/v1/findings", &town.auditor).ok();
    let found = findings["items"].as_array().unwrap().iter().filter(|finding| finding["rule"] == rule);
    found.map(|finding| finding["subject"]["volunteer"].clone()).collect()
}

/// B8: close, register the same document, enter the same hours again.
#[test]
fn the_same_hours_do_not_count_twice_for_who_comes_back() {
    each_town("tricks-again", |town| {
        let person = town.person();
        let one = register(town, &person);
        town.serve(&one, "18T09:00", "18T17:00");
        town.leave(&one);
        let again = register(town, &person);
        assert_eq!(again.id, one.id);
        let same = town.service(&one, "18T09:00", "18T17:00");
        town.app.post("/v1/service-records", &town.coordinator, same).refused(409, "record_overlaps");
        assert_eq!(town.account(&one)["minutes"], 480);
        assert_eq!(found(town, "closed_with_hours"), [json!(one.id)]);
    });
}

/// B9: the same name, birth date and mobile with a passport; the same hours.
#[test]
fn one_person_with_two_documents_is_asked_about_found_and_merged() {
    each_town("tricks-two-documents", |town| {
        let person = town.person();
        let one = register(town, &person);
        let passport = merged(person, json!({ "document": town.person()["document"], "unit": town.school }));
        let problem = town.app.post("/v1/volunteers", &town.coordinator, passport.clone());
        let problem = problem.refused(409, "person_may_be_registered");
        assert_eq!(problem["volunteers"], json!([one.id]));
        // Who lies about it is found.
        let lie = merged(passport, json!({ "another_person": true, "reason": "同名" }));
        let second = id(&town.app.post("/v1/volunteers", &town.coordinator, lie).created());
        assert_eq!(found(town, "possible_duplicate"), [json!(second)]);
        // The same hours were entered for both: merged, it is one person, in two places at once.
        let second = Volunteer { token: town.app.volunteer_token(&second), id: second };
        let [first_hours, same_hours] =
            [&one, &second].map(|volunteer| town.serve(volunteer, "18T09:00", "18T12:00"));
        let said = json!({ "into": one.id, "reason": "同一人两份证件" });
        let asked = town.app.post(&format!("/v1/volunteers/{}/merge", second.id), &town.coordinator, said);
        let confirm = format!("/v1/merges/{}/confirm", id(&asked.created()));
        town.app.post(&confirm, &town.coordinator, json!({})).refused(403, "merge_of_own");
        town.app.post(&confirm, &town.colleague, json!({})).ok();
        assert_eq!(found(town, "possible_duplicate"), [] as [Value; 0]);
        assert_eq!(found(town, "numbers_merged"), [json!(second.id)]);
        assert_eq!(found(town, "merged_overlap"), [json!(second.id)]);
        town.void(&same_hours);
        assert_eq!(found(town, "merged_overlap"), [] as [Value; 0]);
        assert_eq!((&town.account(&one)["minutes"], town.points(&one)[0].as_str()), (&json!(180), "3.00"));
        let again = town.service(&second, "18T14:00", "18T15:00");
        let problem = town.app.post("/v1/service-records", &town.coordinator, again);
        assert_eq!(problem.refused(409, "volunteer_merged")["into"], one.id);
        let again = town.service(&one, "18T10:00", "18T15:00");
        let problem = town.app.post("/v1/service-records", &town.coordinator, again);
        assert_eq!(problem.refused(409, "record_overlaps")["record"], first_hours);
    });
}

/// B14: register, credit hours, close.
#[test]
fn ghosts_are_not_closed_by_one_person_and_are_found() {
    each_town("tricks-ghosts", |town| {
        let ghost = register(town, &town.person());
        town.serve(&ghost, "18T09:00", "18T17:00");
        let cost = town.cost_of_leaving(&ghost);
        assert_eq!(town.close(&ghost, &town.coordinator, cost.clone()).ok()["status"], "active");
        town.close(&ghost, &town.coordinator, cost.clone()).refused(409, "closing_too_soon");
        assert_eq!(town.close(&ghost, &town.colleague, cost).ok()["status"], "closed");
        assert_eq!(found(town, "closed_with_hours"), [json!(ghost.id)]);
    });
}

/// B15: another name, birth date and document for somebody with hours.
#[test]
fn an_account_is_not_sold_by_one_person_and_the_buyer_is_found() {
    each_town("tricks-sale", |town| {
        let seller = register(town, &town.person());
        town.serve(&seller, "18T09:00", "18T13:00");
        let certificate = town.certify(&seller);
        let buyer = merged(town.person(), json!({ "name": "买主", "birth_date": "2001-02-03" }));
        let identity = format!("/v1/volunteers/{}/identity", seller.id);
        let change = town.app.put(&identity, &town.coordinator, "*", Town::identity_of(&buyer)).ok();
        assert_eq!(change["status"], "pending");
        let confirm = format!("/v1/identity-changes/{}/confirm", id(&change));
        town.app.post(&confirm, &town.coordinator, json!({})).refused(403, "identity_change_of_own");
        town.app.post(&confirm, &town.colleague, json!({})).ok();
        let shown = town.app.get(&format!("/v1/certificates/{}", certificate.id), &town.coordinator).ok();
        assert_eq!(shown["state"], "superseded");
        assert_eq!(found(town, "identity_changed"), [json!(seller.id)]);
    });
}

/// C: another's name and document by PUT; a twelve-year-old born in 1990.
#[test]
fn nobody_makes_somebody_else_of_themselves() {
    each_town("tricks-own", |town| {
        let consent = json!({ "given_at": "2026-11-01T09:00:00+08:00", "text_version": "2026-1" });
        let guardian = merged(consent.clone(), json!({ "name": "王大明", "separate_consent": consent }));
        let child = json!({ "birth_date": "2014-05-20", "guardian_consent": guardian });
        let child = merged(town.person(), child);
        let one = register(town, &child);
        let path = format!("/v1/volunteers/{}", one.id);
        let (grown, other) = (json!({ "birth_date": "1990-05-20" }), town.person());
        town.app.put(&path, &one.token, "*", other.clone()).refused(405, "method_not_allowed");
        let identity = |token: &str, person: &Value| {
            town.app.put(&format!("{path}/identity"), token, "*", Town::identity_of(person))
        };
        identity(&one.token, &other).refused(403, "not_permitted");
        let grown = merged(child, merged(grown, json!({ "guardian_consent": null })));
        identity(&one.token, &grown).refused(403, "not_permitted");
        let contact =
            json!({ "mobile": "13900139009", "residence": null, "skills": [], "service_categories": [] });
        town.app
            .put(
                &format!("{path}/contact"),
                &one.token,
                "*",
                merged(contact, json!({ "birth_date": "1990-05-20" })),
            )
            .refused(422, "unknown_field");
        // The office says it with a reason, and who gains hours by it is found.
        town.serve(&one, "18T09:00", "18T13:00");
        identity(&town.coordinator, &grown).ok();
        assert_eq!(found(town, "identity_changed"), [json!(one.id)]);
    });
}
