//! Trainings, with their words.

use super::list::{PageOf, PageRequest};
use super::scope::{Scope, ViaService, belongs_within, within};
use crate::domain::certificate::Mention;
use crate::domain::ids::{TrainingId, UnitId, VolunteerId};
use crate::domain::text::Note;
use crate::domain::training::Training;
use crate::store::column::Stored;
use crate::store::expression::{given, in_either};
use crate::store::schema::{notes as n, trainings as t};
use crate::store::table::table_row;
use crate::store::{Db, StoreError};
use diesel::dsl::auto_type;
use diesel::prelude::*;

table_row! {
    Training in trainings by [id] {
        id, volunteer, unit, first_day, last_day, minutes, course, organiser, result, words_entry, entered_by,
        entered_at, voided_at, version,
    }
}

/// A training, and what is said of it: nothing any more once the volunteer's data is erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrainingReadModel {
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
pub fn get(db: &mut Db, scope: Scope, id: TrainingId) -> Result<Option<TrainingReadModel>, StoreError> {
    let training = trainings(scope).filter(t::id.eq(Stored(id))).select((t::all_columns, words()));
    Ok(db.one(training)?.map(view))
}

/// Trainings, newest first.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: TrainingFilter,
    page: PageRequest,
) -> Result<PageOf<TrainingReadModel>, StoreError> {
    let (scanned, by_index) = scope.scan_or_index(db)?;
    let trainings = trainings(scanned)
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
    page.read(db, trainings, view, |found| found.training.id.seq())
}

/// What a volunteer's certificate tells of them: those that stand.
pub(super) fn mentioned(db: &mut Db, volunteer: VolunteerId) -> Result<Vec<Mention>, StoreError> {
    let standing = trainings(Scope::All)
        .filter(t::volunteer.eq(Stored(volunteer)))
        .filter(t::voided_at.is_null())
        .select((t::all_columns, words()));
    db.load(standing)?.into_iter().map(view).map(mention).collect()
}

fn mention(found: TrainingReadModel) -> Result<Mention, StoreError> {
    let TrainingReadModel { training, course, organiser, result } = found;
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

diesel::alias!(n as courses: Courses, n as organisers: Organisers, n as results: Results);

#[auto_type(no_type_alias)]
fn trainings(scope: Scope) -> _ {
    let visible: ViaService<t::unit, t::volunteer> = scope.visible_via_service(t::unit, t::volunteer);
    let of_course = courses.field(n::commitment).eq(t::course);
    let of_organiser = organisers.field(n::commitment).eq(t::organiser);
    let of_result = results.field(n::commitment).nullable().eq(t::result);
    t::table
        .left_join(courses.on(courses.field(n::entry).eq(t::words_entry).and(of_course)))
        .left_join(organisers.on(organisers.field(n::entry).eq(t::words_entry).and(of_organiser)))
        .left_join(results.on(results.field(n::entry).eq(t::words_entry).and(of_result)))
        .filter(visible)
}

/// The words of [`trainings`].
#[auto_type(no_type_alias)]
fn words() -> _ {
    (
        courses.field(n::note).nullable(),
        organisers.field(n::note).nullable(),
        results.field(n::note).nullable(),
    )
}

type MaybeNote = Option<Stored<Note>>;

fn view(
    (training, (course, organiser, result)): (Training, (MaybeNote, MaybeNote, MaybeNote)),
) -> TrainingReadModel {
    let [course, organiser, result] = [course, organiser, result].map(|word| word.map(Stored::value));
    TrainingReadModel { training, course, organiser, result }
}
