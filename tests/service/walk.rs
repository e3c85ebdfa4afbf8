//! The walk over every operation of the specification: who may not call it learns nothing and changes
//! nothing. A new operation is walked over by itself; see [`crate::support::operations`].

use crate::support::http::{Answer, id};
use crate::support::operations::{Ask, Operation, Things, head, operations};
use crate::support::town::{Town, each_town};
use hourbook::api::openapi::openapi;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;

/// What anybody may call.
const OPEN: &[&str] = &[
    "GET /livez",
    "GET /metrics",
    "GET /readyz",
    "GET /v1/badge-issuers/{id}",
    "GET /v1/badge-issuers/{id}/status-lists/{seq}",
    "GET /v1/badge-keys/{id}",
    "GET /v1/auth/jwks",
    "GET /v1/certificates/jwks",
    "GET /v1/certificates/lookup",
    "GET /v1/public/opportunities",
    "POST /v1/applications",
    "POST /v1/applications/withdraw",
    "POST /v1/auth/activation",
    "POST /v1/check-codes/shown",
    "POST /v1/auth/bindings",
    "POST /v1/auth/login",
    "POST /v1/auth/logout",
    "POST /v1/auth/password",
    "POST /v1/auth/refresh",
    "POST /v1/auth/wechat",
    // Hashes and signatures, which tell nothing of what was hashed.
    "GET /v1/journal/checkpoint",
    "GET /v1/journal/consistency",
    "GET /v1/journal/entries/{seq}/proof",
];

fn guarded() -> Vec<Operation> {
    operations().into_iter().filter(|operation| operation.roles.is_some()).collect()
}

/// Demands that the answer is a refusal that the specification tells of.
#[track_caller]
fn assert_refused(operation: &Operation, answer: &Answer, with: &[(u16, &str)]) {
    operation.assert_tells_of(answer);
    let code = answer.body["code"].as_str().unwrap_or("none");
    assert!(with.contains(&(answer.status, code)), "{}: {}", operation.name(), answer.text);
}

#[test]
fn these_and_no_others_are_open_to_everybody() {
    let all = operations();
    let open = all.iter().filter(|operation| operation.roles.is_none());
    assert_eq!(
        open.map(Operation::name).collect::<BTreeSet<_>>(),
        OPEN.iter().map(|name| (*name).to_owned()).collect()
    );
    assert!(all.len() > 60, "only {} operations: the walk has gone blind", all.len());
}

#[test]
fn auditors_are_let_in_to_nothing_that_changes_anything() {
    let changing = guarded().into_iter().filter(|operation| !operation.reads());
    let of_auditors: Vec<String> =
        changing.filter(|operation| operation.admits("auditor")).map(|operation| operation.name()).collect();
    let own = ["PUT /v1/me/password", "POST /v1/me/sessions/{id}/end"];
    let (remark, search) = (["POST /v1/findings/{id}/dismiss"], ["POST /v1/volunteers/search"]);
    assert_eq!(of_auditors, [&remark[..], &own, &search].concat(), "a remark and a search change no figure");
}

#[test]
fn every_operation_tells_of_the_refusals_that_its_form_brings() {
    for operation in operations() {
        let mut expected = vec![(503, "busy"), (503, "unavailable"), (500, "internal")];
        expected.push((400, "invalid_parameter"));
        if operation.roles.is_some() {
            expected.extend([(401, "unauthenticated"), (401, "token_invalid"), (401, "token_expired")]);
            expected.extend([(403, "not_permitted"), (403, "actor_disabled")]);
        }
        if operation.query.contains("cursor") {
            expected.push((400, "invalid_cursor"));
        }
        if !operation.reads() {
            expected.extend([
                (400, "malformed_json"),
                (413, "body_too_large"),
                (415, "unsupported_media_type"),
            ]);
        }
        if operation.takes_body {
            expected.extend([(422, "unknown_field"), (422, "invalid_field")]);
        }
        if operation.method == "POST" && operation.roles.is_some() && operation.is_of_the_ledger() {
            expected.extend([(400, "idempotency_key_invalid"), (422, "idempotency_key_reused")]);
        }
        if operation.method == "PUT" && operation.path != "/v1/me/password" {
            expected.extend([
                (400, "if_match_invalid"),
                (412, "version_stale"),
                (428, "precondition_required"),
            ]);
        }
        for (status, code) in expected {
            let told = operation.answers.get(&status).is_some_and(|codes| codes.contains(code));
            assert!(told, "{} tells nothing of {status} {code}", operation.name());
        }
        assert!(
            !operation.path.contains('{') || operation.answers.contains_key(&404),
            "{}",
            operation.name()
        );
        assert!(operation.answers.keys().any(|status| *status < 300), "{} never succeeds", operation.name());
    }
}

