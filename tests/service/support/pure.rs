//! The ledger without a database: a whole world, the same rules, the chain in memory.

use super::writer::vault;
use crate::support::stored::cached_rows;
use hourbook::domain::account::Account;
use hourbook::domain::actor::Actor;
use hourbook::domain::application::Applicant;
use hourbook::domain::binding::OutsideIdentity;
use hourbook::domain::certificate::CertificateContent;
use hourbook::domain::command::{Decided, decide};
use hourbook::domain::commitment::Commitment;
use hourbook::domain::commitment::Committed;
use hourbook::domain::context::Ctx;
use hourbook::domain::event::Event;
use hourbook::domain::evolve::outcome;
use hourbook::domain::general;
use hourbook::domain::ids::{
    ApplicationId, BindingId, CertificateId, IdentityChangeId, ObjectionId, OperatorId, Seq, UnitId,
    VolunteerId,
};
use hourbook::domain::operator::{Login, OperatorIdentity};
use hourbook::domain::person::{Person, PersonIndexes, ProposedIdentity};
use hourbook::domain::replay::judge_replay;
use hourbook::domain::rules::Rules;
use hourbook::domain::side_data::{SideData, evolve_side_data};
use hourbook::domain::text::Note;
use hourbook::domain::time::Timestamp;
use hourbook::domain::{Command, Outcome, Rejection, Stop, UnsealedEntry, World, evolve};
use hourbook::engine::{Answer, Receipt, Request, RequestRefusal, Work};
use hourbook::journal::{Entry, TreeHash};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What a request comes to.
pub type Verdict = Result<Answer, RequestRefusal>;

/// All reference data, as text.
fn reference_data(world: &World) -> Vec<String> {
    let tables = [
        format!("{:?}", cached_rows(&world.units)),
        format!("{:?}", cached_rows(&world.headcounts)),
        format!("{:?}", cached_rows(&world.programmes)),
        format!("{:?}", cached_rows(&world.operators)),
        format!("{:?}", cached_rows(&world.policies)),
        format!("{:?}", cached_rows(&world.calendar)),
        format!("{:?}", cached_rows(&world.notice_policies)),
        format!("{:?}", cached_rows(&world.crediting_policies)),
        format!("{:?}", cached_rows(&world.star_schemes)),
        format!("{:?}", cached_rows(&world.assessment_schemes)),
    ];
    let codes = world.codes.iter().map(|code| format!("{code:?}"));
    let logins = world.logins.iter().map(|login| format!("{login:?}"));
    let found: BTreeSet<String> = codes.chain(logins).collect();
    tables.into_iter().chain(found).collect()
}

/// An entry, and the unit whose auditors see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub entry: Entry,
    pub unit: Option<UnitId>,
}

/// Who a volunteer is, and how found.
#[derive(Clone, Debug)]
pub struct KnownPerson {
    pub person: Committed<Person>,
    pub indexes: PersonIndexes,
}

/// How an operator logs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownLogin {
    pub login: Committed<Login>,
    pub password_hash: Option<String>,
}

/// All that the ledger holds.
#[derive(Default)]
pub struct PureLedger {
    pub world: World,
    pub rules: Rules,
    pub journal: Vec<Kept>,
    /// What came with each entry of the journal to be kept beside it, as it came.
    pub side_data: Vec<Vec<SideData>>,
    /// The postings of the journal, summed.
    pub balances: BTreeMap<Account, i64>,
    pub people: BTreeMap<VolunteerId, KnownPerson>,
    /// With the volunteer whom the words are about.
    pub notes: BTreeMap<(Seq, Commitment), (Committed<Note>, Option<VolunteerId>)>,
    pub logins: BTreeMap<OperatorId, KnownLogin>,
    /// By which documents operators are known, and whether only the index is left of it.
    pub operator_identities: BTreeMap<OperatorId, (OperatorIdentity, bool)>,
    /// What certificates say, and of whom.
    pub certificates: BTreeMap<CertificateId, (VolunteerId, Committed<CertificateContent>)>,
    /// Who somebody is said to be, as long as that is not decided.
    pub proposed: BTreeMap<IdentityChangeId, (VolunteerId, Committed<ProposedIdentity>)>,
    /// Who is bound by each binding that was not ended, and to whom.
    pub subjects: BTreeMap<BindingId, (VolunteerId, Committed<OutsideIdentity>)>,
    /// Who applies, as long as that is kept.
    pub applicants: BTreeMap<ApplicationId, Committed<Applicant>>,
    answers: HashMap<[u8; 32], ([u8; 32], Answer)>,
}

impl PureLedger {
    pub fn new() -> Self {
        Self { world: World::whole(), ..Self::default() }
    }

