//! What the store and the write path promise, on each database.

mod idempotency;
mod isolation;
mod load_and_apply;
mod prepared_statements;
mod races;
mod transactions;
