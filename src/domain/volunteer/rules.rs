//! Rules of volunteers (志愿者) as the ledger sees them: what may be done, and what follows.

use super::{
    ChangeContact, CloseVolunteer, DAYS_TO_FORGET, DeactivateVolunteer, Event, ForgetVolunteer,
    MOST_ABANDONED, Membership, ReactivateVolunteer, Refusal, Register, Volunteer, VolunteerStatus,
    end_membership,
};
use crate::domain::account::{Account, Postings};
use crate::domain::actor::Actor;
use crate::domain::amounts::Points;
use crate::domain::binding;
use crate::domain::commitment::Commitment;
use crate::domain::context::{Ctx, must_be_current};
use crate::domain::decision::Decision;
use crate::domain::enrolment;
use crate::domain::event::{self, UnsealedEntry};
use crate::domain::general;
use crate::domain::happening::Happening;
use crate::domain::identity_change::{self, IdentityChangeStatus};
use crate::domain::ids::{RecordId, Seq, UnitId, VolunteerId};
use crate::domain::lot;
use crate::domain::lot::{DRAWS_MAX, Draw};
use crate::domain::outcome::Outcome;
use crate::domain::person;
use crate::domain::record;
use crate::domain::rules::Rules;
use crate::domain::side_data::SideData;
use crate::domain::world::{Key, Stop, World};
use chrono::Duration;
use std::collections::BTreeSet;

/// A person is registered once, with the consents that their age asks for.
pub fn decide_register(ctx: &Ctx, cmd: &Register) -> Result<Decision, Stop> {
    let another_person = cmd.another_person.as_ref();
    let (event, volunteer) = registering(ctx, cmd, another_person.map(|reason| reason.commitment))?;
    Ok(Decision::of(event).with_words_about(volunteer, another_person).with(SideData::Person {
        volunteer,
        person: Box::new(cmd.person.clone()),
        indexes: cmd.indexes,
    }))
}

/// What registers a person by the entry to be, and the number that they have then.
pub(in crate::domain) fn registering(
    ctx: &Ctx,
    cmd: &Register,
    another_person: Option<Commitment>,
) -> Result<(Event, VolunteerId), Stop> {
    ctx.must_answer_for(ctx.world.unit(cmd.unit)?)?;
    person::check_consents(&cmd.person.content, ctx.now, ctx.today())?;
    let former = ctx.world.volunteer_with_identity(cmd.indexes.identity)?;
    let former = former.map(|id| ctx.world.volunteer(id)).transpose()?;
    // A number that was merged leads to the person's.
    let former = former.filter(|former| former.status == VolunteerStatus::Closed);
    if former.is_none() {
        ctx.must_not_be_registered(cmd.indexes.identity, None)?;
    }
    let volunteer = former.map_or(VolunteerId::new(ctx.seq), |former| former.id);
    must_be_another_person(ctx, cmd, volunteer)?;
    let (unit, person) = (cmd.unit, cmd.person.commitment);
    // Who comes back has the same number, with its records and what is owed; that moves to the books of the unit.
    let event = match former {
        Some(_) => Event::VolunteerReopened { volunteer, unit, person, another_person },
        None => Event::VolunteerRegistered { unit, person, another_person },
    };
    Ok((event, volunteer))
}

/// Most who are alike that a refusal names.
const MOST_NAMED: usize = 20;

/// One person under two documents would serve twice at once: who looks like somebody registered is asked about. Who
/// that is, is told to those who answer for them.
fn must_be_another_person(ctx: &Ctx, cmd: &Register, own: VolunteerId) -> Result<(), Stop> {
    if cmd.another_person.is_some() {
        return Ok(());
    }
    let alike = ctx.world.volunteers_alike(cmd.indexes.likeness)?;
    ctx.world.want_all(alike.iter().copied().map(Key::Volunteer))?;
    let persons = alike.iter().map(|id| ctx.world.person_of(*id)).collect::<Result<BTreeSet<_>, Stop>>()?;
    let others: Vec<VolunteerId> = persons.into_iter().filter(|id| *id != own).take(MOST_NAMED).collect();
    if others.is_empty() {
        return Ok(());
    }
    ctx.world.want_all(others.iter().copied().map(Key::Volunteer))?;
    let mut volunteers = Vec::new();
    for other in others {
        if ctx.answers_for(ctx.world.unit(ctx.world.volunteer(other)?.unit)?)? {
            volunteers.push(other);
        }
    }
    Err(Refusal::PersonMayBeRegistered { volunteers }.into())
}

