//! Trainings, with their words.

use super::list::{Listing, Order, PageOf, PageRequest, equals, rows};
use super::row::Row;
use super::scope::{Scope, within};
use crate::domain::certificate::Mention;
use crate::domain::ids::{TrainingId, UnitId, VolunteerId};
use crate::domain::text::Note;
use crate::domain::training::Training;
use crate::store::sql::Sql;
use crate::store::table::Table;
use crate::store::{Db, StoreError};

/// A training, and what is said of it: nothing any more once the volunteer's data is erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrainingWords {
    pub training: Training,
    pub course: Option<Note>,
    pub organiser: Option<Note>,
    pub result: Option<Note>,
}

/// Which trainings are looked for; all that are given must hold.
#[derive(Clone, Copy, Debug, Default)]
pub struct TrainingFilter {
    /// Of this unit or one under it.
    pub unit: Option<UnitId>,
    pub volunteer: Option<VolunteerId>,
}

/// One training.
pub fn get(db: &mut Db, scope: Scope, id: TrainingId) -> Result<Option<TrainingWords>, StoreError> {
    trainings_of(scope).only(equals("t.id", &id)).one(db, read_words)
}

/// Trainings, newest first.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: TrainingFilter,
    page: PageRequest,
) -> Result<PageOf<TrainingWords>, StoreError> {
    trainings_of(scope)
        .only_if(filter.unit, |unit| within("t.unit", unit))
        .only_where("t.volunteer", filter.volunteer)
        .page(db, page, ("t.id", Order::NewestFirst), read_words, |found| found.training.id.seq())
}

/// What a volunteer's certificate tells of them: those that stand.
pub(super) fn mentioned(db: &mut Db, volunteer: VolunteerId) -> Result<Vec<Mention>, StoreError> {
    let sql = trainings_of(Scope::All)
        .only(equals("t.volunteer", &volunteer))
        .only(Sql::new("t.voided_at IS NULL"));
    let found = rows(db, sql.end(""), read_words)?;
    found.into_iter().map(mention).collect()
}

fn mention(found: TrainingWords) -> Result<Mention, StoreError> {
    let TrainingWords { training, course, organiser, result } = found;
    let lacking = || StoreError::corrupt(format!("training {} has lost its words", training.id));
    Ok(Mention {
        kind: StoreError::literal("training")?,
        heading: StoreError::literal("培训")?,
        first_day: training.first_day,
        last_day: training.last_day,
        title: course.ok_or_else(lacking)?,
        by: organiser.ok_or_else(lacking)?,
        minutes: Some(training.minutes),
        result,
    })
}

fn trainings_of(scope: Scope) -> Listing {
    let columns = format!("{}, c.note, o.note, r.note", Training::select_list("t"));
    let said = "trainings AS t \
                LEFT JOIN notes AS c ON c.entry = t.words_entry AND c.commitment = t.course \
                LEFT JOIN notes AS o ON o.entry = t.words_entry AND o.commitment = t.organiser \
                LEFT JOIN notes AS r ON r.entry = t.words_entry AND r.commitment = t.result";
    Listing::select(&columns, said).only(scope.of_deed("t.volunteer", "t.unit"))
}

fn read_words(mut row: Row) -> Result<TrainingWords, StoreError> {
    Ok(TrainingWords {
        training: row.table()?,
        course: row.next()?,
        organiser: row.next()?,
        result: row.next()?,
    })
}
