//! What looks wrong (异常线索): patterns in credited service that an auditor should look at.
//!
//! A finding accuses nobody. Each rule is a pure function over rows, in a file of its own with its
//! thresholds and their reasons; it names the records that it rests on and the figures that it was
//! reached by, and nothing is weighed or scored. The same rows give the same findings in the same order.
//!
//! A false alarm is dismissed with a reason ([`super::dismissal`]); as soon as what it rests on changes, it is
//! another finding and shows again.

mod backfill;
mod credited_again;
mod differing;
mod fast_approvals;
mod gifts;
mod headcount_of_the_past;
mod merged;
mod moved_there_and_back;
mod operator_relinked;
mod owes_points;
mod persons;
mod price_far_under;
mod quick_crediting;
mod same_interval;
mod service_elsewhere;
mod two_persons;

use super::actor::Actor;
use super::amounts::Minutes;
use super::evidence::Evidence;
use super::ids::{ActivityId, OperatorId, RecordId, Seq, UnitId, VolunteerId};
use super::time::{LocalZone, Timestamp};
use crate::domain::choice::choice;
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

choice! {
    /// What makes credited service look wrong; findings are listed in this order.
    pub enum FindingRule {
        /// Credited by hand within minutes of being submitted, many on one day.
        QuickCrediting,
        /// Most of a unit's back-fill was entered by one operator.
        BackfillByOneOperator,
        /// Most of a unit's back-fill is for one weekday.
        BackfillOnOneWeekday,
        /// Back-filled days of just under 8 or 12 hours.
        BackfillUnderCap,
        /// The same interval for many people, and nobody checked in.
        SameInterval,
        /// Most of a person's minutes were served far from their own unit.
        ServiceElsewhere,
        /// Approvals faster than anybody can read.
        FastApprovals,
        /// Name, document or birth date of a volunteer changed after hours were credited.
        IdentityChanged,
        /// Hours credited shortly before their volunteer's registration was closed.
        ClosedWithHours,
        /// Two registered volunteers of the same name, birth date and mobile.
        PossibleDuplicate,
        /// Two volunteer numbers were merged: one person had both.
        NumbersMerged,
        /// Service of two merged numbers at one time: one person in two places.
        MergedOverlap,
        /// Much that one person entered and credited alone.
        CreditedAlone,
        /// Much that one person entered late.
        EnteredLate,
        /// Days of just under 8 or 12 hours that are no back-fill.
        DaysNearCap,
        /// Service that had been voided was credited again.
        CreditedAgain,
        /// The ledger's tables say otherwise than its journal: the service found it by recomputing itself.
        DiffersFromJournal,
        /// One person placed redemptions and handed their gifts over.
        PlacedAndFulfilled,
        /// One person handed gifts over to one volunteer again and again.
        GiftsOfOnePair,
        /// A gift was redeemed for far less than the unit's other gifts.
        PriceFarUnder,
        /// Points were spent whose service was voided, and are not earned back.
        OwesPoints,
        /// A volunteer was moved to another unit, redeemed its gift, and was moved back.
        MovedThereAndBack,
        /// A unit's headcount was changed for days that were over.
        HeadcountOfThePast,
        /// An operator was said to be another person.
        OperatorRelinked,
    }
}

impl FindingRule {
    /// Why this looks wrong, and what honest cause it may have.
    #[must_use]
    pub fn reason(self) -> String {
        match self {
            Self::QuickCrediting => quick_crediting::reason(),
            Self::BackfillByOneOperator => backfill::reason_of_operator(),
            Self::BackfillOnOneWeekday => backfill::reason_of_weekday(),
            Self::BackfillUnderCap => backfill::reason_of_cap(),
            Self::SameInterval => same_interval::reason(),
            Self::ServiceElsewhere => service_elsewhere::reason(),
            Self::FastApprovals => fast_approvals::reason(),
            Self::IdentityChanged => persons::reason_of_identity(),
            Self::ClosedWithHours => persons::reason_of_closing(),
            Self::PossibleDuplicate => persons::reason_of_likeness(),
            Self::NumbersMerged => merged::reason_of_merge(),
            Self::MergedOverlap => merged::reason_of_overlap(),
            Self::CreditedAlone => two_persons::reason_of_alone(),
            Self::EnteredLate => two_persons::reason_of_late(),
            Self::DaysNearCap => two_persons::reason_of_cap(),
            Self::CreditedAgain => credited_again::reason(),
            Self::DiffersFromJournal => differing::reason(),
            Self::PlacedAndFulfilled => gifts::reason_of_one_person(),
            Self::GiftsOfOnePair => gifts::reason_of_one_pair(),
            Self::PriceFarUnder => price_far_under::reason(),
            Self::OwesPoints => owes_points::reason(),
            Self::MovedThereAndBack => moved_there_and_back::reason(),
            Self::HeadcountOfThePast => headcount_of_the_past::reason(),
            Self::OperatorRelinked => operator_relinked::reason(),
        }
    }
}

