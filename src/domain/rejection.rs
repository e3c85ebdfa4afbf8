//! Every refusal that a rule can give, as one type. Each noun declares its own, with the API's stable code.

use super::noun::{RefusalCode, RefusalKind};
use serde::{Deserialize, Serialize};

macro_rules! rejection {
    (things { $($module:ident: $Noun:ident($($row:tt)*) in $table:ident else $Absent:ident $commands:tt;)* } $($rest:tt)*) => {
        declare! {
            General general, Person person,
            $($Noun $module,)*
            Calendar calendar, NoticePolicy notice, CreditingPolicy crediting_policy, Dismissal dismissal,
            Activation activation, Message message,
        }
    };
}

macro_rules! declare {
    ($($Noun:ident $module:ident,)*) => {
        /// Why a command was refused. A refusal changes nothing.
        #[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
        #[serde(untagged)]
        pub enum Rejection {
            $(
                #[doc = concat!("A refusal of `", stringify!($module), "`.")]
                #[error(transparent)]
                $Noun(#[from] crate::domain::$module::Refusal),
            )*
        }

        impl Rejection {
            /// The API's stable code.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self { $(Self::$Noun(refusal) => refusal.code(),)* }
            }

            /// What stands against the command.
            #[must_use]
            pub const fn kind(&self) -> RefusalKind {
                match self { $(Self::$Noun(refusal) => refusal.kind(),)* }
            }

            /// The member of the request that is at fault, as a JSON pointer, where it is always one.
            #[must_use]
            pub const fn field(&self) -> Option<&'static str> {
                match self { $(Self::$Noun(refusal) => refusal.field(),)* }
            }

            /// Every refusal, for the documentation and its tests.
            pub fn codes() -> impl Iterator<Item = &'static RefusalCode> {
                [$(crate::domain::$module::Refusal::CODES),*].into_iter().flatten()
            }
        }
    };
}

crate::nouns!(rejection);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{RecordId, Seq};
    use crate::domain::{dismissal, general, record};

    #[test]
    fn the_code_is_what_is_serialised_and_read_again() {
        let refusals = [
            Rejection::from(general::Refusal::NotPermitted),
            general::Refusal::VersionStale { current: Seq(3) }.into(),
            record::Refusal::RecordOverlaps { record: RecordId::new(Seq(3)) }.into(),
            dismissal::Refusal::FindingDismissed.into(),
        ];
        for rejection in refusals {
            let json = serde_json::to_value(&rejection).unwrap();
            assert_eq!(json["code"], rejection.code());
            assert_eq!(serde_json::from_value::<Rejection>(json).unwrap(), rejection);
        }
    }
}
