//! The key of badges: one RSA key signs certificates as Open Badges credentials (VC-JWT, RS256).
//!
//! It is another key than that of access tokens: a badge is for ever and for strangers, and Open Badges
//! 3.0 asks for RS256. To rotate: start with a new private key and the old public one beside it, for as
//! long as badges of the old one are about.

use super::public_keys::PublicKeys;
use super::{AuthError, to_pem};
use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header};
use serde::Serialize;
use serde_json::{Value, json};
use std::fmt;

/// Fewest bytes of a modulus: 2,048 bits (NIST SP 800-131A).
const FEWEST_MODULUS_BYTES: usize = 256;

/// The key that signs badges, and the public keys that verify them.
pub struct BadgeKeys {
    signing: EncodingKey,
    public: PublicKeys,
}

impl BadgeKeys {
    /// A fresh private key of 3,072 bits as PEM text (PKCS#8), to be kept in a file that only the service
    /// reads.
    ///
    /// # Errors
    ///
    /// [`AuthError::NoRandomness`].
    pub fn generate_pem() -> Result<String, AuthError> {
        let key = KeyPair::generate(KeySize::Rsa3072).map_err(|_| AuthError::NoRandomness)?;
        let der: Pkcs8V1Der = key.as_der().map_err(|_| AuthError::BadgeKeyUnreadable)?;
        Ok(to_pem("PRIVATE KEY", der.as_ref()))
    }

    /// From the PEM text of a private key, as [`Self::generate_pem`] or
    /// `openssl genpkey -algorithm rsa -pkeyopt rsa_keygen_bits:3072` writes it.
    ///
    /// # Errors
    ///
    /// [`AuthError::BadgeKeyUnreadable`].
    pub fn from_pem(private_pem: &str) -> Result<Self, AuthError> {
        let signing = EncodingKey::from_rsa_pem(private_pem.as_bytes()).map_err(unreadable)?;
        let jwk = Jwk::from_encoding_key(&signing, Algorithm::RS256).map_err(unreadable)?;
        Ok(Self { signing, public: PublicKeys::of(rsa(jwk)?).map_err(unreadable)? })
    }

    /// Lists a former key too, given by the PEM text of its public half (SPKI).
    ///
    /// # Errors
    ///
    /// [`AuthError::BadgeKeyUnreadable`].
    pub fn with_previous(mut self, public_pem: &str) -> Result<Self, AuthError> {
        let key = DecodingKey::from_rsa_pem(public_pem.as_bytes()).map_err(unreadable)?;
        let jwk = Jwk::from_decoding_key(&key, Some(Algorithm::RS256)).map_err(unreadable)?;
        self.public = self.public.with_previous(rsa(jwk)?).map_err(unreadable)?;
        Ok(self)
    }

    /// The names of all keys, that of the key that signs first.
    pub fn kids(&self) -> impl Iterator<Item = &str> {
        self.public.kids()
    }

    /// The name of the key that signs.
    #[must_use]
    pub fn kid(&self) -> &str {
        &self.public.current().kid
    }

    /// The public key of this name (RFC 7517).
    #[must_use]
    pub fn jwk(&self, kid: &str) -> Option<Value> {
        self.public.find(kid).map(|public| json!(public.jwk))
    }

    /// The public keys as a JSON Web Key Set (RFC 7517), the current one first.
    #[must_use]
    pub fn jwks(&self) -> Value {
        self.public.jwks()
    }

    /// Signs a credential as a compact JWT; `kid` is how its header names the key. The same credential
    /// always gives the same text.
    ///
    /// # Errors
    ///
    /// [`AuthError::SigningFailed`].
    pub fn sign<T: Serialize>(&self, credential: &T, kid: String) -> Result<String, AuthError> {
        let header = Header { kid: Some(kid), ..Header::new(Algorithm::RS256) };
        jsonwebtoken::encode(&header, credential, &self.signing).map_err(|_| AuthError::SigningFailed)
    }
}

impl fmt::Debug for BadgeKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BadgeKeys").field("kids", &self.public).finish_non_exhaustive()
    }
}

/// The key, if it is an RSA key and long enough.
fn rsa(jwk: Jwk) -> Result<Jwk, AuthError> {
    let AlgorithmParameters::RSA(parameters) = &jwk.algorithm else {
        return Err(AuthError::BadgeKeyUnreadable);
    };
    let modulus = URL_SAFE_NO_PAD.decode(&parameters.n).map_err(|_| AuthError::BadgeKeyUnreadable)?;
    if modulus.len() < FEWEST_MODULUS_BYTES {
        return Err(AuthError::BadgeKeyUnreadable);
    }
    Ok(jwk)
}

fn unreadable(_: jsonwebtoken::errors::Error) -> AuthError {
    AuthError::BadgeKeyUnreadable
}

#[cfg(test)]
mod tests {
    use super::*;
    use jsonwebtoken::{Validation, decode, decode_header};

    #[test]
    fn what_it_signs_its_public_key_verifies_and_another_does_not() {
        let [ours, other] =
            [(); 2].map(|()| BadgeKeys::from_pem(&BadgeKeys::generate_pem().unwrap()).unwrap());
        let badge = ours.sign(&json!({ "jti": "urn:x" }), format!("https://x/{}", ours.kid())).unwrap();
        assert_eq!(
            ours.sign(&json!({ "jti": "urn:x" }), format!("https://x/{}", ours.kid())).unwrap(),
            badge
        );
        let header = decode_header(&badge).unwrap();
        assert_eq!((header.alg, header.typ.as_deref()), (Algorithm::RS256, Some("JWT")));
        let verify = |keys: &BadgeKeys| {
            let jwk: Jwk = serde_json::from_value(keys.jwk(keys.kid()).unwrap()).unwrap();
            let mut validation = Validation::new(Algorithm::RS256);
            validation.required_spec_claims.clear();
            decode::<Value>(&badge, &DecodingKey::from_jwk(&jwk).unwrap(), &validation)
        };
        assert_eq!(verify(&ours).unwrap().claims["jti"], "urn:x");
        assert!(verify(&other).is_err());
        assert_eq!(ours.jwks()["keys"][0]["kty"], "RSA");
        assert!(ours.jwks()["keys"][0].get("d").is_none(), "the private half stays here");
        assert!(ours.jwk("another").is_none());
        assert!(format!("{ours:?}").contains(ours.kid()));
    }

    #[test]
    fn what_is_no_rsa_key_is_refused() {
        let ed25519 = crate::auth::TokenKeys::generate_pem().unwrap();
        let rsa = BadgeKeys::generate_pem().unwrap();
        for text in ["", "garbage", &ed25519, &rsa[..200]] {
            assert_eq!(BadgeKeys::from_pem(text).unwrap_err(), AuthError::BadgeKeyUnreadable, "{text}");
        }
    }
}
