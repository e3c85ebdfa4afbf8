//! The write path: one order for all changes, many changes a commit.
//!
//! Requests wait in a bounded queue. One writer takes everything that waits (up to a limit), locks
//! the journal's head, lets the rules decide each request in order in memory, writes all that
//! follows in one transaction, commits once, and only then answers. On SQLite the writer is the only
//! one; on PostgreSQL the head's row lock makes any number of replicas take turns.

mod answers;
mod batch;
mod ended_sessions;
mod file_check;
mod health;
mod kept;
mod periodic_task;
mod request;
mod sealer;
mod self_verifier;
mod session_keeper;
mod sweeper;
#[cfg(test)]
pub mod test_clock;
mod writer;

pub use answers::replay;
pub use ended_sessions::EndedSessions;
pub use file_check::start_checking_file;
pub use health::{Health, Part, SelfVerification};
pub use kept::KeptAnswerError;
pub use periodic_task::PeriodicTask;
pub use request::{
    Answer, Asker, BulkAnswer, IdempotencyKey, Receipt, Request, RequestRefusal, Verdict, Work,
};
pub use sealer::{Seal, SealError, start_sealing};
pub use self_verifier::{SelfVerifier, start_verifying};
pub use session_keeper::{keep_sessions, start_keeping_sessions};
pub use sweeper::{start_sweeping, sweep};
pub use writer::{COMMANDS_A_REQUEST, Clock, Engine, Ledger, SystemClock, WriterOptions};
