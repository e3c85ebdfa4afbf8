//! What a volunteer's first screen shows, from one snapshot: each part a line of [`home`], read by its own function.

use super::accounts::{self, AccountReadModel};
use super::activities::{ENDS_AT, STARTS_AT};
use super::scope::Scope;
use super::volunteers::{self, VolunteerReadModel};
use super::{messages, stars};
use crate::domain::activity::ActivityDetails;
use crate::domain::amounts::{Minutes, Points};
use crate::domain::enrolment::EnrolmentStatus;
use crate::domain::ids::{
    ActivityId, AttendanceId, EnrolmentId, PositionId, RedemptionId, RewardId, UnitId, VolunteerId,
};
use crate::domain::position::PositionTerms;
use crate::domain::redemption::MOST_OPEN_REDEMPTIONS;
use crate::domain::star::{Standing, StarScheme};
use crate::domain::text::{Name, UnitCode};
use crate::domain::time::{LocalZone, Timestamp};
use crate::store::column::Stored;
use crate::store::expression::{is_one_of, literally, text_at};
use crate::store::named_sql::NamedSql;
use crate::store::schema::{
    activities as a, attendances, enrolments as e, positions, redemptions as t, rewards as w, units as u,
};
use crate::store::vault::Vault;
use crate::store::{Db, StoreError};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

/// A volunteer's first screen.
#[derive(Clone, Debug)]
pub struct HomeReadModel {
    pub volunteer: VolunteerReadModel,
    pub unit: HomeUnit,
    pub account: AccountReadModel,
    pub pending: PendingService,
    /// Where the volunteer stands by the scheme of today; none where there is no scheme.
    pub star: Option<(StarScheme, Standing)>,
    /// Gifts that wait to be picked up, the first to expire first.
    pub gifts: Vec<HeldGift>,
    /// Places, offers, applications and waits in activities that are not over, the first to begin first.
    pub places: Vec<HomePlace>,
    /// Where the volunteer has checked in and not out.
    pub attendance: Option<HomeAttendance>,
    /// How many messages are not read.
    pub unread: i64,
}

/// A place in an activity, or what may become one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomePlace {
    pub enrolment: EnrolmentId,
    pub status: EnrolmentStatus,
    /// Until when an offer is to be answered.
    pub respond_by: Option<Timestamp>,
    pub position: (PositionId, Name),
    pub activity: (ActivityId, ActivityDetails),
}

/// Where somebody is at this moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomeAttendance {
    pub attendance: AttendanceId,
    pub checked_in_at: Timestamp,
    pub activity: (ActivityId, ActivityDetails),
}

/// Most places that a first screen shows.
const MOST_PLACES: i64 = 20;

/// The unit that a volunteer belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomeUnit {
    pub id: UnitId,
    pub code: UnitCode,
    pub name: Name,
}

/// Service that is entered and waits to be decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PendingService {
    pub records: i64,
    pub claimed_minutes: Minutes,
}

/// A gift that is held for a volunteer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldGift {
    pub redemption: RedemptionId,
    pub reward: RewardId,
    pub name: Name,
    pub points: Points,
    pub expires_at: Timestamp,
}

/// All of it; none where the volunteer is not to be seen.
///
/// Reads in a snapshot of its own: call it outside any transaction.
pub fn home(
    db: &mut Db,
    vault: &Vault,
    id: VolunteerId,
    (now, zone): (Timestamp, LocalZone),
) -> Result<Option<HomeReadModel>, StoreError> {
    db.snapshot(|db| {
        let own = Scope::Volunteer(id);
        let Some(volunteer) = volunteers::get(db, vault, own, id)? else { return Ok(None) };
        let Some(account) = accounts::account_within(db, own, id, now)? else { return Ok(None) };
        let numbers = [&[id], volunteer.volunteer.merged_numbers.as_slice()].concat();
        Ok(Some(HomeReadModel {
            unit: unit(db, volunteer.volunteer.unit)?,
            pending: pending(db, &numbers)?,
            star: star(db, &account, (now, zone))?,
            gifts: gifts(db, &numbers)?,
            places: places(db, &numbers, now)?,
            attendance: attendance(db, &numbers)?,
            unread: messages::unread_of(db, id, numbers)?,
            volunteer,
            account,
        }))
    })
}

fn unit(db: &mut Db, id: UnitId) -> Result<HomeUnit, StoreError> {
    let unit = u::table.filter(u::id.eq(Stored(id))).select((u::code, u::name));
    let unit: Option<(Stored<UnitCode>, Stored<Name>)> = db.one(unit)?;
    let (code, name) = unit.ok_or_else(|| StoreError::corrupt("a volunteer's unit is not there"))?;
    Ok(HomeUnit { id, code: code.value(), name: name.value() })
}

