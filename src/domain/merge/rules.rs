//! Rules of merges (合并): what may be done, and what follows.

use super::{
    AskMerge, ConfirmMerge, DeclineMerge, Event, MOST_NAMED, Merge, MergeStatus, MergedNumber, Refusal,
};
use crate::domain::account::{Account, Postings};
use crate::domain::actor::Actor;
use crate::domain::amounts::{Minutes, Points};
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::evidence::Evidence;
use crate::domain::happening::Happening;
use crate::domain::identity_change;
use crate::domain::ids::{CorrectionId, MergeId, RecordId, VolunteerId};
use crate::domain::lot;
use crate::domain::lot::Draw;
use crate::domain::lot::debt::repay;
use crate::domain::outcome::Outcome;
use crate::domain::record;
use crate::domain::rules::Rules;
use crate::domain::volunteer::{self, Volunteer, VolunteerStatus};
use crate::domain::world::{Key, Stop, World};
use std::collections::BTreeMap;

/// By an operator who answers for the units of both; it waits for a second person.
pub fn decide_ask(ctx: &Ctx, cmd: &AskMerge) -> Result<Decision, Stop> {
    must_be_mergeable(ctx, cmd.volunteer, cmd.earlier)?;
    let (volunteer, into, reason) = (cmd.volunteer, cmd.earlier, cmd.reason.commitment);
    Ok(Decision::of(Event::MergeAsked { volunteer, into, reason }).with_words_about(volunteer, [&cmd.reason]))
}

/// By another person who answers for the units of both. All is looked at again: weeks may have passed.
pub fn decide_confirm(ctx: &Ctx, cmd: &ConfirmMerge) -> Result<Decision, Stop> {
    let merge = ctx.world.merge(cmd.merge)?;
    must_answer_for_both(ctx, merge.volunteer, merge.earlier)?;
    must_be_pending(merge)?;
    if ctx.is_person(merge.asked_by)? {
        return Err(Refusal::MergeOfOwn.into());
    }
    if ctx.now >= merge.expires_at() {
        return Err(Refusal::MergeExpired.into());
    }
    must_be_mergeable(ctx, merge.volunteer, merge.earlier)?;
    let settled = settle(ctx, merge)?;
    let mut owing = ctx.world.owing_lots(merge.earlier)?;
    owing.extend(ctx.world.owing_lots(merge.volunteer)?);
    owing.sort();
    let repaid = repay(owing, &settled);
    Ok(Decision::of(Event::MergeConfirmed { merge: merge.id, settled, repaid }))
}

/// Nobody has points free who owes some: what is free under one number pays what is owed under the other.
fn settle(ctx: &Ctx, merge: &Merge) -> Result<Vec<Draw>, Stop> {
    let debt = ctx.world.volunteer(merge.earlier)?.debt + ctx.world.volunteer(merge.volunteer)?.debt;
    let mut lots = ctx.world.open_lots(merge.earlier)?;
    lots.extend(ctx.world.open_lots(merge.volunteer)?);
    lot::sort_by_end(&mut lots);
    let mut settled = lot::draw_up_to(lots, debt, ctx.now);
    settled.truncate(lot::LENDERS_MAX);
    Ok(settled)
}

/// By anybody who answers for the units of both, who asked for it included.
pub fn decide_decline(ctx: &Ctx, cmd: &DeclineMerge) -> Result<Decision, Stop> {
    let merge = ctx.world.merge(cmd.merge)?;
    must_answer_for_both(ctx, merge.volunteer, merge.earlier)?;
    must_be_pending(merge)?;
    Ok(Decision::of(Event::MergeDeclined { merge: merge.id, reason: cmd.reason.commitment })
        .with_words_about(merge.volunteer, [&cmd.reason]))
}

fn must_be_pending(merge: &Merge) -> Result<(), Refusal> {
    match merge.status {
        MergeStatus::Pending => Ok(()),
        status => Err(Refusal::MergeNotPending { status }),
    }
}

