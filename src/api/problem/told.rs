//! A refusal in the language that the request asks for, with the times of the city.

use super::{ApiError, PROBLEM_JSON};
use crate::api::language::Language;
use crate::api::state::State;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{CONTENT_LANGUAGE, CONTENT_TYPE, HeaderValue};
use actix_web::middleware::Next;

/// Tells each refusal in the language that `Accept-Language` prefers.
pub async fn tell<B: MessageBody>(
    req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, String>>, actix_web::Error> {
    let language = Language::asked_by(&req);
    let zone = req.app_data::<State>().map(|state| state.rules.zone);
    let response = next.call(req).await?;
    let problem = match (response.response().error().and_then(|error| error.as_error::<ApiError>()), zone) {
        (Some(refusal), Some(zone)) => serde_json::to_string(&refusal.problem(language, zone)),
        _ => return Ok(response.map_into_left_body()),
    };
    let mut response = response.map_body(|_, _| EitherBody::right(problem.unwrap_or_default()));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    Ok(response)
}
