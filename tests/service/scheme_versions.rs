//! Versions of points policies, star schemes and assessment schemes: of two who change one at a time, one succeeds.

use crate::support::http::{Answer, id};
use crate::support::town::{Town, each_town, merged};
use serde_json::{Value, json};

fn policy(town: &Town, other: Value) -> Answer {
    let usual = json!({
        "effective_from": "2026-12-01", "points_per_hour": "1", "points_per_count": "5",
        "earning_grades": ["leader"], "validity": { "kind": "unlimited" },
    });
    town.app.post("/v1/points-policies", &town.admin, merged(usual, other))
}

fn stars(town: &Town, other: Value) -> Answer {
    let usual = json!({
        "effective_from": "2026-12-01", "threshold_minutes": [60, 120], "counting_grades": ["leader"],
    });
    town.app.post("/v1/star-schemes", &town.admin, merged(usual, other))
}

fn assessment(town: &Town, replaces: &Value) -> Answer {
    let indicator = json!({
        "code": "注册率", "kind": "registration_rate", "comparison": "at_least", "threshold": "0.3", "weight": "10",
    });
    let scheme = json!({ "name": "考核", "indicators": [indicator], "replaces": replaces });
    town.app.post("/v1/assessment-schemes", &town.admin, scheme)
}

/// One version, then two that were both made from it.
fn replaced_once(make: impl Fn(Value) -> Answer) -> [Value; 2] {
    let first = make(Value::Null).created();
    let second = make(first["id"].clone()).created();
    let refused = make(first["id"].clone()).refused(409, "scheme_already_replaced");
    assert_eq!(refused["entry"], second["receipt"]["seq"]);
    make(second["id"].clone()).created();
    [first, second]
}

#[test]
fn two_versions_do_not_take_the_place_of_one() {
    each_town("schemes-replace", |town| {
        let [first, second] = replaced_once(|replaces| policy(town, json!({ "replaces": replaces })));
        assert_eq!((&first["replaces"], &second["replaces"]), (&Value::Null, &first["id"]));
        replaced_once(|replaces| stars(town, json!({ "replaces": replaces })));
        replaced_once(|replaces| assessment(town, &replaces));

        policy(town, json!({})).refused(409, "scheme_already_replaced");
        stars(town, json!({})).refused(409, "scheme_already_replaced");
        policy(town, json!({ "effective_from": "2026-12-02" })).created();
        stars(town, json!({ "effective_from": "2026-12-02" })).created();
        policy(
            town,
            json!({ "replaces": id(&stars(town, json!({ "effective_from": "2026-12-03" })).created()) }),
        )
        .refused(422, "invalid_field");
        town.app.assert_verified();
    });
}

#[test]
fn points_are_not_over_before_their_policy_begins() {
    each_town("schemes-validity", |town| {
        let until = |from: &str, date: &str| {
            let validity = json!({ "kind": "until", "date": date });
            policy(town, json!({ "effective_from": from, "validity": validity }))
        };
        for (from, date) in [("2026-12-01", "2026-11-30"), ("2026-11-20", "2026-11-19")] {
            let refused = until(from, date).refused(422, "policy_validity_over");
            assert_eq!(refused["field"], "/validity/date");
        }
        until("2026-12-01", "2026-12-01").created();
    });
}
