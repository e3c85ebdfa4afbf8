//! `hourbook migrate`

use super::config::{DataOptions, WriterLock};
use super::{CliResult, words};
use crate::store::Db;
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
        Db::open(&database).and_then(|mut db| db.migrate()).map_err(words)?;
        println!("{database}: the schema is up to date");
        Ok(ExitCode::SUCCESS)
    }
}
