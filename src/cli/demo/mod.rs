//! `hourbook demo`: the city sample, served; with what a person needs to live the story.

mod city;
mod names;
mod scale;
mod schemes;
mod steps;
mod story;
mod wechat;

use super::config::{DataOptions, WriterLock};
use super::secrets::SecretOptions;
use super::serve::{ServeOptions, serve};
use super::service::{Service, realm, settled_secrets};
use super::{CliResult, words};
use crate::auth::{Grant, Issuer, PasswordCost, Passwords};
use crate::domain::actor::{Actor, Role};
use crate::domain::rules::Rules;
use crate::domain::time::Timestamp;
use crate::engine::{Engine, WriterOptions};
use crate::store::read::tokens::valid_from;
use crate::store::{Db, DbUrl, head};
use chrono::NaiveDate;
use city::{City, CityBuilder, Random, StoryClock};
use clap::Args;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use story::{DemoSite, DemoTokens};

/// The password of all operators of the demo.
pub const PASSWORD: &str = "four-willows-by-the-lake";

/// How long the demo's tokens are valid.
const TOKEN_SECONDS: u32 = 24 * 3600;

#[derive(Args, Debug)]
pub struct Demo {
    #[command(flatten)]
    data: DataOptions,

    #[command(flatten)]
    secrets: SecretOptions,

    #[command(flatten)]
    serve: ServeOptions,

    /// The city's seed: the same seed and day give the same city
    #[arg(long, value_name = "NUMBER", default_value_t = 2026)]
    seed: u64,

    /// The day on which the city's past ends; today by default
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<NaiveDate>,

    /// How many days of the past the city has
    #[arg(long, value_name = "DAYS", default_value_t = 182, value_parser = clap::value_parser!(u64).range(20..=366))]
    days: u64,
    /// Instead of the sample city: fill the ledger up to so many credited records, to measure with, and
    /// exit
    #[arg(long, value_name = "RECORDS")]
    scale: Option<u64>,
}

impl Demo {
    pub fn run(self) -> CliResult {
        if let Some(records) = self.scale {
            scale::grow(&self.data, &self.secrets, self.seed, records)?;
            return Ok(ExitCode::SUCCESS);
        }
        let listener = self.serve.listen()?;
        let now = Timestamp::try_from(chrono::Utc::now()).map_err(words)?;
        let zone = Rules::default().zone;
        let today = self.today.unwrap_or_else(|| zone.date_of(now));
        if let Some(city) = load_city(&self.data, &self.secrets, (self.seed, today, self.days))? {
            let json = serde_json::to_string_pretty(&city).map_err(words)?;
            fs::write(self.city_file(), json).map_err(words)?;
        }
        let city = self.known_city()?;
        // Its passwords are printed for everybody to read.
        let refused_password = (!self.serve.is_loopback()).then_some(PASSWORD);
        let mut options = self.serve.clone();
        options.refused_password = refused_password;
        options.is_tried_here = true;
        let wechat = wechat::stand_in(&mut options)?;
        let service = Service::start(&self.data, &self.secrets, &options.writer())?;
        wechat::bind(&service, city.volunteer)?;
        let tokens = issue_tokens(&service, &city, now)?;
        let json = serde_json::to_string_pretty(&tokens).map_err(words)?;
        fs::write(self.data.data_dir.join("demo-tokens.json"), json).map_err(words)?;
        let entries = service.readers.read(head::read).map_err(words)?.last_seq.0;
        let program = std::env::current_exe().map_err(words)?;
        let data_dir = fs::canonicalize(&self.data.data_dir).map_err(words)?;
        let served = serve(service, &options, listener, |address| {
            tracing::info!(%address, "serving");
            let base = format!("http://{address}");
            let takes_passwords = refused_password.is_none();
            let (program, data_dir) = (&program, &data_dir);
            let place = DemoSite { base: &base, zone, now, entries, program, data_dir, takes_passwords };
            println!("{}", story::page(&place, &city, &tokens));
        });
        drop(wechat);
        served
    }

    fn city_file(&self) -> PathBuf {
        self.data.data_dir.join("demo-city.json")
    }

    fn known_city(&self) -> Result<City, String> {
        let file = self.city_file();
        let json = fs::read_to_string(&file).map_err(|error| {
            format!(
                "the ledger is not empty, and not the demo's ({}: {error}): name another --data-dir",
                file.display()
            )
        })?;
        serde_json::from_str(&json).map_err(words)
    }
}

fn issue_tokens(service: &Service, city: &City, now: Timestamp) -> Result<DemoTokens, String> {
    let issuer = Issuer::new(service.token_keys.clone(), realm());
    let issue = |actor, role, unit| {
        let valid_from = service.readers.read(|db| valid_from(db, actor)).map_err(words)?;
        let grant = Grant { actor, role, unit, valid_from, session: None };
        issuer.issue(grant, now, TOKEN_SECONDS).map_err(words)
    };
    Ok(DemoTokens {
        admin: issue(Actor::Operator(city.admin), Role::Admin, None)?,
        coordinator: issue(Actor::Operator(city.coordinator), Role::Coordinator, Some(city.bureau))?,
        colleague: match (city.colleague, city.schools.first()) {
            (Some(colleague), Some(school)) => {
                issue(Actor::Operator(colleague), Role::Coordinator, Some(*school))?
            }
            _ => issue(Actor::Operator(city.admin), Role::Admin, None)?,
        },
        auditor: issue(Actor::Operator(city.auditor), Role::Auditor, Some(city.bureau))?,
        volunteer: issue(Actor::Volunteer(city.volunteer), Role::Volunteer, None)?,
    })
}

/// Loads the city into an empty ledger, through the write path, as of a day; none if it is not empty.
fn load_city(
    data: &DataOptions,
    secrets: &SecretOptions,
    (seed, today, days): (u64, NaiveDate, u64),
) -> Result<Option<City>, String> {
    data.create_data_dir()?;
    let database = data.database();
    if let DbUrl::Postgres(_) = database {
        return Err("the demo runs on the embedded database: leave --database-url out".to_owned());
    }
    let _lock = WriterLock::take(&database)?;
    let mut db = Db::open(&database).map_err(words)?;
    db.migrate().map_err(words)?;
    if head::read(&mut db).map_err(words)?.last_seq.0 > 0 {
        return Ok(None);
    }
    let options = WriterOptions::default();
    let secrets = settled_secrets(&mut db, data, secrets, &options)?;
    let (rules, vault) = (Rules::default(), Arc::new(secrets.vault));
    let clock = Arc::new(StoryClock::at(Timestamp::default()));
    let (engine, ledger) =
        Engine::start(&database, rules.clone(), vault.clone(), clock.clone(), &options).map_err(words)?;
    let passwords = Passwords::new(PasswordCost::Owasp).map_err(words)?;
    let mut builder = CityBuilder {
        ledger: &ledger,
        clock: &clock,
        vault: &vault,
        db,
        zone: rules.zone,
        today,
        days,
        password_hash: passwords.hash(PASSWORD, "").map_err(words)?,
        random: Random(seed),
        operators: 0,
    };
    let told = builder.tell();
    drop(ledger);
    engine.join();
    told.map(Some)
}
