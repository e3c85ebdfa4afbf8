//! Volunteers (志愿者) as the ledger sees them: a number, a unit, a state. The person is elsewhere.

use super::account::{Account, Postings};
use super::amounts::Points;
use super::command::{Committed, Ctx, Decision, Private, must_be_current};
use super::event::{Draft, Draw, Event};
use super::ids::{Seq, TransferId, UnitId, VolunteerId};
use super::person::{self, Person, PersonIndexes};
use super::points;
use super::rejection::Rejection;
use super::text::Note;
use super::time::Timestamp;
use super::world::{Row, Stop, World};
use serde::{Deserialize, Serialize};

/// Whether a registration is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VolunteerStatus {
    /// Registered.
    Active,
    /// Left: personal data erased, the ledger stays under the number.
    Closed,
}

/// A registered volunteer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Volunteer {
    pub id: VolunteerId,
    /// The unit that the volunteer belongs to now.
    pub unit: UnitId,
    pub status: VolunteerStatus,
    /// The entry that opened the present membership, and when.
    pub member_entry: Seq,
    pub member_since: Timestamp,
    pub open_transfer: Option<TransferId>,
    pub open_redemptions: i64,
    /// Points of voided hours that were spent and are still to be earned back.
    pub debt: Points,
    pub registered_at: Timestamp,
    /// The entry that changed the registration last.
    pub version: Seq,
}

impl Row for Volunteer {
    type Key = VolunteerId;
    fn key(&self) -> VolunteerId {
        self.id
    }
}

impl Volunteer {
    /// The volunteer number (志愿者编号): twelve digits that follow from the registration's entry.
    #[must_use]
    pub fn number(&self) -> String {
        number_of(self.id)
    }

    /// Refuses if the registration is closed.
    pub fn must_be_active(&self) -> Result<(), Rejection> {
        match self.status {
            VolunteerStatus::Active => Ok(()),
            VolunteerStatus::Closed => Err(Rejection::VolunteerClosed),
        }
    }
}

/// The volunteer number of an id.
#[must_use]
pub fn number_of(id: VolunteerId) -> String {
    format!("{:012}", id.seq().0)
}

/// A volunteer belongs to a unit from an instant up to another (隶属关系).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    pub volunteer: VolunteerId,
    /// The entry that opened it.
    pub entry: Seq,
    pub unit: UnitId,
    pub starts_at: Timestamp,
    pub ends_at: Option<Timestamp>,
}

impl Row for Membership {
    type Key = (VolunteerId, Seq);
    fn key(&self) -> Self::Key {
        (self.volunteer, self.entry)
    }
}

/// Registers a person with a unit.
#[derive(Clone, Debug)]
pub struct Register {
    pub unit: UnitId,
    pub person: Committed<Person>,
    pub indexes: PersonIndexes,
}

/// Replaces what is known of a person.
#[derive(Clone, Debug)]
pub struct UpdateVolunteer {
    pub volunteer: VolunteerId,
    /// The version that was read; none skips the check.
    pub expected: Option<Seq>,
    pub person: Committed<Person>,
    pub indexes: PersonIndexes,
}

/// Closes a registration: personal data is erased, what is left of the points lapses.
#[derive(Clone, Debug)]
pub struct CloseVolunteer {
    pub volunteer: VolunteerId,
    pub expected: Option<Seq>,
    pub reason: Option<Committed<Note>>,
}

/// A person is registered once, with the consents that their age asks for.
pub fn decide_register(ctx: &Ctx, cmd: &Register) -> Result<Decision, Stop> {
    ctx.must_answer_for(ctx.world.unit(cmd.unit)?)?;
    person::check_consents(&cmd.person.content, ctx.now, ctx.today())?;
    if ctx.world.volunteer_with_identity(cmd.indexes.identity)?.is_some() {
        return Err(Rejection::IdentityTaken.into());
    }
    let volunteer = VolunteerId::new(ctx.seq);
    Ok(Decision::of(Event::VolunteerRegistered { unit: cmd.unit, person: cmd.person.commitment })
        .with(Private::Person { volunteer, person: Box::new(cmd.person.clone()), indexes: cmd.indexes }))
}