/// Front ends are made from it, and linters of others' ask for it.
#[test]
fn every_operation_says_what_it_does() {
    let specification = serde_json::to_value(openapi()).unwrap();
    let mut operations = 0;
    for (path, methods) in specification["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            for said in ["summary", "description"] {
                let text = operation[said].as_str().unwrap_or_default();
                assert!(!text.trim().is_empty(), "{method} {path} has no {said}");
            }
            operations += 1;
        }
    }
    assert!(operations > 100, "the check has gone blind: {operations}");
}

#[test]
fn the_specification_in_the_root_is_the_one_that_the_code_makes() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.yaml");
    let made = openapi().to_yaml().unwrap();
    let is_current = fs::read_to_string(path).is_ok_and(|kept| kept == made);
    assert!(is_current, "openapi.yaml is stale: run `cargo run -- openapi > openapi.yaml`");
}

#[test]
fn the_specification_reads_the_same_by_older_rules_of_yaml() {
    // YAML 1.1, which many tools still read, takes these words for true and false.
    let words = ["y", "n", "yes", "no", "on", "off"];
    for line in openapi().to_yaml().unwrap().lines() {
        let (name, value) = line.trim_start_matches([' ', '-']).split_once(": ").unwrap_or((line.trim(), ""));
        for word in [name.trim_end_matches(':'), value] {
            assert!(!words.contains(&word.to_lowercase().as_str()), "{line}");
        }
    }
}

#[test]
fn nobody_without_a_token_gets_anything() {
    each_town("walk-nobody", |town| {
        let things = Things::make(town);
        for operation in guarded() {
            let ask = things.ask(&operation);
            let before = head(town.app);
            let answer = ask.send_as(town.app, None);
            assert_refused(&operation, &answer, &[(401, "unauthenticated")]);
            assert_eq!(answer.header("www-authenticate"), "Bearer");
            let answer = ask.send_as(town.app, Some("eyJhbGciOiJub25lIn0.e30."));
            assert_refused(&operation, &answer, &[(401, "token_invalid")]);
            assert!(answer.header("www-authenticate").starts_with("Bearer"));
            assert_eq!(head(town.app), before, "{} changed something", operation.name());
        }
    });
}

#[test]
fn a_role_that_the_specification_does_not_name_is_refused() {
    each_town("walk-role", |town| {
        let things = Things::make(town);
        let of_bureau = |role| town.operator(role, &town.bureau);
        let people = [
            ("volunteer", things.volunteer.token.clone()),
            ("coordinator", of_bureau("coordinator")),
            ("auditor", of_bureau("auditor")),
            ("admin", town.admin.clone()),
        ];
        let mut refused = 0;
        for operation in guarded() {
            let ask = things.ask(&operation);
            let before = head(town.app);
            for (_, token) in people.iter().filter(|(role, _)| !operation.admits(role)) {
                assert_refused(&operation, &ask.send_as(town.app, Some(token)), &[(403, "not_permitted")]);
                refused += 1;
            }
            assert_eq!(head(town.app), before, "{} changed something", operation.name());
        }
        assert!(refused > 60, "only {refused} wrong roles tried");
    });
}

