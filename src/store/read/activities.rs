//! Activities.

use super::list::{PageOf, PageRequest};
use super::past;
use super::scope::{Scope, ToTree, Within, is_narrow, within};
use crate::domain::Event;
use crate::domain::activity::{self, Activity, ActivityDetails, Measure};
use crate::domain::ids::{ActivityId, ProgrammeId, Seq, UnitId};
use crate::domain::text::{Name, searched};
use crate::domain::time::{Interval, Timestamp};
use crate::store::column::{Stored, documents, words};
use crate::store::expression::{given, index_if, text_at};
use crate::store::schema::activities as t;
use crate::store::table::table_row;
use crate::store::{Db, StoreError, head};
use chrono::Duration;
use diesel::dsl::{Eq, Or, auto_type};
use diesel::prelude::*;
use std::convert::identity;

words!(Measure);
documents!(ActivityDetails);

table_row! {
    Activity in activities by [id] {
        id, programme, unit, measure, details, cancelled, live_records, version, draft, present,
    }
}

/// Which activities are looked for; all that are given must hold.
#[derive(Clone, Debug, Default)]
pub struct ActivityFilter {
    pub programme: Option<ProgrammeId>,
    /// Carried out by this unit or one under it.
    pub unit: Option<UnitId>,
    /// Whose window ends after this instant.
    pub from: Option<Timestamp>,
    /// Whose window starts before this instant.
    pub to: Option<Timestamp>,
    pub cancelled: Option<bool>,
    /// Whether it is still to be published.
    pub draft: Option<bool>,
}

/// Where the details have an activity's window. Instants are texts of one length in UTC there, which sort as
/// the instants do.
pub(super) const STARTS_AT: [&str; 2] = ["window", "start"];
pub(super) const ENDS_AT: [&str; 2] = ["window", "end"];

/// One activity.
pub fn get(db: &mut Db, scope: Scope, id: ActivityId) -> Result<Option<Activity>, StoreError> {
    let activity = activities(scope).filter(t::id.eq(Stored(id)));
    db.one(activity.filter(given(sees_drafts_of(scope), published)))
}

/// An activity, if the reader acts for its unit or is in charge of it on site.
pub fn led(db: &mut Db, scope: Scope, id: ActivityId) -> Result<Option<Activity>, StoreError> {
    let own = match scope {
        Scope::All | Scope::Unit(_) => {
            t::table.filter(t::id.eq(Stored(id))).filter(scope.visible_to_unit(t::unit))
        }
        Scope::Volunteer(leader) => {
            let activity = get(db, scope, id)?;
            return Ok(activity.filter(|activity| activity.details.leader == Some(leader)));
        }
    };
    db.one(own)
}

/// What an activity's details were after an entry, if that is not before it was made.
pub fn details_as_of(db: &mut Db, id: ActivityId, as_of: Seq) -> Result<Option<ActivityDetails>, StoreError> {
    let Some(activity) = get(db, Scope::All, id)? else { return Ok(None) };
    if activity.version <= as_of {
        return Ok(Some(activity.details));
    }
    let place = (activity.unit, id.seq(), id.to_string());
    match past::said_last(db, place, "activity_updated", as_of)? {
        Event::Activity(
            activity::Event::ActivityCreated { details, .. }
            | activity::Event::ActivityUpdated { details, .. },
        ) => Ok(Some(details)),
        other => Err(StoreError::corrupt(format!("{} says nothing of an activity", other.kind()))),
    }
}

/// The activities that are called so and on within an interval, those that were called off apart.
pub fn called(
    db: &mut Db,
    scope: Scope,
    name: &Name,
    within: Interval,
) -> Result<Vec<ActivityId>, StoreError> {
    let on_that_day = activities(scope)
        .filter(text_at(t::details, ENDS_AT).gt(within.start.to_string()))
        .filter(text_at(t::details, STARTS_AT).lt(within.end.to_string()))
        .filter(t::cancelled.eq(Stored(false)))
        .order(t::id);
    let wanted = searched(name.as_str());
    let called = db.load::<Activity, _>(on_that_day)?.into_iter();
    let called = called.filter(|activity| searched(activity.details.name.as_str()) == wanted);
    Ok(called.map(|activity| activity.id).collect())
}

/// Activities, newest first.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: &ActivityFilter,
    page: PageRequest,
) -> Result<PageOf<Activity>, StoreError> {
    let finds_unit = is_narrow(db, filter.unit)?;
    let finds_end = is_recent(db, filter.from)?;
    let activities = activities(scope)
        .filter(given(sees_drafts_of(scope), published))
        .filter(given(filter.programme, |programme| t::programme.eq(Stored(programme))))
        .filter(given(filter.unit, |unit| within(index_if(finds_unit, t::unit), unit)))
        .filter(given(filter.from, |from| text_at(t::details, ENDS_AT).gt(from.to_string())))
        .filter(given(filter.to, |to| text_at(t::details, STARTS_AT).lt(to.to_string())))
        .filter(given(filter.cancelled, |cancelled| t::cancelled.eq(Stored(cancelled))))
        .filter(given(filter.draft, |draft| t::draft.eq(Stored(draft))))
        .filter(page.older(t::id))
        .order(index_if(!finds_end, t::id).desc())
        .limit(page.rows_to_read());
    page.read(db, activities, identity, |activity: &Activity| activity.id.seq())
}

/// Whether so few activities end after an instant that they are found by their end, and put in order: what is to
/// come, and the last month's.
fn is_recent(db: &mut Db, from: Option<Timestamp>) -> Result<bool, StoreError> {
    let Some(from) = from else { return Ok(false) };
    Ok(head::read(db)?.last_recorded_at.plus(-Duration::days(31)) < from)
}

#[auto_type(no_type_alias)]
fn activities(scope: Scope) -> _ {
    let visible: ToTree<t::unit> = scope.visible_to_tree(t::unit);
    t::table.filter(visible)
}

/// Whose drafts a reader sees: nobody's, if a volunteer; none where it is everybody's.
fn sees_drafts_of(scope: Scope) -> Option<UnitId> {
    match scope {
        Scope::All => None,
        Scope::Unit(own) => Some(own),
        Scope::Volunteer(_) => Some(UnitId::new(Seq::default())),
    }
}

/// Drafts are seen by those who answer for their unit only.
type Published = Or<Eq<t::draft, i64>, Within<t::unit>>;

fn published(own: UnitId) -> Published {
    t::draft.eq(0).or(within(t::unit, own))
}
