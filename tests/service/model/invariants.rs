//! What must hold in any ledger, whatever has happened in it. Asked of the pure core after each
//! sequence, from the rows and the journal alone; nothing here uses the rules that it checks.

mod apart;
mod approvals;
mod attendances;
mod certificates;
mod lots;
mod steps;

use crate::support::pure::PureLedger;
use crate::support::stored::cached_rows;
use apart::Apart;
use approvals::Approvals;
use attendances::Attendances;
use hourbook::domain::UnsealedEntry;
use hourbook::domain::account::{Account, is_balanced};
use hourbook::domain::event::{Commitment, Event};
use hourbook::domain::ids::{LotId, RedemptionId, RewardId, Seq, TransferId, VolunteerId};
use hourbook::domain::lot::Lot;
use hourbook::domain::record::{RecordStatus, ServiceRecord, minutes_by_day};
use hourbook::domain::redemption::{Redemption, RedemptionStatus};
use hourbook::domain::time::Timestamp;
use hourbook::domain::volunteer::{Volunteer, VolunteerStatus};
use hourbook::domain::{dismissal, model_post, reward};
use hourbook::journal::{TreeHash, is_bound};
use lots::Lots;
use std::collections::{BTreeMap, BTreeSet};
use steps::Steps;

/// What has been seen of the journal so far.
#[derive(Default)]
pub struct Invariants {
    entries_seen: usize,
    last_hash: TreeHash,
    last_recorded_at: Timestamp,
    /// Pieces ever put into each reward's stock.
    stocked: BTreeMap<RewardId, i64>,
    notes_seen: usize,
    approvals: Approvals,
    lots: Lots,
    steps: Steps,
    apart: Apart,
    attendances: Attendances,
}

impl Invariants {
    /// Demands everything of the ledger as it stands at `now`.
    pub fn check(&mut self, ledger: &PureLedger, now: Timestamp) {
        self.follow_journal(ledger);
        let state = State::of(ledger, now);
        state.minutes_are_those_of_credited_records();
        state.nobody_serves_twice_at_once_or_around_the_clock();
        state.points_are_those_of_lots_and_redemptions();
        state.debts_are_paid_before_anything_is_free();
        state.each_volunteer_has_one_membership_and_at_most_one_open_transfer();
        state.activities_count_their_records();
        certificates::assert_true(&state);
        self.lots.assert_are(state.lots.values());
        self.attendances.assert_hold(ledger);
        self.no_piece_of_stock_is_lost(&state);
    }

    /// The chain is whole, time does not go back, each entry balances.
    fn follow_journal(&mut self, ledger: &PureLedger) {
        for kept in &ledger.journal[self.entries_seen..] {
            let unsealed = &kept.entry.unsealed;
            self.entries_seen += 1;
            assert_eq!(unsealed.seq, Seq(i64::try_from(self.entries_seen).unwrap()));
            assert!(unsealed.recorded_at >= self.last_recorded_at, "{unsealed:?}");
            assert!(kept.entry.follows(self.last_hash).unwrap(), "{unsealed:?}");
            assert!(is_balanced(&unsealed.postings), "{unsealed:?}");
            assert!(unsealed.postings.iter().all(|posting| posting.amount != 0), "{unsealed:?}");
            self.last_hash = kept.entry.hash;
            self.last_recorded_at = unsealed.recorded_at;
            self.follow_stock(unsealed);
            self.lots.follow(unsealed);
            self.approvals.follow(ledger, unsealed);
            self.steps.follow(ledger, unsealed);
            self.apart.follow(ledger, unsealed);
            self.attendances.follow(unsealed);
            self.notes_seen += assert_notes_kept(ledger, unsealed);
        }
        let notes = self.notes_seen + self.apart.assert_words_kept(ledger);
        assert_eq!(ledger.notes.len(), notes, "notes that no entry commits to");
    }

