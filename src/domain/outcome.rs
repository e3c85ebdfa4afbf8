//! The answer to an accepted command: the thing that it made or changed, as it then stood.
//!
//! Answers hold no personal data, so that a stored answer can be replayed for ever.

use super::activity::Activity;
use super::assessment::AssessmentScheme;
use super::calendar::{self, CalendarDay};
use super::certificate::Certificate;
use super::correction::Correction;
use super::event::{Draft, Event};
use super::export::Export;
use super::finding::dismissal::{Dismissal, dismissal_of};
use super::ids::{
    ActivityId, AssessmentSchemeId, CertificateId, CorrectionId, ModelPostId, ObjectionId, OperatorId,
    PledgeId, PolicyId, ProgrammeId, RecordId, RedemptionId, RewardId, StarSchemeId, TransferId, UnitId,
    VolunteerId,
};
use super::model_post::ModelPost;
use super::notice::NoticePolicy;
use super::objection::Objection;
use super::operator::Operator;
use super::pledge::Pledge;
use super::policy::{PointsPolicy, PolicyTerms};
use super::programme::Programme;
use super::record::ServiceRecord;
use super::redemption::Redemption;
use super::reward::Reward;
use super::star::{self, StarScheme};
use super::transfer::Transfer;
use super::unit::{Headcount, Unit};
use super::volunteer::Volunteer;
use super::world::{Stop, World};
use serde::{Deserialize, Serialize};

/// The thing that a command made or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "thing", rename_all = "snake_case")]
pub enum Outcome {
    Unit(Unit),
    Headcount(Headcount),
    Volunteer(Volunteer),
    Programme(Programme),
    Activity(Activity),
    Record(Box<ServiceRecord>),
    Transfer(Transfer),
    Policy(PointsPolicy),
    Reward(Reward),
    Redemption(Redemption),
    Certificate(Certificate),
    Operator(Operator),
    Calendar { days: Vec<CalendarDay> },
    NoticePolicy(NoticePolicy),
    Objection(Objection),
    Correction(Correction),
    StarScheme(StarScheme),
    AssessmentScheme(AssessmentScheme),
    Pledge(Pledge),
    ModelPost(ModelPost),
    Export(Export),
    Dismissal(Dismissal),
}

/// The thing that the entry made or changed, once the entry has been carried into the world.
pub fn outcome(world: &World, draft: &Draft) -> Result<Outcome, Stop> {
    let seq = draft.seq;
    Ok(match &draft.event {
        Event::UnitCreated { .. } => Outcome::Unit(world.unit(UnitId::new(seq))?.clone()),
        Event::HeadcountSet { unit, effective_from, staff, party_members } => Outcome::Headcount(Headcount {
            unit: *unit,
            effective_from: *effective_from,
            staff: *staff,
            party_members: *party_members,
            version: seq,
        }),
        Event::VolunteerRegistered { .. } => volunteer(world, VolunteerId::new(seq))?,
        Event::VolunteerUpdated { volunteer: id, .. }
        | Event::VolunteerClosed { volunteer: id, .. }
        | Event::PointsExpired { volunteer: id, .. } => volunteer(world, *id)?,
        Event::ProgrammeCreated { .. } => programme(world, ProgrammeId::new(seq))?,
        Event::ProgrammeUpdated { programme: id, .. } | Event::ProgrammeClosed { programme: id } => {
            programme(world, *id)?
        }
        Event::ActivityCreated { .. } => activity(world, ActivityId::new(seq))?,
        Event::ActivityUpdated { activity: id, .. } | Event::ActivityCancelled { activity: id } => {
            activity(world, *id)?
        }
        Event::RecordSubmitted { .. } => record(world, RecordId::new(seq))?,
        Event::RecordCredited { record: id, .. }
        | Event::RecordRejected { record: id, .. }
        | Event::RecordVoided { record: id, .. } => record(world, *id)?,
        Event::TransferRequested { .. } => transfer(world, TransferId::new(seq))?,
        Event::TransferReleased { transfer: id }
        | Event::TransferAccepted { transfer: id }
        | Event::TransferRejected { transfer: id, .. }
        | Event::TransferCancelled { transfer: id }
        | Event::TransferExpired { transfer: id } => transfer(world, *id)?,
        Event::PolicyCreated { terms } => Outcome::Policy(policy(PolicyId::new(seq), terms)),
        Event::RewardCreated { .. } => reward(world, RewardId::new(seq))?,
        Event::RewardRestocked { reward: id, .. } | Event::RewardWithdrawn { reward: id } => {
            reward(world, *id)?
        }
        Event::RedemptionPlaced { .. } => redemption(world, RedemptionId::new(seq))?,
        Event::RedemptionFulfilled { redemption: id }
        | Event::RedemptionCancelled { redemption: id, .. }
        | Event::RedemptionExpired { redemption: id, .. } => redemption(world, *id)?,
        Event::CertificateIssued { .. } => certificate(world, CertificateId::new(seq))?,
        Event::CertificateRevoked { certificate: id, .. } => certificate(world, *id)?,
        Event::OperatorCreated { .. } => operator(world, OperatorId::new(seq))?,
        Event::OperatorUpdated { operator: id, .. } | Event::OperatorDisabled { operator: id } => {
            operator(world, *id)?
        }
        Event::NoticePolicySet { unit, working_days } => {
            Outcome::NoticePolicy(NoticePolicy { unit: *unit, working_days: *working_days, version: seq })
        }
        Event::ObjectionRaised { .. } => objection(world, ObjectionId::new(seq))?,
        Event::ObjectionUpheld { objection: id, .. } | Event::ObjectionDismissed { objection: id, .. } => {
            objection(world, *id)?
        }
        Event::CorrectionAsked { .. } => correction(world, CorrectionId::new(seq))?,
        Event::CorrectionAccepted { correction: id, .. }
        | Event::CorrectionDeclined { correction: id, .. } => correction(world, *id)?,
        Event::CalendarMarked { days } => Outcome::Calendar { days: calendar::days_of(seq, days) },
        Event::StarSchemeCreated { terms } => {
            Outcome::StarScheme(star::scheme(StarSchemeId::new(seq), terms))
        }
        Event::AssessmentSchemeCreated { version, terms } => Outcome::AssessmentScheme(AssessmentScheme {
            id: AssessmentSchemeId::new(seq),
            version: *version,
            terms: terms.clone(),
        }),
        Event::PledgeMade { .. } => pledge(world, PledgeId::new(seq))?,
        Event::PledgeFulfilled { pledge: id, .. } | Event::PledgeEnded { pledge: id } => pledge(world, *id)?,
        Event::ModelPostAwarded { .. } => model_post(world, ModelPostId::new(seq))?,
        Event::ModelPostEnded { post: id, .. } => model_post(world, *id)?,
        Event::ExportMade { export } => Outcome::Export(export.clone()),
        Event::FindingDismissed { finding, rule, unit, .. } => {
            Outcome::Dismissal(dismissal_of(draft, *finding, *rule, *unit))
        }
    })
}

