//! How the domain's own types are described in the specification. The domain knows nothing of it.

use crate::domain::account::{Account, Asset};
use crate::domain::activity::Measure;
use crate::domain::activity::recruitment::RecruitmentPart;
use crate::domain::actor::{Actor, Role};
use crate::domain::amounts::Minutes;
use crate::domain::application::ApplicationStatus;
use crate::domain::as_of::AsOf;
use crate::domain::assessment::Comparison;
use crate::domain::attendance::{AttendanceStatus, Direction, NoRecord, Sighting};
use crate::domain::binding::{AppId, BoundBy, Provider};
use crate::domain::calendar::DayKind;
use crate::domain::certificate::CertificateState;
use crate::domain::correction::CorrectionStatus;
use crate::domain::dismissal::FindingId;
use crate::domain::enrolment::{EnrolmentStatus, Unfit};
use crate::domain::event::Event;
use crate::domain::evidence::Evidence;
use crate::domain::export::{ExportFormat, Exported};
use crate::domain::finding::FindingRule;
use crate::domain::identity::DocumentKind;
use crate::domain::identity::Gender;
use crate::domain::identity_change::IdentityChangeStatus;
use crate::domain::ids::{self, Seq};
use crate::domain::merge::MergeStatus;
use crate::domain::message::MessageKind;
use crate::domain::objection::ObjectionStatus;
use crate::domain::origin::Channel;
use crate::domain::person::PersonField;
use crate::domain::policy::Rounding;
use crate::domain::position::Selection;
use crate::domain::position::conditions::Condition;
use crate::domain::rating::{RatingSide, Score};
use crate::domain::record::{CountSpan, RecordStatus};
use crate::domain::redemption::RedemptionStatus;
use crate::domain::text::{Label, LoginName, Name, Note, Remark, UnitCode};
use crate::domain::time::Timestamp;
use crate::domain::transfer::TransferStatus;
use crate::domain::unit::UnitKind;
use crate::domain::volunteer::VolunteerStatus;
use std::collections::BTreeSet;
use strum::{EnumMessage, VariantArray};
use utoipa::ToSchema;
use utoipa::openapi::schema::{AnyOfBuilder, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{KnownFormat, Ref};

/// A text, to be narrowed further.
pub(super) fn text(description: &str, example: &str) -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some(description))
        .examples([serde_json::Value::from(example)])
}

macro_rules! described {
    ($($ty:ty, $name:expr => $schema:expr;)*) => {$(
        impl utoipa::PartialSchema for $ty {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                $schema.into()
            }
        }

        impl utoipa::ToSchema for $ty {
            fn name() -> std::borrow::Cow<'static, str> {
                std::borrow::Cow::Borrowed($name)
            }
        }
    )*};
}
pub(super) use described;

macro_rules! ids {
    (things { $($module:ident: $Noun:ident($Row:ident, $Id:ident = $number:literal $what:literal)
        in $table:ident else $Absent:ident $commands:tt;)* } $($rest:tt)*) => {
        described! {$(
            ids::$Id, stringify!($Id) => text(concat!("Identifies one ", $what), &ids::$Id::new(Seq(9)).to_string())
                .format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)));
        )*}
    };
}
crate::nouns!(ids);

/// Not empty when trimmed, and without control characters.
const TEXT_PATTERN: &str =
    r"^[^\u0000-\u001f\u007f-\u009f]*[^\s\u0000-\u001f\u007f-\u009f][^\u0000-\u001f\u007f-\u009f]*$";

fn bounded(description: &str, example: &str, most_characters: usize) -> ObjectBuilder {
    text(description, example)
        .min_length(Some(1))
        .max_length(Some(most_characters))
        .pattern(Some(TEXT_PATTERN))
}

/// Largest position that an entry of the journal can have: ids have room for no more.
pub(super) const ENTRY_NUMBER_MAX: i64 = i64::MAX >> 16;