    fn follow_stock(&mut self, unsealed: &UnsealedEntry) {
        match &unsealed.event {
            Event::Reward(reward::Event::RewardCreated { stock, .. }) => {
                self.stocked.insert(RewardId::new(unsealed.seq), *stock);
            }
            Event::Reward(reward::Event::RewardRestocked { reward, added }) => {
                *self.stocked.entry(*reward).or_default() += added
            }
            _ => {}
        }
    }

    /// Each piece is free, held for an open redemption, or was handed over; none is promised twice.
    fn no_piece_of_stock_is_lost(&self, state: &State) {
        for reward in state.ledger.world.rewards.iter() {
            let count = |status| {
                let of_reward = |row: &&Redemption| row.reward == reward.id && row.status == status;
                i64::try_from(state.redemptions.values().filter(of_reward).count()).unwrap()
            };
            assert!(reward.stock_available >= 0, "{reward:?}");
            assert_eq!(reward.stock_held, count(RedemptionStatus::Held), "{reward:?}");
            assert_eq!(reward.stock_fulfilled, count(RedemptionStatus::Fulfilled), "{reward:?}");
            let pieces = reward.stock_available + reward.stock_held + reward.stock_fulfilled;
            assert_eq!(Some(&pieces), self.stocked.get(&reward.id), "{reward:?}");
        }
    }
}

/// Every note that the entry commits to is kept beside it; how many those are.
fn assert_notes_kept(ledger: &PureLedger, unsealed: &UnsealedEntry) -> usize {
    let commitments = commitments_to_notes(&unsealed.event);
    for commitment in &commitments {
        let (note, _) =
            ledger.notes.get(&(unsealed.seq, *commitment)).unwrap_or_else(|| panic!("no note: {unsealed:?}"));
        assert!(is_bound(&note.content, note.salt, *commitment), "{unsealed:?}");
    }
    commitments.len()
}

/// Words that are about nobody.
fn commitments_to_notes(event: &Event) -> Vec<Commitment> {
    match event {
        Event::ModelPost(model_post::Event::ModelPostAwarded { volunteer: None, title, .. }) => vec![*title],
        Event::Dismissal(dismissal::Event::FindingDismissed { volunteer: None, reason, .. }) => vec![*reason],
        _ => Vec::new(),
    }
}

/// The rows in order.
struct State<'l> {
    ledger: &'l PureLedger,
    now: Timestamp,
    volunteers: BTreeMap<VolunteerId, Volunteer>,
    records_of: BTreeMap<VolunteerId, Vec<ServiceRecord>>,
    lots: BTreeMap<LotId, Lot>,
    redemptions: BTreeMap<RedemptionId, Redemption>,
}

impl<'l> State<'l> {
    fn of(ledger: &'l PureLedger, now: Timestamp) -> Self {
        let mut records_of: BTreeMap<VolunteerId, Vec<ServiceRecord>> = BTreeMap::new();
        for record in ledger.world.records.iter() {
            records_of.entry(record.volunteer).or_default().push(record.clone());
        }
        for records in records_of.values_mut() {
            records.sort_by_key(|record| (record.started_at, record.ended_at, record.id));
        }
        Self {
            ledger,
            now,
            volunteers: cached_rows(&ledger.world.volunteers),
            records_of,
            lots: cached_rows(&ledger.world.lots),
            redemptions: cached_rows(&ledger.world.redemptions),
        }
    }

    fn minutes_are_those_of_credited_records(&self) {
        let mut expected: BTreeMap<Account, i64> = BTreeMap::new();
        for record in self.records_of.values().flatten() {
            assert!(record.credited_minutes <= record.claimed_minutes, "{record:?}");
            if record.status == RecordStatus::Credited {
                let (evidence, minutes) = (record.evidence, record.credited_minutes.0);
                let (activity, date) = (record.activity, record.service_date);
                *expected.entry(Account::Served { activity, evidence, date }).or_default() -= minutes;
                let volunteer = self.person_of(record.volunteer);
                *expected.entry(Account::Credited { volunteer, evidence }).or_default() += minutes;
            }
        }
        let minutes = self.ledger.balances.iter().filter(|(account, _)| account.unit().is_none());
        for (account, balance) in minutes {
            assert_eq!(expected.remove(account).unwrap_or_default(), *balance, "{account:?}");
        }
        assert!(expected.values().all(|minutes| *minutes == 0), "{expected:?}");
    }

