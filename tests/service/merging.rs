//! One person under two numbers (合并): the later becomes an alias of the earlier, by two persons. Hours, points and debts
//! are the earlier number's from then on; nothing is entered for the later any more, and nothing is lost or had twice.

use crate::support::http::{Answer, each_app, id};
use crate::support::town::{Town, Volunteer, at, each_town, merged};
use serde_json::{Value, json};

fn ask(town: &Town, token: &str, later: &Volunteer, earlier: &Volunteer) -> Answer {
    let said = json!({ "into": earlier.id, "reason": "先后以护照和身份证登记" });
    town.app.post(&format!("/v1/volunteers/{}/merge", later.id), token, said)
}

fn step(town: &Town, token: &str, merge: &str, step: &str) -> Answer {
    let body = if step == "decline" { json!({ "reason": "经核实是两个人" }) } else { json!({}) };
    town.app.post(&format!("/v1/merges/{merge}/{step}"), token, body)
}

/// Merged by the school's two coordinators.
fn merge(town: &Town, later: &Volunteer, earlier: &Volunteer) -> Value {
    let asked = ask(town, &town.coordinator, later, earlier).created();
    step(town, &town.colleague, &id(&asked), "confirm").ok()
}

fn two(town: &Town) -> [Volunteer; 2] {
    [town.volunteer(), town.volunteer()]
}

fn shown(town: &Town, volunteer: &Volunteer) -> Value {
    town.app.get(&format!("/v1/volunteers/{}", volunteer.id), &town.coordinator).ok()
}

fn found(town: &Town, rule: &str) -> Vec<Value> {
    let mut findings = town.app.get("/v1/findings", &town.auditor).ok();
    let mut found: Vec<Value> = serde_json::from_value(findings["items"].take()).unwrap();
    found.retain(|finding| finding["rule"] == rule);
    found
}

fn minutes_of_the_school(town: &Town, query: &str) -> Value {
    let path = format!("/v1/totals/minutes?unit={}&count_volunteers=true{query}", town.school);
    town.app.get(&path, &town.coordinator).ok()["items"][0].take()
}

fn last_entry(town: &Town) -> i64 {
    town.app.get("/v1/totals/points", &town.admin).ok()["as_of"].as_i64().unwrap()
}