#[test]
fn a_role_that_the_specification_names_reads_what_is_its_own() {
    each_town("walk-own", |town| {
        let things = Things::make(town);
        let people = [
            ("volunteer", things.volunteer.token.clone()),
            ("coordinator", town.coordinator.clone()),
            ("auditor", town.auditor.clone()),
            ("admin", town.admin.clone()),
        ];
        let over_all = town.operator("auditor", &town.bureau);
        for operation in guarded().into_iter().filter(Operation::reads) {
            let ask = things.ask(&operation);
            // Of volunteers, who is in charge shows the code of an activity: see `attendance::*`.
            let is_leaders = operation.path == "/v1/activities/{id}/check-code";
            let admitted = people.iter().filter(|(role, _)| operation.admits(role));
            for (role, token) in admitted.filter(|(role, _)| !(is_leaders && *role == "volunteer")) {
                let token = if operation.is_of_the_whole() && *role == "auditor" { &over_all } else { token };
                let answer = ask.send_as(town.app, Some(token));
                operation.assert_tells_of(&answer);
                assert_eq!(answer.status, 200, "{} as {role}: {}", operation.name(), answer.text);
            }
        }
    });
}

#[test]
fn whoever_may_ask_is_answered() {
    // Without this, requests that are refused for a fault of their own would pass for refused callers.
    each_town("walk-control", |town| {
        let things = Things::make(town);
        for operation in guarded() {
            let ask = things.ask(&operation);
            let before = head(town.app).last_seq.0;
            let answer = ask.send_as(town.app, Some(&ask.token));
            operation.assert_tells_of(&answer);
            assert!(answer.status < 300, "{}: {}", operation.name(), answer.text);
            let entries = head(town.app).last_seq.0 - before;
            assert_eq!(entries, operation.entries(), "{}: {}", operation.name(), answer.text);
        }
        town.app.assert_verified();
    });
}

/// Somebody whom the school's affairs do not concern.
struct Stranger {
    name: &'static str,
    role: &'static str,
    token: String,
    /// What she may see of the school all the same.
    sees: &'static [&'static str],
    /// Ids that nothing that she is told may name.
    hidden: BTreeSet<String>,
}

impl Stranger {
    /// Of the same unit, perhaps in charge of something else there.
    fn is_fellow(&self) -> bool {
        ["fellow", "leader"].contains(&self.name)
    }

    /// A fellow of the unit objects to its records on notice: that is hers. A code that is shown at a place is for who
    /// stands there: see `attendance::*`. Who served at an activity of the tree rates it: see `ratings::*`.
    fn may(&self, operation: &Operation) -> bool {
        let checks = matches!(operation.path.as_str(), "/v1/check-ins" | "/v1/check-outs");
        let objects = operation.path == "/v1/service-records/{id}/objections";
        let rates = !operation.reads() && operation.path == "/v1/activities/{id}/ratings";
        let is_of_tree = self.name != "elsewhere";
        (self.is_fellow() && objects) || (self.role == "volunteer" && (checks || (rates && is_of_tree)))
    }
}

