//! Where certificates stand in lists of their states: each at a place of its own, which tells nobody which it is.
//!
//! A list has room for the certificates of so many entries of the journal. Their numbers are shuffled by a keyed
//! permutation (a Feistel network, and on until the number is small enough), so that no two share a place, the place
//! follows from certificate and key, and who watches the list does not learn whose bit was set.

use super::Vault;
use crate::domain::ids::{CertificateId, Seq};
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// Places of one list: the fewest that a Bitstring Status List may have (W3C, section 6.1).
pub const PLACES: i64 = 1 << 17;
/// Bits of each half that is shuffled; together they must hold a place.
const HALF_BITS: u32 = 9;
const HALF: u32 = (1 << HALF_BITS) - 1;
const ROUNDS: u8 = 6;

/// A certificate's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatusPlace {
    /// Which list.
    pub list: i64,
    /// The place in it, below [`PLACES`].
    pub place: u32,
}

/// The entries whose certificates stand in a list: the first and the last.
#[must_use]
pub fn entries_of_list(list: i64) -> (Seq, Seq) {
    let first = list.saturating_mul(PLACES);
    (Seq(first), Seq(first.saturating_add(PLACES - 1)))
}

impl Vault {
    /// Where a certificate stands.
    #[must_use]
    pub fn status_place(&self, certificate: CertificateId) -> StatusPlace {
        let entry = certificate.seq().0;
        let (list, number) = (entry.div_euclid(PLACES), entry.rem_euclid(PLACES));
        let mac = self.status_mac.clone().chain_update(list.to_be_bytes());
        StatusPlace { list, place: shuffled(&mac, u32::try_from(number).unwrap_or_default()) }
    }
}

fn shuffled(mac: &Hmac<Sha256>, number: u32) -> u32 {
    let mut value = number;
    loop {
        let (mut left, mut right) = (value >> HALF_BITS, value & HALF);
        for round in 0..ROUNDS {
            let tag =
                mac.clone().chain_update([round]).chain_update(right.to_be_bytes()).finalize().into_bytes();
            let mixed = u32::from(u16::from_be_bytes([tag[0], tag[1]])) & HALF;
            (left, right) = (right, left ^ mixed);
        }
        value = left << HALF_BITS | right;
        if i64::from(value) < PLACES {
            return value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::vault::SecretKey;
    use std::collections::HashSet;

    #[test]
    fn each_has_a_place_of_its_own_that_follows_from_the_key() {
        let vault = |byte: u8| {
            let key = || format!("{byte:02x}").repeat(32).parse::<SecretKey>().unwrap();
            Vault::new(&key(), &key())
        };
        let place = |vault: &Vault, entry: i64| vault.status_place(CertificateId::new(Seq(entry)));
        let (ours, other) = (vault(1), vault(2));
        let places: HashSet<u32> = (0..20_000).map(|entry| place(&ours, entry).place).collect();
        assert_eq!(places.len(), 20_000, "two share a place");
        assert!(places.iter().all(|place| i64::from(*place) < PLACES));
        assert_eq!(place(&ours, 4711), place(&vault(1), 4711));
        assert_ne!(place(&ours, 4711), place(&other, 4711));
        assert_eq!(place(&ours, PLACES + 5).list, 1);
        assert_ne!(
            place(&ours, PLACES + 5).place,
            place(&ours, 5).place,
            "each list is shuffled in its own way"
        );
        assert_eq!(entries_of_list(1), (Seq(PLACES), Seq(2 * PLACES - 1)));
    }
}
