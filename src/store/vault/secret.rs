//! A secret key of 32 bytes and its text.

use super::{VaultError, random_bytes};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD_PAD_INDIFFERENT, URL_SAFE_PAD_INDIFFERENT},
};
use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use std::fmt;
use std::str::FromStr;

const KEY_BYTES: usize = 32;

/// 32 bytes that nobody else knows.
pub struct SecretKey([u8; KEY_BYTES]);

impl SecretKey {
    /// A fresh key.
    ///
    /// # Errors
    ///
    /// [`VaultError::NoRandomness`].
    pub fn generate() -> Result<Self, VaultError> {
        random_bytes().map(Self)
    }

    /// The text of the key, 64 hexadecimal digits, to be kept in a file that only the service reads.
    #[must_use]
    pub fn expose_hex(&self) -> String {
        HEXLOWER.encode(&self.0)
    }

    pub(super) const fn as_bytes(&self) -> &[u8; KEY_BYTES] {
        &self.0
    }
}

impl FromStr for SecretKey {
    type Err = VaultError;

    /// From 64 hexadecimal digits, or base64 of either alphabet with or without padding; white space
    /// around it does not count. Fails with [`VaultError::KeyUnreadable`].
    fn from_str(text: &str) -> Result<Self, VaultError> {
        let text = text.trim();
        let bytes = if text.len() == 2 * KEY_BYTES { from_hex(text) } else { from_base64(text) };
        bytes.and_then(|bytes| bytes.try_into().ok()).map(Self).ok_or(VaultError::KeyUnreadable)
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SecretKey").finish_non_exhaustive()
    }
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok()
}

fn from_base64(text: &str) -> Option<Vec<u8>> {
    STANDARD_PAD_INDIFFERENT.decode(text).or_else(|_| URL_SAFE_PAD_INDIFFERENT.decode(text)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEX: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1dfbff";

    #[test]
    fn every_spelling_gives_the_same_key() {
        for text in [
            HEX,
            &HEX.to_uppercase(),
            &format!("  {HEX}\n"),
            "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd+/8=",
            "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd+/8",
            "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd-_8=",
            "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd-_8\r\n",
        ] {
            assert_eq!(text.parse::<SecretKey>().unwrap().expose_hex(), HEX, "{text:?}");
        }
    }

    #[test]
    fn every_generated_key_is_another() {
        let [one, two] = [(); 2].map(|()| SecretKey::generate().unwrap().expose_hex());
        assert_eq!(one.len(), 64);
        assert_ne!(one, two);
        assert_eq!(one.parse::<SecretKey>().unwrap().expose_hex(), one);
    }

    #[test]
    fn another_length_or_alphabet_is_refused() {
        for text in [
            "",
            &HEX[2..],
            &format!("{HEX}00"),
            &HEX.replace('f', "+"),
            &HEX.replace('f', "g"),
            &format!("{}0", "鑰".repeat(21)),
            "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd",
            "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd+_8=",
        ] {
            let refused = text.parse::<SecretKey>().map(|_| ());
            assert_eq!(refused, Err(VaultError::KeyUnreadable), "{text:?}");
        }
    }

    #[test]
    fn the_debug_text_shows_nothing() {
        assert_eq!(format!("{:?}", HEX.parse::<SecretKey>().unwrap()), "SecretKey { .. }");
    }
}