#[test]
fn hours_points_and_debts_become_the_earlier_numbers() {
    each_town("merging", |town| {
        let scheme = json!({
            "effective_from": "2020-01-01", "threshold_minutes": [100, 1000], "counting_grades": ["leader"],
        });
        town.app.post("/v1/star-schemes", &town.admin, scheme).created();
        let [earlier, later] = two(town);
        town.serve(&earlier, "17T09:00", "17T11:00");
        let spent = town.serve(&later, "17T13:00", "17T16:00");
        let cup = town.reward("3.00", 9);
        town.fulfil(&town.redeem(&later, &cup));
        town.void(&spent);
        let lasting = town.serve(&later, "18T09:00", "18T10:00");
        let certificate = town.certify(&later);
        let of_the_earlier = town.certify(&earlier);
        assert_eq!(town.points(&earlier), ["2.00", "0.00", "0.00"]);
        assert_eq!(
            town.points(&later),
            ["0.00", "0.00", "2.00"],
            "of three hours that are voided one is earned back"
        );
        let before = last_entry(town);
        let total_before = minutes_of_the_school(town, "");
        assert_eq!(total_before["volunteers"], 2);

        let made = merge(town, &later, &earlier);
        assert_eq!((&made["status"], &made["into"]), (&json!("made"), &json!(earlier.id)));
        let alias = shown(town, &later);
        assert_eq!((&alias["status"], &alias["merged_into"]), (&json!("merged"), &json!(earlier.id)));
        assert_eq!(alias["person"]["name"], "王小明", "its history can be read");
        assert_eq!(shown(town, &earlier)["merged_numbers"], json!([later.id]));

        // What is free under one number pays what is owed under the other.
        assert_eq!(town.points(&earlier), ["0.00", "0.00", "0.00"]);
        assert_eq!(town.points(&later), ["0.00", "0.00", "0.00"]);
        assert_eq!(
            (&town.account(&earlier)["minutes"], &town.account(&later)["minutes"]),
            (&json!(180), &json!(0))
        );
        let records = format!("/v1/service-records?volunteer={}", earlier.id);
        assert_eq!(town.app.all_pages(&records, &earlier.token, 2).len(), 3, "the person sees those of both");
        town.app.get(&format!("/v1/service-records/{lasting}"), &earlier.token).ok();
        let star = |volunteer: &Volunteer, query: &str| {
            let path = format!("/v1/volunteers/{}/star{query}", volunteer.id);
            town.app.get(&path, &town.coordinator).ok()["counted_minutes"].take()
        };
        assert_eq!((star(&earlier, ""), star(&later, "")), (json!(180), json!(0)));

        // The unit's minutes are what they were; who served is one person.
        let total = minutes_of_the_school(town, "");
        assert_eq!(
            (&total["credited_minutes"], &total["records"]),
            (&total_before["credited_minutes"], &total_before["records"])
        );
        assert_eq!(total["volunteers"], 1);

        // As of before it all is as it was.
        let then = format!("&as_of={before}");
        assert_eq!(minutes_of_the_school(town, &then), total_before);
        assert_eq!(star(&earlier, &format!("?as_of={before}")), 120);
        let account = format!("/v1/volunteers/{}/account?as_of={before}", later.id);
        assert_eq!(town.app.get(&account, &town.coordinator).ok()["points"]["debt"], "2.00");
        let listed = format!("{records}&as_of={before}");
        assert_eq!(town.app.all_pages(&listed, &town.coordinator, 50).len(), 1);

        // A certificate tells of both.
        town.serve(&earlier, "19T09:00", "19T10:00");
        assert_eq!(town.points(&earlier), ["1.00", "0.00", "0.00"]);
        let state = |certificate: &str| {
            town.app.get(&format!("/v1/certificates/{certificate}"), &town.coordinator).ok()["state"].take()
        };
        assert_eq!(
            (state(&certificate.id), state(&of_the_earlier.id)),
            (json!("superseded"), json!("valid"))
        );
        let reissue = format!("/v1/certificates/{}/reissue", of_the_earlier.id);
        let of_both = town.app.post(&reissue, &town.coordinator, json!({})).created();
        assert_eq!(of_both["credited_minutes"], 240);
        town.void(&lasting);
        assert_eq!(state(&id(&of_both)), "corrected", "it rests on the alias' record, too");
        assert_eq!(town.account(&earlier)["minutes"], 180);
        assert_eq!(
            town.points(&earlier),
            ["0.00", "0.00", "0.00"],
            "what the voided hour gave is taken back"
        );

        let [told] = &found(town, "numbers_merged")[..] else { panic!("one merge is one finding") };
        assert_eq!(
            (
                &told["subject"]["volunteer"],
                &told["subject"]["other_volunteer"],
                &told["figures"]["credited_minutes"]
            ),
            (&json!(later.id), &json!(earlier.id), &json!(60))
        );
        let merges = town.app.get(&format!("/v1/merges?volunteer={}", later.id), &town.auditor).ok();
        let [of_list] = &merges["items"].as_array().unwrap()[..] else { panic!("{merges}") };
        assert_ne!(of_list["asked_by"], of_list["decided_by"], "who merged whom, and the second person");
        town.app.assert_verified();
    });
}

