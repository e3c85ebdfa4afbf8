//! The journal: entries and their postings, in order, for those who audit.

use super::account::AccountName;
use super::event::JournalEvent;
use super::extract::{AnyOperator, PathSeq, Query};
use super::page::{Cursor, Page, PageSize, page_request};
use super::problem::ApiError;
use super::routing::Routes;
use super::state::State;
use super::view::Shown;
use super::wire::{AmountText, Day, LocalTime};
use crate::domain::Event;
use crate::domain::account::Posting;
use crate::domain::actor::Actor;
use crate::domain::ids::{Seq, UnitId};
use crate::domain::origin::{Channel, Origin};
use crate::domain::text::Name;
use crate::domain::time::LocalZone;
use crate::store::Db;
use crate::store::read::Scope;
use crate::store::read::journal::{self, EntryFilter, JournalEntry};
use actix_web::{HttpResponse, get};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{IntoParams, PartialSchema, ToSchema};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config.service(list_entries).service(get_entry).service(get_leaf);
}

/// An entry of the journal.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JournalEntry)]
pub struct EntryView {
    /// Position in the journal, starting at 1, without gaps.
    #[schema(minimum = 1)]
    pub seq: Seq,
    /// When it was recorded; never earlier than the entry before.
    pub recorded_at: LocalTime,
    pub actor: Actor,
    /// By what way it came, where not over the API: imports are made in an operator's name by who sits at the machine.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub origin: Option<OriginView>,
    /// The day that it concerns, such as the service date.
    pub effective_date: Day,
    /// The unit of the thing that it created or changed.
    pub unit: Option<UnitId>,
    /// The entry that it reverses.
    pub reverses: Option<Seq>,
    /// What happened: ids, figures (points in hundredths) and salted commitments; never personal data.
    #[schema(value_type = JournalEvent)]
    pub event: Value,
    /// They sum to zero in each asset, and for points within each unit's books.
    pub postings: Vec<PostingView>,
    /// SHA-256 over a zero byte and the entry's canonical bytes, which include the hash of the entry
    /// before. It is the entry's leaf in the journal's tree (RFC 9162).
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub hash: String,
}

/// The way of an entry that did not come over the API.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Origin)]
pub struct OriginView {
    pub channel: Channel,
    /// The account on the machine under which the program ran.
    pub user: Name,
}

/// One line of an entry.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Posting)]
pub struct PostingView {
    #[serde(flatten)]
    pub account: AccountName,
    /// By how much the account's balance changes.
    pub amount: AmountText,
}

impl From<Posting> for PostingView {
    fn from(posting: Posting) -> Self {
        let amount = AmountText(posting.account.asset(), posting.amount);
        Self { account: posting.account.into(), amount }
    }
}

impl EntryView {
    fn new(found: JournalEntry, zone: LocalZone) -> Result<Self, ApiError> {
        let JournalEntry { entry, unit } = found;
        let unsealed = entry.unsealed;
        Ok(Self {
            seq: unsealed.seq,
            recorded_at: LocalTime::new(unsealed.recorded_at, zone),
            actor: unsealed.actor,
            origin: unsealed.origin.map(|Origin { channel, user }| OriginView { channel, user }),
            effective_date: Day(unsealed.effective_date),
            unit,
            reverses: unsealed.reverses,
            event: serde_json::to_value(&unsealed.event).map_err(ApiError::internal)?,
            postings: unsealed.postings.into_iter().map(Into::into).collect(),
            hash: entry.hash.to_string(),
        })
    }
}

/// Which part of the journal.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EntryQuery {
    /// By whom: `operator:ID`, `volunteer:ID` or `system`.
    #[param(inline)]
    actor: Option<Actor>,
    /// What happened, as `event.kind` says it.
    #[param(inline)]
    kind: Option<EventKind>,
    /// Recorded on this local day.
    day: Option<Day>,
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// A kind of event.
#[derive(Clone, Copy, Debug)]
pub struct EventKind(&'static str);

impl<'de> Deserialize<'de> for EventKind {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = String::deserialize(input)?;
        let known = Event::kinds().find(|kind| *kind == text);
        known.map(Self).ok_or_else(|| D::Error::custom("no event is of this kind"))
    }
}