/// A whole number that is not negative, to be narrowed further.
pub(super) fn whole_number(description: &str) -> ObjectBuilder {
    /// Largest number that every reader of JSON holds exactly; no figure here comes near it.
    const MAX: i64 = (1 << 53) - 1;
    let number = ObjectBuilder::new().schema_type(Type::Integer).description(Some(description));
    number.minimum(Some(0)).maximum(Some(MAX))
}

/// A choice among names, described elsewhere or by itself.
fn one_of(description: &str, names: impl IntoIterator<Item = &'static str>) -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some(description))
        .enum_values(Some(names.into_iter().collect::<Vec<_>>()))
}

/// Stands for a file that is no text.
pub(super) struct FileBytes;

/// Stands for the names of [`Account::kind`].
pub(super) struct AccountKind;

/// Stands for the names of [`Event::kind`].
pub(super) struct EventKind;

/// Stands for the status of the thing that a refusal is about.
pub(super) struct CurrentStatus;

/// Stops compiling when an account is added and not named.
const ACCOUNT_KINDS: [&str; 9] = {
    const _: fn(Account) = |account| match account {
        Account::Served { .. } | Account::Credited { .. } | Account::Issued { .. } => {}
        Account::Available { .. } | Account::Held { .. } | Account::Redeemed { .. } => {}
        Account::Expired { .. } | Account::Debt { .. } | Account::Transferred { .. } => {}
    };
    ["served", "credited", "issued", "available", "held", "redeemed", "expired", "debt", "transferred"]
};

/// Every status that a refusal can name, each once.
fn statuses() -> BTreeSet<&'static str> {
    names::<RecordStatus>()
        .chain(names::<TransferStatus>())
        .chain(names::<RedemptionStatus>())
        .chain(names::<ObjectionStatus>())
        .chain(names::<CorrectionStatus>())
        .chain(names::<IdentityChangeStatus>())
        .chain(names::<MergeStatus>())
        .chain(names::<EnrolmentStatus>())
        .chain(names::<AttendanceStatus>())
        .chain(names::<ApplicationStatus>())
        .collect()
}

described! {
    Minutes, "Minutes" => whole_number("Whole minutes, never rounded up");
    Seq, "EntryNumber" => whole_number("The position of an entry in the journal; 0 is before the first")
        .maximum(Some(ENTRY_NUMBER_MAX)).examples([4711]);
    AsOf, "AsOf" => AnyOfBuilder::new()
        .item(Ref::from_schema_name(Seq::name()))
        .item(Ref::from_schema_name(Timestamp::name()))
        .item(Ref::from_schema_name("Day"))
        .description(Some(
            "The ledger after an entry, at an instant, or at the end of a day. An instant or day has to be over: what is \
             recorded in it may still change. Every answer names the entry that it stands on; the same question as of that \
             entry always has the same answer.",
        ));
    FileBytes, "FileBytes" => ObjectBuilder::new().schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)));
    AccountKind, "AccountKind" => one_of("The name of an account", ACCOUNT_KINDS);
    EventKind, "EventKind" => one_of("What happened", Event::kinds());
    CurrentStatus, "CurrentStatus" => one_of("The present status of the thing", statuses());
    Name, "Name" => bounded("A name, on one line", "志愿红", 100);
    LoginName, "LoginName" => bounded("A log-in name: small letters of one script, on one line", "zhou", 100);
    Note, "Note" => bounded("A reason or remark in a person's words, on one line", "闸机故障，按签到表补录", 500);
    Remark, "Remark" => bounded("A few words that others read, on one line", "组织有序", 200);
    Score, "Score" => ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)).maximum(Some(5))
        .description(Some("How good it was: 5 is the best")).examples([4]);
    Label, "Label" => bounded("A short label", "急救", 40);
    UnitCode, "UnitCode" => text("A unit's code, kept in capitals", "SCHOOL-3")
        .min_length(Some(1)).max_length(Some(32)).pattern(Some("^[A-Za-z0-9._-]+$"));
    AppId, "AppId" => text("An app of a provider: WeChat's appid", "wx0123456789abcdef")
        .min_length(Some(1)).max_length(Some(64)).pattern(Some("^[A-Za-z0-9._-]+$"));
    Timestamp, "Instant" => text("An instant between the years 1900 and 9999, with its offset", "2026-11-22T09:00:00+08:00")
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)));
    FindingId, "FindingId" => text("The id of a finding: a hash of the rule and of all data that it is based on", &"0123456789abcdef".repeat(4))
        .pattern(Some("^[0-9a-f]{64}$"));
    Actor, "Actor" => text("Who acted: `system`, `operator:` or `volunteer:` and an id", "system")
        .pattern(Some("^(system|(operator|volunteer):[0-9a-f-]{36})$"));
}