    fn nobody_serves_twice_at_once_or_around_the_clock(&self) {
        for records in self.records_of.values() {
            let live: Vec<_> = records.iter().filter(|record| record.status.is_live()).collect();
            for pair in live.windows(2) {
                assert!(pair[0].ended_at <= pair[1].started_at, "{:?} overlaps {:?}", pair[0], pair[1]);
            }
            let mut minutes_of_day = BTreeMap::new();
            for record in live.iter().filter(|record| record.status == RecordStatus::Credited) {
                let zone = self.ledger.rules.zone;
                let minutes = record.credited_minutes;
                for (day, minutes) in minutes_by_day(record.interval(), &record.breaks, minutes, zone) {
                    *minutes_of_day.entry(day).or_default() += minutes.0;
                }
            }
            assert!(minutes_of_day.values().all(|minutes: &i64| *minutes < 24 * 60), "{minutes_of_day:?}");
        }
    }

    fn points_are_those_of_lots_and_redemptions(&self) {
        let mut expected: BTreeMap<Account, i64> = BTreeMap::new();
        for lot in self.lots.values() {
            let Volunteer { unit, id, .. } = self.volunteers[&self.person_of(lot.volunteer)];
            *expected.entry(Account::Available { unit, volunteer: id }).or_default() += lot.remaining.0;
        }
        for redemption in self.redemptions.values() {
            let (unit, volunteer) = (redemption.unit, redemption.volunteer);
            let account = match redemption.status {
                RedemptionStatus::Held => Account::Held { unit, volunteer },
                RedemptionStatus::Fulfilled => Account::Redeemed { unit },
                RedemptionStatus::Cancelled | RedemptionStatus::Expired => continue,
            };
            *expected.entry(account).or_default() += redemption.points.0;
            let drawn: i64 = redemption.draws.iter().map(|draw| draw.points.0).sum();
            assert_eq!(drawn, redemption.points.0, "{redemption:?}");
        }
        for volunteer in self.volunteers.values() {
            let account = Account::Debt { unit: volunteer.unit, volunteer: volunteer.id };
            *expected.entry(account).or_default() -= volunteer.debt.0;
        }
        let derived = |account: &Account| account.volunteer().is_some() || account.kind() == "redeemed";
        let points = self.ledger.balances.iter().filter(|(account, _)| account.unit().is_some());
        for (account, balance) in points.filter(|(account, _)| derived(account)) {
            assert_eq!(expected.remove(account).unwrap_or_default(), *balance, "{account:?}");
        }
        assert!(expected.values().all(|points| *points == 0), "{expected:?}");
    }

    fn debts_are_paid_before_anything_is_free(&self) {
        for volunteer in self.volunteers.values() {
            let of_volunteer =
                |lot: &&Lot| self.person_of(lot.volunteer) == volunteer.id && lot.is_valid_at(self.now);
            let free: i64 = self.lots.values().filter(of_volunteer).map(|lot| lot.remaining.0).sum();
            assert!(volunteer.debt.0 >= 0, "{volunteer:?}");
            assert!(volunteer.debt.0 == 0 || free == 0, "{free} free: {volunteer:?}");
        }
    }

