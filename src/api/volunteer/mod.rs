//! Volunteers: who they are, to those entitled to know, and the number that the ledger knows.
//!
//! [`change`] makes a person of what is known and what is said; [`person`] is what is known of somebody, [`view`] what answers say of a volunteer,
//! `sight` how much of it who sees; [`search`] finds them.

pub mod change;
pub mod person;
pub mod search;
pub(super) mod sight;
pub mod view;

use super::account;
use super::as_of::{AsOfQuery, entry_asked};
use super::extract::{Anyone, Changer, Coordinator, IfMatch, Lenient, MaybeIfMatch, PathId, Query, Strict};
use super::guesses::Guessed;
use super::problem::ApiError;
use super::routing::Routes;
use super::state::State;
use super::view::{Changed, Created, Shown};
use super::wire::{BoundedInt, PointsInput};
use crate::domain::actor::Actor;
use crate::domain::amounts::Points;
use crate::domain::ids::VolunteerId;
use crate::domain::person::Contact;
use crate::domain::text::Note;
use crate::domain::volunteer::{
    ChangeContact, CloseVolunteer, DeactivateVolunteer, ReactivateVolunteer, Refusal, Register,
};
use crate::domain::{Command, Rejection};
use crate::store::Db;
use crate::store::read::volunteers;
use actix_web::{get, post, put};
use change::{changed_person, made_as_read};
use person::{ContactInput, Registration};
use serde::Deserialize;
use sight::Sight;
use utoipa::ToSchema;
use view::{KnownVolunteerView, MembershipView, Memberships, VolunteerView};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config
        .service(register_volunteer)
        .service(search::list_volunteers)
        .service(search::search_volunteers)
        .service(get_volunteer)
        .service(change_contact)
        .service(close_volunteer)
        .service(deactivate_volunteer)
        .service(reactivate_volunteer)
        .service(account::get_account)
        .service(account::list_statement)
        .service(account::list_lots)
        .service(list_memberships);
}

/// Why a registration is closed, and what that costs.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "迁往外地", "forfeits_points": "0" }))]
pub struct Closing {
    pub reason: Option<Note>,
    /// The points that lapse by it: exactly those that are available; 0 if not given.
    pub forfeits_points: Option<PointsInput>,
    /// How many pending records are rejected by it: exactly those that there are; 0 if not given.
    pub abandons_records: Option<BoundedInt<0, 500>>,
}

/// Why a volunteer leaves for now, or is back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "出国一年" }))]
pub struct Absence {
    pub reason: Option<Note>,
}

/// Registers a volunteer
///
/// A person is registered once: the identity document is unique. Who was registered with it before, and left, has the
/// same number again. Somebody of the same name, birth date and mobile is asked about: `another_person`, with a reason,
/// says that it is somebody else. The answer shows the volunteer without personal data.
#[utoipa::path(
    tag = "volunteers",
    request_body = Registration,
    responses((status = 201, description = "The volunteer", body = Changed<VolunteerView>, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "unit_not_found", "outside_unit", "identity_taken", "identity_unavailable", "person_may_be_registered", "guardian_consent_missing",
        "separate_consent_missing", "registration_dates_invalid"
    ]))),
)]
#[post("/volunteers")]
pub async fn register_volunteer(
    state: State,
    caller: Coordinator,
    body: Strict<Registration>,
) -> Result<Created<VolunteerView>, ApiError> {
    let mut registration = body.value;
    let (unit, another_person) = (registration.unit, registration.another_person()?);
    let another_person = state.commit_note(another_person)?;
    let person = registration.person()?;
    let indexes = state.vault.person_indexes(&person);
    let command =
        Command::Register(Register { unit, person: state.commit(person)?, indexes, another_person });
    let guess = state.guesses.begin(caller.actor(), Guessed::Document)?;
    let made = state.create(caller.asker(), body.idempotency, command).await;
    // Who would be registered leaves an entry. Who looks like somebody, with another document, leaves none.
    if !matches!(&made, Err(ApiError::Rejected(Rejection::Volunteer(Refusal::PersonMayBeRegistered { .. }))))
    {
        guess.was_none();
    }
    made
}

