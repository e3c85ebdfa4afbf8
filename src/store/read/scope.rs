//! Who sees what: the permission predicate that stands in every query.

use crate::domain::actor::Actor;
use crate::domain::ids::{UnitId, VolunteerId};
use crate::store::column::{Column, Stored};
use crate::store::expression::{Hinted, Literally, literally, no_index};
use crate::store::schema::{unit_lineage, units, volunteers};
use crate::store::{Db, StoreError};
use diesel::backend::Backend;
use diesel::dsl::{self, auto_type};
use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::sql_types::{BigInt, Bool, IntoNullable, Nullable};

/// What a reader may see. A row outside is not found, as if it were not there.
///
/// | things | a unit's readers see | a volunteer sees |
/// |---|---|---|
/// | units, programmes, activities | all of the same tree | all of the same tree |
/// | policies, star and assessment schemes | all | all |
/// | rewards | of the units above, their own and those under it | of the units above and their own |
/// | volunteers, accounts, statements, lots, memberships | whose present unit is theirs | themselves |
/// | service records | served with the unit, or by its present volunteers | their own |
/// | records on notice | served with the unit | served with their unit or one above |
/// | corrections | the unit's to decide | their own |
/// | changes of identity | of volunteers of the unit | none |
/// | objections | to records of the unit | their own, and to their own records |
/// | redemptions | of the unit's gifts, or by its present volunteers | their own |
/// | ratings | of activities of the unit, and of service there | what they said, and what was said of their service |
/// | pledges, model posts | of the unit, or of its present volunteers | their own |
/// | transfers | from the unit or to it | their own |
/// | headcounts, operators, journal, totals of points, assessments | of the unit | none |
/// | totals of minutes | served with the unit | their own |
///
/// "The unit" is the reader's own and every unit under it. Units, programmes and activities are open
/// to the whole tree, for those who request a transfer must find the target, and those who carry out a
/// programme of a unit above must find the programme; they hold no personal data. Entries of the
/// journal that belong to no unit, and operators without one (admins), are for [`Scope::All`], which auditors of the
/// unit over all have of the journal (`journal::readable`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everything: admins and the service itself.
    All,
    /// A unit and all under it: coordinators and auditors.
    Unit(UnitId),
    /// One volunteer's own.
    Volunteer(VolunteerId),
}

/// What permits a row to a reader: a condition on it for each kind of scope.
#[derive(Clone, Copy, Debug)]
pub(super) enum Permission<U, V> {
    /// Every row.
    Everything,
    /// What a unit's readers may see.
    ToUnit(U),
    /// What a volunteer may see.
    ToVolunteer(V),
    /// No row.
    Nothing,
}

impl<U: Expression, V: Expression> Expression for Permission<U, V> {
    type SqlType = Nullable<Bool>;
}

impl<U: AppearsOnTable<QS>, V: AppearsOnTable<QS>, QS: ?Sized> AppearsOnTable<QS> for Permission<U, V> {}

impl<U, V, QS: ?Sized> SelectableExpression<QS> for Permission<U, V>
where
    U: SelectableExpression<QS>,
    V: SelectableExpression<QS>,
{
}

impl<U, V, G> ValidGrouping<G> for Permission<U, V> {
    type IsAggregate = is_aggregate::No;
}

/// The text depends on the scope.
impl<U, V> QueryId for Permission<U, V> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<U: QueryFragment<DB>, V: QueryFragment<DB>, DB: Backend> QueryFragment<DB> for Permission<U, V> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        match self {
            Self::ToUnit(condition) => return condition.walk_ast(out),
            Self::ToVolunteer(condition) => return condition.walk_ast(out),
            Self::Everything => out.push_sql("TRUE"),
            Self::Nothing => out.push_sql("FALSE"),
        }
        Ok(())
    }
}

/// A column that holds an entry's number, or nothing: an id, or an actor.
pub(super) trait IdColumn: Expression<SqlType: IntoNullable<Nullable = Nullable<BigInt>>> {}

impl<C: Expression<SqlType: IntoNullable<Nullable = Nullable<BigInt>>>> IdColumn for C {}

diesel::alias!(unit_lineage as above: Above);

/// The units under one, itself among them.
#[auto_type(type_case = "PascalCase")]
fn units_under(unit: UnitId) -> _ {
    unit_lineage::table.filter(unit_lineage::ancestor.eq(Stored(unit))).select(unit_lineage::unit.nullable())
}

/// [`within`] as text: the column is the unit of the parameter, or one under it.
pub(super) fn within_text(column: &str, parameter: &str) -> String {
    format!("{column} IN (SELECT unit FROM unit_lineage WHERE ancestor = :{parameter})")
}

/// The volunteers who belong to a unit or one under it.
#[auto_type(type_case = "PascalCase")]
fn members_under(unit: UnitId) -> _ {
    let belongs: Within<volunteers::unit> = within(volunteers::unit, unit);
    volunteers::table.filter(belongs).select(volunteers::id.nullable())
}

