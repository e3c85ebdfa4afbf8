//! What can be asked of the ledger, who may ask it, and the one place where it is judged.

use super::account::{Posting, Postings};
use super::activity::{self, CancelActivity, CreateActivity, UpdateActivity};
use super::actor::Actor;
use super::assessment::{self, CreateAssessmentScheme};
use super::calendar::{self, MarkDays};
use super::certificate::{self, CertificateContent, IssueCertificate, RevokeCertificate};
use super::correction::{self, AcceptCorrection, AskCorrection, DeclineCorrection};
use super::event::{Commitment, Draft, Event};
use super::export::{self, RecordExport};
use super::finding::dismissal::{self, DismissFinding};
use super::ids::{CertificateId, OperatorId, Seq, VolunteerId};
use super::model_post::{self, AwardModelPost, EndModelPost};
use super::notice::{self, SetNoticePolicy};
use super::objection::{self, RaiseObjection, ResolveObjection};
use super::operator::{self, CreateOperator, DisableOperator, Login, Operator, UpdateOperator};
use super::person::{Person, PersonIndexes};
use super::pledge::{self, EndPledge, FulfilPledge, MakePledge};
use super::policy::{self, CreatePolicy};
use super::programme::{self, CloseProgramme, CreateProgramme, UpdateProgramme};
use super::record::{self, CreditRecord, RejectRecord, SubmitRecord, VoidRecord};
use super::redemption::{
    self, CancelRedemption, ExpirePoints, ExpireRedemption, FulfilRedemption, PlaceRedemption,
};
use super::rejection::Rejection;
use super::reward::{self, CreateReward, RestockReward, WithdrawReward};
use super::rules::Rules;
use super::star::{self, CreateStarScheme};
use super::text::Note;
use super::time::Timestamp;
use super::transfer::{self, RequestTransfer, StepTransfer};
use super::unit::{self, CreateUnit, SetHeadcount, Unit};
use super::volunteer::{self, CloseVolunteer, Register, UpdateVolunteer, Volunteer, VolunteerStatus};
use super::world::{Stop, World};
use chrono::NaiveDate;

/// Everything that can be asked of the ledger.
#[derive(Clone, Debug)]
pub enum Command {
    CreateUnit(CreateUnit),
    SetHeadcount(SetHeadcount),
    Register(Register),
    UpdateVolunteer(UpdateVolunteer),
    CloseVolunteer(CloseVolunteer),
    CreateProgramme(CreateProgramme),
    UpdateProgramme(UpdateProgramme),
    CloseProgramme(CloseProgramme),
    CreateActivity(CreateActivity),
    UpdateActivity(UpdateActivity),
    CancelActivity(CancelActivity),
    SubmitRecord(SubmitRecord),
    CreditRecord(CreditRecord),
    RejectRecord(RejectRecord),
    VoidRecord(VoidRecord),
    RequestTransfer(RequestTransfer),
    StepTransfer(StepTransfer),
    CreatePolicy(CreatePolicy),
    CreateReward(CreateReward),
    RestockReward(RestockReward),
    WithdrawReward(WithdrawReward),
    PlaceRedemption(PlaceRedemption),
    FulfilRedemption(FulfilRedemption),
    CancelRedemption(CancelRedemption),
    ExpireRedemption(ExpireRedemption),
    ExpirePoints(ExpirePoints),
    IssueCertificate(IssueCertificate),
    RevokeCertificate(RevokeCertificate),
    CreateOperator(CreateOperator),
    UpdateOperator(UpdateOperator),
    DisableOperator(DisableOperator),
    MarkDays(MarkDays),
    SetNoticePolicy(SetNoticePolicy),
    RaiseObjection(RaiseObjection),
    ResolveObjection(ResolveObjection),
    AskCorrection(AskCorrection),
    AcceptCorrection(AcceptCorrection),
    DeclineCorrection(DeclineCorrection),
    CreateStarScheme(CreateStarScheme),
    CreateAssessmentScheme(CreateAssessmentScheme),
    MakePledge(MakePledge),
    FulfilPledge(FulfilPledge),
    EndPledge(EndPledge),
    AwardModelPost(AwardModelPost),
    EndModelPost(EndModelPost),
    RecordExport(RecordExport),
    DismissFinding(DismissFinding),
}

