//! `hourbook migrate`

use super::config::{DataOptions, WriterLock};
use super::{CliResult, words};
use crate::store::{Db, sealing};
use clap::Args;
use std::process::ExitCode;

#[derive(Args, Debug)]
pub struct Migrate {
    #[command(flatten)]
    data: DataOptions,
}

impl Migrate {
    pub fn run(self) -> CliResult {
        self.data.create_data_dir()?;
        let database = self.data.database();
        let _lock = WriterLock::take(&database)?;
        let mut db = Db::open(&database).map_err(words)?;
        db.migrate().map_err(words)?;
        println!("{database}: the schema is up to date");
        match sealing::unsealed(&mut db).map_err(words)? {
            0 => {}
            people => println!(
                "the data of {people} people are kept in clear until the service, which has the keys, starts on them"
            ),
        }
        Ok(ExitCode::SUCCESS)
    }
}
