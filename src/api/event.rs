//! How the journal's events are described in the specification: by the forms that the nouns declare.

use super::schema::{described, text, whole_number};
use crate::domain::event::{Commitment, Event};
use crate::domain::export::Exported;
use utoipa::openapi::schema::{
    ArrayBuilder, Discriminator, ObjectBuilder, OneOfBuilder, Schema, SchemaType, Type,
};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{PartialSchema, ToSchema};

/// Stands for an event as the journal holds it.
pub(super) struct JournalEvent;

impl PartialSchema for JournalEvent {
    fn schema() -> RefOr<Schema> {
        let kinds =
            Event::kinds().fold(OneOfBuilder::new(), |kinds, kind| kinds.item(Ref::from_schema_name(kind)));
        // Each schema is called by its kind. Some generators of clients find it only where a list says so.
        let mapping = Event::kinds().map(|kind| (kind, format!("#/components/schemas/{kind}")));
        kinds.discriminator(Some(Discriminator::with_mapping("kind", mapping))).into()
    }
}

impl ToSchema for JournalEvent {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        for form in Event::forms() {
            let kind = ObjectBuilder::new().schema_type(SchemaType::AnyValue).enum_values(Some([form.kind]));
            let event = ObjectBuilder::new().property("kind", kind).required("kind");
            let event = form.members.iter().fold(event, |event, member| {
                if member.attributes.contains("skip_serializing_if") {
                    // Left out where there is none, and so never null.
                    event.property(member.name, of(within("Option", member.form).unwrap_or(member.form)))
                } else {
                    event.property(member.name, of(member.form)).required(member.name)
                }
            });
            schemas.push((form.kind.to_owned(), event.into()));
        }
        for (name, members) in PARTS {
            let part = members.iter().fold(ObjectBuilder::new(), |part, (member, form)| {
                let can_be_left_out = member.ends_with('?');
                let member = member.trim_end_matches('?');
                let part = part.property(member, of(form));
                if can_be_left_out { part } else { part.required(member) }
            });
            schemas.push((format!("Event{name}"), part.into()));
        }
        schemas.push((Commitment::name().into_owned(), Commitment::schema()));
        schemas.push((Hundredths::name().into_owned(), Hundredths::schema()));
        schemas.push((Exported::name().into_owned(), Exported::schema()));
        schemas.push((YearMonth::name().into_owned(), YearMonth::schema()));
        schemas.push((Microdegrees::name().into_owned(), Microdegrees::schema()));
        schemas.push((PromotionKind::name().into_owned(), PromotionKind::schema()));
    }
}

