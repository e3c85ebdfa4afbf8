//! The assessment of units (量化考核): figures computed by hand, the same digest for ever, and its forms.

use crate::support::http::{Answer, id};
use crate::support::town::{Town, Volunteer, each_town, merged};
use data_encoding::HEXLOWER;
use hourbook::domain::ids::{AssessmentSchemeId, Seq};
use hourbook::journal::to_canonical_json;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

fn indicator(
    code: &str,
    kind: &str,
    comparison: &str,
    [threshold, weight]: [&str; 2],
    other: Value,
) -> Value {
    let usual = json!({
        "code": code, "kind": kind, "comparison": comparison, "threshold": threshold, "weight": weight,
    });
    merged(usual, other)
}

/// One of each kind.
fn all_indicators() -> Value {
    json!([
        indicator("注册率", "registration_rate", "at_least", ["0.3", "10"], json!({})),
        indicator("活跃率", "active_rate", "at_least", ["0.6666", "10"], json!({})),
        indicator("人均时长(在职)", "minutes_per_staff", "at_least", ["18.0001", "5"], json!({})),
        indicator("人均时长(注册)", "minutes_per_registered", "at_least", ["60", "5"], json!({})),
        indicator("党员达标率", "party_share", "at_least", ["0.5", "12.5"], json!({ "minutes": 120 })),
        indicator("一星率", "star_share", "at_least", ["0.3333", "5"], json!({ "star": 1 })),
        indicator("二星人数", "star_count", "at_least", ["2", "5"], json!({ "star": 2 })),
        indicator("及时率", "timeliness", "at_least", ["0.6667", "10"], json!({})),
        indicator("补录率", "backfill_share", "at_most", ["0.3334", "10"], json!({})),
        indicator("作废率", "voided_share", "at_most", ["0.25", "10"], json!({})),
        indicator("活动场次", "events_held", "at_least", ["1", "2.25"], json!({})),
    ])
}

fn set_scheme(town: &Town, token: &str, indicators: Value, other: Value) -> Answer {
    let scheme = merged(json!({ "name": "2026年度量化考核", "indicators": indicators }), other);
    town.app.post("/v1/assessment-schemes", token, scheme)
}

fn ask(town: &Town, token: &str, [unit, scheme]: [&str; 2], more: &str) -> Answer {
    let period = "from=2026-11-01&to=2026-11-30";
    town.app.get(&format!("/v1/assessments?unit={unit}&scheme={scheme}&{period}{more}"), token)
}

/// Numerator, denominator, value and whether it holds, of each indicator in turn.
fn figures(unit: &Value) -> Vec<(i64, i64, Option<&str>, bool)> {
    let of = |one: &'static str, unit: &Value| unit[one].as_i64().unwrap();
    let indicators = unit["indicators"].as_array().unwrap().iter();
    indicators
        .map(|one| {
            let holds = one["holds"].as_bool().unwrap();
            (of("numerator", one), of("denominator", one), one["value"].as_str(), holds)
        })
        .collect()
}

struct Year {
    party_member: Volunteer,
    other: Volunteer,
    elsewhere: Volunteer,
    voided: String,
    scheme: String,
}

fn register(town: &Town, unit: &str, party_member: bool) -> Volunteer {
    let status = json!({ "political_status": [
        { "party_member": !party_member, "effective_from": "2026-12-01" },
        { "party_member": party_member, "effective_from": "2020-01-01" },
    ] });
    let volunteer =
        id(&town.app.post("/v1/volunteers", &town.admin, merged(town.registration(unit), status)).created());
    Volunteer { token: town.app.volunteer_token(&volunteer), id: volunteer }
}

fn headcount(town: &Town, unit: &str, from: &str, [staff, party_members]: [i64; 2]) {
    let people = json!({ "effective_from": from, "staff": staff, "party_members": party_members });
    town.app.post(&format!("/v1/units/{unit}/headcounts"), &town.admin, people).created();
}

fn serve(town: &Town, volunteer: &Volunteer, [start, end]: [&str; 2], evidence: &str) -> String {
    let graded = json!({ "evidence": evidence, "reason": "闸机故障" });
    let service = merged(town.service(volunteer, start, end), graded);
    let record = id(&town.app.post("/v1/service-records", &town.coordinator, service).created());
    town.app.post(&format!("/v1/service-records/{record}/credit"), &town.admin, json!({})).ok();
    record
}

