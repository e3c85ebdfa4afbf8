//! `hourbook verify`

mod folder;
mod receipt;

use super::config::DataOptions;
use super::secrets::{VaultOptions, log_memory, public_keys};
use super::{CliResult, words};
use crate::domain::rules::Rules;
use crate::journal::{LogVerifier, open_checkpoint};
use crate::store::verify::{Evidence, KeptCheckpoint, Report, verify};
use crate::store::{Db, contradicted, key_checks, restorations};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

#[derive(Args, Debug)]
pub struct Verify {
    /// Check a folder that `hourbook export audit` wrote, or a volunteer's receipt in a file, without any database
    folder: Option<PathBuf>,

    #[command(flatten)]
    data: DataOptions,

    /// Public keys of the log, one a line, that must have signed each checkpoint; by default log-keys.pub
    /// in the data folder
    #[arg(long, value_name = "FILE")]
    log_keys_file: Option<PathBuf>,

    /// A checkpoint that you kept, as `/log/checkpoint` gave it: the journal, or the folder's entries, must begin with
    /// it. May be given several times
    #[arg(long, value_name = "FILE")]
    kept: Vec<PathBuf>,

    /// Ends well also where there is nothing to check against: no key, no checkpoint, no memory of the sealer's
    #[arg(long)]
    allow_unsigned: bool,

    /// Of a folder: ask the service at this address for the same figures, and name those that differ. Of a receipt: ask
    /// it whether the entry is still there
    #[arg(long, value_name = "URL", requires = "folder")]
    compare: Option<String>,

    /// File with an access token of an auditor, for --compare
    #[arg(long, value_name = "FILE", requires = "compare")]
    token_file: Option<PathBuf>,

    #[command(flatten)]
    vault: VaultOptions,

    /// Folder for the shadow database, which grows to about the size of the ledger
    #[arg(long, value_name = "DIR")]
    scratch_dir: Option<PathBuf>,
}

impl Verify {
    pub fn run(self) -> CliResult {
        match &self.folder {
            Some(folder) => self.check_folder(folder),
            None => self.replay(),
        }
    }

    fn check_folder(&self, folder: &Path) -> CliResult {
        let keys = match &self.log_keys_file {
            Some(file) => public_keys(&self.data.data_dir, Some(file))?,
            None => Vec::new(),
        };
        let verify = if folder.is_file() { receipt::verify } else { folder::verify };
        verify(
            folder,
            &folder::Asked {
                keys: &keys,
                kept: &self.kept,
                allow_unsigned: self.allow_unsigned,
                compare: self.compare.as_deref(),
                token_file: self.token_file.as_deref(),
            },
        )
    }

    fn replay(&self) -> CliResult {
        let database = self.data.database();
        let mut db = Db::open_existing(&database).map_err(words)?;
        db.must_be_migrated().map_err(words)?;
        let keys = public_keys(&self.data.data_dir, self.log_keys_file.as_deref())?;
        let vault = self.vault.load_if_there(&self.data.data_dir)?;
        if let Some(vault) = &vault {
            key_checks::hold(&mut db, &key_checks::of_vault(vault)).map_err(words)?;
        }
        let (kept, refused) = self.kept_checkpoints(&keys)?;
        let evidence = Evidence { keys: &keys, vault: vault.as_ref(), kept: &kept };
        let scratch = self.scratch_dir.clone().unwrap_or_else(std::env::temp_dir);
        let bar = ProgressBar::new(0).with_style(style());
        bar.enable_steady_tick(Duration::from_millis(200));
        let mut report = verify(&mut db, &Rules::default(), evidence, &scratch, |done, total| {
            bar.set_length(total.unsigned_abs());
            bar.set_position(done.unsigned_abs());
        })
        .map_err(words)?;
        bar.finish_and_clear();
        for aside in contradicted::all(&mut db).map_err(words)? {
            println!(
                "a checkpoint of {} entries was set aside at {}: {}",
                aside.size, aside.set_aside_at, aside.because
            );
        }
        for restoration in restorations::all(&mut db).map_err(words)? {
            let because =
                restoration.because.as_deref().unwrap_or("nobody has said yet what was signed since");
            println!(
                "restored at {} from a backup of {} entries, made at {}: {because}",
                restoration.restored_at, restoration.last_seq, restoration.backup_made_at
            );
        }
        report.differences += refused.len() as u64;
        report.named.extend(refused);
        for difference in &report.named {
            println!("{difference}");
        }
        let rest = report.differences.saturating_sub(report.named.len() as u64);
        if rest > 0 {
            println!("and {rest} more");
        }
        println!(
            "{database}: {} entries replayed, {} rows compared, {} differences",
            report.entries, report.rows, report.differences
        );
        let lacks = lacking(&report, &keys, vault.is_some());
        for lack in &lacks {
            println!("NOT CHECKED: {lack}");
        }
        if report.untold_up_to > 0 {
            println!(
                "messages since entry {}: nobody is told of what happened before",
                report.untold_up_to + 1
            );
        }
        if report.unsealed_up_to > 0 {
            println!("unsealed up to entry {}: written before batches were sealed", report.unsealed_up_to);
        }
        if report.unsealed_rows > 0 {
            println!("{} rows beside the journal are unsealed: kept before rows were", report.unsealed_rows);
        }
        let is_well = report.differences == 0 && (lacks.is_empty() || self.allow_unsigned);
        Ok(if is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    /// The checkpoints that were kept apart from the database: what the sealer remembers, and what the auditor
    /// named; and in words those that no key has signed.
    fn kept_checkpoints(&self, keys: &[LogVerifier]) -> Result<(Vec<KeptCheckpoint>, Vec<String>), String> {
        let memory = log_memory(&self.data.data_dir);
        let memory = memory.exists().then_some((&memory, true));
        let (mut kept, mut refused) = (Vec::new(), Vec::new());
        for (file, is_published) in memory.into_iter().chain(self.kept.iter().map(|file| (file, false))) {
            let name = file.display().to_string();
            let note = fs::read_to_string(file).map_err(|error| format!("{name}: {error}"))?;
            match open_checkpoint(&note, keys) {
                Ok(head) => kept.push(KeptCheckpoint { name, head, is_published }),
                Err(error) => refused.push(format!("{name}: {error}")),
            }
        }
        Ok((kept, refused))
    }
}

/// What was checked is said; what there was nothing to check against is given back in words.
fn lacking(report: &Report, keys: &[LogVerifier], has_vault: bool) -> Vec<&'static str> {
    let mut lacks = Vec::new();
    println!("{} signatures of checkpoints are good", report.signatures);
    println!("{} checkpoints that were kept elsewhere were compared", report.kept);
    if keys.is_empty() {
        lacks.push("signatures of checkpoints: no public key of the log is at hand (--log-keys-file)");
    } else if report.signatures == 0 && report.kept == 0 {
        lacks.push("the journal against what was signed: there is no checkpoint, here or elsewhere (--kept)");
    }
    if has_vault {
        println!("{} seals of batches are good", report.batch_seals);
    } else {
        lacks.push(
            "seals, and what is encrypted: the service's keys are not at hand (--blind-index-key-file)",
        );
    }
    lacks
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{wide_bar} {pos}/{len} entries, {eta} left")
        .unwrap_or(ProgressStyle::default_bar())
}
