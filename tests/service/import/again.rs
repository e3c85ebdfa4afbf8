//! A file brought in again: a row is known by what it says, not by who brings it, and what became of it is told. And the
//! report, which is the file again, to be mended.

use super::office::{Office, each_office};
use super::people::{Somebody, child, somebody};
use super::roster::{ENGLISH, register};
use chrono::Utc;
use hourbook::domain::Command;
use hourbook::domain::actor::Actor;
use hourbook::domain::amounts::{Minutes, Points};
use hourbook::domain::commitment::Committed;
use hourbook::domain::crediting_policy::{OnePersonMinutes, SetCreditingPolicy};
use hourbook::domain::ids::{RecordId, Seq, VolunteerId};
use hourbook::domain::record::{RejectRecord, VoidRecord, WithdrawRecord};
use hourbook::domain::text::Note;
use hourbook::domain::volunteer::CloseVolunteer;
use hourbook::journal::commit;

const RECORDS: &str = "volunteer,activity,started_at,ended_at,reason";

fn reason() -> Committed<Note> {
    commit("重复".parse::<Note>().unwrap(), [5; 16]).unwrap()
}

fn reject(office: &Office, record: &str) {
    let record: RecordId = record.parse().unwrap();
    office.ask(Command::RejectRecord(RejectRecord { record, reason: reason() }));
}

fn void(office: &Office, record: &str) {
    let record: RecordId = record.parse().unwrap();
    office.ask(Command::VoidRecord(VoidRecord { record, reason: reason() }));
}

/// Four services of one volunteer, a day each.
fn services(office: &Office, number: &str) -> String {
    let activity = office.activity;
    let row =
        |day: u32| format!("{number},{activity},2025-11-{day:02} 08:00,2025-11-{day:02} 10:00,旧系统\n");
    format!("{RECORDS}\n{}", (3..=6).map(row).collect::<String>())
}

#[test]
fn what_became_of_a_record_is_told_and_it_is_not_made_anew() {
    each_office("again_records", |office| {
        let number = register(office, &somebody(1));
        let file = office.file("records.csv", services(office, &number));
        let first = office.import_records(&file, "coordinator", &[]);
        assert_eq!(first.rows().1, "4 rows: 4 created, 0 unchanged, 0 refused", "{first:?}");
        let ids = [2, 3, 4, 5].map(|line| first.id_of_line(line).to_owned());
        office.credit(&ids[1]);
        office.credit(&ids[2]);
        void(office, &ids[2]);
        reject(office, &ids[3]);
        let entries = office.count("entries");
        for operator in ["coordinator", "admin"] {
            let again = office.import_records(&file, operator, &[]);
            assert_eq!(
                (again.code, again.rows().1),
                (0, "4 rows: 0 created, 2 unchanged, 0 refused, 2 ended before"),
                "{again:?}"
            );
            assert_eq!(again.of_line(2), format!("unchanged {}: imported before", ids[0]));
            assert_eq!(again.of_line(3), format!("unchanged {}: imported before, and credited", ids[1]));
            let ended = [
                format!("ended {}: was imported before, credited, and voided on", ids[2]),
                format!("ended {}: was imported before, and rejected on", ids[3]),
            ];
            for (line, words) in [4, 5].into_iter().zip(ended) {
                let said = again.of_line(line);
                assert!(said.starts_with(&words) && said.ends_with(": 重复"), "{again:?}");
            }
        }
        assert_eq!(office.count("entries"), entries, "something was entered");

        // What says something else is another record: here the reason, for what was refused.
        let otherwise = services(office, &number).replace("旧系统", "签到表为证");
        let run = office.import_records(&office.file("other.csv", otherwise), "coordinator", &[]);
        assert_eq!(run.rows().1, "4 rows: 2 created, 2 unchanged, 0 refused", "{run:?}");
        // In the language of the headings.
        let chinese = services(office, &number)
            .replace(RECORDS, "志愿者编号,活动编号,开始时间,结束时间,原因")
            .lines()
            .take(3)
            .collect::<Vec<_>>()
            .join("\n");
        let report = office.path("report.csv");
        let file = office.file("chinese.csv", chinese);
        let run = office.import_records(&file, "admin", &["--report", report.to_str().unwrap()]);
        assert!(run.of_line(3).ends_with("imported before, and credited"), "{run:?}");
        let report = std::fs::read_to_string(report).unwrap();
        assert!(
            report.lines().nth(2).unwrap().ends_with(&format!("未变动 {}：原已导入并入账", ids[1])),
            "{report}"
        );
        office.assert_verified();
    });
}

