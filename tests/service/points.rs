//! Points (积分): what credited service earns under which policy, lots, lapse, debt.

use crate::support::http::{Answer, id};
use crate::support::refusals;
use crate::support::town::{Town, Volunteer, each_town, merged};
use hourbook::domain::Command;
use hourbook::domain::lot::ExpirePoints;
use hourbook::engine::Request;
use serde_json::{Value, json};

/// Serves and is credited at once by the coordinator, with members of the record added or replaced.
fn serve(town: &Town, volunteer: &Volunteer, [start, end]: [&str; 2], other: Value) -> Value {
    let service = merged(town.service(volunteer, start, end), json!({ "credit": true }));
    town.app.post("/v1/service-records", &town.coordinator, merged(service, other)).created()
}

/// Sets the usual terms with members replaced.
fn set_policy(town: &Town, token: &str, other: Value) -> Answer {
    let usual = json!({
        "effective_from": "2026-12-01", "points_per_hour": "1", "points_per_count": "5",
        "earning_grades": ["leader"], "validity": { "kind": "unlimited" },
    });
    town.app.post("/v1/points-policies", token, merged(usual, other))
}

/// Kinds of the entries of a statement, newest first.
fn statement_kinds(town: &Town, volunteer: &Volunteer) -> Vec<String> {
    let path = format!("/v1/volunteers/{}/statement", volunteer.id);
    let entries = town.app.all_pages(&path, &town.admin, 50);
    entries.iter().map(|entry| entry["kind"].as_str().unwrap().to_owned()).collect()
}

/// An hour each on the mornings of the days from the 16th on.
fn serve_hours(town: &Town, volunteer: &Volunteer, hours: u32) -> Vec<String> {
    let day = |day| town.serve(volunteer, &format!("{day}T09:00"), &format!("{day}T10:00"));
    (16..16 + hours).map(day).collect()
}

#[test]
fn an_hour_well_evidenced_earns_a_point_and_an_imported_one_none() {
    each_town("points-earn", |town| {
        let earned = |evidence: &str, end: &str| {
            let volunteer = town.volunteer();
            serve(town, &volunteer, ["18T09:00", end], json!({ "evidence": evidence }));
            town.points(&volunteer)[0].clone()
        };
        assert_eq!(earned("leader", "18T10:00"), "1.00");
        assert_eq!(earned("leader", "18T10:30"), "1.50");
        assert_eq!(earned("leader", "18T09:59"), "0.98", "exact, rounded down to a hundredth");
        assert_eq!(earned("import", "18T10:00"), "0.00");
    });
}

#[test]
fn a_programmes_coefficient_goes_before_its_categorys() {
    each_town("points-coefficients", |town| {
        let programme = |category: &str| {
            let programme = json!({ "unit": town.bureau, "name": "无偿献血", "category": category });
            id(&town.app.post("/v1/programmes", &town.bureau_coordinator, programme).created())
        };
        let (by_both, by_category, plain) = (programme("急救"), programme("急救"), programme("环保"));
        let made = set_policy(
            town,
            &town.admin,
            json!({
                "effective_from": "2026-11-20",
                "programme_coefficients": [{ "programme": by_both, "coefficient": "2" }],
                "category_coefficients": [{ "category": "急救", "coefficient": "1.5" }],
            }),
        );
        made.created();
        let earned = |programme: &str| {
            let activity = town.activity_of(&town.school, json!({ "programme": programme }));
            let volunteer = town.volunteer();
            serve(town, &volunteer, ["20T09:00", "20T10:00"], json!({ "activity": activity }));
            town.points(&volunteer)[0].clone()
        };
        assert_eq!([earned(&by_both), earned(&by_category), earned(&plain)], ["2.00", "1.50", "1.00"]);
    });
}

#[test]
fn the_policy_of_the_service_date_holds() {
    each_town("points-versions", |town| {
        set_policy(town, &town.admin, json!({ "effective_from": "2026-11-20", "points_per_hour": "3" }))
            .created();
        let volunteer = town.volunteer();
        let before = serve(town, &volunteer, ["19T09:00", "19T10:00"], json!({}));
        assert_eq!(town.points(&volunteer)[0], "1.00");
        serve(town, &volunteer, ["20T09:00", "20T10:00"], json!({}));
        assert_eq!(town.points(&volunteer)[0], "4.00");

        let versions = town.app.all_pages("/v1/points-policies", &volunteer.token, 1);
        let rates: Vec<_> = versions.iter().map(|version| &version["points_per_hour"]).collect();
        assert_eq!(rates, ["3.00", "1.00"], "newest first");
        let entry =
            town.app.get(&format!("/v1/journal/entries/{}", before["receipt"]["seq"]), &town.auditor).ok();
        assert_eq!(
            entry["event"]["crediting"]["award"]["policy"], versions[1]["id"],
            "the entry names the version"
        );
        let path = format!("/v1/points-policies/{}", id(&versions[1]));
        assert_eq!(town.app.get(&path, &volunteer.token).ok()["points_per_hour"], "1.00");
        town.app
            .get(&format!("/v1/points-policies/{}", town.school), &town.admin)
            .refused(404, "policy_not_found");
    });
}