/// What events are made of: the members of each part, `?` where one can be left out, in the words of the domain.
const PARTS: &[(&str, &[(&str, &str)])] = &[
    ("Interval", &[("start", "Timestamp"), ("end", "Timestamp")]),
    ("Draw", &[("lot", "LotId"), ("points", "Points")]),
    ("Deduction", &[("minutes", "Minutes"), ("reason", "Commitment")]),
    (
        "Crediting",
        &[
            ("credited_minutes", "Minutes"),
            ("deductions", "Vec<Deduction>"),
            ("award", "Option<Award>"),
            ("alone?", "bool"),
        ],
    ),
    (
        "Award",
        &[
            ("policy", "PolicyId"),
            ("points", "Points"),
            ("issued_by", "UnitId"),
            ("service_month", "YearMonth"),
            ("expires_at", "Option<Timestamp>"),
            ("settled", "Vec<Draw>"),
            ("repaid?", "Vec<Repayment>"),
        ],
    ),
    (
        "Release",
        &[
            ("returned", "Vec<Draw>"),
            ("lapsed", "Vec<Draw>"),
            ("settled", "Vec<Draw>"),
            ("repaid?", "Vec<Repayment>"),
            ("restored?", "Vec<Repayment>"),
        ],
    ),
    ("Repayment", &[("owing", "LotId"), ("lender", "LotId"), ("points", "Points")]),
    ("ProgrammeDetails", &[("name", "Name"), ("brands", "Vec<Label>"), ("category", "Option<Label>")]),
    (
        "ActivityDetails",
        &[
            ("name", "Name"),
            ("place", "Option<Name>"),
            ("window", "Interval"),
            ("headcount", "Option<i64>"),
            ("leader", "Option<VolunteerId>"),
            ("recruitment?", "Recruitment"),
        ],
    ),
    (
        "Recruitment",
        &[
            ("content?", "Note"),
            ("risks?", "Note"),
            ("safeguards?", "Note"),
            ("contact?", "Name"),
            ("opens_at?", "Timestamp"),
            ("closes_at?", "Timestamp"),
            ("withdraw_by?", "Timestamp"),
            ("fence?", "Fence"),
            ("position_is_enough?", "bool"),
        ],
    ),
    ("Fence", &[("centre", "Point"), ("radius_metres", "i64")]),
    ("Point", &[("latitude_microdegrees", "Microdegrees"), ("longitude_microdegrees", "Microdegrees")]),
    (
        "PositionTerms",
        &[("name", "Name"), ("places", "i64"), ("selection", "Selection"), ("conditions?", "Conditions")],
    ),
    (
        "Conditions",
        &[
            ("least_age?", "i64"),
            ("most_age?", "i64"),
            ("least_star?", "i64"),
            ("least_training?", "Minutes"),
            ("units?", "Vec<UnitId>"),
            ("hazard?", "Hazard"),
        ],
    ),
    ("Hazard", &[("insurance", "Name")]),
    (
        "Promotion",
        &[
            ("to", "PromotionKind"),
            ("enrolment", "EnrolmentId"),
            ("respond_by?", "Timestamp"),
            ("why?", "Unfit"),
        ],
    ),
    (
        "PolicyTerms",
        &[
            ("effective_from", "NaiveDate"),
            ("points_per_hour", "Points"),
            ("points_per_count", "Points"),
            ("earning_grades", "Vec<Evidence>"),
            ("programme_coefficients", "Map<Coefficient>"),
            ("category_coefficients", "Map<Coefficient>"),
            ("validity", "Validity"),
            ("monthly_quota", "Option<Points>"),
            ("rounding?", "Rounding"),
        ],
    ),
    (
        "StarTerms",
        &[
            ("effective_from", "NaiveDate"),
            ("thresholds", "Vec<Minutes>"),
            ("counting_grades", "Vec<Evidence>"),
        ],
    ),
    (
        "AssessmentTerms",
        &[("name", "Name"), ("indicators", "Vec<Indicator>"), ("replaces", "Option<AssessmentSchemeId>")],
    ),
    (
        "Indicator",
        &[
            ("code", "Label"),
            ("figure", "Figure"),
            ("comparison", "Comparison"),
            ("threshold", "i64"),
            ("weight", "Coefficient"),
        ],
    ),
    ("Figure", &[("kind", "FigureKind"), ("minutes?", "Minutes"), ("star?", "i64")]),
    (
        "Complaint",
        &[
            ("kind", "CorrectionKind"),
            ("activity?", "ActivityId"),
            ("service?", "Interval"),
            ("record?", "RecordId"),
        ],
    ),
    (
        "Export",
        &[
            ("exported", "Exported"),
            ("format", "ExportFormat"),
            ("filter", "ExportFilter"),
            ("as_of", "Seq"),
            ("rows", "i64"),
            ("unit", "Option<UnitId>"),
        ],
    ),
    (
        "ExportFilter",
        &[
            ("unit?", "UnitId"),
            ("volunteer?", "VolunteerId"),
            ("activity?", "ActivityId"),
            ("programme?", "ProgrammeId"),
            ("status?", "RecordStatus"),
            ("evidence?", "Evidence"),
            ("from?", "NaiveDate"),
            ("to?", "NaiveDate"),
            ("counted_as_of?", "Seq"),
            ("group_by?", "Vec<Grouping>"),
        ],
    ),
    ("OnePersonMinutes", &[("a_record", "Minutes"), ("a_month", "Minutes")]),
    ("Period", &[("first_day", "NaiveDate"), ("last_day", "NaiveDate")]),
];

/// What a type holds: for `Vec<Draw>` in `Vec`, `Draw`.
fn within<'f>(outer: &str, form: &'f str) -> Option<&'f str> {
    form.strip_prefix(outer)?.strip_prefix('<')?.strip_suffix('>')
}

/// The schema of a type in the words of the domain.
fn of(form: &str) -> RefOr<Schema> {
    if let Some(inner) = within("Option", form) {
        let null = ObjectBuilder::new().schema_type(Type::Null);
        return OneOfBuilder::new().item(of(inner)).item(null).into();
    }
    if let Some(inner) = within("Vec", form) {
        return ArrayBuilder::new().items(of(inner)).into();
    }
    if let Some(inner) = within("Map", form) {
        return ObjectBuilder::new().additional_properties(Some(of(inner))).into();
    }
    let name = match form {
        "bool" => return ObjectBuilder::new().schema_type(Type::Boolean).into(),
        "i64" | "NoticeDays" | "LeaderHours" => "Count",
        "NaiveDate" => "Day",
        "MarkedDay" => "CalendarDay",
        "Timestamp" => "Instant",
        "Seq" => "EntryNumber",
        "Points" | "Coefficient" => "Hundredths",
        _ if PARTS.iter().any(|(part, _)| *part == form) => {
            return Ref::from_schema_name(format!("Event{form}")).into();
        }
        _ => form,
    };
    Ref::from_schema_name(name).into()
}

/// Stands for points and factors inside.
struct Hundredths;

/// Stands for a month inside.
struct YearMonth;

/// Stands for a latitude or longitude inside.
struct Microdegrees;

/// Stands for what becomes of a free place.
struct PromotionKind;

described! {
    Commitment, "Commitment" => text("A salted hash of what is kept beside the journal", &"0123456789abcdef".repeat(4))
        .pattern(Some("^[0-9a-f]{64}$"));
    Hundredths, "Hundredths" => whole_number("Points, or a factor, in hundredths");
    Microdegrees, "Microdegrees" => ObjectBuilder::new().schema_type(Type::Integer)
        .minimum(Some(-180_000_000)).maximum(Some(180_000_000)).description(Some("Millionths of a degree (GCJ-02)"));
    PromotionKind, "PromotionKind" => ObjectBuilder::new().schema_type(Type::String)
        .description(Some("What becomes of a free place")).enum_values(Some(["place", "offer", "passed_over"]));
    YearMonth, "YearMonth" => whole_number("A calendar month: the year times 100, and the month").maximum(Some(999_912));
}
