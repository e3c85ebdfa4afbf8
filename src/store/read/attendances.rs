//! Attendances: who was at which activity, as the service saw it.

use super::list::{PageOf, PageRequest};
use super::scope::{Scope, ViaService, belongs_within, within};
use crate::domain::attendance::{Attendance, AttendanceStatus, NoRecord, Sighting};
use crate::domain::ids::{ActivityId, AttendanceId, UnitId, VolunteerId};
use crate::store::column::{Stored, words};
use crate::store::expression::{given, in_either};
use crate::store::schema::attendances as t;
use crate::store::table::table_row;
use crate::store::{Db, StoreError};
use diesel::dsl::auto_type;
use diesel::prelude::*;
use std::convert::identity;

words!(AttendanceStatus, NoRecord, Sighting);

table_row! {
    Attendance in attendances by [id] {
        id, activity, unit, volunteer, enrolment, status, checked_in_at, checked_in_by, checked_in_actor,
        checked_out_at, checked_out_by, record, no_record, version,
    }
}

/// Which attendances are looked for; all that are given must hold.
#[derive(Clone, Copy, Debug, Default)]
pub struct AttendanceFilter {
    pub activity: Option<ActivityId>,
    pub volunteer: Option<VolunteerId>,
    /// At activities of this unit or one under it.
    pub unit: Option<UnitId>,
    pub status: Option<AttendanceStatus>,
}

/// One attendance.
pub fn get(db: &mut Db, scope: Scope, id: AttendanceId) -> Result<Option<Attendance>, StoreError> {
    db.one(attendances(scope).filter(t::id.eq(Stored(id))))
}

/// Attendances, newest first.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: AttendanceFilter,
    page: PageRequest,
) -> Result<PageOf<Attendance>, StoreError> {
    let (scanned, by_index) = scope.scan_or_index(db)?;
    let attendances = attendances(scanned)
        .filter(given(by_index, |own| {
            let of_unit = t::table.filter(within(t::unit, own)).select(t::id);
            let of_members = t::table.filter(belongs_within(t::volunteer, own)).select(t::id);
            in_either(t::id, of_unit, of_members)
        }))
        .filter(given(filter.activity, |activity| t::activity.eq(Stored(activity))))
        .filter(given(filter.volunteer, |volunteer| t::volunteer.eq(Stored(volunteer))))
        .filter(given(filter.unit, |unit| within(t::unit, unit)))
        .filter(given(filter.status, |status| t::status.eq(Stored(status))))
        .filter(page.older(t::id))
        .order(t::id.desc())
        .limit(page.rows_to_read());
    page.read(db, attendances, identity, |attendance: &Attendance| attendance.id.seq())
}

#[auto_type(no_type_alias)]
fn attendances(scope: Scope) -> _ {
    let visible: ViaService<t::unit, t::volunteer> = scope.visible_via_service(t::unit, t::volunteer);
    t::table.filter(visible)
}
