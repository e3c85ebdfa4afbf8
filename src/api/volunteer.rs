//! Volunteers: who they are, to those entitled to know, and the number that the ledger knows.

use super::account::{AccountView, LotView, StatementEntryView};
use super::extract::{Anyone, Changer, Coordinator, IfMatch, Lenient, MaybeIfMatch, PathId, Query, Strict};
use super::page::{Cursor, Page, PageSize, page_request};
use super::problem::ApiError;
use super::state::State;
use super::view::{Changed, Created, Shown, View};
use super::wire::{Day, Few, LocalTime, MobileInput, PointsText, VolunteerNumber};
use crate::domain::Command;
use crate::domain::actor::Role;
use crate::domain::identity::{DocumentKind, IdentityDocument, IdentityError};
use crate::domain::ids::{Seq, TransferId, UnitId, VolunteerId};
use crate::domain::person::{Consent, Gender, GuardianConsent, Person, PoliticalStatus};
use crate::domain::text::{Label, Name, Note};
use crate::domain::time::{LocalZone, Timestamp};
use crate::domain::volunteer::{
    CloseVolunteer, Membership, Register, UpdateVolunteer, Volunteer, VolunteerStatus, number_of,
};
use crate::store::Db;
use crate::store::read::accounts;
use crate::store::read::lots;
use crate::store::read::volunteers::{self, NumbersInFull, VolunteerFilter};
use actix_web::{get, post, put};
use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(register_volunteer)
        .service(list_volunteers)
        .service(get_volunteer)
        .service(update_volunteer)
        .service(close_volunteer)
        .service(get_account)
        .service(list_statement)
        .service(list_lots)
        .service(list_memberships);
}

/// Up to twenty labels.
pub type Labels = Few<Label, 0, 20>;
/// The history of a political status.
pub type PoliticalStatuses = Few<PoliticalStatusInput, 0, 20>;

