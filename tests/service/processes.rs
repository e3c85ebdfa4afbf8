//! The real program: how it starts, what it refuses to start on, and how it ends.

use crate::support::clock::within_a_while;
use crate::support::database::{Database, Directory};
use crate::support::http::{App, id};
use crate::support::postgres;
use crate::support::process::{Ended, Replica, Secrets, run};
use crate::support::town::Town;
use hourbook::store::{Db, DbUrl};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

fn text(folder: &Directory) -> String {
    folder.path().display().to_string()
}

/// Demands that the program refused to work, and said why.
#[track_caller]
fn assert_refused(ended: &Ended, words: &[&str]) {
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.stderr.starts_with("hourbook: "), "{ended:?}");
    for word in words {
        assert!(ended.stderr.contains(word), "{word}: {ended:?}");
    }
    assert!(!ended.stderr.contains("panicked"), "{ended:?}");
}

/// The token of the first admin.
fn first_admin(data: &str) -> String {
    first_admin_with(data, &[])
}

/// The token of the first admin, where the ledger's keys are named.
fn first_admin_with(data: &str, keys: &[&str]) -> String {
    let fixed = ["token", "--data-dir", data, "--login", "root", "--create-admin"];
    let ended = run(&[&fixed[..], keys].concat());
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.stderr.contains("nobody knows who this admin is"), "{ended:?}");
    ended.stdout.trim().to_owned()
}

fn unit(code: &str) -> Value {
    json!({ "code": code, "name": "平顶山市教育体育局", "kind": "bureau" })
}

#[test]
fn the_embedded_default_starts_from_nothing_serves_and_ends() {
    let folder = Directory::new("embedded");
    let data = text(&folder);
    let admin = first_admin(&data);
    let replica = Replica::start(&["--data-dir", &data]);
    let made = replica.post("/v1/units", &admin, unit("BUREAU")).created();
    assert_eq!(replica.get("/readyz", "").ok(), json!({ "status": "ok" }));

    let (status, log) = replica.stop();
    assert_eq!(status.code(), Some(0), "{log}");
    let replica = Replica::start(&["--data-dir", &data]);
    let shown = replica.get(&format!("/v1/units/{}", id(&made)), &admin).ok();
    assert_eq!(shown["code"], "BUREAU");
    drop(replica);
    let verified = run(&["verify", "--data-dir", &data]);
    assert_eq!(verified.code, Some(0), "{verified:?}");
}

#[test]
fn one_process_writes_to_a_sqlite_file() {
    let folder = Directory::new("one-process");
    let data = text(&folder);
    let admin = first_admin(&data);
    let replica = Replica::start(&["--data-dir", &data]);
    let second = run(&["serve", "--data-dir", &data, "--listen", "127.0.0.1:0"]);
    assert_refused(&second, &["hourbook.db", "held by another hourbook process"]);
    // The first goes on, and what makes one entry may come beside it.
    replica.post("/v1/units", &admin, unit("BUREAU")).created();
    let token = run(&["token", "--data-dir", &data, "--login", "root"]);
    assert_eq!(token.code, Some(0), "{token:?}");
    let token = token.stdout.trim();
    replica.get("/v1/units", token).ok();
    let operator = |arguments: &[&str]| {
        let ended = run(&[&["operator", "--data-dir", &data], arguments].concat());
        assert_eq!(ended.code, Some(0), "{ended:?}");
        ended.stdout
    };
    let listed = operator(&["list"]);
    assert!(listed.starts_with("root\tadmin\tactive\t"), "{listed}");
    // The one admin sets a password with a code from the machine; what was before is good no more.
    let code = operator(&["reset-password", "root"]).lines().next().unwrap().to_owned();
    replica.get("/v1/units", token).refused(401, "token_ended");
    let set = json!({ "login": "root", "code": code, "new_password": "vier Weiden am See" });
    let tokens = replica.post("/v1/auth/password", "", set).ok();
    let admin = tokens["access_token"].as_str().unwrap();
    replica.post("/v1/units", admin, unit("BUREAU-2")).created();
    operator(&["disable", "root"]);
    replica.get("/v1/units", admin).refused(403, "actor_disabled");
    let code = operator(&["enable", "root"]).lines().next().unwrap().to_owned();
    let set = json!({ "login": "root", "code": code, "new_password": "fuenf Weiden am See" });
    let tokens = replica.post("/v1/auth/password", "", set).ok();
    let admin = tokens["access_token"].as_str().unwrap().to_owned();
    operator(&["end-tokens", "root"]);
    replica.get("/v1/units", &admin).refused(401, "token_ended");
    let admin = run(&["token", "--data-dir", &data, "--login", "root"]).stdout.trim().to_owned();
    // Each is an entry, marked as the command line's with the machine's user.
    let journal = replica.get("/v1/journal/entries?limit=50", &admin).ok();
    for kind in ["token_issued", "password_reset", "operator_disabled", "operator_enabled", "tokens_ended"] {
        let mut entries = journal["items"].as_array().unwrap().iter();
        let entry =
            entries.find(|entry| entry["event"]["kind"] == kind).unwrap_or_else(|| panic!("no {kind}"));
        assert_eq!(entry["origin"]["channel"], "command_line", "{entry}");
        assert!(entry["origin"]["user"].is_string(), "{entry}");
    }
    assert_eq!(replica.stop().0.code(), Some(0));
    Replica::start(&["--data-dir", &data]).get("/v1/units", &admin).ok();
}

