//! Opportunities (招募): what recruits, as a volunteer's screen lists it.

use crate::support::http::{App, AppSettings, id};
use crate::support::recruiting::told;
use crate::support::town::{Town, Volunteer, each_town, merged};
use serde_json::{Value, json};

/// What is listed besides the activities that every town has.
fn listed(town: &Town, token: &str, query: &str) -> Vec<Value> {
    let all = town.app.all_pages(&format!("/v1/opportunities{query}"), token, 2);
    all.into_iter().filter(|item| item["name"] != "我爱白龟湖").collect()
}

fn names(listed: &[Value]) -> Vec<&str> {
    listed.iter().map(|item| item["name"].as_str().unwrap()).collect()
}

/// An activity that is called so, on a day of November from one hour to another; its id.
fn called(town: &Town, name: &str, [day, from, to]: [u32; 3], other: Value) -> String {
    let at = |hour: u32| format!("2026-11-{day:02}T{hour:02}:00:00+08:00");
    town.recruiting(merged(json!({ "name": name, "window": { "start": at(from), "end": at(to) } }), other))
}

#[test]
fn what_is_to_come_stands_by_its_start_with_names_and_positions() {
    each_town("opportunities", |town| {
        let volunteer = town.volunteer();
        called(town, "三号", [24, 9, 12], json!({}));
        let first = called(town, "一号", [21, 9, 12], json!({}));
        called(town, "二号", [21, 9, 12], json!({}));
        called(town, "进行中", [20, 10, 15], json!({}));
        called(town, "已结束", [20, 8, 11], json!({}));
        called(town, "草稿", [22, 9, 12], json!({ "draft": true }));
        let off = called(town, "取消", [22, 9, 12], json!({}));
        town.app.post(&format!("/v1/activities/{off}/cancel"), &town.coordinator, json!({})).ok();
        let position = town.position(&first, 3, json!({}));
        let place = town.enrol(&volunteer, &position, json!({})).created();

        let shown = listed(town, &volunteer.token, "");
        assert_eq!(names(&shown), ["进行中", "一号", "二号", "三号"]);
        let one = &shown[1];
        let programme = town.app.get(&format!("/v1/programmes/{}", town.programme), &town.admin).ok();
        let unit = town.app.get(&format!("/v1/units/{}", town.school), &town.admin).ok();
        assert_eq!(
            (&one["unit_name"], &one["programme_name"], &one["brands"]),
            (&unit["name"], &programme["name"], &programme["brands"])
        );
        assert_eq!((&one["activity"], &one["recruitment"]["risks"]), (&json!(first), &json!("湖边湿滑")));
        let shown_position = &one["positions"][0];
        assert_eq!(
            (&shown_position["id"], &shown_position["free"], &shown_position["unmet"]),
            (&json!(position), &json!(2), &Value::Null)
        );
        assert_eq!(one["own"], json!({ "enrolment": place["id"], "status": "enrolled" }));
        assert_eq!(listed(town, &town.coordinator, "").len(), 4);
        // Who is of another tree sees none of it.
        let tree = json!({ "code": "ELSEWHERE", "name": "别处", "kind": "school" });
        let elsewhere = id(&town.app.post("/v1/units", &town.admin, tree).created());
        assert_eq!(listed(town, &town.volunteer_of(&elsewhere).token, ""), [] as [Value; 0]);
        town.app
            .get(&format!("/v1/opportunities?unit={elsewhere}"), &volunteer.token)
            .refused(404, "unit_not_found");
        assert_eq!(names(&listed(town, &volunteer.token, &format!("?unit={}", town.school))).len(), 4);
        assert_eq!(listed(town, &volunteer.token, &format!("?unit={}", town.other_school)).len(), 0);
    });
}

