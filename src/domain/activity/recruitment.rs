//! What recruitment tells (招募公告) of an activity: what has to be told before anybody is asked to come, where it is, and
//! until when one may sign up (GB/T 40143-2021, 6.1; Ordinance 685, article 12).
//!
//! It is public for ever, as all that the journal holds: who is asked is an office and the person in charge, never a
//! person's own number.

use crate::domain::choice::choice;
use crate::domain::fence::Fence;
use crate::domain::text::{Name, Note};
use crate::domain::time::Timestamp;
use serde::{Deserialize, Serialize};

choice! {
    /// What recruitment has to tell.
    pub enum RecruitmentPart {
        /// Where it is.
        Place,
        /// What is done.
        Content,
        /// What may happen to who takes part.
        Risks,
        /// What is done against that: insurance, training, equipment.
        Safeguards,
        /// Who is asked: an office.
        Contact,
    }
}

/// What recruitment tells. Who may come and how many are wanted stand in the positions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Recruitment {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<Note>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub risks: Option<Note>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub safeguards: Option<Note>,
    /// An office and its number, never a person's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<Name>,
    /// From when on one may sign up; none: once it is published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens_at: Option<Timestamp>,
    /// Until when; none: until it starts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closes_at: Option<Timestamp>,
    /// Who withdraws after this does so late; none: nobody is late.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdraw_by: Option<Timestamp>,
    /// Where one has to be to check in by oneself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fence: Option<Fence>,
    /// Whether being within the fence is enough to check in: the weakest of what the service sees.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub position_is_enough: bool,
}

impl Recruitment {
    /// Whether nothing is said of it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What of what has to be told is not.
    #[must_use]
    pub fn missing(&self, place: Option<&Name>) -> Vec<RecruitmentPart> {
        let told = [
            (RecruitmentPart::Place, place.is_some()),
            (RecruitmentPart::Content, self.content.is_some()),
            (RecruitmentPart::Risks, self.risks.is_some()),
            (RecruitmentPart::Safeguards, self.safeguards.is_some()),
            (RecruitmentPart::Contact, self.contact.is_some()),
        ];
        told.into_iter().filter(|(_, is_told)| !is_told).map(|(part, _)| part).collect()
    }

    /// Every text of it.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let notes = [&self.content, &self.risks, &self.safeguards].into_iter().flatten().map(Note::as_str);
        notes.chain(self.contact.iter().map(Name::as_str))
    }
}

/// Whether a text holds what looks like a mobile or an identity number: eleven digits or more in a row, but for spaces
/// and hyphens, of which the first is a 1; or fifteen and more.
#[must_use]
pub fn holds_a_persons_number(text: &str) -> bool {
    let mut digits = String::new();
    let is_number = |digits: &str| {
        digits.len() >= 15 || (digits.len() >= 11 && digits.trim_start_matches("86").starts_with('1'))
    };
    for sign in text.chars().chain(['|']) {
        match sign.to_digit(10).or_else(|| full_width_digit(sign)) {
            Some(digit) => digits.extend(char::from_digit(digit, 10)),
            None if sign.is_whitespace() || "-－‐‑–—().（）".contains(sign) => {}
            None if is_number(&digits) => return true,
            None => digits.clear(),
        }
    }
    false
}

fn full_width_digit(sign: char) -> Option<u32> {
    u32::from(sign).checked_sub(u32::from('０')).filter(|digit| *digit < 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_has_to_be_told_is_named_until_it_is() {
        let place: Name = "白龟湖".parse().unwrap();
        let mut told = Recruitment::default();
        assert_eq!(told.missing(None).len(), 5);
        told.content = "捡拾垃圾".parse().ok();
        told.risks = "湖边湿滑".parse().ok();
        told.safeguards = "统一投保".parse().ok();
        assert_eq!(told.missing(Some(&place)), [RecruitmentPart::Contact]);
        told.contact = "团委办公室 0375-2900000".parse().ok();
        assert!(told.missing(Some(&place)).is_empty());
    }

    #[test]
    fn a_persons_number_is_recognised_however_it_is_written() {
        for personal in [
            "电话13800000000",
            "138 0000 0000",
            "138-0000-0000 王",
            "１３８－００００－００００",
            "(138)0000-0000",
            "＋８６１３８００００００００",
            "110101190001010015",
        ] {
            assert!(holds_a_persons_number(personal), "{personal}");
        }
        for office in ["团委办公室 0375-2900000", "上午 8-12 点", "2026-12-01", "400-800-0000", ""] {
            assert!(!holds_a_persons_number(office), "{office}");
        }
    }
}
