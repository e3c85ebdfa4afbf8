//! A panic within a transaction leaves no connection behind that still has it open.

use crate::support::each_database;
use hourbook::domain::actor::Actor;
use hourbook::domain::ids::{OperatorId, Seq};
use hourbook::domain::time::Timestamp;
use hourbook::store::session::{self, Session};
use hourbook::store::sql::Sql;
use hourbook::store::{Db, DbUrl, Pool, StoreError};
use std::panic::{AssertUnwindSafe, catch_unwind};

fn token(byte: u8) -> Session {
    Session {
        family: [byte; 16],
        actor: Actor::Operator(OperatorId::new(Seq(1))),
        valid_from: Seq::default(),
        started_at: Timestamp::default(),
        refreshed_at: None,
        expires_at: Timestamp::default(),
        ends_at: Timestamp::default(),
        token: [byte; 32],
        spent: None,
        successor: None,
        ended_at: None,
        binding: None,
    }
}

/// Uses a connection of the pool, and panics.
fn panic_with(pool: &Pool, and_panics: impl FnOnce(&mut Db) -> Result<(), StoreError>) {
    let outcome = catch_unwind(AssertUnwindSafe(|| pool.read(and_panics)));
    assert!(outcome.is_err(), "nobody panicked: {outcome:?}");
}

/// Writes a token past the pool, and looks for it with a connection of the pool: in a snapshot that is
/// still open, what was written since is not there.
fn assert_sees_what_is_written_now(pool: &Pool, url: &DbUrl, byte: u8) {
    session::start(&mut Db::open(url).unwrap(), &token(byte)).unwrap();
    let found = pool.read(|db| session::find(db, [byte; 16])).unwrap();
    assert_eq!(found, Some(token(byte)), "read in an old snapshot");
    let found = pool.read(|db| db.snapshot(|db| session::find(db, [byte; 16]))).unwrap();
    assert_eq!(found, Some(token(byte)), "read in an old snapshot");
}

#[test]
fn a_panicking_reader_leaves_no_snapshot_open() {
    each_database("panic_read", |url| {
        let pool = Pool::new(&url, 1).unwrap();
        panic_with(&pool, |db| {
            db.snapshot(|db| {
                session::find(db, [1; 16])?;
                panic!("a reader that panics within a snapshot");
            })
        });
        assert_sees_what_is_written_now(&pool, &url, 1);
    });
}

#[test]
fn a_panicking_writer_of_sessions_leaves_nothing_behind() {
    each_database("panic_write", |url| {
        let pool = Pool::writing(&url).unwrap();
        panic_with(&pool, |db| {
            db.transaction(|db| {
                db.execute(Sql::new(
                    "INSERT INTO sessions (family, actor, valid_from, started_at, expires_at, ends_at, token) \
                     SELECT substr(last_hash, 1, 16), 1, 0, 0, 0, 0, last_hash FROM journal_head",
                ))?;
                panic!("a writer that panics within a transaction");
            })
        });
        // Another can write: on SQLite there is one lock for all who do.
        assert_sees_what_is_written_now(&pool, &url, 1);
        assert_eq!(pool.read(|db| session::find(db, [0; 16])).unwrap(), None, "half a transaction was kept");
        pool.read(|db| session::start(db, &token(2))).unwrap();
        assert_sees_what_is_written_now(&pool, &url, 3);
    });
}

/// No function of the store does this; the pool does not rely on it.
#[test]
fn a_connection_that_comes_back_with_a_transaction_is_not_given_out_again() {
    each_database("forgotten", |url| {
        let pool = Pool::writing(&url).unwrap();
        pool.read(|db| {
            db.begin()?;
            session::find(db, [1; 16])
        })
        .unwrap();
        assert_sees_what_is_written_now(&pool, &url, 1);
    });
}

/// A connection that a caller keeps through a panic is as it was before.
#[test]
fn a_panic_ends_the_transaction_of_a_connection_that_is_kept() {
    each_database("kept", |url| {
        let mut db = Db::open(&url).unwrap();
        let snapshot = catch_unwind(AssertUnwindSafe(|| {
            db.snapshot(|db| -> Result<(), StoreError> {
                session::find(db, [1; 16])?;
                panic!("within a snapshot");
            })
        }));
        assert!(snapshot.is_err());
        let written = catch_unwind(AssertUnwindSafe(|| {
            db.transaction(|_| -> Result<(), StoreError> { panic!("within a transaction") })
        }));
        assert!(written.is_err());
        session::start(&mut Db::open(&url).unwrap(), &token(1)).unwrap();
        session::start(&mut db, &token(2)).unwrap();
        assert_eq!(session::find(&mut db, [1; 16]).unwrap(), Some(token(1)));
    });
}
