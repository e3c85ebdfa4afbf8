//! Whole after every fault: the real program under load, and what may befall it.
//!
//! The judge stands outside of the service: every client keeps a record of what it asked and of what it
//! was told. Afterwards whatever was acknowledged is there exactly once, nothing that was refused is
//! there, and whatever was left open is there once or not at all; asking again under the same key settles
//! which. `hourbook verify` finds nothing.
//!
//! - [`oracle`]: what clients know, compared with what is there. Pure.
//! - [`load`]: clients at work; [`deployment`]: the program on a database, to be ended and started again.
//! - [`history`]: whether what several clients saw can have happened in one order. Pure.
//! - [`killed`], [`server_lost`], [`quarrels`], [`disk`], [`migration`], [`overload`], [`replicas`],
//!   [`clock_back`]: a fault each. [`backup`]: what is left of all of it.
//!
//! Each has a short form for every day, and a long one: `tests/faults`. docs/RELIABILITY.md tells of both.

mod backup;
mod clock_back;
mod deployment;
mod disk;
mod history;
mod killed;
mod load;
mod migration;
mod oracle;
mod overload;
mod quarrels;
mod replicas;
mod server_lost;

use load::Log;
use std::time::Instant;

/// Set to `full` for the long form.
const ROUNDS_VARIABLE: &str = "HOURBOOK_FAULT_ROUNDS";

/// So many for every day, so many in the long form.
fn rounds(short: usize, full: usize) -> usize {
    if is_full() { full } else { short }
}

fn is_full() -> bool {
    std::env::var(ROUNDS_VARIABLE).is_ok_and(|wish| wish == "full")
}

/// What a scenario has seen, told in one line at its end.
struct Scenario {
    name: String,
    started: Instant,
    rounds: usize,
    acknowledged: usize,
    refused: usize,
    unknown: usize,
    checks: usize,
    notes: Vec<String>,
}

impl Scenario {
    fn begin(name: &str) -> Self {
        let (rounds, acknowledged, refused, unknown, checks) = (0, 0, 0, 0, 0);
        let (name, started, notes) = (name.to_owned(), Instant::now(), Vec::new());
        Self { name, started, rounds, acknowledged, refused, unknown, checks, notes }
    }

    /// Counts what clients did in one round.
    fn count(&mut self, log: &Log) {
        let [acknowledged, refused, unknown] = log.fates();
        self.rounds += 1;
        self.acknowledged += acknowledged;
        self.refused += refused;
        self.unknown += unknown;
    }

    /// Something else worth a word in the line.
    fn note(&mut self, note: String) {
        self.notes.push(note);
    }

    /// Tells what was seen, in the form that `tests/faults` looks for.
    fn end(self) {
        assert!(self.checks > 0 && self.acknowledged > 0, "{}: nothing was seen", self.name);
        let Self { name, rounds, acknowledged, refused, unknown, checks, .. } = &self;
        let seconds = self.started.elapsed().as_secs_f64();
        let notes: String = self.notes.iter().map(|note| format!(", {note}")).collect();
        println!(
            "\nfault | {name} | {rounds} rounds | {acknowledged} acknowledged | {refused} refused | \
             {unknown} unknown | {checks} checks | {seconds:.1} s{notes}"
        );
    }
}
