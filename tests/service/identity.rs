//! Who somebody is (身份信息): the office's to say, with a reason; a name or a document by two persons.

use crate::support::http::{Answer, id};
use crate::support::refusals;
use crate::support::town::{Town, Volunteer, each_town, merged};
use hourbook::domain::Command;
use hourbook::domain::volunteer::ChangeContact;
use hourbook::engine::Request;
use serde_json::{Value, json};

fn path(volunteer: &Volunteer) -> String {
    format!("/v1/volunteers/{}", volunteer.id)
}

/// The person as she is shown herself, with her whole numbers.
fn person_of(town: &Town, volunteer: &Volunteer) -> Value {
    town.app.get(&path(volunteer), &volunteer.token).ok()["person"].take()
}

fn ask(town: &Town, token: &str, volunteer: &Volunteer, other: Value) -> Answer {
    let same = Town::identity_of(&person_of(town, volunteer));
    town.app.put(&format!("{}/identity", path(volunteer)), token, "*", merged(same, other))
}

fn step(town: &Town, token: &str, change: &str, step: &str) -> Answer {
    let body = if step == "decline" { json!({ "reason": "与证件不符" }) } else { json!({}) };
    town.app.post(&format!("/v1/identity-changes/{change}/{step}"), token, body)
}

fn state(town: &Town, certificate: &str) -> Value {
    town.app.get(&format!("/v1/certificates/{certificate}"), &town.coordinator).ok()["state"].take()
}

#[test]
fn nobody_says_who_they_are_themselves() {
    each_town("identity-own", |town| {
        let volunteer = town.volunteer();
        let person = town.person();
        let whole = |token: &str, path: &str| town.app.put(path, token, "*", person.clone());
        whole(&volunteer.token, &path(&volunteer)).refused(405, "method_not_allowed");
        let identity = format!("{}/identity", path(&volunteer));
        let said = Town::identity_of(&person);
        town.app.put(&identity, &volunteer.token, "*", said.clone()).refused(403, "not_permitted");
        town.app.put(&identity, &town.other_coordinator, "*", said.clone()).refused(403, "outside_unit");
        // A coordinator who is the volunteer is no other person.
        let linked = json!({ "volunteer": volunteer.id });
        let (_, own) = town.operator_with("coordinator", &town.school, linked);
        town.app.put(&identity, &own, "*", said).refused(403, "identity_change_of_own");
        let mine = json!({ "mobile": "13900139009", "name": "别人", "residence": null, "skills": [], "service_categories": [] });
        town.app
            .put(&format!("{}/contact", path(&volunteer)), &volunteer.token, "*", mine)
            .refused(422, "unknown_field");
        assert_eq!(person_of(town, &volunteer)["name"], "王小明");
    });
}

#[test]
fn a_name_and_a_document_take_a_second_person() {
    each_town("identity-second", |town| {
        let volunteer = town.volunteer();
        let before = person_of(town, &volunteer);
        let contact = json!({
            "mobile": "13900139008", "residence": "湛河区", "skills": ["急救"], "service_categories": ["助学"],
        });
        town.app.put(&format!("{}/contact", path(&volunteer)), &volunteer.token, "*", contact).ok();

        let asked = ask(town, &town.coordinator, &volunteer, json!({ "name": "王晓明" })).ok();
        assert_eq!((&asked["status"], &asked["fields"]), (&json!("pending"), &json!(["name"])));
        assert_eq!(person_of(town, &volunteer)["name"], before["name"], "not yet");
        let change = id(&asked);
        ask(town, &town.colleague, &volunteer, json!({ "name": "王大明" }))
            .refused(409, "identity_change_open");

        step(town, &town.coordinator, &change, "confirm").refused(403, "identity_change_of_own");
        step(town, &town.other_coordinator, &change, "confirm").refused(403, "outside_unit");
        step(town, &volunteer.token, &change, "confirm").refused(403, "not_permitted");
        let shown = |token: &str| town.app.get(&format!("/v1/identity-changes/{change}"), token);
        let waiting = shown(&town.colleague).ok();
        assert_eq!(
            (&waiting["proposed"]["name"], &waiting["reason"]),
            (&json!("王晓明"), &json!("证件换发"))
        );
        assert!(shown(&town.auditor).ok()["proposed"]["document"]["number"].as_str().unwrap().contains('*'));
        shown(&town.other_coordinator).refused(404, "identity_change_not_found");

        // What the volunteer changes meanwhile stays.
        let contact =
            json!({ "mobile": "13900139009", "residence": null, "skills": [], "service_categories": [] });
        town.app.put(&format!("{}/contact", path(&volunteer)), &volunteer.token, "*", contact).ok();
        let made = step(town, &town.colleague, &change, "confirm").ok();
        assert_eq!(made["status"], "made");
        let after = person_of(town, &volunteer);
        assert_eq!((&after["name"], &after["mobile"]), (&json!("王晓明"), &json!("13900139009")));
        assert_eq!(after["document"], before["document"]);
        assert_eq!(shown(&town.colleague).ok()["proposed"], Value::Null, "erased once it is decided");
        step(town, &town.colleague, &change, "confirm").refused(409, "identity_change_not_pending");

        let entries = town.app.all_pages("/v1/journal/entries", &town.admin, 200);
        let told: Vec<String> = entries
            .iter()
            .filter(|entry| {
                entry["event"]["kind"]
                    .as_str()
                    .is_some_and(|kind| kind.contains("identity") || kind == "contact_changed")
            })
            .map(ToString::to_string)
            .collect();
        assert_eq!(told.len(), 4, "{told:?}");
        assert!(told.iter().all(|entry| !entry.contains("王晓明")), "the journal names fields, not values");

        let again = ask(town, &town.coordinator, &volunteer, json!({ "name": "王大明" })).ok();
        assert_eq!(step(town, &town.coordinator, &id(&again), "decline").ok()["status"], "declined");
        assert_eq!(person_of(town, &volunteer)["name"], "王晓明");
        let late = ask(town, &town.coordinator, &volunteer, json!({ "name": "王中明" })).ok();
        town.app.clock.advance(chrono::Duration::days(30));
        step(town, &town.colleague, &id(&late), "confirm").refused(409, "identity_change_expired");
        ask(town, &town.coordinator, &volunteer, json!({ "name": "王中明" })).ok();
        assert_eq!(shown_status(town, &id(&late)), "expired");
        town.app.assert_verified();
    });
}