/// Content that is kept beside the journal, with the salt and commitment that bind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Committed<T> {
    pub content: T,
    pub salt: [u8; 16],
    pub commitment: Commitment,
}

/// What is written beside the journal in the same transaction.
#[derive(Clone, Debug)]
pub enum Private {
    /// Who a volunteer is.
    Person { volunteer: VolunteerId, person: Box<Committed<Person>>, indexes: PersonIndexes },
    /// What a certificate says.
    Certificate {
        certificate: CertificateId,
        volunteer: VolunteerId,
        content: Box<Committed<CertificateContent>>,
    },
    /// Everything known of a person goes, what certificates say included.
    ErasePerson { volunteer: VolunteerId },
    /// Somebody's words that the entry commits to.
    Note(Committed<Note>),
    /// How an operator logs in.
    Credential { operator: OperatorId, login: Committed<Login>, password_hash: Option<String> },
}

/// What a rule decided: the entry to be, and what is kept beside it.
#[derive(Debug)]
pub struct Decision {
    event: Event,
    postings: Postings,
    effective_date: Option<NaiveDate>,
    reverses: Option<Seq>,
    private: Vec<Private>,
}

impl Decision {
    pub(super) fn of(event: Event) -> Self {
        Self {
            event,
            postings: Postings::default(),
            effective_date: None,
            reverses: None,
            private: Vec::new(),
        }
    }

    pub(super) fn posting(self, postings: Postings) -> Self {
        Self { postings, ..self }
    }

    /// Says which day the entry concerns, where that is not today.
    pub(super) fn effective(self, date: NaiveDate) -> Self {
        Self { effective_date: Some(date), ..self }
    }

    pub(super) fn reversing(self, entry: Seq) -> Self {
        Self { reverses: Some(entry), ..self }
    }

    pub(super) fn with(mut self, private: Private) -> Self {
        self.private.push(private);
        self
    }

    pub(super) fn with_note(mut self, note: Option<&Committed<Note>>) -> Self {
        self.private.extend(note.cloned().map(Private::Note));
        self
    }
}

/// What a rule may look at.
#[derive(Debug)]
pub struct Ctx<'w> {
    pub world: &'w World,
    pub rules: &'w Rules,
    pub actor: Actor,
    /// The instant that the entry will bear.
    pub now: Timestamp,
    /// The position that the entry will have.
    pub seq: Seq,
}

