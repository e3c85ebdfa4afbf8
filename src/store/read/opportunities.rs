//! Opportunities (招募): activities to come that recruit, as a volunteer's screen shows them: by their start, with the
//! names of what they belong to, their positions, and what stands between the reader and a place.

use super::activities::{ENDS_AT, STARTS_AT};
use super::list::{PageOf, PageRequest};
use super::scope::{Scope, ToTree, within};
use super::{merges, stars, volunteers};
use crate::domain::activity::{Activity, ActivityDetails};
use crate::domain::amounts::Minutes;
use crate::domain::enrolment::EnrolmentStatus;
use crate::domain::enrolment::promotion::takes_the_time_of;
use crate::domain::fence::Point;
use crate::domain::ids::{ActivityId, EnrolmentId, ProgrammeId, Seq, UnitId, VolunteerId};
use crate::domain::position::Position;
use crate::domain::position::conditions::{Condition, Conditions, Qualifications};
use crate::domain::programme::ProgrammeDetails;
use crate::domain::text::{Label, Name, Note, searched};
use crate::domain::time::{Interval, LocalZone, Timestamp};
use crate::domain::unit::Unit;
use crate::store::column::Stored;
use crate::store::expression::{given, is_one_of, list_holds, literally, text_at};
use crate::store::schema::{
    activities as t, enrolments as e, positions, programmes as p, trainings, units as u,
};
use crate::store::vault::Vault;
use crate::store::{Db, StoreError, head};
use chrono::NaiveDate;
use diesel::dsl::auto_type;
use diesel::prelude::*;
use std::collections::HashMap;
use std::convert::Infallible;

/// Which opportunities are looked for; all that are given must hold.
#[derive(Clone, Debug, Default)]
pub struct OpportunityFilter {
    pub programme: Option<ProgrammeId>,
    /// Of a programme with this brand, letter for letter.
    pub brand: Option<Label>,
    /// Carried out by this unit or one under it.
    pub unit: Option<UnitId>,
    /// Whose name, place or content holds this.
    pub text: Option<Name>,
    /// Whose fence has its centre within so many metres of a point.
    pub near: Option<(Point, i64)>,
    /// With a free place in some position.
    pub has_free_place: bool,
    /// Where the reader could enrol, or wait, at this moment.
    pub is_open_to_reader: bool,
}

impl OpportunityFilter {
    /// Whether some rows that are read are not meant.
    const fn is_sifted(&self) -> bool {
        self.text.is_some() || self.near.is_some() || self.has_free_place || self.is_open_to_reader
    }
}

/// Where an opportunity stands in the list: by its start, and among those of one start by its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StartPlace {
    pub starts_at: Timestamp,
    pub activity: Seq,
}

/// An activity that recruits.
#[derive(Clone, Debug)]
pub struct Opportunity {
    pub activity: Activity,
    pub unit: Name,
    pub programme: ProgrammeDetails,
    /// From the point that was asked about, to the centre of its fence.
    pub metres: Option<i64>,
    /// The oldest first, each with what the reader does not meet.
    pub positions: Vec<(Position, Option<Condition>)>,
    /// The reader's own place, or wait for one.
    pub own: Option<(EnrolmentId, EnrolmentStatus)>,
}

impl Opportunity {
    fn place(&self) -> StartPlace {
        StartPlace { starts_at: self.activity.details.window.start, activity: self.activity.id.seq() }
    }
}

/// Opportunities, the first to start first.
///
/// Reads in a snapshot of its own: call it outside any transaction.
pub fn list(
    db: &mut Db,
    vault: &Vault,
    scope: Scope,
    filter: &OpportunityFilter,
    (now, zone): (Timestamp, LocalZone),
    page: PageRequest<StartPlace>,
) -> Result<PageOf<Opportunity, StartPlace>, StoreError> {
    db.snapshot(|db| {
        let reader = match scope {
            Scope::Volunteer(id) => Reader::find(db, vault, id, (now, zone))?,
            Scope::All | Scope::Unit(_) => None,
        };
        let mut rows = |request| {
            let found = rows(db, scope, filter, now, request)?;
            complete(db, found, reader.as_ref(), (filter, zone))
        };
        if !filter.is_sifted() {
            return Ok(page.page(rows(page)?, Opportunity::place));
        }
        let item = |found: Opportunity| Ok(is_meant(&found, filter, reader.as_ref(), now).then_some(found));
        page.sift(rows, Opportunity::place, item, Opportunity::place)
    })
}

type Row = (Activity, Stored<Name>, Stored<ProgrammeDetails>);

