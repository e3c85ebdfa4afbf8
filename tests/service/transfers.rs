//! Transfers (关系转接): who takes which step, what moves and what stays.

use crate::support::http::{Answer, id};
use crate::support::town::{Town, Volunteer, each_town};
use hourbook::domain::general;
use hourbook::domain::ids::{Seq, TransferId, UnitId, VolunteerId};
use hourbook::domain::transfer::{Step, StepTransfer};
use hourbook::domain::{Command, Rejection};
use hourbook::engine::{Request, RequestRefusal};
use serde_json::{Value, json};

fn step(town: &Town, token: &str, transfer: &str, step: &str) -> Answer {
    town.app.post(&format!("/v1/transfers/{transfer}/{step}"), token, json!({}))
}

/// Asks in a coordinator's name.
fn request(town: &Town, token: &str, volunteer: &Volunteer, to_unit: &str, consent: Value) -> Answer {
    let wish = json!({ "volunteer": volunteer.id, "to_unit": to_unit, "consent": consent });
    town.app.post("/v1/transfers", token, wish)
}

/// The points in a unit's books.
fn books(town: &Town, unit: &str) -> Value {
    town.app.get(&format!("/v1/totals/points?unit={unit}"), &town.admin).ok()["items"][0].take()
}

/// Credited minutes by unit.
fn minutes_by_unit(town: &Town) -> Value {
    let mut totals = town.app.get("/v1/totals/minutes?group_by=unit", &town.admin).ok();
    totals["items"].take()
}

#[test]
fn a_moved_volunteer_keeps_hours_and_points() {
    each_town("transfers-keep", |town| {
        let volunteer = town.volunteer();
        town.serve(&volunteer, "17T09:00", "17T12:00");
        let figures = || {
            let account = town.account(&volunteer);
            ["minutes", "minutes_by_grade", "points"].map(|figure| account[figure].clone())
        };
        let (account, minutes) = (figures(), minutes_by_unit(town));
        assert_eq!(books(town, &town.school)["available"], "3.00");

        town.app.clock.set("2026-11-21T12:00:00+08:00");
        let accepted = town.transfer_to_other_school(&volunteer);
        assert_eq!(accepted["status"], "accepted");
        assert_eq!(figures(), account, "the account is the same");
        assert_eq!(minutes_by_unit(town), minutes, "minutes stay where they were served");
        let (source, target) = (books(town, &town.school), books(town, &town.other_school));
        assert_eq!(
            (&source["issued"], &source["available"], &source["transferred_out"]),
            (&json!("3.00"), &json!("0.00"), &json!("3.00"))
        );
        assert_eq!(
            (&target["issued"], &target["available"], &target["transferred_out"]),
            (&json!("0.00"), &json!("3.00"), &json!("-3.00"))
        );

        let memberships = format!("/v1/volunteers/{}/memberships", volunteer.id);
        let memberships = town.app.get(&memberships, &town.other_coordinator).ok()["items"].take();
        assert_eq!(memberships[0]["unit"], town.school);
        assert_eq!(memberships[0]["ends_at"], "2026-11-21T12:00:00+08:00");
        assert_eq!(memberships[1]["starts_at"], memberships[0]["ends_at"], "closes and opens at one instant");
        assert_eq!(
            (&memberships[1]["unit"], &memberships[1]["ends_at"]),
            (&json!(town.other_school), &Value::Null)
        );

        let shown = format!("/v1/volunteers/{}", volunteer.id);
        town.app.get(&shown, &town.coordinator).refused(404, "volunteer_not_found");
        assert_eq!(town.app.get(&shown, &town.other_coordinator).ok()["unit"], town.other_school);
        let records = town.app.all_pages("/v1/service-records", &town.coordinator, 50);
        assert_eq!(records.len(), 1, "the school still sees what was served with it");
        town.app.assert_verified();
    });
}

fn propose(town: &Town, token: &str, volunteer: &Volunteer, to_unit: &str) -> Answer {
    request(town, token, volunteer, to_unit, Value::Null)
}

/// A unit of a tree of its own, and its coordinator.
fn elsewhere(town: &Town) -> (String, String) {
    let unit = json!({ "code": "ELSEWHERE", "name": "别处", "kind": "bureau" });
    let unit = id(&town.app.post("/v1/units", &town.admin, unit).created());
    let coordinator = town.operator("coordinator", &unit);
    (unit, coordinator)
}

