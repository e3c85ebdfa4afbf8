//! Applications: who is signed in and known to nobody asks to be registered; the unit's office decides.

use super::extract::{Coordinator, PathId, Peer, Query, Strict};
use super::guesses::Guessed;
use super::page::{Cursor, Page, PageSize, page_request};
use super::problem::ApiError;
use super::routing::Routes;
use super::state::{AppState, State};
use super::ticket::{self, TicketText};
use super::view::{Changed, Shown, View};
use super::volunteer::person::{self, DocumentInput, PersonInput, PersonView};
use super::volunteer::sight::Sight;
use super::wire::LocalTime;
use crate::domain::actor::Actor;
use crate::domain::application::{
    Applicant, ApplicantIndexes, Application, ApplicationStatus, Apply, ConfirmApplication,
    DeclineApplication, KnownApplicant, RecogniseApplicant, Refusal, WithdrawApplication,
};
use crate::domain::binding::{AppId, Provider};
use crate::domain::ids::{ApplicationId, UnitId, VolunteerId};
use crate::domain::person::BlindIndex;
use crate::domain::text::Note;
use crate::domain::time::LocalZone;
use crate::domain::{Command, Rejection};
use crate::engine::Asker;
use crate::store::Db;
use crate::store::read::About;
use crate::store::read::applications::{self, ApplicationFilter, ApplicationReadModel};
use actix_web::{get, post, web};
use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::{IntoParams, ToSchema};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config
        .service(apply)
        .service(withdraw_application)
        .service(list_applications)
        .service(get_application)
        .service(confirm_application)
        .service(recognise_applicant)
        .service(decline_application);
}

/// Who asks to be registered, and with which unit.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "ticket": "q83vASNFZ4mrze8BI0VniavN7wEjRWeJ", "unit": "UnitId", "person": {
        "name": "李小红", "gender": "female", "birth_date": "2001-03-08",
        "document": { "kind": "passport", "number": "E9000009" }, "mobile": "13800138009", "residence": "湛河区",
        "consent": { "given_at": "2026-11-10T09:00:00+08:00", "text_version": "2026-1" }
    }
}))]
pub struct NewApplication {
    /// Of a sign-in that is bound to nobody.
    #[schema(inline)]
    pub ticket: TicketText,
    /// The unit that is to register the person.
    pub unit: UnitId,
    pub person: PersonInput,
}

/// A ticket.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "ticket": "q83vASNFZ4mrze8BI0VniavN7wEjRWeJ" }))]
pub struct ApplicationTicket {
    /// Of a sign-in of who applied.
    #[schema(inline)]
    pub ticket: TicketText,
}

/// The document that the office has seen.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "document": { "kind": "passport", "number": "E9000009" } }))]
pub struct Confirmation {
    /// With the whole number, as it stands in the document: it must be the one that was applied with.
    pub document: DocumentInput,
    /// Whether it is another person than one of the same name, birth date and mobile; then why that is so must be said.
    #[serde(default)]
    pub another_person: bool,
    /// Why it is another person, where that is said.
    pub reason: Option<Note>,
}

/// Who it is that applied.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "volunteer": "VolunteerId" }))]
pub struct Recognition {
    /// The number that the person has already.
    pub volunteer: VolunteerId,
}

/// Why an application is declined.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "请本人携带证件到办公室登记" }))]
pub struct ApplicationDecline {
    pub reason: Note,
}

/// An application, without personal data.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Application)]
pub struct ApplicationView {
    pub id: ApplicationId,
    /// The unit that is to register the person.
    pub unit: UnitId,
    pub status: ApplicationStatus,
    pub made_at: LocalTime,
    pub decided_by: Option<Actor>,
    pub decided_at: Option<LocalTime>,
    /// Who it came to be, once it is confirmed or the person recognised.
    pub volunteer: Option<VolunteerId>,
}

impl View for ApplicationView {
    type Thing = Application;

