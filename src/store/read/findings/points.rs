//! What findings about points and gifts are looked for in.

use super::super::units::headcount_of;
use super::{Scope, Window, unless_too_many, within_window};
use crate::domain::actor::Actor;
use crate::domain::amounts::{Minutes, Points};
use crate::domain::finding::{
    GiftHandedOver, MOST_DAYS_AWAY, OpenDebt, PointsRows, PricedReward, ServiceAgain, StatedHeadcount,
    TripForGift,
};
use crate::domain::ids::{RecordId, RedemptionId, RewardId, Seq, UnitId, VolunteerId};
use crate::domain::time::Timestamp;
use crate::store::column::Stored;
use crate::store::named_sql::NamedSql;
use crate::store::{Db, StoreError};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};

/// All of it; none where there is too much.
pub(super) fn rows(db: &mut Db, scope: Scope, window: Window) -> Result<Option<PointsRows>, StoreError> {
    let Some(again) = again(db, scope, window)? else { return Ok(None) };
    let Some(gifts) = gifts(db, scope, window)? else { return Ok(None) };
    let Some(prices) = prices(db, scope, window)? else { return Ok(None) };
    let Some(debts) = debts(db, scope, window)? else { return Ok(None) };
    let Some(trips) = trips(db, scope, window)? else { return Ok(None) };
    let Some(headcounts) = headcounts(db, scope, window)? else { return Ok(None) };
    Ok(Some(PointsRows { again, gifts, prices, debts, trips, headcounts }))
}

/// Service that was credited within the window, with what says the same and had been voided before.
const AGAIN: &str = "
    SELECT s.unit, s.volunteer, s.decided_by, s.id, s.credited_minutes, v.id AS voided
    FROM service_records AS s
    JOIN service_records AS v ON v.volunteer = s.volunteer AND v.voided_entry IS NOT NULL
      AND v.voided_entry < s.credited_entry
      AND ((v.started_at < s.ended_at AND s.started_at < v.ended_at)
           OR (v.activity = s.activity AND v.service_date = s.service_date))
    WHERE {began} AND {counted} AND {units}
    ORDER BY s.id, v.id
    LIMIT :most";

#[derive(QueryableByName)]
struct AgainRow {
    #[diesel(sql_type = BigInt)]
    unit: Stored<UnitId>,
    #[diesel(sql_type = BigInt)]
    volunteer: Stored<VolunteerId>,
    #[diesel(sql_type = BigInt)]
    decided_by: Stored<Actor>,
    #[diesel(sql_type = BigInt)]
    id: Stored<RecordId>,
    #[diesel(sql_type = BigInt)]
    credited_minutes: Stored<Minutes>,
    #[diesel(sql_type = BigInt)]
    voided: Stored<RecordId>,
}

fn again(db: &mut Db, scope: Scope, window: Window) -> Result<Option<Vec<ServiceAgain>>, StoreError> {
    let sql = within_window(db, NamedSql::new(AGAIN), scope, window, "s.unit")?;
    let service = |row: AgainRow| ServiceAgain {
        unit: row.unit.value(),
        volunteer: row.volunteer.value(),
        credited_by: row.decided_by.value(),
        record: row.id.value(),
        credited_minutes: row.credited_minutes.value(),
        voided_record: row.voided.value(),
    };
    Ok(unless_too_many(db.load(sql)?.into_iter().map(service).collect()))
}

/// Gifts that were handed over within the window: the entry that did so is found by its instant and actor, since a
/// redemption does not name it.
const GIFTS: &str = "
    SELECT r.id, r.unit, r.volunteer, r.points, r.placed_by, p.volunteer AS placed_by_volunteer,
           r.closed_by, h.volunteer AS closed_by_volunteer
    FROM redemptions AS r
    LEFT JOIN operators AS p ON p.id = r.placed_by
    LEFT JOIN operators AS h ON h.id = r.closed_by
    WHERE r.status = 'fulfilled' AND {units} AND EXISTS (
        SELECT 1 FROM entries AS e
        WHERE e.recorded_at = r.closed_at AND e.actor = r.closed_by AND e.kind = 'redemption_fulfilled'
          AND e.seq > :before AND e.seq <= :until AND e.seq <= :as_of)
    ORDER BY r.id
    LIMIT :most";

