//! Units and their headcounts.

use super::list::{PageOf, PageRequest};
use super::scope::{Scope, ToTree, ToUnit, Within, within, within_text};
use crate::domain::actor::Actor;
use crate::domain::event::Event;
use crate::domain::ids::{Seq, UnitId};
use crate::domain::text::{Name, UnitCode};
use crate::domain::time::Timestamp;
use crate::domain::unit;
use crate::domain::unit::{Headcount, Unit, UnitKind};
use crate::journal::event_from_json;
use crate::store::column::{Stored, words};
use crate::store::expression::given;
use crate::store::named_sql::NamedSql;
use crate::store::schema::units as t;
use crate::store::table::table_row;
use crate::store::{Db, StoreError};
use chrono::NaiveDate;
use diesel::dsl::auto_type;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use std::convert::identity;

words!(UnitCode, UnitKind);

table_row! {
    Unit in units by [id] { id, code, name, kind, parent, path }
}

table_row! {
    Headcount in headcounts by [unit, effective_from] {
        unit, effective_from, staff, party_members, version,
    }
}

/// One unit.
pub fn get(db: &mut Db, scope: Scope, id: UnitId) -> Result<Option<Unit>, StoreError> {
    db.one(units(scope).filter(t::id.eq(Stored(id))))
}

/// Whether all units are under this one.
pub fn is_over_all(db: &mut Db, id: UnitId) -> Result<bool, StoreError> {
    let under: Within<t::id> = within(t::id, id);
    let all: Option<i64> = db.one(t::table.count())?;
    Ok(db.one(t::table.filter(under).count())? == all)
}

/// Whether a unit is the reader's own or under it.
pub fn is_of(db: &mut Db, scope: Scope, id: UnitId) -> Result<bool, StoreError> {
    let visible: ToUnit<t::id> = scope.visible_to_unit(t::id);
    Ok(db.one(t::table.filter(visible).filter(t::id.eq(Stored(id))).count())? != Some(0))
}

/// The unit that has this code.
pub fn by_code(db: &mut Db, scope: Scope, code: &UnitCode) -> Result<Option<Unit>, StoreError> {
    db.one(units(scope).filter(t::code.eq(Stored(code.clone()))))
}

/// The units that are called so: a few, or one.
pub fn by_name(db: &mut Db, scope: Scope, name: &Name) -> Result<Vec<Unit>, StoreError> {
    db.load(units(scope).filter(t::name.eq(Stored(name.clone()))).order(t::id).limit(20))
}

/// Units, oldest first: each after the one above it.
pub fn list(db: &mut Db, scope: Scope, page: PageRequest) -> Result<PageOf<Unit>, StoreError> {
    page_under(db, scope, None, page)
}

/// A unit and all under it, oldest first; empty where the unit is not to be seen.
pub fn subtree(
    db: &mut Db,
    scope: Scope,
    top: UnitId,
    page: PageRequest,
) -> Result<PageOf<Unit>, StoreError> {
    page_under(db, scope, Some(top), page)
}

fn page_under(
    db: &mut Db,
    scope: Scope,
    top: Option<UnitId>,
    page: PageRequest,
) -> Result<PageOf<Unit>, StoreError> {
    let units = units(scope)
        .filter(given(top, |top| within(t::id, top)))
        .filter(page.newer(t::id))
        .order(t::id)
        .limit(page.rows_to_read());
    page.read(db, units, identity, |unit: &Unit| unit.id.seq())
}

/// A headcount with who stated it and when, and the entry that put another in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadcountReadModel {
    pub headcount: Headcount,
    pub stated_by: Actor,
    pub stated_at: Timestamp,
    pub replaced_by: Option<Seq>,
}

const STATED: &str = "
    SELECT e.seq, e.actor, e.recorded_at, e.event FROM entries AS e
    WHERE e.kind = 'headcount_set' AND e.unit = :unit AND {permitted}
    ORDER BY e.effective_date, e.seq";

#[derive(QueryableByName)]
struct StatedRow {
    #[diesel(sql_type = BigInt)]
    seq: Stored<Seq>,
    #[diesel(sql_type = BigInt)]
    actor: Stored<Actor>,
    #[diesel(sql_type = BigInt)]
    recorded_at: Stored<Timestamp>,
    #[diesel(sql_type = Text)]
    event: String,
}

/// All headcounts that were ever stated for a unit, from the earliest on, those that were replaced too: as the journal has
/// them.
pub fn headcounts(db: &mut Db, scope: Scope, unit: UnitId) -> Result<Vec<HeadcountReadModel>, StoreError> {
    let permitted = match scope {
        Scope::All => "TRUE".to_owned(),
        Scope::Unit(_) => within_text("e.unit", "own"),
        Scope::Volunteer(_) => "FALSE".to_owned(),
    };
    let sql = NamedSql::new(STATED).with("permitted", &permitted).bind("unit", &unit);
    let sql = scope.unit().iter().fold(sql, |sql, own| sql.bind("own", own));
    let mut stated = db
        .load::<StatedRow, _>(sql)?
        .into_iter()
        .map(|row| {
            Ok(HeadcountReadModel {
                headcount: headcount_of(row.seq.value(), &row.event)?,
                stated_by: row.actor.value(),
                stated_at: row.recorded_at.value(),
                replaced_by: None,
            })
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    for at in 1..stated.len() {
        let (day, entry) = (stated[at].headcount.effective_from, stated[at].headcount.version);
        let former = &mut stated[at - 1];
        if former.headcount.effective_from == day {
            former.replaced_by = Some(entry);
        }
    }
    Ok(stated)
}

/// The headcount that an entry's event states.
pub(super) fn headcount_of(entry: Seq, event: &str) -> Result<Headcount, StoreError> {
    match event_from_json(event) {
        Ok(Event::Unit(unit::Event::HeadcountSet { unit, effective_from, staff, party_members })) => {
            Ok(Headcount { unit, effective_from, staff, party_members, version: entry })
        }
        Ok(other) => Err(StoreError::corrupt(format!("entry {entry} is of kind {}", other.kind()))),
        Err(error) => Err(StoreError::corrupt(error.to_string())),
    }
}

/// The headcount of a unit that holds on a day: the latest to take effect.
pub fn headcount_on(
    db: &mut Db,
    scope: Scope,
    unit: UnitId,
    day: NaiveDate,
) -> Result<Option<HeadcountReadModel>, StoreError> {
    let mut stated = headcounts(db, scope, unit)?;
    stated.retain(|one| one.headcount.effective_from <= day && one.replaced_by.is_none());
    Ok(stated.pop())
}

#[auto_type(no_type_alias)]
fn units(scope: Scope) -> _ {
    let visible: ToTree<t::id> = scope.visible_to_tree(t::id);
    t::table.filter(visible)
}
