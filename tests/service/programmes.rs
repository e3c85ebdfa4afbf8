//! Programmes (项目) and their activities (活动).

use crate::support::http::{Answer, id};
use crate::support::town::{Town, each_town, merged};
use hourbook::domain::ids::{ActivityId, ProgrammeId, Seq, VolunteerId};
use serde_json::{Value, json};

fn announce(town: &Town, token: &str, other: Value) -> Answer {
    let usual = json!({
        "programme": town.programme, "unit": town.school, "name": "无偿献血",
        "window": { "start": "2026-11-21T08:00:00+08:00", "end": "2026-11-21T18:00:00+08:00" },
    });
    town.app.post("/v1/activities", token, merged(usual, other))
}

/// An activity as it was read, to be sent as what may be changed of it.
fn details(activity: &Value) -> Value {
    let kept = ["name", "place", "window", "headcount", "leader"];
    kept.iter().map(|member| ((*member).to_owned(), activity[member].clone())).collect()
}

fn ids(page: &Value) -> Vec<String> {
    page["items"].as_array().unwrap().iter().map(id).collect()
}

#[test]
fn brands_and_programmes_overlap() {
    each_town("programmes-brands", |town| {
        let open = |name: &str, brands: &[&str]| {
            let programme =
                json!({ "unit": town.school, "name": name, "brands": brands, "category": "文明实践" });
            id(&town.app.post("/v1/programmes", &town.coordinator, programme).created())
        };
        let candles = open("温情烛光同心筑梦", &["温情烛光同心筑梦"]);
        let sports = open("健润·全民健身", &["健润·全民健身", "温情烛光同心筑梦", "健润·全民健身"]);
        let shown = town.app.get(&format!("/v1/programmes/{sports}"), &town.volunteer().token).ok();
        assert_eq!(shown["brands"].as_array().unwrap().len(), 2, "named twice is named once");
        assert_eq!(shown["category"], "文明实践");
        let of_brand =
            |brand: &str| ids(&town.app.get(&format!("/v1/programmes?brand={brand}"), &town.auditor).ok());
        assert_eq!(of_brand("温情烛光同心筑梦"), [sports.clone(), candles]);
        assert_eq!(of_brand("健润·全民健身"), [sports]);
        assert_eq!(of_brand("基础教育百千万帮带春风行动"), [] as [String; 0]);
    });
}

#[test]
fn a_programme_is_changed_from_what_was_read_until_it_is_closed() {
    each_town("programmes-change", |town| {
        let app = town.app;
        let path = format!("/v1/programmes/{}", town.programme);
        let etag = app.get(&path, &town.bureau_coordinator).header("etag").to_owned();
        let change =
            |token: &str, version: &str| app.put(&path, token, version, json!({ "name": "春风行动" }));
        change(&town.coordinator, &etag).refused(403, "outside_unit");
        let changed = change(&town.bureau_coordinator, &etag).ok();
        assert_eq!((&changed["name"], &changed["brands"]), (&json!("春风行动"), &json!([])), "as a whole");
        change(&town.bureau_coordinator, &etag).refused(412, "version_stale");

        app.post(&format!("{path}/close"), &town.coordinator, json!({})).refused(403, "outside_unit");
        assert_eq!(
            app.post(&format!("{path}/close"), &town.bureau_coordinator, json!({})).ok()["closed"],
            true
        );
        app.post(&format!("{path}/close"), &town.bureau_coordinator, json!({}))
            .refused(409, "programme_closed");
        change(&town.bureau_coordinator, "*").refused(409, "programme_closed");
        announce(town, &town.coordinator, json!({})).refused(409, "programme_closed");
        town.serve(&town.volunteer(), "18T09:00", "18T10:00");
        assert_eq!(ids(&app.get("/v1/programmes?closed=false", &town.auditor).ok()), [] as [String; 0]);
    });
}

