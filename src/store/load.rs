//! The write path's reading end: everything that the rules missed, a few set-based reads a batch.

mod lists;

use super::StoreError;
use super::column::Column;
use super::db::Db;
use super::sql::{Sql, SqlValue, SqlValues};
use super::table::Table;
use crate::domain::actor::Actor;
use crate::domain::amounts::{Minutes, Points};
use crate::domain::assessment::AssessmentScheme;
use crate::domain::calendar::CalendarDay;
use crate::domain::certificate::CreditedService;
use crate::domain::dismissal::{Dismissal, FindingId};
use crate::domain::evidence::Evidence;
use crate::domain::ids::{
    self, ActivityId, BindingId, Id, OperatorId, ProgrammeId, RecordId, Seq, UnitId, VolunteerId,
};
use crate::domain::lot::Lot;
use crate::domain::merge::MergedNumber;
use crate::domain::noun::Row;
use crate::domain::objection::Objection;
use crate::domain::person::BlindIndex;
use crate::domain::policy::PointsPolicy;
use crate::domain::record::ServiceRecord;
use crate::domain::star::StarScheme;
use crate::domain::text::{LoginName, UnitCode};
use crate::domain::time::{LocalZone, YearMonth};
use crate::domain::unit::Headcount;
use crate::domain::world::{Key, RowCache, World};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How many rounds of loading may be needed: the depth of what one row leads to, and more than twice to spare. Crediting
/// goes deepest: from the record to who entered it and who that is, to the day and who entered its other records, to the
/// policies of each unit above, and to the lots of the day.
pub const ROUNDS: usize = 40;

/// Reads what is missing into the world: one statement for each kind of key, however many keys.
pub fn load(db: &mut Db, world: &mut World, zone: LocalZone, keys: BTreeSet<Key>) -> Result<(), StoreError> {
    let wanted = Wanted::sort(keys);
    wanted.load_things(db, world)?;
    load_rows(db, &mut world.notice_policies, &wanted.notice_policies)?;
    load_rows(db, &mut world.crediting_policies, &wanted.crediting_policies)?;
    if wanted.all_star_schemes {
        for scheme in db.rows::<StarScheme>(Sql::new(select_from::<StarScheme>("t")).and(" AS t"))? {
            world.star_schemes.insert_loaded(scheme.id, Some(scheme));
        }
        world.star_schemes_loaded = true;
    }
    if wanted.all_assessment_schemes {
        let all = Sql::new(select_from::<AssessmentScheme>("t")).and(" AS t");
        for scheme in db.rows::<AssessmentScheme>(all)? {
            world.assessment_schemes.insert_loaded(scheme.id, Some(scheme));
        }
        world.assessment_schemes_loaded = true;
    }
    if wanted.all_policies {
        for policy in db.rows::<PointsPolicy>(Sql::new(select_from::<PointsPolicy>("t")).and(" AS t"))? {
            world.policies.insert_loaded(policy.id, Some(policy));
        }
        world.policies_loaded = true;
    }
    load_codes(db, world, wanted.codes)?;
    load_identities(db, world, &wanted.identities)?;
    load_alike(db, world, &wanted.alike)?;
    load_subjects(db, world, &wanted.subjects)?;
    load_open_applications(db, world, &wanted.open_applications)?;
    load_logins(db, world, wanted.logins)?;
    load_operator_identities(db, world, &wanted.operator_identities)?;
    load_dismissals(db, world, &wanted.dismissals)?;
    load_records_on(db, world, zone, &wanted.records_on)?;
    load_voided_on(db, world, zone, &wanted.voided_on)?;
    load_credited_of(db, world, &wanted.credited_of)?;
    load_pending_of(db, world, &wanted.pending_of)?;
    load_lots_of(db, world, &wanted.lots_of)?;
    load_earned_in(db, world, &wanted.earned_in)?;
    load_credited_alone_in(db, world, &wanted.credited_alone_in)?;
    load_calendar_years(db, world, &wanted.calendar_years)?;
    load_objections_to(db, world, &wanted.objections_to)?;
    load_objections_of(db, world, &wanted.objections_of)?;
    load_merged_numbers(db, world, &wanted.merged_numbers)?;
    load_counts_at(db, world, &wanted.counts_at)?;
    load_open_objections_by(db, world, &wanted.open_objections_by)?;
    load_headcounts(db, world, &wanted.stated_headcounts)?;
    lists::load(db, world, &wanted.lists)
}

