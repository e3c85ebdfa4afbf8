//! Rewards and redemptions (礼品, 兑换): never oversold, never below 0, against a code.

use crate::support::http::{Answer, id};
use crate::support::town::{Gift, Town, Volunteer, each_town, merged};
use hourbook::domain::general;
use hourbook::domain::ids::{RedemptionId, RewardId, Seq};
use hourbook::domain::redemption::ExpireRedemption;
use hourbook::domain::{Command, Rejection};
use hourbook::engine::{Request, RequestRefusal};
use serde_json::{Value, json};

fn redeem(town: &Town, token: &str, volunteer: &Volunteer, reward: &str) -> Answer {
    town.app.post("/v1/redemptions", token, json!({ "reward": reward, "volunteer": volunteer.id }))
}

fn fulfil(town: &Town, token: &str, gift: &Gift, pickup_code: &str) -> Answer {
    let path = format!("/v1/redemptions/{}/fulfil", gift.id);
    town.app.post(&path, token, json!({ "pickup_code": pickup_code }))
}

/// A volunteer with three points.
fn volunteer_with_points(town: &Town) -> Volunteer {
    let volunteer = town.volunteer();
    town.serve(&volunteer, "18T09:00", "18T12:00");
    volunteer
}

/// Pieces free, held and handed over.
fn stock(town: &Town, reward: &str) -> [i64; 3] {
    let shown = town.app.get(&format!("/v1/rewards/{reward}"), &town.auditor).ok();
    ["stock_available", "stock_held", "stock_fulfilled"].map(|part| shown[part].as_i64().unwrap())
}

#[test]
fn points_and_a_piece_are_held_and_handed_over_against_the_code() {
    each_town("redemptions-life", |town| {
        let volunteer = volunteer_with_points(town);
        let reward = town.reward("2", 3);
        let gift = town.redeem(&volunteer, &reward);
        assert_eq!(town.points(&volunteer), ["1.00", "2.00", "0.00"]);
        assert_eq!(stock(town, &reward), [2, 1, 0]);

        fulfil(town, &town.coordinator, &gift, "000-000").refused(422, "pickup_code_wrong");
        fulfil(town, &town.other_coordinator, &gift, &gift.pickup_code).refused(403, "outside_unit");
        fulfil(town, &volunteer.token, &gift, &gift.pickup_code).refused(403, "not_permitted");
        assert_eq!(fulfil(town, &town.coordinator, &gift, &gift.pickup_code).ok()["status"], "fulfilled");
        assert_eq!(town.points(&volunteer), ["1.00", "0.00", "0.00"]);
        assert_eq!(stock(town, &reward), [2, 0, 1]);
        let problem =
            fulfil(town, &town.coordinator, &gift, &gift.pickup_code).refused(409, "redemption_not_held");
        assert_eq!(problem["current_status"], "fulfilled");
        let cancel = format!("/v1/redemptions/{}/cancel", gift.id);
        town.app.post(&cancel, &volunteer.token, json!({})).refused(409, "redemption_not_held");
        assert_eq!(town.account(&volunteer)["minutes"], 180, "redemption never changes hours");
        town.app.assert_verified();
    });
}

#[test]
fn the_code_is_shown_to_the_volunteer_as_long_as_it_is_good() {
    each_town("redemptions-code", |town| {
        let volunteer = volunteer_with_points(town);
        let gift = town.redeem(&volunteer, &town.reward("1", 1));
        let code = |token: &str| {
            town.app.get(&format!("/v1/redemptions/{}", gift.id), token).ok()["pickup_code"].take()
        };
        assert_eq!(code(&volunteer.token), gift.pickup_code);
        for other in [&town.coordinator, &town.auditor, &town.admin] {
            assert_eq!(code(other), Value::Null, "not to those who hand it over");
        }
        let listed = town.app.get("/v1/redemptions", &town.coordinator);
        assert!(!listed.text.contains(&gift.pickup_code));
        let journal = town.app.get("/v1/journal/entries?limit=200", &town.admin);
        assert!(!journal.text.contains(&gift.pickup_code));
        town.fulfil(&gift);
        assert_eq!(code(&volunteer.token), Value::Null);
    });
}

