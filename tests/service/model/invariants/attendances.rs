//! What must hold of places and of who was where: asked of the rows, and of the journal that they came from.

use crate::support::pure::PureLedger;
use hourbook::domain::UnsealedEntry;
use hourbook::domain::actor::Actor;
use hourbook::domain::attendance::{self, Attendance, AttendanceStatus, Sighting};
use hourbook::domain::enrolment::{Enrolment, EnrolmentStatus};
use hourbook::domain::event::Event;
use hourbook::domain::evidence::Evidence;
use hourbook::domain::ids::{AttendanceId, PositionId, RecordId, Seq, VolunteerId};
use hourbook::domain::position;
use hourbook::domain::record;
use hourbook::domain::record::{ServiceRecord, whole_minutes};
use std::collections::{BTreeMap, BTreeSet};

/// What the journal has told of places and of who was where.
#[derive(Default)]
pub(super) struct Attendances {
    /// Most places that a position ever had.
    most_places: BTreeMap<PositionId, i64>,
    /// Attendances that the service saw begin, and how.
    came: BTreeMap<AttendanceId, Sighting>,
    /// Records that an attendance ended with, and how both ends were seen; none where it was said.
    records: BTreeMap<RecordId, (Sighting, Option<Sighting>)>,
    /// Records whose entry is the service's own.
    seen: BTreeSet<RecordId>,
}

impl Attendances {
    pub(super) fn follow(&mut self, unsealed: &UnsealedEntry) {
        match &unsealed.event {
            Event::Position(position::Event::PositionCreated { terms, .. }) => {
                self.most_places.insert(PositionId::new(unsealed.seq), terms.places);
            }
            Event::Position(position::Event::PositionUpdated { position, terms, .. }) => {
                let most = self.most_places.entry(*position).or_default();
                *most = terms.places.max(*most);
            }
            Event::Attendance(attendance::Event::CheckedIn { by, .. }) => {
                self.came.insert(AttendanceId::new(unsealed.seq), *by);
            }
            Event::Attendance(attendance::Event::CheckedOut { attendance, by, record, .. }) => {
                let came = self.came[attendance];
                if let Some(record) = record {
                    assert_eq!(record.seq().0 + 1, unsealed.seq.0, "its entry goes before: {unsealed:?}");
                    self.records.insert(*record, (came, Some(*by)));
                }
            }
            Event::Attendance(attendance::Event::AttendanceCompleted { attendance, record, .. }) => {
                self.records.insert(*record, (self.came[attendance], None));
            }
            Event::Record(record::Event::RecordSubmitted { .. }) if unsealed.actor == Actor::System => {
                self.seen.insert(RecordId::new(unsealed.seq));
            }
            _ => {}
        }
    }

    pub(super) fn assert_hold(&self, ledger: &PureLedger) {
        self.no_place_is_oversold(ledger);
        self.minutes_are_what_the_clock_saw(ledger);
        nobody_is_in_two_places(ledger);
    }

    /// Each enrolment counts once in its position, and there were never more places given than there ever were.
    fn no_place_is_oversold(&self, ledger: &PureLedger) {
        let mut counted: BTreeMap<PositionId, [i64; 3]> = BTreeMap::new();
        let mut ones: BTreeSet<(VolunteerId, Seq)> = BTreeSet::new();
        for Enrolment { position, status, volunteer, activity, .. } in ledger.world.enrolments.iter() {
            let counts = counted.entry(*position).or_default();
            match status {
                EnrolmentStatus::Enrolled | EnrolmentStatus::Attended => counts[0] += 1,
                EnrolmentStatus::Offered => counts[1] += 1,
                EnrolmentStatus::Waiting => counts[2] += 1,
                _ => {}
            }
            if status.is_the_one()
                && ledger.world.volunteer(*volunteer).is_ok_and(|row| row.merged_into.is_none())
            {
                assert!(ones.insert((*volunteer, activity.seq())), "twice in one activity: {volunteer}");
            }
        }
        for row in ledger.world.positions.iter() {
            let counts = counted.get(&row.id).copied().unwrap_or_default();
            assert_eq!([row.taken, row.offered, row.waiting], counts, "{row:?}");
            assert!(row.taken + row.offered <= self.most_places[&row.id], "oversold: {row:?}");
        }
    }

    /// The record of an attendance has the minutes between its two ends, and the evidence of the weaker.
    fn minutes_are_what_the_clock_saw(&self, ledger: &PureLedger) {
        for attendance in ledger.world.attendances.iter() {
            let Some(record) = attendance.record else { continue };
            let (came, went) = self.records[&record];
            let ServiceRecord { started_at, ended_at, evidence, claimed_minutes, count, .. } =
                ledger.world.record(record).unwrap().clone();
            assert_eq!((started_at, Some(ended_at)), (attendance.checked_in_at, attendance.checked_out_at));
            let expected = went.map_or(Evidence::Leader, |went| came.evidence().max(went.evidence()));
            assert_eq!(evidence, expected, "{attendance:?}");
            assert_eq!(
                self.seen.contains(&record),
                expected != Evidence::Leader,
                "whose word it is: {attendance:?}"
            );
            let interval = ledger.world.record(record).unwrap().interval();
            assert!(count == 1 || claimed_minutes == whole_minutes(interval, &[]), "{attendance:?}");
        }
    }
}

/// One open attendance a person, and each activity counts who is present.
fn nobody_is_in_two_places(ledger: &PureLedger) {
    let mut present: BTreeMap<_, i64> = BTreeMap::new();
    let mut people = BTreeSet::new();
    let open = |row: &&Attendance| row.status == AttendanceStatus::Open;
    for Attendance { volunteer, activity, .. } in ledger.world.attendances.iter().filter(open) {
        *present.entry(*activity).or_default() += 1;
        assert!(people.insert(*volunteer), "{volunteer} is in two places");
    }
    for activity in ledger.world.activities.iter() {
        assert_eq!(activity.present, present.get(&activity.id).copied().unwrap_or(0), "{activity:?}");
    }
}