macro_rules! wanted {
    (things { $($module:ident: $Noun:ident($Row:ident, $Id:ident = $number:literal $what:literal)
        in $table:ident else $Absent:ident $commands:tt;)* } $($rest:tt)*) => {
        /// The missing keys, by kind.
        #[derive(Default)]
        struct Wanted {
            $($table: Vec<ids::$Id>,)*
            all_star_schemes: bool,
            all_assessment_schemes: bool,
            all_policies: bool,
            codes: Vec<UnitCode>,
            identities: Vec<BlindIndex>,
            alike: Vec<BlindIndex>,
            subjects: Vec<BlindIndex>,
            open_applications: Vec<BlindIndex>,
            logins: Vec<LoginName>,
            operator_identities: Vec<OperatorId>,
            dismissals: Vec<FindingId>,
            records_on: Vec<(VolunteerId, NaiveDate)>,
            voided_on: Vec<(VolunteerId, NaiveDate)>,
            credited_of: Vec<VolunteerId>,
            pending_of: Vec<VolunteerId>,
            lots_of: Vec<VolunteerId>,
            earned_in: Vec<(VolunteerId, YearMonth)>,
            credited_alone_in: Vec<(VolunteerId, YearMonth)>,
            calendar_years: Vec<i32>,
            notice_policies: Vec<UnitId>,
            objections_to: Vec<RecordId>,
            crediting_policies: Vec<UnitId>,
            objections_of: Vec<VolunteerId>,
            merged_numbers: Vec<(VolunteerId, VolunteerId)>,
            counts_at: Vec<(VolunteerId, ActivityId)>,
            open_objections_by: Vec<VolunteerId>,
            stated_headcounts: Vec<(UnitId, NaiveDate)>,
            lists: lists::Wanted,
        }

        impl Wanted {
            fn sort(keys: BTreeSet<Key>) -> Self {
                let mut wanted = Self::default();
                for key in keys {
                    match key {
                        $(Key::$Noun(id) => wanted.$table.push(id),)*
                        Key::StarSchemes => wanted.all_star_schemes = true,
                        Key::AssessmentSchemes => wanted.all_assessment_schemes = true,
                        Key::ObjectionsOf(volunteer) => wanted.objections_of.push(volunteer),
                        Key::CertificatesOf(volunteer) => wanted.lists.certificates_of.push(volunteer),
                        Key::MergedNumber(number, earlier) => wanted.merged_numbers.push((number, earlier)),
                        Key::CountsAt(volunteer, activity) => wanted.counts_at.push((volunteer, activity)),
                        Key::LiveAt(volunteer, activity) => wanted.lists.live_at.push((volunteer, activity)),
                        Key::RatingsAt(volunteer, activity) => wanted.lists.ratings_at.push((volunteer, activity)),
                        Key::Policies => wanted.all_policies = true,
                        Key::UnitCode(code) => wanted.codes.push(code),
                        Key::Identity(index) => wanted.identities.push(index),
                        Key::Alike(likeness) => wanted.alike.push(likeness),
                        Key::BoundSubject(index) => wanted.subjects.push(index),
                        Key::OpenApplication(index) => wanted.open_applications.push(index),
                        Key::OpenBindings(volunteer) => wanted.lists.bindings_of.push(volunteer),
                        Key::Login(login) => wanted.logins.push(login),
                        Key::OperatorIdentity(operator) => wanted.operator_identities.push(operator),
                        Key::Dismissal(finding) => wanted.dismissals.push(finding),
                        Key::RecordsOn(volunteer, day) => wanted.records_on.push((volunteer, day)),
                        Key::VoidedOn(volunteer, day) => wanted.voided_on.push((volunteer, day)),
                        Key::CreditedOf(volunteer) => wanted.credited_of.push(volunteer),
                        Key::PendingOf(volunteer) => wanted.pending_of.push(volunteer),
                        Key::LotsOf(volunteer) => wanted.lots_of.push(volunteer),
                        Key::EarnedIn(volunteer, month) => wanted.earned_in.push((volunteer, month)),
                        Key::CreditedAloneIn(volunteer, month) => {
                            wanted.credited_alone_in.push((volunteer, month));
                        }
                        Key::CalendarYear(year) => wanted.calendar_years.push(year),
                        Key::NoticePolicy(unit) => wanted.notice_policies.push(unit),
                        Key::ObjectionsTo(record) => wanted.objections_to.push(record),
                        Key::CreditingPolicy(unit) => wanted.crediting_policies.push(unit),
                        Key::OpenCorrections(volunteer) => wanted.lists.corrections_of.push(volunteer),
                        Key::OpenPledges(volunteer) => wanted.lists.pledges_of.push(volunteer),
                        Key::OpenObjectionsBy(volunteer) => wanted.open_objections_by.push(volunteer),
                        Key::Headcount(unit, day) => wanted.stated_headcounts.push((unit, day)),
                        Key::TrainingsOf(volunteer) => wanted.lists.trainings_of.push(volunteer),
                        Key::PositionsOf(activity) => wanted.lists.positions_of.push(activity),
                        Key::WaitingFor(position) => wanted.lists.waiting_for.push(position),
                        Key::EnrolledIn(activity) => wanted.lists.enrolled_in.push(activity),
                        Key::PlacesOf(volunteer) => wanted.lists.places_of.push(volunteer),
                        Key::EnrolmentAt(volunteer, activity) => {
                            wanted.lists.enrolments_at.push((volunteer, activity));
                        }
                        Key::OpenAttendanceOf(volunteer) => wanted.lists.open_attendances_of.push(volunteer),
                        Key::AttendancesAt(volunteer, activity) => {
                            wanted.lists.attendances_at.push((volunteer, activity));
                        }
                    }
                }
                wanted
            }

            /// Things by their ids.
            fn load_things(&self, db: &mut Db, world: &mut World) -> Result<(), StoreError> {
                $(load_rows(db, &mut world.$table, &self.$table)?;)*
                Ok(())
            }
        }
    };
}
crate::nouns!(wanted);