#[test]
fn who_redeems_for_a_volunteer_is_not_given_the_code() {
    each_town("redemptions-code-placed", |town| {
        let volunteer = volunteer_with_points(town);
        let reward = town.reward("1", 2);
        let wish = json!({ "reward": reward, "volunteer": volunteer.id });
        let place = |token: &str| {
            let call = town.app.call("POST", "/v1/redemptions").token(token);
            call.header("Idempotency-Key", "wish").json(wish.clone()).send().created()
        };
        for _ in ["placed", "and replayed"] {
            assert_eq!(place(&town.coordinator)["pickup_code"], Value::Null);
        }
        let own = place(&volunteer.token);
        assert!(own["pickup_code"].is_string(), "{own}");
        assert_eq!(place(&volunteer.token), own, "and replayed to the same person");
        let held = town.app.all_pages("/v1/redemptions?status=held", &volunteer.token, 50);
        assert_eq!(held.len(), 2);
        for redemption in &held {
            let shown = town.app.get(&format!("/v1/redemptions/{}", id(redemption)), &volunteer.token).ok();
            assert!(shown["pickup_code"].is_string(), "the volunteer reads it: {shown}");
        }
    });
}

#[test]
fn two_persons_stand_behind_each_gift() {
    each_town("redemptions-two", |town| {
        let volunteer = volunteer_with_points(town);
        let reward = town.reward("0.50", 5);
        let person = json!({ "volunteer": town.volunteer().id });
        let placed_by = |token: &str| {
            let placed = redeem(town, token, &volunteer, &reward).created();
            let shown = town.app.get(&format!("/v1/redemptions/{}", id(&placed)), &volunteer.token).ok();
            Gift { id: id(&placed), pickup_code: shown["pickup_code"].as_str().unwrap().to_owned() }
        };
        let hand_over = |token: &str, gift: &Gift| fulfil(town, token, gift, &gift.pickup_code);

        let gift = placed_by(&town.coordinator);
        hand_over(&town.coordinator, &gift).refused(422, "fulfilment_by_placer");
        hand_over(&town.colleague, &gift).ok();

        let [one, another] =
            [(); 2].map(|()| town.operator_with("coordinator", &town.school, person.clone()).1);
        let gift = placed_by(&one);
        hand_over(&another, &gift).refused(422, "fulfilment_by_placer");
        hand_over(&town.coordinator, &gift).ok();

        let own = json!({ "volunteer": volunteer.id });
        let oneself = town.operator_with("coordinator", &town.school, own).1;
        for gift in [town.redeem(&volunteer, &reward), placed_by(&town.coordinator)] {
            hand_over(&oneself, &gift).refused(422, "fulfilment_by_placer");
            hand_over(&town.colleague, &gift).ok();
        }
        town.app.assert_verified();
    });
}

#[test]
fn gifts_are_not_oversold() {
    each_town("redemptions-stock", |town| {
        let reward = town.reward("1", 2);
        let volunteers = [(); 3].map(|()| volunteer_with_points(town));
        let held = town.redeem(&volunteers[0], &reward);
        town.redeem(&volunteers[1], &reward);
        redeem(town, &volunteers[2].token, &volunteers[2], &reward).refused(409, "reward_out_of_stock");
        assert_eq!(stock(town, &reward), [0, 2, 0]);
        town.fulfil(&held);
        redeem(town, &volunteers[2].token, &volunteers[2], &reward).refused(409, "reward_out_of_stock");

        let restock = |added: u32| {
            town.app.post(
                &format!("/v1/rewards/{reward}/restock"),
                &town.coordinator,
                json!({ "added": added }),
            )
        };
        restock(1).ok();
        town.redeem(&volunteers[2], &reward);
        assert_eq!(stock(town, &reward), [0, 2, 1]);
        restock(999_999).refused(422, "stock_too_large");
        restock(999_998).ok();
        town.app.assert_verified();
    });
}

#[test]
fn points_never_fall_below_nought_by_redeeming() {
    each_town("redemptions-points", |town| {
        let volunteer = volunteer_with_points(town);
        let dear = town.reward("3.01", 1);
        let problem = redeem(town, &volunteer.token, &volunteer, &dear).refused(409, "points_insufficient");
        assert_eq!(problem["available"], "3.00");
        let cheap = town.reward("2", 5);
        town.redeem(&volunteer, &cheap);
        let problem = redeem(town, &volunteer.token, &volunteer, &cheap).refused(409, "points_insufficient");
        assert_eq!(problem["available"], "1.00", "what is held is not free");
        assert_eq!(town.points(&volunteer), ["1.00", "2.00", "0.00"]);
        assert_eq!(stock(town, &cheap), [4, 1, 0]);
    });
}

