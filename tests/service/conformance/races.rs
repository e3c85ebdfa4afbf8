//! Two replicas at once: whatever races, it ends as if one came after the other.

use crate::support::clock::TestClock;
use crate::support::commands::{
    City, create_activity, create_programme, create_unit, interval, place_redemption, register,
    request_transfer, submission,
};
use crate::support::each_database;
use crate::support::pure::Verdict;
use crate::support::stored;
use crate::support::writer::{Writer, keyed, single};
use hourbook::domain::actor::Actor;
use hourbook::domain::ids::{ProgrammeId, VolunteerId};
use hourbook::domain::programme;
use hourbook::domain::programme::CloseProgramme;
use hourbook::domain::record;
use hourbook::domain::redemption;
use hourbook::domain::reward;
use hourbook::domain::transfer;
use hourbook::domain::unit;
use hourbook::domain::volunteer;
use hourbook::domain::{Command, Rejection};
use hourbook::engine::{Answer, Request, RequestRefusal};
use hourbook::store::{Db, DbUrl};
use std::sync::{Arc, Barrier};
use std::thread;

const CLIENTS: usize = 40;
const PIECES: i64 = 5;
const ROUNDS: usize = 100;
/// Rounds of two that race.
const DUELS: usize = 25;

fn replicas(url: &DbUrl) -> [Writer; 2] {
    let clock = Arc::new(TestClock::at("2026-11-22T18:00:00+08:00"));
    [(); 2].map(|()| Writer::start(url, &clock))
}

