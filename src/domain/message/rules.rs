//! Rules of messages (消息): what the service announces, and what a person says of their inbox.

use super::{
    AnnouncePointsExpiry, AnnounceRedemptionExpiry, Event, NoteSignIn, POINTS_ANNOUNCED_DAYS, ReadMessages,
    redemption_announced_from,
};
use crate::domain::actor::Actor;
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::general;
use crate::domain::happening::Happening;
use crate::domain::ids::VolunteerId;
use crate::domain::lot::{DRAWS_MAX, Lot};
use crate::domain::outcome::Outcome;
use crate::domain::redemption::{Redemption, RedemptionStatus};
use crate::domain::rules::Rules;
use crate::domain::side_data::SideData;
use crate::domain::time::{Timestamp, YearMonth, year_month};
use crate::domain::volunteer::Volunteer;
use crate::domain::world::{Key, Stop, World};
use chrono::Duration;

/// The system tells a volunteer, a month before the first of them expires, of all points that expire in the same month:
/// one announcement a month, however many lots there are.
pub fn decide_points(ctx: &Ctx, cmd: &AnnouncePointsExpiry) -> Result<Decision, Stop> {
    ctx.must_be_system()?;
    ctx.world.want([Key::Volunteer(cmd.volunteer), Key::LotsOf(cmd.volunteer)])?;
    let volunteer = ctx.world.volunteer(ctx.world.person_of(cmd.volunteer)?)?;
    let to_come = ctx.world.open_lots(volunteer.id)?.into_iter().filter_map(|lot| {
        let expires_at = lot.expires_at.filter(|expires_at| ctx.now < *expires_at)?;
        lot.expiry_announced_at.is_none().then_some((expires_at, lot))
    });
    let to_come: Vec<(Timestamp, &Lot)> = to_come.collect();
    let until = ctx.now.plus(Duration::days(POINTS_ANNOUNCED_DAYS));
    let Some((first, _)) = to_come.first().copied().filter(|(first, _)| *first <= until) else {
        return Err(general::Refusal::NothingDue.into());
    };
    let month = |expires_at: Timestamp| last_month(ctx.rules, expires_at);
    let due = to_come.into_iter().take_while(|(expires_at, _)| month(*expires_at) == month(first));
    let due: Vec<&Lot> = due.map(|(_, lot)| lot).take(DRAWS_MAX).collect();
    Ok(Decision::of(Event::PointsExpiryAnnounced {
        volunteer: volunteer.id,
        lots: due.iter().map(|lot| lot.id).collect(),
        points: due.iter().map(|lot| lot.remaining).sum(),
        expires_at: first,
    }))
}

/// The month of the last instant at which points can be spent.
fn last_month(rules: &Rules, expires_at: Timestamp) -> YearMonth {
    year_month(rules.zone.date_of(expires_at.plus(-Duration::microseconds(1))))
}

/// The system tells whom a gift is held for that it is not for long any more, once.
pub fn decide_redemption(ctx: &Ctx, cmd: &AnnounceRedemptionExpiry) -> Result<Decision, Stop> {
    ctx.must_be_system()?;
    let redemption = ctx.world.redemption(cmd.redemption)?;
    let from = redemption_announced_from(redemption.placed_at, redemption.expires_at);
    let is_due = redemption.status == RedemptionStatus::Held
        && redemption.expiry_announced_at.is_none()
        && (from..redemption.expires_at).contains(&ctx.now);
    if !is_due {
        return Err(general::Refusal::NothingDue.into());
    }
    Ok(Decision::of(Event::RedemptionExpiryAnnounced { redemption: redemption.id }))
}

/// What somebody has read is no fact of the ledger: it stands beside it.
pub fn decide_read(ctx: &Ctx, cmd: &ReadMessages) -> Result<Decision, Stop> {
    let volunteer = own(ctx, cmd.volunteer)?;
    let read = SideData::MessagesRead { volunteer: volunteer.id, up_to: cmd.up_to };
    Ok(Decision::as_it_is(volunteer.version, volunteer.clone()).with(read))
}

/// Nor is that somebody signed in.
pub fn decide_sign_in(ctx: &Ctx, cmd: &NoteSignIn) -> Result<Decision, Stop> {
    let volunteer = own(ctx, cmd.volunteer)?;
    let signed_in = SideData::SignedIn { volunteer: volunteer.id, at: ctx.now };
    Ok(Decision::as_it_is(volunteer.version, volunteer.clone()).with(signed_in))
}

/// Everybody has one's own inbox alone.
fn own<'w>(ctx: &Ctx<'w>, id: VolunteerId) -> Result<&'w Volunteer, Stop> {
    if ctx.actor == Actor::Volunteer(id) {
        ctx.world.volunteer(id)
    } else {
        Err(general::Refusal::NotPermitted.into())
    }
}

impl Happening for Event {
    fn keys(&self, _: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        Ok(match self {
            Self::PointsExpiryAnnounced { volunteer, lots, .. } => {
                [Key::Volunteer(*volunteer)].into_iter().chain(lots.iter().copied().map(Key::Lot)).collect()
            }
            Self::RedemptionExpiryAnnounced { redemption } => vec![Key::Redemption(*redemption)],
        })
    }

    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        let expiry_announced_at = Some(unsealed.recorded_at);
        match self {
            Self::PointsExpiryAnnounced { lots, .. } => {
                for lot in lots {
                    world.put_lot(Lot { expiry_announced_at, ..world.lot(*lot)?.clone() });
                }
            }
            Self::RedemptionExpiryAnnounced { redemption } => {
                world.put(Redemption { expiry_announced_at, ..world.redemption(*redemption)?.clone() });
            }
        }
        Ok(())
    }

    fn outcome(&self, world: &World, _: &UnsealedEntry) -> Result<Outcome, Stop> {
        Ok(match self {
            Self::PointsExpiryAnnounced { volunteer, .. } => world.volunteer(*volunteer)?.clone().into(),
            Self::RedemptionExpiryAnnounced { redemption } => world.redemption(*redemption)?.clone().into(),
        })
    }
}