macro_rules! person_input {
    ($(#[$doc:meta])* $name:ident { $($(#[$extra_doc:meta])* $extra:ident: $ty:ident,)* }) => {
        $(#[$doc])*
        #[derive(Deserialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$extra_doc])* pub $extra: $ty,)*
            pub name: Name,
            pub gender: Gender,
            pub birth_date: Day,
            pub document: DocumentInput,
            pub mobile: MobileInput,
            /// Where the person lives, as far as an area.
            pub residence: Option<Name>,
            #[serde(default)]
            #[schema(inline)]
            pub skills: Labels,
            #[serde(default)]
            #[schema(inline)]
            pub service_categories: Labels,
            /// Whether a party member, and from which day on.
            #[serde(default)]
            #[schema(inline)]
            pub political_status: PoliticalStatuses,
            /// The person's own consent: nobody is enrolled without.
            pub consent: ConsentInput,
            /// Needed under 18.
            pub guardian_consent: Option<GuardianConsentInput>,
        }

        impl $name {
            /// The person, once document, birth date and gender agree.
            fn person(self) -> Result<Person, ApiError> {
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
    };
}

person_input! {
    /// A person to be registered.
    Registration {
        /// The unit that the volunteer belongs to.
        unit: UnitId,
    }
}

person_input! {
    /// What is known of a person, as a whole.
    PersonInput {}
}

/// An identity document.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentInput {
    pub kind: DocumentKind,
    /// The whole number. That of a resident identity card agrees with birth date and gender.
    #[schema(pattern = "^[0-9A-Za-z]{5,20}$", example = "11010519491231002X")]
    pub number: String,
}

impl DocumentInput {
    fn checked(&self, birth_date: Day, gender: Gender) -> Result<IdentityDocument, ApiError> {
        IdentityDocument::new(self.kind, &self.number, birth_date.0, gender).map_err(|error| {
            let field = match error {
                IdentityError::Form | IdentityError::CheckDigit => "/document/number",
                IdentityError::BirthDate => "/birth_date",
                IdentityError::Gender => "/gender",
            };
            let detail = format!("the document's number {error}");
            let detail = if matches!(error, IdentityError::CheckDigit) { error.to_string() } else { detail };
            ApiError::InvalidField { field: field.to_owned(), detail }
        })
    }
}

/// A political status from a day on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PoliticalStatusInput {
    /// Whether a member of the party (党员).
    pub party_member: bool,
    /// First day for which it holds.
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
    /// To the handling of the child's personal data: needed under 14.
    pub separate_consent: Option<ConsentInput>,
}

impl From<PoliticalStatus> for PoliticalStatusView {
    fn from(status: PoliticalStatus) -> Self {
        Self { party_member: status.party_member, effective_from: Day(status.effective_from) }
    }
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
hidden! { Registration PersonInput DocumentInput GuardianConsentInput PersonView DocumentView GuardianConsentView VolunteerQuery }

/// Why a registration is closed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Closing {
    pub reason: Option<Note>,
}

/// A volunteer, without the person: what the ledger knows.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Volunteer)]
pub struct VolunteerView {
    pub id: VolunteerId,
    /// The volunteer number (志愿者编号).
    #[schema(example = "000000000009")]
    pub number: String,
    /// The unit that the volunteer belongs to now.
    pub unit: UnitId,
    /// Since when.
    pub member_since: LocalTime,
    pub status: VolunteerStatus,
    pub registered_at: LocalTime,
    /// The transfer that is under way.
    pub open_transfer: Option<TransferId>,
    /// Redemptions that wait to be picked up.
    pub open_redemptions: i64,
    /// Points of voided hours that are still to be earned back.
    pub debt: PointsText,
    /// The entry that changed the registration last: what `If-Match` names, in quotes.
    pub version: i64,
}

impl View for VolunteerView {
    type Thing = Volunteer;

    fn of(volunteer: Volunteer, zone: LocalZone) -> Self {
        Self {
            id: volunteer.id,
            number: number_of(volunteer.id),
            unit: volunteer.unit,
            member_since: LocalTime::new(volunteer.member_since, zone),
            status: volunteer.status,
            registered_at: LocalTime::new(volunteer.registered_at, zone),
            open_transfer: volunteer.open_transfer,
            open_redemptions: volunteer.open_redemptions,
            debt: PointsText(volunteer.debt),
            version: volunteer.version.0,
        }
    }

    fn location(&self) -> String {
        format!("/v1/volunteers/{}", self.id)
    }

    fn version(&self) -> Option<Seq> {
        Some(Seq(self.version))
    }
}

/// The person behind a volunteer number.
#[derive(Serialize, ToSchema)]
#[schema(as = Person)]
pub struct PersonView {
    pub name: Name,
    pub gender: Gender,
    pub birth_date: Day,
    pub document: DocumentView,
    /// Masked but for those entitled to see it.
    #[schema(example = "138****8000")]
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
    /// Masked but for those entitled to see it.
    #[schema(example = "110***********002X")]
    pub number: String,
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

impl ConsentView {
    fn new(consent: Consent, zone: LocalZone) -> Self {
        Self { given_at: LocalTime::new(consent.given_at, zone), text_version: consent.text_version }
    }
}

impl PersonView {
    /// The person: the two numbers masked, or in full to those entitled to them.
    fn new(person: volunteers::PersonView, in_full: Option<NumbersInFull>, zone: LocalZone) -> Self {
        let (number, mobile) = match in_full {
            Some(NumbersInFull { document_number, mobile }) => (document_number, mobile),
            None => (person.document_number_masked, person.mobile_masked),
        };
        Self {
            name: person.name,
            gender: person.gender,
            birth_date: Day(person.birth_date),
            document: DocumentView { kind: person.document_kind, number },
            mobile,
            residence: person.residence,
            skills: person.skills,
            service_categories: person.service_categories,
            political_status: person.political_status.into_iter().map(Into::into).collect(),
            consent: ConsentView::new(person.consent, zone),
            guardian_consent: person.guardian_consent.map(|guardian| GuardianConsentView {
                name: guardian.name,
                given_at: LocalTime::new(guardian.consent.given_at, zone),
                text_version: guardian.consent.text_version,
                separate_consent: guardian.separate_consent.map(|consent| ConsentView::new(consent, zone)),
            }),
        }
    }
}

/// A volunteer, and who it is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = KnownVolunteer)]
pub struct KnownVolunteerView {
    #[serde(flatten)]
    pub volunteer: VolunteerView,
    /// Null once the registration is closed: personal data is erased then.
    pub person: Option<PersonView>,
}

impl KnownVolunteerView {
    fn new(found: volunteers::VolunteerView, in_full: Option<NumbersInFull>, zone: LocalZone) -> Self {
        Self {
            volunteer: VolunteerView::of(found.volunteer, zone),
            person: found.person.map(|person| PersonView::new(person, in_full, zone)),
        }
    }
}

/// Which volunteers; all that is given must hold.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct VolunteerQuery {
    /// Present members of this unit or one under it.
    unit: Option<UnitId>,
    status: Option<VolunteerStatus>,
    /// Part of the name.
    name: Option<Name>,
    /// The whole volunteer number.
    number: Option<VolunteerNumber>,
    /// The whole mobile number.
    mobile: Option<MobileInput>,
    /// Most items on the page; 50 where nothing is said.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the page before.
    cursor: Option<Cursor>,
}

/// Which part of a statement.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StatementQuery {
    /// Most entries on the page; 50 where nothing is said.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the page before.
    cursor: Option<Cursor>,
}