/// Both are registered, the one that stays is the earlier, and nothing of the later one is open.
fn must_be_mergeable(ctx: &Ctx, later: VolunteerId, earlier: VolunteerId) -> Result<(), Stop> {
    let (alias, person) = must_answer_for_both(ctx, later, earlier)?;
    if ctx.is_person(Actor::Volunteer(later))? || ctx.is_person(Actor::Volunteer(earlier))? {
        return Err(Refusal::MergeOfOwn.into());
    }
    if earlier >= later {
        return Err(Refusal::MergeIntoLater.into());
    }
    ctx.must_be_registered(alias)?;
    ctx.must_be_registered(person)?;
    must_be_settled(ctx, alias)
}

/// Who does not answer for the earlier number is not told that there is one.
fn must_answer_for_both<'w>(
    ctx: &Ctx<'w>,
    later: VolunteerId,
    earlier: VolunteerId,
) -> Result<(&'w Volunteer, &'w Volunteer), Stop> {
    ctx.world.want([Key::Volunteer(later), Key::Volunteer(earlier)])?;
    let (alias, person) = (ctx.world.volunteer(later)?, ctx.world.volunteer(earlier)?);
    ctx.must_answer_for(ctx.world.unit(alias.unit)?)?;
    if ctx.answers_for(ctx.world.unit(person.unit)?)? {
        Ok((alias, person))
    } else {
        Err(volunteer::Refusal::VolunteerNotFound.into())
    }
}

/// What is open on the later number is settled first, as before a closing: an alias can end nothing any more.
fn must_be_settled(ctx: &Ctx, alias: &Volunteer) -> Result<(), Stop> {
    if let Some(transfer) = alias.open_transfer {
        return Err(volunteer::Refusal::VolunteerHasOpenTransfer { transfer }.into());
    }
    if alias.open_redemptions > 0 {
        return Err(volunteer::Refusal::VolunteerHasOpenRedemptions.into());
    }
    if let Some(identity_change) = alias.identity_change {
        return Err(identity_change::Refusal::IdentityChangeOpen { identity_change }.into());
    }
    ctx.world.want([Key::PendingOf(alias.id), Key::OpenCorrections(alias.id)])?;
    let records: Vec<RecordId> =
        ctx.world.pending_records(alias.id)?.iter().copied().take(MOST_NAMED).collect();
    let corrections = ctx.world.open_corrections(alias.id)?.into_iter();
    let corrections: Vec<CorrectionId> =
        corrections.map(|correction| correction.id).take(MOST_NAMED).collect();
    if records.is_empty() && corrections.is_empty() {
        Ok(())
    } else {
        Err(Refusal::MergeUnsettled { records, corrections }.into())
    }
}

impl Happening for Event {
    fn keys(&self, world: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        Ok(match self {
            Self::MergeAsked { into, .. } => vec![Key::Volunteer(*into)],
            Self::MergeDeclined { merge, .. } => vec![Key::Merge(*merge)],
            Self::MergeConfirmed { merge, settled, repaid } => {
                let merge = world.merge(*merge)?;
                let alias = world.volunteer(merge.volunteer)?;
                let former = alias.merged_numbers.iter().copied().map(Key::Volunteer);
                let lots = lot::rules::keys(settled).chain(lot::rules::keys_of_owing(repaid));
                former.chain([Key::Volunteer(merge.earlier)]).chain(lots).collect()
            }
        })
    }

    fn postings(&self, world: &World) -> Result<Postings, Stop> {
        match self {
            Self::MergeConfirmed { merge, settled, .. } => {
                moving_to_the_earlier(world, world.merge(*merge)?, settled)
            }
            Self::MergeAsked { .. } | Self::MergeDeclined { .. } => Ok(Postings::default()),
        }
    }

    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        match self {
            Self::MergeAsked { volunteer, into, .. } => evolve_asked(world, unsealed, *volunteer, *into),
            Self::MergeConfirmed { merge, settled, repaid } => {
                evolve_merged(world, unsealed, *merge)?;
                let person = world.merge(*merge)?.earlier;
                record::rules::settle(world, person, (settled, repaid))?;
                evolve_decided(world, unsealed, *merge, MergeStatus::Made)
            }
            Self::MergeDeclined { merge, .. } => {
                evolve_decided(world, unsealed, *merge, MergeStatus::Declined)
            }
        }
    }

    fn outcome(&self, world: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        let id = match self {
            Self::MergeAsked { .. } => MergeId::new(unsealed.seq),
            Self::MergeConfirmed { merge, .. } | Self::MergeDeclined { merge, .. } => *merge,
        };
        Ok(world.merge(id)?.clone().into())
    }
}

