//! Who sees what: the permission predicate that stands in every query.

use super::list::compare;
use crate::domain::actor::Actor;
use crate::domain::ids::{UnitId, VolunteerId};
use crate::store::column::Column;
use crate::store::sql::Sql;
use crate::store::{Db, StoreError};

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
/// | objections | to records of the unit | their own, and to their own records |
/// | redemptions | of the unit's gifts, or by its present volunteers | their own |
/// | pledges, model posts | of the unit, or of its present volunteers | their own |
/// | transfers | from the unit or to it | their own |
/// | headcounts, operators, journal, totals of points, assessments | of the unit | none |
/// | totals of minutes | served with the unit | their own |
///
/// "The unit" is the reader's own and every unit under it. Units, programmes and activities are open
/// to the whole tree, for whoever asks for a transfer must find the target, and whoever carries out a
/// programme of a unit above must find the programme; they hold no personal data. Entries of the
/// journal that belong to no unit, and operators without one (admins), are for [`Scope::All`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everything: admins and the service itself.
    All,
    /// A unit and all under it: coordinators and auditors.
    Unit(UnitId),
    /// One volunteer's own.
    Volunteer(VolunteerId),
}

/// `column` is the unit or one under it.
pub(super) fn within(column: &str, unit: UnitId) -> Sql {
    Sql::new(format!("{column} IN (SELECT unit FROM unit_lineage WHERE ancestor = ?)")).bind(unit.to_cell())
}

/// Whether a unit and those under it are a good part of all units, so that its part of a large table is
/// found faster by walking the table than by gathering row by row through an index.
pub(super) fn is_wide(db: &mut Db, unit: UnitId) -> Result<bool, StoreError> {
    let sql = "SELECT CASE WHEN COUNT(*) * 10 >= (SELECT COUNT(*) FROM units) THEN 1 ELSE 0 END \
               FROM unit_lineage WHERE ancestor = ?";
    Ok(db.number(Sql::new(sql).bind(unit.to_cell()))? == Some(1))
}

/// `column` is the volunteer.
pub(super) fn is(column: &str, volunteer: VolunteerId) -> Sql {
    Sql::new(format!("{column} = ?")).bind(volunteer.to_cell())
}

/// Either of two conditions.
fn either(one: Sql, other: Sql) -> Sql {
    Sql::new("(").join(one).and(" OR ").join(other).and(")")
}

fn everything() -> Sql {
    Sql::new("1 = 1")
}

fn nothing() -> Sql {
    Sql::new("1 = 0")
}

impl Scope {
    /// Things of a unit, for those who act for it.
    pub(super) fn of_unit(self, unit: &str) -> Sql {
        match self {
            Self::All => everything(),
            Self::Unit(own) => within(unit, own),
            Self::Volunteer(_) => nothing(),
        }
    }

    /// Things that the whole tree of units shares: mostly everything, so that no index of units serves, and
    /// neither database goes by one behind a sign.
    pub(super) fn of_tree(self, unit: &str) -> Sql {
        let tree_of = |below: &str| {
            Sql::new(format!(
                "+{unit} IN (SELECT shared.unit FROM unit_lineage AS above \
                 JOIN unit_lineage AS shared ON shared.ancestor = above.ancestor \
                 WHERE above.unit = {below})"
            ))
        };
        match self {
            Self::All => everything(),
            Self::Unit(own) => tree_of("?").bind(own.to_cell()),
            Self::Volunteer(own) => tree_of(UNIT_OF_VOLUNTEER).bind(own.to_cell()),
        }
    }

    /// Things that a unit offers to its own volunteers and those of the units under it.
    pub(super) fn of_offer(self, unit: &str) -> Sql {
        let offered_to = |below: &str| {
            Sql::new(format!("{unit} IN (SELECT ancestor FROM unit_lineage WHERE unit = {below})"))
        };
        match self {
            Self::All => everything(),
            Self::Unit(own) => either(within(unit, own), offered_to("?").bind(own.to_cell())),
            Self::Volunteer(own) => offered_to(UNIT_OF_VOLUNTEER).bind(own.to_cell()),
        }
    }

    /// Volunteers themselves: by id and present unit.
    pub(super) fn of_volunteer(self, volunteer: &str, unit: &str) -> Sql {
        match self {
            Self::All => everything(),
            Self::Unit(own) => within(unit, own),
            Self::Volunteer(own) => is(volunteer, own),
        }
    }

    /// What a volunteer did with a unit, perhaps another's: the unit's, and the volunteer's present one's.
    pub(super) fn of_deed(self, volunteer: &str, unit: &str) -> Sql {
        match self {
            Self::All => everything(),
            Self::Unit(own) => {
                let by_present_volunteers =
                    Sql::new(format!("{volunteer} IN (SELECT id FROM volunteers AS present WHERE "))
                        .join(within("present.unit", own))
                        .and(")");
                either(within(unit, own), by_present_volunteers)
            }
            Self::Volunteer(own) => is(volunteer, own),
        }
    }

    /// What a unit shows to its own volunteers and those of the units under it, and to who acts for it.
    pub(super) fn of_notice(self, unit: &str) -> Sql {
        match self {
            Self::Unit(own) => within(unit, own),
            Self::All | Self::Volunteer(_) => self.of_offer(unit),
        }
    }

    /// What one volunteer said of another's deed: the unit's, and either's.
    pub(super) fn of_dispute(self, volunteer: &str, raised_by: &str, unit: &str) -> Sql {
        match self {
            Self::All => everything(),
            Self::Unit(own) => within(unit, own),
            Self::Volunteer(own) => {
                let own_words = compare(raised_by, "=", &Actor::Volunteer(own));
                either(is(volunteer, own), own_words)
            }
        }
    }

    /// A way between two units: either's.
    pub(super) fn of_transfer(self, volunteer: &str, from_unit: &str, to_unit: &str) -> Sql {
        match self {
            Self::All => everything(),
            Self::Unit(own) => either(within(from_unit, own), within(to_unit, own)),
            Self::Volunteer(own) => is(volunteer, own),
        }
    }

    /// What was served with a unit, whoever's volunteers they are today.
    pub(super) fn of_service(self, volunteer: &str, unit: &str) -> Sql {
        match self {
            Self::All => everything(),
            Self::Unit(own) => within(unit, own),
            Self::Volunteer(own) => is(volunteer, own),
        }
    }
}

const UNIT_OF_VOLUNTEER: &str = "(SELECT own.unit FROM volunteers AS own WHERE own.id = ?)";
