//! What findings about points and gifts are looked for in.

use super::{Scope, Window, unless_too_many, within_window};
use crate::domain::actor::Actor;
use crate::domain::amounts::Minutes;
use crate::domain::finding::{PointsRows, ServiceAgain};
use crate::domain::ids::{RecordId, UnitId, VolunteerId};
use crate::store::column::Stored;
use crate::store::named_sql::NamedSql;
use crate::store::{Db, StoreError};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

/// All of it; none where there is too much.
pub(super) fn rows(db: &mut Db, scope: Scope, window: Window) -> Result<Option<PointsRows>, StoreError> {
    let Some(again) = again(db, scope, window)? else { return Ok(None) };
    Ok(Some(PointsRows { again }))
}

/// Service that was credited within the window, with what says the same and had been voided before.
const AGAIN: &str = "
    SELECT s.unit, s.volunteer, s.decided_by, s.id, s.credited_minutes, v.id AS voided
    FROM service_records AS s
    JOIN service_records AS v ON v.volunteer = s.volunteer AND v.voided_entry IS NOT NULL
      AND v.voided_entry < s.credited_entry
      AND ((v.started_at < s.ended_at AND s.started_at < v.ended_at)
           OR (v.activity = s.activity AND v.service_date = s.service_date))
    WHERE {began} AND {counted} AND {units}
    ORDER BY s.id, v.id
    LIMIT :most";

#[derive(QueryableByName)]
struct AgainRow {
    #[diesel(sql_type = BigInt)]
    unit: Stored<UnitId>,
    #[diesel(sql_type = BigInt)]
    volunteer: Stored<VolunteerId>,
    #[diesel(sql_type = BigInt)]
    decided_by: Stored<Actor>,
    #[diesel(sql_type = BigInt)]
    id: Stored<RecordId>,
    #[diesel(sql_type = BigInt)]
    credited_minutes: Stored<Minutes>,
    #[diesel(sql_type = BigInt)]
    voided: Stored<RecordId>,
}

fn again(db: &mut Db, scope: Scope, window: Window) -> Result<Option<Vec<ServiceAgain>>, StoreError> {
    let sql = within_window(db, NamedSql::new(AGAIN), scope, window, "s.unit")?;
    let service = |row: AgainRow| ServiceAgain {
        unit: row.unit.value(),
        volunteer: row.volunteer.value(),
        credited_by: row.decided_by.value(),
        record: row.id.value(),
        credited_minutes: row.credited_minutes.value(),
        voided_record: row.voided.value(),
    };
    Ok(unless_too_many(db.load(sql)?.into_iter().map(service).collect()))
}