/// The volunteer, or the unit's coordinator, says how the volunteer is reached, and what they can do.
pub fn decide_contact(ctx: &Ctx, cmd: &ChangeContact) -> Result<Decision, Stop> {
    let volunteer = ctx.world.volunteer(cmd.volunteer)?;
    ctx.must_be_or_answer_for(volunteer)?;
    ctx.must_be_registered(volunteer)?;
    must_be_current(cmd.expected, volunteer.version)?;
    let changed = volunteer.must_be_as_read(cmd.changed.as_ref())?;
    if changed.fields.is_empty() {
        return Ok(Decision::as_it_is(volunteer.version, volunteer.clone()));
    }
    let (volunteer, fields, person) = (volunteer.id, changed.fields.clone(), changed.person.commitment);
    Ok(Decision::of(Event::ContactChanged { volunteer, fields, person })
        .with(SideData::changed_person(volunteer, changed)))
}

/// Open redemptions and transfers must be closed first, and who is present checks out; places are given up. Points that
/// lapse and records that are given up are named.
///
/// The volunteer's own closing is at once; an office's is asked for first, and takes another person or three days.
pub fn decide_close(ctx: &Ctx, cmd: &CloseVolunteer) -> Result<Decision, Stop> {
    let volunteer = ctx.world.volunteer(cmd.volunteer)?;
    ctx.must_be_or_answer_for(volunteer)?;
    ctx.must_be_registered(volunteer)?;
    must_be_current(cmd.expected, volunteer.version)?;
    if let Some(transfer) = volunteer.open_transfer {
        return Err(Refusal::VolunteerHasOpenTransfer { transfer }.into());
    }
    if volunteer.open_redemptions > 0 {
        return Err(Refusal::VolunteerHasOpenRedemptions.into());
    }
    if let Some(open) = ctx.world.open_attendance_of(volunteer.id)? {
        return Err(Refusal::VolunteerIsPresent { attendance: open.id }.into());
    }
    let mut lapsed: Vec<Draw> = ctx.world.open_lots(volunteer.id)?.into_iter().map(Draw::all_of).collect();
    let abandoned: Vec<RecordId> = ctx.world.pending_records(volunteer.id)?.iter().copied().collect();
    must_be_named(cmd, lot::total(&lapsed), &abandoned)?;
    let reason = cmd.reason.as_ref().map(|reason| reason.commitment);
    if !may_close_now(ctx, volunteer)? {
        return Ok(Decision::of(Event::VolunteerClosingAsked { volunteer: volunteer.id, reason })
            .with_words_about(volunteer.id, cmd.reason.as_ref()));
    }
    let id = volunteer.id;
    // What one entry cannot hold lapses before it.
    let before = lapsed.split_off(lapsed.len().min(DRAWS_MAX));
    let expired = |draws: &[Draw]| lot::Event::PointsExpired { volunteer: id, draws: draws.to_vec() };
    let mut parts: Vec<event::Event> = aliases_closed(volunteer).map(Into::into).collect();
    parts.extend(before.chunks(DRAWS_MAX).map(|draws| expired(draws).into()));
    parts.extend(enrolment::rules::withdrawals(ctx, id)?.into_iter().map(Into::into));
    // The reason is words about the person, too: bound by the entry, and gone with the rest.
    let closing = Decision::of(Event::VolunteerClosed { volunteer: id, reason, lapsed, abandoned });
    let aliases = volunteer.merged_numbers.iter().copied();
    let erased = aliases.chain([id]);
    let entries = (ctx.seq.0..).take(volunteer.merged_numbers.len()).chain([ctx.seq.0 + count(&parts)]);
    Ok(erased.zip(entries).fold(closing.after_parts(parts), |closing, (volunteer, entry)| {
        closing.with(SideData::ErasePerson { volunteer, closed_entry: Seq(entry) })
    }))
}

fn count(parts: &[event::Event]) -> i64 {
    i64::try_from(parts.len()).unwrap_or(i64::MAX)
}

