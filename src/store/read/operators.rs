//! Operators, and how they log in.

use super::list::{Listing, Order, PageOf, PageRequest, equals};
use super::row::Row;
use super::scope::{Scope, within};
use crate::domain::actor::Role;
use crate::domain::ids::{OperatorId, UnitId};
use crate::domain::operator::Operator;
use crate::domain::text::Name;
use crate::store::table::Table;
use crate::store::{Db, StoreError};
use std::fmt;

/// An operator, and who it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperatorView {
    pub operator: Operator,
    pub login: Name,
    /// The person's or script's name.
    pub name: Name,
}

/// What a login is checked against, and what it leads to.
#[derive(Clone, PartialEq, Eq)]
pub struct Credential {
    /// Its role, its unit, and whether it is active.
    pub operator: Operator,
    /// Argon2id, as a PHC string; none for a script that only holds tokens.
    pub password_hash: Option<String>,
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credential").field("operator", &self.operator).finish_non_exhaustive()
    }
}

/// Which operators are looked for; all that are given must hold.
#[derive(Clone, Debug, Default)]
pub struct OperatorFilter {
    /// Acting for this unit or one under it.
    pub unit: Option<UnitId>,
    pub role: Option<Role>,
    pub active: Option<bool>,
}

/// One operator.
pub fn get(db: &mut Db, scope: Scope, id: OperatorId) -> Result<Option<OperatorView>, StoreError> {
    operators_of(scope).only(equals("t.id", &id)).one(db, read_view)
}

/// Operators, newest first.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: &OperatorFilter,
    page: PageRequest,
) -> Result<PageOf<OperatorView>, StoreError> {
    operators_of(scope)
        .only_if(filter.unit, |unit| within("t.unit", unit))
        .only_where("t.role", filter.role)
        .only_where("t.active", filter.active)
        .page(db, page, ("t.id", Order::NewestFirst), read_view, |view: &OperatorView| view.operator.id.seq())
}

/// What this login is checked against: for the log-in itself, which nobody has a scope for yet.
pub fn credential(db: &mut Db, login: &Name) -> Result<Option<Credential>, StoreError> {
    let columns = format!("{}, c.password_hash", Operator::select_list("t"));
    Listing::select(&columns, WITH_CREDENTIALS)
        .only(equals("c.login", login))
        .one(db, |mut row| Ok(Credential { operator: row.table()?, password_hash: row.next()? }))
}

/// The operator as it stands now, for whoever checks whether a token still holds.
pub fn current(db: &mut Db, id: OperatorId) -> Result<Option<Operator>, StoreError> {
    Listing::of::<Operator>().only(equals("t.id", &id)).one_row(db)
}

const WITH_CREDENTIALS: &str = "operators AS t JOIN credentials AS c ON c.operator = t.id";

fn operators_of(scope: Scope) -> Listing {
    let columns = format!("{}, c.login, c.name", Operator::select_list("t"));
    Listing::select(&columns, WITH_CREDENTIALS).only(scope.of_unit("t.unit"))
}

fn read_view(mut row: Row) -> Result<OperatorView, StoreError> {
    Ok(OperatorView { operator: row.table()?, login: row.next()?, name: row.next()? })
}
