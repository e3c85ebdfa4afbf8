//! What the passing of time has brought to its end, for the sweeper; and what it will, for people.

use super::activities::{ENDS_AT, STARTS_AT};
use super::list::{PageOf, PageRequest};
use super::scope::{Scope, is_narrow, within};
use crate::domain::activity::Activity;
use crate::domain::actor::Actor;
use crate::domain::crediting_policy::CreditingPolicy;
use crate::domain::ids::{
    ApplicationId, AttendanceId, EnrolmentId, PositionId, RecordId, RedemptionId, TransferId, UnitId,
    VolunteerId,
};
use crate::domain::position::Position;
use crate::domain::record::ServiceRecord;
use crate::domain::time::Timestamp;
use crate::domain::unit::Unit;
use crate::store::column::Stored;
use crate::store::expression::{given, index_if, literally, no_index, text_at};
use crate::store::schema::{
    activities, applications, attendances, crediting_policies as policies, enrolments, lots, positions,
    redemptions, service_records as r, transfers, units, volunteers,
};
use crate::store::{Db, StoreError};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use std::collections::BTreeMap;
use std::convert::identity;

/// Open redemptions that were not picked up in time, at most `limit`, the longest overdue first.
pub fn redemptions(db: &mut Db, now: Timestamp, limit: u32) -> Result<Vec<RedemptionId>, StoreError> {
    use redemptions as t;
    let overdue = t::table
        .filter(literally(t::status, "= 'held'"))
        .filter(t::expires_at.le(Stored(now)))
        .order((t::expires_at, t::id))
        .limit(limit.into())
        .select(t::id);
    Ok(db.load(overdue)?.into_iter().map(Stored::value).collect())
}

/// Open transfers that were not done in time, at most `limit`, the longest overdue first.
pub fn transfers(db: &mut Db, now: Timestamp, limit: u32) -> Result<Vec<TransferId>, StoreError> {
    use transfers as t;
    let overdue = t::table
        .filter(literally(t::status, "IN ('proposed', 'requested', 'released')"))
        .filter(t::expires_at.le(Stored(now)))
        .order((t::expires_at, t::id))
        .limit(limit.into())
        .select(t::id);
    Ok(db.load(overdue)?.into_iter().map(Stored::value).collect())
}

