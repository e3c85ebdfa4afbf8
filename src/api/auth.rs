//! Logging in and out, and the public keys of access tokens.

use super::state::State;
use actix_web::{get, web};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig) {
    config.service(jwks);
}

/// A JSON Web Key Set (RFC 7517).
#[derive(Debug, ToSchema)]
pub struct Jwks {
    /// Ed25519 keys (RFC 8037), the one that signs first.
    #[schema(value_type = Vec<Object>, example = json!([{
        "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA",
        "kid": "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
    }]))]
    pub keys: Vec<Value>,
}

/// The public keys that verify access tokens
#[utoipa::path(tag = "auth", responses((status = 200, description = "The keys", body = Jwks)))]
#[get("/auth/jwks")]
pub async fn jwks(state: State) -> web::Json<Value> {
    web::Json(state.token_keys.jwks())
}
