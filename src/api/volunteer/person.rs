//! The person behind a volunteer number, in requests and in answers. None of it is ever logged.

use super::sight::Sight;
use crate::api::problem::ApiError;
use crate::api::wire::{BoundedVec, Day, LocalTime, MobileInput};
use crate::domain::identity::{DocumentKind, Gender, IdentityDocument, IdentityError};
use crate::domain::ids::UnitId;
use crate::domain::person::{Consent, Contact, GuardianConsent, Person, PoliticalStatus, ProposedIdentity};
use crate::domain::text::{Label, Name, Note};
use crate::domain::time::{LocalZone, Timestamp};
use crate::store::read::volunteers::{self, NumbersInFull};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;
use utoipa::ToSchema;

/// Up to twenty labels.
pub type Labels = BoundedVec<Label, 0, 20>;
/// The history of a political status.
pub type PoliticalStatuses = BoundedVec<PoliticalStatusInput, 0, 20>;

/// A person to register.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "unit": "UnitId", "name": "王小明", "gender": "female", "birth_date": "1990-05-20",
    "document": { "kind": "passport", "number": "E9000001" }, "mobile": "13800138000", "residence": "湛河区",
    "skills": ["急救"], "service_categories": ["社区服务"],
    "political_status": [{ "party_member": true, "effective_from": "2015-07-01" }],
    "consent": { "given_at": "2026-11-10T09:00:00+08:00", "text_version": "2026-1" }
}))]
pub struct Registration {
    /// The unit that the volunteer belongs to.
    pub unit: UnitId,
    pub name: Name,
    pub gender: Gender,
    pub birth_date: Day,
    pub document: DocumentInput,
    pub mobile: MobileInput,
    /// The area where the person lives.
    pub residence: Option<Name>,
    #[serde(default)]
    #[schema(inline)]
    pub skills: Labels,
    #[serde(default)]
    #[schema(inline)]
    pub service_categories: Labels,
    /// Whether a party member, each status from a day on.
    #[serde(default)]
    #[schema(inline)]
    pub political_status: PoliticalStatuses,
    /// The person's own consent; nobody is registered without it.
    pub consent: ConsentInput,
    /// Needed under 18.
    pub guardian_consent: Option<GuardianConsentInput>,
    /// Whether it is another person than one of the same name, birth date and mobile; then why that is so must be said.
    #[serde(default)]
    pub another_person: bool,
    /// Why it is another person, where that is said.
    pub reason: Option<Note>,
}

impl Registration {
    /// Why it is another person than one who is alike, if that is said.
    pub(super) fn another_person(&mut self) -> Result<Option<Note>, ApiError> {
        another_person(self.another_person, self.reason.take())
    }

    /// The person, once document, birth date and gender agree.
    pub(super) fn person(self) -> Result<Person, ApiError> {
        let said = PersonInput {
            name: self.name,
            gender: self.gender,
            birth_date: self.birth_date,
            document: self.document,
            mobile: self.mobile,
            residence: self.residence,
            skills: self.skills,
            service_categories: self.service_categories,
            political_status: self.political_status,
            consent: self.consent,
            guardian_consent: self.guardian_consent,
        };
        said.person()
    }
}

/// Why it is another person than one who is alike, if that is said.
pub(in crate::api) fn another_person(
    is_another: bool,
    reason: Option<Note>,
) -> Result<Option<Note>, ApiError> {
    let field = "/reason".to_owned();
    match (is_another, reason) {
        (true, None) => {
            let detail = "say why it is another person".to_owned();
            Err(ApiError::MissingField { field, detail })
        }
        (false, Some(_)) => {
            let detail = "a reason is why it is another_person: that is not said".to_owned();
            Err(ApiError::InvalidField { field, detail })
        }
        (_, reason) => Ok(reason),
    }
}

