//! Lots of points: what each crediting earned, and what is left of it.

use super::list::{Listing, PageOf, PageRequest, equals, rows};
use super::scope::Scope;
use super::volunteers::visible_with;
use crate::domain::amounts::Points;
use crate::domain::ids::{LotId, VolunteerId};
use crate::domain::lot::Draw;
use crate::domain::lot::Lot;
use crate::store::sql::Sql;
use crate::store::{Db, StoreError};
use std::collections::HashSet;

/// A volunteer's lots, newest first; none where the volunteer is not to be seen.
pub fn list(
    db: &mut Db,
    scope: Scope,
    volunteer: VolunteerId,
    page: PageRequest,
) -> Result<Option<PageOf<Lot>>, StoreError> {
    if db.number(visible_with(scope, volunteer))?.is_none() {
        return Ok(None);
    }
    let lots = Listing::of::<Lot>().only(equals("t.volunteer", &volunteer));
    lots.page_of_rows(db, page, |lot: &Lot| lot.id.seq()).map(Some)
}

/// Of the points that were drawn, those that were earned by records that have been voided since.
pub fn voided_points(db: &mut Db, draws: &[Draw]) -> Result<Points, StoreError> {
    let keys: Vec<_> = draws.iter().map(|draw| [draw.lot.seq().0, 0, 0]).collect();
    let sql = Sql::new("SELECT t.id FROM ")
        .join(Sql::keys(db.dialect(), &keys, 1))
        .and(" JOIN lots AS t ON t.id = k.a WHERE t.voided <> 0");
    let voided: HashSet<LotId> = rows(db, sql, |mut row| row.next())?.into_iter().collect();
    Ok(draws.iter().filter(|draw| voided.contains(&draw.lot)).map(|draw| draw.points).sum())
}
