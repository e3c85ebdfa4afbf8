//! What is ours to mend is answered as such: by a stable code, and never in a database's words.

use crate::support::town::each_town;
use serde_json::json;

#[test]
fn a_database_that_fails_is_told_of_without_its_words() {
    each_town("own-faults", |town| {
        let umbrella =
            json!({ "unit": town.school, "name": "雨伞", "price": "2", "stock": 1, "hold_days": 7 });
        let offer = || town.app.post("/v1/rewards", &town.coordinator, umbrella.clone());
        let list = || town.app.get("/v1/rewards", &town.coordinator);
        let list_before = list().ok();
        town.app.db().batch("ALTER TABLE rewards RENAME TO gone").unwrap();

        let (written, read) = (offer(), list());
        assert_eq!(written.header("retry-after"), "5", "the same request may succeed later");
        for answer in [&written, &read] {
            for words in ["rewards", "gone", "table", "relation", "SELECT", "INSERT"] {
                assert!(!answer.text.contains(words), "{words} is a database's: {}", answer.text);
            }
        }
        written.refused(503, "unavailable");
        read.refused(500, "internal");

        town.app.db().batch("ALTER TABLE gone RENAME TO rewards").unwrap();
        assert_eq!(list().ok(), list_before, "nothing of it was done");
        offer().created();
        town.app.assert_verified();
    });
}
