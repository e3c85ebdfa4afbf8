//! Time: instants in microseconds, and the city's local days.

use chrono::{DateTime, Datelike, Days, Duration, FixedOffset, Months, NaiveDate, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

/// An instant, in microseconds since 1970 UTC, between the years 1900 and 9999.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// A calendar month as `year * 100 + month`.
pub type YearMonth = i32;

/// A date or instant outside the years 1900 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must lie between the years 1900 and 9999")]
pub struct OutOfRange;

/// A text is no instant as RFC 3339 writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected an instant with its offset, as 2026-11-22T09:00:00+08:00")]
pub struct NotAnInstant;

/// The years that a date or instant may have.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=9999;

impl Timestamp {
    const EARLIEST: Self = Self(-2_208_988_800_000_000);
    const LATEST: Self = Self(253_402_300_799_999_999);

    /// From microseconds since 1970 UTC, as the store keeps them.
    pub fn from_micros(micros: i64) -> Result<Self, OutOfRange> {
        DateTime::from_timestamp_micros(micros).ok_or(OutOfRange).and_then(Self::try_from)
    }

    /// Microseconds since 1970 UTC.
    #[must_use]
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// The same instant for calendar arithmetic.
    #[must_use]
    pub fn to_utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or_default()
    }

    /// The instant `duration` later (earlier, where negative), held within the range.
    #[must_use]
    pub fn plus(self, duration: Duration) -> Self {
        let micros = duration.num_microseconds().unwrap_or(0);
        Self::from_micros(self.0.saturating_add(micros)).unwrap_or(self)
    }
}

impl TryFrom<DateTime<Utc>> for Timestamp {
    type Error = OutOfRange;

    fn try_from(instant: DateTime<Utc>) -> Result<Self, OutOfRange> {
        YEARS.contains(&instant.year()).then(|| Self(instant.timestamp_micros())).ok_or(OutOfRange)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_utc().to_rfc3339_opts(SecondsFormat::Micros, true))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = String::deserialize(input)?;
        let instant: DateTime<FixedOffset> = text.parse().map_err(|_| de::Error::custom(NotAnInstant))?;
        Self::try_from(instant.to_utc()).map_err(de::Error::custom)
    }
}

/// A stretch of time: from `start` up to, not including, `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interval {
    /// First instant of it.
    pub start: Timestamp,
    /// First instant after it.
    pub end: Timestamp,
}

impl Interval {
    /// Length in whole microseconds; negative if the end lies before the start.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.end.0 - self.start.0
    }

    /// Whether the two share an instant.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The part before `cut`.
    #[must_use]
    pub fn before(self, cut: Timestamp) -> Self {
        Self { start: self.start, end: self.end.min(cut).max(self.start) }
    }
}

/// The clock on the wall of the city: a fixed offset, for China keeps no summer time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalZone(FixedOffset);

impl LocalZone {
    /// Asia/Shanghai, UTC+8.
    #[must_use]
    pub fn shanghai() -> Self {
        Self(FixedOffset::east_opt(8 * 3600).unwrap_or(chrono::Offset::fix(&Utc)))
    }

    /// The local calendar day of an instant.
    #[must_use]
    pub fn date_of(self, instant: Timestamp) -> NaiveDate {
        instant.to_utc().with_timezone(&self.0).date_naive()
    }

    /// The instant at which a local day begins, held within the range.
    #[must_use]
    pub fn start_of(self, date: NaiveDate) -> Timestamp {
        let midnight =
            date.and_time(chrono::NaiveTime::MIN) - Duration::seconds(self.0.local_minus_utc().into());
        let micros = midnight.and_utc().timestamp_micros();
        Timestamp(micros.clamp(Timestamp::EARLIEST.0, Timestamp::LATEST.0))
    }

    /// The instant at which a local day ends, held within the range.
    #[must_use]
    pub fn end_of(self, date: NaiveDate) -> Timestamp {
        self.start_of(date.checked_add_days(Days::new(1)).unwrap_or(date))
    }

