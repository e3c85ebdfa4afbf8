//! Enrolments: places in positions, and waits for one.

use super::list::{PageOf, PageRequest};
use super::scope::{Scope, ViaService, belongs_within, within};
use crate::domain::enrolment::{Enrolment, EnrolmentStatus, Unfit};
use crate::domain::ids::{ActivityId, EnrolmentId, PositionId, UnitId, VolunteerId};
use crate::store::column::{Stored, words};
use crate::store::expression::{given, in_either};
use crate::store::schema::enrolments as t;
use crate::store::table::table_row;
use crate::store::{Db, StoreError};
use diesel::dsl::auto_type;
use diesel::prelude::*;
use std::convert::identity;

words!(EnrolmentStatus, Unfit);

table_row! {
    Enrolment in enrolments by [id] {
        id, position, activity, unit, volunteer, status, at_once, made_by, made_at, respond_by, passed_over, late,
        contested_at, version,
    }
}

/// Which enrolments are looked for; all that are given must hold.
#[derive(Clone, Copy, Debug, Default)]
pub struct EnrolmentFilter {
    pub activity: Option<ActivityId>,
    pub position: Option<PositionId>,
    pub volunteer: Option<VolunteerId>,
    /// In activities of this unit or one under it.
    pub unit: Option<UnitId>,
    pub status: Option<EnrolmentStatus>,
}

/// One enrolment.
pub fn get(db: &mut Db, scope: Scope, id: EnrolmentId) -> Result<Option<Enrolment>, StoreError> {
    db.one(enrolments(scope).filter(t::id.eq(Stored(id))))
}

/// How many wait before one who waits.
pub fn ahead(db: &mut Db, enrolment: &Enrolment) -> Result<i64, StoreError> {
    let before = t::table
        .filter(t::position.eq(Stored(enrolment.position)))
        .filter(t::status.eq(Stored(EnrolmentStatus::Waiting)))
        .filter(t::id.lt(Stored(enrolment.id)))
        .count();
    Ok(db.one(before)?.unwrap_or(0))
}

/// Enrolments, newest first.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: EnrolmentFilter,
    page: PageRequest,
) -> Result<PageOf<Enrolment>, StoreError> {
    let (scanned, by_index) = scope.scan_or_index(db)?;
    let enrolments = enrolments(scanned)
        .filter(given(by_index, |own| {
            let of_unit = t::table.filter(within(t::unit, own)).select(t::id);
            let of_members = t::table.filter(belongs_within(t::volunteer, own)).select(t::id);
            in_either(t::id, of_unit, of_members)
        }))
        .filter(given(filter.activity, |activity| t::activity.eq(Stored(activity))))
        .filter(given(filter.position, |position| t::position.eq(Stored(position))))
        .filter(given(filter.volunteer, |volunteer| t::volunteer.eq(Stored(volunteer))))
        .filter(given(filter.unit, |unit| within(t::unit, unit)))
        .filter(given(filter.status, |status| t::status.eq(Stored(status))))
        .filter(page.older(t::id))
        .order(t::id.desc())
        .limit(page.rows_to_read());
    page.read(db, enrolments, identity, |enrolment: &Enrolment| enrolment.id.seq())
}

#[auto_type(no_type_alias)]
fn enrolments(scope: Scope) -> _ {
    let visible: ViaService<t::unit, t::volunteer> = scope.visible_via_service(t::unit, t::volunteer);
    t::table.filter(visible)
}
