//! Who asks: mostly somebody who may, sometimes anybody.

use super::{Generator, NOWHERE, Sight};
use hourbook::domain::actor::{Actor, Role};
use hourbook::domain::ids::{OperatorId, UnitId, VolunteerId};
use hourbook::domain::operator::Operator;

/// In how many cases of a hundred somebody asks who has no business to.
const STRANGERS: usize = 12;

impl Generator {
    /// The system or an operator who answers for the unit.
    pub(super) fn actor_for(&mut self, sight: Sight, unit: UnitId) -> Actor {
        let unit = sight.pure.world.unit(unit).ok();
        self.actor_who(sight, |operator| unit.is_some_and(|unit| operator.answers_for(unit)))
    }

    /// The volunteer, or an operator who answers for the volunteer's unit.
    pub(super) fn actor_for_volunteer(&mut self, sight: Sight, volunteer: VolunteerId) -> Actor {
        match sight.pure.world.volunteer(volunteer) {
            Ok(row) if self.random.percent(50) => self.actor_for(sight, row.unit),
            _ if self.random.percent(STRANGERS) => self.anybody(),
            _ => Actor::Volunteer(volunteer),
        }
    }

    pub(super) fn admin(&mut self, sight: Sight) -> Actor {
        self.actor_who(sight, |operator| operator.role == Role::Admin)
    }

    /// The system, where only the system should.
    pub(super) fn system(&mut self) -> Actor {
        if self.random.percent(STRANGERS) { self.anybody() } else { Actor::System }
    }

    /// The system or an active operator of this kind, or in some cases anybody.
    pub(super) fn actor_who(&mut self, sight: Sight, fits: impl Fn(&Operator) -> bool) -> Actor {
        if self.random.percent(STRANGERS) {
            return self.anybody();
        }
        let world = &sight.pure.world;
        let fitting = |id: &OperatorId| world.operator(*id).is_ok_and(|row| row.active && fits(row));
        let operators: Vec<OperatorId> = self.known.operators.iter().copied().filter(fitting).collect();
        match self.random.pick(&operators) {
            Some(operator) if self.random.percent(80) => Actor::Operator(operator),
            _ => Actor::System,
        }
    }

    pub(super) fn anybody(&mut self) -> Actor {
        if self.random.percent(10) {
            Actor::System
        } else if self.random.percent(60) {
            Actor::Operator(self.some(|known| &known.operators, OperatorId::new(NOWHERE)))
        } else {
            Actor::Volunteer(self.some(|known| &known.volunteers, VolunteerId::new(NOWHERE)))
        }
    }
}
