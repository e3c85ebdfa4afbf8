//! The tokens that a log-in gives, as they are shown.

use serde::Serialize;
use std::fmt;
use utoipa::ToSchema;

/// How the access token is sent: RFC 6750.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub enum TokenType {
    Bearer,
}

/// The tokens of an operator.
#[derive(Serialize, ToSchema)]
pub struct Tokens {
    /// For the Authorization header, after `Bearer`.
    pub access_token: String,
    #[schema(inline)]
    pub token_type: TokenType,
    /// How long the access token is valid, in seconds; shorter where the session ends before.
    #[schema(minimum = 1, maximum = 900, example = 900)]
    pub expires_in: u32,
    /// Gets the next pair of tokens; can be used once.
    pub refresh_token: String,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").field("expires_in", &self.expires_in).finish_non_exhaustive()
    }
}