#[test]
fn lots_keep_their_validity_and_move_between_books() {
    each_app("merging-books", |app| {
        let town = &Town::without_policy(app);
        town.policy(json!({ "validity": { "kind": "months", "months": 1 } }));
        let earlier = town.volunteer_of(&town.other_school);
        let later = town.volunteer();
        town.serve(&later, "17T09:00", "17T11:00");
        let lots = |volunteer: &Volunteer| {
            town.app.all_pages(&format!("/v1/volunteers/{}/lots", volunteer.id), &town.admin, 50)
        };
        let lot = lots(&later);
        let books = |unit: &str| {
            let total = town.app.get(&format!("/v1/totals/points?unit={unit}"), &town.admin).ok();
            ["issued", "available"].map(|part| total["items"][0][part].clone())
        };
        assert_eq!(books(&town.school), [json!("2.00"), json!("2.00")]);

        // By who answers for both: a coordinator of one school is not told that the other number is there.
        ask(town, &town.coordinator, &later, &earlier).refused(404, "volunteer_not_found");
        ask(town, &town.other_coordinator, &later, &earlier).refused(403, "outside_unit");
        let asked = id(&ask(town, &town.district_coordinator, &later, &earlier).created());
        step(town, &town.other_coordinator, &asked, "confirm").refused(403, "outside_unit");
        step(town, &town.coordinator, &asked, "confirm").refused(404, "volunteer_not_found");
        step(town, &town.bureau_coordinator, &asked, "confirm").ok();

        assert_eq!(lots(&earlier), lot, "the same lot, valid as long as it was");
        assert_eq!(lots(&later), [] as [Value; 0]);
        assert_eq!(books(&town.school), [json!("2.00"), json!("0.00")]);
        assert_eq!(books(&town.other_school), [json!("0.00"), json!("2.00")]);
        let alias = town.app.get(&format!("/v1/volunteers/{}", later.id), &town.other_coordinator).ok();
        assert_eq!(alias["unit"], town.other_school, "an alias is where its person is");
        town.app
            .get(&format!("/v1/volunteers/{}", later.id), &town.coordinator)
            .refused(404, "volunteer_not_found");

        // Where the person is moved, the alias goes along; and its points lapse as the person's.
        let transfer = town.request_transfer(&earlier, &town.school);
        town.app.post(&format!("/v1/transfers/{transfer}/release"), &town.other_coordinator, json!({})).ok();
        town.app.post(&format!("/v1/transfers/{transfer}/accept"), &town.coordinator, json!({})).ok();
        assert_eq!(shown(town, &later)["unit"], town.school);
        assert_eq!(books(&town.school), [json!("2.00"), json!("2.00")]);
        town.app.clock.advance(chrono::Duration::days(40));
        town.app.sweep();
        assert_eq!(town.points(&earlier)[0], "0.00");
        assert_eq!(books(&town.school), [json!("2.00"), json!("0.00")]);
        town.app.assert_verified();
    });
}

#[test]
fn it_takes_another_person_and_an_earlier_number() {
    each_town("merging-persons", |town| {
        let [earlier, later] = two(town);
        ask(town, &later.token, &later, &earlier).refused(403, "not_permitted");
        ask(town, &town.auditor, &later, &earlier).refused(403, "not_permitted");
        for (one, other) in [(&earlier, &later), (&later, &later)] {
            let problem = ask(town, &town.coordinator, one, other).refused(422, "merge_into_later");
            assert_eq!(problem["field"], "/into");
        }
        // A second account is no second person; nor is who has one of the two numbers.
        let linked = |volunteer: &Volunteer| {
            town.operator_with("coordinator", &town.school, json!({ "volunteer": volunteer.id })).1
        };
        let third = town.volunteer();
        let (twice, twice_again) = (linked(&third), linked(&third));
        let asked = id(&ask(town, &twice, &later, &earlier).created());
        for token in [&twice, &twice_again, &linked(&later), &linked(&earlier)] {
            step(town, token, &asked, "confirm").refused(403, "merge_of_own");
        }
        ask(town, &linked(&later), &later, &earlier).refused(403, "merge_of_own");
        step(town, &town.coordinator, &asked, "confirm").ok();
        step(town, &town.coordinator, &asked, "confirm").refused(409, "merge_not_pending");
        step(town, &town.coordinator, &asked, "decline").refused(409, "merge_not_pending");
    });
}

#[test]
fn who_has_two_numbers_is_one_person() {
    each_town("merging-second-person", |town| {
        let [earlier, later] = two(town);
        let [one, other] = [&earlier, &later].map(|volunteer| {
            town.operator_with("coordinator", &town.school, json!({ "volunteer": volunteer.id })).1
        });
        let [first, second] = two(town);
        let asked = id(&ask(town, &one, &second, &first).created());
        merge(town, &later, &earlier);
        step(town, &other, &asked, "confirm").refused(403, "merge_of_own");
        let pending = town.submit(&earlier, "17T09:00", "17T10:00");
        town.credit(&other, &pending).refused(422, "approval_of_own_hours");
        assert_eq!(step(town, &one, &asked, "decline").ok()["status"], "declined");
        let declined = town.app.get(&format!("/v1/merges/{asked}"), &town.auditor).ok();
        assert_eq!(
            (&declined["reason"], &declined["declined"]),
            (&json!("先后以护照和身份证登记"), &json!("经核实是两个人"))
        );
        town.app.get(&format!("/v1/merges/{asked}"), &town.other_coordinator).refused(404, "merge_not_found");
        let again = id(&ask(town, &one, &second, &first).created());
        town.app.clock.advance(chrono::Duration::days(30));
        step(town, &town.colleague, &again, "confirm").refused(409, "merge_expired");
        town.app.assert_verified();
    });
}

