//! Service records (服务记录): what is refused, who approves, what is kept.

use crate::support::http::{Answer, id};
use crate::support::town::{Town, Volunteer, at, each_town, merged};
use hourbook::domain::ids::{ActivityId, RecordId, Seq, VolunteerId};
use serde_json::{Value, json};

/// Sends the usual service with members added or replaced; volunteers claim it for themselves.
fn submit(town: &Town, token: &str, volunteer: &Volunteer, [start, end]: [&str; 2], other: Value) -> Answer {
    let make = if token == volunteer.token { Town::claimed } else { Town::service };
    let service = merged(make(town, volunteer, start, end), other);
    town.app.post("/v1/service-records", token, service)
}

/// Submits and credits in one step.
fn serve(town: &Town, token: &str, volunteer: &Volunteer, times: [&str; 2]) -> Answer {
    submit(town, token, volunteer, times, json!({ "credit": true }))
}

fn credit(town: &Town, token: &str, record: &str) -> Answer {
    town.app.post(&format!("/v1/service-records/{record}/credit"), token, json!({}))
}

fn show(town: &Town, record: &str) -> Value {
    town.app.get(&format!("/v1/service-records/{record}"), &town.coordinator).ok()
}

const MORNING: [&str; 2] = ["18T09:00", "18T12:00"];

#[test]
fn a_record_is_submitted_then_credited_then_voided_once() {
    each_town("records-life", |town| {
        let volunteer = town.volunteer();
        let record = town.submit(&volunteer, "18T09:00", "18T12:00");
        assert_eq!(show(town, &record)["status"], "submitted");
        assert_eq!(town.account(&volunteer)["minutes"], 0, "not counted before it is credited");

        let void = |reason: &str| {
            let path = format!("/v1/service-records/{record}/void");
            town.app.post(&path, &town.coordinator, json!({ "reason": reason }))
        };
        let problem = void("误登").refused(409, "record_not_credited");
        assert_eq!(problem["current_status"], "submitted");

        let credited = credit(town, &town.coordinator, &record).ok();
        assert_eq!((&credited["status"], &credited["credited_minutes"]), (&json!("credited"), &json!(180)));
        let problem = credit(town, &town.colleague, &record).refused(409, "record_not_submitted");
        assert_eq!(problem["current_status"], "credited");
        let account = town.account(&volunteer);
        assert_eq!((&account["minutes"], &account["minutes_by_grade"]["leader"]), (&json!(180), &json!(180)));

        let voided = void("重复登记").ok();
        assert_eq!(voided["status"], "voided");
        void("再来一次").refused(409, "record_not_credited");
        assert_eq!(town.account(&volunteer)["minutes"], 0);
        let shown = show(town, &record);
        assert_eq!(shown["reasons"]["voided"], "重复登记");
        assert_eq!(shown["claimed_minutes"], 180, "nothing is edited in place");

        let entry = |thing: &Value| {
            let path = format!("/v1/journal/entries/{}", thing["receipt"]["seq"]);
            town.app.get(&path, &town.auditor).ok()
        };
        assert_eq!(entry(&voided)["reverses"], credited["receipt"]["seq"], "a linked reversal");
        town.app.assert_verified();
    });
}

#[test]
fn a_rejected_record_says_why_and_is_never_counted() {
    each_town("records-reject", |town| {
        let volunteer = town.volunteer();
        let record = town.submit(&volunteer, "18T09:00", "18T12:00");
        let reject = format!("/v1/service-records/{record}/reject");
        let problem = town.app.post(&reject, &town.coordinator, json!({})).refused(422, "missing_field");
        assert_eq!(problem["field"], "/reason");
        town.app.post(&reject, &town.coordinator, json!({ "reason": "未到场" })).ok();
        assert_eq!(show(town, &record)["reasons"]["rejected"], "未到场");
        town.app
            .post(&reject, &town.coordinator, json!({ "reason": "未到场" }))
            .refused(409, "record_not_submitted");
        credit(town, &town.coordinator, &record).refused(409, "record_not_submitted");
        assert_eq!(town.account(&volunteer)["minutes"], 0);
        town.submit(&volunteer, "18T09:00", "18T12:00");
    });
}

