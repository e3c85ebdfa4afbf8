//! The case of the valid points that vanished, and that no order of redeeming, voiding, cancelling and waiting loses valid
//! points or makes any.

use super::*;
use crate::domain::lot;
use crate::domain::lot::debt::{repay, take_back};
use crate::domain::lot::tests::lot as new_lot;
use crate::domain::lot::{available, draw_up_to, total};
use crate::domain::world::{Stop, World};
use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop_oneof};
use proptest::proptest;

/// One volunteer's lots, holds and debt, changed by the rules alone.
struct Purse {
    world: World,
    lots: Vec<LotId>,
    held: Vec<Vec<Draw>>,
    debt: Points,
    spent: Points,
    now: i64,
}

#[derive(Clone, Debug)]
enum Deed {
    /// So many hundredths, valid for so long or for ever.
    Earn(i64, Option<i64>),
    Redeem(i64),
    Void(usize),
    GiveUp(usize),
    PickUp(usize),
    Wait(i64),
}

fn deeds(picks_up: bool) -> impl Strategy<Value = Vec<Deed>> {
    let pick_up = move |at| if picks_up { Deed::PickUp(at) } else { Deed::GiveUp(at) };
    let deed = prop_oneof![
        4 => (1..60_i64, proptest::option::of(1..9_i64)).prop_map(|(points, days)| Deed::Earn(points, days)),
        4 => (1..80_i64).prop_map(Deed::Redeem),
        4 => any::<usize>().prop_map(Deed::Void),
        2 => any::<usize>().prop_map(Deed::GiveUp),
        1 => any::<usize>().prop_map(pick_up),
        1 => (1..4_i64).prop_map(Deed::Wait),
    ];
    vec(deed, 1..40)
}

impl Purse {
    fn new() -> Self {
        let (lots, held) = (Vec::new(), Vec::new());
        Self { world: World::whole(), lots, held, debt: Points::ZERO, spent: Points::ZERO, now: 0 }
    }

    fn at(&self) -> Timestamp {
        Timestamp::from_micros(self.now).unwrap()
    }

    fn lot(&self, id: LotId) -> &Lot {
        self.world.lot(id).unwrap()
    }

    /// Those with something left, first to expire first.
    fn open(&self) -> Vec<&Lot> {
        self.world.open_lots(new_lot(1, 0, None).volunteer).unwrap()
    }

    fn owing(&self) -> Vec<(LotId, Points)> {
        self.world.owing_lots(new_lot(1, 0, None).volunteer).unwrap()
    }

    fn settle(&mut self, settled: &[Draw], repaid: &[Repayment]) {
        lot::rules::take(&mut self.world, settled).unwrap();
        lot::rules::repay(&mut self.world, repaid).unwrap();
        self.debt -= total(settled);
    }

    fn earn(&mut self, points: i64, days: Option<i64>) -> LotId {
        let number = i64::try_from(self.lots.len()).unwrap() + 1;
        let earned = new_lot(number, points, days.map(|days| self.now + days));
        let id = earned.id;
        let mut settled = draw_up_to(self.open(), self.debt, self.at());
        let rest = Points(points).min(self.debt - total(&settled));
        if rest.is_positive() {
            settled.push(Draw { lot: id, points: rest });
        }
        self.world.put_lot(earned);
        self.lots.push(id);
        let repaid = repay(self.owing(), &settled);
        self.settle(&settled, &repaid);
        id
    }

    fn redeem(&mut self, price: i64) {
        let price = Points(price);
        if self.debt.is_positive() || available(&self.open(), self.at()) < price {
            return;
        }
        let draws = draw_up_to(self.open(), price, self.at());
        lot::rules::take(&mut self.world, &draws).unwrap();
        self.held.push(draws);
    }

    fn void(&mut self, id: LotId) {
        let voided = self.lot(id);
        if voided.voided {
            return;
        }
        let (taken, owed) = take_back(voided, self.open(), self.at());
        lot::rules::take(&mut self.world, &taken).unwrap();
        let mut voided = self.lot(id).clone();
        voided.voided = true;
        voided.owed = owed;
        voided.lenders = taken.into_iter().filter(|draw| draw.lot != id).collect();
        self.world.put_lot(voided);
        self.debt += owed;
    }

