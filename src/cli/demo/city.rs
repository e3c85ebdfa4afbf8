//! The city sample: a bureau of education and sports, made from a seed through the real write path.
//!
//! Nobody in it is real: names are drawn from lists, identity numbers bear an area code that does
//! not exist. The same seed and the same day give the same city.

use super::{names, schemes};
use crate::cli::words;
use crate::domain::activity::recruitment::Recruitment;
use crate::domain::activity::{ActivityDetails, CreateActivity, Measure};
use crate::domain::actor::{Actor, Role};
use crate::domain::amounts::{Minutes, Points};
use crate::domain::assessment::CreateAssessmentScheme;
use crate::domain::commitment::Committed;
use crate::domain::crediting_policy::{OnePersonMinutes, SetCreditingPolicy};
use crate::domain::evidence::Evidence;
use crate::domain::identity::Gender;
use crate::domain::identity::{DocumentKind, IdentityDocument};
use crate::domain::ids::{
    ActivityId, AssessmentSchemeId, OperatorId, ProgrammeId, RecordId, RewardId, UnitId, VolunteerId,
};
use crate::domain::operator::{CreateOperator, Login, OperatorIdentity};
use crate::domain::person::{Consent, GuardianConsent, Person, PoliticalStatus};
use crate::domain::policy::{CreatePolicy, PolicyTerms, Rounding, Validity};
use crate::domain::programme::{CreateProgramme, ProgrammeDetails};
use crate::domain::record::{
    ConfirmRecord, CreditRecord, Deduct, RecordStatus, RejectRecord, SubmitRecord, VoidRecord,
};
use crate::domain::redemption::{CancelRedemption, FulfilRedemption, PlaceRedemption};
use crate::domain::reward::CreateReward;
use crate::domain::star::CreateStarScheme;
use crate::domain::text::Note;
use crate::domain::time::{Interval, LocalZone, Timestamp};
use crate::domain::transfer::{RequestTransfer, Step, StepTransfer};
use crate::domain::unit::{CreateUnit, SetHeadcount, UnitKind};
use crate::domain::volunteer::Register;
use crate::domain::{Command, Outcome, Rejection};
use crate::engine::{Answer, Clock, Ledger, Request, RequestRefusal, Work};
use crate::journal::commit;
use crate::store::Db;
use crate::store::vault::Vault;
use chrono::{Days, Duration, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicI64, Ordering};

/// The clock while the city's past is built.
#[derive(Debug)]
pub struct StoryClock(AtomicI64);

impl StoryClock {
    /// Stands at an instant until it is moved.
    #[must_use]
    pub fn at(instant: Timestamp) -> Self {
        Self(AtomicI64::new(instant.as_micros()))
    }

    fn set(&self, instant: Timestamp) {
        self.0.store(instant.as_micros(), Ordering::SeqCst);
    }
}

impl Clock for StoryClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.load(Ordering::SeqCst)).unwrap_or_default()
    }
}

/// What the start page says about the city.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct City {
    pub bureau: UnitId,
    pub schools: Vec<UnitId>,
    pub admin: OperatorId,
    pub coordinator: OperatorId,
    pub auditor: OperatorId,
    /// Of the first school: approves what others enter there. Cities of before do not say.
    #[serde(default)]
    pub colleague: Option<OperatorId>,
    pub volunteer: VolunteerId,
    /// Open today, for the story to be lived.
    pub activity: ActivityId,
    pub reward: RewardId,
    pub assessment_scheme: AssessmentSchemeId,
}

/// What the city is made with.
pub struct CityBuilder<'t> {
    pub ledger: &'t Ledger,
    pub clock: &'t StoryClock,
    pub vault: &'t Vault,
    /// To read what certificates say.
    pub db: Db,
    pub zone: LocalZone,
    /// The last day of the city's past.
    pub today: NaiveDate,
    /// How many days of the past there are.
    pub days: u64,
    /// Argon2id hash of the demo's password.
    pub password_hash: String,
    pub random: Random,
    /// How many have been appointed.
    pub operators: u64,
}

/// A small generator of repeatable numbers (`SplitMix64`); not used for secrets.
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap_or_default()
    }

    fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    fn pick<'l, T>(&mut self, list: &'l [T]) -> Option<&'l T> {
        let at = self.below(list.len());
        list.get(at)
    }

    fn salt(&mut self) -> [u8; 16] {
        (u128::from(self.next()) << 64 | u128::from(self.next())).to_be_bytes()
    }
}

