use super::*;
use crate::domain::ids::Seq;
use crate::engine::test_clock::Seconds;
use std::net::Ipv4Addr;

struct Door {
    log_ins: LogIns,
    seconds: Arc<Seconds>,
}

impl Door {
    fn new() -> Self {
        let seconds = Arc::new(Seconds::default());
        Self { log_ins: LogIns::new(seconds.clone()), seconds }
    }

    fn wait(&self, seconds: u64) {
        self.seconds.advance(i64::try_from(seconds).unwrap());
    }

    fn admit(&self, login: &str, from: u32) -> Result<Try<'_>, u64> {
        let admitted = self.log_ins.admit(Shown::Password, &login.parse().unwrap(), address(from));
        admitted.map_err(|error| match error {
            ApiError::TooManyRequests { retry_after_seconds } => retry_after_seconds,
            other => panic!("{other}"),
        })
    }

    /// Fails; how long one must wait to fail.
    fn fail(&self, login: &str, from: u32) -> Result<(), u64> {
        let wrong = NotLetIn { operator: None, fault: Fault::Wrong };
        self.admit(login, from).map(|tried| assert!(tried.ended::<()>(Ok(Err(wrong))).unwrap().is_none()))
    }

    fn let_in(&self, login: &str, from: u32) -> Lane {
        let tried = self.admit(login, from).unwrap();
        let lane = tried.lane();
        assert!(tried.ended(Ok(Ok(()))).unwrap().is_some());
        lane
    }
}

fn address(number: u32) -> IpAddr {
    IpAddr::V4(Ipv4Addr::from_bits(number))
}

#[test]
fn the_delay_grows_and_ends_at_a_quarter_of_an_hour() {
    let door = Door::new();
    for _ in 0..5 {
        door.fail("zhou", 1).unwrap();
    }
    let mut delays = Vec::new();
    for _ in 0..12 {
        let delay = door.fail("ZHOU", 1).unwrap_err();
        assert_eq!(door.fail("zhou", 2), Err(delay), "whatever the address");
        delays.push(delay);
        door.wait(delay);
        door.fail("zhou", 1).unwrap();
    }
    assert_eq!(delays, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
    door.wait(3_600);
    for _ in 0..5 {
        door.fail("zhou", 1).unwrap();
    }
}

#[test]
fn tries_at_once_are_no_more_than_one_after_the_other() {
    let door = Door::new();
    let under_way: Vec<_> = (0..20).map(|_| door.admit("zhou", 1)).collect();
    assert_eq!(under_way.iter().filter(|tried| tried.is_ok()).count(), 5);
    for tried in under_way.into_iter().flatten() {
        assert!(tried.ended::<()>(Err(ApiError::Busy)).is_err());
    }
    door.wait(1);
    door.fail("zhou", 1).unwrap();
}

#[test]
fn an_address_waits_whatever_login_it_guesses() {
    let door = Door::new();
    for number in 0..20 {
        door.fail(&format!("login-{number}"), 1).unwrap();
    }
    assert_eq!(door.fail("another", 1), Err(1));
    door.fail("another", 2).unwrap();
}

#[test]
fn what_others_guess_turns_nobody_away_who_is_known() {
    let door = Door::new();
    assert_eq!(door.let_in("zhou", 1), Lane::Strangers);
    for guesser in 2..60 {
        let _delayed = door.fail("zhou", guesser);
    }
    assert!(door.fail("zhou", 99).is_err(), "a stranger waits");
    for number in 0..60 {
        let _delayed = door.fail(&format!("login-{number}"), 1);
    }
    assert!(door.fail("wang", 1).is_err(), "a neighbour waits");
    assert_eq!(door.let_in("zhou", 1), Lane::Known);
    for _ in 0..5 {
        door.fail("zhou", 1).unwrap();
    }
    assert_eq!(door.fail("zhou", 1), Err(1), "but the own failures count");
}

#[test]
fn nobody_tries_without_end_not_even_who_is_let_in() {
    let door = Door::new();
    for _ in 0..61 {
        door.let_in("zhou", 1);
    }
    assert_eq!(door.admit("zhou", 1).map(drop), Err(1));
}

#[test]
fn who_guesses_passwords_keeps_nobody_from_using_a_code() {
    let door = Door::new();
    for _ in 0..5 {
        door.fail("zhou", 1).unwrap();
    }
    let login = "zhou".parse().unwrap();
    assert!(door.log_ins.admit(Shown::Code, &login, address(2)).is_ok());
    let own = || door.log_ins.admit_own(OperatorId::new(Seq(1)), &login, address(2));
    assert_eq!((0..20).filter(|_| own().is_ok()).count(), 5, "old passwords are guessed no faster");
}

#[test]
fn memory_is_bounded_and_the_oldest_goes_first() {
    let door = Door::new();
    for number in 0..50_000 {
        door.fail(&format!("login-{number}"), number).unwrap();
        if number % 1_000 == 0 {
            door.wait(1);
        }
    }
    let remembered = door.log_ins.lock().failures.len();
    assert!((MOST_REMEMBERED / 4..=MOST_REMEMBERED + 2).contains(&remembered), "{remembered}");
    let counts = |number: u32| {
        let memory = door.log_ins.lock();
        memory.failures.contains_key(&Counted::Address(address(number)))
    };
    assert!(!counts(0) && counts(49_999));
}