#[test]
fn what_was_withdrawn_is_not_made_anew_either() {
    each_office("again_withdrawn", |office| {
        let number = register(office, &somebody(1));
        let file = office.file("records.csv", services(office, &number));
        let first = office.import_records(&file, "coordinator", &[]);
        let record: RecordId = first.id_of_line(2).parse().unwrap();
        office.ask_as(office.coordinator, Command::WithdrawRecord(WithdrawRecord { record }));
        for (operator, options) in [("coordinator", &[][..]), ("admin", &[]), ("admin", &["--credit"])] {
            let again = office.import_records(&file, operator, options);
            let said = again.of_line(2);
            assert!(
                said.starts_with(&format!("ended {record}: was imported before, and withdrawn")),
                "{again:?}"
            );
        }
        office.assert_verified();
    });
}

#[test]
fn crediting_that_was_forgotten_credits_what_stands_as_far_as_one_person_may() {
    each_office("again_credit", |office| {
        let number = register(office, &somebody(1));
        let file = office.file("records.csv", services(office, &number));
        let first = office.import_records(&file, "coordinator", &[]);
        let ids = [2, 3, 4, 5].map(|line| first.id_of_line(line).to_owned());
        reject(office, &ids[3]);
        // Who entered it does not credit it: nor does a second account of the same file.
        let own = office.import_records(&file, "coordinator", &["--credit"]);
        assert_eq!(own.rows().1, "4 rows: 0 created, 0 unchanged, 3 refused, 1 ended before", "{own:?}");
        for line in [2, 3, 4] {
            assert!(own.of_line(line).starts_with("refused second_person_needed: "), "{own:?}");
        }
        let two =
            format!("{}{}\n", services(office, &number), services(office, &number).lines().nth(1).unwrap());
        let other = office.import_records(&office.file("two.csv", two), "admin", &["--credit"]);
        assert_eq!(
            (other.code, other.rows().1),
            (0, "5 rows: 0 created, 1 unchanged, 0 refused, 3 credited, 1 ended before"),
            "{other:?}"
        );
        assert_eq!(other.of_line(2), format!("credited {}", ids[0]));
        assert_eq!(
            other.of_line(6),
            format!("unchanged {}: imported before, and credited", ids[0]),
            "twice in a file"
        );
        let again = office.import_records(&file, "admin", &["--credit"]);
        assert_eq!(again.rows().1, "4 rows: 0 created, 3 unchanged, 0 refused, 1 ended before", "{again:?}");
        office.assert_verified();
    });
}

#[test]
fn who_was_closed_is_not_registered_again_by_a_row_of_before() {
    each_office("again_closed", |office| {
        let one = somebody(1);
        let number = register(office, &one);
        let row = |consent: &str| {
            let Somebody { name, birth_date, number, mobile } = &one;
            let row = format!("{name},female,{birth_date},{number},{mobile},school-1,{consent},2025-1");
            office.file("row.csv", format!("{ENGLISH}\n{row}\n"))
        };
        let volunteer = VolunteerId::new(Seq(number.parse().unwrap()));
        let close = CloseVolunteer {
            volunteer,
            expected: None,
            reason: None,
            forfeits_points: Points(0),
            abandons_records: 0,
        };
        office.ask_as(Actor::Volunteer(volunteer), Command::CloseVolunteer(close));
        let head = office.head();
        for operator in ["admin", "coordinator"] {
            let run = office.import_roster(&row("2025-10-01 08:00"), operator, &[]);
            assert_eq!(
                (run.code, run.rows().1),
                (0, "1 rows: 0 created, 0 unchanged, 0 refused, 1 ended before"),
                "{run:?}"
            );
            let words = format!("ended {number}: the registration was closed on ");
            assert!(run.of_line(2).starts_with(&words), "{run:?}");
        }
        assert_eq!(office.head(), head, "somebody was registered again");
        // A consent of afterwards is a new will: the same number is opened again.
        let run = office.import_roster(&row(&Utc::now().to_rfc3339()), "coordinator", &[]);
        assert_eq!(run.of_line(2), format!("created {number}"), "{run:?}");
        office.assert_verified();
    });
}