    /// The ledger that these entries lead to, but for what is kept beside the journal.
    pub fn replay(journal: Vec<Kept>) -> Self {
        let mut ledger = Self::new();
        for kept in journal {
            let unsealed = &kept.entry.unsealed;
            assert_eq!(unsealed.seq, ledger.next_seq(), "a journal has no gaps");
            assert!(kept.entry.follows(ledger.last_hash()).unwrap(), "the chain breaks at {unsealed:?}");
            evolve(&mut ledger.world, &ledger.rules, unsealed).expect("an entry can be carried out");
            ledger.post(&kept.entry.unsealed);
            ledger.journal.push(kept);
        }
        ledger
    }

    /// Carries a request out as the engine promises to, and shows each judgement to `witness`.
    pub fn submit(
        &mut self,
        now: Timestamp,
        request: &Request,
        mut witness: impl FnMut(&Command, &Result<Receipt, Rejection>),
    ) -> Verdict {
        if let Some(key) = request.key
            && let Some((fingerprint, answer)) = self.answers.get(&key.scope)
        {
            let kept = if *fingerprint == key.fingerprint {
                Ok(answer.clone())
            } else {
                Err(RequestRefusal::KeyReused)
            };
            return self.tell_again(now, (request.actor, request.token_from), kept);
        }
        let mut judge = |command: &Command| {
            let judged = self.execute(now, request.actor, command);
            witness(command, &judged);
            judged
        };
        let answer = match &request.work {
            Work::Single(command) => Answer::Single(Box::new(judge(command)?)),
            Work::Bulk(commands) => Answer::Bulk(commands.iter().map(judge).collect()),
        };
        if let Some(key) = request.key {
            self.answers.insert(key.scope, (key.fingerprint, answer.clone()));
        }
        Ok(answer)
    }

    /// What was answered before, if who asks may be told it still.
    fn tell_again(
        &self,
        clock: Timestamp,
        (actor, token_from): (Actor, Option<Seq>),
        kept: Verdict,
    ) -> Verdict {
        let (now, seq) = (self.now(clock), self.next_seq());
        let ctx = Ctx { world: &self.world, rules: &self.rules, actor, token_from, now, seq };
        let told: Vec<(Seq, &Outcome)> = match &kept {
            Ok(Answer::Single(receipt)) => vec![(receipt.seq, &receipt.outcome)],
            Ok(Answer::Bulk(items)) => {
                items.iter().flatten().map(|receipt| (receipt.seq, &receipt.outcome)).collect()
            }
            Err(_) => Vec::new(),
        };
        match (judge_replay(&ctx, &told), kept) {
            (Err(Stop::Miss), _) => panic!("a whole world misses nothing"),
            // That a key was used for something else is told to everybody who has access.
            (Err(Stop::Rejected(Rejection::General(general::Refusal::NotPermitted))), Err(reused)) => {
                Err(reused)
            }
            (Err(Stop::Rejected(rejection)), _) => Err(RequestRefusal::Rejected(rejection)),
            (Ok(()), kept) => kept,
        }
    }

    /// The instant that the next entry bears when the clock shows `clock`: never before the last's.
    pub fn now(&self, clock: Timestamp) -> Timestamp {
        self.journal.last().map_or(clock, |last| clock.max(last.entry.unsealed.recorded_at))
    }

    pub fn last_hash(&self) -> TreeHash {
        self.journal.last().map(|last| last.entry.hash).unwrap_or_default()
    }

    fn execute(&mut self, clock: Timestamp, actor: Actor, command: &Command) -> Result<Receipt, Rejection> {
        let now = self.now(clock);
        let seq = self.next_seq();
        let ctx = Ctx { world: &self.world, rules: &self.rules, actor, token_from: None, now, seq };
        let (mut entries, side_data) = match decide(&ctx, command) {
            Ok(Decided::Entries { entries, side_data }) => (entries, side_data),
            Ok(Decided::AsItIs { since, outcome, .. }) => {
                let made = &self.journal[usize::try_from(since.0).unwrap() - 1].entry;
                let (recorded_at, leaf_hash) = (made.unsealed.recorded_at, made.hash);
                return Ok(Receipt { seq: since, recorded_at, leaf_hash, outcome });
            }
            Err(Stop::Rejected(rejection)) => return Err(rejection),
            Err(Stop::Miss) => panic!("a whole world misses nothing: {command:?}"),
        };
        let last = entries.pop().expect("a command comes to an entry");
        for part in entries {
            self.carry(part, Vec::new());
        }
        Ok(self.carry(last, side_data))
    }

