//! Objections (异议) to records on notice: who raises them, what they hold, who resolves them.

use crate::support::http::{Answer, id};
use crate::support::town::{Town, each_town, merged};
use serde_json::{Value, json};

fn have_notices(town: &Town) {
    let path = format!("/v1/units/{}/notice-policy", town.school);
    town.app.post(&path, &town.coordinator, json!({ "working_days": 2 })).ok();
}

fn object(town: &Town, token: &str, record: &str) -> Answer {
    let path = format!("/v1/service-records/{record}/objections");
    town.app.post(&path, token, json!({ "reason": "当天未见到本人" }))
}

fn resolve(town: &Town, token: &str, objection: &str, how: &str) -> Answer {
    town.app.post(&format!("/v1/objections/{objection}/{how}"), token, json!({ "reason": "已核对签到表" }))
}

fn credit(town: &Town, record: &str) -> Answer {
    town.app.post(&format!("/v1/service-records/{record}/credit"), &town.coordinator, json!({}))
}

fn show(town: &Town, path: &str, token: &str) -> Value {
    town.app.get(path, token).ok()
}

#[test]
fn an_open_objection_holds_the_crediting_until_it_is_dismissed() {
    each_town("objections-dismiss", |town| {
        have_notices(town);
        let (volunteer, fellow) = (town.volunteer(), town.volunteer());
        let record = town.submit(&volunteer, "18T09:00", "18T10:00");
        let raised = object(town, &fellow.token, &record).created();
        let objection = id(&raised);
        assert_eq!((&raised["status"], &raised["record"]), (&json!("open"), &json!(record)));
        assert_eq!((&raised["volunteer"], raised["raised_by"].is_string()), (&json!(null), true));
        let repeated = object(town, &fellow.token, &record).refused(409, "objection_repeated");
        assert_eq!(repeated["objection"], json!(objection));
        assert_eq!(town.app.get("/v1/notices", &fellow.token).ok()["items"][0]["open_objections"], 1);

        credit(town, &record).refused(409, "notice_running");
        town.app.clock.set("2026-11-25T00:00:00+08:00");
        credit(town, &record).refused(409, "objection_open");
        object(town, &town.volunteer().token, &record).refused(409, "notice_not_running");

        let dismissed = resolve(town, &town.colleague, &objection, "dismiss").ok();
        assert_eq!(dismissed["status"], "dismissed");
        let problem = resolve(town, &town.colleague, &objection, "uphold").refused(409, "objection_not_open");
        assert_eq!(problem["current_status"], "dismissed");
        assert_eq!(credit(town, &record).ok()["status"], "credited");

        // Both see what came of it, and neither who the other is.
        let path = format!("/v1/objections/{objection}");
        for (reader, whose, who) in [(&fellow, false, true), (&volunteer, true, false)] {
            let seen = show(town, &path, &reader.token);
            assert_eq!(
                (&seen["reason"], &seen["resolution"]),
                (&json!("当天未见到本人"), &json!("已核对签到表"))
            );
            assert_eq!((seen["volunteer"].is_string(), seen["raised_by"].is_string()), (whose, who));
            assert_eq!(show(town, "/v1/objections", &reader.token)["items"], json!([seen]));
        }
        let seen = show(town, &path, &town.auditor);
        assert_eq!(seen["raised_by"], format!("volunteer:{}", fellow.id));
        town.app.get(&path, &town.volunteer().token).refused(404, "objection_not_found");
        town.app.get(&path, &town.other_coordinator).refused(404, "objection_not_found");
        town.app.assert_verified();
    });
}

#[test]
fn an_upheld_objection_rejects_the_record_in_the_same_entry() {
    each_town("objections-uphold", |town| {
        have_notices(town);
        let volunteer = town.volunteer();
        let record = town.submit(&volunteer, "18T09:00", "18T10:00");
        let first = id(&object(town, &town.volunteer().token, &record).created());
        let second = id(&object(town, &town.district_coordinator, &record).created());
        let upheld = resolve(town, &town.colleague, &first, "uphold").ok();
        assert_eq!(upheld["status"], "upheld");
        let rejected = show(town, &format!("/v1/service-records/{record}"), &volunteer.token);
        assert_eq!((&rejected["status"], &rejected["open_objections"]), (&json!("rejected"), &json!(1)));
        assert_eq!(rejected["reasons"]["rejected"], "已核对签到表");
        credit(town, &record).refused(409, "record_not_submitted");
        object(town, &town.volunteer().token, &record).refused(409, "record_not_submitted");
        town.submit(&volunteer, "19T09:00", "19T10:00");

        // The other one is answered for itself.
        resolve(town, &town.colleague, &second, "uphold").ok();
        let path = format!("/v1/service-records/{record}");
        let kept = show(town, &path, &volunteer.token);
        assert_eq!(kept["open_objections"], 0);
        assert_eq!(
            (&kept["decided_by"], &kept["decided_at"]),
            (&rejected["decided_by"], &rejected["decided_at"])
        );
        assert_eq!(kept["reasons"]["rejected"], "已核对签到表");
        let listed =
            |query: &str| town.app.all_pages(&format!("/v1/objections{query}"), &town.coordinator, 1);
        assert_eq!(listed("?status=upheld").len(), 2);
        assert_eq!(listed("?status=open"), [] as [Value; 0]);
        assert_eq!(listed(&format!("?record={record}&unit={}", town.school)).len(), 2);
        town.app.assert_verified();
    });
}

