//! A small city on the real write path, for the reads to be compared with.

use crate::domain::Command;
use crate::domain::activity::recruitment::Recruitment;
use crate::domain::activity::{ActivityDetails, CreateActivity, Measure};
use crate::domain::actor::{Actor, Role};
use crate::domain::amounts::{Minutes, Points};
use crate::domain::commitment::Committed;
use crate::domain::evidence::Evidence;
use crate::domain::identity::Gender;
use crate::domain::identity::{DocumentKind, IdentityDocument};
use crate::domain::ids::{
    ActivityId, OperatorId, PolicyId, ProgrammeId, RecordId, RedemptionId, RewardId, TransferId, UnitId,
    VolunteerId,
};
use crate::domain::operator::{CreateOperator, Login};
use crate::domain::outcome::Outcome;
use crate::domain::person::{Consent, Person};
use crate::domain::policy::{CreatePolicy, PolicyTerms, Rounding, Validity};
use crate::domain::programme::{CreateProgramme, ProgrammeDetails};
use crate::domain::record::{CreditRecord, Deduct, RejectRecord, SubmitRecord, VoidRecord};
use crate::domain::redemption::{FulfilRedemption, PlaceRedemption};
use crate::domain::reward::CreateReward;
use crate::domain::rules::Rules;
use crate::domain::text::Note;
use crate::domain::time::{Interval, Timestamp};
use crate::domain::transfer::{RequestTransfer, Step, StepTransfer};
use crate::domain::unit::{CreateUnit, SetHeadcount, UnitKind};
use crate::domain::volunteer::{CloseVolunteer, Register};
use crate::engine::{Answer, Clock, Engine, Ledger, Request, Work, WriterOptions};
use crate::journal::commit;
use crate::store::DbUrl;
use crate::store::vault::{SecretKey, Vault};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// When the story begins.
pub(super) const START: &str = "2026-11-22T20:00:00+08:00";

pub(super) fn at(text: &str) -> Timestamp {
    serde_json::from_value(text.into()).unwrap()
}

pub(super) fn vault() -> Arc<Vault> {
    let key = |pair: &str| pair.repeat(32).parse::<SecretKey>().unwrap();
    Arc::new(Vault::new(&key("11"), &key("22")))
}

/// What everything in the story is called.
pub(super) struct City {
    pub bureau: UnitId,
    pub school: UnitId,
    pub academy: UnitId,
    /// The top of another tree, with so many units under it that a school is a small part of all, and
    /// the bureau with its schools a good part.
    pub elsewhere: UnitId,
    pub policy: PolicyId,
    pub coordinator: OperatorId,
    pub programme: ProgrammeId,
    pub activity: ActivityId,
    /// Moves from the school to the academy.
    pub mover: VolunteerId,
    /// Of the academy all along.
    pub stayer: VolunteerId,
    /// Has left.
    pub leaver: VolunteerId,
    pub credited: RecordId,
    pub deducted: RecordId,
    pub rejected: RecordId,
    pub voided: RecordId,
    pub waiting: RecordId,
    pub transfer: TransferId,
    pub open_transfer: TransferId,
    /// The bureau's.
    pub reward: RewardId,
    /// The school's.
    pub own_reward: RewardId,
    pub fulfilled: RedemptionId,
    pub held: RedemptionId,
}

/// Stands a second later each time it is asked, so that no two batches bear one instant.
struct Ticking(AtomicI64);

impl Clock for Ticking {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.fetch_add(1_000_000, Ordering::SeqCst)).unwrap()
    }
}

/// Tells the story as far as the last but two chapters, calls `meanwhile`, and tells the rest.
pub(super) fn seed(url: &DbUrl, meanwhile: impl FnOnce()) -> City {
    let vault = vault();
    let clock = Arc::new(Ticking(AtomicI64::new(at(START).as_micros())));
    // So few entries that the story passes many roll-ups.
    let options = WriterOptions { rollup_interval: 4, ..WriterOptions::default() };
    let (engine, ledger) = Engine::start(url, Rules::default(), vault.clone(), clock, &options).unwrap();
    let city = Seeder { ledger, vault }.seed(meanwhile);
    engine.join();
    city
}

struct Seeder {
    ledger: Ledger,
    vault: Arc<Vault>,
}

/// Takes the id out of an outcome.
macro_rules! id {
    ($outcome:expr, $thing:ident) => {
        match $outcome {
            Outcome::$thing(thing) => thing.id,
            other => panic!("unexpected outcome: {other:?}"),
        }
    };
}

