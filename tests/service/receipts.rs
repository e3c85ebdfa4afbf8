//! Receipts (回执): a volunteer keeps that service was credited, and nobody makes it unsaid.

use crate::support::database::Directory;
use crate::support::http::{App, log_keys};
use crate::support::process::{Ended, run};
use crate::support::thief::Thief;
use crate::support::town::{Town, Volunteer, each_town};
use serde_json::{Value, json};
use std::fs;

/// A volunteer's folder: the log's public key and a receipt.
struct Kept(Directory);

impl Kept {
    fn new(receipt: &Value) -> Self {
        let folder = Directory::new("receipt");
        fs::write(folder.path().join("key"), log_keys().verifiers()[0].to_string()).unwrap();
        fs::write(folder.path().join("receipt"), receipt.to_string()).unwrap();
        Self(folder)
    }

    fn verify(&self, more: &[&str]) -> Ended {
        let receipt = self.0.path().join("receipt");
        run(&[&["verify", receipt.to_str().unwrap()], more].concat())
    }

    /// With the bureau's key, and what the service shows now.
    fn compared(&self, app: &App) -> Ended {
        let (key, url) = (self.0.path().join("key"), format!("http://{}", app.address));
        self.verify(&["--log-keys-file", key.to_str().unwrap(), "--compare", &url])
    }
}

fn receipt(town: &Town, volunteer: &Volunteer, record: &str) -> Value {
    town.app.get(&format!("/v1/service-records/{record}/receipt"), &volunteer.token).ok()
}

#[test]
fn a_volunteer_has_a_receipt_of_each_crediting_and_of_nobody_elses() {
    each_town("receipts", |town| {
        let (volunteer, other) = (town.volunteer(), town.volunteer());
        let at_once = town.serve(&volunteer, "17T09:00", "17T10:30");
        let later = town.submit(&volunteer, "18T09:00", "18T10:00");
        let path = format!("/v1/service-records/{later}");
        let refused =
            town.app.get(&format!("{path}/receipt"), &volunteer.token).refused(409, "record_not_credited");
        assert_eq!(refused["current_status"], "submitted", "{refused}");
        let credited = town.app.post(&format!("{path}/credit"), &town.coordinator, json!({})).ok();
        town.app.get(&format!("{path}/receipt"), &other.token).refused(404, "record_not_found");

        // Until a tree is signed it is the entry alone.
        let unsigned = receipt(town, &volunteer, &later);
        assert_eq!(unsigned["proof"], Value::Null);
        let kept = Kept::new(&unsigned);
        let ended = kept.verify(&[]);
        assert_eq!(ended.code, Some(3), "{ended:?}");
        assert!(ended.stdout.contains("NOT PROVED without a signature"), "{ended:?}");

        let memory = Directory::new("memory");
        town.app.seal(&memory).unwrap();
        for (record, minutes) in [(&at_once, 90), (&later, 60)] {
            let receipt = receipt(town, &volunteer, record);
            assert_eq!((&receipt["credited_minutes"], &receipt["record"]), (&json!(minutes), &json!(record)));
            let kept = Kept::new(&receipt);
            let honest = kept.compared(town.app);
            assert_eq!(honest.code, Some(0), "{honest:?}");
            assert_eq!(kept.verify(&[]).code, Some(3), "without a key");
            for (member, made_up) in [
                ("credited_minutes", json!(600)),
                ("record", json!(if record == &later { &at_once } else { &later })),
                ("leaf", json!(receipt["leaf"].as_str().unwrap().replace("leader", "scan"))),
                ("leaf_hash", json!("ab".repeat(32))),
                ("seq", json!(3)),
            ] {
                let mut forged = receipt.clone();
                forged[member] = made_up;
                let ended = Kept::new(&forged).verify(&["--allow-unsigned"]);
                assert_eq!(ended.code, Some(1), "{member}: {ended:?}");
            }
        }
        let shown = receipt(town, &volunteer, &later);
        assert_eq!(
            (&shown["seq"], &shown["leaf_hash"]),
            (&credited["receipt"]["seq"], &credited["receipt"]["leaf_hash"])
        );
        // Voided, it was credited all the same.
        town.void(&later);
        assert_eq!(receipt(town, &volunteer, &later)["seq"], shown["seq"]);
    });
}

/// A8 and A23: whatever was deleted, before it was signed or with all signatures, the volunteer can show it.
#[test]
fn what_was_deleted_the_volunteers_receipt_shows() {
    for was_signed in [false, true] {
        each_town("receipts-deleted", |town| {
            let volunteer = town.volunteer();
            let mut thief = Thief::at(town.app);
            thief.keep_a_copy();
            let record = town.serve(&volunteer, "17T09:00", "17T10:30");
            let memory = Directory::new("memory");
            if was_signed {
                town.app.seal(&memory).unwrap();
            }
            let kept = Kept::new(&receipt(town, &volunteer, &record));
            thief.put_the_copy_back();
            let fresh = Directory::new("fresh");
            town.app.seal(&fresh).unwrap();
            let gone = kept.compared(town.app);
            assert_eq!(gone.code, Some(1), "{gone:?}");
            assert!(gone.stdout.contains("has no signed entry"), "{gone:?}");
            // The journal goes on with something else.
            town.serve(&town.volunteer(), "18T09:00", "18T10:30");
            town.app.seal(&fresh).unwrap();
            let other = kept.compared(town.app);
            assert_eq!(other.code, Some(1), "{other:?}");
            assert!(other.stdout.contains("has another entry"), "{other:?}");
        });
    }
}
