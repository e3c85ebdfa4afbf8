//! What a volunteer's first screen shows, from one snapshot: each part a line of [`home`], read by its own function.

use super::accounts::{self, AccountReadModel};
use super::scope::Scope;
use super::volunteers::{self, VolunteerReadModel};
use super::{messages, stars};
use crate::domain::amounts::{Minutes, Points};
use crate::domain::ids::{RedemptionId, RewardId, UnitId, VolunteerId};
use crate::domain::redemption::MOST_OPEN_REDEMPTIONS;
use crate::domain::star::{Standing, StarScheme};
use crate::domain::text::{Name, UnitCode};
use crate::domain::time::{LocalZone, Timestamp};
use crate::store::column::Stored;
use crate::store::expression::{is_one_of, literally};
use crate::store::named_sql::NamedSql;
use crate::store::schema::{redemptions as t, rewards as w, units as u};
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
    /// How many messages are not read.
    pub unread: i64,
}

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
