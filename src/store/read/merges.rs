//! Merges, and which numbers are one person's.

use super::list::{PageOf, PageRequest};
use super::scope::{Scope, ToUnit, is_narrow, within};
use crate::domain::ids::{MergeId, Seq, UnitId, VolunteerId};
use crate::domain::merge::{Merge, MergeStatus, MergedNumber};
use crate::domain::text::Note;
use crate::store::column::{Stored, words};
use crate::store::expression::{given, index_if};
use crate::store::schema::{merged_numbers as a, merges as t, notes as n};
use crate::store::table::table_row;
use crate::store::{Db, StoreError};
use diesel::dsl::{self, auto_type};
use diesel::prelude::*;

words!(MergeStatus);

table_row! {
    Merge in merges by [id] {
        id, volunteer, earlier, unit, status, asked_by, asked_at, decided_by, decided_at, decided_entry,
    }
}

table_row! {
    MergedNumber in merged_numbers by [volunteer, earlier] { volunteer, earlier, entry }
}

/// A merge, and what was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergeReadModel {
    pub merge: Merge,
    /// Why it was asked for.
    pub reason: Option<Note>,
    /// Why it was declined.
    pub declined: Option<Note>,
}

/// Which merges are looked for; all that are given must hold.
#[derive(Clone, Copy, Debug, Default)]
pub struct MergeFilter {
    /// Either of the two.
    pub volunteer: Option<VolunteerId>,
    /// Of volunteers of this unit or one under it.
    pub unit: Option<UnitId>,
    pub status: Option<MergeStatus>,
}

/// One merge.
pub fn get(db: &mut Db, scope: Scope, id: MergeId) -> Result<Option<MergeReadModel>, StoreError> {
    let merge = merges(scope).filter(t::id.eq(Stored(id))).select((
        t::all_columns,
        asked.field(n::note).nullable(),
        decided.field(n::note).nullable(),
    ));
    let view = |(merge, reason, declined): (Merge, Option<Stored<Note>>, Option<Stored<Note>>)| {
        let [reason, declined] = [reason, declined].map(|note| note.map(Stored::value));
        MergeReadModel { merge, reason, declined }
    };
    Ok(db.one(merge)?.map(view))
}

/// Merges, newest first.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: MergeFilter,
    page: PageRequest,
) -> Result<PageOf<Merge>, StoreError> {
    let (finds_own, finds_unit) = (is_narrow(db, scope.unit())?, is_narrow(db, filter.unit)?);
    let merges = t::table
        .filter(scope.visible_to_unit(index_if(finds_own, t::unit)))
        .filter(given(filter.volunteer, |volunteer| {
            t::volunteer.eq(Stored(volunteer)).or(t::earlier.eq(Stored(volunteer)))
        }))
        .filter(given(filter.unit, |unit| within(index_if(finds_unit, t::unit), unit)))
        .filter(given(filter.status, |status| t::status.eq(Stored(status))))
        .filter(page.older(t::id))
        .order(t::id.desc())
        .limit(page.rows_to_read())
        .select(t::all_columns);
    page.read(db, merges, |merge: Merge| merge, |merge| merge.id.seq())
}

diesel::alias!(n as asked: Asked, n as decided: Decided);

/// The entry that asked has one note, the one that declined one; who confirms says nothing.
#[auto_type(no_type_alias)]
fn merges(scope: Scope) -> _ {
    let visible: ToUnit<t::unit> = scope.visible_to_unit(t::unit);
    let said = asked.on(asked.field(n::entry).eq(t::id));
    let decision = decided.on(decided.field(n::entry).nullable().eq(t::decided_entry));
    t::table.left_join(said).left_join(decision).filter(visible)
}

/// The numbers that had been merged into one by an entry, or by now.
pub(super) fn merged_into(
    db: &mut Db,
    person: VolunteerId,
    as_of: Option<Seq>,
) -> Result<Vec<VolunteerId>, StoreError> {
    let merged = a::table
        .filter(a::earlier.eq(Stored(person)))
        .filter(given(as_of, |as_of| a::entry.le(Stored(as_of))))
        .select(a::volunteer);
    Ok(db.load(merged)?.into_iter().map(Stored::value).collect())
}

/// The numbers that were a person's as of an entry, or are now: all of them for the person's own number, none for an
/// alias, whose hours and points are the person's.
pub(super) fn numbers_of(
    db: &mut Db,
    number: VolunteerId,
    as_of: Option<Seq>,
) -> Result<Vec<VolunteerId>, StoreError> {
    let own = a::table
        .filter(a::volunteer.eq(Stored(number)))
        .filter(given(as_of, |as_of| a::entry.le(Stored(as_of))));
    if db.one(own.select(dsl::count_star()))? != Some(0_i64) {
        return Ok(Vec::new());
    }
    let mut numbers = vec![number];
    numbers.extend(merged_into(db, number, as_of)?);
    Ok(numbers)
}

/// Whether any number had been merged by an entry.
pub(super) fn any(db: &mut Db, as_of: Seq) -> Result<bool, StoreError> {
    let first: Vec<Option<i64>> = db.load(a::table.select(dsl::min(a::entry)))?;
    Ok(first.into_iter().flatten().any(|first| first <= as_of.0))
}

/// The number of the person that a column's number was as of the entry `:as_of`, for statements where any was merged.
pub(super) fn person_text(column: &str) -> String {
    format!(
        "COALESCE((SELECT MIN(n.earlier) FROM merged_numbers AS n \
         WHERE n.volunteer = {column} AND n.entry <= :as_of), {column})"
    )
}
