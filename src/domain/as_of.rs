//! Which state of the ledger a question is about: totals as of the same state are always the same.

use super::ids::Seq;
use super::time::{LocalZone, Timestamp, checked_date};
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt::{self, Display};
use std::str::FromStr;

/// The state after an entry, at an instant, or at the end of a local day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsOf {
    Entry(Seq),
    Instant(Timestamp),
    Day(NaiveDate),
}

/// Neither an entry nor an instant nor a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected an entry's position in the journal, a day, or an instant with its offset")]
pub struct NotAState;

/// A state that is still to come: what it will be is not known yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StillToCome {
    #[error("the journal does not reach that far")]
    Entry,
    #[error("this instant or day is not over, and more may be recorded in it: ask as of now, or of an entry")]
    Instant,
}

/// What time it is, and where.
#[derive(Clone, Copy, Debug)]
pub struct Present {
    pub now: Timestamp,
    pub zone: LocalZone,
}

impl FromStr for AsOf {
    type Err = NotAState;

    fn from_str(text: &str) -> Result<Self, NotAState> {
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return text.parse().map(|seq| Self::Entry(Seq(seq))).map_err(|_| NotAState);
        }
        if text.len() == "2026-11-22".len() {
            let day: NaiveDate = text.parse().map_err(|_| NotAState)?;
            return checked_date(day).map(Self::Day).map_err(|_| NotAState);
        }
        let instant: DateTime<FixedOffset> = text.parse().map_err(|_| NotAState)?;
        Timestamp::try_from(instant.to_utc()).map(Self::Instant).map_err(|_| NotAState)
    }
}

impl<'de> Deserialize<'de> for AsOf {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_any(AsOfVisitor)
    }
}

/// An entry is a number, or the text of one where there are only texts, as in a query.
struct AsOfVisitor;

impl Visitor<'_> for AsOfVisitor {
    type Value = AsOf;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        NotAState.fmt(f)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<AsOf, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<AsOf, E> {
        i64::try_from(number).map(|seq| AsOf::Entry(Seq(seq))).map_err(|_| E::custom(NotAState))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_named_by_entry_instant_or_day() {
        assert_eq!("4711".parse(), Ok(AsOf::Entry(Seq(4711))));
        assert!(matches!("2026-11-22T09:00:00+08:00".parse(), Ok(AsOf::Instant(_))));
        let day = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        assert_eq!("2026-11-22".parse(), Ok(AsOf::Day(day)));
        for text in ["", "-1", "yesterday", "2026-02-30", "1899-12-31", "2026-1-222", "99999999999999999999"]
        {
            assert_eq!(text.parse::<AsOf>(), Err(NotAState), "{text}");
        }
    }
}