/// Which lots.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LotQuery {
    /// Most lots on the page; 50 where nothing is said.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the page before.
    cursor: Option<Cursor>,
}

/// The units that a volunteer has belonged to.
#[derive(Debug, Serialize, ToSchema)]
pub struct Memberships {
    /// From the first on.
    pub items: Vec<MembershipView>,
}

/// A volunteer belongs to a unit from an instant up to another (隶属关系).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Membership)]
pub struct MembershipView {
    pub unit: UnitId,
    pub starts_at: LocalTime,
    /// Null for the present one.
    pub ends_at: Option<LocalTime>,
}

impl MembershipView {
    fn new(membership: &Membership, zone: LocalZone) -> Self {
        Self {
            unit: membership.unit,
            starts_at: LocalTime::new(membership.starts_at, zone),
            ends_at: membership.ends_at.map(|at| LocalTime::new(at, zone)),
        }
    }
}

/// Registers a volunteer
///
/// A person is registered once: the identity document is unique. The answer shows what the ledger
/// knows, not the person.
#[utoipa::path(
    tag = "volunteers",
    request_body = Registration,
    responses((status = 201, description = "The volunteer", body = Changed<VolunteerView>, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "unit_not_found", "outside_unit", "identity_taken", "guardian_consent_missing",
        "separate_consent_missing", "registration_dates_invalid"
    ]))),
)]
#[post("/volunteers")]
pub async fn register_volunteer(
    state: State,
    caller: Coordinator,
    body: Strict<Registration>,
) -> Result<Created<VolunteerView>, ApiError> {
    let unit = body.value.unit;
    let person = body.value.person()?;
    let indexes = state.vault.person_indexes(&person.document, &person.mobile);
    let command = Command::Register(Register { unit, person: state.commit(person)?, indexes });
    state.create(caller.actor(), body.stamp, command).await
}

/// Replaces what is known of a volunteer
///
/// The whole of it, by the volunteer or by whoever answers for the unit.
#[utoipa::path(
    tag = "volunteers",
    params(("id" = VolunteerId, Path, description = "The volunteer")),
    request_body = PersonInput,
    responses((status = 200, description = "The volunteer", body = Changed<VolunteerView>, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["volunteer", "coordinator", "admin"])),
    extensions(("x-if-match" = json!("required")), ("x-refusals" = json!([
        "volunteer_not_found", "outside_unit", "volunteer_closed", "version_stale", "identity_taken",
        "guardian_consent_missing", "separate_consent_missing", "registration_dates_invalid"
    ]))),
)]
#[put("/volunteers/{id}")]
pub async fn update_volunteer(
    state: State,
    caller: Changer,
    volunteer: PathId<VolunteerId>,
    expected: IfMatch,
    body: Strict<PersonInput>,
) -> Result<Changed<VolunteerView>, ApiError> {
    let person = body.value.person()?;
    let indexes = state.vault.person_indexes(&person.document, &person.mobile);
    let command = Command::UpdateVolunteer(UpdateVolunteer {
        volunteer: volunteer.0,
        expected: expected.0,
        person: state.commit(person)?,
        indexes,
    });
    state.update(caller.actor(), command).await
}

