//! Who may try to log in (登录), before anything is read or hashed: quotas, and a delay that grows with each failure.
//!
//! Two counters stand in a stranger's way: of the login from anywhere, and of the address whatever the login. Where this
//! login was let in from this address lately, its own counter is asked instead: what others guess, or a neighbour in the
//! same office mistypes, turns nobody away who is known. A try counts as a failure from its beginning, so that many at
//! once are no more than one after the other.
//!
//! In bounded memory, and of this process: replicas count each by themselves, and a process that starts knows nobody.

use super::hashing::Lane;
use super::limit::{Counter, network_of};
use super::problem::ApiError;
use crate::domain::ids::OperatorId;
use crate::domain::text::{LoginName, Name};
use crate::domain::time::Timestamp;
use crate::engine::Clock;
use chrono::Duration;
use governor::Quota;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use strum::IntoStaticStr;

/// Tries of an address, or of a login where it is known: 60 at once, one a second in the long run.
const TRIES: Quota = Quota::per_second(NonZeroU32::MIN).allow_burst(NonZeroU32::new(60).unwrap());
/// Failures of a login after which the next try waits.
const LOGIN_FAILURES: u32 = 5;
/// Failures of an address, whatever the login: an office may share one.
const ADDRESS_FAILURES: u32 = 20;
/// The longest delay.
const LONGEST_SECONDS: i64 = 15 * 60;
/// After this long without a failure nothing is remembered of it.
const FORGOTTEN_SECONDS: i64 = 60 * 60;
/// For how long an address is known where a login was let in.
const KNOWN_DAYS: i64 = 30;
/// Most of each kind that is remembered.
const MOST_REMEMBERED: usize = 20_000;

/// What is shown to be let in. A login's failures are counted for each apart: who guesses passwords keeps nobody from
/// using a one-time code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Shown {
    Password,
    Code,
    Activation,
    /// The old password, by who has a token, for a new one.
    OldPassword,
}

/// Why somebody was not let in, for the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Fault {
    UnknownLogin,
    Disabled,
    Wrong,
    /// Nothing was looked at: there were too many failures before.
    TooMany,
}

/// Somebody who was not let in; the operator, if the login is one's.
#[derive(Clone, Copy, Debug)]
pub struct NotLetIn {
    pub operator: Option<OperatorId>,
    pub fault: Fault,
}

/// A login, or an operator, as they are counted: never as text.
type Subject = [u8; 16];

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Counted {
    /// A login from an address where it is known.
    Known(Subject, IpAddr),
    /// A login from anywhere else.
    Login(Subject),
    /// An address, whatever the login.
    Address(IpAddr),
}

impl Counted {
    /// How many failures it has before it delays.
    const fn free_failures(self) -> u32 {
        match self {
            Self::Known(..) | Self::Login(_) => LOGIN_FAILURES,
            Self::Address(_) => ADDRESS_FAILURES,
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Failures {
    count: u32,
    last: Timestamp,
    /// Whether the log says already that there are too many.
    is_told: bool,
}

impl Failures {
    /// Until when nothing is tried.
    fn delayed_until(self, free: u32) -> Timestamp {
        let beyond = (self.count + 1).saturating_sub(free).min(20);
        let seconds = if beyond == 0 { 0 } else { (1_i64 << (beyond - 1)).min(LONGEST_SECONDS) };
        self.last.plus(Duration::seconds(seconds))
    }
}

#[derive(Default)]
struct Memory {
    failures: HashMap<Counted, Failures>,
    known: HashMap<(Subject, IpAddr), Timestamp>,
}

/// Counts who tries to log in.
pub struct LogIns {
    clock: Arc<dyn Clock>,
    memory: Mutex<Memory>,
    strangers: Counter<IpAddr>,
    known: Counter<(Subject, IpAddr)>,
}

/// A try that was admitted; a failure unless it is said to be none.
#[derive(Debug)]
#[must_use]
pub struct Try<'l> {
    log_ins: &'l LogIns,
    /// Where it is known from now on if it is let in.
    place: (Subject, IpAddr),
    counted: Vec<Counted>,
    shown: Shown,
    address: IpAddr,
}

impl LogIns {
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            memory: Mutex::default(),
            strangers: Counter::new(TRIES, MOST_REMEMBERED, clock.clone()),
            known: Counter::new(TRIES, MOST_REMEMBERED, clock.clone()),
            clock,
        }
    }

