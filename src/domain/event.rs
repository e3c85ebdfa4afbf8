//! What happened: the content of a journal entry, and how it carries into the world.
//!
//! An event holds ids, figures and commitments to what is kept beside the journal; never a person's
//! data. Given the entries in order, [`evolve`] makes all derived state, which is how `verify`
//! recomputes it.

use super::account::Posting;
use super::activity::{self, ActivityDetails, Measure};
use super::actor::{Actor, Role};
use super::amounts::{Minutes, Points};
use super::assessment::{self, AssessmentTerms};
use super::calendar::{self, MarkedDay};
use super::certificate::{self, Period};
use super::correction::{self, Complaint, CorrectionStatus};
use super::export::Export;
use super::finding::FindingRule;
use super::finding::dismissal::{self, FindingId};
use super::ids::{
    ActivityId, CertificateId, CorrectionId, LotId, ModelPostId, ObjectionId, OperatorId, PledgeId, PolicyId,
    ProgrammeId, RecordId, RedemptionId, RewardId, Seq, TransferId, UnitId, VolunteerId,
};
use super::model_post;
use super::notice::{self, NoticeDays};
use super::objection::{self, ObjectionStatus};
use super::operator;
use super::pledge;
use super::points::{self, Lot};
use super::policy::{self, PolicyTerms};
use super::programme::{self, ProgrammeDetails};
use super::record::{self, Evidence, Submission};
use super::redemption::{self, Placement, RedemptionStatus};
use super::reward;
use super::rules::Rules;
use super::star::{self, StarTerms};
use super::text::{Name, UnitCode};
use super::time::{Interval, Timestamp};
use super::transfer::{self, TransferStatus};
use super::unit::{self, Headcount, UnitKind};
use super::volunteer;
use super::world::{Key, Stop, World, YearMonth};
use chrono::NaiveDate;
use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A salted SHA-256 over something kept beside the journal: binds it without showing it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Commitment(pub [u8; 32]);

/// Part of a lot: how many of its points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draw {
    pub lot: LotId,
    pub points: Points,
}

impl Draw {
    /// All that is left of a lot.
    #[must_use]
    pub fn all_of(lot: &Lot) -> Self {
        Self { lot: lot.id, points: lot.remaining }
    }
}

/// Minutes not credited, with a commitment to the reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deduction {
    pub minutes: Minutes,
    pub reason: Commitment,
}

/// What crediting a record came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crediting {
    pub credited_minutes: Minutes,
    pub deductions: Vec<Deduction>,
    pub award: Option<Award>,
}

/// The lot of points that a crediting gave, and what of it went to settle a debt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Award {
    pub policy: PolicyId,
    pub points: Points,
    pub issued_by: UnitId,
    pub service_month: YearMonth,
    pub expires_at: Option<Timestamp>,
    pub settled: Vec<Draw>,
}

/// Where held points went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// Back to their lots.
    pub returned: Vec<Draw>,
    /// Their lot's validity ended while they were held.
    pub lapsed: Vec<Draw>,
    /// Of the returned: at once spent on a debt.
    pub settled: Vec<Draw>,
}