/// The same for everybody.
const OF_ALL: &[&str] = &[
    "/v1/points-policies",
    "/v1/points-policies/{id}",
    "/v1/star-schemes",
    "/v1/star-schemes/{id}",
    "/v1/assessment-schemes",
    "/v1/assessment-schemes/{id}",
];
/// Open to the whole tree of units: who requests a transfer must find its target. Headcounts are
/// asked of a unit that may be seen, and are then empty.
const OF_TREE: &[&str] = &[
    "/v1/points-policies",
    "/v1/points-policies/{id}",
    "/v1/star-schemes",
    "/v1/star-schemes/{id}",
    "/v1/assessment-schemes",
    "/v1/assessment-schemes/{id}",
    "/v1/units",
    "/v1/units/{id}",
    "/v1/units/{id}/subtree",
    "/v1/units/{id}/headcounts",
    "/v1/units/{id}/notice-policy",
    "/v1/units/{id}/crediting-policy",
    "/v1/opportunities",
    "/v1/activities/{id}/ratings",
    "/v1/programmes",
    "/v1/programmes/{id}",
    "/v1/activities",
    "/v1/activities/{id}",
    "/v1/activities/{id}/positions",
    "/v1/positions/{id}",
];
/// What a unit offers to its own people beside that.
const OF_SCHOOL: &[&str] = &[
    "/v1/points-policies",
    "/v1/points-policies/{id}",
    "/v1/star-schemes",
    "/v1/star-schemes/{id}",
    "/v1/assessment-schemes",
    "/v1/assessment-schemes/{id}",
    "/v1/units",
    "/v1/units/{id}",
    "/v1/units/{id}/subtree",
    "/v1/units/{id}/notice-policy",
    "/v1/units/{id}/crediting-policy",
    "/v1/opportunities",
    "/v1/activities/{id}/ratings",
    "/v1/programmes",
    "/v1/programmes/{id}",
    "/v1/activities",
    "/v1/activities/{id}",
    "/v1/activities/{id}/positions",
    "/v1/positions/{id}",
    "/v1/rewards",
    "/v1/rewards/{id}",
];

fn strangers(things: &Things) -> Vec<Stranger> {
    let town = things.town;
    let unit = |code: &str, parent: Option<&str>| {
        let unit = json!({ "code": code, "name": "别处", "kind": "school", "parent": parent });
        id(&town.app.post("/v1/units", &town.admin, unit).created())
    };
    let sibling = unit("SCHOOL-3", Some(&town.district));
    let elsewhere = unit("ELSEWHERE", None);
    let private: BTreeSet<String> = [
        &things.volunteer.id,
        &things.record,
        &things.redemption,
        &things.transfer,
        &things.operator,
        &things.certificate.id,
        &things.certificate.number,
        &things.certificate.code,
        &things.pledge,
        &things.model_post,
        &things.access,
        &things.training,
        &things.honour,
        &things.enrolment,
        &things.attendance,
        &things.rating,
        &lot(things),
        &things.objection,
        &things.correction,
    ]
    .map(Clone::clone)
    .into();
    let with =
        |more: &[&String]| private.iter().chain(more.iter().copied()).cloned().collect::<BTreeSet<_>>();
    let of_school = with(&[&things.reward]);
    let all = with(&[&things.reward, &town.school, &town.activity, &things.programme, &town.programme]);
    let stranger = |name, role, token, sees, hidden: &BTreeSet<String>| Stranger {
        name,
        role,
        token,
        sees,
        hidden: hidden.clone(),
    };
    let volunteer_of = |unit| town.volunteer_of(unit).token;
    vec![
        stranger("sibling", "coordinator", town.operator("coordinator", &sibling), OF_TREE, &of_school),
        stranger("sibling", "auditor", town.operator("auditor", &sibling), OF_TREE, &of_school),
        stranger("sibling", "volunteer", volunteer_of(&sibling), OF_TREE, &of_school),
        stranger("elsewhere", "coordinator", town.operator("coordinator", &elsewhere), OF_ALL, &all),
        stranger("elsewhere", "auditor", town.operator("auditor", &elsewhere), OF_ALL, &all),
        stranger("elsewhere", "volunteer", volunteer_of(&elsewhere), OF_ALL, &all),
        stranger("fellow", "volunteer", volunteer_of(&town.school), OF_SCHOOL, &private),
        stranger("leader", "volunteer", leader_of_another(town), OF_SCHOOL, &private),
    ]
}

/// Who is in charge of one activity of the school is in charge of no other.
fn leader_of_another(town: &Town) -> String {
    let leader = town.volunteer();
    town.activity_of(&town.school, json!({ "leader": leader.id }));
    leader.token
}

/// The points that the volunteer's service earned.
fn lot(things: &Things) -> String {
    let path = format!("/v1/service-records/{}", things.record);
    let record = things.town.app.get(&path, &things.town.admin).ok();
    record["lot"].as_str().unwrap().to_owned()
}

