//! The real service on a database, and a client that speaks to it as anybody else would.
//!
//! ```ignore
//! each_app("label", |app| {
//!     let admin = app.admin();
//!     let unit = app.post("/v1/units", &admin, json!({ "code": "A", .. })).created();
//!     app.get("/v1/units", "no token").refused(401, "token_invalid");
//! });
//! ```

use super::clock::{TestClock, timestamp};
use super::database::Directory;
use super::wechat::TestWechat;
use super::writer::{in_runtime, options, vault};
use super::{each_database, refusals};
use actix_web::dev::ServerHandle;
use flate2::read::GzDecoder;
use hourbook::api::certificate::fonts::Fonts;
use hourbook::api::certificate::settings::CertificateSettings;
use hourbook::api::downloads::Downloads;
use hourbook::api::guesses::{GUESSES_AN_HOUR, Guesses};
use hourbook::api::hashing::PasswordHasher;
use hourbook::api::limit::{ApplicationLimits, ChangeLimits, ChangeQuota, Limiter};
use hourbook::api::log_ins::LogIns;
use hourbook::api::metrics::Metrics;
use hourbook::api::server::{self, ServerOptions};
use hourbook::api::session_terms::SessionTerms;
use hourbook::api::{AppState, State};
use hourbook::auth::{BadgeKeys, Grant, Issuer, PasswordCost, Passwords, Realm, TokenKeys, Verifier};
use hourbook::domain::Command;
use hourbook::domain::actor::{Actor, Role};
use hourbook::domain::ids::{Seq, UnitId};
use hourbook::domain::operator::{CreateOperator, Login};
use hourbook::domain::rules::Rules;
use hourbook::engine::{
    EndedSessions, Engine, Ledger, Request, Seal, SealError, WriterOptions, keep_sessions, sweep,
};
use hourbook::journal::{LogKeys, commit};
use hourbook::store::read::tokens;
use hourbook::store::verify::{Evidence, Report, verify};
use hourbook::store::{Db, DbUrl, Pool, session_file};
use serde_json::Value;
use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;
use ureq::http::{HeaderMap, HeaderName, HeaderValue};

/// What time it is when a service starts: a Friday, noon on the city's clock.
pub const NOON: &str = "2026-11-20T12:00:00+08:00";

/// Tokens are good whatever clock a test sets, and on the machine's.
const TOKENS_FROM: &str = "2020-01-01T00:00:00Z";
const TOKEN_SECONDS: u32 = 50 * 366 * 24 * 3600;
/// A request that takes longer has failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs a case on a service on SQLite, and on one on PostgreSQL.
pub fn each_app(label: &str, case: impl Fn(&App)) {
    each_database(label, |url| case(&App::start(&url)));
}

/// A running service of its own port; stopped when it is dropped. It reads as a client of itself.
pub struct App {
    client: Client,
    pub clock: Arc<TestClock>,
    pub url: DbUrl,
    readers: Pool,
    sessions: Pool,
    ended_sessions: Arc<EndedSessions>,
    pub wechat: Arc<TestWechat>,
    running: Option<Running>,
}

/// What a service of a test goes by.
pub struct AppSettings {
    pub clock: Arc<TestClock>,
    pub options: WriterOptions,
    pub certificates: CertificateSettings,
    pub rules: Rules,
    /// How many changes a volunteer may ask for.
    pub volunteer_changes: ChangeQuota,
    /// Who vouches for people of WeChat.
    pub wechat: Arc<TestWechat>,
    /// Whether everybody sees what recruits.
    pub has_public_opportunities: bool,
}

impl Default for AppSettings {
    fn default() -> Self {
        Self {
            clock: Arc::new(TestClock::at(NOON)),
            options: options(),
            certificates: certificate_settings(),
            rules: Rules::default(),
            volunteer_changes: ChangeQuota::UNLIMITED,
            wechat: Arc::new(TestWechat::start()),
            has_public_opportunities: true,
        }
    }
}

/// A client of whatever serves at an address.
pub struct Client {
    pub address: SocketAddr,
    agent: ureq::Agent,
}

/// What has to end in order.
struct Running {
    handle: ServerHandle,
    server: JoinHandle<()>,
    ledger: Ledger,
    engine: Engine,
}

impl App {
    /// A service on a migrated database, at [`NOON`].
    pub fn start(url: &DbUrl) -> Self {
        Self::start_as(url, AppSettings::default())
    }