#[test]
fn a_coordinator_proposes_within_the_own_tree_only() {
    each_town("transfers-tree", |town| {
        let volunteer = town.volunteer();
        propose(town, &town.volunteer().token, &volunteer, &town.other_school).refused(403, "not_permitted");
        propose(town, &town.auditor, &volunteer, &town.other_school).refused(403, "not_permitted");
        let third = town.operator(
            "coordinator",
            &id(&town
                .app
                .post(
                    "/v1/units",
                    &town.admin,
                    json!({ "code": "SCHOOL-3", "name": "三中", "kind": "school", "parent": town.district }),
                )
                .created()),
        );
        propose(town, &third, &volunteer, &town.other_school).refused(403, "outside_unit");

        let (unit, coordinator) = elsewhere(town);
        propose(town, &coordinator, &volunteer, &unit).refused(404, "volunteer_not_found");
        propose(town, &coordinator, &volunteer, &town.other_school).refused(404, "volunteer_not_found");
        propose(town, &town.coordinator, &volunteer, &unit).refused(404, "unit_not_found");
        let nobody = VolunteerId::new(Seq(1_000_000)).to_string();
        let nobody = Volunteer { id: nobody, token: String::new() };
        propose(town, &coordinator, &nobody, &unit).refused(404, "volunteer_not_found");

        for token in [&town.coordinator, &town.other_coordinator, &town.district_coordinator] {
            assert_eq!(propose(town, token, &volunteer, &town.other_school).created()["status"], "proposed");
        }
        let asked =
            id(&request(town, &volunteer.token, &volunteer, &town.other_school, Value::Null).created());
        let shown = town.app.get(&format!("/v1/transfers/{asked}"), &town.auditor).ok();
        assert_eq!(shown["requested_by"], format!("volunteer:{}", volunteer.id));
        assert_eq!(shown["status"], "requested");
    });
}

#[test]
fn what_is_proposed_binds_nobody_before_the_volunteer_agrees() {
    each_town("transfers-proposed", |town| {
        let volunteer = town.volunteer();
        let proposed = id(&propose(town, &town.other_coordinator, &volunteer, &town.other_school).created());
        let shown = || town.app.get(&format!("/v1/volunteers/{}", volunteer.id), &volunteer.token).ok();
        assert_eq!(shown()["open_transfer"], Value::Null);
        let other = id(&propose(town, &town.coordinator, &volunteer, &town.district).created());
        step(town, &town.other_coordinator, &proposed, "accept").refused(409, "transfer_state_wrong");
        step(town, &town.coordinator, &proposed, "agree").refused(403, "not_permitted");
        step(town, &town.volunteer().token, &proposed, "agree").refused(403, "not_permitted");

        assert_eq!(step(town, &volunteer.token, &proposed, "agree").ok()["status"], "requested");
        assert_eq!(shown()["open_transfer"], proposed);
        step(town, &volunteer.token, &proposed, "agree").refused(409, "transfer_state_wrong");
        let problem = step(town, &volunteer.token, &other, "agree").refused(409, "transfer_already_open");
        assert_eq!(problem["transfer"], proposed);
        step(town, &town.coordinator, &proposed, "release").ok();
        step(town, &town.other_coordinator, &proposed, "accept").ok();
        assert_eq!(shown()["unit"], town.other_school);
        step(town, &volunteer.token, &other, "agree").refused(409, "transfer_outdated");
        step(town, &town.coordinator, &other, "cancel").ok();
        assert_eq!(shown()["open_transfer"], Value::Null);
        town.app.assert_verified();
    });
}

#[test]
fn a_proposal_stands_in_the_way_of_no_closing() {
    each_town("transfers-close", |town| {
        let volunteer = town.volunteer();
        let proposed = id(&propose(town, &town.coordinator, &volunteer, &town.other_school).created());
        town.leave(&volunteer);
        let on_paper = json!({ "consent": "档案 17 号" });
        let release = format!("/v1/transfers/{proposed}/release");
        town.app.post(&release, &town.colleague, on_paper).refused(409, "volunteer_closed");
        town.app.clock.set("2026-12-20T12:00:00+08:00");
        assert_eq!(town.app.sweep(), 1, "it expires as others do");
        town.app.assert_verified();
    });
}

