//! Ratings (评价): who may say how it was, of what, until when; who sees what of it, and what is left of it.

use crate::support::http::{Answer, id};
use crate::support::town::{Town, Volunteer, at, each_town, merged};
use hourbook::domain::ids::{RatingId, Seq};
use hourbook::store::sql::Sql;
use serde_json::{Value, json};

fn rate(town: &Town, token: &str, activity: &str, rating: Value) -> Answer {
    town.app.post(&format!("/v1/activities/{activity}/ratings"), token, rating)
}

fn rate_service(town: &Town, token: &str, activity: &str, volunteer: &Volunteer, other: Value) -> Answer {
    let rating = merged(json!({ "volunteer": volunteer.id, "score": 4 }), other);
    town.app.post(&format!("/v1/activities/{activity}/service-ratings"), token, rating)
}

/// How many ratings, and their mean, as somebody sees them.
fn sum(town: &Town, token: &str) -> (Value, Value) {
    let sum = town.app.get(&format!("/v1/activities/{}/ratings", town.activity), token).ok();
    (sum["ratings"].clone(), sum["mean"].clone())
}

/// Somebody who served at the school's activity.
fn served(town: &Town) -> Volunteer {
    let volunteer = town.volunteer();
    town.serve(&volunteer, "17T09:00", "17T11:00");
    volunteer
}

fn ratings(town: &Town, token: &str, query: &str) -> Vec<Value> {
    town.app.all_pages(&format!("/v1/ratings{query}"), token, 10)
}

#[test]
fn who_served_says_how_it_was_once() {
    each_town("ratings-activity", |town| {
        let (one, pending, stranger) = (served(town), town.volunteer(), town.volunteer());
        let record = town.submit(&pending, "17T09:00", "17T11:00");
        let made =
            rate(town, &one.token, &town.activity, json!({ "score": 5, "words": "组织有序" })).created();
        assert!(made.get("words").is_none(), "answers that are kept hold nobody's words");
        assert_eq!((&made["side"], &made["score"]), (&json!("volunteer"), &json!(5)));
        let shown = town.app.get(&format!("/v1/ratings/{}", id(&made)), &one.token).ok();
        assert_eq!((&shown["words"], &shown["volunteer"]), (&json!("组织有序"), &json!(one.id)));
        let problem =
            rate(town, &one.token, &town.activity, json!({ "score": 1 })).refused(409, "rating_repeated");
        assert_eq!(problem["rating"], made["id"]);

        // A record that waits to be decided is enough; one that was rejected is none.
        rate(town, &pending.token, &town.activity, json!({ "score": 4 })).created();
        let rejected = town.volunteer();
        let of_rejected = town.submit(&rejected, "17T09:00", "17T11:00");
        for record in [&record, &of_rejected] {
            let path = format!("/v1/service-records/{record}/reject");
            town.app.post(&path, &town.coordinator, json!({ "reason": "未到场" })).ok();
        }
        for volunteer in [&stranger, &rejected] {
            rate(town, &volunteer.token, &town.activity, json!({ "score": 4 }))
                .refused(409, "rating_without_service");
        }
        rate(town, &one.token, &town.other_activity, json!({ "score": 4 }))
            .refused(409, "rating_without_service");
        rate(town, &town.coordinator, &town.activity, json!({ "score": 4 })).refused(403, "not_permitted");
        assert_eq!(sum(town, &town.coordinator), (json!(2), json!("4.50")), "what was said stays said");
        town.app.assert_verified();
    });
}

#[test]
fn a_score_is_one_of_five_and_words_are_few() {
    each_town("ratings-form", |town| {
        let one = served(town);
        for score in [json!(0), json!(6), json!("5"), json!(4.5), Value::Null] {
            rate(town, &one.token, &town.activity, json!({ "score": score })).refused(422, "invalid_field");
        }
        let words = |many: usize| json!({ "score": 3, "words": "好".repeat(many) });
        rate(town, &one.token, &town.activity, words(201)).refused(422, "invalid_field");
        let made = rate(town, &one.token, &town.activity, words(200)).created();
        let shown = town.app.get(&format!("/v1/ratings/{}", id(&made)), &one.token).ok();
        assert_eq!(shown["words"].as_str().unwrap().chars().count(), 200);
    });
}

