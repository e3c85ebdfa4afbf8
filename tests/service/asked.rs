//! What is asked, held against the specification: nothing in a query is passed over, and a filter that names what
//! one may not see finds nothing, rather than nothing of it.

use crate::support::http::{Answer, id};
use crate::support::operations::{Ask, Operation, Things, head, operations};
use crate::support::town::{Town, each_town};
use hourbook::domain::ids::{ActivityId, ProgrammeId, RecordId, RewardId, Seq, UnitId, VolunteerId};
use serde_json::json;

/// The request with one thing more in its query, in the place of what it said of the same.
fn with(ask: &Ask, name: &str, value: &str) -> Ask {
    let (path, usual) = ask.path.split_once('?').unwrap_or((&ask.path, ""));
    let is_other = |pair: &&str| !pair.is_empty() && pair.split('=').next() != Some(name);
    let kept: String = usual.split('&').filter(is_other).map(|pair| format!("&{pair}")).collect();
    Ask { path: format!("{path}?{name}={value}{kept}"), ..ask.clone() }
}

/// The refusal of a parameter, which names it and is one that the specification tells of.
#[track_caller]
fn assert_names(operation: &Operation, answer: Answer, parameter: &str) {
    operation.assert_tells_of(&answer);
    let asked = answer.asked.clone();
    let problem = answer.refused(400, "invalid_parameter");
    assert_eq!(problem["field"], parameter, "{asked}");
}

#[test]
fn no_operation_passes_over_what_it_does_not_take() {
    each_town("asked-unknown", |town| {
        let things = Things::make(town);
        let mut tried = 0;
        for operation in operations() {
            let ask = things.ask(&operation);
            let before = head(town.app);
            for unknown in ["no_such_parameter", "As_Of", "asof"] {
                let answer = with(&ask, unknown, "1").send_as(town.app, Some(&ask.token));
                assert_names(&operation, answer, unknown);
                tried += 1;
            }
            for parameter in ["as_of", "counted_as_of", "unit"].map(str::to_owned) {
                if !operation.query.contains(&parameter) {
                    let answer = with(&ask, &parameter, "1").send_as(town.app, Some(&ask.token));
                    assert_names(&operation, answer, &parameter);
                }
            }
            assert_eq!(head(town.app), before, "{} changed something", operation.name());
        }
        assert!(tried > 300, "only {tried} unknown parameters");
    });
}

#[test]
fn no_operation_chooses_between_two_values_of_a_parameter() {
    each_town("asked-twice", |town| {
        let things = Things::make(town);
        for operation in operations() {
            let ask = things.ask(&operation);
            for parameter in operation.query.iter().map(String::as_str).chain(["as_of"]) {
                let once = with(&ask, parameter, "1");
                let twice = Ask { path: format!("{}&{parameter}=2", once.path), ..once };
                let answer = twice.send_as(town.app, Some(&ask.token));
                assert_names(&operation, answer, parameter);
            }
        }
    });
}

#[test]
fn what_stands_beside_the_specification_takes_no_parameters_either() {
    each_town("asked-beside", |town| {
        for path in ["/log/checkpoint", "/log/tile/0/000.p/1", "/openapi.json", "/openapi.yaml"] {
            let answer = town.app.call("GET", &format!("{path}?as_of=5")).send();
            assert_eq!(answer.refused(400, "invalid_parameter")["field"], "as_of", "{path}");
        }
        // Who passes on a link to a page for people may have something added to it.
        assert_eq!(town.app.call("GET", "/verify?from=singlemessage").send().status, 200);
        // What is no path is no path, whatever is asked of it.
        town.app.call("GET", "/v1/no-such-thing?colour=red").send().refused(404, "route_not_found");
        town.app.call("DELETE", "/v1/units?colour=red").send().refused(405, "method_not_allowed");
    });
}

/// A parameter that names a thing: one of the school's, one that nobody ever made, and what is answered of it.
struct Named {
    parameter: &'static str,
    of_school: String,
    of_nobody: String,
    code: &'static str,
}

fn named(things: &Things) -> Vec<Named> {
    let Things { town, volunteer, record, reward, programme, .. } = things;
    let nobody = Seq(900_000);
    let named = |parameter, of_school: &String, of_nobody: String, code| Named {
        parameter,
        of_school: of_school.clone(),
        of_nobody,
        code,
    };
    vec![
        named("unit", &town.school, UnitId::new(nobody).to_string(), "unit_not_found"),
        named("programme", programme, ProgrammeId::new(nobody).to_string(), "programme_not_found"),
        named("activity", &town.activity, ActivityId::new(nobody).to_string(), "activity_not_found"),
        named("volunteer", &volunteer.id, VolunteerId::new(nobody).to_string(), "volunteer_not_found"),
        named("record", record, RecordId::new(nobody).to_string(), "record_not_found"),
        named("reward", reward, RewardId::new(nobody).to_string(), "reward_not_found"),
    ]
}

