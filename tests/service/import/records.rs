//! Service records: both languages, by number and by document, credited or not, and what is refused.

use super::office::{Office, each_office};
use super::people::somebody;
use super::roster::register;
use chrono::Utc;
use encoding_rs::GB18030;
use hourbook::domain::Command;
use hourbook::domain::activity::Measure;
use hourbook::domain::amounts::Minutes;
use hourbook::domain::crediting_policy::{OnePersonMinutes, SetCreditingPolicy};
use hourbook::domain::evidence::Evidence;
use hourbook::domain::ids::{RecordId, VolunteerId};
use hourbook::domain::record::{RecordStatus, ServiceRecord};
use hourbook::domain::time::{LocalZone, Timestamp};
use hourbook::store::read::{Scope, records};
use serde_json::{Value, json};

const ENGLISH: &str = "volunteer,activity,started_at,ended_at,evidence,count,reason";

fn record(office: &Office, id: &str) -> ServiceRecord {
    let id: RecordId = id.parse().unwrap();
    records::get(&mut office.db(), Scope::All, id).unwrap().unwrap().record
}

#[test]
fn records_come_in_by_number_and_by_document_and_twice_changes_nothing() {
    each_office("records_twice", |office| {
        let (one, two) = (somebody(1), somebody(2));
        let (first, second) = (register(office, &one), register(office, &two));
        let activity = office.activity;
        let english = format!(
            "{ENGLISH}\n\
             {first},{activity},2025-11-03 08:00,2025-11-03 10:30,backfill,,签到表遗失\n\
             {},{activity},2025-11-03T08:00:00+08:00,2025-11-03T09:00:00.000Z,,,旧系统\n",
            // A spreadsheet drops leading zeros.
            second.trim_start_matches('0'),
        );
        let english = office.file("en.csv", english);
        let run = office.import_records(&english, "coordinator", &[]);
        assert_eq!((run.code, run.rows().1), (0, "2 rows: 2 created, 0 unchanged, 0 refused"), "{run:?}");
        let made = record(office, run.id_of_line(2));
        assert_eq!((made.claimed_minutes.0, made.evidence), (150, Evidence::Backfill));
        assert_eq!((made.status, made.submitted_by), (RecordStatus::Submitted, office.coordinator));
        let other = record(office, run.id_of_line(3));
        assert_eq!((other.claimed_minutes.0, other.evidence), (540, Evidence::Import));

        let head = office.head();
        let again = office.import_records(&english, "coordinator", &[]);
        assert_eq!((again.code, again.rows().1), (0, "2 rows: 0 created, 2 unchanged, 0 refused"));
        assert_eq!(again.id_of_line(2), run.id_of_line(2));
        assert_eq!(office.head(), head, "the second time changed something");

        // The same two services, and one more, as a Chinese spreadsheet writes them.
        let chinese = format!(
            "身份证号,证据,开始时间,结束时间,活动编号,原因\r\n\
             {},补录,2025/11/3 8:00,2025/11/3 10:30,{activity},签到表遗失\r\n\
             {},导入,2025年11月3日 8：00,2025年11月3日 17:00:00,{activity},旧系统\r\n\
             {},补录,2025/11/4 8:00,2025/11/4 9:00,{activity},签到表遗失\r\n",
            one.number, two.number, one.number,
        );
        let (bytes, _, _) = GB18030.encode(&chinese);
        let run = office.import_records(&office.file("zh.csv", bytes), "coordinator", &[]);
        assert_eq!((run.code, run.rows().1), (0, "3 rows: 1 created, 2 unchanged, 0 refused"), "{run:?}");
        assert!(run.of_line(4).starts_with("created "));
        office.assert_verified();
    });
}

#[test]
fn records_are_credited_in_the_same_step_as_far_as_one_person_may() {
    each_office("records_credited", |office| {
        let number = register(office, &somebody(1));
        let minutes = OnePersonMinutes::new(Minutes(120), Minutes(600)).unwrap();
        office.ask(Command::SetCreditingPolicy(SetCreditingPolicy {
            unit: office.school,
            one_person_minutes: Some(minutes),
            leader_hours: None,
            credits_seen: None,
        }));
        let (activity, donation) = (office.lately(Measure::Minutes), office.lately(Measure::Count));
        let zone = LocalZone::shanghai();
        let yesterday = zone.date_of(Timestamp::try_from(Utc::now()).unwrap()).pred_opt().unwrap();
        let text = format!(
            "{ENGLISH}\n\
             {number},{activity},{yesterday} 08:00,{yesterday} 10:00,leader,,\n\
             {number},{donation},{yesterday} 11:00,{yesterday} 11:30,leader,2,\n\
             {number},{activity},{yesterday} 12:00,{yesterday} 14:00,backfill,,签到表遗失\n\
             {number},{},2025-11-05 08:00,2025-11-05 10:00,import,,旧系统\n",
            office.activity,
        );
        let file = office.file("credit.csv", text);
        let run = office.import_records(&file, "coordinator", &["--credit"]);
        assert_eq!((run.code, run.rows().1), (1, "4 rows: 1 created, 0 unchanged, 3 refused"), "{run:?}");
        let made = record(office, run.id_of_line(2));
        assert_eq!((made.credited_minutes.0, made.status), (120, RecordStatus::Credited));
        assert!(made.credited_alone);
        // What has no minutes, and what is late, one person never answers for.
        assert!(run.of_line(3).starts_with("refused second_person_needed: "), "{run:?}");
        assert!(run.of_line(4).starts_with("refused approval_of_own_backfill: "), "{run:?}");
        assert!(run.of_line(5).starts_with("refused second_person_needed: "), "{run:?}");

        // Without crediting they are taken, for somebody else to approve; the first is there, credited.
        let run = office.import_records(&file, "coordinator", &[]);
        assert_eq!(run.rows().1, "4 rows: 3 created, 1 unchanged, 0 refused", "{run:?}");
        assert_eq!(run.of_line(2), format!("unchanged {}: imported before, and credited", made.id));
        assert_eq!(record(office, run.id_of_line(4)).status, RecordStatus::Submitted);
        office.assert_verified();
    });
}

