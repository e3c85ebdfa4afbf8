//! Look-ups that lead from a thing to a list of others: who waits for a position, what a volunteer has a place in.

use super::super::StoreError;
use super::super::db::Db;
use super::super::sql::Sql;
use super::super::table::Table;
use crate::domain::ids::{ActivityId, Id, PositionId, VolunteerId};
use crate::domain::noun::Row;
use crate::domain::world::{RowCache, World};
use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

/// The lists that are missing.
#[derive(Default)]
pub(super) struct Wanted {
    pub(super) certificates_of: Vec<VolunteerId>,
    pub(super) corrections_of: Vec<VolunteerId>,
    pub(super) pledges_of: Vec<VolunteerId>,
    pub(super) trainings_of: Vec<VolunteerId>,
    pub(super) bindings_of: Vec<VolunteerId>,
    pub(super) positions_of: Vec<ActivityId>,
    pub(super) waiting_for: Vec<PositionId>,
    pub(super) enrolled_in: Vec<ActivityId>,
    pub(super) places_of: Vec<VolunteerId>,
    pub(super) enrolments_at: Vec<(VolunteerId, ActivityId)>,
    pub(super) open_attendances_of: Vec<VolunteerId>,
    pub(super) attendances_at: Vec<(VolunteerId, ActivityId)>,
    pub(super) live_at: Vec<(VolunteerId, ActivityId)>,
    pub(super) ratings_at: Vec<(VolunteerId, ActivityId)>,
}

/// What a list is found by: one id, or two.
trait Place: Copy + Eq + Hash {
    const WIDTH: usize;

    fn numbers(self) -> [i64; 3];
}

impl<I: Id + Hash> Place for I {
    const WIDTH: usize = 1;

    fn numbers(self) -> [i64; 3] {
        [self.entry().0, 0, 0]
    }
}

impl<A: Id + Hash, B: Id + Hash> Place for (A, B) {
    const WIDTH: usize = 2;

    fn numbers(self) -> [i64; 3] {
        [self.0.entry().0, self.1.entry().0, 0]
    }
}

/// Reads the lists, with the rows that are in them: one statement for each kind.
pub(super) fn load(db: &mut Db, world: &mut World, wanted: &Wanted) -> Result<(), StoreError> {
    let World { certificates, certificates_of, corrections, corrections_of, pledges, pledges_of, .. } = world;
    let standing = "t.volunteer = k.a AND t.revoked_at IS NULL AND t.replaced_by IS NULL";
    read(db, certificates, certificates_of, &wanted.certificates_of, standing, |row| row.volunteer)?;
    let open = "t.volunteer = k.a AND t.status = 'open'";
    read(db, corrections, corrections_of, &wanted.corrections_of, open, |row| row.volunteer)?;
    let not_ended = "t.volunteer = k.a AND t.ended_at IS NULL";
    read(db, pledges, pledges_of, &wanted.pledges_of, not_ended, |row| row.volunteer)?;
    let World { trainings, trainings_of, .. } = world;
    read(
        db,
        trainings,
        trainings_of,
        &wanted.trainings_of,
        "t.volunteer = k.a AND t.voided_at IS NULL",
        |row| row.volunteer,
    )?;
    let World { bindings, bindings_of, .. } = world;
    read(db, bindings, bindings_of, &wanted.bindings_of, not_ended, |row| row.volunteer)?;
    let World { positions, positions_of, .. } = world;
    read(db, positions, positions_of, &wanted.positions_of, "t.activity = k.a", |row| row.activity)?;
    let World { enrolments, waiting_for, enrolled_in, places_of, enrolments_at, .. } = world;
    let waiting = "t.position = k.a AND t.status = 'waiting'";
    read(db, enrolments, waiting_for, &wanted.waiting_for, waiting, |row| row.position)?;
    let standing = "t.activity = k.a AND t.status IN ('applied', 'waiting', 'offered', 'enrolled')";
    read(db, enrolments, enrolled_in, &wanted.enrolled_in, standing, |row| row.activity)?;
    let standing = "t.volunteer = k.a AND t.status IN ('applied', 'waiting', 'offered', 'enrolled')";
    read(db, enrolments, places_of, &wanted.places_of, standing, |row| row.volunteer)?;
    let not_given_up =
        "t.volunteer = k.a AND t.activity = k.b AND t.status NOT IN ('withdrawn', 'declined', 'lapsed')";
    read(db, enrolments, enrolments_at, &wanted.enrolments_at, not_given_up, |row| {
        (row.volunteer, row.activity)
    })?;
    let World { attendances, open_attendances_of, attendances_at, .. } = world;
    let open = "t.volunteer = k.a AND t.status = 'open'";
    read(db, attendances, open_attendances_of, &wanted.open_attendances_of, open, |row| row.volunteer)?;
    let at = "t.volunteer = k.a AND t.activity = k.b";
    read(db, attendances, attendances_at, &wanted.attendances_at, at, |row| (row.volunteer, row.activity))?;
    let World { ratings, ratings_at, .. } = world;
    read(db, ratings, ratings_at, &wanted.ratings_at, at, |row| (row.volunteer, row.activity))?;
    let World { records, live_at, .. } = world;
    let live = "t.volunteer = k.a AND t.activity = k.b AND t.status IN ('submitted', 'credited')";
    read(db, records, live_at, &wanted.live_at, live, |row| (row.volunteer, row.activity))
}

fn read<R: Table + Row, P: Place>(
    db: &mut Db,
    rows: &mut RowCache<R>,
    lists: &mut HashMap<P, BTreeSet<R::Key>>,
    places: &[P],
    joined: &str,
    place: impl Fn(&R) -> P,
) -> Result<(), StoreError> {
    if places.is_empty() {
        return Ok(());
    }
    let keys: Vec<[i64; 3]> = places.iter().map(|place| place.numbers()).collect();
    let sql = Sql::new(format!("SELECT {} FROM ", R::select_list("t")))
        .join(Sql::keys(db.dialect(), &keys, P::WIDTH))
        .and(&format!(" JOIN {} AS t ON {joined}", R::NAME));
    for place in places {
        lists.entry(*place).or_default();
    }
    for row in db.rows::<R>(sql)? {
        lists.entry(place(&row)).or_default().insert(row.key());
        rows.insert_loaded(row.key(), Some(row));
    }
    Ok(())
}