/// November at two schools, with somebody who registers and something that is entered in December.
///
/// | who | of | party | served at the school |
/// |---|---|---|---|
/// | party_member | school | yes, until December | 120 minutes |
/// | other | school | no, but from December | 60 minutes back-filled late; 60 voided |
/// | idle | school | no | |
/// | elsewhere | other school | yes | 60 minutes |
fn november(town: &Town) -> Year {
    let stars = json!({
        "effective_from": "2026-01-01", "threshold_minutes": [60, 120], "counting_grades": ["leader", "import"],
    });
    town.app.post("/v1/star-schemes", &town.admin, stars).created();
    headcount(town, &town.district, "2026-01-01", [3, 0]);
    headcount(town, &town.school, "2025-01-01", [99, 99]);
    headcount(town, &town.school, "2026-01-01", [10, 2]);
    headcount(town, &town.school, "2026-12-01", [77, 77]);
    headcount(town, &town.other_school, "2026-01-01", [5, 1]);
    let party_member = register(town, &town.school, true);
    let other = register(town, &town.school, false);
    register(town, &town.school, false);
    let elsewhere = register(town, &town.other_school, true);

    serve(town, &party_member, ["18T09:00", "18T11:00"], "leader");
    serve(town, &elsewhere, ["18T09:00", "18T10:00"], "leader");
    let voided = serve(town, &other, ["16T09:00", "16T10:00"], "leader");
    town.void(&voided);
    town.app.clock.set("2026-12-15T12:00:00+08:00");
    serve(town, &other, ["17T09:00", "17T10:00"], "backfill");
    register(town, &town.school, true);
    let scheme = id(&set_scheme(town, &town.admin, all_indicators(), json!({})).created());
    Year { party_member, other, elsewhere, voided, scheme }
}

#[test]
fn each_figure_is_that_of_the_ledger() {
    each_town("assessment-figures", |town| {
        let year = november(town);
        let whole = ask(town, &town.auditor, [&town.school, &year.scheme], "").ok();
        let assessment = &whole["assessment"];
        assert_eq!(assessment["scheme_version"], 1);
        assert_eq!(assessment["out_of"], "84.75");
        let school = &assessment["ranking"][0];
        assert_eq!((&school["unit"], &school["rank"]), (&json!(town.school), &json!(1)));
        assert_eq!(
            figures(school),
            [
                (3, 10, Some("0.3000"), true),
                (2, 3, Some("0.6666"), true),
                (180, 10, Some("18.0000"), false),
                (180, 3, Some("60.0000"), true),
                (1, 2, Some("0.5000"), true),
                (1, 3, Some("0.3333"), true),
                (1, 1, Some("1.0000"), false),
                (2, 3, Some("0.6666"), false),
                (1, 3, Some("0.3333"), true),
                (1, 4, Some("0.2500"), true),
                (1, 1, Some("1.0000"), true),
            ]
        );
        // 10 + 10 + 5 + 12.5 + 5 + 10 + 10 + 2.25
        assert_eq!(school["score"], "64.75");
        assert_eq!(whole["erased_since"], 0);

        // The district with both schools and its own staff of 3.
        let district = ask(town, &town.bureau_coordinator, [&town.district, &year.scheme], "").ok();
        assert_eq!(
            figures(&district["assessment"]["ranking"][0])[..5],
            [
                (4, 18, Some("0.2222"), false),
                (3, 4, Some("0.7500"), true),
                (240, 18, Some("13.3333"), false),
                (240, 4, Some("60.0000"), true),
                (1, 3, Some("0.3333"), false),
            ]
        );
    });
}

