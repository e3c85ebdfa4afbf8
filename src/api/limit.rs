//! How often one address may ask: a bucket of tokens for each, in bounded memory.
//!
//! A look-up of a certificate needs no token of access, so that this is what guessing costs. The code
//! itself has 80 bits; the limit keeps guesses from being a load.

use crate::domain::time::Timestamp;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// Look-ups that an address may make at once.
const BURST: i64 = 60;
/// Microseconds after which one more may be made: one a second in the long run.
const REFILL_MICROS: i64 = 1_000_000;
/// Addresses that are told apart; beyond them strangers share one bucket.
const MOST_ADDRESSES: usize = 10_000;

/// Counts look-ups by address.
#[derive(Debug, Default)]
pub struct Limiter(Mutex<Buckets>);

#[derive(Debug, Default)]
struct Buckets {
    of: HashMap<IpAddr, Bucket>,
    of_others: Bucket,
}

/// When it would be full again, in microseconds since 1970: all that a bucket needs to remember.
#[derive(Clone, Copy, Debug, Default)]
struct Bucket {
    full_at: i64,
}

impl Limiter {
    /// Takes a token of the address, or says after how many seconds there will be one.
    pub fn take(&self, address: IpAddr, now: Timestamp) -> Result<(), u64> {
        let now = now.as_micros();
        // A thread that panicked has left whole numbers behind, no more.
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.of.len() >= MOST_ADDRESSES {
            buckets.of.retain(|_, bucket| bucket.full_at > now);
        }
        let network = network_of(address);
        let has_room = buckets.of.len() < MOST_ADDRESSES || buckets.of.contains_key(&network);
        if has_room { buckets.of.entry(network).or_default() } else { &mut buckets.of_others }.take(now)
    }
}

impl Bucket {
    fn take(&mut self, now: i64) -> Result<(), u64> {
        let full_at = self.full_at.max(now) + REFILL_MICROS;
        let over = full_at - now - BURST * REFILL_MICROS;
        if over > 0 {
            return Err(u64::try_from(over).unwrap_or_default().div_ceil(1_000_000));
        }
        self.full_at = full_at;
        Ok(())
    }
}

/// Whoever has one address of IPv6 has the 64 bits behind its network.
fn network_of(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => address
            .to_ipv4_mapped()
            .map_or_else(|| IpAddr::V6((address.to_bits() >> 64 << 64).into()), IpAddr::V4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::{Ipv4Addr, Ipv6Addr};

    fn at(second: i64) -> Timestamp {
        Timestamp::from_micros(1_800_000_000_000_000 + second * 1_000_000).unwrap()
    }

    fn address(number: u32) -> IpAddr {
        IpAddr::V4(Ipv4Addr::from_bits(number))
    }

    #[test]
    fn a_burst_is_let_through_and_then_one_a_second() {
        let limiter = Limiter::default();
        for _ in 0..BURST {
            assert_eq!(limiter.take(address(1), at(0)), Ok(()));
        }
        assert_eq!(limiter.take(address(1), at(0)), Err(1));
        assert_eq!(limiter.take(address(2), at(0)), Ok(()), "another address has its own");
        assert_eq!(limiter.take(address(1), at(1)), Ok(()));
        assert_eq!(limiter.take(address(1), at(1)), Err(1));
        for _ in 0..BURST {
            assert_eq!(limiter.take(address(1), at(1_000)), Ok(()));
        }
        assert_eq!(limiter.take(address(1), at(1_000)), Err(1), "it never holds more than a burst");
    }

    #[test]
    fn memory_is_bounded_and_strangers_share_what_is_left() {
        let limiter = Limiter::default();
        for number in 0..20_000 {
            let _shared = limiter.take(address(number), at(0));
        }
        assert_eq!(limiter.0.lock().unwrap().of.len(), MOST_ADDRESSES);
        assert!(limiter.take(address(30_000), at(0)).is_err(), "the shared bucket is empty");
        assert_eq!(limiter.take(address(1), at(0)), Ok(()), "those who are known keep their own");
        assert_eq!(limiter.take(address(30_000), at(2)), Ok(()), "idle ones make room");
        assert!(limiter.0.lock().unwrap().of.len() < 5);
    }

    #[test]
    fn a_network_of_ipv6_is_one() {
        let v6 = |text: &str| IpAddr::V6(text.parse::<Ipv6Addr>().unwrap());
        assert_eq!(network_of(v6("2001:db8::1")), network_of(v6("2001:db8::ffff:1")));
        assert_ne!(network_of(v6("2001:db8::1")), network_of(v6("2001:db8:0:1::1")));
        assert_eq!(network_of(v6("::ffff:10.0.0.1")), address(0x0a00_0001));
    }
}