#[test]
fn a_reward_is_for_its_units_members_and_as_long_as_it_is_offered() {
    each_town("redemptions-offer", |town| {
        let app = town.app;
        let volunteer = volunteer_with_points(town);
        let offer = |token: &str, unit: &str, stock: u32| {
            let reward =
                json!({ "unit": unit, "name": "毛巾", "price": "1", "stock": stock, "hold_days": 7 });
            app.post("/v1/rewards", token, reward)
        };
        offer(&town.coordinator, &town.other_school, 1).refused(403, "outside_unit");
        offer(&town.auditor, &town.school, 1).refused(403, "not_permitted");
        offer(&town.coordinator, &town.school, 1_000_001).refused(422, "invalid_field");
        let free =
            json!({ "unit": town.school, "name": "毛巾", "price": "0.00", "stock": 1, "hold_days": 7 });
        let problem = app.post("/v1/rewards", &town.coordinator, free).refused(422, "invalid_field");
        assert_eq!(problem["field"], "/price");
        let others = id(&offer(&town.other_coordinator, &town.other_school, 1).created());
        redeem(town, &volunteer.token, &volunteer, &others).refused(422, "reward_not_offered");
        app.get(&format!("/v1/rewards/{others}"), &volunteer.token).refused(404, "reward_not_found");
        let bureaus = id(&offer(&town.bureau_coordinator, &town.bureau, 1).created());
        let gift = town.redeem(&volunteer, &bureaus);
        fulfil(town, &town.coordinator, &gift, &gift.pickup_code).refused(403, "outside_unit");
        fulfil(town, &town.bureau_coordinator, &gift, &gift.pickup_code).ok();

        let ours = town.reward("1", 5);
        let open = town.redeem(&volunteer, &ours);
        let withdraw = |token: &str| app.post(&format!("/v1/rewards/{ours}/withdraw"), token, json!({}));
        withdraw(&town.other_coordinator).refused(403, "outside_unit");
        withdraw(&town.coordinator).ok();
        withdraw(&town.coordinator).refused(409, "reward_withdrawn");
        redeem(town, &volunteer.token, &volunteer, &ours).refused(409, "reward_withdrawn");
        let restock = json!({ "added": 1 });
        app.post(&format!("/v1/rewards/{ours}/restock"), &town.coordinator, restock)
            .refused(409, "reward_withdrawn");
        town.fulfil(&open);
        let nothing = RewardId::new(Seq(1_000_000)).to_string();
        redeem(town, &volunteer.token, &volunteer, &nothing).refused(404, "reward_not_found");
        let nothing = RedemptionId::new(Seq(1_000_000));
        app.post(&format!("/v1/redemptions/{nothing}/cancel"), &town.admin, json!({}))
            .refused(404, "redemption_not_found");
    });
}

#[test]
fn volunteers_redeem_for_themselves_or_through_their_coordinator() {
    each_town("redemptions-who", |town| {
        let volunteer = volunteer_with_points(town);
        let reward = town.reward("1", 5);
        redeem(town, &town.volunteer().token, &volunteer, &reward).refused(403, "not_permitted");
        redeem(town, &town.other_coordinator, &volunteer, &reward).refused(403, "outside_unit");
        redeem(town, &town.auditor, &volunteer, &reward).refused(403, "not_permitted");
        redeem(town, &town.coordinator, &volunteer, &reward).created();

        let gift = town.redeem(&volunteer, &reward);
        let cancel =
            |token: &str| town.app.post(&format!("/v1/redemptions/{}/cancel", gift.id), token, json!({}));
        cancel(&town.volunteer().token).refused(403, "not_permitted");
        cancel(&town.other_coordinator).refused(403, "outside_unit");
        assert_eq!(cancel(&town.colleague).ok()["status"], "cancelled");
        assert_eq!(town.points(&volunteer), ["2.00", "1.00", "0.00"]);
        let path = format!("/v1/redemptions/{}", gift.id);
        town.app.get(&path, &town.other_coordinator).refused(404, "redemption_not_found");
    });
}

