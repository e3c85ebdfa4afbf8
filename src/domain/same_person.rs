//! Who stands behind an actor. Wherever a rule demands a second person, it is judged by person, not by account
//! (DESIGN 1.4): two log-ins of one person are one.

use super::actor::Actor;
use super::ids::VolunteerId;
use super::person::BlindIndex;
use super::world::{Key, Stop, World};

/// One person, as far as the ledger knows who that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PersonKey {
    /// Somebody who is registered, be it that an operator is linked to the registration or named its document.
    Volunteer(VolunteerId),
    /// Somebody who is not registered, by the document that was named.
    Document(BlindIndex),
    /// Nobody knows: an operator of before operators said who they are, or the service itself.
    Account(Actor),
}

/// Whether two actors are one person.
///
/// # Errors
///
/// [`Stop::Miss`] until both are loaded.
pub fn same_person(world: &World, one: Actor, other: Actor) -> Result<bool, Stop> {
    if one == other {
        return Ok(true);
    }
    // Both are asked for at once.
    let (one, other) = (person_behind(world, one), person_behind(world, other));
    Ok(one? == other?)
}

/// The person behind an actor.
///
/// # Errors
///
/// [`Stop::Miss`] until it is loaded; a refusal where there is no such operator.
pub fn person_behind(world: &World, actor: Actor) -> Result<PersonKey, Stop> {
    let id = match actor {
        Actor::System => return Ok(PersonKey::Account(actor)),
        Actor::Volunteer(id) => return world.person_of(id).map(PersonKey::Volunteer),
        Actor::Operator(id) => id,
    };
    world.want([Key::Operator(id), Key::OperatorIdentity(id)])?;
    let operator = world.operator(id)?;
    if let Some(volunteer) = operator.volunteer {
        return world.person_of(volunteer).map(PersonKey::Volunteer);
    }
    let document = if operator.identified { world.identity_of_operator(id)? } else { None };
    let Some(document) = document else { return Ok(PersonKey::Account(actor)) };
    let registered = world.volunteer_with_identity(document)?;
    Ok(registered.map_or(PersonKey::Document(document), PersonKey::Volunteer))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::actor::Role;
    use crate::domain::ids::{OperatorId, Seq};
    use crate::domain::operator::Operator;

    const LINKED: i64 = 1;
    const REGISTERED: i64 = 2;
    const STRANGER: i64 = 3;
    const SAME_STRANGER: i64 = 4;
    const OLD: i64 = 5;

    fn operator(number: i64) -> Actor {
        Actor::Operator(OperatorId::new(Seq(number)))
    }

    fn volunteer(number: i64) -> Actor {
        Actor::Volunteer(VolunteerId::new(Seq(number)))
    }

    /// Operators 1 and 2 are volunteer 9, 3 and 4 are somebody else; nobody knows who 5 is.
    fn world() -> World {
        let mut world = World::whole();
        world.set_identity([9; 32], Some(VolunteerId::new(Seq(9))));
        for (number, linked, document) in [
            (LINKED, true, None),
            (REGISTERED, false, Some([9; 32])),
            (STRANGER, false, Some([3; 32])),
            (SAME_STRANGER, false, Some([3; 32])),
            (OLD, false, None),
        ] {
            let id = OperatorId::new(Seq(number));
            world.put(Operator {
                id,
                role: Role::Admin,
                unit: None,
                volunteer: linked.then_some(VolunteerId::new(Seq(9))),
                active: true,
                version: id.seq(),
                identified: document.is_some(),
                valid_from: Seq::default(),
                reset_entry: None,
                reset_until: None,
            });
            world.set_identity_of_operator(id, document);
        }
        world
    }

    #[test]
    fn accounts_of_one_person_are_one_person() {
        let same = |one, other| same_person(&world(), one, other).unwrap();
        let everybody = [volunteer(9), operator(LINKED), operator(REGISTERED)];
        for one in everybody {
            assert!(everybody.iter().all(|other| same(one, *other)), "{one}");
            for other in [operator(STRANGER), operator(OLD), volunteer(8), Actor::System] {
                assert!(!same(one, other) && !same(other, one), "{one} and {other}");
            }
        }
        assert!(same(operator(STRANGER), operator(SAME_STRANGER)), "by the document alone");
        assert!(same(operator(OLD), operator(OLD)) && !same(operator(OLD), operator(STRANGER)));
    }
}