/// Something that looks wrong, with all that it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub rule: FindingRule,
    /// The unit whose auditors look at it: where the service was given; the volunteer's own for
    /// service elsewhere.
    pub unit: UnitId,
    pub subject: Subject,
    /// What was counted, by name; names carry their units.
    pub figures: BTreeMap<&'static str, i64>,
    /// The records that it rests on.
    pub records: BTreeSet<RecordId>,
    /// The journal entries that it rests on, where these are no records: gifts by the entry that placed them.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub entries: BTreeSet<Seq>,
}

/// Whom or what a finding concerns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Subject {
    /// Who entered or approved the records.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<Actor>,
    /// Whose service it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub volunteer: Option<VolunteerId>,
    /// The other volunteer, where it is about two; the one who was registered first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_volunteer: Option<VolunteerId>,
    /// The operator, where it is about who an operator is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operator: Option<OperatorId>,
    /// The activity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity: Option<ActivityId>,
    /// The local day on which it was entered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<NaiveDate>,
}

/// A record that was credited within the window, and counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExaminedService {
    pub record: RecordId,
    /// The activity's unit.
    pub unit: UnitId,
    pub activity: ActivityId,
    pub volunteer: VolunteerId,
    pub evidence: Evidence,
    pub started_at: Timestamp,
    pub ended_at: Timestamp,
    pub service_date: NaiveDate,
    pub credited_minutes: Minutes,
    pub submitted_by: Actor,
    pub submitted_at: Timestamp,
    pub credited_by: Actor,
    pub credited_at: Timestamp,
    pub credited_entry: Seq,
    /// Entered more than ten working days after the service.
    pub late: bool,
    /// Entered and credited by one person alone.
    pub credited_alone: bool,
}

impl ExaminedService {
    /// Whether somebody's word is all the evidence there is: the service saw no check-in, whatever the record says.
    fn is_by_hand(&self) -> bool {
        !self.evidence.was_seen(self.submitted_by)
    }

    /// Whether it was entered and credited by one and the same entry of the journal.
    fn is_in_one_step(&self) -> bool {
        self.credited_entry == self.record.seq()
    }
}

/// Service of a volunteer, and how the unit that it was given with stands to the volunteer's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedService {
    pub record: RecordId,
    pub volunteer: VolunteerId,
    pub credited_minutes: Minutes,
    /// The way from the top of the tree down to the volunteer's unit, it included.
    pub home: Vec<UnitId>,
    /// The way from the top of the tree down to the activity's unit, it included.
    pub place: Vec<UnitId>,
}

pub use credited_again::ServiceAgain;
pub use differing::{Differing, DifferingRow, find_differing};
pub use gifts::GiftHandedOver;
pub use headcount_of_the_past::StatedHeadcount;
pub use merged::{MergedOverlap, MergedPair};
pub use moved_there_and_back::{MOST_DAYS_AWAY, TripForGift};
pub use operator_relinked::StatedOperator;
pub use owes_points::OpenDebt;
pub use persons::{AlikeVolunteers, DAYS_BEFORE_CLOSING, InheritedService, LeftService};
pub use price_far_under::PricedReward;

/// What looks wrong in who the hours are of, and in who operators are.
#[must_use]
pub fn find_of_persons(
    inherited: &[InheritedService],
    left: &[LeftService],
    alike: &[AlikeVolunteers],
    (merged, overlaps): (&[MergedPair], &[MergedOverlap]),
    operators: &[StatedOperator],
) -> Vec<Finding> {
    let mut findings = persons::find_changed(inherited);
    findings.extend(persons::find_closed(left));
    findings.extend(persons::find_alike(alike));
    findings.extend(merged::find_merged(merged));
    findings.extend(merged::find_overlaps(overlaps));
    findings.extend(operator_relinked::find(operators));
    findings
}

/// What points and gifts are looked through by, and what they and assessments depend on.
#[derive(Clone, Debug, Default)]
pub struct PointsRows {
    pub again: Vec<ServiceAgain>,
    pub gifts: Vec<GiftHandedOver>,
    pub prices: Vec<PricedReward>,
    pub debts: Vec<OpenDebt>,
    pub trips: Vec<TripForGift>,
    pub headcounts: Vec<StatedHeadcount>,
}

