//! What those learn of a person who do not answer for them, and those who do, without saying what for.

use crate::support::http::{Answer, id};
use crate::support::operations::{Things, head, operations};
use crate::support::town::{Town, Volunteer, each_town, merged};
use hourbook::store::sql::Sql;
use serde_json::{Value, json};

fn path(volunteer: &Volunteer) -> String {
    format!("/v1/volunteers/{}", volunteer.id)
}

/// What the volunteer is shown of themselves: everything.
fn own(town: &Town, volunteer: &Volunteer) -> Value {
    town.app.get(&path(volunteer), &volunteer.token).ok()["person"].take()
}

fn search(town: &Town, token: &str, body: Value) -> Answer {
    town.app.call("POST", "/v1/volunteers/search").token(token).json(body).send()
}

#[test]
fn no_answer_and_no_file_has_a_whole_number_or_an_auditor_a_birth_date() {
    each_town("outsiders-answers", |town| {
        let things = Things::make(town);
        let person = own(town, &things.volunteer);
        let numbers =
            [&person["document"]["number"], &person["mobile"]].map(|number| number.as_str().unwrap());
        let birth_date = person["birth_date"].as_str().unwrap();
        let over_all = town.operator("auditor", &town.bureau);
        let readers = [
            ("coordinator", &town.coordinator),
            ("admin", &town.admin),
            ("auditor", &town.auditor),
            ("auditor", &over_all),
        ];
        let (mut read, mut persons) = (0, 0);
        for operation in operations().iter().filter(|operation| operation.reads() || operation.searches()) {
            let mut ask = things.ask(operation);
            if operation.searches() {
                ask.body = Some(json!({ "unit": town.school }));
            }
            for (role, token) in readers.iter().filter(|(role, _)| operation.admits(role)) {
                let answer = ask.send_as(town.app, Some(token));
                let shown = |text: &str| answer.text.contains(text);
                for number in numbers {
                    assert!(!shown(number), "{} as {role} shows {number}: {}", operation.name(), answer.text);
                }
                let is_auditor = *role == "auditor";
                assert!(!is_auditor || !shown(birth_date), "{}: {}", operation.name(), answer.text);
                persons += usize::from(shown("birth_year"));
                read += 1;
            }
        }
        assert!(read > 150 && persons >= 8, "{read} answers, {persons} of auditors with persons");
    });
}

#[test]
fn an_auditor_sees_the_year_and_no_end_of_a_number() {
    each_town("outsiders-auditor", |town| {
        let person = merged(
            town.registration(&town.school),
            json!({
                "gender": "female", "birth_date": "1949-12-31",
                "document": { "kind": "resident_identity", "number": "11010519491231002X" },
            }),
        );
        let volunteer = id(&town.app.post("/v1/volunteers", &town.coordinator, person.clone()).created());
        let volunteer = Volunteer { token: town.app.volunteer_token(&volunteer), id: volunteer };
        let identity = merged(Town::identity_of(&person), json!({ "name": "王晓明" }));
        let change =
            town.app.put(&format!("{}/identity", path(&volunteer)), &town.coordinator, "*", identity);
        let change = format!("/v1/identity-changes/{}", id(&change.ok()));
        town.serve(&volunteer, "18T09:00", "18T10:00");
        let certificate = format!("/v1/certificates/{}", town.certify(&volunteer).id);

        let seen = |token: &str| {
            let person = town.app.get(&path(&volunteer), token).ok()["person"].take();
            let proposed = town.app.get(&change, token).ok()["proposed"].take();
            let certified =
                town.app.get(&certificate, token).ok()["content"]["document_number_masked"].take();
            for of in [&person, &proposed] {
                assert_eq!(of["document"]["number"], certified);
            }
            assert_eq!(person["birth_date"], proposed["birth_date"]);
            assert_eq!(person["birth_year"], proposed["birth_year"]);
            [certified, person["birth_date"].clone(), person["birth_year"].clone()]
        };
        assert_eq!(seen(&town.auditor), [json!("*".repeat(18)), Value::Null, json!(1949)]);
        for token in [&town.coordinator, &town.admin] {
            assert_eq!(seen(token), [json!("****************2X"), json!("1949-12-31"), Value::Null]);
        }
    });
}

