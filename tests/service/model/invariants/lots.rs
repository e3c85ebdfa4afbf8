//! The lots of points, followed along the journal: spent first-expiring-first, lapsed when their
//! time is over and not before, taken back with voided hours to the last point, never lost.

use hourbook::domain::UnsealedEntry;
use hourbook::domain::amounts::Points;
use hourbook::domain::event::{Award, Draw, Event, Release};
use hourbook::domain::ids::{LotId, MergeId, RecordId, RedemptionId, VolunteerId};
use hourbook::domain::lot::Lot;
use hourbook::domain::time::Timestamp;
use hourbook::domain::{lot, merge, record, redemption, volunteer};
use std::collections::BTreeMap;

/// What the journal has said so far of lots.
#[derive(Default)]
pub struct Lots {
    lots: BTreeMap<LotId, FollowedLot>,
    volunteer_of: BTreeMap<RecordId, VolunteerId>,
    lot_of: BTreeMap<RecordId, LotId>,
    held: BTreeMap<RedemptionId, Vec<Draw>>,
    merges: BTreeMap<MergeId, (VolunteerId, VolunteerId)>,
    /// The person's number of each that was merged.
    persons: BTreeMap<VolunteerId, VolunteerId>,
}

#[derive(Debug)]
struct FollowedLot {
    volunteer: VolunteerId,
    points: i64,
    remaining: i64,
    lapsed: i64,
    expires_at: Option<Timestamp>,
    voided: bool,
}

impl FollowedLot {
    fn is_valid_at(&self, now: Timestamp) -> bool {
        self.expires_at.is_none_or(|expires_at| now < expires_at)
    }
}

impl Lots {
    /// Demands that the entry draws on the right lots, and no more than there is.
    pub fn follow(&mut self, unsealed: &UnsealedEntry) {
        let now = unsealed.recorded_at;
        match &unsealed.event {
            Event::Record(record::Event::RecordSubmitted { volunteer, crediting, .. }) => {
                let record = RecordId::new(unsealed.seq);
                self.volunteer_of.insert(record, *volunteer);
                let award = crediting.as_ref().and_then(|crediting| crediting.award.as_ref());
                self.award(unsealed, record, award);
            }
            Event::Record(record::Event::RecordCredited { record, crediting }) => {
                self.award(unsealed, *record, crediting.award.as_ref())
            }
            Event::Record(record::Event::RecordVoided { record, taken, owed, .. }) => {
                self.check_taken_back(unsealed, *record, total(taken) + owed.0, taken);
                self.take(taken);
                if let Some(own) = self.lot_of.get(record) {
                    self.lots.get_mut(own).unwrap().voided = true;
                }
            }
            Event::Redemption(redemption::Event::RedemptionPlaced { volunteer, points, draws, .. }) => {
                assert_eq!(*draws, self.first_to_expire(*volunteer, points.0, now), "{unsealed:?}");
                self.take(draws);
                self.held.insert(RedemptionId::new(unsealed.seq), draws.clone());
            }
            Event::Redemption(redemption::Event::RedemptionCancelled { redemption, release })
            | Event::Redemption(redemption::Event::RedemptionExpired { redemption, release }) => {
                self.release(unsealed, *redemption, release)
            }
            Event::Lot(lot::Event::PointsExpired { volunteer, draws }) => {
                let persons = self.persons.clone();
                let over = |lot: &FollowedLot| {
                    person(&persons, lot.volunteer) == *volunteer && !lot.is_valid_at(now)
                };
                self.lapse_all(unsealed, draws, over);
            }
            Event::Volunteer(volunteer::Event::VolunteerClosed { volunteer, lapsed, .. }) => {
                let persons = self.persons.clone();
                self.lapse_all(unsealed, lapsed, |lot| person(&persons, lot.volunteer) == *volunteer);
            }
            Event::Merge(merge::Event::MergeAsked { volunteer, into, .. }) => {
                self.merges.insert(MergeId::new(unsealed.seq), (*volunteer, *into));
            }
            Event::Merge(merge::Event::MergeConfirmed { merge, settled, .. }) => {
                let (later, earlier) = self.merges[merge];
                self.persons
                    .values_mut()
                    .filter(|person| **person == later)
                    .for_each(|person| *person = earlier);
                self.persons.insert(later, earlier);
                self.take(settled);
            }
            _ => {}
        }
    }