#[test]
fn thirty_days_after_the_activity_nothing_is_rated_any_more() {
    each_town("ratings-late", |town| {
        let (one, other) = (served(town), served(town));
        // The activity ends on 23 November at midnight.
        town.app.clock.set("2026-12-22T23:59:59+08:00");
        rate(town, &one.token, &town.activity, json!({ "score": 5 })).created();
        rate_service(town, &town.coordinator, &town.activity, &one, json!({})).created();
        town.app.clock.set("2026-12-23T00:00:00+08:00");
        rate(town, &other.token, &town.activity, json!({ "score": 5 })).refused(409, "rating_too_late");
        rate_service(town, &town.coordinator, &town.activity, &other, json!({}))
            .refused(409, "rating_too_late");
        // What nobody rates stays unrated.
        assert_eq!(sum(town, &town.coordinator), (json!(1), json!("5.00")));
        assert_eq!(ratings(town, &other.token, ""), [] as [Value; 0]);
    });
}

#[test]
fn the_unit_says_how_somebody_served_who_sees_it() {
    each_town("ratings-service", |town| {
        let (one, other) = (served(town), served(town));
        let rated =
            rate_service(town, &town.coordinator, &town.activity, &one, json!({ "words": "认真负责" }));
        let rated = rated.created();
        assert_eq!((&rated["side"], &rated["score"]), (&json!("unit"), &json!(4)));
        let problem = rate_service(town, &town.colleague, &town.activity, &one, json!({ "score": 1 }))
            .refused(409, "rating_repeated");
        assert_eq!(problem["rating"], rated["id"]);
        let shown = town.app.get(&format!("/v1/ratings/{}", id(&rated)), &one.token).ok();
        assert_eq!(shown["words"], "认真负责");
        town.app.get(&format!("/v1/ratings/{}", id(&rated)), &other.token).refused(404, "rating_not_found");
        assert_eq!(
            sum(town, &town.coordinator),
            (json!(0), Value::Null),
            "of the service, not of the activity"
        );

        rate_service(town, &town.other_coordinator, &town.activity, &other, json!({}))
            .refused(403, "outside_unit");
        rate_service(town, &one.token, &town.activity, &other, json!({})).refused(403, "not_permitted");
        let stranger = town.volunteer();
        rate_service(town, &town.coordinator, &town.activity, &stranger, json!({}))
            .refused(409, "rating_without_service");
        let as_volunteer = json!({ "volunteer": other.id });
        let (_, own) = town.operator_with("coordinator", &town.school, as_volunteer);
        rate_service(town, &own, &town.activity, &other, json!({})).refused(422, "rating_of_own");
        // Both sides say it, each once.
        rate(town, &one.token, &town.activity, json!({ "score": 3 })).created();
        assert_eq!(ratings(town, &one.token, "").len(), 2);
        assert_eq!(ratings(town, &one.token, "?side=unit").len(), 1);
        town.app.assert_verified();
    });
}

#[test]
fn a_mean_of_less_than_three_is_the_units_alone() {
    each_town("ratings-mean", |town| {
        let people = [served(town), served(town), served(town)];
        let reader = town.volunteer();
        let all = [&town.coordinator, &town.auditor, &town.bureau_coordinator, &town.admin];
        let others = [&reader.token, &town.other_coordinator];
        let means = [
            (5, json!("5.00"), Value::Null),
            (4, json!("4.50"), Value::Null),
            (5, json!("4.66"), json!("4.66")),
        ];
        for (count, (person, (score, own, public))) in (1..).zip(people.iter().zip(means)) {
            rate(town, &person.token, &town.activity, json!({ "score": score })).created();
            for token in all {
                assert_eq!(sum(town, token), (json!(count), own.clone()));
            }
            for token in others {
                assert_eq!(sum(town, token), (json!(count), public.clone()));
            }
        }
        // Who leads it learns no more than others: whom they know, they served with.
        let leader = served(town);
        let led = json!({ "leader": leader.id });
        let activity = town.activity_of(&town.school, led);
        let member = town.volunteer();
        let service = merged(town.service(&member, "18T09:00", "18T11:00"), json!({ "activity": activity }));
        town.app.post("/v1/service-records", &town.coordinator, service).created();
        rate(town, &member.token, &activity, json!({ "score": 2 })).created();
        let seen = town.app.get(&format!("/v1/activities/{activity}/ratings"), &leader.token).ok();
        assert_eq!((&seen["ratings"], &seen["mean"]), (&json!(1), &Value::Null));
    });
}

