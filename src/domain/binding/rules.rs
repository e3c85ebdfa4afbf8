//! Rules of bindings (绑定): what may be done, and what follows.

use super::{
    Bind, Binding, BindingProof, BoundBy, EndBinding, Event, MOST_BINDINGS, OutsideIdentity, Refusal,
};
use crate::domain::activation;
use crate::domain::commitment::Committed;
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::happening::Happening;
use crate::domain::ids::{BindingId, Seq, VolunteerId};
use crate::domain::outcome::Outcome;
use crate::domain::person::BlindIndex;
use crate::domain::rules::Rules;
use crate::domain::side_data::SideData;
use crate::domain::volunteer;
use crate::domain::world::{Key, Stop, World};

/// Who shows that they are a volunteer binds what is bound to nobody. An activation code is spent by it, in the same
/// step.
pub fn decide_bind(ctx: &Ctx, cmd: &Bind) -> Result<Decision, Stop> {
    ctx.must_be_system()?;
    let volunteer = ctx.world.volunteer(cmd.volunteer)?;
    let (bound_by, spent) = match cmd.proof {
        BindingProof::Mobile { read } => {
            if volunteer.must_be_registered().is_err() {
                return Err(Refusal::BindingRefused.into());
            }
            if volunteer.version != read {
                return Err(volunteer::Refusal::PersonStale.into());
            }
            (BoundBy::Mobile, None)
        }
        BindingProof::Activation { entry } => {
            activation::rules::must_be_unspent(ctx, volunteer, entry)?;
            let volunteer = volunteer.id;
            (BoundBy::Activation, Some(activation::Event::ActivationUsed { volunteer }))
        }
    };
    let volunteer = volunteer.id;
    let made = binding(ctx, volunteer, bound_by, (&cmd.identity, cmd.index))?;
    let binding = BindingId::new(if spent.is_some() { ctx.seq.next() } else { ctx.seq });
    Ok(Decision::of(made).after_parts(spent).with(SideData::Subject {
        binding,
        volunteer,
        identity: Box::new(cmd.identity.clone()),
        index: cmd.index,
    }))
}

/// Binds what is bound to nobody to who has not many bindings yet, or is about to be registered.
pub(in crate::domain) fn binding(
    ctx: &Ctx,
    volunteer: VolunteerId,
    bound_by: BoundBy,
    (identity, index): (&Committed<OutsideIdentity>, BlindIndex),
) -> Result<Event, Stop> {
    if ctx.world.binding_with_subject(index)?.is_some() {
        return Err(Refusal::BindingTaken.into());
    }
    if ctx.world.open_bindings(volunteer)?.len() >= MOST_BINDINGS {
        return Err(Refusal::TooManyBindings.into());
    }
    let OutsideIdentity { provider, app, .. } = &identity.content;
    let (provider, app, subject) = (*provider, app.clone(), identity.commitment);
    Ok(Event::BindingMade { volunteer, provider, app, bound_by, subject })
}

/// By the volunteer, or by who answers for the volunteer's unit: the mobile may be somebody else's by now.
pub fn decide_end(ctx: &Ctx, cmd: &EndBinding) -> Result<Decision, Stop> {
    let binding = ctx.world.binding(cmd.binding)?;
    let person = ctx.world.person_of(binding.volunteer)?;
    ctx.must_be_or_answer_for(ctx.world.volunteer(person)?)?;
    if let Some(ended_entry) = binding.ended_entry {
        return Ok(Decision::as_it_is(ended_entry, binding.clone()));
    }
    let binding = binding.id;
    Ok(Decision::of(Event::BindingEnded { binding }).with(SideData::EraseSubject { binding }))
}

impl Happening for Event {
    fn keys(&self, world: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        Ok(match self {
            Self::BindingMade { volunteer, .. } => {
                vec![Key::Volunteer(*volunteer), Key::OpenBindings(*volunteer)]
            }
            Self::BindingEnded { binding } => {
                vec![Key::Binding(*binding), Key::OpenBindings(world.binding(*binding)?.volunteer)]
            }
        })
    }

    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        match self {
            Self::BindingMade { volunteer, provider, app, bound_by, .. } => {
                let unit = world.volunteer(*volunteer)?.unit;
                world.put_binding(Binding {
                    id: BindingId::new(unsealed.seq),
                    volunteer: *volunteer,
                    unit,
                    provider: *provider,
                    app: app.clone(),
                    bound_by: *bound_by,
                    bound_at: unsealed.recorded_at,
                    ended_at: None,
                    ended_entry: None,
                });
            }
            Self::BindingEnded { binding } => {
                let binding = world.binding(*binding)?.clone();
                world.put_binding(ended(binding, unsealed));
            }
        }
        Ok(())
    }

    fn outcome(&self, world: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        let id = match self {
            Self::BindingMade { .. } => BindingId::new(unsealed.seq),
            Self::BindingEnded { binding } => *binding,
        };
        Ok(world.binding(id)?.clone().into())
    }
}

fn ended(binding: Binding, unsealed: &UnsealedEntry) -> Binding {
    let ended_entry: Option<Seq> = Some(unsealed.seq);
    Binding { ended_at: Some(unsealed.recorded_at), ended_entry, ..binding }
}

/// Who leaves signs in no more: their bindings end with the registration.
pub(in crate::domain) fn evolve_all_ended(
    world: &mut World,
    unsealed: &UnsealedEntry,
    volunteer: VolunteerId,
) -> Result<(), Stop> {
    for binding in world.bindings_of_number(volunteer)? {
        world.put_binding(ended(binding, unsealed));
    }
    Ok(())
}
