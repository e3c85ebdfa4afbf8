//! The service on both databases. Every case runs on SQLite and on PostgreSQL, none is skipped.
//!
//! Past the public door:
//! - [`model`]: random command sequences in the pure core, SQLite and PostgreSQL, compared.
//! - [`conformance`]: what the store and the write path promise, on each database.
//! - [`double_entry`]: what the database itself refuses, whoever writes to it.
//!
//! Through the public door, over HTTP, a file a noun:
//! - [`units`], [`registration`], [`programmes`], [`service_records`]
//!
//! [`support`]: databases, the running service, a town to test in, a clock that tests set.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod conformance;
mod double_entry;
mod model;
mod programmes;
mod registration;
mod service_records;
mod support;
mod units;