/// Every kind of change there is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    UnitCreated {
        code: UnitCode,
        name: Name,
        unit_kind: UnitKind,
        parent: Option<UnitId>,
    },
    HeadcountSet {
        unit: UnitId,
        effective_from: NaiveDate,
        staff: i64,
        party_members: i64,
    },
    VolunteerRegistered {
        unit: UnitId,
        person: Commitment,
    },
    VolunteerUpdated {
        volunteer: VolunteerId,
        person: Commitment,
    },
    VolunteerClosed {
        volunteer: VolunteerId,
        reason: Option<Commitment>,
        lapsed: Vec<Draw>,
    },
    ProgrammeCreated {
        unit: UnitId,
        details: ProgrammeDetails,
    },
    ProgrammeUpdated {
        programme: ProgrammeId,
        details: ProgrammeDetails,
    },
    ProgrammeClosed {
        programme: ProgrammeId,
    },
    ActivityCreated {
        programme: ProgrammeId,
        unit: UnitId,
        measure: Measure,
        details: ActivityDetails,
    },
    ActivityUpdated {
        activity: ActivityId,
        details: ActivityDetails,
    },
    ActivityCancelled {
        activity: ActivityId,
    },
    RecordSubmitted {
        activity: ActivityId,
        volunteer: VolunteerId,
        service: Interval,
        breaks: Vec<Interval>,
        evidence: Evidence,
        count: i64,
        claimed_minutes: Minutes,
        service_date: NaiveDate,
        late: bool,
        /// The last day on which it would have been in time. Entries from before there was a calendar
        /// say nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        record_by: Option<NaiveDate>,
        /// Until when it is on public notice, if it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        notice_ends_at: Option<Timestamp>,
        reason: Option<Commitment>,
        crediting: Option<Crediting>,
    },
    RecordCredited {
        record: RecordId,
        crediting: Crediting,
    },
    RecordRejected {
        record: RecordId,
        reason: Commitment,
    },
    RecordVoided {
        record: RecordId,
        reason: Commitment,
        taken: Vec<Draw>,
        owed: Points,
    },
    TransferRequested {
        volunteer: VolunteerId,
        from_unit: UnitId,
        to_unit: UnitId,
        consent: Option<Commitment>,
        expires_at: Timestamp,
    },
    TransferReleased {
        transfer: TransferId,
    },
    TransferAccepted {
        transfer: TransferId,
    },
    TransferRejected {
        transfer: TransferId,
        reason: Option<Commitment>,
    },
    TransferCancelled {
        transfer: TransferId,
    },
    TransferExpired {
        transfer: TransferId,
    },
    PolicyCreated {
        terms: PolicyTerms,
    },
    RewardCreated {
        unit: UnitId,
        name: Name,
        price: Points,
        stock: i64,
        hold_days: i64,
    },
    RewardRestocked {
        reward: RewardId,
        added: i64,
    },
    RewardWithdrawn {
        reward: RewardId,
    },
    RedemptionPlaced {
        reward: RewardId,
        volunteer: VolunteerId,
        unit: UnitId,
        points: Points,
        draws: Vec<Draw>,
        expires_at: Timestamp,
    },
    RedemptionFulfilled {
        redemption: RedemptionId,
    },
    RedemptionCancelled {
        redemption: RedemptionId,
        release: Release,
    },
    RedemptionExpired {
        redemption: RedemptionId,
        release: Release,
    },
    PointsExpired {
        volunteer: VolunteerId,
        draws: Vec<Draw>,
    },
    CertificateIssued {
        volunteer: VolunteerId,
        unit: UnitId,
        /// None for the whole life.
        period: Option<Period>,
        /// What had been recorded by this entry.
        as_of: Seq,
        credited_minutes: Minutes,
        records: i64,
        content: Commitment,
        replaces: Option<CertificateId>,
    },
    CertificateRevoked {
        certificate: CertificateId,
        reason: Commitment,
    },
    OperatorCreated {
        role: Role,
        unit: Option<UnitId>,
        volunteer: Option<VolunteerId>,
        login: Commitment,
    },
    OperatorUpdated {
        operator: OperatorId,
        role: Role,
        unit: Option<UnitId>,
        volunteer: Option<VolunteerId>,
    },
    OperatorDisabled {
        operator: OperatorId,
    },
    CalendarMarked {
        days: Vec<MarkedDay>,
    },
    NoticePolicySet {
        unit: UnitId,
        working_days: Option<NoticeDays>,
    },
    ObjectionRaised {
        record: RecordId,
        reason: Commitment,
    },
    ObjectionUpheld {
        objection: ObjectionId,
        reason: Commitment,
    },
    ObjectionDismissed {
        objection: ObjectionId,
        reason: Commitment,
    },
    CorrectionAsked {
        volunteer: VolunteerId,
        unit: UnitId,
        complaint: Complaint,
        words: Commitment,
    },
    CorrectionAccepted {
        correction: CorrectionId,
        led_to: Option<RecordId>,
        words: Option<Commitment>,
    },
    CorrectionDeclined {
        correction: CorrectionId,
        words: Commitment,
    },
    StarSchemeCreated {
        terms: StarTerms,
    },
    AssessmentSchemeCreated {
        version: i64,
        terms: AssessmentTerms,
    },
    PledgeMade {
        volunteer: VolunteerId,
        unit: UnitId,
        title: Commitment,
        due: NaiveDate,
    },
    PledgeFulfilled {
        pledge: PledgeId,
        record: RecordId,
    },
    PledgeEnded {
        pledge: PledgeId,
    },
    ModelPostAwarded {
        unit: UnitId,
        volunteer: Option<VolunteerId>,
        title: Commitment,
        starts_on: NaiveDate,
    },
    ModelPostEnded {
        post: ModelPostId,
        ends_on: NaiveDate,
    },
    ExportMade {
        export: Export,
    },
    FindingDismissed {
        finding: FindingId,
        rule: FindingRule,
        unit: UnitId,
        reason: Commitment,
    },
}

