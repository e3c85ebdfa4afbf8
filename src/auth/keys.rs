//! The keys of access tokens: one Ed25519 key signs, it and its predecessors verify.
//!
//! To rotate: keep [`TokenKeys::public_pem`] of the old key, start with a new private key and the
//! old public one beside it, drop the latter once the last token that the old key signed is over.

use super::public_keys::PublicKeys;
use super::{AuthError, to_pem};
use aws_lc_rs::encoding::{AsDer, PublicKeyX509Der};
use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, ParsedPublicKey};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey};
use serde_json::Value;
use std::fmt;

/// The signing key, and every public key whose tokens are accepted.
pub struct TokenKeys {
    signing: EncodingKey,
    public: PublicKeys,
}

impl TokenKeys {
    /// A fresh private key as PEM text (PKCS#8), to be kept in a file that only the service reads.
    ///
    /// # Errors
    ///
    /// [`AuthError::NoRandomness`].
    pub fn generate_pem() -> Result<String, AuthError> {
        Ed25519KeyPair::generate().map_err(|_| AuthError::NoRandomness).and_then(|key| private_pem(&key))
    }

    /// From the PEM text of a private key, as [`Self::generate_pem`] or
    /// `openssl genpkey -algorithm ed25519` writes it.
    ///
    /// # Errors
    ///
    /// [`AuthError::KeyUnreadable`].
    pub fn from_pem(private_pem: &str) -> Result<Self, AuthError> {
        let signing = EncodingKey::from_ed_pem(private_pem.as_bytes()).map_err(unreadable)?;
        let jwk = Jwk::from_encoding_key(&signing, Algorithm::EdDSA).map_err(unreadable)?;
        Ok(Self { signing, public: PublicKeys::of(jwk).map_err(unreadable)? })
    }

    /// Takes tokens of a former key too, given by the PEM text of its public half (SPKI).
    ///
    /// # Errors
    ///
    /// [`AuthError::KeyUnreadable`].
    pub fn with_previous(mut self, public_pem: &str) -> Result<Self, AuthError> {
        let key = DecodingKey::from_ed_pem(public_pem.as_bytes()).map_err(unreadable)?;
        let jwk = Jwk::from_decoding_key(&key, Some(Algorithm::EdDSA)).map_err(unreadable)?;
        self.public = self.public.with_previous(jwk).map_err(unreadable)?;
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

    /// The public half of the key that signs, as PEM text (SPKI).
    ///
    /// # Errors
    ///
    /// [`AuthError::KeyUnreadable`], which no key that was read before does.
    pub fn public_pem(&self) -> Result<String, AuthError> {
        let bytes = self.public.current().key.try_get_as_bytes().map_err(unreadable)?;
        let key = ParsedPublicKey::new(&ED25519, bytes).map_err(|_| AuthError::KeyUnreadable)?;
        let der: PublicKeyX509Der = key.as_der().map_err(|_| AuthError::KeyUnreadable)?;
        Ok(to_pem("PUBLIC KEY", der.as_ref()))
    }

    /// The public keys as a JSON Web Key Set (RFC 7517, RFC 8037), the current one first.
    #[must_use]
    pub fn jwks(&self) -> Value {
        self.public.jwks()
    }

    pub(super) const fn signing_key(&self) -> &EncodingKey {
        &self.signing
    }

    pub(super) fn verifying_key(&self, kid: &str) -> Option<&DecodingKey> {
        self.public.find(kid).map(|public| &public.key)
    }
}

impl fmt::Debug for TokenKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenKeys").field("kids", &self.public).finish_non_exhaustive()
    }
}

fn unreadable(_: jsonwebtoken::errors::Error) -> AuthError {
    AuthError::KeyUnreadable
}