#[derive(QueryableByName)]
struct GiftRow {
    #[diesel(sql_type = BigInt)]
    id: Stored<RedemptionId>,
    #[diesel(sql_type = BigInt)]
    unit: Stored<UnitId>,
    #[diesel(sql_type = BigInt)]
    volunteer: Stored<VolunteerId>,
    #[diesel(sql_type = BigInt)]
    points: Stored<Points>,
    #[diesel(sql_type = BigInt)]
    placed_by: Stored<Actor>,
    #[diesel(sql_type = Nullable<BigInt>)]
    placed_by_volunteer: Option<Stored<VolunteerId>>,
    #[diesel(sql_type = BigInt)]
    closed_by: Stored<Actor>,
    #[diesel(sql_type = Nullable<BigInt>)]
    closed_by_volunteer: Option<Stored<VolunteerId>>,
}

fn gifts(db: &mut Db, scope: Scope, window: Window) -> Result<Option<Vec<GiftHandedOver>>, StoreError> {
    let sql = within_window(db, NamedSql::new(GIFTS), scope, window, "r.unit")?;
    let behind = |actor, of_operator: Option<Stored<VolunteerId>>| match actor {
        Actor::Volunteer(id) => Some(id),
        Actor::Operator(_) | Actor::System => of_operator.map(Stored::value),
    };
    let gift = |row: GiftRow| {
        let (placed_by, handed_over_by) = (row.placed_by.value(), row.closed_by.value());
        GiftHandedOver {
            redemption: row.id.value(),
            unit: row.unit.value(),
            volunteer: row.volunteer.value(),
            points: row.points.value(),
            placed_by,
            placed_by_volunteer: behind(placed_by, row.placed_by_volunteer),
            handed_over_by,
            handed_over_by_volunteer: behind(handed_over_by, row.closed_by_volunteer),
        }
    };
    Ok(unless_too_many(db.load(sql)?.into_iter().map(gift).collect()))
}

/// All gifts that were ever offered, and how often each was redeemed within the window.
const PRICES: &str = "
    SELECT w.id, w.unit, w.price, e.actor, COALESCE(g.redemptions, 0) AS redemptions
    FROM rewards AS w
    JOIN entries AS e ON e.seq = w.id
    LEFT JOIN (
        SELECT r.reward, COUNT(*) AS redemptions FROM redemptions AS r
        WHERE r.id > :before AND r.id <= :until AND r.id <= :as_of
        GROUP BY r.reward
    ) AS g ON g.reward = w.id
    WHERE w.id <= :as_of AND {units}
    ORDER BY w.id
    LIMIT :most";

#[derive(QueryableByName)]
struct PriceRow {
    #[diesel(sql_type = BigInt)]
    id: Stored<RewardId>,
    #[diesel(sql_type = BigInt)]
    unit: Stored<UnitId>,
    #[diesel(sql_type = BigInt)]
    price: Stored<Points>,
    #[diesel(sql_type = BigInt)]
    actor: Stored<Actor>,
    #[diesel(sql_type = BigInt)]
    redemptions: i64,
}

fn prices(db: &mut Db, scope: Scope, window: Window) -> Result<Option<Vec<PricedReward>>, StoreError> {
    let sql = within_window(db, NamedSql::new(PRICES), scope, window, "w.unit")?;
    let reward = |row: PriceRow| PricedReward {
        reward: row.id.value(),
        unit: row.unit.value(),
        price: row.price.value(),
        created_by: row.actor.value(),
        redemptions: row.redemptions,
    };
    Ok(unless_too_many(db.load(sql)?.into_iter().map(reward).collect()))
}

/// What is owed at the end of the window, however long it has been.
const DEBTS: &str = "
    SELECT p.unit, p.volunteer, CAST(-SUM(p.amount) AS BIGINT) AS owed, MAX(p.seq) AS last_entry
    FROM postings AS p
    WHERE p.account = 'debt' AND p.seq <= :until AND p.seq <= :as_of AND {units}
    GROUP BY p.unit, p.volunteer
    HAVING SUM(p.amount) <> 0
    ORDER BY p.unit, p.volunteer
    LIMIT :most";

#[derive(QueryableByName)]
struct DebtRow {
    #[diesel(sql_type = BigInt)]
    unit: Stored<UnitId>,
    #[diesel(sql_type = BigInt)]
    volunteer: Stored<VolunteerId>,
    #[diesel(sql_type = BigInt)]
    owed: Stored<Points>,
    #[diesel(sql_type = BigInt)]
    last_entry: Stored<Seq>,
}

fn debts(db: &mut Db, scope: Scope, window: Window) -> Result<Option<Vec<OpenDebt>>, StoreError> {
    let sql = within_window(db, NamedSql::new(DEBTS), scope, window, "p.unit")?;
    let debt = |row: DebtRow| OpenDebt {
        unit: row.unit.value(),
        volunteer: row.volunteer.value(),
        owed: row.owed.value(),
        last_entry: row.last_entry.value(),
    };
    Ok(unless_too_many(db.load(sql)?.into_iter().map(debt).collect()))
}

