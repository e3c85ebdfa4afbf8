//! Rosters: both languages, both encodings, twice, and what is refused.

use super::office::{Office, each_office};
use super::people::{Somebody, child, somebody};
use encoding_rs::GB18030;
use hourbook::domain::ids::{Seq, VolunteerId};
use hourbook::store::read::{Scope, volunteers};

pub const ENGLISH: &str = "name,gender,birth_date,document_number,mobile,unit,consent_at,consent_text";
const CHINESE: &str = "同意书版本,同意时间,单位代码,手机号,身份证号,出生日期,性别,姓名";

/// Spreadsheets end lines with both characters and begin the file with a mark.
fn english(people: &[&Somebody]) -> String {
    let row = |one: &&Somebody| {
        let Somebody { name, birth_date, number, mobile } = one;
        format!("{name},female,{birth_date},{number},{mobile},school-1,2025-10-01 08:00,2025-1\r\n")
    };
    format!("\u{feff}{ENGLISH}\r\n{}", people.iter().map(row).collect::<String>())
}

fn chinese(people: &[&Somebody]) -> String {
    let row = |one: &&Somebody| {
        let Somebody { name, birth_date, number, mobile } = one;
        let birth_date = birth_date.format("%Y年%-m月%-d日");
        format!("2025-1,2025/10/1 8:00,SCHOOL-1,{mobile},{number},{birth_date},女,{name}\r\n")
    };
    format!("{CHINESE}\r\n{}", people.iter().map(row).collect::<String>())
}

pub fn gb18030(text: &str) -> Vec<u8> {
    let (bytes, _, has_replacements) = GB18030.encode(text);
    assert!(!has_replacements);
    bytes.into_owned()
}

#[test]
fn the_same_people_in_another_language_and_encoding_are_there_already() {
    each_office("roster_twice", |office| {
        let [one, two, three] = [1, 2, 3].map(somebody);
        let first = office.import_roster(&office.file("en.csv", english(&[&one, &two])), "coordinator", &[]);
        assert_eq!(
            (first.code, first.rows().1),
            (0, "2 rows: 2 created, 0 unchanged, 0 refused"),
            "{first:?}"
        );

        let head = office.head();
        let again = office.import_roster(&office.file("en.csv", english(&[&one, &two])), "coordinator", &[]);
        assert_eq!((again.code, again.rows().1), (0, "2 rows: 0 created, 2 unchanged, 0 refused"));
        assert_eq!(again.of_line(2), format!("unchanged {}: imported before", first.id_of_line(2)));
        assert_eq!(office.head(), head, "the second time changed something");

        let file = office.file("zh.csv", gb18030(&chinese(&[&three, &two, &one, &three])));
        let other = office.import_roster(&file, "coordinator", &[]);
        assert_eq!(
            (other.code, other.rows().1),
            (0, "4 rows: 1 created, 3 unchanged, 0 refused"),
            "{other:?}"
        );
        assert!(other.of_line(2).starts_with("created "));
        assert_eq!(other.id_of_line(3), first.id_of_line(3));
        assert_eq!(other.id_of_line(4), first.id_of_line(2));
        // The same row twice in one file is one registration.
        assert_eq!(other.id_of_line(5), other.id_of_line(2));
        assert_eq!(office.count("people"), 3);
        office.assert_verified();
    });
}