    fn of(application: Application, zone: LocalZone) -> Self {
        let at = |time| LocalTime::new(time, zone);
        let Application { id, unit, status, made_at, decided_by, decided_at, volunteer, .. } = application;
        Self { id, unit, status, made_at: at(made_at), decided_by, decided_at: decided_at.map(at), volunteer }
    }

    fn location(&self) -> String {
        format!("/v1/applications/{}", self.id)
    }
}

/// An application, who applies, and why it was declined.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationShown {
    #[serde(flatten)]
    pub application: ApplicationView,
    /// The numbers masked; null once what is kept of who applied is erased.
    pub person: Option<PersonView>,
    /// By whom the person signed in; null with the person.
    pub provider: Option<Provider>,
    pub app: Option<AppId>,
    /// Why it was declined.
    pub reason: Option<Note>,
}

impl ApplicationShown {
    fn of(found: ApplicationReadModel, sight: Sight, zone: LocalZone) -> Self {
        let (person, identity) = match found.applicant {
            Some(Applicant { person, identity }) => (Some(person), Some(identity)),
            None => (None, None),
        };
        Self {
            application: ApplicationView::of(found.application, zone),
            person: person.map(|person| PersonView::new(person.into(), sight, zone)),
            provider: identity.as_ref().map(|identity| identity.provider),
            app: identity.map(|identity| identity.app),
            reason: found.reason,
        }
    }
}

/// An application, as who applied sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnApplication {
    pub id: ApplicationId,
    pub unit: UnitId,
    pub status: ApplicationStatus,
    pub made_at: LocalTime,
    pub decided_at: Option<LocalTime>,
    /// Why it was declined.
    pub reason: Option<Note>,
}

impl OwnApplication {
    pub(super) fn of((application, reason): (Application, Option<Note>), zone: LocalZone) -> Self {
        let at = |time| LocalTime::new(time, zone);
        let Application { id, unit, status, made_at, decided_at, .. } = application;
        Self { id, unit, status, made_at: at(made_at), decided_at: decided_at.map(at), reason }
    }
}

/// Who acts for somebody who is nobody here yet.
const FOR_STRANGERS: Asker = (Actor::System, None);

/// Asks to be registered
///
/// With a ticket of a sign-in that is bound to nobody. One application waits at a time, for each sign-in and each
/// document. From 10 years on; under 18 with a guardian's consent. What comes of it is told with the ticket of a later
/// sign-in; once it is confirmed, that sign-in gives tokens.
#[utoipa::path(
    tag = "applications",
    request_body = NewApplication,
    responses((status = 200, description = "The application", body = OwnApplication)),
    extensions(("x-refusals" = json!([
        "ticket_invalid", "unit_not_found", "age_below_minimum", "guardian_consent_missing", "separate_consent_missing",
        "registration_dates_invalid", "application_open", "binding_taken", "too_many_requests"
    ]))),
)]
#[post("/applications")]
pub async fn apply(
    state: State,
    peer: Peer,
    body: Strict<NewApplication>,
) -> Result<web::Json<OwnApplication>, ApiError> {
    let NewApplication { ticket, unit, person } = body.value;
    state.admit_stranger(peer.0)?;
    let person = person.person().map_err(|error| error.within("/person"))?;
    let identity = ticket::take(&state, &ticket)?;
    let subject = state.vault.subject_index(&identity);
    let applicant = Applicant { person, identity };
    let document = state.vault.identity_index(&applicant.person.document);
    admit(&state, subject)?;
    let indexes = ApplicantIndexes { document, subject };
    let command = Command::Apply(Apply { unit, applicant: state.commit(applicant)?, indexes });
    let made: Application = state.single(FOR_STRANGERS, command).await?;
    Ok(web::Json(OwnApplication::of((made, None), state.rules.zone)))
}

/// Every application is an entry that stays.
fn admit(state: &AppState, subject: BlindIndex) -> Result<(), ApiError> {
    let admitted = state.applications.take(subject);
    admitted.map_err(|retry_after_seconds| ApiError::TooManyRequests { retry_after_seconds })
}