impl Seeder {
    fn seed(self, meanwhile: impl FnOnce()) -> City {
        let bureau = self.unit("BUREAU", UnitKind::Bureau, None);
        let school = self.unit("SCHOOL-3", UnitKind::School, Some(bureau));
        let academy = self.unit("ACADEMY", UnitKind::School, Some(bureau));
        let elsewhere = self.unit("ELSEWHERE", UnitKind::Bureau, None);
        for number in 0..20 {
            self.unit(&format!("TEAM-{number}"), UnitKind::Team, Some(elsewhere));
        }
        for (from, staff) in [("2026-01-01", 80), ("2026-09-01", 90)] {
            let effective_from = from.parse().unwrap();
            self.ask(Command::SetHeadcount(SetHeadcount {
                unit: school,
                effective_from,
                staff,
                party_members: 9,
            }));
        }
        let policy = id!(self.ask(Command::CreatePolicy(CreatePolicy { terms: terms() })), Policy);
        let coordinator = self.operator("zhang", Role::Coordinator, Some(school));
        self.operator("root", Role::Admin, None);
        let programme = self.programme(bureau);
        let activity = self.activity(programme, school, Measure::Minutes);
        let donation = self.activity(programme, academy, Measure::Count);

        let mover = self.volunteer(school, "张100%_三", "13800138000", "E1000001");
        let stayer = self.volunteer(academy, "李四", "13900139000", "E1000002");
        let leaver = self.volunteer(school, "Wang Wu", "13700137000", "E1000003");

        let credited = self.record(mover, activity, 1, Evidence::Scan, true);
        self.ask(Command::SubmitRecord(SubmitRecord {
            count: Some(2),
            ..submit(stayer, donation, 12, true)
        }));
        let led = SubmitRecord { evidence: Evidence::Leader, ..submit(mover, activity, 4, false) };
        let led = self.ask_as(Actor::Operator(coordinator), Command::SubmitRecord(led));
        let deducted = id!(led, Record);
        self.ask(Command::CreditRecord(CreditRecord {
            record: deducted,
            deductions: vec![Deduct { minutes: Minutes(20), reason: note("吃饭") }],
        }));
        let voided = self.record(stayer, activity, 1, Evidence::Geo, true);
        let rejected = self.back_fill(stayer, activity, 5);
        self.ask(Command::RejectRecord(RejectRecord { record: rejected, reason: note("没有证据") }));
        let waiting = self.record(stayer, activity, 8, Evidence::Scan, false);

        let reward = self.reward(bureau);
        let own_reward = self.reward(school);
        let fulfilled = self.redeem(reward, mover);
        self.ask(Command::FulfilRedemption(FulfilRedemption { redemption: fulfilled, code_matches: true }));
        let held = self.redeem(reward, mover);
        let leaves = Command::CloseVolunteer(CloseVolunteer {
            volunteer: leaver,
            expected: None,
            reason: None,
            forfeits_points: Points::ZERO,
            abandons_records: 0,
        });
        self.ask_as(Actor::Volunteer(leaver), leaves);
        meanwhile();

        self.ask(Command::VoidRecord(VoidRecord { record: voided, reason: note("冒名") }));
        let open_transfer = self.transfer(stayer, school);
        let transfer = self.transfer(mover, academy);
        for step in [Step::Release(None), Step::Accept] {
            self.ask(Command::StepTransfer(StepTransfer { transfer, step }));
        }
        City {
            bureau,
            school,
            academy,
            elsewhere,
            policy,
            coordinator,
            programme,
            activity,
            mover,
            stayer,
            leaver,
            credited,
            deducted,
            rejected,
            voided,
            waiting,
            transfer,
            open_transfer,
            reward,
            own_reward,
            fulfilled,
            held,
        }
    }

    fn ask(&self, command: Command) -> Outcome {
        self.ask_as(Actor::System, command)
    }

    fn ask_as(&self, actor: Actor, command: Command) -> Outcome {
        let work = Work::Single(Box::new(command));
        match self.ledger.submit_blocking(Request { actor, token_from: None, key: None, work }) {
            Ok(Answer::Single(receipt)) => receipt.outcome,
            other => panic!("unexpected answer: {other:?}"),
        }
    }

    fn unit(&self, code: &str, kind: UnitKind, parent: Option<UnitId>) -> UnitId {
        let (code, name) = (code.parse().unwrap(), code.parse().unwrap());
        id!(self.ask(Command::CreateUnit(CreateUnit { code, name, kind, parent })), Unit)
    }

    fn operator(&self, login: &str, role: Role, unit: Option<UnitId>) -> OperatorId {
        let login = Login { login: login.parse().unwrap(), name: "某某".parse().unwrap() };
        let password_hash = Some("$argon2id$".to_owned());
        let login = committed(login);
        id!(
            self.ask(Command::CreateOperator(CreateOperator {
                login,
                password_hash,
                role,
                unit,
                volunteer: None,
                identity: None,
            })),
            Operator
        )
    }

