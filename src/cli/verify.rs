//! `hourbook verify`

use super::config::DataOptions;
use super::{Outcome, words};
use crate::domain::rules::Rules;
use crate::store::Db;
use crate::store::verify::verify;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use std::process::ExitCode;
use std::time::Duration;

#[derive(Args, Debug)]
pub struct Verify {
    #[command(flatten)]
    data: DataOptions,

    /// Folder for the shadow database, which grows to about the size of the ledger
    #[arg(long, value_name = "DIR")]
    scratch_dir: Option<std::path::PathBuf>,
}

impl Verify {
    pub fn run(self) -> Outcome {
        let database = self.data.database();
        let mut db = Db::open_existing(&database).map_err(words)?;
        db.must_be_migrated().map_err(words)?;
        let scratch = self.scratch_dir.unwrap_or_else(std::env::temp_dir);
        let bar = ProgressBar::new(0).with_style(style());
        bar.enable_steady_tick(Duration::from_millis(200));
        let report = verify(&mut db, &Rules::default(), &scratch, |done, total| {
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
        Ok(if report.differences == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{wide_bar} {pos}/{len} entries, {eta} left")
        .unwrap_or(ProgressStyle::default_bar())
}