/// The names of a closed choice on the wire.
fn names<T: Copy + Into<&'static str> + VariantArray>() -> impl Iterator<Item = &'static str> {
    T::VARIANTS.iter().map(|choice| (*choice).into())
}

/// A closed choice with the meaning of each name, as the domain's own type says it.
fn choice<T: Copy + Into<&'static str> + EnumMessage + VariantArray>(what: &str) -> ObjectBuilder {
    let meanings = T::VARIANTS.iter().map(|choice| choice.get_documentation().unwrap_or_default());
    let meanings = names::<T>().zip(meanings).map(|(name, meaning)| format!("\n- `{name}`: {meaning}"));
    one_of(&format!("{what}{}", meanings.collect::<String>()), names::<T>())
}

macro_rules! choices {
    ($($ty:ident $what:literal;)*) => {
        described! {$(
            $ty, stringify!($ty) => choice::<$ty>($what);
        )*}

        #[cfg(test)]
        mod tests {
            use super::*;

            #[test]
            fn serde_knows_each_choice_by_the_same_name() {
                $(for choice in $ty::VARIANTS {
                    assert_eq!(serde_json::to_value(choice).unwrap(), choice.to_string());
                    assert!(choice.get_documentation().is_some(), "{choice}");
                })*
            }
        }
    };
}

choices! {
    Asset "What an amount is counted in";
    Comparison "How a value is compared with its threshold";
    UnitKind "What sort of body a unit is";
    VolunteerStatus "Whether a registration is active";
    PersonField "What is known of a person, by its parts";
    IdentityChangeStatus "The status of a change of identity";
    MergeStatus "The status of a merge";
    MessageKind "What a message is";
    Gender "As in the identity document";
    DocumentKind "Which identity document";
    Measure "What an activity's service is counted in";
    RecruitmentPart "What recruitment has to tell";
    Selection "How places are given";
    Condition "Which condition of a position somebody does not meet";
    EnrolmentStatus "Where an enrolment stands";
    Unfit "Why a free place goes to somebody who waits behind";
    Direction "Which end of an attendance";
    AttendanceStatus "Where an attendance stands";
    Sighting "How the service saw somebody come or go, the best first";
    NoRecord "Why an attendance that ended has no service record";
    Evidence "How it is known that somebody served";
    ExportFormat "The format of a file";
    Exported "What was exported";
    FindingRule "What makes credited service look wrong";
    CountSpan "Within what occasions of a person are counted";
    RecordStatus "The status of a service record";
    TransferStatus "The status of a transfer";
    RedemptionStatus "The status of a redemption";
    Channel "By what way an entry came that was not asked for over the API";
    RatingSide "Who rates what";
    Rounding "What is rounded down to a hundredth of a point";
    CertificateState "The state of a certificate";
    ObjectionStatus "The status of an objection";
    CorrectionStatus "The status of a correction";
    ApplicationStatus "The status of an application";
    Provider "Who vouches for an outside identity";
    BoundBy "By what somebody showed that they are the volunteer";
    DayKind "Whether people work on a day";
    Role "What a person or script may do";
}
