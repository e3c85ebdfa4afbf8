//! Several replicas on one PostgreSQL: what clients of all of them saw can have happened in one order.
//!
//! Two things are fought over. The till: a reward's pieces and the points of those who want them. And the
//! move: one volunteer's transfers, of which one at most is open.

use super::deployment::Deployment;
use super::history::{Event, Model, is_linearizable};
use super::load::Site;
use super::{Scenario, rounds};
use crate::support::database::Database;
use crate::support::http::{Answer, Client, id};
use crate::support::process::Replica;
use crate::support::random::Random;
use serde_json::{Value, json};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

const CLIENTS: usize = 6;
const QUESTIONS_OF_A_CLIENT: usize = 25;
/// Who fights over the pieces.
const CUSTOMERS: usize = 3;
/// Who is moved, another in each round.
const MOVERS: usize = 3;
const PIECES: i64 = 3;
/// What a piece costs, in hundredths of a point.
const PRICE: i64 = 300;

/// Pieces of one reward, and the points of its customers.
#[derive(Debug)]
struct Till;

#[derive(Clone, PartialEq, Eq, Hash)]
struct TillState {
    /// Free, and held.
    pieces: [i64; 2],
    /// Free and held, in hundredths.
    points: [[i64; 2]; CUSTOMERS],
    /// Whose they are, by id.
    open: Vec<(String, usize)>,
}

#[derive(Clone, Debug)]
enum TillQuestion {
    Redeem { customer: usize },
    Cancel { redemption: String },
    Points { customer: usize },
    Pieces,
}

#[derive(Clone, Debug, PartialEq)]
enum TillAnswer {
    Placed { redemption: String },
    OutOfStock,
    PointsInsufficient,
    Cancelled,
    NotHeld,
    Counted([i64; 2]),
}

impl Model for Till {
    type State = TillState;
    type Question = TillQuestion;
    type Answer = TillAnswer;

    fn step(state: &TillState, asked: &TillQuestion, answer: &TillAnswer) -> Option<TillState> {
        use {TillAnswer as A, TillQuestion as Q};
        let same = |fits: bool| fits.then(|| state.clone());
        let is_in_stock = state.pieces[0] > 0;
        match (asked, answer) {
            (Q::Points { customer }, A::Counted(points)) => same(state.points[*customer] == *points),
            (Q::Pieces, A::Counted(pieces)) => same(state.pieces == *pieces),
            (Q::Redeem { .. }, A::OutOfStock) => same(!is_in_stock),
            (Q::Redeem { customer }, A::PointsInsufficient) => same(state.points[*customer][0] < PRICE),
            (Q::Redeem { customer }, A::Placed { redemption }) => {
                (is_in_stock && state.points[*customer][0] >= PRICE).then(|| {
                    let mut next = state.clone();
                    next.hold(*customer, 1);
                    next.open.push((redemption.clone(), *customer));
                    next.open.sort();
                    next
                })
            }
            (Q::Cancel { redemption }, A::Cancelled) => {
                let at = state.open.iter().position(|(open, _)| open == redemption)?;
                let mut next = state.clone();
                let (_, customer) = next.open.remove(at);
                next.hold(customer, -1);
                Some(next)
            }
            (Q::Cancel { redemption }, A::NotHeld) => {
                same(state.open.iter().all(|(open, _)| open != redemption))
            }
            _ => None,
        }
    }
}

impl TillState {
    /// Holds a piece and its price, or gives them free.
    fn hold(&mut self, customer: usize, pieces: i64) {
        self.pieces = [self.pieces[0] - pieces, self.pieces[1] + pieces];
        let [free, held] = self.points[customer];
        self.points[customer] = [free - pieces * PRICE, held + pieces * PRICE];
    }
}

/// One volunteer's transfers.
#[derive(Debug)]
struct Move;

#[derive(Clone, Debug)]
enum MoveQuestion {
    Request,
    /// `release` or `cancel`.
    Step {
        transfer: String,
        step: &'static str,
    },
    Look {
        transfer: String,
    },
}

#[derive(Clone, Debug, PartialEq)]
enum MoveAnswer {
    Requested { transfer: String },
    AlreadyOpen,
    Status(String),
    StateWrong,
}