fn pending(db: &mut Db, numbers: &[VolunteerId]) -> Result<PendingService, StoreError> {
    let sql = NamedSql::new(
        "SELECT COUNT(*) AS records, CAST(COALESCE(SUM(s.claimed_minutes), 0) AS BIGINT) AS minutes
         FROM service_records AS s WHERE s.volunteer IN :numbers AND s.status = 'submitted'",
    );
    let found: Option<PendingRow> = db.one(sql.bind_set("numbers", numbers.iter().copied()))?;
    let pending = found
        .map(|PendingRow { records, minutes }| PendingService { records, claimed_minutes: minutes.value() });
    Ok(pending.unwrap_or_default())
}

#[derive(QueryableByName)]
struct PendingRow {
    #[diesel(sql_type = BigInt)]
    records: i64,
    #[diesel(sql_type = BigInt)]
    minutes: Stored<Minutes>,
}

/// The account holds the minutes by evidence already: which day brought them is told elsewhere.
fn star(
    db: &mut Db,
    account: &AccountReadModel,
    (now, zone): (Timestamp, LocalZone),
) -> Result<Option<(StarScheme, Standing)>, StoreError> {
    let today = zone.date_of(now);
    let Some(scheme) = stars::scheme_on(db, account.as_of, today)? else { return Ok(None) };
    let counting = scheme.terms.counting_evidence.iter();
    let counted = counting.filter_map(|evidence| account.minutes_by_evidence.get(evidence)).copied().sum();
    let standing = scheme.terms.standing(&[(today, counted)]);
    Ok(Some((scheme, standing)))
}

fn gifts(db: &mut Db, numbers: &[VolunteerId]) -> Result<Vec<HeldGift>, StoreError> {
    type Row = (Stored<RedemptionId>, Stored<RewardId>, Stored<Name>, Stored<Points>, Stored<Timestamp>);
    let held = t::table
        .inner_join(w::table.on(w::id.eq(t::reward)))
        .filter(is_one_of(t::volunteer, numbers.iter().copied()))
        .filter(literally(t::status, "= 'held'"))
        .order((t::expires_at, t::id))
        .limit(MOST_OPEN_REDEMPTIONS)
        .select((t::id, t::reward, w::name, t::points, t::expires_at));
    let gift = |(redemption, reward, name, points, expires_at): Row| HeldGift {
        redemption: redemption.value(),
        reward: reward.value(),
        name: name.value(),
        points: points.value(),
        expires_at: expires_at.value(),
    };
    Ok(db.load(held)?.into_iter().map(gift).collect())
}

fn places(db: &mut Db, numbers: &[VolunteerId], now: Timestamp) -> Result<Vec<HomePlace>, StoreError> {
    type Row = (
        (Stored<EnrolmentId>, Stored<EnrolmentStatus>, Option<Stored<Timestamp>>),
        (Stored<PositionId>, Stored<PositionTerms>),
        (Stored<ActivityId>, Stored<ActivityDetails>),
    );
    let standing = e::table
        .inner_join(positions::table.on(positions::id.eq(e::position)))
        .inner_join(a::table.on(a::id.eq(e::activity)))
        .filter(is_one_of(e::volunteer, numbers.iter().copied()))
        .filter(literally(e::status, "IN ('applied', 'waiting', 'offered', 'enrolled')"))
        .filter(a::cancelled.eq(Stored(false)))
        .filter(text_at(a::details, ENDS_AT).gt(now.to_string()))
        .order((text_at(a::details, STARTS_AT), e::id))
        .limit(MOST_PLACES)
        .select(((e::id, e::status, e::respond_by), (positions::id, positions::terms), (a::id, a::details)));
    let place = |((enrolment, status, respond_by), (position, terms), (activity, details)): Row| HomePlace {
        enrolment: enrolment.value(),
        status: status.value(),
        respond_by: respond_by.map(Stored::value),
        position: (position.value(), terms.value().name),
        activity: (activity.value(), details.value()),
    };
    Ok(db.load(standing)?.into_iter().map(place).collect())
}

fn attendance(db: &mut Db, numbers: &[VolunteerId]) -> Result<Option<HomeAttendance>, StoreError> {
    type Row = (Stored<AttendanceId>, Stored<Timestamp>, Stored<ActivityId>, Stored<ActivityDetails>);
    let open = attendances::table
        .inner_join(a::table.on(a::id.eq(attendances::activity)))
        .filter(is_one_of(attendances::volunteer, numbers.iter().copied()))
        .filter(literally(attendances::status, "= 'open'"))
        .select((attendances::id, attendances::checked_in_at, a::id, a::details));
    let attendance = |(attendance, checked_in_at, activity, details): Row| HomeAttendance {
        attendance: attendance.value(),
        checked_in_at: checked_in_at.value(),
        activity: (activity.value(), details.value()),
    };
    Ok(db.one(open)?.map(attendance))
}