#[test]
fn postgresql_without_secrets_is_refused_and_none_are_made_up() {
    let database = Database::postgres("no-secrets");
    let DbUrl::Postgres(url) = database.url() else { panic!("not PostgreSQL") };
    let folder = Directory::new("no-secrets");
    let data = text(&folder);
    let ended = run(&["serve", "--database-url", url, "--data-dir", &data, "--listen", "127.0.0.1:0"]);
    assert_refused(&ended, &["secrets are not made up", "HOURBOOK_TOKEN_KEY"]);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "something was made");
}

#[test]
fn postgresql_is_migrated_by_a_command_and_not_by_the_way() {
    let server = postgres::server();
    let database = server.fresh_database("unmigrated");
    let url: DbUrl = database.parse().unwrap();
    Db::open(&url).unwrap().batch("DROP SCHEMA public CASCADE; CREATE SCHEMA public").unwrap();
    let folder = Directory::new("unmigrated");
    let data = text(&folder);
    let secrets = Secrets::new();
    let place = ["--database-url", &database, "--data-dir", &data];
    let options = secrets.options();
    let options: Vec<&str> = place.into_iter().chain(options.iter().map(String::as_str)).collect();

    let serve = [&["serve", "--listen", "127.0.0.1:0"], &options[..]].concat();
    assert_refused(&run(&serve), &["migrate"]);
    for _ in 0..2 {
        let migrated = run(&[&["migrate"], &place[..]].concat());
        assert_eq!(migrated.code, Some(0), "{migrated:?}");
    }
    Replica::start(&options).get("/readyz", "").ok();
}

#[test]
fn what_cannot_be_used_is_refused_in_words() {
    let folder = Directory::new("refused");
    let data = text(&folder);
    first_admin(&data);
    let serve = |more: &[&str]| run(&[&["serve", "--data-dir", &data], more].concat());

    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    assert_refused(&serve(&["--listen", &address]), &[&address]);
    // The demo says so before it builds a city.
    let city = folder.path().join("city");
    let demo = run(&["demo", "--data-dir", &city.display().to_string(), "--listen", &address]);
    assert_refused(&demo, &[&address]);
    assert!(!city.exists(), "something was built");

    let garbage = folder.path().join("garbage.pem");
    std::fs::write(&garbage, "a secret that nobody should read in a log").unwrap();
    let garbage = garbage.display().to_string();
    for option in ["--token-key-file", "--encryption-key-file", "--blind-index-key-file"] {
        let ended = serve(&[option, &garbage, "--listen", "127.0.0.1:0"]);
        assert_refused(&ended, &["garbage.pem"]);
        assert!(!ended.stderr.contains("nobody should read"), "{ended:?}");
        let ended = serve(&[option, "/nowhere/key", "--listen", "127.0.0.1:0"]);
        assert_refused(&ended, &["/nowhere/key"]);
    }
    let nobody = "postgres://user:hunter2@127.0.0.1:1/none";
    let ended = run(&["migrate", "--data-dir", &data, "--database-url", nobody]);
    assert_refused(&ended, &[]);
    assert!(!ended.stderr.contains("hunter2"), "a password is told: {ended:?}");
    for wrong in [
        &["serve", "--database-url", "mysql://x"][..],
        &["serve", "--listen", "nowhere"],
        &["serve", "--colour", "red"],
        &["token", "--login", ""],
        &["frobnicate"],
    ] {
        let ended = run(wrong);
        assert_eq!(ended.code, Some(2), "{wrong:?}: {ended:?}");
        assert!(!ended.stderr.is_empty() && !ended.stderr.contains("panicked"), "{wrong:?}: {ended:?}");
    }
}

