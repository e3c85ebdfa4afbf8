//! Changes of a person: what is to be known is made of what is known now, and the rule compares the version that it
//! was made from. Where somebody else was faster, it is made again.

use super::person::invalid_document;
use crate::api::extract::IdempotencyHeader;
use crate::api::problem::ApiError;
use crate::api::state::State;
use crate::api::view::{Changed, View};
use crate::auth::Identity;
use crate::domain::ids::VolunteerId;
use crate::domain::person::Person;
use crate::domain::volunteer::{self, ChangedPerson};
use crate::domain::{Command, Rejection};
use crate::engine::Asker;
use crate::store::read::volunteers;

/// How often a change is made out again where the person is changed meanwhile.
const ATTEMPTS: usize = 4;

/// What the volunteer's person comes to; none where there is none, or none that the caller may see.
pub(in crate::api) async fn changed_person(
    state: &State,
    caller: Identity,
    volunteer: VolunteerId,
    onto: impl FnOnce(Person) -> Person,
) -> Result<Option<ChangedPerson>, ApiError> {
    let vault = state.vault.clone();
    let read = move |db: &mut _, scope| volunteers::whole(db, &vault, scope, volunteer);
    let Some((row, Some(person))) = state.read_as(caller, read).await? else { return Ok(None) };
    let changed = onto(person.clone());
    if (changed.birth_date, changed.gender) != (person.birth_date, person.gender) {
        changed.document.must_agree(changed.birth_date, changed.gender).map_err(invalid_document)?;
    }
    Ok(Some(ChangedPerson {
        read: row.version,
        fields: changed.differing(&person),
        indexes: state.vault.person_indexes(&changed),
        person: state.commit(changed)?,
    }))
}

/// Carries out a command that is made of what can be read now.
pub(in crate::api) async fn made_as_read<V: View>(
    state: &State,
    asker: Asker,
    idempotency: Option<IdempotencyHeader>,
    command: impl AsyncFn() -> Result<Command, ApiError>,
) -> Result<Changed<V>, ApiError> {
    let mut attempt = 1;
    loop {
        let made = match idempotency.clone() {
            Some(key) => state.change_as_read(asker, key, command()).await,
            None => state.update(asker, command().await?).await,
        };
        match made {
            Err(ApiError::Rejected(Rejection::Volunteer(volunteer::Refusal::PersonStale)))
                if attempt < ATTEMPTS =>
            {
                attempt += 1;
            }
            made => return made,
        }
    }
}
