//! What a noun is declared with: its row, what happens to it, and why something about it is refused.
//!
//! A noun is a folder. Its `mod.rs` says what it is: the row, the commands, the events, the refusals. Its
//! `rules.rs` says what may be done: how a command is decided and an event carried into the world. Its `kept.rs`
//! says how a row stands in the answers that are kept under idempotency keys.
//! [`nouns`](crate::nouns) lists them all.

use super::ids::UnitId;
use std::hash::Hash;

/// A row of the state that the journal determines.
pub trait Row: Clone {
    /// What the row is found by.
    type Key: Copy + Eq + Ord + Hash;

    /// Whether it is reference data: few rows, seldom changed, which the others refer to. The writer keeps
    /// them between batches, even where another replica has written in between.
    const IS_REFERENCE: bool = false;

    /// This row's key.
    fn key(&self) -> Self::Key;

    /// Whether it gives up a place that is unique to another row of the same batch: it is written first.
    fn gives_up_its_place(&self) -> bool {
        false
    }
}

/// What a command made or changed, as it is answered.
pub trait Thing {
    /// The unit whose auditors see the entry; none: admins and the auditors of the top unit only.
    fn unit(&self) -> Option<UnitId>;
}

/// What stands against a command: the client's next step depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RefusalKind {
    /// Who asks has to say anew who they are (HTTP 401).
    Unauthenticated,
    /// Who asks may not do this (HTTP 403).
    Forbidden,
    /// What the command names is not there (HTTP 404).
    NotFound,
    /// The request is sound in itself; what the ledger holds stands against it (HTTP 409).
    Conflict,
    /// It was changed since it was read (HTTP 412).
    Stale,
    /// The request itself asks for what no rule allows (HTTP 422).
    Invalid,
}

/// Marks the refusals of a noun, so that each turns into what it is a part of.
pub trait Refuses {}

/// A refusal as the documentation lists it.
#[derive(Clone, Copy, Debug)]
pub struct RefusalCode {
    /// The API's stable code.
    pub code: &'static str,
    pub kind: RefusalKind,
    /// What the code means; the same for each occurrence.
    pub meaning: &'static str,
}

/// An event as the documentation describes it.
#[derive(Clone, Copy, Debug)]
pub struct EventForm {
    /// The kind's name in the journal.
    pub kind: &'static str,
    pub members: &'static [EventMember],
}

/// A member of an event.
#[derive(Clone, Copy, Debug)]
pub struct EventMember {
    pub name: &'static str,
    /// Its type, as the noun declares it.
    pub form: &'static str,
    /// How it is serialised, where that is declared apart.
    pub attributes: &'static str,
}

/// Declares a noun's events: each variant with its name in the journal, which never changes.
///
/// Adding a variant or an optional field is safe; changing or removing one makes old journals unreadable.
macro_rules! events {
    ($($(#[$doc:meta])* $name:ident = $kind:literal { $($(#[$attribute:meta])* $field:ident: $type:ty),* $(,)? })*) => {
        /// What happens to it, as the journal keeps it.
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(tag = "kind")]
        pub enum Event {
            $($(#[$doc])* #[serde(rename = $kind)] $name { $($(#[$attribute])* $field: $type),* },)*
        }

        impl Event {
            /// Every kind's name in the journal.
            pub const KINDS: &'static [&'static str] = &[$($kind),*];

            /// The form of each kind, for the documentation and its tests.
            pub const FORMS: &'static [crate::domain::noun::EventForm] = &[$(crate::domain::noun::EventForm {
                kind: $kind,
                members: &[$(crate::domain::noun::EventMember {
                    name: stringify!($field),
                    form: stringify!($type),
                    attributes: stringify!($(#[$attribute])*),
                }),*],
            }),*];

            /// The kind's name in the journal.
            #[must_use]
            pub const fn kind(&self) -> &'static str {
                match self { $(Self::$name { .. } => $kind,)* }
            }
        }
    };
}
pub(super) use events;

/// Says in which form a row is kept in answers: a struct with serde's `remote`, of the same fields.
///
/// Kept answers are read for ever, so the form never loses or renames a member; a new one has a default for the
/// answers of before. A field that the row calls otherwise from now on has `#[serde(rename = …)]` there. A form that
/// cannot stay is a new number of kept answers: see `engine::kept`.
macro_rules! kept {
    ($Row:ident as $Form:ident) => {
        impl serde::Serialize for $Row {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $Form::serialize(self, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $Row {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $Form::deserialize(deserializer)
            }
        }
    };
}
pub(super) use kept;

/// Declares a noun's refusals: each with its meaning as the doc comment, the stable code, what stands against
/// the command and, where one member of the request is at fault, its JSON pointer.
macro_rules! refusals {
    ($($(#[doc = $doc:literal])+ $name:ident $({ $($field:ident: $type:ty),* })?
        = $kind:ident $code:literal $(at $pointer:literal)? $text:literal;)*) => {
        /// Why a command about it was refused. A refusal changes nothing.
        #[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, serde::Serialize, serde::Deserialize)]
        #[serde(tag = "code")]
        pub enum Refusal {
            $($(#[doc = $doc])+ #[error($text)] #[serde(rename = $code)]
            $name $({ $(#[doc = "What the refusal names."] $field: $type),* })?,)*
        }

        impl Refusal {
            /// Every refusal, for the documentation and its tests.
            pub const CODES: &'static [crate::domain::noun::RefusalCode] = &[$(crate::domain::noun::RefusalCode {
                code: $code,
                kind: crate::domain::noun::RefusalKind::$kind,
                meaning: concat!($($doc),+),
            }),*];

            /// The API's stable code.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self { $(Self::$name { .. } => $code,)* }
            }

            /// What stands against the command.
            #[must_use]
            pub const fn kind(&self) -> crate::domain::noun::RefusalKind {
                match self { $(Self::$name { .. } => crate::domain::noun::RefusalKind::$kind,)* }
            }

            /// The member of the request that is at fault, as a JSON pointer, where it is always one.
            #[must_use]
            pub const fn field(&self) -> Option<&'static str> {
                match self { $(Self::$name { .. } => crate::domain::noun::refusals!(@pointer $($pointer)?),)* }
            }
        }

        impl crate::domain::noun::Refuses for Refusal {}
    };
    (@pointer) => { None };
    (@pointer $pointer:literal) => { Some($pointer) };
}
pub(super) use refusals;
