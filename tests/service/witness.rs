//! Somebody else's memory: a witness on another machine sees that a log only grows, and keeps what contradicts that.

use crate::support::clock::TestClock;
use crate::support::database::Directory;
use crate::support::each_database;
use crate::support::http::{App, NOON, log_keys};
use crate::support::process::{Ended, run};
use crate::support::thief::Thief;
use crate::support::town::{Town, each_town};
use crate::support::writer::options;
use hourbook::journal::{CosignerVerifier, open_checkpoint};
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

/// A witness with a folder of its own.
struct Witness(Directory);

impl Witness {
    fn new() -> Self {
        let folder = Directory::new("witness");
        fs::write(folder.path().join("keys"), log_keys().verifiers()[0].to_string()).unwrap();
        Self(folder)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join("kept").join(name)
    }

    /// Looks at the log of a service.
    fn look(&self, app: &App) -> Ended {
        let (url, keys, to) = (format!("http://{}", app.address), self.0.path().join("keys"), self.file(""));
        let [keys, to] = [&keys, &to].map(|path| path.to_str().unwrap());
        run(&["witness", &url, "--log-keys-file", keys, "--to", to, "--name", "witness.example.org/w1"])
    }

    #[track_caller]
    fn takes(&self, app: &App) -> u64 {
        let ended = self.look(app);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        let note = fs::read_to_string(self.file("checkpoint")).unwrap();
        let public = fs::read_to_string(self.file("witness-key.pub")).unwrap();
        let witness: CosignerVerifier = public.parse().unwrap();
        assert!(witness.cosigned_at(&note).unwrap() > 1_700_000_000);
        open_checkpoint(&note, &log_keys().verifiers()).unwrap().size
    }

    #[track_caller]
    fn refuses(&self, app: &App, words: &str) {
        let before = fs::read_to_string(self.file("checkpoint")).unwrap();
        let ended = self.look(app);
        assert_eq!(ended.code, Some(1), "{ended:?}");
        assert!(ended.stdout.starts_with("CONTRADICTION: ") && ended.stdout.contains(words), "{ended:?}");
        assert_eq!(fs::read_to_string(self.file("checkpoint")).unwrap(), before, "it was cosigned");
        let evidence = ended.stdout.trim().rsplit_once(' ').unwrap().1;
        let seen = fs::read_to_string(format!("{evidence}/seen")).unwrap();
        assert_eq!(fs::read_to_string(format!("{evidence}/kept")).unwrap(), before);
        open_checkpoint(&seen, &log_keys().verifiers()).unwrap();
    }
}

fn grow(town: &Town, entries: usize) {
    for _ in 0..entries {
        town.volunteer();
    }
}

#[test]
fn growth_is_cosigned_and_a_ledger_that_was_put_back_is_not() {
    each_town("witness-back", |town| {
        let witness = Witness::new();
        let app = town.app;
        let none_yet = witness.look(app);
        assert_eq!(none_yet.code, Some(2), "nothing is signed yet: {none_yet:?}");
        app.seal(&Directory::new("memory")).unwrap();
        let first = witness.takes(app);
        assert_eq!(witness.takes(app), first, "nothing new, and no contradiction");
        let mut thief = Thief::at(app);
        thief.keep_a_copy();
        grow(town, 5);
        app.seal(&Directory::new("memory")).unwrap();
        assert!(witness.takes(app) > first);

        // A11 and A12: the database put back, its checkpoints with it, and the sealer's memory gone.
        thief.put_the_copy_back();
        witness.refuses(app, "are there");
        grow(town, 9);
        app.seal(&Directory::new("memory")).unwrap();
        witness.refuses(app, "does not begin with");
    });
}

#[test]
fn two_ledgers_under_one_key_are_a_contradiction() {
    each_database("witness-fork", |url| {
        let app = App::start_with(&url, &Arc::new(TestClock::at(NOON)), &options());
        let town = Town::found(&app);
        grow(&town, 3);
        app.seal(&Directory::new("memory")).unwrap();
        let witness = Witness::new();
        witness.takes(&app);
        each_town("witness-other", |other| {
            grow(other, 7);
            other.app.seal(&Directory::new("memory")).unwrap();
            witness.refuses(other.app, "does not begin with");
        });
        grow(&town, 1);
        app.seal(&Directory::new("memory")).unwrap();
        witness.takes(&app);
    });
}

#[test]
fn a_log_of_another_key_is_a_contradiction_and_a_service_that_is_away_is_none() {
    each_town("witness-key", |town| {
        town.app.seal(&Directory::new("memory")).unwrap();
        let witness = Witness::new();
        witness.takes(town.app);
        let other = hourbook::journal::LogKeys::private_text(log_keys().origin(), &[44; 32]).unwrap();
        let other = hourbook::journal::LogKeys::parse(&other).unwrap();
        let keys = format!("{}\n", other.verifiers()[0]);
        let keys_file = witness.0.path().join("keys");
        // What was cosigned before is of the key of before: both are known while keys change.
        fs::write(&keys_file, format!("{}\n{keys}", log_keys().verifiers()[0])).unwrap();
        witness.takes(town.app);
        let to = witness.file("");
        let away = run(&[
            "witness",
            "http://127.0.0.1:9",
            "--log-keys-file",
            keys_file.to_str().unwrap(),
            "--to",
            to.to_str().unwrap(),
        ]);
        assert_eq!(away.code, Some(2), "{away:?}");
        let fresh = Witness::new();
        fs::write(fresh.0.path().join("keys"), keys).unwrap();
        let refused = fresh.look(town.app);
        assert_eq!(refused.code, Some(1), "{refused:?}");
        assert!(refused.stdout.contains("none of the known keys has signed"), "{refused:?}");
    });
}
