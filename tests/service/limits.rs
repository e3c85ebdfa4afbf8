//! What one caller may use up: changes, open things, entries that change nothing, connections.

use crate::support::database::Directory;
use crate::support::each_database;
use crate::support::http::{Answer, App, AppSettings, Client, id};
use crate::support::process::Replica;
use crate::support::town::{Town, Volunteer, each_town, merged};
use actix_web::rt::net::TcpSocket;
use hourbook::api::limit::ChangeQuota;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

fn entries(town: &Town) -> usize {
    town.app.all_pages("/v1/journal/entries", &town.admin, 200).len()
}

fn promise(volunteer: &Volunteer, due: &str) -> Value {
    json!({ "volunteer": volunteer.id, "title": "本月服务两小时", "due": due })
}

/// The answers of one after the other, until the first that is of this status.
fn until(status: u16, ask: impl Fn() -> Answer) -> (usize, Answer) {
    for asked in 0..500 {
        let answer = ask();
        if answer.status == status {
            return (asked, answer);
        }
    }
    panic!("no {status}");
}

#[test]
fn a_volunteer_changes_sixty_things_at_once_and_then_one_a_second() {
    each_database("limits-bucket", |url| {
        // As people have it.
        let volunteer_changes = ChangeQuota::OF_VOLUNTEERS;
        let app = App::start_as(&url, AppSettings { volunteer_changes, ..AppSettings::default() });
        let town = &Town::found(&app);
        let (volunteer, other) = (town.volunteer(), town.volunteer());
        let path = format!("/v1/volunteers/{}/contact", volunteer.id);
        // Whatever comes of it counts: accepted, refused, malformed.
        let ask = |body: &Value| town.app.put(&path, &volunteer.token, "*", body.clone());
        let contact =
            json!({ "mobile": "13900139008", "residence": null, "skills": [], "service_categories": [] });
        ask(&contact).ok();
        ask(&json!({})).refused(422, "missing_field");
        let pledge = promise(&volunteer, "2026-11-30");
        let keyed = || {
            let call = town.app.call("POST", "/v1/pledges").token(&volunteer.token).key("one");
            call.json(pledge.clone()).send()
        };
        let before = entries(town) + 1;
        let (asked, refused) = until(429, keyed);
        assert_eq!(asked, 58, "kept answers count, too");
        assert_eq!(refused.header("retry-after"), "1");
        refused.refused(429, "too_many_requests");
        assert_eq!(entries(town), before, "one pledge");

        town.app.get(&format!("/v1/volunteers/{}", volunteer.id), &volunteer.token).ok();
        let of_other = promise(&other, "2026-11-30");
        town.app.post("/v1/pledges", &other.token, of_other.clone()).created();
        for _ in 0..100 {
            town.app.post("/v1/pledges", &town.coordinator, of_other.clone()).created();
        }
        town.app.clock.advance(chrono::Duration::seconds(2));
        let again: Vec<u16> = (0..4).map(|_| keyed().status).collect();
        assert_eq!(again, [201, 201, 429, 429]);
    });
}

#[test]
fn so_many_pledges_and_redemptions_are_open_at_a_time() {
    each_town("limits-open", |town| {
        let volunteer = town.volunteer();
        let pledge = |day: u32| {
            town.app.post("/v1/pledges", &volunteer.token, promise(&volunteer, &format!("2026-12-{day:02}")))
        };
        let first = id(&pledge(1).created());
        (2..=20).for_each(|day| drop(pledge(day).created()));
        pledge(21).refused(409, "pledges_too_many");
        town.app
            .post("/v1/pledges", &town.coordinator, promise(&volunteer, "2026-12-21"))
            .refused(409, "pledges_too_many");
        town.app.post(&format!("/v1/pledges/{first}/end"), &volunteer.token, json!({})).ok();
        pledge(21).created();
        pledge(22).refused(409, "pledges_too_many");

        let receiver = town.volunteer();
        town.serve_seen(&receiver, "17T09:00", "17T12:00");
        let reward = town.reward("0.01", 50);
        let gifts: Vec<_> = (0..20).map(|_| town.redeem(&receiver, &reward)).collect();
        let wish = json!({ "reward": reward, "volunteer": receiver.id });
        town.app.post("/v1/redemptions", &receiver.token, wish.clone()).refused(409, "redemptions_too_many");
        town.fulfil(&gifts[0]);
        town.app.post("/v1/redemptions", &receiver.token, wish).created();
        town.app.assert_verified();
    });
}

