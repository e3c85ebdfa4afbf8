//! Days and times as people write them: taken where there is one reading, refused where there are two or none.

use super::cell::{Expected, plain};
use crate::domain::time::{LocalZone, Timestamp, checked_date};
use chrono::{DateTime, Duration, NaiveDate};
use std::collections::BTreeSet;

const A_DAY: Expected = Expected {
    english: "expected a day such as 2008-03-01, 2008/3/1 or 2008年3月1日",
    chinese: "应为日期，如 2008-03-01、2008/3/1 或 2008年3月1日",
};
const NO_TIME_OF_DAY: Expected =
    Expected { english: "expected a day without a time of day", chinese: "应为日期，不带时刻" };
const TWO_DAYS: Expected = Expected {
    english: "has two readings: write the day as 2008-03-01, the year with four digits before the others",
    chinese: "有两种读法：请写成 2008-03-01，四位年份在前",
};
const DAY_NUMBER: Expected = Expected {
    english: "is the number by which a spreadsheet keeps a day or a time: show the column as such, and save the file again",
    chinese: "是表格软件内部的日期或时间数值：请把该列设为日期或时间格式后重新保存",
};
const A_TIME: Expected = Expected {
    english: "expected a time such as 2026-11-22 08:00, or RFC 3339",
    chinese: "应为日期和时刻，如 2026-11-22 08:00 或 2026/11/22 8:00",
};
const TWO_TIMES: Expected = Expected {
    english: "has two readings: write the time of day with 24 hours, as 13:30",
    chinese: "有两种读法：时刻请用 24 小时制，如 13:30",
};
const A_DAY_OR_TIME: Expected = Expected {
    english: "expected a day or a time such as 2026-11-22 or 2026-11-22 08:00, or RFC 3339",
    chinese: "应为日期或日期和时刻，如 2026-11-22 或 2026-11-22 08:00",
};

/// `2008-03-01`, `2008/3/1 0:00`, `2008.3.1`, `2008年3月1号`, `20080301`: year, month, day, whatever parts them. Where
/// the year stands last, only what is the same day whichever of the others is the month.
pub fn day(text: &str) -> Result<NaiveDate, Expected> {
    let text = spaced_once(text);
    let (date, time) = split(&text);
    let date = date_of(date)?;
    match time.map(seconds_of_day) {
        None | Some(Ok(0)) => Ok(date),
        Some(Ok(_)) => Err(NO_TIME_OF_DAY),
        Some(Err(_)) => Err(A_DAY),
    }
}

/// RFC 3339, or a day and a time of day on the zone's clocks: `2026-11-22 08:00`, `2026年11月22日上午8：00`; 24:00 is the
/// end of its day.
pub fn instant(text: &str, zone: LocalZone) -> Result<Timestamp, Expected> {
    instant_on(text, None, zone)
}

/// The same; where only a time of day stands there, it is of the day given.
pub fn instant_on(text: &str, day: Option<NaiveDate>, zone: LocalZone) -> Result<Timestamp, Expected> {
    let text = spaced_once(text);
    if let Ok(instant) = DateTime::parse_from_rfc3339(&text) {
        return Timestamp::try_from(instant.to_utc()).map_err(|_| A_TIME);
    }
    if is_figure(&text) {
        return Err(if is_day_number(&text) { DAY_NUMBER } else { A_TIME });
    }
    if let (Some(day), Ok(seconds)) = (day, seconds_of_day(&text)) {
        return Ok(zone.start_of(day).plus(Duration::seconds(seconds)));
    }
    let (date, time) = match (split(&text), day) {
        ((_, None), Some(day)) => (Ok(day), text.as_str()),
        ((date, Some(time)), _) => (date_of(date), time),
        ((_, None), None) => return Err(A_TIME),
    };
    let date = date.map_err(|error| if error == A_DAY { A_TIME } else { error })?;
    Ok(zone.start_of(date).plus(Duration::seconds(seconds_of_day(time)?)))
}

/// An [`instant`], or a day, which stands for its beginning.
pub fn instant_or_day(text: &str, zone: LocalZone) -> Result<Timestamp, Expected> {
    match day(text) {
        Ok(date) => Ok(zone.start_of(date)),
        Err(two_readings_or_a_number) if [TWO_DAYS, DAY_NUMBER].contains(&two_readings_or_a_number) => {
            Err(two_readings_or_a_number)
        }
        Err(_) => instant(text, zone).map_err(|error| if error == A_TIME { A_DAY_OR_TIME } else { error }),
    }
}