#[test]
fn the_source_releases_on_paper_by_another_person_than_who_proposed() {
    each_town("transfers-paper", |town| {
        let volunteer = town.volunteer();
        let release = |token: &str, transfer: &str, body: Value| {
            town.app.post(&format!("/v1/transfers/{transfer}/release"), token, body)
        };
        let on_paper = json!({ "consent": "书面申请 2026-11-20，档案 17 号" });
        let own = id(&propose(town, &town.coordinator, &volunteer, &town.other_school).created());
        release(&town.coordinator, &own, on_paper.clone()).refused(422, "transfer_needs_second_person");
        release(&town.colleague, &own, json!({})).refused(422, "transfer_consent_missing");
        release(&town.other_coordinator, &own, on_paper.clone()).refused(403, "outside_unit");
        assert_eq!(release(&town.colleague, &own, on_paper.clone()).ok()["status"], "released");
        step(town, &volunteer.token, &own, "cancel").ok();

        let theirs = id(&propose(town, &town.other_coordinator, &volunteer, &town.other_school).created());
        let released = release(&town.coordinator, &theirs, on_paper).ok();
        let entry = town.app.get(&format!("/v1/journal/entries/{}", released["receipt"]["seq"]), &town.admin);
        assert!(!entry.text.contains("档案"), "no words of anybody in the journal");
        assert!(entry.ok()["event"]["consent"].is_string());
        step(town, &town.other_coordinator, &theirs, "accept").ok();
        town.app.assert_verified();
    });
}

#[test]
fn the_source_lets_go_before_the_target_takes_in() {
    each_town("transfers-steps", |town| {
        let volunteer = town.volunteer();
        let transfer = town.request_transfer(&volunteer, &town.other_school);
        let act = |token: &str, name: &str| step(town, token, &transfer, name);
        let problem = act(&town.other_coordinator, "accept").refused(409, "transfer_state_wrong");
        assert_eq!(problem["current_status"], "requested");
        act(&town.other_coordinator, "release").refused(403, "outside_unit");
        act(&town.coordinator, "accept").refused(403, "outside_unit");
        act(&volunteer.token, "release").refused(403, "not_permitted");
        act(&town.auditor, "release").refused(403, "not_permitted");
        act(&town.coordinator, "release").ok();
        act(&town.coordinator, "release").refused(409, "transfer_state_wrong");
        act(&town.coordinator, "reject").refused(403, "outside_unit");
        act(&town.other_coordinator, "accept").ok();
        let problem = act(&town.other_coordinator, "accept").refused(409, "transfer_state_wrong");
        assert_eq!(problem["current_status"], "accepted");
        act(&volunteer.token, "cancel").refused(409, "transfer_state_wrong");
        act(&town.other_coordinator, "reject").refused(409, "transfer_state_wrong");
    });
}

#[test]
fn one_open_transfer_a_volunteer() {
    each_town("transfers-one", |town| {
        let volunteer = town.volunteer();
        let ask = |to_unit: &str| request(town, &volunteer.token, &volunteer, to_unit, Value::Null);
        ask(&town.school).refused(409, "transfer_to_same_unit");
        let first = id(&ask(&town.other_school).created());
        assert_eq!(ask(&town.district).refused(409, "transfer_already_open")["transfer"], first);
        step(town, &town.coordinator, &first, "release").ok();
        ask(&town.district).refused(409, "transfer_already_open");
        step(town, &town.other_coordinator, &first, "reject").ok();
        ask(&town.district).created();

        let nowhere = UnitId::new(Seq(1_000_000)).to_string();
        ask(&nowhere).refused(404, "unit_not_found");
        let nothing = TransferId::new(Seq(1_000_000)).to_string();
        step(town, &town.admin, &nothing, "release").refused(404, "transfer_not_found");
    });
}

#[test]
fn either_unit_refuses_and_whoever_asked_takes_back() {
    each_town("transfers-refuse", |town| {
        let volunteer = town.volunteer();
        let asked = || town.request_transfer(&volunteer, &town.other_school);
        let transfer = asked();
        step(town, &town.coordinator, &transfer, "cancel").refused(403, "not_permitted");
        step(town, &town.volunteer().token, &transfer, "cancel").refused(403, "not_permitted");
        let refused = json!({ "reason": "期末考核未完成" });
        town.app.post(&format!("/v1/transfers/{transfer}/reject"), &town.coordinator, refused).ok();
        let transfer = asked();
        assert_eq!(step(town, &town.other_coordinator, &transfer, "reject").ok()["status"], "rejected");
        let transfer = asked();
        step(town, &town.coordinator, &transfer, "release").ok();
        assert_eq!(step(town, &volunteer.token, &transfer, "cancel").ok()["status"], "cancelled");
        let memberships = format!("/v1/volunteers/{}/memberships", volunteer.id);
        assert_eq!(town.app.get(&memberships, &volunteer.token).ok()["items"].as_array().unwrap().len(), 1);
        let listed = town.app.all_pages("/v1/transfers?status=rejected", &town.other_coordinator, 1);
        assert_eq!(listed.len(), 2, "both sides see it");
        town.app.assert_verified();
    });
}

