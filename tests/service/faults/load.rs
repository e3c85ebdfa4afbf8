//! Clients at work, each with a record of what it was told.
//!
//! A client offers rewards, redeems them, submits and credits service of a minute each, and asks for what
//! it knows will be refused. Every request has a key and makes, if anything, one thing that can be told
//! from all others.

use super::oracle::{Attempt, Fate, Found, faults};
use crate::support::http::{Answer, Client, id};
use crate::support::town::{Town, Volunteer, at};
use chrono::{Days, NaiveDate};
use hourbook::domain::ids::{RecordId, RedemptionId, RewardId, Seq};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// A question that takes longer to settle will never be.
const PATIENCE: Duration = Duration::from_secs(60);

/// The town as clients know it, whether or not a service runs on it.
pub struct Site {
    pub school: String,
    pub coordinator: String,
    activity: String,
    /// The first of three days of service, all of them before the work begins by the clock that it goes by.
    first_day: NaiveDate,
    /// Where the coordinator may do nothing.
    pub other_school: String,
    bureau: String,
    pub admin: String,
    /// Volunteers who have eight points each, from 19 November.
    pub people: Vec<Volunteer>,
}

/// Minutes of service that each has been credited with before the work begins.
const MINUTES_AT_FIRST: i64 = 480;

impl Site {
    /// With so many volunteers, who serve on three days from this one on.
    pub fn of(town: &Town, people: usize, first_day: NaiveDate) -> Self {
        let volunteer = |_| {
            let volunteer = town.volunteer();
            town.serve(&volunteer, "19T08:00", "19T16:00");
            volunteer
        };
        Self {
            school: town.school.clone(),
            coordinator: town.coordinator.clone(),
            activity: town.activity_of(&town.school, json!({ "window": window_of(first_day) })),
            first_day,
            other_school: town.other_school.clone(),
            bureau: town.bureau.clone(),
            admin: town.admin.clone(),
            people: (0..people).map(volunteer).collect(),
        }
    }
}

/// Those days, from one midnight to another.
fn window_of(first_day: NaiveDate) -> Value {
    let midnight = |days: u64| format!("{}T00:00:00+08:00", first_day + Days::new(days));
    json!({ "start": midnight(0), "end": midnight(3) })
}

impl Site {
    /// Path, token and body of a request that asks for much and comes to nothing: hours that everybody
    /// knows to be served already.
    pub fn roster(&self, items: usize) -> (&'static str, String, Value) {
        let item = json!({
            "activity": self.activity, "volunteer": self.people[0].id,
            "start": at("19T10:00"), "end": at("19T11:00"), "evidence": "leader",
        });
        ("/v1/service-records/bulk", self.coordinator.clone(), json!({ "items": vec![item; items] }))
    }
}

/// Something to be asked, under a name of its own.
#[derive(Clone, Debug)]
pub struct Deed {
    key: String,
    label: String,
    path: &'static str,
    token: String,
    body: Value,
}

/// The label of a redemption: the pair is asked for once.
fn redemption(reward: &str, volunteer: &str) -> String {
    format!("redemption of {reward} by {volunteer}")
}

/// The label of a service record: a minute is served once.
fn minute(volunteer: &str, start: &str) -> String {
    format!("service of {volunteer} at {start}")
}

/// One client: what it does next follows from what it did before.
struct Hand {
    number: usize,
    volunteer: Volunteer,
    made: usize,
    minutes: usize,
    offered: Option<String>,
}

impl Hand {
    /// A reward, its redemption, a minute of service, and something that must be refused, in turn.
    fn next(&mut self, site: &Site) -> Deed {
        self.made += 1;
        let key = format!("client-{}-{}", self.number, self.made);
        match self.made % 4 {
            1 => offer(key, site, &site.school),
            2 => match self.offered.take() {
                Some(reward) => self.redeem(key, reward),
                None => self.serve(key, site),
            },
            3 => self.serve(key, site),
            _ => offer(key, site, &site.other_school),
        }
    }

    fn redeem(&self, key: String, reward: String) -> Deed {
        let label = redemption(&reward, &self.volunteer.id);
        let body = json!({ "reward": reward, "volunteer": self.volunteer.id });
        Deed { key, label, path: "/v1/redemptions", token: self.volunteer.token.clone(), body }
    }

