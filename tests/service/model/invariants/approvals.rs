//! Who may credit hours, followed along the journal: nobody their own, nobody what they entered unless a policy lets
//! them or the volunteer confirmed it, and long days only from high enough in the tree; and what earns no points.

use crate::support::pure::PureLedger;
use chrono::NaiveDate;
use hourbook::domain::UnsealedEntry;
use hourbook::domain::actor::{Actor, Role};
use hourbook::domain::amounts::Minutes;
use hourbook::domain::event::{Crediting, Event};
use hourbook::domain::evidence::Evidence;
use hourbook::domain::ids::{ActivityId, OperatorId, RecordId, UnitId, VolunteerId};
use hourbook::domain::record::minutes_by_day;
use hourbook::domain::time::Interval;
use hourbook::domain::unit::UnitKind;
use hourbook::domain::{activity, operator, record};
use std::collections::BTreeMap;

/// What the journal has said so far of records and operators.
#[derive(Default)]
pub struct Approvals {
    records: BTreeMap<RecordId, Record>,
    operators: BTreeMap<OperatorId, Operator>,
    /// Who leads each activity, if anybody does.
    leaders: BTreeMap<ActivityId, Option<VolunteerId>>,
    credited_minutes: BTreeMap<(VolunteerId, NaiveDate), i64>,
}

#[derive(Clone, Debug)]
struct Record {
    activity: ActivityId,
    volunteer: VolunteerId,
    service: Interval,
    breaks: Vec<Interval>,
    evidence: Evidence,
    submitted_by: Actor,
    late: bool,
    confirmed: bool,
    credited: Minutes,
}

#[derive(Debug)]
struct Operator {
    role: Role,
    unit: Option<UnitId>,
    volunteer: Option<VolunteerId>,
}

impl Approvals {
    /// Demands that the entry credits no hours that its actor may not credit.
    pub fn follow(&mut self, ledger: &PureLedger, unsealed: &UnsealedEntry) {
        match &unsealed.event {
            Event::Operator(operator::Event::OperatorCreated { role, unit, volunteer, .. }) => {
                let operator = Operator { role: *role, unit: *unit, volunteer: *volunteer };
                self.operators.insert(OperatorId::new(unsealed.seq), operator);
            }
            Event::Operator(operator::Event::OperatorUpdated { operator, role, unit, volunteer, .. }) => {
                let changed = Operator { role: *role, unit: *unit, volunteer: *volunteer };
                self.operators.insert(*operator, changed);
            }
            Event::Activity(activity::Event::ActivityCreated { details, .. }) => {
                self.leaders.insert(ActivityId::new(unsealed.seq), details.leader);
            }
            Event::Activity(activity::Event::ActivityUpdated { activity, details }) => {
                self.leaders.insert(*activity, details.leader);
            }
            Event::Record(record::Event::RecordSubmitted {
                activity,
                volunteer,
                service,
                breaks,
                evidence,
                late,
                crediting,
                ..
            }) => {
                let record = Record {
                    activity: *activity,
                    volunteer: *volunteer,
                    service: *service,
                    breaks: breaks.clone(),
                    evidence: *evidence,
                    submitted_by: unsealed.actor,
                    late: *late,
                    confirmed: false,
                    credited: Minutes::ZERO,
                };
                let id = RecordId::new(unsealed.seq);
                self.records.insert(id, record);
                if let Some(crediting) = crediting {
                    self.credit(ledger, unsealed, id, crediting);
                }
            }
            Event::Record(record::Event::RecordConfirmed { record }) => {
                self.records.get_mut(record).unwrap().confirmed = true;
            }
            Event::Record(record::Event::RecordCredited { record, crediting }) => {
                self.credit(ledger, unsealed, *record, crediting)
            }
            Event::Record(record::Event::RecordVoided { record, .. }) => {
                let record = self.records[record].clone();
                self.count(ledger, &record, -1);
            }
            _ => {}
        }
    }