pub(super) type DemoResult<T> = Result<T, String>;

/// A unit with those who act for it and belong to it.
pub(super) struct DemoUnit {
    pub unit: UnitId,
    /// Enters records.
    pub recorder: Actor,
    /// Approves what the recorder enters.
    pub approver: Actor,
    pub volunteers: Vec<VolunteerId>,
}

impl CityBuilder<'_> {
    /// Tells the city's past: units, people, programmes, service, statutory steps, moves, gifts.
    pub fn tell(&mut self) -> DemoResult<City> {
        self.at_hour(self.days, 8);
        let bureau = unit_id(
            self.ask(Actor::System, create_unit("EDU-SPORTS", "市教育体育局", UnitKind::Bureau, None)?)?,
        )?;
        let admin = self.operator("admin", "系统管理员", Role::Admin, None)?;
        let coordinator = self.operator("bureau", "局志愿服务办公室", Role::Coordinator, Some(bureau))?;
        let auditor = self.operator("auditor", "审计科", Role::Auditor, Some(bureau))?;
        let (by_admin, by_bureau) = (Actor::Operator(admin), Actor::Operator(coordinator));
        self.ask(by_admin, Command::CreatePolicy(CreatePolicy { terms: self.default_terms() }))?;
        self.ask(by_admin, Command::SetCreditingPolicy(alone(bureau)?))?;
        let assessment_scheme = self.set_schemes(by_admin)?;
        self.load_calendar(by_admin)?;

        let mut schools = Vec::new();
        for (code, name, kind) in names::UNITS {
            schools.push(self.place(bureau, code, name, *kind)?);
        }
        let programmes = self.programmes(by_bureau, bureau)?;
        self.serve(&schools, &programmes)?;
        self.take_steps(&schools, &programmes)?;
        let (activity, reward) = self.today_at_school(&schools, &programmes, by_bureau, bureau)?;
        self.move_people(&schools)?;
        let first = schools.first().ok_or("no school")?;
        let volunteer = *first.volunteers.first().ok_or("no volunteer")?;
        let colleague = match first.approver {
            Actor::Operator(id) => Some(id),
            _ => None,
        };
        Ok(City {
            bureau,
            schools: schools.iter().map(|place| place.unit).collect(),
            admin,
            coordinator,
            auditor,
            colleague,
            volunteer,
            activity,
            reward,
            assessment_scheme,
        })
    }

    fn set_schemes(&self, by: Actor) -> DemoResult<AssessmentSchemeId> {
        let stars = CreateStarScheme { terms: schemes::stars(self.day(self.days)) };
        self.ask(by, Command::CreateStarScheme(stars))?;
        let terms = schemes::assessment().map_err(words)?;
        match self.ask(by, Command::CreateAssessmentScheme(CreateAssessmentScheme { terms }))? {
            Outcome::AssessmentScheme(scheme) => Ok(scheme.id),
            other => Err(format!("expected an assessment scheme, found {other:?}")),
        }
    }

    fn default_terms(&self) -> PolicyTerms {
        PolicyTerms {
            effective_from: self.day(self.days),
            points_per_hour: Points(100),
            points_per_count: Points(500),
            earning_evidence: [Evidence::Scan, Evidence::Geo, Evidence::Leader].into(),
            programme_coefficients: BTreeMap::new(),
            category_coefficients: BTreeMap::new(),
            validity: Validity::Months { months: 24 },
            monthly_quota: Some(Points(4_000)),
            rounding: Rounding::Day,
            most_counts_a_day: None,
            most_counts_an_activity: None,
            replaces: None,
        }
    }

    /// A department or school with its teams, operators, headcount and volunteers.
    fn place(&mut self, bureau: UnitId, code: &str, name: &str, kind: UnitKind) -> DemoResult<DemoUnit> {
        let unit = unit_id(self.ask(Actor::System, create_unit(code, name, kind, Some(bureau))?)?)?;
        let login = code.to_lowercase();
        let recorder = self.operator(
            &format!("{login}-recorder"),
            &format!("{name}记录员"),
            Role::Coordinator,
            Some(unit),
        )?;
        let approver = self.operator(
            &format!("{login}-approver"),
            &format!("{name}审核员"),
            Role::Coordinator,
            Some(unit),
        )?;
        let (recorder, approver) = (Actor::Operator(recorder), Actor::Operator(approver));
        let staff = 40 + i64::try_from(self.random.below(120)).unwrap_or_default();
        let headcount =
            SetHeadcount { unit, effective_from: self.day(self.days), staff, party_members: staff / 4 };
        self.ask(approver, Command::SetHeadcount(headcount))?;
        let mut homes = vec![unit];
        if kind == UnitKind::School {
            for (suffix, team) in [("T1", "青年志愿服务队"), ("T2", "党员先锋队")] {
                let command = create_unit(
                    &format!("{code}-{suffix}"),
                    &format!("{name}{team}"),
                    UnitKind::Team,
                    Some(unit),
                )?;
                homes.push(unit_id(self.ask(approver, command)?)?);
            }
        }
        let mut volunteers = Vec::new();
        for at in 0..20 {
            let home = homes.get(at % homes.len()).copied().unwrap_or(unit);
            volunteers.push(self.register(approver, home)?);
        }
        Ok(DemoUnit { unit, recorder, approver, volunteers })
    }

    fn operator(
        &mut self,
        login: &str,
        name: &str,
        role: Role,
        unit: Option<UnitId>,
    ) -> DemoResult<OperatorId> {
        let content = Login { login: login.parse().map_err(words)?, name: parse(name)? };
        self.operators += 1;
        let number = format!("DEMO{:04}", self.operators);
        let document = IdentityDocument::by_itself(DocumentKind::Passport, &number).map_err(words)?;
        let index = self.vault.identity_index(&document);
        // With a salt of its own: the city's people stay who they are.
        let salt = Random(self.operators).salt();
        let identity = OperatorIdentity { document: commit(document, salt).map_err(words)?, index };
        let command = CreateOperator {
            login: self.committed(content)?,
            password_hash: Some(self.password_hash.clone()),
            role,
            unit,
            volunteer: None,
            identity: Some(identity),
        };
        match self.ask(Actor::System, Command::CreateOperator(command))? {
            Outcome::Operator(operator) => Ok(operator.id),
            other => Err(format!("expected an operator, found {other:?}")),
        }
    }

    fn register(&mut self, by: Actor, unit: UnitId) -> DemoResult<VolunteerId> {
        let person = self.person()?;
        let indexes = self.vault.person_indexes(&person);
        let command = Register { unit, person: self.committed(person)?, indexes, another_person: None };
        match self.ask(by, Command::Register(command))? {
            Outcome::Volunteer(volunteer) => Ok(volunteer.id),
            other => Err(format!("expected a volunteer, found {other:?}")),
        }
    }

    /// A person out of lists and numbers.
    fn person(&mut self) -> DemoResult<Person> {
        let gender = if self.random.percent(55) { Gender::Female } else { Gender::Male };
        let young = self.random.percent(20);
        let age_days =
            if young { 15 * 365 + self.random.below(900) } else { 20 * 365 + self.random.below(40 * 365) };
        let birth_date =
            self.today.checked_sub_days(Days::new(self.days + age_days as u64)).unwrap_or(self.today);
        let number = names::resident_number(birth_date, gender, self.random.next());
        let consent = Consent { given_at: self.clock.now(), text_version: parse("2026-1")? };
        let guardian = || -> DemoResult<GuardianConsent> {
            Ok(GuardianConsent {
                name: parse("监护人")?, consent: consent.clone(), separate_consent: None
            })
        };
        Ok(Person {
            name: parse(&names::full_name(self.random.next(), gender))?,
            gender,
            birth_date,
            document: IdentityDocument::new(DocumentKind::ResidentIdentity, &number, birth_date, gender)
                .map_err(words)?,
            mobile: format!("199{:08}", self.random.next() % 100_000_000).parse().map_err(words)?,
            residence: Some(parse("湖滨街道")?),
            skills: self
                .random
                .pick(names::SKILLS)
                .map(|skill| parse(skill))
                .transpose()?
                .into_iter()
                .collect(),
            service_categories: self
                .random
                .pick(names::CATEGORIES)
                .map(|c| parse(c))
                .transpose()?
                .into_iter()
                .collect(),
            political_status: vec![PoliticalStatus {
                party_member: !young && self.random.percent(35),
                effective_from: self.day(self.days),
            }],
            consent: consent.clone(),
            guardian_consent: young.then(guardian).transpose()?,
        })
    }

    fn programmes(&mut self, by: Actor, bureau: UnitId) -> DemoResult<Vec<ProgrammeId>> {
        let mut made = Vec::new();
        for (name, brands, category) in names::PROGRAMMES {
            let brands: DemoResult<BTreeSet<_>> = brands.iter().map(|brand| parse(brand)).collect();
            let details =
                ProgrammeDetails { name: parse(name)?, brands: brands?, category: Some(parse(category)?) };
            match self.ask(by, Command::CreateProgramme(CreateProgramme { unit: bureau, details }))? {
                Outcome::Programme(programme) => made.push(programme.id),
                other => return Err(format!("expected a programme, found {other:?}")),
            }
        }
        Ok(made)
    }

    /// The past's activities, nearly one a day, with the service that was given.
    fn serve(&mut self, places: &[DemoUnit], programmes: &[ProgrammeId]) -> DemoResult<()> {
        for days_ago in (3..self.days - 2).rev() {
            let at = self.random.below(places.len());
            if let Some(place) = places.get(at)
                && self.random.percent(95)
            {
                self.hold_activity(place, programmes, days_ago)?;
            }
        }
        Ok(())
    }

    fn hold_activity(
        &mut self,
        place: &DemoUnit,
        programmes: &[ProgrammeId],
        days_ago: u64,
    ) -> DemoResult<()> {
        let kinds = names::ACTIVITIES;
        let Some((name, programme, measure)) = self.random.pick(kinds).copied() else { return Ok(()) };
        let programme = *programmes.get(programme).ok_or("no such programme")?;
        self.at_hour(days_ago + 1, 9);
        let window = Interval { start: self.hour(days_ago, 8), end: self.hour(days_ago, 18) };
        let activity = self.activity(place.approver, place.unit, programme, name, measure, window)?;
        self.at_hour(days_ago, 20);
        let guests = 10 + self.random.below(8);
        let mut seen = BTreeSet::new();
        for _ in 0..guests {
            let Some(volunteer) = self.random.pick(&place.volunteers).copied() else { continue };
            if seen.insert(volunteer) {
                self.give_service(place, activity, volunteer, measure, days_ago)?;
            }
        }
        Ok(())
    }

    pub(super) fn activity(
        &mut self,
        by: Actor,
        unit: UnitId,
        programme: ProgrammeId,
        name: &str,
        measure: Measure,
        window: Interval,
    ) -> DemoResult<ActivityId> {
        let details = ActivityDetails {
            name: parse(name)?,
            place: Some(parse("白龟湖畔")?),
            window,
            headcount: Some(20),
            leader: None,
            recruitment: Recruitment::default(),
        };
        match self.ask(
            by,
            Command::CreateActivity(CreateActivity { programme, unit, measure, details, draft: false }),
        )? {
            Outcome::Activity(activity) => Ok(activity.id),
            other => Err(format!("expected an activity, found {other:?}")),
        }
    }

    /// One record: claimed by the volunteer or entered by the recorder, then credited, refused, or left waiting. What
    /// is short and taken over from elsewhere, the recorder credits alone, as the bureau's policy allows.
    fn give_service(
        &mut self,
        place: &DemoUnit,
        activity: ActivityId,
        volunteer: VolunteerId,
        measure: Measure,
        days_ago: u64,
    ) -> DemoResult<()> {
        let evidence = match self.random.below(100) {
            0..15 => Evidence::Claimed,
            15..80 => Evidence::Leader,
            80..90 => Evidence::Import,
            _ => Evidence::Backfill,
        };
        let start = self
            .hour(days_ago, 8)
            .plus(Duration::minutes(i64::try_from(self.random.below(120)).unwrap_or_default()));
        let minutes = 60 + i64::try_from(self.random.below(240)).unwrap_or_default();
        let reason =
            (evidence == Evidence::Backfill).then(|| self.note("签到设备故障，事后补录")).transpose()?;
        let by = if evidence == Evidence::Claimed { Actor::Volunteer(volunteer) } else { place.recorder };
        let is_short = measure == Measure::Minutes && minutes <= ALONE_MINUTES;
        let record = SubmitRecord {
            activity,
            volunteer,
            interval: Interval { start, end: start.plus(Duration::minutes(minutes)) },
            breaks: Vec::new(),
            evidence,
            count: (measure == Measure::Count).then_some(1),
            reason,
            credit: evidence == Evidence::Import && is_short,
        };
        // A person who served elsewhere at the time is refused, as in life.
        let Some(Outcome::Record(record)) = self.try_ask(by, Command::SubmitRecord(record))? else {
            return Ok(());
        };
        if record.status == RecordStatus::Credited {
            return Ok(());
        }
        if evidence == Evidence::Leader && self.random.percent(20) {
            let confirm = Command::ConfirmRecord(ConfirmRecord { record: record.id });
            self.ask(Actor::Volunteer(volunteer), confirm)?;
            // Who entered it may decide it now.
            return self.decide_record(place.recorder, record.id, measure);
        }
        self.decide_record(place.approver, record.id, measure)
    }

    fn decide_record(&mut self, by: Actor, record: RecordId, measure: Measure) -> DemoResult<()> {
        match self.random.below(100) {
            0..4 => {}
            4..8 => {
                let reason = self.note("签到地点不符")?;
                self.ask(by, Command::RejectRecord(RejectRecord { record, reason }))?;
            }
            chance => {
                let mut deductions = Vec::new();
                if chance < 14 && measure == Measure::Minutes {
                    deductions.push(Deduct { minutes: Minutes(15), reason: self.note("中途离开")? });
                }
                self.ask(by, Command::CreditRecord(CreditRecord { record, deductions }))?;
                if chance > 97 {
                    let reason = self.note("核查后发现记录有误")?;
                    self.ask(by, Command::VoidRecord(VoidRecord { record, reason }))?;
                }
            }
        }
        Ok(())
    }

    /// What is open today, gifts, and those who have fetched some.
    fn today_at_school(
        &mut self,
        places: &[DemoUnit],
        programmes: &[ProgrammeId],
        by_bureau: Actor,
        bureau: UnitId,
    ) -> DemoResult<(ActivityId, RewardId)> {
        self.at_hour(2, 9);
        let first = places.first().ok_or("no school")?;
        let programme = *programmes.first().ok_or("no programme")?;
        let window = Interval { start: self.hour(1, 0), end: self.hour(0, 0).plus(Duration::days(180)) };
        let activity =
            self.activity(first.approver, first.unit, programme, "我爱白龟湖", Measure::Minutes, window)?;
        let mut rewards = Vec::new();
        for (name, price, stock) in names::REWARDS {
            let reward = CreateReward {
                unit: bureau,
                name: parse(name)?,
                price: Points(*price),
                stock: *stock,
                hold_days: 14,
            };
            match self.ask(by_bureau, Command::CreateReward(reward))? {
                Outcome::Reward(reward) => rewards.push(reward.id),
                other => return Err(format!("expected a reward, found {other:?}")),
            }
        }
        for place in places {
            for volunteer in place.volunteers.iter().take(5) {
                let Some(reward) = self.random.pick(&rewards).copied() else { continue };
                self.redeem(by_bureau, reward, *volunteer)?;
            }
        }
        Ok((activity, *rewards.first().ok_or("no reward")?))
    }

    fn redeem(&mut self, by_bureau: Actor, reward: RewardId, volunteer: VolunteerId) -> DemoResult<()> {
        let place = Command::PlaceRedemption(PlaceRedemption { reward, volunteer });
        // Who has not earned enough goes without.
        let Some(Outcome::Redemption(placed)) = self.try_ask(Actor::Volunteer(volunteer), place)? else {
            return Ok(());
        };
        let redemption = placed.id;
        match self.random.below(3) {
            0 => {
                let fulfil = FulfilRedemption { redemption, code_matches: true };
                self.ask(by_bureau, Command::FulfilRedemption(fulfil))?;
            }
            1 => {
                let cancel = CancelRedemption { redemption };
                self.ask(Actor::Volunteer(volunteer), Command::CancelRedemption(cancel))?;
            }
            _ => {}
        }
        Ok(())
    }

    /// Transfers in every state: done, refused, taken back, waiting at either side.
    fn move_people(&mut self, places: &[DemoUnit]) -> DemoResult<()> {
        self.at_hour(1, 9);
        for (at, place) in places.iter().enumerate() {
            let Some(target) = places.get((at + 1) % places.len()) else { continue };
            let Some(volunteer) = place.volunteers.last().copied() else { continue };
            let request = RequestTransfer { volunteer, to_unit: target.unit, consent: None };
            let requested = self.ask(Actor::Volunteer(volunteer), Command::RequestTransfer(request))?;
            let Outcome::Transfer(transfer) = requested else { continue };
            let step = |step| Command::StepTransfer(StepTransfer { transfer: transfer.id, step });
            match at % 5 {
                0 | 4 => {
                    self.ask(place.approver, step(Step::Release(None)))?;
                    self.ask(target.approver, step(Step::Accept))?;
                }
                1 => {
                    self.ask(place.approver, step(Step::Release(None)))?;
                }
                2 => {
                    let reason = self.note("本年度名额已满")?;
                    self.ask(place.approver, step(Step::Reject(Some(reason))))?;
                }
                _ => {
                    self.ask(Actor::Volunteer(volunteer), step(Step::Cancel))?;
                }
            }
        }
        Ok(())
    }

    pub(super) fn note(&mut self, text: &str) -> DemoResult<Committed<Note>> {
        let note = parse(text)?;
        self.committed(note)
    }

    pub(super) fn committed<T: serde::Serialize>(&mut self, content: T) -> DemoResult<Committed<T>> {
        commit(content, self.random.salt()).map_err(words)
    }

    pub(super) fn day(&self, days_ago: u64) -> NaiveDate {
        self.today.checked_sub_days(Days::new(days_ago)).unwrap_or(self.today)
    }

    pub(super) fn hour(&self, days_ago: u64, hour: i64) -> Timestamp {
        self.zone.start_of(self.day(days_ago)).plus(Duration::hours(hour))
    }

    pub(super) fn at_hour(&self, days_ago: u64, hour: i64) {
        self.clock.set(self.hour(days_ago, hour));
    }

    pub(super) fn ask(&self, actor: Actor, command: Command) -> DemoResult<Outcome> {
        self.send(actor, command)?.map_err(|rejection| format!("the city's story was refused: {rejection}"))
    }

    /// None where the rules refuse: the city's people are not all careful.
    fn try_ask(&self, actor: Actor, command: Command) -> DemoResult<Option<Outcome>> {
        Ok(self.send(actor, command)?.ok())
    }

    fn send(&self, actor: Actor, command: Command) -> DemoResult<Result<Outcome, Rejection>> {
        let request = Request { actor, token_from: None, key: None, work: Work::Single(Box::new(command)) };
        match self.ledger.submit_blocking(request) {
            Ok(Answer::Single(receipt)) => Ok(Ok(receipt.outcome)),
            Err(RequestRefusal::Rejected(rejection)) => Ok(Err(rejection)),
            Ok(Answer::Bulk(_)) => Err("a single command got many answers".to_owned()),
            Err(refusal) => Err(words(refusal)),
        }
    }
}