/// The private key in PKCS#8 without the public one (RFC 8410, section 7).
fn private_pem(key: &Ed25519KeyPair) -> Result<String, AuthError> {
    let der = key.to_pkcs8v1().map_err(|_| AuthError::KeyUnreadable)?;
    Ok(to_pem("PRIVATE KEY", der.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    use serde_json::json;

    fn pem_of_seed(seed: &[u8]) -> String {
        private_pem(&Ed25519KeyPair::from_seed_unchecked(seed).unwrap()).unwrap()
    }

    /// The key of RFC 8037, appendix A.
    fn rfc_8037() -> TokenKeys {
        let seed = URL_SAFE_NO_PAD.decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A").unwrap();
        TokenKeys::from_pem(&pem_of_seed(&seed)).unwrap()
    }

    /// Keys that were made before are written the same way now.
    #[test]
    fn a_key_is_written_as_rfc_8410_shows_it() {
        let seed = "d4ee72dbf913584ad5b6d8f1f769f8ad3afe7c28cbf1d4fbe097a88f44755842";
        let seed = data_encoding::HEXLOWER.decode(seed.as_bytes()).unwrap();
        assert_eq!(
            pem_of_seed(&seed),
            "-----BEGIN PRIVATE KEY-----\n\
             MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n\
             -----END PRIVATE KEY-----\n"
        );
    }

    #[test]
    fn the_jwk_and_its_thumbprint_are_those_of_rfc_8037() {
        assert_eq!(
            rfc_8037().jwks(),
            json!({ "keys": [{
                "kty": "OKP",
                "crv": "Ed25519",
                "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
                "kid": "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
                "use": "sig",
                "alg": "EdDSA",
            }] })
        );
    }

    #[test]
    fn the_key_of_rfc_8410_is_read() {
        let pem = "-----BEGIN PRIVATE KEY-----\n\
                   MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n\
                   -----END PRIVATE KEY-----\n";
        let public = "-----BEGIN PUBLIC KEY-----\n\
                      MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n\
                      -----END PUBLIC KEY-----\n";
        assert_eq!(TokenKeys::from_pem(pem).unwrap().public_pem().unwrap(), public);
    }

    #[test]
    fn every_generated_key_is_another_and_readable() {
        let [one, two] = [(); 2].map(|()| TokenKeys::generate_pem().unwrap());
        assert_ne!(one, two);
        assert_ne!(TokenKeys::from_pem(&one).unwrap().kid(), TokenKeys::from_pem(&two).unwrap().kid());
    }

    #[test]
    fn a_former_key_is_kept_beside_the_current_one_and_once() {
        let former = rfc_8037();
        let former_pem = former.public_pem().unwrap();
        let keys = TokenKeys::from_pem(&TokenKeys::generate_pem().unwrap())
            .and_then(|keys| keys.with_previous(&former_pem))
            .and_then(|keys| keys.with_previous(&former_pem))
            .unwrap();
        let listed = keys.jwks();
        let kids: Vec<_> =
            listed["keys"].as_array().unwrap().iter().map(|jwk| jwk["kid"].as_str().unwrap()).collect();
        assert_eq!(kids, [keys.kid(), former.kid()]);
        assert!(keys.verifying_key(former.kid()).is_some());
        assert!(keys.verifying_key("another").is_none());
    }

    #[test]
    fn what_is_no_ed25519_key_is_refused() {
        let keys = rfc_8037();
        let public = keys.public_pem().unwrap();
        let private = pem_of_seed(&[7; 32]);
        // What stands before the 32 bytes of a public key (RFC 8410, section 4), and nothing behind it.
        let short_public = to_pem("PUBLIC KEY", &[0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0]);
        let p256 = "-----BEGIN PUBLIC KEY-----\n\
                    MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt\n\
                    6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==\n\
                    -----END PUBLIC KEY-----\n";
        for text in ["", "garbage", &public, &private[..60], &private.replace('M', "N"), p256] {
            assert_eq!(TokenKeys::from_pem(text).unwrap_err(), AuthError::KeyUnreadable, "{text}");
        }
        for text in ["", "garbage", &private, &short_public, p256] {
            let refused = rfc_8037().with_previous(text).unwrap_err();
            assert_eq!(refused, AuthError::KeyUnreadable, "{text}");
        }
    }

    #[test]
    fn the_debug_text_shows_names_only() {
        let shown = format!("{:?}", rfc_8037());
        assert_eq!(shown, r#"TokenKeys { kids: ["kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"], .. }"#);
    }
}