/// Closes a volunteer's registration
///
/// Personal data is erased, what is left of the points lapses; the ledger stays, under the number.
#[utoipa::path(
    tag = "volunteers",
    params(("id" = VolunteerId, Path, description = "The volunteer")),
    request_body = Option<Closing>,
    responses((status = 200, description = "The volunteer", body = Changed<VolunteerView>, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["volunteer", "coordinator", "admin"])),
    extensions(("x-if-match" = json!("optional")), ("x-refusals" = json!([
        "volunteer_not_found", "outside_unit", "volunteer_closed", "version_stale",
        "volunteer_has_open_transfer", "volunteer_has_open_redemptions"
    ]))),
)]
#[post("/volunteers/{id}/close")]
pub async fn close_volunteer(
    state: State,
    caller: Changer,
    volunteer: PathId<VolunteerId>,
    expected: MaybeIfMatch,
    body: Lenient<Closing>,
) -> Result<Changed<VolunteerView>, ApiError> {
    let command = Command::CloseVolunteer(CloseVolunteer {
        volunteer: volunteer.0,
        expected: expected.0,
        reason: state.commit_note(body.value.reason)?,
    });
    state.change(caller.actor(), body.stamp, command).await
}

/// Lists and searches volunteers
///
/// Present members of the caller's units, newest first, their numbers masked; a volunteer sees
/// herself or himself.
#[utoipa::path(
    tag = "volunteers",
    params(VolunteerQuery),
    responses((status = 200, description = "A page", body = Page<KnownVolunteerView>)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
)]
#[get("/volunteers")]
pub async fn list_volunteers(
    state: State,
    caller: Anyone,
    query: Query<VolunteerQuery>,
) -> Result<Shown<Page<KnownVolunteerView>>, ApiError> {
    let VolunteerQuery { unit, status, name, number, mobile, limit, cursor } = query.0;
    let request = page_request("volunteers", limit, cursor.as_ref())?;
    let filter = VolunteerFilter {
        unit,
        status,
        name_part: name,
        number: number.map(|number| number.0),
        mobile: mobile.map(|mobile| state.vault.mobile_index(&mobile.0)),
    };
    let vault = state.vault.clone();
    let read = move |db: &mut Db, scope| volunteers::list(db, &vault, scope, &filter, request);
    let page = state.read_as(caller.0, read).await?;
    let show = |found| KnownVolunteerView::new(found, None, state.rules.zone);
    Ok(Shown::plain(Page::new("volunteers", page, show)))
}

/// Shows a volunteer
///
/// The numbers of document and mobile are shown in full to the volunteer and to those who keep the
/// registration right, masked to auditors.
#[utoipa::path(
    tag = "volunteers",
    params(("id" = VolunteerId, Path, description = "The volunteer")),
    responses((
        status = 200, description = "The volunteer", body = KnownVolunteerView,
        headers(("ETag" = String, description = "The version, for `If-Match`"))
    )),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["volunteer_not_found"]))),
)]
#[get("/volunteers/{id}")]
pub async fn get_volunteer(
    state: State,
    caller: Anyone,
    volunteer: PathId<VolunteerId>,
) -> Result<Shown<KnownVolunteerView>, ApiError> {
    let vault = state.vault.clone();
    let is_entitled = caller.0.role != Role::Auditor;
    let read = move |db: &mut Db, scope| {
        let in_full = is_entitled.then(|| volunteers::numbers_in_full(db, &vault, scope, volunteer.0));
        let found = volunteers::get(db, &vault, scope, volunteer.0)?;
        Ok((found, in_full.transpose()?.flatten()))
    };
    let (found, in_full) = state.read_as(caller.0, read).await?;
    let found = volunteer.found(found)?;
    let version = found.volunteer.version;
    Ok(Shown::versioned(KnownVolunteerView::new(found, in_full, state.rules.zone), version))
}