/// Volunteers who have points left whose validity has ended, at most `limit`.
pub fn volunteers_with_lapsed_lots(
    db: &mut Db,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<VolunteerId>, StoreError> {
    use lots as t;
    let lapsed = t::table
        .filter(literally(t::remaining, "> 0"))
        .filter(t::expires_at.le(Stored(now)))
        .select(t::volunteer)
        .distinct()
        .limit(limit.into());
    Ok(db.load(lapsed)?.into_iter().map(Stored::value).collect())
}

/// Volunteers who have points left that expire by an instant, and were not told so, at most `limit`.
pub fn volunteers_to_tell_of_lots(
    db: &mut Db,
    (now, until): (Timestamp, Timestamp),
    limit: u32,
) -> Result<Vec<VolunteerId>, StoreError> {
    use lots as t;
    let expiring = t::table
        .filter(literally(t::remaining, "> 0"))
        .filter(literally(t::expiry_announced_at, "IS NULL"))
        .filter(t::expires_at.gt(Stored(now)))
        .filter(t::expires_at.le(Stored(until)))
        .select(t::volunteer)
        .distinct()
        .limit(limit.into());
    Ok(db.load(expiring)?.into_iter().map(Stored::value).collect())
}

/// Open redemptions that end within some time, at the latest half of their own, and of which nobody was told so; at
/// most `limit`, the first to end first.
pub fn redemptions_to_tell_of(
    db: &mut Db,
    (now, until): (Timestamp, Timestamp),
    limit: u32,
) -> Result<Vec<RedemptionId>, StoreError> {
    use redemptions as t;
    let expiring = t::table
        .filter(literally(t::status, "= 'held'"))
        .filter(literally(t::expiry_announced_at, "IS NULL"))
        .filter(t::expires_at.gt(Stored(now)))
        .filter(t::expires_at.le(Stored(until)))
        .filter((t::expires_at - now.as_micros()).le(now.as_micros().into_sql::<BigInt>() - t::placed_at))
        .order((t::expires_at, t::id))
        .limit(limit.into())
        .select(t::id);
    Ok(db.load(expiring)?.into_iter().map(Stored::value).collect())
}

/// Volunteers who left so long ago that the last of them is to be forgotten, at most `limit`.
pub fn volunteers_to_forget(db: &mut Db, now: Timestamp, limit: u32) -> Result<Vec<VolunteerId>, StoreError> {
    use volunteers as t;
    let due = t::table
        .filter(t::forget_at.le(Stored(now)))
        .filter(t::merged_into.is_null())
        .order((t::forget_at, t::id))
        .limit(limit.into())
        .select(t::id);
    Ok(db.load(due)?.into_iter().map(Stored::value).collect())
}

/// Offers of places that were not answered in time, at most `limit`, the longest overdue first.
pub fn offers(db: &mut Db, now: Timestamp, limit: u32) -> Result<Vec<EnrolmentId>, StoreError> {
    use enrolments as t;
    let overdue = t::table
        .filter(literally(t::status, "= 'offered'"))
        .filter(t::respond_by.le(Stored(now)))
        .order((t::respond_by, t::id))
        .limit(limit.into())
        .select(t::id);
    Ok(db.load(overdue)?.into_iter().map(Stored::value).collect())
}

/// Positions with free places for which somebody waits, of activities that are to come, at most `limit`.
pub fn positions_to_fill(db: &mut Db, now: Timestamp, limit: u32) -> Result<Vec<PositionId>, StoreError> {
    use positions as t;
    let to_come = activities::table
        .filter(text_at(activities::details, STARTS_AT).gt(now.to_string()))
        .filter(activities::cancelled.eq(0))
        .select(activities::id);
    let waited_for =
        t::table.filter(literally(t::waiting, "> 0")).filter(t::activity.eq_any(to_come)).order(t::id);
    let waited_for = db.load::<Position, _>(waited_for)?.into_iter();
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let free = waited_for.filter(|position| position.free() > 0);
    Ok(free.map(|position| position.id).take(limit).collect())
}

/// Attendances that nobody checked out of, at activities that ended by an instant, at most `limit`, the oldest first.
pub fn attendances(db: &mut Db, ended_by: Timestamp, limit: u32) -> Result<Vec<AttendanceId>, StoreError> {
    use attendances as t;
    let over = activities::table
        .filter(activities::present.gt(0))
        .filter(text_at(activities::details, ENDS_AT).le(ended_by.to_string()))
        .select(activities::id);
    let open = t::table
        .filter(literally(t::status, "= 'open'"))
        .filter(t::activity.eq_any(over))
        .order(t::id)
        .limit(limit.into())
        .select(t::id);
    Ok(db.load(open)?.into_iter().map(Stored::value).collect())
}

/// Applications that nobody decided in time, and those that were declined long ago, at most `limit`.
pub fn applications_to_forget(
    db: &mut Db,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<ApplicationId>, StoreError> {
    use applications as t;
    let due = t::table
        .filter(t::forget_at.le(Stored(now)))
        .order((t::forget_at, t::id))
        .limit(limit.into())
        .select(t::id);
    Ok(db.load(due)?.into_iter().map(Stored::value).collect())
}

/// Records of what the service saw itself that may be credited by itself: of units whose policy says so, or the nearest above
/// that says anything. At most `limit`, the newest first: those that wait for somebody's approval hold up nobody.
pub fn records_to_credit(db: &mut Db, now: Timestamp, limit: u32) -> Result<Vec<RecordId>, StoreError> {
    let said: Vec<CreditingPolicy> = db.load(policies::table.filter(policies::credits_seen.is_not_null()))?;
    let said: BTreeMap<UnitId, bool> =
        said.iter().filter_map(|policy| Some((policy.unit, policy.credits_seen?))).collect();
    if !said.values().any(|credits| *credits) {
        return Ok(Vec::new());
    }
    let seen = r::table
        .inner_join(units::table.on(units::id.eq(r::unit)))
        .filter(literally(r::status, "= 'submitted'"))
        .filter(literally(r::evidence, "IN ('scan', 'geo')"))
        .filter(r::submitted_by.eq(Stored(Actor::System)))
        .filter(r::open_objections.eq(0))
        .filter(r::notice_ends_at.is_null().or(r::notice_ends_at.le(Stored(now))))
        .order(r::id.desc())
        .limit(limit.into())
        .select((r::id, units::all_columns));
    let rows: Vec<(Stored<RecordId>, Unit)> = db.load(seen)?;
    let credits = |unit: &Unit| unit.path.iter().rev().find_map(|above| said.get(above)).copied();
    let due = rows.into_iter().filter(|(_, unit)| credits(unit) == Some(true));
    Ok(due.map(|(record, _)| record.value()).collect())
}

/// Which activities are due to have their service entered; all must hold.
#[derive(Clone, Copy, Debug)]
pub struct DueActivities {
    /// Carried out by this unit or one under it.
    pub unit: Option<UnitId>,
    /// Over later than this: what ended sooner is overdue.
    pub ended_after: Timestamp,
    /// Over at this instant or before.
    pub ended_by: Timestamp,
    /// Most live records that rest on it.
    pub most_records: i64,
}

/// Activities that took place and whose service is still to be entered: the one that ended first comes
/// first.
pub fn activities(
    db: &mut Db,
    scope: Scope,
    filter: &DueActivities,
    page: PageRequest,
) -> Result<PageOf<Activity>, StoreError> {
    use activities as t;
    let end = text_at(t::details, ENDS_AT);
    // The last of the page before, with its end.
    let last = match page.after {
        Some(id) => db.one(t::table.filter(t::id.eq(Stored(id))).select((end, t::id)))?,
        None => None,
    };
    let last: Option<(String, i64)> = last;
    // A small unit's are found by its index; else those that ended in that time are looked at.
    let (finds_own, finds_unit) = (is_narrow(db, scope.unit())?, is_narrow(db, filter.unit)?);
    let due = t::table
        .filter(scope.visible_to_unit(index_if(finds_own, t::unit)))
        .filter(t::cancelled.eq(Stored(false)))
        .filter(given(filter.unit, |unit| within(index_if(finds_unit, t::unit), unit)))
        .filter(t::live_records.le(filter.most_records))
        .filter(end.gt(filter.ended_after.to_string()))
        .filter(end.le(filter.ended_by.to_string()))
        .filter(given(last.clone(), |(last_end, _)| end.ge(last_end)))
        .filter(given(last, |(last_end, id)| end.gt(last_end).or(t::id.gt(id))))
        .order((end, t::id))
        .limit(page.rows_to_read());
    page.read(db, due, identity, |activity: &Activity| activity.id.seq())
}

/// Records that wait for a decision, the one that has waited longest first. They are few and have an
/// index of their own; a unit's may be many.
pub fn records(
    db: &mut Db,
    scope: Scope,
    unit: Option<UnitId>,
    page: PageRequest,
) -> Result<PageOf<ServiceRecord>, StoreError> {
    let waiting = r::table
        .filter(scope.visible_to_unit(no_index(r::unit)))
        .filter(literally(r::status, "= 'submitted'"))
        .filter(given(unit, |unit| within(no_index(r::unit), unit)))
        .filter(page.newer(r::id))
        .order(r::id)
        .limit(page.rows_to_read());
    page.read(db, waiting, identity, |record: &ServiceRecord| record.id.seq())
}