fn volunteer(world: &World, id: VolunteerId) -> Result<Outcome, Stop> {
    Ok(Outcome::Volunteer(world.volunteer(id)?.clone()))
}

fn programme(world: &World, id: ProgrammeId) -> Result<Outcome, Stop> {
    Ok(Outcome::Programme(world.programme(id)?.clone()))
}

fn activity(world: &World, id: ActivityId) -> Result<Outcome, Stop> {
    Ok(Outcome::Activity(world.activity(id)?.clone()))
}

fn record(world: &World, id: RecordId) -> Result<Outcome, Stop> {
    Ok(Outcome::Record(Box::new(world.record(id)?.clone())))
}

fn transfer(world: &World, id: TransferId) -> Result<Outcome, Stop> {
    Ok(Outcome::Transfer(world.transfer(id)?.clone()))
}

fn policy(id: PolicyId, terms: &PolicyTerms) -> PointsPolicy {
    PointsPolicy { id, effective_from: terms.effective_from, terms: terms.clone() }
}

fn reward(world: &World, id: RewardId) -> Result<Outcome, Stop> {
    Ok(Outcome::Reward(world.reward(id)?.clone()))
}

fn redemption(world: &World, id: RedemptionId) -> Result<Outcome, Stop> {
    Ok(Outcome::Redemption(world.redemption(id)?.clone()))
}

fn certificate(world: &World, id: CertificateId) -> Result<Outcome, Stop> {
    Ok(Outcome::Certificate(world.certificate(id)?.clone()))
}

fn operator(world: &World, id: OperatorId) -> Result<Outcome, Stop> {
    Ok(Outcome::Operator(world.operator(id)?.clone()))
}

fn objection(world: &World, id: ObjectionId) -> Result<Outcome, Stop> {
    Ok(Outcome::Objection(world.objection(id)?.clone()))
}

fn correction(world: &World, id: CorrectionId) -> Result<Outcome, Stop> {
    Ok(Outcome::Correction(world.correction(id)?.clone()))
}
fn pledge(world: &World, id: PledgeId) -> Result<Outcome, Stop> {
    Ok(Outcome::Pledge(world.pledge(id)?.clone()))
}

fn model_post(world: &World, id: ModelPostId) -> Result<Outcome, Stop> {
    Ok(Outcome::ModelPost(world.model_post(id)?.clone()))
}

/// The unit whose auditors see an entry: that of the thing that it made or changed.
#[must_use]
pub fn unit_of(outcome: &Outcome) -> Option<UnitId> {
    match outcome {
        Outcome::Unit(unit) => Some(unit.id),
        Outcome::Headcount(headcount) => Some(headcount.unit),
        Outcome::Volunteer(volunteer) => Some(volunteer.unit),
        Outcome::Programme(programme) => Some(programme.unit),
        Outcome::Activity(activity) => Some(activity.unit),
        Outcome::Record(record) => Some(record.unit),
        Outcome::Transfer(transfer) => Some(transfer.from_unit),
        Outcome::Policy(_)
        | Outcome::Calendar { .. }
        | Outcome::StarScheme(_)
        | Outcome::AssessmentScheme(_) => None,
        Outcome::Reward(reward) => Some(reward.unit),
        Outcome::Redemption(redemption) => Some(redemption.unit),
        Outcome::Certificate(certificate) => Some(certificate.unit),
        Outcome::Operator(operator) => operator.unit,
        Outcome::NoticePolicy(policy) => Some(policy.unit),
        Outcome::Objection(objection) => Some(objection.unit),
        Outcome::Correction(correction) => Some(correction.unit),
        Outcome::Pledge(pledge) => Some(pledge.unit),
        Outcome::ModelPost(post) => Some(post.unit),
        Outcome::Export(export) => export.unit,
        Outcome::Dismissal(dismissal) => Some(dismissal.unit),
    }
}
