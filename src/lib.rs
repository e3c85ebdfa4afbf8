//! Hourbook: the ledger of volunteer service.
//!
//! The rooms, and who may enter which:
//!
//! ```text
//! main -> cli -> api -> auth ----\
//!                \-> engine -> store -> domain
//!                                   \-> journal -> domain
//! api -> channels -> engine, store
//! ```
#![forbid(unsafe_code)]

pub mod api;
pub mod auth;
pub mod channels;
pub mod cli;
pub mod domain;
pub mod engine;
pub mod journal;
pub mod store;