#[test]
fn so_many_claims_and_objections_wait_at_a_time() {
    each_town("limits-waiting", |town| {
        let volunteer = town.volunteer();
        let claim = |minute: u32| {
            let time = |minute: u32| format!("19T{:02}:{:02}", 9 + minute / 60, minute % 60);
            let claimed = town.claimed(&volunteer, &time(minute), &time(minute + 1));
            town.app.post("/v1/service-records", &volunteer.token, claimed)
        };
        // What others entered for them does not count.
        town.submit(&volunteer, "19T08:00", "19T08:30");
        let first = id(&claim(0).created());
        (1..50).for_each(|minute| drop(claim(minute).created()));
        claim(50).refused(409, "claims_too_many");
        town.app
            .post(
                &format!("/v1/service-records/{first}/reject"),
                &town.coordinator,
                json!({ "reason": "无" }),
            )
            .ok();
        claim(50).created();

        let (objector, others) = (town.volunteer(), [town.volunteer(), town.volunteer(), town.volunteer()]);
        let records: Vec<String> = (0..21)
            .map(|at| {
                town.record_on_notice(
                    &others[at % 3],
                    &format!("18T{:02}:00", at / 3),
                    &format!("18T{:02}:30", at / 3),
                )
            })
            .collect();
        let objection = town.object(&objector.token, &records[0]);
        records[1..20].iter().for_each(|record| drop(town.object(&objector.token, record)));
        let object = |token: &str| {
            let path = format!("/v1/service-records/{}/objections", records[20]);
            town.app.post(&path, token, json!({ "reason": "当天未见到本人" }))
        };
        object(&objector.token).refused(409, "objections_too_many");
        object(&town.colleague).created();
        let path = format!("/v1/objections/{objection}/dismiss");
        town.app.post(&path, &town.bureau_coordinator, json!({ "reason": "已核实" })).ok();
        object(&objector.token).created();
        town.app.assert_verified();
    });
}

/// Asks twice for the same: the second time nothing is written, and what is there is answered with the entry that made it
/// so.
#[track_caller]
fn asked_twice(town: &Town, name: &str, ask: impl Fn() -> Answer) -> Value {
    let first = ask();
    assert!(first.status < 300, "{name}: {}", first.text);
    let before = entries(town);
    let second = ask();
    assert_eq!((second.status, entries(town)), (first.status, before), "{name}: {}", second.text);
    assert_eq!(second.body, first.body, "{name}");
    second.body.clone()
}