    /// Demands that the rows say of each lot what the journal says.
    pub fn assert_are<'l>(&self, rows: impl Iterator<Item = &'l Lot>) {
        let mut count = 0;
        for row in rows {
            count += 1;
            let lot = &self.lots[&row.id];
            assert!(lot.remaining >= 0 && lot.lapsed >= 0, "{row:?}");
            assert_eq!(row.points.0, lot.points, "{row:?}");
            assert_eq!((row.remaining.0, row.lapsed.0), (lot.remaining, lot.lapsed), "{row:?}");
            assert_eq!((row.volunteer, row.expires_at), (lot.volunteer, lot.expires_at), "{row:?}");
            assert!(row.voided || (row.owed == Points::ZERO && row.lenders.is_empty()), "{row:?}");
        }
        assert_eq!(count, self.lots.len(), "lots");
    }

    fn award(&mut self, unsealed: &UnsealedEntry, record: RecordId, award: Option<&Award>) {
        let Some(Award { points, expires_at, settled, .. }) = award else { return };
        let id = LotId::new(unsealed.seq);
        let volunteer = self.volunteer_of[&record];
        let (points, expires_at) = (points.0, *expires_at);
        let lot = FollowedLot { volunteer, points, remaining: points, lapsed: 0, expires_at, voided: false };
        self.lots.insert(id, lot);
        self.lot_of.insert(record, id);
        self.take(settled);
    }

    /// What a voided record gave is taken back or owed, but for what has lapsed; its own lot goes first.
    fn check_taken_back(
        &self,
        unsealed: &UnsealedEntry,
        record: RecordId,
        taken_and_owed: i64,
        taken: &[Draw],
    ) {
        let Some(own) = self.lot_of.get(&record) else {
            assert_eq!(taken_and_owed, 0, "{unsealed:?}");
            return;
        };
        let lot = &self.lots[own];
        assert_eq!(taken_and_owed, lot.points - lot.lapsed, "{unsealed:?}");
        let from_own = taken.first().filter(|draw| draw.lot == *own).map_or(0, |draw| draw.points.0);
        assert_eq!(from_own, lot.remaining, "{unsealed:?}");
    }

    /// What is still valid goes back to its lot; what comes back into a voided one settles what it owes, or goes on to
    /// the lots that gave for it: nothing stays there. Only what is no longer valid lapses.
    fn release(&mut self, unsealed: &UnsealedEntry, redemption: RedemptionId, release: &Release) {
        let Release { returned, lapsed, settled, restored, .. } = release.clone();
        let held = self.held.remove(&redemption).unwrap();
        assert_eq!(total(&returned) + total(&lapsed), total(&held), "{unsealed:?}");
        let mut came: BTreeMap<LotId, i64> = BTreeMap::new();
        for draw in &held {
            *came.entry(draw.lot).or_default() += draw.points.0;
        }
        for one in &restored {
            *came.entry(one.owing).or_default() -= one.points.0;
            *came.entry(one.lender).or_default() += one.points.0;
        }
        for draw in returned.iter().chain(&lapsed) {
            *came.entry(draw.lot).or_default() -= draw.points.0;
        }
        assert!(came.values().all(|rest| *rest == 0), "{came:?}: {unsealed:?}");
        let is_valid = |draw: &Draw| self.lots[&draw.lot].is_valid_at(unsealed.recorded_at);
        assert!(!lapsed.iter().any(|draw| is_valid(draw) || self.lots[&draw.lot].voided), "{unsealed:?}");
        self.change(&returned, |lot, points| lot.remaining += points);
        self.change(&lapsed, |lot, points| lot.lapsed += points);
        self.take(&settled);
        let kept_by_voided = self.lots.values().find(|lot| lot.voided && lot.remaining > 0);
        assert!(kept_by_voided.is_none(), "{kept_by_voided:?}: {unsealed:?}");
    }

    /// Demands that all that is left of these lots lapses, and nothing else.
    fn lapse_all(&mut self, unsealed: &UnsealedEntry, draws: &[Draw], of: impl Fn(&FollowedLot) -> bool) {
        let left = |lot: &&FollowedLot| lot.remaining > 0 && of(lot);
        assert_eq!(draws.len(), self.lots.values().filter(left).count(), "{unsealed:?}");
        for draw in draws {
            let lot = &self.lots[&draw.lot];
            assert!(of(lot) && lot.remaining == draw.points.0, "{lot:?}: {unsealed:?}");
        }
        self.change(draws, |lot, points| {
            lot.remaining -= points;
            lot.lapsed += points;
        });
    }

    /// The draws that come to so many points: from valid lots, the first to expire before others.
    fn first_to_expire(&self, volunteer: VolunteerId, points: i64, now: Timestamp) -> Vec<Draw> {
        let usable = |(_, lot): &(&LotId, &FollowedLot)| {
            person(&self.persons, lot.volunteer) == volunteer && lot.is_valid_at(now)
        };
        let mut lots: Vec<_> = self.lots.iter().filter(usable).filter(|(_, lot)| lot.remaining > 0).collect();
        lots.sort_by_key(|(id, lot)| (lot.expires_at.map_or(i64::MAX, Timestamp::as_micros), **id));
        let mut left = points;
        let mut draws = Vec::new();
        for (id, lot) in lots {
            if left > 0 {
                let points = Points(left.min(lot.remaining));
                draws.push(Draw { lot: *id, points });
                left -= points.0;
            }
        }
        assert_eq!(left, 0, "{volunteer} has not so many points");
        draws
    }

    fn take(&mut self, draws: &[Draw]) {
        self.change(draws, |lot, points| lot.remaining -= points);
    }

    fn change(&mut self, draws: &[Draw], change: impl Fn(&mut FollowedLot, i64)) {
        for draw in draws {
            let lot = self.lots.get_mut(&draw.lot).unwrap();
            change(lot, draw.points.0);
            assert!(lot.remaining >= 0, "{lot:?}");
        }
    }
}

fn person(persons: &BTreeMap<VolunteerId, VolunteerId>, number: VolunteerId) -> VolunteerId {
    persons.get(&number).copied().unwrap_or(number)
}

fn total(draws: &[Draw]) -> i64 {
    draws.iter().map(|draw| draw.points.0).sum()
}