/// Every operation that can be asked about a named thing, with each.
fn each_filter(things: &Things, mut case: impl FnMut(&Operation, &Ask, &Named)) {
    let mut seen = 0;
    for operation in operations().iter().filter(|operation| operation.reads() && operation.roles.is_some()) {
        let ask = things.ask(operation);
        for named in named(things).iter().filter(|named| operation.query.contains(named.parameter)) {
            case(operation, &ask, named);
            seen += 1;
        }
    }
    assert!(seen > 40, "only {seen} filters: the walk has gone blind");
}

#[test]
fn what_there_is_not_is_not_found_by_a_filter() {
    each_town("asked-nobody", |town| {
        let things = Things::make(town);
        each_filter(&things, |operation, ask, named| {
            let before = head(town.app);
            let answer = with(ask, named.parameter, &named.of_nobody).send_as(town.app, Some(&town.admin));
            operation.assert_tells_of(&answer);
            answer.refused(404, named.code);
            assert_eq!(head(town.app), before, "{} tells of an export", operation.name());
        });
    });
}

/// Lists that the whole tree shares.
const SHARED: [&str; 3] = ["/v1/programmes", "/v1/activities", "/v1/opportunities"];

#[test]
fn what_one_may_not_see_is_not_found_by_a_filter() {
    each_town("asked-strangers", |town| {
        let things = Things::make(town);
        let elsewhere = json!({ "code": "ELSEWHERE", "name": "别处", "kind": "school" });
        let elsewhere = id(&town.app.post("/v1/units", &town.admin, elsewhere).created());
        let strangers = |unit: &str| {
            let operators = ["coordinator", "auditor"].map(|role| (role, town.operator(role, unit)));
            operators.into_iter().chain([("volunteer", town.volunteer_of(unit).token)]).collect::<Vec<_>>()
        };
        let of_other_tree = strangers(&elsewhere);
        // Of the same tree: a sibling sees the other school's programmes and activities, as things.
        let sibling =
            json!({ "code": "SCHOOL-3", "name": "第三小学", "kind": "school", "parent": town.district });
        let sibling = id(&town.app.post("/v1/units", &town.admin, sibling).created());
        let of_sibling = strangers(&sibling);
        let mut refused = 0;
        each_filter(&things, |operation, ask, named| {
            if operation.path == "/v1/exports/audit-folder" {
                // For who reads the whole journal, whichever unit is asked for.
                return;
            }
            let ask = with(ask, named.parameter, &named.of_school);
            for (role, token) in of_other_tree.iter().filter(|(role, _)| operation.admits(role)) {
                let answer = ask.send_as(town.app, Some(token));
                operation.assert_tells_of(&answer);
                assert_eq!(
                    (answer.status, &answer.body["code"]),
                    (404, &json!(named.code)),
                    "{role} {}",
                    ask.path
                );
                refused += 1;
            }
            // A volunteer asks about what is her or his own, with any unit of the tree.
            for (role, token) in of_sibling.iter().filter(|(role, _)| operation.admits(role)) {
                let is_shared = SHARED.contains(&operation.path.as_str());
                let sees = match named.parameter {
                    "unit" => is_shared || *role == "volunteer",
                    "programme" | "activity" => true,
                    _ => false,
                };
                if !sees {
                    let answer = ask.send_as(town.app, Some(token));
                    assert_eq!(
                        (answer.status, &answer.body["code"]),
                        (404, &json!(named.code)),
                        "{role} {}",
                        ask.path
                    );
                    refused += 1;
                }
            }
        });
        assert!(refused > 100, "only {refused} questions of strangers");
    });
}

#[test]
fn another_schools_totals_are_not_zero_but_not_there() {
    each_town("asked-totals", |town| {
        let volunteer = town.volunteer();
        town.serve(&volunteer, "18T09:00", "18T13:00");
        for path in ["/v1/totals/minutes", "/v1/totals/points"] {
            for unit in [&town.school, &town.district, &town.bureau] {
                let asked = format!("{path}?unit={unit}");
                let problem = town.app.get(&asked, &town.other_coordinator).refused(404, "unit_not_found");
                assert!(problem.get("root").is_none(), "{problem}");
                town.app.get(&asked, &town.bureau_coordinator).ok();
            }
            let own = format!("{path}?unit={}", town.other_school);
            assert!(town.app.get(&own, &town.other_coordinator).ok()["root"].is_string());
        }
    });
}

#[test]
fn service_elsewhere_by_ones_own_is_found_by_who_may_see_it() {
    each_town("asked-own-elsewhere", |town: &Town| {
        let volunteer = town.volunteer_of(&town.other_school);
        let record = town.serve(&volunteer, "18T09:00", "18T13:00");
        let listed = |token: &str, filter: &str| {
            let items = town.app.all_pages(&format!("/v1/service-records?{filter}"), token, 50);
            items.iter().map(|item| id(item)).collect::<Vec<_>>()
        };
        let at_school = format!("unit={}", town.school);
        assert_eq!(listed(&town.other_coordinator, &at_school), [record.clone()], "their own volunteer's");
        let of_guest = format!("volunteer={}", volunteer.id);
        assert_eq!(listed(&town.coordinator, &of_guest), [record], "served with their unit");
        let guest = town.volunteer_of(&town.other_school);
        let path = format!("/v1/service-records?volunteer={}", guest.id);
        town.app.get(&path, &town.coordinator).refused(404, "volunteer_not_found");
    });
}