/// Memberships that began within the window where the one before last had been, with the gifts that were redeemed in
/// between and are not offered there.
const TRIPS: &str = "
    SELECT m.unit, m.volunteer, away.entry AS there, m.entry AS back, r.id, r.points
    FROM memberships AS m
    JOIN memberships AS away ON away.volunteer = m.volunteer AND away.entry =
        (SELECT MAX(x.entry) FROM memberships AS x WHERE x.volunteer = m.volunteer AND x.entry < m.entry)
    JOIN memberships AS home ON home.volunteer = m.volunteer AND home.entry =
        (SELECT MAX(x.entry) FROM memberships AS x WHERE x.volunteer = m.volunteer AND x.entry < away.entry)
    JOIN redemptions AS r ON r.volunteer = m.volunteer AND r.id > away.entry AND r.id < m.entry
    WHERE m.entry > :before AND m.entry <= :until AND m.entry <= :as_of AND {units}
      AND home.unit = m.unit AND away.unit <> m.unit AND m.starts_at - away.starts_at <= :away
      AND NOT EXISTS (SELECT 1 FROM unit_lineage AS l WHERE l.unit = m.unit AND l.ancestor = r.unit)
    ORDER BY m.entry, r.id
    LIMIT :most";

#[derive(QueryableByName)]
struct TripRow {
    #[diesel(sql_type = BigInt)]
    unit: Stored<UnitId>,
    #[diesel(sql_type = BigInt)]
    volunteer: Stored<VolunteerId>,
    #[diesel(sql_type = BigInt)]
    there: Stored<Seq>,
    #[diesel(sql_type = BigInt)]
    back: Stored<Seq>,
    #[diesel(sql_type = BigInt)]
    id: Stored<RedemptionId>,
    #[diesel(sql_type = BigInt)]
    points: Stored<Points>,
}

fn trips(db: &mut Db, scope: Scope, window: Window) -> Result<Option<Vec<TripForGift>>, StoreError> {
    let away = MOST_DAYS_AWAY * 24 * 3600 * 1_000_000;
    let sql = within_window(db, NamedSql::new(TRIPS), scope, window, "m.unit")?.bind("away", &away);
    let trip = |row: TripRow| TripForGift {
        unit: row.unit.value(),
        volunteer: row.volunteer.value(),
        there: row.there.value(),
        back: row.back.value(),
        redemption: row.id.value(),
        points: row.points.value(),
    };
    Ok(unless_too_many(db.load(sql)?.into_iter().map(trip).collect()))
}

/// All headcounts that had been stated by the end of the window, and which were stated within it.
const HEADCOUNTS: &str = "
    SELECT e.seq, e.unit, e.actor, e.recorded_at, e.event,
           CAST(CASE WHEN e.seq > :before THEN 1 ELSE 0 END AS BIGINT) AS is_looked_at
    FROM entries AS e
    WHERE e.kind = 'headcount_set' AND e.seq <= :until AND e.seq <= :as_of AND {units}
    ORDER BY e.seq
    LIMIT :most";

#[derive(QueryableByName)]
struct HeadcountRow {
    #[diesel(sql_type = BigInt)]
    seq: Stored<Seq>,
    #[diesel(sql_type = BigInt)]
    actor: Stored<Actor>,
    #[diesel(sql_type = BigInt)]
    recorded_at: Stored<Timestamp>,
    #[diesel(sql_type = Text)]
    event: String,
    #[diesel(sql_type = BigInt)]
    is_looked_at: i64,
}

fn headcounts(db: &mut Db, scope: Scope, window: Window) -> Result<Option<Vec<StatedHeadcount>>, StoreError> {
    let sql = within_window(db, NamedSql::new(HEADCOUNTS), scope, window, "e.unit")?;
    let Some(rows) = unless_too_many(db.load::<HeadcountRow, _>(sql)?) else { return Ok(None) };
    let stated = rows.into_iter().map(|row| {
        let of_event = headcount_of(row.seq.value(), &row.event)?;
        Ok(StatedHeadcount {
            entry: row.seq.value(),
            unit: of_event.unit,
            stated_by: row.actor.value(),
            stated_at: row.recorded_at.value(),
            effective_from: of_event.effective_from,
            staff: of_event.staff,
            party_members: of_event.party_members,
            is_looked_at: row.is_looked_at != 0,
        })
    });
    stated.collect::<Result<Vec<_>, StoreError>>().map(Some)
}
