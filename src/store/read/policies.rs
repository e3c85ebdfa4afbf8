//! Versions of the points policy, which are for everybody to read.

use super::list::{PageOf, PageRequest};
use crate::domain::ids::PolicyId;
use crate::domain::policy::{PointsPolicy, PolicyTerms};
use crate::store::column::{Stored, documents};
use crate::store::schema::points_policies as t;
use crate::store::table::table_row;
use crate::store::{Db, StoreError};
use diesel::prelude::*;
use std::convert::identity;

documents!(PolicyTerms);

table_row! {
    PointsPolicy in points_policies by [id] { id, effective_from, terms }
}

/// One version.
pub fn get(db: &mut Db, id: PolicyId) -> Result<Option<PointsPolicy>, StoreError> {
    db.one(t::table.filter(t::id.eq(Stored(id))))
}

/// Versions, newest first.
pub fn list(db: &mut Db, page: PageRequest) -> Result<PageOf<PointsPolicy>, StoreError> {
    let policies = t::table.filter(page.older(t::id)).order(t::id.desc()).limit(page.rows_to_read());
    page.read(db, policies, identity, |policy: &PointsPolicy| policy.id.seq())
}
