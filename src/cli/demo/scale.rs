//! `hourbook demo --scale`: a ledger grown to many credited records, through the write path at full speed,
//! so that anyone can measure what the records cost.
//!
//! The city is plain, and every record follows from its number and the seed: 100 units, 10,000 volunteers
//! (fewer where there are few records), groups of 20 volunteers who serve an hour or so together, each time
//! on another day of the year before the ledger was begun. The service itself enters and credits it, as if it had seen
//! everybody check in. A ledger that was grown is grown on.

use super::city::DemoResult;
use super::names;
use crate::cli::config::DataOptions;
use crate::cli::secrets::SecretOptions;
use crate::cli::service::Service;
use crate::cli::words;
use crate::domain::Command;
use crate::domain::activity::recruitment::Recruitment;
use crate::domain::activity::{ActivityDetails, CreateActivity, Measure};
use crate::domain::actor::Actor;
use crate::domain::amounts::Points;
use crate::domain::evidence::Evidence;
use crate::domain::identity::Gender;
use crate::domain::identity::{DocumentKind, IdentityDocument};
use crate::domain::ids::{ActivityId, ProgrammeId, Seq, UnitId, VolunteerId};
use crate::domain::person::{Consent, Person};
use crate::domain::policy::{CreatePolicy, PolicyTerms, Rounding, Validity};
use crate::domain::programme::{CreateProgramme, ProgrammeDetails};
use crate::domain::record::SubmitRecord;
use crate::domain::text::Text;
use crate::domain::time::{Interval, LocalZone, Timestamp};
use crate::domain::unit::{CreateUnit, UnitKind};
use crate::domain::volunteer::Register;
use crate::engine::{Answer, Ledger, Request, Work, WriterOptions};
use crate::journal::commit;
use crate::store::vault::Vault;
use chrono::{Days, Duration, NaiveDate};
use indicatif::{ProgressBar, ProgressStyle};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::time::Instant;

/// A city that is grown, as it is remembered beside the ledger.
#[derive(Serialize, Deserialize)]
struct GrownCity {
    seed: u64,
    /// The day on which the ledger was begun; all service was given in the year before.
    begun_on: NaiveDate,
    units: Vec<UnitId>,
    programmes: Vec<ProgrammeId>,
    volunteers: Vec<VolunteerId>,
    /// How many credited records there are.
    records: u64,
}

const UNITS: u64 = 100;
const MOST_VOLUNTEERS: u64 = 10_000;
/// Volunteers who serve together: records of one activity.
const GROUP: u64 = 20;
/// Commands of one request, as the API takes them at most.
const BODY: usize = 500;
/// Requests that wait together.
const BODIES: u64 = 8;
/// Days of the year on which a group can serve, and how often on one of them.
const DAYS: u64 = 365;
const TIMES_A_DAY: u64 = 5;

/// Grows the ledger until it holds so many credited records, rounded up to whole requests.
pub(super) fn grow(data: &DataOptions, secrets: &SecretOptions, seed: u64, records: u64) -> DemoResult<()> {
    let file = data.data_dir.join("demo-scale.json");
    let service = Service::start(data, secrets, &WriterOptions::default())?;
    let mut city = match fs::read_to_string(&file) {
        Ok(json) => serde_json::from_str(&json).map_err(words)?,
        Err(_) => GrownCity::found(&service, seed, records)?,
    };
    // Should this end half-way, nothing says what the ledger holds: it is not grown on.
    let _absent = fs::remove_file(&file);
    let (began, before) = (Instant::now(), city.records);
    city.grow(&service.ledger, service.rules.zone, records)?;
    let (seconds, added) = (began.elapsed().as_secs_f64(), city.records - before);
    service.stop();
    fs::write(&file, serde_json::to_string(&city).map_err(words)?).map_err(words)?;
    println!("{} credited records, {added} of them in {seconds:.1} s", city.records);
    Ok(())
}

