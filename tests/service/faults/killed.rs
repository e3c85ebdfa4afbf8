//! The program killed or told to stop at work, at a moment that follows from a seed.

use super::deployment::Deployment;
use super::{Scenario, rounds};
use crate::support::database::Database;
use crate::support::http::Client;
use crate::support::process::Replica;
use crate::support::random::Random;
use std::thread;
use std::time::Duration;

const CLIENTS: usize = 6;
/// After so many rounds the next begins with a new database: a journal of some length is gone through
/// again and again, and not one that grows without end.
const ROUNDS_OF_A_HOUSE: usize = 10;

/// Ends the program that often, each time under load: after so many answers and a pause, both by chance.
/// It is whole each time.
fn end_again_and_again(
    name: &str,
    database: fn(&str) -> Database,
    rounds: usize,
    end: impl Fn(&mut Replica),
    check: impl Fn(&super::load::Crew, &Replica),
) {
    let mut scenario = Scenario::begin(name);
    let mut random = Random::new(20_261_122);
    let mut left = rounds;
    while left > 0 {
        let (deployment, mut crew) = Deployment::found(database("killed"), CLIENTS);
        let mut replica = deployment.serve();
        for _ in 0..left.min(ROUNDS_OF_A_HOUSE) {
            let answers = random.below(60);
            let pause = Duration::from_micros(random.between(0..=20_000).unsigned_abs());
            let client = Client::of(replica.address);
            let (news, ()) = crew.work(&[&client], |scene| {
                scene.await_acknowledged(answers);
                thread::sleep(pause);
                end(&mut replica);
            });
            scenario.count(&news);
            replica = deployment.serve();
            check(&crew, &replica);
            scenario.checks += crew.assert_whole(&replica);
            deployment.assert_verified();
            scenario.checks += 1;
        }
        left -= left.min(ROUNDS_OF_A_HOUSE);
    }
    scenario.end();
}

#[test]
fn killed_on_sqlite_it_keeps_its_word() {
    let rounds = rounds(2, 200);
    end_again_and_again("kill -9, SQLite", Database::sqlite, rounds, Replica::kill, |_, _| {});
}

#[test]
fn killed_on_postgresql_it_keeps_its_word() {
    let rounds = rounds(2, 100);
    end_again_and_again("kill -9, PostgreSQL", Database::postgres, rounds, Replica::kill, |_, _| {});
}

/// Who is told that it serves may tell it to stop at once.
#[test]
fn told_to_stop_at_once_it_ends_well() {
    let deployment = Deployment::found(Database::sqlite("at-once"), 1).0;
    for _ in 0..rounds(2, 30) {
        let (status, log) = deployment.serve().stop();
        assert_eq!(status.code(), Some(0), "{log}");
    }
}

/// Told to stop, it answers whatever it has taken: what was not answered is not there.
#[test]
fn told_to_stop_it_leaves_no_question_open() {
    let stop = |replica: &mut Replica| {
        replica.terminate();
        let (status, log) = replica.ended();
        assert_eq!(status.code(), Some(0), "{log}");
    };
    for (name, database) in [
        ("SIGTERM, SQLite", Database::sqlite as fn(&str) -> Database),
        ("SIGTERM, PostgreSQL", Database::postgres),
    ] {
        end_again_and_again(name, database, rounds(1, 50), stop, |crew, again| {
            crew.assert_unknown_was_not_taken(again);
        });
    }
}
