//! What people write in cells: days, times, words, lists, in English or Chinese.

use crate::domain::calendar::DayKind;
use crate::domain::evidence::Evidence;
use crate::domain::identity::DocumentKind;
use crate::domain::identity::Gender;
use crate::domain::text::{Label, TextError};
use crate::domain::time::{LocalZone, Timestamp, checked_date};
use chrono::{DateTime, Duration, NaiveDate};

/// What was expected.
pub type Expected = &'static str;

const A_DAY: Expected = "expected a day such as 2008-03-01, 2008/3/1 or 2008年3月1日";
const A_TIME: Expected = "expected a time such as 2026-11-22 08:00, or RFC 3339";
const A_DAY_OR_TIME: Expected =
    "expected a day or a time such as 2026-11-22 or 2026-11-22 08:00, or RFC 3339";

/// `2008-03-01`, `2008/3/1`, `2008.3.1`, `2008年3月1日`: year, month, day, whatever parts them.
pub fn day(text: &str) -> Result<NaiveDate, Expected> {
    let parts: Vec<&str> = match text.strip_suffix('日') {
        Some(text) => text.split(['年', '月']).collect(),
        None => ['-', '/', '.']
            .into_iter()
            .find(|mark| text.contains(*mark))
            .map_or_else(Vec::new, |mark| text.split(mark).collect()),
    };
    let [year, month, day] = parts[..] else { return Err(A_DAY) };
    let date = (year.len() == 4)
        .then(|| NaiveDate::from_ymd_opt(figure(year)?.try_into().ok()?, figure(month)?, figure(day)?))
        .flatten();
    date.and_then(|date| checked_date(date).ok()).ok_or(A_DAY)
}

/// RFC 3339, or a day and a time of day on the zone's clocks: `2026-11-22 08:00`, with or without seconds.
pub fn instant(text: &str, zone: LocalZone) -> Result<Timestamp, Expected> {
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        return Timestamp::try_from(instant.to_utc()).map_err(|_| A_TIME);
    }
    let (date, time) = text.split_once([' ', 'T', '日']).ok_or(A_TIME)?;
    let date = if date.contains('年') { format!("{date}日") } else { date.to_owned() };
    let seconds = seconds_of_day(time.trim()).ok_or(A_TIME)?;
    let midnight = zone.start_of(day(&date).map_err(|_| A_TIME)?);
    Ok(midnight.plus(Duration::seconds(seconds)))
}

/// An [`instant`], or a day, which stands for its beginning.
pub fn instant_or_day(text: &str, zone: LocalZone) -> Result<Timestamp, Expected> {
    day(text).map(|date| zone.start_of(date)).or_else(|_| instant(text, zone)).map_err(|_| A_DAY_OR_TIME)
}

/// `8:00`, `08:00:30`; `8：00` as Chinese keyboards have it.
fn seconds_of_day(text: &str) -> Option<i64> {
    let mut parts = text.split([':', '：']);
    let (hour, minute) = (figure(parts.next()?)?, figure(parts.next()?)?);
    let second = parts.next().map_or(Some(0), figure)?;
    let fits = parts.next().is_none() && hour < 24 && minute < 60 && second < 60;
    fits.then(|| i64::from(hour * 3600 + minute * 60 + second))
}

/// One to four digits.
fn figure(text: &str) -> Option<u32> {
    let digits = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}

/// `女`, `男`, `female`, `male`.
pub fn gender(text: &str) -> Result<Gender, Expected> {
    word(text, &[(Gender::Female, &["female", "女"]), (Gender::Male, &["male", "男"])])
        .ok_or("expected female (女) or male (男)")
}

/// `是`, `否`, `yes`, `no`.
pub fn yes_or_no(text: &str) -> Result<bool, Expected> {
    word(text, &[(true, &["yes", "是"]), (false, &["no", "否"])]).ok_or("expected yes (是) or no (否)")
}

/// The kinds of documents, by the API's names or the documents' own.
pub fn document_kind(text: &str) -> Result<DocumentKind, Expected> {
    use DocumentKind as Kind;
    word(
        text,
        &[
            (Kind::ResidentIdentity, &[Kind::ResidentIdentity.into_str(), "居民身份证", "身份证"]),
            (Kind::Passport, &[Kind::Passport.into_str(), "护照"]),
            (
                Kind::HongKongMacaoPermit,
                &[Kind::HongKongMacaoPermit.into_str(), "港澳居民来往内地通行证", "港澳通行证"],
            ),
            (Kind::TaiwanPermit, &[Kind::TaiwanPermit.into_str(), "台湾居民来往大陆通行证", "台胞证"]),
            (
                Kind::ForeignPermanentResident,
                &[Kind::ForeignPermanentResident.into_str(), "外国人永久居留身份证"],
            ),
        ],
    )
    .ok_or(
        "expected resident_identity (居民身份证), passport (护照), hong_kong_macao_permit \
         (港澳居民来往内地通行证), taiwan_permit (台湾居民来往大陆通行证) or foreign_permanent_resident \
         (外国人永久居留身份证)",
    )
}

