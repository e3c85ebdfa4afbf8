//! No room on the disk, and a disk that fails: refusals in words, nothing acknowledged that is not kept,
//! and work again as soon as there is room.

use super::deployment::Deployment;
use super::load::{Crew, Log};
use super::server_lost::await_readiness;
use super::{Scenario, rounds};
use crate::support::clock::within_a_while;
use crate::support::database::{Database, Directory};
use crate::support::process::Replica;
use std::fs::{self, File};
use std::io::Write;
use std::path::PathBuf;
use std::process::Command;

const CLIENTS: usize = 6;

/// Demands that work goes on after the trouble, and that the service and its clients agree.
fn assert_well_again(scenario: &mut Scenario, crew: &mut Crew, deployment: &Deployment, replica: &Replica) {
    scenario.checks += crew.assert_whole(replica);
    let (_, ()) = crew.work(&[replica], |scene| scene.await_acknowledged(20));
    scenario.checks += crew.assert_whole(replica);
    deployment.assert_verified();
    scenario.checks += 1;
}

/// Demands that some was taken and some refused for want of room.
fn count_refusals(scenario: &mut Scenario, news: &Log) {
    let [acknowledged, _, unknown] = news.fates();
    assert!(acknowledged > 0 && unknown > 0, "{acknowledged} taken, {unknown} not: there was room");
    scenario.count(news);
}

/// Demands that it says that it is not ready, and why.
#[track_caller]
fn assert_tells_of_the_disk(replica: &Replica) {
    within_a_while("it is ready", || replica.get("/readyz", "").status == 503);
    let told = replica.get("/readyz", "").refused(503, "not_ready");
    assert!(told["detail"].as_str().unwrap().contains("the disk has no room"), "{told}");
    assert!(replica.get("/metrics", "").text.contains("hourbook_unwell{part=\"disk\"} 1"));
}

/// No file may grow beyond 3 MB: what a full disk is to those who may not mount one. The program is not
/// ended by the signal that comes with it.
const SMALL_FILES: [&str; 4] = ["sh", "-c", "trap '' XFSZ; ulimit -S -f 6000; exec \"$@\"", "small-files"];

fn lift_the_limit(replica: &Replica) {
    let pid = replica.pid().to_string();
    let lifted = Command::new("prlimit").args(["--pid", &pid, "--fsize=unlimited:"]).status();
    assert!(lifted.expect("prlimit, of util-linux").success());
}

#[test]
fn files_that_may_not_grow_are_told_of_and_work_goes_on_when_they_may() {
    let mut scenario = Scenario::begin("no file may grow, SQLite");
    for _ in 0..rounds(1, 20) {
        let (deployment, mut crew) = Deployment::found(Database::sqlite("small-files"), CLIENTS);
        let replica = deployment.serve_with(0, &SMALL_FILES, &["--checkpoint-seconds", "1"]);
        let (news, ()) = crew.work(&[&replica], |scene| {
            scene.await_unknown(CLIENTS);
            scene.assert_readable(&replica);
            assert_tells_of_the_disk(&replica);
        });
        count_refusals(&mut scenario, &news);
        // Who is not ready is given no work, and finds out by itself that there is room again.
        lift_the_limit(&replica);
        await_readiness(&replica);
        let (news, ()) = crew.work(&[&replica], |scene| scene.await_acknowledged(20));
        scenario.count(&news);
        assert_well_again(&mut scenario, &mut crew, &deployment, &replica);
    }
    scenario.end();
}

/// A small file system, as the superuser may mount one; unmounted when it is dropped. What waits in the
/// write-ahead log alone comes to 40 MiB before it is taken into the database.
struct SmallDisk(Directory);

impl SmallDisk {
    fn mount() -> Option<Self> {
        let folder = Directory::new("small-disk");
        let mut command = Command::new("mount");
        let mounted = command.args(["-t", "tmpfs", "-o", "size=64m", "tmpfs"]).arg(folder.path()).output();
        mounted.is_ok_and(|mounted| mounted.status.success()).then(|| Self(folder))
    }