#[test]
fn the_units_under_one_are_ranked_against_each_other() {
    each_town("assessment-ranking", |town| {
        let year = november(town);
        let path = [town.district.as_str(), &year.scheme];
        let both = ask(town, &town.district_coordinator, path, "&each=children").ok();
        let ranking = both["assessment"]["ranking"].as_array().unwrap();
        let shown = |unit: &Value| {
            (unit["rank"].as_i64().unwrap(), unit["code"].clone(), unit["score"].as_str().unwrap().to_owned())
        };
        let ranked: Vec<_> = ranking.iter().map(shown).collect();
        // The other school: active rate 10, minutes a head 5, one star 5; nothing was served with it.
        assert_eq!(
            ranked,
            [(1, json!("SCHOOL-1"), "64.75".to_owned()), (2, json!("SCHOOL-2"), "20.00".to_owned())]
        );
        assert_eq!(
            figures(&ranking[1]),
            [
                (1, 5, Some("0.2000"), false),
                (1, 1, Some("1.0000"), true),
                (60, 5, Some("12.0000"), false),
                (60, 1, Some("60.0000"), true),
                (0, 1, Some("0.0000"), false),
                (1, 1, Some("1.0000"), true),
                (0, 1, Some("0.0000"), false),
                (0, 0, None, false),
                (0, 0, None, false),
                (0, 0, None, false),
                (0, 1, Some("0.0000"), false),
            ]
        );
        let none = ask(town, &town.coordinator, [&town.school, &year.scheme], "&each=children").ok();
        assert_eq!(none["assessment"]["ranking"], json!([]));
    });
}

#[test]
fn equal_scores_share_a_rank() {
    each_town("assessment-ties", |town| {
        let same = json!([indicator("注册率", "registration_rate", "at_least", ["0.5", "10"], json!({}))]);
        let scheme = id(&set_scheme(town, &town.admin, same, json!({})).created());
        let both = ask(town, &town.admin, [&town.district, &scheme], "&each=children").ok();
        let ranking = both["assessment"]["ranking"].as_array().unwrap();
        let ranks: Vec<_> = ranking.iter().map(|unit| (&unit["rank"], &unit["code"])).collect();
        assert_eq!(ranks, [(&json!(1), &json!("SCHOOL-1")), (&json!(1), &json!("SCHOOL-2"))]);
    });
}

#[test]
fn asked_again_as_of_the_entry_it_has_the_same_digest_whatever_came_after() {
    each_town("assessment-digest", |town| {
        let year = november(town);
        let of = [town.district.as_str(), &year.scheme];
        let first = ask(town, &town.admin, of, "&each=children").ok();
        assert_eq!(first["digest"].as_str().unwrap().len(), 64);
        let as_of = format!("&each=children&as_of={}", first["assessment"]["as_of"]);
        assert_eq!(ask(town, &town.admin, of, &as_of).ok(), first);

        // Whatever a figure rests on changes.
        let more = serve(town, &year.elsewhere, ["19T09:00", "19T10:00"], "backfill");
        let kept = serve(town, &year.party_member, ["19T09:00", "19T10:00"], "backfill");
        town.void(&more);
        town.void(&kept);
        let records = town.app.all_pages("/v1/service-records?status=credited", &town.admin, 50);
        town.void(&id(&records[0]));
        town.transfer_to_other_school(&year.party_member);
        headcount(town, &town.school, "2026-06-01", [1, 1]);
        let path = format!("/v1/volunteers/{}", year.party_member.id);
        let person = town.app.get(&path, &town.admin).ok()["person"].take();
        let no_member = merged(Town::identity_of(&person), json!({ "political_status": [] }));
        let made = town.app.put(&format!("{path}/identity"), &town.admin, "*", no_member).ok();
        assert_eq!((&made["status"], &made["fields"]), (&json!("made"), &json!(["political_status"])));
        let stars = json!({
            "effective_from": "2026-12-15", "threshold_minutes": [1], "counting_grades": ["leader"],
        });
        town.app.post("/v1/star-schemes", &town.admin, stars).created();
        let unit =
            json!({ "code": "SCHOOL-9", "name": "第九中学", "kind": "school", "parent": town.district });
        town.app.post("/v1/units", &town.admin, unit).created();
        town.volunteer();

        assert_eq!(ask(town, &town.admin, of, &as_of).ok(), first, "the same for ever");
        let now = ask(town, &town.admin, of, "&each=children").ok();
        assert_ne!(now["digest"], first["digest"]);
        assert_eq!(now["assessment"]["ranking"].as_array().unwrap().len(), 3);
        // November's member stays November's, though transferred in December.
        let school = &now["assessment"]["ranking"].as_array().unwrap().iter();
        let school = school.clone().find(|unit| unit["code"] == "SCHOOL-1").unwrap();
        assert_eq!(figures(school)[0], (3, 1, Some("3.0000"), true));
        assert_eq!(figures(school)[4].0, 0, "no party member any more");
        assert!(!year.voided.is_empty() && !year.other.id.is_empty());
    });
}