/// The text names nothing that is hidden from the stranger, but for what she named herself.
#[track_caller]
fn assert_silent(stranger: &Stranger, ask: &Ask, answer: &Answer) {
    let asked = format!("{} {}", ask.path, ask.body.clone().unwrap_or_default());
    for hidden in stranger.hidden.iter().filter(|hidden| !asked.contains(*hidden)) {
        assert!(
            !answer.text.contains(hidden.as_str()),
            "{} {} is told of {hidden} by {} {}: {}",
            stranger.name,
            stranger.role,
            ask.method,
            ask.path,
            answer.text
        );
    }
}

#[test]
fn what_belongs_to_another_unit_can_be_neither_seen_nor_changed() {
    each_town("walk-strangers", |town| {
        let things = Things::make(town);
        let strangers = strangers(&things);
        let mut tried = 0;
        for operation in guarded() {
            let ask = things.ask(&operation);
            let before = head(town.app);
            let barred = |stranger: &&Stranger| operation.admits(stranger.role) && !stranger.may(&operation);
            for stranger in strangers.iter().filter(barred) {
                let answer = ask.send_as(town.app, Some(&stranger.token));
                operation.assert_tells_of(&answer);
                assert_silent(stranger, &ask, &answer);
                judge(stranger, &operation, &ask, &answer);
                tried += 1;
            }
            // An export records itself for any caller; it finds nothing.
            if !operation.exports() {
                assert_eq!(head(town.app), before, "{} changed something", operation.name());
            }
        }
        assert!(tried > 200, "only {tried} requests of strangers");
    });
}

/// What a stranger may be answered.
#[track_caller]
fn judge(stranger: &Stranger, operation: &Operation, ask: &Ask, answer: &Answer) {
    let whole = || format!("{} of {} {}: {}", operation.name(), stranger.name, stranger.role, answer.text);
    let is_about_one = operation.path.contains('{');
    let path = operation.path.as_str();
    match (operation.reads(), is_about_one) {
        (true, false) if operation.is_of_the_whole() => assert_eq!(answer.status, 403, "{}", whole()),
        // The unit that is assessed stands in the query, and is not found.
        (true, false) if path.starts_with("/v1/assessments") => {
            assert_eq!(answer.status, 404, "{}", whole());
        }
        // Lists and totals are there for everybody, with what is theirs.
        (true, false) => assert_eq!(answer.status, 200, "{}", whole()),
        (true, true) if stranger.sees.contains(&path) => {
            assert_eq!(answer.status, 200, "{}", whole());
            if path.ends_with("/headcounts") {
                assert_eq!(answer.body, json!({ "items": [] }), "{}", whole());
            }
        }
        (true, true) => assert_eq!(answer.status, 404, "{}", whole()),
        (false, false) if operation.searches() => {
            let is_refused = [403, 404].contains(&answer.status);
            assert!(is_refused || answer.body["items"] == json!([]), "{}", whole());
        }
        (false, _) if path.ends_with("/bulk") || path.ends_with("/roll-call") => {
            let items = answer.body["items"].as_array().unwrap();
            let body = ask.body.as_ref().unwrap();
            let asked = body["items"].as_array().or(body["volunteers"].as_array()).unwrap();
            assert_eq!(items.len(), asked.len());
            assert!(items.iter().all(|item| item["status"] == "refused"), "{}", whole());
        }
        (false, _) => assert!([403, 404].contains(&answer.status), "{}", whole()),
    }
}

