//! Of what was, the answer is the same for ever: as of an entry, an instant or a day that is over, whatever comes after.

use crate::support::http::id;
use crate::support::operations::head;
use crate::support::town::{Town, Volunteer, each_town, merged};
use serde_json::{Value, json};

/// What can be asked of a volunteer's past.
const OF_A_VOLUNTEER: [&str; 3] = ["account", "memberships", "star"];

fn last(town: &Town) -> i64 {
    head(town.app).last_seq.0
}

fn path(volunteer: &Volunteer, what: &str) -> String {
    format!("/v1/volunteers/{}/{what}", volunteer.id)
}

/// Account, memberships and star as of an entry, instant or day.
fn told(town: &Town, volunteer: &Volunteer, as_of: &str) -> Vec<Value> {
    let ask = |what: &&str| {
        let answer = town.app.get(&format!("{}?as_of={as_of}", path(volunteer, what)), &town.admin).ok();
        assert!(answer["as_of"].is_i64(), "{what} does not name the entry that it stands on: {answer}");
        answer
    };
    OF_A_VOLUNTEER.iter().map(ask).collect()
}

/// A volunteer's life, a step an hour.
fn steps<'s>(town: &'s Town, volunteer: &'s Volunteer, person: &'s Value) -> Vec<Box<dyn Fn() + 's>> {
    let earliest = || {
        let records = town.app.get(&format!("/v1/service-records?volunteer={}", volunteer.id), &town.admin);
        id(records.ok()["items"].as_array().unwrap().last().unwrap())
    };
    vec![
        Box::new(|| drop(town.serve(volunteer, "16T09:00", "16T13:00"))),
        Box::new(|| drop(town.serve(volunteer, "17T09:00", "17T12:00"))),
        Box::new(|| drop(town.redeem(volunteer, &town.reward("2", 5)))),
        Box::new(move || drop(town.void(&earliest()))),
        Box::new(|| drop(town.transfer_to_other_school(volunteer))),
        Box::new(|| {
            let gifts =
                town.app.get(&format!("/v1/redemptions?volunteer={}", volunteer.id), &town.admin).ok();
            let cancel = format!("/v1/redemptions/{}/cancel", id(&gifts["items"][0]));
            town.app.post(&cancel, &town.admin, json!({})).ok();
        }),
        Box::new(|| drop(town.leave(volunteer))),
        Box::new(|| {
            let again = merged(person.clone(), json!({ "unit": town.school }));
            town.app.post("/v1/volunteers", &town.admin, again).created();
        }),
        Box::new(|| drop(town.serve(volunteer, "19T09:00", "19T10:00"))),
    ]
}

#[test]
fn account_memberships_and_star_of_the_past_stay_as_they_were() {
    each_town("as-of-volunteer", |town| {
        let scheme = json!({
            "effective_from": "2026-01-01", "threshold_minutes": [60, 300], "counting_grades": ["leader"],
        });
        town.app.post("/v1/star-schemes", &town.admin, scheme).created();
        let person = town.person();
        let registered = town.app.post(
            "/v1/volunteers",
            &town.admin,
            merged(person.clone(), json!({ "unit": town.school })),
        );
        let one = id(&registered.created());
        let one = Volunteer { token: town.app.volunteer_token(&one), id: one };

        let mut kept: Vec<(String, Vec<Value>)> = Vec::new();
        for (hour, step) in (13..).zip(steps(town, &one, &person)) {
            town.app.clock.set(&format!("2026-11-20T{hour}:00:00+08:00"));
            step();
            let seq = last(town).to_string();
            let then = told(town, &one, &seq);
            let now = town.account(&one);
            for figure in ["minutes", "minutes_by_grade"] {
                assert_eq!(then[0][figure], now[figure], "step {hour}: {figure} as it is now");
            }
            for figure in ["available", "held", "debt"] {
                assert_eq!(then[0]["points"][figure], now["points"][figure], "step {hour}: {figure}");
            }
            let memberships = town.app.get(&path(&one, "memberships"), &town.admin).ok();
            assert_eq!(then[1], memberships, "step {hour}: as they are now");
            // The instant of the step is over by now, and means its last entry.
            town.app.clock.set(&format!("2026-11-20T{hour}:30:00+08:00"));
            let at = format!("2026-11-20T{hour}:00:00%2B08:00");
            let by_instant = told(town, &one, &at);
            assert_eq!(by_instant, then, "step {hour}: by its instant");
            kept.push((seq, then.clone()));
            kept.push((at, then));
            for (as_of, before) in &kept {
                assert_eq!(&told(town, &one, as_of), before, "as of {as_of}, after step {hour}");
            }
        }
        let minutes: Vec<_> = kept.iter().step_by(2).map(|(_, told)| told[0]["minutes"].clone()).collect();
        assert_eq!(minutes, [240, 420, 420, 180, 180, 180, 180, 180, 240], "the story as it went");
        let open = |told: &Value| {
            told["items"].as_array().unwrap().iter().filter(|one| one["ends_at"].is_null()).count()
        };
        let open: Vec<_> = kept.iter().step_by(2).map(|(_, told)| open(&told[1])).collect();
        assert_eq!(open, [1, 1, 1, 1, 1, 1, 0, 1, 1], "nobody belongs nowhere but who has left");

        town.app.clock.set("2026-11-21T00:00:00+08:00");
        let by_day = told(town, &one, "2026-11-20");
        assert_eq!(by_day[..2], kept.last().unwrap().1[..2], "a day is over with its last entry");
        assert_eq!(told(town, &one, "2026-11-20"), by_day);
        town.app.assert_verified();
    });
}