    fn each_volunteer_has_one_membership_and_at_most_one_open_transfer(&self) {
        let transfers = cached_rows(&self.ledger.world.transfers);
        let memberships = cached_rows(&self.ledger.world.memberships);
        for volunteer in self.volunteers.values() {
            let open: Vec<TransferId> = transfers
                .values()
                .filter(|row| row.volunteer == volunteer.id && row.status.binds())
                .map(|row| row.id)
                .collect();
            assert_eq!(open, volunteer.open_transfer.into_iter().collect::<Vec<_>>(), "{volunteer:?}");

            let own = memberships.range((volunteer.id, Seq(0))..=(volunteer.id, Seq(i64::MAX)));
            let own: Vec<_> = own.map(|(_, row)| row).collect();
            assert_eq!(own[0].starts_at, volunteer.registered_at, "{volunteer:?}");
            for pair in own.windows(2) {
                // Who was closed and came back belonged nowhere in between.
                assert!(pair[0].ends_at.is_some_and(|ends_at| ends_at <= pair[1].starts_at), "{volunteer:?}");
            }
            let last = own[own.len() - 1];
            // An alias is where its person is.
            assert!(last.unit == volunteer.unit || volunteer.merged_into.is_some(), "{volunteer:?}");
            assert_eq!(last.ends_at.is_none(), volunteer.must_be_registered().is_ok(), "{volunteer:?}");
            self.an_alias_has_nothing_of_its_own(volunteer);

            let held = self.redemptions.values().filter(|row| row.volunteer == volunteer.id);
            let held = held.filter(|row| row.status == RedemptionStatus::Held).count();
            assert_eq!(volunteer.open_redemptions, i64::try_from(held).unwrap(), "{volunteer:?}");
        }
        let persons: BTreeSet<_> = self.ledger.people.keys().collect();
        let known = self.volunteers.values().filter(|row| row.status != VolunteerStatus::Closed);
        let known: BTreeSet<_> = known.map(|row| &row.id).collect();
        assert!(persons.is_subset(&known), "who is closed is forgotten: {persons:?}, {known:?}");
        // Who comes back after closing registers one number anew; its aliases come back without a person's data.
        let came_back = |alias: &Volunteer| {
            let own = self.ledger.world.merged_numbers.iter().filter(|row| row.volunteer == alias.id);
            let merged_entry = own.map(|row| row.entry).max();
            let person = alias.merged_into.map(|id| &self.volunteers[&id]);
            merged_entry.is_some() && person.is_some_and(|person| person.identity_entry > merged_entry)
        };
        let forgotten = known.difference(&persons).map(|id| &self.volunteers[*id]);
        let unlike: Vec<_> = forgotten.filter(|row| !came_back(row)).collect();
        assert!(unlike.is_empty(), "nobody else is forgotten: {unlike:?}");
    }

    /// The person's number is no alias, knows of this one, and is in the same state.
    fn an_alias_has_nothing_of_its_own(&self, volunteer: &Volunteer) {
        let Some(person) = volunteer.merged_into else { return };
        let person = &self.volunteers[&person];
        assert!(person.id < volunteer.id && person.merged_into.is_none(), "{volunteer:?}");
        assert!(person.merged_numbers.contains(&volunteer.id), "{volunteer:?}");
        assert_eq!((volunteer.unit, volunteer.debt.0), (person.unit, 0), "{volunteer:?}");
        let is_closed = |of: &Volunteer| of.status == VolunteerStatus::Closed;
        assert_eq!(is_closed(volunteer), is_closed(person), "{volunteer:?}");
    }

    fn person_of(&self, number: VolunteerId) -> VolunteerId {
        self.volunteers[&number].merged_into.unwrap_or(number)
    }

    fn activities_count_their_records(&self) {
        let mut live: BTreeMap<_, i64> = BTreeMap::new();
        for record in self.records_of.values().flatten().filter(|record| record.status.is_live()) {
            *live.entry(record.activity).or_default() += 1;
        }
        for activity in self.ledger.world.activities.iter() {
            let expected = live.get(&activity.id).copied().unwrap_or_default();
            assert_eq!(activity.live_records, expected, "{activity:?}");
            assert!(!activity.cancelled || expected == 0, "{activity:?}");
        }
    }
}