#[test]
fn what_is_not_done_in_thirty_days_expires_by_itself() {
    each_town("transfers-expire", |town| {
        let volunteer = town.volunteer();
        let transfer = town.request_transfer(&volunteer, &town.other_school);
        step(town, &town.coordinator, &transfer, "release").ok();
        town.app.clock.set("2026-12-20T11:59:59+08:00");
        assert_eq!(town.app.sweep(), 0);
        let expire = StepTransfer { transfer: transfer.parse().unwrap(), step: Step::Expire };
        let request = Request::of_system(Command::StepTransfer(expire));
        let too_early = town.app.ledger().submit_blocking(request);
        assert_eq!(
            too_early,
            Err(RequestRefusal::Rejected(Rejection::General(general::Refusal::NothingDue)))
        );

        town.app.clock.set("2026-12-20T12:00:00+08:00");
        step(town, &town.other_coordinator, &transfer, "accept").refused(409, "transfer_expired");
        step(town, &volunteer.token, &transfer, "cancel").refused(409, "transfer_expired");
        assert_eq!(town.app.sweep(), 1);
        let shown = town.app.get(&format!("/v1/transfers/{transfer}"), &volunteer.token).ok();
        assert_eq!((&shown["status"], &shown["changed_by"]), (&json!("expired"), &json!("system")));
        town.request_transfer(&volunteer, &town.other_school);
    });
}

#[test]
fn a_debt_moves_with_the_volunteer_and_is_earned_back_there() {
    each_town("transfers-debt", |town| {
        let volunteer = town.volunteer();
        let record = town.serve(&volunteer, "17T09:00", "17T12:00");
        town.fulfil(&town.redeem(&volunteer, &town.reward("3", 1)));
        town.void(&record);
        assert_eq!(books(town, &town.school)["debt"], "3.00");

        town.transfer_to_other_school(&volunteer);
        assert_eq!(town.points(&volunteer), ["0.00", "0.00", "3.00"]);
        assert_eq!(books(town, &town.school)["debt"], "0.00");
        assert_eq!(books(town, &town.other_school)["debt"], "3.00");
        town.serve(&volunteer, "18T09:00", "18T13:00");
        assert_eq!(town.points(&volunteer), ["1.00", "0.00", "0.00"]);
        assert_eq!(books(town, &town.other_school)["debt"], "0.00");
        assert_eq!(
            books(town, &town.other_school)["issued"],
            "4.00",
            "by the unit that the volunteer belongs to"
        );
        town.app.assert_verified();
    });
}

#[test]
fn an_open_redemption_stays_with_the_unit_that_holds_the_gift() {
    each_town("transfers-redemption", |town| {
        let volunteer = town.volunteer();
        town.serve(&volunteer, "17T09:00", "17T13:00");
        let reward = town.reward("2", 2);
        let (kept, given_up) = (town.redeem(&volunteer, &reward), town.redeem(&volunteer, &reward));
        town.transfer_to_other_school(&volunteer);
        assert_eq!(books(town, &town.school)["held"], "4.00");

        let path = format!("/v1/redemptions/{}/fulfil", kept.id);
        let pick_up = json!({ "pickup_code": kept.pickup_code });
        town.app.post(&path, &town.other_coordinator, pick_up).refused(403, "outside_unit");
        town.fulfil(&kept);
        town.app.post(&format!("/v1/redemptions/{}/cancel", given_up.id), &volunteer.token, json!({})).ok();
        assert_eq!(town.points(&volunteer), ["2.00", "0.00", "0.00"]);
        assert_eq!(books(town, &town.school)["held"], "0.00");
        assert_eq!(books(town, &town.school)["redeemed"], "2.00");
        assert_eq!(
            books(town, &town.other_school)["available"],
            "2.00",
            "free again where the volunteer is now"
        );
        town.app.assert_verified();
    });
}

#[test]
fn hours_voided_after_the_move_take_their_points_from_where_they_are_now() {
    each_town("transfers-void", |town| {
        let volunteer = town.volunteer();
        let record = town.serve(&volunteer, "17T09:00", "17T12:00");
        town.transfer_to_other_school(&volunteer);
        town.void(&record);
        assert_eq!(town.points(&volunteer), ["0.00", "0.00", "0.00"]);
        assert_eq!(town.account(&volunteer)["minutes"], 0);
        let all = town.app.get("/v1/totals/points", &town.admin).ok()["items"].take();
        let zero = |books: &Value| {
            books.as_object().unwrap().iter().all(|(name, sum)| name == "unit" || sum == "0.00")
        };
        assert!(all.as_array().unwrap().iter().all(zero), "no trace is left in any books: {all}");
        town.app.assert_verified();
    });
}