impl Event {
    /// The kind's name in the journal.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::UnitCreated { .. } => "unit_created",
            Self::HeadcountSet { .. } => "headcount_set",
            Self::VolunteerRegistered { .. } => "volunteer_registered",
            Self::VolunteerUpdated { .. } => "volunteer_updated",
            Self::VolunteerClosed { .. } => "volunteer_closed",
            Self::ProgrammeCreated { .. } => "programme_created",
            Self::ProgrammeUpdated { .. } => "programme_updated",
            Self::ProgrammeClosed { .. } => "programme_closed",
            Self::ActivityCreated { .. } => "activity_created",
            Self::ActivityUpdated { .. } => "activity_updated",
            Self::ActivityCancelled { .. } => "activity_cancelled",
            Self::RecordSubmitted { .. } => "record_submitted",
            Self::RecordCredited { .. } => "record_credited",
            Self::RecordRejected { .. } => "record_rejected",
            Self::RecordVoided { .. } => "record_voided",
            Self::TransferRequested { .. } => "transfer_requested",
            Self::TransferReleased { .. } => "transfer_released",
            Self::TransferAccepted { .. } => "transfer_accepted",
            Self::TransferRejected { .. } => "transfer_rejected",
            Self::TransferCancelled { .. } => "transfer_cancelled",
            Self::TransferExpired { .. } => "transfer_expired",
            Self::PolicyCreated { .. } => "policy_created",
            Self::RewardCreated { .. } => "reward_created",
            Self::RewardRestocked { .. } => "reward_restocked",
            Self::RewardWithdrawn { .. } => "reward_withdrawn",
            Self::RedemptionPlaced { .. } => "redemption_placed",
            Self::RedemptionFulfilled { .. } => "redemption_fulfilled",
            Self::RedemptionCancelled { .. } => "redemption_cancelled",
            Self::RedemptionExpired { .. } => "redemption_expired",
            Self::PointsExpired { .. } => "points_expired",
            Self::CertificateIssued { .. } => "certificate_issued",
            Self::CertificateRevoked { .. } => "certificate_revoked",
            Self::OperatorCreated { .. } => "operator_created",
            Self::OperatorUpdated { .. } => "operator_updated",
            Self::OperatorDisabled { .. } => "operator_disabled",
            Self::CalendarMarked { .. } => "calendar_marked",
            Self::NoticePolicySet { .. } => "notice_policy_set",
            Self::ObjectionRaised { .. } => "objection_raised",
            Self::ObjectionUpheld { .. } => "objection_upheld",
            Self::ObjectionDismissed { .. } => "objection_dismissed",
            Self::CorrectionAsked { .. } => "correction_asked",
            Self::CorrectionAccepted { .. } => "correction_accepted",
            Self::CorrectionDeclined { .. } => "correction_declined",
            Self::StarSchemeCreated { .. } => "star_scheme_created",
            Self::AssessmentSchemeCreated { .. } => "assessment_scheme_created",
            Self::PledgeMade { .. } => "pledge_made",
            Self::PledgeFulfilled { .. } => "pledge_fulfilled",
            Self::PledgeEnded { .. } => "pledge_ended",
            Self::ModelPostAwarded { .. } => "model_post_awarded",
            Self::ModelPostEnded { .. } => "model_post_ended",
            Self::ExportMade { .. } => "export_made",
            Self::FindingDismissed { .. } => "finding_dismissed",
        }
    }
}