    /// The last instant of a local day, held within the range.
    #[must_use]
    pub fn last_of(self, date: NaiveDate) -> Timestamp {
        self.end_of(date).plus(-Duration::microseconds(1))
    }

    /// The local text of an instant, RFC 3339 with offset; in UTC where the local year has five digits,
    /// for which RFC 3339 has no room.
    #[must_use]
    pub fn rfc3339(self, instant: Timestamp) -> String {
        let local = instant.to_utc().with_timezone(&self.0);
        let shown = if YEARS.contains(&local.year()) { local } else { instant.to_utc().fixed_offset() };
        shown.to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }

    /// The local day and time of an instant, to the minute, for people: `2026-11-22 09:00`.
    #[must_use]
    pub fn date_and_time(self, instant: Timestamp) -> String {
        instant.to_utc().with_timezone(&self.0).format("%Y-%m-%d %H:%M").to_string()
    }
}

/// A date within the years 1900 to 9999.
pub fn checked_date(date: NaiveDate) -> Result<NaiveDate, OutOfRange> {
    YEARS.contains(&date.year()).then_some(date).ok_or(OutOfRange)
}

/// The day `months` calendar months later; the last day of a shorter month.
#[must_use]
pub fn add_months(date: NaiveDate, months: u32) -> NaiveDate {
    date.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

/// Whole years between a birth date and a day.
#[must_use]
pub fn age_on(birth_date: NaiveDate, day: NaiveDate) -> u32 {
    day.years_since(birth_date).unwrap_or(0)
}

/// The calendar month of a date.
#[must_use]
pub fn year_month(date: NaiveDate) -> YearMonth {
    date.year() * 100 + i32::try_from(date.month()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn instant(text: &str) -> Timestamp {
        serde_json::from_value(text.into()).unwrap()
    }

    #[test]
    fn a_local_day_begins_at_sixteen_hours_utc_the_day_before() {
        let zone = LocalZone::shanghai();
        assert_eq!(zone.start_of(date("2026-11-22")), instant("2026-11-21T16:00:00Z"));
        assert_eq!(zone.date_of(instant("2026-11-21T15:59:59Z")), date("2026-11-21"));
        assert_eq!(zone.date_of(instant("2026-11-21T16:00:00Z")), date("2026-11-22"));
    }

    #[test]
    fn the_days_at_the_ends_of_the_range_end_with_it() {
        let zone = LocalZone::shanghai();
        assert_eq!(zone.start_of(date("1900-01-01")), instant("1900-01-01T00:00:00Z"));
        assert_eq!(zone.end_of(date("1900-01-01")), instant("1900-01-01T16:00:00Z"));
        assert_eq!(zone.end_of(date("9999-12-31")), instant("9999-12-31T16:00:00Z"));
        assert_eq!(zone.end_of(NaiveDate::MAX), instant("9999-12-31T23:59:59.999999Z"));
    }

    #[test]
    fn touching_intervals_do_not_overlap() {
        let morning = Interval {
            start: instant("2026-11-22T08:00:00+08:00"),
            end: instant("2026-11-22T10:00:00+08:00"),
        };
        let later = Interval { start: morning.end, end: instant("2026-11-22T12:00:00+08:00") };
        assert!(!morning.overlaps(later));
        assert!(morning.overlaps(Interval { start: instant("2026-11-22T09:59:59+08:00"), ..later }));
    }

    #[test]
    fn years_beyond_the_range_are_refused() {
        assert!(serde_json::from_value::<Timestamp>("1899-01-01T00:00:00Z".into()).is_err());
        assert!(checked_date(NaiveDate::MAX).is_err());
    }

    #[test]
    fn on_the_citys_clock_no_instant_reads_as_the_year_ten_thousand() {
        let zone = LocalZone::shanghai();
        assert_eq!(zone.rfc3339(instant("9999-12-31T15:59:59Z")), "9999-12-31T23:59:59+08:00");
        assert_eq!(zone.rfc3339(instant("9999-12-31T16:00:00Z")), "9999-12-31T16:00:00Z");
    }
}
