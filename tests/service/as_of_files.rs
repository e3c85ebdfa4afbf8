//! Files of the past: the same bytes for ever, with the states and the names of then.

use crate::support::http::{Answer, id};
use crate::support::operations::head;
use crate::support::town::{Town, each_town, merged};
use serde_json::{Value, json};

/// Everything that can be taken out as of an entry.
fn paths(town: &Town, as_of: i64) -> Vec<String> {
    let school = &town.school;
    vec![
        format!("/v1/exports/service-records?as_of={as_of}"),
        format!("/v1/exports/service-records?counted_as_of={as_of}"),
        format!("/v1/exports/service-records?as_of={as_of}&status=submitted"),
        format!("/v1/exports/service-records?as_of={as_of}&status=credited&unit={school}"),
        format!("/v1/exports/service-records?as_of={as_of}&status=rejected"),
        format!("/v1/exports/service-records?as_of={as_of}&status=voided&late=false"),
        format!("/v1/exports/statements?as_of={as_of}"),
        format!("/v1/exports/statements?as_of={as_of}&unit={school}"),
        format!("/v1/exports/journal?as_of={as_of}"),
        format!(
            "/v1/totals/minutes?as_of={as_of}&group_by=unit,programme,activity,month,grade&count_volunteers=true"
        ),
        format!("/v1/totals/points?as_of={as_of}"),
    ]
}

const FORMS: [&str; 3] = ["csv", "ndjson", "xlsx"];

fn file(town: &Town, path: &str, form: &str, token: &str) -> Answer {
    let answer = town.app.get(&format!("{path}&format={form}"), token);
    assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    answer
}