    /// Leaves no room at all.
    fn fill(&self) -> PathBuf {
        let ballast = self.0.path().join("ballast");
        let mut file = File::create(&ballast).unwrap();
        while file.write(&[0; 4096]).is_ok_and(|written| written > 0) {}
        ballast
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // A panic here would hide the test's own.
        let _still_mounted = Command::new("umount").arg(self.0.path()).status();
    }
}

#[test]
fn a_full_disk_is_told_of_and_work_goes_on_when_there_is_room() {
    let Some(disk) = SmallDisk::mount() else {
        println!("\nfault | disk full, SQLite | left out: only the superuser may mount a small disk");
        return;
    };
    let mut scenario = Scenario::begin("disk full, SQLite");
    for round in 0..rounds(1, 20) {
        let folder = disk.0.path().join(round.to_string());
        fs::create_dir(&folder).unwrap();
        let (deployment, mut crew) = Deployment::found(Database::sqlite_in(&folder), CLIENTS);
        let replica = deployment.serve();
        let (news, ()) = crew.work(&[&replica], |scene| {
            scene.await_acknowledged(20);
            let ballast = disk.fill();
            scene.await_unknown(CLIENTS);
            scene.assert_readable(&replica);
            assert_tells_of_the_disk(&replica);
            fs::remove_file(ballast).unwrap();
            scene.await_acknowledged(20);
        });
        count_refusals(&mut scenario, &news);
        assert_well_again(&mut scenario, &mut crew, &deployment, &replica);
        drop(replica);
        fs::remove_dir_all(&folder).unwrap();
    }
    scenario.end();
}

/// From each thread's fifth time on, the disk fails every third time that it is told to keep something.
const FAILING_DISK: [&str; 11] = [
    "strace",
    "-D",
    "-f",
    "-qq",
    "--seccomp-bpf",
    "-o",
    "/dev/null",
    "-e",
    "trace=fsync,fdatasync",
    "-e",
    "inject=fsync,fdatasync:error=EIO:when=5+3",
];

/// Killed as well afterwards: what the failing disk has kept of a refused batch must not come back as more
/// than an open question.
#[test]
fn what_a_failing_disk_does_not_keep_is_not_acknowledged() {
    let mut scenario = Scenario::begin("fdatasync fails, SQLite");
    for _ in 0..rounds(1, 30) {
        let (deployment, mut crew) = Deployment::found(Database::sqlite("failing-disk"), CLIENTS);
        let mut replica = deployment.serve_with(0, &FAILING_DISK, &[]);
        let (news, ()) = crew.work(&[&replica], |scene| {
            scene.await_unknown(CLIENTS);
            scene.assert_readable(&replica);
        });
        count_refusals(&mut scenario, &news);
        replica.kill();
        let again = deployment.serve();
        assert_well_again(&mut scenario, &mut crew, &deployment, &again);
    }
    scenario.end();
}

/// What was signed is never given out before a loss of power could no longer make it forgotten.
#[test]
fn the_last_checkpoint_is_on_the_disk_before_it_has_its_name() {
    let mut scenario = Scenario::begin("the sealer's memory");
    let (deployment, mut crew) = Deployment::found(Database::sqlite("memory"), CLIENTS);
    let folder = Directory::new("traced");
    let trace = folder.path().join("trace");
    let calls = "trace=fsync,rename,renameat,renameat2";
    let traced = ["strace", "-D", "-f", "-qq", "-y", "-s", "200", "-o", trace.to_str().unwrap(), "-e", calls];
    let replica = deployment.serve_with(0, &traced, &["--checkpoint-seconds", "1"]);
    let (news, ()) = crew.work(&[&replica], |scene| scene.await_acknowledged(20));
    scenario.count(&news);
    await_readiness(&replica);
    let signings = || fs::read_to_string(&trace).unwrap().matches("log-checkpoint.new").count() / 2;
    within_a_while("nothing is signed", || signings() > 0);
    assert_eq!(replica.stop().0.code(), Some(0));
    let calls = fs::read_to_string(&trace).unwrap();
    let of_note: Vec<&str> = calls.lines().filter(|call| call.contains("log-checkpoint.new")).collect();
    // It is on the disk before anybody is given it, and gets its name after that.
    for pair in of_note.chunks(2) {
        assert!(pair[0].contains("fsync(") && pair[1].contains("rename"), "{pair:?}");
        scenario.checks += 1;
    }
    scenario.end();
}
