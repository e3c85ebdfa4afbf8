//! Registration (登记注册): who may be enrolled, what is known of a person and to whom, leaving.

use crate::support::http::id;
use crate::support::town::{Town, Volunteer, each_town, merged};
use hourbook::domain::ids::VolunteerId;
use hourbook::store::sql::Sql;
use serde_json::{Value, json};

fn path(volunteer: &Volunteer) -> String {
    format!("/v1/volunteers/{}", volunteer.id)
}

/// The ids that a search of this coordinator or auditor finds.
fn found(town: &Town, token: &str, query: &str) -> Vec<String> {
    let found = town.app.get(&format!("/v1/volunteers?{query}"), token).ok();
    found["items"].as_array().unwrap().iter().map(id).collect()
}

#[test]
fn a_person_is_registered_and_shown_as_entitled() {
    each_town("registration-shown", |town| {
        let person = merged(
            town.registration(&town.school),
            json!({
                "name": "王小明", "gender": "female", "birth_date": "1949-12-31",
                "document": { "kind": "resident_identity", "number": "11010519491231002x" },
                "mobile": "+86 138-0013-8000", "residence": "新华区", "skills": ["急救", "英语"],
                "service_categories": ["社区服务"],
                "political_status": [{ "party_member": true, "effective_from": "1999-07-01" }],
            }),
        );
        let made = town.app.post("/v1/volunteers", &town.coordinator, person);
        let etag = made.header("etag").to_owned();
        let made = made.created();
        assert_eq!((&made["unit"], &made["status"]), (&json!(town.school), &json!("active")));
        assert!(made.get("person").is_none(), "the answer, which may be replayed, holds no person");
        let number = made["number"].as_str().unwrap();
        assert!(number.len() == 12 && number.bytes().all(|byte| byte.is_ascii_digit()), "{number}");

        let volunteer = Volunteer { id: id(&made), token: town.app.volunteer_token(&id(&made)) };
        let numbers = |token: &str| {
            let shown = town.app.get(&path(&volunteer), token).ok();
            [&shown["person"]["document"]["number"], &shown["person"]["mobile"]].map(|text| text.to_string())
        };
        let masked = ["\"****************2X\"", "\"138******00\""];
        assert_eq!(numbers(&volunteer.token), ["\"11010519491231002X\"", "\"13800138000\""]);
        assert_eq!(numbers(&town.coordinator), masked);
        assert_eq!(numbers(&town.admin), masked);
        assert_eq!(numbers(&town.auditor), ["\"******************\"", "\"***********\""]);

        let shown = town.app.get(&path(&volunteer), &town.auditor);
        assert_eq!(shown.header("etag"), etag);
        let shown = shown.ok();
        assert_eq!(shown["person"]["name"], "王小明");
        assert_eq!(shown["person"]["skills"], json!(["急救", "英语"]));
        assert_eq!(shown["person"]["political_status"][0]["party_member"], true);
        for reader in [&town.coordinator, &volunteer.token] {
            let listed = town.app.get("/v1/volunteers?name=小明", reader).ok();
            let person = &listed["items"][0]["person"];
            assert_eq!(person["mobile"], "138******00", "lists are masked for everybody");
        }
    });
}

#[test]
fn a_name_is_kept_in_one_form_and_found_however_it_is_spaced() {
    each_town("registration-names", |town| {
        let named = |name: &str| {
            let person = merged(town.registration(&town.school), json!({ "name": name }));
            id(&town.app.post("/v1/volunteers", &town.coordinator, person).created())
        };
        let spaced = named("张\u{3000}三");
        let half = named("李 四");
        let accented = named("Rene\u{301} Ｌｉ");
        for (query, volunteer) in [
            ("张三", &spaced),
            ("张 三", &spaced),
            ("张\u{3000}三", &spaced),
            ("李四", &half),
            ("René LI", &accented),
        ] {
            let query = format!("name={}", query.replace(' ', "%20"));
            assert_eq!(found(town, &town.coordinator, &query), [volunteer.clone()], "{query}");
        }
        let shown = |volunteer: &str| {
            town.app.get(&format!("/v1/volunteers/{volunteer}"), &town.coordinator).ok()["person"]["name"]
                .clone()
        };
        assert_eq!((shown(&spaced), shown(&accented)), (json!("张\u{3000}三"), json!("Ren\u{E9} Ｌｉ")));
    });
}

