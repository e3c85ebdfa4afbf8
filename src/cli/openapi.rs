//! `hourbook openapi`

use super::{CliResult, words};
use crate::api::openapi::openapi;
use crate::api::problem::codes_page;
use clap::Args;
use std::process::ExitCode;

#[derive(Args, Debug)]
pub struct Openapi {
    /// Print the page of refusal codes (docs/CODES.md) instead
    #[arg(long)]
    codes: bool,
}

impl Openapi {
    pub fn run(self) -> CliResult {
        if self.codes {
            print!("{}", codes_page());
        } else {
            print!("{}", openapi().to_yaml().map_err(words)?);
        }
        Ok(ExitCode::SUCCESS)
    }
}