#[test]
fn what_is_open_is_settled_first() {
    each_town("merging-open", |town| {
        let [earlier, later] = two(town);
        town.serve(&later, "16T09:00", "16T11:00");
        let asked = id(&ask(town, &town.coordinator, &later, &earlier).created());
        let refused = |code: &str| {
            ask(town, &town.coordinator, &later, &earlier).refused(409, code);
            step(town, &town.colleague, &asked, "confirm").refused(409, code)
        };
        let record = town.submit(&later, "17T09:00", "17T10:00");
        let correction = town.report_missing(&later, "17T14:00", "17T15:00");
        let open = refused("merge_unsettled");
        assert_eq!((&open["records"], &open["corrections"]), (&json!([record]), &json!([correction])));
        town.credit(&town.bureau_coordinator, &record).ok();
        let declined = json!({ "words": "签到表无误" });
        town.app.post(&format!("/v1/corrections/{correction}/decline"), &town.coordinator, declined).ok();

        let gift = town.redeem(&later, &town.reward("1.00", 1));
        refused("volunteer_has_open_redemptions");
        town.fulfil(&gift);
        let transfer = town.request_transfer(&later, &town.other_school);
        assert_eq!(refused("volunteer_has_open_transfer")["transfer"], transfer);
        town.app.post(&format!("/v1/transfers/{transfer}/cancel"), &later.token, json!({})).ok();
        let identity = format!("/v1/volunteers/{}/identity", later.id);
        let change = Town::identity_of(&town.person());
        let change = id(&town.app.put(&identity, &town.coordinator, "*", change).ok());
        assert_eq!(refused("identity_change_open")["identity_change"], change);
        let reason = json!({ "reason": "与证件不符" });
        town.app.post(&format!("/v1/identity-changes/{change}/decline"), &town.coordinator, reason).ok();

        town.leave(&earlier);
        refused("volunteer_closed");
        let registration = town.registration(&town.school);
        let reborn = town.app.post("/v1/volunteers", &town.admin, registration).created();
        let reborn = Volunteer { token: town.app.volunteer_token(&id(&reborn)), id: id(&reborn) };
        merge(town, &reborn, &later);
        town.app.assert_verified();
    });
}

