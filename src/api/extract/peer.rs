//! Where a request comes from.

use crate::api::AppState;
use crate::api::problem::ApiError;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use std::future::{Ready, ready};
use std::net::{IpAddr, Ipv4Addr};

/// The address of who sends the request: the peer's, or whom the trusted proxy says that it forwards for.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

impl FromRequest for Peer {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let state = req.app_data::<web::Data<AppState>>().ok_or_else(|| ApiError::internal("no state"));
        let unknown = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
        ready(state.map(|state| Self(state.certificates.address_of(req).unwrap_or(unknown))))
    }
}