    fn programme(&self, unit: UnitId) -> ProgrammeId {
        let details = ProgrammeDetails {
            name: "志愿红".parse().unwrap(),
            brands: BTreeSet::from(["春风行动".parse().unwrap(), "健润·全民健身".parse().unwrap()]),
            category: None,
        };
        id!(self.ask(Command::CreateProgramme(CreateProgramme { unit, details })), Programme)
    }

    fn activity(&self, programme: ProgrammeId, unit: UnitId, measure: Measure) -> ActivityId {
        let details = ActivityDetails {
            name: "我爱白龟湖".parse().unwrap(),
            place: None,
            window: Interval { start: at("2026-11-22T00:00:00+08:00"), end: at("2026-11-22T19:00:00+08:00") },
            headcount: None,
            leader: None,
            recruitment: Recruitment::default(),
        };
        id!(
            self.ask(Command::CreateActivity(CreateActivity {
                programme,
                unit,
                measure,
                details,
                draft: false
            })),
            Activity
        )
    }

    fn volunteer(&self, unit: UnitId, name: &str, mobile: &str, document: &str) -> VolunteerId {
        let birth_date = "1990-05-05".parse().unwrap();
        let person = Person {
            name: name.parse().unwrap(),
            gender: Gender::Female,
            birth_date,
            document: IdentityDocument::new(DocumentKind::Passport, document, birth_date, Gender::Female)
                .unwrap(),
            mobile: mobile.parse().unwrap(),
            residence: Some("新华区".parse().unwrap()),
            skills: vec!["急救".parse().unwrap()],
            service_categories: vec![],
            political_status: vec![],
            consent: Consent {
                given_at: at("2026-11-01T00:00:00Z"),
                text_version: "2026-1".parse().unwrap(),
            },
            guardian_consent: None,
        };
        let indexes = self.vault.person_indexes(&person);
        id!(
            self.ask(Command::Register(Register {
                unit,
                person: committed(person),
                indexes,
                another_person: None
            })),
            Volunteer
        )
    }

    fn record(
        &self,
        volunteer: VolunteerId,
        activity: ActivityId,
        hour: u32,
        evidence: Evidence,
        credit: bool,
    ) -> RecordId {
        let cmd = SubmitRecord { evidence, ..submit(volunteer, activity, hour, credit) };
        id!(self.ask(Command::SubmitRecord(cmd)), Record)
    }

    fn back_fill(&self, volunteer: VolunteerId, activity: ActivityId, hour: u32) -> RecordId {
        let reason = Some(note("忘了扫码"));
        let cmd =
            SubmitRecord { evidence: Evidence::Backfill, reason, ..submit(volunteer, activity, hour, false) };
        id!(self.ask(Command::SubmitRecord(cmd)), Record)
    }

    fn reward(&self, unit: UnitId) -> RewardId {
        let cmd =
            CreateReward {
                unit, name: "水杯".parse().unwrap(), price: Points(100), stock: 5, hold_days: 7
            };
        id!(self.ask(Command::CreateReward(cmd)), Reward)
    }

    fn redeem(&self, reward: RewardId, volunteer: VolunteerId) -> RedemptionId {
        id!(self.ask(Command::PlaceRedemption(PlaceRedemption { reward, volunteer })), Redemption)
    }

    fn transfer(&self, volunteer: VolunteerId, to_unit: UnitId) -> TransferId {
        let consent = Some(note("本人同意"));
        id!(self.ask(Command::RequestTransfer(RequestTransfer { volunteer, to_unit, consent })), Transfer)
    }
}

/// Two hours of scanned service from an hour of the day on.
fn submit(volunteer: VolunteerId, activity: ActivityId, hour: u32, credit: bool) -> SubmitRecord {
    let clock = |hour: u32| at(&format!("2026-11-22T{hour:02}:00:00+08:00"));
    SubmitRecord {
        activity,
        volunteer,
        interval: Interval { start: clock(hour), end: clock(hour + 2) },
        breaks: vec![],
        evidence: Evidence::Scan,
        count: None,
        reason: None,
        credit,
    }
}

fn terms() -> PolicyTerms {
    PolicyTerms {
        effective_from: "2026-01-01".parse().unwrap(),
        points_per_hour: Points(100),
        points_per_count: Points(500),
        earning_evidence: BTreeSet::from([Evidence::Scan, Evidence::Geo, Evidence::Leader]),
        programme_coefficients: BTreeMap::new(),
        category_coefficients: BTreeMap::new(),
        validity: Validity::Months { months: 12 },
        monthly_quota: None,
        rounding: Rounding::Record,
        most_counts_a_day: None,
        most_counts_an_activity: None,
        replaces: None,
    }
}

pub(super) fn note(text: &str) -> Committed<Note> {
    committed(text.parse().unwrap())
}

fn committed<T: Serialize>(content: T) -> Committed<T> {
    commit(content, [7; 16]).unwrap()
}