#[test]
fn who_was_not_there_yet_has_no_past() {
    each_town("as-of-before", |town| {
        let before = last(town);
        let one = town.volunteer();
        for what in ["account", "memberships"] {
            let asked = format!("{}?as_of={before}", path(&one, what));
            town.app.get(&asked, &town.admin).refused(404, "volunteer_not_found");
            let asked = format!("{}?as_of={}", path(&one, what), last(town));
            town.app.get(&asked, &one.token).ok();
            town.app.get(&asked, &town.other_coordinator).refused(404, "volunteer_not_found");
        }
    });
}

#[test]
fn what_is_not_over_yet_cannot_be_asked_for() {
    each_town("as-of-not-over", |town| {
        let one = town.volunteer();
        town.serve(&one, "18T09:00", "18T10:00");
        let paths = [
            path(&one, "account"),
            path(&one, "memberships"),
            "/v1/totals/minutes".to_owned(),
            "/v1/totals/points".to_owned(),
            "/v1/findings".to_owned(),
        ];
        let noon = "2026-11-20T12:00:00%2B08:00";
        for path in &paths {
            let ask = |as_of: &str| town.app.get(&format!("{path}?as_of={as_of}"), &town.admin);
            // Another entry may bear the same instant, and the day goes on.
            for as_of in [noon, "2026-11-20T12:00:00.000001%2B08:00", "2026-11-20", "2026-12-01"] {
                let problem = ask(as_of).refused(400, "invalid_parameter");
                assert_eq!(problem["field"], "as_of", "{path} {as_of}");
            }
            let entry = last(town);
            ask(&(entry + 1).to_string()).refused(400, "invalid_parameter");
            let now = town.app.get(path, &town.admin).ok();
            assert_eq!(now["as_of"], json!(entry), "the entry that the present stands on: {path}");
            assert_eq!(ask(&entry.to_string()).ok()["as_of"], json!(entry));
        }
        // One more at the very same instant; then the instant is over.
        town.serve(&one, "18T11:00", "18T12:00");
        town.app.clock.set("2026-11-20T12:00:00.000001+08:00");
        let last = last(town);
        for path in &paths {
            let at_noon = town.app.get(&format!("{path}?as_of={noon}"), &town.admin).ok();
            assert_eq!(at_noon["as_of"], json!(last), "{path}");
        }
        town.serve(&one, "18T13:00", "18T14:00");
        for path in &paths {
            let at_noon = town.app.get(&format!("{path}?as_of={noon}"), &town.admin).ok();
            assert_eq!(at_noon["as_of"], json!(last), "{path}");
        }
    });
}

#[test]
fn an_assessment_of_the_past_does_not_count_who_had_left_when_they_come_back() {
    each_town("as-of-assessment", |town| {
        let indicators = json!([{
            "code": "注册人数", "kind": "minutes_per_registered", "comparison": "at_least", "threshold": "1", "weight": "1",
        }]);
        let scheme = json!({ "name": "量化考核", "indicators": indicators });
        let scheme = id(&town.app.post("/v1/assessment-schemes", &town.admin, scheme).created());
        let person = town.person();
        let register = || {
            let again = merged(person.clone(), json!({ "unit": town.school }));
            id(&town.app.post("/v1/volunteers", &town.admin, again).created())
        };
        let one = register();
        let one = Volunteer { token: town.app.volunteer_token(&one), id: one };
        let there = last(town);
        town.leave(&one);
        let left = last(town);
        let members = |as_of: i64| {
            let asked = format!(
                "/v1/assessments?unit={}&scheme={scheme}&from=2026-11-01&to=2026-11-30&as_of={as_of}",
                town.school
            );
            let answer = town.app.get(&asked, &town.admin).ok();
            let ranked = &answer["assessment"]["ranking"][0]["indicators"][0];
            (ranked["denominator"].as_i64().unwrap(), answer["digest"].clone())
        };
        let (with, without) = (members(there), members(left));
        assert_eq!((with.0, without.0), (1, 0));

        assert_eq!(register(), one.id, "the same number");
        assert_eq!((members(there), members(left)), (with, without), "what was, stays");
        assert_eq!(members(last(town)).0, 1);
        town.app.assert_verified();
    });
}