impl<'w> Ctx<'w> {
    /// The local calendar day.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.rules.zone.date_of(self.now)
    }

    /// The operator who acts, if one does; refuses one who is disabled.
    pub(super) fn operator(&self) -> Result<Option<&'w Operator>, Stop> {
        let Actor::Operator(id) = self.actor else { return Ok(None) };
        let operator = self.world.operator(id)?;
        if operator.active { Ok(Some(operator)) } else { Err(Rejection::ActorDisabled.into()) }
    }

    /// Whether the actor may act for this unit.
    pub(super) fn answers_for(&self, unit: &Unit) -> Result<bool, Stop> {
        Ok(match self.operator()? {
            Some(operator) => operator.answers_for(unit),
            None => self.actor == Actor::System,
        })
    }

    /// Refuses unless the actor may act for this unit.
    pub(super) fn must_answer_for(&self, unit: &Unit) -> Result<(), Stop> {
        if self.answers_for(unit)? {
            return Ok(());
        }
        let coordinates = self.operator()?.is_some_and(|operator| operator.role.changes_things());
        Err(if coordinates { Rejection::OutsideUnit } else { Rejection::NotPermitted }.into())
    }

    /// Refuses unless the actor is the volunteer, or answers for the volunteer's unit.
    pub(super) fn must_be_or_answer_for(&self, volunteer: &Volunteer) -> Result<(), Stop> {
        if self.actor == Actor::Volunteer(volunteer.id) {
            return Ok(());
        }
        self.must_answer_for(self.world.unit(volunteer.unit)?)
    }

    /// Whether the one who acts is this one, perhaps under another of their names: an operator may be a
    /// volunteer, too.
    pub(super) fn is_person(&self, other: Actor) -> Result<bool, Stop> {
        let volunteer_behind = |actor| match actor {
            Actor::Volunteer(id) => Ok(Some(id)),
            Actor::Operator(id) => self.world.operator(id).map(|operator| operator.volunteer),
            Actor::System => Ok(None),
        };
        let (own, others) = (volunteer_behind(self.actor)?, volunteer_behind(other)?);
        Ok(self.actor == other || (own.is_some() && own == others))
    }
    /// Refuses unless the actor is an auditor of this unit, or an admin.
    pub(super) fn must_audit(&self, unit: &Unit) -> Result<(), Stop> {
        match self.operator()? {
            Some(operator) if operator.audits(unit) => Ok(()),
            Some(operator) if operator.role == super::actor::Role::Auditor => {
                Err(Rejection::OutsideUnit.into())
            }
            _ => Err(Rejection::NotPermitted.into()),
        }
    }

    pub(super) fn must_be_admin(&self) -> Result<(), Stop> {
        let admin = self.operator()?.is_some_and(|operator| operator.role == super::actor::Role::Admin);
        if admin || self.actor == Actor::System { Ok(()) } else { Err(Rejection::NotPermitted.into()) }
    }

    pub(super) fn must_be_operator(&self) -> Result<(), Stop> {
        match self.operator()? {
            Some(_) => Ok(()),
            None => Err(Rejection::NotPermitted.into()),
        }
    }

    pub(super) fn must_be_system(&self) -> Result<(), Stop> {
        if self.actor == Actor::System { Ok(()) } else { Err(Rejection::NotPermitted.into()) }
    }

    /// A volunteer who has left, or an operator who was disabled, does nothing any more; nor does one
    /// whom this ledger never knew.
    fn must_be_in_good_standing(&self) -> Result<(), Stop> {
        let is_active = match self.actor {
            Actor::System => Ok(true),
            Actor::Operator(id) => self.world.operator(id).map(|operator| operator.active),
            Actor::Volunteer(id) => {
                self.world.volunteer(id).map(|volunteer| volunteer.status == VolunteerStatus::Active)
            }
        };
        match is_active {
            Ok(true) => Ok(()),
            Ok(false) | Err(Stop::Rejected(_)) => Err(Rejection::ActorDisabled.into()),
            Err(Stop::Miss) => Err(Stop::Miss),
        }
    }
}

/// Refuses a change that was made from a stale reading.
pub(super) fn must_be_current(expected: Option<Seq>, current: Seq) -> Result<(), Rejection> {
    match expected {
        Some(expected) if expected != current => Err(Rejection::VersionStale { current }),
        _ => Ok(()),
    }
}

