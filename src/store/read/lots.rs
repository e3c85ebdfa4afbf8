//! Lots of points: what each crediting earned, and what is left of it.

use super::list::{PageOf, PageRequest};
use super::merges;
use super::scope::Scope;
use super::volunteers::is_visible;
use crate::domain::amounts::Points;
use crate::domain::ids::{LotId, VolunteerId};
use crate::domain::lot::Draw;
use crate::domain::lot::Lot;
use crate::store::column::Stored;
use crate::store::expression::is_one_of;
use crate::store::schema::lots as t;
use crate::store::table::table_row;
use crate::store::{Db, StoreError};
use diesel::prelude::*;
use std::collections::HashSet;
use std::convert::identity;

table_row! {
    Lot in lots by [id] {
        id, volunteer, record, policy, issued_by, service_month, points, remaining, lapsed, expires_at,
        voided, owed, lenders, expiry_announced_at,
    }
}

/// A volunteer's lots, those of merged numbers among them, newest first; none where the volunteer is not to be seen.
pub fn list(
    db: &mut Db,
    scope: Scope,
    volunteer: VolunteerId,
    page: PageRequest,
) -> Result<Option<PageOf<Lot>>, StoreError> {
    if !is_visible(db, scope, volunteer)? {
        return Ok(None);
    }
    let numbers = merges::numbers_of(db, volunteer, None)?;
    let lots = t::table
        .filter(is_one_of(t::volunteer, numbers))
        .filter(page.older(t::id))
        .order(t::id.desc())
        .limit(page.rows_to_read());
    page.read(db, lots, identity, |lot: &Lot| lot.id.seq()).map(Some)
}

/// Of the points that were drawn, those that were earned by records that have been voided since.
pub fn voided_points(db: &mut Db, draws: &[Draw]) -> Result<Points, StoreError> {
    let drawn_from = is_one_of(t::id, draws.iter().map(|draw| draw.lot));
    let voided = t::table.filter(drawn_from).filter(t::voided.eq(Stored(true))).select(t::id);
    let voided: HashSet<LotId> = db.load(voided)?.into_iter().map(Stored::value).collect();
    Ok(draws.iter().filter(|draw| voided.contains(&draw.lot)).map(|draw| draw.points).sum())
}
