//! `hourbook log restart`: an operator says that the ledger goes on though it lacks what was signed.

use super::config::{DataOptions, WriterLock};
use super::secrets::{Making, SecretOptions, log_memory, public_keys};
use super::{CliResult, words};
use crate::engine::{Clock, SystemClock};
use crate::journal::{LogKeys, open_checkpoint};
use crate::store::contradicted::{self, Signed};
use crate::store::key_checks::{self, KeyKind, KeysAtHand};
use crate::store::{Db, StoreError, batch_seals, restorations, tree};
use clap::{Args, Subcommand};
use std::fs;
use std::path::Path;
use std::process::ExitCode;

#[derive(Args, Debug)]
pub struct LogCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Go on with a ledger that lacks entries that were signed, under a log of another name
    Restart(Restart),
}

impl LogCommand {
    pub fn run(self) -> CliResult {
        match self.what {
            What::Restart(command) => command.run(),
        }
    }
}

/// Sets aside what was signed and is not in the journal. Every replica must have been stopped, and the log's key
/// replaced by one of another name.
#[derive(Args, Debug)]
struct Restart {
    /// What happened, for auditors: kept with what is set aside, and shown by `hourbook verify`
    #[arg(long, value_name = "TEXT")]
    because: String,

    #[command(flatten)]
    data: DataOptions,

    #[command(flatten)]
    secrets: SecretOptions,
}

impl Restart {
    fn run(self) -> CliResult {
        let because = self.because.trim();
        if because.is_empty() {
            return Err("--because must say what happened".to_owned());
        }
        let (database, data_dir) = (self.data.database(), &self.data.data_dir);
        let _lock = WriterLock::take(&database)?;
        let mut db = Db::open_existing(&database).map_err(words)?;
        db.must_be_migrated().map_err(words)?;
        let secrets = self.secrets.load(data_dir, Making::Refused)?;
        let (of_log, others): (Vec<KeysAtHand>, Vec<_>) =
            secrets.at_hand().into_iter().partition(|keys| keys.kind == KeyKind::Log);
        key_checks::hold(&mut db, &others).map_err(words)?;
        let memory = log_memory(data_dir);
        let remembered = remembered(&memory, data_dir, &secrets.log_keys)?;
        let found = db.transaction(|db| {
            // Nobody blesses what somebody else wrote.
            batch_seals::standing_now(db, &secrets.vault)?;
            let found = contradicted::find(db, remembered)?;
            let last = tree::latest_checkpoint(db)?.map(Signed::from);
            if let Some(name) = found.iter().chain(&last).map(origin).find(|name| *name == secrets.log_keys.origin()) {
                return Ok(Err(format!(
                    "the log's key bears the name of the log that is given up, {name}: put a new one in its place \
                     (hourbook log-key --origin NAME), and publish its public key"
                )));
            }
            let now = SystemClock.now();
            let is_restored = restorations::unanswered(db)?.is_some();
            if found.is_empty() && !is_restored {
                return Ok(Err(
                    "the journal contains all that was signed: there is nothing to restart".to_owned()
                ));
            }
            contradicted::set_aside(db, &secrets.vault, &found, (because, now))?;
            of_log.iter().try_for_each(|keys| key_checks::replace(db, keys, now))?;
            restorations::answer(db, because)?;
            Ok::<_, StoreError>(Ok(found))
        });
        let found = found.map_err(words)??;
        if memory.exists() {
            let name = format!("given-up-{}", SystemClock.now().as_micros());
            fs::rename(&memory, memory.with_extension(name)).map_err(words)?;
        }
        println!(
            "{} checkpoints were set aside; the log {} begins with the first entry",
            found.len(),
            secrets.log_keys.origin()
        );
        Ok(ExitCode::SUCCESS)
    }
}

/// What the sealer remembers, under whichever of the log's keys.
fn remembered(memory: &Path, data_dir: &Path, keys: &LogKeys) -> Result<Option<Signed>, String> {
    if !memory.exists() {
        return Ok(None);
    }
    let in_file = |error: String| format!("{}: {error}", memory.display());
    let note = fs::read_to_string(memory).map_err(|error| in_file(words(error)))?;
    let known = [public_keys(data_dir, None)?, keys.verifiers()].concat();
    let head = open_checkpoint(&note, &known).map_err(|error| in_file(words(error)))?;
    Ok(Some(Signed { head, note }))
}

/// The name of the log that signed.
fn origin(signed: &Signed) -> &str {
    signed.note.lines().next().unwrap_or_default()
}