/// Takes the own application back
///
/// With a ticket of a sign-in of who applied. What is kept of them is erased at once.
#[utoipa::path(
    tag = "applications",
    request_body = ApplicationTicket,
    responses((status = 200, description = "The application", body = OwnApplication)),
    extensions(("x-refusals" = json!([
        "ticket_invalid", "application_not_found", "application_not_open", "too_many_requests"
    ]))),
)]
#[post("/applications/withdraw")]
pub async fn withdraw_application(
    state: State,
    peer: Peer,
    body: Strict<ApplicationTicket>,
) -> Result<web::Json<OwnApplication>, ApiError> {
    state.admit_stranger(peer.0)?;
    let identity = ticket::take(&state, &body.value.ticket)?;
    let subject = state.vault.subject_index(&identity);
    let found = state.read(move |db| applications::last_of(db, subject)).await?;
    let (found, _) = found.ok_or(Refusal::ApplicationNotFound)?;
    let command = Command::WithdrawApplication(WithdrawApplication { application: found.id });
    let withdrawn: Application = state.single(FOR_STRANGERS, command).await?;
    Ok(web::Json(OwnApplication::of((withdrawn, None), state.rules.zone)))
}

/// Which applications.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ApplicationQuery {
    /// To this unit or one under it.
    unit: Option<UnitId>,
    status: Option<ApplicationStatus>,
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// Lists applications
///
/// Newest first, with who applies as long as that is kept.
#[utoipa::path(
    tag = "applications",
    params(ApplicationQuery),
    responses((status = 200, description = "A page", body = Page<ApplicationShown>)),
    security(("bearer" = ["coordinator", "admin"])),
)]
#[get("/applications")]
pub async fn list_applications(
    state: State,
    caller: Coordinator,
    query: Query<ApplicationQuery>,
) -> Result<Shown<Page<ApplicationShown>>, ApiError> {
    let ApplicationQuery { unit, status, limit, cursor } = query.0;
    let (zone, request) = (state.rules.zone, page_request("applications", limit, cursor.as_ref())?);
    let (vault, filter) = (state.vault.clone(), ApplicationFilter { unit, status });
    let about = About { unit, ..About::default() };
    let read = move |db: &mut Db, scope| applications::list(db, &vault, scope, filter, request);
    let page = state.list_as(caller.0, about, read).await?;
    let sight = Sight::of(caller.0.role);
    Ok(Shown::plain(Page::new("applications", page, |found| ApplicationShown::of(found, sight, zone))))
}

/// Shows an application
///
/// With who applies as long as that is kept.
#[utoipa::path(
    tag = "applications",
    params(("id" = ApplicationId, Path, description = "The application")),
    responses((status = 200, description = "The application", body = ApplicationShown)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!(["application_not_found"]))),
)]
#[get("/applications/{id}")]
pub async fn get_application(
    state: State,
    caller: Coordinator,
    application: PathId<ApplicationId>,
) -> Result<Shown<ApplicationShown>, ApiError> {
    let found = found(&state, caller, application.0).await?;
    let shown = ApplicationShown::of(application.found(found)?, Sight::of(caller.0.role), state.rules.zone);
    Ok(Shown::plain(shown))
}

async fn found(
    state: &State,
    caller: Coordinator,
    application: ApplicationId,
) -> Result<Option<ApplicationReadModel>, ApiError> {
    let vault = state.vault.clone();
    state.read_as(caller.0, move |db, scope| applications::get(db, &vault, scope, application)).await
}

