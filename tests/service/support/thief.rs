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
use hourbook::store::batch_seals::{self, SealedBatch};
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
    /// The table and column that were changed last.
    undone: Option<(String, String)>,
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
        Self { db: app.db(), vault: Vault::new(&key("98"), &key("99")), undone: None }
    }

    /// Carries statements out past the guards, which are there again afterwards.
    pub fn rewrite(&mut self, sql: &str) {
        unguarded(&mut self.db, |db| db.batch(sql)).unwrap();
    }

    /// Seals everything as one batch, as only who has the service's key can.
    pub fn seal_all_with(&mut self, vault: &Vault) {
        let head = head::read(&mut self.db).unwrap();
        let batch = SealedBatch::new(Seq(1), Seq(1), &head);
        unguarded(&mut self.db, |db| {
            db.batch("DELETE FROM batch_seals")?;
            batch_seals::keep(db, vault, batch)
        })
        .unwrap();
    }

    /// The only number that a query gives.
    pub fn number(&mut self, sql: &str) -> i64 {
        self.db.number(Sql::new(sql.to_owned())).unwrap().unwrap_or_else(|| panic!("nothing: {sql}"))
    }

    /// Copies every table, to be put back later.
    pub fn keep_a_copy(&mut self) {
        for table in self.tables() {
            self.db.batch(&format!("CREATE TABLE old_{table} AS SELECT * FROM {table}")).unwrap();
        }
    }

    /// Puts the copy in the place of every table.
    pub fn put_the_copy_back(&mut self) {
        let restore =
            |table: &String| format!("DELETE FROM {table}; INSERT INTO {table} SELECT * FROM old_{table};");
        let all: String = self.tables().iter().map(restore).collect();
        self.rewrite(&all);
    }

    /// The tables that have rows, without copies and the migrations' own.
    fn tables(&mut self) -> Vec<String> {
        let sql = match self.db.dialect() {
            Dialect::Sqlite => {
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            }
            Dialect::Postgres => {
                "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public'"
            }
        };
        let names =
            self.db.query(Sql::new(sql)).unwrap().into_iter().map(|row| match row.0.into_iter().next() {
                Some(SqlValue::Text(Some(name))) => name,
                other => panic!("no name: {other:?}"),
            });
        names.filter(|name| !name.starts_with("old_") && !name.contains("migration")).collect()
    }

    /// Changes a column in one row of a table, in a transaction that waits to be undone; whether it can be changed.
    pub fn change(&mut self, table: &str, column: &str) -> bool {
        let Some(kind) = self.kind_of(table, column) else { return false };
        let other = match kind {
            SqlValue::Int(Some(number)) => format!("{}", if number == 0 { 1 } else { number + 1 }),
            SqlValue::Int(None) => "7".to_owned(),
            SqlValue::Text(Some(text)) if text.starts_with('{') => "'{}'".to_owned(),
            SqlValue::Text(Some(text)) if text.starts_with('[') => "'[1]'".to_owned(),
            SqlValue::Text(_) => format!("{column} || 'x'"),
            SqlValue::Bytes(_) => match self.db.dialect() {
                Dialect::Sqlite => "x'07'".to_owned(),
                Dialect::Postgres => "'\\x07'".to_owned(),
            },
        };
        self.undone = Some((table.to_owned(), column.to_owned()));
        let backup = format!("DROP TABLE IF EXISTS old_undo; CREATE TABLE old_undo AS SELECT * FROM {table}");
        self.db.batch(&backup).unwrap();
        let done = unguarded(&mut self.db, |db| {
            let row = one_row(db, table, column)?;
            db.batch(&format!("UPDATE {table} SET {column} = {other} WHERE {row}"))
        });
        done.is_ok()
    }

    /// Undoes the last change.
    pub fn undo(&mut self) {
        let Some((table, _)) = self.undone.take() else { return };
        self.rewrite(&format!("DELETE FROM {table}; INSERT INTO {table} SELECT * FROM old_undo"));
    }

    fn kind_of(&mut self, table: &str, column: &str) -> Option<SqlValue> {
        let filled = format!("SELECT {column} FROM {table} WHERE {column} IS NOT NULL LIMIT 1");
        let first = |db: &mut Db, sql: String| {
            db.query(Sql::new(sql)).unwrap().into_iter().next().and_then(|row| row.0.into_iter().next())
        };
        first(&mut self.db, filled)
    }

    /// Appends an entry as the service would, properly hashed, with all that follows from it.
    pub fn append(&mut self, forged: &Forged) -> Seq {
        let rules = Rules::default();
        let mut head = head::read(&mut self.db).unwrap();
        let unsealed = UnsealedEntry {
            seq: head.last_seq.next(),
            recorded_at: head.last_recorded_at,
            actor: forged.actor,
            origin: None,
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
        let nonce = self.vault.entry_nonce(seq, head.last_hash);
        let entry = Entry::seal(unsealed, nonce, head.last_hash).unwrap();
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

    /// Appends as [`Self::append`] does, and seals the entry with the service's key: what a former program wrote, whose
    /// rules were others.
    pub fn append_as_former_program(&mut self, vault: &Vault, forged: &Forged) -> Seq {
        let before = head::read(&mut self.db).unwrap();
        let since = batch_seals::standing(&mut self.db, vault, &before).unwrap();
        let seq = self.append(forged);
        let head = head::read(&mut self.db).unwrap();
        let batch = SealedBatch::new(seq, since.since(seq), &head);
        batch_seals::keep(&mut self.db, vault, batch).unwrap();
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
                let nonce = entry.nonce.unwrap();
                let entry = Entry::seal(entry.unsealed, nonce, head.last_hash).unwrap();
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
            db.batch("PRAGMA foreign_keys = OFF")?;
            let done = work(db);
            db.batch("PRAGMA foreign_keys = ON")?;
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

/// What one row of a table alone fulfils, one that has something in this column: that of its key.
fn one_row(db: &mut Db, table: &str, column: &str) -> Result<String, StoreError> {
    // A roll-up of nothing may stand anywhere.
    let of_something = if table == "marks" { " AND sums > 0" } else { "" };
    let has = format!("{column} IS NOT NULL{of_something}");
    match db.dialect() {
        Dialect::Postgres => Ok(format!("ctid = (SELECT ctid FROM {table} WHERE {has} LIMIT 1)")),
        Dialect::Sqlite => {
            let key = format!("SELECT name FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk");
            let key = db.query(Sql::new(key))?.into_iter().filter_map(|row| match row.0.into_iter().next() {
                Some(SqlValue::Text(name)) => name,
                _ => None,
            });
            let key = key.collect::<Vec<_>>().join(", ");
            Ok(format!("({key}) = (SELECT {key} FROM {table} WHERE {has} LIMIT 1)"))
        }
    }
}
