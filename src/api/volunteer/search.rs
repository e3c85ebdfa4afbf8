//! Finding volunteers: by what lists are narrowed by, and by what a person is known by.
//!
//! Names and mobile numbers belong into a body: a query stands in the logs of whatever is in between.

use super::sight::Sight;
use super::view::KnownVolunteerView;
use crate::api::extract::{AnyOperator, Anyone, Query, Strict};
use crate::api::guesses::Guessed;
use crate::api::page::{Cursor, Page, PageSize, page_request};
use crate::api::problem::ApiError;
use crate::api::state::State;
use crate::api::view::Shown;
use crate::api::wire::{MobileInput, VolunteerNumber};
use crate::auth::Identity;
use crate::domain::actor::Role;
use crate::domain::ids::UnitId;
use crate::domain::text::Name;
use crate::domain::volunteer::VolunteerStatus;
use crate::store::Db;
use crate::store::read::About;
use crate::store::read::volunteers::{self, VolunteerFilter};
use actix_web::{get, post};
use serde::Deserialize;
use std::fmt;
use utoipa::{IntoParams, ToSchema};

/// Which volunteers; all that is given must hold.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct VolunteerQuery {
    /// Present members of this unit or one under it.
    unit: Option<UnitId>,
    status: Option<VolunteerStatus>,
    /// A part of the name; not for auditors. Use the search, which takes it in its body.
    name: Option<Name>,
    /// The whole volunteer number.
    number: Option<VolunteerNumber>,
    /// The whole mobile number; not for auditors. Use the search, which takes it in its body.
    mobile: Option<MobileInput>,
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// Which volunteers; all that is given must hold.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "name": "王小明", "mobile": "13800138000" }))]
pub struct VolunteerSearch {
    /// Present members of this unit or one under it.
    unit: Option<UnitId>,
    status: Option<VolunteerStatus>,
    /// A part of the name; not for auditors.
    name: Option<Name>,
    /// The whole volunteer number.
    number: Option<VolunteerNumber>,
    /// The whole mobile number; not for auditors.
    mobile: Option<MobileInput>,
    /// At most this many items on the page; 50 by default.
    #[schema(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// A name and a mobile number are not printed.
macro_rules! hidden {
    ($($name:ident)*) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )*};
}
hidden!(VolunteerQuery VolunteerSearch);

impl From<VolunteerQuery> for VolunteerSearch {
    fn from(query: VolunteerQuery) -> Self {
        let VolunteerQuery { unit, status, name, number, mobile, limit, cursor } = query;
        Self { unit, status, name, number, mobile, limit, cursor }
    }
}

/// Lists volunteers
///
/// Present members of the caller's units, newest first. Document and mobile numbers are masked. A volunteer
/// sees their own entry only.
#[utoipa::path(
    tag = "volunteers",
    params(VolunteerQuery),
    responses((status = 200, description = "A page", body = Page<KnownVolunteerView>)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-deprecated" = json!(["name", "mobile"])), ("x-refusals" = json!([
        "filter_not_for_auditors", "too_many_requests"
    ]))),
)]
#[get("/volunteers")]
pub async fn list_volunteers(
    state: State,
    caller: Anyone,
    query: Query<VolunteerQuery>,
) -> Result<Shown<Page<KnownVolunteerView>>, ApiError> {
    find(&state, caller.0, query.0.into()).await
}

/// Searches volunteers
///
/// The list, by a body: names and mobile numbers stand in no address. It changes nothing and leaves no entry. Whole
/// numbers that nobody has are looked for only so often in an hour. Auditors do not search by name or mobile number.
#[utoipa::path(
    tag = "volunteers",
    request_body = VolunteerSearch,
    responses((status = 200, description = "A page", body = Page<KnownVolunteerView>)),
    security(("bearer" = ["coordinator", "auditor", "admin"])),
    extensions(("x-keyless" = json!(true)), ("x-refusals" = json!([
        "invalid_cursor", "unit_not_found", "filter_not_for_auditors", "too_many_requests"
    ]))),
)]
#[post("/volunteers/search")]
pub async fn search_volunteers(
    state: State,
    caller: AnyOperator,
    body: Strict<VolunteerSearch>,
) -> Result<Shown<Page<KnownVolunteerView>>, ApiError> {
    find(&state, caller.0, body.value).await
}

async fn find(
    state: &State,
    caller: Identity,
    search: VolunteerSearch,
) -> Result<Shown<Page<KnownVolunteerView>>, ApiError> {
    let VolunteerSearch { unit, status, name, number, mobile, limit, cursor } = search;
    if caller.role == Role::Auditor && (name.is_some() || mobile.is_some()) {
        return Err(ApiError::FilterNotForAuditors);
    }
    let request = page_request("volunteers", limit, cursor.as_ref())?;
    let is_guess = number.is_some() || mobile.is_some();
    let guess = is_guess.then(|| state.guesses.begin(caller.actor, Guessed::Number)).transpose()?;
    let filter = VolunteerFilter {
        unit,
        status,
        name_part: name,
        number: number.map(|number| number.0),
        mobile: mobile.map(|mobile| state.vault.mobile_index(&mobile.0)),
    };
    let vault = state.vault.clone();
    let read = move |db: &mut Db, scope| volunteers::list(db, &vault, scope, &filter, request);
    let about = About { unit, ..About::default() };
    let page = state.list_as(caller, about, read).await?;
    if let Some(guess) = guess.filter(|_| !page.items.is_empty()) {
        guess.was_none();
    }
    let (sight, zone) = (Sight::of(caller.role), state.rules.zone);
    let show = |found| KnownVolunteerView::new(found, sight, zone);
    Ok(Shown::plain(Page::new("volunteers", page, show)))
}
