//! The face: HTTP, JSON, and the specification that is made from the handlers themselves.
//!
//! One file a noun: what a request may say, how the thing is shown, and its routes, each handler
//! with its part of the specification above it. A handler has no rule of the house in it: it reads a
//! request into a command, or asks a reading function, and shows the answer.
//!
//! - [`extract`]: who calls, what they say; the permission is the first argument's type.
//! - [`problem`]: every refusal as problem+json with its stable code.
//! - [`wire`], [`schema`], [`view`], [`page`]: what answers are made of.
//! - [`state`]: what handlers share, and the one way from a command to its answer.
//! - [`openapi`]: the specification; [`server`]: the service around it all.

pub mod activity;
pub mod extract;
pub mod hashing;
pub mod metrics;
pub mod operator;
pub mod page;
pub mod policy;
pub mod problem;
pub mod programme;
pub mod record;
pub mod redemption;
pub mod reward;
pub mod schema;
pub mod state;
pub mod transfer;
pub mod unit;
pub mod view;
pub mod volunteer;
pub mod wire;

pub use state::{AppState, State};
