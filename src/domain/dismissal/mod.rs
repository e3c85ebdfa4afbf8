//! Dismissing a finding (排除): an auditor looked, and says why it is a false alarm.
//!
//! It is the one thing that an auditor writes. It changes no figure: it is a remark in the journal, by
//! name, that a finding was looked at.

mod kept;
pub mod rules;

use super::actor::Actor;
use super::commitment::{Commitment, Committed};
use super::finding::FindingRule;
use super::ids::{Seq, UnitId, VolunteerId};
use super::noun::{Row, events, refusals};
use super::text::Note;
use super::time::Timestamp;
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Names a finding by what it rests on: SHA-256 over rule and evidence. Other evidence, another name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FindingId(pub [u8; 32]);

/// That a finding was looked at and found to be a false alarm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dismissal {
    pub finding: FindingId,
    pub rule: FindingRule,
    /// The finding's unit.
    pub unit: UnitId,
    pub dismissed_by: Actor,
    pub dismissed_at: Timestamp,
    /// The entry that dismissed it; the reason stands beside it.
    pub entry: Seq,
}

impl Row for Dismissal {
    type Key = FindingId;

    fn key(&self) -> FindingId {
        self.finding
    }
}

/// Dismisses a finding that its reader has just been shown.
#[derive(Clone, Debug)]
pub struct DismissFinding {
    pub finding: FindingId,
    pub rule: FindingRule,
    pub unit: UnitId,
    pub reason: Committed<Note>,
    /// Whose service the finding is about, where it is about somebody's.
    pub about: Option<VolunteerId>,
}

impl fmt::Display for FindingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        HEXLOWER.encode_display(&self.0).fmt(f)
    }
}

impl fmt::Debug for FindingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text names no finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected 64 hexadecimal digits in small letters")]
pub struct NotAFinding;

impl FromStr for FindingId {
    type Err = NotAFinding;

    fn from_str(text: &str) -> Result<Self, NotAFinding> {
        let bytes = HEXLOWER.decode(text.as_bytes()).map_err(|_| NotAFinding)?;
        bytes.try_into().map(Self).map_err(|_| NotAFinding)
    }
}

impl Serialize for FindingId {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for FindingId {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        String::deserialize(input)?.parse().map_err(serde::de::Error::custom)
    }
}

events! {
    FindingDismissed = "finding_dismissed" {
        finding: FindingId,
        rule: FindingRule,
        unit: UnitId,
        reason: Commitment,
        /// Whom the finding, and so the reason, is about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        volunteer: Option<VolunteerId>,
    }
}

refusals! {
    /// The finding has been dismissed already.
    FindingDismissed = Conflict "finding_dismissed" "this finding has been dismissed already";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_has_one_name() {
        let id = FindingId([0xab; 32]);
        assert_eq!(id.to_string().parse(), Ok(id));
        for wrong in ["", "ab", &"AB".repeat(32), &"g0".repeat(32), &"ab".repeat(33)] {
            assert_eq!(wrong.parse::<FindingId>(), Err(NotAFinding), "{wrong}");
        }
    }
}
