//! Rules of volunteers (志愿者) as the ledger sees them: what may be done, and what follows.

use super::{
    ChangeContact, CloseVolunteer, Event, Membership, Refusal, Register, Volunteer, VolunteerStatus,
    end_membership,
};
use crate::domain::account::Postings;
use crate::domain::amounts::Points;
use crate::domain::context::{Ctx, must_be_current};
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::happening::Happening;
use crate::domain::identity_change::{self, IdentityChangeStatus};
use crate::domain::ids::{UnitId, VolunteerId};
use crate::domain::lot;
use crate::domain::lot::Draw;
use crate::domain::outcome::Outcome;
use crate::domain::person;
use crate::domain::rules::Rules;
use crate::domain::side_data::SideData;
use crate::domain::world::{Key, Stop, World};

/// A person is registered once, with the consents that their age asks for.
pub fn decide_register(ctx: &Ctx, cmd: &Register) -> Result<Decision, Stop> {
    ctx.must_answer_for(ctx.world.unit(cmd.unit)?)?;
    person::check_consents(&cmd.person.content, ctx.now, ctx.today())?;
    ctx.must_not_be_registered(cmd.indexes.identity, None)?;
    let volunteer = VolunteerId::new(ctx.seq);
    Ok(Decision::of(Event::VolunteerRegistered { unit: cmd.unit, person: cmd.person.commitment })
        .with(SideData::Person { volunteer, person: Box::new(cmd.person.clone()), indexes: cmd.indexes }))
}

/// The volunteer, or the unit's coordinator, says how the volunteer is reached, and what they can do.
pub fn decide_contact(ctx: &Ctx, cmd: &ChangeContact) -> Result<Decision, Stop> {
    let volunteer = ctx.world.volunteer(cmd.volunteer)?;
    ctx.must_be_or_answer_for(volunteer)?;
    volunteer.must_be_registered()?;
    must_be_current(cmd.expected, volunteer.version)?;
    let changed = volunteer.must_be_as_read(cmd.changed.as_ref())?;
    let (volunteer, fields, person) = (volunteer.id, changed.fields.clone(), changed.person.commitment);
    Ok(Decision::of(Event::ContactChanged { volunteer, fields, person })
        .with(SideData::changed_person(volunteer, changed)))
}

/// Open redemptions and transfers must be closed first; what is left of the points lapses.
pub fn decide_close(ctx: &Ctx, cmd: &CloseVolunteer) -> Result<Decision, Stop> {
    let volunteer = ctx.world.volunteer(cmd.volunteer)?;
    ctx.must_be_or_answer_for(volunteer)?;
    volunteer.must_be_active()?;
    must_be_current(cmd.expected, volunteer.version)?;
    if let Some(transfer) = volunteer.open_transfer {
        return Err(Refusal::VolunteerHasOpenTransfer { transfer }.into());
    }
    if volunteer.open_redemptions > 0 {
        return Err(Refusal::VolunteerHasOpenRedemptions.into());
    }
    let lapsed: Vec<Draw> = ctx.world.open_lots(volunteer.id)?.into_iter().map(Draw::all_of).collect();
    let id = volunteer.id;
    Ok(Decision::of(Event::VolunteerClosed {
        volunteer: id,
        reason: cmd.reason.as_ref().map(|reason| reason.commitment),
        lapsed,
    })
    .with_note(cmd.reason.as_ref())
    .with(SideData::ErasePerson { volunteer: id }))
}

impl Happening for Event {
    fn keys(&self, world: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        Ok(match self {
            Self::VolunteerRegistered { .. } => Vec::new(),
            Self::VolunteerUpdated { volunteer, .. } | Self::ContactChanged { volunteer, .. } => {
                vec![Key::Volunteer(*volunteer)]
            }
            Self::VolunteerClosed { volunteer, lapsed, .. } => {
                let pending = world.volunteer(*volunteer)?.identity_change.map(Key::IdentityChange);
                let keys = [Key::Volunteer(*volunteer)].into_iter().chain(pending);
                keys.chain(lot::rules::keys(lapsed)).collect()
            }
        })
    }

    fn postings(&self, world: &World) -> Result<Postings, Stop> {
        match self {
            Self::VolunteerClosed { volunteer, lapsed, .. } => {
                Ok(lot::rules::lapsing(world.volunteer(*volunteer)?, lapsed))
            }
            Self::VolunteerRegistered { .. }
            | Self::VolunteerUpdated { .. }
            | Self::ContactChanged { .. } => Ok(Postings::default()),
        }
    }

    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        match self {
            Self::VolunteerRegistered { unit, .. } => evolve_registered(world, unsealed, *unit),
            Self::VolunteerUpdated { volunteer, .. } | Self::ContactChanged { volunteer, .. } => {
                evolve_updated(world, unsealed, *volunteer)?;
            }
            Self::VolunteerClosed { volunteer, lapsed, .. } => {
                evolve_closed(world, unsealed, *volunteer, lapsed)?;
            }
        }
        Ok(())
    }

    fn outcome(&self, world: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        let id = match self {
            Self::VolunteerRegistered { .. } => VolunteerId::new(unsealed.seq),
            Self::VolunteerUpdated { volunteer, .. }
            | Self::ContactChanged { volunteer, .. }
            | Self::VolunteerClosed { volunteer, .. } => *volunteer,
        };
        Ok(world.volunteer(id)?.clone().into())
    }
}

pub(in crate::domain) fn evolve_registered(world: &mut World, unsealed: &UnsealedEntry, unit: UnitId) {
    let id = VolunteerId::new(unsealed.seq);
    world.put(Volunteer {
        id,
        unit,
        status: VolunteerStatus::Active,
        member_entry: unsealed.seq,
        member_since: unsealed.recorded_at,
        open_transfer: None,
        open_redemptions: 0,
        debt: Points::ZERO,
        registered_at: unsealed.recorded_at,
        version: unsealed.seq,
        identity_change: None,
        identity_entry: None,
    });
    world.put(Membership {
        volunteer: id,
        entry: unsealed.seq,
        unit,
        starts_at: unsealed.recorded_at,
        ends_at: None,
    });
}

pub(in crate::domain) fn evolve_updated(
    world: &mut World,
    unsealed: &UnsealedEntry,
    id: VolunteerId,
) -> Result<(), Stop> {
    let mut volunteer = world.volunteer(id)?.clone();
    volunteer.version = unsealed.seq;
    world.put(volunteer);
    Ok(())
}

pub(in crate::domain) fn evolve_closed(
    world: &mut World,
    unsealed: &UnsealedEntry,
    id: VolunteerId,
    lapsed: &[Draw],
) -> Result<(), Stop> {
    if let Some(pending) = world.volunteer(id)?.identity_change {
        let declined = IdentityChangeStatus::Declined;
        identity_change::rules::evolve_decided(world, unsealed, pending, declined)?;
    }
    let mut volunteer = world.volunteer(id)?.clone();
    lot::rules::lapse(world, lapsed)?;
    world.put(end_membership(&volunteer, unsealed.recorded_at));
    volunteer.status = VolunteerStatus::Closed;
    volunteer.version = unsealed.seq;
    world.put(volunteer);
    Ok(())
}