/// The unit's coordinator, or the volunteer, keeps the registration right.
pub fn decide_update(ctx: &Ctx, cmd: &UpdateVolunteer) -> Result<Decision, Stop> {
    let volunteer = ctx.world.volunteer(cmd.volunteer)?;
    ctx.must_be_or_answer_for(volunteer)?;
    volunteer.must_be_active()?;
    must_be_current(cmd.expected, volunteer.version)?;
    person::check_consents(&cmd.person.content, ctx.now, ctx.today())?;
    match ctx.world.volunteer_with_identity(cmd.indexes.identity)? {
        Some(other) if other != cmd.volunteer => return Err(Rejection::IdentityTaken.into()),
        _ => {}
    }
    let (volunteer, person) = (cmd.volunteer, cmd.person.clone());
    Ok(Decision::of(Event::VolunteerUpdated { volunteer, person: person.commitment }).with(Private::Person {
        volunteer,
        person: Box::new(person),
        indexes: cmd.indexes,
    }))
}

/// Whoever leaves settles open redemptions and transfers first; what is left of the points lapses.
pub fn decide_close(ctx: &Ctx, cmd: &CloseVolunteer) -> Result<Decision, Stop> {
    let volunteer = ctx.world.volunteer(cmd.volunteer)?;
    ctx.must_be_or_answer_for(volunteer)?;
    volunteer.must_be_active()?;
    must_be_current(cmd.expected, volunteer.version)?;
    if let Some(transfer) = volunteer.open_transfer {
        return Err(Rejection::VolunteerHasOpenTransfer { transfer }.into());
    }
    if volunteer.open_redemptions > 0 {
        return Err(Rejection::VolunteerHasOpenRedemptions.into());
    }
    let lapsed: Vec<Draw> = ctx.world.open_lots(volunteer.id)?.into_iter().map(Draw::all_of).collect();
    let (unit, id) = (volunteer.unit, volunteer.id);
    let mut postings = Postings::default();
    let total = points::total(&lapsed).0;
    postings.transfer(Account::Available { unit, volunteer: id }, Account::Expired { unit }, total);
    Ok(Decision::of(Event::VolunteerClosed {
        volunteer: id,
        reason: cmd.reason.as_ref().map(|reason| reason.commitment),
        lapsed,
    })
    .posting(postings)
    .with_note(cmd.reason.as_ref())
    .with(Private::ErasePerson { volunteer: id }))
}

pub(super) fn evolve_registered(world: &mut World, draft: &Draft, unit: UnitId) {
    let id = VolunteerId::new(draft.seq);
    world.put_volunteer(Volunteer {
        id,
        unit,
        status: VolunteerStatus::Active,
        member_entry: draft.seq,
        member_since: draft.recorded_at,
        open_transfer: None,
        open_redemptions: 0,
        debt: Points::ZERO,
        registered_at: draft.recorded_at,
        version: draft.seq,
    });
    world.put_membership(Membership {
        volunteer: id,
        entry: draft.seq,
        unit,
        starts_at: draft.recorded_at,
        ends_at: None,
    });
}

pub(super) fn evolve_updated(world: &mut World, draft: &Draft, id: VolunteerId) -> Result<(), Stop> {
    let mut volunteer = world.volunteer(id)?.clone();
    volunteer.version = draft.seq;
    world.put_volunteer(volunteer);
    Ok(())
}

pub(super) fn evolve_closed(
    world: &mut World,
    draft: &Draft,
    id: VolunteerId,
    lapsed: &[Draw],
) -> Result<(), Stop> {
    let mut volunteer = world.volunteer(id)?.clone();
    points::lapse(world, lapsed)?;
    world.put_membership(end_membership(&volunteer, draft.recorded_at));
    volunteer.status = VolunteerStatus::Closed;
    volunteer.version = draft.seq;
    world.put_volunteer(volunteer);
    Ok(())
}

/// The present membership, ended.
pub(super) fn end_membership(volunteer: &Volunteer, at: Timestamp) -> Membership {
    Membership {
        volunteer: volunteer.id,
        entry: volunteer.member_entry,
        unit: volunteer.unit,
        starts_at: volunteer.member_since,
        ends_at: Some(at),
    }
}