#[test]
fn a_resident_identity_number_must_agree_with_itself_and_the_person() {
    each_town("registration-gb11643", |town| {
        let right = json!({
            "gender": "female", "birth_date": "1949-12-31",
            "document": { "kind": "resident_identity", "number": "11010519491231002X" },
        });
        let wrong = [
            (
                json!({ "document": { "kind": "resident_identity", "number": "110105194912310021" } }),
                "/document/number",
            ),
            (
                json!({ "document": { "kind": "resident_identity", "number": "11010519491231" } }),
                "/document/number",
            ),
            (json!({ "birth_date": "1949-12-30" }), "/birth_date"),
            (json!({ "gender": "male" }), "/gender"),
        ];
        for (change, field) in wrong {
            let person = merged(merged(town.registration(&town.school), right.clone()), change);
            let problem =
                town.app.post("/v1/volunteers", &town.coordinator, person).refused(422, "invalid_field");
            assert_eq!(problem["field"], field);
        }
        let person = merged(town.registration(&town.school), right);
        town.app.post("/v1/volunteers", &town.coordinator, person).created();
    });
}

#[test]
fn a_person_is_registered_once() {
    each_town("registration-once", |town| {
        let register = |registration: Value| town.app.post("/v1/volunteers", &town.admin, registration);
        let first = town.registration(&town.school);
        register(first.clone()).created();
        let elsewhere = merged(first.clone(), json!({ "unit": town.other_school, "name": "另一个名字" }));
        register(elsewhere).refused(409, "identity_taken");

        // Who does not answer for the person is not told that she is registered.
        let elsewhere = merged(first, json!({ "unit": town.other_school }));
        town.app
            .post("/v1/volunteers", &town.other_coordinator, elsewhere)
            .refused(409, "identity_unavailable");
    });
}

#[test]
fn nobody_is_enrolled_without_the_consents_that_their_age_asks_for() {
    each_town("registration-consent", |town| {
        let register = |change: Value| {
            let person = merged(town.registration(&town.school), change);
            town.app.post("/v1/volunteers", &town.coordinator, person)
        };
        let consent = json!({ "given_at": "2026-11-01T09:00:00+08:00", "text_version": "2026-1" });
        let guardian = merged(consent.clone(), json!({ "name": "王大明" }));
        let with_separate = merged(guardian.clone(), json!({ "separate_consent": consent }));

        let mut without = town.registration(&town.school);
        without.as_object_mut().unwrap().remove("consent");
        let problem =
            town.app.post("/v1/volunteers", &town.coordinator, without).refused(422, "missing_field");
        assert_eq!(problem["field"], "/consent");

        register(json!({ "birth_date": "2008-11-21" })).refused(422, "guardian_consent_missing");
        register(json!({ "birth_date": "2008-11-20" })).created();
        register(json!({ "birth_date": "2012-11-21", "guardian_consent": guardian }))
            .refused(422, "separate_consent_missing");
        register(json!({ "birth_date": "2012-11-20", "guardian_consent": guardian })).created();
        register(json!({ "birth_date": "2012-11-21", "guardian_consent": with_separate })).created();

        let tomorrow = json!({ "given_at": "2026-11-21T12:00:00+08:00", "text_version": "2026-1" });
        register(json!({ "consent": tomorrow })).refused(422, "registration_dates_invalid");
        register(json!({ "birth_date": "2026-11-21" })).refused(422, "registration_dates_invalid");
    });
}

#[test]
fn only_whoever_answers_for_the_unit_registers() {
    each_town("registration-who", |town| {
        let register =
            |token: &str, unit: &str| town.app.post("/v1/volunteers", token, town.registration(unit));
        register(&town.coordinator, &town.other_school).refused(403, "outside_unit");
        register(&town.auditor, &town.school).refused(403, "not_permitted");
        register(&town.volunteer().token, &town.school).refused(403, "not_permitted");
        register(&town.district_coordinator, &town.other_school).created();
    });
}