fn shown_status(town: &Town, change: &str) -> Value {
    town.app.get(&format!("/v1/identity-changes/{change}"), &town.admin).ok()["status"].take()
}

#[test]
fn the_rest_takes_one_and_keeps_what_it_does_not_say() {
    each_town("identity-one", |town| {
        let guardian = json!({
            "name": "王大明", "given_at": "2026-11-01T09:00:00+08:00", "text_version": "2026-1",
            "separate_consent": { "given_at": "2026-11-01T09:00:00+08:00", "text_version": "2026-1" },
        });
        let member = json!([{ "party_member": true, "effective_from": "2020-07-01" }]);
        let child = json!({
            "birth_date": "2014-05-20", "guardian_consent": guardian, "skills": ["手语"],
            "political_status": member,
        });
        let child = merged(town.registration(&town.school), child);
        let child = id(&town.app.post("/v1/volunteers", &town.coordinator, child).created());
        let child = Volunteer { token: town.app.volunteer_token(&child), id: child };

        let without = json!({ "guardian_consent": null });
        ask(town, &town.coordinator, &child, without).refused(422, "guardian_consent_missing");
        let mut left_out = Town::identity_of(&person_of(town, &child));
        left_out.as_object_mut().unwrap().remove("guardian_consent");
        let identity = format!("{}/identity", path(&child));
        let problem = town.app.put(&identity, &town.coordinator, "*", left_out).refused(422, "missing_field");
        assert_eq!(problem["field"], "/guardian_consent");
        ask(town, &town.coordinator, &child, json!({})).refused(422, "identity_unchanged");

        let made = ask(town, &town.coordinator, &child, json!({ "gender": "male" })).ok();
        assert_eq!((&made["status"], &made["fields"]), (&json!("made"), &json!(["gender"])));
        let after = person_of(town, &child);
        assert_eq!((&after["skills"], &after["gender"]), (&json!(["手语"]), &json!("male")));
        assert_eq!(after["political_status"][0]["party_member"], true);
    });
}

