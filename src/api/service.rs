//! What operations ask: is it alive, is it ready, what has it done; and the specification.

use super::metrics::OPENMETRICS;
use super::problem::ApiError;
use super::routing::Routes;
use super::state::State;
use crate::engine::Part;
use crate::store::Db;
use actix_web::http::header::{CONTENT_TYPE, LOCATION};
use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config.service(livez).service(readyz).service(metrics);
}

/// Where these operations are.
pub const PATHS: [&str; 3] = ["/livez", "/readyz", "/metrics"];

/// All is well.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    #[schema(inline)]
    status: HealthStatus,
}

/// The only answer there is; what is not well refuses.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HealthStatus {
    Ok,
}

/// Tells whether the process is alive
///
/// If it is not, it should be restarted.
#[utoipa::path(tag = "service", responses((status = 200, description = "The process is alive", body = Health)))]
#[get("/livez")]
pub async fn livez() -> web::Json<Health> {
    web::Json(Health { status: HealthStatus::Ok })
}

/// Tells whether requests can be answered
///
/// If not, requests should go to another replica; the detail says what is wrong, and `hourbook_unwell` in the metrics
/// which part. `journal_in_doubt` stays until an operator has looked; `not_ready` (no room on the disk, a malformed
/// database, a part that has ended) until there is room again, or the service is started anew.
#[utoipa::path(
    tag = "service",
    responses((status = 200, description = "Requests can be answered", body = Health)),
    extensions(("x-refusals" = json!(["journal_in_doubt", "not_ready"]))),
)]
#[get("/readyz")]
pub async fn readyz(state: State) -> Result<web::Json<Health>, ApiError> {
    if state.ledger.queue_room() == 0 {
        return Err(ApiError::Busy);
    }
    if state.ledger.has_ended() {
        return Err(ApiError::NotReady { complaint: "the writer has ended".to_owned() });
    }
    state.read(Db::ping).await?;
    must_be_well(&state.ledger.health().complaints())?;
    Ok(web::Json(Health { status: HealthStatus::Ok }))
}

/// What is wrong with the journal comes first: it needs somebody to look.
fn must_be_well(complaints: &BTreeMap<Part, String>) -> Result<(), ApiError> {
    if complaints.is_empty() {
        return Ok(());
    }
    let complaint = complaints.values().cloned().collect::<Vec<_>>().join("; ");
    Err(if complaints.keys().any(|part| part.judges_journal()) {
        ApiError::JournalInDoubt { complaint }
    } else {
        ApiError::NotReady { complaint }
    })
}

/// Shows the service's metrics since it started
///
/// For Prometheus and other readers of its format.
#[utoipa::path(
    tag = "service",
    responses((status = 200, description = "In the OpenMetrics text format", content_type = "application/openmetrics-text", body = String)),
)]
#[get("/metrics")]
pub async fn metrics(state: State) -> Result<HttpResponse, ApiError> {
    Ok(HttpResponse::Ok().insert_header((CONTENT_TYPE, OPENMETRICS)).body(state.metrics.text()?))
}

/// Leads people to the documentation.
pub async fn to_docs() -> HttpResponse {
    HttpResponse::TemporaryRedirect().insert_header((LOCATION, "/docs/")).finish()
}