#[test]
fn service_of_an_impossible_shape_is_refused_each_by_its_own_code() {
    each_town("records-shape", |town| {
        let volunteer = town.volunteer();
        let refused = |times, other, code| {
            submit(town, &town.coordinator, &volunteer, times, other).refused(422, code);
        };
        refused(["18T12:00", "18T12:00"], json!({}), "end_not_after_start");
        refused(["18T12:00", "18T09:00"], json!({}), "end_not_after_start");
        refused(["20T11:00", "20T12:01"], json!({}), "service_in_future");
        refused(["15T23:00", "16T01:00"], json!({}), "outside_window");
        refused(MORNING, json!({ "count": 1 }), "count_unexpected");
        refused(MORNING, json!({ "end": "2026-11-18T09:00:59+08:00" }), "no_minutes");
        refused(MORNING, json!({ "evidence": "backfill" }), "reason_missing");

        let pause = |start: &str, end: &str| json!({ "start": at(start), "end": at(end) });
        for breaks in [
            json!([pause("18T08:00", "18T10:00")]),
            json!([pause("18T11:00", "18T13:00")]),
            json!([pause("18T11:00", "18T11:00")]),
            json!([pause("18T11:00", "18T11:30"), pause("18T10:00", "18T10:30")]),
            json!([pause("18T10:00", "18T11:00"), pause("18T10:59", "18T11:30")]),
        ] {
            refused(MORNING, json!({ "breaks": breaks }), "breaks_invalid");
        }
        refused(MORNING, json!({ "breaks": [pause("18T09:00", "18T12:00")] }), "no_minutes");
        assert_eq!(town.app.all_pages("/v1/service-records", &town.admin, 50), [] as [Value; 0]);
    });
}

#[test]
fn minutes_are_whole_and_never_rounded_up() {
    each_town("records-minutes", |town| {
        let minutes = |start: &str, end: &str, breaks: Value| {
            let service = json!({ "start": start, "end": end, "breaks": breaks });
            submit(town, &town.coordinator, &town.volunteer(), MORNING, service).created()["claimed_minutes"]
                .take()
        };
        let (nine, twelve) = ("2026-11-18T09:00:00+08:00", "2026-11-18T12:00:00+08:00");
        assert_eq!(minutes(nine, "2026-11-18T09:59:59.999999+08:00", json!([])), 59);
        assert_eq!(minutes(nine, "2026-11-18T02:00:00Z", json!([])), 60, "whatever the offset");
        let pause = json!({ "start": "2026-11-18T10:00:00+08:00", "end": "2026-11-18T10:00:01+08:00" });
        assert_eq!(minutes(nine, twelve, json!([pause])), 179);
    });
}

#[test]
fn the_window_has_a_tolerance_of_half_an_hour() {
    each_town("records-tolerance", |town| {
        town.app.clock.set("2026-11-30T12:00:00+08:00");
        let volunteer = town.volunteer();
        let attempt =
            |times| submit(town, &town.coordinator, &volunteer, times, json!({ "evidence": "import" }));
        attempt(["15T23:29", "16T01:00"]).refused(422, "outside_window");
        attempt(["15T23:30", "16T01:00"]).created();
        attempt(["22T23:00", "23T00:31"]).refused(422, "outside_window");
        attempt(["22T23:00", "23T00:30"]).created();
    });
}

#[test]
fn a_person_serves_one_place_at_a_time_whoever_enters_it() {
    each_town("records-overlap", |town| {
        let volunteer = town.volunteer();
        let first = town.submit(&volunteer, "18T09:00", "18T12:00");
        let at_other_school = |times| {
            let other = json!({ "activity": town.other_activity });
            submit(town, &town.other_coordinator, &volunteer, times, other)
        };
        for times in [
            ["18T08:00", "18T09:01"],
            ["18T10:00", "18T11:00"],
            ["18T11:59", "18T14:00"],
            ["18T08:00", "18T13:00"],
        ] {
            let problem = at_other_school(times).refused(409, "record_overlaps");
            assert_eq!(problem["record"], first, "the refusal names the other record");
        }
        at_other_school(["18T07:00", "18T09:00"]).created();
        at_other_school(["18T12:00", "18T13:00"]).created();
        submit(town, &town.coordinator, &volunteer, MORNING, json!({})).refused(409, "record_overlaps");
        submit(town, &town.coordinator, &town.volunteer(), MORNING, json!({})).created();

        let reject = format!("/v1/service-records/{first}/reject");
        town.app.post(&reject, &town.coordinator, json!({ "reason": "未到场" })).ok();
        let second = town.serve(&volunteer, "18T09:00", "18T12:00");
        submit(town, &town.coordinator, &volunteer, MORNING, json!({})).refused(409, "record_overlaps");
        town.void(&second);
        submit(town, &town.coordinator, &volunteer, MORNING, json!({})).created();
    });
}

