//! What a rule may look at, and who asks.

use super::activity::Activity;
use super::actor::{Actor, Role};
use super::general;
use super::ids::{Seq, VolunteerId};
use super::operator::Operator;
use super::person::BlindIndex;
use super::rejection::Rejection;
use super::rules::Rules;
use super::same_person::same_person;
use super::time::Timestamp;
use super::unit::Unit;
use super::volunteer::{self, Volunteer};
use super::world::{Key, Stop, World};
use chrono::NaiveDate;

/// What a rule may look at.
#[derive(Debug)]
pub struct Ctx<'w> {
    pub world: &'w World,
    pub rules: &'w Rules,
    pub actor: Actor,
    /// From which entry on the actor's tokens were good when the one that was shown was made; none where none was.
    pub token_from: Option<Seq>,
    /// The instant that the entry will bear.
    pub now: Timestamp,
    /// The position that the entry will have.
    pub seq: Seq,
}

impl<'w> Ctx<'w> {
    /// The local calendar day.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.rules.zone.date_of(self.now)
    }

    /// The operator who acts, if one does; refuses one who is disabled.
    pub(super) fn operator(&self) -> Result<Option<&'w Operator>, Stop> {
        let Actor::Operator(id) = self.actor else { return Ok(None) };
        let operator = self.world.operator(id)?;
        if operator.active { Ok(Some(operator)) } else { Err(general::Refusal::ActorDisabled.into()) }
    }

    /// Whether the actor may act for this unit.
    pub(super) fn answers_for(&self, unit: &Unit) -> Result<bool, Stop> {
        Ok(match self.operator()? {
            Some(operator) => operator.answers_for(unit),
            None => self.actor == Actor::System,
        })
    }

    /// Refuses unless the actor may act for this unit.
    pub(super) fn must_answer_for(&self, unit: &Unit) -> Result<(), Stop> {
        if self.answers_for(unit)? {
            return Ok(());
        }
        let coordinates = self.operator()?.is_some_and(|operator| operator.role.changes_things());
        Err(if coordinates { general::Refusal::OutsideUnit } else { general::Refusal::NotPermitted }.into())
    }

    /// Refuses unless the actor is the volunteer, or answers for the volunteer's unit.
    pub(super) fn must_be_or_answer_for(&self, volunteer: &Volunteer) -> Result<(), Stop> {
        if self.actor == Actor::Volunteer(volunteer.id) {
            return Ok(());
        }
        self.must_answer_for(self.world.unit(volunteer.unit)?)
    }

    /// Refuses a document that somebody else is registered with, as far as the actor answers for them. Of others
    /// nothing is told: see [`Self::must_not_be_registered`].
    pub(super) fn must_not_be_registered_near(
        &self,
        document: BlindIndex,
        except: VolunteerId,
    ) -> Result<(), Stop> {
        match self.must_not_be_registered(document, Some(except)) {
            Err(Stop::Rejected(Rejection::Volunteer(volunteer::Refusal::IdentityUnavailable))) => Ok(()),
            verdict => verdict,
        }
    }

    /// Refuses a document that somebody else is registered with. Who does not answer for them is not told
    /// that they are registered, only that it cannot be done here.
    pub(super) fn must_not_be_registered(
        &self,
        document: BlindIndex,
        except: Option<VolunteerId>,
    ) -> Result<(), Stop> {
        let Some(number) = self.world.number_with_identity(document)? else { return Ok(()) };
        let other = self.world.volunteer(number)?;
        // What is kept of an alias that was erased is the index alone, which changes its place with the person's.
        let is_own = except == Some(number)
            || (except.is_some() && except == other.merged_into && other.forget_at.is_some());
        if is_own {
            return Ok(());
        }
        let unit = self.world.unit(other.unit)?;
        Err(if self.answers_for(unit)? {
            volunteer::Refusal::IdentityTaken.into()
        } else {
            volunteer::Refusal::IdentityUnavailable.into()
        })
    }

    /// Whether the volunteer's unit and the activity's are of one tree.
    pub(super) fn is_of_the_tree_of(&self, volunteer: &Volunteer, activity: &Activity) -> Result<bool, Stop> {
        self.world.want([Key::Unit(volunteer.unit), Key::Unit(activity.unit)])?;
        Ok(self.world.unit(volunteer.unit)?.top() == self.world.unit(activity.unit)?.top())
    }

    /// Whether the actor is the volunteer in charge of this activity.
    pub(super) fn leads(&self, activity: &Activity) -> Result<bool, Stop> {
        let leader = activity.details.leader.map(|leader| self.world.person_of(leader)).transpose()?;
        Ok(leader.is_some_and(|leader| self.actor == Actor::Volunteer(leader)))
    }

    /// Refuses unless the actor is in charge of this activity on site, or answers for its unit.
    pub(super) fn must_lead(&self, activity: &Activity) -> Result<(), Stop> {
        match self.actor {
            Actor::Volunteer(leader) if self.leads(activity)? => {
                self.must_be_active(self.world.volunteer(leader)?)
            }
            _ => self.must_answer_for(self.world.unit(activity.unit)?),
        }
    }

    /// Refuses if the volunteer has left, be it for now, or has another number.
    pub(super) fn must_be_active(&self, volunteer: &Volunteer) -> Result<(), Stop> {
        self.must_not_be_merged(volunteer)?;
        Ok(volunteer.must_be_active()?)
    }

    /// Refuses if the person is erased, or has another number.
    pub(super) fn must_be_registered(&self, volunteer: &Volunteer) -> Result<(), Stop> {
        self.must_not_be_merged(volunteer)?;
        Ok(volunteer.must_be_registered()?)
    }

    /// Which number is the person's, is told to those who answer for the person.
    fn must_not_be_merged(&self, volunteer: &Volunteer) -> Result<(), Stop> {
        let Some(into) = volunteer.merged_into else { return Ok(()) };
        let may_know = self.answers_for(self.world.unit(self.world.volunteer(into)?.unit)?)?;
        Err(volunteer::Refusal::VolunteerMerged { into: may_know.then_some(into) }.into())
    }

    /// Whether the one who acts is this one, perhaps by another account: see [`same_person`].
    pub(super) fn is_person(&self, other: Actor) -> Result<bool, Stop> {
        same_person(self.world, self.actor, other)
    }

    /// Refuses unless the actor is an auditor of this unit, or an admin.
    pub(super) fn must_audit(&self, unit: &Unit) -> Result<(), Stop> {
        match self.operator()? {
            Some(operator) if operator.audits(unit) => Ok(()),
            Some(operator) if operator.role == Role::Auditor => Err(general::Refusal::OutsideUnit.into()),
            _ => Err(general::Refusal::NotPermitted.into()),
        }
    }

    pub(super) fn must_be_admin(&self) -> Result<(), Stop> {
        let admin = self.operator()?.is_some_and(|operator| operator.role == Role::Admin);
        if admin || self.actor == Actor::System { Ok(()) } else { Err(general::Refusal::NotPermitted.into()) }
    }

    pub(super) fn must_be_operator(&self) -> Result<(), Stop> {
        match self.operator()? {
            Some(_) => Ok(()),
            None => Err(general::Refusal::NotPermitted.into()),
        }
    }

    pub(super) fn must_be_system(&self) -> Result<(), Stop> {
        if self.actor == Actor::System { Ok(()) } else { Err(general::Refusal::NotPermitted.into()) }
    }

    /// A volunteer who has left for good or has another number, or an operator who was disabled, does nothing any
    /// more; nor does one whom this ledger never knew, or whose tokens were ended.
    pub fn must_be_in_good_standing(&self) -> Result<(), Stop> {
        let standing = match self.actor {
            Actor::System => Ok((true, Seq::default())),
            Actor::Operator(id) => {
                self.world.operator(id).map(|operator| (operator.active, operator.valid_from))
            }
            Actor::Volunteer(id) => self
                .world
                .volunteer(id)
                .map(|volunteer| (volunteer.must_be_registered().is_ok(), volunteer.valid_from)),
        };
        match standing {
            Ok((true, valid_from)) if self.token_from.is_none_or(|from| from >= valid_from) => Ok(()),
            Ok((true, _)) => Err(general::Refusal::TokenEnded.into()),
            Ok((false, _)) | Err(Stop::Rejected(_)) => Err(general::Refusal::ActorDisabled.into()),
            Err(Stop::Miss) => Err(Stop::Miss),
        }
    }
}

/// Refuses a change that was made from a stale reading.
pub(super) fn must_be_current(expected: Option<Seq>, current: Seq) -> Result<(), general::Refusal> {
    match expected {
        Some(expected) if expected != current => Err(general::Refusal::VersionStale { current }),
        _ => Ok(()),
    }
}