#[test]
fn everything_that_a_row_says_is_registered() {
    each_office("roster_whole", |office| {
        let Somebody { name, birth_date, number, mobile } = child(7);
        let header = "姓 名,性别,出生日期,证件类型,证件号码,手机号,单位代码,居住地,技能,服务类别,党员,入党日期,同意时间,\
                      同意书版本,监护人,监护人同意时间,单独同意时间";
        let row = format!(
            "{name},女,{birth_date},居民身份证,'{number},{mobile},SCHOOL-1,新华区,急救；英语、摄影,助学;环保,\
             是,2025年7月1日,2025-10-01,2025-1,李四,2025-10-02,2025-10-02T09:00:00+08:00"
        );
        let file = office.file("child.csv", format!("{header}\n{row}\n"));
        let run = office.import_roster(&file, "admin", &[]);
        assert_eq!(run.code, 0, "{run:?}");

        let id = VolunteerId::new(Seq(run.id_of_line(2).parse().unwrap()));
        let vault = crate::support::writer::vault();
        let view = volunteers::get(&mut office.db(), &vault, Scope::All, id).unwrap().unwrap();
        let numbers = volunteers::numbers_in_full(&mut office.db(), &vault, Scope::All, id).unwrap().unwrap();
        assert_eq!((numbers.document_number, numbers.mobile), (number, mobile));
        assert_eq!(view.volunteer.unit, office.school);
        let person = serde_json::to_value([
            serde_json::to_value(view.person.as_ref().map(|person| &person.skills)).unwrap(),
            serde_json::to_value(view.person.as_ref().map(|person| &person.service_categories)).unwrap(),
            serde_json::to_value(view.person.as_ref().map(|person| &person.residence)).unwrap(),
            serde_json::to_value(view.person.as_ref().map(|person| &person.political_status)).unwrap(),
            serde_json::to_value(view.person.as_ref().map(|person| &person.consent)).unwrap(),
            serde_json::to_value(view.person.as_ref().map(|person| &person.guardian_consent)).unwrap(),
        ]);
        let consent = |given_at: &str| serde_json::json!({"given_at": given_at, "text_version": "2025-1"});
        let expected = serde_json::json!([
            ["急救", "英语", "摄影"],
            ["助学", "环保"],
            "新华区",
            [{"party_member": true, "effective_from": "2025-07-01"}],
            consent("2025-09-30T16:00:00.000000Z"),
            {
                "name": "李四",
                "consent": consent("2025-10-01T16:00:00.000000Z"),
                "separate_consent": consent("2025-10-02T01:00:00.000000Z"),
            },
        ]);
        assert_eq!(person.unwrap(), expected);
    });
}

#[test]
fn a_name_that_does_not_show_is_refused_and_one_that_is_spaced_is_the_same() {
    each_office("roster_names", |office| {
        let row = |serial: u32, name: &str| {
            let Somebody { birth_date, number, mobile, .. } = somebody(serial);
            format!("{name},female,{birth_date},{number},{mobile},school-1,2025-10-01,2025-1\n")
        };
        let hidden = [
            "\u{200B}",
            "\u{2060}\u{2060}",
            "\u{3164}",
            "\u{2800}",
            "\u{AD}",
            "王\u{202E}明小",
            "\u{FFFE}李",
        ];
        let rows = (40..).zip(hidden).map(|(serial, name)| row(serial, name)).collect::<String>();
        let run =
            office.import_roster(&office.file("h.csv", format!("{ENGLISH}\n{rows}")), "coordinator", &[]);
        assert_eq!(run.rows().1, "7 rows: 0 created, 0 unchanged, 7 refused", "{run:?}");
        for line in 2..9 {
            let said = run.of_line(line);
            assert!(
                said.starts_with("refused invalid_field: name “") && said.contains("”: must "),
                "{run:?}"
            );
        }

        let shown = [row(50, "张\u{3000}三"), row(51, "李 四"), row(52, "李𢚯"), row(53, "赵𤭢")].concat();
        let run =
            office.import_roster(&office.file("s.csv", format!("{ENGLISH}\n{shown}")), "coordinator", &[]);
        assert_eq!(run.rows().1, "4 rows: 4 created, 0 unchanged, 0 refused", "{run:?}");
        let unspaced = [row(50, "张三"), row(51, "李四")].concat();
        let run =
            office.import_roster(&office.file("u.csv", format!("{ENGLISH}\n{unspaced}")), "coordinator", &[]);
        assert_eq!(run.rows().1, "2 rows: 0 created, 2 unchanged, 0 refused", "{run:?}");
    });
}

