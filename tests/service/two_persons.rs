//! Two persons answer for what the server did not see: who may say what, who may credit it, and what is late.

use crate::support::http::{Answer, id};
use crate::support::town::{Town, Volunteer, each_town, merged};
use serde_json::{Value, json};

/// Runs a case in a town where nobody credits alone, and a leader was there for two days.
fn each_strict_town(label: &str, case: impl Fn(&Town)) {
    each_town(label, |town| {
        town.demand_two_persons();
        case(town);
    });
}

/// Sends an hour of yesterday's service with members added or replaced.
fn submit(town: &Town, token: &str, volunteer: &Volunteer, other: Value) -> Answer {
    let service = merged(town.service(volunteer, "19T09:00", "19T10:00"), other);
    town.app.post("/v1/service-records", token, service)
}

fn entered(town: &Town, token: &str, volunteer: &Volunteer, other: Value) -> String {
    id(&submit(town, token, volunteer, other).created())
}

fn confirm(town: &Town, token: &str, record: &str) -> Answer {
    town.app.post(&format!("/v1/service-records/{record}/confirm"), token, json!({}))
}

/// An operator of the school who is this volunteer.
fn also(town: &Town, volunteer: &Volunteer) -> String {
    town.operator_with("coordinator", &town.school, json!({ "volunteer": volunteer.id })).1
}

#[test]
fn nobody_says_that_somebody_checked_in() {
    each_strict_town("persons-seen", |town| {
        let volunteer = town.volunteer();
        for evidence in ["scan", "geo"] {
            for token in [&town.coordinator, &town.bureau_coordinator, &town.admin, &volunteer.token] {
                submit(town, token, &volunteer, json!({ "evidence": evidence }))
                    .refused(422, "evidence_not_seen");
            }
            let at_once = json!({ "evidence": evidence, "credit": true });
            submit(town, &town.coordinator, &volunteer, at_once).refused(422, "evidence_not_seen");
            let items = [
                town.service(&volunteer, "18T09:00", "18T10:00"),
                town.service(&volunteer, "18T10:00", "18T11:00"),
            ];
            let items = items.map(|item| merged(item, json!({ "evidence": evidence })));
            let answer =
                town.app.post("/v1/service-records/bulk", &town.coordinator, json!({ "items": items })).ok();
            let codes = answer["items"].as_array().unwrap().iter().map(|item| &item["problem"]["code"]);
            assert_eq!(codes.collect::<Vec<_>>(), ["evidence_not_seen"; 2], "in bulk, too");
        }
        assert_eq!(town.app.all_pages("/v1/service-records", &town.admin, 50), [] as [Value; 0]);
        let seen = town.checked_in(&volunteer, &town.activity, "19T09:00", "19T10:00");
        let seen = town.app.get(&format!("/v1/service-records/{seen}"), &town.coordinator).ok();
        assert_eq!((&seen["evidence"], &seen["self_declared"]), (&json!("scan"), &json!(false)));
    });
}

#[test]
fn a_claim_is_the_volunteers_own_and_gives_minutes_and_no_points() {
    each_strict_town("persons-claimed", |town| {
        let (volunteer, other) = (town.volunteer(), town.volunteer());
        let claim = json!({ "evidence": "claimed" });
        for token in [&town.coordinator, &also(town, &volunteer), &town.admin] {
            submit(town, token, &volunteer, claim.clone()).refused(422, "evidence_not_permitted");
        }
        submit(town, &other.token, &volunteer, claim.clone()).refused(403, "not_permitted");
        for evidence in ["leader", "import", "backfill"] {
            let own = json!({ "evidence": evidence, "reason": "本人" });
            submit(town, &volunteer.token, &volunteer, own).refused(422, "evidence_not_permitted");
        }
        let record = entered(town, &volunteer.token, &volunteer, claim);
        confirm(town, &volunteer.token, &record).refused(422, "confirmation_of_own_entry");
        town.credit(&volunteer.token, &record).refused(403, "not_permitted");
        town.credit(&also(town, &volunteer), &record).refused(422, "approval_of_own_hours");
        town.credit(&town.other_coordinator, &record).refused(403, "outside_unit");

        let credited = town.credit(&town.coordinator, &record).ok();
        assert_eq!((&credited["credited_minutes"], &credited["credited_alone"]), (&json!(60), &json!(false)));
        assert_eq!((&credited["self_declared"], &credited["lot"]), (&json!(false), &Value::Null));
        let account = town.account(&volunteer);
        assert_eq!((&account["minutes"], &account["minutes_by_grade"]["claimed"]), (&json!(60), &json!(60)));
        assert_eq!(account["points"]["available"], "0.00");
        let by_evidence = town.app.get("/v1/totals/minutes?group_by=grade", &town.auditor).ok();
        assert_eq!(by_evidence["items"][0]["grade"], "claimed", "counted apart");
        town.app.assert_verified();
    });
}

