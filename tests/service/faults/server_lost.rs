//! PostgreSQL lost under load: stopped at once and started again, or cut off in the middle of a commit.

use super::deployment::Deployment;
use super::load::Crew;
use super::{Scenario, rounds};
use crate::support::clock::within_a_while;
use crate::support::database::Database;
use crate::support::http::Client;
use crate::support::postgres;
use crate::support::process::Replica;
use crate::support::proxy::{Proxy, SlowCommits};
use crate::support::random::Random;
use hourbook::store::Db;
use std::thread;
use std::time::Duration;

const CLIENTS: usize = 6;

/// Waits until the program says that it is ready for work.
pub fn await_readiness(client: &Client) {
    within_a_while("it does not get well again", || client.get("/readyz", "").status == 200);
}

fn assert_whole(scenario: &mut Scenario, crew: &mut Crew, deployment: &Deployment, replica: &Replica) {
    await_readiness(replica);
    scenario.checks += crew.assert_whole(replica);
    deployment.assert_verified();
    scenario.checks += 1;
}

#[test]
fn postgresql_is_stopped_at_once_and_started_again() {
    let mut scenario = Scenario::begin("PostgreSQL stopped at once");
    let server = postgres::server_to_be_stopped();
    let mut random = Random::new(4);
    let (deployment, mut crew) = Deployment::found(Database::on(server, "stopped"), CLIENTS);
    let replica = deployment.serve();
    for _ in 0..rounds(1, 30) {
        let [before, without, after] = [250, 400, 250].map(|most| {
            let millis = random.between(0..=most).unsigned_abs();
            Duration::from_millis(millis)
        });
        let (news, ()) = crew.work(&[&replica], |_| {
            thread::sleep(before);
            server.stop_at_once();
            thread::sleep(without);
            server.start_again();
            await_readiness(&replica);
            thread::sleep(after);
        });
        scenario.count(&news);
        assert_whole(&mut scenario, &mut crew, &deployment, &replica);
    }
    scenario.end();
}

#[test]
fn the_connection_is_cut_in_the_middle_of_commits() {
    let mut scenario = Scenario::begin("cut in the middle of a commit");
    let database = Database::postgres("cut");
    let proxy = Proxy::to(database.url());
    let (deployment, mut crew) = Deployment::found(database, CLIENTS);
    let deployment = deployment.by_way_of(proxy.url());
    let mut db = Db::open(deployment.database()).unwrap();
    let slow = SlowCommits::on(&mut db, 0.05);
    let replica = deployment.serve();
    for _ in 0..rounds(2, 60) {
        let (news, ()) = crew.work(&[&replica], |_| {
            slow.await_one(&mut db);
            proxy.cut();
            thread::sleep(Duration::from_millis(300));
        });
        scenario.count(&news);
        assert_whole(&mut scenario, &mut crew, &deployment, &replica);
    }
    scenario.end();
}
