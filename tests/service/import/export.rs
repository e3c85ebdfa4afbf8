//! What is exported is what the ledger holds.

use super::office::{Office, Run, each_office};
use super::people::somebody;
use super::roster::register;
use hourbook::journal::{TreeHash, to_canonical_json};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// An office whose volunteers have served.
fn with_service(office: &Office) -> Run {
    let (one, two) = (register(office, &somebody(1)), register(office, &somebody(2)));
    let (activity, donation) = (office.activity, office.donation);
    let text = format!(
        "volunteer,activity,started_at,ended_at,evidence,count,reason\n\
         {one},{activity},2025-11-03 08:00,2025-11-03 10:00,backfill,,旧系统\n\
         {two},{activity},2025-11-04 08:00,2025-11-04 09:00,import,,旧系统\n\
         {two},{donation},2025-11-05 08:00,2025-11-05 09:00,backfill,1,旧系统\n"
    );
    let run = office.import_records(&office.file("served.csv", text), "coordinator", &[]);
    assert_eq!(run.code, 0, "{run:?}");
    (2..=4).for_each(|line| office.credit(run.id_of_line(line)));
    run
}

fn export(office: &Office, arguments: &[&str]) -> String {
    let run = office.run(&[&["export"], arguments].concat());
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
    run.out
}

/// A table by which spreadsheet programs see that it is UTF-8.
fn export_table(office: &Office, arguments: &[&str]) -> String {
    let table = export(office, arguments);
    table.strip_prefix('\u{feff}').unwrap_or_else(|| panic!("no byte order mark: {table}")).to_owned()
}

#[test]
fn the_exported_journal_is_the_chain_itself() {
    each_office("export_journal", |office| {
        with_service(office);
        let lines: Vec<Value> =
            export(office, &["journal"]).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.last().unwrap()["seq"], json!(office.head().last_seq));

        // Somebody who has the file recomputes every hash without this program's database.
        let mut previous = "0".repeat(64);
        for (seq, line) in (1..).zip(&lines) {
            assert_eq!(line["seq"], json!(seq));
            assert_eq!(line["kind"], line["event"]["kind"]);
            let mut body = json!({"format": 2, "previous": previous});
            for member in
                ["nonce", "seq", "recorded_at", "actor", "effective_date", "reverses", "event", "postings"]
            {
                body[member] = line[member].clone();
            }
            if let Some(origin) = line.get("origin") {
                body["origin"] = origin.clone();
            }
            let leaf = Sha256::new().chain_update([0]).chain_update(to_canonical_json(&body).unwrap());
            previous = TreeHash(leaf.finalize().into()).to_string();
            assert_eq!(line["hash"], json!(previous), "entry {seq}");
        }

        let from = lines.len() - 1;
        let last = export(office, &["journal", "--from-seq", &from.to_string()]);
        assert_eq!(last.lines().count(), 2);
        let beyond = (lines.len() + 1).to_string();
        assert_eq!(export(office, &["journal", "--from-seq", &beyond]), "");
    });
}

#[test]
fn exported_postings_balance() {
    each_office("export_postings", |office| {
        with_service(office);
        let path = office.path("postings.csv");
        let to = path.to_str().unwrap();
        assert_eq!(export(office, &["journal", "--format", "csv", "--to", to]), "");
        let mut sheet = csv::Reader::from_path(&path).unwrap();
        let mut sums: BTreeMap<(String, String), i64> = BTreeMap::new();
        let mut accounts = BTreeMap::new();
        for row in sheet.deserialize::<BTreeMap<String, String>>() {
            let row = row.unwrap();
            let amount: i64 = row["amount"].parse().unwrap();
            *sums.entry((row["seq"].clone(), row["asset"].clone())).or_default() += amount;
            *accounts.entry(row["account"].clone()).or_insert(0) += amount;
        }
        assert_eq!(sums.len(), 2);
        assert!(sums.values().all(|sum| *sum == 0), "{sums:?}");
        assert_eq!(accounts, BTreeMap::from([("served".to_owned(), -180), ("credited".to_owned(), 180)]));

        let again = office.run(&["export", "journal", "--format", "csv", "--to", to]);
        assert_eq!(again.code, 2, "an export was overwritten");
    });
}