/// Parameters that name something of the school, and what they are set to; none for those that name
/// nothing.
fn parameter(things: &Things, name: &str) -> Option<String> {
    let Things { town, volunteer, reward, .. } = things;
    Some(match name {
        "unit" => town.school.clone(),
        "volunteer" => volunteer.id.clone(),
        "activity" => town.activity.clone(),
        "position" => things.position.clone(),
        "programme" => town.programme.clone(),
        "reward" => reward.clone(),
        "actor" => format!("volunteer:{}", volunteer.id),
        "code" => "SCHOOL-1".to_owned(),
        "name" => "%E7%8E%8B".to_owned(),
        "number" => number(things),
        "mobile" => mobile(things),
        "record" => record_of_objection(things),
        "group_by" => "unit,programme,activity,month,grade".to_owned(),
        "status" | "evidence" | "from" | "to" | "counted_as_of" | "as_of" | "brand" | "closed"
        | "cancelled" | "withdrawn" | "role" | "active" | "format" | "byte_order_mark" | "language"
        | "dismissed" | "count_volunteers" | "limit" | "cursor" | "day" | "size" | "from_size"
        | "to_size" | "year" | "most_records" | "scheme" | "each" | "late" | "counted" | "minutes"
        | "star" | "kind" | "minors" | "draft" | "direction" | "unread" | "side" | "text" | "latitude"
        | "longitude" | "within_metres" | "free" | "open_to_me" => {
            return None;
        }
        _ => panic!("nothing is known of a parameter {name}: tell of it here"),
    })
}

/// What fits things of one's own as well.
const FITS_MANY: [&str; 2] = ["name", "group_by"];

fn known(things: &Things) -> Value {
    let path = format!("/v1/volunteers/{}", things.volunteer.id);
    things.town.app.get(&path, &things.town.admin).ok()
}

fn number(things: &Things) -> String {
    known(things)["number"].as_str().unwrap().to_owned()
}

fn record_of_objection(things: &Things) -> String {
    let path = format!("/v1/objections/{}", things.objection);
    let objection = things.town.app.get(&path, &things.town.admin).ok();
    objection["record"].as_str().unwrap().to_owned()
}

fn mobile(things: &Things) -> String {
    let path = format!("/v1/volunteers/{}", things.volunteer.id);
    let own = things.town.app.get(&path, &things.volunteer.token).ok();
    own["person"]["mobile"].as_str().unwrap().to_owned()
}

#[test]
fn asking_for_another_units_things_by_name_finds_nothing() {
    each_town("walk-filters", |town| {
        let things = Things::make(town);
        let strangers = strangers(&things);
        let mut tried = 0;
        for operation in guarded().iter().filter(|operation| operation.reads()) {
            for name in &operation.query {
                let Some(value) = parameter(&things, name) else { continue };
                let mut ask = things.ask(operation);
                if ask.path.contains('?') {
                    // It has to name what it is about, and was judged for that above.
                    continue;
                }
                ask.path = format!("{}?{name}={value}", ask.path);
                let found = ask.send_as(town.app, Some(&town.admin));
                assert!(found.text.contains(&town.school) || names_something(&found), "{}", ask.path);
                for stranger in strangers.iter().filter(|stranger| operation.admits(stranger.role)) {
                    let answer = ask.send_as(town.app, Some(&stranger.token));
                    operation.assert_tells_of(&answer);
                    assert_silent(stranger, &ask, &answer);
                    // A fellow is of the same unit, and finds herself.
                    let is_foreign = !stranger.is_fellow() && !FITS_MANY.contains(&name.as_str());
                    if is_foreign && !stranger.sees.contains(&operation.path.as_str()) {
                        let finds = answer.status == 200 && names_something(&answer);
                        assert!(!finds, "{} {}: {}", ask.path, stranger.name, answer.text);
                    }
                    tried += 1;
                }
            }
        }
        assert!(tried > 80, "only {tried} requests of strangers");
    });
}

/// Whether a list has an item, a file a row, or a total counts anything.
fn names_something(answer: &Answer) -> bool {
    if answer.header("content-type").starts_with("text/csv") {
        return answer.text.lines().count() > 1;
    }
    let items = answer.body["items"].as_array().unwrap_or_else(|| panic!("no list: {}", answer.text));
    items.iter().any(|item| item["records"].as_i64() != Some(0))
}
