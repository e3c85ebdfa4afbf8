//! The service around the routes: listening, stopping, what every request and answer goes through.

use super::asked::{Parameters, hold_query};
use super::connections::{ConnectionLimits, Connections, Counted};
use super::cross_origin::cors;
use super::problem::{ApiError, codes_json, told};
use super::routing::mount;
use super::state::State;
use super::{certificate, openapi, service};
use crate::engine::Ledger;
use actix_http::error::DispatchError;
use actix_http::{HttpService, Protocol};
use actix_service::{IntoServiceFactory, ServiceFactoryExt, fn_service, map_config};
use actix_web::body::MessageBody;
use actix_web::dev::{AppConfig, ResourceDef, Server, ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::{Compress, Next, from_fn};
use actix_web::rt::net::TcpStream;
use actix_web::web::Bytes;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use std::error::Error;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};
use utoipa::openapi::OpenApi;
use utoipa_swagger_ui::{Config, SwaggerUi};

/// How the service listens and stops.
#[derive(Clone, Debug)]
pub struct ServerOptions {
    /// Threads that handle requests.
    pub workers: usize,
    /// Most open connections.
    pub connections: ConnectionLimits,
    /// How long running requests may take once the service is told to stop, in seconds.
    pub shutdown_seconds: u64,
}

impl Default for ServerOptions {
    fn default() -> Self {
        let workers = std::thread::available_parallelism().map_or(2, usize::from);
        let connections = ConnectionLimits { all: 4096, of_an_address: Some(512), proxy: None };
        Self { workers, connections, shutdown_seconds: 30 }
    }
}

/// Serves until SIGTERM or SIGINT, or until the writer is gone, then lets requests under way end. Await it to run it.
///
/// The listener is bound by the caller, who thus knows the address before anything is answered.
pub fn serve(state: State, listener: TcpListener, options: &ServerOptions) -> io::Result<Server> {
    let documents = DOCUMENTS.clone().map_err(io::Error::other)?;
    let workers = options.workers.max(1);
    let writer = state.ledger.clone();
    let connections = Connections::new(options.connections);
    let server = actix_server::Server::build()
        .workers(workers)
        // Whom to let go is for us to say: a worker that is full leaves newcomers to wait.
        .max_concurrent_connections(usize::MAX)
        .shutdown_timeout(options.shutdown_seconds)
        .shutdown_signal(told_to_stop_or(writer));
    let shutdown = server.graceful_shutdown_signal();
    let server = server.listen("hourbook", listener, move || {
        let app = app(state.clone(), documents.clone()).into_factory();
        let app = app.map_err(|error: actix_web::Error| error.error_response());
        let shutdown = shutdown.clone();
        let http = HttpService::build()
            .client_request_timeout(REQUEST_ARRIVAL_MAX)
            .client_disconnect_timeout(DISCONNECT_MAX)
            .keep_alive(KEEP_ALIVE)
            .graceful_shutdown_signal(move || {
                let signal = shutdown.clone();
                async move { signal.notified().await }
            })
            .finish(map_config(app, |()| AppConfig::default()));
        let connections = connections.clone();
        let admitted = fn_service(move |stream: TcpStream| {
            let admitted = admitted(&connections, stream);
            async { admitted }
        });
        admitted.and_then(http)
    })?;
    Ok(server.run())
}

/// How long the head of a request may take to arrive.
const REQUEST_ARRIVAL_MAX: Duration = Duration::from_secs(10);
/// How long a client may take to hang up that is hung up on: without it what was just answered may be lost with a reset.
const DISCONNECT_MAX: Duration = Duration::from_secs(1);
/// How long a connection may be idle, where there is room.
const KEEP_ALIVE: Duration = Duration::from_secs(75);

/// The connection with its peer, if there is room for it; else it is closed.
fn admitted(
    connections: &Connections,
    stream: TcpStream,
) -> Result<(Counted<TcpStream>, Protocol, Option<SocketAddr>), DispatchError> {
    let peer = stream.peer_addr().map_err(DispatchError::Io)?;
    let Some(counted) = connections.admit(peer.ip(), stream) else {
        tracing::warn!("a connection was refused: there is no room, and nobody is idle");
        return Err(DispatchError::Io(io::ErrorKind::ConnectionRefused.into()));
    };
    Ok((counted, Protocol::Http1, Some(peer)))
}