impl Model for Move {
    /// The transfers so far, and where each stands.
    type State = Vec<(String, &'static str)>;
    type Question = MoveQuestion;
    type Answer = MoveAnswer;

    fn step(state: &Self::State, asked: &MoveQuestion, answer: &MoveAnswer) -> Option<Self::State> {
        use {MoveAnswer as A, MoveQuestion as Q};
        let is_open = |(_, status): &(String, &str)| ["requested", "released"].contains(status);
        let status_of = |wanted: &String| state.iter().find(|(known, _)| known == wanted).map(|one| one.1);
        match (asked, answer) {
            (Q::Request, A::AlreadyOpen) => state.iter().any(is_open).then(|| state.clone()),
            (Q::Request, A::Requested { transfer }) => (!state.iter().any(is_open)).then(|| {
                let mut next = state.clone();
                next.push((transfer.clone(), "requested"));
                next
            }),
            (Q::Look { transfer }, A::Status(seen)) => (status_of(transfer)? == seen).then(|| state.clone()),
            (Q::Step { transfer, step }, outcome) => {
                let reached = match (*step, status_of(transfer)?) {
                    ("release", "requested") => Some("released"),
                    ("cancel", "requested" | "released") => Some("cancelled"),
                    _ => None,
                };
                match (reached, outcome) {
                    (None, A::StateWrong) => Some(state.clone()),
                    (Some(reached), A::Status(seen)) if reached == seen => {
                        let mut next = state.clone();
                        let moved = next.iter_mut().find(|(known, _)| known == transfer)?;
                        moved.1 = reached;
                        Some(next)
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

/// Has every client ask at any door, all at once; what each asked, was answered, and when.
fn record<M>(
    services: &[Replica],
    seed: u64,
    ask: impl Fn(&Client, &mut Random) -> (M::Question, M::Answer) + Sync,
) -> Vec<Event<M>>
where
    M: Model<Question: Send, Answer: Send>,
{
    let (began, ask) = (Instant::now(), &ask);
    let now = move || u64::try_from(began.elapsed().as_nanos()).unwrap();
    let work = move |client: u64| {
        let mut random = Random::new(seed * 100 + client);
        let mut events = Vec::new();
        for _ in 0..QUESTIONS_OF_A_CLIENT {
            let service = &services[random.below(services.len())];
            let asked_at = now();
            let (asked, answer) = ask(service, &mut random);
            events.push(Event { asked_at, answered_at: now(), asked, answer });
        }
        events
    };
    thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS as u64).map(|client| scope.spawn(move || work(client))).collect();
        clients.into_iter().flat_map(|client| client.join().unwrap()).collect()
    })
}

fn fight_over_the_till(services: &[Replica], site: &Site, seed: u64) -> Vec<Event<Till>> {
    let reward = json!({
        "unit": site.school, "name": "雨伞", "price": "3.00", "stock": PIECES, "hold_days": 7,
    });
    let reward = id(&services[0].post("/v1/rewards", &site.coordinator, reward).created());
    let placed = Mutex::new(Vec::<String>::new());
    record(services, seed, |service, random| {
        let customer = random.below(CUSTOMERS);
        let volunteer = &site.people[customer];
        let known = { placed.lock().unwrap().clone() };
        let redemption = known.get(random.below(known.len())).cloned();
        match (random.below(10), redemption) {
            (0..4, _) | (4..7, None) => {
                let wish = json!({ "reward": reward, "volunteer": volunteer.id });
                let answer = service.post("/v1/redemptions", &volunteer.token, wish);
                let answer = match code(&answer) {
                    "" => TillAnswer::Placed { redemption: id(&answer.body) },
                    "reward_out_of_stock" => TillAnswer::OutOfStock,
                    "points_insufficient" => TillAnswer::PointsInsufficient,
                    _ => panic!("{}", answer.text),
                };
                if let TillAnswer::Placed { redemption } = &answer {
                    placed.lock().unwrap().push(redemption.clone());
                }
                (TillQuestion::Redeem { customer }, answer)
            }
            (4..7, Some(redemption)) => {
                let path = format!("/v1/redemptions/{redemption}/cancel");
                let answer = service.post(&path, &site.coordinator, json!({}));
                let answer = match code(&answer) {
                    "" => TillAnswer::Cancelled,
                    "redemption_not_held" => TillAnswer::NotHeld,
                    _ => panic!("{}", answer.text),
                };
                (TillQuestion::Cancel { redemption }, answer)
            }
            (7, _) => {
                let pieces = service.get(&format!("/v1/rewards/{reward}"), &site.coordinator).ok();
                let counted = ["stock_available", "stock_held"].map(|name| pieces[name].as_i64().unwrap());
                (TillQuestion::Pieces, TillAnswer::Counted(counted))
            }
            _ => (TillQuestion::Points { customer }, TillAnswer::Counted(points(service, site, customer))),
        }
    })
}

/// Free and held, in hundredths.
fn points(service: &Client, site: &Site, customer: usize) -> [i64; 2] {
    let path = format!("/v1/volunteers/{}/account", site.people[customer].id);
    let account = service.get(&path, &site.coordinator).ok();
    ["available", "held"].map(|part| hundredths(&account["points"][part]))
}

fn hundredths(points: &Value) -> i64 {
    points.as_str().unwrap().replace('.', "").parse().unwrap()
}

fn code(answer: &Answer) -> &str {
    answer.body["code"].as_str().unwrap_or_default()
}

fn fight_over_the_move(services: &[Replica], site: &Site, seed: u64) -> Vec<Event<Move>> {
    let mover = &site.people[CUSTOMERS + usize::try_from(seed).unwrap() % MOVERS];
    let list = format!("/v1/transfers?volunteer={}", mover.id);
    for transfer in services[0].all_pages(&list, &site.admin, 50) {
        // Only one of them can be open yet.
        let path = format!("/v1/transfers/{}/cancel", id(&transfer));
        services[0].post(&path, &mover.token, json!({}));
    }
    let known = Mutex::new(Vec::<String>::new());
    let latest = || known.lock().unwrap().last().cloned();
    record(services, seed, |service, random| match (random.below(10), latest()) {
        (0..3, _) | (_, None) => {
            let wish = json!({ "volunteer": mover.id, "to_unit": site.other_school });
            let answer = service.post("/v1/transfers", &mover.token, wish);
            let answer = match code(&answer) {
                "" => MoveAnswer::Requested { transfer: id(&answer.body) },
                "transfer_already_open" => MoveAnswer::AlreadyOpen,
                _ => panic!("{}", answer.text),
            };
            if let MoveAnswer::Requested { transfer } = &answer {
                known.lock().unwrap().push(transfer.clone());
            }
            (MoveQuestion::Request, answer)
        }
        (die @ 3..7, Some(transfer)) => {
            let (step, token) =
                if die < 5 { ("release", &site.coordinator) } else { ("cancel", &mover.token) };
            let path = format!("/v1/transfers/{transfer}/{step}");
            let answer = service.post(&path, token, json!({}));
            let answer = match code(&answer) {
                "" => MoveAnswer::Status(answer.body["status"].as_str().unwrap().to_owned()),
                "transfer_state_wrong" => MoveAnswer::StateWrong,
                _ => panic!("{}", answer.text),
            };
            (MoveQuestion::Step { transfer, step }, answer)
        }
        (_, Some(transfer)) => {
            let seen = service.get(&format!("/v1/transfers/{transfer}"), &site.admin).ok();
            let status = seen["status"].as_str().unwrap().to_owned();
            (MoveQuestion::Look { transfer }, MoveAnswer::Status(status))
        }
    })
}

#[test]
fn what_clients_of_several_replicas_see_happened_in_one_order() {
    let mut scenario = Scenario::begin("two and three replicas, linearizable");
    let (deployment, crew) = Deployment::found(Database::postgres("replicas"), CUSTOMERS + MOVERS);
    let site = &crew.site;
    let events_seen = AtomicUsize::new(0);
    let all_services = [0, 1, 2].map(|replica| deployment.serve_as(replica));
    for replicas in [2, 3] {
        let services = &all_services[..replicas];
        for round in 0..rounds(1, 100) {
            let seed = (replicas * 1000 + round) as u64;
            let mut start = TillState { pieces: [PIECES, 0], points: [[0; 2]; CUSTOMERS], open: Vec::new() };
            for customer in 0..CUSTOMERS {
                start.points[customer] = points(&services[0], site, customer);
            }
            let (mut till, mut moves) = thread::scope(|scope| {
                let till = scope.spawn(|| fight_over_the_till(services, site, seed));
                let moves = fight_over_the_move(services, site, seed);
                (till.join().unwrap(), moves)
            });
            assert!(is_linearizable(&start, &mut till), "round {round}: {till:#?}");
            assert!(is_linearizable(&Vec::new(), &mut moves), "round {round}: {moves:#?}");
            events_seen.fetch_add(till.len() + moves.len(), Ordering::SeqCst);
            scenario.checks += 2;
            scenario.rounds += 1;
            scenario.acknowledged += till.iter().filter(|event| made_something(&event.answer)).count();
            give_back(&services[0], site, &till);
            assert_eq!(kept_points(&services[0], site), start.points, "what was given back is free again");
        }
    }
    deployment.assert_verified();
    scenario.note(format!("{} questions", events_seen.into_inner()));
    scenario.end();
}

fn made_something(answer: &TillAnswer) -> bool {
    matches!(answer, TillAnswer::Placed { .. } | TillAnswer::Cancelled)
}

/// Cancels whatever is still open, so that the next round begins as this one did.
fn give_back(service: &Client, site: &Site, till: &[Event<Till>]) {
    for event in till {
        if let TillAnswer::Placed { redemption } = &event.answer {
            let path = format!("/v1/redemptions/{redemption}/cancel");
            let answer = service.post(&path, &site.coordinator, json!({}));
            assert!(["", "redemption_not_held"].contains(&code(&answer)), "{}", answer.text);
        }
    }
}

fn kept_points(service: &Client, site: &Site) -> [[i64; 2]; CUSTOMERS] {
    std::array::from_fn(|customer| points(service, site, customer))
}
