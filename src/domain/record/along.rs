//! An objection goes along with a service that is entered again: rejecting or withdrawing and entering anew answers
//! nobody.

use super::{ServiceRecord, SubmitRecord, local_days};
use crate::domain::actor::Actor;
use crate::domain::context::Ctx;
use crate::domain::ids::{ObjectionId, RecordId};
use crate::domain::objection::ObjectionStatus;
use crate::domain::rules::Rules;
use crate::domain::world::{Key, Stop, World};
use std::collections::BTreeMap;

/// The objections to an earlier entry of the same service that is no longer live: open ones, and upheld ones, which
/// have to be answered again. One an account: the newest.
pub(super) fn standing(ctx: &Ctx, cmd: &SubmitRecord) -> Result<Vec<ObjectionId>, Stop> {
    let service_date = ctx.rules.zone.date_of(cmd.interval.start);
    let objections = ctx.world.standing_objections(cmd.volunteer)?;
    ctx.world.want_all(objections.iter().map(|objection| Key::Record(objection.record)))?;
    let mut of_account: BTreeMap<Actor, (RecordId, ObjectionId)> = BTreeMap::new();
    for objection in objections {
        let record = ctx.world.record(objection.record)?;
        if !record.status.is_live() && record.is_like(cmd.activity, cmd.interval, service_date) {
            let newest = of_account.entry(objection.raised_by).or_insert((record.id, objection.id));
            *newest = (*newest).max((record.id, objection.id));
        }
    }
    let mut ids: Vec<ObjectionId> = of_account.into_values().map(|(_, objection)| objection).collect();
    ids.sort();
    Ok(ids)
}

/// What carrying them along reads: the record that each was to.
pub(super) fn keys(world: &World, objections: &[ObjectionId]) -> Result<Vec<Key>, Stop> {
    world.want_all(objections.iter().copied().map(Key::Objection))?;
    objections.iter().map(|objection| Ok(Key::Record(world.objection(*objection)?.record))).collect()
}

/// From now on they are to this record, and open.
pub(super) fn evolve(
    world: &mut World,
    rules: &Rules,
    record: &mut ServiceRecord,
    objections: &[ObjectionId],
) -> Result<(), Stop> {
    for id in objections {
        let mut objection = world.objection(*id)?.clone();
        if objection.status == ObjectionStatus::Open {
            let mut former = world.record(objection.record)?.clone();
            former.open_objections -= 1;
            let days = local_days(former.interval(), rules.zone);
            world.put_record(former, &days);
        }
        objection.record = record.id;
        objection.unit = record.unit;
        objection.status = ObjectionStatus::Open;
        objection.resolved_by = None;
        objection.resolved_at = None;
        objection.resolved_entry = None;
        world.put_objection(objection);
        record.open_objections += 1;
    }
    Ok(())
}
