//! Commands with the particulars that a case does not care for filled in, and a small city to use
//! them in.

use super::clock::timestamp;
use super::random::Random;
use super::writer::{Writer, vault};
use hourbook::domain::activity::recruitment::Recruitment;
use hourbook::domain::activity::{ActivityDetails, CreateActivity, Measure};
use hourbook::domain::actor::Actor;
use hourbook::domain::amounts::Points;
use hourbook::domain::commitment::Committed;
use hourbook::domain::evidence::Evidence;
use hourbook::domain::identity::Gender;
use hourbook::domain::identity::{DocumentKind, IdentityDocument};
use hourbook::domain::ids::{ActivityId, ProgrammeId, RewardId, UnitId, VolunteerId};
use hourbook::domain::person::{Consent, Person, PersonIndexes};
use hourbook::domain::policy::{CreatePolicy, PolicyTerms, Rounding, Validity};
use hourbook::domain::programme::{CreateProgramme, ProgrammeDetails};
use hourbook::domain::record::SubmitRecord;
use hourbook::domain::redemption::PlaceRedemption;
use hourbook::domain::reward::{CreateReward, RestockReward};
use hourbook::domain::text::Note;
use hourbook::domain::time::Interval;
use hourbook::domain::transfer::RequestTransfer;
use hourbook::domain::unit::{CreateUnit, UnitKind};
use hourbook::domain::volunteer::Register;
use hourbook::domain::{Command, Outcome};
use hourbook::engine::Receipt;
use hourbook::journal::commit;
use std::collections::BTreeMap;

/// A bureau and a school under it, an activity of the bureau's on 22 November 2026, and a policy by
/// which an hour earns a point.
pub struct City {
    pub bureau: UnitId,
    pub school: UnitId,
    pub activity: ActivityId,
}

impl City {
    pub fn found(writer: &Writer) -> Self {
        let made = |command| writer.ask(Actor::System, command).unwrap();
        let bureau = UnitId::new(made(create_unit("BUREAU", None)).seq);
        let school = UnitId::new(made(create_unit("SCHOOL", Some(bureau))).seq);
        made(create_policy());
        let programme = ProgrammeId::new(made(create_programme(bureau)).seq);
        let day = interval("2026-11-22T00:00:00+08:00", "2026-11-23T00:00:00+08:00");
        let activity = ActivityId::new(made(create_activity(programme, bureau, day)).seq);
        Self { bureau, school, activity }
    }

    /// A volunteer of the bureau who has earned four points.
    pub fn volunteer_with_points(&self, writer: &Writer, number: usize) -> VolunteerId {
        let volunteer =
            VolunteerId::new(writer.ask(Actor::System, register(self.bureau, number)).unwrap().seq);
        let morning = interval("2026-11-22T08:00:00+08:00", "2026-11-22T12:00:00+08:00");
        let submit = SubmitRecord { credit: true, ..submission(self.activity, volunteer, morning) };
        writer.ask(Actor::System, Command::SubmitRecord(submit)).unwrap();
        volunteer
    }

    /// A reward of the bureau with so many pieces, a point each.
    pub fn reward(&self, writer: &Writer, stock: i64) -> RewardId {
        self.reward_at(writer, Points(100), stock)
    }

    /// A reward that costs all that such a volunteer has.
    pub fn dear_reward(&self, writer: &Writer) -> RewardId {
        self.reward_at(writer, Points(400), 1)
    }

    fn reward_at(&self, writer: &Writer, price: Points, stock: i64) -> RewardId {
        RewardId::new(writer.ask(Actor::System, create_reward(self.bureau, price, stock)).unwrap().seq)
    }
}

pub fn create_unit(code: &str, parent: Option<UnitId>) -> Command {
    let (code, name) = (code.parse().unwrap(), "平顶山市教育体育局".parse().unwrap());
    let kind = if parent.is_none() { UnitKind::Bureau } else { UnitKind::School };
    Command::CreateUnit(CreateUnit { code, name, kind, parent })
}