    /// A service that looks at this clock. Several on one PostgreSQL database are replicas.
    pub fn start_with(url: &DbUrl, clock: &Arc<TestClock>, options: &WriterOptions) -> Self {
        let (clock, options) = (clock.clone(), options.clone());
        Self::start_as(url, AppSettings { clock, options, ..AppSettings::default() })
    }

    /// A service with settings of its own.
    pub fn start_as(url: &DbUrl, settings: AppSettings) -> Self {
        let AppSettings {
            clock,
            options,
            certificates,
            rules,
            volunteer_changes,
            wechat,
            has_public_opportunities,
        } = settings;
        let (engine, ledger) = Engine::start(url, rules.clone(), vault(), clock.clone(), &options).unwrap();
        let readers = Pool::new(url, 8).unwrap();
        let (sessions, ended_sessions) = (session_file::open(url).unwrap(), Arc::<EndedSessions>::default());
        let state = State::new(AppState {
            ledger: ledger.clone(),
            readers: readers.clone(),
            sessions: sessions.clone(),
            ended_sessions: ended_sessions.clone(),
            session_terms: SessionTerms::default(),
            verifier: Verifier::new(token_keys(), &realm()),
            issuer: issuer(),
            token_keys: token_keys(),
            log_keys: log_keys(),
            hashing: PasswordHasher::new(Passwords::new(PasswordCost::Cheap).unwrap()),
            vault: vault(),
            certificates,
            look_ups: Limiter::for_look_ups(clock.clone()),
            log_ins: LogIns::new(clock.clone()),
            wechat: wechat.client(clock.clone()),
            has_public_opportunities,
            sign_ins: Limiter::for_sign_ins(clock.clone()),
            applications: ApplicationLimits::new(clock.clone()),
            changes: ChangeLimits::new(volunteer_changes, ChangeQuota::UNLIMITED, clock.clone()),
            guesses: Guesses::new(GUESSES_AN_HOUR, clock.clone()),
            allowed_origins: ["https://volunteers.example".parse().expect("an origin")].into(),
            rules,
            clock: clock.clone(),
            metrics: Metrics::new(ledger.clone()),
            downloads: Downloads::default(),
            is_administered_apart: false,
        });
        let listener = server::listen((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
        let address = listener.local_addr().unwrap();
        let (started, handle) = mpsc::channel();
        let server = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let options = ServerOptions { workers: 2, shutdown_seconds: 1, ..ServerOptions::default() };
                let server = server::serve(state, listener, &options).unwrap();
                started.send(server.handle()).unwrap();
                server.await.unwrap();
            });
        });
        let running = Some(Running { handle: handle.recv().unwrap(), server, ledger, engine });
        let client = Client::of(address);
        Self { client, clock, url: url.clone(), readers, sessions, ended_sessions, wechat, running }
    }

    /// The token of an admin: the first operator, as `hourbook token --create-admin` appoints one.
    pub fn admin(&self) -> String {
        let login = Login { login: "admin".parse().unwrap(), name: "系统管理员".parse().unwrap() };
        let login = commit(login, [7; 16]).unwrap();
        let (role, unit, volunteer) = (Role::Admin, None, None);
        let create = CreateOperator { login, password_hash: None, role, unit, volunteer, identity: None };
        let request = Request::of_system(Command::CreateOperator(create));
        let answer = self.ledger().submit_blocking(request).unwrap();
        let answer = serde_json::to_value(answer).unwrap();
        self.operator_token(answer["single"]["outcome"]["id"].as_str().unwrap(), "admin", None)
    }

    /// An access token of an operator.
    pub fn operator_token(&self, operator: &str, role: &str, unit: Option<&str>) -> String {
        self.lasting_token(Actor::Operator(operator.parse().unwrap()), role.parse().unwrap(), unit)
    }

    /// An access token of a volunteer.
    pub fn volunteer_token(&self, volunteer: &str) -> String {
        self.lasting_token(Actor::Volunteer(volunteer.parse().unwrap()), Role::Volunteer, None)
    }

    fn lasting_token(&self, actor: Actor, role: Role, unit: Option<&str>) -> String {
        let unit = unit.map(|unit| unit.parse().unwrap());
        let valid_from = self.readers.read(|db| tokens::valid_from(db, actor)).unwrap();
        let grant = Grant { valid_from, ..grant(actor, role, unit) };
        issuer().issue(grant, timestamp(TOKENS_FROM), TOKEN_SECONDS).unwrap()
    }

    /// An access token that is good from now on.
    pub fn token(&self, actor: Actor, role: Role, unit: Option<&str>, ttl_seconds: u32) -> String {
        let unit = unit.map(|unit| unit.parse().unwrap());
        issuer().issue(grant(actor, role, unit), self.now(), ttl_seconds).unwrap()
    }

    /// The way in beside HTTP.
    pub fn ledger(&self) -> &Ledger {
        &self.running.as_ref().unwrap().ledger
    }

    /// Whether the service has come to its end by itself.
    pub fn has_stopped(&self) -> bool {
        self.running.as_ref().unwrap().server.is_finished()
    }

    /// What time the service thinks it is.
    pub fn now(&self) -> hourbook::domain::time::Timestamp {
        hourbook::engine::Clock::now(self.clock.as_ref())
    }

    /// Expires what is due; how many changes that made.
    pub fn sweep(&self) -> usize {
        sweep(&self.readers, self.ledger(), self.clock.as_ref()).unwrap()
    }

    /// Forgets sessions that are over, and hears of those that another replica has ended; how many it forgot.
    pub fn keep_sessions(&self) -> usize {
        keep_sessions(&self.sessions, &self.ended_sessions, self.clock.as_ref()).unwrap()
    }

    /// Where sessions are kept.
    pub fn db_of_sessions(&self) -> Db {
        Db::open(self.url.of_sessions().as_ref().unwrap_or(&self.url)).unwrap()
    }

    /// Signs the journal's tree, going on from what `memory` holds; whether it had grown.
    pub fn seal(&self, memory: &Directory) -> Result<bool, SealError> {
        let mut seal = Seal::new(log_keys(), vault(), memory.path().join("log-checkpoint"))?;
        seal.seal(&Pool::writing(&self.url).unwrap(), self.clock.as_ref())
    }

    /// A connection past the service, to look at its tables or to tamper with them.
    pub fn db(&self) -> Db {
        Db::open(&self.url).unwrap()
    }

    /// What `hourbook verify` finds.
    pub fn verify(&self) -> Report {
        let scratch = Directory::new("verify");
        let (keys, vault) = (log_keys().verifiers(), vault());
        let evidence = Evidence { keys: &keys, vault: Some(&vault), kept: &[] };
        verify(&mut self.db(), &Rules::default(), evidence, scratch.path(), |_, _| {}).unwrap()
    }

    /// Demands that everything derived follows from the journal.
    pub fn assert_verified(&self) {
        let report = self.verify();
        assert_eq!((report.differences, &report.named), (0, &vec![]));
        assert!(report.entries > 0 && report.rows > 0, "nothing was compared");
    }
}