#[test]
fn somebody_alike_is_asked_about_and_the_roster_answers() {
    each_office("again_alike", |office| {
        let one = somebody(1);
        let number = register(office, &one);
        let header = "姓名,性别,出生日期,身份证号,手机号,单位代码,同意时间,同意书版本,确系另一人,原因";
        let alike = Somebody { number: somebody(2).number, ..one.clone() };
        let import = |answer: &str| {
            let Somebody { name, birth_date, number, mobile } = &alike;
            let row = format!("{name},女,{birth_date},{number},{mobile},SCHOOL-1,2025/10/1,2025-1,{answer}");
            office.import_roster(&office.file("alike.csv", format!("{header}\n{row}\n")), "coordinator", &[])
        };
        for unanswered in [",", "否,", ",同名"] {
            let run = import(unanswered);
            let said = run.of_line(2);
            assert!(said.starts_with("refused person_may_be_registered: 已有姓名"), "{run:?}");
            assert!(said.contains(&number) && said.contains("确系另一人"), "{run:?}");
        }
        assert!(import("是,").of_line(2).contains("missing_field: 原因：必填"));
        let run = import("是,同名同日生，手机为家长共用");
        assert!(run.of_line(2).starts_with("created "), "{run:?}");
        assert_eq!(import("是,同名同日生，手机为家长共用").id_of_line(2), run.id_of_line(2));
        assert_eq!(office.count("people"), 2);
        office.assert_verified();
    });
}

#[test]
fn a_row_tells_all_its_faults_and_the_report_is_the_file_to_be_mended() {
    each_office("again_mended", |office| {
        let (good, child) = (somebody(1), child(2));
        let row = |one: &Somebody, gender: &str, mobile: &str, unit: &str| {
            let Somebody { name, birth_date, number, .. } = one;
            format!("{name},{gender},{birth_date},{number},{mobile},{unit},2025/10/1,2025-1,甲班\n")
        };
        let text = format!(
            "某校花名册\n姓名,性别,出生日期,身份证号,手机号,单位代码,同意时间,同意书版本,班级\n{}{}{}",
            row(&good, "女", &good.mobile, "SCHOOL-1"),
            row(&somebody(3), "不详", "1390000", "NOWHERE"),
            row(&child, "女", &child.mobile, "NOWHERE"),
        );
        let report = office.path("report.csv");
        let options = ["--report", report.to_str().unwrap()];
        let run = office.import_roster(&office.file("roster.csv", text), "coordinator", &options);
        assert_eq!((run.code, run.rows().1), (1, "3 rows: 1 created, 0 unchanged, 2 refused"), "{run:?}");
        let faults = [
            "invalid_field: 性别“不详”：应为男或女",
            "invalid_field: 手机号“1390000”：应为以 1 开头的 11 位数字，或 + 和国家代码",
            "unit_not_found: 单位代码“NOWHERE”：没有这个代码或名称的单位",
        ];
        assert_eq!(run.of_line(4), format!("refused {}", faults.join("; ")));
        let minor = "unit_not_found: 单位代码“NOWHERE”：没有这个代码或名称的单位; guardian_consent_missing: 未满 18 周岁须有监护人同意";
        assert_eq!(run.of_line(5), format!("refused {minor}"));
        assert_eq!(run.err, "ignored: line 1 above the header, column 9 (班级)\n");

        let told = std::fs::read_to_string(&report).unwrap();
        let lines: Vec<&str> = told.lines().collect();
        assert!(lines[0].starts_with("\u{feff}某校花名册,"), "{told}");
        assert!(lines[1].ends_with(",班级,导入结果"), "{told}");
        assert!(lines[2].ends_with(&format!(",甲班,已导入 {}", run.id_of_line(3))), "{told}");
        assert!(
            lines[3].starts_with("张三,不详,")
                && lines[3].contains("性别“不详”：应为男或女（invalid_field）；手机号"),
            "{told}"
        );

        let mended = told
            .replace("张三,不详", "张三,女")
            .replacen(",1390000,", ",13900000003,", 1)
            .replace("NOWHERE,2025", "SCHOOL-1,2025");
        let second = office.path("second.csv");
        let options = ["--report", second.to_str().unwrap()];
        let run = office.import_roster(&office.file("mended.csv", mended), "coordinator", &options);
        assert_eq!(run.rows().1, "3 rows: 1 created, 1 unchanged, 1 refused", "{run:?}");
        assert_eq!(
            run.err, "ignored: line 1 above the header, column 9 (班级)\n",
            "the report's own column is known"
        );
        let told = std::fs::read_to_string(&second).unwrap();
        assert_eq!(told.matches("导入结果").count(), 1, "{told}");
        assert!(told.lines().nth(2).unwrap().ends_with("原已导入") && !told.contains("“1390000”"), "{told}");
    });
}

