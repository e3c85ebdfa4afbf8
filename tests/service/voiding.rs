//! A credited record that turns out wrong, and everything that had come to rest on it: the certificate, the
//! points and what they were spent on, the stars, the totals. What was said before stays what was said.

use crate::support::http::Answer;
use crate::support::town::{Town, Volunteer, each_town};
use serde_json::{Value, json};

/// Two records, both spent on a gift and certified.
struct Story {
    volunteer: Volunteer,
    /// Three hours.
    kept: String,
    /// Two hours.
    wrong: String,
    redemption: String,
    certificate: String,
    look_up: String,
}

fn story(town: &Town) -> Story {
    let volunteer = town.volunteer();
    let kept = town.serve(&volunteer, "17T09:00", "17T12:00");
    let wrong = town.serve(&volunteer, "18T09:00", "18T11:00");
    let gift = town.redeem(&volunteer, &town.reward("4.50", 1));
    town.fulfil(&gift);
    let certificate = town.certify(&volunteer);
    let look_up = format!("/v1/certificates/lookup?number={}&code={}", certificate.number, certificate.code);
    Story { volunteer, kept, wrong, redemption: gift.id, certificate: certificate.id, look_up }
}

impl Story {
    fn redemption(&self, town: &Town) -> Value {
        town.app.get(&format!("/v1/redemptions/{}", self.redemption), &town.auditor).ok()
    }

    /// Record, points, what is left, and whether voided, of each lot, the newest first.
    fn lots(&self, town: &Town) -> Vec<(String, String, String, bool)> {
        let lots =
            town.app.all_pages(&format!("/v1/volunteers/{}/lots", self.volunteer.id), &town.auditor, 1);
        let shown = |lot: &Value| {
            let text = |name: &str| lot[name].as_str().unwrap().to_owned();
            (text("record"), text("points"), text("remaining"), lot["voided"].as_bool().unwrap())
        };
        lots.iter().map(shown).collect()
    }
}

/// Every total, as of an entry, in JSON and as a table: the very bytes.
fn totals_as_of(town: &Town, as_of: &Value) -> Vec<Vec<u8>> {
    let minutes = "/v1/totals/minutes?group_by=unit,activity,month,grade";
    let paths = [minutes, "/v1/totals/minutes?group_by=grade", "/v1/totals/points?"];
    let ask = |path: &str, form: &str| -> Answer {
        let path = format!("{path}&as_of={as_of}");
        let answer = town.app.call("GET", &path).token(&town.auditor).header("Accept", form).send();
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer
    };
    let forms = ["application/json", "text/csv", "application/x-ndjson"];
    paths.iter().flat_map(|path| forms.map(|form| ask(path, form).bytes)).collect()
}

fn credited_minutes(town: &Town, more: &str) -> i64 {
    let totals = town.app.get(&format!("/v1/totals/minutes?{more}"), &town.auditor).ok();
    totals["items"][0]["credited_minutes"].as_i64().unwrap()
}

#[test]
fn what_rests_on_a_voided_record_says_so_and_what_was_said_before_stays() {
    each_town("voiding", |town| {
        let story = story(town);
        let Story { volunteer, kept, wrong, .. } = &story;
        let lot = |record: &String, points: &str, remaining: &str, voided| {
            (record.clone(), points.to_owned(), remaining.to_owned(), voided)
        };
        let as_of = town.app.get("/v1/totals/minutes", &town.auditor).ok()["as_of"].clone();
        let before = totals_as_of(town, &as_of);
        assert_eq!(credited_minutes(town, ""), 300);
        assert_eq!(town.points(volunteer), ["0.50", "0.00", "0.00"]);
        assert_eq!(story.redemption(town)["voided_points"], "0.00");
        assert_eq!(
            story.lots(town),
            [lot(wrong, "2.00", "0.50", false), lot(kept, "3.00", "0.00", false)],
            "the older one was spent first"
        );
        assert_eq!(town.app.call("GET", &story.look_up).send().ok()["state"], "valid");

        let voided = town.void(wrong);
        assert_eq!(voided["status"], "voided");

        // The certificate reads corrected, wherever it is read.
        let certificate =
            town.app.get(&format!("/v1/certificates/{}", story.certificate), &volunteer.token).ok();
        assert_eq!(
            (&certificate["state"], &certificate["credited_minutes"]),
            (&json!("corrected"), &json!(300))
        );
        assert_eq!(town.app.call("GET", &story.look_up).send().ok()["state"], "corrected");

        // Half a point was left and is taken back; one and a half are owed, and block the next gift.
        assert_eq!(town.points(volunteer), ["0.00", "0.00", "1.50"]);
        assert_eq!(story.lots(town), [lot(wrong, "2.00", "0.00", true), lot(kept, "3.00", "0.00", false)]);
        let redemption = story.redemption(town);
        assert_eq!((&redemption["points"], &redemption["voided_points"]), (&json!("4.50"), &json!("1.50")));
        let wish = json!({ "reward": town.reward("0.01", 1), "volunteer": volunteer.id });
        let refused = town.app.post("/v1/redemptions", &volunteer.token, wish).refused(409, "points_owed");
        assert_eq!(refused["debt"], "1.50");
        let books = town.app.get("/v1/totals/points", &town.auditor).ok()["items"][0].take();
        assert_eq!(
            ["issued", "available", "redeemed", "debt"].map(|part| books[part].as_str().unwrap()),
            ["3.00", "0.00", "4.50", "1.50"]
        );

        // Totals: as of before, the same bytes for ever; now, smaller by what was voided.
        assert_eq!(totals_as_of(town, &as_of), before);
        assert_eq!(credited_minutes(town, &format!("as_of={as_of}")), 300);
        assert_eq!(credited_minutes(town, ""), 180);
        let now = town.app.get("/v1/totals/minutes", &town.auditor).ok()["as_of"].clone();
        assert_ne!(totals_as_of(town, &now), before);

        // Earned back, the debt is gone; the gift still says of what it was paid.
        town.serve(volunteer, "19T09:00", "19T11:00");
        assert_eq!(town.points(volunteer), ["0.50", "0.00", "0.00"]);
        assert_eq!(story.redemption(town)["voided_points"], "1.50");
        assert_eq!(totals_as_of(town, &as_of), before);
        town.app.assert_verified();
    });
}

#[test]
fn lots_are_of_whoever_may_see_the_volunteer() {
    each_town("voiding-lots", |town| {
        let story = story(town);
        let path = format!("/v1/volunteers/{}/lots", story.volunteer.id);
        for token in [&story.volunteer.token, &town.coordinator, &town.district_coordinator, &town.auditor] {
            assert_eq!(town.app.get(&path, token).ok()["items"].as_array().unwrap().len(), 2);
        }
        for token in [&town.other_coordinator, &town.volunteer().token] {
            town.app.get(&path, token).refused(404, "volunteer_not_found");
        }
        let lot = &town.app.get(&path, &town.coordinator).ok()["items"][1];
        let record = town.app.get(&format!("/v1/service-records/{}", story.kept), &town.auditor).ok();
        assert_eq!((&lot["id"], &lot["issued_by"]), (&record["lot"], &json!(town.school)));
        assert_eq!((&lot["lapsed"], &lot["expires_at"]), (&json!("0.00"), &Value::Null));
    });
}
