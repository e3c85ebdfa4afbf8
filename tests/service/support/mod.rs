//! What the cases share.
//!
//! - [`each_database`]: runs a case on SQLite and on PostgreSQL; [`database`]: one of either kind.
//! - [`large_ledger`]: a database of 100,000 records, filled at once.
//! - [`writer`]: the write path on a database; [`clock`]: the time that it sees.
//! - [`commands`]: commands, and a small city to give them in.
//! - [`http`]: the real service and a client; [`town`]: test data, made through that door.
//! - [`log_in`]: logging in, and what follows from it.
//! - [`schemas`]: whether an answer is as the specification describes it.
//! - [`operations`]: every operation of the specification, and a request that each takes.
//! - [`audit_folder`]: the folder that auditors take away, and who checks it.
//! - [`process`]: the real program, in processes of its own.
//! - [`pure`]: the same rules without a database, to compare with.
//! - [`proxy`]: a way to a server that can be cut.
//! - [`stored`]: what stands in a database, read back as the domain's own types.
//! - [`refusals`]: the codes that tests were refused with.
//! - [`thief`]: who writes to the database, and has none of the keys.
//! - [`random`]: numbers that follow from a seed.

pub mod audit_folder;
pub mod clock;
pub mod commands;
pub mod database;
pub mod http;
pub mod large_ledger;
pub mod log_in;
pub mod operations;
pub mod postgres;
pub mod process;
pub mod proxy;
pub mod pure;
pub mod random;
pub mod recruiting;
pub mod refusals;
pub mod schemas;
pub mod stored;
pub mod thief;
pub mod town;
pub mod wechat;
pub mod writer;

use database::Database;
use hourbook::store::DbUrl;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// Runs a case on a fresh SQLite file and on a fresh PostgreSQL database: on both, even if it fails
/// on the first. `label` stands in the databases' names.
pub fn each_database(label: &str, case: impl Fn(DbUrl)) {
    let on = |name: &str, make: fn(&str) -> Database| {
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let database = make(label);
            case(database.url().clone());
        }));
        outcome.inspect_err(|_| eprintln!("{label}: the case failed on {name}"))
    };
    let outcomes = [on("SQLite", Database::sqlite), on("PostgreSQL", Database::postgres)];
    for outcome in outcomes {
        outcome.unwrap_or_else(|panic| resume_unwind(panic));
    }
}