#[test]
fn what_changes_nothing_makes_no_entry() {
    each_town("limits-unchanged", |town| {
        let app: &App = town.app;
        let volunteer = town.volunteer();
        let contact = json!({
            "mobile": "13900139008", "residence": "湛河区", "skills": ["急救"], "service_categories": ["助学"],
        });
        let path = format!("/v1/volunteers/{}/contact", volunteer.id);
        asked_twice(town, "contact", || app.put(&path, &volunteer.token, "*", contact.clone()));
        app.put(&path, &volunteer.token, "*", merged(contact.clone(), json!({ "residence": null }))).ok();
        asked_twice(town, "contact", || app.put(&path, &town.coordinator, "*", contact.clone()));

        let pledge = promise(&volunteer, "2026-11-30");
        let made = asked_twice(town, "pledge", || app.post("/v1/pledges", &volunteer.token, pledge.clone()));
        let other_day =
            app.post("/v1/pledges", &volunteer.token, promise(&volunteer, "2026-12-01")).created();
        assert_ne!(other_day["id"], made["id"]);
        app.post(&format!("/v1/pledges/{}/end", id(&made)), &volunteer.token, json!({})).ok();
        let again = app.post("/v1/pledges", &volunteer.token, pledge).created();
        assert_ne!(again["id"], made["id"], "one that was ended is not promised any more");

        let path = format!("/v1/units/{}/headcounts", town.school);
        let state = |staff: u32| {
            let headcount = json!({ "effective_from": "2026-11-01", "staff": staff, "party_members": 6 });
            app.post(&path, &town.coordinator, headcount)
        };
        for staff in [60, 61, 60] {
            asked_twice(town, "headcount", || state(staff));
        }
        let path = format!("/v1/units/{}/notice-policy", town.school);
        for days in [json!(3), json!(null)] {
            asked_twice(town, "notice policy", || {
                app.post(&path, &town.coordinator, json!({ "working_days": days }))
            });
        }
        let path = format!("/v1/units/{}/crediting-policy", town.school);
        let say = |token: &str| {
            app.post(
                &path,
                token,
                json!({ "one_person_minutes": { "a_record": 60, "a_month": 600 }, "leader_hours": 24 }),
            )
        };
        asked_twice(town, "crediting policy", || say(&town.bureau_coordinator));
        let before = entries(town);
        say(&town.admin).ok();
        assert_eq!(entries(town), before + 1, "another answers for it");

        let (operator, _) = town.operator_with("coordinator", &town.school, json!({}));
        let path = format!("/v1/operators/{operator}");
        let place = json!({ "role": "coordinator", "unit": town.other_school });
        asked_twice(town, "operator", || app.put(&path, &town.admin, "*", place.clone()));
        asked_twice(town, "disabled", || app.post(&format!("{path}/disable"), &town.admin, json!({})));
        town.app.assert_verified();
    });
}

#[test]
fn a_programme_or_an_activity_that_stays_as_it_is_keeps_its_version() {
    each_town("limits-details", |town| {
        for path in
            [format!("/v1/programmes/{}", town.programme), format!("/v1/activities/{}", town.activity)]
        {
            let shown = town.app.get(&path, &town.admin);
            let mut details = shown.body.clone();
            let known = ["name", "brands", "category", "window", "place", "leader", "headcount"];
            details.as_object_mut().unwrap().retain(|name, _| known.contains(&name.as_str()));
            let change =
                |details: &Value| town.app.put(&path, &town.bureau_coordinator, "*", details.clone());
            let before = entries(town);
            let same = change(&details);
            assert_eq!(same.header("etag"), shown.header("etag"), "{}", same.text);
            assert_eq!(entries(town), before);
            details["name"] = json!("别的");
            assert_ne!(change(&details).header("etag"), shown.header("etag"));
            asked_twice(town, &path, || change(&details));
        }
    });
}

/// A connection from an address of this machine that stays open.
fn connect(address: SocketAddr, from: [u8; 4]) -> TcpStream {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().unwrap();
    let connected = runtime.block_on(async move {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind((Ipv4Addr::from(from), 0).into()).unwrap();
        socket.connect(address).await.unwrap().into_std().unwrap()
    });
    connected.set_nonblocking(false).unwrap();
    connected.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    connected
}

/// The status of a request on a connection that is kept; none where it was closed.
fn ask_on(mut stream: &TcpStream) -> Option<u16> {
    let _closed = stream.write_all(b"GET /v1/nothing HTTP/1.1\r\nHost: x\r\n\r\n");
    status_of(stream)
}

fn status_of(stream: &TcpStream) -> Option<u16> {
    let mut answer = BufReader::new(stream);
    let mut line = String::new();
    let mut length = 0;
    let mut status = None;
    loop {
        line.clear();
        if answer.read_line(&mut line).unwrap_or_default() == 0 {
            return None;
        }
        if status.is_none() {
            status = line.split(' ').nth(1).map(|status| status.parse().unwrap());
        }
        if let Some(bytes) = line.to_lowercase().strip_prefix("content-length:") {
            length = bytes.trim().parse().unwrap();
        }
        if line == "\r\n" {
            answer.read_exact(&mut vec![0; length]).unwrap();
            return status;
        }
    }
}