#[test]
fn nothing_is_entered_for_an_alias() {
    each_town("merging-alias", |town| {
        let [earlier, later] = two(town);
        town.serve(&earlier, "16T09:00", "16T11:00");
        town.serve(&later, "16T13:00", "16T16:00");
        let training = json!({
            "volunteer": later.id, "course": "急救", "organiser": "红十字会", "first_day": "2026-11-10",
            "last_day": "2026-11-10", "minutes": 60,
        });
        let cup = town.reward("1.00", 9);
        merge(town, &later, &earlier);
        let path = |part: &str| format!("/v1/volunteers/{}/{part}", later.id);
        let contact =
            json!({ "mobile": "13900139009", "residence": null, "skills": [], "service_categories": [] });
        let of_later = json!({ "volunteer": later.id });
        let changes = [
            ("POST", "/v1/service-records".to_owned(), town.service(&later, "17T09:00", "17T10:00")),
            ("POST", "/v1/redemptions".to_owned(), json!({ "reward": cup, "volunteer": later.id })),
            (
                "POST",
                "/v1/transfers".to_owned(),
                json!({ "volunteer": later.id, "to_unit": town.other_school, "consent": "书面同意" }),
            ),
            ("POST", "/v1/certificates".to_owned(), of_later.clone()),
            ("POST", "/v1/trainings".to_owned(), training),
            (
                "POST",
                "/v1/honours".to_owned(),
                json!({ "volunteer": later.id, "title": "优秀", "giver": "文明办", "day": "2026-11-10" }),
            ),
            (
                "POST",
                "/v1/pledges".to_owned(),
                json!({ "volunteer": later.id, "title": "每月一次", "due": "2026-12-31" }),
            ),
            ("PUT", path("contact"), contact),
            ("PUT", path("identity"), Town::identity_of(&town.person())),
            ("POST", path("deactivate"), json!({})),
            ("POST", path("reactivate"), json!({})),
            ("POST", path("close"), json!({})),
            ("POST", path("merge"), json!({ "into": earlier.id, "reason": "再次" })),
        ];
        for (method, path, body) in changes {
            let said = town
                .app
                .call(method, &path)
                .token(&town.coordinator)
                .header("If-Match", "*")
                .json(body)
                .send();
            assert_eq!(said.refused(409, "volunteer_merged")["into"], earlier.id, "{method} {path}");
        }
        let leader = json!({ "leader": later.id });
        let activity = json!({
            "programme": town.programme, "unit": town.school, "name": "我爱白龟湖",
            "window": { "start": at("16T00:00"), "end": at("23T00:00") },
        });
        town.app
            .post("/v1/activities", &town.admin, merged(activity, leader))
            .refused(409, "volunteer_merged");
        // Who does not answer for the person is told that the number is none any more, not whose it is.
        let elsewhere =
            merged(town.service(&later, "17T09:00", "17T10:00"), json!({ "activity": town.other_activity }));
        let problem = town.app.post("/v1/service-records", &town.other_coordinator, elsewhere);
        let problem = problem.refused(409, "volunteer_merged");
        assert!(!problem.to_string().contains(&earlier.id), "{problem}");
        // The alias' own token is good for nothing.
        let own = json!({ "reward": cup, "volunteer": later.id });
        town.app.post("/v1/redemptions", &later.token, own).refused(403, "actor_disabled");
        town.app.get("/v1/service-records", &later.token).refused(403, "actor_disabled");

        // Points are spent once, by the person, from the lots of both.
        town.fulfil(&town.redeem(&earlier, &town.reward("5.00", 1)));
        let more = json!({ "reward": cup, "volunteer": earlier.id });
        town.app.post("/v1/redemptions", &earlier.token, more).refused(409, "points_insufficient");
        town.app.assert_verified();
    });
}

#[test]
fn rules_of_a_person_look_at_all_numbers() {
    each_app("merging-rules", |app| {
        let town = &Town::without_policy(app);
        town.policy(json!({ "monthly_quota": "6" }));
        let [earlier, later] = two(town);
        let of_later = town.serve(&later, "17T08:00", "17T13:00");
        merge(town, &later, &earlier);
        // One place at a time.
        let there = town.service(&earlier, "17T12:00", "17T14:00");
        let problem = town.app.post("/v1/service-records", &town.coordinator, there);
        assert_eq!(problem.refused(409, "record_overlaps")["record"], of_later);
        // Eight hours a day, of both numbers.
        let long = town.submit(&earlier, "17T13:00", "17T17:00");
        town.credit(&town.colleague, &long).refused(422, "approval_needs_parent_unit");
        // A quota of both.
        town.serve(&earlier, "18T09:00", "18T13:00");
        assert_eq!(town.points(&earlier)[0], "6.00");
        town.app.assert_verified();
    });
}

#[test]
fn service_in_two_places_at_once_is_found() {
    each_town("merging-overlap", |town| {
        let [earlier, later] = two(town);
        let one = town.serve(&earlier, "17T09:00", "17T12:00");
        let other = town.serve(&later, "17T10:00", "17T11:00");
        town.serve(&later, "17T12:00", "17T13:00");
        merge(town, &later, &earlier);
        let [overlap] = &found(town, "merged_overlap")[..] else { panic!("one merge, one finding") };
        let mut records: Vec<String> = serde_json::from_value(overlap["records"].clone()).unwrap();
        records.sort();
        assert_eq!(records, [one, other.clone()]);
        town.void(&other);
        assert_eq!(found(town, "merged_overlap"), [] as [Value; 0]);
        town.app.assert_verified();
    });
}