/// Who somebody is, with the consents that their age asks for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonInput {
    pub name: Name,
    pub gender: Gender,
    pub birth_date: Day,
    pub document: DocumentInput,
    pub mobile: MobileInput,
    /// The area where the person lives.
    pub residence: Option<Name>,
    #[serde(default)]
    #[schema(inline)]
    pub skills: Labels,
    #[serde(default)]
    #[schema(inline)]
    pub service_categories: Labels,
    /// Whether a party member, each status from a day on.
    #[serde(default)]
    #[schema(inline)]
    pub political_status: PoliticalStatuses,
    /// The person's own consent; nobody is registered without it.
    pub consent: ConsentInput,
    /// Needed under 18.
    pub guardian_consent: Option<GuardianConsentInput>,
}

impl PersonInput {
    /// The person, once document, birth date and gender agree.
    pub(in crate::api) fn person(self) -> Result<Person, ApiError> {
        Ok(Person {
            document: self.document.checked(self.birth_date, self.gender)?,
            name: self.name,
            gender: self.gender,
            birth_date: self.birth_date.0,
            mobile: self.mobile.0,
            residence: self.residence,
            skills: self.skills.0,
            service_categories: self.service_categories.0,
            political_status: self.political_status.0.into_iter().map(Into::into).collect(),
            consent: self.consent.into(),
            guardian_consent: self.guardian_consent.map(Into::into),
        })
    }
}

/// What must be said, if only that there is none: nothing is removed because a form does not have it.
fn said<'de, T: Deserialize<'de>, D: Deserializer<'de>>(input: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(input)
}

/// How a volunteer is reached, and what they can and want to do: all of it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "mobile": "13800138000", "residence": "湛河区", "skills": ["急救"], "service_categories": ["社区服务"]
}))]
pub struct ContactInput {
    pub mobile: MobileInput,
    /// The area where the person lives; null if it is not said.
    #[serde(deserialize_with = "said")]
    #[schema(required)]
    pub residence: Option<Name>,
    #[schema(inline)]
    pub skills: Labels,
    #[schema(inline)]
    pub service_categories: Labels,
}

impl From<ContactInput> for Contact {
    fn from(input: ContactInput) -> Self {
        Self {
            mobile: input.mobile.0,
            residence: input.residence,
            skills: input.skills.0,
            service_categories: input.service_categories.0,
        }
    }
}

/// Who a volunteer is: all of it, and why it is changed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "name": "王小明", "gender": "female", "birth_date": "1990-05-20",
    "document": { "kind": "passport", "number": "E9000002" }, "guardian_consent": null, "reason": "换发护照"
}))]
pub struct IdentityInput {
    pub name: Name,
    pub gender: Gender,
    pub birth_date: Day,
    /// Stays as it is unless given, with the whole number.
    pub document: Option<DocumentInput>,
    /// Needed under 18; null if there is none.
    #[serde(deserialize_with = "said")]
    #[schema(required)]
    pub guardian_consent: Option<GuardianConsentInput>,
    /// To another text than before; stays as it is unless given.
    pub consent: Option<ConsentInput>,
    /// All statuses; they stay as they are unless given.
    #[schema(inline)]
    pub political_status: Option<PoliticalStatuses>,
    pub reason: Note,
}

impl IdentityInput {
    /// The identity, once document, birth date and gender agree; and the reason.
    pub(in crate::api) fn identity(self) -> Result<(ProposedIdentity, Note), ApiError> {
        let statuses = |statuses: PoliticalStatuses| statuses.0.into_iter().map(Into::into).collect();
        let document = self.document.map(|document| document.checked(self.birth_date, self.gender));
        let identity = ProposedIdentity {
            document: document.transpose()?,
            name: self.name,
            gender: self.gender,
            birth_date: self.birth_date.0,
            guardian_consent: self.guardian_consent.map(Into::into),
            consent: self.consent.map(Into::into),
            political_status: self.political_status.map(statuses),
        };
        Ok((identity, self.reason))
    }
}

/// An identity document.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentInput {
    pub kind: DocumentKind,
    /// The whole number. For a resident identity card it must agree with birth date and gender, where these are said.
    #[schema(pattern = "^[0-9A-Za-z]{5,20}$", example = "11010519491231002X")]
    pub number: String,
}