#[test]
fn exported_totals_are_the_ledgers() {
    each_office("export_totals", |office| {
        let before = office.head().last_seq.0.to_string();
        with_service(office);
        assert_eq!(
            export_table(office, &["totals", "--group-by", "month,grade", "--count-volunteers"]),
            "month,grade,credited_minutes,occasions,records,self_declared,claimed,volunteers\r\n\
             2025-11,backfill,120,1,2,0,0,2\r\n2025-11,import,60,0,1,0,0,1\r\n"
        );
        let chinese = ["totals", "--group-by", "month,grade", "--language", "zh", "--no-byte-order-mark"];
        let headings = export(office, &chinese).lines().next().unwrap().to_owned();
        assert_eq!(headings, "月份,记录方式,入账时长（分钟）,计次,记录数,自报签到,自报");
        let by_unit = export_table(office, &["totals", "--group-by", "unit", "--unit", "bureau"]);
        let school = office.school;
        assert_eq!(
            by_unit,
            format!(
                "unit,unit_code,unit_name,credited_minutes,occasions,records,self_declared,claimed\r\n\
                 {school},SCHOOL-1,平顶山市教育体育局,180,1,3,0,0\r\n"
            )
        );
        let day = ["totals", "--from", "2025-11-04", "--to-date", "2025-11-04"];
        assert_eq!(export(office, &day).lines().last(), Some("60,0,1,0,0"));
        let id = school.to_string();
        let by_activity = ["totals", "--group-by", "programme,activity", "--unit", &id, "--format", "json"];
        let totals: Value = serde_json::from_str(&export(office, &by_activity)).unwrap();
        assert_eq!(totals["as_of"], json!(office.head().last_seq));
        let activity = office.activity.to_string();
        let found =
            totals["items"].as_array().unwrap().iter().find(|item| item["activity"] == json!(activity));
        let found = found.unwrap();
        assert_eq!(
            (&found["activity_name"], &found["credited_minutes"]),
            (&json!("我爱白龟湖"), &json!(180))
        );
        assert_eq!(found["programme_name"], "共爱同行");

        for as_of in [before.as_str(), "2025-12-01T09:00:00+08:00"] {
            assert_eq!(
                export(office, &["totals", "--as-of", as_of]).lines().last(),
                Some("0,0,0,0,0"),
                "{as_of}"
            );
        }
        for wrong in [["--as-of", "999999"], ["--unit", "NOWHERE"], ["--from", "2025-13-01"]] {
            assert_eq!(office.run(&[&["export", "totals"], &wrong[..]].concat()).code, 2, "{wrong:?}");
        }
    });
}

#[test]
fn exported_points_are_in_the_books() {
    use crate::support::commands::{create_policy, interval, submission};
    use hourbook::domain::Command;
    use hourbook::domain::record::SubmitRecord;
    use hourbook::store::read::volunteers;
    each_office("export_points", |office| {
        office.ask(create_policy());
        let number = register(office, &somebody(1));
        let volunteer = volunteers::id_of_number(&number).unwrap();
        let morning = interval("2025-11-03T08:00:00+08:00", "2025-11-03T10:30:00+08:00");
        let seen = SubmitRecord { credit: true, ..submission(office.activity, volunteer, morning) };
        office.ask(Command::SubmitRecord(seen));
        let school = office.school;
        assert_eq!(
            export_table(office, &["points", "--unit", "SCHOOL-1"]),
            format!(
                "unit,unit_code,unit_name,issued,available,held,redeemed,expired,debt,transferred_out\r\n\
                 {school},SCHOOL-1,平顶山市教育体育局,2.50,2.50,0.00,0.00,0.00,0.00,0.00\r\n"
            )
        );
        assert_eq!(export(office, &["points", "--unit", "SCHOOL-2"]).lines().count(), 1);
    });
}
