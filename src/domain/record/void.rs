//! Voiding a credited record: minutes and points are taken back.

use super::credit::post_minutes;
use super::{Event, RecordStatus, Refusal, ServiceRecord, VoidRecord};
use crate::domain::account::{Account, Postings};
use crate::domain::amounts::Points;
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::lot;
use crate::domain::lot::{Draw, Lot};
use crate::domain::volunteer::Volunteer;
use crate::domain::world::{Key, Stop, World};

/// Takes minutes and points back: unspent lots first, this record's before others; the rest is owed.
pub fn decide_void(ctx: &Ctx, cmd: &VoidRecord) -> Result<Decision, Stop> {
    let record = ctx.world.record(cmd.record)?;
    let unit = ctx.world.unit(record.unit)?;
    ctx.must_answer_for(unit)?;
    let (Some(credited_entry), RecordStatus::Credited) = (record.credited_entry, record.status) else {
        return Err(Refusal::RecordNotCredited { status: record.status }.into());
    };
    ctx.world.want([Key::Volunteer(record.volunteer), Key::LotsOf(record.volunteer)])?;
    let volunteer = ctx.world.volunteer(record.volunteer)?;
    let lot = record.lot.map(|id| ctx.world.lot(id)).transpose()?;

    let (taken, owed) = match lot {
        Some(lot) => take_back(ctx, volunteer, lot)?,
        None => (Vec::new(), Points::ZERO),
    };
    let event = Event::RecordVoided { record: record.id, reason: cmd.reason.commitment, taken, owed };
    Ok(Decision::of(event)
        .effective(record.service_date)
        .reversing(credited_entry)
        .with_note(Some(&cmd.reason)))
}

/// What is taken from which lots, and what remains owed. What lapsed unspent is gone already.
fn take_back(ctx: &Ctx, volunteer: &Volunteer, lot: &Lot) -> Result<(Vec<Draw>, Points), Stop> {
    let due = lot.points - lot.lapsed;
    let own = Draw { lot: lot.id, points: lot.remaining };
    let others = ctx.world.open_lots(volunteer.id)?.into_iter().filter(|other| other.id != lot.id);
    let mut taken = lot::draw_up_to(others, due - own.points, ctx.now);
    if own.points.is_positive() {
        taken.insert(0, own);
    }
    let owed = due - lot::total(&taken);
    Ok((taken, owed))
}

/// What voiding a record posts: its minutes back, its points back to who issued them.
pub(super) fn voiding(
    world: &World,
    record: &ServiceRecord,
    (taken, owed): (&[Draw], Points),
) -> Result<Postings, Stop> {
    let mut postings = Postings::default();
    post_minutes(&mut postings, record, -record.credited_minutes.0);
    if let Some(lot) = record.lot {
        let (unit, volunteer) = (world.volunteer(record.volunteer)?.unit, record.volunteer);
        let issued = Account::Issued { unit: world.lot(lot)?.issued_by };
        postings.transfer(Account::Available { unit, volunteer }, issued, lot::total(taken).0);
        postings.transfer(Account::Debt { unit, volunteer }, issued, owed.0);
    }
    Ok(postings)
}
