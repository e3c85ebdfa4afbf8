//! Every file of `tests/cases`, and what its README says that must come of it; beside each, others of its kind.

use super::office::{Office, Run, each_office};
use super::people::{Somebody, rounded_number, somebody};
use super::roster::{ENGLISH, gb18030, register};
use hourbook::domain::ids::{RecordId, Seq, VolunteerId};
use hourbook::store::read::{Scope, records, volunteers};
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

/// A file of the folder, a year earlier than it says: the program goes by the real clock.
fn bytes_of(name: &str) -> Vec<u8> {
    let mut bytes = fs::read(folder().join(name)).unwrap();
    for at in 0..bytes.len().saturating_sub(4) {
        if &bytes[at..at + 4] == b"2026" {
            bytes[at + 3] = b'5';
        }
    }
    bytes
}

/// Brings a roster of the folder in.
fn bring_in(office: &Office, name: &str) -> Run {
    office.import_roster(&office.file(name, bytes_of(name)), "coordinator", &[])
}

/// The name under which the person of a line is registered.
fn name_of_line(office: &Office, run: &Run, line: u64) -> String {
    let id = VolunteerId::new(Seq(run.id_of_line(line).parse().unwrap()));
    let vault = crate::support::writer::vault();
    let found = volunteers::get(&mut office.db(), &vault, Scope::All, id).unwrap().unwrap();
    found.person.unwrap().name.to_string()
}

#[track_caller]
fn assert_created(run: &Run, rows: u32) {
    let summary = format!("{rows} rows: {rows} created, 0 unchanged, 0 refused");
    assert_eq!((run.code, run.rows().1), (0, summary.as_str()), "{run:?}");
}

const CASES: [&str; 16] = [
    "columns_trailing.csv",
    "dates.csv",
    "digits_full_width.csv",
    "formulas.csv",
    "gb18030_rare.csv",
    "gbk.csv",
    "gbk_like_utf8.csv",
    "gbk_row_in_utf8.csv",
    "headings_office.csv",
    "headings_starred.csv",
    "identity_rounded.csv",
    "names_invisible.csv",
    "names_spaced.csv",
    "names_without_glyph.csv",
    "record_times.csv",
    "title_row.csv",
];

#[test]
fn every_file_of_the_folder_is_tried() {
    let there: BTreeSet<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "csv"))
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(there, CASES.map(str::to_owned).into());
    let source = include_str!("cases.rs");
    for name in CASES {
        assert!(source.matches(&format!("\"{name}\"")).count() > 1, "{name} is tried by no test");
    }
}

#[test]
fn headings_are_taken_as_offices_write_them_and_what_is_ignored_is_named_once() {
    each_office("cases_headings", |office| {
        for (name, people, ignored) in [
            ("columns_trailing.csv", 2, "ignored: column 9 without a heading, column 10 without a heading\n"),
            ("headings_office.csv", 1, "ignored: column 1 (序号)\n"),
            ("headings_starred.csv", 1, ""),
            ("title_row.csv", 1, "ignored: line 1 above the header\n"),
        ] {
            let run = bring_in(office, name);
            assert_created(&run, people);
            assert_eq!(run.err, ignored, "{name}");
        }
        let Somebody { name, birth_date, number, mobile } = somebody(1);
        let row =
            format!("1,{name},女,{birth_date},{number},{mobile},平顶山市教育体育局,2025/1/1,2025-1,无,");
        let text = format!(
            "花名册\n填表人：李老师,,\n序号,志愿者姓名（必填）,性别,出生年月日,身份证号码（18位）,手机号码,所属单位,同意日期,\
             同意书版本,备注,\n{row}\n"
        );
        let several = office.import_roster(&office.file("o.csv", &text), "coordinator", &[]);
        assert!(several.of_line(4).contains("所属单位“平顶山市教育体育局”："), "{several:?}");
        let run = office.import_roster(
            &office.file("o.csv", text.replace(",平顶山市教育体育局,", ",school-1,")),
            "coordinator",
            &[],
        );
        assert_created(&run, 1);
        let ignored = "ignored: line 1 above the header, line 2 above the header, column 1 (序号), column 10 (备注), \
                       column 11 without a heading\n";
        assert_eq!(run.err, ignored);
    });
}

