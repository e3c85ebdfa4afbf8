//! Activities.

use super::json;
use super::list::{Listing, PageOf, PageRequest, equals};
use super::scope::{Scope, within};
use crate::domain::activity::Activity;
use crate::domain::ids::{ActivityId, ProgrammeId, UnitId};
use crate::domain::time::Timestamp;
use crate::store::sql::Sql;
use crate::store::{Db, StoreError};

/// Which activities are looked for; all that are given must hold.
#[derive(Clone, Debug, Default)]
pub struct ActivityFilter {
    pub programme: Option<ProgrammeId>,
    /// Carried out by this unit or one under it.
    pub unit: Option<UnitId>,
    /// Whose window ends after this instant.
    pub from: Option<Timestamp>,
    /// Whose window starts before this instant.
    pub to: Option<Timestamp>,
    pub cancelled: Option<bool>,
}

/// One activity.
pub fn get(db: &mut Db, scope: Scope, id: ActivityId) -> Result<Option<Activity>, StoreError> {
    activities_of(scope).only(equals("t.id", &id)).one_row(db)
}

/// Activities, newest first.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: &ActivityFilter,
    page: PageRequest,
) -> Result<PageOf<Activity>, StoreError> {
    // Instants are texts of one length in UTC there, which sort as the instants do.
    let dialect = db.dialect();
    let edge = |edge, beyond: &str, instant: Timestamp| {
        let text = json::text_at(dialect, "t.details", &["window", edge]);
        Sql::new(format!("{text} {beyond} ?")).string(&instant.to_string())
    };
    activities_of(scope)
        .only_where("t.programme", filter.programme)
        .only_if(filter.unit, |unit| within("t.unit", unit))
        .only_if(filter.from, |from| edge("end", ">", from))
        .only_if(filter.to, |to| edge("start", "<", to))
        .only_where("t.cancelled", filter.cancelled)
        .page_of_rows(db, page, |activity: &Activity| activity.id.seq())
}

fn activities_of(scope: Scope) -> Listing {
    Listing::of::<Activity>().only(scope.of_tree("t.unit"))
}