fn rows(
    db: &mut Db,
    scope: Scope,
    filter: &OpportunityFilter,
    now: Timestamp,
    page: PageRequest<StartPlace>,
) -> Result<Vec<Row>, StoreError> {
    let (start, end) = (text_at(t::details, STARTS_AT), text_at(t::details, ENDS_AT));
    let after = page.after.map(|after| (after.starts_at.to_string(), after.activity));
    let to_come = recruiting(scope)
        .filter(end.gt(now.to_string()))
        .filter(given(filter.programme, |programme| t::programme.eq(Stored(programme))))
        .filter(given(filter.brand.as_ref(), |brand| list_holds(p::details, "brands", brand.as_str())))
        .filter(given(filter.unit, |unit| within(t::unit, unit)))
        .filter(given(after.clone(), |(after, _)| start.ge(after)))
        .filter(given(after, |(after, id)| start.gt(after).or(t::id.gt(Stored(id)))))
        .order((start, t::id))
        .limit(page.rows_to_read())
        .select((t::all_columns, u::name, p::details));
    db.load(to_come)
}

#[auto_type(no_type_alias)]
fn recruiting(scope: Scope) -> _ {
    let visible: ToTree<t::unit> = scope.visible_to_tree(t::unit);
    t::table
        .inner_join(u::table.on(u::id.eq(t::unit)))
        .inner_join(p::table.on(p::id.eq(t::programme)))
        .filter(visible)
        .filter(t::cancelled.eq(Stored(false)))
        .filter(t::draft.eq(Stored(false)))
}

/// With positions and what concerns the reader: one statement for each, however many there are.
fn complete(
    db: &mut Db,
    rows: Vec<Row>,
    reader: Option<&Reader>,
    (filter, zone): (&OpportunityFilter, LocalZone),
) -> Result<Vec<Opportunity>, StoreError> {
    let ids: Vec<ActivityId> = rows.iter().map(|(activity, ..)| activity.id).collect();
    let mut positions: HashMap<ActivityId, Vec<Position>> = HashMap::new();
    let of_them = positions::table.filter(is_one_of(positions::activity, ids.iter().copied()));
    for position in db.load::<Position, _>(of_them.order(positions::id))? {
        positions.entry(position.activity).or_default().push(position);
    }
    let mut own = match reader {
        Some(reader) => own_enrolments(db, &reader.numbers, &ids)?,
        None => HashMap::new(),
    };
    let complete = |(activity, unit, programme): Row| {
        let day = zone.date_of(activity.details.window.start);
        let unmet = |position: &Position| reader.and_then(|one| one.unmet(&position.terms.conditions, day));
        let positions = positions.remove(&activity.id).unwrap_or_default().into_iter();
        Opportunity {
            metres: filter.near.and_then(|(point, _)| metres_to(&activity.details, point)),
            positions: positions
                .map(|position| {
                    let unmet = unmet(&position);
                    (position, unmet)
                })
                .collect(),
            own: own.remove(&activity.id),
            unit: unit.value(),
            programme: programme.value(),
            activity,
        }
    };
    Ok(rows.into_iter().map(complete).collect())
}

/// Whole metres, rounded down.
#[expect(
    clippy::cast_possible_truncation,
    reason = "nothing on earth is further than 20 million metres away"
)]
fn metres_to(details: &ActivityDetails, point: Point) -> Option<i64> {
    details.recruitment.fence.map(|fence| fence.centre.metres_to(point) as i64)
}

fn own_enrolments(
    db: &mut Db,
    numbers: &[VolunteerId],
    activities: &[ActivityId],
) -> Result<HashMap<ActivityId, (EnrolmentId, EnrolmentStatus)>, StoreError> {
    type Row = (Stored<ActivityId>, Stored<EnrolmentId>, Stored<EnrolmentStatus>);
    let not_given_up = e::table
        .filter(is_one_of(e::volunteer, numbers.iter().copied()))
        .filter(is_one_of(e::activity, activities.iter().copied()))
        .filter(literally(e::status, "NOT IN ('withdrawn', 'declined', 'lapsed')"))
        .order(e::id)
        .select((e::activity, e::id, e::status));
    let rows: Vec<Row> = db.load(not_given_up)?;
    Ok(rows
        .into_iter()
        .map(|(activity, id, status)| (activity.value(), (id.value(), status.value())))
        .collect())
}

fn is_meant(
    found: &Opportunity,
    filter: &OpportunityFilter,
    reader: Option<&Reader>,
    now: Timestamp,
) -> bool {
    let details = &found.activity.details;
    let is_near = filter.near.is_none_or(|(_, most)| found.metres.is_some_and(|metres| metres <= most));
    let has_free_place =
        !filter.has_free_place || found.positions.iter().any(|(position, _)| position.free() > 0);
    let is_open = !filter.is_open_to_reader || reader.is_some_and(|one| one.may_enrol(found, now));
    is_near && has_free_place && is_open && filter.text.as_ref().is_none_or(|text| speaks_of(details, text))
}