impl DocumentInput {
    fn checked(&self, birth_date: Day, gender: Gender) -> Result<IdentityDocument, ApiError> {
        IdentityDocument::new(self.kind, &self.number, birth_date.0, gender).map_err(invalid_document)
    }

    /// The document of somebody of whom nothing else is said.
    pub(in crate::api) fn by_itself(self) -> Result<IdentityDocument, ApiError> {
        IdentityDocument::by_itself(self.kind, &self.number).map_err(invalid_document)
    }
}

pub(super) fn invalid_document(error: IdentityError) -> ApiError {
    let field = match error {
        IdentityError::Form | IdentityError::CheckDigit => "/document/number",
        IdentityError::BirthDate => "/birth_date",
        IdentityError::Gender => "/gender",
    };
    let detail = format!("the document's number {error}");
    let detail = if matches!(error, IdentityError::CheckDigit) { error.to_string() } else { detail };
    ApiError::InvalidField { field: field.to_owned(), detail }
}

/// A political status from a day on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PoliticalStatusInput {
    /// Whether a member of the party (党员).
    pub party_member: bool,
    /// First day for which it is valid.
    pub effective_from: Day,
}

/// When a consent was given, and to which text.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsentInput {
    pub given_at: Timestamp,
    /// The version of the text.
    pub text_version: Label,
}

/// A guardian's consent.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GuardianConsentInput {
    /// The guardian.
    pub name: Name,
    pub given_at: Timestamp,
    /// The version of the text.
    pub text_version: Label,
    /// Consent to the processing of the child's personal data; needed under 14.
    pub separate_consent: Option<ConsentInput>,
}

impl From<PoliticalStatusInput> for PoliticalStatus {
    fn from(input: PoliticalStatusInput) -> Self {
        Self { party_member: input.party_member, effective_from: input.effective_from.0 }
    }
}

impl From<ConsentInput> for Consent {
    fn from(input: ConsentInput) -> Self {
        Self { given_at: input.given_at, text_version: input.text_version }
    }
}

impl From<GuardianConsentInput> for GuardianConsent {
    fn from(input: GuardianConsentInput) -> Self {
        let consent = Consent { given_at: input.given_at, text_version: input.text_version };
        Self { name: input.name, consent, separate_consent: input.separate_consent.map(Into::into) }
    }
}

/// The person behind a volunteer number.
#[derive(Serialize, ToSchema)]
#[schema(as = Person)]
pub struct PersonView {
    pub name: Name,
    pub gender: Gender,
    /// Null to auditors.
    pub birth_date: Option<Day>,
    /// To auditors, in place of the birth date.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false, minimum = 1900, maximum = 9999)]
    pub birth_year: Option<i32>,
    pub document: DocumentView,
    /// Masked, except to the volunteer; wholly to auditors.
    #[schema(example = "138******00")]
    pub mobile: String,
    pub residence: Option<Name>,
    pub skills: Vec<Label>,
    pub service_categories: Vec<Label>,
    pub political_status: Vec<PoliticalStatusView>,
    pub consent: ConsentView,
    pub guardian_consent: Option<GuardianConsentView>,
}

/// An identity document.
#[derive(Serialize, ToSchema)]
#[schema(as = Document)]
pub struct DocumentView {
    pub kind: DocumentKind,
    /// Masked, except to the volunteer; wholly to auditors.
    #[schema(example = "****************2X")]
    pub number: String,
}

impl DocumentView {
    /// With the number in full: for who has said what for.
    pub(in crate::api) fn whole(document: &IdentityDocument) -> Self {
        Self { kind: document.kind(), number: document.number().to_owned() }
    }
}

/// A political status from a day on.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PoliticalStatus)]
pub struct PoliticalStatusView {
    pub party_member: bool,
    pub effective_from: Day,
}

/// When a consent was given, and to which text.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Consent)]
pub struct ConsentView {
    pub given_at: LocalTime,
    pub text_version: Label,
}

