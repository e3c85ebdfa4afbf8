//! `hourbook verify`

use super::config::DataOptions;
use super::secrets::PUBLIC_KEYS_FILE;
use super::{Outcome, words};
use crate::domain::rules::Rules;
use crate::journal::{LogVerifier, NoteError};
use crate::store::Db;
use crate::store::verify::verify;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

#[derive(Args, Debug)]
pub struct Verify {
    #[command(flatten)]
    data: DataOptions,

    /// Public keys of the log, one a line, that must have signed each checkpoint; where none are named,
    /// log-keys.pub of the data folder is taken
    #[arg(long, value_name = "FILE")]
    log_keys_file: Option<PathBuf>,

    /// Folder for the shadow database, which grows to about the size of the ledger
    #[arg(long, value_name = "DIR")]
    scratch_dir: Option<PathBuf>,
}

impl Verify {
    pub fn run(self) -> Outcome {
        let database = self.data.database();
        let mut db = Db::open_existing(&database).map_err(words)?;
        db.must_be_migrated().map_err(words)?;
        let keys = self.log_keys()?;
        let scratch = self.scratch_dir.unwrap_or_else(std::env::temp_dir);
        let bar = ProgressBar::new(0).with_style(style());
        bar.enable_steady_tick(Duration::from_millis(200));
        let report = verify(&mut db, &Rules::default(), &keys, &scratch, |done, total| {
            bar.set_length(total.unsigned_abs());
            bar.set_position(done.unsigned_abs());
        })
        .map_err(words)?;
        bar.finish_and_clear();
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
        match keys.len() {
            0 => println!("signatures of checkpoints were not checked: no public key of the log is at hand"),
            _ => println!("{} signatures of checkpoints are good", report.signatures),
        }
        Ok(if report.differences == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

impl Verify {
    /// The public keys: what is named, else what serving left beside the private one.
    fn log_keys(&self) -> Result<Vec<LogVerifier>, String> {
        let beside = self.data.data_dir.join(PUBLIC_KEYS_FILE);
        let file = match &self.log_keys_file {
            Some(file) => file,
            None if beside.exists() => &beside,
            None => return Ok(Vec::new()),
        };
        let in_file = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
        let text = std::fs::read_to_string(file).map_err(|error| in_file(&error))?;
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        lines.map(|line| line.parse().map_err(|error: NoteError| in_file(&error))).collect()
    }
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{wide_bar} {pos}/{len} entries, {eta} left")
        .unwrap_or(ProgressStyle::default_bar())
}