/// Says how a volunteer is reached
///
/// Mobile, residence, skills and service categories, all at once; by the volunteer, or by a coordinator of the unit.
/// Who the volunteer is, is changed under `/identity`.
#[utoipa::path(
    tag = "volunteers",
    params(("id" = VolunteerId, Path, description = "The volunteer")),
    request_body = ContactInput,
    responses((status = 200, description = "The volunteer", body = Changed<VolunteerView>, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["volunteer", "coordinator", "admin"])),
    extensions(("x-if-match" = json!("required")), ("x-refusals" = json!([
        "volunteer_not_found", "outside_unit", "volunteer_closed", "version_stale", "person_stale"
    ]))),
)]
#[put("/volunteers/{id}/contact")]
pub async fn change_contact(
    state: State,
    caller: Changer,
    volunteer: PathId<VolunteerId>,
    expected: IfMatch,
    body: Strict<ContactInput>,
) -> Result<Changed<VolunteerView>, ApiError> {
    let contact = Contact::from(body.value);
    let command = async || {
        let onto = contact.clone();
        Ok(Command::ChangeContact(ChangeContact {
            volunteer: volunteer.0,
            expected: expected.0,
            changed: changed_person(&state, caller.0, volunteer.0, |person| onto.onto(person)).await?,
        }))
    };
    made_as_read(&state, caller.asker(), None, command).await
}

/// Closes a volunteer's registration
///
/// Personal data is erased; service records and journal entries stay, under the volunteer number, and so does a keyed
/// index of the document for ten years: who registers with it again has the same number. Points that lapse and pending
/// records must be named. By the volunteer it is done at once. By a coordinator it is asked for first (`closing` says
/// until when), and done when another person sends it, or anybody after three days.
#[utoipa::path(
    tag = "volunteers",
    params(("id" = VolunteerId, Path, description = "The volunteer")),
    request_body = Option<Closing>,
    responses((status = 200, description = "The volunteer", body = Changed<VolunteerView>, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["volunteer", "coordinator", "admin"])),
    extensions(("x-if-match" = json!("required")), ("x-refusals" = json!([
        "volunteer_not_found", "outside_unit", "volunteer_closed", "version_stale", "closing_strands",
        "closing_too_soon", "volunteer_has_open_transfer", "volunteer_has_open_redemptions", "volunteer_is_present"
    ]))),
)]
#[post("/volunteers/{id}/close")]
pub async fn close_volunteer(
    state: State,
    caller: Changer,
    volunteer: PathId<VolunteerId>,
    expected: Result<IfMatch, ApiError>,
    body: Lenient<Closing>,
) -> Result<Changed<VolunteerView>, ApiError> {
    let Closing { reason, forfeits_points, abandons_records } = body.value;
    // What was answered under a key before the version had to be named is answered again.
    let command = async {
        Ok(Command::CloseVolunteer(CloseVolunteer {
            volunteer: volunteer.0,
            expected: expected?.0,
            reason: state.commit_note(reason)?,
            forfeits_points: forfeits_points.map_or(Points::ZERO, |points| points.0),
            abandons_records: abandons_records.map_or(0, |records| records.0),
        }))
    };
    state.change_as_read(caller.asker(), body.idempotency, command).await
}

