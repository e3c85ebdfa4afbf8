//! The answer to an accepted command: the thing that it made or changed, as it then stood.
//!
//! Answers hold no personal data, so that a stored answer can always be replayed.

use super::calendar::CalendarDay;
use super::crediting_policy::CreditingPolicy;
use super::dismissal::Dismissal;
use super::export::Export;
use super::ids::UnitId;
use super::notice::NoticePolicy;
use super::noun::Thing;
use super::unit::Headcount;
use serde::{Deserialize, Serialize};

/// The answer was another thing than was asked for.
#[derive(Clone, Copy, Debug)]
pub struct AnotherThing;

macro_rules! outcome {
    (things { $($module:ident: $Noun:ident($Row:ident, $($id:tt)*) in $table:ident else $Absent:ident $commands:tt;)* } $($rest:tt)*) => {
        /// The thing that a command made or changed.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "thing", rename_all = "snake_case")]
        pub enum Outcome {
            $($Noun(Box<crate::domain::$module::$Row>),)*
            Headcount(Headcount),
            Calendar { days: Vec<CalendarDay> },
            NoticePolicy(NoticePolicy),
            CreditingPolicy(CreditingPolicy),
            Export(Export),
            Dismissal(Dismissal),
        }

        impl Outcome {
            /// The unit whose auditors see the entry: that of the thing that it made or changed.
            #[must_use]
            pub fn unit(&self) -> Option<UnitId> {
                match self {
                    $(Self::$Noun(thing) => thing.unit(),)*
                    Self::Headcount(headcount) => Some(headcount.unit),
                    Self::Calendar { .. } => None,
                    Self::NoticePolicy(policy) => Some(policy.unit),
                    Self::CreditingPolicy(policy) => Some(policy.unit),
                    Self::Export(export) => export.unit,
                    Self::Dismissal(dismissal) => Some(dismissal.unit),
                }
            }
        }

        $(
            impl From<crate::domain::$module::$Row> for Outcome {
                fn from(thing: crate::domain::$module::$Row) -> Self {
                    Self::$Noun(Box::new(thing))
                }
            }

            impl TryFrom<Outcome> for crate::domain::$module::$Row {
                type Error = AnotherThing;

                fn try_from(outcome: Outcome) -> Result<Self, AnotherThing> {
                    match outcome {
                        Outcome::$Noun(thing) => Ok(*thing),
                        _ => Err(AnotherThing),
                    }
                }
            }
        )*
    };
}
crate::nouns!(outcome);

macro_rules! others {
    ($($Thing:ident)*) => {$(
        impl TryFrom<Outcome> for $Thing {
            type Error = AnotherThing;

            fn try_from(outcome: Outcome) -> Result<Self, AnotherThing> {
                match outcome {
                    Outcome::$Thing(thing) => Ok(thing),
                    _ => Err(AnotherThing),
                }
            }
        }
    )*};
}
others!(Headcount NoticePolicy CreditingPolicy Dismissal);