#[test]
fn a_closed_registration_takes_the_party_status_and_nothing_else() {
    each_town("assessment-erased", |town| {
        let year = november(town);
        let without = json!([
            indicator("注册率", "registration_rate", "at_least", ["0.3", "10"], json!({})),
            indicator("人均时长", "minutes_per_registered", "at_least", ["60", "5"], json!({})),
            indicator("一星率", "star_share", "at_least", ["0.3", "5"], json!({ "star": 1 })),
        ]);
        let impersonal = id(&set_scheme(town, &town.admin, without, json!({})).created());
        let before = ask(town, &town.admin, [&town.school, &impersonal], "").ok();
        let as_of = format!("&as_of={}", before["assessment"]["as_of"]);
        town.leave(&year.party_member);

        let after = ask(town, &town.admin, [&town.school, &impersonal], &as_of).ok();
        assert_eq!((&after["assessment"], &after["digest"]), (&before["assessment"], &before["digest"]));
        assert_eq!([&before["erased_since"], &after["erased_since"]], [0, 1], "and says who may be missing");
        let party = ask(town, &town.admin, [&town.school, &year.scheme], &as_of).ok();
        assert_eq!(figures(&party["assessment"]["ranking"][0])[4], (0, 2, Some("0.0000"), false));
        assert_eq!(party["erased_since"], 1);
        // Asked of today, who left in December was still a member at the end of November.
        let today = ask(town, &town.admin, [&town.school, &impersonal], "").ok();
        assert_eq!(figures(&today["assessment"]["ranking"][0])[0].0, 3);
        town.app.assert_verified();
    });
}

/// What the link of a figure gives: minutes added up, different activities, or rows, as the figure counts.
fn explained(town: &Town, token: &str, indicator: &Value) -> i64 {
    let rows = town.app.all_pages(indicator["explained_by"].as_str().unwrap(), token, 2);
    let count = |rows: usize| i64::try_from(rows).unwrap();
    match indicator["kind"].as_str().unwrap() {
        "minutes_per_staff" | "minutes_per_registered" => {
            rows.iter().map(|member| member["credited_minutes"].as_i64().unwrap()).sum()
        }
        "events_held" => {
            let held: BTreeSet<_> = rows.iter().map(|record| record["activity"].as_str().unwrap()).collect();
            count(held.len())
        }
        _ => count(rows.len()),
    }
}

#[test]
fn every_figure_leads_to_the_very_rows_that_it_counts_and_always_to_the_same() {
    each_town("assessment-explained", |town| {
        let year = november(town);
        let whole = ask(town, &town.coordinator, [&town.school, &year.scheme], "").ok();
        let indicators = whole["assessment"]["ranking"][0]["indicators"].as_array().unwrap();
        let assert_explained = |when: &str| {
            for token in [&town.coordinator, &town.admin] {
                for one in indicators {
                    assert_eq!(one["numerator"], explained(town, token, one), "{when}: {one}");
                }
            }
        };
        assert_explained("at once");
        let numerators: Vec<_> = indicators.iter().map(|one| one["numerator"].as_i64().unwrap()).collect();
        assert!(
            numerators.iter().all(|numerator| *numerator > 0),
            "nothing is shown by counting nothing: {numerators:?}"
        );
        let voided = |indicators: &[Value]| {
            let one = indicators.iter().find(|one| one["kind"] == "voided_share").unwrap();
            town.app.all_pages(one["explained_by"].as_str().unwrap(), &town.admin, 2)
        };
        let shown = voided(indicators);
        assert_eq!(id(&shown[0]), year.voided);

        // More is voided, credited, moved, and somebody leaves.
        let records = town.app.all_pages("/v1/service-records?status=credited", &town.admin, 50);
        records.iter().for_each(|record| drop(town.void(&id(record))));
        town.serve_seen(&year.other, "19T09:00", "19T13:00");
        town.transfer_to_other_school(&year.party_member);
        town.leave(&year.other);
        assert_explained("after all that");
        assert_eq!(voided(indicators), shown, "and as they stood");

        let digest = |assessment: &Value| {
            let mut said = assessment.clone();
            for one in said["ranking"][0]["indicators"].as_array_mut().unwrap() {
                let link = one["explained_by"].as_str().unwrap();
                let added = if link.contains("/members?") { "&counted=" } else { "&as_of=" };
                one["explained_by"] = json!(link.split(added).next().unwrap());
            }
            HEXLOWER.encode(&Sha256::digest(to_canonical_json(&said).unwrap()))
        };
        assert_eq!(digest(&whole["assessment"]), whole["digest"], "as anybody can compute it");
    });
}