/// Marks that part figures, and words that do.
const MARKS: &str = "-/.:年月日号时点分秒";

/// In plain characters, without space beside what parts figures, and one space where there were several.
fn spaced_once(text: &str) -> String {
    let text = plain(text);
    let mut tidy = String::new();
    for word in text.split_whitespace() {
        let joined = tidy.is_empty()
            || tidy.ends_with(|c| MARKS.contains(c))
            || word.starts_with(|c| MARKS.contains(c));
        if !joined {
            tidy.push(' ');
        }
        tidy.push_str(word);
    }
    tidy
}

/// The day, and the time of day that follows it.
fn split(text: &str) -> (&str, Option<&str>) {
    let (date, time) = match text.find(['日', '号']) {
        Some(at) => text.split_at(at + '日'.len_utf8()),
        None => text.split_once([' ', 'T', 't']).unwrap_or((text, "")),
    };
    (date, Some(time.trim()).filter(|time| !time.is_empty()))
}

fn date_of(text: &str) -> Result<NaiveDate, Expected> {
    if is_figure(text) {
        let digits = text.trim_end_matches('0').strip_suffix('.').unwrap_or(text);
        return match digits.len() {
            8 => checked(&digits[..4], &digits[4..6], &digits[6..]).ok_or(A_DAY),
            _ => Err(if is_day_number(text) { DAY_NUMBER } else { A_DAY }),
        };
    }
    let parts: Vec<&str> = if text.contains('年') {
        let text = text.strip_suffix(['日', '号']).ok_or(A_DAY)?;
        text.split(['年', '月']).collect()
    } else {
        let mark = ['-', '/', '.'].into_iter().find(|mark| text.contains(*mark)).ok_or(A_DAY)?;
        text.split(mark).collect()
    };
    let [first, second, third] = parts[..] else { return Err(A_DAY) };
    if parts.iter().any(|part| part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit())) {
        return Err(A_DAY);
    }
    match (first.len(), second.len(), third.len()) {
        (4, 1..=2, 1..=2) => checked(first, second, third).ok_or(A_DAY),
        (1..=2, 1..=2, 4) => {
            let readings = [checked(third, first, second), checked(third, second, first)];
            let days: BTreeSet<NaiveDate> = readings.into_iter().flatten().collect();
            match days.len() {
                0 => Err(A_DAY),
                1 => days.into_iter().next().ok_or(A_DAY),
                _ => Err(TWO_DAYS),
            }
        }
        (1..=2, 1..=2, 1..=2) => Err(TWO_DAYS),
        _ => Err(A_DAY),
    }
}

/// Whether a spreadsheet keeps a day of 1927 to 2173 as this figure.
fn is_day_number(figure: &str) -> bool {
    figure.split('.').next().is_some_and(|days| days.len() == 5)
}

/// Digits, and perhaps a point among them.
fn is_figure(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && text.matches('.').count() <= 1
}

fn checked(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    let date = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    checked_date(date).ok()
}

/// The half of the day that somebody names beside the hour.
#[derive(Clone, Copy)]
enum Half {
    Morning,
    /// `AM`, 凌晨: where twelve is midnight.
    AfterMidnight,
    Noon,
    Afternoon,
    Evening,
}

const HALVES: [(&str, Half); 13] = [
    ("上午", Half::Morning),
    ("早上", Half::Morning),
    ("早晨", Half::Morning),
    ("凌晨", Half::AfterMidnight),
    ("AM", Half::AfterMidnight),
    ("am", Half::AfterMidnight),
    ("中午", Half::Noon),
    ("下午", Half::Afternoon),
    ("PM", Half::Afternoon),
    ("pm", Half::Afternoon),
    ("傍晚", Half::Evening),
    ("晚上", Half::Evening),
    ("晚", Half::Evening),
];

