//! The command line: the only reader of the environment.
//!
//! | file | what lives there |
//! |---|---|
//! | `backup` | backups: their form, how they are taken and put back |
//! | `bundle` | the folder that an auditor takes away: its form, and its check |
//! | `client` | what is asked of a running service over HTTP |
//! | `config` | options that several sub-commands share |
//! | `document` | an identity document as an option |
//! | `private_files` | who may read what is written |
//! | `secrets` | keys: read, or made for the embedded default |
//! | `service` | the pieces put together: database, engine, readers |
//! | the others | one sub-command each |

mod backup;
mod bundle;
mod certificates;
mod client;
mod config;
mod demo;
mod document;
mod export;
mod import;
mod keys;
mod log;
mod log_key;
mod log_restart;
mod machine;
mod migrate;
mod openapi;
mod operator;
mod private_files;
mod reseal;
mod secrets;
mod serve;
mod service;
mod token;
mod verify;
mod wechat;
mod witness;

pub use import::{DryRunCounts, read_rows_of_import};

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// The ledger of volunteer service: exact, append-only, provable.
#[derive(Debug, Parser)]
#[command(name = "hourbook", version, about, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    log: log::LogOptions,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API
    Serve(serve::Serve),
    /// Migrate the database's schema
    Migrate(migrate::Migrate),
    /// Print an access token for a script, or appoint the first admin
    Token(token::Token),
    /// Show by which keys the ledger goes; go by another in the place of one that is lost
    Keys(keys::Keys),
    /// Encrypt anew, under the key in use, what former keys encrypted
    Reseal(reseal::Reseal),
    /// List operators, give one-time codes for new passwords, enable, disable: for who has the machine
    Operator(operator::OperatorCommand),
    /// Print a new key that signs the journal's checkpoints, or the public keys in use
    LogKey(log_key::LogKey),
    /// Copy the ledger, its keys and memory into a folder, while the service goes on
    Backup(backup::Backup),
    /// Put a backup into an empty data folder
    Restore(backup::Restore),
    /// Go on after a restored backup, a failover that lost entries: what to do where the log and the ledger disagree
    Log(log_restart::LogCommand),
    /// Serve a sample city, with commands to try
    Demo(demo::Demo),
    /// Print the specification
    Openapi(openapi::Openapi),
    /// Import a roster, service records or the calendar from CSV
    Import(import::Import),
    /// Write the journal, totals or an audit folder to a file
    Export(export::ExportCommand),
    /// Replay the journal and compare everything derived from it; exits 1 if there is a difference
    Verify(verify::Verify),
    /// Check that a service's log only grew since the last time, and cosign it; exits 1 if it did not
    Witness(witness::Witness),
}

/// Parses the command line and runs it.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    if !cli.command.publishes() {
        private_files::keep_from_others();
    }
    let outcome = cli.log.start().and_then(|()| cli.command.run());
    outcome.unwrap_or_else(|words| {
        eprintln!("hourbook: {words}");
        ExitCode::from(2)
    })
}

impl Command {
    /// Whether what it writes is for others: they fetch a witness's checkpoint from its folder.
    const fn publishes(&self) -> bool {
        matches!(self, Self::Witness(_))
    }

    fn run(self) -> CliResult {
        match self {
            Self::Serve(command) => command.run(),
            Self::Openapi(command) => command.run(),
            Self::Migrate(command) => command.run(),
            Self::Token(command) => command.run(),
            Self::Keys(command) => command.run(),
            Self::Reseal(command) => command.run(),
            Self::Operator(command) => command.run(),
            Self::LogKey(command) => command.run(),
            Self::Backup(command) => command.run(),
            Self::Restore(command) => command.run(),
            Self::Log(command) => command.run(),
            Self::Demo(command) => command.run(),
            Self::Import(command) => command.run(),
            Self::Export(command) => command.run(),
            Self::Verify(command) => command.run(),
            Self::Witness(command) => command.run(),
        }
    }
}

/// How a sub-command ends: its exit code, or why it failed.
type CliResult = Result<ExitCode, String>;

/// The text of an error.
fn words(error: impl std::fmt::Display) -> String {
    error.to_string()
}
