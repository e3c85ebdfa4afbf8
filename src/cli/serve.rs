//! `hourbook serve`

use super::certificates::CertificateOptions;
use super::config::DataOptions;
use super::secrets::SecretOptions;
use super::service::{Service, realm};
use super::wechat::WechatOptions;
use super::{CliResult, words};
use crate::api::connections::ConnectionLimits;
use crate::api::cross_origin::Origin;
use crate::api::downloads::Downloads;
use crate::api::guesses::{GUESSES_AN_HOUR, Guesses};
use crate::api::hashing::PasswordHasher;
use crate::api::limit::{ApplicationLimits, ChangeLimits, ChangeQuota, Limiter};
use crate::api::log_ins::LogIns;
use crate::api::metrics::Metrics;
use crate::api::server::{self, ServerOptions};
use crate::api::session_terms::SessionTerms;
use crate::api::{AppState, State};
use crate::auth::{Issuer, PasswordCost, Passwords, Verifier};
use crate::engine::{
    EndedSessions, PeriodicTask, Seal, SelfVerifier, SystemClock, WriterOptions, keep_sessions,
    start_checking_file, start_keeping_sessions, start_sealing, start_sweeping, start_verifying,
};
use crate::store::verify::PieceSize;
use crate::store::{Pool, session_file};
use clap::Args;
use std::io::{self, Write};
use std::net::{SocketAddr, TcpListener};
use std::num::{NonZeroU32, NonZeroUsize};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

#[derive(Args, Debug)]
pub struct Serve {
    #[command(flatten)]
    data: DataOptions,

    #[command(flatten)]
    secrets: SecretOptions,

    #[command(flatten)]
    options: ServeOptions,
}

impl Serve {
    pub fn run(self) -> CliResult {
        let listener = self.options.listen()?;
        let service = Service::start(&self.data, &self.secrets, &self.options.writer())?;
        let database = service.database.to_string();
        serve(service, &self.options, listener, |address| {
            tracing::info!(%address, database, "serving");
            // Who started it may have gone away.
            let _ = writeln!(io::stdout(), "Hourbook serves http://{address}, database {database}");
        })
    }
}

/// How the service is served.
#[derive(Args, Clone, Debug)]
pub struct ServeOptions {
    /// Address to serve
    #[arg(long, env = "HOURBOOK_LISTEN", value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,

    /// Most changes that one commit holds; 1 gives every request a commit of its own
    #[arg(long, env = "HOURBOOK_BATCH_LIMIT", value_name = "NUMBER", default_value_t = WriterOptions::default().batch_limit)]
    batch_limit: usize,

    /// Most requests that wait to be written; above it clients get 503 with Retry-After
    #[arg(long, env = "HOURBOOK_QUEUE_LIMIT", value_name = "NUMBER", default_value_t = WriterOptions::default().queue_limit)]
    queue_limit: usize,

    /// Threads that handle requests
    #[arg(long, env = "HOURBOOK_WORKERS", value_name = "NUMBER", default_value_t = ServerOptions::default().workers)]
    workers: usize,

    /// Most open connections; above it the one that has been idle longest is closed
    #[arg(long, env = "HOURBOOK_CONNECTION_LIMIT", value_name = "NUMBER", default_value_t = ServerOptions::default().connections.all, value_parser = positive)]
    connection_limit: usize,

    /// Most open connections of one address, but for the trusted proxy's; 0: any number
    #[arg(long, env = "HOURBOOK_ADDRESS_CONNECTION_LIMIT", value_name = "NUMBER", default_value_t = ServerOptions::default().connections.of_an_address.unwrap_or_default())]
    address_connection_limit: usize,

    /// Address that serves /metrics, /livez and /readyz, which the public one then does not
    #[arg(long, env = "HOURBOOK_ADMIN_LISTEN", value_name = "ADDRESS:PORT")]
    admin_listen: Option<SocketAddr>,

    /// Most changes that one volunteer asks for, at once and a second in the long run; above it they get 429 with
    /// Retry-After. none: any number
    #[arg(long, env = "HOURBOOK_VOLUNTEER_CHANGES", value_name = "AT_ONCE:A_SECOND", default_value_t = ChangeQuota::OF_VOLUNTEERS)]
    volunteer_changes: ChangeQuota,

    /// The same for one operator
    #[arg(long, env = "HOURBOOK_OPERATOR_CHANGES", value_name = "AT_ONCE:A_SECOND", default_value_t = ChangeQuota::UNLIMITED)]
    operator_changes: ChangeQuota,

    /// Whole numbers of persons that one account looks for in an hour and that nobody has; above it they get 429 with
    /// Retry-After
    #[arg(long, env = "HOURBOOK_WRONG_GUESSES", value_name = "NUMBER", default_value_t = GUESSES_AN_HOUR)]
    wrong_guesses: NonZeroU32,

