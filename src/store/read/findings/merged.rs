//! What findings of merges are looked for in.

use super::{Window, unless_too_many, within_window};
use crate::domain::actor::Actor;
use crate::domain::amounts::Minutes;
use crate::domain::finding::{MergedOverlap, MergedPair};
use crate::domain::ids::{MergeId, RecordId, Seq, UnitId, VolunteerId};
use crate::store::column::Stored;
use crate::store::named_sql::NamedSql;
use crate::store::read::Scope;
use crate::store::{Db, StoreError};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

/// Merges that were made within the window, with what the later number had been credited with by then.
const MERGED: &str = "
    SELECT g.unit, g.volunteer, g.earlier, g.asked_by, g.id, g.decided_entry,
           CAST((SELECT COALESCE(SUM(s.credited_minutes), 0) FROM service_records AS s
                 WHERE s.volunteer = g.volunteer AND s.credited_entry <= g.decided_entry
                   AND (s.voided_entry IS NULL OR s.voided_entry > g.decided_entry)) AS BIGINT) AS credited_minutes
    FROM merges AS g
    WHERE g.status = 'made' AND g.decided_entry > :before AND g.decided_entry <= :until
      AND g.decided_entry <= :as_of AND {units}
    ORDER BY g.id
    LIMIT :most";

#[derive(QueryableByName)]
struct MergedRow {
    #[diesel(sql_type = BigInt)]
    unit: Stored<UnitId>,
    #[diesel(sql_type = BigInt)]
    volunteer: Stored<VolunteerId>,
    #[diesel(sql_type = BigInt)]
    earlier: Stored<VolunteerId>,
    #[diesel(sql_type = BigInt)]
    asked_by: Stored<Actor>,
    #[diesel(sql_type = BigInt)]
    id: Stored<MergeId>,
    #[diesel(sql_type = BigInt)]
    decided_entry: Stored<Seq>,
    #[diesel(sql_type = BigInt)]
    credited_minutes: Stored<Minutes>,
}

pub(super) fn merged(
    db: &mut Db,
    scope: Scope,
    window: Window,
) -> Result<Option<Vec<MergedPair>>, StoreError> {
    let sql = within_window(db, NamedSql::new(MERGED), scope, window, "g.unit")?;
    let pair = |row: MergedRow| MergedPair {
        unit: row.unit.value(),
        volunteer: row.volunteer.value(),
        earlier: row.earlier.value(),
        asked_by: row.asked_by.value(),
        asked_entry: row.id.value().seq(),
        merged_entry: row.decided_entry.value(),
        credited_minutes: row.credited_minutes.value(),
    };
    Ok(unless_too_many(db.load(sql)?.into_iter().map(pair).collect()))
}

/// Service that counts of two numbers of one person at one time: of a number that was merged, and of the person's own or
/// another one that was merged into it before.
const OVERLAPS: &str = "
    SELECT g.unit, g.volunteer, g.earlier, g.decided_entry, s.id AS record, o.id AS other_record
    FROM merges AS g
    JOIN merged_numbers AS n ON n.entry = g.decided_entry AND n.earlier = g.earlier
    JOIN (SELECT v.id AS person, v.id AS number, 0 AS entry FROM volunteers AS v
          UNION ALL
          SELECT z.earlier AS person, z.volunteer AS number, z.entry FROM merged_numbers AS z) AS p
      ON p.person = g.earlier AND p.entry < g.decided_entry
    JOIN service_records AS s ON s.volunteer = n.volunteer
    JOIN service_records AS o
      ON o.volunteer = p.number AND o.started_at < s.ended_at AND o.ended_at > s.started_at
    WHERE g.status = 'made' AND g.decided_entry > :before AND g.decided_entry <= :until
      AND g.decided_entry <= :as_of AND {counted} AND o.credited_entry <= :as_of
      AND (o.voided_entry IS NULL OR o.voided_entry > :as_of) AND {units}
    ORDER BY g.id, s.id, o.id
    LIMIT :most";

#[derive(QueryableByName)]
struct OverlapRow {
    #[diesel(sql_type = BigInt)]
    unit: Stored<UnitId>,
    #[diesel(sql_type = BigInt)]
    volunteer: Stored<VolunteerId>,
    #[diesel(sql_type = BigInt)]
    earlier: Stored<VolunteerId>,
    #[diesel(sql_type = BigInt)]
    decided_entry: Stored<Seq>,
    #[diesel(sql_type = BigInt)]
    record: Stored<RecordId>,
    #[diesel(sql_type = BigInt)]
    other_record: Stored<RecordId>,
}

pub(super) fn overlaps(
    db: &mut Db,
    scope: Scope,
    window: Window,
) -> Result<Option<Vec<MergedOverlap>>, StoreError> {
    let sql = within_window(db, NamedSql::new(OVERLAPS), scope, window, "g.unit")?;
    let overlap = |row: OverlapRow| MergedOverlap {
        unit: row.unit.value(),
        volunteer: row.volunteer.value(),
        earlier: row.earlier.value(),
        merged_entry: row.decided_entry.value(),
        record: row.record.value(),
        other_record: row.other_record.value(),
    };
    Ok(unless_too_many(db.load(sql)?.into_iter().map(overlap).collect()))
}