#[test]
fn a_record_over_midnight_overlaps_on_both_days() {
    each_town("records-overlap-midnight", |town| {
        let volunteer = town.volunteer();
        let night = town.submit(&volunteer, "17T22:00", "18T02:00");
        for times in [["17T21:00", "17T23:00"], ["18T01:00", "18T03:00"], ["17T23:00", "18T01:00"]] {
            let problem =
                submit(town, &town.coordinator, &volunteer, times, json!({})).refused(409, "record_overlaps");
            assert_eq!(problem["record"], night);
        }
        submit(town, &town.coordinator, &volunteer, ["18T02:00", "18T03:00"], json!({})).created();
    });
}

#[test]
fn above_8_hours_the_parent_approves_above_12_the_top_and_24_never() {
    each_town("records-caps", |town| {
        let volunteer = town.volunteer();
        let enter = |times| id(&submit(town, &town.colleague, &volunteer, times, json!({})).created());
        let credit = |token: &str, record: &str| credit(town, token, record);
        credit(&town.coordinator, &enter(["18T00:00", "18T08:00"])).ok();
        let ninth = enter(["18T08:00", "18T08:01"]);
        credit(&town.coordinator, &ninth).refused(422, "approval_needs_parent_unit");
        credit(&town.district_coordinator, &ninth).ok();
        credit(&town.district_coordinator, &enter(["18T08:01", "18T12:00"])).ok();
        let evening = enter(["18T12:00", "18T23:59"]);
        for token in [&town.coordinator, &town.district_coordinator] {
            credit(token, &evening).refused(422, "approval_needs_top_unit");
        }
        credit(&town.bureau_coordinator, &evening).ok();
        let last = enter(["18T23:59", "19T00:00"]);
        for token in [&town.bureau_coordinator, &town.admin] {
            credit(token, &last).refused(409, "daily_cap_reached");
        }
        assert_eq!(town.account(&volunteer)["minutes"], 24 * 60 - 1);

        let other = town.volunteer();
        submit(town, &town.admin, &other, ["18T00:00", "19T00:00"], json!({}))
            .refused(409, "daily_cap_reached");
        town.app.assert_verified();
    });
}

#[test]
fn the_cap_is_on_the_persons_day_wherever_it_was_served() {
    each_town("records-caps-elsewhere", |town| {
        let volunteer = town.volunteer();
        let elsewhere = json!({ "activity": town.other_activity, "credit": true });
        submit(town, &town.other_coordinator, &volunteer, ["18T06:00", "18T14:00"], elsewhere).created();
        serve(town, &town.coordinator, &volunteer, ["18T15:00", "18T16:00"])
            .refused(422, "approval_needs_parent_unit");
        let waiting = town.submit(&volunteer, "18T15:00", "18T16:00");
        credit(town, &town.coordinator, &waiting).refused(422, "approval_needs_parent_unit");
        credit(town, &town.district_coordinator, &waiting).ok();
    });
}

#[test]
fn above_8_hours_another_person_approves_than_who_entered() {
    each_town("records-caps-second", |town| {
        let volunteer = town.volunteer();
        let long = ["18T00:00", "18T08:01"];
        for token in [&town.district_coordinator, &town.bureau_coordinator, &town.admin] {
            serve(town, token, &volunteer, long).refused(422, "approval_of_long_day");
        }
        let record = id(&submit(town, &town.district_coordinator, &volunteer, long, json!({})).created());
        credit(town, &town.district_coordinator, &record).refused(422, "approval_of_long_day");
        credit(town, &town.bureau_coordinator, &record).ok();
    });
}