    /// How long running requests may take once the service is told to stop
    #[arg(long, env = "HOURBOOK_SHUTDOWN_SECONDS", value_name = "SECONDS", default_value_t = ServerOptions::default().shutdown_seconds)]
    shutdown_seconds: u64,

    /// How long an operator's log-in lasts, however often it is refreshed
    #[arg(long, env = "HOURBOOK_SESSION_DAYS", value_name = "DAYS", default_value_t = SessionTerms::default().operator_days, value_parser = clap::value_parser!(u16).range(1..=365))]
    session_days: u16,

    /// How long a volunteer's sign-in lasts, however often it is refreshed
    #[arg(long, env = "HOURBOOK_VOLUNTEER_SESSION_DAYS", value_name = "DAYS", default_value_t = SessionTerms::default().volunteer_days, value_parser = clap::value_parser!(u16).range(1..=365))]
    volunteer_session_days: u16,

    /// How often overdue transfers, redemptions and points are expired
    #[arg(long, env = "HOURBOOK_SWEEP_SECONDS", value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..))]
    sweep_seconds: u64,

    /// How often the journal's tree is signed while it grows
    #[arg(long, env = "HOURBOOK_CHECKPOINT_SECONDS", value_name = "SECONDS", default_value_t = 2, value_parser = clap::value_parser!(u64).range(1..))]
    checkpoint_seconds: u64,

    /// Pause between two pieces of the service's verification of itself, which recomputes 250 entries or compares
    /// 1,000 rows at a time; the longer, the less it takes from others. 0: it does not verify itself
    #[arg(
        long,
        env = "HOURBOOK_VERIFY_PAUSE_MILLISECONDS",
        value_name = "MILLISECONDS",
        default_value_t = 1000
    )]
    verify_pause_milliseconds: u64,

    /// Origins whose web pages may call the API from a browser (CORS), with commas between; what is public, all may
    #[arg(long, env = "HOURBOOK_ALLOWED_ORIGINS", value_name = "ORIGIN", value_delimiter = ',')]
    allowed_origins: Vec<Origin>,

    /// Whether everybody sees what recruits (GET /v1/public/opportunities), without a token
    #[arg(long, env = "HOURBOOK_PUBLIC_OPPORTUNITIES")]
    public_opportunities: bool,

    #[command(flatten)]
    certificates: CertificateOptions,

    #[command(flatten)]
    pub wechat: WechatOptions,

    /// Whether it is tried from this machine only, as the demo is: what it prints may name the address served.
    #[arg(skip)]
    pub is_tried_here: bool,

    /// A password that everybody knows: it opens nothing.
    #[arg(skip)]
    pub refused_password: Option<&'static str>,
}

impl ServeOptions {
    /// Takes the address to serve, so that one that is taken is told before anything else is done.
    pub fn listen(&self) -> Result<TcpListener, String> {
        listen(self.listen)
    }

    fn connections(&self) -> ConnectionLimits {
        let of_an_address = Some(self.address_connection_limit).filter(|most| *most > 0);
        ConnectionLimits {
            all: self.connection_limit,
            of_an_address,
            proxy: self.certificates.trusted_proxy(),
        }
    }

    /// Whether only this machine reaches the address.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.listen.ip().to_canonical().is_loopback()
    }

    /// The writer's options.
    #[must_use]
    pub fn writer(&self) -> WriterOptions {
        WriterOptions {
            batch_limit: self.batch_limit,
            queue_limit: self.queue_limit,
            ..WriterOptions::default()
        }
    }
}

fn listen(address: SocketAddr) -> Result<TcpListener, String> {
    server::listen(address).map_err(|error| format!("{address}: {error}"))
}

/// A number that is not zero.
fn positive(text: &str) -> Result<usize, String> {
    text.parse::<NonZeroUsize>().map(NonZeroUsize::get).map_err(words)
}