/// Shows a volunteer's account
///
/// Minutes for life, in total and by grade of evidence; points free, held, owed, and expiring next.
#[utoipa::path(
    tag = "volunteers",
    params(("id" = VolunteerId, Path, description = "The volunteer")),
    responses((status = 200, description = "The account", body = AccountView)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["volunteer_not_found"]))),
)]
#[get("/volunteers/{id}/account")]
pub async fn get_account(
    state: State,
    caller: Anyone,
    volunteer: PathId<VolunteerId>,
) -> Result<Shown<AccountView>, ApiError> {
    let now = state.clock.now();
    let read = move |db: &mut Db, scope| accounts::account(db, scope, volunteer.0, now);
    let account = volunteer.found(state.read_as(caller.0, read).await?)?;
    Ok(Shown::plain(AccountView::new(&account, state.rules.zone)))
}

/// Shows a volunteer's statement
///
/// Every entry that touched the volunteer's accounts, newest first, with the running balances.
#[utoipa::path(
    tag = "volunteers",
    params(("id" = VolunteerId, Path, description = "The volunteer"), StatementQuery),
    responses((status = 200, description = "A page", body = Page<StatementEntryView>)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["volunteer_not_found"]))),
)]
#[get("/volunteers/{id}/statement")]
pub async fn list_statement(
    state: State,
    caller: Anyone,
    volunteer: PathId<VolunteerId>,
    query: Query<StatementQuery>,
) -> Result<Shown<Page<StatementEntryView>>, ApiError> {
    let request = page_request("statement", query.0.limit, query.0.cursor.as_ref())?;
    let read = move |db: &mut Db, scope| accounts::statement(db, scope, volunteer.0, request);
    let page = volunteer.found(state.read_as(caller.0, read).await?)?;
    let show = |entry| StatementEntryView::new(entry, state.rules.zone);
    Ok(Shown::plain(Page::new("statement", page, show)))
}

/// Lists a volunteer's lots of points
///
/// What each crediting earned and what is left of it, newest first: redemptions name the lots that paid.
#[utoipa::path(
    tag = "volunteers",
    params(("id" = VolunteerId, Path, description = "The volunteer"), LotQuery),
    responses((status = 200, description = "A page", body = Page<LotView>)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["volunteer_not_found"]))),
)]
#[get("/volunteers/{id}/lots")]
pub async fn list_lots(
    state: State,
    caller: Anyone,
    volunteer: PathId<VolunteerId>,
    query: Query<LotQuery>,
) -> Result<Shown<Page<LotView>>, ApiError> {
    let request = page_request("lots", query.0.limit, query.0.cursor.as_ref())?;
    let read = move |db: &mut Db, scope| lots::list(db, scope, volunteer.0, request);
    let page = volunteer.found(state.read_as(caller.0, read).await?)?;
    Ok(Shown::plain(Page::new("lots", page, |lot| LotView::new(&lot, state.rules.zone))))
}

/// Lists the units that a volunteer has belonged to
#[utoipa::path(
    tag = "volunteers",
    params(("id" = VolunteerId, Path, description = "The volunteer")),
    responses((status = 200, description = "The memberships", body = Memberships)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["volunteer_not_found"]))),
)]
#[get("/volunteers/{id}/memberships")]
pub async fn list_memberships(
    state: State,
    caller: Anyone,
    volunteer: PathId<VolunteerId>,
) -> Result<Shown<Memberships>, ApiError> {
    let read = move |db: &mut Db, scope| volunteers::memberships(db, scope, volunteer.0);
    let memberships = volunteer.found(state.read_as(caller.0, read).await?)?;
    let show = |membership| MembershipView::new(membership, state.rules.zone);
    Ok(Shown::plain(Memberships { items: memberships.iter().map(show).collect() }))
}