impl Deref for App {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl Client {
    /// A client of the service at an address.
    pub fn of(address: SocketAddr) -> Self {
        Self { address, agent: agent() }
    }

    /// Asks for something.
    pub fn get(&self, path: &str, token: &str) -> Answer {
        self.call("GET", path).token(token).send()
    }

    /// Has something done.
    pub fn post(&self, path: &str, token: &str, body: Value) -> Answer {
        self.call("POST", path).token(token).json(body).send()
    }

    /// Has something replaced that was read in this version, or in any: `*`.
    pub fn put(&self, path: &str, token: &str, version: &str, body: Value) -> Answer {
        self.call("PUT", path).token(token).header("If-Match", version).json(body).send()
    }

    /// A request to be made up piece by piece. What of the path is not ASCII is percent-encoded.
    pub fn call(&self, method: &str, path: &str) -> Call<'_> {
        let encode =
            |byte: u8| if byte.is_ascii() { char::from(byte).to_string() } else { format!("%{byte:02X}") };
        let uri = format!("http://{}{}", self.address, path.bytes().map(encode).collect::<String>());
        Call {
            agent: &self.agent,
            method: method.to_owned(),
            uri,
            headers: HeaderMap::new(),
            body: Vec::new(),
        }
    }

    /// Writes bytes to a connection of their own, and reads what comes until the service hangs up,
    /// which it may do before it has heard all.
    pub fn wire(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let _unheard = stream.write_all(bytes);
        let mut answer = Vec::new();
        if let Err(error) = stream.read_to_end(&mut answer) {
            assert_eq!(error.kind(), ErrorKind::ConnectionReset, "{error}");
        }
        let answer = String::from_utf8_lossy(&answer).into_owned();
        answer.lines().flat_map(serde_json::from_str).for_each(|body| refusals::saw(&body));
        answer
    }

