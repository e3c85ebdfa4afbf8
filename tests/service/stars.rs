//! Stars (星级): which scheme is in force, what counts, and the day on which each star was reached.

use crate::support::http::{Answer, NOON, id};
use crate::support::town::{Town, Volunteer, each_town, merged};
use serde_json::{Value, json};

/// Sets the usual scheme (one, two and four hours, leader and import) with members replaced.
fn set_scheme(town: &Town, token: &str, other: Value) -> Answer {
    let usual = json!({
        "effective_from": "2026-01-01", "threshold_minutes": [60, 120, 240], "counting_grades": ["leader", "import"],
    });
    town.app.post("/v1/star-schemes", token, merged(usual, other))
}

fn star(town: &Town, token: &str, volunteer: &Volunteer, query: &str) -> Answer {
    town.app.get(&format!("/v1/volunteers/{}/star{query}", volunteer.id), token)
}

fn serve_graded(town: &Town, volunteer: &Volunteer, [start, end]: [&str; 2], evidence: &str) -> Value {
    let graded = json!({ "evidence": evidence, "reason": "补录" });
    town.by_two_persons(merged(town.service(volunteer, start, end), graded))
}

#[test]
fn a_scheme_is_set_ahead_by_an_admin_with_ascending_thresholds() {
    each_town("stars-terms", |town| {
        let set = |other: Value| set_scheme(town, &town.admin, other);
        for wrong in [json!([120, 60]), json!([60, 60])] {
            set(json!({ "threshold_minutes": wrong })).refused(422, "star_terms_invalid");
        }
        for wrong in [json!([]), json!([0]), json!([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]), json!([60_000_001])]
        {
            set(json!({ "threshold_minutes": wrong })).refused(422, "invalid_field");
        }
        set(json!({ "counting_grades": [] })).refused(422, "invalid_field");
        set_scheme(town, &town.bureau_coordinator, json!({})).refused(403, "not_permitted");

        let first = set(json!({})).created();
        assert_eq!(first["threshold_minutes"], json!([60, 120, 240]));
        set(json!({ "effective_from": "2026-11-19" })).refused(422, "star_scheme_in_past");
        let second = set(json!({ "effective_from": "2026-11-20" })).created();

        let volunteer = town.volunteer();
        let versions = town.app.all_pages("/v1/star-schemes", &volunteer.token, 1);
        assert_eq!([id(&versions[0]), id(&versions[1])], [id(&second), id(&first)], "newest first");
        let path = format!("/v1/star-schemes/{}", id(&first));
        assert_eq!(town.app.get(&path, &volunteer.token).ok()["effective_from"], "2026-01-01");
        let nowhere = format!("/v1/star-schemes/{}", town.school);
        town.app.get(&nowhere, &town.admin).refused(404, "star_scheme_not_found");
        town.app.assert_verified();
    });
}

#[test]
fn a_star_is_reached_on_the_service_date_that_brings_the_minutes() {
    each_town("stars-reached", |town| {
        let scheme = id(&set_scheme(town, &town.admin, json!({})).created());
        let volunteer = town.volunteer();
        let none = star(town, &volunteer.token, &volunteer, "").ok();
        assert_eq!((&none["star"], &none["counted_minutes"]), (&json!(0), &json!(0)));
        assert_eq!((&none["next_threshold_minutes"], &none["missing_minutes"]), (&json!(60), &json!(60)));
        assert_eq!(none["reached"], json!([]));

        // Entered last, served first: 50 + 30 minutes pass the first hour on the 18th, not on the 16th.
        serve_graded(town, &volunteer, ["18T09:00", "18T09:30"], "leader");
        serve_graded(town, &volunteer, ["16T09:00", "16T09:50"], "import");
        // Neither counts by this scheme.
        serve_graded(town, &volunteer, ["17T09:00", "17T12:00"], "backfill");
        serve_graded(town, &volunteer, ["17T14:00", "17T15:00"], "backfill");

        let one = star(town, &volunteer.token, &volunteer, "").ok();
        assert_eq!((&one["scheme"], &one["day"]), (&json!(scheme), &json!("2026-11-20")));
        assert_eq!((&one["star"], &one["counted_minutes"]), (&json!(1), &json!(80)));
        assert_eq!((&one["next_threshold_minutes"], &one["missing_minutes"]), (&json!(120), &json!(40)));
        let first = json!({ "star": 1, "threshold_minutes": 60, "reached_on": "2026-11-18" });
        assert_eq!(one["reached"], json!([first]));

        serve_graded(town, &volunteer, ["19T09:00", "19T12:00"], "leader");
        let all = star(town, &volunteer.token, &volunteer, "").ok();
        assert_eq!((&all["star"], &all["counted_minutes"]), (&json!(3), &json!(260)));
        assert_eq!((&all["next_threshold_minutes"], &all["missing_minutes"]), (&Value::Null, &Value::Null));
        let days: Vec<_> =
            all["reached"].as_array().unwrap().iter().map(|star| &star["reached_on"]).collect();
        assert_eq!(days, ["2026-11-18", "2026-11-19", "2026-11-19"]);
    });
}

