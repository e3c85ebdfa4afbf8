//! Activities (活动): dated occasions of a programme, in whose window service is given.

mod kept;
pub mod rules;

use super::ids::{ActivityId, ProgrammeId, Seq, UnitId, VolunteerId};
use super::noun::{Row, Thing, events, refusals};
use super::text::Name;
use super::time::Interval;
use crate::domain::choice::choice;
use serde::{Deserialize, Serialize};

choice! {
    /// What an activity's service is counted in.
    pub enum Measure {
        /// Minutes served.
        Minutes,
        /// Occasions, such as blood donations.
        Count,
    }
}

/// What may be changed of an activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityDetails {
    pub name: Name,
    pub place: Option<Name>,
    /// When service may be given.
    pub window: Interval,
    /// How many people are wanted.
    pub headcount: Option<i64>,
    /// The volunteer in charge on site.
    pub leader: Option<VolunteerId>,
}

/// A dated occasion of a programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    pub id: ActivityId,
    pub programme: ProgrammeId,
    /// The unit that carries it out, and where its hours stay.
    pub unit: UnitId,
    pub measure: Measure,
    pub details: ActivityDetails,
    pub cancelled: bool,
    /// Submitted and credited records that rest on it.
    pub live_records: i64,
    pub version: Seq,
}

impl Row for Activity {
    type Key = ActivityId;

    fn key(&self) -> ActivityId {
        self.id
    }
}

impl Thing for Activity {
    fn unit(&self) -> Option<UnitId> {
        Some(self.unit)
    }
}

/// Announces an activity.
#[derive(Clone, Debug)]
pub struct CreateActivity {
    pub programme: ProgrammeId,
    /// The programme's unit or one under it.
    pub unit: UnitId,
    pub measure: Measure,
    pub details: ActivityDetails,
}

/// Replaces what may be changed of an activity.
#[derive(Clone, Debug)]
pub struct UpdateActivity {
    pub activity: ActivityId,
    pub expected: Option<Seq>,
    pub details: ActivityDetails,
}

/// Calls an activity off.
#[derive(Clone, Debug)]
pub struct CancelActivity {
    pub activity: ActivityId,
}

const LONGEST_WINDOW_MICROS: i64 = 366 * 24 * 3600 * 1_000_000;

events! {
    ActivityCreated = "activity_created" {
        programme: ProgrammeId,
        unit: UnitId,
        measure: Measure,
        details: ActivityDetails,
    }
    ActivityUpdated = "activity_updated" {
        activity: ActivityId,
        details: ActivityDetails,
    }
    ActivityCancelled = "activity_cancelled" {
        activity: ActivityId,
    }
}

refusals! {
    /// No such activity.
    ActivityNotFound = NotFound "activity_not_found" "there is no such activity";
    /// The activity is cancelled.
    ActivityCancelled = Conflict "activity_cancelled" "the activity is cancelled";
    /// The activity has submitted or credited service records.
    ActivityHasRecords = Conflict "activity_has_records" "this activity has service records";
    /// The activity's unit must be the programme's unit or one under it.
    ActivityOutsideProgramme = Invalid "activity_outside_programme" "the unit is neither the programme's unit nor under it";
    /// The window must end after it starts and last at most 366 days.
    WindowInvalid = Invalid "window_invalid" "the window must end after it starts and last at most 366 days";
}