/// What looks wrong in points and gifts.
#[must_use]
pub fn find_of_points(rows: &PointsRows, zone: LocalZone) -> Vec<Finding> {
    let mut findings = credited_again::find(&rows.again);
    findings.extend(gifts::find_by_one_person(&rows.gifts));
    findings.extend(gifts::find_of_one_pair(&rows.gifts));
    findings.extend(price_far_under::find(&rows.prices));
    findings.extend(owes_points::find(&rows.debts));
    findings.extend(moved_there_and_back::find(&rows.trips));
    findings.extend(headcount_of_the_past::find(&rows.headcounts, zone));
    findings
}

/// Everything that looks wrong, in the order of rules, units and subjects.
#[must_use]
pub fn find_all(credited: &[ExaminedService], placed: &[PlacedService], zone: LocalZone) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(quick_crediting::find(credited, zone));
    findings.extend(backfill::find_by_one_operator(credited));
    findings.extend(backfill::find_on_one_weekday(credited));
    findings.extend(backfill::find_under_cap(credited));
    findings.extend(same_interval::find(credited));
    findings.extend(service_elsewhere::find(placed));
    findings.extend(fast_approvals::find(credited));
    findings.extend(two_persons::find_alone(credited));
    findings.extend(two_persons::find_late(credited));
    findings.extend(two_persons::find_near_cap(credited));
    findings.sort_by(|a, b| {
        (a.rule, a.unit, a.subject, &a.records).cmp(&(b.rule, b.unit, b.subject, &b.records))
    });
    findings
}

/// How many, as a figure.
fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Whether `part` is at least so many of every hundred of `whole`; of nothing, nothing is.
const fn is_share(part: i64, whole: i64, percent: i64) -> bool {
    whole > 0 && part * 100 >= whole * percent
}

/// Rows by what they have in common, in its order.
fn grouped<'r, K: Ord, R>(
    rows: impl IntoIterator<Item = &'r R>,
    key: impl Fn(&R) -> K,
) -> BTreeMap<K, Vec<&'r R>> {
    let mut groups: BTreeMap<K, Vec<&R>> = BTreeMap::new();
    for row in rows {
        groups.entry(key(row)).or_default().push(row);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::VariantArray;

    /// Leader-confirmed service of an hour, credited by another an hour after it was entered; each of
    /// another person on another day.
    pub(super) fn service(number: i64) -> ExaminedService {
        let at = |hours: i64| Timestamp::from_micros(hours * 3_600_000_000).unwrap();
        let operator = |seq| Actor::Operator(super::super::ids::OperatorId::new(Seq(seq)));
        ExaminedService {
            record: RecordId::new(Seq(1_000 + 2 * number)),
            unit: UnitId::new(Seq(1)),
            activity: ActivityId::new(Seq(5)),
            volunteer: VolunteerId::new(Seq(100 + number)),
            evidence: Evidence::Leader,
            started_at: at(24 * number),
            ended_at: at(24 * number + 1),
            service_date: NaiveDate::from_num_days_from_ce_opt(719_163).unwrap()
                + chrono::Days::new(number.unsigned_abs()),
            credited_minutes: Minutes(60),
            submitted_by: operator(2),
            submitted_at: at(24 * 400),
            credited_by: operator(3),
            credited_at: at(24 * 400 + number + 1),
            credited_entry: Seq(1_001 + 2 * number),
            late: false,
            credited_alone: false,
        }
    }

    pub(super) fn services(number: i64, change: impl Fn(&mut ExaminedService)) -> Vec<ExaminedService> {
        (0..number)
            .map(|at| {
                let mut one = service(at);
                change(&mut one);
                one
            })
            .collect()
    }

    #[test]
    fn ordinary_service_gives_no_finding() {
        assert_eq!(find_all(&services(200, |_| ()), &[], LocalZone::shanghai()), vec![]);
    }

    #[test]
    fn every_rule_has_a_name_and_a_reason() {
        for rule in FindingRule::VARIANTS {
            assert_eq!(serde_json::to_value(rule).unwrap(), rule.into_str());
            assert!(rule.reason().ends_with('.'), "{rule:?}");
        }
    }

    #[test]
    fn of_nothing_nothing_is_a_share() {
        assert!(!is_share(0, 0, 0));
        assert!(is_share(4, 5, 80) && !is_share(79, 100, 80));
    }
}