fn speaks_of(details: &ActivityDetails, text: &Name) -> bool {
    let wanted = searched(text.as_str());
    let content = details.recruitment.content.as_ref().map(Note::as_str);
    let said = [Some(details.name.as_str()), details.place.as_ref().map(Name::as_str), content];
    said.into_iter().flatten().any(|said| searched(said).contains(&wanted))
}

/// What conditions look at, of the volunteer who asks.
struct Reader {
    numbers: Vec<VolunteerId>,
    born: Option<NaiveDate>,
    unit: Unit,
    star: i64,
    training: Minutes,
    /// When the reader has a place, and where.
    places: Vec<(ActivityId, Interval)>,
}

impl Reader {
    fn find(
        db: &mut Db,
        vault: &Vault,
        id: VolunteerId,
        (now, zone): (Timestamp, LocalZone),
    ) -> Result<Option<Self>, StoreError> {
        let Some(volunteer) = volunteers::current(db, id)? else { return Ok(None) };
        let unit: Option<Unit> = db.one(u::table.filter(u::id.eq(Stored(volunteer.unit))))?;
        let unit = unit.ok_or_else(|| StoreError::corrupt("a volunteer's unit is not there"))?;
        let numbers = merges::numbers_of(db, id, None)?;
        let as_of = head::read(db)?.last_seq;
        let star = match stars::scheme_on(db, as_of, zone.date_of(now))? {
            Some(scheme) => stars::standing(db, Scope::All, id, &scheme, as_of)?.map_or(0, |one| one.star()),
            None => 0,
        };
        Ok(Some(Self {
            born: volunteers::birth_dates(db, vault, &[id])?.remove(&id),
            star: i64::try_from(star).unwrap_or(i64::MAX),
            training: training_of(db, &numbers)?,
            places: places_of(db, &numbers, now)?,
            unit,
            numbers,
        }))
    }

    fn unmet(&self, conditions: &Conditions, day: NaiveDate) -> Option<Condition> {
        let by_age = self.born.and_then(|born| conditions.unmet_by_age(born, day));
        let unmet = by_age.map_or_else(|| conditions.unmet_by(self), |condition| Ok(Some(condition)));
        unmet.unwrap_or_else(|never| match never {})
    }

    /// Whether the service would take the reader's enrolment, or wait, at this moment.
    fn may_enrol(&self, found: &Opportunity, now: Timestamp) -> bool {
        let details = &found.activity.details;
        let is_open = details.opens_at().is_none_or(|opens_at| opens_at <= now) && now < details.closes_at();
        let is_elsewhere = self.places.iter().any(|(activity, window)| {
            *activity != found.activity.id && takes_the_time_of(*window, details.window)
        });
        let is_fit = found.positions.iter().any(|(_, unmet)| unmet.is_none());
        is_open && found.own.is_none() && !is_elsewhere && is_fit
    }
}

impl Qualifications for Reader {
    type Unknown = Infallible;

    fn is_of(&self, units: &[UnitId]) -> Result<bool, Infallible> {
        Ok(units.iter().any(|wanted| self.unit.is_within(*wanted)))
    }

    fn star(&self) -> Result<i64, Infallible> {
        Ok(self.star)
    }

    fn training(&self) -> Result<Minutes, Infallible> {
        Ok(self.training)
    }
}

fn training_of(db: &mut Db, numbers: &[VolunteerId]) -> Result<Minutes, StoreError> {
    let of_them = trainings::table
        .filter(is_one_of(trainings::volunteer, numbers.iter().copied()))
        .filter(trainings::voided_at.is_null())
        .select(trainings::minutes);
    let minutes: Vec<Stored<Minutes>> = db.load(of_them)?;
    Ok(minutes.into_iter().map(Stored::value).sum())
}

fn places_of(
    db: &mut Db,
    numbers: &[VolunteerId],
    now: Timestamp,
) -> Result<Vec<(ActivityId, Interval)>, StoreError> {
    let places = e::table
        .inner_join(t::table.on(t::id.eq(e::activity)))
        .filter(is_one_of(e::volunteer, numbers.iter().copied()))
        .filter(literally(e::status, "= 'enrolled'"))
        .filter(t::cancelled.eq(Stored(false)))
        .filter(text_at(t::details, ENDS_AT).gt(now.to_string()))
        .select((t::id, t::details));
    let rows: Vec<(Stored<ActivityId>, Stored<ActivityDetails>)> = db.load(places)?;
    Ok(rows.into_iter().map(|(id, details)| (id.value(), details.value().window)).collect())
}