    fn serve(&mut self, key: String, site: &Site) -> Deed {
        // The caps of a day allow for eight hours: 480 minutes on each of three days.
        let (days, of_day) = (self.minutes / 480, self.minutes % 480);
        let day = site.first_day + Days::new(u64::try_from(days).unwrap());
        self.minutes += 1;
        let time = |minute: usize| format!("{day}T{:02}:{:02}:00+08:00", minute / 60, minute % 60);
        let (start, end) = (time(of_day), time(of_day + 1));
        let label = minute(&self.volunteer.id, &start);
        let body = json!({
            "activity": site.activity, "volunteer": self.volunteer.id,
            "start": start, "end": end, "evidence": "leader", "credit": true,
        });
        Deed { key, label, path: "/v1/service-records", token: site.coordinator.clone(), body }
    }

    fn note(&mut self, deed: &Deed, fate: &Fate) {
        if let ("/v1/rewards", Fate::Acknowledged(id)) = (deed.path, fate) {
            self.offered = Some(id.clone());
        }
    }
}

/// A reward of a unit. The coordinator may offer those of one only.
fn offer(key: String, site: &Site, unit: &str) -> Deed {
    let body = json!({
        "unit": unit, "name": key, "price": "0.01", "stock": 2, "hold_days": 7,
    });
    Deed { label: key.clone(), key, path: "/v1/rewards", token: site.coordinator.clone(), body }
}

impl Deed {
    /// Asks, and says what the client knows afterwards.
    fn ask(&self, client: &Client) -> Fate {
        let call = client.call("POST", self.path).token(&self.token).key(&self.key).json(self.body.clone());
        match call.try_send() {
            Ok(answer) => fate(&answer),
            // The connection was lost, or there was none: the request may have arrived.
            Err(_) => Fate::Unknown,
        }
    }

    /// Asks again and again, as the service may need a moment to get well.
    fn ask_until_known(&self, client: &Client) -> Fate {
        let given_up = Instant::now() + PATIENCE;
        loop {
            match self.ask(client) {
                Fate::Unknown if Instant::now() < given_up => thread::sleep(Duration::from_millis(20)),
                Fate::Unknown => panic!("{self:?} cannot be settled"),
                known => return known,
            }
        }
    }
}

/// What a client knows that was given this answer.
///
/// # Panics
/// When the answer is one that no client should see.
fn fate(answer: &Answer) -> Fate {
    match (answer.status, answer.body["code"].as_str().unwrap_or_default()) {
        (200 | 201, _) => Fate::Acknowledged(id(&answer.body)),
        (503, code @ ("busy" | "unavailable")) => {
            assert!(answer.header("retry-after").parse::<u32>().is_ok(), "{}", answer.text);
            // A full queue has taken nothing in. What is not available may have been lost on its way back.
            if code == "busy" { Fate::Refused } else { Fate::Unknown }
        }
        (400..=499, code) if !code.is_empty() => Fate::Refused,
        _ => panic!("{}: {} {}", answer.asked, answer.status, answer.text),
    }
}

/// All clients of a site, and what they have been told so far.
pub struct Crew {
    pub site: Site,
    hands: Vec<Hand>,
    log: Log,
}

/// What was asked, and what became of it.
#[derive(Clone, Debug, Default)]
pub struct Log(Vec<(Deed, Fate)>);

impl Log {
    /// How many were acknowledged, refused, and left unknown.
    pub fn fates(&self) -> [usize; 3] {
        let mut counts = [0; 3];
        self.0.iter().for_each(|(_, fate)| counts[fate.place()] += 1);
        counts
    }

    fn attempts(&self) -> Vec<Attempt> {
        let attempt = |(deed, fate): &(Deed, Fate)| Attempt { label: deed.label.clone(), fate: fate.clone() };
        self.0.iter().map(attempt).collect()
    }
}

impl Crew {
    /// A client for each of the site's volunteers.
    pub fn hire(site: Site) -> Self {
        let hand = |(number, volunteer): (usize, &Volunteer)| {
            let volunteer = volunteer.clone();
            Hand { number, volunteer, made: 0, minutes: 0, offered: None }
        };
        let hands = site.people.iter().enumerate().map(hand).collect();
        Self { site, hands, log: Log::default() }
    }

