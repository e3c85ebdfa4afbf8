//! Lists in pages: keyset paging with an opaque cursor, so that nothing is skipped or shown twice
//! while others write.

use super::problem::ApiError;
use super::schema::{ENTRY_NUMBER_MAX, described, text};
use super::view::View;
use super::wire::BoundedInt;
use crate::domain::ids::Seq;
use crate::domain::message::MessagePlace;
use crate::domain::time::LocalZone;
use crate::store::read::{PageOf, PageRequest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use utoipa::openapi::Ref;
use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, Type};
use utoipa::{IntoParams, ToSchema};

/// Items on a page where nothing else is asked.
pub const PAGE_ITEMS_DEFAULT: i64 = 50;
/// Most items on a page.
pub const PAGE_ITEMS_MAX: i64 = 200;

/// How many items a page is to have.
pub type PageSize = BoundedInt<1, PAGE_ITEMS_MAX>;

/// The position of an entry in the journal; 0 is before the first.
pub type EntryNumber = BoundedInt<0, ENTRY_NUMBER_MAX>;

/// The place in a list at which the next page begins, as this service gave it out.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct Cursor(String);

described! {
    Next, "NextPage" => OneOfBuilder::new()
        .item(Ref::from_schema_name(Cursor::name()))
        .item(ObjectBuilder::new().schema_type(Type::Null))
        .description(Some("The `cursor` of the next page; null on the last page"));
    Cursor, "Cursor" => text("The `next` of the previous page, unchanged", "MS51bml0cy40NzEx")
        .min_length(Some(1)).max_length(Some(128)).pattern(Some("^[A-Za-z0-9_-]+$"));
}

/// Which page of a list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

impl PageQuery {
    /// The page of `list` that is asked for.
    pub fn of(&self, list: &str) -> Result<PageRequest, ApiError> {
        page_request(list, self.limit, self.cursor.as_ref())
    }
}

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T: ToSchema> {
    // In the order of the list. What every page has is described where its parts are described.
    pub items: Vec<T>,
    pub next: Next,
}

/// Where the next page begins, if there is one.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct Next(Option<String>);

/// The page of `list` that a query asks for.
pub fn page_request<P: Position>(
    list: &str,
    limit: Option<PageSize>,
    cursor: Option<&Cursor>,
) -> Result<PageRequest<P>, ApiError> {
    let after =
        cursor.map(|cursor| read_cursor(list, &cursor.0).ok_or(ApiError::InvalidCursor)).transpose()?;
    let limit = limit.map_or(PAGE_ITEMS_DEFAULT, |limit| limit.0);
    Ok(PageRequest { after, limit: u32::try_from(limit).unwrap_or(1) })
}

/// At most one item: a page of its own.
pub fn at_most_one<T>(item: Option<T>) -> PageOf<T> {
    PageOf { items: item.into_iter().collect(), next: None }
}

impl<V: View> Page<V> {
    /// A page of `list` as it was read, each thing as it is shown.
    #[must_use]
    pub fn of(list: &str, page: PageOf<V::Thing>, zone: LocalZone) -> Self {
        Self::new(list, page, |thing| V::of(thing, zone))
    }
}

impl<T: ToSchema> Page<T> {
    /// [`Page::new`] where showing can fail.
    pub fn try_new<R, P: Position>(
        list: &str,
        page: PageOf<R, P>,
        show: impl FnMut(R) -> Result<T, ApiError>,
    ) -> Result<Self, ApiError> {
        let next = Next(page.next.map(|after| write_cursor(list, &after)));
        Ok(Self { items: page.items.into_iter().map(show).collect::<Result<_, _>>()?, next })
    }

    /// A page of `list` as it was read, each item shown by `show`.
    pub fn new<R, P: Position>(list: &str, page: PageOf<R, P>, show: impl FnMut(R) -> T) -> Self {
        let next = Next(page.next.map(|after| write_cursor(list, &after)));
        Self { items: page.items.into_iter().map(show).collect(), next }
    }
}

/// By what the items of a list are known, as a cursor has it.
pub trait Position: Sized {
    /// Its text.
    fn to_text(&self) -> String;

    /// Whose text it is.
    fn of_text(text: &str) -> Option<Self>;
}

impl Position for Seq {
    fn to_text(&self) -> String {
        self.to_string()
    }

    fn of_text(text: &str) -> Option<Self> {
        text.parse().ok().filter(|seq| *seq >= 0).map(Self)
    }
}

impl Position for MessagePlace {
    fn to_text(&self) -> String {
        self.to_string()
    }

    fn of_text(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

/// The form that cursors have; another form gets another number, and old cursors are refused.
const FORM: &str = "1";

fn write_cursor<P: Position>(list: &str, after: &P) -> String {
    URL_SAFE_NO_PAD.encode(format!("{FORM}.{list}.{}", after.to_text()))
}

fn read_cursor<P: Position>(list: &str, text: &str) -> Option<P> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let place = std::str::from_utf8(&bytes).ok()?.strip_prefix(FORM)?.strip_prefix('.')?;
    let after = P::of_text(place.strip_prefix(list)?.strip_prefix('.')?)?;
    (write_cursor(list, &after) == text).then_some(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_back_to_its_place() {
        let cursor = write_cursor("units", &Seq(4711));
        assert_eq!(read_cursor("units", &cursor), Some(Seq(4711)));
        let place = MessagePlace { entry: Seq(4711), line: 2 };
        assert_eq!(read_cursor("messages", &write_cursor("messages", &place)), Some(place));
    }

    #[test]
    fn a_cursor_of_another_list_or_none_is_refused() {
        let cursor = write_cursor("units", &Seq(4711));
        assert_eq!(read_cursor::<Seq>("rewards", &cursor), None);
        let negative = URL_SAFE_NO_PAD.encode("1.units.-1");
        let padded = URL_SAFE_NO_PAD.encode("1.units.04711");
        for text in ["", "x", "!", "4711", &cursor[1..], &negative, &padded, &format!("{cursor}=")] {
            assert_eq!(read_cursor::<Seq>("units", text), None, "{text}");
        }
    }
}
