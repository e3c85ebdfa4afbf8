//! Honours, with their words.

use super::list::{PageOf, PageRequest};
use super::scope::{Scope, ViaService, belongs_within, within};
use crate::domain::certificate::Mention;
use crate::domain::honour::Honour;
use crate::domain::ids::{HonourId, UnitId, VolunteerId};
use crate::domain::text::Note;
use crate::store::column::Stored;
use crate::store::expression::{given, in_either};
use crate::store::schema::{honours as t, notes as n};
use crate::store::table::table_row;
use crate::store::{Db, StoreError};
use diesel::dsl::auto_type;
use diesel::prelude::*;

table_row! {
    Honour in honours by [id] {
        id, volunteer, unit, day, title, giver, words_entry, entered_by, entered_at, voided_at, version,
    }
}

/// An honour, and what is said of it: nothing any more once the volunteer's data is erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HonourReadModel {
    pub honour: Honour,
    pub title: Option<Note>,
    pub giver: Option<Note>,
}

/// Which honours are looked for; all that are given must hold.
#[derive(Clone, Copy, Debug, Default)]
pub struct HonourFilter {
    /// Of this unit or one under it.
    pub unit: Option<UnitId>,
    pub volunteer: Option<VolunteerId>,
}

/// One honour.
pub fn get(db: &mut Db, scope: Scope, id: HonourId) -> Result<Option<HonourReadModel>, StoreError> {
    let honour = honours(scope).filter(t::id.eq(Stored(id))).select((t::all_columns, words()));
    Ok(db.one(honour)?.map(view))
}

/// Honours, newest first.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: HonourFilter,
    page: PageRequest,
) -> Result<PageOf<HonourReadModel>, StoreError> {
    let (scanned, by_index) = scope.scan_or_index(db)?;
    let honours = honours(scanned)
        .filter(given(by_index, |own| {
            let of_unit = t::table.filter(within(t::unit, own)).select(t::id);
            let of_members = t::table.filter(belongs_within(t::volunteer, own)).select(t::id);
            in_either(t::id, of_unit, of_members)
        }))
        .filter(given(filter.unit, |unit| within(t::unit, unit)))
        .filter(given(filter.volunteer, |volunteer| t::volunteer.eq(Stored(volunteer))))
        .filter(page.older(t::id))
        .order(t::id.desc())
        .limit(page.rows_to_read())
        .select((t::all_columns, words()));
    page.read(db, honours, view, |found| found.honour.id.seq())
}

/// What a volunteer's certificate tells of them: those that stand.
pub(super) fn mentioned(db: &mut Db, volunteer: VolunteerId) -> Result<Vec<Mention>, StoreError> {
    let standing = honours(Scope::All)
        .filter(t::volunteer.eq(Stored(volunteer)))
        .filter(t::voided_at.is_null())
        .select((t::all_columns, words()));
    db.load(standing)?.into_iter().map(view).map(mention).collect()
}

fn mention(found: HonourReadModel) -> Result<Mention, StoreError> {
    let HonourReadModel { honour, title, giver } = found;
    let lacking = || StoreError::corrupt(format!("honour {} has lost its words", honour.id));
    Ok(Mention {
        kind: StoreError::literal("honour")?,
        heading: StoreError::literal("表彰")?,
        first_day: honour.day,
        last_day: honour.day,
        title: title.ok_or_else(lacking)?,
        by: giver.ok_or_else(lacking)?,
        minutes: None,
        result: None,
    })
}

diesel::alias!(n as titles: Titles, n as givers: Givers);

#[auto_type(no_type_alias)]
fn honours(scope: Scope) -> _ {
    let visible: ViaService<t::unit, t::volunteer> = scope.visible_via_service(t::unit, t::volunteer);
    let of_title = titles.field(n::commitment).eq(t::title);
    let of_giver = givers.field(n::commitment).eq(t::giver);
    t::table
        .left_join(titles.on(titles.field(n::entry).eq(t::words_entry).and(of_title)))
        .left_join(givers.on(givers.field(n::entry).eq(t::words_entry).and(of_giver)))
        .filter(visible)
}

/// The words of [`honours`].
#[auto_type(no_type_alias)]
fn words() -> _ {
    (titles.field(n::note).nullable(), givers.field(n::note).nullable())
}

type MaybeNote = Option<Stored<Note>>;

fn view((honour, (title, giver)): (Honour, (MaybeNote, MaybeNote))) -> HonourReadModel {
    HonourReadModel { honour, title: title.map(Stored::value), giver: giver.map(Stored::value) }
}
