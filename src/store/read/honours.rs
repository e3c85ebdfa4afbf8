//! Honours, with their words.

use super::list::{Listing, Order, PageOf, PageRequest, equals, rows};
use super::row::Row;
use super::scope::{Scope, within};
use crate::domain::certificate::Mention;
use crate::domain::honour::Honour;
use crate::domain::ids::{HonourId, UnitId, VolunteerId};
use crate::domain::text::Note;
use crate::store::sql::Sql;
use crate::store::table::Table;
use crate::store::{Db, StoreError};

/// An honour, and what is said of it: nothing any more once the volunteer's data is erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HonourWords {
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
pub fn get(db: &mut Db, scope: Scope, id: HonourId) -> Result<Option<HonourWords>, StoreError> {
    honours_of(scope).only(equals("t.id", &id)).one(db, read_words)
}

/// Honours, newest first.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: HonourFilter,
    page: PageRequest,
) -> Result<PageOf<HonourWords>, StoreError> {
    honours_of(scope)
        .only_if(filter.unit, |unit| within("t.unit", unit))
        .only_where("t.volunteer", filter.volunteer)
        .page(db, page, ("t.id", Order::NewestFirst), read_words, |found| found.honour.id.seq())
}

/// What a volunteer's certificate tells of them: those that stand.
pub(super) fn mentioned(db: &mut Db, volunteer: VolunteerId) -> Result<Vec<Mention>, StoreError> {
    let sql =
        honours_of(Scope::All).only(equals("t.volunteer", &volunteer)).only(Sql::new("t.voided_at IS NULL"));
    let found = rows(db, sql.end(""), read_words)?;
    found.into_iter().map(mention).collect()
}

fn mention(found: HonourWords) -> Result<Mention, StoreError> {
    let HonourWords { honour, title, giver } = found;
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

fn honours_of(scope: Scope) -> Listing {
    let columns = format!("{}, n.note, g.note", Honour::select_list("t"));
    let said = "honours AS t \
                LEFT JOIN notes AS n ON n.entry = t.words_entry AND n.commitment = t.title \
                LEFT JOIN notes AS g ON g.entry = t.words_entry AND g.commitment = t.giver";
    Listing::select(&columns, said).only(scope.of_deed("t.volunteer", "t.unit"))
}

fn read_words(mut row: Row) -> Result<HonourWords, StoreError> {
    Ok(HonourWords { honour: row.table()?, title: row.next()?, giver: row.next()? })
}
