//! The face: HTTP, JSON, and the specification that is made from the handlers themselves.
//!
//! One file a noun: what a request may say, how the thing is shown, and its routes, each handler
//! with its part of the specification above it. A handler has no rule of the domain in it: it reads a
//! request into a command, or asks a reading function, and shows the answer.
//!
//! - [`extract`]: who calls, what they say; the permission is the first argument's type.
//! - `as_of`: the entry that a question stands on; `asked`: each request's query, held against the specification.
//! - [`problem`]: every refusal as problem+json with its stable code, in the [`language`] that is asked for.
//! - [`wire`], [`schema`], [`view`], [`page`]: what answers are made of.
//! - [`tabular`], [`export`]: tables as CSV, NDJSON and XLSX, and data taken out as such files.
//! - [`state`]: what handlers share, and the one way from a command to its answer.
//! - [`proof`] and [`log`]: what lets anybody check the journal without trusting us.
//! - [`routing`]: where operations are mounted and described.
//! - [`openapi`]: the specification; [`server`]: the service around it all.

pub mod access;
pub mod account;
pub mod activation;
pub mod activity;
pub mod application;
mod as_of;
mod asked;
pub mod assessment;
pub mod attendance;
pub mod auth;
pub mod binding;
pub mod calendar;
pub mod certificate;
pub mod check_code;
pub mod connections;
pub mod correction;
pub mod crediting_policy;
pub mod cross_origin;
pub mod downloads;
pub mod due;
pub mod enrolment;
mod event;
pub mod export;
pub mod extract;
pub mod finding;
pub mod ground;
pub mod guesses;
pub mod hashing;
pub mod home;
pub mod honour;
pub mod identity_change;
pub mod journal;
pub mod language;
pub mod limit;
pub mod log;
pub mod log_ins;
pub mod merge;
pub mod message;
pub mod metrics;
pub mod model_post;
pub mod notice;
pub mod objection;
pub mod openapi;
pub mod operator;
pub mod opportunity;
pub mod own_session;
pub mod page;
pub mod password;
pub mod pledge;
pub mod policy;
pub mod position;
pub mod problem;
pub mod programme;
pub mod proof;
pub mod rating;
pub mod receipt;
pub mod record;
pub mod recruitment;
pub mod redemption;
pub mod reward;
mod routing;
pub mod schema;
pub mod server;
pub mod service;
pub mod session;
pub mod session_terms;
pub mod sign_in;
pub mod star;
pub mod state;
pub mod tabular;
pub mod ticket;
pub mod tokens;
pub mod totals;
pub mod training;
pub mod transfer;
pub mod unit;
pub mod view;
pub mod volunteer;
pub mod wire;
pub mod work;

pub use state::{AppState, State};

use routing::Routes;

/// Every operation there is.
pub fn routes(config: &mut Routes) {
    config.under("/v1", |v1| {
        unit::routes(v1);
        volunteer::routes(v1);
        identity_change::routes(v1);
        merge::routes(v1);
        access::routes(v1);
        programme::routes(v1);
        activity::routes(v1);
        position::routes(v1);
        opportunity::routes(v1);
        enrolment::routes(v1);
        check_code::routes(v1);
        attendance::routes(v1);
        receipt::routes(v1);
        record::routes(v1);
        transfer::routes(v1);
        policy::routes(v1);
        calendar::routes(v1);
        due::routes(v1);
        notice::routes(v1);
        crediting_policy::routes(v1);
        objection::routes(v1);
        correction::routes(v1);
        reward::routes(v1);
        redemption::routes(v1);
        certificate::routes(v1);
        totals::routes(v1);
        work::routes(v1);
        star::routes(v1);
        assessment::routes(v1);
        pledge::routes(v1);
        model_post::routes(v1);
        training::routes(v1);
        honour::routes(v1);
        rating::routes(v1);
        export::routes(v1);
        finding::routes(v1);
        journal::routes(v1);
        proof::routes(v1);
        operator::routes(v1);
        auth::routes(v1);
        activation::routes(v1);
        sign_in::routes(v1);
        binding::routes(v1);
        application::routes(v1);
        own_session::routes(v1);
        home::routes(v1);
        message::routes(v1);
        password::routes(v1);
    });
    service::routes(config);
}