#[test]
fn a_claim_is_credited_by_the_leader_who_was_there_to_know() {
    each_strict_town("persons-leader", |town| {
        let (leader, volunteer) = (town.volunteer(), town.volunteer());
        let led = town.activity_of(&town.school, json!({ "leader": leader.id }));
        let at_led = json!({ "activity": led, "evidence": "claimed" });
        let record = entered(town, &volunteer.token, &volunteer, at_led.clone());
        town.credit(&town.volunteer().token, &record).refused(403, "not_permitted");
        assert_eq!(town.credit(&leader.token, &record).ok()["status"], "credited");

        let own = entered(town, &leader.token, &leader, at_led.clone());
        town.credit(&leader.token, &own).refused(422, "approval_of_own_hours");
        let elsewhere = entered(
            town,
            &volunteer.token,
            &volunteer,
            json!({ "evidence": "claimed", "start": "2026-11-18T09:00:00+08:00", "end": "2026-11-18T10:00:00+08:00" }),
        );
        town.credit(&leader.token, &elsewhere).refused(403, "not_permitted");
        let by_office = json!({ "activity": led, "start": "2026-11-19T11:00:00+08:00", "end": "2026-11-19T12:00:00+08:00" });
        let by_office = entered(town, &town.coordinator, &volunteer, by_office);
        town.credit(&leader.token, &by_office).refused(403, "not_permitted");

        let long = town.service(&town.volunteer(), "18T09:00", "18T17:01");
        let somebody = Volunteer { id: long["volunteer"].as_str().unwrap().to_owned(), token: String::new() };
        let token = town.app.volunteer_token(&somebody.id);
        let long = id(&town.app.post("/v1/service-records", &token, merged(long, at_led)).created());
        town.credit(&leader.token, &long).refused(422, "approval_needs_parent_unit");
        town.app.assert_verified();
    });
}

#[test]
fn who_enters_a_record_does_not_credit_it_whatever_log_in_they_use() {
    each_strict_town("persons-two", |town| {
        let person = town.volunteer();
        let (one, another) = (also(town, &person), also(town, &person));
        for evidence in ["leader", "import"] {
            let service = json!({ "evidence": evidence });
            let volunteer = town.volunteer();
            let at_once = merged(service.clone(), json!({ "credit": true }));
            submit(town, &town.coordinator, &volunteer, at_once.clone()).refused(422, "second_person_needed");
            submit(town, &town.bureau_coordinator, &volunteer, at_once).refused(422, "second_person_needed");
            let record = entered(town, &one, &volunteer, service.clone());
            town.credit(&one, &record).refused(422, "second_person_needed");
            town.credit(&another, &record).refused(422, "second_person_needed");
            let credited = town.credit(&town.colleague, &record).ok();
            assert_eq!(
                (&credited["status"], &credited["credited_alone"]),
                (&json!("credited"), &json!(false))
            );
        }
        let backfill = json!({ "evidence": "backfill", "reason": "漏记" });
        let record = entered(town, &one, &town.volunteer(), backfill);
        town.credit(&another, &record).refused(422, "approval_of_own_backfill");
        town.credit(&town.colleague, &record).ok();

        let volunteer = town.volunteer();
        let items = [merged(town.service(&volunteer, "19T09:00", "19T10:00"), json!({ "credit": true }))];
        let answer =
            town.app.post("/v1/service-records/bulk", &town.coordinator, json!({ "items": items })).ok();
        assert_eq!(answer["items"][0]["problem"]["code"], "second_person_needed", "in bulk, too");
        town.app.assert_verified();
    });
}

