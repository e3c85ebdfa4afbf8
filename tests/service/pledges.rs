//! Pledges (承诺践诺) and model posts (示范岗).

use crate::support::http::{Answer, id};
use crate::support::town::{Town, Volunteer, each_town};
use hourbook::domain::ids::{ModelPostId, PledgeId, Seq};
use serde_json::{Value, json};

fn pledge(town: &Town, token: &str, volunteer: &Volunteer, due: &str) -> Answer {
    let pledge = json!({ "volunteer": volunteer.id, "title": "本月服务两小时", "due": due });
    town.app.post("/v1/pledges", token, pledge)
}

fn fulfil(town: &Town, token: &str, pledge: &str, record: &str) -> Answer {
    town.app.post(&format!("/v1/pledges/{pledge}/fulfil"), token, json!({ "record": record }))
}

fn shown(town: &Town, token: &str, pledge: &str) -> Value {
    town.app.get(&format!("/v1/pledges/{pledge}"), token).ok()
}

#[test]
fn a_pledge_is_kept_by_credited_records_as_long_as_they_count() {
    each_town("pledges-kept", |town| {
        let volunteer = town.volunteer();
        let made = pledge(town, &volunteer.token, &volunteer, "2026-11-20").created();
        assert!(made.get("title").is_none(), "answers that are kept hold nobody's words");
        let pledge = id(&made);
        let open = shown(town, &volunteer.token, &pledge);
        assert_eq!((&open["title"], &open["kept"]), (&json!("本月服务两小时"), &json!(false)));

        let record = town.serve(&volunteer, "18T09:00", "18T11:00");
        fulfil(town, &volunteer.token, &pledge, &record).ok();
        let kept = shown(town, &town.auditor, &pledge);
        assert_eq!(kept["kept_by"], json!([{ "record": record, "credited_minutes": 120, "counts": true }]));
        assert_eq!(kept["kept"], true);

        town.void(&record);
        let broken = shown(town, &town.auditor, &pledge);
        assert_eq!((&broken["kept"], &broken["kept_by"][0]["counts"]), (&json!(false), &json!(false)));
        town.app.assert_verified();
    });
}

#[test]
fn a_pledge_is_due_today_or_later_and_made_by_oneself_or_the_unit() {
    each_town("pledges-made", |town| {
        let (volunteer, other) = (town.volunteer(), town.volunteer());
        pledge(town, &volunteer.token, &volunteer, "2026-11-19").refused(422, "pledge_due_in_past");
        pledge(town, &other.token, &volunteer, "2026-11-20").refused(403, "not_permitted");
        pledge(town, &town.other_coordinator, &volunteer, "2026-11-20").refused(403, "outside_unit");
        pledge(town, &town.auditor, &volunteer, "2026-11-20").refused(403, "not_permitted");
        let by_unit = id(&pledge(town, &town.coordinator, &volunteer, "2026-11-20").created());

        for (token, sees) in [
            (&volunteer.token, 1),
            (&town.coordinator, 1),
            (&town.auditor, 1),
            (&town.bureau_coordinator, 1),
            (&other.token, 0),
            (&town.other_coordinator, 0),
        ] {
            assert_eq!(town.app.all_pages("/v1/pledges", token, 10).len(), sees);
        }
        let path = format!("/v1/pledges/{by_unit}");
        town.app.get(&path, &town.other_coordinator).refused(404, "pledge_not_found");
        let of = |query: &str| town.app.all_pages(&format!("/v1/pledges?{query}"), &town.admin, 10).len();
        assert_eq!(of(&format!("volunteer={}", volunteer.id)), 1);
        assert_eq!(of(&format!("volunteer={}", other.id)), 0);
        assert_eq!(
            [of(&format!("unit={}", town.school)), of(&format!("unit={}", town.other_school))],
            [1, 0]
        );
    });
}

#[test]
fn what_does_not_keep_a_pledge_is_refused() {
    each_town("pledges-refused", |town| {
        let (volunteer, other) = (town.volunteer(), town.volunteer());
        let promised = id(&pledge(town, &volunteer.token, &volunteer, "2026-12-31").created());
        let name = |record: &str| fulfil(town, &town.coordinator, &promised, record);

        name(&town.serve(&other, "17T09:00", "17T10:00")).refused(422, "pledge_record_of_another");
        name(&town.submit(&volunteer, "17T09:00", "17T10:00")).refused(409, "record_not_credited");
        let record = town.serve(&volunteer, "18T09:00", "18T10:00");
        fulfil(town, &town.other_coordinator, &promised, &record).refused(403, "outside_unit");
        name(&record).ok();
        name(&record).refused(409, "pledge_record_named");
        let nowhere = PledgeId::new(Seq(99_999)).to_string();
        fulfil(town, &town.admin, &nowhere, &record).refused(404, "pledge_not_found");

        let minute =
            |at: u32| town.serve(&volunteer, &format!("19T09:{at:02}"), &format!("19T09:{:02}", at + 1));
        for at in 0..19 {
            name(&minute(at)).ok();
        }
        name(&minute(19)).refused(409, "pledge_records_full");

        let end = format!("/v1/pledges/{promised}/end");
        assert!(town.app.post(&end, &volunteer.token, json!({})).ok()["ended_at"].is_string());
        town.app.post(&end, &volunteer.token, json!({})).refused(409, "pledge_ended");
        name(&minute(20)).refused(409, "pledge_ended");
    });
}