fn select_from<T: Table>(alias: &str) -> String {
    format!("SELECT {} FROM {}", T::select_list(alias), T::NAME)
}

/// Rows by their one key: each that there is, and for the others that there is none.
fn load_rows<T: Table + Row>(db: &mut Db, cache: &mut RowCache<T>, ids: &[T::Key]) -> Result<(), StoreError>
where
    T::Key: Id,
{
    if ids.is_empty() {
        return Ok(());
    }
    let keys: Vec<[i64; 3]> = ids.iter().map(|id| [id.entry().0, 0, 0]).collect();
    let sql = Sql::new(format!("SELECT {} FROM ", T::select_list("t")))
        .join(Sql::keys(db.dialect(), &keys, 1))
        .and(&format!(" JOIN {} AS t ON t.{} = k.a", T::NAME, T::KEY.join(", ")));
    let mut found: HashMap<T::Key, T> = db.rows::<T>(sql)?.into_iter().map(|row| (row.key(), row)).collect();
    for id in ids {
        cache.insert_loaded(*id, found.remove(id));
    }
    Ok(())
}

/// Pairs of a look-up key and the id that it leads to.
fn pairs<K: Column, V: Column>(db: &mut Db, sql: Sql) -> Result<Vec<(K, V)>, StoreError> {
    let pair = |SqlValues(sql_values)| {
        let Ok([key, value]) = <[SqlValue; 2]>::try_from(sql_values) else {
            return Err(StoreError::corrupt("a look-up lacks a column"));
        };
        Ok((K::from_sql_value(key)?, V::from_sql_value(value)?))
    };
    db.query(sql)?.into_iter().map(pair).collect()
}

fn load_codes(db: &mut Db, world: &mut World, codes: Vec<UnitCode>) -> Result<(), StoreError> {
    if codes.is_empty() {
        return Ok(());
    }
    let texts: Vec<String> = codes.iter().map(ToString::to_string).collect();
    let sql = Sql::new("SELECT t.code, t.id FROM ")
        .join(Sql::text_keys(db.dialect(), &texts))
        .and(" JOIN units AS t ON t.code = k.a");
    let found = pairs(db, sql)?;
    world.codes.extend(codes.into_iter().map(|code| (code, None)));
    world.codes.extend(found.into_iter().map(|(code, id)| (code, Some(id))));
    Ok(())
}

