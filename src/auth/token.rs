//! Access tokens: JSON Web Tokens, signed with Ed25519, that live for minutes.
//!
//! A token is taken only if it is signed with `EdDSA` by a key of ours (RFC 8725, section 3.1: the
//! header chooses among our keys, never the algorithm), by this issuer, for this audience, within
//! its time, and if its holder can have its role.

use super::cache::VerifiedTokens;
use super::identity::{Grant, Identity};
use super::refresh::FamilyId;
use super::{AuthError, TokenKeys, random_bytes};
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::{Seq, UnitId};
use crate::domain::time::Timestamp;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::{Algorithm, Header, Validation};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;
use std::sync::Arc;
use uuid::Uuid;

/// The longest token that is looked at, in bytes. Ours have about 500.
pub const TOKEN_BYTES_MAX: usize = 4_096;
/// How far the clocks of two replicas may differ, in seconds, before a new token is "not yet valid".
pub const CLOCK_SKEW_SECONDS_MAX: i64 = 60;

const ALGORITHM: Algorithm = Algorithm::EdDSA;
/// The name of [`ALGORITHM`] in a header (RFC 8037, section 3.1).
const ALGORITHM_NAME: &str = "EdDSA";

/// Who issues tokens, and for whom; a token of one realm is not valid in another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Realm {
    /// The `iss` claim, such as `https://hours.example.org`.
    pub issuer: String,
    /// The `aud` claim, such as `hourbook`.
    pub audience: String,
}

/// What a token says (RFC 7519, section 4.1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// The issuer.
    pub iss: String,
    /// The audience.
    pub aud: String,
    /// The holder: `operator:ID` or `volunteer:ID`.
    pub sub: Actor,
    /// What the holder may do.
    pub role: Role,
    /// Where: this unit and all under it; nothing for volunteers, and for admins everywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// From which entry on the holder's tokens were good when it was made; 0 for tokens of before that was said.
    #[serde(default, skip_serializing_if = "Seq::is_zero")]
    pub from: Seq,
    /// The session that it belongs to; none if it was made by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sid: Option<FamilyId>,
    /// When it was issued, in seconds since 1970 UTC.
    pub iat: i64,
    /// When it expires, in seconds since 1970 UTC.
    pub exp: i64,
    /// The name of this very token.
    pub jti: Uuid,
}

/// Signs tokens.
#[derive(Debug)]
pub struct Issuer {
    keys: Arc<TokenKeys>,
    realm: Realm,
}

impl Issuer {
    /// An issuer for `realm` that signs with the current key.
    #[must_use]
    pub const fn new(keys: Arc<TokenKeys>, realm: Realm) -> Self {
        Self { keys, realm }
    }

    /// A token for the holder that is worth something for `ttl_seconds` from `now` on.
    ///
    /// # Errors
    ///
    /// [`AuthError::WrongRole`] if the holder cannot have the role,
    /// [`AuthError::NoRandomness`] or [`AuthError::SigningFailed`].
    pub fn issue(&self, grant: Grant, now: Timestamp, ttl_seconds: u32) -> Result<String, AuthError> {
        let Grant { actor, role, unit, valid_from, session } = grant;
        check_role(actor, role)?;
        let iat = now.to_utc().timestamp();
        let claims = Claims {
            iss: self.realm.issuer.clone(),
            aud: self.realm.audience.clone(),
            sub: actor,
            role,
            unit,
            from: valid_from,
            sid: session,
            iat,
            exp: iat + i64::from(ttl_seconds),
            jti: uuid::Builder::from_random_bytes(random_bytes()?).into_uuid(),
        };
        let header = Header { kid: Some(self.keys.kid().to_owned()), ..Header::new(ALGORITHM) };
        jsonwebtoken::encode(&header, &claims, self.keys.signing_key()).map_err(|_| AuthError::SigningFailed)
    }
}

/// Takes or refuses tokens, and remembers which it took.
pub struct Verifier {
    keys: Arc<TokenKeys>,
    validation: Validation,
    verified: VerifiedTokens,
}

