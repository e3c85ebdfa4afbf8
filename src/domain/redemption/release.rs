//! Where held points go when their redemption is cancelled or expires.
//!
//! Each draw goes back into its lot, or lapses where the lot's validity has ended while it was held. A voided lot keeps
//! nothing: what comes back into it settles what that lot owes, then goes on to the lots that gave for it, with *their*
//! validity. What is owed otherwise is settled last, with what is free by then.
//!
//! The case: lot X has 3.00 that are valid until 2030, lot Y 30.00 for a month. A gift for 20.00 is held of Y. Y is
//! voided: its 10.00 that are left and X's 3.00 are taken, 17.00 are owed. The gift is cancelled: 17.00 of the 20.00 that
//! come back into Y settle what Y owes, 3.00 go back to X and are valid until 2030.

use super::Release;
use crate::domain::amounts::Points;
use crate::domain::ids::LotId;
use crate::domain::lot::debt::repay;
use crate::domain::lot::{Draw, Lot, Repayment};
use crate::domain::time::Timestamp;
use std::collections::BTreeMap;

/// Most lenders that one release goes back to: more would not fit into its entry. What is beyond stays with the voided
/// lot, as it did before lenders were known.
const RESTORED_MAX: usize = 150;

/// Where held draws go: by the lots as they are, the debt and which lots owe of it, at an instant.
///
/// `lot` finds any lot; its failure is handed on.
pub(super) fn release<'l, E>(
    held: &[Draw],
    lot: impl Fn(LotId) -> Result<&'l Lot, E>,
    (debt, owing): (Points, Vec<(LotId, Points)>),
    now: Timestamp,
) -> Result<Release, E> {
    let mut way = Way { debt, ..Way::default() };
    for draw in held {
        let mut on = vec![*draw];
        while let Some(draw) = on.pop() {
            let lot = lot(draw.lot)?;
            if lot.voided {
                on.extend(way.come_back_to_voided(lot, draw.points));
            } else if lot.is_valid_at(now) {
                way.release.returned.push(draw);
                way.free.push(draw);
            } else {
                way.release.lapsed.push(draw);
            }
        }
    }
    let owing = owing.into_iter().map(|(lot, owed)| (lot, owed - way.settled_of(lot))).collect();
    let settled = settle_from(&way.free, way.debt);
    way.release.repaid.extend(repay(owing, &settled));
    way.release.settled.extend(settled);
    Ok(way.release)
}

/// What has been found a place so far.
#[derive(Default)]
struct Way {
    /// What is owed yet.
    debt: Points,
    settled_of: BTreeMap<LotId, Points>,
    /// By owing lot and the place among its lenders.
    given_back: BTreeMap<(LotId, usize), Points>,
    /// What came back into lots and may yet settle what is owed otherwise.
    free: Vec<Draw>,
    release: Release,
}

impl Way {
    fn settled_of(&self, lot: LotId) -> Points {
        self.settled_of.get(&lot).copied().unwrap_or_default()
    }

    /// Settles what the voided lot owes; the draws that go on to its lenders.
    fn come_back_to_voided(&mut self, lot: &Lot, points: Points) -> Vec<Draw> {
        let own = points.min(lot.owed - self.settled_of(lot.id)).min(self.debt);
        *self.settled_of.entry(lot.id).or_default() += own;
        self.debt -= own;
        let mut left = points - own;
        let mut on = Vec::new();
        for (at, lent) in lot.lenders.iter().enumerate() {
            let given_back = self.given_back.entry((lot.id, at)).or_default();
            let part = left.min(lent.points - *given_back);
            if part.is_positive() && self.release.restored.len() < RESTORED_MAX {
                *given_back += part;
                left -= part;
                on.push(Draw { points: part, ..*lent });
                self.release.restored.push(Repayment { owing: lot.id, lender: lent.lot, points: part });
            }
        }
        if own.is_positive() {
            let draw = Draw { lot: lot.id, points: own };
            self.release.returned.push(draw);
            self.release.settled.push(draw);
            self.release.repaid.push(Repayment { owing: lot.id, lender: lot.id, points: own });
        }
        if left.is_positive() {
            // Voided before it was kept which lots gave: it stays with the voided one, and pays what is owed.
            let draw = Draw { lot: lot.id, points: left };
            self.release.returned.push(draw);
            self.free.insert(0, draw);
        }
        on
    }
}

/// What of the returned points goes to pay a debt.
fn settle_from(returned: &[Draw], debt: Points) -> Vec<Draw> {
    let mut left = debt;
    let pay = |draw: &Draw| {
        let points = draw.points.min(left);
        left -= points;
        Draw { points, ..*draw }
    };
    returned.iter().map(pay).filter(|draw| draw.points.is_positive()).collect()
}

#[cfg(test)]
mod tests;