fn load_logins(db: &mut Db, world: &mut World, logins: Vec<LoginName>) -> Result<(), StoreError> {
    if logins.is_empty() {
        return Ok(());
    }
    let texts: Vec<String> = logins.iter().map(ToString::to_string).collect();
    let sql = Sql::new("SELECT k.a, t.operator FROM ")
        .join(Sql::text_keys(db.dialect(), &texts))
        .and(" JOIN credentials AS t ON LOWER(t.login) = k.a");
    let found = pairs(db, sql)?;
    world.logins.extend(logins.into_iter().map(|login| (login, None)));
    world.logins.extend(found.into_iter().map(|(login, id)| (login, Some(id))));
    Ok(())
}

/// By which document each is known; of those without access, by which they were.
fn load_operator_identities(
    db: &mut Db,
    world: &mut World,
    operators: &[OperatorId],
) -> Result<(), StoreError> {
    if operators.is_empty() {
        return Ok(());
    }
    let keys: Vec<[i64; 3]> = operators.iter().map(|operator| [operator.seq().0, 0, 0]).collect();
    world.operator_identities.extend(operators.iter().map(|operator| (*operator, None)));
    for of_table in [
        " JOIN former_operator_identities AS t ON t.operator = k.a",
        " JOIN operator_identities AS t ON t.operator = k.a",
    ] {
        let sql = Sql::new("SELECT k.a, t.identity_index FROM ")
            .join(Sql::keys(db.dialect(), &keys, 1))
            .and(of_table);
        let found = pairs(db, sql)?;
        world.operator_identities.extend(found.into_iter().map(|(operator, index)| (operator, Some(index))));
    }
    Ok(())
}

fn load_dismissals(db: &mut Db, world: &mut World, findings: &[FindingId]) -> Result<(), StoreError> {
    if findings.is_empty() {
        return Ok(());
    }
    let texts: Vec<String> = findings.iter().map(ToString::to_string).collect();
    let sql = Sql::new(format!("SELECT {} FROM ", Dismissal::select_list("t")))
        .join(Sql::text_keys(db.dialect(), &texts))
        .and(" JOIN dismissals AS t ON t.finding = k.a");
    for dismissal in db.rows::<Dismissal>(sql)? {
        world.dismissals.insert_loaded(dismissal.finding, Some(dismissal));
    }
    for finding in findings {
        world.dismissals.insert_loaded(*finding, None);
    }
    Ok(())
}

fn load_identities(db: &mut Db, world: &mut World, indexes: &[BlindIndex]) -> Result<(), StoreError> {
    if indexes.is_empty() {
        return Ok(());
    }
    for index in indexes {
        world.set_identity(*index, None);
    }
    for of_table in [
        " JOIN closed_identities AS t ON t.identity_index = k.a",
        " JOIN people AS t ON t.identity_index = k.a",
    ] {
        let sql = Sql::new("SELECT t.identity_index, t.volunteer FROM ")
            .join(Sql::byte_keys(db.dialect(), indexes))
            .and(of_table);
        for (index, volunteer) in pairs(db, sql)? {
            world.set_identity(index, Some(volunteer));
        }
    }
    Ok(())
}

fn load_subjects(db: &mut Db, world: &mut World, indexes: &[BlindIndex]) -> Result<(), StoreError> {
    if indexes.is_empty() {
        return Ok(());
    }
    for index in indexes {
        world.set_subject(*index, None);
    }
    let sql = Sql::new("SELECT t.subject_index, t.binding, t.volunteer FROM ")
        .join(Sql::byte_keys(db.dialect(), indexes))
        .and(" JOIN binding_subjects AS t ON t.subject_index = k.a");
    for SqlValues(sql_values) in db.query(sql)? {
        let Ok([index, binding, volunteer]) = <[SqlValue; 3]>::try_from(sql_values) else {
            return Err(StoreError::corrupt("a bound subject lacks a column"));
        };
        let bound = (BindingId::from_sql_value(binding)?, VolunteerId::from_sql_value(volunteer)?);
        world.set_subject(BlindIndex::from_sql_value(index)?, Some(bound));
    }
    Ok(())
}

