//! The rules of volunteer service: pure, without clock, IO, async or SQL.
//!
//! A [`command::Command`] comes in, [`decide`] judges it against the [`world::World`] and answers
//! either a [`event::UnsealedEntry`] (what happened, with its balanced postings) or a
//! [`rejection::Rejection`]. [`evolve`] then carries an entry into the world. The same two functions
//! run on the write path, in the model-based test and, from the journal alone, in `verify`.
//!
//! One folder a noun, all listed in [`nouns`]: `mod.rs` says what it is, `rules.rs` what may be done, the cases that
//! show each rule beside it. Imports go one way, which a test holds:
//!
//! 1. values: [`ids`], [`amounts`], [`time`], [`text`], [`evidence`], [`account`], [`commitment`], [`noun`] ...
//! 2. what each noun is: `record/mod.rs`, `transfer/mod.rs` ...
//! 3. all of them as one: [`event`], [`rejection`], [`outcome`], [`side_data`], [`world`]
//! 4. what rules are written with: [`context`], [`same_person`], [`decision`], [`happening`]
//! 5. what may be done: `record/rules.rs`, `transfer/rules.rs` ...
//! 6. the way in: [`command`], [`replay`] and [`evolve`]

pub mod access;
pub mod account;
pub mod activation;
pub mod activity;
pub mod actor;
pub mod amounts;
pub mod application;
pub mod as_of;
pub mod assessment;
pub mod attendance;
pub mod binding;
pub mod calendar;
pub mod certificate;
mod choice;
pub mod command;
pub mod commitment;
pub mod context;
pub mod correction;
pub mod crediting_policy;
pub mod decision;
pub mod dismissal;
pub mod enrolment;
pub mod event;
pub mod evidence;
pub mod evolve;
pub mod export;
pub mod fence;
pub mod finding;
pub mod general;
pub mod happening;
pub mod honour;
pub mod identity;
pub mod identity_change;
pub mod ids;
pub mod lot;
pub mod merge;
pub mod message;
pub mod model_post;
pub mod notice;
pub mod noun;
pub mod nouns;
pub mod objection;
pub mod operator;
pub mod origin;
pub mod outcome;
pub mod person;
pub mod pledge;
pub mod policy;
pub mod position;
pub mod programme;
pub mod rating;
pub mod record;
pub mod redemption;
pub mod rejection;
pub mod replay;
pub mod reward;
pub mod rules;
pub mod same_person;
pub mod side_data;
pub mod star;
pub mod text;
pub mod time;
pub mod token;
pub mod training;
pub mod transfer;
pub mod unit;
pub mod volunteer;
pub mod world;

pub use command::{Command, decide};
pub use event::{Event, UnsealedEntry};
pub use evolve::evolve;
pub use outcome::Outcome;
pub use rejection::Rejection;
pub use world::{Key, Stop, World};
