//! What voided lots owe, and which lots gave for it.
//!
//! A voided lot takes back what it gave: first of its own rest, then of other lots, its *lenders*; what is left it
//! *owes*. Whatever settles a debt later names the owing lot, too. So each point that comes back into a voided lot
//! finds its way: to what the lot owes, then to the lots that gave for it.

use super::{Draw, LENDERS_MAX, Lot, Repayment, draw_up_to, total};
use crate::domain::amounts::Points;
use crate::domain::ids::LotId;
use crate::domain::time::Timestamp;

/// What a lot that is voided takes from which lots, its own rest first, then `others` in their order; and what remains
/// owed. What lapsed unspent is gone already.
pub(in crate::domain) fn take_back<'l>(
    lot: &Lot,
    others: impl IntoIterator<Item = &'l Lot>,
    now: Timestamp,
) -> (Vec<Draw>, Points) {
    let due = lot.points - lot.lapsed;
    let own = Draw { lot: lot.id, points: lot.remaining };
    let others = others.into_iter().filter(|other| other.id != lot.id);
    let mut taken = draw_up_to(others, due - own.points, now);
    taken.truncate(LENDERS_MAX);
    if own.points.is_positive() {
        taken.insert(0, own);
    }
    let owed = due - total(&taken);
    (taken, owed)
}

/// For which owing lots the draws pay: in the order of the draws, the first owing lot first.
///
/// Debts of lots that were voided before it was kept are not among them: then less is repaid than drawn.
pub(in crate::domain) fn repay(mut owing: Vec<(LotId, Points)>, draws: &[Draw]) -> Vec<Repayment> {
    let mut repaid = Vec::new();
    for draw in draws {
        let mut left = draw.points;
        for (lot, owed) in &mut owing {
            let points = left.min(*owed);
            if points.is_positive() {
                repaid.push(Repayment { owing: *lot, lender: draw.lot, points });
                *owed -= points;
                left -= points;
            }
        }
    }
    repaid
}

/// Takes what goes back to a lender off what it gave.
pub(super) fn give_back_to_lender(owing: &mut Lot, Repayment { lender, points, .. }: Repayment) {
    let mut left = points;
    for lent in owing.lenders.iter_mut().filter(|lent| lent.lot == lender) {
        let part = left.min(lent.points);
        lent.points -= part;
        left -= part;
    }
    owing.lenders.retain(|lent| lent.points.is_positive());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::Seq;

    fn id(n: i64) -> LotId {
        LotId::new(Seq(n))
    }

    #[test]
    fn the_first_owing_lot_is_paid_first_and_no_more_than_is_owed() {
        let owing = vec![(id(1), Points(5)), (id(2), Points(3))];
        let draws = [Draw { lot: id(8), points: Points(6) }, Draw { lot: id(9), points: Points(9) }];
        let repayment = |owing, lender, points| Repayment {
            owing: id(owing),
            lender: id(lender),
            points: Points(points),
        };
        assert_eq!(repay(owing, &draws), [repayment(1, 8, 5), repayment(2, 8, 1), repayment(2, 9, 2)]);
        assert_eq!(repay(Vec::new(), &draws), [], "a debt of before this was kept");
    }
}