#[test]
fn the_volunteer_who_confirms_is_the_second_person() {
    each_strict_town("persons-confirmed", |town| {
        let volunteer = town.volunteer();
        let record = entered(town, &town.coordinator, &volunteer, json!({}));
        confirm(town, &town.volunteer().token, &record).refused(404, "record_not_found");
        confirm(town, &town.coordinator, &record).refused(403, "not_permitted");
        let confirmed = confirm(town, &volunteer.token, &record).ok();
        assert_eq!(
            (&confirmed["status"], &confirmed["confirmed_at"]),
            (&json!("submitted"), &json!("2026-11-20T12:00:00+08:00"))
        );
        confirm(town, &volunteer.token, &record).refused(409, "record_confirmed_before");
        let credited = town.credit(&town.coordinator, &record).ok();
        assert_eq!((&credited["credited_minutes"], &credited["credited_alone"]), (&json!(60), &json!(false)));
        assert_eq!(town.points(&volunteer)[0], "1.00");
        confirm(town, &volunteer.token, &record).refused(409, "record_not_submitted");
        let entry =
            town.app.get(&format!("/v1/journal/entries/{}", confirmed["receipt"]["seq"]), &town.auditor).ok();
        assert_eq!(entry["event"], json!({ "kind": "record_confirmed", "record": record }));

        // Nobody is two persons, nor does a volunteer's word make a back-fill good.
        let own = entered(
            town,
            &also(town, &volunteer),
            &volunteer,
            json!({ "evidence": "import", "start": "2026-11-19T11:00:00+08:00", "end": "2026-11-19T12:00:00+08:00" }),
        );
        confirm(town, &volunteer.token, &own).refused(422, "confirmation_of_own_entry");
        let backfill = json!({ "evidence": "backfill", "reason": "漏记", "start": "2026-11-19T13:00:00+08:00", "end": "2026-11-19T14:00:00+08:00" });
        let backfill = entered(town, &town.coordinator, &volunteer, backfill);
        confirm(town, &volunteer.token, &backfill).ok();
        town.credit(&town.coordinator, &backfill).refused(422, "approval_of_own_backfill");
        town.app.assert_verified();
    });
}

fn set_policy(town: &Town, token: &str, unit: &str, [a_record, a_month]: [i64; 2]) -> Answer {
    let minutes = json!({ "one_person_minutes": { "a_record": a_record, "a_month": a_month } });
    town.crediting_policy(token, unit, minutes)
}

#[test]
fn one_person_alone_credits_what_the_unit_above_allows() {
    each_strict_town("persons-alone", |town| {
        set_policy(town, &town.coordinator, &town.school, [60, 60])
            .refused(403, "crediting_policy_from_above");
        set_policy(town, &town.other_coordinator, &town.school, [60, 60]).refused(403, "outside_unit");
        set_policy(town, &town.bureau_coordinator, &town.bureau, [60, 60])
            .refused(403, "crediting_policy_from_above");
        set_policy(town, &town.district_coordinator, &town.school, [1441, 0]).refused(422, "invalid_field");
        set_policy(town, &town.district_coordinator, &town.school, [60, 100]).ok();

        let volunteer = town.volunteer();
        let alone = |token: &str, start: &str, end: &str, evidence: &str| {
            let alone = json!({ "credit": true, "evidence": evidence });
            town.app.post("/v1/service-records", token, merged(town.service(&volunteer, start, end), alone))
        };
        alone(&town.coordinator, "19T09:00", "19T10:01", "leader").refused(422, "second_person_needed");
        let first = alone(&town.coordinator, "19T09:00", "19T10:00", "leader").created();
        assert_eq!((&first["credited_alone"], &first["status"]), (&json!(true), &json!("credited")));
        let entry =
            town.app.get(&format!("/v1/journal/entries/{}", first["receipt"]["seq"]), &town.auditor).ok();
        assert_eq!(entry["event"]["crediting"]["alone"], true);
        // Who set it does not use it.
        alone(&town.district_coordinator, "19T10:00", "19T10:40", "import")
            .refused(422, "second_person_needed");
        alone(&town.coordinator, "19T10:00", "19T10:41", "import").refused(422, "second_person_needed");
        alone(&town.coordinator, "19T10:00", "19T10:40", "import").created();
        alone(&town.coordinator, "19T11:00", "19T11:01", "leader").refused(422, "second_person_needed");
        // What two answer for does not count, what is taken back neither.
        let by_two = town.submit(&volunteer, "19T12:00", "19T13:00");
        assert_eq!(town.credit(&town.colleague, &by_two).ok()["credited_alone"], false);
        town.void(&id(&first));
        alone(&town.coordinator, "19T11:00", "19T12:00", "leader").created();

        let blood = town.activity_of(&town.school, json!({ "measure": "count" }));
        let donation = json!({ "activity": blood, "count": 1, "credit": true });
        submit(town, &town.coordinator, &town.volunteer(), donation).refused(422, "second_person_needed");
        town.app.assert_verified();
    });
}