/// Confirms an application
///
/// Against the document that the office has seen: its whole number is said again. The person is registered with the unit,
/// as by `POST /v1/volunteers`, and signs in from then on.
#[utoipa::path(
    tag = "applications",
    params(("id" = ApplicationId, Path, description = "The application")),
    request_body = Confirmation,
    responses((status = 200, description = "The application", body = Changed<ApplicationView>)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "application_not_found", "outside_unit", "application_not_open", "document_differs", "identity_taken",
        "identity_unavailable", "person_may_be_registered", "guardian_consent_missing", "separate_consent_missing",
        "registration_dates_invalid", "binding_taken", "person_stale", "too_many_requests"
    ]))),
)]
#[post("/applications/{id}/confirm")]
pub async fn confirm_application(
    state: State,
    caller: Coordinator,
    application: PathId<ApplicationId>,
    body: Strict<Confirmation>,
) -> Result<Changed<ApplicationView>, ApiError> {
    let Confirmation { document, another_person, reason } = body.value;
    let another_person = state.commit_note(person::another_person(another_person, reason)?)?;
    let seen = state.vault.identity_index(&document.by_itself()?);
    let application = application.0;
    let command = async {
        let known = found(&state, caller, application).await?.and_then(|found| found.applicant);
        let applicant = known.map(|applicant| known_applicant(&state, applicant)).transpose()?;
        Ok(Command::ConfirmApplication(ConfirmApplication { application, seen, applicant, another_person }))
    };
    let guess = state.guesses.begin(caller.actor(), Guessed::Document)?;
    let confirmed = state.change_as_read(caller.asker(), body.idempotency, command).await;
    if !matches!(&confirmed, Err(ApiError::Rejected(Rejection::Application(Refusal::DocumentDiffers)))) {
        guess.was_none();
    }
    confirmed
}

fn known_applicant(
    state: &AppState,
    Applicant { person, identity }: Applicant,
) -> Result<KnownApplicant, ApiError> {
    let (indexes, subject) = (state.vault.person_indexes(&person), state.vault.subject_index(&identity));
    Ok(KnownApplicant { person: state.commit(person)?, indexes, identity: state.commit(identity)?, subject })
}

/// Recognises who applied
///
/// The person is registered already, with a unit that the caller answers for: they sign in as that volunteer from then on.
#[utoipa::path(
    tag = "applications",
    params(("id" = ApplicationId, Path, description = "The application")),
    request_body = Recognition,
    responses((status = 200, description = "The application", body = Changed<ApplicationView>)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "application_not_found", "volunteer_not_found", "outside_unit", "application_not_open", "identity_taken", "volunteer_closed",
        "volunteer_merged", "binding_taken", "too_many_bindings", "person_stale"
    ]))),
)]
#[post("/applications/{id}/recognise")]
pub async fn recognise_applicant(
    state: State,
    caller: Coordinator,
    application: PathId<ApplicationId>,
    body: Strict<Recognition>,
) -> Result<Changed<ApplicationView>, ApiError> {
    let (application, volunteer) = (application.0, body.value.volunteer);
    let command = async {
        let known = found(&state, caller, application).await?.and_then(|found| found.applicant);
        let committed = |known: Applicant| {
            let document = state.vault.identity_index(&known.person.document);
            let indexes = ApplicantIndexes { document, subject: state.vault.subject_index(&known.identity) };
            state.commit(known.identity).map(|identity| (identity, indexes))
        };
        let applicant = known.map(committed).transpose()?;
        Ok(Command::RecogniseApplicant(RecogniseApplicant { application, volunteer, applicant }))
    };
    state.change_as_read(caller.asker(), body.idempotency, command).await
}

/// Declines an application
///
/// With a reason, which is told to who applied. What is kept of them goes after thirty days.
#[utoipa::path(
    tag = "applications",
    params(("id" = ApplicationId, Path, description = "The application")),
    request_body = ApplicationDecline,
    responses((status = 200, description = "The application", body = Changed<ApplicationView>)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!(["application_not_found", "outside_unit", "application_not_open"]))),
)]
#[post("/applications/{id}/decline")]
pub async fn decline_application(
    state: State,
    caller: Coordinator,
    application: PathId<ApplicationId>,
    body: Strict<ApplicationDecline>,
) -> Result<Changed<ApplicationView>, ApiError> {
    let (application, reason) = (application.0, state.commit(body.value.reason)?);
    let command = Command::DeclineApplication(DeclineApplication { application, reason });
    state.change(caller.asker(), body.idempotency, command).await
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
hidden!(NewApplication Confirmation);