/// The kinds of event that change the house: units, programmes, operators, policies, schemes, the calendar. All
/// others leave it as it is ([`World::keep_house`]).
pub const HOUSE_KINDS: [&str; 13] = [
    "unit_created",
    "headcount_set",
    "programme_created",
    "programme_updated",
    "programme_closed",
    "policy_created",
    "operator_created",
    "operator_updated",
    "operator_disabled",
    "calendar_marked",
    "notice_policy_set",
    "star_scheme_created",
    "assessment_scheme_created",
];

/// An entry of the journal before it is sealed into the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub seq: Seq,
    /// When the ledger took it: never goes back.
    pub recorded_at: Timestamp,
    pub actor: Actor,
    /// The day that it concerns: of service, of effect.
    pub effective_date: NaiveDate,
    /// The entry that it reverses.
    pub reverses: Option<Seq>,
    pub event: Event,
    /// Sum to nought in each asset, and in points within each unit's books.
    pub postings: Vec<Posting>,
}

/// Carries an entry into the world: derived rows and balances. Changes nothing if it stops.
pub fn evolve(world: &mut World, rules: &Rules, draft: &Draft) -> Result<(), Stop> {
    world.want_all(keys(world, draft)?)?;
    apply(world, rules, draft)?;
    world.post(&draft.postings);
    Ok(())
}