/// By document or by outside identity: no index of the one is an index of the other.
fn load_open_applications(db: &mut Db, world: &mut World, indexes: &[BlindIndex]) -> Result<(), StoreError> {
    if indexes.is_empty() {
        return Ok(());
    }
    for index in indexes {
        world.set_open_application(*index, None);
    }
    for column in ["document_index", "subject_index"] {
        let sql = Sql::new("SELECT k.a, a.id FROM ")
            .join(Sql::byte_keys(db.dialect(), indexes))
            .and(&format!(" JOIN applicants AS t ON t.{column} = k.a"))
            .and(" JOIN applications AS a ON a.id = t.application AND a.status = 'open'");
        for (index, application) in pairs(db, sql)? {
            world.set_open_application(index, Some(application));
        }
    }
    Ok(())
}

/// A volunteer's days.
type Days = [(VolunteerId, NaiveDate)];

fn load_alike(db: &mut Db, world: &mut World, likenesses: &[BlindIndex]) -> Result<(), StoreError> {
    if likenesses.is_empty() {
        return Ok(());
    }
    let mut found: HashMap<BlindIndex, BTreeSet<VolunteerId>> =
        likenesses.iter().map(|likeness| (*likeness, BTreeSet::new())).collect();
    let sql = Sql::new("SELECT t.likeness_index, t.volunteer FROM ")
        .join(Sql::byte_keys(db.dialect(), likenesses))
        .and(" JOIN people AS t ON t.likeness_index = k.a");
    for (likeness, volunteer) in pairs(db, sql)? {
        found.entry(likeness).or_default().insert(volunteer);
    }
    for (likeness, alike) in found {
        world.set_alike(likeness, alike);
    }
    Ok(())
}

/// The live records that touch a volunteer's day.
fn load_records_on(db: &mut Db, world: &mut World, zone: LocalZone, days: &Days) -> Result<(), StoreError> {
    if days.is_empty() {
        return Ok(());
    }
    let found = touching(db, zone, days, "t.status IN ('submitted', 'credited')")?;
    list_by_day(&mut world.records_on, zone, days, &found);
    for record in found {
        world.records.insert_loaded(record.id, Some(record));
    }
    Ok(())
}

/// The voided records that had earned points and touch a volunteer's day.
fn load_voided_on(db: &mut Db, world: &mut World, zone: LocalZone, days: &Days) -> Result<(), StoreError> {
    if days.is_empty() {
        return Ok(());
    }
    let found = touching(db, zone, days, "t.voided_entry IS NOT NULL AND t.lot IS NOT NULL")?;
    list_by_day(&mut world.voided_on, zone, days, &found);
    for record in found {
        world.records.insert_loaded(record.id, Some(record));
    }
    Ok(())
}

/// Records of the volunteers that touch these days. No record lasts 24 hours, so that only those that start from a
/// day before one on can.
fn touching(
    db: &mut Db,
    zone: LocalZone,
    days: &Days,
    condition: &str,
) -> Result<Vec<ServiceRecord>, StoreError> {
    const DAY_MICROS: i64 = 24 * 3600 * 1_000_000;
    let keys: Vec<[i64; 3]> = days
        .iter()
        .map(|(volunteer, day)| {
            [volunteer.seq().0, zone.start_of(*day).as_micros(), zone.end_of(*day).as_micros()]
        })
        .collect();
    let sql = Sql::new(format!("SELECT {} FROM ", ServiceRecord::select_list("t")))
        .join(Sql::keys(db.dialect(), &keys, 3))
        .and(" JOIN service_records AS t ON t.volunteer = k.a AND t.started_at > k.b - ?")
        .int(DAY_MICROS)
        .and(&format!(" AND t.started_at < k.c AND t.ended_at > k.b AND {condition}"));
    db.rows::<ServiceRecord>(sql)
}

fn list_by_day(
    lists: &mut HashMap<(VolunteerId, NaiveDate), BTreeSet<RecordId>>,
    zone: LocalZone,
    days: &Days,
    found: &[ServiceRecord],
) {
    lists.extend(days.iter().map(|place| (*place, BTreeSet::new())));
    for record in found {
        for day in crate::domain::record::local_days(record.interval(), zone) {
            if days.contains(&(record.volunteer, day)) {
                lists.entry((record.volunteer, day)).or_default().insert(record.id);
            }
        }
    }
}

