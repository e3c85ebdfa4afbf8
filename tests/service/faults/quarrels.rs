//! Another session of PostgreSQL that holds what the writer needs, takes it from under its hands, ends
//! its connection; and settings of the database that nobody should choose.

use super::deployment::Deployment;
use super::server_lost::await_readiness;
use super::{Scenario, rounds};
use crate::support::database::Database;
use crate::support::random::Random;
use hourbook::store::sql::Sql;
use hourbook::store::{Db, head};
use std::thread;
use std::time::Duration;

const CLIENTS: usize = 6;

/// A setting of the database for all who connect from now on.
fn set(db: &mut Db, name: &str, value: &str) {
    let database = "SELECT current_database()";
    let alter = format!(
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET {name} = %L', ({database}), '{value}'); END $$"
    );
    db.batch(&alter).unwrap();
}

/// Who quarrels with the writer, and how often each way has come off.
struct Quarreller {
    db: Db,
    ended: i64,
    cancelled: i64,
    held_up: usize,
    crossed: usize,
}

impl Quarreller {
    fn of_deployment(deployment: &Deployment) -> Self {
        let mut db = Db::open(deployment.database()).unwrap();
        db.batch("SET lock_timeout = 0; SET deadlock_timeout = '10s'").unwrap();
        Self { db, ended: 0, cancelled: 0, held_up: 0, crossed: 0 }
    }

    /// In each way in turn.
    fn quarrel(&mut self, turn: usize) {
        match turn % 4 {
            0 => self.ended += self.signal("pg_terminate_backend"),
            1 => self.cancelled += self.signal("pg_cancel_backend"),
            2 => self.hold_the_head(),
            _ => self.cross_locks(),
        }
    }

    /// Ends, or interrupts, a connection at work on a statement; waits until there is one.
    fn signal(&mut self, function: &str) -> i64 {
        let others = format!(
            "SELECT COUNT({function}(pid)) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'"
        );
        loop {
            match self.db.number(Sql::new(others.clone())).unwrap().unwrap() {
                0 => thread::sleep(Duration::from_millis(2)),
                some => return some,
            }
        }
    }

    /// Longer than anybody waits for a lock.
    fn hold_the_head(&mut self) {
        self.db.begin().unwrap();
        head::lock(&mut self.db).unwrap();
        thread::sleep(Duration::from_millis(400));
        self.db.rollback();
        self.held_up += 1;
    }

    /// Takes rewards before the head, where the writer takes the head before rewards.
    fn cross_locks(&mut self) {
        self.db.begin().unwrap();
        self.db.batch("LOCK TABLE rewards IN EXCLUSIVE MODE").unwrap();
        thread::sleep(Duration::from_millis(20));
        if head::lock(&mut self.db).is_ok() {
            self.crossed += 1;
        }
        self.db.rollback();
    }

    fn deadlocks(&mut self) -> i64 {
        let sql = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";
        self.db.number(Sql::new(sql)).unwrap().unwrap()
    }
}

#[test]
fn whoever_quarrels_with_the_writer_harms_nothing() {
    let mut scenario = Scenario::begin("deadlocks, lost locks, ended sessions");
    let mut random = Random::new(77);
    let (deployment, mut crew) = Deployment::found(Database::postgres("quarrels"), CLIENTS);
    let mut quarreller = Quarreller::of_deployment(&deployment);
    // Waits are cut short and deadlocks found out soon: both turn up as errors in the middle of a batch.
    set(&mut quarreller.db, "lock_timeout", "150ms");
    set(&mut quarreller.db, "deadlock_timeout", "10ms");
    let replicas = [deployment.serve_as(0), deployment.serve_as(1)];
    for _ in 0..rounds(1, 40) {
        let (news, ()) = crew.work(&[&replicas[0], &replicas[1]], |_| {
            for turn in 0..8 {
                thread::sleep(Duration::from_millis(random.between(0..=60).unsigned_abs()));
                quarreller.quarrel(turn);
            }
        });
        scenario.count(&news);
        replicas.iter().for_each(|replica| await_readiness(replica));
        scenario.checks += crew.assert_whole(&replicas[1]);
        deployment.assert_verified();
        scenario.checks += 1;
    }
    let deadlocks = quarreller.deadlocks();
    let Quarreller { ended, cancelled, held_up, crossed, .. } = quarreller;
    assert!(ended > 0 && cancelled > 0 && held_up > 0 && crossed > 0, "it was too peaceful");
    scenario.note(format!(
        "{ended} sessions ended, {cancelled} statements cancelled, {held_up} locks held, {deadlocks} deadlocks"
    ));
    scenario.end();
}

/// Who waits for the head sees it as it is then, and is not told to try again because it has moved.
#[test]
fn a_database_of_serializable_transactions_is_told_what_the_writer_needs() {
    let mut scenario = Scenario::begin("a database of serializable transactions");
    let (deployment, mut crew) = Deployment::found(Database::postgres("serializable"), CLIENTS);
    set(&mut Db::open(deployment.database()).unwrap(), "default_transaction_isolation", "serializable");
    let replicas = [deployment.serve_as(0), deployment.serve_as(1)];
    let enough = rounds(40, 5_000);
    let (news, ()) = crew.work(&[&replicas[0], &replicas[1]], |scene| scene.await_acknowledged(enough));
    scenario.count(&news);
    scenario.checks += crew.assert_whole(&replicas[0]);
    for replica in replicas {
        let (status, log) = replica.stop();
        assert_eq!(status.code(), Some(0), "{log}");
        assert!(!log.contains("a batch was not written"), "{log}");
    }
    deployment.assert_verified();
    scenario.checks += 1;
    scenario.end();
}