/// Says that a volunteer has left for now
///
/// Nothing is erased and nothing is lost; nothing can be earned or spent until the volunteer is back.
#[utoipa::path(
    tag = "volunteers",
    params(("id" = VolunteerId, Path, description = "The volunteer")),
    request_body = Option<Absence>,
    responses((status = 200, description = "The volunteer", body = Changed<VolunteerView>, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["volunteer", "coordinator", "admin"])),
    extensions(("x-if-match" = json!("optional")), ("x-refusals" = json!([
        "volunteer_not_found", "outside_unit", "volunteer_closed", "volunteer_inactive", "version_stale"
    ]))),
)]
#[post("/volunteers/{id}/deactivate")]
pub async fn deactivate_volunteer(
    state: State,
    caller: Changer,
    volunteer: PathId<VolunteerId>,
    expected: MaybeIfMatch,
    body: Lenient<Absence>,
) -> Result<Changed<VolunteerView>, ApiError> {
    let (volunteer, expected, reason) = (volunteer.0, expected.0, state.commit_note(body.value.reason)?);
    let command = Command::DeactivateVolunteer(DeactivateVolunteer { volunteer, expected, reason });
    state.change(caller.asker(), body.idempotency, command).await
}

/// Says that a volunteer is back, or stays
///
/// By a coordinator of the unit. It also takes back a closing that was asked for, which the volunteer may do, too.
#[utoipa::path(
    tag = "volunteers",
    params(("id" = VolunteerId, Path, description = "The volunteer")),
    request_body = Option<Absence>,
    responses((status = 200, description = "The volunteer", body = Changed<VolunteerView>, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["volunteer", "coordinator", "admin"])),
    extensions(("x-if-match" = json!("optional")), ("x-refusals" = json!([
        "volunteer_not_found", "outside_unit", "volunteer_closed", "volunteer_not_inactive", "version_stale"
    ]))),
)]
#[post("/volunteers/{id}/reactivate")]
pub async fn reactivate_volunteer(
    state: State,
    caller: Changer,
    volunteer: PathId<VolunteerId>,
    expected: MaybeIfMatch,
    body: Lenient<Absence>,
) -> Result<Changed<VolunteerView>, ApiError> {
    let (volunteer, expected, reason) = (volunteer.0, expected.0, state.commit_note(body.value.reason)?);
    let command = Command::ReactivateVolunteer(ReactivateVolunteer { volunteer, expected, reason });
    state.change(caller.asker(), body.idempotency, command).await
}

/// Shows a volunteer
///
/// The document and mobile numbers are shown in full to the volunteer alone. Others see an end of them, auditors nothing,
/// and of the birth date the year.
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
    let is_own = caller.actor() == Actor::Volunteer(volunteer.0);
    let read = move |db: &mut Db, scope| {
        let numbers = is_own.then(|| volunteers::numbers_in_full(db, &vault, scope, volunteer.0));
        let found = volunteers::get(db, &vault, scope, volunteer.0)?;
        Ok((found, numbers.transpose()?.flatten()))
    };
    let (found, numbers) = state.read_as(caller.0, read).await?;
    let found = volunteer.found(found)?;
    let version = found.volunteer.version;
    let shown = KnownVolunteerView::new(found, Sight::of(caller.0.role), state.rules.zone);
    Ok(Shown::versioned(shown.with_numbers(numbers), version))
}

/// Lists the units that a volunteer has belonged to
///
/// The first one first; as they were known as of an entry, if that is asked.
#[utoipa::path(
    tag = "volunteers",
    params(("id" = VolunteerId, Path, description = "The volunteer"), AsOfQuery),
    responses((status = 200, description = "The memberships", body = Memberships)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["volunteer_not_found"]))),
)]
#[get("/volunteers/{id}/memberships")]
pub async fn list_memberships(
    state: State,
    caller: Anyone,
    volunteer: PathId<VolunteerId>,
    query: Query<AsOfQuery>,
) -> Result<Shown<Memberships>, ApiError> {
    let present = state.present();
    let read = move |db: &mut Db, scope| {
        let as_of = match entry_asked(db, query.0.as_of, present)? {
            Ok(as_of) => as_of,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let memberships = volunteers::memberships(db, scope, volunteer.0, as_of)?;
        Ok(volunteer.found(memberships).map(|memberships| (as_of, memberships)))
    };
    let (as_of, memberships) = state.read_as(caller.0, read).await??;
    let show = |membership| MembershipView::new(membership, state.rules.zone);
    Ok(Shown::plain(Memberships { as_of, items: memberships.iter().map(show).collect() }))
}
