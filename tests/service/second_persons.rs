//! A second person is another person, whatever the account: two log-ins of one person are one.

use crate::support::http::{Answer, id};
use crate::support::town::{Town, Volunteer, each_town, merged};
use hourbook::store::sql::Sql;
use serde_json::{Value, json};

/// Two accounts of one person who answers for the school.
struct Twice {
    first: String,
    second: String,
}

/// In each way in which accounts are one person's: by the volunteer, by the volunteer's document, by that of somebody
/// who is not registered.
fn each_way(town: &Town, case: impl Fn(&Twice)) {
    let person = town.registration(&town.school);
    let volunteer = id(&town.app.post("/v1/volunteers", &town.admin, person.clone()).created());
    let linked = json!({ "volunteer": volunteer });
    let by_document = json!({ "document": person["document"] });
    let stranger = json!({ "document": { "kind": "passport", "number": "X0000001" } });
    // As somebody types it who holds another's hand.
    let same_stranger = json!({ "document": { "kind": "passport", "number": " x0000001" } });
    for (one, other) in
        [(&linked, &linked), (&linked, &by_document), (&by_document, &linked), (&stranger, &same_stranger)]
    {
        let account = |who: &Value| town.operator_with("coordinator", &town.school, who.clone()).1;
        case(&Twice { first: account(one), second: account(other) });
    }
}

/// Service of a volunteer whom nobody knows yet, entered weeks later.
fn back_fill(town: &Town, token: &str) -> String {
    let volunteer = town.volunteer();
    let late = json!({ "evidence": "backfill", "reason": "漏登" });
    let service = merged(town.service(&volunteer, "18T09:00", "18T10:00"), late);
    id(&town.app.post("/v1/service-records", token, service).created())
}

fn credit(town: &Town, token: &str, record: &str) -> Answer {
    town.app.post(&format!("/v1/service-records/{record}/credit"), token, json!({}))
}

#[test]
fn a_back_fill_is_approved_by_another_person() {
    each_town("second-backfill", |town| {
        each_way(town, |twice| {
            let record = back_fill(town, &twice.first);
            for token in [&twice.first, &twice.second] {
                credit(town, token, &record).refused(422, "approval_of_own_backfill");
            }
            credit(town, &town.colleague, &record).ok();
        });
        town.app.assert_verified();
    });
}

#[test]
fn own_hours_are_approved_by_another_person_though_the_account_names_only_a_document() {
    each_town("second-own", |town| {
        let person = town.registration(&town.school);
        let volunteer = id(&town.app.post("/v1/volunteers", &town.admin, person.clone()).created());
        let volunteer = Volunteer { token: town.app.volunteer_token(&volunteer), id: volunteer };
        let own = json!({ "document": person["document"] });
        let (_, own) = town.operator_with("coordinator", &town.school, own);
        let record = town.submit(&volunteer, "18T09:00", "18T10:00");
        credit(town, &own, &record).refused(422, "approval_of_own_hours");
        credit(town, &town.colleague, &record).ok();
    });
}

#[test]
fn identity_is_confirmed_and_a_closing_carried_out_by_another_person() {
    each_town("second-identity", |town| {
        each_way(town, |twice| {
            let volunteer = town.volunteer();
            let path = format!("/v1/volunteers/{}/identity", volunteer.id);
            let identity = Town::identity_of(&town.person());
            let asked = town.app.put(&path, &twice.first, "*", identity).ok();
            let confirm = format!("/v1/identity-changes/{}/confirm", id(&asked));
            town.app.post(&confirm, &twice.second, json!({})).refused(403, "identity_change_of_own");
            town.app.post(&confirm, &town.colleague, json!({})).ok();

            let closing = json!({ "reason": "迁居", "forfeits_points": "0", "abandons_records": 0 });
            town.close(&volunteer, &twice.first, closing.clone()).ok();
            town.close(&volunteer, &twice.second, closing.clone()).refused(409, "closing_too_soon");
            assert_eq!(town.close(&volunteer, &town.colleague, closing).ok()["status"], "closed");
        });
    });
}

#[test]
fn a_person_objects_once_and_does_not_resolve_it_by_another_account() {
    each_town("second-objection", |town| {
        each_way(town, |twice| {
            let record = town.record_on_notice(&town.volunteer(), "18T09:00", "18T10:00");
            let objection = town.object(&twice.first, &record);
            let again = format!("/v1/service-records/{record}/objections");
            let again = town.app.post(&again, &twice.second, json!({ "reason": "再次" }));
            let refused = again.refused(409, "objection_repeated");
            assert_eq!(refused["objection"], json!(objection), "{refused}");
            let dismiss = format!("/v1/objections/{objection}/dismiss");
            let reason = json!({ "reason": "属实" });
            town.app.post(&dismiss, &twice.second, reason.clone()).refused(422, "resolution_by_objector");
            town.app.post(&dismiss, &town.colleague, reason).ok();
        });
    });
}