#[test]
fn of_two_changes_from_one_reading_the_second_is_refused() {
    each_town("registration-if-match", |town| {
        let volunteer = town.volunteer();
        let etag = town.app.get(&path(&volunteer), &town.coordinator).header("etag").to_owned();
        let contact_path = format!("{}/contact", path(&volunteer));
        let change = |token: &str, etag: &str| {
            let contact = json!({
                "mobile": "13900139007", "residence": null, "skills": ["急救"], "service_categories": [],
            });
            town.app.put(&contact_path, token, etag, contact)
        };
        let changed = change(&town.coordinator, &etag);
        let new_etag = changed.header("etag").to_owned();
        changed.ok();
        assert_ne!(new_etag, etag);

        let problem = change(&volunteer.token, &etag).refused(412, "version_stale");
        assert_eq!(format!("\"{}\"", problem["current_version"]), new_etag);
        change(&volunteer.token, &new_etag).ok();
        let shown = town.app.get(&path(&volunteer), &volunteer.token).ok();
        assert_eq!(shown["person"]["mobile"], "13900139007");

        let call = town.app.call("PUT", &contact_path).token(&volunteer.token).json(json!({}));
        call.send().refused(428, "precondition_required");
        let problem = town
            .app
            .put(
                &contact_path,
                &volunteer.token,
                "*",
                json!({ "mobile": "13900139007", "skills": [], "service_categories": [] }),
            )
            .refused(422, "missing_field");
        assert_eq!(problem["field"], "/residence", "nothing is removed because a form does not have it");
        change(&town.other_coordinator, "*").refused(403, "outside_unit");
        let other = town.volunteer();
        change(&other.token, "*").refused(403, "not_permitted");
    });
}

#[test]
fn a_search_finds_by_name_number_and_mobile_within_ones_units() {
    each_town("registration-search", |town| {
        let register = |unit: &str, name: &str, mobile: &str| {
            let person = merged(town.registration(unit), json!({ "name": name, "mobile": mobile }));
            town.app.post("/v1/volunteers", &town.admin, person).created()
        };
        let ours = register(&town.school, "欧阳一", "13800138001");
        let theirs = register(&town.other_school, "欧阳二", "13800138002");
        let (ours, theirs, number) = (id(&ours), id(&theirs), ours["number"].as_str().unwrap());

        assert_eq!(found(town, &town.coordinator, "name=欧阳"), [ours.clone()]);
        assert_eq!(found(town, &town.district_coordinator, "name=欧阳"), [theirs.clone(), ours.clone()]);
        assert_eq!(found(town, &town.coordinator, "mobile=138-0013-8001"), [ours.clone()]);
        assert_eq!(found(town, &town.coordinator, "mobile=13800138002"), [] as [String; 0]);
        assert_eq!(found(town, &town.coordinator, &format!("number={number}")), [ours.clone()]);
        assert_eq!(
            found(town, &town.district_coordinator, &format!("unit={}", town.other_school)),
            [theirs.clone()]
        );
        assert_eq!(found(town, &town.coordinator, "name=%25"), [] as [String; 0], "a percent sign is itself");
        town.app
            .get(&format!("/v1/volunteers/{theirs}"), &town.coordinator)
            .refused(404, "volunteer_not_found");
        town.app
            .get(&format!("/v1/volunteers/{theirs}/account"), &town.auditor)
            .refused(404, "volunteer_not_found");
        let own = town.app.volunteer_token(&ours);
        assert_eq!(found(town, &own, ""), [ours]);
        town.app.get(&format!("/v1/volunteers/{theirs}"), &own).refused(404, "volunteer_not_found");
    });
}