/// An hour of scanned service earns a point, for ever.
pub fn create_policy() -> Command {
    let terms = PolicyTerms {
        effective_from: "2020-01-01".parse().unwrap(),
        points_per_hour: Points(100),
        points_per_count: Points(0),
        earning_evidence: [Evidence::Scan].into(),
        programme_coefficients: BTreeMap::new(),
        category_coefficients: BTreeMap::new(),
        validity: Validity::Unlimited,
        monthly_quota: None,
        rounding: Rounding::Record,
        most_counts_a_day: None,
        most_counts_an_activity: None,
        replaces: None,
    };
    Command::CreatePolicy(CreatePolicy { terms })
}

pub fn create_programme(unit: UnitId) -> Command {
    let name = "共爱同行".parse().unwrap();
    let details = ProgrammeDetails { name, brands: [].into(), category: None };
    Command::CreateProgramme(CreateProgramme { unit, details })
}

pub fn create_activity(programme: ProgrammeId, unit: UnitId, window: Interval) -> Command {
    let name = "我爱白龟湖".parse().unwrap();
    let details = ActivityDetails {
        name,
        place: None,
        window,
        headcount: None,
        leader: None,
        recruitment: Recruitment::default(),
    };
    Command::CreateActivity(CreateActivity {
        programme,
        unit,
        measure: Measure::Minutes,
        details,
        draft: false,
    })
}

/// Registers a person of full age with the document of this number.
pub fn register(unit: UnitId, number: usize) -> Command {
    let number = format!("E{number:07}");
    let birth_date = "1990-05-04".parse().unwrap();
    let person = Person {
        name: "张三".parse().unwrap(),
        gender: Gender::Male,
        birth_date,
        document: IdentityDocument::new(DocumentKind::Passport, &number, birth_date, Gender::Male).unwrap(),
        mobile: "13800138000".parse().unwrap(),
        residence: None,
        skills: vec![],
        service_categories: vec![],
        political_status: vec![],
        consent: Consent {
            given_at: timestamp("2026-11-01T09:00:00+08:00"),
            text_version: "2026-1".parse().unwrap(),
        },
        guardian_consent: None,
    };
    let indexes = PersonIndexes {
        identity: vault().blind_index("identity", &number),
        mobile: vault().blind_index("mobile", &number),
        likeness: vault().blind_index("likeness", &number),
    };
    let person = commit(person, salt(&number)).unwrap();
    Command::Register(Register { unit, person, indexes, another_person: None })
}

/// Scanned service without breaks, to be credited later.
pub fn submission(activity: ActivityId, volunteer: VolunteerId, interval: Interval) -> SubmitRecord {
    SubmitRecord {
        activity,
        volunteer,
        interval,
        breaks: vec![],
        evidence: Evidence::Scan,
        count: None,
        reason: None,
        credit: false,
    }
}

pub fn create_reward(unit: UnitId, price: Points, stock: i64) -> Command {
    let name = "雨伞".parse().unwrap();
    Command::CreateReward(CreateReward { unit, name, price, stock, hold_days: 7 })
}

pub fn restock_reward(reward: RewardId, added: i64) -> Command {
    Command::RestockReward(RestockReward { reward, added })
}

pub fn place_redemption(reward: RewardId, volunteer: VolunteerId) -> Command {
    Command::PlaceRedemption(PlaceRedemption { reward, volunteer })
}

pub fn request_transfer(volunteer: VolunteerId, to_unit: UnitId) -> Command {
    let consent = Some(note("本人同意"));
    Command::RequestTransfer(RequestTransfer { volunteer, to_unit, consent })
}

pub fn note(text: &str) -> Committed<Note> {
    commit(text.parse().unwrap(), salt(text)).unwrap()
}

pub fn interval(start: &str, end: &str) -> Interval {
    Interval { start: timestamp(start), end: timestamp(end) }
}

/// The stock that is free in a reward, as a receipt shows it.
pub fn free_stock(receipt: &Receipt) -> i64 {
    match &receipt.outcome {
        Outcome::Reward(reward) => reward.stock_available,
        other => panic!("not a reward: {other:?}"),
    }
}

fn salt(text: &str) -> [u8; 16] {
    Random::new(text.bytes().fold(0, |sum, byte| sum * 31 + u64::from(byte))).bytes()
}
