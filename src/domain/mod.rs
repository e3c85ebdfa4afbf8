//! The rules of volunteer service: pure, without clock, IO, async or SQL.
//!
//! A [`command::Command`] comes in, [`decide`] judges it against the [`world::World`] and answers
//! either a [`event::Draft`] (what happened, with its balanced postings) or a
//! [`rejection::Rejection`]. [`evolve`] then carries a draft into the world. The same two functions
//! run on the write path, in the model-based test and, from the journal alone, in `verify`.
//!
//! One file a noun: its type, its rules and, beside them, the cases that show each rule.

pub mod account;
pub mod activity;
pub mod actor;
pub mod amounts;
pub mod as_of;
pub mod assessment;
pub mod calendar;
pub mod certificate;
pub mod command;
pub mod correction;
pub mod event;
pub mod export;
pub mod finding;
pub mod identity;
pub mod ids;
pub mod model_post;
pub mod notice;
pub mod objection;
pub mod operator;
pub mod outcome;
pub mod person;
pub mod pledge;
pub mod points;
pub mod policy;
pub mod programme;
pub mod record;
pub mod redemption;
pub mod rejection;
pub mod reward;
pub mod rules;
pub mod star;
pub mod text;
pub mod time;
pub mod transfer;
pub mod unit;
pub mod volunteer;
pub mod world;

pub use command::{Command, decide};
pub use event::{Draft, Event, evolve};
pub use outcome::Outcome;
pub use rejection::Rejection;
pub use world::{Key, Stop, World};