#[test]
fn ratings_are_listed_to_the_activitys_unit_and_ones_own_to_oneself() {
    each_town("ratings-lists", |town| {
        let (one, other) = (served(town), served(town));
        rate(town, &one.token, &town.activity, json!({ "score": 5, "words": "很好" })).created();
        rate(town, &other.token, &town.activity, json!({ "score": 2, "words": "太挤" })).created();
        rate_service(town, &town.coordinator, &town.activity, &one, json!({})).created();
        for (token, sees) in [
            (&town.coordinator, 3),
            (&town.auditor, 3),
            (&town.bureau_coordinator, 3),
            (&town.other_coordinator, 0),
            (&one.token, 2),
            (&other.token, 1),
        ] {
            assert_eq!(ratings(town, token, "").len(), sees);
        }
        let of_activity =
            ratings(town, &town.coordinator, &format!("?activity={}&side=volunteer", town.activity));
        let words: Vec<&Value> = of_activity.iter().map(|rating| &rating["words"]).collect();
        assert_eq!(words, ["太挤", "很好"], "newest first");
        let of_one = ratings(town, &town.coordinator, &format!("?volunteer={}", one.id));
        assert_eq!(of_one.len(), 2);
        assert_eq!(ratings(town, &town.coordinator, &format!("?unit={}", town.school)).len(), 3);
        let nobody = RatingId::new(Seq(99_999));
        town.app.get(&format!("/v1/ratings/{nobody}"), &town.admin).refused(404, "rating_not_found");
    });
}

#[test]
fn words_go_with_the_volunteer_and_scores_stay() {
    each_town("ratings-erased", |town| {
        let (one, other) = (served(town), served(town));
        let said = rate(town, &one.token, &town.activity, json!({ "score": 5, "words": "很好" })).created();
        let of_one = rate_service(town, &town.coordinator, &town.activity, &one, json!({ "words": "认真" }));
        let of_one = of_one.created();
        let others =
            rate(town, &other.token, &town.activity, json!({ "score": 2, "words": "太挤" })).created();
        town.leave(&one);
        let words = |rating: &Value| {
            let shown = town.app.get(&format!("/v1/ratings/{}", id(rating)), &town.coordinator).ok();
            (shown["words"].clone(), shown["score"].clone())
        };
        assert_eq!(words(&said), (Value::Null, json!(5)));
        assert_eq!(words(&of_one), (Value::Null, json!(4)));
        assert_eq!(words(&others), (json!("太挤"), json!(2)));
        let kept =
            town.app.db().number(Sql::new("SELECT COUNT(*) FROM notes WHERE note IN ('很好', '认真')"));
        assert_eq!(kept.unwrap(), Some(0));
        rate_service(town, &town.coordinator, &town.activity, &one, json!({}))
            .refused(409, "volunteer_closed");
        assert_eq!(sum(town, &town.coordinator), (json!(2), json!("3.50")));
        town.app.assert_verified();
    });
}

#[test]
fn one_person_with_two_numbers_rates_once() {
    each_town("ratings-merged", |town| {
        let (earlier, later) = (town.volunteer(), served(town));
        rate(town, &later.token, &town.activity, json!({ "score": 5 })).created();
        let said = json!({ "into": earlier.id, "reason": "先后以护照和身份证登记" });
        let asked = town.app.post(&format!("/v1/volunteers/{}/merge", later.id), &town.coordinator, said);
        let path = format!("/v1/merges/{}/confirm", id(&asked.created()));
        town.app.post(&path, &town.colleague, json!({})).ok();
        rate(town, &earlier.token, &town.activity, json!({ "score": 1 })).refused(409, "rating_repeated");
        // What is served under either number can be rated.
        let path = format!("/v1/activities/{}/service-ratings", town.activity);
        let of_person = json!({ "volunteer": earlier.id, "score": 5 });
        town.app.post(&path, &town.coordinator, of_person).created();
        let service = json!({
            "activity": town.other_activity, "start": at("18T09:00"), "end": at("18T10:00"),
        });
        let service = merged(town.service(&earlier, "18T09:00", "18T10:00"), service);
        town.app.post("/v1/service-records", &town.other_coordinator, service).created();
        rate(town, &earlier.token, &town.other_activity, json!({ "score": 3 })).created();
        town.app.assert_verified();
    });
}