    fn carry(&mut self, unsealed: UnsealedEntry, side_data: Vec<SideData>) -> Receipt {
        let seq = unsealed.seq;
        let reference_data = reference_data(&self.world);
        evolve(&mut self.world, &self.rules, &unsealed).expect("what was decided can be carried out");
        for kept in &side_data {
            evolve_side_data(&mut self.world, kept);
            self.keep(unsealed.seq, kept);
        }
        // Replicas rely on it: they read of each other's entries no more than their kinds.
        assert!(
            Event::reference_kinds().contains(&unsealed.event.kind())
                || self::reference_data(&self.world) == reference_data,
            "{unsealed:?}"
        );
        let outcome = outcome(&self.world, &unsealed).expect("an entry leads to something");
        self.post(&unsealed);
        let previous = self.last_hash();
        let entry = Entry::seal(unsealed, vault().entry_nonce(seq, previous), previous).unwrap();
        let receipt =
            Receipt { seq, recorded_at: entry.unsealed.recorded_at, leaf_hash: entry.hash, outcome };
        self.journal.push(Kept { entry, unit: receipt.outcome.unit() });
        self.side_data.push(side_data);
        receipt
    }

    fn next_seq(&self) -> Seq {
        Seq(i64::try_from(self.journal.len()).unwrap()).next()
    }

    fn post(&mut self, unsealed: &UnsealedEntry) {
        for posting in &unsealed.postings {
            *self.balances.entry(posting.account).or_default() += posting.amount;
        }
    }

    fn keep(&mut self, entry: Seq, side_data: &SideData) {
        match side_data {
            SideData::Person { volunteer, person, indexes } => {
                let known = KnownPerson { person: (**person).clone(), indexes: *indexes };
                self.people.insert(*volunteer, known);
            }
            SideData::ErasePerson { volunteer, .. } => {
                self.people.remove(volunteer);
                self.certificates.retain(|_, (of, _)| of != volunteer);
                self.proposed.retain(|_, (of, _)| of != volunteer);
                self.subjects.retain(|_, (of, _)| of != volunteer);
                self.erase_words(*volunteer);
            }
            SideData::ForgetPerson { volunteer } => self.erase_words(*volunteer),
            SideData::Certificate { certificate, volunteer, content } => {
                self.certificates.insert(*certificate, (*volunteer, (**content).clone()));
            }
            SideData::ProposedIdentity { identity_change, volunteer, content } => {
                self.proposed.insert(*identity_change, (*volunteer, (**content).clone()));
            }
            SideData::EraseProposedIdentity { identity_change } => {
                self.proposed.remove(identity_change);
            }
            SideData::Subject { binding, volunteer, identity, .. } => {
                self.subjects.insert(*binding, (*volunteer, (**identity).clone()));
            }
            SideData::EraseSubject { binding } => {
                self.subjects.remove(binding);
            }
            SideData::Applicant { application, applicant, .. } => {
                self.applicants.insert(*application, (**applicant).clone());
            }
            SideData::EraseApplicant { application, reason_entry } => {
                self.applicants.remove(application);
                self.notes.retain(|(entry, _), _| Some(*entry) != *reason_entry);
            }
            SideData::Note { note, about } => {
                self.notes.insert((entry, note.commitment), (note.clone(), *about));
            }
            SideData::Credential { operator, login, password_hash } => {
                let known = KnownLogin { login: login.clone(), password_hash: password_hash.clone() };
                self.logins.insert(*operator, known);
            }
            SideData::OperatorIdentity { operator, identity } => {
                self.operator_identities.insert(*operator, (identity.clone(), false));
            }
            SideData::EraseOperatorIdentity { operator } => {
                let known = self.operator_identities.get_mut(operator);
                known.expect("only what is known is erased").1 = true;
            }
            SideData::ForgetOperatorIdentity { operator } => {
                self.operator_identities.remove(operator);
            }
            // Beside the journal without an entry, which no other ledger is compared by.
            SideData::MessagesRead { .. } | SideData::SignedIn { .. } => {}
        }
    }

    /// Words about somebody, and what they objected to others' records with what was said to that.
    fn erase_words(&mut self, volunteer: VolunteerId) {
        let by = Actor::Volunteer(volunteer);
        let objections = self.world.objections.iter().filter(|row| row.raised_by == by);
        let objections: BTreeSet<ObjectionId> = objections.map(|row| row.id).collect();
        let resolved = self.world.resolutions.iter().filter(|row| objections.contains(&row.objection));
        let objected: BTreeSet<Seq> =
            objections.iter().map(|id| id.seq()).chain(resolved.map(|row| row.entry)).collect();
        self.notes.retain(|(entry, _), (_, about)| *about != Some(volunteer) && !objected.contains(entry));
    }
}