#[test]
fn what_is_counted_is_bounded_a_day_and_an_activity() {
    each_town("records-count-cap", |town| {
        let volunteer = town.volunteer();
        let donation =
            |name: &str| town.activity_of(&town.school, json!({ "measure": "count", "name": name }));
        let (first, second) = (donation("无偿献血"), donation("无偿献血二"));
        let donate = |activity: &str, times, count: i64| {
            let donation = json!({ "activity": activity, "count": count });
            submit(town, &town.coordinator, &volunteer, times, donation)
        };
        let refused = donate(&first, ["18T09:00", "18T10:00"], 6).refused(409, "count_cap_reached");
        assert_eq!((&refused["most"], &refused["within"]), (&json!(5), &json!("day")));
        let three = id(&donate(&first, ["18T09:00", "18T10:00"], 3).created());
        donate(&second, ["18T10:00", "18T11:00"], 3).refused(409, "count_cap_reached");
        donate(&second, ["18T10:00", "18T11:00"], 2).created();
        // What is rejected counts no more.
        let reject = format!("/v1/service-records/{three}/reject");
        town.app.post(&reject, &town.coordinator, json!({ "reason": "误登" })).ok();
        donate(&first, ["18T11:00", "18T12:00"], 3).created();

        // A policy says another number, from its day on.
        town.policy(json!({
            "effective_from": "2026-11-20", "most_counts_a_day": 50, "most_counts_an_activity": 8,
        }));
        let refused = donate(&first, ["20T09:00", "20T10:00"], 6).refused(409, "count_cap_reached");
        assert_eq!((&refused["most"], &refused["within"]), (&json!(8), &json!("activity")));
        donate(&first, ["20T09:00", "20T10:00"], 5).created();
        donate(&second, ["20T10:00", "20T11:00"], 6).created();
        donate(&first, ["19T09:00", "19T10:00"], 5).created();
        town.app.assert_verified();
    });
}

#[test]
fn where_the_top_unit_itself_serves_its_coordinator_approves_it_all() {
    each_town("records-caps-top", |town| {
        let activity = town.activity_of(&town.bureau, json!({}));
        let volunteer = town.volunteer_of(&town.bureau);
        let service = json!({ "activity": activity });
        let record = submit(town, &town.admin, &volunteer, ["18T00:00", "18T23:00"], service).created();
        credit(town, &town.bureau_coordinator, &id(&record)).ok();
    });
}

#[test]
fn a_record_over_midnight_counts_on_both_days_by_its_minutes_on_each() {
    each_town("records-midnight", |town| {
        let volunteer = town.volunteer();
        let serve = |times| serve(town, &town.coordinator, &volunteer, times);
        serve(["17T08:00", "17T12:01"]).created();
        serve(["17T20:00", "18T04:00"]).refused(422, "approval_needs_parent_unit");
        let night = serve(["17T20:01", "18T04:00"]).created();
        assert_eq!(night["credited_minutes"], 479);
        assert_eq!(night["service_date"], "2026-11-17", "totals count it on the day of its start");
        serve(["18T08:00", "18T12:01"]).refused(422, "approval_needs_parent_unit");
        serve(["18T08:00", "18T12:00"]).created();
        serve(["18T13:00", "18T13:01"]).refused(422, "approval_needs_parent_unit");
    });
}

#[test]
fn every_deducted_minute_has_its_reason() {
    each_town("records-deductions", |town| {
        let volunteer = town.volunteer();
        let record = town.submit(&volunteer, "18T09:00", "18T12:00");
        let path = format!("/v1/service-records/{record}/credit");
        let credit =
            |deductions: Value| town.app.post(&path, &town.coordinator, json!({ "deductions": deductions }));
        credit(json!([{ "minutes": 180, "reason": "全部" }])).refused(422, "deductions_invalid");
        credit(json!([{ "minutes": 100, "reason": "甲" }, { "minutes": 80, "reason": "乙" }]))
            .refused(422, "deductions_invalid");
        credit(json!([{ "minutes": 0, "reason": "无" }])).refused(422, "invalid_field");
        credit(json!([{ "minutes": 10 }])).refused(422, "missing_field");

        let deductions =
            json!([{ "minutes": 30, "reason": "迟到半小时" }, { "minutes": 10, "reason": "中途离开" }]);
        let credited = credit(deductions).ok();
        assert_eq!((&credited["claimed_minutes"], &credited["credited_minutes"]), (&json!(180), &json!(140)));
        let shown = show(town, &record);
        let minutes_by_reason: Vec<_> = shown["deductions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|deduction| {
                let reasons = shown["reasons"]["deducted"].as_array().unwrap();
                let reason =
                    reasons.iter().find(|it| it["reason_commitment"] == deduction["reason_commitment"]);
                (deduction["minutes"].as_i64().unwrap(), reason.unwrap()["reason"].as_str().unwrap())
            })
            .collect();
        assert_eq!(minutes_by_reason, [(30, "迟到半小时"), (10, "中途离开")]);
        let entry =
            town.app.get(&format!("/v1/journal/entries/{}", credited["receipt"]["seq"]), &town.auditor);
        assert!(!entry.text.contains("迟到"), "the journal binds the reason and does not hold it");
        assert_eq!(town.account(&volunteer)["minutes"], 140);
        assert_eq!(town.points(&volunteer)[0], "2.33");
    });
}