#[test]
fn an_auditor_tests_no_guess_at_a_name_or_a_number() {
    each_town("outsiders-filters", |town| {
        let volunteer = town.volunteer();
        let person = own(town, &volunteer);
        let number = town.app.get(&path(&volunteer), &town.auditor).ok()["number"].take();
        for (filter, value) in [("mobile", &person["mobile"]), ("name", &person["name"])] {
            let query = format!("/v1/volunteers?{filter}={}", value.as_str().unwrap());
            town.app.get(&query, &town.auditor).refused(403, "filter_not_for_auditors");
            let both = json!({ filter: value, "number": number });
            search(town, &town.auditor, both).refused(403, "filter_not_for_auditors");
        }
        for allowed in [json!({ "number": number }), json!({ "unit": town.school, "status": "active" })] {
            let found = search(town, &town.auditor, allowed).ok();
            assert_eq!(found["items"][0]["id"], volunteer.id);
        }
    });
}

#[test]
fn a_search_is_the_list_by_a_body_and_leaves_no_entry() {
    each_town("outsiders-search", |town| {
        let volunteer = town.volunteer();
        let others: Vec<Volunteer> = (0..3).map(|_| town.volunteer()).collect();
        let person = own(town, &volunteer);
        let before = head(town.app);
        let found = search(town, &town.coordinator, json!({ "mobile": person["mobile"] })).ok();
        let listed = town.app.get(&path(&volunteer), &town.coordinator).ok();
        assert_eq!(found, json!({ "items": [listed], "next": null }));
        let pages = |body: Value| search(town, &town.coordinator, merged(json!({ "limit": 2 }), body)).ok();
        let first = pages(json!({ "unit": town.school }));
        let second = pages(json!({ "unit": town.school, "cursor": first["next"] }));
        let ids: Vec<String> =
            [first, second].iter().flat_map(|page| page["items"].as_array().unwrap()).map(id).collect();
        let newest: Vec<String> =
            others.iter().rev().chain([&volunteer]).map(|volunteer| volunteer.id.clone()).collect();
        assert_eq!(ids, newest);
        search(town, &town.coordinator, json!({ "cursor": "bm9uZQ" })).refused(400, "invalid_cursor");
        assert_eq!(head(town.app), before);
    });
}

#[test]
fn numbers_that_nobody_has_are_looked_for_a_hundred_times_an_hour() {
    each_town("outsiders-guesses", |town| {
        let volunteer = town.volunteer();
        let mobile = own(town, &volunteer)["mobile"].take();
        let look = |token: &str, number: usize| {
            let guess = format!("199{number:08}");
            if number.is_multiple_of(2) {
                search(town, token, json!({ "mobile": guess }))
            } else {
                town.app.get(&format!("/v1/volunteers?mobile={guess}"), token)
            }
        };
        for number in 0..100 {
            search(town, &town.coordinator, json!({ "mobile": mobile })).ok();
            look(&town.coordinator, number).ok();
        }
        let refused = look(&town.coordinator, 100);
        let seconds: u64 = refused.header("retry-after").parse().unwrap();
        assert!((1..=36).contains(&seconds), "{seconds}");
        refused.refused(429, "too_many_requests");
        let by_number = json!({ "number": "000000999999" });
        search(town, &town.coordinator, by_number.clone()).refused(429, "too_many_requests");
        search(town, &town.coordinator, json!({ "name": "王" })).ok();
        look(&town.admin, 101).ok();
        search(town, &town.auditor, by_number).ok();
    });
}

#[test]
fn a_document_is_not_guessed_by_newcomers_who_look_like_somebody() {
    each_town("outsiders-alike", |town| {
        let person = town.registration(&town.school);
        town.app.post("/v1/volunteers", &town.coordinator, person.clone()).created();
        let guess = |number: usize| {
            let document = json!({ "document": { "kind": "passport", "number": format!("G{number:07}") } });
            town.app.post("/v1/volunteers", &town.coordinator, merged(person.clone(), document))
        };
        for number in 0..100 {
            guess(number).refused(409, "person_may_be_registered");
        }
        guess(100).refused(429, "too_many_requests");
    });
}

