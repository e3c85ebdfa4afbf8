//! How the domain's own types are described in the specification. The domain knows nothing of it.

use crate::domain::account::{Account, Asset};
use crate::domain::activity::Measure;
use crate::domain::actor::{Actor, Role};
use crate::domain::amounts::Minutes;
use crate::domain::as_of::AsOf;
use crate::domain::assessment::Comparison;
use crate::domain::calendar::DayKind;
use crate::domain::certificate::CertificateState;
use crate::domain::correction::CorrectionStatus;
use crate::domain::dismissal::FindingId;
use crate::domain::event::Event;
use crate::domain::evidence::Evidence;
use crate::domain::export::{ExportFormat, Exported};
use crate::domain::finding::FindingRule;
use crate::domain::identity::DocumentKind;
use crate::domain::identity::Gender;
use crate::domain::ids::{self, Seq};
use crate::domain::objection::ObjectionStatus;
use crate::domain::record::RecordStatus;
use crate::domain::redemption::RedemptionStatus;
use crate::domain::text::{Label, Name, Note, UnitCode};
use crate::domain::time::Timestamp;
use crate::domain::transfer::TransferStatus;
use crate::domain::unit::UnitKind;
use crate::domain::volunteer::VolunteerStatus;
use std::collections::BTreeSet;
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
            ids::$Id, stringify!($Id) => text(concat!("Names one ", $what), &ids::$Id::new(Seq(9)).to_string())
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

/// Stands for the status of whatever a refusal is about.
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
    let of_things = [
        RecordStatus::NAMES,
        TransferStatus::NAMES,
        RedemptionStatus::NAMES,
        ObjectionStatus::NAMES,
        CorrectionStatus::NAMES,
    ];
    of_things.into_iter().flatten().copied().collect()
}

described! {
    Minutes, "Minutes" => whole_number("Whole minutes, never rounded up");
    Seq, "EntryNumber" => whole_number("The position of an entry in the journal; 0 is before the first")
        .maximum(Some(ENTRY_NUMBER_MAX)).examples([4711]);
    AsOf, "AsOf" => AnyOfBuilder::new()
        .item(Ref::from_schema_name(Seq::name()))
        .item(Ref::from_schema_name(Timestamp::name()))
        .description(Some("The ledger after an entry, or at an instant"));
    FileBytes, "FileBytes" => ObjectBuilder::new().schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)));
    AccountKind, "AccountKind" => one_of("The name of an account", ACCOUNT_KINDS);
    EventKind, "EventKind" => one_of("What happened", Event::kinds());
    CurrentStatus, "CurrentStatus" => one_of("Where the thing stands, as its own status says", statuses());
    Name, "Name" => bounded("A name, on one line", "志愿红", 100);
    Note, "Note" => bounded("A reason or remark in a person's words, on one line", "闸机故障，按签到表补录", 500);
    Label, "Label" => bounded("A short label", "急救", 40);
    UnitCode, "UnitCode" => text("A unit's code, kept in capitals", "SCHOOL-3")
        .min_length(Some(1)).max_length(Some(32)).pattern(Some("^[A-Za-z0-9._-]+$"));
    Timestamp, "Instant" => text("An instant between the years 1900 and 9999, with its offset", "2026-11-22T09:00:00+08:00")
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)));
    FindingId, "FindingId" => text("Names a finding by what it rests on", &"0123456789abcdef".repeat(4))
        .pattern(Some("^[0-9a-f]{64}$"));
    Actor, "Actor" => text("Who acted: `system`, `operator:` or `volunteer:` and an id", "system")
        .pattern(Some("^(system|(operator|volunteer):[0-9a-f-]{36})$"));
}

/// A choice by name.
trait Choice {
    /// The names on the wire.
    const NAMES: &'static [&'static str];
}

macro_rules! choices {
    ($($ty:ident $name:literal $what:literal: $($variant:ident = $text:literal $meaning:literal),+;)*) => {
        described! {$(
            $ty, $name => ObjectBuilder::new()
                .schema_type(Type::String)
                .description(Some(concat!($what, $("\n- `", $text, "`: ", $meaning,)+)))
                .enum_values(Some([$($text),+]));
        )*}

        $(impl Choice for $ty {
            const NAMES: &'static [&'static str] = &[$($text),+];
        })*

        // Stops compiling when a choice is added and not described.
        $(const _: fn($ty) = |choice| match choice { $($ty::$variant)|+ => {} };)*

        #[cfg(test)]
        mod choices {
            #[test]
            fn every_choice_is_described_by_its_name_on_the_wire() {
                $($(assert_eq!(serde_json::to_value(super::$ty::$variant).unwrap(), $text);)+)*
            }
        }
    };
}

