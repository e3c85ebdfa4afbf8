//! Volunteers, and the people behind the numbers.

use super::list::{PageOf, PageRequest};
use super::scope::{Scope, ToUnitOrVolunteer, is_narrow, within};
use crate::domain::identity::{DocumentKind, Gender, IdentityDocument, mask, mask_mobile};
use crate::domain::ids::{Seq, UnitId, VolunteerId};
use crate::domain::person::BlindIndex;
use crate::domain::person::{Consent, GuardianConsent, Person, PoliticalStatus};
use crate::domain::text::{Label, Name, searched};
use crate::domain::volunteer::{Membership, Volunteer, VolunteerStatus};
use crate::store::column::{Stored, documents, words};
use crate::store::expression::{given, index_if};
use crate::store::schema::{memberships as m, name_endings as e, people as p, volunteers as t};
use crate::store::table::table_row;
use crate::store::vault::{CellAddress, Vault, VaultError};
use crate::store::{Db, StoreError};
use chrono::NaiveDate;
use diesel::dsl::{self, auto_type};
use diesel::prelude::*;
use std::fmt;

words!(VolunteerStatus, Gender, DocumentKind);
documents!(Vec<VolunteerId>, Vec<Label>, Vec<PoliticalStatus>, Consent, GuardianConsent);

