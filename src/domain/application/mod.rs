//! Applications (注册申请): somebody signed in, whom nobody knows yet, asks to be registered with a unit. The unit's office
//! confirms it against the document that it has seen, finds that the person is there already, or declines with a reason.
//!
//! Who applies stands beside the journal, encrypted, until that is decided; of who was declined for thirty days more, so
//! that they can be told why.

mod kept;
pub mod rules;

use super::actor::Actor;
use super::binding::OutsideIdentity;
use super::commitment::{Commitment, Committed};
use super::ids::{ApplicationId, Seq, UnitId, VolunteerId};
use super::noun::{Row, Thing, events, refusals};
use super::person::{BlindIndex, Person, PersonIndexes};
use super::text::Note;
use super::time::Timestamp;
use crate::domain::choice::choice;
use serde::{Deserialize, Serialize};

choice! {
    /// Where an application stands.
    pub enum ApplicationStatus {
        /// Waits for the unit's office.
        Open,
        /// The person was registered.
        Confirmed,
        /// The person was registered already, and is bound to that number.
        Recognised,
        /// Not confirmed, for the reason given.
        Declined,
        /// Taken back by who applied.
        Withdrawn,
        /// Nobody decided it within sixty days.
        Lapsed,
    }
}

/// How many days an application waits.
const OPEN_DAYS: i64 = 60;
/// For how many days who was declined can be told why.
const DECLINED_DAYS: i64 = 30;

/// That somebody asks to be registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    pub id: ApplicationId,
    /// The unit that is to register the person.
    pub unit: UnitId,
    pub status: ApplicationStatus,
    pub made_at: Timestamp,
    pub decided_by: Option<Actor>,
    pub decided_at: Option<Timestamp>,
    pub decided_entry: Option<Seq>,
    /// Who it came to be.
    pub volunteer: Option<VolunteerId>,
    /// First instant at which what is kept of who applied goes; none once it is gone.
    pub forget_at: Option<Timestamp>,
}

impl Row for Application {
    type Key = ApplicationId;

    fn key(&self) -> ApplicationId {
        self.id
    }
}

impl Thing for Application {
    fn unit(&self) -> Option<UnitId> {
        Some(self.unit)
    }
}

/// Who applies. In this form it is committed to, and kept: the names are for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applicant {
    pub person: Person,
    /// By whom they signed in, and will be bound.
    pub identity: OutsideIdentity,
}

/// By what an applicant is found without being shown: each has one open application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ApplicantIndexes {
    /// Of document kind and number.
    pub document: BlindIndex,
    /// Of the outside identity.
    pub subject: BlindIndex,
}

/// Asks to be registered with a unit.
#[derive(Clone, Debug)]
pub struct Apply {
    pub unit: UnitId,
    pub applicant: Committed<Applicant>,
    pub indexes: ApplicantIndexes,
}

/// Registers who applied, and binds them, in one step.
#[derive(Clone, Debug)]
pub struct ConfirmApplication {
    pub application: ApplicationId,
    /// The blind index of the document that the office has seen.
    pub seen: BlindIndex,
    /// Who applied; none if that is gone.
    pub applicant: Option<KnownApplicant>,
    /// Why it is another person than one of the same name, birth date and mobile.
    pub another_person: Option<Committed<Note>>,
}

/// Who applied, as it was read, to be kept from now on as a volunteer's.
#[derive(Clone, Debug)]
pub struct KnownApplicant {
    pub person: Committed<Person>,
    pub indexes: PersonIndexes,
    pub identity: Committed<OutsideIdentity>,
    pub subject: BlindIndex,
}

/// Binds who applied to the number that they have already.
#[derive(Clone, Debug)]
pub struct RecogniseApplicant {
    pub application: ApplicationId,
    pub volunteer: VolunteerId,
    /// By whom they signed in, and the blind index of the document that they applied with; none if that is gone.
    pub applicant: Option<(Committed<OutsideIdentity>, ApplicantIndexes)>,
}

/// Does not confirm it, and says why.
#[derive(Clone, Debug)]
pub struct DeclineApplication {
    pub application: ApplicationId,
    pub reason: Committed<Note>,
}

/// Takes it back. The service has seen that it is the applicant's own.
#[derive(Clone, Copy, Debug)]
pub struct WithdrawApplication {
    pub application: ApplicationId,
}

/// Time has passed: what is kept of who applied goes.
#[derive(Clone, Copy, Debug)]
pub struct ForgetApplication {
    pub application: ApplicationId,
}

events! {
    ApplicationMade = "application_made" {
        unit: UnitId,
        applicant: Commitment,
    }
    ApplicationConfirmed = "application_confirmed" {
        application: ApplicationId,
        volunteer: VolunteerId,
        /// Why it is another person than one who is alike.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        another_person: Option<Commitment>,
    }
    ApplicantRecognised = "applicant_recognised" {
        application: ApplicationId,
        volunteer: VolunteerId,
    }
    ApplicationDeclined = "application_declined" {
        application: ApplicationId,
        reason: Commitment,
    }
    ApplicationWithdrawn = "application_withdrawn" {
        application: ApplicationId,
    }
    ApplicationLapsed = "application_lapsed" {
        application: ApplicationId,
    }
    ApplicationForgotten = "application_forgotten" {
        application: ApplicationId,
    }
}

refusals! {
    /// No such application.
    ApplicationNotFound = NotFound "application_not_found" "there is no such application";
    /// Who signed in, or who has this document, has an open application.
    ApplicationOpen = Conflict "application_open" "an application waits to be decided already";
    /// The application was decided, taken back, or nobody decided it in time.
    ApplicationNotOpen { status: ApplicationStatus } = Conflict "application_not_open" "the application is {status}";
    /// The document that the office has seen is not the one that was applied with.
    DocumentDiffers = Invalid "document_differs" at "/document" "this is not the document that was applied with";
}
