//! Versions of the points policy, which are for everybody to read.

use super::list::{Listing, PageOf, PageRequest, equals};
use crate::domain::ids::PolicyId;
use crate::domain::policy::PointsPolicy;
use crate::store::{Db, StoreError};

/// One version.
pub fn get(db: &mut Db, id: PolicyId) -> Result<Option<PointsPolicy>, StoreError> {
    Listing::of::<PointsPolicy>().only(equals("t.id", &id)).one_row(db)
}

/// Versions, newest first.
pub fn list(db: &mut Db, page: PageRequest) -> Result<PageOf<PointsPolicy>, StoreError> {
    Listing::of::<PointsPolicy>().page_of_rows(db, page, |policy: &PointsPolicy| policy.id.seq())
}