#[test]
fn only_members_object_and_only_to_what_is_on_notice() {
    each_town("objections-members", |town| {
        let volunteer = town.volunteer();
        let quiet = town.submit(&volunteer, "18T08:00", "18T09:00");
        object(town, &town.volunteer().token, &quiet).refused(409, "notice_not_running");
        have_notices(town);
        let record = town.submit(&volunteer, "18T09:00", "18T10:00");
        object(town, &town.volunteer_of(&town.other_school).token, &record).refused(403, "not_permitted");
        object(town, &town.volunteer_of(&town.district).token, &record).refused(403, "not_permitted");
        object(town, &town.other_coordinator, &record).refused(403, "outside_unit");
        object(town, &town.auditor, &record).refused(403, "not_permitted");
        let nothing = hourbook::domain::ids::RecordId::new(hourbook::domain::ids::Seq(1)).to_string();
        object(town, &town.coordinator, &nothing).refused(404, "record_not_found");

        // A unit's members are those of the units under it, too.
        let of_district = town.activity_of(&town.district, json!({}));
        let path = format!("/v1/units/{}/notice-policy", town.district);
        town.app.post(&path, &town.district_coordinator, json!({ "working_days": 1 })).ok();
        let service =
            merged(town.service(&volunteer, "18T11:00", "18T12:00"), json!({ "activity": of_district }));
        let record = id(&town.app.post("/v1/service-records", &town.district_coordinator, service).created());
        object(town, &town.volunteer_of(&town.other_school).token, &record).created();
        object(town, &town.coordinator, &record).refused(403, "outside_unit");
    });
}

#[test]
fn neither_the_recorder_nor_the_objector_nor_whose_hours_they_are_resolves() {
    each_town("objections-resolver", |town| {
        have_notices(town);
        let (volunteer, fellow) = (town.volunteer(), town.volunteer());
        let record = town.submit(&volunteer, "18T09:00", "18T10:00");
        let raised = id(&object(town, &fellow.token, &record).created());
        let refused = |token: &str, objection: &str, code: &str| {
            for how in ["uphold", "dismiss"] {
                resolve(town, token, objection, how)
                    .refused(if code == "outside_unit" { 403 } else { 422 }, code);
            }
        };
        refused(&town.coordinator, &raised, "resolution_by_recorder");
        refused(&town.other_coordinator, &raised, "outside_unit");
        // An operator may be a volunteer, too.
        let also = |who: &str| town.operator_with("coordinator", &town.school, json!({ "volunteer": who })).1;
        refused(&also(&fellow.id), &raised, "resolution_by_objector");
        refused(&also(&volunteer.id), &raised, "approval_of_own_hours");
        let by_colleague = id(&object(town, &town.colleague, &record).created());
        refused(&town.colleague, &by_colleague, "resolution_by_objector");

        // Their own check-in counts as entered by them.
        let own = town.claimed(&fellow, "18T11:00", "18T12:00");
        let own = id(&town.app.post("/v1/service-records", &fellow.token, own).created());
        let raised_to_own = id(&object(town, &volunteer.token, &own).created());
        refused(&also(&fellow.id), &raised_to_own, "approval_of_own_hours");
        resolve(town, &town.coordinator, &raised_to_own, "dismiss").ok();

        resolve(town, &town.colleague, &raised, "dismiss").ok();
        resolve(town, &town.district_coordinator, &by_colleague, "dismiss").ok();
        let nothing = hourbook::domain::ids::ObjectionId::new(hourbook::domain::ids::Seq(1)).to_string();
        resolve(town, &town.coordinator, &nothing, "uphold").refused(404, "objection_not_found");
        town.app.assert_verified();
    });
}