/// The column is a volunteer who belongs to the unit or one under it.
pub(super) fn belongs_within<C: IdColumn>(
    column: C,
    unit: UnitId,
) -> dsl::EqAny<dsl::Nullable<C>, MembersUnder> {
    column.nullable().eq_any(members_under(unit))
}

/// The units above one, itself among them.
#[auto_type(type_case = "PascalCase")]
fn units_above(unit: UnitId) -> _ {
    above
        .filter(above.field(unit_lineage::unit).eq(Stored(unit)))
        .select(above.field(unit_lineage::ancestor).nullable())
}

/// The units above the one that a volunteer belongs to, itself among them.
#[auto_type(type_case = "PascalCase")]
fn units_above_volunteer(volunteer: VolunteerId) -> _ {
    let unit = volunteers::table.filter(volunteers::id.eq(Stored(volunteer))).select(volunteers::unit);
    above
        .filter(above.field(unit_lineage::unit).eq_any(unit))
        .select(above.field(unit_lineage::ancestor).nullable())
}

/// The units of the tree that a unit belongs to.
#[auto_type(type_case = "PascalCase")]
fn tree_of(unit: UnitId) -> _ {
    let over: UnitsAbove = units_above(unit);
    unit_lineage::table
        .filter(unit_lineage::ancestor.nullable().eq_any(over))
        .select(unit_lineage::unit.nullable())
}

/// The units of the tree that a volunteer's unit belongs to.
#[auto_type(type_case = "PascalCase")]
fn tree_of_volunteer(volunteer: VolunteerId) -> _ {
    let over: UnitsAboveVolunteer = units_above_volunteer(volunteer);
    unit_lineage::table
        .filter(unit_lineage::ancestor.nullable().eq_any(over))
        .select(unit_lineage::unit.nullable())
}

pub(super) type Within<C> = dsl::EqAny<dsl::Nullable<C>, UnitsUnder>;

/// The column is the unit or one under it.
pub(super) fn within<C: IdColumn>(column: C, unit: UnitId) -> Within<C> {
    column.nullable().eq_any(units_under(unit))
}

/// The column is the unit or one above it.
pub(super) fn at_or_above<C: IdColumn>(column: C, unit: UnitId) -> dsl::EqAny<dsl::Nullable<C>, UnitsAbove> {
    column.nullable().eq_any(units_above(unit))
}

type Is<C, T> = dsl::Eq<dsl::Nullable<C>, Stored<T>>;

fn is<C: IdColumn, T: Column<Primitive = i64>>(column: C, value: T) -> Is<C, T> {
    column.nullable().eq(Stored(value))
}

pub(super) type ToUnit<U> = Permission<Within<U>, Within<U>>;
pub(super) type ToUnitOrVolunteer<U, V> = Permission<Within<U>, Is<V, VolunteerId>>;
pub(super) type ToTree<U> = Permission<
    Literally<dsl::EqAny<dsl::Nullable<U>, TreeOf>>,
    Literally<dsl::EqAny<dsl::Nullable<U>, TreeOfVolunteer>>,
>;
pub(super) type AsOffer<U> = Permission<
    dsl::Or<Within<U>, dsl::EqAny<dsl::Nullable<U>, UnitsAbove>>,
    dsl::EqAny<dsl::Nullable<U>, UnitsAboveVolunteer>,
>;
pub(super) type OnNotice<U> = Permission<Within<U>, dsl::EqAny<dsl::Nullable<U>, UnitsAboveVolunteer>>;
pub(super) type ViaService<U, V> = Permission<
    dsl::Or<Within<Hinted<U>>, dsl::EqAny<dsl::Nullable<Hinted<V>>, MembersUnder>>,
    Is<V, VolunteerId>,
>;
pub(super) type InDispute<U, V, A> = Permission<Within<U>, dsl::Or<Is<V, VolunteerId>, Is<A, Actor>>>;
pub(super) type AsTransfer<F, T, V> =
    Permission<dsl::Or<Within<Hinted<F>>, Within<Hinted<T>>>, Is<V, VolunteerId>>;

impl Scope {
    /// The unit whose readers these are, if they are a unit's.
    pub(super) fn unit(self) -> Option<UnitId> {
        if let Self::Unit(own) = self { Some(own) } else { None }
    }

    /// Things of a unit, for those who act for it.
    pub(super) fn visible_to_unit<U: IdColumn>(self, unit: U) -> ToUnit<U> {
        match self {
            Self::All => Permission::Everything,
            Self::Unit(own) => Permission::ToUnit(within(unit, own)),
            Self::Volunteer(_) => Permission::Nothing,
        }
    }

    /// Things of a unit that concern one volunteer.
    pub(super) fn visible_to_unit_or_volunteer<U: IdColumn, V: IdColumn>(
        self,
        unit: U,
        volunteer: V,
    ) -> ToUnitOrVolunteer<U, V> {
        match self {
            Self::All => Permission::Everything,
            Self::Unit(own) => Permission::ToUnit(within(unit, own)),
            Self::Volunteer(own) => Permission::ToVolunteer(is(volunteer, own)),
        }
    }