#[test]
fn whoever_leaves_settles_open_things_first() {
    each_town("registration-leave-open", |town| {
        let volunteer = town.volunteer();
        town.serve(&volunteer, "18T09:00", "18T12:00");
        let close = || town.close(&volunteer, &volunteer.token, json!({ "forfeits_points": "1" }));

        let transfer = town.request_transfer(&volunteer, &town.other_school);
        let problem = close().refused(409, "volunteer_has_open_transfer");
        assert_eq!(problem["transfer"], transfer);
        town.app.post(&format!("/v1/transfers/{transfer}/cancel"), &volunteer.token, json!({})).ok();

        let gift = town.redeem(&volunteer, &town.reward("2", 1));
        close().refused(409, "volunteer_has_open_redemptions");
        town.fulfil(&gift);
        close().ok();
    });
}

#[test]
fn leaving_erases_the_person_and_keeps_the_ledger() {
    each_town("registration-leave", |town| {
        let app = town.app;
        let registration =
            merged(town.registration(&town.school), json!({ "name": "司马要走", "mobile": "13900139000" }));
        let id = id(&app.post("/v1/volunteers", &town.coordinator, registration.clone()).created());
        let volunteer = Volunteer { token: app.volunteer_token(&id), id };
        town.serve(&volunteer, "18T09:00", "18T12:00");
        assert_eq!(found(town, &town.coordinator, "name=司马"), [volunteer.id.clone()]);
        let totals =
            || app.get("/v1/totals/minutes?group_by=activity,grade", &town.admin).ok()["items"].take();
        let (before, statement_path) = (totals(), format!("{}/statement", path(&volunteer)));

        let call = || app.call("POST", &format!("{}/close", path(&volunteer))).token(&volunteer.token);
        let closing = json!({ "reason": "本人要求注销", "forfeits_points": "3.00" });
        call().json(closing.clone()).send().refused(428, "precondition_required");
        let stale = call().header("If-Match", "\"1\"").json(closing.clone());
        stale.send().refused(412, "version_stale");
        let closed = call().header("If-Match", "*").json(closing).send().ok();
        assert_eq!(closed["status"], "closed");

        let shown = app.get(&path(&volunteer), &town.coordinator).ok();
        assert_eq!((&shown["person"], &shown["number"]), (&Value::Null, &closed["number"]));
        assert_eq!(found(town, &town.coordinator, "name=司马"), [] as [String; 0]);
        assert_eq!(found(town, &town.coordinator, "mobile=13900139000"), [] as [String; 0]);
        let erased = |table| {
            let id: VolunteerId = volunteer.id.parse().unwrap();
            let sql = Sql::new(format!("SELECT COUNT(*) FROM {table} WHERE volunteer = ?")).int(id.seq().0);
            app.db().number(sql).unwrap() == Some(0)
        };
        assert!(erased("people") && erased("name_pairs"), "erased from the store");

        assert_eq!(totals(), before, "the minutes stay");
        assert_eq!(town.account(&volunteer)["minutes"], 180);
        assert_eq!(town.points(&volunteer), ["0.00", "0.00", "0.00"], "what was left of the points lapsed");
        let kinds: Vec<_> = app.all_pages(&statement_path, &town.admin, 50);
        let kinds: Vec<_> = kinds.iter().map(|entry| entry["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["volunteer_closed", "record_submitted"]);

        app.post("/v1/service-records", &town.coordinator, town.service(&volunteer, "17T09:00", "17T10:00"))
            .refused(409, "volunteer_closed");
        app.post("/v1/service-records", &volunteer.token, town.claimed(&volunteer, "17T09:00", "17T10:00"))
            .refused(403, "actor_disabled");
        app.get(&statement_path, &volunteer.token).refused(403, "actor_disabled");
        let identity = Town::identity_of(&registration);
        app.put(&format!("{}/identity", path(&volunteer)), &town.coordinator, "*", identity)
            .refused(409, "volunteer_closed");
        town.close(&volunteer, &town.coordinator, json!({})).refused(409, "volunteer_closed");

        let again = app.post("/v1/volunteers", &town.coordinator, registration).created();
        assert_eq!((&again["id"], &again["status"]), (&json!(volunteer.id), &json!("active")));
        app.assert_verified();
    });
}
