//! How often one may ask: a quota for each address, each actor, or what else is told apart, in bounded memory.
//!
//! A look-up of a certificate needs no access token, so this limit is what guessing codes costs. The code
//! itself has 80 bits; the limit keeps guesses from becoming a load.
//!
//! A change makes an entry that stays for ever: how many somebody may ask for is judged with who they are, before a
//! body is read, and so before it comes to the writer.

use crate::domain::actor::Actor;
use crate::domain::person::BlindIndex;
use crate::engine::Clock;
use governor::clock;
use governor::nanos::Nanos;
use governor::state::StateStore;
use governor::state::keyed::ShrinkableKeyedStateStore;
use governor::{Quota, RateLimiter};
use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::str::FromStr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Look-ups of an address: 60 at once, one a second in the long run.
const LOOK_UPS: Quota = Quota::per_second(NonZeroU32::MIN).allow_burst(NonZeroU32::new(60).unwrap());
/// Sign-ins of an address: 300 at once, ten a second in the long run. A school has one address.
const SIGN_INS: Quota =
    Quota::per_second(NonZeroU32::new(10).unwrap()).allow_burst(NonZeroU32::new(300).unwrap());
/// Addresses that are told apart; beyond them newcomers share one quota.
const MOST_ADDRESSES: usize = 10_000;

/// Actors that are told apart. Who has made one change is forgotten a second later.
const MOST_ACTORS: usize = 100_000;

/// Counts what each address asks for, against a quota.
#[derive(Debug)]
pub struct Limiter(Counter<IpAddr>);

impl Limiter {
    /// For look-ups of certificates.
    #[must_use]
    pub fn for_look_ups(clock: Arc<dyn Clock>) -> Self {
        Self(Counter::new(LOOK_UPS, MOST_ADDRESSES, clock))
    }

    /// For sign-ins that others vouch for: each is a call to them.
    #[must_use]
    pub fn for_sign_ins(clock: Arc<dyn Clock>) -> Self {
        Self(Counter::new(SIGN_INS, MOST_ADDRESSES, clock))
    }

    /// Counts one request of the address, or says after how many seconds it may ask again.
    pub fn take(&self, address: IpAddr) -> Result<(), u64> {
        self.0.take(&network_of(address))
    }
}

/// Applications of one sign-in: five at once, and one an hour in the long run.
const APPLICATIONS: Quota = Quota::per_hour(NonZeroU32::MIN).allow_burst(NonZeroU32::new(5).unwrap());
/// Applicants that are told apart.
const MOST_APPLICANTS: usize = 20_000;

/// Counts what each who signed in applies for.
#[derive(Debug)]
pub struct ApplicationLimits(Counter<BlindIndex>);

impl ApplicationLimits {
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self(Counter::new(APPLICATIONS, MOST_APPLICANTS, clock))
    }

    /// Counts one application, or says after how many seconds there may be another.
    pub fn take(&self, subject: BlindIndex) -> Result<(), u64> {
        self.0.take(&subject)
    }
}

/// How many changes one actor may ask for: so many at once, and so many a second in the long run; or any number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangeQuota(Option<Quota>);

impl ChangeQuota {
    /// Who imports or works through lists is not slowed.
    pub const UNLIMITED: Self = Self(None);
    /// A volunteer's: 60 at once, then one a second.
    pub const OF_VOLUNTEERS: Self =
        Self(Some(Quota::per_second(NonZeroU32::MIN).allow_burst(NonZeroU32::new(60).unwrap())));
}

/// The text is no quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected how many at once and how many a second, as 60:1, or none")]
pub struct UnknownQuota;

impl FromStr for ChangeQuota {
    type Err = UnknownQuota;

    fn from_str(text: &str) -> Result<Self, UnknownQuota> {
        if text == "none" {
            return Ok(Self::UNLIMITED);
        }
        let (at_once, a_second) = text.split_once(':').ok_or(UnknownQuota)?;
        let number = |text: &str| text.parse::<NonZeroU32>().map_err(|_| UnknownQuota);
        Ok(Self(Some(Quota::per_second(number(a_second)?).allow_burst(number(at_once)?))))
    }
}

impl fmt::Display for ChangeQuota {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            None => f.write_str("none"),
            Some(quota) => {
                let a_second = 1_000_000_000 / quota.replenish_interval().as_nanos().max(1);
                write!(f, "{}:{a_second}", quota.burst_size())
            }
        }
    }
}

