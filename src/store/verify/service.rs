//! What no rule would have let in, of service as it stands after the replay: an entry in somebody's name may be well
//! hashed and tell of what cannot be.

use super::Report;
use super::compare::{Compared, Rows};
use crate::domain::record::{ServiceRecord, impossibility};
use crate::domain::rules::Rules;
use crate::store::sql::SqlValues;
use crate::store::table::Table;
use crate::store::{Db, StoreError};

/// Looks at each record, and at each live one beside those of the same person before it.
pub(super) fn check(shadow: &mut Db, rules: &Rules, report: &mut Report) -> Result<(), StoreError> {
    let columns = ServiceRecord::COLUMNS.iter().map(|(name, _)| *name).collect();
    let in_time = Compared::of("service_records", &["volunteer", "started_at", "id"], columns);
    let mut rows = Rows::new(&in_time, "service_records");
    // The live record of the same person that ends last so far.
    let mut latest: Option<ServiceRecord> = None;
    while let Some(row) = rows.peek(shadow)? {
        let record = ServiceRecord::from_sql_values(SqlValues(row.to_vec()))?;
        rows.advance();
        if let Some(why) = impossibility(&record, rules.zone) {
            report.differs(format!("service record {}: {why}", record.id.seq()));
        }
        if !record.status.is_live() {
            continue;
        }
        let of_same = latest.take_if(|latest| latest.volunteer == record.volunteer);
        if let Some(before) = of_same.as_ref().filter(|before| before.interval().overlaps(record.interval()))
        {
            report.differs(format!(
                "service record {}: overlaps record {}",
                record.id.seq(),
                before.id.seq()
            ));
        }
        latest = match of_same {
            Some(before) if before.ended_at > record.ended_at => Some(before),
            _ => Some(record),
        };
    }
    Ok(())
}
