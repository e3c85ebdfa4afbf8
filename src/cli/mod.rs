//! The command line: the only reader of the environment.
//!
//! | file | what lives there |
//! |---|---|
//! | `config` | options that several sub-commands share |
//! | `secrets` | keys: read, or made for the embedded default |
//! | `service` | the pieces put together: database, engine, readers |
//! | the others | one sub-command each |

mod config;
mod demo;
mod migrate;
mod secrets;
mod serve;
mod service;
mod token;
mod verify;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// The ledger of volunteer service: exact, append-only, provable.
#[derive(Debug, Parser)]
#[command(name = "hourbook", version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Bring the database's schema up to date
    Migrate(migrate::Migrate),
    /// Print an access token for a script, or appoint the first admin
    Token(token::Token),
    /// Serve a sample city, with lines to live its story
    Demo(demo::Demo),
    /// Replay the journal and compare everything derived from it; exits 1 if any figure is off
    Verify(verify::Verify),
}

/// Parses the command line and carries it out.
#[must_use]
pub fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Migrate(command) => command.run(),
        Command::Token(command) => command.run(),
        Command::Demo(command) => command.run(),
        Command::Verify(command) => command.run(),
    };
    outcome.unwrap_or_else(|words| {
        eprintln!("hourbook: {words}");
        ExitCode::from(2)
    })
}

/// How a sub-command ends: its exit code, or why it could not do its work.
type Outcome = Result<ExitCode, String>;

/// Turns any error into its words.
fn words(error: impl std::fmt::Display) -> String {
    error.to_string()
}