    fn give_up(&mut self, at: usize) {
        let draws = self.held.remove(at);
        let find = |id| -> Result<&Lot, Stop> { self.world.lot(id) };
        let way = release(&draws, find, (self.debt, self.owing()), self.at()).unwrap();
        assert_eq!(total(&way.returned) + total(&way.lapsed), total(&draws));
        lot::rules::give_back(&mut self.world, &way.returned).unwrap();
        lot::rules::lapse_held(&mut self.world, &way.lapsed).unwrap();
        self.settle(&way.settled, &way.repaid);
        lot::rules::restore(&mut self.world, &way.restored).unwrap();
    }

    fn wait(&mut self, days: i64) {
        self.now += days;
        let over: Vec<Draw> =
            self.open().into_iter().filter(|lot| !lot.is_valid_at(self.at())).map(Draw::all_of).collect();
        lot::rules::lapse(&mut self.world, &over).unwrap();
    }

    fn act(&mut self, deed: &Deed) {
        let one_of = |count: usize, at: usize| (count > 0).then(|| at % count);
        match *deed {
            Deed::Earn(points, days) => {
                self.earn(points, days);
            }
            Deed::Redeem(price) => self.redeem(price),
            Deed::Void(at) => {
                if let Some(at) = one_of(self.lots.len(), at) {
                    self.void(self.lots[at]);
                }
            }
            Deed::GiveUp(at) => {
                if let Some(at) = one_of(self.held.len(), at) {
                    self.give_up(at);
                }
            }
            Deed::PickUp(at) => {
                if let Some(at) = one_of(self.held.len(), at) {
                    self.spent += total(&self.held.remove(at));
                }
            }
            Deed::Wait(days) => self.wait(days),
        }
        self.assert_nothing_is_lost();
    }

    /// What is there, held or not yet owed is what lots that stand have given, but for what lapsed and was spent.
    fn assert_nothing_is_lost(&self) {
        let lots: Vec<&Lot> = self.lots.iter().map(|id| self.lot(*id)).collect();
        let there: Points = lots.iter().map(|lot| lot.remaining).sum();
        let held: Points = self.held.iter().map(|draws| total(draws)).sum();
        let given: Points = lots.iter().filter(|lot| !lot.voided).map(|lot| lot.points - lot.lapsed).sum();
        assert_eq!(there + held - self.debt, given - self.spent);
        assert_eq!(self.debt, lots.iter().map(|lot| lot.owed).sum(), "each point that is owed has its lot");
        for lot in lots {
            assert!(lot.remaining >= Points::ZERO && lot.owed >= Points::ZERO, "{lot:?}");
            assert!(!lot.voided || lot.remaining == Points::ZERO, "nothing stays with voided hours: {lot:?}");
            assert!(lot.voided || lot.lapsed == Points::ZERO || !lot.is_valid_at(self.at()), "{lot:?}");
        }
    }
}

proptest! {
    #[test]
    fn whatever_is_done_in_whatever_order_points_are_where_they_belong(deeds in deeds(true)) {
        let mut purse = Purse::new();
        for deed in &deeds {
            purse.act(deed);
        }
    }

    /// Where nothing was picked up in the end, each lot that stands has all of its points back, with its own validity.
    #[test]
    fn who_gives_all_gifts_up_has_every_valid_point_back(deeds in deeds(false)) {
        let mut purse = Purse::new();
        for deed in &deeds {
            purse.act(deed);
        }
        while !purse.held.is_empty() {
            purse.act(&Deed::GiveUp(0));
        }
        assert_eq!(purse.debt, Points::ZERO);
        for id in &purse.lots {
            let lot = purse.lot(*id);
            assert!(lot.lenders.is_empty(), "{lot:?}");
            assert!(lot.voided || lot.remaining + lot.lapsed == lot.points, "{lot:?}");
        }
    }
}

#[test]
fn what_a_valid_lot_gave_for_a_voided_one_comes_back_with_its_own_validity() {
    let mut purse = Purse::new();
    let lasting = purse.earn(300, Some(1_000));
    let monthly = purse.earn(3_000, Some(30));
    purse.redeem(2_000);
    purse.void(monthly);
    assert_eq!((purse.debt, purse.lot(lasting).remaining), (Points(1_700), Points::ZERO));
    purse.give_up(0);
    assert_eq!((purse.debt, purse.lot(lasting).remaining), (Points::ZERO, Points(300)));
    purse.wait(31);
    assert_eq!(purse.lot(lasting).remaining, Points(300), "valid until its own end");
}