/// Counts the changes that each actor asks for.
#[derive(Debug)]
pub struct ChangeLimits {
    volunteers: Option<Counter<Actor>>,
    operators: Option<Counter<Actor>>,
}

impl ChangeLimits {
    /// Of these quotas.
    #[must_use]
    pub fn new(volunteers: ChangeQuota, operators: ChangeQuota, clock: Arc<dyn Clock>) -> Self {
        let counter =
            move |ChangeQuota(quota)| quota.map(|quota| Counter::new(quota, MOST_ACTORS, clock.clone()));
        Self { volunteers: counter(volunteers), operators: counter(operators) }
    }

    /// Counts one change of the actor, or says after how many seconds they may ask for another.
    pub fn take(&self, actor: Actor) -> Result<(), u64> {
        let counter = match actor {
            Actor::Volunteer(_) => &self.volunteers,
            Actor::Operator(_) => &self.operators,
            Actor::System => &None,
        };
        counter.as_ref().map_or(Ok(()), |counter| counter.take(&actor))
    }
}

/// Counts what each asks for, against a quota.
pub(super) struct Counter<K: Clone + Eq + Hash> {
    limiter: RateLimiter<K, States<K>, ServiceClock>,
    /// Those of the limiter.
    states: States<K>,
    one: Duration,
    most: usize,
}

impl<K: Clone + Eq + Hash> Counter<K> {
    /// Tells at most so many apart.
    pub(super) fn new(quota: Quota, most: usize, clock: Arc<dyn Clock>) -> Self {
        let states = States { most, whole_again: Arc::default() };
        let limiter = RateLimiter::new(quota, states.clone(), ServiceClock(clock));
        Self { limiter, states, one: quota.replenish_interval(), most }
    }

    /// Counts one request, or says after how many seconds there may be another.
    pub(super) fn take(&self, key: &K) -> Result<(), u64> {
        if self.limiter.len() >= self.most {
            self.limiter.retain_recent();
        }
        self.limiter.check_key(key).map_err(|refused| {
            let wait = refused.wait_time_from(clock::Clock::now(self.limiter.clock()));
            wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
        })
    }

    /// Takes back one request that was counted.
    pub(super) fn give_back(&self, key: &K) {
        self.states.make_whole_earlier(key, self.one.into());
    }
}

impl<K: Clone + Eq + Hash> fmt::Debug for Counter<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Counter").finish_non_exhaustive()
    }
}

/// The holder of one IPv6 address has all 64 bits behind its network.
pub(super) fn network_of(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => address
            .to_ipv4_mapped()
            .map_or_else(|| IpAddr::V6((address.to_bits() >> 64 << 64).into()), IpAddr::V4),
    }
}

/// When the quota of each is whole again: all that needs to be remembered of it.
struct States<K> {
    most: usize,
    whole_again: Arc<Mutex<WholeAgain<K>>>,
}

impl<K> Clone for States<K> {
    fn clone(&self) -> Self {
        Self { most: self.most, whole_again: self.whole_again.clone() }
    }
}

struct WholeAgain<K> {
    by_key: HashMap<K, Nanos>,
    of_newcomers: Option<Nanos>,
}

impl<K> Default for WholeAgain<K> {
    fn default() -> Self {
        Self { by_key: HashMap::new(), of_newcomers: None }
    }
}

impl<K> States<K> {
    fn lock(&self) -> MutexGuard<'_, WholeAgain<K>> {
        // A thread that panicked has left whole numbers behind, no more.
        self.whole_again.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Eq + Hash> States<K> {
    fn make_whole_earlier(&self, key: &K, by: Nanos) {
        let mut states = self.lock();
        let WholeAgain { by_key, of_newcomers } = &mut *states;
        if let Some(whole_again) = by_key.get_mut(key).or(of_newcomers.as_mut()) {
            *whole_again = whole_again.saturating_sub(by);
        }
    }
}

impl<K: Clone + Eq + Hash> StateStore for States<K> {
    type Key = K;

    fn measure_and_replace<T, F, E>(&self, key: &K, measure: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        let mut states = self.lock();
        let known = states.by_key.get(key).copied();
        let has_room = known.is_some() || states.by_key.len() < self.most;
        let (outcome, whole_again) = measure(if has_room { known } else { states.of_newcomers })?;
        if has_room {
            states.by_key.insert(key.clone(), whole_again);
        } else {
            states.of_newcomers = Some(whole_again);
        }
        Ok(outcome)
    }
}

impl<K: Clone + Eq + Hash> ShrinkableKeyedStateStore<K> for States<K> {
    fn retain_recent(&self, drop_below: Nanos) {
        self.lock().by_key.retain(|_, whole_again| *whole_again > drop_below);
    }