/// Opens units until the service hangs up; the codes of those that it said it had opened.
fn open_units(
    address: SocketAddr,
    admin: &str,
    client: usize,
    is_over: &AtomicBool,
    opened_by_all: &AtomicUsize,
) -> Vec<String> {
    let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
    let mut opened = Vec::new();
    for number in 0.. {
        let code = format!("C{client}-{number}");
        let request = agent
            .post(format!("http://{}/v1/units", address))
            .header("Authorization", format!("Bearer {admin}"))
            .send_json(unit(&code));
        match request {
            Ok(answer) if answer.status() == 201 => {
                opened.push(code);
                opened_by_all.fetch_add(1, Ordering::SeqCst);
            }
            Ok(answer) => assert_eq!(answer.status(), 503, "{code}"),
            Err(_) if is_over.load(Ordering::SeqCst) => break,
            Err(error) => panic!("{code}: {error}"),
        }
    }
    opened
}

/// Ends a service that is hard at work: whatever it said it had opened is there afterwards.
fn end_at_work(label: &str, end: impl FnOnce(&mut Replica)) {
    let folder = Directory::new(label);
    let data = text(&folder);
    let admin = first_admin(&data);
    let mut replica = Replica::start(&["--data-dir", &data]);
    let address = replica.address;
    let (is_over, opened_by_all) = (AtomicBool::new(false), AtomicUsize::new(0));
    let opened: Vec<String> = thread::scope(|scope| {
        let (admin, is_over, opened) = (&admin, &is_over, &opened_by_all);
        let work = |client| move || open_units(address, admin, client, is_over, opened);
        let clients: Vec<_> = (0..8).map(|client| scope.spawn(work(client))).collect();
        within_a_while("little is opened", || opened.load(Ordering::SeqCst) > 50);
        is_over.store(true, Ordering::SeqCst);
        end(&mut replica);
        clients.into_iter().flat_map(|client| client.join().unwrap()).collect()
    });
    let replica = Replica::start(&["--data-dir", &data]);
    let there = replica.all_pages("/v1/units", &admin, 200);
    let there: BTreeSet<&str> = there.iter().map(|unit| unit["code"].as_str().unwrap()).collect();
    let lost: Vec<&String> = opened.iter().filter(|code| !there.contains(code.as_str())).collect();
    assert!(lost.is_empty(), "answered and lost: {lost:?}");
    println!("{label}: {} units opened, {} there", opened.len(), there.len());
    drop(replica);
    let verified = run(&["verify", "--data-dir", &data]);
    assert_eq!(verified.code, Some(0), "{verified:?}");
}

#[test]
fn told_to_stop_it_answers_what_it_has_taken_and_ends_well() {
    end_at_work("sigterm", |replica| {
        replica.terminate();
        let (status, log) = replica.ended();
        assert_eq!(status.code(), Some(0), "{log}");
    });
}

#[test]
fn killed_at_work_it_has_kept_whatever_it_answered() {
    end_at_work("sigkill", Replica::kill);
}

#[test]
fn the_log_holds_nothing_of_persons_and_no_secret() {
    let database = Database::sqlite("log");
    let app = App::start(database.url());
    let town = Town::found(&app);
    let volunteer = town.volunteer();
    let registration = town.registration(&town.school);
    let (url, admin) = (database.url().clone(), town.admin.clone());
    let school = town.school.clone();
    let login = json!({ "login": "nobody-in-particular", "password": "hunter2hunter2" });
    let particulars = json!({ "login": "zhao-in-particular", "password": "correct horse 电池" });
    let (zhao, _) = town.operator_with("coordinator", &town.school, particulars);
    drop(town);
    drop(app);

    let secrets = Secrets::new();
    let replica = Replica::on(&url, &secrets);
    replica.post("/v1/volunteers", &admin, registration.clone()).created();
    let mobile = registration["mobile"].as_str().unwrap();
    let found = replica.get(&format!("/v1/volunteers?mobile={mobile}&unit={school}"), &admin).ok();
    assert_eq!(found["items"].as_array().unwrap().len(), 1);
    replica.get(&format!("/v1/volunteers/{}", volunteer.id), &volunteer.token).ok();
    replica.call("POST", "/v1/auth/login").json(login).send().refused(401, "login_failed");
    let guess = json!({ "login": "zhao-in-particular", "password": "hunter2hunter2" });
    for _ in 0..5 {
        replica.call("POST", "/v1/auth/login").json(guess.clone()).send().refused(401, "login_failed");
    }
    for _ in 0..3 {
        let refused = replica.call("POST", "/v1/auth/login").json(guess.clone()).send();
        assert!([401, 429].contains(&refused.status), "{}", refused.text);
    }
    replica.post("/v1/volunteers", &admin, registration.clone()).refused(409, "identity_taken");
    let (status, log) = replica.stop();
    assert_eq!(status.code(), Some(0), "{log}");
    let number = registration["document"]["number"].as_str().unwrap();
    let name = registration["name"].as_str().unwrap();
    assert!(log.lines().filter(|line| line.contains("answered")).count() >= 5, "{log}");
    let failed = |operator: &str, outcome: &str| {
        let of = |line: &&str| {
            let line: Value = serde_json::from_str(line).unwrap();
            let fields = &line["fields"];
            fields["message"] == "a log-in failed"
                && line["level"] == "WARN"
                && fields["address"] == "127.0.0.1"
                && fields["operator"] == operator
                && fields["outcome"] == outcome
        };
        log.lines().filter(of).count()
    };
    assert_eq!(failed("unknown", "unknown_login"), 1, "{log}");
    assert!(failed(&zhao, "wrong") >= 5, "{log}");
    // However many there are, the log says once after each failure that nothing is looked at.
    let too_many = failed("unknown", "too_many");
    assert!((1..=3).contains(&too_many), "{log}");
    for secret in [
        mobile,
        number,
        name,
        &volunteer.id,
        &admin,
        &volunteer.token,
        "nobody-in-particular",
        "zhao-in-particular",
        "hunter2",
    ] {
        assert!(!log.contains(secret), "the log tells of {secret}");
    }
}