/// What of its credited records a volunteer's certificates are made of, and a merge moves.
fn load_credited_of(db: &mut Db, world: &mut World, volunteers: &[VolunteerId]) -> Result<(), StoreError> {
    if volunteers.is_empty() {
        return Ok(());
    }
    let keys: Vec<[i64; 3]> = volunteers.iter().map(|volunteer| [volunteer.seq().0, 0, 0]).collect();
    let sql = Sql::new("SELECT k.a, t.id, t.programme, t.service_date, t.credited_minutes, t.count, t.evidence, t.submitted_by FROM ")
        .join(Sql::keys(db.dialect(), &keys, 1))
        .and(" JOIN service_records AS t ON t.volunteer = k.a AND t.status = 'credited'");
    let found = db.query(sql)?;
    for volunteer in volunteers {
        world.credited_of.insert(*volunteer, BTreeMap::new());
    }
    for SqlValues(sql_values) in found {
        let Ok([volunteer, record, programme, date, minutes, occasions, evidence, submitted_by]) =
            <[SqlValue; 8]>::try_from(sql_values)
        else {
            return Err(StoreError::corrupt("a credited record lacks a column"));
        };
        let service = CreditedService {
            record: RecordId::from_sql_value(record)?,
            programme: ProgrammeId::from_sql_value(programme)?,
            service_date: NaiveDate::from_sql_value(date)?,
            credited_minutes: Minutes::from_sql_value(minutes)?,
            occasions: i64::from_sql_value(occasions)?,
            evidence: Evidence::from_sql_value(evidence)?,
            submitted_by: Actor::from_sql_value(submitted_by)?,
        };
        let volunteer = VolunteerId::from_sql_value(volunteer)?;
        world.credited_of.entry(volunteer).or_default().insert(service.record, service);
    }
    Ok(())
}

fn load_pending_of(db: &mut Db, world: &mut World, volunteers: &[VolunteerId]) -> Result<(), StoreError> {
    if volunteers.is_empty() {
        return Ok(());
    }
    let keys: Vec<[i64; 3]> = volunteers.iter().map(|volunteer| [volunteer.seq().0, 0, 0]).collect();
    let sql = Sql::new("SELECT k.a, t.id FROM ")
        .join(Sql::keys(db.dialect(), &keys, 1))
        .and(" JOIN service_records AS t ON t.volunteer = k.a AND t.status = 'submitted'");
    let found: Vec<(VolunteerId, RecordId)> = pairs(db, sql)?;
    for volunteer in volunteers {
        world.pending_of.insert(*volunteer, BTreeSet::new());
    }
    for (volunteer, record) in found {
        world.pending_of.entry(volunteer).or_default().insert(record);
    }
    Ok(())
}

fn load_lots_of(db: &mut Db, world: &mut World, volunteers: &[VolunteerId]) -> Result<(), StoreError> {
    if volunteers.is_empty() {
        return Ok(());
    }
    let keys: Vec<[i64; 3]> = volunteers.iter().map(|volunteer| [volunteer.seq().0, 0, 0]).collect();
    let sql = Sql::new(format!("SELECT {} FROM ", Lot::select_list("t")))
        .join(Sql::keys(db.dialect(), &keys, 1))
        .and(" JOIN lots AS t ON t.volunteer = k.a AND (t.remaining > 0 OR t.owed > 0)");
    let found = db.rows::<Lot>(sql)?;
    for volunteer in volunteers {
        world.lots_of.insert(*volunteer, BTreeSet::new());
    }
    for lot in found {
        world.lots_of.entry(lot.volunteer).or_default().insert(lot.id);
        world.lots.insert_loaded(lot.id, Some(lot));
    }
    Ok(())
}

fn load_earned_in(
    db: &mut Db,
    world: &mut World,
    months: &[(VolunteerId, YearMonth)],
) -> Result<(), StoreError> {
    let earned = "SELECT k.a, k.b, CAST(SUM(t.points) AS BIGINT) FROM ";
    let lots =
        " JOIN lots AS t ON t.volunteer = k.a AND t.service_month = k.b AND t.voided = 0 GROUP BY k.a, k.b";
    world.earned_in.extend(months.iter().map(|place| (*place, Points::ZERO)));
    world.earned_in.extend(sums_of_months(db, months, earned, lots)?);
    Ok(())
}

