//! Rules of changes of identity (身份信息变更): what may be done, and what follows.

use super::{
    AskIdentityChange, ConfirmIdentityChange, DeclineIdentityChange, Event, IdentityChange,
    IdentityChangeStatus, Refusal,
};
use crate::domain::actor::Actor;
use crate::domain::context::{Ctx, must_be_current};
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::happening::Happening;
use crate::domain::ids::{IdentityChangeId, VolunteerId};
use crate::domain::outcome::Outcome;
use crate::domain::person::{self, PersonField};
use crate::domain::rules::Rules;
use crate::domain::side_data::SideData;
use crate::domain::volunteer::Volunteer;
use crate::domain::world::{Key, Stop, World};

/// By an operator who answers for the volunteer's unit; what takes a second person waits for one.
///
/// Whether somebody elsewhere has the document is not told before a second person confirms it.
pub fn decide_ask(ctx: &Ctx, cmd: &AskIdentityChange) -> Result<Decision, Stop> {
    let volunteer = ctx.world.volunteer(cmd.volunteer)?;
    must_be_for_others(ctx, volunteer)?;
    ctx.must_be_registered(volunteer)?;
    must_be_current(cmd.expected, volunteer.version)?;
    let changed = volunteer.must_be_as_read(cmd.changed.as_ref())?;
    let former = volunteer.identity_change.map(|id| ctx.world.identity_change(id)).transpose()?;
    if let Some(open) = former.filter(|change| change.is_open_at(ctx.now)) {
        return Err(Refusal::IdentityChangeOpen { identity_change: open.id }.into());
    }
    person::check_consents(&changed.person.content, ctx.now, ctx.today())?;
    // Last of all: who guesses at the document, and is wrong, has asked for a change, which leaves an entry.
    if changed.fields.is_empty() {
        return Err(Refusal::IdentityUnchanged.into());
    }
    let (volunteer, fields, reason) = (volunteer.id, changed.fields.clone(), cmd.reason.commitment);
    let decision = if fields.iter().any(|field| field.takes_second_person()) {
        ctx.must_not_be_registered_near(changed.indexes.identity, volunteer)?;
        let proposal = cmd.proposal.commitment;
        Decision::of(Event::IdentityChangeAsked { volunteer, fields, proposal, reason }).with(
            SideData::ProposedIdentity {
                identity_change: IdentityChangeId::new(ctx.seq),
                volunteer,
                content: cmd.proposal.clone(),
            },
        )
    } else {
        let person = changed.person.commitment;
        Decision::of(Event::IdentityChanged { volunteer, fields, person, reason })
            .with(SideData::changed_person(volunteer, changed))
    };
    let decision = decision.with_words_about(volunteer, [&cmd.reason]);
    Ok(match former {
        Some(former) => decision.with(SideData::EraseProposedIdentity { identity_change: former.id }),
        None => decision,
    })
}

/// By another person who answers for the volunteer's unit.
pub fn decide_confirm(ctx: &Ctx, cmd: &ConfirmIdentityChange) -> Result<Decision, Stop> {
    let (change, volunteer) = pending(ctx, cmd.identity_change)?;
    must_be_for_others(ctx, volunteer)?;
    if ctx.is_person(change.asked_by)? {
        return Err(Refusal::IdentityChangeOfOwn.into());
    }
    if !change.is_open_at(ctx.now) {
        return Err(Refusal::IdentityChangeExpired.into());
    }
    let changed = volunteer.must_be_as_read(cmd.changed.as_ref())?;
    person::check_consents(&changed.person.content, ctx.now, ctx.today())?;
    ctx.must_not_be_registered(changed.indexes.identity, Some(volunteer.id))?;
    let (identity_change, person) = (change.id, changed.person.commitment);
    Ok(Decision::of(Event::IdentityChangeConfirmed { identity_change, person })
        .with(SideData::changed_person(volunteer.id, changed))
        .with(SideData::EraseProposedIdentity { identity_change }))
}

/// By anybody who answers for the volunteer's unit, who asked for it included.
pub fn decide_decline(ctx: &Ctx, cmd: &DeclineIdentityChange) -> Result<Decision, Stop> {
    let (change, volunteer) = pending(ctx, cmd.identity_change)?;
    let identity_change = change.id;
    Ok(Decision::of(Event::IdentityChangeDeclined { identity_change, reason: cmd.reason.commitment })
        .with_words_about(volunteer.id, [&cmd.reason])
        .with(SideData::EraseProposedIdentity { identity_change }))
}