table_row! {
    Volunteer in volunteers by [id] {
        id, unit, status, member_entry, member_since, open_transfer, open_redemptions, debt, registered_at,
        version, identity_change, identity_entry, closing_asked_by, closing_asked_at, forget_at,
        merged_into, merged_numbers,
        valid_from,
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

impl PersonReadModel {
    fn whole(self, numbers: NumbersInFull) -> Result<Person, StoreError> {
        let mobile = numbers.mobile.parse();
        Ok(Person {
            name: self.name,
            gender: self.gender,
            birth_date: self.birth_date,
            document: IdentityDocument::stored(self.document_kind, numbers.document_number),
            mobile: mobile.map_err(|_| StoreError::corrupt("a stored mobile is none"))?,
            residence: self.residence,
            skills: self.skills,
            service_categories: self.service_categories,
            political_status: self.political_status,
            consent: self.consent,
            guardian_consent: self.guardian_consent,
        })
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
    let volunteer =
        volunteers(scope).filter(t::id.eq(Stored(id))).select((t::all_columns, PERSON.nullable()));
    db.one(volunteer)?.map(|row| view(row, vault)).transpose()
}

/// Volunteers, newest first.
pub fn list(
    db: &mut Db,
    vault: &Vault,
    scope: Scope,
    filter: &VolunteerFilter,
    page: PageRequest,
) -> Result<PageOf<VolunteerReadModel>, StoreError> {
    let (finds_own, finds_unit) = (is_narrow(db, scope.unit())?, is_narrow(db, filter.unit)?);
    let volunteers = t::table
        .left_join(p::table.on(p::volunteer.eq(t::id)))
        .filter(scope.visible_to_unit_or_volunteer(index_if(finds_own, t::unit), t::id))
        .filter(given(filter.unit, |unit| within(index_if(finds_unit, t::unit), unit)))
        .filter(given(filter.status, |status| t::status.eq(Stored(status))))
        .filter(given(filter.number, |number| t::id.eq(Stored(number))))
        .filter(given(filter.mobile, |mobile| p::mobile_index.eq(Stored(mobile))))
        .filter(given(filter.name_part.as_ref(), name_holds))
        .filter(page.older(t::id))
        .order(t::id.desc())
        .limit(page.rows_to_read())
        .select((t::all_columns, PERSON.nullable()));
    let found = db.load(volunteers)?.into_iter().map(|row| view(row, vault));
    Ok(page.page(found.collect::<Result<_, _>>()?, |view| view.volunteer.id.seq()))
}

/// The document's and the mobile's number in full. The caller has decided that the reader is
/// entitled to them.
pub fn numbers_in_full(
    db: &mut Db,
    vault: &Vault,
    scope: Scope,
    id: VolunteerId,
) -> Result<Option<NumbersInFull>, StoreError> {
    let sealed = volunteers(scope)
        .filter(t::id.eq(Stored(id)))
        .select((p::document_sealed.nullable(), p::mobile_sealed.nullable()));
    let Some((Some(document), Some(mobile))) = db.one::<(Option<Vec<u8>>, Option<Vec<u8>>), _>(sealed)?
    else {
        return Ok(None);
    };
    Ok(Some(NumbersInFull {
        document_number: open(vault, "document_sealed", id, &document)?,
        mobile: open(vault, "mobile_sealed", id, &mobile)?,
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
    let Some(VolunteerReadModel { volunteer, person }) = get(db, vault, scope, id)? else { return Ok(None) };
    let numbers = numbers_in_full(db, vault, scope, id)?;
    let person = person.zip(numbers).map(|(person, numbers)| person.whole(numbers)).transpose()?;
    Ok(Some((volunteer, person)))
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

#[auto_type(no_type_alias)]
fn volunteers(scope: Scope) -> _ {
    let visible: ToUnitOrVolunteer<t::unit, t::id> = scope.visible_to_unit_or_volunteer(t::unit, t::id);
    t::table.left_join(p::table.on(p::volunteer.eq(t::id))).filter(visible)
}

/// Whose names hold this part: one of the name's endings begins with it.
#[auto_type(type_case = "PascalCase")]
fn named_like(part: String, after: String) -> _ {
    e::table.filter(e::ending.ge(part)).filter(e::ending.lt(after)).select(e::volunteer)
}

fn name_holds(part: &Name) -> dsl::EqAny<t::id, NamedLike> {
    let part = searched(part.as_str());
    let after = format!("{part}{}", char::MAX);
    t::id.eq_any(named_like(part, after))
}

type PersonColumns = (
    p::name,
    p::gender,
    p::birth_date,
    p::document_kind,
    p::document_sealed,
    p::mobile_sealed,
    p::residence,
    p::skills,
    p::service_categories,
    p::political_status,
    p::consent,
    p::guardian_consent,
);

const PERSON: PersonColumns = (
    p::name,
    p::gender,
    p::birth_date,
    p::document_kind,
    p::document_sealed,
    p::mobile_sealed,
    p::residence,
    p::skills,
    p::service_categories,
    p::political_status,
    p::consent,
    p::guardian_consent,
);

/// What [`PERSON`] selects.
#[derive(Queryable)]
struct PersonRow {
    name: Stored<Name>,
    gender: Stored<Gender>,
    birth_date: Stored<NaiveDate>,
    document_kind: Stored<DocumentKind>,
    document_sealed: Vec<u8>,
    mobile_sealed: Vec<u8>,
    residence: Option<Stored<Name>>,
    skills: Stored<Vec<Label>>,
    service_categories: Stored<Vec<Label>>,
    political_status: Stored<Vec<PoliticalStatus>>,
    consent: Stored<Consent>,
    guardian_consent: Option<Stored<GuardianConsent>>,
}

fn view(
    (volunteer, person): (Volunteer, Option<PersonRow>),
    vault: &Vault,
) -> Result<VolunteerReadModel, StoreError> {
    let person = person.map(|person| person.view(vault, volunteer.id)).transpose()?;
    Ok(VolunteerReadModel { volunteer, person })
}

impl PersonRow {
    fn view(self, vault: &Vault, id: VolunteerId) -> Result<PersonReadModel, StoreError> {
        Ok(PersonReadModel {
            name: self.name.value(),
            gender: self.gender.value(),
            birth_date: self.birth_date.value(),
            document_kind: self.document_kind.value(),
            document_number_masked: mask(&open(vault, "document_sealed", id, &self.document_sealed)?),
            mobile_masked: mask_mobile(&open(vault, "mobile_sealed", id, &self.mobile_sealed)?),
            residence: self.residence.map(Stored::value),
            skills: self.skills.value(),
            service_categories: self.service_categories.value(),
            political_status: self.political_status.value(),
            consent: self.consent.value(),
            guardian_consent: self.guardian_consent.map(Stored::value),
        })
    }
}

fn open(vault: &Vault, column: &str, id: VolunteerId, sealed: &[u8]) -> Result<String, StoreError> {
    let plain = vault.open(CellAddress { table: "people", column, row: id.seq().0 }, sealed)?;
    String::from_utf8(plain).map_err(|_| StoreError::Vault(VaultError::NotAuthentic))
}
