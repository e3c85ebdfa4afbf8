//! Where operations are mounted, and described where the specification is made.
//!
//! The server mounts them on each of its threads without a description: to make one takes longer than to mount.

use actix_web::dev::HttpServiceFactory;
use actix_web::web;
use utoipa::openapi::path::Paths;
use utoipa::openapi::{Components, OpenApi, RefOr, Schema};
use utoipa_actix_web::OpenApiFactory;

/// A list of operations to add to.
#[allow(missing_debug_implementations, reason = "what it adds to has none")]
pub struct Routes<'c> {
    mounted: &'c mut web::ServiceConfig,
    described: Option<&'c mut Described>,
}

/// What the operations' attributes say.
#[derive(Default)]
struct Described {
    paths: Paths,
    schemas: Vec<(String, RefOr<Schema>)>,
}

impl Routes<'_> {
    /// Adds an operation.
    pub fn service<O: HttpServiceFactory + OpenApiFactory + 'static>(&mut self, operation: O) -> &mut Self {
        if let Some(described) = &mut self.described {
            described.paths.merge(operation.paths());
            operation.schemas(&mut described.schemas);
        }
        self.mounted.service(operation);
        self
    }

    /// Adds what the specification does not tell of.
    pub fn untold(&mut self, service: impl HttpServiceFactory + 'static) -> &mut Self {
        self.mounted.service(service);
        self
    }

    /// Adds operations whose paths all begin with `prefix`.
    pub fn under(&mut self, prefix: &str, add: impl FnOnce(&mut Routes)) {
        let mut described = self.described.is_some().then(Described::default);
        let scope = web::scope(prefix)
            .configure(|mounted| add(&mut Routes { mounted, described: described.as_mut() }));
        self.mounted.service(scope);
        if let (Some(all), Some(mut described)) = (&mut self.described, described) {
            let paths = std::mem::take(&mut described.paths.paths);
            described.paths.paths =
                paths.into_iter().map(|(path, item)| (format!("{prefix}{path}"), item)).collect();
            all.paths.merge(described.paths);
            all.schemas.append(&mut described.schemas);
        }
    }
}

/// Mounts operations without describing them.
pub fn mount(add: fn(&mut Routes)) -> impl FnOnce(&mut web::ServiceConfig) {
    move |mounted| add(&mut Routes { mounted, described: None })
}

/// Adds what is said of operations to a specification.
pub fn describe(api: &mut OpenApi, add: fn(&mut Routes)) {
    let mut described = Described::default();
    actix_web::App::new().configure(|mounted| add(&mut Routes { mounted, described: Some(&mut described) }));
    api.paths.merge(described.paths);
    api.components.get_or_insert_with(Components::new).schemas.extend(described.schemas);
}