/// Everything that [`apply`] reads, so that it cannot stop half-way.
fn keys(world: &World, draft: &Draft) -> Result<Vec<Key>, Stop> {
    Ok(match &draft.event {
        Event::UnitCreated { parent, .. } => unit::keys_of_parent(*parent),
        Event::VolunteerUpdated { volunteer, .. } => vec![Key::Volunteer(*volunteer)],
        Event::VolunteerClosed { volunteer, lapsed, .. } => {
            [Key::Volunteer(*volunteer)].into_iter().chain(points::keys(lapsed)).collect()
        }
        Event::ProgrammeUpdated { programme, .. } | Event::ProgrammeClosed { programme } => {
            vec![Key::Programme(*programme)]
        }
        Event::ActivityUpdated { activity, .. } | Event::ActivityCancelled { activity } => {
            vec![Key::Activity(*activity)]
        }
        Event::RecordSubmitted { activity, volunteer, crediting, .. } => {
            let fixed = [Key::Activity(*activity), Key::Volunteer(*volunteer)];
            let settled = crediting.iter().flat_map(|crediting| keys_of_crediting(draft, crediting));
            fixed.into_iter().chain(settled).collect()
        }
        Event::RecordCredited { record, crediting } => {
            let volunteer = world.record(*record)?.volunteer;
            [Key::Volunteer(volunteer)].into_iter().chain(keys_of_crediting(draft, crediting)).collect()
        }
        Event::RecordRejected { record, .. } => vec![Key::Activity(world.record(*record)?.activity)],
        Event::RecordVoided { record, taken, .. } => {
            let record = world.record(*record)?;
            let fixed = [Key::Activity(record.activity), Key::Volunteer(record.volunteer)];
            fixed.into_iter().chain(record.lot.map(Key::Lot)).chain(points::keys(taken)).collect()
        }
        Event::TransferRequested { volunteer, .. } => vec![Key::Volunteer(*volunteer)],
        Event::TransferReleased { transfer }
        | Event::TransferAccepted { transfer }
        | Event::TransferRejected { transfer, .. }
        | Event::TransferCancelled { transfer }
        | Event::TransferExpired { transfer } => vec![Key::Volunteer(world.transfer(*transfer)?.volunteer)],
        Event::RewardRestocked { reward, .. } | Event::RewardWithdrawn { reward } => {
            vec![Key::Reward(*reward)]
        }
        Event::RedemptionPlaced { reward, volunteer, draws, .. } => {
            [Key::Reward(*reward), Key::Volunteer(*volunteer)]
                .into_iter()
                .chain(points::keys(draws))
                .collect()
        }
        Event::RedemptionFulfilled { redemption } => keys_of_redemption(world, *redemption)?,
        Event::RedemptionCancelled { redemption, release }
        | Event::RedemptionExpired { redemption, release } => {
            let draws = points::keys(&release.returned).chain(points::keys(&release.lapsed));
            keys_of_redemption(world, *redemption)?.into_iter().chain(draws).collect()
        }
        Event::PointsExpired { draws, .. } => points::keys(draws).collect(),
        Event::CertificateIssued { replaces, .. } => replaces.map(Key::Certificate).into_iter().collect(),
        Event::CertificateRevoked { certificate, .. } => vec![Key::Certificate(*certificate)],
        Event::OperatorUpdated { operator, .. } | Event::OperatorDisabled { operator } => {
            vec![Key::Operator(*operator)]
        }
        Event::ObjectionRaised { record, .. } => vec![Key::Record(*record)],
        Event::ObjectionUpheld { objection, .. } | Event::ObjectionDismissed { objection, .. } => {
            objection::keys_of_resolution(world, *objection)?
        }
        Event::CorrectionAccepted { correction, .. } | Event::CorrectionDeclined { correction, .. } => {
            correction::keys_of_decision(*correction)
        }
        Event::PledgeFulfilled { pledge, .. } | Event::PledgeEnded { pledge } => vec![Key::Pledge(*pledge)],
        Event::ModelPostEnded { post, .. } => vec![Key::ModelPost(*post)],
        Event::HeadcountSet { .. }
        | Event::VolunteerRegistered { .. }
        | Event::ProgrammeCreated { .. }
        | Event::ActivityCreated { .. }
        | Event::PolicyCreated { .. }
        | Event::RewardCreated { .. }
        | Event::OperatorCreated { .. }
        | Event::CalendarMarked { .. }
        | Event::NoticePolicySet { .. }
        | Event::CorrectionAsked { .. }
        | Event::StarSchemeCreated { .. }
        | Event::AssessmentSchemeCreated { .. }
        | Event::PledgeMade { .. }
        | Event::ModelPostAwarded { .. }
        | Event::ExportMade { .. }
        | Event::FindingDismissed { .. } => Vec::new(),
    })
}

/// The lots that settle a debt, but for the new one, which the entry itself makes.
fn keys_of_crediting(draft: &Draft, crediting: &Crediting) -> impl Iterator<Item = Key> {
    let settled = crediting.award.as_ref().map(|award| award.settled.as_slice()).unwrap_or_default();
    points::keys(settled).filter(|key| *key != Key::Lot(LotId::new(draft.seq)))
}

fn keys_of_redemption(world: &World, id: RedemptionId) -> Result<Vec<Key>, Stop> {
    let redemption = world.redemption(id)?;
    Ok(vec![Key::Volunteer(redemption.volunteer), Key::Reward(redemption.reward)])
}

