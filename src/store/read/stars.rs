//! Stars: the versions of the scheme, and where a volunteer stands.

use super::list::{PageOf, PageRequest};
use super::merges;
use super::scope::Scope;
use super::volunteers::is_visible;
use crate::domain::amounts::Minutes;
use crate::domain::ids::{Seq, StarSchemeId, VolunteerId};
use crate::domain::star::{Standing, StarScheme, StarTerms, in_force};
use crate::domain::time::Timestamp;
use crate::store::column::{Stored, documents};
use crate::store::counted::COUNTED;
use crate::store::named_sql::NamedSql;
use crate::store::schema::{entries as e, star_schemes as t};
use crate::store::table::table_row;
use crate::store::{Db, StoreError};
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use std::convert::identity;

documents!(StarTerms);

table_row! {
    StarScheme in star_schemes by [id] { id, effective_from, terms }
}

/// One version.
pub fn get(db: &mut Db, id: StarSchemeId) -> Result<Option<StarScheme>, StoreError> {
    db.one(t::table.filter(t::id.eq(Stored(id))))
}

/// Versions, newest first.
pub fn list(db: &mut Db, page: PageRequest) -> Result<PageOf<StarScheme>, StoreError> {
    let schemes = t::table.filter(page.older(t::id)).order(t::id.desc()).limit(page.rows_to_read());
    page.read(db, schemes, identity, |scheme: &StarScheme| scheme.id.seq())
}

/// The version that holds on a day, of those that there were as of an entry.
pub fn scheme_on(db: &mut Db, as_of: Seq, day: NaiveDate) -> Result<Option<StarScheme>, StoreError> {
    let known = t::table.filter(t::id.le(Stored(as_of))).filter(t::effective_from.le(Stored(day)));
    let known: Vec<StarScheme> = db.load(known)?;
    Ok(in_force(known.iter(), day).cloned())
}

const MINUTES_BY_DAY: &str = "
    SELECT s.service_date, CAST(SUM(s.credited_minutes) AS BIGINT) AS minutes
    FROM service_records AS s
    WHERE s.volunteer IN :numbers AND {counted} AND s.evidence IN :grades
    GROUP BY s.service_date
    ORDER BY s.service_date";

#[derive(QueryableByName)]
struct DayRow {
    #[diesel(sql_type = BigInt)]
    service_date: Stored<NaiveDate>,
    #[diesel(sql_type = BigInt)]
    minutes: Stored<Minutes>,
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
    if !is_visible(db, scope, volunteer)? {
        return Ok(None);
    }
    let sql = NamedSql::new(MINUTES_BY_DAY)
        .with("counted", COUNTED)
        .bind_set("numbers", merges::numbers_of(db, volunteer, Some(as_of))?)
        .bind("as_of", &as_of)
        .bind_words("grades", scheme.terms.counting_evidence.iter().copied());
    let day = |row: DayRow| (row.service_date.value(), row.minutes.value());
    let days: Vec<(NaiveDate, Minutes)> = db.load(sql)?.into_iter().map(day).collect();
    Ok(Some(scheme.terms.standing(&days)))
}

/// When an entry was recorded; the beginning of time before the first.
pub fn recorded_at(db: &mut Db, seq: Seq) -> Result<Timestamp, StoreError> {
    let recorded = db.one(e::table.filter(e::seq.eq(Stored(seq))).select(e::recorded_at))?;
    Ok(recorded.map_or_else(Timestamp::default, Stored::value))
}