#[test]
fn the_nearest_units_policy_holds_and_each_part_for_itself() {
    each_town("persons-policy", |town| {
        let shown =
            |unit: &str| town.app.get(&format!("/v1/units/{unit}/crediting-policy"), &town.auditor).ok();
        let of_bureau = shown(&town.school);
        assert_eq!(
            (&of_bureau["leader_hours"], &of_bureau["leader_hours_set_for"]),
            (&json!(240), &json!(town.bureau))
        );
        set_policy(town, &town.bureau_coordinator, &town.district, [30, 60]).ok();
        let own = town
            .crediting_policy(&town.district_coordinator, &town.school, json!({ "leader_hours": 24 }))
            .ok();
        assert_eq!((&own["one_person_minutes"], &own["leader_hours"]), (&Value::Null, &json!(24)));
        let school = shown(&town.school);
        assert_eq!(school["one_person_minutes"], json!({ "a_record": 30, "a_month": 60 }));
        assert_eq!(school["one_person_minutes_set_for"], town.district);
        assert_eq!(
            (&school["leader_hours"], &school["leader_hours_set_for"]),
            (&json!(24), &json!(town.school))
        );
        town.crediting_policy(&town.admin, &town.bureau, json!({})).ok();
        let bureau = town.app.get(&format!("/v1/units/{}/crediting-policy", town.bureau), &town.admin).ok();
        assert_eq!(bureau["one_person_minutes"], json!({ "a_record": 0, "a_month": 0 }), "none by default");
        assert_eq!((&bureau["leader_hours"], &bureau["leader_hours_set_for"]), (&json!(48), &Value::Null));
        town.app.assert_verified();
    });
}

#[test]
fn a_leader_was_there_for_two_days() {
    each_strict_town("persons-48", |town| {
        let volunteer = town.volunteer();
        let attempt = |end: &str, evidence: &str, reason: Value| {
            let other = json!({ "start": "2026-11-18T09:00:00+08:00", "end": end, "evidence": evidence, "reason": reason });
            submit(town, &town.coordinator, &volunteer, other)
        };
        let problem = attempt("2026-11-18T11:59:59+08:00", "leader", Value::Null)
            .refused(422, "evidence_not_on_the_spot");
        assert_eq!(problem["hours"], 48);
        attempt("2026-11-18T11:59:59+08:00", "backfill", Value::Null).refused(422, "reason_missing");
        attempt("2026-11-18T11:59:59+08:00", "backfill", json!("漏记")).created();
        let other = town.volunteer();
        let on_time = json!({ "start": "2026-11-18T09:00:00+08:00", "end": "2026-11-18T12:00:00+08:00" });
        submit(town, &town.coordinator, &other, on_time).created();
    });
}