/// Asks each from a thread of its own, all at once, half of them of either replica.
fn race(replicas: &[Writer; 2], requests: Vec<Request>) -> Vec<Verdict> {
    let start = Barrier::new(requests.len());
    thread::scope(|scope| {
        let ask = |(at, request): (usize, Request)| {
            let (start, ledger) = (&start, &replicas[at % 2].ledger);
            scope.spawn(move || {
                start.wait();
                ledger.submit_blocking(request)
            })
        };
        let threads: Vec<_> = requests.into_iter().enumerate().map(ask).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

fn rejections(verdicts: &[Verdict]) -> Vec<&Rejection> {
    let rejection = |verdict| match verdict {
        &Ok(_) => None,
        &Err(RequestRefusal::Rejected(ref rejection)) => Some(rejection),
        other => panic!("unexpected answer: {other:?}"),
    };
    verdicts.iter().filter_map(rejection).collect()
}

#[test]
fn forty_clients_race_for_five_pieces_and_five_are_granted_each_time() {
    each_database("stock", |url| {
        let replicas = replicas(&url);
        let city = City::found(&replicas[0]);
        let rich = |number| city.volunteer_with_points(&replicas[0], number);
        let volunteers: Vec<VolunteerId> = (0..CLIENTS).map(rich).collect();
        let mut granted_rounds = 0;
        for _ in 0..ROUNDS {
            let reward = city.reward(&replicas[0], PIECES);
            let place = |volunteer: &VolunteerId| single(Actor::System, place_redemption(reward, *volunteer));
            let verdicts = race(&replicas, volunteers.iter().map(place).collect());
            let refused = rejections(&verdicts);
            assert_eq!(refused.len(), CLIENTS - 5, "five of forty are granted");
            assert!(
                refused
                    .iter()
                    .all(|rejection| **rejection == Rejection::Reward(reward::Refusal::RewardOutOfStock)),
                "{refused:?}"
            );
            give_back(&replicas, &verdicts);
            granted_rounds += 1;
        }
        assert_eq!(granted_rounds, ROUNDS);
        stored::assert_replays(&mut Db::open(&url).unwrap());
    });
}

/// The reference data that a replica keeps between two batches are good as long as the other does not change them.
#[test]
fn what_one_replica_changes_of_the_house_the_other_sees() {
    each_database("house", |url| {
        let [one, other] = replicas(&url);
        let city = City::found(&one);
        let programme = one.ask(Actor::System, create_programme(city.bureau)).unwrap();
        let programme = ProgrammeId::new(programme.seq);
        let day = interval("2026-11-22T00:00:00+08:00", "2026-11-23T00:00:00+08:00");
        let begin = || other.ask(Actor::System, create_activity(programme, city.bureau, day)).map(|_| ());
        assert_eq!(begin(), Ok(()));
        city.volunteer_with_points(&one, 1);
        assert_eq!(begin(), Ok(()), "the other has only served");
        one.ask(Actor::System, Command::CloseProgramme(CloseProgramme { programme })).unwrap();
        city.volunteer_with_points(&one, 2);
        assert_eq!(begin(), Err(Rejection::Programme(programme::Refusal::ProgrammeClosed)));
        city.volunteer_with_points(&one, 3);
        assert_eq!(begin(), Err(Rejection::Programme(programme::Refusal::ProgrammeClosed)));
        stored::assert_replays(&mut Db::open(&url).unwrap());
    });
}

/// Gives the points back for the next round.
fn give_back(replicas: &[Writer; 2], verdicts: &[Verdict]) {
    for verdict in verdicts {
        if let Ok(Answer::Single(receipt)) = verdict {
            let redemption = hourbook::domain::ids::RedemptionId::new(receipt.seq);
            let cancel = hourbook::domain::redemption::CancelRedemption { redemption };
            replicas[0].ask(Actor::System, Command::CancelRedemption(cancel)).unwrap();
        }
    }
}

/// Sets two requests against each other many times: one is accepted, the other refused as told.
fn duel(
    label: &str,
    requests: impl Fn(&Writer, &City, usize) -> [Command; 2],
    refused: impl Fn(&Rejection) -> bool,
) {
    each_database(label, |url| {
        let replicas = replicas(&url);
        let city = City::found(&replicas[0]);
        for round in 0..DUELS {
            let requests = requests(&replicas[0], &city, round);
            let verdicts = race(&replicas, requests.map(|command| single(Actor::System, command)).into());
            let rejections = rejections(&verdicts);
            assert_eq!(rejections.len(), 1, "{verdicts:?}");
            assert!(refused(rejections[0]), "{verdicts:?}");
        }
        stored::assert_replays(&mut Db::open(&url).unwrap());
    });
}

#[test]
fn a_balance_is_spent_once() {
    let four_and_four = |writer: &Writer, city: &City, round| {
        let volunteer = city.volunteer_with_points(writer, round);
        let make = || city.dear_reward(writer);
        [make(), make()].map(|reward| place_redemption(reward, volunteer))
    };
    duel("balance", four_and_four, |rejection| {
        matches!(rejection, Rejection::Redemption(redemption::Refusal::PointsInsufficient { .. }))
    });
}

#[test]
fn an_hour_is_served_once() {
    let overlapping = |writer: &Writer, city: &City, round| {
        let volunteer = writer.ask(Actor::System, register(city.bureau, round)).unwrap();
        let volunteer = VolunteerId::new(volunteer.seq);
        let early = interval("2026-11-22T08:00:00+08:00", "2026-11-22T10:00:00+08:00");
        let late = interval("2026-11-22T09:00:00+08:00", "2026-11-22T11:00:00+08:00");
        [early, late].map(|hours| Command::SubmitRecord(submission(city.activity, volunteer, hours)))
    };
    duel("overlap", overlapping, |rejection| {
        matches!(rejection, Rejection::Record(record::Refusal::RecordOverlaps { .. }))
    });
}

#[test]
fn a_volunteer_has_one_open_transfer() {
    let to_the_same = |writer: &Writer, city: &City, round| {
        let volunteer = writer.ask(Actor::System, register(city.bureau, round)).unwrap();
        let volunteer = VolunteerId::new(volunteer.seq);
        [(); 2].map(|()| request_transfer(volunteer, city.school))
    };
    duel("transfer", to_the_same, |rejection| {
        matches!(rejection, Rejection::Transfer(transfer::Refusal::TransferAlreadyOpen { .. }))
    });
}

#[test]
fn a_person_is_registered_once() {
    let twice = |_: &Writer, city: &City, round| [city.bureau, city.school].map(|unit| register(unit, round));
    duel("identity", twice, |rejection| {
        *rejection == Rejection::Volunteer(volunteer::Refusal::IdentityTaken)
    });
}

#[test]
fn a_code_belongs_to_one_unit() {
    let same_code = |_: &Writer, city: &City, round| {
        [None, Some(city.bureau)].map(|parent| create_unit(&format!("U{round}"), parent))
    };
    duel("code", same_code, |rejection| {
        matches!(rejection, Rejection::Unit(unit::Refusal::UnitCodeTaken { .. }))
    });
}

#[test]
fn a_key_is_used_once_and_both_get_the_one_answer() {
    each_database("key", |url| {
        let replicas = replicas(&url);
        for round in 0..u8::try_from(DUELS).unwrap() {
            let command = || create_unit(&format!("U{round}"), None);
            let request = || keyed(single(Actor::System, command()), round, 1);
            let verdicts = race(&replicas, vec![request(), request(), request(), request()]);
            assert!(verdicts[0].is_ok(), "{verdicts:?}");
            assert!(verdicts.iter().all(|verdict| *verdict == verdicts[0]), "{verdicts:?}");
        }
        let ledger = stored::assert_replays(&mut Db::open(&url).unwrap());
        assert_eq!(ledger.journal.len(), DUELS);
    });
}
