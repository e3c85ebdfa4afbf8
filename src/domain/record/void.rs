//! Voiding a credited record: minutes and points are taken back.

use super::credit::post_minutes;
use super::{Event, RecordStatus, Refusal, ServiceRecord, VoidRecord};
use crate::domain::account::{Account, Postings};
use crate::domain::amounts::Points;
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::lot;
use crate::domain::lot::Draw;
use crate::domain::lot::debt::take_back;
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
    let volunteer = ctx.world.volunteer(ctx.world.person_of(record.volunteer)?)?;
    let lot = record.lot.map(|id| ctx.world.lot(id)).transpose()?;

    let (taken, owed) = match lot {
        Some(lot) => take_back(lot, ctx.world.open_lots(volunteer.id)?, ctx.now),
        None => (Vec::new(), Points::ZERO),
    };
    let (reason, kept_by_lot) = (cmd.reason.commitment, lot.is_some());
    let event = Event::RecordVoided { record: record.id, reason, taken, owed, kept_by_lot };
    Ok(Decision::of(event)
        .effective(record.service_date)
        .reversing(credited_entry)
        .with_words_about(record.volunteer, [&cmd.reason]))
}

/// What voiding a record posts: its minutes back, its points back to who issued them.
pub(super) fn voiding(
    world: &World,
    record: &ServiceRecord,
    (taken, owed): (&[Draw], Points),
) -> Result<Postings, Stop> {
    let mut postings = Postings::default();
    let volunteer = world.person_of(record.volunteer)?;
    post_minutes(&mut postings, (record, volunteer), -record.credited_minutes.0);
    if let Some(lot) = record.lot {
        let unit = world.volunteer(volunteer)?.unit;
        let issued = Account::Issued { unit: world.lot(lot)?.issued_by };
        postings.transfer(Account::Available { unit, volunteer }, issued, lot::total(taken).0);
        postings.transfer(Account::Debt { unit, volunteer }, issued, owed.0);
    }
    Ok(postings)
}