fn apply(world: &mut World, rules: &Rules, draft: &Draft) -> Result<(), Stop> {
    match &draft.event {
        Event::UnitCreated { code, name, unit_kind, parent } => {
            unit::evolve_created(world, draft, (code, name, *unit_kind), *parent)
        }
        Event::HeadcountSet { unit, effective_from, staff, party_members } => {
            world.put_headcount(Headcount {
                unit: *unit,
                effective_from: *effective_from,
                staff: *staff,
                party_members: *party_members,
                version: draft.seq,
            });
            Ok(())
        }
        Event::VolunteerRegistered { unit, .. } => {
            volunteer::evolve_registered(world, draft, *unit);
            Ok(())
        }
        Event::VolunteerUpdated { volunteer, .. } => volunteer::evolve_updated(world, draft, *volunteer),
        Event::VolunteerClosed { volunteer, lapsed, .. } => {
            volunteer::evolve_closed(world, draft, *volunteer, lapsed)
        }
        Event::ProgrammeCreated { unit, details } => {
            programme::evolve_created(world, draft, *unit, details);
            Ok(())
        }
        Event::ProgrammeUpdated { programme, details } => {
            programme::evolve_changed(world, draft, *programme, |programme| {
                programme.details.clone_from(details);
            })
        }
        Event::ProgrammeClosed { programme } => {
            programme::evolve_changed(world, draft, *programme, |programme| programme.closed = true)
        }
        Event::ActivityCreated { programme, unit, measure, details } => {
            activity::evolve_created(world, draft, (*programme, *unit), *measure, details);
            Ok(())
        }
        Event::ActivityUpdated { activity, details } => {
            activity::evolve_changed(world, draft, *activity, |activity| activity.details.clone_from(details))
        }
        Event::ActivityCancelled { activity } => {
            activity::evolve_changed(world, draft, *activity, |activity| activity.cancelled = true)
        }
        Event::RecordSubmitted { .. }
        | Event::RecordCredited { .. }
        | Event::RecordRejected { .. }
        | Event::RecordVoided { .. } => apply_to_record(world, rules, draft),
        Event::TransferRequested { volunteer, from_unit, to_unit, expires_at, .. } => {
            transfer::evolve_requested(world, draft, *volunteer, (*from_unit, *to_unit), *expires_at)
        }
        Event::TransferReleased { transfer }
        | Event::TransferAccepted { transfer }
        | Event::TransferRejected { transfer, .. }
        | Event::TransferCancelled { transfer }
        | Event::TransferExpired { transfer } => {
            transfer::evolve_step(world, draft, *transfer, status_after(&draft.event))
        }
        Event::PolicyCreated { terms } => {
            policy::evolve_created(world, draft, terms);
            Ok(())
        }
        Event::RewardCreated { unit, name, price, stock, hold_days } => {
            reward::evolve_created(world, draft, (*unit, name), *price, (*stock, *hold_days));
            Ok(())
        }
        Event::RewardRestocked { reward, added } => {
            reward::evolve_changed(world, *reward, |reward| reward.stock_available += added)
        }
        Event::RewardWithdrawn { reward } => {
            reward::evolve_changed(world, *reward, |reward| reward.withdrawn = true)
        }
        Event::RedemptionPlaced { reward, volunteer, unit, points, draws, expires_at } => {
            let (reward, volunteer, unit) = (*reward, *volunteer, *unit);
            let (points, expires_at) = (*points, *expires_at);
            redemption::evolve_placed(
                world,
                draft,
                &Placement { reward, volunteer, unit, points, draws, expires_at },
            )
        }
        Event::RedemptionFulfilled { redemption } => redemption::evolve_fulfilled(world, draft, *redemption),
        Event::RedemptionCancelled { redemption, release } => {
            redemption::evolve_released(world, draft, *redemption, release, RedemptionStatus::Cancelled)
        }
        Event::RedemptionExpired { redemption, release } => {
            redemption::evolve_released(world, draft, *redemption, release, RedemptionStatus::Expired)
        }
        Event::PointsExpired { draws, .. } => points::lapse(world, draws),
        Event::CertificateIssued { .. } | Event::CertificateRevoked { .. } => {
            certificate::evolve(world, draft)
        }
        Event::OperatorCreated { .. } | Event::OperatorUpdated { .. } | Event::OperatorDisabled { .. } => {
            apply_to_operator(world, draft)
        }
        Event::CalendarMarked { .. }
        | Event::NoticePolicySet { .. }
        | Event::ObjectionRaised { .. }
        | Event::ObjectionUpheld { .. }
        | Event::ObjectionDismissed { .. }
        | Event::CorrectionAsked { .. }
        | Event::CorrectionAccepted { .. }
        | Event::CorrectionDeclined { .. } => apply_statutory_step(world, rules, draft),
        Event::StarSchemeCreated { .. }
        | Event::AssessmentSchemeCreated { .. }
        | Event::PledgeMade { .. }
        | Event::PledgeFulfilled { .. }
        | Event::PledgeEnded { .. }
        | Event::ModelPostAwarded { .. }
        | Event::ModelPostEnded { .. } => apply_to_assessment(world, draft),
        // That data were taken out is a fact of the journal; nothing follows from it.
        Event::ExportMade { .. } => Ok(()),
        Event::FindingDismissed { finding, rule, unit, .. } => {
            dismissal::evolve_dismissed(world, draft, *finding, *rule, *unit);
            Ok(())
        }
    }
}