/// Days stand as `year * 10,000 + month * 100 + day`, months without the day.
fn load_credited_alone_in(
    db: &mut Db,
    world: &mut World,
    months: &[(VolunteerId, YearMonth)],
) -> Result<(), StoreError> {
    let credited = "SELECT k.a, k.b, CAST(SUM(t.credited_minutes) AS BIGINT) FROM ";
    let alone = " JOIN service_records AS t ON t.volunteer = k.a AND t.service_date / 100 = k.b \
                 AND t.credited_alone = 1 AND t.status = 'credited' GROUP BY k.a, k.b";
    world.credited_alone_in.extend(months.iter().map(|place| (*place, Minutes::ZERO)));
    world.credited_alone_in.extend(sums_of_months(db, months, credited, alone)?);
    Ok(())
}

/// Something of a volunteer's month.
type OfMonth<T> = ((VolunteerId, YearMonth), T);

/// What a statement sums up of each volunteer's month, where there is anything.
fn sums_of_months<T: Column>(
    db: &mut Db,
    months: &[(VolunteerId, YearMonth)],
    select: &str,
    joined: &str,
) -> Result<Vec<OfMonth<T>>, StoreError> {
    if months.is_empty() {
        return Ok(Vec::new());
    }
    let keys: Vec<[i64; 3]> =
        months.iter().map(|(volunteer, month)| [volunteer.seq().0, i64::from(*month), 0]).collect();
    let sql = Sql::new(select.to_owned()).join(Sql::keys(db.dialect(), &keys, 2)).and(joined);
    let sum = |SqlValues(sql_values)| {
        let Ok([volunteer, month, sum]) = <[SqlValue; 3]>::try_from(sql_values) else {
            return Err(StoreError::corrupt("a sum lacks a column"));
        };
        let place = (VolunteerId::new(Seq::from_sql_value(volunteer)?), YearMonth::from_sql_value(month)?);
        Ok((place, T::from_sql_value(sum)?))
    };
    db.query(sql)?.into_iter().map(sum).collect()
}

fn load_calendar_years(db: &mut Db, world: &mut World, years: &[i32]) -> Result<(), StoreError> {
    if years.is_empty() {
        return Ok(());
    }
    // Days stand as `year * 10,000 + month * 100 + day`.
    let keys: Vec<[i64; 3]> =
        years.iter().map(|year| [i64::from(*year) * 10_000, (i64::from(*year) + 1) * 10_000, 0]).collect();
    let sql = Sql::new(format!("SELECT {} FROM ", CalendarDay::select_list("t")))
        .join(Sql::keys(db.dialect(), &keys, 2))
        .and(" JOIN calendar_days AS t ON t.day >= k.a AND t.day < k.b");
    for day in db.rows::<CalendarDay>(sql)? {
        world.calendar.insert_loaded(day.key(), Some(day));
    }
    world.calendar_years.extend(years);
    Ok(())
}

fn load_objections_to(db: &mut Db, world: &mut World, records: &[RecordId]) -> Result<(), StoreError> {
    if records.is_empty() {
        return Ok(());
    }
    let keys: Vec<[i64; 3]> = records.iter().map(|record| [record.seq().0, 0, 0]).collect();
    let sql = Sql::new(format!("SELECT {} FROM ", Objection::select_list("t")))
        .join(Sql::keys(db.dialect(), &keys, 1))
        .and(" JOIN objections AS t ON t.record = k.a");
    for record in records {
        world.objections_to.insert(*record, BTreeSet::new());
    }
    for objection in db.rows::<Objection>(sql)? {
        world.objections_to.entry(objection.record).or_default().insert(objection.id);
        world.objections.insert_loaded(objection.id, Some(objection));
    }
    Ok(())
}

fn load_objections_of(db: &mut Db, world: &mut World, volunteers: &[VolunteerId]) -> Result<(), StoreError> {
    if volunteers.is_empty() {
        return Ok(());
    }
    let keys: Vec<[i64; 3]> = volunteers.iter().map(|volunteer| [volunteer.seq().0, 0, 0]).collect();
    let sql = Sql::new(format!("SELECT {} FROM ", Objection::select_list("t")))
        .join(Sql::keys(db.dialect(), &keys, 1))
        .and(" JOIN objections AS t ON t.volunteer = k.a AND t.status <> 'dismissed'");
    for volunteer in volunteers {
        world.objections_of.insert(*volunteer, BTreeSet::new());
    }
    for objection in db.rows::<Objection>(sql)? {
        world.objections_of.entry(objection.volunteer).or_default().insert(objection.id);
        world.objections.insert_loaded(objection.id, Some(objection));
    }
    Ok(())
}