#[test]
fn terms_are_set_ahead_by_an_admin_within_bounds() {
    each_town("points-terms", |town| {
        let set = |other: Value| set_policy(town, &town.admin, other);
        set(json!({ "effective_from": "2026-11-19" })).refused(422, "policy_in_past");
        set(json!({ "points_per_hour": "1000.01" })).refused(422, "policy_terms_invalid");
        set(json!({ "points_per_count": "10000.01" })).refused(422, "policy_terms_invalid");
        let too_much = json!([{ "category": "急救", "coefficient": "100.01" }]);
        set(json!({ "category_coefficients": too_much })).refused(422, "policy_terms_invalid");
        let nowhere = json!([{ "programme": hourbook::domain::ids::ProgrammeId::new(hourbook::domain::ids::Seq(99_999)), "coefficient": "1" }]);
        set(json!({ "programme_coefficients": nowhere })).refused(404, "programme_not_found");
        set(json!({ "points_per_hour": "1.001" })).refused(422, "invalid_field");
        set(json!({ "points_per_hour": -1 })).refused(422, "invalid_field");
        set_policy(town, &town.bureau_coordinator, json!({})).refused(403, "not_permitted");
        set(json!({ "effective_from": "2026-11-20" })).created();
    });
}

#[test]
fn without_a_policy_there_are_minutes_and_no_points() {
    crate::support::http::each_app("points-none", |app| {
        let town = Town::without_policy(app);
        let volunteer = town.volunteer();
        town.serve(&volunteer, "18T09:00", "18T12:00");
        assert_eq!(town.account(&volunteer)["minutes"], 180);
        assert_eq!(town.points(&volunteer)[0], "0.00");
        app.assert_verified();
    });
}

#[test]
fn no_more_is_earned_in_a_month_than_the_quota() {
    each_town("points-quota", |town| {
        set_policy(town, &town.admin, json!({ "effective_from": "2026-11-20", "monthly_quota": "4" }))
            .created();
        let december = town.activity_of(
            &town.school,
            json!({
                "window": { "start": "2026-11-20T00:00:00+08:00", "end": "2026-12-31T00:00:00+08:00" }
            }),
        );
        town.app.clock.set("2026-11-30T12:00:00+08:00");
        let volunteer = town.volunteer();
        let serve = |times| serve(town, &volunteer, times, json!({ "activity": december }));
        let first = serve(["21T09:00", "21T12:00"]);
        serve(["22T09:00", "22T12:00"]);
        assert_eq!(town.points(&volunteer)[0], "4.00", "three points, and one up to the quota");
        serve(["23T09:00", "23T12:00"]);
        assert_eq!(town.points(&volunteer)[0], "4.00");
        assert_eq!(town.account(&volunteer)["minutes"], 540, "minutes know no quota");
        town.app.clock.set("2026-12-01T12:00:00+08:00");
        let in_december = json!({
            "start": "2026-12-01T09:00:00+08:00", "end": "2026-12-01T10:00:00+08:00", "activity": december,
        });
        self::serve(town, &volunteer, ["21T09:00", "21T12:00"], in_december);
        assert_eq!(town.points(&volunteer)[0], "5.00", "another month");

        town.void(&id(&first));
        serve(["24T09:00", "24T12:00"]);
        assert_eq!(town.points(&volunteer)[0], "5.00", "what was voided makes room again");
        town.app.assert_verified();
    });
}