/// Judges a command against the world: the entry that it makes, and what is kept beside it.
pub fn decide(ctx: &Ctx, command: &Command) -> Result<(Draft, Vec<Private>), Stop> {
    ctx.must_be_in_good_standing()?;
    let decision = match command {
        Command::CreateUnit(cmd) => unit::decide_create(ctx, cmd),
        Command::SetHeadcount(cmd) => unit::decide_headcount(ctx, cmd),
        Command::Register(cmd) => volunteer::decide_register(ctx, cmd),
        Command::UpdateVolunteer(cmd) => volunteer::decide_update(ctx, cmd),
        Command::CloseVolunteer(cmd) => volunteer::decide_close(ctx, cmd),
        Command::CreateProgramme(cmd) => programme::decide_create(ctx, cmd),
        Command::UpdateProgramme(cmd) => programme::decide_update(ctx, cmd),
        Command::CloseProgramme(cmd) => programme::decide_close(ctx, cmd),
        Command::CreateActivity(cmd) => activity::decide_create(ctx, cmd),
        Command::UpdateActivity(cmd) => activity::decide_update(ctx, cmd),
        Command::CancelActivity(cmd) => activity::decide_cancel(ctx, cmd),
        Command::SubmitRecord(cmd) => record::decide_submit(ctx, cmd),
        Command::CreditRecord(cmd) => record::decide_credit(ctx, cmd),
        Command::RejectRecord(cmd) => record::decide_reject(ctx, cmd),
        Command::VoidRecord(cmd) => record::decide_void(ctx, cmd),
        Command::RequestTransfer(cmd) => transfer::decide_request(ctx, cmd),
        Command::StepTransfer(cmd) => transfer::decide_step(ctx, cmd),
        Command::CreatePolicy(cmd) => policy::decide_create(ctx, cmd),
        Command::CreateReward(cmd) => reward::decide_create(ctx, cmd),
        Command::RestockReward(cmd) => reward::decide_restock(ctx, cmd),
        Command::WithdrawReward(cmd) => reward::decide_withdraw(ctx, cmd),
        Command::PlaceRedemption(cmd) => redemption::decide_place(ctx, cmd),
        Command::FulfilRedemption(cmd) => redemption::decide_fulfil(ctx, cmd),
        Command::CancelRedemption(cmd) => redemption::decide_cancel(ctx, cmd),
        Command::ExpireRedemption(cmd) => redemption::decide_expire(ctx, cmd),
        Command::ExpirePoints(cmd) => redemption::decide_expire_points(ctx, cmd),
        Command::IssueCertificate(cmd) => certificate::decide_issue(ctx, cmd),
        Command::RevokeCertificate(cmd) => certificate::decide_revoke(ctx, cmd),
        Command::CreateOperator(cmd) => operator::decide_create(ctx, cmd),
        Command::UpdateOperator(cmd) => operator::decide_update(ctx, cmd),
        Command::DisableOperator(cmd) => operator::decide_disable(ctx, cmd),
        Command::MarkDays(cmd) => calendar::decide_mark(ctx, cmd),
        Command::SetNoticePolicy(cmd) => notice::decide_set(ctx, cmd),
        Command::RaiseObjection(cmd) => objection::decide_raise(ctx, cmd),
        Command::ResolveObjection(cmd) => objection::decide_resolve(ctx, cmd),
        Command::AskCorrection(cmd) => correction::decide_ask(ctx, cmd),
        Command::AcceptCorrection(cmd) => correction::decide_accept(ctx, cmd),
        Command::DeclineCorrection(cmd) => correction::decide_decline(ctx, cmd),
        Command::CreateStarScheme(cmd) => star::decide_create(ctx, cmd),
        Command::CreateAssessmentScheme(cmd) => assessment::decide_create(ctx, cmd),
        Command::MakePledge(cmd) => pledge::decide_make(ctx, cmd),
        Command::FulfilPledge(cmd) => pledge::decide_fulfil(ctx, cmd),
        Command::EndPledge(cmd) => pledge::decide_end(ctx, cmd),
        Command::AwardModelPost(cmd) => model_post::decide_award(ctx, cmd),
        Command::EndModelPost(cmd) => model_post::decide_end(ctx, cmd),
        Command::RecordExport(cmd) => export::decide_record(ctx, cmd),
        Command::DismissFinding(cmd) => dismissal::decide_dismiss(ctx, cmd),
    }?;
    let postings: Vec<Posting> = decision.postings.into_lines();
    let draft = Draft {
        seq: ctx.seq,
        recorded_at: ctx.now,
        actor: ctx.actor,
        effective_date: decision.effective_date.unwrap_or_else(|| ctx.today()),
        reverses: decision.reverses,
        event: decision.event,
        postings,
    };
    Ok((draft, decision.private))
}

/// Keeps the look-ups of the world right that follow from what is kept beside the journal.
pub fn evolve_private(world: &mut World, private: &Private) {
    match private {
        Private::Person { volunteer, indexes, .. } => {
            world.forget_identity_of(*volunteer);
            world.set_identity(indexes.identity, Some(*volunteer));
        }
        Private::ErasePerson { volunteer } => world.forget_identity_of(*volunteer),
        Private::Credential { operator, login, .. } => {
            world.set_login(login.content.login.clone(), *operator);
        }
        Private::Note(_) | Private::Certificate { .. } => {}
    }
}