    /// All work at these doors, each at its own, until whatever befalls the service is over; what they
    /// were told meanwhile.
    pub fn work<T>(&mut self, clients: &[&Client], befall: impl FnOnce(&Scene) -> T) -> (Log, T) {
        let Self { site, hands, log } = self;
        let scene = &Scene { site, is_over: AtomicBool::new(false), seen: Default::default() };
        let (news, outcome) = thread::scope(|scope| {
            let working: Vec<_> = hands
                .iter_mut()
                .zip(clients.iter().cycle())
                .map(|(hand, client)| scope.spawn(move || scene.work_at(client, hand)))
                .collect();
            let over = Over(scene);
            let outcome = befall(scene);
            drop(over);
            let news: Vec<_> = working.into_iter().flat_map(|hand| hand.join().unwrap()).collect();
            (Log(news), outcome)
        });
        log.0.extend(news.0.iter().cloned());
        (news, outcome)
    }

    /// Demands that the service and the clients agree, before and after every open question is settled
    /// by asking again under the same key; how many checks that took.
    #[track_caller]
    pub fn assert_whole(&mut self, client: &Client) -> usize {
        assert_eq!(faults(&self.log.attempts(), &self.found(client)), [], "before anything is asked again");
        self.settle(client);
        assert_eq!(faults(&self.log.attempts(), &self.found(client)), [], "after everything is settled");
        self.assert_sums(client);
        2 * self.log.0.len() + self.hands.len()
    }

    /// What was acknowledged after this entry is gone, and must be: the ledger was restored from a backup of it. How
    /// many requests that were.
    pub fn forget_after(&mut self, last: Seq) -> usize {
        let mut gone = 0;
        for (deed, fate) in &mut self.log.0 {
            let Fate::Acknowledged(id) = &*fate else { continue };
            let made = match deed.path {
                "/v1/rewards" => id.parse::<RewardId>().unwrap().seq(),
                "/v1/redemptions" => id.parse::<RedemptionId>().unwrap().seq(),
                _ => id.parse::<RecordId>().unwrap().seq(),
            };
            if made > last {
                *fate = Fate::Refused;
                gone += 1;
            }
        }
        gone
    }

    /// Begins anew with rewards: what is made now bears the numbers of what is gone.
    pub fn forget_redemptions_refused(&mut self) {
        self.log.0.retain(|(deed, fate)| deed.path != "/v1/redemptions" || *fate != Fate::Refused);
        self.hands.iter_mut().for_each(|hand| hand.offered = None);
    }

    /// Demands that nothing is there of what nobody knows about: it was not taken.
    #[track_caller]
    pub fn assert_unknown_was_not_taken(&self, client: &Client) {
        let mut attempts = self.log.attempts();
        for attempt in attempts.iter_mut().filter(|attempt| attempt.fate == Fate::Unknown) {
            attempt.fate = Fate::Refused;
        }
        assert_eq!(faults(&attempts, &self.found(client)), []);
    }

    /// Asks again for all that nobody knows about, and for some of what was acknowledged, which must be
    /// answered as the first time.
    #[track_caller]
    fn settle(&mut self, client: &Client) {
        for (at, (deed, fate)) in self.log.0.iter_mut().enumerate() {
            match fate {
                Fate::Unknown => *fate = deed.ask_until_known(client),
                Fate::Acknowledged(_) if at % 10 == 0 => {
                    assert_eq!(deed.ask(client), *fate, "{deed:?} is answered in another way");
                }
                Fate::Acknowledged(_) | Fate::Refused => {}
            }
        }
    }

    /// Everything that stands there and that a client could have made.
    fn found(&self, client: &Client) -> Vec<Found> {
        let Site { bureau, admin, .. } = &self.site;
        let text = |thing: &Value, name: &str| thing[name].as_str().unwrap().to_owned();
        let list = |path: &str| client.all_pages(&format!("{path}?unit={bureau}"), admin, 200);
        let rewards = list("/v1/rewards").into_iter();
        let rewards = rewards.map(|reward| Found { label: text(&reward, "name"), id: id(&reward) });
        let redemptions = list("/v1/redemptions").into_iter().map(|placed| {
            let label = redemption(&text(&placed, "reward"), &text(&placed, "volunteer"));
            Found { label, id: id(&placed) }
        });
        let records = list("/v1/service-records").into_iter();
        let records = records.filter(|record| record["start"] != at("19T08:00")).map(|record| {
            let label = minute(&text(&record, "volunteer"), &text(&record, "start"));
            Found { label, id: id(&record) }
        });
        rewards.chain(redemptions).chain(records).collect()
    }