#[test]
fn points_lapse_by_themselves_and_are_not_spent_before_the_sweep_comes() {
    each_town("points-lapse", |town| {
        let monthly =
            json!({ "effective_from": "2026-11-20", "validity": { "kind": "months", "months": 1 } });
        set_policy(town, &town.admin, monthly).created();
        let volunteer = town.volunteer();
        let lapsing = town.serve(&volunteer, "20T09:00", "20T12:00");
        let next = town.account(&volunteer)["points"]["expiring_next"].take();
        assert_eq!(next, json!({ "points": "3.00", "expires_at": "2026-12-21T00:00:00+08:00" }));

        let expire = || {
            let request = Request::of_system(Command::ExpirePoints(ExpirePoints {
                volunteer: volunteer.id.parse().unwrap(),
            }));
            town.app.ledger().submit_blocking(request)
        };
        town.app.clock.set("2026-12-20T23:59:59+08:00");
        assert_eq!(town.app.sweep(), 1, "that they will lapse is announced");
        assert_eq!(town.app.sweep(), 0);
        refusals::expect_within(expire(), "nothing_due");

        let reward = town.reward("3", 1);
        town.app.clock.set("2026-12-21T00:00:00+08:00");
        assert_eq!(town.points(&volunteer)[0], "0.00", "at the very instant");
        let wish = json!({ "reward": reward, "volunteer": volunteer.id });
        let problem =
            town.app.post("/v1/redemptions", &volunteer.token, wish).refused(409, "points_insufficient");
        assert_eq!(problem["available"], "0.00");
        assert_eq!(town.app.sweep(), 1);
        assert_eq!(town.app.sweep(), 0);
        assert_eq!(statement_kinds(town, &volunteer)[0], "points_expired");
        let books = town.app.get("/v1/totals/points", &town.auditor).ok()["items"][0].take();
        assert_eq!(
            (&books["issued"], &books["available"], &books["expired"]),
            (&json!("3.00"), &json!("0.00"), &json!("3.00"))
        );

        town.void(&lapsing);
        assert_eq!(town.points(&volunteer), ["0.00", "0.00", "0.00"], "what lapsed unspent is not owed");
        town.app.assert_verified();
    });
}

#[test]
fn points_may_be_good_until_a_fixed_day() {
    each_town("points-until", |town| {
        let until =
            json!({ "effective_from": "2026-11-20", "validity": { "kind": "until", "date": "2026-11-30" } });
        set_policy(town, &town.admin, until).created();
        let volunteer = town.volunteer();
        town.serve(&volunteer, "20T09:00", "20T12:00");
        town.app.clock.set("2026-11-30T23:59:59+08:00");
        assert_eq!(town.points(&volunteer)[0], "3.00");
        town.app.clock.set("2026-12-01T00:00:00+08:00");
        assert_eq!(town.points(&volunteer)[0], "0.00");
    });
}

#[test]
fn what_lapses_first_is_spent_first_and_a_redemption_names_what_earned_it() {
    each_town("points-order", |town| {
        let monthly =
            json!({ "effective_from": "2026-11-20", "validity": { "kind": "months", "months": 1 } });
        set_policy(town, &town.admin, monthly).created();
        let volunteer = town.volunteer();
        let lasting = town.serve(&volunteer, "19T09:00", "19T11:00");
        let lapsing = town.serve(&volunteer, "20T09:00", "20T11:00");
        let gift = town.redeem(&volunteer, &town.reward("3", 1));
        let shown = town.app.get(&format!("/v1/redemptions/{}", gift.id), &town.coordinator).ok();
        let lot_of = |record: &str| {
            town.app.get(&format!("/v1/service-records/{record}"), &town.coordinator).ok()["lot"].take()
        };
        assert_eq!(
            shown["draws"],
            json!([{ "lot": lot_of(&lapsing), "points": "2.00" }, { "lot": lot_of(&lasting), "points": "1.00" }])
        );
    });
}

#[test]
fn voiding_takes_unspent_points_back_and_what_was_spent_becomes_a_debt_to_earn_back() {
    each_town("points-debt", |town| {
        let volunteer = town.volunteer();
        let records = serve_hours(town, &volunteer, 3);
        town.fulfil(&town.redeem(&volunteer, &town.reward("2", 1)));
        assert_eq!(town.points(&volunteer), ["1.00", "0.00", "0.00"]);

        town.void(&records[0]);
        assert_eq!(town.points(&volunteer), ["0.00", "0.00", "0.00"], "the unspent point of another lot");
        town.void(&records[1]);
        assert_eq!(town.points(&volunteer), ["0.00", "0.00", "1.00"], "spent: now it is owed");
        assert_eq!(town.account(&volunteer)["minutes"], 60);

        let wish = json!({ "reward": town.reward("0.50", 1), "volunteer": volunteer.id });
        let redeem = || town.app.post("/v1/redemptions", &volunteer.token, wish.clone());
        assert_eq!(redeem().refused(409, "points_owed")["debt"], "1.00");
        town.serve(&volunteer, "20T09:00", "20T09:30");
        assert_eq!(town.points(&volunteer), ["0.00", "0.00", "0.50"]);
        assert_eq!(redeem().refused(409, "points_owed")["debt"], "0.50");
        town.serve(&volunteer, "20T10:00", "20T11:00");
        assert_eq!(town.points(&volunteer), ["0.50", "0.00", "0.00"], "earned back, and the rest is free");
        redeem().created();
        town.app.assert_verified();
    });
}