#[test]
fn an_activity_needs_a_programme_of_its_unit_or_above_and_a_possible_window() {
    each_town("activities-announce", |town| {
        let announce = |other: Value| announce(town, &town.admin, other);
        let of_school = town.programme_of(&town.school);
        let outside = json!({ "programme": of_school, "unit": town.other_school });
        announce(outside).refused(422, "activity_outside_programme");
        announce(json!({ "programme": of_school })).created();

        let window = |start: &str, end: &str| json!({ "window": { "start": start, "end": end } });
        let noon = "2026-11-21T12:00:00+08:00";
        announce(window(noon, noon)).refused(422, "window_invalid");
        announce(window(noon, "2026-11-21T11:00:00+08:00")).refused(422, "window_invalid");
        announce(window(noon, "2027-11-22T12:00:01+08:00")).refused(422, "window_invalid");
        announce(window(noon, "2027-11-22T12:00:00+08:00")).created();

        let nowhere = ProgrammeId::new(Seq(1_000_000)).to_string();
        announce(json!({ "programme": nowhere })).refused(404, "programme_not_found");
        town.app.get(&format!("/v1/programmes/{nowhere}"), &town.admin).refused(404, "programme_not_found");
        let nobody = VolunteerId::new(Seq(1_000_000)).to_string();
        announce(json!({ "leader": nobody })).refused(404, "volunteer_not_found");
        let leaver = town.volunteer();
        announce(json!({ "leader": leaver.id, "headcount": 30, "place": "白龟湖" })).created();
        town.leave(&leaver);
        announce(json!({ "leader": leaver.id })).refused(409, "volunteer_closed");
    });
}

#[test]
fn units_carry_out_programmes_for_which_they_answer() {
    each_town("activities-who", |town| {
        announce(town, &town.coordinator, json!({})).created();
        announce(town, &town.coordinator, json!({ "unit": town.other_school })).refused(403, "outside_unit");
        announce(town, &town.auditor, json!({})).refused(403, "not_permitted");
        announce(town, &town.volunteer().token, json!({})).refused(403, "not_permitted");
    });
}

#[test]
fn an_activity_on_which_records_rest_keeps_its_window_and_is_not_called_off() {
    each_town("activities-records", |town| {
        let app = town.app;
        let path = format!("/v1/activities/{}", town.activity);
        let record = town.submit(&town.volunteer(), "18T09:00", "18T10:00");
        let read = app.get(&path, &town.coordinator);
        let etag = read.header("etag").to_owned();
        let read = read.ok();
        assert_eq!(read["live_records"], 1);

        let moved =
            json!({ "window": { "start": "2026-11-17T00:00:00+08:00", "end": "2026-11-23T00:00:00+08:00" } });
        let update = |version: &str, change: Value| {
            app.put(&path, &town.coordinator, version, merged(details(&read), change))
        };
        update(&etag, moved.clone()).refused(409, "activity_has_records");
        app.post(&format!("{path}/cancel"), &town.coordinator, json!({}))
            .refused(409, "activity_has_records");
        update(&etag, json!({ "name": "我爱白龟湖（雨天）" })).ok();
        update(&etag, json!({ "name": "另一个名字" })).refused(412, "version_stale");

        let reject = format!("/v1/service-records/{record}/reject");
        app.post(&reject, &town.coordinator, json!({ "reason": "未到场" })).ok();
        update("*", moved).ok();
        assert_eq!(app.post(&format!("{path}/cancel"), &town.coordinator, json!({})).ok()["cancelled"], true);

        app.post(&format!("{path}/cancel"), &town.coordinator, json!({})).refused(409, "activity_cancelled");
        update("*", json!({})).refused(409, "activity_cancelled");
        app.post(
            "/v1/service-records",
            &town.coordinator,
            town.service(&town.volunteer(), "18T09:00", "18T10:00"),
        )
        .refused(409, "activity_cancelled");
        app.assert_verified();
    });
}

#[test]
fn activities_are_found_by_programme_unit_and_time() {
    each_town("activities-list", |town| {
        let later =
            json!({ "window": { "start": "2026-12-01T08:00:00+08:00", "end": "2026-12-01T18:00:00+08:00" } });
        let december = id(&announce(town, &town.coordinator, later).created());
        let own = town.programme_of(&town.other_school);
        let others = town.activity_of(&town.other_school, json!({ "programme": own }));
        let found = |query: &str| ids(&town.app.get(&format!("/v1/activities?{query}"), &town.auditor).ok());
        assert_eq!(found("from=2026-11-30T00:00:00%2B08:00"), [december.clone()]);
        let of_school = format!("unit={}", town.school);
        assert_eq!(found(&format!("{of_school}&to=2026-11-30T00:00:00%2B08:00")), [town.activity.clone()]);
        assert_eq!(found(&of_school), [december, town.activity.clone()]);
        assert_eq!(found(&format!("programme={own}")), [others]);
        assert_eq!(found("cancelled=true"), [] as [String; 0]);
        let nowhere = ActivityId::new(Seq(1_000_000));
        town.app.get(&format!("/v1/activities/{nowhere}"), &town.admin).refused(404, "activity_not_found");
    });
}