#[test]
fn a_change_that_waits_tells_nothing_of_the_document() {
    each_town("outsiders-unchanged", |town| {
        let person = town.registration(&town.school);
        let volunteer = id(&town.app.post("/v1/volunteers", &town.coordinator, person.clone()).created());
        let ask = |other: Value| {
            let identity = merged(Town::identity_of(&person), other);
            town.app.put(&format!("/v1/volunteers/{volunteer}/identity"), &town.coordinator, "*", identity)
        };
        let (right, wrong) = (json!({}), json!({ "document": { "kind": "passport", "number": "G0000001" } }));
        ask(right.clone()).refused(422, "identity_unchanged");
        ask(wrong.clone()).ok();
        for guess in [right, wrong] {
            ask(guess).refused(409, "identity_change_open");
        }
    });
}

fn reveal(town: &Town, token: &str, volunteer: &Volunteer, purpose: &str) -> Answer {
    town.app.post(&format!("{}/reveal", path(volunteer)), token, json!({ "purpose": purpose }))
}

#[test]
fn numbers_are_revealed_for_a_purpose_which_the_volunteer_reads() {
    each_town("outsiders-reveal", |town| {
        let volunteer = town.volunteer();
        let person = own(town, &volunteer);
        let made = reveal(town, &town.coordinator, &volunteer, "为活动投保");
        let location = made.header("location").to_owned();
        let made = made.created();
        assert_eq!(
            made["numbers"],
            json!({ "document": person["document"], "mobile": person["mobile"], "proposed_document": null })
        );
        assert_eq!((&made["volunteer"], &made["unit"]), (&json!(volunteer.id), &json!(town.school)));
        assert_eq!(made["minor"], false);
        assert_eq!(location, format!("/v1/accesses/{}", id(&made)));

        let accesses = format!("{}/accesses", path(&volunteer));
        for reader in [&volunteer.token, &town.coordinator, &town.auditor, &town.admin] {
            let told = town.app.all_pages(&accesses, reader, 10);
            assert_eq!(told.len(), 1);
            assert_eq!((&told[0]["purpose"], &told[0]["id"]), (&json!("为活动投保"), &made["id"]));
            assert_eq!(told[0]["revealed_by"], made["revealed_by"]);
            assert_eq!(town.app.get(&location, reader).ok(), told[0]);
        }
        let other = town.volunteer();
        for stranger in [&other.token, &town.other_coordinator] {
            town.app.get(&accesses, stranger).refused(404, "volunteer_not_found");
            town.app.get(&location, stranger).refused(404, "access_not_found");
        }
        assert_eq!(
            town.app.all_pages(&format!("{}/accesses", path(&other)), &other.token, 10),
            [] as [Value; 0]
        );
        town.app.assert_verified();
    });
}

#[test]
fn nobody_else_is_shown_numbers_and_nobody_without_a_purpose() {
    each_town("outsiders-reveal-refused", |town| {
        let (volunteer, other) = (town.volunteer(), town.volunteer());
        let before = head(town.app);
        for token in [&town.auditor, &volunteer.token, &other.token] {
            reveal(town, token, &volunteer, "看看").refused(403, "not_permitted");
        }
        reveal(town, &town.other_coordinator, &volunteer, "看看").refused(403, "outside_unit");
        for purpose in ["", "  "] {
            reveal(town, &town.coordinator, &volunteer, purpose).refused(422, "invalid_field");
        }
        let path = format!("{}/reveal", path(&volunteer));
        town.app.post(&path, &town.coordinator, json!({})).refused(422, "missing_field");
        assert_eq!(head(town.app), before);
        town.close(&volunteer, &volunteer.token, json!({})).ok();
        reveal(town, &town.coordinator, &volunteer, "核对").refused(409, "volunteer_closed");
    });
}

#[test]
fn an_answer_that_is_repeated_has_the_numbers_for_ten_minutes_and_none_is_kept() {
    each_town("outsiders-reveal-again", |town| {
        let volunteer = town.volunteer();
        let person = own(town, &volunteer);
        let ask = || {
            let call =
                town.app.call("POST", &format!("{}/reveal", path(&volunteer))).token(&town.coordinator);
            call.header("Idempotency-Key", "reveal-1")
                .json(json!({ "purpose": "为活动投保" }))
                .send()
                .created()
        };
        let first = ask();
        let before = head(town.app);
        assert_eq!(ask(), first, "who lost the answer is told it again");
        town.app.clock.advance(chrono::Duration::minutes(10));
        let late = ask();
        assert_eq!((&late["id"], &late["numbers"]), (&first["id"], &Value::Null));
        assert_eq!(head(town.app), before, "and no time is there a second entry");
        let answers = "SELECT COUNT(*) FROM idempotency WHERE answer LIKE ?";
        for number in [&person["mobile"], &person["document"]["number"]] {
            let kept = Sql::new(answers).string(&format!("%{}%", number.as_str().unwrap()));
            assert_eq!(town.app.db().number(kept).unwrap(), Some(0));
        }
        let kept = Sql::new(answers).string(&format!("%{}%", id(&first)));
        assert_eq!(town.app.db().number(kept).unwrap(), Some(1));
    });
}

