//! What things are called, each looked up once.

use crate::api::tabular::Cell;
use crate::domain::ids::{ActivityId, ProgrammeId, Seq, UnitId};
use crate::store::read::{Scope, activities, programmes, units};
use crate::store::{Db, StoreError};
use std::collections::HashMap;
use std::hash::Hash;

/// Names that are kept of each kind before all are forgotten: memory stays bounded.
const KEPT: usize = 10_000;

/// The names of things, as they were after an entry. Who may see a record may know the names on it.
///
/// A unit has one code and one name for ever, a person a number.
#[derive(Debug)]
pub struct Names {
    as_of: Seq,
    units: HashMap<UnitId, [Cell; 3]>,
    programmes: HashMap<ProgrammeId, [Cell; 2]>,
    activities: HashMap<ActivityId, [Cell; 2]>,
}

impl Names {
    /// None looked up yet.
    #[must_use]
    pub fn as_of(as_of: Seq) -> Self {
        Self { as_of, units: HashMap::new(), programmes: HashMap::new(), activities: HashMap::new() }
    }

    /// Id, code and name.
    pub fn unit(&mut self, db: &mut Db, id: Option<UnitId>) -> Result<[Cell; 3], StoreError> {
        named(&mut self.units, id, |id| {
            let unit = units::get(db, Scope::All, id)?;
            let code = Cell::some(unit.as_ref().map(|unit| &unit.code), Cell::text);
            Ok([Cell::text(id), code, Cell::some(unit.as_ref().map(|unit| &unit.name), Cell::text)])
        })
    }

    /// Id and name.
    pub fn programme(&mut self, db: &mut Db, id: Option<ProgrammeId>) -> Result<[Cell; 2], StoreError> {
        let as_of = self.as_of;
        named(&mut self.programmes, id, |id| {
            let details = programmes::details_as_of(db, id, as_of)?;
            let name = Cell::some(details.map(|details| details.name), Cell::text);
            Ok([Cell::text(id), name])
        })
    }

    /// Id and name.
    pub fn activity(&mut self, db: &mut Db, id: Option<ActivityId>) -> Result<[Cell; 2], StoreError> {
        let as_of = self.as_of;
        named(&mut self.activities, id, |id| {
            let details = activities::details_as_of(db, id, as_of)?;
            let name = Cell::some(details.map(|details| details.name), Cell::text);
            Ok([Cell::text(id), name])
        })
    }
}

/// The cells of a thing, looked up if that was not done yet.
fn named<K: Copy + Eq + Hash, const N: usize>(
    known: &mut HashMap<K, [Cell; N]>,
    id: Option<K>,
    look_up: impl FnOnce(K) -> Result<[Cell; N], StoreError>,
) -> Result<[Cell; N], StoreError> {
    let Some(id) = id else { return Ok([const { Cell::Blank }; N]) };
    if let Some(cells) = known.get(&id) {
        return Ok(cells.clone());
    }
    if known.len() >= KEPT {
        known.clear();
    }
    let cells = look_up(id)?;
    known.insert(id, cells.clone());
    Ok(cells)
}
