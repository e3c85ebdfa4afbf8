//! Withdrawing (撤回) a record that waits: who may, when, and that it is no way around anything.

use crate::support::http::{Answer, id};
use crate::support::operations::head;
use crate::support::town::{Town, Volunteer, each_town, merged};
use serde_json::{Value, json};

fn withdraw(town: &Town, token: &str, record: &str) -> Answer {
    town.app.post(&format!("/v1/service-records/{record}/withdraw"), token, json!({}))
}

fn enter(town: &Town, token: &str, service: Value) -> Answer {
    town.app.post("/v1/service-records", token, service)
}

fn show(town: &Town, record: &str) -> Value {
    town.app.get(&format!("/v1/service-records/{record}"), &town.coordinator).ok()
}

#[test]
fn who_entered_it_withdraws_it_by_whatever_account_and_nobody_else() {
    each_town("withdraw-who", |town| {
        let volunteer = town.volunteer();
        let record = town.submit(&volunteer, "18T09:00", "18T10:00");
        for (token, status, code) in [
            (&town.colleague, 422, "withdrawal_by_another"),
            (&town.admin, 422, "withdrawal_by_another"),
            (&town.other_coordinator, 403, "outside_unit"),
            (&town.auditor, 403, "not_permitted"),
            (&volunteer.token, 422, "withdrawal_by_another"),
            (&town.volunteer().token, 404, "record_not_found"),
        ] {
            withdraw(town, token, &record).refused(status, code);
        }
        let nothing = hourbook::domain::ids::RecordId::new(hourbook::domain::ids::Seq(1)).to_string();
        withdraw(town, &town.coordinator, &nothing).refused(404, "record_not_found");
        let withdrawn = withdraw(town, &town.coordinator, &record).ok();
        assert_eq!(withdrawn["status"], "withdrawn");
        assert!(withdrawn["decided_by"] == withdrawn["submitted_by"] && withdrawn["decided_at"].is_string());

        let claim = town.claimed(&volunteer, "18T11:00", "18T12:00");
        let own = id(&enter(town, &volunteer.token, claim).created());
        withdraw(town, &town.coordinator, &own).refused(422, "withdrawal_by_another");
        withdraw(town, &volunteer.token, &own).ok();

        // One person, two accounts: what they entered as an operator, and what they claimed.
        let also =
            |unit: &str| town.operator_with("coordinator", unit, json!({ "volunteer": volunteer.id })).1;
        let (one, another) = (also(&town.school), also(&town.school));
        let of_other = town.service(&town.volunteer(), "18T11:00", "18T12:00");
        let entered = id(&enter(town, &one, of_other).created());
        withdraw(town, &also(&town.other_school), &entered).refused(403, "outside_unit");
        withdraw(town, &volunteer.token, &entered).refused(404, "record_not_found");
        withdraw(town, &another, &entered).ok();
        let claim = town.claimed(&volunteer, "18T11:00", "18T12:00");
        let own = id(&enter(town, &volunteer.token, claim).created());
        withdraw(town, &one, &own).ok();

        // Nobody says of what the service saw that it was not.
        let seen = town.checked_in(&volunteer, &town.activity, "19T09:00", "19T10:00");
        for token in [&town.coordinator, &town.admin, &volunteer.token] {
            withdraw(town, token, &seen).refused(422, "withdrawal_by_another");
        }
        town.app.assert_verified();
    });
}

