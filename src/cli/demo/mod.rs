//! `hourbook demo`: the city sample, served; with what a person needs to live the story.

mod city;
mod names;

use super::config::{DataOptions, WriterLock};
use super::secrets::SecretOptions;
use super::words;
use crate::auth::{PasswordCost, Passwords};
use crate::domain::rules::Rules;
use crate::domain::time::Timestamp;
use crate::engine::{Engine, WriterOptions};
use crate::store::{Db, head};
use chrono::NaiveDate;
use city::{City, Random, StoryClock, Teller};
use std::sync::Arc;

/// What every login of the demo's operators takes.
pub const PASSWORD: &str = "hourbook-demo";

/// Loads the city into an empty ledger, through the write path, as of a day; none if it is not empty.
fn load_city(
    data: &DataOptions,
    secrets: &SecretOptions,
    seed: u64,
    today: NaiveDate,
) -> Result<Option<City>, String> {
    data.create_data_dir()?;
    let database = data.database();
    let _lock = WriterLock::take(&database)?;
    let secrets = secrets.load(&database, &data.data_dir)?;
    let mut db = Db::open(&database).map_err(words)?;
    db.migrate().map_err(words)?;
    if head::read(&mut db).map_err(words)?.last_seq.0 > 0 {
        return Ok(None);
    }
    let (rules, vault) = (Rules::default(), Arc::new(secrets.vault));
    let clock = Arc::new(StoryClock::at(Timestamp::default()));
    let options = WriterOptions::default();
    let (engine, ledger) =
        Engine::start(&database, rules.clone(), vault.clone(), clock.clone(), &options).map_err(words)?;
    let passwords = Passwords::new(PasswordCost::Owasp).map_err(words)?;
    let mut teller = Teller {
        ledger: &ledger,
        clock: &clock,
        vault: &vault,
        zone: rules.zone,
        today,
        password_hash: passwords.hash(PASSWORD).map_err(words)?,
        random: Random(seed),
    };
    let told = teller.tell();
    drop(ledger);
    engine.join();
    told.map(Some)
}

/// Trial.
pub fn trial(data: &DataOptions, secrets: &SecretOptions) -> Result<(), String> {
    let city = load_city(data, secrets, 2026, chrono::Utc::now().date_naive())?;
    println!("{city:?}");
    Ok(())
}