    /// Demands of every client's volunteer as many minutes and points as follow from what was settled.
    #[track_caller]
    fn assert_sums(&self, client: &Client) {
        let mut made: BTreeMap<&str, Made> = BTreeMap::new();
        for (deed, fate) in &self.log.0 {
            let (Some(volunteer), Fate::Acknowledged(_)) = (deed.body["volunteer"].as_str(), fate) else {
                continue;
            };
            let made = made.entry(volunteer).or_default();
            match deed.body["start"].as_str() {
                Some(start) => *made.minutes_by_day.entry(&start[..10]).or_default() += 1,
                None => made.redemptions += 1,
            }
        }
        for hand in &self.hands {
            let Made { minutes_by_day, redemptions } =
                made.remove(hand.volunteer.id.as_str()).unwrap_or_default();
            let minutes: i64 = minutes_by_day.values().sum();
            // An hour is a point: a day's minutes earn what they are of it, the fraction of a hundredth dropped.
            let earned: i64 = minutes_by_day.values().map(|minutes| minutes * 100 / 60).sum();
            let path = format!("/v1/volunteers/{}/account", hand.volunteer.id);
            let account = client.get(&path, &self.site.coordinator).ok();
            assert_eq!(account["minutes"], MINUTES_AT_FIRST + minutes, "{account}");
            let points = &account["points"];
            assert_eq!(hundredths(&points["held"]), redemptions, "{account}");
            assert_eq!(hundredths(&points["available"]), 800 + earned - redemptions, "{account}");
        }
    }
}

/// What one volunteer's deeds came to.
#[derive(Default)]
struct Made<'a> {
    minutes_by_day: BTreeMap<&'a str, i64>,
    redemptions: i64,
}

fn hundredths(points: &Value) -> i64 {
    points.as_str().unwrap().replace('.', "").parse().unwrap()
}

/// The clients at work, as seen by what befalls the service meanwhile.
pub struct Scene<'c> {
    site: &'c Site,
    is_over: AtomicBool,
    /// How many requests were acknowledged, refused, and left unknown so far.
    seen: [AtomicUsize; 3],
}

impl Scene<'_> {
    /// Waits until so many more requests have been acknowledged.
    #[track_caller]
    pub fn await_acknowledged(&self, more: usize) {
        self.await_more(&self.seen[0], more);
    }

    /// Waits until so many more requests have been left unknown.
    #[track_caller]
    pub fn await_unknown(&self, more: usize) {
        self.await_more(&self.seen[2], more);
    }

    /// Demands that the service is read from, whatever befalls those who write.
    #[track_caller]
    pub fn assert_readable(&self, client: &Client) {
        client.get("/v1/rewards?limit=5", &self.site.coordinator).ok();
    }

    #[track_caller]
    fn await_more(&self, count: &AtomicUsize, more: usize) {
        let enough = count.load(Ordering::SeqCst) + more;
        let given_up = Instant::now() + PATIENCE;
        while count.load(Ordering::SeqCst) < enough {
            assert!(Instant::now() < given_up, "it does not come about");
            thread::sleep(Duration::from_millis(2));
        }
    }

    fn work_at(&self, client: &Client, hand: &mut Hand) -> Vec<(Deed, Fate)> {
        let mut log = Vec::new();
        while !self.is_over.load(Ordering::SeqCst) {
            let deed = hand.next(self.site);
            let fate = deed.ask(client);
            hand.note(&deed, &fate);
            self.seen[fate.place()].fetch_add(1, Ordering::SeqCst);
            if fate == Fate::Unknown {
                thread::sleep(Duration::from_millis(200));
            }
            log.push((deed, fate));
        }
        log
    }
}

/// Says that it is over when it is dropped, a panic included: nobody works on for ever.
struct Over<'a>(&'a Scene<'a>);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.is_over.store(true, Ordering::SeqCst);
    }
}
