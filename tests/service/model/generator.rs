//! Random requests: mostly sensible ones, chosen with the state at hand in view, and some that are
//! wrong in who asks, in what is named, or in what is said of it.

mod actors;
mod apart;
mod applications;
mod assessment;
mod attending;
mod auditing;
mod certificates;
mod commands;
mod persons;
mod records;
mod steps;

use super::persons::Persons;
use super::story::Ask;
use crate::support::pure::PureLedger;
use crate::support::random::Random;
use crate::support::writer::repeat;
use hourbook::domain::actor::Actor;
use hourbook::domain::commitment::Committed;
use hourbook::domain::dismissal::FindingId;
use hourbook::domain::ids::{
    ActivityId, ApplicationId, AssessmentSchemeId, AttendanceId, BindingId, CertificateId, CorrectionId,
    EnrolmentId, HonourId, IdentityChangeId, MergeId, ModelPostId, ObjectionId, OperatorId, PledgeId,
    PositionId, ProgrammeId, RecordId, RedemptionId, RewardId, Seq, TrainingId, TransferId, UnitId,
    VolunteerId,
};
use hourbook::domain::text::Note;
use hourbook::domain::time::Timestamp;
use hourbook::domain::volunteer::VolunteerStatus;
use hourbook::domain::{Command, Outcome, Rejection};
use hourbook::engine::{IdempotencyKey, Receipt, Request, Work};
use hourbook::journal::commit;

/// A position that no journal of this test reaches.
const NOWHERE: Seq = Seq(9_999_999);

/// Makes requests, and remembers the ids of what came of them.
pub struct Generator {
    /// Made anew for each request, so that none depends on how much chance others used.
    random: Random,
    persons: Persons,
    known: Known,
    /// Requests under a key, to be asked again.
    keyed: Vec<Request>,
    /// Makes names that are to be unique.
    names: i64,
}

/// Ids in the order in which they were made.
#[derive(Default)]
struct Known {
    units: Vec<UnitId>,
    volunteers: Vec<VolunteerId>,
    programmes: Vec<ProgrammeId>,
    activities: Vec<ActivityId>,
    records: Vec<RecordId>,
    transfers: Vec<TransferId>,
    rewards: Vec<RewardId>,
    redemptions: Vec<RedemptionId>,
    operators: Vec<OperatorId>,
    certificates: Vec<CertificateId>,
    objections: Vec<ObjectionId>,
    corrections: Vec<CorrectionId>,
    assessment_schemes: Vec<AssessmentSchemeId>,
    pledges: Vec<PledgeId>,
    model_posts: Vec<ModelPostId>,
    trainings: Vec<TrainingId>,
    honours: Vec<HonourId>,
    positions: Vec<PositionId>,
    enrolments: Vec<EnrolmentId>,
    attendances: Vec<AttendanceId>,
    identity_changes: Vec<IdentityChangeId>,
    merges: Vec<MergeId>,
    bindings: Vec<BindingId>,
    applications: Vec<ApplicationId>,
    dismissed: Vec<FindingId>,
}

/// What the generator looks at while it makes one request.
#[derive(Clone, Copy)]
struct Sight<'p> {
    pure: &'p PureLedger,
    /// The instant that the next entry bears.
    now: Timestamp,
}

/// What a command asks, and who should ask it.
type Asked = (Actor, Command);

impl Generator {
    pub fn new() -> Self {
        Self {
            random: Random::new(0),
            persons: Persons::new(),
            known: Known::default(),
            keyed: Vec::new(),
            names: 0,
        }
    }

    /// What an ask comes to: a former request again, some commands in bulk, or a single one; some of them
    /// under a key.
    pub fn request(&mut self, ask: Ask, pure: &PureLedger, now: Timestamp) -> Request {
        self.random = Random::new(ask.seed);
        if self.random.percent(5)
            && let Some(again) = self.former_request()
        {
            return again;
        }
        let sight = Sight { pure, now };
        let (actor, command) = self.command(sight);
        let work = match ask.more {
            0 => Work::Single(Box::new(command)),
            more => self.bulk(command, more, sight),
        };
        let key = self
            .random
            .percent(25)
            .then(|| IdempotencyKey { scope: self.random.bytes(), fingerprint: self.random.bytes() });
        let request = Request { actor, token_from: None, key, work };
        if key.is_some() {
            self.keyed.push(repeat(&request));
        }
        request
    }

