//! Volunteers, and the people behind the numbers.
//!
//! Nothing of a person stands in a column: who is listed is opened. A name is searched by pairs of letters, which find
//! who may have it, and then read.

use super::list::{PageOf, PageRequest};
use super::scope::{Scope, is_narrow, within};
use crate::domain::identity::{DocumentKind, Gender, mask, mask_mobile};
use crate::domain::ids::{Seq, UnitId, VolunteerId};
use crate::domain::person::{BlindIndex, Consent, GuardianConsent, Person, PoliticalStatus};
use crate::domain::text::{Label, Name, searched};
use crate::domain::volunteer::{Membership, Volunteer, VolunteerStatus};
use crate::store::column::{Stored, documents, words};
use crate::store::expression::{given, index_if, is_one_of};
use crate::store::person_row::opened_person;
use crate::store::schema::{memberships as m, name_pairs as n, people as p, volunteers as t};
use crate::store::table::table_row;
use crate::store::vault::Vault;
use crate::store::{Db, StoreError};
use chrono::NaiveDate;
use diesel::dsl::auto_type;
use diesel::prelude::*;
use std::collections::HashMap;
use std::fmt;

words!(VolunteerStatus, DocumentKind);
documents!(Vec<VolunteerId>);

table_row! {
    Volunteer in volunteers by [id] {
        id, unit, status, member_entry, member_since, open_transfer, open_redemptions, debt, registered_at,
        version, identity_change, identity_entry, closing_asked_by, closing_asked_at, forget_at,
        merged_into, merged_numbers,
        valid_from, activation_entry, activation_until, activation_tries,
    }
}

table_row! {
    Membership in memberships by [volunteer, entry] { volunteer, entry, unit, starts_at, ends_at, ended_entry }
}

/// A volunteer, and who it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VolunteerReadModel {
    pub volunteer: Volunteer,
    /// None once the registration is closed: personal data is erased then.
    pub person: Option<PersonReadModel>,
}

/// A person, as everybody sees them who may see the volunteer: the two numbers masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonReadModel {
    pub name: Name,
    pub gender: Gender,
    pub birth_date: NaiveDate,
    pub document_kind: DocumentKind,
    /// All but the ends hidden.
    pub document_number_masked: String,
    /// All but the ends hidden.
    pub mobile_masked: String,
    pub residence: Option<Name>,
    pub skills: Vec<Label>,
    pub service_categories: Vec<Label>,
    pub political_status: Vec<PoliticalStatus>,
    pub consent: Consent,
    pub guardian_consent: Option<GuardianConsent>,
}

/// The two numbers in full, for those who are entitled to them.
#[derive(Clone, PartialEq, Eq)]
pub struct NumbersInFull {
    pub document_number: String,
    pub mobile: String,
}

impl fmt::Debug for NumbersInFull {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NumbersInFull({}, {})", mask(&self.document_number), mask_mobile(&self.mobile))
    }
}

impl From<Person> for PersonReadModel {
    fn from(person: Person) -> Self {
        Self {
            document_kind: person.document.kind(),
            document_number_masked: mask(person.document.number()),
            mobile_masked: mask_mobile(person.mobile.as_str()),
            name: person.name,
            gender: person.gender,
            birth_date: person.birth_date,
            residence: person.residence,
            skills: person.skills,
            service_categories: person.service_categories,
            political_status: person.political_status,
            consent: person.consent,
            guardian_consent: person.guardian_consent,
        }
    }
}

/// Which volunteers are looked for; all that are given must hold.
#[derive(Clone, Debug, Default)]
pub struct VolunteerFilter {
    /// Present members of this unit or one under it.
    pub unit: Option<UnitId>,
    pub status: Option<VolunteerStatus>,
    /// Part of the name, compared as [`searched`] has it.
    pub name_part: Option<Name>,
    /// The whole volunteer number, see [`id_of_number`].
    pub number: Option<VolunteerId>,
    /// The blind index of the whole mobile number.
    pub mobile: Option<BlindIndex>,
}