#[test]
fn each_refused_row_is_named_with_its_line_and_harms_no_other() {
    each_office("roster_refused", |office| {
        let people = [10, 11, 12, 13, 14, 15].map(somebody);
        let child = child(16);
        let row = |one: &Somebody, unit: &str, consent: &str| {
            let Somebody { name, birth_date, number, mobile } = one;
            format!("{name},female,{birth_date},{number},{mobile},{unit},{consent},2025-1\n")
        };
        let wrong_digit = Somebody { number: people[1].number.replace("4104", "4105"), ..people[1].clone() };
        let text = [
            format!("{ENGLISH}\n"),
            row(&people[0], "SCHOOL-1", "2025-10-01"),
            "\n".to_owned(),
            row(&wrong_digit, "SCHOOL-1", "2025-10-01"),
            row(&people[2], "NOWHERE", "2025-10-01"),
            row(&people[3], "SCHOOL-2", "2025-10-01"),
            row(&child, "SCHOOL-1", "2025-10-01"),
            row(&people[4], "SCHOOL-1", ""),
            "张三,female\n".to_owned(),
            row(&people[5], "SCHOOL-1", "2999-10-01"),
            row(&somebody(17), "SCHOOL-1", "2025-10-01"),
        ]
        .concat();
        let report = office.path("report.csv");
        let file = office.file("mixed.csv", text);
        let run = office.import_roster(&file, "coordinator", &["--report", report.to_str().unwrap()]);

        assert_eq!((run.code, run.rows().1), (1, "9 rows: 2 created, 0 unchanged, 7 refused"), "{run:?}");
        let refused = |code: &str, words: &str| format!("refused {code}: {words}");
        assert!(run.of_line(2).starts_with("created "));
        let digit = format!("document_number “{}”: the check digit is wrong", wrong_digit.number);
        assert_eq!(run.of_line(4), refused("invalid_field", &digit));
        let nowhere = "unit “NOWHERE”: no unit has this code or name";
        assert_eq!(run.of_line(5), refused("unit_not_found", nowhere));
        assert_eq!(
            run.of_line(6),
            refused("outside_unit", "this belongs to a unit that you are not responsible for")
        );
        let guardian = "a volunteer under 18 needs a guardian's consent";
        assert_eq!(run.of_line(7), refused("guardian_consent_missing", guardian));
        assert_eq!(run.of_line(8), refused("missing_field", "consent_at: is needed"));
        assert_eq!(run.of_line(9), refused("malformed_row", "has 2 cells, the header 8"));
        assert!(run.of_line(10).starts_with("refused registration_dates_invalid: "));
        assert!(run.of_line(11).starts_with("created "));
        // What is wrong is shown, and nothing else of anybody.
        for one in people.iter().chain([&child]) {
            assert!(!run.out.contains(&one.number) && !run.out.contains(&one.mobile), "somebody is shown");
        }
        assert!(!run.out.contains("张三"), "somebody is shown");

        let report = std::fs::read_to_string(report).unwrap();
        let lines: Vec<&str> = report.lines().collect();
        assert_eq!(lines[0], format!("\u{feff}{ENGLISH},import_result"));
        assert!(
            lines[1].starts_with("张三,female,")
                && lines[1].ends_with(&format!(",created {}", run.id_of_line(2)))
        );
        assert!(lines[2].ends_with(&format!(",refused invalid_field: {digit}")), "{report}");
        assert_eq!(lines.len(), 10);
        office.assert_verified();
    });
}

#[test]
fn whoever_is_registered_already_is_compared() {
    each_office("roster_known", |office| {
        let [known, changed] = [20, 21].map(somebody);
        let file = office.file("first.csv", english(&[&known, &changed]));
        let first = office.import_roster(&file, "admin", &[]);
        assert_eq!(first.code, 0, "{first:?}");

        // Another operator, and another day of consent: no row of before.
        let moved = Somebody { mobile: "13900000000".to_owned(), name: "李四", ..changed.clone() };
        let later = english(&[&known, &moved]).replace("2025-10-01", "2025-10-02");
        let file = office.file("later.csv", later);
        let run = office.import_roster(&file, "coordinator", &[]);
        assert_eq!((run.code, run.rows().1), (1, "2 rows: 0 created, 1 unchanged, 1 refused"), "{run:?}");
        assert_eq!(run.of_line(2), format!("unchanged {}: registered already", first.id_of_line(2)));
        let words = "a volunteer is registered with this identity document, with other data: name, mobile";
        assert_eq!(run.of_line(3), format!("refused identity_taken: {words}"));

        // What an operator may not see is not told: the auditor changes nothing, and reads the first school.
        let run = office.import_roster(&file, "auditor", &[]);
        assert!(run.of_line(2).starts_with("refused not_permitted: "), "{run:?}");
        assert_eq!(office.count("people"), 2);
    });
}

