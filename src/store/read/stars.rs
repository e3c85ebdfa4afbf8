//! Stars: the versions of the scheme, and where a volunteer stands.

use super::list::{Listing, PageOf, PageRequest, compare, equals, rows};
use super::scope::Scope;
use super::volunteers::visible_with;
use crate::domain::amounts::Minutes;
use crate::domain::evidence::Evidence;
use crate::domain::ids::{Seq, StarSchemeId, VolunteerId};
use crate::domain::star::{Standing, StarScheme, in_force};
use crate::domain::time::Timestamp;
use crate::store::counted::counted_as_of;
use crate::store::sql::Sql;
use crate::store::{Db, StoreError};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// One version.
pub fn get(db: &mut Db, id: StarSchemeId) -> Result<Option<StarScheme>, StoreError> {
    Listing::of::<StarScheme>().only(equals("t.id", &id)).one_row(db)
}

/// Versions, newest first.
pub fn list(db: &mut Db, page: PageRequest) -> Result<PageOf<StarScheme>, StoreError> {
    Listing::of::<StarScheme>().page_of_rows(db, page, |scheme: &StarScheme| scheme.id.seq())
}

/// The version that holds on a day, of those that there were as of an entry.
pub fn scheme_on(db: &mut Db, as_of: Seq, day: NaiveDate) -> Result<Option<StarScheme>, StoreError> {
    let known = Listing::of::<StarScheme>()
        .only(compare("t.id", "<=", &as_of))
        .only(compare("t.effective_from", "<=", &day))
        .end("");
    let known: Vec<StarScheme> = rows(db, known, |mut row| row.table())?;
    Ok(in_force(known.iter(), day).cloned())
}

/// Where a volunteer stands by a scheme, as of an entry; none where the volunteer is not to be seen.
///
/// Days go by service date: the star belongs to the day that earned it, however late an office entered
/// or approved the record.
pub fn standing(
    db: &mut Db,
    scope: Scope,
    volunteer: VolunteerId,
    scheme: &StarScheme,
    as_of: Seq,
) -> Result<Option<Standing>, StoreError> {
    if rows(db, visible_with(scope, volunteer), |mut row| row.next::<VolunteerId>())?.is_empty() {
        return Ok(None);
    }
    let days =
        Listing::select("t.service_date, CAST(SUM(t.credited_minutes) AS BIGINT)", "service_records AS t")
            .only(equals("t.volunteer", &volunteer))
            .only(counted_as_of(as_of))
            .only(of_grades("t.evidence", &scheme.terms.counting_grades))
            .end(" GROUP BY t.service_date ORDER BY t.service_date");
    let days: Vec<(NaiveDate, Minutes)> = rows(db, days, |mut row| Ok((row.next()?, row.next()?)))?;
    Ok(Some(scheme.terms.standing(&days)))
}

/// The column holds one of these grades.
pub(super) fn of_grades(column: &str, grades: &BTreeSet<Evidence>) -> Sql {
    let marks = vec!["?"; grades.len()].join(", ");
    let sql = Sql::new(format!("{column} IN ({marks})"));
    grades.iter().fold(sql, |sql, grade| sql.string(grade.as_str()))
}

/// When an entry was recorded; the beginning of time before the first.
pub fn recorded_at(db: &mut Db, seq: Seq) -> Result<Timestamp, StoreError> {
    let recorded = Listing::select("t.recorded_at", "entries AS t").only(equals("t.seq", &seq));
    let micros = db.number(recorded.end(""))?.unwrap_or(0);
    Timestamp::from_micros(micros).map_err(|error| StoreError::corrupt(error.to_string()))
}