/// The numbers that were merged into one are closed with it, each by an entry of its own.
fn aliases_closed(volunteer: &Volunteer) -> impl Iterator<Item = Event> + use<'_> {
    volunteer.merged_numbers.iter().map(|alias| Event::VolunteerClosed {
        volunteer: *alias,
        reason: None,
        lapsed: Vec::new(),
        abandoned: Vec::new(),
    })
}

/// Nothing is lost by a slip: who closes says what that costs.
fn must_be_named(cmd: &CloseVolunteer, points: Points, abandoned: &[RecordId]) -> Result<(), Refusal> {
    let pending_records = i64::try_from(abandoned.len()).unwrap_or(i64::MAX);
    let is_named = points == cmd.forfeits_points && pending_records == cmd.abandons_records;
    if is_named && abandoned.len() <= MOST_ABANDONED {
        Ok(())
    } else {
        Err(Refusal::ClosingStrands { points, pending_records })
    }
}

/// Whether the closing is to be carried out, and not only asked for.
fn may_close_now(ctx: &Ctx, volunteer: &Volunteer) -> Result<bool, Stop> {
    if ctx.actor == Actor::Volunteer(volunteer.id) {
        return Ok(true);
    }
    let (Some(asked_by), Some(ends_at)) = (volunteer.closing_asked_by, volunteer.closes_at()) else {
        return Ok(false);
    };
    if ctx.now >= ends_at || !ctx.is_person(asked_by)? {
        Ok(true)
    } else {
        Err(Refusal::ClosingTooSoon { ends_at }.into())
    }
}

/// The volunteer, or the unit's coordinator, says that they have left for now.
pub fn decide_deactivate(ctx: &Ctx, cmd: &DeactivateVolunteer) -> Result<Decision, Stop> {
    let volunteer = ctx.world.volunteer(cmd.volunteer)?;
    ctx.must_be_or_answer_for(volunteer)?;
    ctx.must_be_active(volunteer)?;
    must_be_current(cmd.expected, volunteer.version)?;
    let (volunteer, reason) = (volunteer.id, cmd.reason.as_ref().map(|reason| reason.commitment));
    Ok(Decision::of(Event::VolunteerDeactivated { volunteer, reason })
        .with_words_about(volunteer, cmd.reason.as_ref()))
}

/// The unit's coordinator says that the volunteer is back, or stays. A closing that an office asked for is taken
/// back by the volunteer, too.
pub fn decide_reactivate(ctx: &Ctx, cmd: &ReactivateVolunteer) -> Result<Decision, Stop> {
    let volunteer = ctx.world.volunteer(cmd.volunteer)?;
    let is_active = volunteer.status == VolunteerStatus::Active;
    if is_active && volunteer.closing_asked_at.is_some() {
        ctx.must_be_or_answer_for(volunteer)?;
    } else {
        ctx.must_answer_for(ctx.world.unit(volunteer.unit)?)?;
    }
    ctx.must_be_registered(volunteer)?;
    must_be_current(cmd.expected, volunteer.version)?;
    if is_active && volunteer.closing_asked_at.is_none() {
        return Err(Refusal::VolunteerNotInactive.into());
    }
    let (volunteer, reason) = (volunteer.id, cmd.reason.as_ref().map(|reason| reason.commitment));
    Ok(Decision::of(Event::VolunteerReactivated { volunteer, reason })
        .with_words_about(volunteer, cmd.reason.as_ref()))
}

/// Time has passed: nobody could be shown any more what the number stands for.
pub fn decide_forget(ctx: &Ctx, cmd: &ForgetVolunteer) -> Result<Decision, Stop> {
    ctx.must_be_system()?;
    let volunteer = ctx.world.volunteer(cmd.volunteer)?;
    // An alias is forgotten with its person.
    let is_due = volunteer.forget_at.is_some_and(|forget_at| forget_at <= ctx.now);
    if !is_due || volunteer.merged_into.is_some() {
        return Err(general::Refusal::NothingDue.into());
    }
    let forgotten = |volunteer: VolunteerId| Event::VolunteerForgotten { volunteer };
    let aliases = volunteer.merged_numbers.iter().copied();
    let forgetting = Decision::of(forgotten(volunteer.id)).after_parts(aliases.clone().map(forgotten));
    Ok(aliases
        .chain([volunteer.id])
        .fold(forgetting, |forgetting, volunteer| forgetting.with(SideData::ForgetPerson { volunteer })))
}

