//! The service on both databases. Every case runs on SQLite and on PostgreSQL, none is skipped.
//!
//! - [`model`]: random command sequences in the pure core, SQLite and PostgreSQL, compared.
//! - [`conformance`]: what the store and the write path promise, on each database.
//! - [`double_entry`]: what the database itself refuses, whoever writes to it.
//! - [`support`]: databases, a clock that tests set, the ledger without a database.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod conformance;
mod double_entry;
mod model;
mod support;
