//! Records on public notice, and how long units have them there.

use super::list::{Listing, Order, PageOf, PageRequest, compare, equals, rows};
use super::records::SIFT_BY_UNIT;
use super::scope::{Scope, within};
use super::units;
use crate::domain::identity::mask_name;
use crate::domain::ids::UnitId;
use crate::domain::notice::NoticePolicy;
use crate::domain::record::ServiceRecord;
use crate::domain::text::Name;
use crate::domain::time::Timestamp;
use crate::store::sql::Sql;
use crate::store::table::Table;
use crate::store::{Db, StoreError};
use std::collections::BTreeMap;

/// A record on notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub record: ServiceRecord,
    /// Whose it is, as strangers may read it; none where the registration was closed.
    pub masked_name: Option<String>,
}

/// Notices that run at an instant, the newest first. Found among the records that wait, which are few.
pub fn running(
    db: &mut Db,
    scope: Scope,
    unit: Option<UnitId>,
    now: Timestamp,
    page: PageRequest,
) -> Result<PageOf<Notice>, StoreError> {
    let columns = format!("{}, p.name", ServiceRecord::select_list("t"));
    Listing::select(&columns, "service_records AS t LEFT JOIN people AS p ON p.volunteer = t.volunteer")
        .only(scope.of_notice(SIFT_BY_UNIT))
        .only(Sql::new("t.status = 'submitted'"))
        .only(compare("t.notice_ends_at", ">", &now))
        .only_if(unit, |unit| within(SIFT_BY_UNIT, unit))
        .page(
            db,
            page,
            ("t.id", Order::NewestFirst),
            |mut row| {
                let record = row.table()?;
                let name: Option<Name> = row.next()?;
                Ok(Notice { record, masked_name: name.map(|name| mask_name(name.as_str())) })
            },
            |notice: &Notice| notice.record.id.seq(),
        )
}

/// The policy that holds for a unit: its own, or that of the nearest unit above that has one. None where
/// the unit is not to be seen, and within that where nobody set one.
pub fn policy_in_force(
    db: &mut Db,
    scope: Scope,
    id: UnitId,
) -> Result<Option<Option<NoticePolicy>>, StoreError> {
    let Some(unit) = units::get(db, scope, id)? else { return Ok(None) };
    let above = Sql::new("t.unit IN (SELECT ancestor FROM unit_lineage WHERE ")
        .join(equals("unit", &id))
        .and(") AND t.working_days IS NOT NULL");
    let set = rows(db, Listing::of::<NoticePolicy>().only(above).end(""), |mut row| {
        row.table().map(|policy: NoticePolicy| (policy.unit, policy))
    })?;
    let set: BTreeMap<UnitId, NoticePolicy> = set.into_iter().collect();
    Ok(Some(unit.path.iter().rev().find_map(|unit| set.get(unit).copied())))
}
