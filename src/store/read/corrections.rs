//! Corrections that volunteers asked for, with what was said.

use super::list::{PageOf, PageRequest};
use super::scope::{Scope, ToUnitOrVolunteer, within};
use crate::domain::correction::{Complaint, Correction, CorrectionStatus};
use crate::domain::ids::{CorrectionId, UnitId, VolunteerId};
use crate::domain::text::Note;
use crate::store::column::{Stored, documents, words};
use crate::store::expression::given;
use crate::store::schema::{corrections as t, notes as n};
use crate::store::table::table_row;
use crate::store::{Db, StoreError};
use diesel::dsl::auto_type;
use diesel::prelude::*;

words!(CorrectionStatus);
documents!(Complaint);

table_row! {
    Correction in corrections by [id] {
        id, volunteer, unit, complaint, status, asked_at, decided_by, decided_at, decided_entry, led_to,
    }
}

/// A correction, and what was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrectionReadModel {
    pub correction: Correction,
    /// What is missing or wrong.
    pub words: Option<Note>,
    /// What was said of the decision.
    pub decision: Option<Note>,
}

/// Which corrections are looked for; all that are given must hold.
#[derive(Clone, Debug, Default)]
pub struct CorrectionFilter {
    pub volunteer: Option<VolunteerId>,
    /// To be decided by this unit or one under it.
    pub unit: Option<UnitId>,
    pub status: Option<CorrectionStatus>,
}

/// One correction.
pub fn get(db: &mut Db, scope: Scope, id: CorrectionId) -> Result<Option<CorrectionReadModel>, StoreError> {
    let correction = corrections(scope).filter(t::id.eq(Stored(id))).select((
        t::all_columns,
        asked.field(n::note).nullable(),
        decided.field(n::note).nullable(),
    ));
    Ok(db.one(correction)?.map(view))
}

/// Corrections, newest first.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: &CorrectionFilter,
    page: PageRequest,
) -> Result<PageOf<CorrectionReadModel>, StoreError> {
    let corrections = corrections(scope)
        .filter(given(filter.volunteer, |volunteer| t::volunteer.eq(Stored(volunteer))))
        .filter(given(filter.unit, |unit| within(t::unit, unit)))
        .filter(given(filter.status, |status| t::status.eq(Stored(status))))
        .filter(page.older(t::id))
        .order(t::id.desc())
        .limit(page.rows_to_read())
        .select((t::all_columns, asked.field(n::note).nullable(), decided.field(n::note).nullable()));
    page.read(db, corrections, view, |view| view.correction.id.seq())
}

diesel::alias!(n as asked: Asked, n as decided: Decided);

/// The entry that asked has one note, the one that decided at most one.
#[auto_type(no_type_alias)]
fn corrections(scope: Scope) -> _ {
    let visible: ToUnitOrVolunteer<t::unit, t::volunteer> =
        scope.visible_to_unit_or_volunteer(t::unit, t::volunteer);
    let said = asked.on(asked.field(n::entry).eq(t::id));
    let decision = decided.on(decided.field(n::entry).nullable().eq(t::decided_entry));
    t::table.left_join(said).left_join(decision).filter(visible)
}

fn view(
    (correction, words, decision): (Correction, Option<Stored<Note>>, Option<Stored<Note>>),
) -> CorrectionReadModel {
    CorrectionReadModel { correction, words: words.map(Stored::value), decision: decision.map(Stored::value) }
}
