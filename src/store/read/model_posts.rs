//! Model posts, with their titles.

use super::list::{Listing, Order, PageOf, PageRequest, compare, equals};
use super::row::Row;
use super::scope::{Scope, within};
use crate::domain::ids::{ModelPostId, UnitId, VolunteerId};
use crate::domain::model_post::ModelPost;
use crate::domain::text::Note;
use crate::store::column::Column;
use crate::store::sql::Sql;
use crate::store::table::Table;
use crate::store::{Db, StoreError};
use chrono::NaiveDate;

/// A model post, and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelPostView {
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
pub fn get(db: &mut Db, scope: Scope, id: ModelPostId) -> Result<Option<ModelPostView>, StoreError> {
    posts_of(scope).only(equals("t.id", &id)).one(db, read_view)
}

/// Model posts, newest first.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: ModelPostFilter,
    page: PageRequest,
) -> Result<PageOf<ModelPostView>, StoreError> {
    posts_of(scope)
        .only_if(filter.unit, |unit| within("t.unit", unit))
        .only_where("t.volunteer", filter.volunteer)
        .only_if(filter.day, held_on)
        .page(db, page, ("t.id", Order::NewestFirst), read_view, |view: &ModelPostView| view.post.id.seq())
}

fn held_on(day: NaiveDate) -> Sql {
    compare("t.starts_on", "<=", &day).and(" AND (t.ends_on IS NULL OR t.ends_on >= ?)").bind(day.to_cell())
}

fn posts_of(scope: Scope) -> Listing {
    let columns = format!("{}, n.note", ModelPost::select_list("t"));
    let titled = "model_posts AS t LEFT JOIN notes AS n ON n.entry = t.id AND n.commitment = t.title";
    Listing::select(&columns, titled).only(scope.of_deed("t.volunteer", "t.unit"))
}

fn read_view(mut row: Row) -> Result<ModelPostView, StoreError> {
    Ok(ModelPostView { post: row.table()?, title: row.next()? })
}
