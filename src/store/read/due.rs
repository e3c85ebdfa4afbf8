//! What the passing of time has brought to its end, for the sweeper; and what it will, for people.

use super::json;
use super::list::{Listing, Order, PageOf, PageRequest, compare, rows};
use super::records::SIFT_BY_UNIT;
use super::scope::{Scope, within};
use crate::domain::activity::Activity;
use crate::domain::ids::{RedemptionId, TransferId, UnitId, VolunteerId};
use crate::domain::record::ServiceRecord;
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

/// Which activities are due to have their service entered; all must hold.
#[derive(Clone, Copy, Debug)]
pub struct DueActivities {
    /// Carried out by this unit or one under it.
    pub unit: Option<UnitId>,
    /// Over later than this: what ended sooner is overdue.
    pub ended_after: Timestamp,
    /// Over at this instant or before.
    pub ended_by: Timestamp,
    /// Most live records that rest on it.
    pub most_records: i64,
}

/// Activities that took place and whose service is still to be entered: the one that ended first comes
/// first.
pub fn activities(
    db: &mut Db,
    scope: Scope,
    filter: &DueActivities,
    page: PageRequest,
) -> Result<PageOf<Activity>, StoreError> {
    // Instants are texts of one length in UTC there, which sort as the instants do.
    let dialect = db.dialect();
    let end_of = |alias: &str| json::text_at(dialect, &format!("{alias}.details"), &["window", "end"]);
    let end = end_of("t");
    let edge =
        |beyond: &str, instant: Timestamp| Sql::new(format!("{end} {beyond} ?")).string(&instant.to_string());
    let sql = Listing::of::<Activity>()
        .only(scope.of_unit("t.unit"))
        .only(Sql::new("t.cancelled = 0"))
        .only_if(filter.unit, |unit| within("t.unit", unit))
        .only(compare("t.live_records", "<=", &filter.most_records))
        .only(edge(">", filter.ended_after))
        .only(edge("<=", filter.ended_by))
        .only_if(page.after, |last| {
            let last_end = end_of("last");
            Sql::new(format!(
                "({end}, t.id) > (SELECT {last_end}, last.id FROM activities AS last WHERE last.id = ?)"
            ))
            .bind(last.to_cell())
        })
        .end(&format!(" ORDER BY {end}, t.id LIMIT ?"))
        .int(page.rows_to_read());
    Ok(page.page(rows(db, sql, |mut row| row.table())?, |activity: &Activity| activity.id.seq()))
}

/// Records that wait for a decision, the one that has waited longest first. They are few and have an
/// index of their own; a unit's may be many.
pub fn records(
    db: &mut Db,
    scope: Scope,
    unit: Option<UnitId>,
    page: PageRequest,
) -> Result<PageOf<ServiceRecord>, StoreError> {
    Listing::of::<ServiceRecord>()
        .only(scope.of_unit(SIFT_BY_UNIT))
        .only(Sql::new("t.status = 'submitted'"))
        .only_if(unit, |unit| within(SIFT_BY_UNIT, unit))
        .page(
            db,
            page,
            ("t.id", Order::OldestFirst),
            |mut row| row.table(),
            |record: &ServiceRecord| record.id.seq(),
        )
}

fn overdue<I: Column>(db: &mut Db, open: Listing, now: Timestamp, limit: u32) -> Result<Vec<I>, StoreError> {
    let sql = open
        .only(compare("t.expires_at", "<=", &now))
        .end(" ORDER BY t.expires_at, t.id LIMIT ?")
        .int(limit.into());
    rows(db, sql, |mut row| row.next())
}