/// `8:00`, `08:00:30.000`, `8时30分`, `8点半`, `上午8:00`, `8:00 PM`; 24:00 is all of it.
fn seconds_of_day(text: &str) -> Result<i64, Expected> {
    let named = HALVES.iter().find(|(word, _)| text.starts_with(word) || text.ends_with(word));
    let (figures, half) = match named {
        Some((word, half)) => {
            let rest = text.strip_prefix(word).or_else(|| text.strip_suffix(word)).unwrap_or(text);
            (rest.trim(), Some(*half))
        }
        None => (text, None),
    };
    let [hour, minute, second] = figures_of_time(figures).ok_or(A_TIME)?;
    let hour = match half {
        None => hour,
        Some(half) => hour_of(half, hour).map_err(|doubt| if doubt { TWO_TIMES } else { A_TIME })?,
    };
    let is_end_of_day = (hour, minute, second) == (24, 0, 0) && half.is_none();
    let fits = minute < 60 && second < 60 && (hour < 24 || is_end_of_day);
    fits.then(|| i64::from(hour * 3600 + minute * 60 + second)).ok_or(A_TIME)
}

/// The hour of 24; whether it could be either of two, where it is not clear.
fn hour_of(half: Half, hour: u32) -> Result<u32, bool> {
    match (half, hour) {
        (Half::Morning | Half::AfterMidnight, 0..=11) | (Half::Noon, 11..=12) => Ok(hour),
        (Half::AfterMidnight, 12) => Ok(0),
        (Half::Morning | Half::Evening, 12) => Err(true),
        (Half::Afternoon, 12) => Ok(12),
        (Half::Noon, 1..=2) | (Half::Afternoon | Half::Evening, 1..=11) => Ok(hour + 12),
        (Half::Afternoon | Half::Evening, 13..=23) | (Half::Noon, 13..=14) => Ok(hour),
        _ => Err(false),
    }
}

fn figures_of_time(text: &str) -> Option<[u32; 3]> {
    let text = text.replace('半', "30");
    let text = text.strip_suffix(['分', '秒']).unwrap_or(&text);
    let text = match text.strip_suffix(['时', '点']) {
        Some(hour) => format!("{hour}:00"),
        None => text.replace(['时', '点', '分'], ":"),
    };
    let mut parts = text.split(':');
    let (hour, minute) = (figure(parts.next()?)?, figure(parts.next()?)?);
    let second = match parts.next() {
        None => 0,
        Some(text) => figure(whole_seconds(text)?)?,
    };
    parts.next().is_none().then_some([hour, minute, second])
}

/// The seconds, where no part of another follows.
fn whole_seconds(text: &str) -> Option<&str> {
    let Some((seconds, part)) = text.split_once('.') else { return Some(text) };
    (!part.is_empty() && part.bytes().all(|byte| byte == b'0')).then_some(seconds)
}