#[test]
fn what_is_not_picked_up_in_time_is_free_again_by_itself() {
    each_town("redemptions-expire", |town| {
        let volunteer = volunteer_with_points(town);
        let reward = town.reward("2", 1);
        let gift = town.redeem(&volunteer, &reward);
        town.app.clock.set("2026-11-27T11:59:59+08:00");
        assert_eq!(town.app.sweep(), 1, "that it will expire is announced");
        assert_eq!(town.app.sweep(), 0);
        let expire = ExpireRedemption { redemption: gift.id.parse().unwrap() };
        let request = Request::of_system(Command::ExpireRedemption(expire));
        let too_early = town.app.ledger().submit_blocking(request);
        assert_eq!(
            too_early,
            Err(RequestRefusal::Rejected(Rejection::General(general::Refusal::NothingDue)))
        );

        town.app.clock.set("2026-11-27T12:00:00+08:00");
        fulfil(town, &town.coordinator, &gift, &gift.pickup_code).refused(409, "redemption_expired");
        assert_eq!(town.app.sweep(), 1);
        assert_eq!(town.points(&volunteer), ["3.00", "0.00", "0.00"]);
        assert_eq!(stock(town, &reward), [1, 0, 0]);
        let problem =
            fulfil(town, &town.coordinator, &gift, &gift.pickup_code).refused(409, "redemption_not_held");
        assert_eq!(problem["current_status"], "expired");
        town.app.assert_verified();
    });
}

#[test]
fn points_whose_validity_ended_while_they_were_held_lapse_on_release() {
    each_town("redemptions-lapse", |town| {
        let until = json!({
            "effective_from": "2026-11-20", "validity": { "kind": "until", "date": "2026-11-22" }
        });
        town.policy(until);
        let volunteer = town.volunteer();
        town.serve(&volunteer, "19T09:00", "19T10:00");
        town.serve(&volunteer, "20T09:00", "20T11:00");
        let gift = town.redeem(&volunteer, &town.reward("3", 1));
        town.app.clock.set("2026-11-23T00:00:00+08:00");
        assert_eq!(town.app.sweep(), 0, "what is held does not lapse");
        town.app.post(&format!("/v1/redemptions/{}/cancel", gift.id), &volunteer.token, json!({})).ok();
        assert_eq!(town.points(&volunteer), ["1.00", "0.00", "0.00"]);
        let books = town.app.get("/v1/totals/points", &town.auditor).ok()["items"][0].take();
        assert_eq!(
            (&books["available"], &books["held"], &books["expired"]),
            (&json!("1.00"), &json!("0.00"), &json!("2.00"))
        );
        town.app.assert_verified();
    });
}

#[test]
fn points_of_voided_hours_that_lapse_on_release_are_not_owed() {
    each_town("redemptions-lapse-voided", |town| {
        let until = json!({
            "effective_from": "2026-11-20", "validity": { "kind": "until", "date": "2026-11-22" }
        });
        town.policy(until);
        let volunteer = town.volunteer();
        town.serve(&volunteer, "19T09:00", "19T11:00");
        let record = town.serve(&volunteer, "20T09:00", "20T11:00");
        let gift = town.redeem(&volunteer, &town.reward("4", 1));
        town.void(&record);
        assert_eq!(town.points(&volunteer), ["0.00", "4.00", "2.00"]);
        town.app.clock.set("2026-11-23T00:00:00+08:00");
        town.app.post(&format!("/v1/redemptions/{}/cancel", gift.id), &volunteer.token, json!({})).ok();
        assert_eq!(
            town.points(&volunteer),
            ["2.00", "0.00", "0.00"],
            "neither owed nor paid with other points"
        );
        town.app.assert_verified();
    });
}

#[test]
fn a_price_is_drawn_from_so_many_records_that_its_entry_can_be_handed_out() {
    each_town("redemptions-scattered", |town| {
        town.policy(json!({ "effective_from": "2026-11-20", "points_per_hour": "60" }));
        let volunteer = town.volunteer();
        let minute = |at: usize| format!("20T{:02}:{:02}", 2 + at / 60, at % 60);
        let items: Vec<_> = (0..301)
            .map(|at| {
                merged(town.service(&volunteer, &minute(at), &minute(at + 1)), json!({ "credit": true }))
            })
            .collect();
        town.app.post("/v1/service-records/bulk", &town.coordinator, json!({ "items": items })).ok();
        assert_eq!(town.points(&volunteer)[0], "301.00");
        redeem(town, &volunteer.token, &volunteer, &town.reward("300.50", 1))
            .refused(409, "points_scattered");
        let placed = redeem(town, &volunteer.token, &volunteer, &town.reward("300", 1)).created();
        let leaf = format!("/v1/journal/entries/{}/leaf", placed["receipt"]["seq"]);
        let bytes = town.app.get(&leaf, &town.admin).text.len();
        assert!((10_000..65_536).contains(&bytes), "{bytes}");
    });
}