#[test]
fn hours_are_not_sold_through_back_fill() {
    each_town("records-backfill", |town| {
        let volunteer = town.volunteer();
        let backfill = |token: &str, credit: bool| {
            let late = json!({ "evidence": "backfill", "reason": "当天系统故障", "credit": credit });
            submit(town, token, &volunteer, MORNING, late)
        };
        backfill(&town.coordinator, true).refused(422, "approval_of_own_backfill");
        backfill(&town.admin, true).refused(422, "approval_of_own_backfill");
        let record = id(&backfill(&town.coordinator, false).created());
        credit(town, &town.coordinator, &record).refused(422, "approval_of_own_backfill");
        credit(town, &town.auditor, &record).refused(403, "not_permitted");
        credit(town, &town.colleague, &record).ok();

        let shown = show(town, &record);
        assert_eq!(shown["reasons"]["submitted"], "当天系统故障");
        assert_ne!(shown["submitted_by"], shown["decided_by"]);
        let account = town.account(&volunteer);
        assert_eq!(account["minutes_by_grade"]["backfill"], 180, "it earns minutes");
        assert_eq!(account["points"]["available"], "0.00", "and no points");
    });
}

#[test]
fn nobody_approves_their_own_hours_whatever_the_grade() {
    each_town("records-own-hours", |town| {
        let volunteer = town.volunteer();
        let (_, own) = town.operator_with("coordinator", &town.school, json!({ "volunteer": volunteer.id }));
        for evidence in ["leader", "import", "backfill"] {
            let claim = json!({ "evidence": evidence, "reason": "本人服务" });
            submit(town, &own, &volunteer, MORNING, merged(claim.clone(), json!({ "credit": true })))
                .refused(422, "approval_of_own_hours");
            let record = id(&submit(town, &own, &volunteer, MORNING, claim).created());
            credit(town, &own, &record).refused(422, "approval_of_own_hours");
            credit(town, &town.colleague, &record).ok();
            town.void(&record);
        }
        let claimed = id(&submit(town, &volunteer.token, &volunteer, MORNING, json!({})).created());
        credit(town, &own, &claimed).refused(422, "approval_of_own_hours");
        serve(town, &own, &town.volunteer(), MORNING).created();
    });
}

#[test]
fn volunteers_claim_for_themselves_and_no_more() {
    each_town("records-self", |town| {
        let volunteer = town.volunteer();
        let own = |times, other| submit(town, &volunteer.token, &volunteer, times, other);
        own(MORNING, json!({})).created();
        for evidence in ["scan", "geo"] {
            own(["18T13:00", "18T14:00"], json!({ "evidence": evidence })).refused(422, "evidence_not_seen");
        }
        for evidence in ["leader", "import", "backfill"] {
            own(["18T15:00", "18T16:00"], json!({ "evidence": evidence, "reason": "补录" }))
                .refused(422, "evidence_not_permitted");
        }
        own(["18T15:00", "18T16:00"], json!({ "credit": true })).refused(403, "not_permitted");
        submit(town, &volunteer.token, &town.volunteer(), MORNING, json!({})).refused(403, "not_permitted");
        let record = id(&own(["18T15:00", "18T16:00"], json!({})).created());
        credit(town, &volunteer.token, &record).refused(403, "not_permitted");
    });
}