/// A guardian's consent.
#[derive(Serialize, ToSchema)]
#[schema(as = GuardianConsent)]
pub struct GuardianConsentView {
    pub name: Name,
    pub given_at: LocalTime,
    pub text_version: Label,
    pub separate_consent: Option<ConsentView>,
}

/// Who a volunteer is said to be.
#[derive(Serialize, ToSchema)]
#[schema(as = ProposedIdentity)]
pub struct IdentityView {
    pub name: Name,
    pub gender: Gender,
    /// Null to auditors.
    pub birth_date: Option<Day>,
    /// To auditors, in place of the birth date.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false, minimum = 1900, maximum = 9999)]
    pub birth_year: Option<i32>,
    /// Null where it stays as it is.
    pub document: Option<DocumentView>,
    pub guardian_consent: Option<GuardianConsentView>,
    /// Null where it stays as it is.
    pub consent: Option<ConsentView>,
    /// Null where they stay as they are.
    pub political_status: Option<Vec<PoliticalStatusView>>,
}

impl IdentityView {
    /// As much of the identity as is to be seen.
    pub(in crate::api) fn new(proposed: ProposedIdentity, sight: Sight, zone: LocalZone) -> Self {
        let document = proposed.document.map(|document| DocumentView {
            kind: document.kind(),
            number: sight.document_number(document.number()),
        });
        let (birth_date, birth_year) = sight.birth(proposed.birth_date);
        let statuses = |statuses: Vec<PoliticalStatus>| statuses.into_iter().map(Into::into).collect();
        Self {
            name: proposed.name,
            gender: proposed.gender,
            birth_date,
            birth_year,
            document,
            guardian_consent: proposed
                .guardian_consent
                .map(|guardian| GuardianConsentView::new(guardian, zone)),
            consent: proposed.consent.map(|consent| ConsentView::new(consent, zone)),
            political_status: proposed.political_status.map(statuses),
        }
    }
}

impl GuardianConsentView {
    fn new(guardian: GuardianConsent, zone: LocalZone) -> Self {
        Self {
            name: guardian.name,
            given_at: LocalTime::new(guardian.consent.given_at, zone),
            text_version: guardian.consent.text_version,
            separate_consent: guardian.separate_consent.map(|consent| ConsentView::new(consent, zone)),
        }
    }
}

impl ConsentView {
    fn new(consent: Consent, zone: LocalZone) -> Self {
        Self { given_at: LocalTime::new(consent.given_at, zone), text_version: consent.text_version }
    }
}

impl PersonView {
    /// As much of the person as is to be seen.
    pub(in crate::api) fn new(person: volunteers::PersonReadModel, sight: Sight, zone: LocalZone) -> Self {
        let number = sight.document_number(&person.document_number_masked);
        let mobile = sight.mobile(&person.mobile_masked);
        let (birth_date, birth_year) = sight.birth(person.birth_date);
        Self {
            name: person.name,
            gender: person.gender,
            birth_date,
            birth_year,
            document: DocumentView { kind: person.document_kind, number },
            mobile,
            residence: person.residence,
            skills: person.skills,
            service_categories: person.service_categories,
            political_status: person.political_status.into_iter().map(Into::into).collect(),
            consent: ConsentView::new(person.consent, zone),
            guardian_consent: person
                .guardian_consent
                .map(|guardian| GuardianConsentView::new(guardian, zone)),
        }
    }

    /// The same with the numbers in full: to the volunteer.
    pub(super) fn with_numbers(self, NumbersInFull { document_number, mobile }: NumbersInFull) -> Self {
        let document = DocumentView { number: document_number, ..self.document };
        Self { document, mobile, ..self }
    }
}

impl From<PoliticalStatus> for PoliticalStatusView {
    fn from(status: PoliticalStatus) -> Self {
        Self { party_member: status.party_member, effective_from: Day(status.effective_from) }
    }
}

/// Shows nothing of a person where a type is printed for diagnosis.
macro_rules! hidden {
    ($($name:ident)*) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )*};
}
hidden! {
    Registration PersonInput ContactInput IdentityInput DocumentInput GuardianConsentInput PersonView IdentityView DocumentView
    GuardianConsentView
}
