//! `hourbook log-key`

use super::CliResult;
use super::config::DataOptions;
use super::secrets::{Making, SecretOptions, new_log_key};
use clap::Args;
use std::process::ExitCode;

/// Prints a new key that signs the journal's checkpoints, or the public half of those in use.
#[derive(Args, Debug)]
pub struct LogKey {
    /// Print the public keys in use, for auditors to keep, instead of a new private key
    #[arg(long, conflicts_with = "origin")]
    public: bool,

    /// Name of the log for a new key: the same for all its keys, and unique in the world
    #[arg(long, value_name = "HOST/PATH", required_unless_present = "public")]
    origin: Option<String>,

    #[command(flatten)]
    data: DataOptions,

    #[command(flatten)]
    secrets: SecretOptions,
}

impl LogKey {
    pub fn run(self) -> CliResult {
        if let Some(origin) = self.origin {
            println!("{}", new_log_key(&origin)?);
        } else {
            let keys = self.secrets.log_keys(&self.data.data_dir, Making::Refused)?;
            keys.verifiers().iter().for_each(|key| println!("{key}"));
        }
        Ok(ExitCode::SUCCESS)
    }
}