impl GrownCity {
    /// Units, programmes, a policy and volunteers.
    fn found(service: &Service, seed: u64, records: u64) -> DemoResult<Self> {
        let begun_on = service.rules.zone.date_of(Timestamp::try_from(chrono::Utc::now()).map_err(words)?);
        let make = |commands: DemoResult<Vec<Command>>| made(&service.ledger, vec![commands?]);
        let bureau = make(unit("CITY", "市教育体育局", UnitKind::Bureau, None).map(|bureau| vec![bureau]))?;
        let bureau = UnitId::new(*bureau.first().ok_or("no bureau")?);
        let schools = make((1..UNITS).map(|number| school(bureau, number)).collect())?;
        let units: Vec<_> = [bureau].into_iter().chain(schools.into_iter().map(UnitId::new)).collect();
        let programmes = names::PROGRAMMES.iter().map(|(name, ..)| programme(bureau, name)).collect();
        let programmes = make(programmes)?.into_iter().map(ProgrammeId::new).collect();
        make(Ok(vec![policy(begun_on)]))?;
        let many = (records / 10).clamp(GROUP, MOST_VOLUNTEERS).next_multiple_of(GROUP);
        let mut volunteers = Vec::new();
        for first in (0..many).step_by(BODY) {
            let numbers = first..many.min(first + BODY as u64);
            let register = |number| register(&service.vault, pick(&units, number / GROUP)?, number, begun_on);
            volunteers.extend(make(numbers.map(register).collect())?.into_iter().map(VolunteerId::new));
        }
        Ok(Self { seed, begun_on, units, programmes, volunteers, records: 0 })
    }

    fn grow(&mut self, ledger: &Ledger, zone: LocalZone, records: u64) -> DemoResult<()> {
        let bar = ProgressBar::new(records).with_style(style()).with_position(self.records);
        while self.records < records {
            let until = records.next_multiple_of(BODY as u64).min(self.records + BODY as u64 * BODIES);
            let groups = self.records / GROUP..until / GROUP;
            let activities: Vec<_> =
                groups.map(|group| self.activity(zone, group)).collect::<DemoResult<_>>()?;
            let activities = made(ledger, bodies(&activities))?;
            let record = |number: u64| {
                let activity = pick(&activities, (number - self.records) / GROUP)?;
                self.record(zone, ActivityId::new(activity), number)
            };
            let submitted: Vec<_> = (self.records..until).map(record).collect::<DemoResult<_>>()?;
            made(ledger, bodies(&submitted))?;
            self.records = until;
            bar.set_position(until);
        }
        bar.finish_and_clear();
        Ok(())
    }

    /// What the volunteers of a group do together for an hour and a half at most.
    fn activity(&self, zone: LocalZone, number: u64) -> DemoResult<Command> {
        let groups = self.volunteers.len() as u64 / GROUP;
        let (turn, group) = (number / groups, number % groups);
        let details = ActivityDetails {
            name: parse("我爱白龟湖")?,
            place: None,
            window: Interval {
                start: self.start(zone, turn, group)?,
                end: self.start(zone, turn, group)?.plus(Duration::minutes(90)),
            },
            headcount: None,
            leader: None,
            recruitment: Recruitment::default(),
        };
        let (unit, programme) = (pick(&self.units, group)?, pick(&self.programmes, group % UNITS)?);
        Ok(Command::CreateActivity(CreateActivity {
            programme,
            unit,
            measure: Measure::Minutes,
            details,
            draft: false,
        }))
    }

    fn record(&self, zone: LocalZone, activity: ActivityId, number: u64) -> DemoResult<Command> {
        let many = self.volunteers.len() as u64;
        let (turn, volunteer) = (number / many, number % many);
        let start = self.start(zone, turn, volunteer / GROUP)?;
        let mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(self.seed) >> 32;
        let minutes = 30 + i64::try_from(mixed % 61).map_err(words)?;
        let evidence = match mixed % 10 {
            0..6 => Evidence::Scan,
            _ => Evidence::Geo,
        };
        Ok(Command::SubmitRecord(SubmitRecord {
            activity,
            volunteer: pick(&self.volunteers, volunteer)?,
            interval: Interval { start, end: start.plus(Duration::minutes(minutes)) },
            breaks: Vec::new(),
            evidence,
            count: None,
            reason: None,
            credit: true,
        }))
    }

    /// When a group serves for the so many-th time: first once on each day of the year, here and there;
    /// then a second time on each.
    fn start(&self, zone: LocalZone, turn: u64, group: u64) -> DemoResult<Timestamp> {
        let times = turn / DAYS;
        if times >= TIMES_A_DAY {
            return Err(format!("{} volunteers cannot serve so often in a year", self.volunteers.len()));
        }
        // 37 shares no divisor with the days of a year: all days are come by before one comes again.
        let day = (37 * turn + 11 * group) % DAYS;
        let day = self.begun_on.checked_sub_days(Days::new(DAYS - day)).ok_or("before all time")?;
        let hour = 7 + 3 * i64::try_from(times).map_err(words)?;
        Ok(zone.start_of(day).plus(Duration::hours(hour)))
    }
}