#[test]
fn it_is_withdrawn_while_it_waits_and_once() {
    each_town("withdraw-when", |town| {
        let volunteer = town.volunteer();
        let record = town.submit(&volunteer, "18T09:00", "18T10:00");
        let path = format!("/v1/service-records/{record}/withdraw");
        let click =
            |token: &str| town.app.call("POST", &path).token(token).key("click").json(json!({})).send();
        let first = click(&town.coordinator).ok();
        let before = head(town.app);
        assert_eq!(click(&town.coordinator).ok(), first, "the same click again");
        assert_eq!(head(town.app), before);
        let problem = withdraw(town, &town.coordinator, &record).refused(409, "record_not_submitted");
        assert_eq!(problem["current_status"], "withdrawn");

        // Nothing follows.
        let reason = json!({ "reason": "未到场" });
        for (step, token, body) in [
            ("credit", &town.colleague, json!({})),
            ("reject", &town.colleague, reason.clone()),
            ("confirm", &volunteer.token, json!({})),
        ] {
            let path = format!("/v1/service-records/{record}/{step}");
            town.app.post(&path, token, body).refused(409, "record_not_submitted");
        }
        let path = format!("/v1/service-records/{record}/void");
        town.app.post(&path, &town.colleague, reason).refused(409, "record_not_credited");
        let words = json!({ "volunteer": volunteer.id, "words": "少记了" });
        let path = format!("/v1/service-records/{record}/corrections");
        town.app.post(&path, &volunteer.token, words).refused(409, "record_not_live");

        let credited = town.submit(&volunteer, "18T11:00", "18T12:00");
        town.credit(&town.colleague, &credited).ok();
        withdraw(town, &town.coordinator, &credited).refused(409, "record_not_submitted");
        town.void(&credited);
        withdraw(town, &town.coordinator, &credited).refused(409, "record_not_submitted");
        // What the volunteer confirmed waits, too.
        let confirmed = town.submit(&volunteer, "18T13:00", "18T14:00");
        let path = format!("/v1/service-records/{confirmed}/confirm");
        town.app.post(&path, &volunteer.token, json!({})).ok();
        withdraw(town, &town.coordinator, &confirmed).ok();
        town.app.assert_verified();
    });
}

#[test]
fn its_time_is_free_again_and_it_never_counted() {
    each_town("withdraw-free", |town| {
        let volunteer = town.volunteer();
        let record = town.submit(&volunteer, "18T09:00", "18T12:00");
        let elsewhere = merged(
            town.service(&volunteer, "18T10:00", "18T11:00"),
            json!({ "activity": town.other_activity }),
        );
        enter(town, &town.other_coordinator, elsewhere.clone()).refused(409, "record_overlaps");
        let waited = head(town.app).last_seq.0;
        withdraw(town, &town.coordinator, &record).ok();
        let withdrawn = head(town.app).last_seq.0;
        enter(town, &town.other_coordinator, elsewhere).created();
        town.serve(&volunteer, "18T09:00", "18T10:00");

        assert_eq!(town.account(&volunteer)["minutes"], 60);
        let totals = town.app.get("/v1/totals/minutes", &town.auditor).ok();
        assert_eq!(
            (&totals["items"][0]["records"], &totals["items"][0]["credited_minutes"]),
            (&json!(1), &json!(60))
        );
        let list = |filter: &str| {
            town.app.all_pages(&format!("/v1/service-records?{filter}"), &town.coordinator, 50)
        };
        let [only] = &list("status=withdrawn")[..] else { panic!("one record") };
        assert_eq!((&only["id"], &only["credited_minutes"]), (&json!(record), &json!(0)));
        let [then] = &list(&format!("as_of={waited}"))[..] else { panic!("one record") };
        assert_eq!((&then["status"], &then["decided_at"]), (&json!("submitted"), &Value::Null));
        for (status, as_of, found) in [
            ("submitted", waited, 1),
            ("withdrawn", waited, 0),
            ("submitted", withdrawn, 0),
            ("withdrawn", withdrawn, 1),
            ("rejected", withdrawn, 0),
        ] {
            assert_eq!(
                list(&format!("as_of={as_of}&status={status}")).len(),
                found,
                "{status} as of {as_of}"
            );
        }
        let file = town.app.get("/v1/exports/service-records?status=withdrawn&format=csv", &town.auditor);
        assert!(file.text.contains(&record) && file.text.contains("withdrawn"), "{}", file.text);

        // An activity whose records have all been withdrawn may be called off.
        let off = town.activity_of(&town.school, json!({}));
        let service = town.service(&volunteer, "19T09:00", "19T10:00");
        let service = merged(service, json!({ "activity": off }));
        let last = id(&enter(town, &town.coordinator, service).created());
        let cancel = format!("/v1/activities/{off}/cancel");
        town.app.post(&cancel, &town.coordinator, json!({})).refused(409, "activity_has_records");
        withdraw(town, &town.coordinator, &last).ok();
        town.app.post(&cancel, &town.coordinator, json!({})).ok();
        town.app.assert_verified();
    });
}