    /// Things that the whole tree of units shares: mostly everything. Of a condition that is asked whether it is true
    /// neither database makes a way to find rows.
    pub(super) fn visible_to_tree<U: IdColumn>(self, unit: U) -> ToTree<U> {
        match self {
            Self::All => Permission::Everything,
            Self::Unit(own) => Permission::ToUnit(literally(unit.nullable().eq_any(tree_of(own)), "IS TRUE")),
            Self::Volunteer(own) => {
                let in_tree = unit.nullable().eq_any(tree_of_volunteer(own));
                Permission::ToVolunteer(literally(in_tree, "IS TRUE"))
            }
        }
    }

    /// Things that a unit offers to its own volunteers and those of the units under it.
    pub(super) fn visible_as_offer<U: IdColumn + Copy>(self, unit: U) -> AsOffer<U> {
        match self {
            Self::All => Permission::Everything,
            Self::Unit(own) => {
                Permission::ToUnit(within(unit, own).or(unit.nullable().eq_any(units_above(own))))
            }
            Self::Volunteer(own) => {
                Permission::ToVolunteer(unit.nullable().eq_any(units_above_volunteer(own)))
            }
        }
    }

    /// What a unit shows to its own volunteers and those of the units under it, and to who acts for it.
    pub(super) fn visible_on_notice<U: IdColumn>(self, unit: U) -> OnNotice<U> {
        match self {
            Self::All => Permission::Everything,
            Self::Unit(own) => Permission::ToUnit(within(unit, own)),
            Self::Volunteer(own) => {
                Permission::ToVolunteer(unit.nullable().eq_any(units_above_volunteer(own)))
            }
        }
    }

    /// What a volunteer did with a unit, perhaps another's: the unit's, and the volunteer's present one's.
    ///
    /// For one thing by its id, or a scan: no index of units or volunteers serves. See [`Scope::scan_or_index`].
    pub(super) fn visible_via_service<U: IdColumn, V: IdColumn + Copy>(
        self,
        unit: U,
        volunteer: V,
    ) -> ViaService<U, V> {
        match self {
            Self::All => Permission::Everything,
            Self::Unit(own) => {
                let of_members = no_index(volunteer).nullable().eq_any(members_under(own));
                Permission::ToUnit(within(no_index(unit), own).or(of_members))
            }
            Self::Volunteer(own) => Permission::ToVolunteer(is(volunteer, own)),
        }
    }

    /// How a list of what is [visible via service](Self::visible_via_service) is found: the scope that a scan of the
    /// table looks at; and the unit whose readers' part is small, so that it is found by the index of units and the
    /// one of volunteers instead.
    pub(super) fn scan_or_index(self, db: &mut Db) -> Result<(Self, Option<UnitId>), StoreError> {
        match self {
            Self::Unit(own) if !is_wide(db, own)? => Ok((Self::All, Some(own))),
            other => Ok((other, None)),
        }
    }

    /// What one volunteer said of another's service: the unit's, and either's.
    pub(super) fn visible_in_dispute<U: IdColumn, V: IdColumn, A: IdColumn>(
        self,
        unit: U,
        volunteer: V,
        raised_by: A,
    ) -> InDispute<U, V, A> {
        match self {
            Self::All => Permission::Everything,
            Self::Unit(own) => Permission::ToUnit(within(unit, own)),
            Self::Volunteer(own) => {
                Permission::ToVolunteer(is(volunteer, own).or(is(raised_by, Actor::Volunteer(own))))
            }
        }
    }

    /// A way between two units: either's. For one by its id, or a scan, as above.
    pub(super) fn visible_as_transfer<F: IdColumn, T: IdColumn, V: IdColumn>(
        self,
        from_unit: F,
        to_unit: T,
        volunteer: V,
    ) -> AsTransfer<F, T, V> {
        match self {
            Self::All => Permission::Everything,
            Self::Unit(own) => {
                let from_own = within(no_index(from_unit), own);
                Permission::ToUnit(from_own.or(within(no_index(to_unit), own)))
            }
            Self::Volunteer(own) => Permission::ToVolunteer(is(volunteer, own)),
        }
    }
}

/// Whether a unit and those under it are a good part of all units, so that its part of a large table is
/// found faster by walking the table than by going to each row through an index.
pub(super) fn is_wide(db: &mut Db, unit: UnitId) -> Result<bool, StoreError> {
    let under: Option<i64> =
        db.one(unit_lineage::table.filter(unit_lineage::ancestor.eq(Stored(unit))).count())?;
    let all: Option<i64> = db.one(units::table.count())?;
    Ok(under.unwrap_or(0) * 10 >= all.unwrap_or(0))
}

/// Whether the unit that is asked for, if any, is found by an index: where it is no good part of all.
pub(super) fn is_narrow(db: &mut Db, unit: Option<UnitId>) -> Result<bool, StoreError> {
    unit.map_or(Ok(false), |unit| is_wide(db, unit).map(|is_wide| !is_wide))
}
