//! The machine's clock steps back and forth under load: recorded time never goes back.

use super::load::{Crew, Site};
use super::{Scenario, rounds};
use crate::support::http::each_app;
use crate::support::random::Random;
use crate::support::town::Town;
use chrono::{DateTime, Duration, FixedOffset};

const CLIENTS: usize = 6;

#[test]
fn recorded_time_never_goes_back() {
    each_app("clock-back", |app| {
        let kind = if app.url.to_string().starts_with("sqlite") { "SQLite" } else { "PostgreSQL" };
        let mut scenario = Scenario::begin(&format!("the clock steps back, {kind}"));
        let town = Town::found(app);
        let mut crew = Crew::hire(Site::of(&town, CLIENTS, "2026-11-16".parse().unwrap()));
        let mut random = Random::new(33);
        for _ in 0..rounds(1, 40) {
            let (news, ()) = crew.work(&[app], |scene| {
                for _ in 0..10 {
                    scene.await_acknowledged(5);
                    // Never far ahead: a week on, and gifts that wait would expire.
                    let seconds = random.between(-30 * 86_400..=3_600);
                    app.clock.advance(Duration::seconds(seconds));
                    scene.await_acknowledged(5);
                    app.clock.set("2026-11-20T12:00:00+08:00");
                }
            });
            scenario.count(&news);
            scenario.checks += crew.assert_whole(app);
        }
        let entries = app.all_pages("/v1/journal/entries", &town.admin, 200);
        let recorded = |entry: &serde_json::Value| -> DateTime<FixedOffset> {
            entry["recorded_at"].as_str().unwrap().parse().unwrap()
        };
        let number = |entry: &serde_json::Value| entry["seq"].as_i64().unwrap();
        let mut by_number: Vec<_> = entries.iter().map(|entry| (number(entry), recorded(entry))).collect();
        by_number.sort_unstable();
        for pair in by_number.windows(2) {
            assert!(pair[0].1 <= pair[1].1, "recorded time goes back: {pair:?}");
            scenario.checks += 1;
        }
        app.assert_verified();
        scenario.end();
    });
}
