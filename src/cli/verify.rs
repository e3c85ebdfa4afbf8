//! `hourbook verify`

use super::config::DataOptions;
use super::secrets::{VaultOptions, public_keys};
use super::{CliResult, bundle, words};
use crate::domain::rules::Rules;
use crate::store::Db;
use crate::store::verify::{Evidence, verify};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

#[derive(Args, Debug)]
pub struct Verify {
    /// Check a folder that `hourbook export audit` wrote, without any database
    folder: Option<PathBuf>,

    #[command(flatten)]
    data: DataOptions,

    /// Public keys of the log, one a line, that must have signed each checkpoint; by default log-keys.pub
    /// in the data folder
    #[arg(long, value_name = "FILE")]
    log_keys_file: Option<PathBuf>,

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
        Ok(match bundle::check(folder, &keys) {
            Ok(bundle::Manifest { tree, signed, .. }) => {
                println!(
                    "as it says: {} entries, root {}, in the signed tree of {}",
                    tree.size, tree.root, signed.size
                );
                if keys.is_empty() {
                    println!(
                        "checked with the folder's own key: name one that you trust with --log-keys-file"
                    );
                }
                ExitCode::SUCCESS
            }
            Err(error) => {
                println!("NOT as it says: {error}");
                ExitCode::FAILURE
            }
        })
    }

    fn replay(&self) -> CliResult {
        let database = self.data.database();
        let mut db = Db::open_existing(&database).map_err(words)?;
        db.must_be_migrated().map_err(words)?;
        let keys = public_keys(&self.data.data_dir, self.log_keys_file.as_deref())?;
        let vault = self.vault.load_if_there(&self.data.data_dir)?;
        let evidence = Evidence { keys: &keys, vault: vault.as_ref() };
        let scratch = self.scratch_dir.clone().unwrap_or_else(std::env::temp_dir);
        let bar = ProgressBar::new(0).with_style(style());
        bar.enable_steady_tick(Duration::from_millis(200));
        let report = verify(&mut db, &Rules::default(), evidence, &scratch, |done, total| {
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
        match vault {
            None => println!("seals of batches were not checked: the service's keys are not at hand"),
            Some(_) => println!("{} seals of batches are good", report.batch_seals),
        }
        if report.unsealed_up_to > 0 {
            println!("unsealed up to entry {}: written before batches were sealed", report.unsealed_up_to);
        }
        Ok(if report.differences == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{wide_bar} {pos}/{len} entries, {eta} left")
        .unwrap_or(ProgressStyle::default_bar())
}
