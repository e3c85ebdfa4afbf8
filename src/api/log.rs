//! The journal as a transparency log that ready-made clients read (C2SP tlog-tiles): the checkpoint and
//! the tree's tiles for everybody, the entries for who audits the whole.
//!
//! The paths are the standard's, not ours, so they stand beside the specification of the API.

use super::extract::AnyOperator;
use super::problem::ApiError;
use super::state::State;
use crate::domain::general;
use crate::domain::ids::Seq;
use crate::journal::{MOST_ENTRY_BYTES, TILE_LEVELS, TILE_WIDTH, TreeHash};
use crate::store::read::{Scope, journal};
use crate::store::{Db, StoreError, head, tree};
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpResponse, web};
use std::ops::Range;

/// The routes of the log.
pub fn routes(config: &mut web::ServiceConfig) {
    config.service(
        web::scope("/log")
            .route("/checkpoint", web::get().to(checkpoint))
            .route("/tile/entries/{tile:.+}", web::get().to(entries))
            .route("/tile/{level}/{tile:.+}", web::get().to(hashes)),
    );
}

async fn checkpoint(state: State) -> Result<HttpResponse, ApiError> {
    let found = state.read(tree::latest_checkpoint).await?.ok_or(ApiError::CheckpointNotFound)?;
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(found.note))
}

/// Up to 256 hashes of one row of the tree, one after the other.
async fn hashes(state: State, path: web::Path<(String, String)>) -> Result<HttpResponse, ApiError> {
    let (level, tile) = path.into_inner();
    let (Some(level), Some(tile)) = (tile_level(&level), Tile::parse(&tile)) else {
        return Err(ApiError::RouteNotFound);
    };
    let found = state.read(move |db| {
        db.snapshot(|db| {
            let row_width = head::read(db)?.tree.size() >> (TILE_LEVELS * level);
            tile.within(row_width).map(|positions| tree::row(db, level, positions)).transpose()
        })
    });
    let hashes: Vec<TreeHash> = found.await?.ok_or(ApiError::RouteNotFound)?;
    Ok(immutable("public", hashes.iter().flat_map(|hash| hash.0).collect()))
}

/// Up to 256 entries' canonical bytes, each after its length in two bytes.
async fn entries(
    state: State,
    caller: AnyOperator,
    path: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let Some(tile) = Tile::parse(&path) else { return Err(ApiError::RouteNotFound) };
    let role = caller.0.role;
    let found = state.read_as(caller.0, move |db, scope| {
        if journal::readable(db, role, scope)? != Scope::All {
            return Ok(Err(general::Refusal::NotPermitted.into()));
        }
        db.snapshot(|db| {
            let size = head::read(db)?.tree.size();
            Ok(tile
                .within(size)
                .map(|entries| bundle(db, &entries))
                .transpose()?
                .ok_or(ApiError::RouteNotFound))
        })
    });
    Ok(immutable("private", found.await??))
}

fn bundle(db: &mut Db, entries: &Range<u64>) -> Result<Vec<u8>, StoreError> {
    let after = Seq(i64::try_from(entries.start).unwrap_or(i64::MAX));
    let limit = u32::try_from(entries.end - entries.start).unwrap_or_default();
    let mut bytes = Vec::new();
    for leaf in journal::leaves_after(db, after, limit)? {
        // One of before there was a limit stands here without its bytes, which are shown by themselves.
        let leaf = if leaf.len() > MOST_ENTRY_BYTES { "" } else { leaf.as_str() };
        bytes.extend(u16::try_from(leaf.len()).unwrap_or_default().to_be_bytes());
        bytes.extend(leaf.as_bytes());
    }
    Ok(bytes)
}

/// What is full, and of a part what is there, never changes.
fn immutable(whose: &str, body: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/octet-stream"))
        .insert_header((CACHE_CONTROL, format!("{whose}, max-age=31536000, immutable")))
        .body(body)
}

/// Which tile of a row, and how many of its hashes: `x001/x234/067`, and `067.p/12` for a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Tile {
    index: u64,
    width: u64,
}

impl Tile {
    fn parse(path: &str) -> Option<Self> {
        let (index, width) = match path.split_once(".p/") {
            Some((index, width)) => (index, Some(width)),
            None => (path, None),
        };
        let width = match width {
            None => TILE_WIDTH,
            Some(text) => plain_number(text).filter(|width| (1..TILE_WIDTH).contains(width))?,
        };
        Some(Self { index: tile_index(index)?, width })
    }

    /// Its positions in a row of so many hashes, if they are all there.
    fn within(self, row_width: u64) -> Option<Range<u64>> {
        let start = self.index.checked_mul(TILE_WIDTH)?;
        let end = start.checked_add(self.width)?;
        (end <= row_width).then_some(start..end)
    }
}

/// A number in groups of three digits, all but the last with an `x` before them.
fn tile_index(path: &str) -> Option<u64> {
    let mut groups = path.split('/').peekable();
    let mut index: u64 = 0;
    while let Some(group) = groups.next() {
        let digits = match groups.peek() {
            Some(_) => three_digits(group.strip_prefix('x')?).filter(|digits| index > 0 || *digits > 0)?,
            None => three_digits(group)?,
        };
        index = index.checked_mul(1000)?.checked_add(digits)?;
    }
    Some(index)
}

/// A row of tiles: 0 to 7, for no journal is longer than 2^63.
fn tile_level(text: &str) -> Option<u32> {
    let level: u32 = (text.len() == 1).then(|| text.parse().ok())??;
    (level < u64::BITS / TILE_LEVELS).then_some(level)
}

fn three_digits(text: &str) -> Option<u64> {
    (text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

fn plain_number(text: &str) -> Option<u64> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    is_plain.then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tile_is_named_as_the_standard_says() {
        let tile = |index, width| Some(Tile { index, width });
        assert_eq!(Tile::parse("000"), tile(0, 256));
        assert_eq!(Tile::parse("067.p/12"), tile(67, 12));
        assert_eq!(Tile::parse("x001/x234/067"), tile(1_234_067, 256));
        for (text, level) in
            [("0", Some(0)), ("7", Some(7)), ("8", None), ("00", None), ("", None), ("+1", None)]
        {
            assert_eq!(tile_level(text), level, "{text}");
        }
        for wrong in [
            "",
            "0",
            "0000",
            "x067",
            "001/067",
            "x000/067",
            "x1/067",
            "067.p/0",
            "067.p/256",
            "067.p/012",
            "067.p/",
            "067/",
            "/067",
            "x001//067",
            "+67",
            "x999/x999/x999/x999/x999/x999/x999/999",
            "x018/x446/x744/x073/x709/x551/x615/x001/001",
        ] {
            assert_eq!(Tile::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_tile_beyond_the_row_is_not_there() {
        let part = Tile { index: 1, width: 4 };
        assert_eq!(part.within(260), Some(256..260));
        assert_eq!(part.within(259), None);
        assert_eq!(Tile { index: u64::MAX, width: 256 }.within(u64::MAX), None);
    }
}
