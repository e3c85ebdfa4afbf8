//! Rules of units (单位): what may be done, and what follows.

use super::{CreateUnit, Event, Headcount, Refusal, SetHeadcount, Unit, UnitKind};
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::happening::Happening;
use crate::domain::ids::UnitId;
use crate::domain::outcome::Outcome;
use crate::domain::rules::Rules;
use crate::domain::text::{Name, UnitCode};
use crate::domain::world::{Key, Stop, World};
use chrono::NaiveDate;

/// A coordinator opens units under their own; only an admin opens the top of a tree.
pub fn decide_create(ctx: &Ctx, cmd: &CreateUnit) -> Result<Decision, Stop> {
    match cmd.parent {
        Some(parent) => {
            let parent = ctx.world.unit(parent)?;
            ctx.must_answer_for(parent)?;
            must_be_below(cmd.kind, parent.kind)?;
        }
        None => ctx.must_be_admin()?,
    }
    if let Some(unit) = ctx.world.unit_with_code(&cmd.code)? {
        return Err(Refusal::UnitCodeTaken { unit }.into());
    }
    Ok(Decision::of(Event::UnitCreated {
        code: cmd.code.clone(),
        name: cmd.name.clone(),
        unit_kind: cmd.kind,
        parent: cmd.parent,
    }))
}

fn must_be_below(unit_kind: UnitKind, parent_kind: UnitKind) -> Result<(), Refusal> {
    if unit_kind.is_below(parent_kind) {
        Ok(())
    } else {
        Err(Refusal::UnitKindNotBelow { unit_kind, parent_kind })
    }
}

/// The unit by which it counts who approves how much: the nearest department, school or bureau, from the unit itself
/// upwards (DESIGN 1.5). A team is no tier; nor is a unit of before that is of no kind below its parent's, such as a
/// school under a school.
pub(in crate::domain) fn tier_of<'w>(world: &'w World, unit: &'w Unit) -> Result<&'w Unit, Stop> {
    world.want_all(unit.path.iter().copied().map(Key::Unit))?;
    let mut tier = unit;
    while let Some(parent) = tier.parent {
        let above = world.unit(parent)?;
        if tier.kind != UnitKind::Team && tier.kind.is_below(above.kind) {
            break;
        }
        tier = above;
    }
    Ok(tier)
}

/// An operator who answers for the unit states its headcount.
pub fn decide_headcount(ctx: &Ctx, cmd: &SetHeadcount) -> Result<Decision, Stop> {
    ctx.must_answer_for(ctx.world.unit(cmd.unit)?)?;
    let figures = (cmd.staff, cmd.party_members);
    let stated = ctx.world.headcount(cmd.unit, cmd.effective_from)?;
    if let Some(headcount) = stated.filter(|it| (it.staff, it.party_members) == figures) {
        return Ok(Decision::as_it_is(headcount.version, Outcome::Headcount(headcount.clone())));
    }
    Ok(Decision::of(Event::HeadcountSet {
        unit: cmd.unit,
        effective_from: cmd.effective_from,
        staff: cmd.staff,
        party_members: cmd.party_members,
    })
    .effective(cmd.effective_from))
}

impl Happening for Event {
    fn keys(&self, _: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        Ok(match self {
            Self::UnitCreated { parent, .. } => parent.map(Key::Unit).into_iter().collect(),
            Self::HeadcountSet { .. } => Vec::new(),
        })
    }

    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        match self {
            Self::UnitCreated { code, name, unit_kind, parent } => {
                evolve_created(world, unsealed, (code, name, *unit_kind), *parent)?;
            }
            Self::HeadcountSet { unit, effective_from, staff, party_members } => {
                world.put(headcount(unsealed, *unit, *effective_from, (*staff, *party_members)));
            }
        }
        Ok(())
    }

    fn outcome(&self, world: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        Ok(match self {
            Self::UnitCreated { .. } => world.unit(UnitId::new(unsealed.seq))?.clone().into(),
            Self::HeadcountSet { unit, effective_from, staff, party_members } => {
                Outcome::Headcount(headcount(unsealed, *unit, *effective_from, (*staff, *party_members)))
            }
        })
    }
}

pub(in crate::domain) fn evolve_created(
    world: &mut World,
    unsealed: &UnsealedEntry,
    (code, name, kind): (&UnitCode, &Name, UnitKind),
    parent: Option<UnitId>,
) -> Result<(), Stop> {
    let id = UnitId::new(unsealed.seq);
    let mut path = match parent {
        Some(parent) => world.unit(parent)?.path.clone(),
        None => Vec::new(),
    };
    path.push(id);
    world.put_unit(Unit { id, code: code.clone(), name: name.clone(), kind, parent, path });
    Ok(())
}

fn headcount(
    unsealed: &UnsealedEntry,
    unit: UnitId,
    effective_from: NaiveDate,
    (staff, party_members): (i64, i64),
) -> Headcount {
    Headcount { unit, effective_from, staff, party_members, version: unsealed.seq }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::Seq;

    /// The tier of the last of these units, each of which lies under the one before.
    fn tier(kinds: &[UnitKind]) -> i64 {
        let mut world = World::whole();
        let ids: Vec<UnitId> = (1..).map(|number| UnitId::new(Seq(number))).take(kinds.len()).collect();
        for (at, kind) in kinds.iter().enumerate() {
            world.put_unit(Unit {
                id: ids[at],
                code: format!("U-{at}").parse().unwrap(),
                name: "单位".parse().unwrap(),
                kind: *kind,
                parent: at.checked_sub(1).map(|above| ids[above]),
                path: ids[..=at].to_vec(),
            });
        }
        tier_of(&world, world.unit(ids[kinds.len() - 1]).unwrap()).unwrap().id.seq().0
    }

    #[test]
    fn teams_and_schools_under_schools_are_no_tier() {
        use UnitKind::{Bureau, Department, School, Team};
        assert_eq!(tier(&[Bureau, School]), 2);
        assert_eq!(tier(&[Bureau, School, Team]), 2);
        assert_eq!(tier(&[Bureau, Department, School, Team]), 3);
        assert_eq!(tier(&[Bureau, School, School]), 2, "of before");
        assert_eq!(tier(&[Bureau, School, Team, School]), 2, "of before");
        assert_eq!(tier(&[Bureau, Team, Team]), 1);
        assert_eq!(tier(&[Team, Team]), 1, "the top is one in any case");
        assert_eq!(tier(&[Bureau]), 1);
    }
}
