//! Points as lots: what one crediting earned, spent first-expiring-first.
//!
//! A *draw* names a lot and an amount. Redeeming, lapsing, taking back and settling a debt are all
//! lists of draws, so that every point spent names the record that earned it.

pub(in crate::domain) mod debt;
mod kept;
pub mod rules;

use super::amounts::Points;
use super::ids::{LotId, PolicyId, RecordId, UnitId, VolunteerId};
use super::noun::{Row, Thing, events, refusals};
use super::time::{Timestamp, YearMonth};
use serde::{Deserialize, Serialize};

/// What one crediting earned a volunteer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lot {
    pub id: LotId,
    pub volunteer: VolunteerId,
    pub record: RecordId,
    pub policy: PolicyId,
    /// The unit in whose books the points were issued.
    pub issued_by: UnitId,
    /// The month of the service, for quotas.
    pub service_month: YearMonth,
    pub points: Points,
    pub remaining: Points,
    /// Points that expired unspent.
    pub lapsed: Points,
    /// The first instant at which the lot is no longer valid; none if it never expires.
    pub expires_at: Option<Timestamp>,
    /// The record was voided, and with it what the lot gave.
    pub voided: bool,
    /// Of a voided lot: what was spent of it and is not earned back yet. Lots voided before this was kept say 0.
    pub owed: Points,
    /// Of a voided lot: what other lots gave for it. What comes back into it goes on to them.
    pub lenders: Vec<Draw>,
    /// When the volunteer was told that it expires soon.
    pub expiry_announced_at: Option<Timestamp>,
}

impl Row for Lot {
    type Key = LotId;

    fn key(&self) -> LotId {
        self.id
    }
}

impl Thing for Lot {
    fn unit(&self) -> Option<UnitId> {
        Some(self.issued_by)
    }
}

impl Lot {
    /// Whether still valid at an instant.
    #[must_use]
    pub fn is_valid_at(&self, now: Timestamp) -> bool {
        self.expires_at.is_none_or(|expires_at| now < expires_at)
    }
}

/// Part of a lot: how many of its points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draw {
    pub lot: LotId,
    pub points: Points,
}

impl Draw {
    /// All that is left of a lot.
    #[must_use]
    pub fn all_of(lot: &Lot) -> Self {
        Self { lot: lot.id, points: lot.remaining }
    }
}

/// What one lot gives for what another, voided one owes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repayment {
    /// The voided lot.
    pub owing: LotId,
    /// The lot that pays; the voided one itself where its own points came back.
    pub lender: LotId,
    pub points: Points,
}

/// Lets lots lapse whose validity has ended.
#[derive(Clone, Debug)]
pub struct ExpirePoints {
    pub volunteer: VolunteerId,
}

/// Most lots that one change draws on. It keeps an entry within the 65,535 bytes that a reader of the
/// journal's log can be handed (C2SP tlog-tiles).
pub const DRAWS_MAX: usize = 300;

/// What the draws come to.
#[must_use]
pub fn total(draws: &[Draw]) -> Points {
    draws.iter().map(|draw| draw.points).sum()
}

/// Most lots of others that a voided lot takes its points from; what would be left is owed. What they gave for has to
/// fit into one entry once more, when it comes back.
pub const LENDERS_MAX: usize = 100;

/// What is free to spend at an instant.
#[must_use]
pub fn available(lots: &[&Lot], now: Timestamp) -> Points {
    lots.iter().filter(|lot| lot.is_valid_at(now)).map(|lot| lot.remaining).sum()
}

/// First to expire first, then oldest.
pub fn sort_by_end(lots: &mut [&Lot]) {
    lots.sort_by_key(|lot| (lot.expires_at.is_none(), lot.expires_at, lot.id));
}

/// Draws up to `wanted` from valid lots in the order given (first to expire first).
#[must_use]
pub fn draw_up_to<'l>(lots: impl IntoIterator<Item = &'l Lot>, wanted: Points, now: Timestamp) -> Vec<Draw> {
    let mut left = wanted;
    let mut draws = Vec::new();
    for lot in lots.into_iter().filter(|lot| lot.is_valid_at(now)) {
        let points = lot.remaining.min(left);
        if points.is_positive() {
            draws.push(Draw { lot: lot.id, points });
            left -= points;
        }
    }
    draws
}

events! {
    PointsExpired = "points_expired" {
        volunteer: VolunteerId,
        draws: Vec<Draw>,
    }
}

refusals! {
    /// No such lot of points.
    LotNotFound = NotFound "lot_not_found" "there is no such lot of points";
}

#[cfg(test)]
pub(in crate::domain) mod tests {
    use super::*;
    use crate::domain::ids::Seq;

    pub(in crate::domain) fn lot(n: i64, remaining: i64, expires_at: Option<i64>) -> Lot {
        Lot {
            id: LotId::new(Seq(n)),
            volunteer: VolunteerId::new(Seq(1)),
            record: RecordId::new(Seq(n)),
            policy: PolicyId::new(Seq(1)),
            issued_by: UnitId::new(Seq(1)),
            service_month: 202_611,
            points: Points(remaining),
            remaining: Points(remaining),
            lapsed: Points::ZERO,
            expires_at: expires_at.map(|micros| Timestamp::from_micros(micros).unwrap()),
            voided: false,
            owed: Points::ZERO,
            lenders: Vec::new(),
            expiry_announced_at: None,
        }
    }

    #[test]
    fn draws_name_the_lots_in_order_and_never_more_than_is_there() {
        let lots = [lot(2, 100, Some(50)), lot(1, 300, None)];
        let now = Timestamp::from_micros(10).unwrap();
        let draw = |n: i64, points| Draw { lot: LotId::new(Seq(n)), points: Points(points) };
        assert_eq!(draw_up_to(&lots, Points(250), now), [draw(2, 100), draw(1, 150)]);
        assert_eq!(draw_up_to(&lots, Points(900), now), [draw(2, 100), draw(1, 300)]);
    }

    #[test]
    fn a_lot_is_not_spent_from_the_instant_it_expires() {
        let lots = [lot(2, 100, Some(50))];
        assert!(draw_up_to(&lots, Points(1), Timestamp::from_micros(50).unwrap()).is_empty());
        assert_eq!(available(&[&lots[0]], Timestamp::from_micros(49).unwrap()), Points(100));
    }
}
