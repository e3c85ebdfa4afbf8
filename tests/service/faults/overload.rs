//! More than it can do: full queues, clients that are slow, hang, or never listen. Memory stays bounded,
//! who is refused is told when to come back, and afterwards all is well at once.

use super::deployment::Deployment;
use super::server_lost::await_readiness;
use super::{Scenario, is_full};
use crate::support::clock::within_a_while;
use crate::support::database::Database;
use crate::support::http::Client;
use std::fs;
use std::io::Write;
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

const CLIENTS: usize = 6;
/// Clients beside those, which send one roster of many hours after the other.
const ROSTERS: usize = 48;
const ITEMS_OF_A_ROSTER: usize = 500;
/// Clients that hang, as many again that are slow, and as many that never listen.
const RUDE: usize = 64;
/// Few enough to fill at once.
const QUEUE: [&str; 2] = ["--queue-limit", "16"];
/// All that the process may ever have had in memory, unoptimised. The rosters that may wait are some 16 MB as
/// commands; the allocator keeps, thread by thread, what others have given back: 200 to 300 MB by itself; up to 660
/// beside other tests, before dependencies were optimised. Answers that pile up for clients who never listen would come to gigabytes within a second.
const RESIDENT_MEGABYTES_MAX: u64 = 1_000;

/// The most memory that a process has had, in megabytes.
fn peak_resident_megabytes(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    peak.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024
}

/// What the rude clients send, and how: by their number.
fn be_rude(address: SocketAddr, number: usize, is_over: &AtomicBool) {
    let mut stream = TcpStream::connect(address).unwrap();
    let head = "POST /v1/units HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
                Content-Length: 60000\r\n\r\n";
    // The service may hang up on any of them, as it should.
    match number % 3 {
        0 => {
            let _refused = stream.write_all(&head.as_bytes()[..30]);
        }
        1 => {
            let _refused = stream.write_all(head.as_bytes());
            while !is_over.load(Ordering::SeqCst) && stream.write_all(b" ").is_ok() {
                thread::sleep(Duration::from_millis(50));
            }
        }
        _ => {
            stream.set_nonblocking(true).unwrap();
            let question = b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n";
            while !is_over.load(Ordering::SeqCst) {
                let _never_read = stream.write(question);
                thread::sleep(Duration::from_millis(1));
            }
        }
    }
    while !is_over.load(Ordering::SeqCst) {
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn overrun_it_stays_in_bounds_and_is_well_at_once_afterwards() {
    let mut scenario = Scenario::begin("overload, SQLite");
    let (deployment, mut crew) = Deployment::found(Database::sqlite("overload"), CLIENTS);
    let replica = deployment.serve_with(0, &[], &QUEUE);
    let at_first = peak_resident_megabytes(replica.pid());
    let (path, token, roster) = crew.site.roster(ITEMS_OF_A_ROSTER);
    let (is_over, turned_away, heard) = (AtomicBool::new(false), AtomicUsize::new(0), AtomicUsize::new(0));
    let address = replica.address;
    let send_rosters = || {
        let client = Client::of(address);
        while !is_over.load(Ordering::SeqCst) {
            let answer = client.post(path, &token, roster.clone());
            match answer.status {
                503 => {
                    assert!(answer.header("retry-after").parse::<u32>().unwrap() > 0);
                    turned_away.fetch_add(1, Ordering::SeqCst);
                }
                200 => {
                    heard.fetch_add(1, Ordering::SeqCst);
                }
                status => panic!("{status}: {}", answer.text),
            }
        }
    };
    let (news, ()) = crew.work(&[&replica], |scene| {
        thread::scope(|scope| {
            for number in 0..RUDE * 3 {
                let is_over = &is_over;
                scope.spawn(move || be_rude(address, number, is_over));
            }
            let rosters: Vec<_> = (0..ROSTERS).map(|_| scope.spawn(send_rosters)).collect();
            scene.await_acknowledged(1);
            within_a_while("it is not too much", || turned_away.load(Ordering::SeqCst) > ROSTERS);
            thread::sleep(Duration::from_secs(if is_full() { 60 } else { 1 }));
            is_over.store(true, Ordering::SeqCst);
            rosters.into_iter().for_each(|client| client.join().unwrap());
        });
    });
    scenario.count(&news);
    let (turned_away, heard) = (turned_away.into_inner(), heard.into_inner());
    let peak = peak_resident_megabytes(replica.pid());
    assert!(peak <= RESIDENT_MEGABYTES_MAX, "{peak} MB");
    await_readiness(&replica);
    scenario.checks += crew.assert_whole(&replica);
    drop(replica);
    deployment.assert_verified();
    scenario.checks += 1;
    scenario.note(format!(
        "{heard} rosters heard, {turned_away} turned away, {at_first} MB at first, {peak} MB at most"
    ));
    scenario.end();
}
