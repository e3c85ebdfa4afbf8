//! Access tokens (访问令牌) as facts of the ledger: that one was made by hand, and that all of a holder's were ended.
//!
//! A token says from which entry on its holder's tokens were good when it was made; it is good as long as that is so. What
//! makes tokens of before worthless (a new password, a new start) is an entry that the holder's row remembers.

pub mod rules;

use super::actor::Actor;
use super::noun::events;
use super::time::Timestamp;

/// Notes that somebody at the machine makes a token for a holder.
#[derive(Clone, Copy, Debug)]
pub struct IssueToken {
    pub holder: Actor,
    pub expires_at: Timestamp,
}

/// Ends every token and every session of a holder.
#[derive(Clone, Copy, Debug)]
pub struct EndTokens {
    pub holder: Actor,
}

events! {
    TokenIssued = "token_issued" {
        holder: Actor,
        expires_at: Timestamp,
    }
    TokensEnded = "tokens_ended" {
        holder: Actor,
    }
}