/// Who answers for somebody sees an end of the number only, and has no need of more to change the rest.
#[test]
fn a_document_that_is_not_said_stays_as_it_is() {
    each_town("identity-document", |town| {
        let resident = json!({
            "name": "王大明", "birth_date": "1990-05-20", "gender": "male",
            "document": { "kind": "resident_identity", "number": resident_number("41040219900520123") },
        });
        let registered = merged(town.registration(&town.school), resident);
        let volunteer = id(&town.app.post("/v1/volunteers", &town.coordinator, registered).created());
        let volunteer = Volunteer { token: town.app.volunteer_token(&volunteer), id: volunteer };
        let before = person_of(town, &volunteer)["document"].take();
        let shown = town.app.get(&path(&volunteer), &town.coordinator).ok()["person"].take();
        let identity = format!("{}/identity", path(&volunteer));
        let change = |other: Value| {
            let said = merged(Town::identity_of(&shown), other);
            assert!(said.get("document").is_none(), "{said}");
            town.app.put(&identity, &town.coordinator, "*", said)
        };
        let member =
            json!({ "political_status": [{ "party_member": true, "effective_from": "2020-07-01" }] });
        let made = change(member).ok();
        assert_eq!((&made["status"], &made["fields"]), (&json!("made"), &json!(["political_status"])));
        assert_eq!(person_of(town, &volunteer)["document"], before);
        // It must agree with what is said of the rest.
        for (other, field) in [
            (json!({ "birth_date": "1990-05-21" }), "/birth_date"),
            (json!({ "gender": "female" }), "/gender"),
        ] {
            assert_eq!(change(other).refused(422, "invalid_field")["field"], field);
        }
        // Another person is shown what waits, and that the document stays.
        let asked = change(json!({ "name": "王小明" })).ok();
        let waiting = town.app.get(&format!("/v1/identity-changes/{}", id(&asked)), &town.colleague).ok();
        assert_eq!(waiting["proposed"]["document"], Value::Null);
        step(town, &town.colleague, &id(&asked), "confirm").ok();
        assert_eq!(person_of(town, &volunteer)["document"], before);
    });
}

/// Seventeen digits with the check digit that goes with them (GB 11643).
fn resident_number(digits: &str) -> String {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 =
        digits.chars().zip(weights).map(|(digit, weight)| digit.to_digit(10).unwrap() * weight).sum();
    let check = "10X98765432".as_bytes()[(sum % 11) as usize];
    format!("{digits}{}", char::from(check))
}

#[test]
fn certificates_of_before_are_superseded_and_who_gained_hours_is_found() {
    each_town("identity-sale", |town| {
        let volunteer = town.volunteer();
        town.serve(&volunteer, "18T09:00", "18T13:00");
        let certificate = town.certify(&volunteer);
        let badge_of = |number: &str, code: &str| {
            town.app.get(&format!("/v1/certificates/lookup?number={number}&code={code}"), "").ok()
        };
        assert_eq!(state(town, &certificate.id), "valid");
        let reached =
            json!({ "mobile": "13900139009", "residence": null, "skills": [], "service_categories": [] });
        town.app.put(&format!("{}/contact", path(&volunteer)), &volunteer.token, "*", reached).ok();
        ask(town, &town.coordinator, &volunteer, json!({ "gender": "male" })).ok();
        assert_eq!(state(town, &certificate.id), "valid", "it says neither mobile nor gender");

        let buyer = merged(town.person(), json!({ "name": "买家", "birth_date": "1992-02-02" }));
        town.become_another(&volunteer, &buyer);
        assert_eq!(state(town, &certificate.id), "superseded");
        assert_eq!(badge_of(&certificate.number, &certificate.code)["state"], "superseded");
        let listed = town.app.get("/v1/certificates", &town.coordinator).ok();
        assert_eq!(listed["items"][0]["state"], "superseded");
        let new = town.certify(&volunteer);
        assert_eq!(state(town, &new.id), "valid");

        let findings = town.app.get("/v1/findings", &town.auditor).ok();
        let findings = findings["items"].as_array().unwrap();
        let found: Vec<_> = findings.iter().filter(|found| found["rule"] == "identity_changed").collect();
        assert_eq!(found.len(), 1, "{findings:?}");
        assert_eq!(found[0]["subject"]["volunteer"], volunteer.id);
        assert_eq!(found[0]["figures"]["credited_minutes"], 240);
    });
}

#[test]
fn who_has_a_number_is_told_to_those_who_answer_for_them_only() {
    each_town("identity-oracle", |town| {
        let here = town.volunteer();
        let near = person_of(town, &town.volunteer());
        let theirs = town.volunteer_of(&town.other_school);
        let far = person_of(town, &theirs);
        let document = |of: &Value| json!({ "document": of["document"] });
        ask(town, &town.coordinator, &here, document(&near)).refused(409, "identity_taken");
        let asked = ask(town, &town.coordinator, &here, document(&far)).ok();
        assert_eq!(asked["status"], "pending", "nothing is told before a second person answers for it");
        step(town, &town.colleague, &id(&asked), "confirm").refused(409, "identity_unavailable");
        step(town, &town.admin, &id(&asked), "confirm").refused(409, "identity_taken");
    });
}

/// The service reads the person, makes the changed one, and hands it to the ledger; what changed in between must
/// not be lost. No client can be sure to come in between.
#[test]
fn a_change_that_was_made_from_no_present_person_is_refused_by_the_ledger() {
    each_town("identity-stale", |town| {
        let volunteer = town.volunteer();
        let command =
            ChangeContact { volunteer: volunteer.id.parse().unwrap(), expected: None, changed: None };
        let request = Request::of_system(Command::ChangeContact(command));
        refusals::expect_within(town.app.ledger().submit_blocking(request), "person_stale");
    });
}