fn load_merged_numbers(
    db: &mut Db,
    world: &mut World,
    places: &[(VolunteerId, VolunteerId)],
) -> Result<(), StoreError> {
    if places.is_empty() {
        return Ok(());
    }
    let keys: Vec<[i64; 3]> =
        places.iter().map(|(number, earlier)| [number.seq().0, earlier.seq().0, 0]).collect();
    let sql = Sql::new(format!("SELECT {} FROM ", MergedNumber::select_list("t")))
        .join(Sql::keys(db.dialect(), &keys, 2))
        .and(" JOIN merged_numbers AS t ON t.volunteer = k.a AND t.earlier = k.b");
    for merged in db.rows::<MergedNumber>(sql)? {
        world.merged_numbers.insert_loaded(merged.key(), Some(merged));
    }
    for place in places {
        world.merged_numbers.insert_loaded(*place, None);
    }
    Ok(())
}

fn load_counts_at(
    db: &mut Db,
    world: &mut World,
    places: &[(VolunteerId, ActivityId)],
) -> Result<(), StoreError> {
    if places.is_empty() {
        return Ok(());
    }
    let keys: Vec<[i64; 3]> =
        places.iter().map(|(volunteer, activity)| [volunteer.seq().0, activity.seq().0, 0]).collect();
    let sql = Sql::new("SELECT t.volunteer, t.activity, t.id, t.count FROM ")
        .join(Sql::keys(db.dialect(), &keys, 2))
        .and(
            " JOIN service_records AS t ON t.volunteer = k.a AND t.activity = k.b AND t.count > 0 \
             AND t.status IN ('submitted', 'credited')",
        );
    let found = db.query(sql)?;
    world.counts_at.extend(places.iter().map(|place| (*place, BTreeMap::new())));
    for SqlValues(sql_values) in found {
        let Ok([volunteer, activity, record, count]) = <[SqlValue; 4]>::try_from(sql_values) else {
            return Err(StoreError::corrupt("a count lacks a column"));
        };
        let place = (VolunteerId::from_sql_value(volunteer)?, ActivityId::from_sql_value(activity)?);
        let (record, count) = (RecordId::from_sql_value(record)?, i64::from_sql_value(count)?);
        world.counts_at.entry(place).or_default().insert(record, count);
    }
    Ok(())
}

fn load_open_objections_by(
    db: &mut Db,
    world: &mut World,
    volunteers: &[VolunteerId],
) -> Result<(), StoreError> {
    if volunteers.is_empty() {
        return Ok(());
    }
    let actors = volunteers.iter().map(|volunteer| Actor::Volunteer(*volunteer).to_primitive());
    let keys: Vec<[i64; 3]> = actors.map(|actor| [actor, 0, 0]).collect();
    let sql = Sql::new(format!("SELECT {} FROM ", Objection::select_list("t")))
        .join(Sql::keys(db.dialect(), &keys, 1))
        .and(" JOIN objections AS t ON t.raised_by = k.a AND t.status = 'open'");
    for volunteer in volunteers {
        world.objections_by.insert(*volunteer, BTreeSet::new());
    }
    for objection in db.rows::<Objection>(sql)? {
        if let Actor::Volunteer(by) = objection.raised_by {
            world.objections_by.entry(by).or_default().insert(objection.id);
        }
        world.objections.insert_loaded(objection.id, Some(objection));
    }
    Ok(())
}

fn load_headcounts(db: &mut Db, world: &mut World, places: &[(UnitId, NaiveDate)]) -> Result<(), StoreError> {
    if places.is_empty() {
        return Ok(());
    }
    let mut units: Vec<UnitId> = places.iter().map(|(unit, _)| *unit).collect();
    units.dedup();
    let keys: Vec<[i64; 3]> = units.iter().map(|unit| [unit.seq().0, 0, 0]).collect();
    let sql = Sql::new(format!("SELECT {} FROM ", Headcount::select_list("t")))
        .join(Sql::keys(db.dialect(), &keys, 1))
        .and(" JOIN headcounts AS t ON t.unit = k.a");
    for headcount in db.rows::<Headcount>(sql)? {
        world.headcounts.insert_loaded(headcount.key(), Some(headcount));
    }
    for place in places {
        world.headcounts.insert_loaded(*place, None);
    }
    Ok(())
}