    /// The items of all pages of a list, `limit` at a time; `path` may have a query.
    pub fn all_pages(&self, path: &str, token: &str, limit: usize) -> Vec<Value> {
        let join = if path.contains('?') { '&' } else { '?' };
        let first = format!("{path}{join}limit={limit}");
        let mut items = Vec::new();
        let mut next = first.clone();
        loop {
            let mut page = self.get(&next, token).ok();
            let Value::Array(more) = page["items"].take() else { panic!("no items: {page}") };
            assert!(more.len() <= limit, "{next}: {} items", more.len());
            items.extend(more);
            match page["next"].as_str() {
                Some(cursor) => next = format!("{first}&cursor={cursor}"),
                None => return items,
            }
        }
    }
}

impl Drop for App {
    /// As the command line does it: the server first, then the writer, once no one holds the ledger.
    fn drop(&mut self) {
        let Some(Running { handle, server, ledger, engine }) = self.running.take() else { return };
        in_runtime(handle.stop(false));
        if server.join().is_err() {
            eprintln!("the server ended in a panic");
        }
        drop(ledger);
        engine.join();
    }
}

/// Where certificates of tests say that they are looked up.
pub const PUBLIC_URL: &str = "https://hours.example";

/// The fonts of tests, in turn, see `./test`: of Chinese, and of the letters that it lacks.
const FONTS: [&str; 2] =
    ["/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"];

/// What certificates of tests need; it fails where a font is not installed.
pub fn certificate_settings() -> CertificateSettings {
    static SET: OnceLock<Arc<Fonts>> = OnceLock::new();
    let fonts = SET.get_or_init(|| {
        let there = |path: &PathBuf| {
            assert!(path.exists(), "{path:?} is missing: install fonts-wqy-microhei and fonts-dejavu-core")
        };
        Arc::new(Fonts::of_files(FONTS.map(PathBuf::from).into_iter().inspect(there).map(|path| (path, 0))))
    });
    CertificateSettings {
        public_url: PUBLIC_URL.parse().unwrap(),
        contact: Some("0375-2660000".parse().unwrap()),
        has_public_address: true,
        fonts: fonts.clone(),
        badge_keys: Some(BadgeKeys::from_pem(badge_pem()).unwrap()),
        trusted_proxy: None,
    }
}

/// The key that signs the certificates of this test process; finding its primes takes long, so that the
/// programs that tests start are given it, too.
pub fn badge_pem() -> &'static str {
    static PEM: OnceLock<String> = OnceLock::new();
    PEM.get_or_init(|| BadgeKeys::generate_pem().unwrap())
}

/// The keys of the tokens of this test process: replicas have them in common.
pub fn token_keys() -> Arc<TokenKeys> {
    static KEYS: OnceLock<Arc<TokenKeys>> = OnceLock::new();
    KEYS.get_or_init(|| Arc::new(TokenKeys::from_pem(token_pem()).unwrap())).clone()
}

/// The keys that sign the journals of this test process.
pub fn log_keys() -> Arc<LogKeys> {
    Arc::new(LogKeys::parse(&log_key_text()).unwrap())
}

/// The private key of [`log_keys`].
pub fn log_key_text() -> String {
    LogKeys::private_text("test.example.org/log", &[42; 32]).unwrap()
}

/// The private key of [`token_keys`], for who signs what no service would.
pub fn token_pem() -> &'static str {
    static PEM: OnceLock<String> = OnceLock::new();
    PEM.get_or_init(|| TokenKeys::generate_pem().unwrap())
}

/// Whose tokens the service takes.
pub fn realm() -> Realm {
    Realm { issuer: "hourbook".to_owned(), audience: "hourbook-api".to_owned() }
}

fn grant(actor: Actor, role: Role, unit: Option<UnitId>) -> Grant {
    Grant { actor, role, unit, valid_from: Seq::default(), session: None }
}

fn issuer() -> Issuer {
    Issuer::new(token_keys(), realm())
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .allow_non_standard_methods(true)
        .timeout_global(Some(PATIENCE))
        .build()
        .into()
}

