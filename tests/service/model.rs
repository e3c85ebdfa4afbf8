//! The model-based test: random sequences of commands, driven into the pure core, into SQLite and
//! into PostgreSQL, must be judged alike and leave the same journal and the same derived state.
//!
//! A *world* is one ledger in the three places; it lives through many sequences, so that later ones
//! meet old things. Requests go in groups: one group waits in the queue together, so that the
//! commands of a batch build on one another. Two writers take turns on each database, as replicas
//! do, so that what a writer keeps between batches goes stale.
//!
//! Everything follows from [`SEED`]; a failure names the world, the sequence and the request.

pub mod generator;
mod invariants;
mod persons;
mod tally;

use crate::marks::assert_totals_agree;
use crate::support::clock::TestClock;
use crate::support::database::Database;
use crate::support::pure::{PureLedger, Verdict};
use crate::support::random::Random;
use crate::support::stored;
use crate::support::writer::{Writer, commands, gather, in_runtime, queue, repeat};
use chrono::Duration;
use generator::Generator;
use hourbook::engine::{Clock, Refusal, Request};
use hourbook::store::Db;
use invariants::Invariants;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;
use tally::Tally;

const SEED: u64 = 20_261_122;
const WORLDS: u64 = 20;
const SEQUENCES_PER_WORLD: usize = 51;
const COMMANDS_PER_SEQUENCE: usize = 50;
/// Most requests that wait together.
const LARGEST_GROUP: i64 = 24;

#[test]
fn random_sequences_come_out_alike_in_the_pure_core_and_on_both_databases() {
    let started = Instant::now();
    let mut tally = Tally::default();
    for number in 0..WORLDS {
        let mut world = TestWorld::new(number);
        for sequence in 0..SEQUENCES_PER_WORLD {
            world.live_through(sequence, &mut tally);
        }
        world.end(&mut tally);
    }
    tally.print(started.elapsed());
    tally.assert_everything_happened();
}

/// One ledger, three times.
struct TestWorld {
    number: u64,
    random: Random,
    clock: Arc<TestClock>,
    generator: Generator,
    invariants: Invariants,
    pure: PureLedger,
    sqlite: Backend,
    postgres: Backend,
}

/// A database with two writers that take turns.
struct Backend {
    name: &'static str,
    database: Database,
    writers: [Writer; 2],
}

impl TestWorld {
    fn new(number: u64) -> Self {
        let clock = Arc::new(TestClock::at("2026-03-02T09:00:00+08:00"));
        let label = format!("model_{number}");
        Self {
            number,
            random: Random::new(SEED ^ (number << 32)),
            generator: Generator::new(SEED.wrapping_add(number)),
            invariants: Invariants::default(),
            pure: PureLedger::new(),
            sqlite: Backend::new("SQLite", Database::sqlite(&label), &clock),
            postgres: Backend::new("PostgreSQL", Database::postgres(&label), &clock),
            clock,
        }
    }

    /// One sequence, and what must hold after it.
    fn live_through(&mut self, sequence: usize, tally: &mut Tally) {
        tally.sequences += 1;
        let mut asked = 0;
        while asked < COMMANDS_PER_SEQUENCE {
            self.let_time_pass();
            let place = format!("world {}, sequence {sequence}, after {asked} commands", self.number);
            asked += self.group(&place, tally);
        }
        self.invariants.check(&self.pure, self.pure.now(self.clock.now()));
        for backend in [&self.sqlite, &self.postgres] {
            stored::assert_head(&mut Db::open(backend.database.url()).unwrap(), &self.pure);
        }
    }

    /// Mostly minutes, sometimes days, rarely weeks; now and then the clock is set back.
    fn let_time_pass(&mut self) {
        let minutes = match self.random.below(100) {
            0..3 => -self.random.between(1..=90),
            3..60 => self.random.between(0..=90),
            60..93 => self.random.between(60..=600),
            93..99 => self.random.between(1..=4) * 24 * 60,
            _ => self.random.between(8..=35) * 24 * 60,
        };
        self.clock.advance(Duration::minutes(minutes));
    }

    /// Asks some requests that wait together; how many commands they held.
    fn group(&mut self, place: &str, tally: &mut Tally) -> usize {
        let mut requests = Vec::new();
        let mut expected = Vec::new();
        for _ in 0..self.random.between(1..=LARGEST_GROUP) {
            let request = self.generator.request(&self.pure, self.pure.now(self.clock.now()));
            let generator = &mut self.generator;
            let mut is_new = false;
            let verdict = self.pure.submit(self.clock.now(), &request, |command, judged| {
                is_new = true;
                tally.count(command, judged);
                generator.learn(judged);
            });
            tally.replays += usize::from(verdict.is_ok() && !is_new);
            tally.keys_reused += usize::from(verdict == Err(Refusal::KeyReused));
            requests.push(request);
            expected.push(verdict);
        }
        let writer = self.random.below(2);
        let copies = || requests.iter().map(repeat).collect();
        let (on_sqlite, on_postgres) = in_runtime(async {
            let sqlite = queue(&self.sqlite.writers[writer].ledger, copies());
            let postgres = queue(&self.postgres.writers[writer].ledger, copies());
            (gather(sqlite).await, gather(postgres).await)
        });
        assert_alike(place, self.sqlite.name, &requests, &expected, &on_sqlite);
        assert_alike(place, self.postgres.name, &requests, &expected, &on_postgres);
        requests.iter().map(|request| commands(request).len()).sum()
    }

    /// Stops the writers, and compares everything that was written with what should be.
    fn end(self, tally: &mut Tally) {
        tally.count_journal(&self.pure);
        for Backend { database, writers, .. } in [self.sqlite, self.postgres] {
            for writer in writers {
                tally.batches += writer.ledger.tally().batches.load(Ordering::Relaxed);
                writer.stop();
            }
            let db = &mut Db::open(database.url()).unwrap();
            stored::assert_holds(db, &self.pure);
            assert_totals_agree(db, &self.pure, &mut Random::new(SEED ^ self.number));
        }
    }
}

impl Backend {
    fn new(name: &'static str, database: Database, clock: &Arc<TestClock>) -> Self {
        let writers = [(); 2].map(|()| Writer::start(database.url(), clock));
        Self { name, database, writers }
    }
}

fn assert_alike(place: &str, name: &str, requests: &[Request], expected: &[Verdict], actual: &[Verdict]) {
    assert_eq!(actual.len(), expected.len());
    for ((request, expected), actual) in requests.iter().zip(expected).zip(actual) {
        assert_eq!(actual, expected, "{place}, on {name} (left) and in the pure core (right): {request:#?}");
    }
}