fn rows(town: &Town, path: &str, token: &str) -> Vec<Value> {
    let file = file(town, path, "ndjson", token);
    file.text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Renames a programme and an activity.
fn rename(town: &Town, programme: &str, activity: &str, name: &str) {
    let change = |path: String, members: &[&str]| {
        let shown = town.app.get(&path, &town.admin).ok();
        let mut said: Value =
            members.iter().map(|member| ((*member).to_owned(), shown[*member].clone())).collect();
        said["name"] = json!(name);
        town.app.put(&path, &town.admin, "*", said).ok();
    };
    change(format!("/v1/programmes/{programme}"), &["brands", "category"]);
    change(format!("/v1/activities/{activity}"), &["window"]);
}

#[test]
fn a_file_of_the_past_is_the_same_bytes_for_ever() {
    each_town("as-of-files", |town| {
        let (one, other) = (town.volunteer(), town.volunteer());
        let guest = town.volunteer_of(&town.other_school);
        let credited = town.serve(&one, "16T09:00", "16T12:00");
        town.void(&town.serve(&one, "17T09:00", "17T12:00"));
        let waiting = town.submit(&other, "16T09:00", "16T12:00");
        let soon_rejected = town.submit(&other, "17T09:00", "17T12:00");
        let rejected = town.submit(&guest, "17T09:00", "17T12:00");
        let reject = |record: &str| {
            let path = format!("/v1/service-records/{record}/reject");
            town.app.post(&path, &town.coordinator, json!({ "reason": "未到场" })).ok();
        };
        reject(&rejected);
        let elsewhere =
            merged(town.service(&one, "18T09:00", "18T10:00"), json!({ "activity": town.other_activity }));
        town.by_two_persons(elsewhere);
        let as_of = head(town.app).last_seq.0;

        let readers = [&town.admin, &town.coordinator, &town.auditor, &town.bureau_coordinator];
        let taken = || {
            let mut files = Vec::new();
            for path in paths(town, as_of) {
                for form in FORMS {
                    for token in readers {
                        let file = file(town, &path, form, token);
                        if file.headers.contains_key("hourbook-as-of") {
                            assert_eq!(file.header("hourbook-as-of"), as_of.to_string(), "{path}");
                        }
                        files.push((format!("{path} {form}"), file.bytes.clone()));
                    }
                }
            }
            files
        };
        let before = taken();

        let listed = format!("/v1/exports/service-records?as_of={as_of}");
        let states = |rows: &[Value]| {
            let state = |row: &Value| (id(row), row["status"].as_str().unwrap().to_owned());
            rows.iter().map(state).collect::<std::collections::BTreeMap<_, _>>()
        };
        let of_then = rows(town, &listed, &town.admin);
        assert_eq!(of_then.len(), 6);
        let states_then = states(&of_then);

        // All of it changes: what is decided, what things are called, who belongs where, who is there at all.
        town.app.clock.set("2026-11-21T09:00:00+08:00");
        town.void(&credited);
        town.app.post(&format!("/v1/service-records/{waiting}/credit"), &town.admin, json!({})).ok();
        reject(&soon_rejected);
        rename(town, &town.programme, &town.activity, "改名以后");
        town.transfer_to_other_school(&one);
        town.leave(&guest);
        town.serve(&other, "18T09:00", "18T12:00");
        town.app.clock.set("2026-11-22T09:00:00+08:00");
        rename(town, &town.programme, &town.activity, "再改一次");

        let now = rows(town, "/v1/exports/service-records?late=false", &town.admin);
        assert_ne!(states(&now), states_then);
        assert!(now.iter().all(|row| row["programme_name"] == "再改一次"), "{now:?}");
        assert_eq!(rows(town, &listed, &town.admin), of_then);
        assert!(of_then.iter().all(|row| row["programme_name"] == "共爱同行"), "{of_then:?}");
        for ((what, before), (_, after)) in before.iter().zip(&taken()) {
            assert!(before == after, "{what} changed");
        }
        // In between, under the first new name, and decided as by then.
        let by_day = rows(town, "/v1/exports/service-records?as_of=2026-11-21", &town.admin);
        assert!(by_day.iter().all(|row| row["programme_name"] == "改名以后"), "{by_day:?}");
        assert_eq!(states(&by_day)[&credited], "voided");
        town.app.assert_verified();
    });
}

#[test]
fn a_list_of_the_past_shows_records_as_they_stood() {
    each_town("as-of-records", |town| {
        let one = town.volunteer();
        let record = town.record_on_notice(&one, "16T09:00", "16T12:00");
        let objection = town.object(&town.district_coordinator, &record);
        let objected = head(town.app).last_seq.0;
        town.app
            .post(
                &format!("/v1/objections/{objection}/dismiss"),
                &town.colleague,
                json!({ "reason": "属实" }),
            )
            .ok();
        town.app.clock.set("2026-11-27T09:00:00+08:00");
        town.app.post(&format!("/v1/service-records/{record}/credit"), &town.admin, json!({})).ok();
        let credited = head(town.app).last_seq.0;
        town.void(&record);
        let list = |filter: &str| {
            town.app.all_pages(&format!("/v1/service-records?{filter}"), &town.coordinator, 50)
        };
        let [then] = &list(&format!("as_of={objected}"))[..] else { panic!("one record") };
        assert_eq!((&then["status"], &then["open_objections"]), (&json!("submitted"), &json!(1)));
        assert_eq!(
            (&then["credited_minutes"], &then["decided_by"], &then["lot"]),
            (&json!(0), &json!(null), &json!(null))
        );
        let [then] = &list(&format!("as_of={credited}"))[..] else { panic!("one record") };
        assert_eq!((&then["status"], &then["open_objections"]), (&json!("credited"), &json!(0)));
        assert_eq!((&then["credited_minutes"], &then["voided_at"]), (&json!(180), &json!(null)));
        assert!(then["lot"].is_string());
        for (status, as_of, found) in [
            ("submitted", objected, 1),
            ("credited", objected, 0),
            ("credited", credited, 1),
            ("voided", credited, 0),
        ] {
            assert_eq!(
                list(&format!("as_of={as_of}&status={status}")).len(),
                found,
                "{status} as of {as_of}"
            );
        }
        assert_eq!(list("status=voided").len(), 1);
        assert_eq!(list("as_of=2").len(), 0);
        let beyond = format!("/v1/service-records?as_of={}", head(town.app).last_seq.0 + 1);
        assert_eq!(town.app.get(&beyond, &town.admin).refused(400, "invalid_parameter")["field"], "as_of");
    });
}
