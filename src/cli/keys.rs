//! `hourbook keys`: by which keys the ledger goes, and what to do where one that signs is lost.

use super::config::{DataOptions, WriterLock};
use super::secrets::{Making, SecretOptions};
use super::{CliResult, words};
use crate::domain::rules::Rules;
use crate::engine::{Clock, SystemClock};
use crate::store::key_checks::{self, KeyKind, KeysAtHand};
use crate::store::{Db, StoreError};
use clap::{Args, Subcommand, ValueEnum};
use std::process::ExitCode;

#[derive(Args, Debug)]
pub struct Keys {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Show by which keys the ledger goes, and which of them are at hand
    Show(Place),
    /// Go by the key at hand in the place of one that is lost or was stolen: what that one signed is not taken any more
    Replace {
        /// Which key: tokens signed by the former are refused, badges signed by it cannot be checked
        kind: Replaceable,

        #[command(flatten)]
        place: Place,
    },
}

/// The keys without which nothing of the ledger is lost.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Replaceable {
    Token,
    Badge,
}

#[derive(Args, Debug)]
struct Place {
    #[command(flatten)]
    data: DataOptions,

    #[command(flatten)]
    secrets: SecretOptions,
}

impl Keys {
    pub fn run(self) -> CliResult {
        match self.what {
            What::Show(place) => place.show(),
            What::Replace { kind, place } => place.replace(match kind {
                Replaceable::Token => KeyKind::Token,
                Replaceable::Badge => KeyKind::Badge,
            }),
        }
    }
}

impl Place {
    fn open(&self) -> Result<(Db, Vec<KeysAtHand>), String> {
        let database = self.data.database();
        let mut db = Db::open_existing(&database).map_err(words)?;
        db.must_be_migrated().map_err(words)?;
        let secrets = self.secrets.load(&self.data.data_dir, Making::Refused)?;
        Ok((db, secrets.at_hand()))
    }

    fn show(&self) -> CliResult {
        let (mut db, at_hand) = self.open()?;
        let zone = Rules::default().zone;
        for key in key_checks::known(&mut db).map_err(words)? {
            let keys = at_hand.iter().find(|keys| keys.kind == key.kind);
            let standing = match keys {
                Some(keys) if keys.current.contains(&key.check) => "in use",
                Some(keys) if keys.previous.contains(&key.check) => "of before",
                _ => "not at hand",
            };
            let kind: &str = key.kind.into();
            println!("{kind:<12} {}  since {}  {standing}", key.check, zone.date_of(key.since));
        }
        Ok(ExitCode::SUCCESS)
    }

    fn replace(&self, kind: KeyKind) -> CliResult {
        let _lock = WriterLock::take(&self.data.database())?;
        let (mut db, at_hand) = self.open()?;
        let (replaced, others): (Vec<_>, Vec<_>) = at_hand.into_iter().partition(|keys| keys.kind == kind);
        let [keys] = &replaced[..] else { return Err("no such key is at hand".to_owned()) };
        db.transaction(|db| {
            key_checks::hold(db, &others)?;
            key_checks::replace(db, keys, SystemClock.now())?;
            Ok::<_, StoreError>(())
        })
        .map_err(words)?;
        println!(
            "the ledger goes by {} from now on",
            keys.current.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        );
        Ok(ExitCode::SUCCESS)
    }
}