/// A change that waits, of a volunteer for whom the actor answers.
fn pending<'w>(ctx: &Ctx<'w>, id: IdentityChangeId) -> Result<(&'w IdentityChange, &'w Volunteer), Stop> {
    let change = ctx.world.identity_change(id)?;
    let volunteer = ctx.world.volunteer(change.volunteer)?;
    ctx.must_answer_for(ctx.world.unit(volunteer.unit)?)?;
    match change.status {
        IdentityChangeStatus::Pending => Ok((change, volunteer)),
        status => Err(Refusal::IdentityChangeNotPending { status }.into()),
    }
}

/// Refuses unless the actor answers for the volunteer's unit, and is somebody else.
fn must_be_for_others(ctx: &Ctx, volunteer: &Volunteer) -> Result<(), Stop> {
    ctx.must_answer_for(ctx.world.unit(volunteer.unit)?)?;
    if ctx.is_person(Actor::Volunteer(volunteer.id))? {
        return Err(Refusal::IdentityChangeOfOwn.into());
    }
    Ok(())
}

impl Happening for Event {
    fn keys(&self, world: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        Ok(match self {
            Self::IdentityChanged { volunteer, .. } | Self::IdentityChangeAsked { volunteer, .. } => {
                let former = world.volunteer(*volunteer)?.identity_change;
                [Key::Volunteer(*volunteer)].into_iter().chain(former.map(Key::IdentityChange)).collect()
            }
            Self::IdentityChangeConfirmed { identity_change, .. }
            | Self::IdentityChangeDeclined { identity_change, .. } => {
                let volunteer = world.identity_change(*identity_change)?.volunteer;
                vec![Key::IdentityChange(*identity_change), Key::Volunteer(volunteer)]
            }
        })
    }

    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        match self {
            Self::IdentityChanged { volunteer, fields, .. } => {
                let id = evolve_asked(world, unsealed, *volunteer, fields)?;
                evolve_decided(world, unsealed, id, IdentityChangeStatus::Made)
            }
            Self::IdentityChangeAsked { volunteer, fields, .. } => {
                evolve_asked(world, unsealed, *volunteer, fields).map(drop)
            }
            Self::IdentityChangeConfirmed { identity_change, .. } => {
                evolve_decided(world, unsealed, *identity_change, IdentityChangeStatus::Made)
            }
            Self::IdentityChangeDeclined { identity_change, .. } => {
                evolve_decided(world, unsealed, *identity_change, IdentityChangeStatus::Declined)
            }
        }
    }

    fn outcome(&self, world: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        let id = match self {
            Self::IdentityChanged { .. } | Self::IdentityChangeAsked { .. } => {
                IdentityChangeId::new(unsealed.seq)
            }
            Self::IdentityChangeConfirmed { identity_change, .. }
            | Self::IdentityChangeDeclined { identity_change, .. } => *identity_change,
        };
        Ok(world.identity_change(id)?.clone().into())
    }
}

fn evolve_asked(
    world: &mut World,
    unsealed: &UnsealedEntry,
    volunteer: VolunteerId,
    fields: &[PersonField],
) -> Result<IdentityChangeId, Stop> {
    let mut volunteer = world.volunteer(volunteer)?.clone();
    if let Some(former) = volunteer.identity_change {
        let mut former = world.identity_change(former)?.clone();
        former.status = IdentityChangeStatus::Expired;
        world.put(former);
    }
    let id = IdentityChangeId::new(unsealed.seq);
    world.put(IdentityChange {
        id,
        volunteer: volunteer.id,
        unit: volunteer.unit,
        fields: fields.to_vec(),
        status: IdentityChangeStatus::Pending,
        asked_by: unsealed.actor,
        asked_at: unsealed.recorded_at,
        decided_by: None,
        decided_at: None,
        decided_entry: None,
    });
    volunteer.identity_change = Some(id);
    world.put(volunteer);
    Ok(id)
}

/// Ends a change that waits. What was printed on certificates before it is no longer the person's.
pub(in crate::domain) fn evolve_decided(
    world: &mut World,
    unsealed: &UnsealedEntry,
    id: IdentityChangeId,
    status: IdentityChangeStatus,
) -> Result<(), Stop> {
    let mut change = world.identity_change(id)?.clone();
    let mut volunteer = world.volunteer(change.volunteer)?.clone();
    change.status = status;
    change.decided_by = Some(unsealed.actor);
    change.decided_at = Some(unsealed.recorded_at);
    change.decided_entry = Some(unsealed.seq);
    volunteer.identity_change = None;
    if status == IdentityChangeStatus::Made {
        volunteer.version = unsealed.seq;
        if change.fields.iter().any(|field| field.is_certified()) {
            volunteer.identity_entry = Some(unsealed.seq);
        }
    }
    world.put(change);
    world.put(volunteer);
    Ok(())
}
