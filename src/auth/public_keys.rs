//! A set of public keys: the one in use, and its predecessors.

use jsonwebtoken::DecodingKey;
use jsonwebtoken::errors::Error;
use jsonwebtoken::jwk::{Jwk, PublicKeyUse, ThumbprintHash};
use serde_json::{Value, json};
use std::fmt;

/// The public half of the key that signs now, and of those that signed before.
pub(super) struct PublicKeys {
    current: PublicKey,
    previous: Vec<PublicKey>,
}

/// A public key under its name, the thumbprint of RFC 7638.
pub(super) struct PublicKey {
    pub(super) kid: String,
    pub(super) jwk: Jwk,
    pub(super) key: DecodingKey,
}

impl PublicKeys {
    pub(super) fn of(current: Jwk) -> Result<Self, Error> {
        Ok(Self { current: PublicKey::new(current)?, previous: Vec::new() })
    }

    /// Adds a former key, unless it is in the set.
    pub(super) fn with_previous(mut self, previous: Jwk) -> Result<Self, Error> {
        let public = PublicKey::new(previous)?;
        if self.find(&public.kid).is_none() {
            self.previous.push(public);
        }
        Ok(self)
    }

    pub(super) const fn current(&self) -> &PublicKey {
        &self.current
    }

    pub(super) fn find(&self, kid: &str) -> Option<&PublicKey> {
        self.iter().find(|public| public.kid == kid)
    }

    /// As a JSON Web Key Set (RFC 7517), the current one first.
    pub(super) fn jwks(&self) -> Value {
        json!({ "keys": self.iter().map(|public| &public.jwk).collect::<Vec<_>>() })
    }

    /// The names, the current one first.
    pub(super) fn kids(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|public| public.kid.as_str())
    }

    fn iter(&self) -> impl Iterator<Item = &PublicKey> {
        std::iter::once(&self.current).chain(&self.previous)
    }
}

/// Names only.
impl fmt::Debug for PublicKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter().map(|public| &public.kid)).finish()
    }
}

impl PublicKey {
    fn new(mut jwk: Jwk) -> Result<Self, Error> {
        let kid = jwk.thumbprint(ThumbprintHash::SHA256)?;
        jwk.common.key_id = Some(kid.clone());
        jwk.common.public_key_use = Some(PublicKeyUse::Signature);
        let key = DecodingKey::from_jwk(&jwk)?;
        Ok(Self { kid, jwk, key })
    }
}