    fn credit(&mut self, ledger: &PureLedger, unsealed: &UnsealedEntry, id: RecordId, crediting: &Crediting) {
        let record = self.records.get_mut(&id).unwrap();
        record.credited = crediting.credited_minutes;
        let record = record.clone();
        let who = |actor| self.volunteer_behind(actor).ok_or(actor);
        let (own, theirs) = (who(unsealed.actor), who(record.submitted_by));
        assert_ne!(own, Ok(record.volunteer), "{unsealed:?}");
        let says_check_in = matches!(record.evidence, Evidence::Scan | Evidence::Geo);
        assert!(!says_check_in || record.submitted_by == Actor::System, "{unsealed:?}");
        if own == theirs && !says_check_in {
            assert!(crediting.alone || (record.confirmed && !record.late), "{unsealed:?}");
            assert_ne!(record.evidence, Evidence::Backfill, "{unsealed:?}");
        }
        if crediting.alone {
            let may_be = matches!(record.evidence, Evidence::Leader | Evidence::Import) && !record.late;
            assert!(may_be && record.credited.is_positive(), "{unsealed:?}");
        }
        let earns_nothing = record.late || record.evidence == Evidence::Claimed;
        assert!(!earns_nothing || crediting.award.is_none(), "{unsealed:?}");
        let longest_day_minutes = self.count(ledger, &record, 1);
        assert!(longest_day_minutes < 24 * 60, "{unsealed:?}");
        let is_of_others = own != theirs || says_check_in || unsealed.actor == Actor::System;
        assert!(longest_day_minutes <= 8 * 60 || is_of_others, "{unsealed:?}");
        match unsealed.actor {
            Actor::System => {}
            Actor::Volunteer(leader) => {
                let leads =
                    self.leaders[&record.activity].map(|leader| ledger.world.person_of(leader).unwrap());
                assert_eq!(leads, Some(ledger.world.person_of(leader).unwrap()), "{unsealed:?}");
                assert_eq!(record.evidence, Evidence::Claimed, "{unsealed:?}");
                assert_ne!(record.volunteer, leader, "{unsealed:?}");
                assert!(longest_day_minutes <= 8 * 60, "{unsealed:?}");
            }
            Actor::Operator(operator) => {
                let operator = &self.operators[&operator];
                assert!(is_high_enough(ledger, operator, &record, longest_day_minutes), "{unsealed:?}");
            }
        }
    }

    /// As far as the journal tells: it does not say by which documents operators are known.
    fn volunteer_behind(&self, actor: Actor) -> Option<VolunteerId> {
        match actor {
            Actor::System => None,
            Actor::Volunteer(volunteer) => Some(volunteer),
            Actor::Operator(operator) => self.operators[&operator].volunteer,
        }
    }

    /// Counts the record's minutes on each of its days; what the longest of these days comes to.
    fn count(&mut self, ledger: &PureLedger, record: &Record, sign: i64) -> i64 {
        let days = minutes_by_day(record.service, &record.breaks, record.credited, ledger.rules.zone);
        let mut longest = 0;
        for (day, minutes) in days.into_iter().filter(|(_, minutes)| minutes.is_positive()) {
            let total = self.credited_minutes.entry((record.volunteer, day)).or_default();
            *total += sign * minutes.0;
            longest = longest.max(*total);
        }
        longest
    }
}

/// To 8 hours a day anybody who answers for the unit; to 12 from above the unit's tier, the nearest that is no team
/// (and of a kind below what it stands under); then only at the top.
fn is_high_enough(ledger: &PureLedger, operator: &Operator, record: &Record, day_minutes: i64) -> bool {
    let world = &ledger.world;
    let path = &world.unit(world.activity(record.activity).unwrap().unit).unwrap().path;
    let kind = |place: usize| world.unit(path[place]).unwrap().kind;
    let is_tier = |place: &usize| {
        *place == 0 || kind(*place) != UnitKind::Team && kind(*place).is_below(kind(*place - 1))
    };
    let tier = (0..path.len()).rev().find(is_tier).unwrap_or_default();
    match (operator.role, operator.unit) {
        (Role::Admin, None) => true,
        (Role::Coordinator, Some(own)) if day_minutes > 12 * 60 => path[0] == own,
        (Role::Coordinator, Some(own)) if day_minutes > 8 * 60 => path[..tier.max(1)].contains(&own),
        (Role::Coordinator, Some(own)) => path.contains(&own),
        _ => false,
    }
}