#[test]
fn each_refused_record_is_named_with_its_line() {
    each_office("records_refused", |office| {
        let (one, stranger) = (somebody(1), somebody(2));
        let number = register(office, &one);
        let other: VolunteerId = VolunteerId::new(office.head().last_seq.next());
        assert_eq!(register(office, &somebody(3)), format!("{:012}", other.seq().0));
        let activity = office.activity;
        let day = "2025-11-03 08:00,2025-11-03 10:00";
        let text = format!(
            "volunteer,document_number,activity,started_at,ended_at,evidence,count,reason\n\
             {number},,{activity},{day},,,旧系统\n\
             ,{},{activity},{day},,,\n\
             ,,{activity},{day},,,\n\
             999999999999,,{activity},{day},,,\n\
             {},{},{activity},{day},,,\n\
             {number},,{},{day},,,\n\
             {number},,{activity},2025-11-03,2025-11-03 10:00,,,\n\
             {number},,{activity},2025-11-03 09:00,2025-11-03 11:00,,,\n\
             {number},,{activity},2025-11-05 08:00,2025-11-05 10:00,补录,,\n\
             {number},,{activity},2025-11-06 08:00,2025-11-06 10:00,,3,\n\
             {number},,{activity},2025-11-07 08:00,2025-11-07 10:00,hearsay,,\n",
            stranger.number,
            other.seq().0,
            one.number,
            office.school,
        );
        let run = office.import_records(&office.file("mixed.csv", text), "coordinator", &[]);
        assert_eq!((run.code, run.rows().1), (1, "11 rows: 1 created, 0 unchanged, 10 refused"), "{run:?}");
        let nobody =
            format!("document_number “{}”: nobody is registered with this document", stranger.number);
        let other_number = other.seq().0.to_string();
        let not_the_documents =
            format!("volunteer “{other_number}”: is not who is registered with the document");
        let refusals = [
            (3, format!("volunteer_not_found: {nobody}")),
            (4, "missing_field: volunteer or document_number: one is needed".to_owned()),
            (5, "volunteer_not_found: there is no such volunteer".to_owned()),
            (6, format!("invalid_field: {not_the_documents}")),
            (7, format!("invalid_field: activity “{}”: not the id of an activity", office.school)),
            (
                8,
                "invalid_field: started_at “2025-11-03”: expected a time such as 2026-11-22 08:00, or RFC 3339"
                    .to_owned(),
            ),
            (10, "reason_missing: what is entered late needs a reason, as a back-fill does".to_owned()),
            (11, "count_unexpected: this activity counts minutes, not occasions".to_owned()),
        ];
        for (line, words) in refusals {
            assert_eq!(run.of_line(line), format!("refused {words}"));
        }
        let overlaps = format!(
            "refused record_overlaps: the person was serving elsewhere: record {}",
            run.id_of_line(2)
        );
        assert_eq!(run.of_line(9), overlaps);
        assert!(
            run.of_line(12).starts_with("refused invalid_field: evidence “hearsay”: expected scan (扫码)"),
            "{run:?}"
        );
        assert!(!run.out.contains(&one.number), "somebody is shown");
    });
}

/// Trick B17: who has the folder imports in any operator's name.
#[test]
fn what_comes_by_the_command_line_bears_the_account_of_the_machine() {
    each_office("records_origin", |office| {
        let number = register(office, &somebody(1));
        let before = office.head().last_seq.0;
        let row =
            format!("{ENGLISH}\n{number},{},2025-11-03 08:00,2025-11-03 10:30,,,漏登\n", office.activity);
        let run = office.import_records(&office.file("one.csv", row), "coordinator", &[]);
        assert_eq!(run.code, 0, "{run:?}");

        let journal = office.run(&["export", "journal"]).out;
        let entries: Vec<Value> = journal.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let (asked, imported) = entries.split_at(usize::try_from(before).unwrap());
        let account = std::process::Command::new("id").arg("-un").output().unwrap().stdout;
        let account = String::from_utf8(account).unwrap();
        let origin = json!({ "channel": "command_line", "user": account.trim() });
        assert!(
            !imported.is_empty() && imported.iter().all(|entry| entry["origin"] == origin),
            "{imported:#?}"
        );
        let by_writer = asked.iter().filter(|entry| entry["event"]["kind"] == "unit_created");
        assert!(
            by_writer.clone().count() > 0 && by_writer.clone().all(|entry| entry.get("origin").is_none())
        );
        office.assert_verified();
    });
}
