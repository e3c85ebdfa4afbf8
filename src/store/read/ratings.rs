//! Ratings, with their words, and what they come to.

use super::activities;
use super::list::{PageOf, PageRequest};
use super::scope::{Scope, ToUnitOrVolunteer, is_narrow, within};
use crate::domain::ids::{ActivityId, RatingId, UnitId, VolunteerId};
use crate::domain::rating::{Rating, RatingSide, RatingSum, Score};
use crate::domain::text::Note;
use crate::store::column::{Column, Stored, words};
use crate::store::expression::{given, index_if};
use crate::store::named_sql::NamedSql;
use crate::store::schema::{notes as n, ratings as t, unit_lineage as l};
use crate::store::table::table_row;
use crate::store::{Db, StoreError};
use diesel::dsl::{self, auto_type};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

words!(RatingSide);

impl Column for Score {
    type Primitive = i64;

    fn to_primitive(&self) -> i64 {
        self.number()
    }

    fn from_primitive(number: i64) -> Result<Self, StoreError> {
        Self::new(number).ok_or_else(|| StoreError::corrupt(format!("{number} is no score")))
    }
}

table_row! {
    Rating in ratings by [id] { id, side, activity, volunteer, unit, score, words, rated_by, rated_at }
}

/// A rating, and what is said with it: nothing any more once the volunteer's data is erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatingReadModel {
    pub rating: Rating,
    pub words: Option<Note>,
}

/// Which ratings are looked for; all that are given must hold.
#[derive(Clone, Copy, Debug, Default)]
pub struct RatingFilter {
    pub side: Option<RatingSide>,
    pub activity: Option<ActivityId>,
    pub volunteer: Option<VolunteerId>,
    /// Of activities of this unit or one under it.
    pub unit: Option<UnitId>,
}

/// What volunteers say of an activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActivityRatings {
    pub sum: RatingSum,
    /// Whether the reader is of the activity's unit, or one above.
    pub is_of_own_unit: bool,
}

/// One rating.
pub fn get(db: &mut Db, scope: Scope, id: RatingId) -> Result<Option<RatingReadModel>, StoreError> {
    let rating = ratings(scope).filter(t::id.eq(Stored(id))).select((t::all_columns, n::note.nullable()));
    Ok(db.one(rating)?.map(view))
}

/// Ratings, newest first.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: RatingFilter,
    page: PageRequest,
) -> Result<PageOf<RatingReadModel>, StoreError> {
    let finds_unit = is_narrow(db, filter.unit)?;
    let ratings = ratings(scope)
        .filter(given(filter.side, |side| t::side.eq(Stored(side))))
        .filter(given(filter.activity, |activity| t::activity.eq(Stored(activity))))
        .filter(given(filter.volunteer, |volunteer| t::volunteer.eq(Stored(volunteer))))
        .filter(given(filter.unit, |unit| within(index_if(finds_unit, t::unit), unit)))
        .filter(page.older(t::id))
        .order(t::id.desc())
        .limit(page.rows_to_read())
        .select((t::all_columns, n::note.nullable()));
    page.read(db, ratings, view, |found| found.rating.id.seq())
}

/// What volunteers say of an activity, together; none where the activity is not to be seen.
pub fn of_activity(
    db: &mut Db,
    scope: Scope,
    activity: ActivityId,
) -> Result<Option<ActivityRatings>, StoreError> {
    let Some(found) = activities::get(db, scope, activity)? else { return Ok(None) };
    let is_of_own_unit = match scope {
        Scope::All => true,
        Scope::Unit(own) => {
            let within = l::table.filter(l::ancestor.eq(Stored(own))).filter(l::unit.eq(Stored(found.unit)));
            db.one(within.select(dsl::count_star()))? != Some(0_i64)
        }
        Scope::Volunteer(_) => false,
    };
    let sql = NamedSql::new(
        "SELECT COUNT(*) AS ratings, CAST(COALESCE(SUM(t.score), 0) AS BIGINT) AS scores
         FROM ratings AS t WHERE t.activity = :activity AND t.side = 'volunteer'",
    );
    let sum: Option<SumRow> = db.one(sql.bind("activity", &activity))?;
    let sum = sum.map_or_else(RatingSum::default, |SumRow { ratings, scores }| RatingSum { ratings, scores });
    Ok(Some(ActivityRatings { sum, is_of_own_unit }))
}

#[derive(QueryableByName)]
struct SumRow {
    #[diesel(sql_type = BigInt)]
    ratings: i64,
    #[diesel(sql_type = BigInt)]
    scores: i64,
}

/// The entry that rates has one note at most.
#[auto_type(no_type_alias)]
fn ratings(scope: Scope) -> _ {
    let visible: ToUnitOrVolunteer<t::unit, t::volunteer> =
        scope.visible_to_unit_or_volunteer(t::unit, t::volunteer);
    t::table.left_join(n::table.on(n::entry.eq(t::id))).filter(visible)
}

fn view((rating, words): (Rating, Option<Stored<Note>>)) -> RatingReadModel {
    RatingReadModel { rating, words: words.map(Stored::value) }
}