#[test]
fn members_are_counted_in_one_way_at_a_time() {
    each_town("assessment-counted", |town| {
        let path = format!("/v1/assessments/members?unit={}&from=2026-11-01&to=2026-11-30", town.school);
        for (more, at_fault) in [
            ("counted=party_members", "minutes"),
            ("counted=with_star", "star"),
            ("counted=with_star&star=1&minutes=1", "minutes"),
            ("counted=active&star=1", "star"),
            ("minutes=60", "minutes"),
            ("counted=idle", "counted"),
        ] {
            let problem =
                town.app.get(&format!("{path}&{more}"), &town.admin).refused(400, "invalid_parameter");
            assert_eq!(problem["field"], at_fault, "{more}");
        }
        // Without a star scheme nobody has a star.
        let none = town.app.get(&format!("{path}&counted=with_star&star=1"), &town.admin).ok();
        assert_eq!(none["items"], json!([]));
    });
}

#[test]
fn only_who_answers_for_the_unit_or_audits_it_is_told() {
    each_town("assessment-scope", |town| {
        let year = november(town);
        let of = |unit: &str, token: &str| ask(town, token, [unit, &year.scheme], "");
        for token in [&town.coordinator, &town.auditor, &town.district_coordinator, &town.admin] {
            of(&town.school, token).ok();
        }
        of(&town.school, &town.other_coordinator).refused(404, "unit_not_found");
        of(&town.district, &town.coordinator).refused(404, "unit_not_found");
        of(&town.district, &town.auditor).refused(404, "unit_not_found");
        of(&town.school, &year.party_member.token).refused(403, "not_permitted");
        let nowhere = AssessmentSchemeId::new(Seq(99_999)).to_string();
        ask(town, &town.admin, [&town.school, &nowhere], "").refused(404, "assessment_scheme_not_found");
        ask(town, &town.admin, [&town.school, &year.scheme], "&as_of=99999")
            .refused(400, "invalid_parameter");
        ask(town, &town.admin, [&town.school, &year.scheme], "&as_of=1").refused(404, "unit_not_found");
        let members = format!("/v1/assessments/members?unit={}&from=2026-11-30&to=2026-11-01", town.school);
        let problem = town.app.get(&members, &town.admin).refused(400, "invalid_parameter");
        assert_eq!(problem["field"], "to");
        let members = format!("/v1/assessments/members?unit={}&from=2026-11-01&to=2026-11-30", town.school);
        town.app.get(&members, &town.other_coordinator).refused(404, "unit_not_found");
    });
}