/// Once as a volunteer and once as an operator.
#[test]
fn a_volunteer_who_works_for_the_unit_objects_once() {
    each_town("second-both", |town| {
        let volunteer = town.volunteer();
        let linked = json!({ "volunteer": volunteer.id });
        let (_, operator) = town.operator_with("coordinator", &town.school, linked);
        let record = town.record_on_notice(&town.volunteer(), "18T09:00", "18T10:00");
        town.object(&volunteer.token, &record);
        let path = format!("/v1/service-records/{record}/objections");
        let again = town.app.post(&path, &operator, json!({ "reason": "再次" }));
        again.refused(409, "objection_repeated");
    });
}

#[test]
fn an_operator_is_somebody_and_stays_somebody() {
    each_town("second-appoint", |town| {
        let volunteer = town.volunteer();
        let document = json!({ "kind": "passport", "number": "X0000002" });
        let usual = json!({ "login": "sun", "name": "孙老师", "role": "coordinator", "unit": town.school });
        let appoint =
            |other: Value| town.app.post("/v1/operators", &town.admin, merged(usual.clone(), other));
        appoint(json!({})).refused(422, "operator_person_invalid");
        let both = json!({ "volunteer": volunteer.id, "document": document });
        appoint(both.clone()).refused(422, "operator_person_invalid");
        for (number, kind) in [("X1", "passport"), ("110105194912310021", "resident_identity")] {
            let problem = appoint(json!({ "document": { "kind": kind, "number": number } }));
            assert_eq!(problem.refused(422, "invalid_field")["field"], "/document/number");
        }
        let made = appoint(json!({ "document": document })).created();
        assert_eq!((&made["identified"], &made["volunteer"]), (&json!(true), &Value::Null));
        assert_eq!(made["known_by"], "document");

        let path = format!("/v1/operators/{}", id(&made));
        let change = |other: Value| {
            let to = json!({ "role": "coordinator", "unit": town.school });
            town.app.put(&path, &town.admin, "*", merged(to, other))
        };
        assert_eq!(change(json!({})).ok()["identified"], true, "it is not taken back");
        change(both).refused(422, "operator_person_invalid");
        let linked = change(json!({ "volunteer": volunteer.id })).ok();
        assert_eq!((&linked["identified"], &linked["volunteer"]), (&Value::Null, &json!(volunteer.id)));
        assert_eq!(linked["known_by"], "volunteer");
        assert_eq!(change(json!({ "volunteer": null })).ok()["volunteer"], json!(volunteer.id));
        assert_eq!(documents(town, &id(&made)), 0, "nor kept where it is not needed");
        assert_eq!(change(json!({ "document": document })).ok()["volunteer"], Value::Null);
        assert_eq!(documents(town, &id(&made)), 1);
        town.app.assert_verified();
    });
}

/// An operator of before, linked later by who appoints.
#[test]
fn who_was_anybody_is_somebody_once_it_is_said() {
    each_town("second-later", |town| {
        let volunteer = town.volunteer();
        let admin = town.app.get("/v1/me", &town.admin).ok()["actor"].as_str().unwrap().to_owned();
        let path = format!("/v1/operators/{}", admin.strip_prefix("operator:").unwrap());
        let shown = town.app.get(&path, &town.admin).ok();
        assert_eq!((&shown["identified"], &shown["volunteer"]), (&Value::Null, &Value::Null));
        assert_eq!(shown["known_by"], "nothing");
        let record = back_fill(town, &town.admin);
        let (_, own) = town.operator_with("coordinator", &town.school, json!({ "volunteer": volunteer.id }));
        let document = json!({ "document": { "kind": "passport", "number": "X0000003" } });
        let second = json!({ "login": "second", "name": "周老师", "role": "admin" });
        let second = town.app.post("/v1/operators", &town.admin, merged(second, document)).created();
        let second = town.app.operator_token(&id(&second), "admin", None);
        town.app.put(&path, &second, "*", json!({ "role": "admin", "volunteer": volunteer.id })).ok();
        credit(town, &own, &record).refused(422, "approval_of_own_backfill");
        credit(town, &second, &record).ok();
    });
}

#[test]
fn who_lost_access_does_not_come_back_as_the_second_person_of_what_they_did() {
    each_town("second-disabled", |town| {
        let who = json!({ "document": { "kind": "passport", "number": "X0000004" } });
        let (operator, token) = town.operator_with("coordinator", &town.school, who.clone());
        let record = back_fill(town, &token);
        town.app.post(&format!("/v1/operators/{operator}/disable"), &town.admin, json!({})).ok();
        assert_eq!(documents(town, &operator), 0, "the document is erased");
        let (_, again) = town.operator_with("coordinator", &town.school, who);
        credit(town, &again, &record).refused(422, "approval_of_own_backfill");
        credit(town, &town.colleague, &record).ok();
        town.app.assert_verified();
    });
}

/// How many documents are kept of an operator.
fn documents(town: &Town, operator: &str) -> i64 {
    let operator: hourbook::domain::ids::OperatorId = operator.parse().unwrap();
    let sql = Sql::new("SELECT COUNT(*) FROM operator_identities WHERE operator = ?").int(operator.seq().0);
    town.app.db().number(sql).unwrap().unwrap()
}
