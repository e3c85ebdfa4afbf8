//! Bindings (绑定): by which outside identity, such as a WeChat user's in an app, somebody signs in as a volunteer.
//!
//! Who somebody is outside stands beside the journal, encrypted and blind-indexed, and is erased when the binding ends or
//! the person leaves. One outside identity is bound to one person; a person may have several.

mod kept;
pub mod rules;

use super::commitment::{Commitment, Committed};
use super::ids::{BindingId, Seq, UnitId, VolunteerId};
use super::noun::{Row, Thing, events, refusals};
use super::person::BlindIndex;
use super::time::Timestamp;
use crate::domain::choice::choice;
use serde::{Deserialize, Deserializer, Serialize, de};
use std::fmt;
use std::str::FromStr;

choice! {
    /// Who vouches for an outside identity.
    pub enum Provider {
        /// 微信: a mini-program's or an official account's user.
        Wechat,
    }
}

choice! {
    /// By what somebody showed that they are the volunteer.
    pub enum BoundBy {
        /// The mobile number of one registered volunteer, which the provider vouches for.
        Mobile,
        /// An activation code.
        Activation,
        /// The office saw the document of who applied.
        Application,
    }
}

/// The text does not have the form of such a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected 1 to {most_characters} letters, digits, hyphens, dots and underscores")]
pub struct NotAName {
    most_characters: usize,
}

macro_rules! names {
    ($($(#[$doc:meta])* $Name:ident of $most:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $Name(String);

        impl $Name {
            /// The name itself.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $Name {
            type Err = NotAName;

            fn from_str(text: &str) -> Result<Self, NotAName> {
                let fits = (1..=$most).contains(&text.len())
                    && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte));
                if fits { Ok(Self(text.to_owned())) } else { Err(NotAName { most_characters: $most }) }
            }
        }

        impl<'de> Deserialize<'de> for $Name {
            fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                String::deserialize(input)?.parse().map_err(de::Error::custom)
            }
        }
    )*};
}

names! {
    /// Names an app of a provider: WeChat's `appid`.
    AppId of 64;
    /// Names somebody within an app: WeChat's `openid`. Personal data.
    Subject of 128;
}

impl fmt::Display for AppId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for AppId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subject").finish_non_exhaustive()
    }
}

/// Who somebody is outside. In this form it is committed to, and kept: the names are for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutsideIdentity {
    pub provider: Provider,
    pub app: AppId,
    pub subject: Subject,
}

/// Most bindings that a person has at once.
pub const MOST_BINDINGS: usize = 10;

/// That somebody signs in as a volunteer by an outside identity, which is kept beside the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    pub id: BindingId,
    pub volunteer: VolunteerId,
    /// The volunteer's when it was made.
    pub unit: UnitId,
    pub provider: Provider,
    pub app: AppId,
    pub bound_by: BoundBy,
    pub bound_at: Timestamp,
    /// When it ended, and by which entry: the person's or the office's wish, or closing.
    pub ended_at: Option<Timestamp>,
    pub ended_entry: Option<Seq>,
}

impl Row for Binding {
    type Key = BindingId;

    fn key(&self) -> BindingId {
        self.id
    }
}

impl Thing for Binding {
    fn unit(&self) -> Option<UnitId> {
        Some(self.unit)
    }
}

/// By what somebody shows that they are the volunteer.
#[derive(Clone, Copy, Debug)]
pub enum BindingProof {
    /// The provider vouches for the mobile; with the version of the one registration that was found by it.
    Mobile { read: Seq },
    /// The activation code that an entry gave. The service has compared it; whether it is still good is for the rule to
    /// say.
    Activation { entry: Seq },
}

/// Binds an outside identity, for which its provider vouches, to a volunteer.
#[derive(Clone, Debug)]
pub struct Bind {
    pub volunteer: VolunteerId,
    pub identity: Committed<OutsideIdentity>,
    pub index: BlindIndex,
    pub proof: BindingProof,
}

/// Ends a binding: nobody signs in by it any more.
#[derive(Clone, Copy, Debug)]
pub struct EndBinding {
    pub binding: BindingId,
}

events! {
    BindingMade = "binding_made" {
        volunteer: VolunteerId,
        provider: Provider,
        app: AppId,
        bound_by: BoundBy,
        subject: Commitment,
    }
    BindingEnded = "binding_ended" {
        binding: BindingId,
    }
}

refusals! {
    /// No such binding.
    BindingNotFound = NotFound "binding_not_found" "there is no such binding";
    /// It is bound already: sign in with it.
    BindingTaken = Conflict "binding_taken" "it is bound already: sign in again";
    /// Nobody can be bound by this, or more than one could: the office gives an activation code.
    BindingRefused = Forbidden "binding_refused" "nobody can be bound by this: ask your office for an activation code";
    /// The volunteer has ten bindings, which is as many as anybody may have: end one first.
    TooManyBindings = Conflict "too_many_bindings" "the volunteer has as many bindings as anybody may have: end one first";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_outside_have_a_form_and_subjects_do_not_show() {
        for good in ["wx0123456789abcdef", "oGZUI0egBJY1zhBYw2KhdUfwVJJE", "a-b_c.d", &"x".repeat(64)] {
            assert_eq!(good.parse::<AppId>().unwrap().as_str(), good);
        }
        for wrong in ["", " ", "a b", "a:b", "甲", "a/b", &"x".repeat(65)] {
            assert_eq!(wrong.parse::<AppId>(), Err(NotAName { most_characters: 64 }), "{wrong}");
        }
        let subject: Subject = "oGZUI0egBJY1zhBYw2KhdUfwVJJE".parse().unwrap();
        assert!(!format!("{subject:?}").contains("oGZ"));
        assert!("x".repeat(129).parse::<Subject>().is_err());
    }
}