#[test]
fn they_are_found_by_words_brand_place_and_free_places() {
    each_town("opportunities-found", |town| {
        let reader = town.volunteer();
        let fence = |latitude: f64| {
            let circle = json!({ "latitude": latitude, "longitude": 113.2, "radius_metres": 200 });
            json!({ "recruitment": merged(told(), json!({ "fence": circle })) })
        };
        let lake = called(town, "护湖行动", [21, 9, 12], fence(33.757));
        called(town, "图书整理", [22, 9, 12], merged(fence(33.8), json!({ "place": "市图书馆" })));
        town.position(&lake, 1, json!({}));
        let found = |query: &str| {
            let shown = listed(town, &reader.token, query);
            names(&shown).into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        for (text, expected) in [
            ("护湖", vec!["护湖行动"]),
            ("图书馆", vec!["图书整理"]),
            ("捡拾", vec!["护湖行动", "图书整理"]),
            ("无", vec![]),
        ] {
            assert_eq!(found(&format!("?text={}", percent(text))), expected, "{text}");
        }
        assert_eq!(found("?free=true"), ["护湖行动"]);
        // A thousandth of a degree of latitude is 111 metres.
        assert_eq!(found("?latitude=33.758&longitude=113.2&within_metres=112"), ["护湖行动"]);
        assert_eq!(found("?latitude=33.758&longitude=113.2&within_metres=110"), [] as [&str; 0]);
        let near = listed(town, &reader.token, "?latitude=33.758&longitude=113.2");
        assert_eq!((near.len(), &near[0]["metres"]), (2, &json!(111)));
        for query in ["?latitude=33", "?longitude=113", "?within_metres=5", "?latitude=91&longitude=0"] {
            town.app
                .get(&format!("/v1/opportunities{query}"), &reader.token)
                .refused(400, "invalid_parameter");
        }
        let programme = town.app.get(&format!("/v1/programmes/{}", town.programme), &town.admin).ok();
        let brand = programme["brands"][0].as_str();
        if let Some(brand) = brand {
            assert_eq!(found(&format!("?brand={}", percent(brand))).len(), 2);
        }
        assert_eq!(found(&format!("?brand={}", percent("没有这个品牌"))), [] as [&str; 0]);

        let second = town.position(&lake, 0, json!({}));
        town.enrol(&reader, &second, json!({ "wait": true })).created();
        let taken = town.app.get(&format!("/v1/activities/{lake}/positions"), &reader.token).ok();
        town.enrol(&town.volunteer(), taken["items"][0]["id"].as_str().unwrap(), json!({})).created();
        assert_eq!(found("?free=true"), [] as [&str; 0]);
    });
}

#[test]
fn what_is_open_to_me_is_what_would_take_me() {
    each_town("opportunities-open", |town| {
        let me = town.volunteer();
        let with = |name: &str, day: u32, conditions: Value| {
            let activity = called(town, name, [day, 9, 12], json!({}));
            (town.position(&activity, 1, json!({ "conditions": conditions })), activity)
        };
        let (fits, _) = with("合适", 21, json!({}));
        with("太老", 22, json!({ "most_age": 20 }));
        with("星级", 23, json!({ "least_star": 5 }));
        with("培训", 24, json!({ "least_training_minutes": 60 }));
        with("单位", 25, json!({ "units": [town.other_school] }));
        let later =
            json!({ "recruitment": merged(told(), json!({ "opens_at": "2026-11-21T00:00:00+08:00" })) });
        town.position(&called(town, "未开放", [26, 9, 12], later), 1, json!({}));
        called(town, "无岗位", [27, 9, 12], json!({}));
        let open = |who: &Volunteer| {
            let shown = listed(town, &who.token, "?open_to_me=true");
            names(&shown).into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(open(&me), ["合适"]);
        let shown = listed(town, &me.token, "");
        let unmet = |name: &str| {
            let item = shown.iter().find(|item| item["name"] == name).unwrap();
            item["positions"][0]["unmet"].clone()
        };
        for (name, condition) in
            [("太老", "most_age"), ("星级", "least_star"), ("培训", "least_training"), ("单位", "unit")]
        {
            assert_eq!(unmet(name), condition, "{name}");
        }
        // What the list says and what enrolling says is the same.
        let item = shown.iter().find(|item| item["name"] == "星级").unwrap();
        let refused = town.enrol(&me, item["positions"][0]["id"].as_str().unwrap(), json!({}));
        assert_eq!(refused.refused(409, "conditions_not_met")["condition"], "least_star");

        let (same_time, _) = with("同时", 21, json!({}));
        assert_eq!(open(&me), ["合适", "同时"]);
        town.enrol(&me, &fits, json!({})).created();
        assert_eq!(open(&me), [] as [&str; 0], "one is there, and nowhere else at that time");
        town.enrol(&me, &same_time, json!({})).refused(409, "enrolment_overlaps");
        town.app
            .get("/v1/opportunities?open_to_me=true", &town.coordinator)
            .refused(400, "invalid_parameter");
    });
}

#[test]
fn everybody_sees_them_where_the_service_is_set_up_so() {
    each_town("opportunities-public", |town| {
        let activity = called(town, "护湖行动", [21, 9, 12], json!({}));
        let place = town.position(&activity, 1, json!({}));
        town.enrol(&town.volunteer(), &place, json!({})).created();
        let text = percent("护湖");
        let seen = town.app.get(&format!("/v1/public/opportunities?text={text}"), "").ok();
        assert_eq!((&seen["items"][0]["name"], &seen["next"]), (&json!("护湖行动"), &Value::Null));
        assert_eq!(seen["items"][0]["own"], Value::Null);
        let seen = town.app.get("/v1/public/opportunities?free=true", "").ok();
        assert_eq!(seen["items"], json!([]));
        town.app.call("GET", "/v1/opportunities").send().refused(401, "unauthenticated");

        let closed = AppSettings { has_public_opportunities: false, ..AppSettings::default() };
        let closed = App::start_as(&town.app.url, closed);
        closed.get("/v1/public/opportunities", "").refused(404, "opportunities_not_public");
    });
}

/// Text as it stands in a query.
fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
