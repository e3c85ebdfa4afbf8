//! What one coordinator alone tried with points, gifts, transfers and headcounts: refused, or found.

use crate::support::http::id;
use crate::support::town::{Town, Volunteer, each_town, merged};
use serde_json::{Value, json};

/// The findings of a rule that an admin is shown of the last thirty days.
fn found(town: &Town, rule: &str) -> Vec<Value> {
    let all = town.app.get("/v1/findings", &town.admin).ok()["items"].take();
    all.as_array().unwrap().iter().filter(|finding| finding["rule"] == rule).cloned().collect()
}

/// B5: points that have lapsed are voided and credited again, to be valid once more.
#[test]
fn lapsed_points_do_not_come_to_life_by_voiding_and_crediting_again() {
    each_town("tricks-again", |town| {
        town.policy(json!({
            "effective_from": "2026-11-20", "points_per_hour": "10",
            "earning_grades": ["leader", "backfill"], "validity": { "kind": "months", "months": 1 },
        }));
        let volunteer = town.volunteer();
        let record = town.serve(&volunteer, "20T09:00", "20T12:00");
        assert_eq!(town.points(&volunteer)[0], "30.00");
        town.app.clock.set("2026-12-21T00:00:00+08:00");
        assert_eq!(town.app.sweep(), 1);
        town.void(&record);
        assert_eq!(found(town, "credited_again"), [""; 0]);

        let again = |start: &str, end: &str, other: Value| {
            let late = json!({ "evidence": "backfill", "reason": "漏登" });
            let service = merged(merged(town.service(&volunteer, start, end), late), other);
            let record = town.app.post("/v1/service-records", &town.coordinator, service).created();
            let credit = format!("/v1/service-records/{}/credit", record["id"].as_str().unwrap());
            town.app.post(&credit, &town.colleague, json!({})).ok()
        };
        assert_eq!(again("20T09:00", "20T11:00", json!({}))["lot"], Value::Null);
        assert_eq!(again("20T11:00", "20T12:00", json!({}))["lot"], Value::Null, "the same at one time");
        assert_eq!(again("20T07:00", "20T08:00", json!({}))["lot"], Value::Null, "the same day and activity");
        assert_eq!(town.points(&volunteer), ["0.00", "0.00", "0.00"]);
        assert_eq!(town.account(&volunteer)["minutes"], 240, "hours do not lapse");

        let all = found(town, "credited_again");
        assert_eq!(all.len(), 1);
        assert_eq!(all[0]["subject"]["volunteer"], volunteer.id);
        let figures = json!({ "credited_minutes": 240, "credited_records": 3, "voided_records": 1 });
        assert_eq!(all[0]["figures"], figures);
        town.app.assert_verified();
    });
}

/// The same while the points are valid: they are valid as long as they would have been.
#[test]
fn service_that_is_credited_again_keeps_its_first_validity() {
    each_town("tricks-validity", |town| {
        let monthly =
            json!({ "effective_from": "2026-11-20", "validity": { "kind": "months", "months": 1 } });
        town.policy(monthly);
        let volunteer = town.volunteer();
        let record = town.serve(&volunteer, "20T09:00", "20T11:00");
        town.app.clock.set("2026-11-21T09:00:00+08:00");
        town.void(&record);
        town.serve(&volunteer, "20T10:00", "20T12:00");
        let next = |ends: &str| json!({ "points": "2.00", "expires_at": ends });
        let expiring = town.account(&volunteer)["points"]["expiring_next"].take();
        assert_eq!(expiring, next("2026-12-21T00:00:00+08:00"));

        let other = town.volunteer();
        town.serve(&other, "20T09:00", "20T11:00");
        let expiring = town.account(&other)["points"]["expiring_next"].take();
        assert_eq!(expiring, next("2026-12-22T00:00:00+08:00"), "somebody else's are new");
        town.app.assert_verified();
    });
}

