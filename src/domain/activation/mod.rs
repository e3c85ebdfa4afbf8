//! Activation codes (激活码): twelve characters with which a volunteer signs in for the first time. The office prints or
//! shows them; each is good for seven days, once, and dies after five tries.
//!
//! What is left of it stands in the volunteer's row; the code itself follows from the entry that gave it and a key.

pub mod rules;

use super::ids::{Seq, VolunteerId};
use super::noun::{events, refusals};
use super::time::Timestamp;

/// How long a code is good for.
const DAYS: i64 = 7;
/// For how long a code that was used is taken once more: the answer may have been lost.
const GRACE_SECONDS: i64 = 30;
/// After so many wrong tries a code is dead.
pub const MOST_TRIES: i64 = 5;

/// Gives a volunteer a code; one of before is good no more.
#[derive(Clone, Copy, Debug)]
pub struct GiveActivation {
    pub volunteer: VolunteerId,
}

/// Somebody shows a code. The service has compared it; whether it is still good is for the rule to say.
#[derive(Clone, Copy, Debug)]
pub struct TryActivation {
    pub volunteer: VolunteerId,
    /// The entry that gave the code that was compared.
    pub entry: Seq,
    pub is_right: bool,
}

events! {
    ActivationGiven = "activation_given" {
        volunteer: VolunteerId,
        until: Timestamp,
    }
    ActivationUsed = "activation_used" {
        volunteer: VolunteerId,
    }
    ActivationFailed = "activation_failed" {
        volunteer: VolunteerId,
    }
}

refusals! {
    /// Number or code is wrong, or the code is good no more.
    ActivationInvalid = Forbidden "activation_invalid" "number or code is wrong, or the code is good no more";
}
