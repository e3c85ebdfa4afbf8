//! Who entered and credited how much: what auditors ask of the people behind the records.

use super::findings::{TooMany, Window, unless_too_many, within_window};
use super::scope::Scope;
use crate::domain::actor::Actor;
use crate::domain::amounts::Minutes;
use crate::domain::evidence::Evidence;
use crate::domain::ids::UnitId;
use crate::store::column::Stored;
use crate::store::counted::SELF_DECLARED;
use crate::store::named_sql::NamedSql;
use crate::store::{Db, StoreError};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

/// What one actor did at one unit with records of one evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    pub unit: UnitId,
    pub actor: Actor,
    pub evidence: Evidence,
    pub entered_records: i64,
    pub entered_minutes: Minutes,
    /// Of the entered ones, those that were late.
    pub late_records: i64,
    pub credited_records: i64,
    pub credited_minutes: Minutes,
    /// Of the credited minutes, those that the same person alone had entered.
    pub alone_minutes: Minutes,
    /// Of the credited minutes, those of check-ins that nobody saw.
    pub self_declared: Minutes,
}

/// What was entered and what was credited between two entries, whatever came of it afterwards. A record is the entry
/// that submitted it.
const WORK: &str = "
    SELECT w.unit, w.actor, w.evidence,
           CAST(SUM(w.entered) AS BIGINT) AS entered_records,
           CAST(SUM(w.entered_minutes) AS BIGINT) AS entered_minutes,
           CAST(SUM(w.late) AS BIGINT) AS late_records,
           CAST(SUM(w.credited) AS BIGINT) AS credited_records,
           CAST(SUM(w.credited_minutes) AS BIGINT) AS credited_minutes,
           CAST(SUM(w.alone_minutes) AS BIGINT) AS alone_minutes,
           CAST(SUM(w.self_declared) AS BIGINT) AS self_declared
    FROM (
        SELECT s.unit, s.submitted_by AS actor, s.evidence, 1 AS entered, s.claimed_minutes AS entered_minutes,
               s.late, 0 AS credited, 0 AS credited_minutes, 0 AS alone_minutes,
               0 AS self_declared
        FROM service_records AS s
        WHERE s.id > :before AND s.id <= :until AND s.id <= :as_of AND {units}
        UNION ALL
        SELECT s.unit, s.decided_by AS actor, s.evidence, 0 AS entered, 0 AS entered_minutes,
               0 AS late, 1 AS credited, s.credited_minutes, s.credited_alone * s.credited_minutes AS alone_minutes,
               CASE WHEN {self_declared} THEN s.credited_minutes ELSE 0 END AS self_declared
        FROM service_records AS s
        WHERE {began} AND s.credited_entry <= :as_of AND {units}
    ) AS w
    GROUP BY w.unit, w.actor, w.evidence
    ORDER BY w.unit, w.actor, w.evidence
    LIMIT :most";

#[derive(QueryableByName)]
struct WorkRow {
    #[diesel(sql_type = BigInt)]
    unit: Stored<UnitId>,
    #[diesel(sql_type = BigInt)]
    actor: Stored<Actor>,
    #[diesel(sql_type = Text)]
    evidence: Stored<Evidence>,
    #[diesel(sql_type = BigInt)]
    entered_records: i64,
    #[diesel(sql_type = BigInt)]
    entered_minutes: Stored<Minutes>,
    #[diesel(sql_type = BigInt)]
    late_records: i64,
    #[diesel(sql_type = BigInt)]
    credited_records: i64,
    #[diesel(sql_type = BigInt)]
    credited_minutes: Stored<Minutes>,
    #[diesel(sql_type = BigInt)]
    alone_minutes: Stored<Minutes>,
    #[diesel(sql_type = BigInt)]
    self_declared: Stored<Minutes>,
}

impl WorkRow {
    fn work(self) -> Work {
        Work {
            unit: self.unit.value(),
            actor: self.actor.value(),
            evidence: self.evidence.value(),
            entered_records: self.entered_records,
            entered_minutes: self.entered_minutes.value(),
            late_records: self.late_records,
            credited_records: self.credited_records,
            credited_minutes: self.credited_minutes.value(),
            alone_minutes: self.alone_minutes.value(),
            self_declared: self.self_declared.value(),
        }
    }
}

/// Who entered and credited what with the reader's units within the window, by unit, actor and evidence.
pub fn work(db: &mut Db, scope: Scope, window: Window) -> Result<Result<Vec<Work>, TooMany>, StoreError> {
    let sql =
        within_window(db, NamedSql::new(WORK).with("self_declared", SELF_DECLARED), scope, window, "s.unit")?;
    let work = db.load(sql)?.into_iter().map(WorkRow::work).collect();
    Ok(unless_too_many(work).ok_or(TooMany))
}