impl PartialSchema for EventKind {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[a-z_]+$")).into()
    }
}

impl ToSchema for EventKind {}

impl EntryQuery {
    fn filter(&self, zone: LocalZone) -> EntryFilter {
        EntryFilter {
            actor: self.actor,
            kind: self.kind.map(|EventKind(kind)| kind),
            recorded: self.day.as_ref().map(|Day(day)| (zone.start_of(*day), zone.last_of(*day))),
        }
    }
}

/// Lists the journal's entries with their postings
///
/// Those of the caller's units, oldest first; all of them for admins and for auditors of the unit that all are under.
#[utoipa::path(
    tag = "journal",
    params(EntryQuery),
    responses((status = 200, description = "A page", body = Page<EntryView>)),
    security(("bearer" = ["coordinator", "auditor", "admin"])),
)]
#[get("/journal/entries")]
pub async fn list_entries(
    state: State,
    caller: AnyOperator,
    query: Query<EntryQuery>,
) -> Result<Shown<Page<EntryView>>, ApiError> {
    let request = page_request("entries", query.0.limit, query.0.cursor.as_ref())?;
    let role = caller.0.role;
    let filter = query.0.filter(state.rules.zone);
    let read = move |db: &mut Db, scope: Scope| {
        let scope = journal::readable(db, role, scope)?;
        journal::list(db, scope, filter, request)
    };
    let page = state.read_as(caller.0, read).await?;
    Ok(Shown::plain(Page::try_new("entries", page, |entry| EntryView::new(entry, state.rules.zone))?))
}

/// Shows a journal entry with its postings
///
/// Any entry that the list shows.
#[utoipa::path(
    tag = "journal",
    params(("seq" = Seq, Path, description = "The entry's position")),
    responses((status = 200, description = "The entry", body = EntryView)),
    security(("bearer" = ["coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["entry_not_found"]))),
)]
#[get("/journal/entries/{seq}")]
pub async fn get_entry(
    state: State,
    caller: AnyOperator,
    seq: PathSeq,
) -> Result<Shown<EntryView>, ApiError> {
    let role = caller.0.role;
    let read = move |db: &mut Db, scope: Scope| {
        let scope = journal::readable(db, role, scope)?;
        journal::get(db, scope, seq.0)
    };
    let found = state.read_as(caller.0, read).await?;
    let entry = EntryView::new(found.ok_or(ApiError::EntryNotFound)?, state.rules.zone)?;
    Ok(Shown::plain(entry))
}

/// Shows the canonical bytes of an entry
///
/// Canonical JSON (RFC 8785). SHA-256 over a zero byte and these bytes is the entry's `hash`.
#[utoipa::path(
    tag = "journal",
    params(("seq" = Seq, Path, description = "The entry's position")),
    responses((status = 200, description = "The bytes", body = Object, content_type = "application/json")),
    security(("bearer" = ["coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["entry_not_found"]))),
)]
#[get("/journal/entries/{seq}/leaf")]
pub async fn get_leaf(state: State, caller: AnyOperator, seq: PathSeq) -> Result<HttpResponse, ApiError> {
    let role = caller.0.role;
    let read = move |db: &mut Db, scope: Scope| {
        let scope = journal::readable(db, role, scope)?;
        if journal::get(db, scope, seq.0)?.is_none() {
            return Ok(None);
        }
        Ok(journal::leaves_after(db, Seq(seq.0.0 - 1), 1)?.pop())
    };
    let leaf = state.read_as(caller.0, read).await?.ok_or(ApiError::EntryNotFound)?;
    Ok(HttpResponse::Ok().content_type("application/json").body(leaf))
}
