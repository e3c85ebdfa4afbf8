//! How things of the ledger are shown, and the answers to those who made or changed them.

use super::extract::if_match::etag;
use super::wire::ReceiptView;
use crate::domain::Outcome;
use crate::domain::ids::Seq;
use crate::domain::time::LocalZone;
use actix_web::body::BoxBody;
use actix_web::http::header::{ETAG, LOCATION};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, Responder};
use serde::Serialize;
use utoipa::ToSchema;

/// How one kind of thing is shown.
pub trait View: Serialize + ToSchema {
    /// The kind of thing.
    type Thing: TryFrom<Outcome>;

    /// The thing as it is shown, times as the zone's clocks show them.
    fn of(thing: Self::Thing, zone: LocalZone) -> Self;

    /// The address of the thing.
    fn location(&self) -> String;

    /// The version that a change of the thing names, where it can be changed twice.
    fn version(&self) -> Option<Seq> {
        None
    }
}

/// The thing as it is now, and the receipt for the change.
#[derive(Debug, Serialize, ToSchema)]
pub struct Changed<V: ToSchema> {
    #[serde(flatten)]
    pub thing: V,
    #[serde(flatten)]
    pub receipt: Receipted,
}

/// Proof that a change was recorded.
#[derive(Debug, Serialize, ToSchema)]
pub struct Receipted {
    /// Where the change stands in the journal.
    pub receipt: ReceiptView,
}

/// [`Changed`], for something that was not there before.
#[derive(Debug)]
pub struct Created<V: ToSchema>(pub Changed<V>);

impl<V: ToSchema> Created<V> {
    /// The same answer with the thing shown otherwise.
    #[must_use]
    pub fn map(self, show: impl FnOnce(V) -> V) -> Self {
        Self(Changed { thing: show(self.0.thing), receipt: self.0.receipt })
    }
}

/// A thing that was read, with its version where it can be changed twice.
#[derive(Debug)]
pub struct Shown<B> {
    body: B,
    version: Option<Seq>,
}

impl<V: View> Shown<V> {
    /// The thing as it is shown.
    pub fn of(thing: V::Thing, zone: LocalZone) -> Self {
        let body = V::of(thing, zone);
        Self { version: body.version(), body }
    }
}

impl<B> Shown<B> {
    /// Something that no change names by its version.
    pub const fn plain(body: B) -> Self {
        Self { body, version: None }
    }

    /// Something that a change names by its version.
    pub const fn versioned(body: B, version: Seq) -> Self {
        Self { body, version: Some(version) }
    }

    /// The same, shown otherwise.
    pub fn map<C>(self, show: impl FnOnce(B) -> C) -> Shown<C> {
        Shown { body: show(self.body), version: self.version }
    }
}

impl<V: View> Responder for Created<V> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let mut response = HttpResponse::Created();
        response.insert_header((LOCATION, self.0.thing.location()));
        tagged(&mut response, self.0.thing.version()).json(self.0)
    }
}

impl<V: View> Responder for Changed<V> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        tagged(&mut HttpResponse::Ok(), self.thing.version()).json(self)
    }
}

impl<B: Serialize> Responder for Shown<B> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        tagged(&mut HttpResponse::Ok(), self.version).json(self.body)
    }
}

fn tagged(response: &mut HttpResponseBuilder, version: Option<Seq>) -> &mut HttpResponseBuilder {
    match version {
        Some(version) => response.insert_header((ETAG, etag(version))),
        None => response,
    }
}
