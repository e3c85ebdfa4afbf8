//! What is known of people is encrypted: what stands in the database tells nobody who they are.

use crate::erasure::{everything_stored, files, found};
use crate::support::http::{App, id};
use crate::support::town::{Town, each_town, merged};
use crate::support::writer::vault;
use hourbook::domain::ids::VolunteerId;
use hourbook::domain::person::{PartyHistory, Person};
use hourbook::store::column::Column;
use hourbook::store::sealing::{SealedPeople, seal_people, unsealed};
use hourbook::store::sql::{Sql, SqlValue, SqlValues};
use hourbook::store::vault::{CellAddress, party_history, person_content};
use serde_json::{Value, json};

/// A person of whom everything is said, each text one that nobody else says.
fn told(town: &Town) -> Value {
    let consent = |version: &str| json!({ "given_at": "2026-11-01T09:00:00+08:00", "text_version": version });
    let guardian = merged(
        consent("zq-guardian"),
        json!({ "name": "欧阳守护", "separate_consent": consent("zq-apart") }),
    );
    merged(
        town.registration(&town.school),
        json!({
            "name": "司马相如子", "birth_date": "2014-03-07", "residence": "白龟湖畔", "skills": ["zq-skill"],
            "service_categories": ["zq-category"], "mobile": "13977700002",
            "political_status": [{ "party_member": true, "effective_from": "2026-02-03" }],
            "consent": consent("zq-consent"), "guardian_consent": guardian,
        }),
    )
}

const MARKS: [&str; 10] = [
    "司马",
    "相如",
    "欧阳",
    "2014-03-07",
    "白龟湖畔",
    "zq-",
    "13977700002",
    "party_member",
    "2026-02-03",
    "female",
];

#[test]
fn nothing_of_a_person_stands_in_clear() {
    each_town("sealed-people", |town| {
        let volunteer = id(&town.app.post("/v1/volunteers", &town.admin, told(town)).created());
        let shown = town.app.get(&format!("/v1/volunteers/{volunteer}"), &town.coordinator).ok();
        assert_eq!(shown["person"]["name"], "司马相如子");
        let marks = MARKS.map(str::to_owned);
        let mut places = everything_stored(town.app);
        assert!(places.len() > 100, "the check has gone blind");
        // What an entry says of headcounts is no person's.
        places.retain(|(place, _)| place != "entries.event");
        assert_eq!(found(&marks, &places), [] as [String; 0]);
        let of_files: Vec<String> = marks.into_iter().filter(|mark| mark != "party_member").collect();
        assert_eq!(found(&of_files, &files(town.app)), [] as [String; 0]);
    });
}

#[test]
fn the_length_of_what_is_kept_tells_little() {
    each_town("sealed-lengths", |town| {
        town.app.post("/v1/volunteers", &town.admin, town.registration(&town.school)).created();
        let other = merged(town.registration(&town.school), json!({ "name": "王小", "residence": "湛河区" }));
        town.app.post("/v1/volunteers", &town.admin, other).created();
        let lengths = "SELECT COUNT(DISTINCT LENGTH(content_sealed)) + COUNT(DISTINCT LENGTH(party_sealed)) FROM people";
        assert_eq!(town.app.db().number(Sql::new(lengths)).unwrap(), Some(2));
    });
}

