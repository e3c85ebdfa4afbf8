//! What findings about operators are looked for in.

use super::{Scope, Window, top, unless_too_many, within_window};
use crate::domain::Event;
use crate::domain::actor::Actor;
use crate::domain::finding::StatedOperator;
use crate::domain::ids::{Seq, UnitId};
use crate::store::column::Stored;
use crate::store::named_sql::NamedSql;
use crate::store::{Db, StoreError};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};

/// All that was said of operators up to an entry: there are few, and each is compared with what was said before.
const STATED: &str = "
    SELECT e.seq, e.unit, e.actor, e.event,
           CAST(CASE WHEN e.seq > :before AND e.seq <= :until AND {units} THEN 1 ELSE 0 END AS BIGINT) AS is_looked_at
    FROM entries AS e
    WHERE e.kind IN ('operator_created', 'operator_updated') AND e.seq <= :as_of
    ORDER BY e.seq
    LIMIT :most";

#[derive(QueryableByName)]
struct StatedRow {
    #[diesel(sql_type = BigInt)]
    seq: Stored<Seq>,
    #[diesel(sql_type = Nullable<BigInt>)]
    unit: Option<Stored<UnitId>>,
    #[diesel(sql_type = BigInt)]
    actor: Stored<Actor>,
    #[diesel(sql_type = Text)]
    event: Stored<Event>,
    #[diesel(sql_type = BigInt)]
    is_looked_at: Stored<bool>,
}

/// What was said of operators; none where there is too much. An admin acts for no unit: the top one looks at that.
pub(super) fn stated(
    db: &mut Db,
    scope: Scope,
    window: Window,
) -> Result<Option<Vec<StatedOperator>>, StoreError> {
    let Some(top) = top(db)? else { return Ok(Some(Vec::new())) };
    let unit = format!("COALESCE(e.unit, {})", top.seq().0);
    let sql = within_window(db, NamedSql::new(STATED), scope, window, &unit)?;
    let Some(rows) = unless_too_many(db.load::<StatedRow, _>(sql)?) else { return Ok(None) };
    let stated = |row: StatedRow| {
        let Event::Operator(event) = row.event.value() else {
            return Err(StoreError::corrupt("an entry is filed as of an operator and is none"));
        };
        let unit = row.unit.map_or(top, Stored::value);
        let looked_at_by = row.is_looked_at.value().then_some(unit);
        Ok(StatedOperator { entry: row.seq.value(), stated_by: row.actor.value(), event, looked_at_by })
    };
    rows.into_iter().map(stated).collect::<Result<_, _>>().map(Some)
}