#[test]
fn a_voided_record_takes_its_star_but_not_as_of_before() {
    each_town("stars-voided", |town| {
        set_scheme(town, &town.admin, json!({})).created();
        let volunteer = town.volunteer();
        serve_graded(town, &volunteer, ["17T09:00", "17T10:00"], "leader");
        let record = id(&serve_graded(town, &volunteer, ["18T09:00", "18T10:00"], "leader"));
        let before = star(town, &town.auditor, &volunteer, "").ok();
        assert_eq!((&before["star"], &before["missing_minutes"]), (&json!(2), &json!(120)));

        town.void(&record);
        let after = star(town, &town.auditor, &volunteer, "").ok();
        assert_eq!((&after["star"], &after["counted_minutes"]), (&json!(1), &json!(60)));
        let as_of = format!("?as_of={}", before["as_of"]);
        assert_eq!(star(town, &town.auditor, &volunteer, &as_of).ok(), before, "the same for ever");
        town.app.clock.set("2026-11-20T12:00:01+08:00");
        let instant = NOON.replace('+', "%2B");
        let at = star(town, &town.auditor, &volunteer, &format!("?as_of={instant}")).ok();
        assert_eq!(at["star"], 1);
        star(town, &town.auditor, &volunteer, "?as_of=999999").refused(400, "invalid_parameter");
    });
}

#[test]
fn the_scheme_of_the_day_holds_and_without_one_there_is_no_star() {
    each_town("stars-versions", |town| {
        let volunteer = town.volunteer();
        star(town, &volunteer.token, &volunteer, "").refused(404, "star_scheme_not_found");
        let old = id(&set_scheme(town, &town.admin, json!({})).created());
        serve_graded(town, &volunteer, ["17T09:00", "17T10:00"], "leader");
        let steep = json!({ "effective_from": "2026-11-21", "threshold_minutes": [6000] });
        let new = id(&set_scheme(town, &town.admin, steep).created());
        let today = star(town, &volunteer.token, &volunteer, "").ok();
        assert_eq!(
            (&today["scheme"], &today["star"]),
            (&json!(old), &json!(1)),
            "the new one is of tomorrow"
        );

        town.app.clock.set("2026-11-21T08:00:00+08:00");
        let tomorrow = star(town, &volunteer.token, &volunteer, "").ok();
        assert_eq!((&tomorrow["scheme"], &tomorrow["star"]), (&json!(new), &json!(0)));
        let as_of = format!("?as_of={}", today["as_of"]);
        assert_eq!(star(town, &volunteer.token, &volunteer, &as_of).ok(), today, "an entry of yesterday");
    });
}

#[test]
fn stars_are_seen_by_whoever_sees_the_volunteer() {
    each_town("stars-scope", |town| {
        set_scheme(town, &town.admin, json!({})).created();
        let (volunteer, other) = (town.volunteer(), town.volunteer());
        for token in
            [&volunteer.token, &town.coordinator, &town.auditor, &town.bureau_coordinator, &town.admin]
        {
            star(town, token, &volunteer, "").ok();
        }
        for token in [&other.token, &town.other_coordinator] {
            star(town, token, &volunteer, "").refused(404, "volunteer_not_found");
        }
    });
}