/// Which of these are found by a part of their name.
fn search(town: &Town, part: &str) -> Vec<String> {
    let items = town.app.all_pages(&format!("/v1/volunteers?name={part}"), &town.coordinator, 2);
    items.iter().map(|item| item["person"]["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn whoever_has_a_part_of_the_name_is_found_and_nobody_else() {
    each_town("sealed-search", |town| {
        // Newest first.
        let names = ["甲乙丙丁", "乙丙甲乙", "丙丁甲", "甲", "Anna Maria", "乙甲丁丙"];
        for name in names.iter().rev() {
            let person = merged(town.registration(&town.school), json!({ "name": name }));
            town.app.post("/v1/volunteers", &town.admin, person).created();
        }
        let of = |at: &[usize]| at.iter().map(|at| names[*at].to_owned()).collect::<Vec<_>>();
        for (part, at) in [
            ("甲", &[0, 1, 2, 3, 5][..]),
            ("甲乙", &[0, 1]),
            ("乙丙", &[0, 1]),
            // Its pairs are those of others, too: the first and the last alone say nothing.
            ("甲乙丙", &[0]),
            ("乙丙丁", &[0]),
            ("丙甲乙", &[1]),
            ("甲乙丙丁", &[0]),
            ("甲丙", &[]),
            ("丁", &[0, 2, 5]),
            ("NAM", &[4]),
            ("a", &[4]),
            ("戊", &[]),
        ] {
            assert_eq!(search(town, part), of(at), "{part}");
        }
    });
}

/// Puts what is kept of a volunteer back as a former program kept it: in clear, but for the numbers.
fn keep_in_clear(app: &App, volunteer: VolunteerId) {
    let (vault, mut db, row) = (vault(), app.db(), volunteer.seq().0);
    let kept = "SELECT content_sealed, party_sealed, identity_index, mobile_index, salt, commitment FROM people \
                WHERE volunteer = ?";
    let SqlValues(values) = db.query(Sql::new(kept).int(row)).unwrap().remove(0);
    let [content, party, identity, mobile, salt, commitment] = values.try_into().unwrap();
    let bytes = |cell: SqlValue| Vec::<u8>::from_sql_value(cell).unwrap();
    let person: Person =
        serde_json::from_slice(&vault.open(person_content(volunteer), &bytes(content)).unwrap()).unwrap();
    let party: PartyHistory =
        serde_json::from_slice(&vault.open(party_history(volunteer), &bytes(party)).unwrap()).unwrap();
    let json = |value: Value| value.to_string().to_sql_value();
    let whole = serde_json::to_value(&person).unwrap();
    let cell = |column, plain: &str| {
        vault.seal(CellAddress { table: "people", column, row }, plain.as_bytes()).unwrap().to_sql_value()
    };
    let word = |name: &str| whole[name].as_str().map(str::to_owned).to_sql_value();
    let mut values = vec![
        row.to_sql_value(),
        word("name"),
        word("gender"),
        person.birth_date.to_sql_value(),
        whole["document"]["kind"].as_str().unwrap().to_owned().to_sql_value(),
        cell("document_sealed", person.document.number()),
        identity,
        cell("mobile_sealed", person.mobile.as_str()),
        mobile,
        word("residence"),
        json(whole["skills"].clone()),
        json(whole["service_categories"].clone()),
        json(whole["political_status"].clone()),
        json(whole["consent"].clone()),
        Some(&whole["guardian_consent"]).filter(|one| !one.is_null()).map(ToString::to_string).to_sql_value(),
        salt,
        commitment,
    ];
    values.push(vault.row_seal("people", &values).to_sql_value());
    insert(&mut db, "unsealed_people", values);
    let mut before = None;
    for said in serde_json::to_value(&party).unwrap().as_array().unwrap() {
        let entry: i64 = said["entry"].as_i64().unwrap();
        let first =
            [vec![row.to_sql_value(), entry.to_sql_value(), 0_i64.to_sql_value(), false.to_sql_value()]];
        let statuses = said["statuses"].as_array().unwrap().iter().map(|status| {
            let from: chrono::NaiveDate = status["effective_from"].as_str().unwrap().parse().unwrap();
            let is_member = status["party_member"].as_bool().unwrap();
            vec![row.to_sql_value(), entry.to_sql_value(), from.to_sql_value(), is_member.to_sql_value()]
        });
        let rows: Vec<Vec<SqlValue>> = first.into_iter().chain(statuses).collect();
        let count = i64::try_from(rows.len()).unwrap().to_sql_value();
        let bound =
            |row: &Vec<SqlValue>| [&row[..], &[count.clone(), SqlValue::Bytes(before.clone())]].concat();
        let seals: Vec<[u8; 32]> =
            rows.iter().map(|row| vault.row_seal("party_statuses", &bound(row))).collect();
        before = Some(seals[0].to_vec());
        for (mut row, seal) in rows.into_iter().zip(seals) {
            row.push(seal.to_sql_value());
            insert(&mut db, "unsealed_party_statuses", row);
        }
    }
    for table in ["people", "name_pairs"] {
        db.execute(Sql::new(format!("DELETE FROM {table} WHERE volunteer = ?")).int(row)).unwrap();
    }
}

/// What is kept of party membership, as a text.
fn party_of(app: &App, volunteer: VolunteerId) -> String {
    let kept = Sql::new("SELECT party_sealed FROM people WHERE volunteer = ?").int(volunteer.seq().0);
    let SqlValues(row) = app.db().query(kept).unwrap().remove(0);
    let cell = Vec::<u8>::from_sql_value(row.into_iter().next().unwrap()).unwrap();
    String::from_utf8(vault().open(party_history(volunteer), &cell).unwrap()).unwrap()
}

fn insert(db: &mut hourbook::store::Db, table: &str, values: Vec<SqlValue>) {
    let marks = vec!["?"; values.len()].join(", ");
    let sql = Sql::new(format!("INSERT INTO {table} VALUES ({marks})"));
    db.execute(values.into_iter().fold(sql, Sql::bind)).unwrap();
}

fn volunteers(town: &Town) -> Vec<VolunteerId> {
    let items = town.app.all_pages("/v1/volunteers", &town.admin, 50);
    items.iter().map(|item| item["id"].as_str().unwrap().parse().unwrap()).collect()
}

#[test]
fn what_a_former_program_kept_in_clear_is_sealed() {
    each_town("sealed-former", |town| {
        let registration = told(town);
        let told = id(&town.app.post("/v1/volunteers", &town.admin, registration.clone()).created());
        let left = json!({ "political_status": [{ "party_member": false, "effective_from": "2026-11-01" }] });
        let identity = merged(Town::identity_of(&registration), left);
        town.app.put(&format!("/v1/volunteers/{told}/identity"), &town.coordinator, "*", identity).ok();
        town.volunteer();
        let shown = || town.app.all_pages("/v1/volunteers", &town.admin, 50);
        let all = volunteers(town);
        let parties = || all.iter().map(|volunteer| party_of(town.app, *volunteer)).collect::<Vec<_>>();
        let (before, parties_before) = (shown(), parties());
        all.iter().for_each(|volunteer| keep_in_clear(town.app, *volunteer));
        let named = town.app.verify().named;
        assert!(named.iter().any(|named| named.contains("kept in clear")), "{named:?}");

        let sealed = seal_people(&mut town.app.db(), &vault()).unwrap();
        assert_eq!(sealed, SealedPeople { sealed: all.len() as u64, in_doubt: 0 });
        assert_eq!((shown(), unsealed(&mut town.app.db()).unwrap()), (before, 0));
        assert_eq!(parties(), parties_before, "what was said before is not forgotten");
        assert_eq!(search(town, "相如"), ["司马相如子"]);
        town.app.assert_verified();
        assert_eq!(seal_people(&mut town.app.db(), &vault()).unwrap(), SealedPeople::default());
        let marks = MARKS.map(str::to_owned);
        let mut places = everything_stored(town.app);
        places.retain(|(place, _)| place != "entries.event");
        assert_eq!(found(&marks, &places), [] as [String; 0]);
    });
}

#[test]
fn what_somebody_else_wrote_is_not_sealed() {
    each_town("sealed-doubt", |town| {
        town.app.post("/v1/volunteers", &town.admin, told(town)).created();
        let volunteer = volunteers(town)[0];
        for (change, back) in [
            ("UPDATE unsealed_people SET name = '别人'", "UPDATE unsealed_people SET name = '司马相如子'"),
            (
                "UPDATE unsealed_party_statuses SET party_member = 1 - party_member",
                "UPDATE unsealed_party_statuses SET party_member = 1 - party_member",
            ),
            ("UPDATE unsealed_party_statuses SET seal = NULL, effective_from = effective_from + 1", ""),
        ] {
            keep_in_clear(town.app, volunteer);
            let mut db = town.app.db();
            db.batch(change).unwrap();
            assert_eq!(
                seal_people(&mut db, &vault()).unwrap(),
                SealedPeople { sealed: 0, in_doubt: 1 },
                "{change}"
            );
            let shown = town.app.get(&format!("/v1/volunteers/{volunteer}"), &town.admin).ok();
            assert_eq!(shown["person"], Value::Null, "{change}");
            assert!(town.app.verify().differences > 0, "{change}");
            if !back.is_empty() {
                db.batch(back).unwrap();
                assert_eq!(seal_people(&mut db, &vault()).unwrap(), SealedPeople { sealed: 1, in_doubt: 0 });
                town.app.assert_verified();
            }
        }
        // It goes with the person.
        let closing = json!({ "reason": "离开本市" });
        let path = format!("/v1/volunteers/{volunteer}/close");
        let token = town.app.volunteer_token(&volunteer.to_string());
        town.app.call("POST", &path).token(&token).header("If-Match", "*").json(closing).send().ok();
        assert_eq!(unsealed(&mut town.app.db()).unwrap(), 0);
    });
}
