//! Operators, and how they log in.

use super::list::{PageOf, PageRequest};
use super::scope::{Scope, ToUnit, within};
use crate::domain::actor::Role;
use crate::domain::ids::{OperatorId, UnitId};
use crate::domain::operator::{Login, Operator};
use crate::domain::text::{LoginName, Name};
use crate::store::column::Stored;
use crate::store::expression::given;
use crate::store::schema::{credentials as c, operators as t};
use crate::store::table::table_row;
use crate::store::{Db, StoreError};
use diesel::dsl::auto_type;
use diesel::prelude::*;
use std::fmt;

table_row! {
    Operator in operators by [id] {
        id, role, unit, volunteer, active, version, identified, valid_from, reset_entry, reset_until,
    }
}

/// An operator, and who it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperatorReadModel {
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
pub fn get(db: &mut Db, scope: Scope, id: OperatorId) -> Result<Option<OperatorReadModel>, StoreError> {
    let operator = operators(scope).filter(t::id.eq(Stored(id))).select((t::all_columns, c::login, c::name));
    Ok(db.one(operator)?.map(view))
}

/// Operators, newest first.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: &OperatorFilter,
    page: PageRequest,
) -> Result<PageOf<OperatorReadModel>, StoreError> {
    let operators = operators(scope)
        .filter(given(filter.unit, |unit| within(t::unit, unit)))
        .filter(given(filter.role, |role| t::role.eq(Stored(role))))
        .filter(given(filter.active, |active| t::active.eq(Stored(active))))
        .filter(page.older(t::id))
        .order(t::id.desc())
        .limit(page.rows_to_read())
        .select((t::all_columns, c::login, c::name));
    page.read(db, operators, view, |view| view.operator.id.seq())
}

/// All operators, by login.
pub fn all(db: &mut Db, scope: Scope) -> Result<Vec<OperatorReadModel>, StoreError> {
    let all = operators(scope).order(c::login.asc()).select((t::all_columns, c::login, c::name));
    Ok(db.load(all)?.into_iter().map(view).collect())
}

/// What this login is checked against: for the log-in itself, which nobody has a scope for yet.
///
/// A login of before they were kept in small letters is found as it was written, and in small letters.
pub fn credential(db: &mut Db, login: &Name) -> Result<Option<Credential>, StoreError> {
    let selected = (t::all_columns, c::password_hash);
    let as_written = credentials().filter(c::login.eq(login.as_str())).select(selected);
    let mut found: Option<(Operator, Option<String>)> = db.one(as_written)?;
    if let (None, Ok(small)) = (&found, login.as_str().parse::<LoginName>()) {
        found = db.one(credentials().filter(lower(c::login).eq(Stored(small))).select(selected))?;
    }
    Ok(found.map(|(operator, password_hash)| Credential { operator, password_hash }))
}

/// How an operator logs in, and what a password is checked against.
pub fn login(db: &mut Db, id: OperatorId) -> Result<Option<(Login, Option<String>)>, StoreError> {
    let known = c::table.filter(c::operator.eq(Stored(id))).select((c::login, c::name, c::password_hash));
    let found: Option<(String, Stored<Name>, Option<String>)> = db.one(known)?;
    let read = |(login, name, password_hash): (String, Stored<Name>, Option<String>)| {
        let login = LoginName::stored(&login).map_err(|error| StoreError::corrupt(error.to_string()))?;
        Ok((Login { login, name: name.value() }, password_hash))
    };
    found.map(read).transpose()
}

define_sql_function! {
    /// A to Z as small letters, in either database.
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

#[auto_type(no_type_alias)]
fn credentials() -> _ {
    t::table.inner_join(c::table.on(c::operator.eq(t::id)))
}

/// The operator as it is now, to check whether a token is still valid.
pub fn current(db: &mut Db, id: OperatorId) -> Result<Option<Operator>, StoreError> {
    db.one(t::table.filter(t::id.eq(Stored(id))))
}

#[auto_type(no_type_alias)]
fn operators(scope: Scope) -> _ {
    let visible: ToUnit<t::unit> = scope.visible_to_unit(t::unit);
    t::table.inner_join(c::table.on(c::operator.eq(t::id))).filter(visible)
}

fn view((operator, login, name): (Operator, Stored<Name>, Stored<Name>)) -> OperatorReadModel {
    OperatorReadModel { operator, login: login.value(), name: name.value() }
}
