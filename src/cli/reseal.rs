//! `hourbook reseal`

use super::config::{DataOptions, WriterLock};
use super::secrets::SecretOptions;
use super::service::settled_secrets;
use super::{CliResult, words};
use crate::engine::WriterOptions;
use crate::store::vault::{SealedColumn, Vault};
use crate::store::{Db, reseal};
use clap::Args;
use std::process::ExitCode;

/// Encrypts anew, under the key in use, what former keys encrypted (`--previous-encryption-key-files`): afterwards they
/// are needed no more. With SQLite the service must be stopped; with PostgreSQL every replica must have the key in use.
#[derive(Args, Debug)]
pub struct Reseal {
    #[command(flatten)]
    data: DataOptions,

    #[command(flatten)]
    secrets: SecretOptions,
}

/// Rows of one transaction.
const ROWS: i64 = 500;

impl Reseal {
    pub fn run(self) -> CliResult {
        let database = self.data.database();
        let _lock = WriterLock::take(&database)?;
        let mut db = Db::open_existing(&database).map_err(words)?;
        db.must_be_migrated().map_err(words)?;
        let secrets = settled_secrets(&mut db, &self.data, &self.secrets, &WriterOptions::default())?;
        let (mut cells, mut in_doubt) = (0, 0);
        for column in SealedColumn::ALL {
            let (resealed, doubted) = whole_column(&mut db, &secrets.vault, column)?;
            cells += resealed;
            in_doubt += doubted;
        }
        // What was overwritten is not left in the log.
        db.empty_log().map_err(words)?;
        println!("{cells} cells were encrypted anew");
        let is_done = in_doubt == 0 && reseal::forget_former_keys(&mut db, &secrets.vault).map_err(words)?;
        if is_done {
            println!(
                "no former encryption key is needed any more: leave --previous-encryption-key-files out"
            );
            return Ok(ExitCode::SUCCESS);
        }
        println!(
            "the former encryption keys are still needed: {in_doubt} rows are in doubt (hourbook verify tells more), or \
             a replica encrypts with a former key"
        );
        Ok(ExitCode::FAILURE)
    }
}

/// How many cells were encrypted anew, and how many rows are in doubt.
fn whole_column(db: &mut Db, vault: &Vault, column: SealedColumn) -> Result<(u64, usize), String> {
    let (mut after, mut cells, mut in_doubt) = (i64::MIN, 0, 0);
    loop {
        let done = reseal::step(db, vault, column, after, ROWS).map_err(words)?;
        cells += done.cells;
        in_doubt += done.in_doubt.len();
        for row in done.in_doubt {
            println!("{}.{} of row {row} is in doubt, and left as it is", column.table, column.column);
        }
        match done.last {
            Some(last) => after = last,
            None => return Ok((cells, in_doubt)),
        }
    }
}
