//! Records on public notice, and how long units have them there.

use super::list::{PageOf, PageRequest};
use super::scope::{Scope, at_or_above, within};
use super::units;
use crate::domain::identity::mask_name;
use crate::domain::ids::UnitId;
use crate::domain::notice::{NoticeDays, NoticePolicy};
use crate::domain::record::ServiceRecord;
use crate::domain::time::Timestamp;
use crate::store::column::{Column, Stored};
use crate::store::expression::{given, literally, no_index};
use crate::store::person_row::opened_person;
use crate::store::schema::{notice_policies as t, people as p, service_records as r};
use crate::store::table::table_row;
use crate::store::vault::Vault;
use crate::store::{Db, StoreError};
use diesel::prelude::*;
use std::collections::BTreeMap;

impl Column for NoticeDays {
    type Primitive = i64;

    fn to_primitive(&self) -> i64 {
        (*self).into()
    }

    fn from_primitive(value: i64) -> Result<Self, StoreError> {
        Self::try_from(value).map_err(|error| StoreError::corrupt(error.to_string()))
    }
}

table_row! {
    NoticePolicy in notice_policies by [unit] { unit, working_days, version }
}

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
    vault: &Vault,
    scope: Scope,
    unit: Option<UnitId>,
    now: Timestamp,
    page: PageRequest,
) -> Result<PageOf<Notice>, StoreError> {
    let notices = r::table
        .left_join(p::table.on(p::volunteer.eq(r::volunteer)))
        .filter(scope.visible_on_notice(no_index(r::unit)))
        .filter(literally(r::status, "= 'submitted'"))
        .filter(r::notice_ends_at.gt(Stored(now)))
        .filter(given(unit, |unit| within(no_index(r::unit), unit)))
        .filter(page.older(r::id))
        .order(r::id.desc())
        .limit(page.rows_to_read())
        .select((r::all_columns, p::content_sealed.nullable()));
    let notice = |(record, content): (ServiceRecord, Option<Vec<u8>>)| {
        let person = content.map(|cell| opened_person(vault, record.volunteer, &cell)).transpose()?;
        let masked_name = person.map(|person| mask_name(person.name.as_str()));
        Ok(Notice { record, masked_name })
    };
    let notices = db.load(notices)?.into_iter().map(notice).collect::<Result<_, StoreError>>()?;
    Ok(page.page(notices, |notice| notice.record.id.seq()))
}

/// The policy that holds for a unit: the longest of its own and those above, the nearest of equals. None where
/// the unit is not to be seen, and within that where nobody set one.
pub fn policy_in_force(
    db: &mut Db,
    scope: Scope,
    id: UnitId,
) -> Result<Option<Option<NoticePolicy>>, StoreError> {
    let Some(unit) = units::get(db, scope, id)? else { return Ok(None) };
    let set = t::table.filter(at_or_above(t::unit, id)).filter(t::working_days.is_not_null());
    let by_unit = |policy: NoticePolicy| (policy.unit, policy);
    let set: BTreeMap<UnitId, NoticePolicy> = db.load(set)?.into_iter().map(by_unit).collect();
    let set = unit.path.iter().filter_map(|unit| set.get(unit).copied());
    Ok(Some(set.max_by_key(|policy| policy.working_days)))
}
