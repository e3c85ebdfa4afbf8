//! Applications, with who applies as long as that is kept.

use super::list::{PageOf, PageRequest};
use super::scope::{Scope, is_narrow, within};
use crate::domain::application::{Applicant, Application, ApplicationStatus};
use crate::domain::ids::{ApplicationId, UnitId};
use crate::domain::person::BlindIndex;
use crate::domain::text::Note;
use crate::store::column::{Stored, words};
use crate::store::expression::{given, index_if};
use crate::store::schema::{applicants as p, applications as t, notes as n};
use crate::store::table::table_row;
use crate::store::vault::{self, Vault};
use crate::store::{Db, StoreError};
use diesel::dsl::auto_type;
use diesel::prelude::*;

words!(ApplicationStatus);

table_row! {
    Application in applications by [id] {
        id, unit, status, made_at, decided_by, decided_at, decided_entry, volunteer, forget_at,
    }
}

/// An application, who applies, and why it was declined; the last two as long as they are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApplicationReadModel {
    pub application: Application,
    pub applicant: Option<Applicant>,
    pub reason: Option<Note>,
}

/// Which applications are looked for; all that are given must hold.
#[derive(Clone, Copy, Debug, Default)]
pub struct ApplicationFilter {
    /// To this unit or one under it.
    pub unit: Option<UnitId>,
    pub status: Option<ApplicationStatus>,
}

/// One application.
pub fn get(
    db: &mut Db,
    vault: &Vault,
    scope: Scope,
    id: ApplicationId,
) -> Result<Option<ApplicationReadModel>, StoreError> {
    let application = with_what_is_kept()
        .filter(scope.visible_to_unit(t::unit))
        .filter(t::id.eq(Stored(id)))
        .select((t::all_columns, p::content_sealed.nullable(), n::note.nullable()));
    db.one(application)?.map(|row| view(row, vault)).transpose()
}

/// Applications, newest first.
pub fn list(
    db: &mut Db,
    vault: &Vault,
    scope: Scope,
    filter: ApplicationFilter,
    page: PageRequest,
) -> Result<PageOf<ApplicationReadModel>, StoreError> {
    let (finds_own, finds_unit) = (is_narrow(db, scope.unit())?, is_narrow(db, filter.unit)?);
    let applications = with_what_is_kept()
        .filter(scope.visible_to_unit(index_if(finds_own, t::unit)))
        .filter(given(filter.unit, |unit| within(index_if(finds_unit, t::unit), unit)))
        .filter(given(filter.status, |status| t::status.eq(Stored(status))))
        .filter(page.older(t::id))
        .order(t::id.desc())
        .limit(page.rows_to_read())
        .select((t::all_columns, p::content_sealed.nullable(), n::note.nullable()));
    let found = db.load(applications)?.into_iter();
    let found = found.map(|row| view(row, vault)).collect::<Result<_, StoreError>>()?;
    Ok(page.page(found, |found| found.application.id.seq()))
}

/// The last application that is kept of who signed in, and why it was declined.
pub fn last_of(db: &mut Db, subject: BlindIndex) -> Result<Option<(Application, Option<Note>)>, StoreError> {
    let last = with_what_is_kept()
        .filter(p::subject_index.eq(Stored(subject)))
        .order(t::id.desc())
        .limit(1)
        .select((t::all_columns, n::note.nullable()));
    let found: Option<(Application, Option<Stored<Note>>)> = db.one(last)?;
    Ok(found.map(|(application, reason)| (application, reason.map(Stored::value))))
}

/// The entry that declined has one note.
#[auto_type(no_type_alias)]
fn with_what_is_kept() -> _ {
    let declined = n::entry.nullable().eq(t::decided_entry).and(t::volunteer.is_null());
    t::table.left_join(p::table.on(p::application.eq(t::id))).left_join(n::table.on(declined))
}

type Selected = (Application, Option<Vec<u8>>, Option<Stored<Note>>);

fn view((application, sealed, reason): Selected, vault: &Vault) -> Result<ApplicationReadModel, StoreError> {
    let open = |sealed: Vec<u8>| -> Result<Applicant, StoreError> {
        let json = vault.open(vault::applicant(application.id), &sealed)?;
        serde_json::from_slice(&json).map_err(|error| StoreError::corrupt(error.to_string()))
    };
    let applicant = sealed.map(open).transpose()?;
    Ok(ApplicationReadModel { application, applicant, reason: reason.map(Stored::value) })
}