/// Where a step leaves a transfer.
fn status_after(step: &Event) -> TransferStatus {
    match step {
        Event::TransferReleased { .. } => TransferStatus::Released,
        Event::TransferAccepted { .. } => TransferStatus::Accepted,
        Event::TransferRejected { .. } => TransferStatus::Rejected,
        Event::TransferCancelled { .. } => TransferStatus::Cancelled,
        Event::TransferExpired { .. } => TransferStatus::Expired,
        _ => TransferStatus::Requested,
    }
}

fn apply_to_operator(world: &mut World, draft: &Draft) -> Result<(), Stop> {
    match &draft.event {
        Event::OperatorCreated { role, unit, volunteer, .. } => {
            operator::evolve_created(world, draft, *role, *unit, *volunteer);
            Ok(())
        }
        Event::OperatorUpdated { operator, role, unit, volunteer } => {
            operator::evolve_changed(world, draft, *operator, |operator| {
                operator.role = *role;
                operator.unit = *unit;
                operator.volunteer = *volunteer;
            })
        }
        Event::OperatorDisabled { operator } => {
            operator::evolve_changed(world, draft, *operator, |operator| operator.active = false)
        }
        _ => Ok(()),
    }
}

/// Stars, the assessment of units, pledges and model posts.
fn apply_to_assessment(world: &mut World, draft: &Draft) -> Result<(), Stop> {
    match &draft.event {
        Event::StarSchemeCreated { terms } => star::evolve_created(world, draft, terms),
        Event::AssessmentSchemeCreated { version, terms } => {
            assessment::evolve_created(world, draft, *version, terms);
        }
        Event::PledgeMade { volunteer, unit, title, due } => {
            pledge::evolve_made(world, draft, (*volunteer, *unit), *title, *due);
        }
        Event::PledgeFulfilled { pledge, record } => {
            pledge::evolve_changed(world, *pledge, |pledge| pledge.records.push(*record))?;
        }
        Event::PledgeEnded { pledge } => {
            pledge::evolve_changed(world, *pledge, |pledge| pledge.ended_at = Some(draft.recorded_at))?;
        }
        Event::ModelPostAwarded { unit, volunteer, title, starts_on } => {
            model_post::evolve_awarded(world, draft, (*unit, *volunteer), *title, *starts_on);
        }
        Event::ModelPostEnded { post, ends_on } => model_post::evolve_ended(world, *post, *ends_on)?,
        _ => {}
    }
    Ok(())
}

