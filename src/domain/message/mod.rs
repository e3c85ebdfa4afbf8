//! Messages (消息): what a person is told because of an entry of the journal.
//!
//! They follow from the entry by one function, [`told::messages`], and hold no personal data: a kind, what it is about,
//! and figures. The text is made when it is read. [`kinds`] lists them.
//!
//! Time alone makes no entry. What it is about to end is announced by the service, once, by an entry of its own.

mod kinds;
pub mod rules;
pub mod told;

use super::amounts::{Minutes, Points};
use super::choice::choice;
use super::ids::{self, Id, LotId, RedemptionId, Seq, VolunteerId};
use super::noun::{events, refusals};
use super::time::Timestamp;
use chrono::Duration;
use kinds::message_kinds;
use std::fmt;
use std::str::FromStr;

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $Kind:ident: $english:literal, $chinese:literal $(on $event:pat => |$tell:pat_param| $told:expr),*;)+) => {
        choice! {
            /// What a message is.
            pub enum MessageKind {
                $($(#[doc = $doc])+ $Kind,)+
            }
        }

        impl MessageKind {
            /// What it says in English; `{minutes}`, `{points}` and `{due_at}` stand for its figures.
            #[must_use]
            pub const fn english(self) -> &'static str {
                match self { $(Self::$Kind => $english,)+ }
            }

            /// The same in Chinese.
            #[must_use]
            pub const fn chinese(self) -> &'static str {
                match self { $(Self::$Kind => $chinese,)+ }
            }
        }
    };
}
message_kinds!(kinds);

macro_rules! about {
    (things { $($module:ident: $Noun:ident($Row:ident, $Id:ident = $number:literal $what:literal)
        in $table:ident else $Absent:ident $commands:tt;)* } $($rest:tt)*) => {
        /// The thing that a message is about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum About {
            $(#[doc = concat!("A ", $what, ".")] $Noun(ids::$Id),)*
        }

        impl About {
            /// Every noun that a message can be about.
            pub const NOUNS: &'static [&'static str] = &[$(stringify!($module)),*];

            /// Which noun it is.
            #[must_use]
            pub const fn noun(self) -> &'static str {
                match self { $(Self::$Noun(_) => stringify!($module),)* }
            }

            /// The entry that made it.
            #[must_use]
            pub fn entry(self) -> Seq {
                match self { $(Self::$Noun(id) => id.entry(),)* }
            }

            /// The thing of a noun that an entry made, if there is such a noun.
            #[must_use]
            pub fn of(noun: &str, entry: Seq) -> Option<Self> {
                match noun {
                    $(stringify!($module) => Some(Self::$Noun(Id::of(entry))),)*
                    _ => None,
                }
            }
        }

        /// The id, as everywhere else.
        impl fmt::Display for About {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self { $(Self::$Noun(id) => id.fmt(f),)* }
            }
        }
    };
}
crate::nouns!(about);

/// What one person is told because of one entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The entry that it tells of; of a sign-in, the last one before.
    pub entry: Seq,
    /// The place among what the entry tells, from 1.
    pub line: i64,
    /// Who is told.
    pub volunteer: VolunteerId,
    pub kind: MessageKind,
    pub about: Option<About>,
    pub minutes: Option<Minutes>,
    pub points: Option<Points>,
    /// When something ends, or may be done.
    pub due_at: Option<Timestamp>,
    pub told_at: Timestamp,
}

impl Message {
    /// Where it stands among all messages.
    #[must_use]
    pub const fn place(&self) -> MessagePlace {
        MessagePlace { entry: self.entry, line: self.line }
    }
}

/// Where a message stands among all messages: by this it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct MessagePlace {
    pub entry: Seq,
    pub line: i64,
}

impl fmt::Display for MessagePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.entry, self.line)
    }
}

/// The text is no place of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected the id of a message")]
pub struct NoMessagePlace;

impl FromStr for MessagePlace {
    type Err = NoMessagePlace;

    fn from_str(text: &str) -> Result<Self, NoMessagePlace> {
        let (entry, line) = text.split_once('-').ok_or(NoMessagePlace)?;
        let number = |digits: &str| digits.parse::<i64>().map_err(|_| NoMessagePlace);
        let place = Self { entry: Seq(number(entry)?), line: number(line)? };
        if place.to_string() == text && place.entry.0 > 0 && place.line > 0 {
            Ok(place)
        } else {
            Err(NoMessagePlace)
        }
    }
}

/// Announces to a volunteer which points expire within a month.
#[derive(Clone, Debug)]
pub struct AnnouncePointsExpiry {
    pub volunteer: VolunteerId,
}

/// Announces that a gift is held for a few days more.
#[derive(Clone, Debug)]
pub struct AnnounceRedemptionExpiry {
    pub redemption: RedemptionId,
}

/// The volunteer has read everything up to a message.
#[derive(Clone, Debug)]
pub struct ReadMessages {
    pub volunteer: VolunteerId,
    /// A message of the volunteer, as the caller has looked up.
    pub up_to: MessagePlace,
}

/// The volunteer has signed in.
#[derive(Clone, Debug)]
pub struct NoteSignIn {
    pub volunteer: VolunteerId,
}

/// From how many days before they expire points are announced.
pub const POINTS_ANNOUNCED_DAYS: i64 = 30;
/// From how many days before it expires a gift is announced, if that is later than half of its time.
pub const REDEMPTION_ANNOUNCED_DAYS: i64 = 3;

/// From when on a redemption's end is announced.
#[must_use]
pub fn redemption_announced_from(placed_at: Timestamp, expires_at: Timestamp) -> Timestamp {
    let half = Duration::microseconds((expires_at.as_micros() - placed_at.as_micros()) / 2);
    expires_at.plus(-half.min(Duration::days(REDEMPTION_ANNOUNCED_DAYS)))
}

events! {
    PointsExpiryAnnounced = "points_expiry_announced" {
        volunteer: VolunteerId,
        lots: Vec<LotId>,
        points: Points,
        /// When the first of the lots expires.
        expires_at: Timestamp,
    }
    RedemptionExpiryAnnounced = "redemption_expiry_announced" {
        redemption: RedemptionId,
    }
}

refusals! {
    /// No such message of the caller's.
    MessageNotFound = NotFound "message_not_found" "there is no such message of yours";
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::VariantArray;

    #[test]
    fn a_place_survives_its_text() {
        let place = MessagePlace { entry: Seq(4711), line: 2 };
        assert_eq!(place.to_string().parse(), Ok(place));
        for text in ["", "4711", "4711-", "-1", "4711-02", "+4711-1", "4711-1-1", "0-1", "4711-0"] {
            assert_eq!(text.parse::<MessagePlace>(), Err(NoMessagePlace), "{text}");
        }
    }

    #[test]
    fn both_texts_of_a_kind_tell_the_same_figures() {
        for kind in MessageKind::VARIANTS {
            for figure in ["{minutes}", "{points}", "{due_at}"] {
                assert_eq!(
                    kind.english().contains(figure),
                    kind.chinese().contains(figure),
                    "{kind} {figure}"
                );
            }
        }
    }

    #[test]
    fn a_gift_is_announced_three_days_before_its_end_or_at_half_of_its_time() {
        let day = |day: i64| Timestamp::from_micros(day * 24 * 3600 * 1_000_000).unwrap();
        assert_eq!(redemption_announced_from(day(1), day(8)), day(5));
        assert_eq!(redemption_announced_from(day(1), day(3)), day(2));
    }
}
