//! `hourbook export`: the journal and the totals, written out. Reads beside a running service.

mod audit;
mod journal;
mod output;
mod totals;

use super::CliResult;
use clap::{Args, Subcommand};

#[derive(Args, Debug)]
pub struct ExportCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Entries and postings, oldest first
    Journal(journal::ExportJournal),
    /// Credited minutes, counted as the API counts them
    Totals(totals::ExportMinutes),
    /// The points in each unit's books
    Points(totals::ExportPoints),
    /// A folder that proves a unit's totals to anybody, without this service or its database
    Audit(audit::ExportAudit),
}

impl ExportCommand {
    pub fn run(self) -> CliResult {
        match self.what {
            What::Journal(command) => command.run(),
            What::Totals(command) => command.run(),
            What::Points(command) => command.run(),
            What::Audit(command) => command.run(),
        }
    }
}