#[test]
fn only_the_unit_of_the_activity_decides() {
    each_town("records-who", |town| {
        let volunteer = town.volunteer();
        let record = town.submit(&volunteer, "18T09:00", "18T12:00");
        submit(town, &town.other_coordinator, &volunteer, ["18T13:00", "18T14:00"], json!({}))
            .refused(403, "outside_unit");
        credit(town, &town.other_coordinator, &record).refused(403, "outside_unit");
        let act = |step: &str, token: &str| {
            let path = format!("/v1/service-records/{record}/{step}");
            town.app.post(&path, token, json!({ "reason": "不属本单位" }))
        };
        act("reject", &town.other_coordinator).refused(403, "outside_unit");
        credit(town, &town.bureau_coordinator, &record).ok();
        act("void", &town.other_coordinator).refused(403, "outside_unit");
        act("void", &town.auditor).refused(403, "not_permitted");
        let path = format!("/v1/service-records/{record}");
        town.app.get(&path, &town.other_coordinator).refused(404, "record_not_found");
        town.app.get(&path, &town.volunteer().token).refused(404, "record_not_found");
        town.app.get(&path, &volunteer.token).ok();

        let (nowhere, nobody) = (ActivityId::new(Seq(1_000_000)), VolunteerId::new(Seq(1_000_000)));
        submit(town, &town.admin, &volunteer, MORNING, json!({ "activity": nowhere }))
            .refused(404, "activity_not_found");
        submit(town, &town.admin, &volunteer, MORNING, json!({ "volunteer": nobody }))
            .refused(404, "volunteer_not_found");
        credit(town, &town.admin, &RecordId::new(Seq(1_000_000)).to_string())
            .refused(404, "record_not_found");
    });
}

#[test]
fn what_is_entered_after_ten_working_days_is_flagged_late() {
    each_town("records-late", |town| {
        let volunteer = town.volunteer();
        let friday = json!({
            "window": { "start": "2026-11-20T08:00:00+08:00", "end": "2026-11-20T18:00:00+08:00" }
        });
        let activity = town.activity_of(&town.school, friday);
        let entered_at = |now: &str, times| {
            town.app.clock.set(now);
            let late = json!({ "activity": activity, "evidence": "import", "reason": "漏记" });
            let record = submit(town, &town.coordinator, &volunteer, times, late);
            record.created()["late"].take()
        };
        assert_eq!(entered_at("2026-11-20T18:00:00+08:00", ["20T08:00", "20T09:00"]), false);
        assert_eq!(entered_at("2026-12-04T23:59:59+08:00", ["20T09:00", "20T10:00"]), false);
        assert_eq!(entered_at("2026-12-05T00:00:00+08:00", ["20T10:00", "20T11:00"]), true);
    });
}

#[test]
fn service_to_midnight_ends_on_the_day_before_whatever_the_window() {
    each_town("records-late-midnight", |town| {
        let volunteer = town.volunteer();
        let entered_at = |now: &str, times| {
            town.app.clock.set(now);
            let late = json!({ "evidence": "import", "reason": "漏记" });
            submit(town, &town.coordinator, &volunteer, times, late).created()["late"].take()
        };
        // Of Thursday, 19 November: ten working days later it is Thursday, 3 December. The window is open on.
        assert_eq!(entered_at("2026-12-03T23:59:59+08:00", ["19T22:00", "19T23:00"]), false);
        assert_eq!(entered_at("2026-12-04T00:00:00+08:00", ["19T23:00", "20T00:00"]), true);
        assert_eq!(entered_at("2026-12-04T00:00:00+08:00", ["20T00:00", "20T00:01"]), false);
    });
}

#[test]
fn count_type_service_has_a_count_and_earns_points_only() {
    each_town("records-count", |town| {
        let volunteer = town.volunteer();
        let blood_donation = town.activity_of(&town.school, json!({ "measure": "count" }));
        let donate = |count: Value| {
            let donation = json!({ "activity": blood_donation, "count": count });
            submit(town, &town.coordinator, &volunteer, MORNING, donation)
        };
        donate(Value::Null).refused(422, "count_missing");
        donate(json!(0)).refused(422, "invalid_field");
        donate(json!(1001)).refused(422, "invalid_field");
        let record = town.credit(&town.colleague, &id(&donate(json!(2)).created())).ok();
        assert_eq!((&record["count"], &record["credited_minutes"]), (&json!(2), &json!(0)));
        assert_eq!(town.account(&volunteer)["minutes"], 0);
        assert_eq!(town.points(&volunteer)[0], "10.00", "five points a count");
        let total = town.app.get("/v1/totals/minutes", &town.auditor).ok()["items"][0].take();
        assert_eq!(
            (&total["occasions"], &total["credited_minutes"], &total["records"]),
            (&json!(2), &json!(0), &json!(1))
        );
        submit(town, &town.coordinator, &volunteer, MORNING, json!({})).refused(409, "record_overlaps");
        town.void(&id(&record));
        assert_eq!(town.points(&volunteer)[0], "0.00");
        town.app.assert_verified();
    });
}

