//! What the passing of time has brought to its end, for the sweeper.

use super::list::{Listing, compare, rows};
use crate::domain::ids::{RedemptionId, TransferId, VolunteerId};
use crate::domain::time::Timestamp;
use crate::store::column::Column;
use crate::store::sql::Sql;
use crate::store::{Db, StoreError};

/// Open redemptions that were not picked up in time, at most `limit`, the longest overdue first.
pub fn redemptions(db: &mut Db, now: Timestamp, limit: u32) -> Result<Vec<RedemptionId>, StoreError> {
    overdue(db, Listing::select("t.id", "redemptions AS t").only(Sql::new("t.status = 'held'")), now, limit)
}

/// Open transfers that were not done in time, at most `limit`, the longest overdue first.
pub fn transfers(db: &mut Db, now: Timestamp, limit: u32) -> Result<Vec<TransferId>, StoreError> {
    let open = Sql::new("t.status IN ('requested', 'released')");
    overdue(db, Listing::select("t.id", "transfers AS t").only(open), now, limit)
}

/// Volunteers who have points left whose validity has ended, at most `limit`.
pub fn volunteers_with_lapsed_lots(
    db: &mut Db,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<VolunteerId>, StoreError> {
    let sql = Listing::select("DISTINCT t.volunteer", "lots AS t")
        .only(Sql::new("t.remaining > 0"))
        .only(compare("t.expires_at", "<=", &now))
        .end(" LIMIT ?")
        .int(limit.into());
    rows(db, sql, |mut row| row.next())
}

fn overdue<I: Column>(db: &mut Db, open: Listing, now: Timestamp, limit: u32) -> Result<Vec<I>, StoreError> {
    let sql = open
        .only(compare("t.expires_at", "<=", &now))
        .end(" ORDER BY t.expires_at, t.id LIMIT ?")
        .int(limit.into());
    rows(db, sql, |mut row| row.next())
}