    /// Remembers the id of what a command made.
    pub fn learn(&mut self, judged: &Result<Receipt, Rejection>) {
        let Ok(Receipt { outcome, .. }) = judged else { return };
        let known = &mut self.known;
        match outcome {
            Outcome::Unit(unit) => remember(&mut known.units, unit.id),
            Outcome::Volunteer(volunteer) => remember(&mut known.volunteers, volunteer.id),
            Outcome::Programme(programme) => remember(&mut known.programmes, programme.id),
            Outcome::Activity(activity) => remember(&mut known.activities, activity.id),
            Outcome::Record(record) => remember(&mut known.records, record.id),
            Outcome::Transfer(transfer) => remember(&mut known.transfers, transfer.id),
            Outcome::Reward(reward) => remember(&mut known.rewards, reward.id),
            Outcome::Redemption(redemption) => remember(&mut known.redemptions, redemption.id),
            Outcome::Certificate(certificate) => remember(&mut known.certificates, certificate.id),
            Outcome::Operator(operator) => remember(&mut known.operators, operator.id),
            Outcome::Objection(objection) => remember(&mut known.objections, objection.id),
            Outcome::Correction(correction) => remember(&mut known.corrections, correction.id),
            Outcome::AssessmentScheme(scheme) => remember(&mut known.assessment_schemes, scheme.id),
            Outcome::Pledge(pledge) => remember(&mut known.pledges, pledge.id),
            Outcome::ModelPost(post) => remember(&mut known.model_posts, post.id),
            Outcome::Training(training) => remember(&mut known.trainings, training.id),
            Outcome::Honour(honour) => remember(&mut known.honours, honour.id),
            Outcome::Position(position) => remember(&mut known.positions, position.id),
            Outcome::Enrolment(enrolment) => remember(&mut known.enrolments, enrolment.id),
            Outcome::Attendance(attendance) => remember(&mut known.attendances, attendance.id),
            Outcome::Rating(_) => {}
            Outcome::IdentityChange(change) => remember(&mut known.identity_changes, change.id),
            Outcome::Merge(merge) => remember(&mut known.merges, merge.id),
            Outcome::Binding(binding) => remember(&mut known.bindings, binding.id),
            Outcome::Application(application) => remember(&mut known.applications, application.id),
            Outcome::Dismissal(dismissal) => remember(&mut known.dismissed, dismissal.finding),
            Outcome::Access(_)
            | Outcome::Headcount(_)
            | Outcome::Lot(_)
            | Outcome::Policy(_)
            | Outcome::Calendar { .. }
            | Outcome::NoticePolicy(_)
            | Outcome::CreditingPolicy(_)
            | Outcome::StarScheme(_)
            | Outcome::Export(_) => {}
        }
    }

    /// The same under the same key, or, now and then, another request under it.
    fn former_request(&mut self) -> Option<Request> {
        let at = self.recent_index(self.keyed.len())?;
        let mut again = repeat(&self.keyed[at]);
        if self.random.percent(25) {
            again.key = again.key.map(|key| IdempotencyKey { fingerprint: self.random.bytes(), ..key });
        }
        Some(again)
    }

    /// A command and so many more, all of its actor.
    fn bulk(&mut self, first: Command, more: usize, sight: Sight) -> Work {
        let mut commands = vec![first];
        for _ in 0..more {
            let (_, next) =
                if self.random.percent(70) { self.submit_record(sight) } else { self.command(sight) };
            commands.push(next);
        }
        Work::Bulk(commands)
    }

    /// A known thing, more often a late one; in a few cases one that never was.
    fn some<T: Copy>(&mut self, known: impl Fn(&Known) -> &Vec<T>, stranger: T) -> T {
        if self.random.percent(2) {
            return stranger;
        }
        let at = self.recent_index(known(&self.known).len());
        at.map_or(stranger, |at| known(&self.known)[at])
    }

    /// Of a few known things, the one that suits best.
    fn best<T: Copy>(
        &mut self,
        known: impl Fn(&Known) -> &Vec<T>,
        stranger: T,
        suits: impl Fn(T) -> i64,
    ) -> T {
        let few: Vec<T> = (0..8).map(|_| self.some(&known, stranger)).collect();
        few.into_iter().max_by_key(|one| suits(*one)).unwrap_or(stranger)
    }

    /// A known thing that suits, if one is soon found; else any. In a fifth of all cases any.
    fn suitable<T: Copy>(
        &mut self,
        known: impl Fn(&Known) -> &Vec<T>,
        stranger: T,
        suits: impl Fn(T) -> bool,
    ) -> T {
        if self.random.percent(80) {
            self.best(known, stranger, |one| i64::from(suits(one)))
        } else {
            self.some(known, stranger)
        }
    }

    /// Any of all known things that suit, where some do and in nine of ten cases; else any. For what is rare among many.
    fn any_that<T: Copy>(
        &mut self,
        known: impl Fn(&Known) -> &Vec<T>,
        stranger: T,
        suits: impl Fn(T) -> bool,
    ) -> T {
        let fitting: Vec<T> = known(&self.known).iter().copied().filter(|one| suits(*one)).collect();
        let picked = self.random.percent(90).then(|| self.random.pick(&fitting)).flatten();
        picked.unwrap_or_else(|| self.some(known, stranger))
    }

    fn recent_index(&mut self, length: usize) -> Option<usize> {
        let late = if self.random.percent(65) { length.min(20) } else { length };
        (length > 0).then(|| length - 1 - self.random.below(late))
    }

    fn unit(&mut self) -> UnitId {
        self.some(|known| &known.units, UnitId::new(NOWHERE))
    }

    /// Mostly one who has not left.
    fn volunteer(&mut self, sight: Sight) -> VolunteerId {
        let active =
            |id| sight.pure.world.volunteer(id).is_ok_and(|row| row.status == VolunteerStatus::Active);
        self.suitable(|known| &known.volunteers, VolunteerId::new(NOWHERE), active)
    }

    fn new_name(&mut self) -> i64 {
        self.names += 1;
        self.names
    }

    fn note(&mut self) -> Committed<Note> {
        let text = format!("说明 {}", self.random.between(0..=99));
        commit(text.parse().unwrap(), self.random.bytes()).unwrap()
    }

    fn note_in(&mut self, percent: usize) -> Option<Committed<Note>> {
        self.random.percent(percent).then(|| self.note())
    }
}

fn remember<T: PartialEq>(ids: &mut Vec<T>, id: T) {
    if !ids.contains(&id) {
        ids.push(id);
    }
}
