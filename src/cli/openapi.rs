//! `hourbook openapi`

use super::{Outcome, words};
use crate::api::openapi::openapi;
use clap::Args;
use std::process::ExitCode;

#[derive(Args, Debug)]
pub struct Openapi {}

impl Openapi {
    #[allow(clippy::unused_self, reason = "every sub-command runs alike")]
    pub fn run(self) -> Outcome {
        print!("{}", openapi().to_yaml().map_err(words)?);
        Ok(ExitCode::SUCCESS)
    }
}