/// What was spent of lapsed points and became a debt is paid by the same service, and no more.
#[test]
fn lapsed_service_that_is_credited_again_pays_what_its_loss_left_owed() {
    each_town("tricks-again-debt", |town| {
        let until =
            json!({ "effective_from": "2026-11-20", "validity": { "kind": "until", "date": "2026-11-20" } });
        town.policy(until);
        let volunteer = town.volunteer();
        let record = town.serve(&volunteer, "20T09:00", "20T12:00");
        town.fulfil(&town.redeem(&volunteer, &town.reward("2", 1)));
        town.app.clock.set("2026-11-21T00:00:00+08:00");
        town.app.sweep();
        town.void(&record);
        assert_eq!(town.points(&volunteer), ["0.00", "0.00", "2.00"]);
        town.serve(&volunteer, "20T09:00", "20T12:00");
        assert_eq!(town.points(&volunteer), ["0.00", "0.00", "0.00"]);
        town.app.assert_verified();
    });
}

/// B6: the bureau moves a volunteer to another school for its gift, and back, with a consent that nobody gave.
#[test]
fn nobody_is_moved_there_and_back_without_a_yes_and_it_is_found() {
    each_town("tricks-moved", |town| {
        let volunteer = town.volunteer();
        town.serve(&volunteer, "18T09:00", "18T12:00");
        let step = |token: &str, transfer: &str, name: &str, body: Value| {
            town.app.post(&format!("/v1/transfers/{transfer}/{name}"), token, body)
        };
        let bureau = &town.bureau_coordinator;
        let wish = json!({ "volunteer": volunteer.id, "to_unit": town.other_school, "consent": "同意" });
        let transfer = id(&town.app.post("/v1/transfers", bureau, wish).created());
        step(bureau, &transfer, "release", json!({})).refused(422, "transfer_needs_second_person");
        step(bureau, &transfer, "release", json!({ "consent": "同意" }))
            .refused(422, "transfer_needs_second_person");
        step(bureau, &transfer, "accept", json!({})).refused(409, "transfer_state_wrong");

        let cup =
            json!({ "unit": town.other_school, "name": "水杯", "price": "2", "stock": 1, "hold_days": 7 });
        let cup = id(&town.app.post("/v1/rewards", &town.other_coordinator, cup).created());
        town.transfer_to_other_school(&volunteer);
        town.redeem(&volunteer, &cup);
        assert_eq!(found(town, "moved_there_and_back"), [""; 0]);
        let back = town.request_transfer(&volunteer, &town.school);
        step(&town.other_coordinator, &back, "release", json!({})).ok();
        step(&town.coordinator, &back, "accept", json!({})).ok();
        let all = found(town, "moved_there_and_back");
        assert_eq!(all.len(), 1);
        assert_eq!(
            (&all[0]["subject"]["volunteer"], &all[0]["unit"]),
            (&json!(volunteer.id), &json!(town.school))
        );
        assert_eq!(all[0]["figures"], json!({ "gifts": 1, "points_hundredths": 200 }));
        assert_eq!(all[0]["entries"].as_array().unwrap().len(), 3);
    });
}

/// B7: who owes points leaves and comes back.
#[test]
fn a_debt_outlives_closing_and_is_found() {
    each_town("tricks-debt", |town| {
        let person = town.registration(&town.school);
        let register = || town.app.post("/v1/volunteers", &town.admin, person.clone()).created();
        let number = id(&register());
        let volunteer = Volunteer { token: town.app.volunteer_token(&number), id: number };
        let record = town.serve(&volunteer, "18T08:00", "18T16:00");
        town.fulfil(&town.redeem(&volunteer, &town.reward("8", 1)));
        assert_eq!(found(town, "owes_points"), [""; 0]);
        town.void(&record);
        assert_eq!(town.points(&volunteer), ["0.00", "0.00", "8.00"]);
        let owing = |what: &str| {
            let all = found(town, "owes_points");
            assert_eq!(all.len(), 1, "{what}");
            assert_eq!(all[0]["subject"]["volunteer"], volunteer.id, "{what}");
            assert_eq!(all[0]["figures"], json!({ "owed_points_hundredths": 800 }), "{what}");
        };
        owing("after the void");
        town.leave(&volunteer);
        owing("after leaving");
        assert_eq!(id(&register()), volunteer.id, "one number for life");
        assert_eq!(town.points(&volunteer), ["0.00", "0.00", "8.00"]);
        owing("after coming back");
        town.app.assert_verified();
    });
}