fn apply_to_record(world: &mut World, rules: &Rules, draft: &Draft) -> Result<(), Stop> {
    match &draft.event {
        Event::RecordSubmitted {
            activity,
            volunteer,
            service,
            breaks,
            evidence,
            count,
            claimed_minutes,
            service_date,
            late,
            record_by,
            notice_ends_at,
            crediting,
            ..
        } => record::evolve_submitted(
            world,
            rules,
            draft,
            &Submission {
                activity: *activity,
                volunteer: *volunteer,
                service: *service,
                breaks,
                evidence: *evidence,
                count: *count,
                claimed_minutes: *claimed_minutes,
                service_date: *service_date,
                late: *late,
                record_by: *record_by,
                notice_ends_at: *notice_ends_at,
                crediting: crediting.as_ref(),
            },
        ),
        Event::RecordCredited { record, crediting } => {
            record::evolve_credited(world, rules, draft, *record, crediting)
        }
        Event::RecordRejected { record, .. } => record::evolve_rejected(world, rules, draft, *record),
        Event::RecordVoided { record, taken, owed, .. } => {
            record::evolve_voided(world, rules, draft, *record, (taken, *owed))
        }
        _ => Ok(()),
    }
}

fn apply_statutory_step(world: &mut World, rules: &Rules, draft: &Draft) -> Result<(), Stop> {
    match &draft.event {
        Event::CalendarMarked { days } => {
            calendar::evolve_marked(world, draft, days);
            Ok(())
        }
        Event::NoticePolicySet { unit, working_days } => {
            notice::evolve_set(world, draft, *unit, *working_days);
            Ok(())
        }
        Event::ObjectionRaised { record, .. } => objection::evolve_raised(world, rules, draft, *record),
        Event::ObjectionUpheld { objection, .. } => {
            objection::evolve_resolved(world, rules, draft, *objection, ObjectionStatus::Upheld)
        }
        Event::ObjectionDismissed { objection, .. } => {
            objection::evolve_resolved(world, rules, draft, *objection, ObjectionStatus::Dismissed)
        }
        Event::CorrectionAsked { volunteer, unit, complaint, .. } => {
            correction::evolve_asked(world, draft, (*volunteer, *unit), *complaint);
            Ok(())
        }
        Event::CorrectionAccepted { correction, led_to, .. } => {
            correction::evolve_decided(world, draft, *correction, CorrectionStatus::Accepted, *led_to)
        }
        Event::CorrectionDeclined { correction, .. } => {
            correction::evolve_decided(world, draft, *correction, CorrectionStatus::Declined, None)
        }
        _ => Ok(()),
    }
}

impl fmt::Display for Commitment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        HEXLOWER.encode_display(&self.0).fmt(f)
    }
}

impl fmt::Debug for Commitment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text is not 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected 64 hexadecimal digits")]
pub struct NotACommitment;

impl FromStr for Commitment {
    type Err = NotACommitment;

    fn from_str(text: &str) -> Result<Self, NotACommitment> {
        let bytes = HEXLOWER_PERMISSIVE.decode(text.as_bytes()).map_err(|_| NotACommitment)?;
        bytes.try_into().map(Self).map_err(|_| NotACommitment)
    }
}

impl Serialize for Commitment {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Commitment {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        String::deserialize(input)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commitment_is_64_hexadecimal_digits() {
        let commitment = Commitment([0xab; 32]);
        assert_eq!(commitment.to_string(), "ab".repeat(32));
        for text in ["ab".repeat(32), "AB".repeat(32)] {
            assert_eq!(text.parse(), Ok(commitment), "{text}");
        }
        for wrong in ["", "ab", &"ab".repeat(33), &"+a".repeat(32), &"g0".repeat(32), &"é".repeat(32)] {
            assert_eq!(wrong.parse::<Commitment>(), Err(NotACommitment), "{wrong}");
        }
    }
}