/// Minutes of one record that the bureau's recorders credit alone, and of a volunteer's month.
const ALONE_MINUTES: i64 = 120;
const ALONE_MINUTES_A_MONTH: i64 = 600;

/// What is short, one person alone may take over from another system.
fn alone(unit: UnitId) -> DemoResult<SetCreditingPolicy> {
    let minutes = OnePersonMinutes::new(Minutes(ALONE_MINUTES), Minutes(ALONE_MINUTES_A_MONTH));
    let one_person_minutes = Some(minutes.map_err(words)?);
    Ok(SetCreditingPolicy { unit, one_person_minutes, leader_hours: None, credits_seen: None })
}

fn create_unit(code: &str, name: &str, kind: UnitKind, parent: Option<UnitId>) -> DemoResult<Command> {
    Ok(Command::CreateUnit(CreateUnit {
        code: code.parse().map_err(words)?,
        name: parse(name)?,
        kind,
        parent,
    }))
}

fn unit_id(outcome: Outcome) -> DemoResult<UnitId> {
    match outcome {
        Outcome::Unit(unit) => Ok(unit.id),
        other => Err(format!("expected a unit, found {other:?}")),
    }
}

fn parse<const MAX: usize>(text: &str) -> DemoResult<crate::domain::text::Text<MAX>> {
    text.parse().map_err(words)
}
