//! Model posts, with their titles.

use super::list::{PageOf, PageRequest};
use super::scope::{Scope, ViaService, belongs_within, within};
use crate::domain::ids::{ModelPostId, UnitId, VolunteerId};
use crate::domain::model_post::ModelPost;
use crate::domain::text::Note;
use crate::store::column::Stored;
use crate::store::expression::{given, in_either};
use crate::store::schema::{model_posts as t, notes as n};
use crate::store::table::table_row;
use crate::store::{Db, StoreError};
use chrono::NaiveDate;
use diesel::dsl::auto_type;
use diesel::prelude::*;

table_row! {
    ModelPost in model_posts by [id] { id, unit, volunteer, title, starts_on, ends_on }
}

/// A model post, and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelPostReadModel {
    pub post: ModelPost,
    /// None once the holder's data is erased.
    pub title: Option<Note>,
}

/// Which model posts are looked for; all that are given must hold.
#[derive(Clone, Copy, Debug, Default)]
pub struct ModelPostFilter {
    /// Of this unit or one under it.
    pub unit: Option<UnitId>,
    pub volunteer: Option<VolunteerId>,
    /// Held on this day.
    pub day: Option<NaiveDate>,
}

/// One model post.
pub fn get(db: &mut Db, scope: Scope, id: ModelPostId) -> Result<Option<ModelPostReadModel>, StoreError> {
    let post = posts(scope).filter(t::id.eq(Stored(id))).select((t::all_columns, n::note.nullable()));
    Ok(db.one(post)?.map(view))
}

/// Model posts, newest first.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: ModelPostFilter,
    page: PageRequest,
) -> Result<PageOf<ModelPostReadModel>, StoreError> {
    let (scanned, by_index) = scope.scan_or_index(db)?;
    let posts = posts(scanned)
        .filter(given(by_index, |own| {
            let of_unit = t::table.filter(within(t::unit, own)).select(t::id);
            let of_members = t::table.filter(belongs_within(t::volunteer, own)).select(t::id);
            in_either(t::id, of_unit, of_members)
        }))
        .filter(given(filter.unit, |unit| within(t::unit, unit)))
        .filter(given(filter.volunteer, |volunteer| t::volunteer.eq(Stored(volunteer))))
        .filter(given(filter.day, |day| t::starts_on.le(Stored(day))))
        .filter(given(filter.day, |day| t::ends_on.is_null().or(t::ends_on.ge(Stored(day)))))
        .filter(page.older(t::id))
        .order(t::id.desc())
        .limit(page.rows_to_read())
        .select((t::all_columns, n::note.nullable()));
    page.read(db, posts, view, |view| view.post.id.seq())
}

#[auto_type(no_type_alias)]
fn posts(scope: Scope) -> _ {
    let visible: ViaService<t::unit, t::volunteer> = scope.visible_via_service(t::unit, t::volunteer);
    let title = n::table.on(n::entry.eq(t::id).and(n::commitment.eq(t::title)));
    t::table.left_join(title).filter(visible)
}

fn view((post, title): (ModelPost, Option<Stored<Note>>)) -> ModelPostReadModel {
    ModelPostReadModel { post, title: title.map(Stored::value) }
}