#[test]
fn a_second_person_is_shown_the_document_that_is_proposed() {
    each_town("outsiders-reveal-proposed", |town| {
        let volunteer = town.volunteer();
        let proposed = json!({ "kind": "passport", "number": "G0000002" });
        let identity =
            merged(Town::identity_of(&own_registration(town, &volunteer)), json!({ "document": proposed }));
        let change =
            town.app.put(&format!("{}/identity", path(&volunteer)), &town.coordinator, "*", identity);
        let change = id(&change.ok());
        let shown = reveal(town, &town.colleague, &volunteer, "核对证件").created();
        assert_eq!(shown["numbers"]["proposed_document"], proposed);
        town.app.post(&format!("/v1/identity-changes/{change}/confirm"), &town.colleague, json!({})).ok();
        let shown = reveal(town, &town.colleague, &volunteer, "核对证件").created();
        assert_eq!(shown["numbers"]["document"], proposed);
        assert_eq!(shown["numbers"]["proposed_document"], Value::Null);
    });
}

/// What the volunteer knows of themselves, to be said again.
fn own_registration(town: &Town, volunteer: &Volunteer) -> Value {
    merged(own(town, volunteer), json!({ "guardian_consent": null }))
}

#[test]
fn accesses_to_minors_are_listed_by_the_year() {
    each_town("outsiders-minors", |town| {
        let guardian =
            json!({ "name": "韩大海", "given_at": "2026-11-10T09:00:00+08:00", "text_version": "2026-1" });
        let born = |birth_date: &str| {
            let minor = json!({ "birth_date": birth_date, "guardian_consent": guardian });
            let person = merged(town.registration(&town.school), minor);
            let id = id(&town.app.post("/v1/volunteers", &town.coordinator, person).created());
            Volunteer { token: town.app.volunteer_token(&id), id }
        };
        // Of age tomorrow, and today.
        let today: chrono::NaiveDate = town.app.now().to_string()[..10].parse().unwrap();
        let birthday = |day: chrono::NaiveDate| (day - chrono::Months::new(18 * 12)).to_string();
        let minor = born(&birthday(today.succ_opt().unwrap()));
        let adult = born(&birthday(today));
        for volunteer in [&minor, &adult] {
            reveal(town, &town.coordinator, volunteer, "核对年龄").created();
        }
        let list = |query: &str, token: &str| -> Vec<String> {
            let told = town.app.all_pages(&format!("/v1/accesses?{query}"), token, 10);
            told.iter().map(|access| access["volunteer"].as_str().unwrap().to_owned()).collect()
        };
        let year = &today.to_string()[..4];
        for token in [&town.auditor, &town.coordinator, &town.admin] {
            assert_eq!(list("", token), [adult.id.clone(), minor.id.clone()]);
            assert_eq!(list(&format!("year={year}&minors=true"), token), [minor.id.clone()]);
            assert_eq!(
                list(&format!("year={year}&minors=false&unit={}", town.school), token),
                [adult.id.clone()]
            );
            assert_eq!(list("year=2025", token), [] as [String; 0]);
        }
        assert_eq!(list("", &town.other_coordinator), [] as [String; 0]);
        town.app.get("/v1/accesses", &minor.token).refused(403, "not_permitted");
        town.app
            .get(&format!("/v1/accesses?unit={}", town.school), &town.other_coordinator)
            .refused(404, "unit_not_found");
    });
}

#[test]
fn what_a_number_was_needed_for_is_erased_with_the_person() {
    each_town("outsiders-erased", |town| {
        let volunteer = town.volunteer();
        let access = id(&reveal(town, &town.coordinator, &volunteer, "为王小明投保").created());
        town.close(&volunteer, &volunteer.token, json!({})).ok();
        let told = town.app.get(&format!("/v1/accesses/{access}"), &town.auditor).ok();
        assert_eq!((&told["purpose"], &told["volunteer"]), (&Value::Null, &json!(volunteer.id)));
        town.app.assert_verified();
    });
}
