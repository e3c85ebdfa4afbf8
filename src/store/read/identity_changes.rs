//! Changes of identity, with what was said and, as long as they wait, what was proposed.

use super::list::{PageOf, PageRequest};
use super::scope::{Scope, ToUnit, is_narrow, within};
use crate::domain::identity_change::{IdentityChange, IdentityChangeStatus};
use crate::domain::ids::{IdentityChangeId, UnitId, VolunteerId};
use crate::domain::person::{PersonField, ProposedIdentity};
use crate::domain::text::Note;
use crate::store::column::{Stored, documents, words};
use crate::store::expression::{given, index_if};
use crate::store::schema::{identity_changes as t, notes as n, proposed_identities as p};
use crate::store::table::table_row;
use crate::store::vault::{self, Vault};
use crate::store::{Db, StoreError};
use diesel::dsl::auto_type;
use diesel::prelude::*;

words!(IdentityChangeStatus);
documents!(Vec<PersonField>);

table_row! {
    IdentityChange in identity_changes by [id] {
        id, volunteer, unit, fields, status, asked_by, asked_at, decided_by, decided_at, decided_entry,
    }
}

/// A change of identity, and what was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityChangeReadModel {
    pub change: IdentityChange,
    /// Why it was asked for.
    pub reason: Option<Note>,
    /// Why it was declined.
    pub declined: Option<Note>,
    /// What was proposed, as long as it waits.
    pub proposed: Option<ProposedIdentity>,
}

/// Which changes are looked for; all that are given must hold.
#[derive(Clone, Copy, Debug, Default)]
pub struct IdentityChangeFilter {
    pub volunteer: Option<VolunteerId>,
    /// Of volunteers of this unit or one under it.
    pub unit: Option<UnitId>,
    pub status: Option<IdentityChangeStatus>,
}

type Selected = (IdentityChange, Option<Stored<Note>>, Option<Stored<Note>>, Option<Vec<u8>>);

/// One change.
pub fn get(
    db: &mut Db,
    vault: &Vault,
    scope: Scope,
    id: IdentityChangeId,
) -> Result<Option<IdentityChangeReadModel>, StoreError> {
    let change = changes(scope).filter(t::id.eq(Stored(id))).select((
        t::all_columns,
        asked.field(n::note).nullable(),
        decided.field(n::note).nullable(),
        p::content_sealed.nullable(),
    ));
    db.one(change)?.map(|row| view(row, vault)).transpose()
}

/// Changes, newest first; what was proposed is shown one by one only.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: IdentityChangeFilter,
    page: PageRequest,
) -> Result<PageOf<IdentityChange>, StoreError> {
    let (finds_own, finds_unit) = (is_narrow(db, scope.unit())?, is_narrow(db, filter.unit)?);
    let changes = t::table
        .filter(scope.visible_to_unit(index_if(finds_own, t::unit)))
        .filter(given(filter.volunteer, |volunteer| t::volunteer.eq(Stored(volunteer))))
        .filter(given(filter.unit, |unit| within(index_if(finds_unit, t::unit), unit)))
        .filter(given(filter.status, |status| t::status.eq(Stored(status))))
        .filter(page.older(t::id))
        .order(t::id.desc())
        .limit(page.rows_to_read())
        .select(t::all_columns);
    page.read(db, changes, |change: IdentityChange| change, |change| change.id.seq())
}

diesel::alias!(n as asked: Asked, n as decided: Decided);

/// The entry that asked has one note, the one that declined one; who confirms says nothing.
#[auto_type(no_type_alias)]
fn changes(scope: Scope) -> _ {
    let visible: ToUnit<t::unit> = scope.visible_to_unit(t::unit);
    let said = asked.on(asked.field(n::entry).eq(t::id));
    let is_another_entry = t::decided_entry.ne(t::id.nullable());
    let decision = decided.on(decided.field(n::entry).nullable().eq(t::decided_entry).and(is_another_entry));
    t::table
        .left_join(said)
        .left_join(decision)
        .left_join(p::table.on(p::identity_change.eq(t::id)))
        .filter(visible)
}

fn view(
    (change, reason, declined, sealed): Selected,
    vault: &Vault,
) -> Result<IdentityChangeReadModel, StoreError> {
    let open = |sealed: Vec<u8>| -> Result<ProposedIdentity, StoreError> {
        let json = vault.open(vault::proposed_identity(change.id), &sealed)?;
        serde_json::from_slice(&json).map_err(|error| StoreError::corrupt(error.to_string()))
    };
    let proposed = sealed.map(open).transpose()?;
    let [reason, declined] = [reason, declined].map(|note| note.map(Stored::value));
    Ok(IdentityChangeReadModel { change, reason, declined, proposed })
}