/// Whose a volunteer number is: the inverse of [`Volunteer::number`].
#[must_use]
pub fn id_of_number(number: &str) -> Option<VolunteerId> {
    let is_a_number = number.len() == 12 && number.bytes().all(|byte| byte.is_ascii_digit());
    let seq = number.parse().ok().filter(|_| is_a_number)?;
    Some(VolunteerId::new(Seq(seq)))
}

/// One volunteer.
pub fn get(
    db: &mut Db,
    vault: &Vault,
    scope: Scope,
    id: VolunteerId,
) -> Result<Option<VolunteerReadModel>, StoreError> {
    Ok(whole(db, vault, scope, id)?.map(masked))
}

/// Volunteers, newest first.
pub fn list(
    db: &mut Db,
    vault: &Vault,
    scope: Scope,
    filter: &VolunteerFilter,
    page: PageRequest,
) -> Result<PageOf<VolunteerReadModel>, StoreError> {
    let part = filter.name_part.as_ref().map(|name| searched(name.as_str()));
    let places = Places {
        finds_own: is_narrow(db, scope.unit())?,
        finds_unit: is_narrow(db, filter.unit)?,
        pairs: part.as_ref().map(|part| ends(vault.name_pairs(part))).unwrap_or_default(),
    };
    let position = |view: &VolunteerReadModel| view.volunteer.id.seq();
    let Some(part) = part else {
        let found = candidates(db, scope, filter, places, page)?.into_iter();
        let found = found.map(|row| Ok(masked(opened(row, vault)?))).collect::<Result<_, StoreError>>()?;
        return Ok(page.page(found, position));
    };
    // Who is found by pairs of letters may have another name.
    let is_meant = |person: &Person| searched(person.name.as_str()).contains(&part);
    page.sift(
        |page| candidates(db, scope, filter, places, page),
        |(volunteer, _)| volunteer.id.seq(),
        |row| {
            let found = opened(row, vault)?;
            Ok(found.1.as_ref().is_some_and(is_meant).then(|| masked(found)))
        },
        position,
    )
}

/// By which indexes volunteers are found.
#[derive(Clone, Copy)]
struct Places {
    finds_own: bool,
    finds_unit: bool,
    /// The first and the last pair of letters that the name has; none for a part of one letter.
    pairs: [Option<i64>; 2],
}

fn ends(mut pairs: impl DoubleEndedIterator<Item = i64>) -> [Option<i64>; 2] {
    let first = pairs.next();
    [first, pairs.next_back()]
}

/// The rows of a page; names aside, all that is asked for holds for them.
fn candidates(
    db: &mut Db,
    scope: Scope,
    filter: &VolunteerFilter,
    Places { finds_own, finds_unit, pairs: [first, last] }: Places,
    page: PageRequest,
) -> Result<Vec<SealedRow>, StoreError> {
    let volunteers = t::table
        .left_join(p::table.on(p::volunteer.eq(t::id)))
        .filter(scope.visible_to_unit_or_volunteer(index_if(finds_own, t::unit), t::id))
        .filter(given(filter.unit, |unit| within(index_if(finds_unit, t::unit), unit)))
        .filter(given(filter.status, |status| t::status.eq(Stored(status))))
        .filter(given(filter.number, |number| t::id.eq(Stored(number))))
        .filter(given(filter.mobile, |mobile| p::mobile_index.eq(Stored(mobile))))
        .filter(given(first, |pair| t::id.eq_any(named_with(pair))))
        .filter(given(last, |pair| t::id.eq_any(named_with(pair))))
        .filter(page.older(t::id))
        .order(t::id.desc())
        .limit(page.rows_to_read())
        .select((t::all_columns, p::content_sealed.nullable()));
    db.load(volunteers)
}

/// The document's and the mobile's number in full. The caller has decided that the reader is
/// entitled to them.
pub fn numbers_in_full(
    db: &mut Db,
    vault: &Vault,
    scope: Scope,
    id: VolunteerId,
) -> Result<Option<NumbersInFull>, StoreError> {
    let person = whole(db, vault, scope, id)?.and_then(|(_, person)| person);
    Ok(person.map(|person| NumbersInFull {
        document_number: person.document.number().to_owned(),
        mobile: person.mobile.as_str().to_owned(),
    }))
}