#[test]
fn two_rows_with_one_document_are_not_two_people() {
    each_office("roster_double", |office| {
        let one = somebody(30);
        let namesake = Somebody { name: "李四", ..one.clone() };
        let file = office.file("double.csv", english(&[&one, &namesake]));
        let run = office.import_roster(&file, "coordinator", &[]);
        assert!(run.of_line(2).starts_with("created "));
        assert_eq!(
            run.of_line(3),
            "refused identity_taken: a volunteer is registered with this identity document"
        );
        assert_eq!(office.count("people"), 1);
    });
}

#[test]
fn a_file_that_is_wrong_as_a_whole_is_refused_before_anything_is_done() {
    each_office("roster_wrong", |office| {
        let head = office.head();
        let refused = |name: &str, bytes: &[u8], operator: &str, parts: &[&str]| {
            let run = office.import_roster(&office.file(name, bytes), operator, &[]);
            assert_eq!((run.code, run.out.as_str()), (2, ""), "{run:?}");
            for part in parts {
                assert!(run.err.contains(part), "{run:?} does not say {part}");
            }
        };
        let good = english(&[&somebody(40)]);
        let unknown = good.replace("mobile", "wechat");
        let parts = ["columns are missing: mobile (手机号", "Not known are: \"wechat\""];
        refused("unknown.csv", unknown.as_bytes(), "admin", &parts);
        let slip = good.replace("mobile", "mobil");
        refused("slip.csv", slip.as_bytes(), "admin", &["look like a slip: \"mobil\" over column 5"]);
        refused("missing.csv", b"name,gender\n", "admin", &["columns are missing: birth_date (出生日期"]);
        refused("bytes.csv", b"name,gender\n\xff\xff\n", "admin", &["neither UTF-8 nor GB18030"]);
        refused("empty.csv", b"", "admin", &["a header is needed"]);
        refused("good.csv", good.as_bytes(), "nobody", &["no operator has the login nobody"]);
        let run = office.import_roster("/nowhere.csv", "admin", &[]);
        assert_eq!(run.code, 2);
        assert_eq!(office.head(), head);
    });
}

#[test]
fn a_file_held_by_another_process_is_left_alone() {
    each_office("roster_locked", |office| {
        if !office.is_on_sqlite() {
            return;
        }
        let lock = std::fs::File::create(office.lock_file()).unwrap();
        lock.lock().unwrap();
        let run = office.import_roster(&office.file("one.csv", english(&[&somebody(50)])), "admin", &[]);
        assert_eq!((run.code, run.out.as_str()), (2, ""));
        assert!(run.err.contains("held by another hourbook process"), "{run:?}");
        drop(lock);
        let run = office.import_roster(&office.file("one.csv", english(&[&somebody(50)])), "admin", &[]);
        assert_eq!(run.code, 0, "{run:?}");
    });
}

/// A roster of so many people, each row good.
pub fn roster_of(people: u32) -> String {
    let people: Vec<Somebody> = (0..people).map(somebody).collect();
    english(&people.iter().collect::<Vec<_>>())
}

/// Registers somebody and says under which number.
pub fn register(office: &Office, one: &Somebody) -> String {
    let run = office.import_roster(&office.file("register.csv", english(&[one])), "admin", &[]);
    assert_eq!(run.code, 0, "{run:?}");
    run.id_of_line(2).to_owned()
}