/// A client's mistake is no error of the service: at `warn`, which is the default, nothing is told of it.
#[test]
fn what_is_no_request_is_no_error_of_the_service() {
    let folder = Directory::new("no-request");
    let replica = Replica::start(&["--data-dir", &text(&folder)]);
    for bytes in [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"[..],
        "GET /v1/units?q=张三 HTTP/1.1\r\nHost: x\r\n\r\n".as_bytes(),
        b"GET / HTTP/9.9\r\n\r\n",
        b"NO\r\n\r\n",
        b"GET / HTTP/1.1\r\nContent-Length: many\r\n\r\n",
    ] {
        let answer = replica.wire(bytes);
        assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    }
    let (status, log) = replica.stop();
    assert_eq!(status.code(), Some(0), "{log}");
    assert!(!log.contains("ERROR"), "{log}");
}

#[test]
fn the_secrets_of_the_script_are_taken_and_the_journal_is_signed_by_itself() {
    let folder = Directory::new("script");
    let copy = folder.path().join("scripts");
    std::fs::create_dir(&copy).unwrap();
    let script = copy.join("make-secrets");
    std::fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/make-secrets"), &script).unwrap();
    let made = std::process::Command::new(&script).arg("hours.example.org/log").output().unwrap();
    assert!(made.status.success(), "{made:?}");
    let secret = |name: &str| folder.path().join("secrets").join(name).display().to_string();
    let data = text(&folder);
    let [encryption, blind_index] = [secret("encryption-key"), secret("blind-index-key")];
    let ledger_keys = ["--encryption-key-file", &encryption, "--blind-index-key-file", &blind_index];
    let [token, log, badge] = [secret("token-key"), secret("log-key"), secret("badge-key")];
    let signing = ["--token-key-file", &token, "--log-key-file", &log, "--badge-key-file", &badge];
    let keys = [&ledger_keys[..], &signing].concat();
    let admin = first_admin_with(&data, &keys);
    let place = ["--data-dir", &data, "--checkpoint-seconds", "1"];
    let replica = Replica::start(&[&place[..], &keys].concat());
    replica.get("/v1/units", &admin).ok();
    within_a_while("nothing is signed", || replica.get("/v1/journal/checkpoint", "").status == 200);
    let checkpoint = replica.get("/v1/journal/checkpoint", "").ok();
    assert_eq!((&checkpoint["origin"], &checkpoint["size"]), (&json!("hours.example.org/log"), &json!(2)));
    let public = run(&["log-key", "--public", "--data-dir", &data, "--log-key-file", &secret("log-key")]);
    assert_eq!(checkpoint["verifiers"], json!([public.stdout.trim()]));
    assert_eq!(replica.stop().0.code(), Some(0));
    let verified = run(&[&["verify", "--data-dir", &data], &ledger_keys[..]].concat());
    assert_eq!(verified.code, Some(0), "{verified:?}");
    assert!(verified.stdout.contains("2 seals of batches are good"), "{}", verified.stdout);
    assert!(verified.stdout.contains("1 signatures of checkpoints are good"), "{}", verified.stdout);
}