/// Serves until it is told to stop, then writes what was accepted. Calls `ready` with the address.
pub fn serve(
    mut service: Service,
    options: &ServeOptions,
    listener: TcpListener,
    ready: impl FnOnce(SocketAddr),
) -> CliResult {
    let address = listener.local_addr().map_err(words)?;
    let admin_listener = options.admin_listen.map(listen).transpose()?;
    let is_tried_here = options.is_tried_here && address.ip().is_loopback();
    let certificates = options.certificates.settings(address, is_tried_here, service.badge_keys.take())?;
    let clock = Arc::new(SystemClock);
    let interval = Duration::from_secs(options.sweep_seconds);
    let sweeper = start_sweeping(service.readers.clone(), service.ledger.clone(), clock.clone(), interval);
    let sweeper = sweeper.map_err(words)?;
    let sealer = start_sealer(&service, options, clock.clone())?;
    let verifier = start_verifier(&service, options)?;
    let sessions = session_file::open(&service.database).map_err(words)?;
    let ended_sessions = Arc::new(EndedSessions::default());
    let session_keeper = start_session_keeper(&service, &sessions, &ended_sessions, clock.clone())?;
    if service.is_to_be_read {
        start_checking_file(service.database.clone(), service.ledger.health().clone()).map_err(words)?;
    }
    let state = State::new(AppState {
        ledger: service.ledger.clone(),
        readers: service.readers.clone(),
        sessions,
        ended_sessions,
        session_terms: SessionTerms {
            operator_days: options.session_days,
            volunteer_days: options.volunteer_session_days,
        },
        verifier: Verifier::new(service.token_keys.clone(), &realm()),
        issuer: Issuer::new(service.token_keys.clone(), realm()),
        token_keys: service.token_keys.clone(),
        log_keys: service.log_keys.clone(),
        hashing: PasswordHasher::new(Passwords::new(PasswordCost::Owasp).map_err(words)?)
            .refusing(options.refused_password),
        vault: service.vault.clone(),
        certificates,
        look_ups: Limiter::for_look_ups(clock.clone()),
        log_ins: LogIns::new(clock.clone()),
        wechat: options.wechat.start(clock.clone())?,
        has_public_opportunities: options.public_opportunities,
        sign_ins: Limiter::for_sign_ins(clock.clone()),
        applications: ApplicationLimits::new(clock.clone()),
        changes: ChangeLimits::new(options.volunteer_changes, options.operator_changes, clock.clone()),
        guesses: Guesses::new(options.wrong_guesses, clock.clone()),
        allowed_origins: options.allowed_origins.clone().into(),
        rules: service.rules.clone(),
        clock,
        metrics: Metrics::new(service.ledger.clone()),
        downloads: Downloads::default(),
        is_administered_apart: admin_listener.is_some(),
    });
    let server_options = ServerOptions {
        workers: options.workers,
        connections: options.connections(),
        shutdown_seconds: options.shutdown_seconds,
    };
    let served = actix_web::rt::System::new().block_on(async move {
        let admin =
            admin_listener.map(|listener| server::serve_admin(state.clone(), listener)).transpose()?;
        let server = server::serve(state, listener, &server_options)?;
        ready(address);
        let admin = admin.map(|server| (server.handle(), actix_web::rt::spawn(server)));
        let served = server.await;
        if let Some((handle, running)) = admin {
            handle.stop(true).await;
            running.await.map_err(io::Error::other)??;
        }
        served
    });
    let writer_is_gone = service.ledger.has_ended();
    sweeper.stop();
    sealer.stop();
    session_keeper.stop();
    if let Some(verifier) = verifier {
        verifier.stop();
    }
    service.stop();
    served.map_err(words)?;
    if writer_is_gone {
        return Err("the writer has ended: what was acknowledged is kept; the log says why".to_owned());
    }
    Ok(ExitCode::SUCCESS)
}

/// Those that were ended are known before anybody is answered.
fn start_session_keeper(
    service: &Service,
    sessions: &Pool,
    ended: &Arc<EndedSessions>,
    clock: Arc<SystemClock>,
) -> Result<PeriodicTask, String> {
    keep_sessions(sessions, ended, clock.as_ref()).map_err(words)?;
    let health = service.ledger.health().clone();
    start_keeping_sessions(sessions.clone(), ended.clone(), clock, health).map_err(words)
}

fn start_sealer(
    service: &Service,
    options: &ServeOptions,
    clock: Arc<SystemClock>,
) -> Result<PeriodicTask, String> {
    let seal = Seal::new(service.log_keys.clone(), service.vault.clone(), service.log_memory.clone())
        .map_err(words)?;
    let checkpoints = Pool::writing(&service.database).map_err(words)?;
    let interval = Duration::from_secs(options.checkpoint_seconds);
    start_sealing(seal, checkpoints, clock, service.ledger.health().clone(), interval).map_err(words)
}

/// The service's verification of itself, unless it is switched off.
fn start_verifier(service: &Service, options: &ServeOptions) -> Result<Option<PeriodicTask>, String> {
    let pause = Duration::from_millis(options.verify_pause_milliseconds);
    if pause.is_zero() {
        return Ok(None);
    }
    let verifier = SelfVerifier {
        database: Pool::new(&service.database, 1).map_err(words)?,
        rules: service.rules.clone(),
        vault: service.vault.clone(),
        log_keys: service.log_keys.verifiers(),
        health: service.ledger.health().clone(),
        folder: service.data_dir.clone(),
        size: PieceSize::default(),
    };
    start_verifying(verifier, pause).map(Some).map_err(words)
}