impl Verifier {
    /// A verifier for `realm` that takes the tokens of all `keys`.
    #[must_use]
    pub fn new(keys: Arc<TokenKeys>, realm: &Realm) -> Self {
        let mut validation = Validation::new(ALGORITHM);
        validation.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
        validation.set_issuer(&[&realm.issuer]);
        validation.set_audience(&[&realm.audience]);
        // The library would read the clock of the machine; `Claims::identity` is told the time.
        validation.validate_exp = false;
        Self { keys, validation, verified: VerifiedTokens::default() }
    }

    /// The holder of `token`, if it is good at `now`.
    ///
    /// # Errors
    ///
    /// One of the refusals of [`AuthError`], [`AuthError::TooLong`] to
    /// [`AuthError::WrongRole`]: a distinct one for each way in which a token is bad.
    pub fn verify(&self, token: &str, now: Timestamp) -> Result<Identity, AuthError> {
        if token.len() > TOKEN_BYTES_MAX {
            return Err(AuthError::TooLong);
        }
        let digest = Sha256::digest(token).into();
        if let Some(identity) = self.verified.get(&digest) {
            return identity.live_at(now);
        }
        let identity = self.authentic_claims(token)?.identity(now)?;
        self.verified.insert(digest, identity);
        Ok(identity)
    }

    /// What the token says, once its signature, issuer and audience are known to be right.
    fn authentic_claims(&self, token: &str) -> Result<Claims, AuthError> {
        let kid = TokenHeader::read(token)?.checked_kid()?;
        let key = self.keys.verifying_key(&kid).ok_or(AuthError::UnknownKey)?;
        jsonwebtoken::decode(token, key, &self.validation).map(|decoded| decoded.claims).map_err(refusal)
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier").field("keys", &self.keys).finish_non_exhaustive()
    }
}

impl Claims {
    fn identity(self, now: Timestamp) -> Result<Identity, AuthError> {
        check_role(self.sub, self.role)?;
        if self.iat > now.to_utc().timestamp() + CLOCK_SKEW_SECONDS_MAX {
            return Err(AuthError::NotYetValid);
        }
        let expires_at = instant(self.exp).ok_or(AuthError::Malformed)?;
        let (actor, role, unit) = (self.sub, self.role, self.unit);
        Identity { actor, role, unit, valid_from: self.from, session: self.sid, expires_at }.live_at(now)
    }
}

fn instant(unix_seconds: i64) -> Option<Timestamp> {
    Timestamp::from_micros(unix_seconds.checked_mul(1_000_000)?).ok()
}

/// A volunteer acts as a volunteer, an operator never does, and the system needs no token.
fn check_role(actor: Actor, role: Role) -> Result<(), AuthError> {
    let fits = match actor {
        Actor::System => false,
        Actor::Operator(_) => role != Role::Volunteer,
        Actor::Volunteer(_) => role == Role::Volunteer,
    };
    if fits { Ok(()) } else { Err(AuthError::WrongRole) }
}

/// What of a header matters before its signature is checked: it says which key to try.
#[derive(Deserialize)]
struct TokenHeader {
    alg: String,
    kid: Option<String>,
    /// Extensions that must be understood (RFC 7515, section 4.1.11); we know none.
    crit: Option<serde::de::IgnoredAny>,
}

impl TokenHeader {
    fn read(token: &str) -> Result<Self, AuthError> {
        let (header, _) = token.split_once('.').ok_or(AuthError::Malformed)?;
        let json = URL_SAFE_NO_PAD.decode(header).map_err(|_| AuthError::Malformed)?;
        serde_json::from_slice(&json).map_err(|_| AuthError::Malformed)
    }

    fn checked_kid(self) -> Result<String, AuthError> {
        if self.alg != ALGORITHM_NAME {
            return Err(AuthError::WrongAlgorithm);
        }
        if self.crit.is_some() {
            return Err(AuthError::Malformed);
        }
        self.kid.ok_or(AuthError::UnknownKey)
    }
}

fn refusal(error: Error) -> AuthError {
    match error.into_kind() {
        ErrorKind::InvalidSignature => AuthError::BadSignature,
        ErrorKind::InvalidIssuer => AuthError::WrongIssuer,
        ErrorKind::InvalidAudience => AuthError::WrongAudience,
        ErrorKind::InvalidAlgorithm => AuthError::WrongAlgorithm,
        // Base64, JSON, UTF-8, a claim that is absent; the kinds are open to additions.
        _ => AuthError::Malformed,
    }
}

#[cfg(test)]
mod tests;
