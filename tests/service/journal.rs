//! The journal: every accepted change once, in order, balanced, chained, and without a person in it.

use crate::support::http::id;
use crate::support::town::{each_town, merged};
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[test]
fn every_accepted_change_is_one_entry_and_a_refused_one_none() {
    each_town("journal-each", |town| {
        let entries = || town.app.all_pages("/v1/journal/entries", &town.admin, 200);
        let before = entries().len();
        let volunteer = town.volunteer();
        let record = town.submit(&volunteer, "17T09:00", "17T12:00");
        let credit = format!("/v1/service-records/{record}/credit");
        let credited = town.app.post(&credit, &town.coordinator, json!({})).ok();
        town.app.post(&credit, &town.coordinator, json!({})).refused(409, "record_not_submitted");
        town.app
            .post("/v1/units", &town.admin, json!({ "code": "SCHOOL-1", "name": "甲", "kind": "school" }))
            .refused(409, "unit_code_taken");
        let all = entries();
        let kinds: Vec<_> =
            all[before..].iter().map(|entry| entry["event"]["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["volunteer_registered", "record_submitted", "record_credited"]);
        let last = all.last().unwrap();
        assert_eq!(last["seq"], credited["receipt"]["seq"]);
        assert_eq!(last["recorded_at"], credited["receipt"]["recorded_at"]);
        assert_eq!(last["actor"], credited["decided_by"], "who");
        assert_eq!((&last["effective_date"], &last["unit"]), (&json!("2026-11-17"), &json!(town.school)));
        let shown = town.app.get(&format!("/v1/journal/entries/{}", last["seq"]), &town.auditor).ok();
        assert_eq!(&shown, last);
    });
}

#[test]
fn entries_are_in_order_without_gaps_chained_and_balanced() {
    each_town("journal-order", |town| {
        let volunteer = town.volunteer();
        let record = town.serve(&volunteer, "17T09:00", "17T12:00");
        town.fulfil(&town.redeem(&volunteer, &town.reward("2", 1)));
        town.app.clock.set("2026-11-20T11:59:30+08:00");
        town.transfer_to_other_school(&volunteer);
        town.void(&record);

        let entries = town.app.all_pages("/v1/journal/entries", &town.admin, 7);
        let mut hashes = std::collections::BTreeSet::new();
        let mut recorded_at = String::new();
        for (at, entry) in (1..).zip(&entries) {
            assert_eq!(entry["seq"], at, "no gaps");
            let instant = entry["recorded_at"].as_str().unwrap();
            assert!(*instant >= *recorded_at, "recorded time never goes back, whatever the clock does");
            instant.clone_into(&mut recorded_at);
            assert!(hashes.insert(entry["hash"].as_str().unwrap().to_owned()), "{entry}");

            let mut sums: BTreeMap<(String, String), i64> = BTreeMap::new();
            for posting in entry["postings"].as_array().unwrap() {
                let text = |member: &str| posting[member].as_str().unwrap_or_default().to_owned();
                let amount: i64 = text("amount").replace('.', "").parse().unwrap();
                *sums.entry((text("asset"), text("unit"))).or_default() += amount;
            }
            assert!(sums.values().all(|sum| *sum == 0), "{entry}");
        }
        let [accepted, voided] = &entries[entries.len() - 2..] else { unreachable!() };
        assert_eq!(accepted["event"]["kind"], "transfer_accepted");
        assert_eq!(
            accepted["postings"].as_array().unwrap().len(),
            4,
            "out of one unit's books into another's"
        );
        let reversed = &entries[usize::try_from(voided["reverses"].as_i64().unwrap()).unwrap() - 1];
        assert_eq!(reversed["event"]["activity"], town.activity, "the entry that credited it");
        town.app.assert_verified();
    });
}

#[test]
fn no_persons_data_and_nobodys_words_enter_the_journal() {
    each_town("journal-private", |town| {
        let app = town.app;
        let person = merged(
            town.registration(&town.school),
            json!({
                "name": "诸葛不外传", "gender": "female", "birth_date": "1949-12-31",
                "document": { "kind": "resident_identity", "number": "11010519491231002X" },
                "mobile": "13912345678", "residence": "某某小区",
            }),
        );
        let volunteer = id(&app.post("/v1/volunteers", &town.coordinator, person).created());
        let transfer = json!({ "volunteer": volunteer, "to_unit": town.other_school, "consent": "微信同意" });
        app.post("/v1/transfers", &town.coordinator, transfer).created();
        town.operator_with("coordinator", &town.school, json!({ "login": "zhuge", "name": "诸葛老师" }));

        let mut cursor = String::new();
        let mut seen = 0;
        loop {
            let page = app.get(&format!("/v1/journal/entries?limit=50{cursor}"), &town.admin);
            for secret in
                ["诸葛", "11010519491231002", "13912345678", "1949-12-31", "某某小区", "微信同意", "zhuge"]
            {
                assert!(!page.text.contains(secret), "{secret} stands in the journal");
            }
            let page = page.ok();
            seen += page["items"].as_array().unwrap().len();
            match page["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert!(seen > 10, "only {seen} entries were looked at");
    });
}

#[test]
fn auditors_read_their_units_part_and_change_nothing() {
    each_town("journal-who", |town| {
        let ours = town.serve(&town.volunteer(), "17T09:00", "17T12:00");
        let theirs = town.volunteer_of(&town.other_school);
        let units = |token: &str| -> Vec<Value> {
            let entries = town.app.all_pages("/v1/journal/entries", token, 50);
            entries.into_iter().map(|mut entry| entry["unit"].take()).collect()
        };
        assert!(!units(&town.auditor).is_empty());
        assert!(units(&town.auditor).iter().all(|unit| *unit == town.school));
        assert!(units(&town.other_coordinator).iter().all(|unit| *unit == town.other_school));
        assert!(units(&town.admin).iter().any(Value::is_null), "policies and admins are of no unit");
        town.app.get("/v1/journal/entries", &theirs.token).refused(403, "not_permitted");
        town.app.get("/v1/journal/entries/1", &town.auditor).refused(404, "entry_not_found");
        town.app.get("/v1/journal/entries/999999", &town.admin).refused(404, "entry_not_found");
        town.app.get("/v1/journal/entries/0x1", &town.admin).refused(404, "entry_not_found");
        let void = format!("/v1/service-records/{ours}/void");
        town.app.post(&void, &town.auditor, json!({ "reason": "审计" })).refused(403, "not_permitted");
    });
}

#[test]
fn entries_are_found_by_who_what_and_when() {
    each_town("journal-filters", |town| {
        let volunteer = town.volunteer();
        let record = town.submit(&volunteer, "17T09:00", "17T12:00");
        let pledge = json!({ "volunteer": volunteer.id, "title": "本月服务两小时", "due": "2026-12-01" });
        town.app.clock.set("2026-11-21T00:00:00+08:00");
        let pledged = town.app.post("/v1/pledges", &volunteer.token, pledge).created();
        town.app.clock.set("2026-11-21T23:59:59.999999+08:00");
        let credited = town.credit(&town.bureau_coordinator, &record).ok();
        town.app.clock.set("2026-11-22T00:00:00+08:00");
        town.volunteer();

        let all = town.app.all_pages("/v1/journal/entries", &town.admin, 200);
        let found = |query: &str| {
            let entries = town.app.all_pages(&format!("/v1/journal/entries?{query}"), &town.admin, 2);
            entries.iter().map(|entry| entry["seq"].as_i64().unwrap()).collect::<Vec<_>>()
        };
        let of = |is_one: &dyn Fn(&Value) -> bool| {
            all.iter()
                .filter(|entry| is_one(entry))
                .map(|entry| entry["seq"].as_i64().unwrap())
                .collect::<Vec<_>>()
        };
        let seq = |answer: &Value| answer["receipt"]["seq"].as_i64().unwrap();
        let (pledged, credited) = (seq(&pledged), seq(&credited));

        let by = |actor: &str| of(&|entry: &Value| entry["actor"] == actor);
        let own = format!("volunteer:{}", volunteer.id);
        assert_eq!((found(&format!("actor={own}")), by(&own)), (vec![pledged], vec![pledged]));
        let coordinator = all[usize::try_from(credited).unwrap() - 1]["actor"].as_str().unwrap();
        assert_eq!(found(&format!("actor={coordinator}")), by(coordinator));
        assert_eq!(found("actor=system"), by("system"));

        let registered = of(&|entry: &Value| entry["event"]["kind"] == "volunteer_registered");
        assert_eq!(found("kind=volunteer_registered"), registered);
        assert!(registered.len() > 1);
        assert_eq!(found("day=2026-11-21"), [pledged, credited], "from midnight to midnight");
        assert_eq!(found("day=2026-11-22").len(), 1);
        assert_eq!(found("day=2026-11-20").len() + 3, all.len());
        assert!(found("day=2026-11-19").is_empty());
        assert_eq!(found("day=2026-11-21&kind=record_credited"), [credited]);
        assert!(found(&format!("day=2026-11-21&kind=record_credited&actor={own}")).is_empty());
        assert_eq!(found(&format!("kind=record_credited&actor={coordinator}")), [credited]);

        // Nobody finds by a filter what is not theirs to read.
        let mine =
            town.app.all_pages("/v1/journal/entries?kind=volunteer_registered", &town.other_coordinator, 10);
        assert_eq!(mine.len(), 0);
        let mine = town.app.all_pages("/v1/journal/entries?kind=volunteer_registered", &town.auditor, 1);
        assert_eq!(mine.len(), registered.len());
        for wrong in ["kind=nothing", "actor=nobody", "actor=operator:1", "day=2026-13-01"] {
            let answer = town.app.get(&format!("/v1/journal/entries?{wrong}"), &town.admin);
            answer.refused(400, "invalid_parameter");
        }
    });
}