fn award(town: &Town, token: &str, unit: &str, volunteer: Option<&Volunteer>) -> Answer {
    let post = json!({
        "unit": unit, "volunteer": volunteer.map(|volunteer| &volunteer.id), "title": "党员示范岗",
        "starts_on": "2026-11-10",
    });
    town.app.post("/v1/model-posts", token, post)
}

#[test]
fn a_model_post_is_a_units_or_one_of_its_volunteers() {
    each_town("model-posts", |town| {
        let (volunteer, elsewhere) = (town.volunteer(), town.volunteer_of(&town.other_school));
        let of_unit = id(&award(town, &town.coordinator, &town.school, None).created());
        let held = id(&award(town, &town.coordinator, &town.school, Some(&volunteer)).created());
        award(town, &town.coordinator, &town.school, Some(&elsewhere))
            .refused(422, "model_post_holder_elsewhere");
        award(town, &town.other_coordinator, &town.school, None).refused(403, "outside_unit");
        award(town, &town.district_coordinator, &town.district, Some(&elsewhere)).created();

        let end = |post: &str, token: &str, day: &str| {
            town.app.post(&format!("/v1/model-posts/{post}/end"), token, json!({ "ends_on": day }))
        };
        end(&held, &town.coordinator, "2026-11-09").refused(422, "model_post_dates_invalid");
        end(&held, &town.other_coordinator, "2026-11-12").refused(403, "outside_unit");
        end(&held, &town.coordinator, "2026-11-12").ok();
        end(&held, &town.coordinator, "2026-11-13").refused(409, "model_post_ended");
        let nowhere = ModelPostId::new(Seq(99_999)).to_string();
        end(&nowhere, &town.coordinator, "2026-11-13").refused(404, "model_post_not_found");

        let on = |day: &str| {
            let path = format!("/v1/model-posts?unit={}&day={day}", town.school);
            let posts = town.app.all_pages(&path, &town.auditor, 1);
            posts.iter().map(id).collect::<Vec<_>>()
        };
        assert_eq!(on("2026-11-09"), [""; 0]);
        assert_eq!(on("2026-11-10"), [held.clone(), of_unit.clone()]);
        assert_eq!(on("2026-11-12"), [held.clone(), of_unit.clone()], "the last day is part of it");
        assert_eq!(on("2026-11-13"), [of_unit]);
        let own = town.app.all_pages("/v1/model-posts", &volunteer.token, 10);
        assert_eq!(own.iter().map(id).collect::<Vec<_>>(), [held.clone()]);
        assert_eq!(own[0]["title"], "党员示范岗");
        town.app
            .get(&format!("/v1/model-posts/{held}"), &elsewhere.token)
            .refused(404, "model_post_not_found");
        town.app.assert_verified();
    });
}

#[test]
fn the_words_go_with_the_person() {
    each_town("pledges-erased", |town| {
        let volunteer = town.volunteer();
        let promised = id(&pledge(town, &volunteer.token, &volunteer, "2026-12-31").created());
        let held = id(&award(town, &town.coordinator, &town.school, Some(&volunteer)).created());
        let of_unit = id(&award(town, &town.coordinator, &town.school, None).created());
        town.leave(&volunteer);

        assert_eq!(shown(town, &town.auditor, &promised)["title"], Value::Null);
        let title = |post: &str| {
            town.app.get(&format!("/v1/model-posts/{post}"), &town.auditor).ok()["title"].clone()
        };
        assert_eq!([title(&held), title(&of_unit)], [Value::Null, json!("党员示范岗")]);
        let end = format!("/v1/pledges/{promised}/end");
        town.app.post(&end, &town.coordinator, json!({})).refused(409, "volunteer_closed");
        pledge(town, &town.coordinator, &volunteer, "2026-12-31").refused(409, "volunteer_closed");
        award(town, &town.coordinator, &town.school, Some(&volunteer)).refused(409, "volunteer_closed");
        town.app.assert_verified();
    });
}