const ONE: [u8; 4] = [127, 0, 0, 1];
const OTHER: [u8; 4] = [127, 0, 0, 2];

/// A service with an embedded ledger of its own.
fn replica(folder: &Directory, more: &[&str]) -> Replica {
    let data = folder.path().join("data");
    Replica::start(&[&["--data-dir", data.to_str().unwrap()], more].concat())
}

#[test]
fn who_keeps_thousands_of_connections_open_keeps_nobody_out() {
    let folder = Directory::new("limits-address");
    let replica = replica(&folder, &[]);
    let idle: Vec<TcpStream> = (0..4_200)
        .map(|_| {
            let stream = connect(replica.address, ONE);
            assert_eq!(ask_on(&stream), Some(404));
            stream
        })
        .collect();
    let other = connect(replica.address, OTHER);
    assert_eq!(ask_on(&other), Some(404));
    // Of one address 512 stay, the latest; or a few less, where somebody came while another was still being closed.
    let open = idle.iter().rev().take_while(|stream| ask_on(stream).is_some()).count();
    assert!((500..=512).contains(&open), "{open}");
    assert_eq!(ask_on(&other), Some(404));
    assert_eq!(ask_on(&connect(replica.address, ONE)), Some(404), "they are not kept out themselves");
}

#[test]
fn idle_connections_go_first_where_there_are_too_many() {
    let folder = Directory::new("limits-all");
    // One worker takes them in as they come.
    let limits = ["--workers", "1", "--connection-limit", "100", "--address-connection-limit", "0"];
    let replica = replica(&folder, &limits);
    // Who is sending is at work.
    let body = r#"{"login":"nobody","password":"nothing at all"}"#;
    let mut at_work = connect(replica.address, OTHER);
    let head = format!(
        "POST /v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    at_work.write_all(head.as_bytes()).unwrap();
    at_work.write_all(&body.as_bytes()[..10]).unwrap();
    let first = connect(replica.address, OTHER);
    assert_eq!(ask_on(&first), Some(404));
    let silent: Vec<TcpStream> = (0..60).map(|_| connect(replica.address, ONE)).collect();
    let idle: Vec<TcpStream> = (0..60)
        .map(|_| {
            let stream = connect(replica.address, ONE);
            assert_eq!(ask_on(&stream), Some(404));
            stream
        })
        .collect();
    assert_eq!(ask_on(&first), None, "it was idle longest");
    assert_eq!(ask_on(&silent[0]), None);
    assert!(idle.iter().all(|stream| ask_on(stream) == Some(404)));
    at_work.write_all(&body.as_bytes()[10..]).unwrap();
    assert_eq!(status_of(&at_work), Some(401));
}

#[test]
fn what_operations_ask_can_have_a_listener_of_its_own() {
    let folder = Directory::new("limits-admin");
    let asked = ["/livez", "/readyz", "/metrics"];
    let alone = replica(&folder, &[]);
    assert!(asked.iter().all(|path| alone.get(path, "").status == 200));
    drop(alone);
    // A port that was free a moment ago.
    let admin = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap();
    let replica = replica(&folder, &["--admin-listen", &admin.to_string()]);
    let operations = Client::of(admin);
    for path in asked {
        let answer = operations.get(path, "");
        assert_eq!((answer.status, answer.header("cache-control")), (200, "no-store"), "{path}");
        replica.get(path, "").refused(404, "route_not_found");
        assert_eq!(replica.call("HEAD", path).send().status, 404);
        assert_eq!(operations.call("HEAD", path).send().status, 200);
    }
    operations.get("/v1/units", "").refused(404, "route_not_found");
    operations.get("/docs/", "").refused(404, "route_not_found");
    assert!(operations.get("/metrics", "").text.contains("hourbook_"));
    let (status, log) = replica.stop();
    assert_eq!(status.code(), Some(0), "{log}");
    assert!(TcpStream::connect(admin).is_err(), "it ends with the service");
}
