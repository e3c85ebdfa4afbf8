//! Pledges, with their words and whether their records count.

use super::list::{Listing, Order, PageOf, PageRequest, equals, rows};
use super::row::Row;
use super::scope::{Scope, within};
use crate::domain::amounts::Minutes;
use crate::domain::ids::{PledgeId, RecordId, UnitId, VolunteerId};
use crate::domain::pledge::Pledge;
use crate::domain::record::{RecordStatus, ServiceRecord};
use crate::domain::text::Note;
use crate::store::sql::Sql;
use crate::store::table::Table;
use crate::store::{Db, StoreError};
use std::collections::HashMap;

/// A pledge, and what was said and done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PledgeView {
    pub pledge: Pledge,
    /// None once the volunteer's data is erased.
    pub title: Option<Note>,
    pub kept_by: Vec<KeptBy>,
}

/// A record that was named to keep a pledge, as it stands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptBy {
    pub record: RecordId,
    pub credited_minutes: Minutes,
    /// Whether it still counts: it may have been voided since.
    pub counts: bool,
}

/// Which pledges are looked for; all that are given must hold.
#[derive(Clone, Copy, Debug, Default)]
pub struct PledgeFilter {
    pub volunteer: Option<VolunteerId>,
    /// Made in this unit or one under it.
    pub unit: Option<UnitId>,
}

/// One pledge.
pub fn get(db: &mut Db, scope: Scope, id: PledgeId) -> Result<Option<PledgeView>, StoreError> {
    let found = pledges_of(scope).only(equals("t.id", &id)).one(db, read_view)?;
    Ok(with_records(db, found.into_iter().collect())?.pop())
}

/// Pledges, newest first.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: PledgeFilter,
    page: PageRequest,
) -> Result<PageOf<PledgeView>, StoreError> {
    let PageOf { items, next } = pledges_of(scope)
        .only_where("t.volunteer", filter.volunteer)
        .only_if(filter.unit, |unit| within("t.unit", unit))
        .page(db, page, ("t.id", Order::NewestFirst), read_view, |view: &PledgeView| view.pledge.id.seq())?;
    Ok(PageOf { items: with_records(db, items)?, next })
}

fn pledges_of(scope: Scope) -> Listing {
    let columns = format!("{}, n.note", Pledge::select_list("t"));
    let titled = "pledges AS t LEFT JOIN notes AS n ON n.entry = t.id AND n.commitment = t.title";
    Listing::select(&columns, titled).only(scope.of_deed("t.volunteer", "t.unit"))
}

fn read_view(mut row: Row) -> Result<PledgeView, StoreError> {
    Ok(PledgeView { pledge: row.table()?, title: row.next()?, kept_by: Vec::new() })
}

/// Adds the records of all these pledges, in the order in which they were named.
fn with_records(db: &mut Db, mut views: Vec<PledgeView>) -> Result<Vec<PledgeView>, StoreError> {
    let named = views.iter().flat_map(|view| &view.pledge.records);
    let keys: Vec<[i64; 3]> = named.map(|record| [record.seq().0, 0, 0]).collect();
    if keys.is_empty() {
        return Ok(views);
    }
    let sql = Sql::new(format!("SELECT {} FROM ", ServiceRecord::select_list("t")))
        .join(Sql::keys(db.dialect(), &keys, 1))
        .and(" JOIN service_records AS t ON t.id = k.a");
    let found: HashMap<RecordId, ServiceRecord> = rows(db, sql, |mut row| row.table())?
        .into_iter()
        .map(|record: ServiceRecord| (record.id, record))
        .collect();
    for view in &mut views {
        let records = view.pledge.records.iter().filter_map(|id| found.get(id));
        view.kept_by = records
            .map(|record| KeptBy {
                record: record.id,
                credited_minutes: record.credited_minutes,
                counts: record.status == RecordStatus::Credited,
            })
            .collect();
    }
    Ok(views)
}