#[test]
fn days_are_taken_where_they_have_one_reading() {
    each_office("cases_dates", |office| {
        let run = bring_in(office, "dates.csv");
        assert_eq!((run.code, run.rows().1), (1, "12 rows: 9 created, 0 unchanged, 3 refused"), "{run:?}");
        for line in 2..=10 {
            let id = VolunteerId::new(Seq(run.id_of_line(line).parse().unwrap()));
            let vault = crate::support::writer::vault();
            let found = volunteers::get(&mut office.db(), &vault, Scope::All, id).unwrap().unwrap();
            assert_eq!(found.person.unwrap().birth_date.to_string(), "1997-01-02", "line {line}");
        }
        assert!(run.of_line(11).contains("出生日期“35432”：是表格软件内部的日期"), "{run:?}");
        for line in [12, 13] {
            assert!(run.of_line(line).contains("有两种读法"), "{run:?}");
        }
    });
}

#[test]
fn digits_are_taken_in_any_width() {
    each_office("cases_digits", |office| {
        assert_created(&bring_in(office, "digits_full_width.csv"), 3);
        let Somebody { name, birth_date, number, mobile } = somebody(2);
        let row = format!("{name},female,{birth_date},{number},{mobile}.0,ＳＣＨＯＯＬ－1,2025-01-01,2025-1");
        let file = office.file("plain.csv", format!("{ENGLISH}\n{row}\n"));
        assert_created(&office.import_roster(&file, "coordinator", &[]), 1);
    });
}

#[test]
fn an_identity_number_that_a_spreadsheet_rounded_is_asked_about() {
    each_office("cases_rounded", |office| {
        let run = bring_in(office, "identity_rounded.csv");
        assert_eq!((run.code, run.rows().1), (1, "3 rows: 0 created, 0 unchanged, 3 refused"), "{run:?}");
        for line in [2, 4] {
            assert!(run.of_line(line).contains("document_may_be_rounded: 身份证号“9900001"), "{run:?}");
        }
        assert!(run.of_line(3).contains("身份证号“9.9E+17”：表格软件已把该号码舍入"), "{run:?}");

        let Somebody { name, birth_date, number, mobile } = rounded_number();
        let row = |checked: &str| {
            let row =
                format!("{name},female,{birth_date},{number},{mobile},school-1,2025-01-01,2025-1,{checked}");
            office.file("checked.csv", format!("{ENGLISH},document_checked\n{row}\n"))
        };
        for unasked in ["", "no"] {
            let run = office.import_roster(&row(unasked), "coordinator", &[]);
            assert!(run.of_line(2).starts_with("refused document_may_be_rounded: "), "{run:?}");
        }
        let run = office.import_roster(&row("yes"), "coordinator", &[]);
        assert_created(&run, 1);
        let records = format!(
            "身份证号,证件已核对,活动编号,开始时间,结束时间,原因\n{number},,{activity},2025/11/3 8:00,2025/11/3 9:00,旧系统\n\
             {number},是,{activity},2025/11/3 8:00,2025/11/3 9:00,旧系统\n",
            activity = office.activity
        );
        let run = office.import_records(&office.file("records.csv", records), "coordinator", &[]);
        assert!(run.of_line(2).starts_with("refused document_may_be_rounded: "), "{run:?}");
        assert!(run.of_line(3).starts_with("created "), "{run:?}");
    });
}

#[test]
fn names_are_of_what_shows() {
    each_office("cases_names", |office| {
        let run = bring_in(office, "names_invisible.csv");
        assert_eq!(run.rows().1, "8 rows: 0 created, 0 unchanged, 8 refused", "{run:?}");
        for line in 2..=9 {
            assert!(run.of_line(line).starts_with("refused invalid_field: 姓名“"), "{run:?}");
        }
        let run = bring_in(office, "names_spaced.csv");
        assert_created(&run, 2);
        let unspaced =
            String::from_utf8(bytes_of("names_spaced.csv")).unwrap().replace(['\u{3000}', ' '], "");
        let again = office.import_roster(&office.file("unspaced.csv", unspaced), "coordinator", &[]);
        assert_eq!(again.rows().1, "2 rows: 0 created, 2 unchanged, 0 refused", "{again:?}");
        assert_eq!(again.id_of_line(2), run.id_of_line(2));
        let run = bring_in(office, "names_without_glyph.csv");
        assert_created(&run, 2);
        assert_eq!([2, 3].map(|line| name_of_line(office, &run, line)), ["李𢶯", "赵𤭢"]);
    });
}