#[test]
fn what_is_late_takes_a_second_person_and_a_reason_and_earns_nothing() {
    each_town("persons-late", |town| {
        // Of an activity that is open for a year: what counts is when the service ended.
        let window = json!({ "start": "2026-01-01T00:00:00+08:00", "end": "2026-12-31T00:00:00+08:00" });
        let year = town.activity_of(&town.school, json!({ "window": window }));
        let service = |volunteer: &Volunteer, day: &str, other: Value| {
            let late = json!({
                "activity": year, "volunteer": volunteer.id, "start": format!("2026-11-{day}T09:00:00+08:00"),
                "end": format!("2026-11-{day}T10:00:00+08:00"), "evidence": "import",
            });
            merged(late, other)
        };
        let send = |token: &str, body: Value| town.app.post("/v1/service-records", token, body);
        let volunteer = town.volunteer();
        // Ten working days after Friday, the sixth, it is Friday, the twentieth; after Thursday, the nineteenth.
        assert_eq!(send(&town.coordinator, service(&volunteer, "06", json!({}))).created()["late"], false);
        send(&town.coordinator, service(&volunteer, "05", json!({}))).refused(422, "reason_missing");
        let reason = json!({ "reason": "名单迟交" });
        let at_once = merged(reason.clone(), json!({ "credit": true }));
        send(&town.coordinator, service(&volunteer, "05", at_once)).refused(422, "second_person_needed");
        let late = send(&town.coordinator, service(&volunteer, "05", reason.clone())).created();
        assert_eq!((&late["late"], &late["record_by"]), (&json!(true), &json!("2026-11-19")));
        confirm(town, &volunteer.token, &id(&late)).ok();
        town.credit(&town.coordinator, &id(&late)).refused(422, "second_person_needed");
        town.credit(&town.colleague, &id(&late)).ok();
        let claim = json!({ "evidence": "claimed" });
        send(&volunteer.token, service(&volunteer, "04", claim.clone())).refused(422, "reason_missing");
        let claim = send(&volunteer.token, service(&volunteer, "04", merged(claim, reason))).created();
        assert_eq!(town.credit(&town.coordinator, &id(&claim)).ok()["late"], true);

        // Import earns here, and nothing late does.
        let earning = json!({ "effective_from": "2026-11-20", "earning_grades": ["import", "leader", "backfill", "claimed"] });
        town.policy(earning);
        assert_eq!(
            (&town.account(&volunteer)["minutes"], &town.points(&volunteer)[0]),
            (&json!(120), &"0.00".to_owned())
        );
        town.app.clock.set("2026-12-07T12:00:00+08:00");
        let other = town.volunteer();
        let timely = merged(service(&other, "30", json!({})), json!({}));
        town.by_two_persons(timely);
        assert_eq!(town.points(&other)[0], "1.00");
        let late = merged(service(&other, "20", json!({})), json!({ "reason": "名单迟交" }));
        assert_eq!(town.by_two_persons(late)["late"], true);
        assert_eq!(town.points(&other)[0], "1.00");
        town.app.assert_verified();
    });
}

#[test]
fn auditors_are_told_who_entered_and_credited_how_much() {
    each_town("persons-work", |town| {
        let work = |token: &str, query: &str| town.app.get(&format!("/v1/totals/work?{query}"), token);
        let volunteer = town.volunteer();
        let first = town.submit(&volunteer, "18T09:00", "18T11:00");
        let credited = town.credit(&town.colleague, &first).ok();
        let alone = json!({ "credit": true, "evidence": "import" });
        let alone = submit(town, &town.coordinator, &volunteer, alone).created();
        town.void(&id(&alone));
        let (enters, credits) = (&credited["submitted_by"], &credited["decided_by"]);
        let told = work(&town.auditor, "").ok();
        let item = |actor: &Value, evidence: &str, entered: [i64; 2], credited: [i64; 3]| {
            json!({
                "unit": town.school, "actor": actor, "evidence": evidence, "entered_records": entered[0],
                "entered_minutes": entered[1], "late_records": 0, "credited_records": credited[0],
                "credited_minutes": credited[1], "credited_alone_minutes": credited[2],
                "self_declared": 0,
            })
        };
        let expected = [
            item(enters, "import", [1, 60], [1, 60, 60]),
            item(enters, "leader", [1, 120], [0, 0, 0]),
            item(credits, "leader", [0, 0], [1, 120, 0]),
        ];
        assert_eq!(told["items"], json!(expected), "what was voided was done, too");
        assert_eq!(work(&town.auditor, "from=2026-11-01&to=2026-11-19").ok()["items"], json!([]));
        let before = format!("as_of={}", credited["receipt"]["seq"].as_i64().unwrap() - 1);
        assert_eq!(work(&town.auditor, &before).ok()["items"].as_array().unwrap().len(), 1);
        let other = town.operator("auditor", &town.other_school);
        assert_eq!(work(&other, "").ok()["items"], json!([]), "of the own units only");
        work(&town.coordinator, "").refused(403, "not_permitted");
        work(&volunteer.token, "").refused(403, "not_permitted");
        work(&town.auditor, "from=2026-01-01&to=2026-11-20").refused(400, "invalid_parameter");
    });
}
