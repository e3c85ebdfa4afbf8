//! A stand-in of WeChat on this machine, which speaks the contract of the calls that we make: for the demo and the tests,
//! never within `serve`.
//!
//! What it answers follows from the codes that it is shown. Each is good once; behind a dot stands whatever makes it
//! another one:
//!
//! | code | answer |
//! |---|---|
//! | `ok-OPENID`, `ok-OPENID.2` | this openid |
//! | `phone-13800138000`, `phone-+85212345678` | this mobile |
//! | `used` | 40163, as a code that was used |
//! | `blocked`, `often`, `busy` | 40226, 45011, -1 |
//! | `slow` | none, until the patience of who asks is over |
//! | `html`, `empty`, `cut`, `fault`, `anonymous` | HTML; nothing; half of one; HTTP 500; one without an openid |
//! | `appid` | a mobile that was vouched for to another app |
//! | any other | 40029 |
//!
//! - [`wire`]: HTTP, as much of it as a client of ours speaks.
//! - [`templates`]: which values the fields of a subscribe message take.

mod answers;
pub mod templates;
mod wire;

use super::apps::{ApiUrl, App, AppKind, NotAnApiUrl};
use crate::domain::binding::AppId;
use answers::answer;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

/// A message that was sent, as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentMessage {
    pub to: String,
    pub template: String,
    pub page: Option<String>,
    pub fields: Vec<(String, String)>,
}

/// WeChat as far as this machine is concerned; it goes when it is dropped.
pub struct StandIn {
    address: SocketAddr,
    shared: Arc<Shared>,
    listener: Option<JoinHandle<()>>,
}

/// What its threads share.
struct Shared {
    is_over: AtomicBool,
    memory: Mutex<Memory>,
}

/// What it knows.
#[derive(Default)]
struct Memory {
    apps: HashMap<String, KnownApp>,
    used_codes: HashSet<String>,
    /// The names of the fields of each template.
    templates: HashMap<String, Vec<String>>,
    /// How many messages of a template somebody accepted.
    accepted: HashMap<(String, String), u32>,
    sent: Vec<SentMessage>,
}

struct KnownApp {
    kind: AppKind,
    secret: String,
    /// How often a token was asked for.
    token_calls: usize,
    /// Which of its tokens is good.
    token_number: usize,
}

impl KnownApp {
    fn token(&self, app: &str) -> String {
        format!("token-{}-of-{app}", self.token_number)
    }
}

impl StandIn {
    /// Starts one that knows these apps, on a port of its own.
    ///
    /// # Errors
    ///
    /// Where no port or thread is to be had.
    pub fn start(apps: &[App]) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let known = |app: &App| {
            let secret = app.secret.expose().to_owned();
            let known = KnownApp { kind: app.kind, secret, token_calls: 0, token_number: 1 };
            (app.id.as_str().to_owned(), known)
        };
        let memory = Memory { apps: apps.iter().map(known).collect(), ..Memory::default() };
        let shared = Arc::new(Shared { is_over: AtomicBool::new(false), memory: Mutex::new(memory) });
        let serving = shared.clone();
        let thread = std::thread::Builder::new().name("wechat-stand-in".to_owned());
        let listener = Some(thread.spawn(move || serve(&listener, &serving))?);
        Ok(Self { address, shared, listener })
    }

    /// Where it is.
    ///
    /// # Errors
    ///
    /// Never, as long as its address is of this machine.
    pub fn url(&self) -> Result<ApiUrl, NotAnApiUrl> {
        format!("http://{}", self.address).parse()
    }

    /// How often an access token was asked for by an app.
    #[must_use]
    pub fn token_calls(&self, app: &AppId) -> usize {
        self.shared.lock().apps.get(app.as_str()).map_or(0, |app| app.token_calls)
    }

    /// From now on the tokens that it gave an app are good no more.
    pub fn end_tokens(&self, app: &AppId) {
        if let Some(app) = self.shared.lock().apps.get_mut(app.as_str()) {
            app.token_number += 1;
        }
    }

    /// Has a template with these fields, such as `thing1` and `time2`.
    pub fn add_template(&self, template: &str, fields: &[&str]) {
        let fields = fields.iter().map(|field| (*field).to_owned()).collect();
        self.shared.lock().templates.insert(template.to_owned(), fields);
    }

    /// Somebody accepts one message of a template.
    pub fn accept(&self, openid: &str, template: &str) {
        *self.shared.lock().accepted.entry((openid.to_owned(), template.to_owned())).or_default() += 1;
    }

    /// The messages that were sent, in order.
    #[must_use]
    pub fn sent(&self) -> Vec<SentMessage> {
        self.shared.lock().sent.clone()
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_over(&self) -> bool {
        self.is_over.load(Ordering::Relaxed)
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.shared.is_over.store(true, Ordering::Relaxed);
        // It waits for somebody to come.
        let _woken = TcpStream::connect(self.address);
        if let Some(listener) = self.listener.take() {
            let _ended = listener.join();
        }
    }
}

impl fmt::Debug for StandIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StandIn").field("address", &self.address).finish_non_exhaustive()
    }
}

/// A thread for each request: one that is slow holds up no other.
fn serve(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        if shared.is_over() {
            return;
        }
        let Ok(stream) = stream else { continue };
        let shared = shared.clone();
        let thread = std::thread::Builder::new().name("wechat-stand-in-request".to_owned());
        let _served = thread.spawn(move || serve_one(&stream, &shared));
    }
}

fn serve_one(stream: &TcpStream, shared: &Shared) {
    let Some(request) = wire::read(stream) else { return };
    let answer = answer(shared, &request);
    // Who asked may have gone away.
    let _sent = wire::write(stream, answer, || shared.is_over());
}