#[test]
fn in_bulk_each_item_has_its_own_outcome() {
    each_town("records-bulk", |town| {
        let (one, two) = (town.volunteer(), town.volunteer());
        let credited =
            |volunteer, start, end| merged(town.service(volunteer, start, end), json!({ "credit": true }));
        let items = json!({ "items": [
            credited(&one, "18T09:00", "18T12:00"),
            credited(&one, "18T11:00", "18T13:00"),
            merged(town.service(&two, "18T09:00", "18T12:00"), json!({ "activity": town.other_activity })),
            town.service(&two, "18T09:00", "18T10:00"),
        ] });
        let answer = town.app.post("/v1/service-records/bulk", &town.coordinator, items).ok();
        let statuses: Vec<_> =
            answer["items"].as_array().unwrap().iter().map(|item| &item["status"]).collect();
        assert_eq!(statuses, ["accepted", "refused", "refused", "accepted"]);
        let first = &answer["items"][0];
        assert_eq!(
            (&first["record"]["status"], &first["record"]["credited_minutes"]),
            (&json!("credited"), &json!(180))
        );
        let problem = &answer["items"][1]["problem"];
        assert_eq!(
            (&problem["code"], &problem["record"]),
            (&json!("record_overlaps"), &first["record"]["id"])
        );
        assert_eq!(answer["items"][2]["problem"]["code"], "outside_unit");
        assert_eq!(answer["items"][3]["record"]["status"], "submitted");
        assert_eq!(town.account(&one)["minutes"], 180);

        let bulk = |items: Value| {
            town.app.post("/v1/service-records/bulk", &town.coordinator, json!({ "items": items }))
        };
        bulk(json!([])).refused(422, "invalid_field");
        let too_many = vec![town.service(&two, "17T09:00", "17T10:00"); 1001];
        bulk(json!(too_many)).refused(422, "invalid_field");
        let crooked = json!([town.service(&two, "17T09:00", "17T10:00"), { "activity": 7 }]);
        let problem = bulk(crooked).refused(422, "invalid_field");
        assert_eq!(problem["field"], "/items/1/activity");
        assert_eq!(
            town.app.all_pages("/v1/service-records", &town.admin, 50).len(),
            2,
            "nothing is done of it"
        );
    });
}

#[test]
fn records_are_found_by_whose_where_and_how() {
    each_town("records-list", |town| {
        let (ours, theirs) = (town.volunteer(), town.volunteer_of(&town.other_school));
        let claimed = id(&submit(town, &ours.token, &ours, ["17T09:00", "17T10:00"], json!({})).created());
        credit(town, &town.coordinator, &claimed).ok();
        let led =
            id(&submit(town, &town.coordinator, &ours, MORNING, json!({ "evidence": "leader" })).created());
        let guest = town.serve(&theirs, "18T09:00", "18T10:00");
        let other = json!({ "activity": town.other_activity, "credit": true });
        let away =
            id(&submit(town, &town.other_coordinator, &ours, ["19T09:00", "19T10:00"], other).created());
        let found = |token: &str, query: &str| -> Vec<String> {
            let page = town.app.get(&format!("/v1/service-records?{query}"), token).ok();
            page["items"].as_array().unwrap().iter().map(id).collect()
        };
        let all = [away.clone(), guest.clone(), led.clone(), claimed.clone()];
        assert_eq!(found(&town.auditor, ""), all, "of the school's activities and of its volunteers");
        assert_eq!(found(&town.other_coordinator, ""), [away.clone(), guest.clone()]);
        assert_eq!(found(&ours.token, ""), [away.clone(), led.clone(), claimed.clone()]);
        assert_eq!(
            found(&town.auditor, &format!("unit={}", town.school)),
            [guest.clone(), led.clone(), claimed.clone()]
        );
        assert_eq!(found(&town.auditor, &format!("volunteer={}", theirs.id)), [guest.clone()]);
        assert_eq!(found(&town.auditor, "status=submitted"), [led.clone()]);
        assert_eq!(found(&town.auditor, "evidence=claimed"), [claimed.clone()]);
        assert_eq!(found(&town.auditor, "from=2026-11-18&to=2026-11-18"), [guest, led]);
        assert_eq!(found(&town.auditor, &format!("activity={}", town.other_activity)), [away]);
    });
}
