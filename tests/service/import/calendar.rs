//! The calendar: both languages, a second time, a dry run, and what is refused.

use super::office::{Office, each_office};
use encoding_rs::GB18030;
use hourbook::domain::calendar::{CalendarDay, DayKind};
use hourbook::store::read::calendar;

const OF_2026: &str = include_str!("../../../docs/calendar-2026.csv");

fn of_2026(office: &Office) -> Vec<CalendarDay> {
    calendar::of_year(&mut office.db(), 2026).unwrap()
}

fn import(office: &Office, file: &str, operator: &str, options: &[&str]) -> super::office::Run {
    office.run(&[&["import", "calendar", file, "--operator", operator], options].concat())
}

#[test]
fn the_calendar_of_2026_comes_in_once_and_a_second_time_changes_nothing() {
    each_office("calendar_twice", |office| {
        let file = office.file("2026.csv", OF_2026);
        let head = office.head();
        let dry = import(office, &file, "admin", &["--dry-run"]);
        let told = "39 rows: 39 created, 0 unchanged, 0 refused";
        assert_eq!((dry.code, dry.rows().1), (0, &*format!("{told} (dry run: nothing was changed)")));
        assert_eq!((office.head(), of_2026(office)), (head, vec![]), "a dry run changed something");

        let run = import(office, &file, "admin", &[]);
        assert_eq!((run.code, run.rows().1), (0, told), "{run:?}");
        assert_eq!(run.rows().0, dry.rows().0, "the dry run told something else");
        assert_eq!(run.of_line(2), "created 2026-01-01");
        let days = of_2026(office);
        assert_eq!(days.len(), 39);
        let worked = days.iter().filter(|marked| marked.kind == DayKind::Working);
        let worked: Vec<String> = worked.map(|marked| marked.day.to_string()).collect();
        let moved = ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"];
        assert_eq!(worked, moved);

        let head = office.head();
        let again = import(office, &file, "admin", &[]);
        assert_eq!((again.code, again.rows().1), (0, "39 rows: 0 created, 39 unchanged, 0 refused"));
        assert_eq!(again.of_line(2), "unchanged 2026-01-01: marked so before");
        assert_eq!(office.head(), head, "the second time changed something");
        office.assert_verified();
    });
}

#[test]
fn chinese_headings_and_words_and_a_mark_that_is_taken_back_and_set_again() {
    each_office("calendar_chinese", |office| {
        let text = "安排,日期\r\n休,2026年10月1日\r\n上班,2026/10/10\r\n放假,2026-10-02\r\n";
        let (bytes, _, _) = GB18030.encode(text);
        let national_day = office.file("zh.csv", bytes);
        let run = import(office, &national_day, "admin", &[]);
        assert_eq!((run.code, run.rows().1), (0, "3 rows: 3 created, 0 unchanged, 0 refused"), "{run:?}");

        let worked = office.file("worked.csv", "day,kind\n2026-10-01,working\n");
        assert_eq!(import(office, &worked, "admin", &[]).of_line(2), "created 2026-10-01");
        assert_eq!(of_2026(office)[0].kind, DayKind::Working);
        let run = import(office, &national_day, "admin", &[]);
        assert_eq!(run.rows().1, "3 rows: 1 created, 2 unchanged, 0 refused", "{run:?}");
        assert_eq!(of_2026(office)[0].kind, DayKind::Rest);
        office.assert_verified();
    });
}

#[test]
fn each_refused_row_is_named_with_its_line() {
    each_office("calendar_refused", |office| {
        let file = office.file("wrong.csv", "day,kind\n2026-02-30,rest\n2026-10-01,holiday\n2026-10-02,\n");
        let run = import(office, &file, "admin", &[]);
        assert_eq!((run.code, run.rows().1), (1, "3 rows: 0 created, 0 unchanged, 3 refused"), "{run:?}");
        assert!(
            run.of_line(2).starts_with("refused invalid_field: day “2026-02-30”: expected a day such as"),
            "{run:?}"
        );
        assert!(
            run.of_line(3).starts_with("refused invalid_field: kind “holiday”: expected working"),
            "{run:?}"
        );
        assert_eq!(run.of_line(4), "refused missing_field: kind: is needed");

        let file = office.file("right.csv", "day,kind\n2026-10-01,rest\n");
        let run = import(office, &file, "coordinator", &[]);
        assert!(run.of_line(2).starts_with("refused not_permitted: "), "{run:?}");
        assert_eq!(of_2026(office), []);
    });
}