/// A request that has not been sent yet.
#[must_use]
pub struct Call<'a> {
    agent: &'a ureq::Agent,
    method: String,
    uri: String,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Call<'_> {
    /// With an access token.
    pub fn token(self, token: &str) -> Self {
        self.header("Authorization", format!("Bearer {token}"))
    }

    /// With a name that makes it safe to repeat.
    pub fn key(self, idempotency_key: &str) -> Self {
        self.header("Idempotency-Key", idempotency_key)
    }

    /// With one more header, of any bytes that a header may have.
    pub fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        let name: HeaderName = name.parse().unwrap();
        self.headers.append(name, HeaderValue::from_bytes(value.as_ref()).unwrap());
        self
    }

    /// With a body of JSON.
    pub fn json(self, body: Value) -> Self {
        self.header("Content-Type", "application/json").bytes(Value::to_string(&body))
    }

    /// With a body of any bytes, and no content type but one that is given as a header.
    pub fn bytes(self, body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), ..self }
    }

    /// Sends it and waits for the answer, whatever its status.
    #[track_caller]
    pub fn send(self) -> Answer {
        let asked = format!("{} {}", self.method, self.uri);
        self.try_send().unwrap_or_else(|error| panic!("{asked}: {error}"))
    }

    /// Sends it and waits for the answer, which may not come where the service is being ended.
    pub fn try_send(self) -> Result<Answer, ureq::Error> {
        let mut request = ureq::http::Request::builder().method(self.method.as_str()).uri(&self.uri);
        *request.headers_mut().unwrap() = self.headers;
        let answer = if self.body.is_empty() && matches!(self.method.as_str(), "GET" | "HEAD" | "OPTIONS") {
            self.agent.run(request.body(()).unwrap())
        } else {
            self.agent.run(request.body(self.body).unwrap())
        };
        Answer::read(format!("{} {}", self.method, self.uri), answer?)
    }
}

/// What the service said.
#[derive(Debug)]
pub struct Answer {
    /// The method and address that were called.
    pub asked: String,
    pub status: u16,
    pub headers: HeaderMap,
    /// The body as JSON; null where it is something else.
    pub body: Value,
    /// The body as it came, what is no text of it marked; of a spreadsheet nothing.
    pub text: String,
    /// The body's bytes, unpacked where it came packed.
    pub bytes: Vec<u8>,
}

fn unpacked(packed: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    GzDecoder::new(packed).read_to_end(&mut bytes).unwrap();
    bytes
}

impl Answer {
    fn read(asked: String, mut answer: ureq::http::Response<ureq::Body>) -> Result<Self, ureq::Error> {
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let mut bytes = answer.body_mut().with_config().limit(1 << 30).read_to_vec()?;
        if headers.get("content-encoding").is_some_and(|encoding| encoding == "gzip") {
            bytes = unpacked(&bytes);
        }
        let kind = headers.get("content-type").map(|kind| kind.to_str().unwrap());
        let is_text = kind.is_none_or(|kind| !kind.contains("spreadsheetml"));
        let text = if is_text { String::from_utf8_lossy(&bytes).into_owned() } else { String::new() };
        let body = serde_json::from_str(&text).unwrap_or_default();
        if kind.is_some_and(|kind| kind == "application/problem+json") {
            refusals::saw(&body);
        }
        Ok(Self { asked, status, headers, body, text, bytes })
    }

    /// The body of an answer 201.
    #[track_caller]
    pub fn created(self) -> Value {
        self.expect(201)
    }

    /// The body of an answer 200.
    #[track_caller]
    pub fn ok(self) -> Value {
        self.expect(200)
    }

    /// The body of an answer with this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        self.body
    }

    /// The problem, which must have this status and code.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Value {
        let code_and_status = (self.body["code"].as_str(), self.status);
        assert_eq!(code_and_status, (Some(code), status), "{}", self.text);
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.body["status"], status);
        assert_eq!(self.body["type"], format!("urn:hourbook:problem:{code}"));
        self.body
    }

    /// A header, which must be there.
    #[track_caller]
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).unwrap_or_else(|| panic!("no {name}: {:?}", self.headers));
        value.to_str().unwrap()
    }
}

/// The id of a thing.
#[track_caller]
pub fn id(thing: &Value) -> String {
    thing["id"].as_str().unwrap_or_else(|| panic!("no id: {thing}")).to_owned()
}