impl Happening for Event {
    fn keys(&self, world: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        Ok(match self {
            Self::VolunteerRegistered { .. } => Vec::new(),
            Self::VolunteerUpdated { volunteer, .. }
            | Self::ContactChanged { volunteer, .. }
            | Self::VolunteerClosingAsked { volunteer, .. }
            | Self::VolunteerDeactivated { volunteer, .. }
            | Self::VolunteerReactivated { volunteer, .. }
            | Self::VolunteerForgotten { volunteer } => vec![Key::Volunteer(*volunteer)],
            Self::VolunteerReopened { volunteer, .. } => keys_with_aliases(world, *volunteer)?,
            Self::VolunteerClosed { volunteer, lapsed, abandoned, .. } => {
                world.want_all(abandoned.iter().copied().map(Key::Record))?;
                let pending = world.volunteer(*volunteer)?.identity_change.map(Key::IdentityChange);
                let mut keys = vec![Key::Volunteer(*volunteer), Key::OpenBindings(*volunteer)];
                keys.extend(pending.into_iter().chain(lot::rules::keys(lapsed)));
                for record in abandoned {
                    keys.push(Key::Activity(world.record(*record)?.activity));
                }
                keys
            }
        })
    }

    fn postings(&self, world: &World) -> Result<Postings, Stop> {
        match self {
            Self::VolunteerClosed { volunteer, lapsed, .. } => {
                Ok(lot::rules::lapsing(world.volunteer(*volunteer)?, lapsed))
            }
            Self::VolunteerReopened { volunteer, unit, .. } => {
                let former = world.volunteer(*volunteer)?;
                let debt = |unit| Account::Debt { unit, volunteer: former.id };
                let mut postings = Postings::default();
                if former.unit != *unit {
                    postings.transfer(debt(*unit), debt(former.unit), former.debt.0);
                }
                Ok(postings)
            }
            Self::VolunteerRegistered { .. }
            | Self::VolunteerUpdated { .. }
            | Self::ContactChanged { .. }
            | Self::VolunteerClosingAsked { .. }
            | Self::VolunteerDeactivated { .. }
            | Self::VolunteerReactivated { .. }
            | Self::VolunteerForgotten { .. } => Ok(Postings::default()),
        }
    }

    fn evolve(&self, world: &mut World, rules: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        match self {
            Self::VolunteerRegistered { unit, .. } => evolve_registered(world, unsealed, *unit),
            Self::VolunteerUpdated { volunteer, .. } | Self::ContactChanged { volunteer, .. } => {
                evolve_changed(world, unsealed, *volunteer, |_| {})?;
            }
            Self::VolunteerClosed { volunteer, lapsed, abandoned, .. } => {
                for record in abandoned {
                    record::rules::evolve_rejected(world, rules, unsealed, *record)?;
                }
                evolve_closed(world, unsealed, *volunteer, lapsed)?;
            }
            Self::VolunteerClosingAsked { volunteer, .. } => {
                evolve_changed(world, unsealed, *volunteer, |volunteer| {
                    volunteer.closing_asked_by = Some(unsealed.actor);
                    volunteer.closing_asked_at = Some(unsealed.recorded_at);
                })?;
            }
            Self::VolunteerDeactivated { volunteer, .. } => {
                evolve_changed(world, unsealed, *volunteer, |volunteer| {
                    volunteer.status = VolunteerStatus::Inactive;
                })?;
            }
            Self::VolunteerReactivated { volunteer, .. } => {
                evolve_changed(world, unsealed, *volunteer, |volunteer| {
                    volunteer.status = VolunteerStatus::Active;
                    volunteer.closing_asked_by = None;
                    volunteer.closing_asked_at = None;
                })?;
            }
            // No change of the registration: the entry that closed it remains its last.
            Self::VolunteerForgotten { volunteer } => {
                let forgotten = world.volunteer(*volunteer)?.clone();
                world.put(Volunteer { forget_at: None, ..forgotten });
            }
            Self::VolunteerReopened { volunteer, unit, .. } => {
                evolve_reopened(world, unsealed, *volunteer, *unit)?;
            }
        }
        Ok(())
    }