    /// Begins a try with a login, or says that it is too early.
    pub fn admit(&self, shown: Shown, login: &Name, address: IpAddr) -> Result<Try<'_>, ApiError> {
        let place = (subject(&folded(login)), network_of(address));
        let counted_as = subject(&format!("{} {}", <&str>::from(shown), folded(login)));
        let is_known = self.lock().is_known(place, self.clock.now());
        let (quota, counted) = if is_known {
            (self.known.take(&place), vec![Counted::Known(counted_as, place.1)])
        } else {
            let counted = vec![Counted::Login(counted_as), Counted::Address(place.1)];
            (self.strangers.take(&place.1), counted)
        };
        quota.map_err(|retry_after_seconds| ApiError::TooManyRequests { retry_after_seconds })?;
        Try { log_ins: self, place, counted, shown, address }.begin()
    }

    /// Begins a try to show the old password, by an operator who has a token.
    pub fn admit_own(
        &self,
        operator: OperatorId,
        login: &Name,
        address: IpAddr,
    ) -> Result<Try<'_>, ApiError> {
        let place = (subject(&folded(login)), network_of(address));
        let counted = vec![Counted::Login(subject(&operator.to_string()))];
        Try { log_ins: self, place, counted, shown: Shown::OldPassword, address }.begin()
    }

    fn lock(&self) -> MutexGuard<'_, Memory> {
        // A thread that panicked has left whole numbers behind, no more.
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Try<'_> {
    fn begin(self) -> Result<Self, ApiError> {
        let now = self.log_ins.clock.now();
        let delay = self.log_ins.lock().begin(&self.counted, now);
        let Some(Delay { retry_after_seconds, is_told }) = delay else { return Ok(self) };
        if !is_told {
            self.tell(NotLetIn { operator: None, fault: Fault::TooMany });
        }
        Err(ApiError::TooManyRequests { retry_after_seconds })
    }

    /// Where it waits to be hashed.
    #[must_use]
    pub fn lane(&self) -> Lane {
        match self.counted[..] {
            [Counted::Login(_), Counted::Address(_)] => Lane::Strangers,
            _ => Lane::Known,
        }
    }

    /// Ends it: who was let in is known from now on, and who was not is told to the log. What could not be judged counts
    /// for nothing.
    pub fn ended<T>(self, judged: Result<Result<T, NotLetIn>, ApiError>) -> Result<Option<T>, ApiError> {
        let now = self.log_ins.clock.now();
        match judged {
            Ok(Ok(recognised)) => {
                self.log_ins.lock().let_in(&self.counted, self.place, now);
                Ok(Some(recognised))
            }
            Ok(Err(not_let_in)) => {
                self.tell(not_let_in);
                Ok(None)
            }
            Err(error) => {
                self.log_ins.lock().take_back(&self.counted);
                Err(error)
            }
        }
    }

    /// Neither the login, which may be a password in the wrong field, nor what was shown.
    fn tell(&self, NotLetIn { operator, fault }: NotLetIn) {
        let operator = operator.map_or_else(|| "unknown".to_owned(), |id| id.to_string());
        let (shown, outcome): (&str, &str) = (self.shown.into(), fault.into());
        tracing::warn!(operator, address = %self.address, shown, outcome, "a log-in failed");
    }
}

struct Delay {
    retry_after_seconds: u64,
    is_told: bool,
}

impl Memory {
    fn is_known(&self, place: (Subject, IpAddr), now: Timestamp) -> bool {
        self.known.get(&place).is_some_and(|since| now < since.plus(Duration::days(KNOWN_DAYS)))
    }

    /// Counts a failure of each, unless one of them delays.
    fn begin(&mut self, counted: &[Counted], now: Timestamp) -> Option<Delay> {
        let until = |counted: &Counted| {
            let failures = self.failures.get(counted)?;
            let until = failures.delayed_until(counted.free_failures());
            (now < until).then_some((until, *counted))
        };
        if let Some((until, delaying)) = counted.iter().filter_map(until).max_by_key(|(until, _)| *until) {
            let failures = self.failures.get_mut(&delaying)?;
            let is_told = std::mem::replace(&mut failures.is_told, true);
            return Some(Delay { retry_after_seconds: seconds_between(now, until), is_told });
        }
        for &counted in counted {
            let before = self.failures.get(&counted).filter(|failures| !failures.is_over(now));
            let count = before.map_or(0, |failures| failures.count).saturating_add(1);
            self.failures.insert(counted, Failures { count, last: now, is_told: false });
        }
        make_room(&mut self.failures, |failures| failures.last);
        None
    }

    fn take_back(&mut self, counted: &[Counted]) {
        for counted in counted {
            if let Some(failures) = self.failures.get_mut(counted) {
                failures.count = failures.count.saturating_sub(1);
            }
        }
    }

    /// The own failures are forgotten; what others failed stays.
    fn let_in(&mut self, counted: &[Counted], place: (Subject, IpAddr), now: Timestamp) {
        self.take_back(counted);
        if let [own @ Counted::Known(..)] = counted {
            self.failures.remove(own);
        }
        self.known.insert(place, now);
        make_room(&mut self.known, |since| *since);
    }
}

impl Failures {
    fn is_over(&self, now: Timestamp) -> bool {
        now >= self.last.plus(Duration::seconds(FORGOTTEN_SECONDS))
    }
}

/// Forgets the older half where there is too much, so that the oldest is seldom looked for.
fn make_room<K: Eq + Hash, V>(remembered: &mut HashMap<K, V>, time: impl Fn(&V) -> Timestamp) {
    if remembered.len() <= MOST_REMEMBERED {
        return;
    }
    let mut times: Vec<Timestamp> = remembered.values().map(&time).collect();
    let (_, middle, _) = times.select_nth_unstable(MOST_REMEMBERED / 2);
    let middle = *middle;
    // Of those of one instant it does not matter which.
    let mut of_middle = 0;
    remembered.retain(|_, value| {
        let time = time(value);
        of_middle += usize::from(time == middle);
        time > middle || (time == middle && of_middle <= MOST_REMEMBERED / 4)
    });
}

/// However a login is written, it is one.
fn folded(login: &Name) -> String {
    login.as_str().parse::<LoginName>().map_or_else(|_| login.to_string(), |login| login.to_string())
}

fn subject(text: &str) -> Subject {
    let digest: [u8; 32] = Sha256::digest(text).into();
    let mut subject = [0; 16];
    subject.copy_from_slice(&digest[..16]);
    subject
}

fn seconds_between(now: Timestamp, until: Timestamp) -> u64 {
    let micros = until.as_micros().saturating_sub(now.as_micros());
    u64::try_from(micros).unwrap_or_default().div_ceil(1_000_000)
}

impl fmt::Debug for LogIns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LogIns").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
