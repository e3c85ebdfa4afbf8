//! What happened: the content of a journal entry.
//!
//! An event holds ids, figures and commitments to what is kept beside the journal; never a person's data. Each
//! noun declares its own; here they are one type, with the same bytes in the journal.

use super::account::Posting;
use super::actor::Actor;
use super::ids::Seq;
use super::noun::{EventForm, Row};
use super::origin::Origin;
use super::time::Timestamp;
use super::{activation, calendar, crediting_policy, notice, operator, token, volunteer};
use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};

pub use super::commitment::Commitment;
pub use super::lot::Draw;
pub use super::record::{Award, Crediting, Deduction};
pub use super::redemption::Release;

macro_rules! event {
    (things { $($module:ident: $Noun:ident($Row:ident, $($id:tt)*) in $table:ident else $Absent:ident $commands:tt;)* }
     others { $($other:ident: $Other:ident $other_commands:tt;)* } $($rows:tt)*) => {
        /// Every kind of change there is, by the noun that it happens to.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        #[serde(untagged)]
        pub enum Event {
            $($Noun(crate::domain::$module::Event),)*
            $($Other(crate::domain::$other::Event),)*
        }

        impl Event {
            /// The kind's name in the journal.
            #[must_use]
            pub const fn kind(&self) -> &'static str {
                match self {
                    $(Self::$Noun(event) => event.kind(),)*
                    $(Self::$Other(event) => event.kind(),)*
                }
            }

            /// Every kind's name in the journal.
            pub fn kinds() -> impl Iterator<Item = &'static str> {
                [$(crate::domain::$module::Event::KINDS,)* $(crate::domain::$other::Event::KINDS),*].into_iter().flatten().copied()
            }

            /// The form of every kind, for the documentation and its tests.
            pub fn forms() -> impl Iterator<Item = &'static EventForm> {
                [$(crate::domain::$module::Event::FORMS,)* $(crate::domain::$other::Event::FORMS),*].into_iter().flatten()
            }

            /// Reads an event whose kind is known: at once, where to look for the kind would try one noun after
            /// the other.
            pub fn deserialize_kind<'de, D: Deserializer<'de>>(kind: &str, input: D) -> Result<Self, D::Error> {
                $(if crate::domain::$module::Event::KINDS.contains(&kind) {
                    return crate::domain::$module::Event::deserialize(input).map(Self::$Noun);
                })*
                $(if crate::domain::$other::Event::KINDS.contains(&kind) {
                    return crate::domain::$other::Event::deserialize(input).map(Self::$Other);
                })*
                Err(serde::de::Error::custom(format_args!("no event is of the kind {kind:?}")))
            }

            /// The kinds that change reference data ([`Row::IS_REFERENCE`]); all others leave it as it is.
            #[must_use]
            pub fn reference_kinds() -> Vec<&'static str> {
                let nouns: &[(bool, &[&'static str])] = &[
                    $((<crate::domain::$module::$Row as Row>::IS_REFERENCE, crate::domain::$module::Event::KINDS),)*
                    (calendar::CalendarDay::IS_REFERENCE, calendar::Event::KINDS),
                    (notice::NoticePolicy::IS_REFERENCE, notice::Event::KINDS),
                    (crediting_policy::CreditingPolicy::IS_REFERENCE, crediting_policy::Event::KINDS),
                    (operator::Operator::IS_REFERENCE, token::Event::KINDS),
                    (volunteer::Volunteer::IS_REFERENCE, activation::Event::KINDS),
                ];
                nouns.iter().filter(|(is_reference, _)| *is_reference).flat_map(|(_, kinds)| *kinds).copied().collect()
            }
        }

        $(impl From<crate::domain::$module::Event> for Event {
            fn from(event: crate::domain::$module::Event) -> Self {
                Self::$Noun(event)
            }
        })*

        $(impl From<crate::domain::$other::Event> for Event {
            fn from(event: crate::domain::$other::Event) -> Self {
                Self::$Other(event)
            }
        })*
    };
}
crate::nouns!(event);

/// An entry of the journal before it is sealed into the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsealedEntry {
    pub seq: Seq,
    /// When the ledger took it: never goes back.
    pub recorded_at: Timestamp,
    pub actor: Actor,
    /// By what way it came, if not over the API.
    pub origin: Option<Origin>,
    /// The day that it concerns, such as the service date.
    pub effective_date: NaiveDate,
    /// The entry that it reverses.
    pub reverses: Option<Seq>,
    pub event: Event,
    /// Sum to zero in each asset, and in points within each unit's books.
    pub postings: Vec<Posting>,
}