/// B12: the headcount of a time that is over becomes smaller, and the rate better.
#[test]
fn a_headcount_of_the_past_is_found_and_the_old_figure_stays() {
    each_town("tricks-headcount", |town| {
        let path = format!("/v1/units/{}/headcounts", town.school);
        let state = |from: &str, staff: u32| {
            let figures = json!({ "effective_from": from, "staff": staff, "party_members": 7 });
            town.app.post(&path, &town.coordinator, figures).created();
        };
        state("2026-01-01", 53);
        assert_eq!(found(town, "headcount_of_the_past"), [""; 0]);
        state("2026-06-01", 20);
        state("2026-01-01", 19);
        let all = found(town, "headcount_of_the_past");
        let of = |finding: &Value| {
            (finding["figures"]["former_staff"].clone(), finding["figures"]["staff"].clone())
        };
        assert_eq!(all.iter().map(of).collect::<Vec<_>>(), [(json!(53), json!(20)), (json!(53), json!(19))]);
        let listed = town.app.get(&path, &town.auditor).ok()["items"].take();
        let staff: Vec<_> = listed.as_array().unwrap().iter().map(|stated| stated["staff"].clone()).collect();
        assert_eq!(staff, [53, 19, 20]);
    });
}

/// B13: gifts for next to nothing, placed and handed over by one coordinator to one volunteer again and again.
#[test]
fn nobody_gives_gifts_away_alone_and_it_is_found() {
    each_town("tricks-gifts", |town| {
        let volunteer = town.volunteer();
        town.serve(&volunteer, "18T09:00", "18T12:00");
        town.reward("20", 3);
        let cheap = town.reward("0.01", 10);
        let wish = json!({ "reward": cheap, "volunteer": volunteer.id });
        let placed = town.app.post("/v1/redemptions", &town.coordinator, wish).created();
        assert_eq!(placed["pickup_code"], Value::Null, "the volunteer only is given the code");
        let shown = town.app.get(&format!("/v1/redemptions/{}", id(&placed)), &volunteer.token).ok();
        let hand_over = |token: &str| {
            let path = format!("/v1/redemptions/{}/fulfil", id(&placed));
            town.app.post(&path, token, json!({ "pickup_code": shown["pickup_code"] }))
        };
        hand_over(&town.coordinator).refused(422, "fulfilment_by_placer");
        hand_over(&town.colleague).ok();
        let all = found(town, "price_far_under");
        assert_eq!(all.len(), 1);
        let figures =
            json!({ "price_hundredths": 1, "median_price_of_others_hundredths": 2000, "redemptions": 1 });
        assert_eq!(all[0]["figures"], figures);

        for _ in 0..3 {
            town.fulfil(&town.redeem(&volunteer, &cheap));
        }
        assert_eq!(found(town, "gifts_of_one_pair"), [""; 0]);
        town.fulfil(&town.redeem(&volunteer, &cheap));
        let all = found(town, "gifts_of_one_pair");
        assert_eq!(all.len(), 1);
        assert_eq!(all[0]["subject"]["volunteer"], volunteer.id);
        assert_eq!(all[0]["figures"], json!({ "gifts": 4, "points_hundredths": 4 }));

        assert_eq!(found(town, "placed_and_fulfilled"), [""; 0]);
        // As it could be before two persons were needed.
        town.app
            .db()
            .batch("UPDATE redemptions SET placed_by = closed_by WHERE status = 'fulfilled'")
            .unwrap();
        let figures: Vec<_> =
            found(town, "placed_and_fulfilled").iter().map(|one| one["figures"]["gifts"].clone()).collect();
        assert_eq!(figures, [4, 1], "by each of the two");
    });
}
