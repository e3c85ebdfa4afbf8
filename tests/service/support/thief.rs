//! Somebody who can write to the database, takes its guards away and puts them back, and has none of the
//! service's keys.

use super::http::App;
use hourbook::domain::actor::Actor;
use hourbook::domain::evolve::outcome;
use hourbook::domain::ids::Seq;
use hourbook::domain::rules::Rules;
use hourbook::domain::{Stop, UnsealedEntry, World, evolve};
use hourbook::journal::{Entry, Frontier, TreeHash, event_from_json};
use hourbook::store::apply::{Written, apply};
use hourbook::store::head::{self, Head};
use hourbook::store::load::load;
use hourbook::store::read::journal::entries_after;
use hourbook::store::sql::{Dialect, Sql, SqlValue};
use hourbook::store::vault::{SecretKey, Vault};
use hourbook::store::{Db, StoreError};
use serde_json::Value;

pub struct Thief {
    db: Db,
    /// Of keys that the thief made up.
    vault: Vault,
}

/// An entry that the thief writes in somebody's name.
pub struct Forged {
    pub actor: Actor,
    pub event: Value,
    pub postings: Value,
}

impl Thief {
    pub fn at(app: &App) -> Self {
        let key = |byte: &str| byte.repeat(32).parse::<SecretKey>().unwrap();
        Self { db: app.db(), vault: Vault::new(&key("98"), &key("99")) }
    }

    /// Carries statements out past the guards, which are there again afterwards.
    pub fn rewrite(&mut self, sql: &str) {
        unguarded(&mut self.db, |db| db.batch(sql)).unwrap();
    }

    /// Appends an entry as the service would, properly hashed, with all that follows from it.
    pub fn append(&mut self, forged: &Forged) -> Seq {
        let rules = Rules::default();
        let mut head = head::read(&mut self.db).unwrap();
        let unsealed = UnsealedEntry {
            seq: head.last_seq.next(),
            recorded_at: head.last_recorded_at,
            actor: forged.actor,
            effective_date: "2026-11-16".parse().unwrap(),
            reverses: None,
            event: event_from_json(&forged.event.to_string()).unwrap(),
            postings: serde_json::from_value(forged.postings.clone()).unwrap(),
        };
        let mut world = World::default();
        while let Err(stop) = evolve(&mut world, &rules, &unsealed) {
            assert!(matches!(stop, Stop::Miss), "{stop:?}");
            let missing = world.take_missing();
            load(&mut self.db, &mut world, rules.zone, missing).unwrap();
        }
        let unit = outcome(&world, &unsealed).unwrap().unit();
        let seq = unsealed.seq;
        let entry = Entry::seal(unsealed, head.last_hash).unwrap();
        let full_tiles = head.extend(&entry);
        let written = Written { entry, full_tiles, unit, side_data: Vec::new() };
        let changes = world.take_changes();
        let vault = &self.vault;
        self.db
            .transaction(|db| {
                apply(db, vault, &[written], &changes, &[])?;
                head::advance(db, &head)
            })
            .unwrap();
        seq
    }

    /// Hashes chain, tree and head anew, so that each entry follows the one before, whatever was changed.
    pub fn hash_anew(&mut self) {
        unguarded(&mut self.db, |db| {
            let entries = entries_after(db, Seq(0), 100_000)?;
            db.batch("DELETE FROM tree_nodes")?;
            let mut head = Head {
                last_seq: Seq(0),
                last_recorded_at: entries[0].unsealed.recorded_at,
                last_hash: TreeHash::default(),
                tree: Frontier::default(),
            };
            for entry in entries {
                let seq = entry.unsealed.seq;
                let entry = Entry::seal(entry.unsealed, head.last_hash).unwrap();
                for tile in head.extend(&entry) {
                    let node =
                        Sql::new("INSERT INTO tree_nodes (tile_level, position, hash) VALUES (?, ?, ?)")
                            .int(tile.tile_level.into())
                            .int(i64::try_from(tile.position).unwrap());
                    db.execute(node.bind(bytes(tile.hash)))?;
                }
                let update = Sql::new("UPDATE entries SET hash = ? WHERE seq = ?").bind(bytes(entry.hash));
                db.execute(update.int(seq.0))?;
            }
            head::advance(db, &head)
        })
        .unwrap();
    }
}

fn bytes(hash: TreeHash) -> SqlValue {
    SqlValue::Bytes(Some(hash.0.to_vec()))
}

/// Does something without the database's guards.
fn unguarded(db: &mut Db, work: impl FnOnce(&mut Db) -> Result<(), StoreError>) -> Result<(), StoreError> {
    match db.dialect() {
        Dialect::Sqlite => {
            let guards = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'";
            let guards: Vec<[String; 2]> = db
                .query(Sql::new(guards))?
                .into_iter()
                .map(|row| {
                    let text = |value: SqlValue| match value {
                        SqlValue::Text(Some(text)) => text,
                        other => panic!("no text: {other:?}"),
                    };
                    <[SqlValue; 2]>::try_from(row.0).unwrap().map(text)
                })
                .collect();
            for [name, _] in &guards {
                db.batch(&format!("DROP TRIGGER {name}"))?;
            }
            let done = work(db);
            for [_, made] in &guards {
                db.batch(made)?;
            }
            done
        }
        Dialect::Postgres => {
            db.batch("SET session_replication_role = replica")?;
            let done = work(db);
            db.batch("SET session_replication_role = DEFAULT")?;
            done
        }
    }
}