#[test]
fn three_numbers_become_one() {
    each_town("merging-three", |town| {
        let [first, second] = two(town);
        let third = town.volunteer();
        for (volunteer, day) in [(&first, "16"), (&second, "17"), (&third, "18")] {
            town.serve(volunteer, &format!("{day}T09:00"), &format!("{day}T10:00"));
        }
        merge(town, &third, &second);
        let between = last_entry(town);
        merge(town, &second, &first);
        assert_eq!(shown(town, &third)["merged_into"], first.id);
        assert_eq!(town.account(&first)["minutes"], 180);
        assert_eq!(town.points(&first)[0], "3.00");
        assert_eq!(minutes_of_the_school(town, "")["volunteers"], 1);
        assert_eq!(minutes_of_the_school(town, &format!("&as_of={between}"))["volunteers"], 2);
        assert_eq!(found(town, "numbers_merged").len(), 2);
        town.fulfil(&town.redeem(&first, &town.reward("3.00", 1)));
        town.app.assert_verified();
    });
}

/// Every document of a person leads to the person, who is erased as a whole and comes back as a whole.
#[test]
fn closing_and_coming_back_are_of_all_numbers() {
    each_town("merging-closing", |town| {
        let (person, passport) = (town.person(), town.person());
        let register = |person: &Value| {
            town.app.post(
                "/v1/volunteers",
                &town.coordinator,
                merged(person.clone(), json!({ "unit": town.school })),
            )
        };
        let volunteer = |id: String| Volunteer { token: town.app.volunteer_token(&id), id };
        let earlier = volunteer(id(&register(&person).created()));
        let later = volunteer(id(&register(&passport).created()));
        town.serve(&later, "17T09:00", "17T10:00");
        merge(town, &later, &earlier);
        register(&passport).refused(409, "identity_taken");
        let same = Town::identity_of(&merged(person.clone(), json!({ "document": passport["document"] })));
        town.app
            .put(&format!("/v1/volunteers/{}/identity", earlier.id), &town.coordinator, "*", same)
            .refused(409, "identity_taken");

        for documents in [[&passport, &person], [&person, &passport]] {
            town.leave(&volunteer(earlier.id.clone()));
            for number in [&earlier, &later] {
                let shown = shown(town, number);
                assert_eq!((&shown["status"], &shown["person"]), (&json!("closed"), &Value::Null));
            }
            town.app.assert_verified();
            let [back, other] = documents;
            assert_eq!(register(back).created()["id"], earlier.id, "either document is the same person's");
            assert_eq!(shown(town, &later)["status"], "merged");
            register(other).refused(409, "identity_taken");
            town.app.assert_verified();
        }
        assert_eq!(town.account(&earlier)["minutes"], 60);
        // Ten years after leaving, both are forgotten with one another.
        town.leave(&volunteer(earlier.id.clone()));
        town.app.clock.advance(chrono::Duration::days(3661));
        town.app.sweep();
        town.app.assert_verified();
        assert_ne!(register(&passport).created()["id"], earlier.id);
        register(&person).created();
    });
}

#[test]
fn the_same_request_is_carried_out_once() {
    each_town("merging-replay", |town| {
        let [earlier, later] = two(town);
        let said = json!({ "into": earlier.id, "reason": "同一人" });
        let path = format!("/v1/volunteers/{}/merge", later.id);
        let send = |path: &str, token: &str, key: &str, body: &Value| {
            town.app.call("POST", path).token(token).key(key).json(body.clone()).send()
        };
        let asked = send(&path, &town.coordinator, "merge-1", &said).created();
        assert_eq!(send(&path, &town.coordinator, "merge-1", &said).created(), asked);
        let confirm = format!("/v1/merges/{}/confirm", id(&asked));
        let made = send(&confirm, &town.colleague, "merge-2", &json!({})).ok();
        assert_eq!(send(&confirm, &town.colleague, "merge-2", &json!({})).ok(), made);
        let merges = town.app.get("/v1/merges?status=made", &town.coordinator).ok();
        assert_eq!(merges["items"].as_array().unwrap().len(), 1);
        town.app
            .get("/v1/merges/00000000-0000-8000-8000-000000000000", &town.coordinator)
            .refused(404, "merge_not_found");
    });
}