/// Carries out requests that wait together, in order; the entries that they made.
fn made(ledger: &Ledger, bodies: Vec<Vec<Command>>) -> DemoResult<Vec<Seq>> {
    let request =
        |commands| Request { actor: Actor::System, token_from: None, key: None, work: Work::Bulk(commands) };
    let mut made = Vec::new();
    for answer in ledger.submit_all_blocking(bodies.into_iter().map(request).collect()) {
        let Answer::Bulk(items) = answer.map_err(words)? else { return Err("no answer to many".to_owned()) };
        for item in items {
            made.push(item.map_err(|rejection| format!("the city was refused something: {rejection}"))?.seq);
        }
    }
    Ok(made)
}

fn bodies(commands: &[Command]) -> Vec<Vec<Command>> {
    commands.chunks(BODY).map(<[Command]>::to_vec).collect()
}

/// One of a list that starts again at its end.
fn pick<T: Copy>(list: &[T], number: u64) -> DemoResult<T> {
    let at = usize::try_from(number).map_err(words)?.checked_rem(list.len());
    at.and_then(|at| list.get(at)).copied().ok_or_else(|| "nothing to choose from".to_owned())
}

fn school(bureau: UnitId, number: u64) -> DemoResult<Command> {
    unit(&format!("CITY-{number}"), &format!("第{number}中学"), UnitKind::School, Some(bureau))
}

fn unit(code: &str, name: &str, kind: UnitKind, parent: Option<UnitId>) -> DemoResult<Command> {
    let (code, name) = (code.parse().map_err(words)?, parse(name)?);
    Ok(Command::CreateUnit(CreateUnit { code, name, kind, parent }))
}

fn programme(unit: UnitId, name: &str) -> DemoResult<Command> {
    let details = ProgrammeDetails { name: parse(name)?, brands: BTreeSet::new(), category: None };
    Ok(Command::CreateProgramme(CreateProgramme { unit, details }))
}

fn policy(begun_on: NaiveDate) -> Command {
    let terms = PolicyTerms {
        effective_from: begun_on.checked_sub_days(Days::new(DAYS + 1)).unwrap_or(begun_on),
        points_per_hour: Points(100),
        points_per_count: Points(500),
        earning_evidence: [Evidence::Scan, Evidence::Geo, Evidence::Leader].into(),
        programme_coefficients: BTreeMap::new(),
        category_coefficients: BTreeMap::new(),
        validity: Validity::Months { months: 36 },
        monthly_quota: None,
        rounding: Rounding::Day,
        most_counts_a_day: None,
        most_counts_an_activity: None,
        replaces: None,
    };
    Command::CreatePolicy(CreatePolicy { terms })
}

/// Nobody: a number with a passport.
fn register(vault: &Vault, unit: UnitId, number: u64, begun_on: NaiveDate) -> DemoResult<Command> {
    let birth_date = begun_on.checked_sub_days(Days::new(30 * 365)).unwrap_or(begun_on);
    let (gender, passport) = (Gender::Female, format!("E{number:08}"));
    let given_at = Timestamp::try_from(chrono::Utc::now()).map_err(words)?;
    let person = Person {
        name: parse(&format!("志愿者{number}"))?,
        gender,
        birth_date,
        document: IdentityDocument::new(DocumentKind::Passport, &passport, birth_date, gender)
            .map_err(words)?,
        mobile: format!("199{number:08}").parse().map_err(words)?,
        residence: None,
        skills: Vec::new(),
        service_categories: Vec::new(),
        political_status: Vec::new(),
        consent: Consent { given_at, text_version: parse("2026-1")? },
        guardian_consent: None,
    };
    let indexes = vault.person_indexes(&person);
    // The salt hides nobody here.
    let person = commit(person, u128::from(number).to_be_bytes()).map_err(words)?;
    Ok(Command::Register(Register { unit, person, indexes, another_person: None }))
}

fn parse<const MAX: usize>(text: &str) -> DemoResult<Text<MAX>> {
    text.parse().map_err(words)
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{wide_bar} {pos}/{len} records, {per_sec}, {eta} left")
        .unwrap_or(ProgressStyle::default_bar())
}