/// Serves what operations ask on a listener of their own.
pub fn serve_admin(state: State, listener: TcpListener) -> io::Result<Server> {
    let app = move || {
        App::new()
            .app_data(state.clone())
            .configure(mount(service::routes))
            .default_service(web::to(|| async { Err::<HttpResponse, _>(ApiError::RouteNotFound) }))
            .wrap(from_fn(told::tell))
            .wrap(from_fn(head_as_get))
            .wrap(from_fn(observe))
    };
    Ok(HttpServer::new(app).workers(1).shutdown_timeout(1).disable_signals().listen(listener)?.run())
}

/// Where there is such a listener, the public one does not know these paths.
async fn keep_apart<B: MessageBody>(
    req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    let is_apart = req.app_data::<State>().is_some_and(|state| state.is_administered_apart);
    if is_apart && service::PATHS.contains(&req.path()) {
        return Err(ApiError::RouteNotFound.into());
    }
    next.call(req).await
}

/// A service that cannot write any more ends, so that another is started.
fn told_to_stop_or(writer: Ledger) -> impl Future<Output = ()> {
    let told = told_to_stop();
    async move {
        tokio::select! {
            () = told => {}
            () = writer.ended() => tracing::error!("the writer has ended: the service ends, too"),
        }
    }
}

/// Listens on an address; port 0 takes any that is free.
pub fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let listener = TcpListener::bind(address)?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// Listens from now on, for who is told that it serves may tell it to stop at once; the future ends when one
/// of the signals has come.
fn told_to_stop() -> impl Future<Output = ()> {
    #[cfg(unix)]
    let signals = {
        use tokio::signal::unix::{SignalKind, signal};
        signal(SignalKind::terminate())
            .and_then(|terminate| Ok((terminate, signal(SignalKind::interrupt())?)))
    };
    async move {
        #[cfg(unix)]
        {
            match signals {
                Ok((mut terminate, mut interrupt)) => {
                    tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
                }
                Err(error) => {
                    tracing::warn!(%error, "SIGTERM cannot be listened for");
                    let _ = tokio::signal::ctrl_c().await;
                }
            }
        }
        #[cfg(not(unix))]
        let _ = tokio::signal::ctrl_c().await;
    }
}

/// The same for every service of this process, and made once.
static DOCUMENTS: LazyLock<Result<web::Data<Documents>, Arc<dyn Error + Send + Sync>>> =
    LazyLock::new(|| Documents::new(&openapi::openapi()).map(web::Data::new));

/// The specification in its two forms, which methods each path takes, and which parameters each method.
#[derive(Debug)]
pub struct Documents {
    json: Bytes,
    yaml: Bytes,
    codes: Bytes,
    paths: Vec<(ResourceDef, String)>,
    parameters: web::Data<Parameters>,
}

impl Documents {
    /// The documents of a specification.
    pub fn new(api: &OpenApi) -> Result<Self, Arc<dyn Error + Send + Sync>> {
        let mut paths = api.paths.paths.clone();
        let paths = paths
            .iter_mut()
            .map(|(path, item)| {
                let methods = openapi::operations(item).into_iter();
                let methods = methods.flat_map(|(method, _)| taken_with(openapi::name_of(&method)));
                (ResourceDef::new(path.as_str()), methods.copied().collect::<Vec<_>>().join(", "))
            })
            .collect();
        let json = api.to_json().map_err(|error| Arc::new(error) as Arc<_>)?;
        let yaml = api.to_yaml().map_err(|error| Arc::new(error) as Arc<_>)?;
        Ok(Self {
            json: json.into(),
            yaml: yaml.into(),
            codes: codes_json().into(),
            paths,
            parameters: web::Data::new(Parameters::new(api)),
        })
    }

    /// The methods that this very path takes, if it has nothing variable in it.
    #[must_use]
    pub fn methods_of(&self, path: &str) -> Option<&str> {
        let named = self.paths.iter().find(|(pattern, _)| pattern.pattern() == Some(path));
        named.map(|(_, allow)| allow.as_str())
    }

    /// What is wrong with a request that no route takes.
    fn refusal(&self, req: &HttpRequest) -> ApiError {
        let named = || self.methods_of(req.path());
        let patterned = || self.paths.iter().find(|(pattern, _)| pattern.is_match(req.path()));
        match named().or_else(|| patterned().map(|(_, allow)| allow.as_str())) {
            Some(allow) => ApiError::MethodNotAllowed { allow: allow.to_owned() },
            None => ApiError::RouteNotFound,
        }
    }
}

