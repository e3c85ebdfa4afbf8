//! Who is calling: signing keys, access tokens, refresh tokens, passwords.
//!
//! | file | what lives there |
//! |---|---|
//! | [`badge`] | the RSA key that signs certificates as badges, and its JWKS |
//! | [`keys`] | the Ed25519 key that signs, the public keys that verify, their JWKS |
//! | `public_keys` | a set of public keys: the one in use and its predecessors |
//! | [`token`] | short-lived access tokens (JWT): issue and verify |
//! | `identity` | who calls, once their token was taken |
//! | `cache` | which tokens were verified lately, bounded |
//! | [`refresh`] | opaque refresh tokens, their rotation and the detection of reuse |
//! | [`password`] | argon2id, and equal work for a login that does not exist |
//!
//! Absent on purpose: no clock (the caller says what time it is), no environment, no files, no SQL
//! and no HTTP. What a holder may do, once known, is decided elsewhere by role and unit.

pub mod badge;
mod cache;
mod error;
mod identity;

pub mod keys;
pub mod password;
mod public_keys;
pub mod refresh;
pub mod token;

pub use badge::BadgeKeys;
pub use error::AuthError;
pub use identity::{Grant, Identity};
pub use keys::TokenKeys;
pub use password::{PasswordCost, Passwords};
pub use token::{Issuer, Realm, Verifier};

use pem::{EncodeConfig, LineEnding, Pem};

/// A key as PEM text (RFC 7468), each line ended by a line feed.
fn to_pem(label: &str, der: &[u8]) -> String {
    let config = EncodeConfig::new().set_line_ending(LineEnding::LF);
    pem::encode_config(&Pem::new(label, der), config)
}

/// Bytes that nobody can guess, from the operating system.
fn random_bytes<const N: usize>() -> Result<[u8; N], AuthError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| AuthError::NoRandomness)?;
    Ok(bytes)
}
