//! Tickets (凭条): that somebody has just shown who they are outside, for who is bound to nobody yet.
//!
//! A ticket is encrypted and authenticated under the key of personal data, so that every replica reads it, nobody else
//! does, and nothing is stored of it. What is done with it once, such as binding, is refused the second time by what was
//! done.

use super::problem::ApiError;
use super::state::AppState;
use super::wire::SecretText;
use crate::domain::binding::OutsideIdentity;
use crate::domain::time::Timestamp;
use crate::store::vault::CellAddress;
use chrono::Duration;
use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};

/// How long a ticket is good for.
const MINUTES: i64 = 10;
/// A ticket is filled up with spaces to a multiple of this, so that its length tells little of what it says.
const PADDED_TO_BYTES: usize = 128;
/// A ticket as it was given out.
pub type TicketText = SecretText<1, 1_024>;
/// What is sealed for a ticket opens nowhere else.
const PLACE: CellAddress<'static> = CellAddress { table: "tickets", column: "content", row: 0 };

#[derive(Serialize, Deserialize)]
struct Content {
    identity: OutsideIdentity,
    expires_at: Timestamp,
}

/// A ticket as it is given out, and until when it is good.
pub(super) fn give(state: &AppState, identity: OutsideIdentity) -> Result<(String, Timestamp), ApiError> {
    let expires_at = state.clock.now().plus(Duration::minutes(MINUTES));
    let mut json = serde_json::to_vec(&Content { identity, expires_at }).map_err(ApiError::internal)?;
    json.resize(json.len().next_multiple_of(PADDED_TO_BYTES), b' ');
    let sealed = state.vault.seal(PLACE, &json).map_err(ApiError::internal)?;
    Ok((BASE64URL_NOPAD.encode(&sealed), expires_at))
}

/// Who a ticket stands for, as long as it is good.
pub(super) fn take(state: &AppState, SecretText(text): &TicketText) -> Result<OutsideIdentity, ApiError> {
    let sealed = BASE64URL_NOPAD.decode(text.trim().as_bytes()).map_err(|_| ApiError::TicketInvalid)?;
    let json = state.vault.open(PLACE, &sealed).map_err(|_| ApiError::TicketInvalid)?;
    let Content { identity, expires_at } = serde_json::from_slice(&json).map_err(ApiError::internal)?;
    if state.clock.now() < expires_at { Ok(identity) } else { Err(ApiError::TicketInvalid) }
}