choices! {
    Asset "Asset" "What an amount is counted in":
        Minutes = "minutes" "whole minutes", Points = "points" "points, in hundredths inside";
    Comparison "Comparison" "How a value stands to its threshold":
        AtLeast = "at_least" "not less", AtMost = "at_most" "not more";
    UnitKind "UnitKind" "What sort of body a unit is":
        Bureau = "bureau" "局, the top of a tree", Department = "department" "科室",
        School = "school" "学校", Team = "team" "队伍";
    VolunteerStatus "VolunteerStatus" "Whether a registration is in force":
        Active = "active" "registered", Closed = "closed" "left; personal data is erased";
    Gender "Gender" "As in the identity document":
        Female = "female" "女", Male = "male" "男";
    DocumentKind "DocumentKind" "Which identity document":
        ResidentIdentity = "resident_identity" "居民身份证, 18 characters, checked by GB 11643",
        Passport = "passport" "护照", HongKongMacaoPermit = "hong_kong_macao_permit" "港澳居民来往内地通行证",
        TaiwanPermit = "taiwan_permit" "台湾居民来往大陆通行证",
        ForeignPermanentResident = "foreign_permanent_resident" "外国人永久居留身份证";
    Measure "Measure" "What an activity's service is counted in":
        Minutes = "minutes" "minutes served", Count = "count" "occasions, such as blood donations";
    Evidence "Evidence" "How well a record is evidenced":
        Scan = "scan" "own check-in and check-out (扫码)", Geo = "geo" "check-in by position (定位)",
        Leader = "leader" "confirmed on the spot (负责人确认)", Import = "import" "taken over (导入)",
        Backfill = "backfill" "entered later (补录)";
    ExportFormat "ExportFormat" "The form of a file":
        Csv = "csv" "RFC 4180, formulas defused", Ndjson = "ndjson" "one JSON object a line",
        Xlsx = "xlsx" "a spreadsheet, text never a formula";
    Exported "Exported" "What was taken out":
        MinutesTotals = "minutes_totals" "totals of minutes", PointsTotals = "points_totals" "totals of points",
        ServiceRecords = "service_records" "service records", Statements = "statements" "statements",
        Journal = "journal" "entries of the journal", Assessment = "assessment" "an assessment";
    FindingRule "FindingRule" "What makes credited service look wrong":
        QuickCrediting = "quick_crediting" "credited within minutes, by hand, many on one day",
        BackfillByOneOperator = "backfill_by_one_operator" "a unit's back-fill, entered by one",
        BackfillOnOneWeekday = "backfill_on_one_weekday" "a unit's back-fill, for one day of the week",
        BackfillUnderCap = "backfill_under_cap" "back-filled days just under 8 or 12 hours",
        SameInterval = "same_interval" "one interval for many, and nobody checked in",
        ServiceElsewhere = "service_elsewhere" "most of a person's minutes far from the own unit",
        FastApprovals = "fast_approvals" "approvals faster than anybody reads";
    RecordStatus "RecordStatus" "Where a service record stands":
        Submitted = "submitted" "waiting for a decision", Credited = "credited" "counted",
        Rejected = "rejected" "refused", Voided = "voided" "was counted, and is no longer";
    TransferStatus "TransferStatus" "Where a transfer stands":
        Requested = "requested" "waiting for the source unit", Released = "released" "waiting for the target unit",
        Accepted = "accepted" "done", Rejected = "rejected" "refused by either unit",
        Cancelled = "cancelled" "taken back", Expired = "expired" "not done in time";
    RedemptionStatus "RedemptionStatus" "Where a redemption stands":
        Held = "held" "waiting to be picked up", Fulfilled = "fulfilled" "handed over",
        Cancelled = "cancelled" "given up", Expired = "expired" "not picked up in time";
    CertificateState "CertificateState" "Where a certificate stands":
        Valid = "valid" "all that it rests on stands", Corrected = "corrected" "a record that it rests on was voided",
        Superseded = "superseded" "another was issued in its place", Revoked = "revoked" "taken back by its issuer";
    ObjectionStatus "ObjectionStatus" "Where an objection stands":
        Open = "open" "to be resolved; holds the crediting", Upheld = "upheld" "it was right: the record is rejected",
        Dismissed = "dismissed" "it was not";
    CorrectionStatus "CorrectionStatus" "Where a correction stands":
        Open = "open" "to be decided", Accepted = "accepted" "done", Declined = "declined" "not done";
    DayKind "DayKind" "Whether people work on a day":
        Working = "working" "上班", Rest = "rest" "休息";
    Role "Role" "What a person or script may do":
        Volunteer = "volunteer" "acts for herself or himself", Coordinator = "coordinator" "acts for a unit and all under it",
        Auditor = "auditor" "reads a unit and all under it", Admin = "admin" "acts everywhere";
}