#[test]
fn an_activity_is_named_by_its_id_or_by_name_and_day() {
    each_office("again_activities", |office| {
        let number = register(office, &somebody(1));
        // The office has two of one name in November, and one in the last days.
        let lately = office.lately(hourbook::domain::activity::Measure::Minutes);
        let yesterday = (Utc::now() + chrono::Duration::hours(8)).date_naive().pred_opt().unwrap();
        let header = "志愿者编号,活动名称,服务日期,开始时间,结束时间,原因";
        let text = format!(
            "{header}\n{number},我爱 白龟湖,{yesterday},8:00,上午10:00,\n\
             {number},我爱白龟湖,,{yesterday} 10:00,{yesterday} 11:00,\n\
             {number},我爱白龟湖,2025/11/3,8:00,10:00,旧系统\n\
             {number},春风行动,{yesterday},8:00,10:00,\n\
             {number},,{yesterday},8:00,10:00,\n\
             {number},我爱白龟湖,,8:00,10:00,\n"
        );
        let run = office.import_records(&office.file("named.csv", text), "coordinator", &[]);
        assert_eq!(run.rows().1, "6 rows: 2 created, 0 unchanged, 4 refused", "{run:?}");
        let id: RecordId = run.id_of_line(2).parse().unwrap();
        let record =
            hourbook::store::read::records::get(&mut office.db(), hourbook::store::read::Scope::All, id);
        assert_eq!(record.unwrap().unwrap().record.activity, lately);
        let several = run.of_line(4);
        assert!(
            several.contains("当日有几个同名活动") && several.contains(&office.activity.to_string()),
            "{run:?}"
        );
        assert!(run.of_line(5).starts_with("refused activity_not_found: 活动名称“春风行动”："), "{run:?}");
        assert!(run.of_line(6).contains("活动编号或活动名称：须填一项"), "{run:?}");
        assert!(run.of_line(7).contains("开始时间“8:00”：应为日期和时刻"), "{run:?}");
    });
}

/// Two persons: what the unit's policy lets one person do, an import with `--credit` does, too.
#[test]
fn one_person_credits_later_what_the_policy_lets_them() {
    each_office("again_alone", |office| {
        let number = register(office, &somebody(1));
        let minutes = OnePersonMinutes::new(Minutes(120), Minutes(600)).unwrap();
        office.ask(Command::SetCreditingPolicy(SetCreditingPolicy {
            unit: office.school,
            one_person_minutes: Some(minutes),
            leader_hours: None,
            credits_seen: None,
        }));
        let activity = office.lately(hourbook::domain::activity::Measure::Minutes);
        let yesterday = (Utc::now() + chrono::Duration::hours(8)).date_naive().pred_opt().unwrap();
        let row =
            |start: &str, end: &str| format!("{number},{activity},{yesterday} {start},{yesterday} {end},\n");
        let text = format!("{RECORDS}\n{}{}", row("08:00", "10:00"), row("10:00", "13:00"));
        let file = office.file("alone.csv", text);
        let first = office.import_records(&file, "coordinator", &[]);
        assert_eq!(first.code, 0, "{first:?}");
        let run = office.import_records(&file, "coordinator", &["--credit"]);
        assert_eq!(run.of_line(2), format!("credited {}", first.id_of_line(2)), "{run:?}");
        assert!(run.of_line(3).starts_with("refused second_person_needed: "), "{run:?}");
        office.assert_verified();
    });
}