/// The methods that are taken where one is: who may GET something may ask for its headers alone (RFC 9110, 9.3.2).
fn taken_with(method: &str) -> &'static [&'static str] {
    match method {
        "POST" => &["POST"],
        "PUT" => &["PUT"],
        _ => &["GET", "HEAD"],
    }
}

/// Everything that a request can meet; the tests' as well as the server's.
pub fn app(
    state: State,
    documents: web::Data<Documents>,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    let cors = cors(state.allowed_origins.clone());
    App::new()
        .app_data(state)
        .app_data(documents.parameters.clone())
        .app_data(documents)
        .configure(mount(super::routes))
        .configure(super::log::routes)
        .configure(certificate::pages)
        .route("/", web::get().to(service::to_docs))
        .route("/docs", web::get().to(service::to_docs))
        .route("/openapi.json", web::get().to(openapi_json))
        .route("/openapi.yaml", web::get().to(openapi_yaml))
        .route("/codes.json", web::get().to(codes))
        .service(SwaggerUi::new("/docs/{_:.*}").config(Config::from("/openapi.json")))
        .default_service(web::to(refuse))
        .wrap(from_fn(hold_query))
        .wrap(from_fn(keep_apart))
        .wrap(from_fn(told::tell))
        .wrap(from_fn(head_as_get))
        .wrap(Compress::default())
        .wrap(cors)
        .wrap(from_fn(observe))
}

async fn openapi_json(documents: web::Data<Documents>) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(documents.json.clone())
}

async fn openapi_yaml(documents: web::Data<Documents>) -> HttpResponse {
    HttpResponse::Ok().content_type("application/yaml").body(documents.yaml.clone())
}

async fn codes(documents: web::Data<Documents>) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(documents.codes.clone())
}

/// Answers HEAD as GET; the body is left out on the way.
async fn head_as_get<B: MessageBody>(
    mut req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    if req.method() == Method::HEAD {
        req.head_mut().method = Method::GET;
    }
    next.call(req).await
}

async fn refuse(req: HttpRequest, documents: web::Data<Documents>) -> Result<HttpResponse, ApiError> {
    Err(documents.refusal(&req))
}

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Names each request, counts it, logs it without personal data, and secures its answer.
async fn observe(
    req: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let started = Instant::now();
    let request_id = request_id(req.headers());
    let state = req.app_data::<State>().cloned();
    let method = known(req.method());
    let mut response = next.call(req).await?;
    let took = started.elapsed();
    secure(&mut response, &request_id);

    let status = response.status().as_u16();
    let route = response.request().match_pattern().unwrap_or_else(|| "none".to_owned());
    if let Some(state) = state {
        state.metrics.count(method, &route, status, took);
    }
    let request_id = request_id.to_str().unwrap_or_default();
    // The route's pattern, never the path or the query: those may tell of persons.
    tracing::info!(request_id, method, route, status, micros = took.as_micros(), "answered");
    Ok(response)
}

/// The client's own name for the request if it is a plain one, else a new one.
fn request_id(headers: &HeaderMap) -> HeaderValue {
    let plain = |text: &str| {
        (8..=64).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    let given = headers.get(REQUEST_ID).filter(|value| value.to_str().is_ok_and(plain));
    given.cloned().unwrap_or_else(|| {
        let mut bytes = [0; 16];
        // A name that others have too is a nuisance, not a fault.
        let _ = getrandom::fill(&mut bytes);
        let text = uuid::Builder::from_random_bytes(bytes).into_uuid().simple().to_string();
        HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("none"))
    })
}

/// The documentation page is made of files of this service; its styles are partly inline.
const PAGE_POLICY: &str =
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";
/// The look-up page has a style of this service and a form to it, and nothing else.
const LOOK_UP_POLICY: &str =
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const DATA_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

fn secure<B>(response: &mut ServiceResponse<B>, request_id: &HeaderValue) {
    let path = response.request().path();
    let is_page = path.starts_with("/docs");
    let policy = match path {
        _ if is_page => PAGE_POLICY,
        _ if path.starts_with("/verify") => LOOK_UP_POLICY,
        _ => DATA_POLICY,
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::CONTENT_SECURITY_POLICY, policy),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !is_page && !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if headers.contains_key(header::CONTENT_LANGUAGE) {
        headers.append(header::VARY, HeaderValue::from_static("accept-language"));
    }
    headers.insert(REQUEST_ID, request_id.clone());
}

/// The methods that are counted apart; clients invent others.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::PATCH => "PATCH",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