    fn outcome(&self, world: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        let id = match self {
            Self::VolunteerRegistered { .. } => VolunteerId::new(unsealed.seq),
            Self::VolunteerUpdated { volunteer, .. }
            | Self::ContactChanged { volunteer, .. }
            | Self::VolunteerClosingAsked { volunteer, .. }
            | Self::VolunteerDeactivated { volunteer, .. }
            | Self::VolunteerReactivated { volunteer, .. }
            | Self::VolunteerForgotten { volunteer }
            | Self::VolunteerReopened { volunteer, .. }
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
        closing_asked_by: None,
        closing_asked_at: None,
        forget_at: None,
        merged_into: None,
        merged_numbers: Vec::new(),
        valid_from: Seq::default(),
        activation_entry: None,
        activation_until: None,
        activation_tries: 0,
    });
    world.put(Membership {
        volunteer: id,
        entry: unsealed.seq,
        unit,
        starts_at: unsealed.recorded_at,
        ends_at: None,
        ended_entry: None,
    });
}

fn evolve_changed(
    world: &mut World,
    unsealed: &UnsealedEntry,
    id: VolunteerId,
    change: impl FnOnce(&mut Volunteer),
) -> Result<(), Stop> {
    let mut volunteer = world.volunteer(id)?.clone();
    change(&mut volunteer);
    volunteer.version = unsealed.seq;
    world.put(volunteer);
    Ok(())
}

/// The number is in force again. Who comes back may have another name by now.
fn evolve_reopened(
    world: &mut World,
    unsealed: &UnsealedEntry,
    id: VolunteerId,
    unit: UnitId,
) -> Result<(), Stop> {
    let starts_at = unsealed.recorded_at;
    world.put(Membership {
        volunteer: id,
        entry: unsealed.seq,
        unit,
        starts_at,
        ends_at: None,
        ended_entry: None,
    });
    evolve_changed(world, unsealed, id, |volunteer| {
        volunteer.unit = unit;
        volunteer.status = VolunteerStatus::Active;
        volunteer.member_entry = unsealed.seq;
        volunteer.member_since = starts_at;
        volunteer.forget_at = None;
        volunteer.identity_entry = Some(unsealed.seq);
        // Tokens of before do not come back with the person.
        volunteer.valid_from = unsealed.seq;
    })?;
    evolve_aliases(world, id, |alias| {
        alias.unit = unit;
        alias.status = VolunteerStatus::Merged;
    })
}

/// A volunteer and the numbers that were merged into this one.
pub(in crate::domain) fn keys_with_aliases(world: &World, id: VolunteerId) -> Result<Vec<Key>, Stop> {
    Ok(world.numbers_of(id)?.into_iter().map(Key::Volunteer).collect())
}

/// An alias goes where its person goes.
pub(in crate::domain) fn evolve_aliases(
    world: &mut World,
    id: VolunteerId,
    change: impl Fn(&mut Volunteer),
) -> Result<(), Stop> {
    for alias in world.volunteer(id)?.merged_numbers.clone() {
        let mut alias = world.volunteer(alias)?.clone();
        change(&mut alias);
        world.put(alias);
    }
    Ok(())
}

/// Tokens of before are good no more. The registration is not changed by it.
pub(in crate::domain) fn evolve_tokens_ended(
    world: &mut World,
    unsealed: &UnsealedEntry,
    id: VolunteerId,
) -> Result<(), Stop> {
    let mut volunteer = world.volunteer(id)?.clone();
    volunteer.valid_from = unsealed.seq;
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
    binding::rules::evolve_all_ended(world, unsealed, id)?;
    let mut volunteer = world.volunteer(id)?.clone().without_activation();
    lot::rules::lapse(world, lapsed)?;
    // An alias' membership ended when it became one.
    if volunteer.status != VolunteerStatus::Merged {
        world.put(end_membership(&volunteer, unsealed.seq, unsealed.recorded_at));
    }
    volunteer.status = VolunteerStatus::Closed;
    volunteer.closing_asked_by = None;
    volunteer.closing_asked_at = None;
    volunteer.forget_at = Some(unsealed.recorded_at.plus(Duration::days(DAYS_TO_FORGET)));
    volunteer.version = unsealed.seq;
    world.put(volunteer);
    world.empty_inbox(id);
    Ok(())
}