#[test]
fn it_comes_as_a_table_and_as_a_picture() {
    each_town("assessment-forms", |town| {
        let year = november(town);
        let of = [town.district.as_str(), &year.scheme];
        let csv = ask(town, &town.admin, of, "&each=children&format=csv");
        assert_eq!((csv.status, csv.header("content-type")), (200, "text/csv; charset=utf-8"));
        let lines: Vec<&str> = csv.text.lines().collect();
        assert_eq!(lines.len(), 1 + 2 * 11);
        assert_eq!(
            lines[..2],
            [
                "\u{feff}rank,unit_code,unit_name,unit_score,out_of,indicator,kind,value,numerator,denominator,comparison,\
                 threshold,holds,weight,score",
                "1,SCHOOL-1,平顶山市教育体育局,64.75,84.75,注册率,registration_rate,0.3000,3,10,at_least,0.3000,\
                 yes,10.00,10.00",
            ]
        );
        assert!(lines[19].contains("timeliness,,0,0,at_least"), "{}", lines[19]);

        let path = format!(
            "/v1/assessments?unit={}&scheme={}&from=2026-11-01&to=2026-11-30&each=children",
            town.district, year.scheme
        );
        let accepting =
            |form: &str| town.app.call("GET", &path).token(&town.admin).header("Accept", form).send();
        let svg = accepting("image/svg+xml");
        assert_eq!((svg.status, svg.header("content-type")), (200, "image/svg+xml"));
        assert!(svg.text.starts_with("<svg ") && svg.text.contains(">64.75</text>"), "{}", svg.text);
        // 440 wide at 84.75: 64.75 reach 336, 20.00 reach 103.
        assert!(svg.text.contains("width=\"336\"") && svg.text.contains("width=\"103\""), "{}", svg.text);
        accepting("image/png").refused(406, "not_acceptable");
        assert!(accepting("text/csv").text == csv.text);

        let xlsx = ask(town, &town.admin, of, "&each=children&format=xlsx");
        assert_eq!((xlsx.status, xlsx.header("hourbook-rows")), (200, "22"));
        assert!(xlsx.bytes.starts_with(b"PK"), "a spreadsheet is a zip archive");
        let ndjson = ask(town, &town.admin, of, "&each=children&format=ndjson");
        let first: Value = serde_json::from_str(ndjson.text.lines().next().unwrap()).unwrap();
        assert_eq!((&first["unit_score"], &first["numerator"]), (&json!("64.75"), &json!(3)));
        let entries = town.app.all_pages("/v1/journal/entries", &town.admin, 200);
        let taken = entries.iter().filter(|entry| entry["event"]["export"]["exported"] == "assessment");
        assert_eq!(taken.count(), 4, "each file is an entry, JSON and the picture are none");
    });
}

#[test]
fn a_scheme_is_an_admins_sound_and_versioned() {
    each_town("assessment-schemes", |town| {
        let one =
            |code: &str, weight: &str| indicator(code, "events_held", "at_least", ["1", weight], json!({}));
        let set = |indicators: Value| set_scheme(town, &town.admin, indicators, json!({}));
        set(json!([one("a", "1"), one("a", "1")])).refused(422, "assessment_terms_invalid");
        set(json!([one("a", "0")])).refused(422, "assessment_terms_invalid");
        set(json!([one("a", "1000.01")])).refused(422, "assessment_terms_invalid");
        set(json!([])).refused(422, "invalid_field");
        let share = |other: Value| indicator("党员", "party_share", "at_least", ["0.5", "1"], other);
        for wrong in [json!({}), json!({ "star": 1 }), json!({ "minutes": 60, "star": 1 })] {
            let problem = set(json!([one("a", "1"), share(wrong)])).refused(422, "invalid_field");
            assert_eq!(problem["field"], "/indicators/1/kind");
        }
        set(json!([merged(one("a", "1"), json!({ "threshold": "0.00001" }))])).refused(422, "invalid_field");
        set_scheme(town, &town.bureau_coordinator, json!([one("a", "1")]), json!({}))
            .refused(403, "not_permitted");

        let first = set(json!([one("a", "1")])).created();
        let next = json!({ "replaces": id(&first) });
        let second = set_scheme(town, &town.admin, json!([one("b", "2")]), next).created();
        assert_eq!([&first["version"], &second["version"]], [1, 2]);
        let nowhere = json!({ "replaces": AssessmentSchemeId::new(Seq(99_999)) });
        set_scheme(town, &town.admin, json!([one("a", "1")]), nowhere)
            .refused(404, "assessment_scheme_not_found");
        let versions = town.app.all_pages("/v1/assessment-schemes", &town.auditor, 1);
        assert_eq!(versions.iter().map(id).collect::<Vec<_>>(), [id(&second), id(&first)]);
        let path = format!("/v1/assessment-schemes/{}", id(&first));
        assert_eq!(town.app.get(&path, &town.auditor).ok()["indicators"][0]["threshold"], "1.0000");
        town.app.assert_verified();
    });
}