/// What the later number was credited with, what is left of its points and what it owes become the earlier one's. The
/// lots stay as they are, each with its validity and the record that earned it: how many there are plays no part.
fn moving_to_the_earlier(world: &World, merge: &Merge, settled: &[Draw]) -> Result<Postings, Stop> {
    let Merge { volunteer: later, earlier, .. } = *merge;
    world.want([
        Key::Volunteer(later),
        Key::Volunteer(earlier),
        Key::CreditedOf(later),
        Key::LotsOf(later),
    ])?;
    let mut postings = Postings::default();
    let mut minutes: BTreeMap<Evidence, Minutes> = BTreeMap::new();
    for service in world.credited_services(later)? {
        *minutes.entry(service.evidence).or_default() += service.credited_minutes;
    }
    for (evidence, minutes) in minutes {
        let credited = |volunteer| Account::Credited { volunteer, evidence };
        postings.transfer(credited(later), credited(earlier), minutes.0);
    }
    let (alias, person) = (world.volunteer(later)?, world.volunteer(earlier)?);
    let available = |of: &Volunteer| Account::Available { unit: of.unit, volunteer: of.id };
    let debt = |of: &Volunteer| Account::Debt { unit: of.unit, volunteer: of.id };
    let outstanding: Points = world.open_lots(later)?.iter().map(|lot| lot.remaining).sum();
    postings.transfer(available(alias), available(person), outstanding.0);
    postings.transfer(debt(person), debt(alias), alias.debt.0);
    postings.transfer(available(person), debt(person), lot::total(settled).0);
    Ok(postings)
}

fn evolve_asked(
    world: &mut World,
    unsealed: &UnsealedEntry,
    volunteer: VolunteerId,
    earlier: VolunteerId,
) -> Result<(), Stop> {
    let unit = world.volunteer(earlier)?.unit;
    world.put(Merge {
        id: MergeId::new(unsealed.seq),
        volunteer,
        earlier,
        unit,
        status: MergeStatus::Pending,
        asked_by: unsealed.actor,
        asked_at: unsealed.recorded_at,
        decided_by: None,
        decided_at: None,
        decided_entry: None,
    });
    Ok(())
}

fn evolve_decided(
    world: &mut World,
    unsealed: &UnsealedEntry,
    id: MergeId,
    status: MergeStatus,
) -> Result<(), Stop> {
    let mut merge = world.merge(id)?.clone();
    merge.status = status;
    merge.decided_by = Some(unsealed.actor);
    merge.decided_at = Some(unsealed.recorded_at);
    merge.decided_entry = Some(unsealed.seq);
    world.put(merge);
    Ok(())
}

/// From now on the number, and those that were merged into it before, are the earlier one's. Certificates with the
/// number on them speak of a number that is none any more.
fn evolve_merged(world: &mut World, unsealed: &UnsealedEntry, merge: MergeId) -> Result<(), Stop> {
    let Merge { volunteer: later, earlier, .. } = *world.merge(merge)?;
    let mut person = world.volunteer(earlier)?.clone();
    let mut alias = world.volunteer(later)?.clone();
    world.put(volunteer::end_membership(&alias, unsealed.seq, unsealed.recorded_at));
    let mut numbers = vec![later];
    numbers.extend(&alias.merged_numbers);
    person.debt += alias.debt;
    person.merged_numbers.extend(&numbers);
    person.version = unsealed.seq;
    alias.debt = Points::ZERO;
    alias.status = VolunteerStatus::Merged;
    alias.identity_entry = Some(unsealed.seq);
    alias.closing_asked_by = None;
    alias.closing_asked_at = None;
    alias.version = unsealed.seq;
    world.put(alias);
    for number in numbers {
        let former = world.volunteer(number)?.clone();
        world.put(Volunteer { merged_into: Some(earlier), unit: person.unit, ..former });
        world.put(MergedNumber { volunteer: number, earlier, entry: unsealed.seq });
    }
    world.put(person);
    Ok(())
}