/// The kinds of evidence.
pub fn evidence(text: &str) -> Result<Evidence, Expected> {
    word(
        text,
        &[
            (Evidence::Scan, &[Evidence::Scan.into_str(), "扫码"]),
            (Evidence::Geo, &[Evidence::Geo.into_str(), "定位"]),
            (Evidence::Leader, &[Evidence::Leader.into_str(), "负责人确认"]),
            (Evidence::Import, &[Evidence::Import.into_str(), "导入"]),
            (Evidence::Backfill, &[Evidence::Backfill.into_str(), "补录"]),
            (Evidence::Claimed, &[Evidence::Claimed.into_str(), "自报"]),
        ],
    )
    .ok_or("expected scan (扫码), geo (定位), leader (负责人确认), import (导入) or backfill (补录)")
}

/// Whether people work on a day.
pub fn day_kind(text: &str) -> Result<DayKind, Expected> {
    let words: &[(DayKind, &[&str])] = &[
        (DayKind::Working, &["working", "上班", "班", "工作日"]),
        (DayKind::Rest, &["rest", "休息", "休", "放假", "休息日"]),
    ];
    word(text, words).ok_or("expected working (上班) or rest (休息)")
}

fn word<T: Copy>(text: &str, words: &[(T, &[&str])]) -> Option<T> {
    words
        .iter()
        .find(|(_, names)| names.iter().any(|name| name.eq_ignore_ascii_case(text)))
        .map(|(value, _)| *value)
}

/// Most labels in one cell, as in one request of the API.
const MOST_LABELS: usize = 20;

/// Why a list of labels was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LabelsError {
    #[error("each of the list {0}")]
    Label(#[from] TextError),
    #[error("at most {MOST_LABELS} in one cell")]
    TooMany,
}

/// Labels parted by `;`, `；` or `、`.
pub fn labels(text: &str) -> Result<Vec<Label>, LabelsError> {
    let parts = text.split([';', '；', '、']).map(str::trim).filter(|part| !part.is_empty());
    let labels = parts.map(str::parse).collect::<Result<Vec<Label>, TextError>>()?;
    if labels.len() <= MOST_LABELS { Ok(labels) } else { Err(LabelsError::TooMany) }
}

/// Occasions.
pub fn whole_number(text: &str) -> Result<i64, Expected> {
    figure(text).map(i64::from).ok_or("expected a whole number")
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::VariantArray;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn at(text: &str) -> Timestamp {
        serde_json::from_value(text.into()).unwrap()
    }

    #[test]
    fn a_day_has_several_forms() {
        for text in ["2008-03-01", "2008/3/1", "2008.3.1", "2008年3月1日", "2008年03月01日"] {
            assert_eq!(day(text), Ok(date("2008-03-01")), "{text}");
        }
        for text in [
            "",
            "2008-02-30",
            "08-3-1",
            "1899-12-31",
            "2008-3",
            "2008年3月",
            "39508",
            "2008-03-01 ",
            "2008/3-1",
            "2008-3-1-1",
            "２００８-3-1",
            "年月日",
            "20080-3-1",
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
            "2026-11-22 08:00:00",
            "2026-11-22T08:00",
            "2026年11月22日 8：00",
            "2026年11月22日8:00",
            "2026-11-22T08:00:00+08:00",
            "2026-11-22T00:00:00Z",
            "2026-11-22T09:00:00+09:00",
        ] {
            assert_eq!(instant(text, zone), eight, "{text}");
        }
        assert_eq!(instant("2026-11-22 23:59:59", zone), Ok(at("2026-11-22T15:59:59Z")));
        for text in [
            "2026-11-22",
            "2026-11-22 24:00",
            "2026-11-22 8",
            "2026-11-22 8:60",
            "2026-11-22 8:00:00:00",
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
    }

    #[test]
    fn words_are_known_in_both_languages() {
        assert_eq!((gender("女"), gender("Male")), (Ok(Gender::Female), Ok(Gender::Male)));
        assert_eq!((yes_or_no("是"), yes_or_no("NO")), (Ok(true), Ok(false)));
        assert_eq!((evidence("补录"), evidence("scan")), (Ok(Evidence::Backfill), Ok(Evidence::Scan)));
        assert_eq!(document_kind("护照"), Ok(DocumentKind::Passport));
        assert_eq!(document_kind("resident_identity"), Ok(DocumentKind::ResidentIdentity));
        assert!(gender("未知").is_err() && yes_or_no("").is_err() && evidence("hearsay").is_err());
        assert_eq!((day_kind("班"), day_kind("放假")), (Ok(DayKind::Working), Ok(DayKind::Rest)));
        assert!(day_kind("周末").is_err());
        assert!(document_kind("驾驶证").unwrap_err().contains("居民身份证"));
    }

    #[test]
    fn every_word_of_the_domain_can_be_written() {
        for &known in Evidence::VARIANTS {
            assert_eq!(evidence(known.into_str()), Ok(known));
        }
    }

    #[test]
    fn lists_are_parted_by_any_of_three_marks() {
        let texts =
            |labels: Vec<Label>| labels.iter().map(|label| label.as_str().to_owned()).collect::<Vec<_>>();
        assert_eq!(texts(labels("急救; 英语；摄影、 ").unwrap()), ["急救", "英语", "摄影"]);
        assert_eq!(labels(";"), Ok(vec![]));
        assert_eq!(labels(&"长".repeat(41)), Err(LabelsError::Label(TextError::TooLong { max: 40 })));
        assert_eq!(labels(&"a;".repeat(21)), Err(LabelsError::TooMany));
    }
}
