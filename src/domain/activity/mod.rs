//! Activities (活动): dated occasions of a programme, in whose window service is given.
//!
//! One that recruits is a draft until it is published: what recruitment has to tell is asked for then.

mod kept;
pub mod recruitment;
pub mod rules;

use super::ids::{ActivityId, ProgrammeId, Seq, UnitId, VolunteerId};
use super::noun::{Row, Thing, events, refusals};
use super::text::Name;
use super::time::Interval;
use crate::domain::choice::choice;
use recruitment::{Recruitment, RecruitmentPart};
use serde::{Deserialize, Serialize};
use std::ops::Not;

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
    #[serde(default, skip_serializing_if = "Recruitment::is_empty")]
    pub recruitment: Recruitment,
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
    /// Whether it is to be published: until then only those who answer for the unit see it.
    pub draft: bool,
    /// How many people checked in and have not checked out.
    pub present: i64,
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
    pub draft: bool,
}

/// Shows a draft to everybody.
#[derive(Clone, Copy, Debug)]
pub struct PublishActivity {
    pub activity: ActivityId,
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
        /// Said only where it is so: entries of before know no drafts.
        #[serde(default, skip_serializing_if = "Not::not")]
        draft: bool,
    }
    ActivityPublished = "activity_published" {
        activity: ActivityId,
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
    /// Somebody has checked in and not checked out: the activity is not called off, its start stays, and it does not end in the past.
    ActivityHasPresent = Conflict "activity_has_present" "people are present at this activity";
    /// The activity is not published yet.
    ActivityIsDraft = Conflict "activity_is_draft" "the activity is a draft";
    /// The activity was published before.
    ActivityPublished = Conflict "activity_published" "the activity was published before";
    /// Recruitment does not tell what it has to: place, content, risks, safeguards and whom to ask (GB/T 40143, 6.1).
    RecruitmentIncomplete { missing: Vec<RecruitmentPart> } = Conflict "recruitment_incomplete" "recruitment has to tell place, content, risks, safeguards and contact";
    /// What recruitment tells is public for ever: it holds no person's mobile or identity number.
    RecruitmentPersonal = Invalid "recruitment_personal" "what recruitment tells is public for ever: no person's mobile or identity number";
    /// Sign-up opens before it closes, and closes and is withdrawn from before the activity ends.
    EnrolmentTimesInvalid = Invalid "enrolment_times_invalid" "sign-up opens before it closes, and both and the last withdrawal in time lie before the activity's end";
    /// A fence has a radius of 100 to 5,000 metres; position alone is enough only where there is a fence.
    FenceInvalid = Invalid "fence_invalid" "a fence has a radius of 100 to 5,000 metres, and position alone is enough only where there is one";
    /// The activity's unit must be the programme's unit or one under it.
    ActivityOutsideProgramme = Invalid "activity_outside_programme" "the unit is neither the programme's unit nor under it";
    /// The window must end after it starts and last at most 366 days.
    WindowInvalid = Invalid "window_invalid" "the window must end after it starts and last at most 366 days";
}