#[test]
fn points_held_for_a_gift_are_owed_when_their_hours_are_voided_until_the_gift_is_given_up() {
    each_town("points-held-void", |town| {
        let volunteer = town.volunteer();
        let reward = town.reward("3", 2);
        let record = town.serve(&volunteer, "18T09:00", "18T12:00");
        let gift = town.redeem(&volunteer, &reward);
        assert_eq!(town.points(&volunteer), ["0.00", "3.00", "0.00"]);
        town.void(&record);
        assert_eq!(town.points(&volunteer), ["0.00", "3.00", "3.00"]);
        town.app.post(&format!("/v1/redemptions/{}/cancel", gift.id), &volunteer.token, json!({})).ok();
        assert_eq!(town.points(&volunteer), ["0.00", "0.00", "0.00"], "what came back pays what is owed");

        let record = town.serve(&volunteer, "18T09:00", "18T12:00");
        let gift = town.redeem(&volunteer, &reward);
        town.void(&record);
        town.fulfil(&gift);
        assert_eq!(town.points(&volunteer), ["0.00", "0.00", "3.00"], "handed over all the same, and owed");
        let books = town.app.get("/v1/totals/points", &town.auditor).ok()["items"][0].take();
        assert_eq!(
            (&books["issued"], &books["redeemed"], &books["debt"]),
            (&json!("0.00"), &json!("3.00"), &json!("3.00"))
        );
        town.app.assert_verified();
    });
}

#[test]
fn a_statement_runs_to_the_balance_of_the_account() {
    each_town("points-statement", |town| {
        let volunteer = town.volunteer();
        let records = serve_hours(town, &volunteer, 4);
        town.fulfil(&town.redeem(&volunteer, &town.reward("3", 1)));
        town.void(&records[0]);
        town.void(&records[1]);
        assert_eq!(town.points(&volunteer), ["0.00", "0.00", "1.00"]);

        let path = format!("/v1/volunteers/{}/statement", volunteer.id);
        let entries = town.app.all_pages(&path, &volunteer.token, 3);
        assert_eq!(entries, town.app.all_pages(&path, &town.auditor, 200), "whatever the pages");
        let amount = |text: &Value| text.as_str().unwrap().replace('.', "").parse::<i64>().unwrap();
        let (mut minutes, mut points) = (0, 0);
        for line in entries.iter().rev().flat_map(|entry| entry["lines"].as_array().unwrap()) {
            let sum = if line["asset"] == "minutes" { &mut minutes } else { &mut points };
            *sum += amount(&line["amount"]);
            assert_eq!(*sum, amount(&line["asset_balance"]), "{line}");
        }
        assert_eq!((minutes, points), (120, -100), "two hours stay, one point is owed");
        let latest =
            entries[0]["lines"].as_array().unwrap().iter().find(|line| line["account"] == "debt").unwrap();
        assert_eq!(latest["account_balance"], "-1.00");
        assert_eq!(entries[0]["kind"], "record_voided");
        assert!(entries[0]["reverses"].is_i64());
        assert_eq!(entries[0]["record"], records[1], "each entry names what it was about");
        let redemptions = entries.iter().filter(|entry| entry["redemption"].is_string()).count();
        assert_eq!(redemptions, 2, "placed and fulfilled");
        assert!(entries.iter().all(|entry| entry["record"].is_string() != entry["redemption"].is_string()));
        town.app.get(&path, &town.other_coordinator).refused(404, "volunteer_not_found");
    });
}

#[test]
fn three_times_twenty_minutes_of_a_day_are_an_hour() {
    each_town("points-day", |town| {
        let volunteer = town.volunteer();
        let twenty =
            |hour: u32| town.serve(&volunteer, &format!("20T{hour:02}:00"), &format!("20T{hour:02}:20"));
        let records: Vec<String> = (8..11).map(twenty).collect();
        assert_eq!(town.points(&volunteer)[0], "1.00");
        let path = format!("/v1/volunteers/{}/lots", volunteer.id);
        let lots = town.app.all_pages(&path, &town.admin, 50);
        let points: Vec<&Value> = lots.iter().map(|lot| &lot["points"]).collect();
        assert_eq!(points, ["0.34", "0.33", "0.33"], "each record what it adds to the day; newest first");

        town.void(&records[0]);
        assert_eq!(town.points(&volunteer)[0], "0.67", "a record takes its own lot back");
        twenty(7);
        assert_eq!(town.points(&volunteer)[0], "1.00", "the day's sum is right again");
        town.serve(&volunteer, "19T08:00", "19T08:20");
        assert_eq!(town.points(&volunteer)[0], "1.33", "another day");
        town.app.assert_verified();
    });
}