/// A volunteer, and all that is known of the person, to be changed; none where the volunteer is not to be seen,
/// no person once the registration is closed.
pub fn whole(
    db: &mut Db,
    vault: &Vault,
    scope: Scope,
    id: VolunteerId,
) -> Result<Option<(Volunteer, Option<Person>)>, StoreError> {
    let volunteer = t::table
        .left_join(p::table.on(p::volunteer.eq(t::id)))
        .filter(scope.visible_to_unit_or_volunteer(t::unit, t::id))
        .filter(t::id.eq(Stored(id)))
        .select((t::all_columns, p::content_sealed.nullable()));
    db.one(volunteer)?.map(|row| opened(row, vault)).transpose()
}

/// When these volunteers were born; nothing of who is erased. Rules ask for it, no reader does.
pub fn birth_dates(
    db: &mut Db,
    vault: &Vault,
    volunteers: &[VolunteerId],
) -> Result<HashMap<VolunteerId, NaiveDate>, StoreError> {
    let people = p::table
        .filter(is_one_of(p::volunteer, volunteers.to_vec()))
        .select((p::volunteer, p::content_sealed));
    let rows: Vec<(Stored<VolunteerId>, Vec<u8>)> = db.load(people)?;
    let born = |(volunteer, cell): (Stored<VolunteerId>, Vec<u8>)| {
        Ok((volunteer.0, opened_person(vault, volunteer.0, &cell)?.birth_date))
    };
    rows.into_iter().map(born).collect()
}

/// The volunteer as they are in the ledger now, to check whether a token is still valid.
pub fn current(db: &mut Db, id: VolunteerId) -> Result<Option<Volunteer>, StoreError> {
    db.one(t::table.filter(t::id.eq(Stored(id))))
}

/// The units that a volunteer had belonged to as of an entry, from the first on; none where the volunteer is not to
/// be seen, or was not there yet. What ended later had not ended.
pub fn memberships(
    db: &mut Db,
    scope: Scope,
    id: VolunteerId,
    as_of: Seq,
) -> Result<Option<Vec<Membership>>, StoreError> {
    let memberships = m::table
        .inner_join(t::table.on(t::id.eq(m::volunteer)))
        .filter(t::id.eq(Stored(id)))
        .filter(scope.visible_to_unit_or_volunteer(t::unit, t::id))
        .filter(m::entry.le(Stored(as_of)))
        .order(m::entry)
        .select(m::all_columns);
    let known = db.load(memberships)?.into_iter().map(|membership: Membership| membership.as_of(as_of));
    // A volunteer has one membership at least.
    Ok(Some(known.collect()).filter(|memberships: &Vec<_>| !memberships.is_empty()))
}

/// Whether the volunteer is to be seen: the permission of all that hangs on a volunteer.
pub fn is_visible(db: &mut Db, scope: Scope, id: VolunteerId) -> Result<bool, StoreError> {
    let volunteer = t::table
        .filter(scope.visible_to_unit_or_volunteer(t::unit, t::id))
        .filter(t::id.eq(Stored(id)))
        .select(t::id);
    Ok(db.one::<Stored<VolunteerId>, _>(volunteer)?.is_some())
}

/// Whose names have this pair of letters.
#[auto_type(type_case = "PascalCase")]
fn named_with(pair: i64) -> _ {
    n::table.filter(n::pair.eq(pair)).select(n::volunteer)
}

/// A volunteer, and what is known of the person, encrypted.
type SealedRow = (Volunteer, Option<Vec<u8>>);

fn opened((volunteer, content): SealedRow, vault: &Vault) -> Result<(Volunteer, Option<Person>), StoreError> {
    let person = content.map(|cell| opened_person(vault, volunteer.id, &cell)).transpose()?;
    Ok((volunteer, person))
}

fn masked((volunteer, person): (Volunteer, Option<Person>)) -> VolunteerReadModel {
    VolunteerReadModel { volunteer, person: person.map(Into::into) }
}
