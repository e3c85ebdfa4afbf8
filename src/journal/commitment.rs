//! Salted commitments: the journal binds what is kept beside it without showing it.

use super::canonical::to_canonical_json;
use crate::domain::commitment::Commitment;
use crate::domain::commitment::Committed;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// Binds content with a salt: SHA-256 over the salt and the content's canonical JSON.
///
/// Once the salt is destroyed, nobody can tell from the commitment what the content was.
pub fn commit<T: Serialize>(content: T, salt: [u8; 16]) -> serde_json::Result<Committed<T>> {
    let commitment = over(&to_canonical_json(&content)?, salt);
    Ok(Committed { content, salt, commitment })
}

/// Whether a commitment was made to this content with this salt.
pub fn is_bound<T: Serialize>(content: &T, salt: [u8; 16], commitment: Commitment) -> bool {
    to_canonical_json(content).is_ok_and(|json| over(&json, salt) == commitment)
}

fn over(json: &str, salt: [u8; 16]) -> Commitment {
    let digest = Sha256::new().chain_update(b"hourbook:commitment:1\0").chain_update(salt).chain_update(json);
    Commitment(digest.finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commitment_binds_content_and_salt() {
        let made = commit("a reason", [7; 16]).unwrap();
        assert!(is_bound(&"a reason", [7; 16], made.commitment));
        assert!(!is_bound(&"another", [7; 16], made.commitment));
        assert!(!is_bound(&"a reason", [8; 16], made.commitment));
    }
}