#[test]
fn a_day_of_several_programmes_is_rounded_once() {
    each_town("points-day-coefficients", |town| {
        let programme = json!({ "unit": town.bureau, "name": "无偿献血" });
        let programme = id(&town.app.post("/v1/programmes", &town.bureau_coordinator, programme).created());
        let factors = json!([{ "programme": programme, "coefficient": "1.25" }]);
        let terms = json!({ "effective_from": "2026-11-20", "programme_coefficients": factors });
        let made = set_policy(town, &town.admin, terms).created();
        assert_eq!(made["rounding"], "day");
        let activity = town.activity_of(&town.school, json!({ "programme": programme }));
        let volunteer = town.volunteer();
        serve(town, &volunteer, ["20T08:00", "20T08:20"], json!({}));
        serve(town, &volunteer, ["20T09:00", "20T09:20"], json!({ "activity": activity }));
        // 33.33 and 41.66 hundredths.
        assert_eq!(town.points(&volunteer)[0], "0.75");
    });
}

#[test]
fn a_policy_may_round_each_record_as_before() {
    each_town("points-record", |town| {
        set_policy(town, &town.admin, json!({ "effective_from": "2026-11-20", "rounding": "record" }))
            .created();
        let volunteer = town.volunteer();
        for hour in 8..11 {
            town.serve(&volunteer, &format!("20T{hour:02}:00"), &format!("20T{hour:02}:20"));
        }
        assert_eq!(town.points(&volunteer)[0], "0.99");
        town.app.assert_verified();
    });
}

#[test]
fn what_a_days_service_lacks_by_a_quota_is_not_made_up_by_the_next() {
    each_town("points-day-quota", |town| {
        let terms = json!({ "effective_from": "2026-11-20", "monthly_quota": "1" });
        set_policy(town, &town.admin, terms).created();
        let volunteer = town.volunteer();
        let first = town.serve(&volunteer, "20T06:00", "20T08:00");
        assert_eq!(town.points(&volunteer)[0], "1.00");
        town.serve(&volunteer, "20T09:00", "20T09:20");
        town.void(&first);
        town.serve(&volunteer, "20T10:00", "20T10:20");
        assert_eq!(town.points(&volunteer)[0], "0.34", "its own, rounded up");
    });
}

#[test]
fn valid_points_that_were_taken_for_voided_hours_come_back_with_their_own_validity() {
    each_town("points-vanished", |town| {
        town.policy(json!({ "effective_from": "2026-11-20", "points_per_hour": "10",
            "validity": { "kind": "months", "months": 1 } }));
        let volunteer = town.volunteer();
        town.serve(&volunteer, "19T09:00", "19T12:00");
        let monthly = town.serve(&volunteer, "20T09:00", "20T12:00");
        let gift = town.redeem(&volunteer, &town.reward("20", 1));
        town.void(&monthly);
        assert_eq!(town.points(&volunteer), ["0.00", "20.00", "17.00"]);
        town.app.post(&format!("/v1/redemptions/{}/cancel", gift.id), &volunteer.token, json!({})).ok();
        assert_eq!(town.points(&volunteer), ["3.00", "0.00", "0.00"]);
        assert_eq!(town.account(&volunteer)["points"]["expiring_next"], Value::Null, "valid for ever");
        town.app.clock.set("2027-03-01T00:00:00+08:00");
        assert_eq!(town.app.sweep(), 0);
        assert_eq!(town.points(&volunteer), ["3.00", "0.00", "0.00"]);
        town.app.assert_verified();
    });
}

#[test]
fn what_was_earned_to_pay_for_held_points_comes_back_when_the_gift_expires() {
    each_town("points-vanished-earned", |town| {
        let volunteer = town.volunteer();
        let voided = town.serve(&volunteer, "19T09:00", "19T12:00");
        town.redeem(&volunteer, &town.reward("3", 1));
        town.void(&voided);
        town.serve(&volunteer, "20T09:00", "20T11:00");
        assert_eq!(town.points(&volunteer), ["0.00", "3.00", "1.00"], "what is earned pays what is owed");
        town.app.clock.set("2026-11-27T12:00:00+08:00");
        assert_eq!(town.app.sweep(), 1);
        assert_eq!(town.points(&volunteer), ["2.00", "0.00", "0.00"]);
        town.app.assert_verified();
    });
}