/// One or two digits.
fn figure(text: &str) -> Option<u32> {
    let digits = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn at(text: &str) -> Timestamp {
        serde_json::from_value(text.into()).unwrap()
    }

    #[test]
    fn a_day_that_has_one_reading_is_taken() {
        for text in [
            "2008-03-01",
            "2008/3/1",
            "2008.3.1",
            "2008年3月1日",
            "2008年03月01号",
            "20080301",
            "20080301.0",
            "2008-03-01 00:00:00",
            "2008/3/1 0:00",
            "2008-03-01T00:00:00",
            "2008-03-01 00:00:00.000",
            "２００８/３/１",
            "２００８－３－１",
            "2008 / 3 / 1",
            "2008 年 3 月 1 日",
            "2008-03-01 ",
        ] {
            assert_eq!(day(text), Ok(date("2008-03-01")), "{text}");
        }
        assert_eq!(day("25/12/1997"), Ok(date("1997-12-25")));
        assert_eq!(day("12/25/1997"), Ok(date("1997-12-25")));
        assert_eq!(day("1.1.1997"), Ok(date("1997-01-01")));
    }

    #[test]
    fn a_day_that_has_two_readings_or_none_is_refused() {
        for text in ["97/1/2", "1/2/1997", "97年1月2日", "97/2/1", "01-02-03", "2.1.1997"] {
            assert_eq!(day(text), Err(TWO_DAYS), "{text}");
        }
        for text in ["35432", "35432.5", "35432.0"] {
            assert_eq!(day(text), Err(DAY_NUMBER), "{text}");
        }
        assert_eq!(day("2008/3/1 8:30"), Err(NO_TIME_OF_DAY));
        for text in [
            "",
            "2008-02-30",
            "1899-12-31",
            "20080230",
            "2008-3",
            "2008年3月",
            "2008年3月1",
            "2008/3-1",
            "2008-3-1-1",
            "年月日",
            "20080-3-1",
            "30/13/1997",
            "soon",
            "2008-03-01 soon",
            "1.2.3.4",
            "199701",
            "1",
        ] {
            assert_eq!(day(text), Err(A_DAY), "{text}");
        }
    }

    #[test]
    fn a_time_is_local_unless_it_says_its_offset() {
        let zone = LocalZone::shanghai();
        let eight = Ok(at("2026-11-22T00:00:00Z"));
        for text in [
            "2026-11-22 08:00",
            "2026/11/22 8:00",
            "2026/11/22  8:00",
            "2026/11/22\u{3000}8:00",
            "20261122 8:00",
            "2026-11-22 08:00:00",
            "2026-11-22 8:00:00.000",
            "2026-11-22T08:00",
            "2026年11月22日 8：00",
            "2026年11月22日8:00",
            "2026年11月22日8时",
            "2026年11月22日 8点00分",
            "2026/11/22 上午8:00",
            "2026/11/22 上午 8:00",
            "2026/11/22 8:00 AM",
            "2026/11/22 早上8点",
            "2026-11-22T08:00:00+08:00",
            "2026-11-22T00:00:00Z",
            "2026-11-22T09:00:00+09:00",
        ] {
            assert_eq!(instant(text, zone), eight, "{text}");
        }
        let half_past_one = Ok(at("2026-11-22T05:30:00Z"));
        for text in ["下午1:30", "下午13:30", "1:30 PM", "下午1点半", "13时30分", "中午1:30"] {
            assert_eq!(instant(&format!("2026-11-22 {text}"), zone), half_past_one, "{text}");
            assert_eq!(instant_on(text, Some(date("2026-11-22")), zone), half_past_one, "{text}");
        }
        assert_eq!(instant("2026-11-22 12:00 AM", zone), Ok(at("2026-11-21T16:00:00Z")));
        assert_eq!(instant("2026-11-22 23:59:59", zone), Ok(at("2026-11-22T15:59:59Z")));
        assert_eq!(instant("2026-11-22 24:00", zone), Ok(at("2026-11-22T16:00:00Z")));
        assert_eq!(instant("2026-12-31 24:00:00", zone), Ok(at("2026-12-31T16:00:00Z")));
    }

    #[test]
    fn a_time_that_has_two_readings_or_none_is_refused() {
        let zone = LocalZone::shanghai();
        for text in ["上午12:00", "晚上12:00"] {
            assert_eq!(instant(&format!("2026-11-22 {text}"), zone), Err(TWO_TIMES), "{text}");
        }
        assert_eq!(instant("1/2/2026 8:00", zone), Err(TWO_DAYS));
        assert_eq!(instant("46346.375", zone), Err(DAY_NUMBER));
        assert_eq!(instant("46346", zone), Err(DAY_NUMBER));
        for text in [
            "2026-11-22",
            "2026-11-22 24:01",
            "2026-11-22 25:00",
            "2026-11-22 8",
            "2026-11-22 8:60",
            "2026-11-22 8:00:00:00",
            "2026-11-22 8:00:00.5",
            "2026-11-22 上午13:00",
            "2026-11-22 上午24:00",
            "8:00",
            "2026-02-30 8:00",
            "0026-11-22T00:00:00Z",
            "2026-11-22 -8:00",
        ] {
            assert_eq!(instant(text, zone), Err(A_TIME), "{text}");
        }
    }

    #[test]
    fn a_day_stands_for_its_beginning() {
        let zone = LocalZone::shanghai();
        assert_eq!(instant_or_day("2026年11月22日", zone), Ok(at("2026-11-21T16:00:00Z")));
        assert_eq!(instant_or_day("2026-11-22 00:01", zone), Ok(at("2026-11-21T16:01:00Z")));
        assert_eq!(instant_or_day("soon", zone), Err(A_DAY_OR_TIME));
        assert_eq!(instant_or_day("1/2/2026", zone), Err(TWO_DAYS));
        assert_eq!(instant_or_day("46348", zone), Err(DAY_NUMBER));
    }
}