#[test]
fn withdrawn_and_entered_anew_it_is_objected_to_still() {
    each_town("withdraw-objected", |town| {
        let volunteer = town.volunteer();
        let record = town.record_on_notice(&volunteer, "18T09:00", "18T11:00");
        let objection = town.object(&town.district_coordinator, &record);
        withdraw(town, &town.coordinator, &record).ok();
        assert_eq!(show(town, &record)["open_objections"], 1);
        let service = town.service(&volunteer, "18T10:30", "18T12:00");
        let at_once = merged(service.clone(), json!({ "credit": true }));
        enter(town, &town.bureau_coordinator, at_once).refused(409, "objection_open");
        let anew = enter(town, &town.coordinator, service).created();
        assert_eq!(anew["open_objections"], 1);
        let anew = id(&anew);
        town.credit(&town.colleague, &anew).refused(409, "objection_open");
        // And once more.
        withdraw(town, &town.coordinator, &anew).ok();
        let service = town.service(&volunteer, "18T09:00", "18T10:00");
        let third = id(&enter(town, &town.coordinator, service).created());
        let path = format!("/v1/objections/{objection}");
        assert_eq!(town.app.get(&path, &town.admin).ok()["record"], json!(third));
        let reason = json!({ "reason": "已核对签到表" });
        town.app.post(&format!("{path}/dismiss"), &town.colleague, reason).ok();
        town.credit(&town.colleague, &third).ok();
        town.app.assert_verified();
    });
}

#[test]
fn withdrawn_and_entered_anew_it_is_late_by_its_own_day() {
    each_town("withdraw-late", |town| {
        town.demand_two_persons();
        let volunteer = town.volunteer();
        let record = town.submit(&volunteer, "19T09:00", "19T10:00");
        let claim = town.claimed(&volunteer, "19T11:00", "19T12:00");
        let own = id(&enter(town, &volunteer.token, claim.clone()).created());
        assert_eq!((&show(town, &record)["late"], &show(town, &own)["late"]), (&json!(false), &json!(false)));
        town.app.clock.set("2026-12-07T12:00:00+08:00");
        withdraw(town, &town.coordinator, &record).ok();
        withdraw(town, &volunteer.token, &own).ok();
        let service = town.service(&volunteer, "19T09:00", "19T10:00");
        enter(town, &town.coordinator, service.clone()).refused(422, "evidence_not_on_the_spot");
        let backfill = json!({ "evidence": "backfill" });
        enter(town, &town.coordinator, merged(service.clone(), backfill)).refused(422, "reason_missing");
        enter(town, &volunteer.token, claim.clone()).refused(422, "reason_missing");
        let late = json!({ "reason": "登记有误，重新登记" });
        let backfill = merged(late.clone(), json!({ "evidence": "backfill" }));
        let anew = enter(town, &town.coordinator, merged(service, backfill)).created();
        let claimed = enter(town, &volunteer.token, merged(claim, late)).created();
        assert_eq!((&anew["late"], &claimed["late"]), (&json!(true), &json!(true)));
        town.credit(&town.coordinator, &id(&anew)).refused(422, "approval_of_own_backfill");
        for record in [anew, claimed] {
            assert_eq!(town.credit(&town.colleague, &id(&record)).ok()["lot"], Value::Null);
        }
        town.app.assert_verified();
    });
}

#[test]
fn who_entered_it_may_have_left() {
    each_town("withdraw-left", |town| {
        let volunteer = town.volunteer();
        let claim = town.claimed(&volunteer, "18T09:00", "18T10:00");
        let own = id(&enter(town, &volunteer.token, claim).created());
        let gone = Volunteer { ..volunteer.clone() };
        town.leave(&gone);
        withdraw(town, &gone.token, &own).refused(403, "actor_disabled");
        withdraw(town, &town.coordinator, &own).refused(422, "withdrawal_by_another");
    });
}