#[test]
fn the_encoding_is_decided_over_the_whole_file() {
    each_office("cases_encodings", |office| {
        for (name, names) in [
            ("gbk_like_utf8.csv", &["谢雪梅"][..]),
            ("gbk.csv", &["陈镕", "李喆"]),
            ("gb18030_rare.csv", &["王䶮", "赵𠮷"]),
        ] {
            let run = bring_in(office, name);
            assert_created(&run, u32::try_from(names.len()).unwrap());
            for (line, expected) in (2..).zip(names) {
                assert_eq!(name_of_line(office, &run, line), *expected, "{name}");
            }
        }
        let head = office.head();
        let run = bring_in(office, "gbk_row_in_utf8.csv");
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{run:?}");
        assert!(run.err.contains("line 2 is UTF-8 and line 3 is GB18030"), "{run:?}");
        // The other way round, and one that could be either.
        let row = |serial: u32, name: &str| {
            let Somebody { birth_date, number, mobile, .. } = somebody(serial);
            format!("{name},female,{birth_date},{number},{mobile},school-1,2025-01-01,2025-1\n")
        };
        let mixed =
            [gb18030(&format!("{ENGLISH}\n{}", row(3, "陈镕"))), row(4, "王明").into_bytes()].concat();
        let run = office.import_roster(&office.file("mixed.csv", mixed), "coordinator", &[]);
        assert!(run.code == 2 && run.err.contains("line 3 is UTF-8 and line 2 is GB18030"), "{run:?}");
        let either = office.file("either.csv", gb18030(&format!("{ENGLISH}\n{}", row(5, "小谢"))));
        let run = office.import_roster(&either, "coordinator", &[]);
        assert!(run.code == 2 && run.err.contains("--encoding"), "{run:?}");
        assert_eq!(office.head(), head, "something was entered");
        let run = office.import_roster(&either, "coordinator", &["--encoding", "gbk"]);
        assert_eq!(name_of_line(office, &run, 2), "小谢");

        let text = format!("\u{feff}{ENGLISH}\r\n{}", row(6, "赵𠮷")).replace(',', "\t");
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let run = office.import_roster(&office.file("unicode.txt", bytes), "coordinator", &[]);
        assert_eq!(name_of_line(office, &run, 2), "赵𠮷", "as spreadsheets save Unicode text");
    });
}

#[test]
fn what_looks_like_a_formula_leaves_the_house_as_text() {
    each_office("cases_formulas", |office| {
        let report = office.path("report.csv");
        let file = office.file("formulas.csv", bytes_of("formulas.csv"));
        let run = office.import_roster(&file, "coordinator", &["--report", report.to_str().unwrap()]);
        assert_created(&run, 5);
        let report = fs::read_to_string(report).unwrap();
        let mut table = csv::Reader::from_reader(report.as_bytes());
        let names: Vec<String> = table.records().map(|row| row.unwrap()[0].to_owned()).collect();
        assert_eq!(names, ["'=HYPERLINK('http://x/';'a')", "'＝1+1", "'＋1", "'－2", "'＠SUM"]);
    });
}

#[test]
fn times_are_taken_where_they_have_one_reading() {
    each_office("cases_times", |office| {
        let text = String::from_utf8(bytes_of("record_times.csv")).unwrap();
        let text = text.replace("ACTIVITY", &office.activity.to_string());
        let numbers: Vec<&str> = text.lines().skip(1).map(|row| row.split(',').next().unwrap()).collect();
        let people: String = (0..)
            .zip(&numbers)
            .map(|(serial, number)| {
                let gender = if number.as_bytes()[16] % 2 == 0 { "female" } else { "male" };
                format!("张三,{gender},1990-05-20,{number},138{serial:08},school-1,2025-01-01,2025-1\n")
            })
            .collect();
        let people = office.file("people.csv", format!("{ENGLISH}\n{people}"));
        assert_created(&office.import_roster(&people, "coordinator", &[]), 12);
        // All of it is entered late.
        let late = |row: (usize, &str)| format!("{},{}\n", row.1, if row.0 == 0 { "原因" } else { "旧系统" });
        let rows: String = text.lines().enumerate().map(late).collect();
        let run = office.import_records(&office.file("times.csv", rows), "coordinator", &[]);
        assert_eq!((run.code, run.rows().1), (1, "12 rows: 10 created, 0 unchanged, 2 refused"), "{run:?}");
        for line in 2..=11 {
            let id: RecordId = run.id_of_line(line).parse().unwrap();
            let record = records::get(&mut office.db(), Scope::All, id).unwrap().unwrap().record;
            assert_eq!(record.claimed_minutes.0, 120, "line {line}");
        }
        assert!(run.of_line(12).contains("开始时间“46346.375”：是表格软件内部的"), "{run:?}");
        assert!(run.of_line(12).contains("结束时间“46346.4583333333”"), "both are told: {run:?}");
        assert!(
            run.of_line(13).starts_with("refused end_not_after_start: 结束时间须晚于开始时间"),
            "{run:?}"
        );
        register(office, &somebody(9));
    });
}