    fn len(&self) -> usize {
        self.lock().by_key.len()
    }

    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The clock of the service as the limiter reads it.
#[derive(Clone)]
struct ServiceClock(Arc<dyn Clock>);

impl clock::Clock for ServiceClock {
    /// Since 1970.
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        let micros = u64::try_from(self.0.now().as_micros()).unwrap_or_default();
        Nanos::from(micros.saturating_mul(1_000))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{OperatorId, Seq, VolunteerId};
    use crate::engine::test_clock::Seconds;
    use std::net::{Ipv4Addr, Ipv6Addr};

    fn limiter() -> (Limiter, Arc<Seconds>) {
        let seconds = Arc::new(Seconds::default());
        (Limiter::for_look_ups(seconds.clone()), seconds)
    }

    fn address(number: u32) -> IpAddr {
        IpAddr::V4(Ipv4Addr::from_bits(number))
    }

    #[test]
    fn a_burst_is_let_through_and_then_one_a_second() {
        let (limiter, seconds) = limiter();
        for _ in 0..60 {
            assert_eq!(limiter.take(address(1)), Ok(()));
        }
        assert_eq!(limiter.take(address(1)), Err(1));
        assert_eq!(limiter.take(address(2)), Ok(()), "another address has its own");
        seconds.set(1);
        assert_eq!(limiter.take(address(1)), Ok(()));
        assert_eq!(limiter.take(address(1)), Err(1));
        seconds.set(1_000);
        for _ in 0..60 {
            assert_eq!(limiter.take(address(1)), Ok(()));
        }
        assert_eq!(limiter.take(address(1)), Err(1), "it never holds more than a burst");
    }

    #[test]
    fn memory_is_bounded_and_newcomers_share_what_is_left() {
        let (limiter, seconds) = limiter();
        for number in 0..20_000 {
            let _shared = limiter.take(address(number));
        }
        assert_eq!(limiter.0.limiter.len(), MOST_ADDRESSES);
        assert!(limiter.take(address(30_000)).is_err(), "the shared quota is used up");
        assert_eq!(limiter.take(address(1)), Ok(()), "those who are known keep their own");
        seconds.set(2);
        assert_eq!(limiter.take(address(30_000)), Ok(()), "idle ones make room");
        assert!(limiter.0.limiter.len() < 5);
    }

    #[test]
    fn a_network_of_ipv6_is_one() {
        let v6 = |text: &str| IpAddr::V6(text.parse::<Ipv6Addr>().unwrap());
        assert_eq!(network_of(v6("2001:db8::1")), network_of(v6("2001:db8::ffff:1")));
        assert_ne!(network_of(v6("2001:db8::1")), network_of(v6("2001:db8:0:1::1")));
        assert_eq!(network_of(v6("::ffff:10.0.0.1")), address(0x0a00_0001));
    }

    #[test]
    fn a_quota_is_written_as_it_is_read() {
        for text in ["60:1", "200:100", "none"] {
            assert_eq!(text.parse::<ChangeQuota>().unwrap().to_string(), text);
        }
        assert_eq!("60:1".parse(), Ok(ChangeQuota::OF_VOLUNTEERS));
        for text in ["", "60", "0:1", "60:0", "60:1:1", "-1:1", "None"] {
            assert_eq!(text.parse::<ChangeQuota>(), Err(UnknownQuota), "{text}");
        }
    }

    #[test]
    fn volunteers_and_operators_have_each_their_own() {
        let clock: Arc<dyn Clock> = Arc::new(Seconds::default());
        let limits = ChangeLimits::new("2:1".parse().unwrap(), "3:1".parse().unwrap(), clock.clone());
        let taken = |actor| (0..10).filter(|_| limits.take(actor).is_ok()).count();
        let volunteer = |number| Actor::Volunteer(VolunteerId::new(Seq(number)));
        assert_eq!([taken(volunteer(1)), taken(volunteer(2))], [2, 2]);
        assert_eq!(taken(Actor::Operator(OperatorId::new(Seq(1)))), 3);
        assert_eq!(taken(Actor::System), 10);
        let limits = ChangeLimits::new(ChangeQuota::UNLIMITED, ChangeQuota::UNLIMITED, clock);
        assert!((0..1_000).all(|_| limits.take(volunteer(1)).is_ok()));
    }
}
