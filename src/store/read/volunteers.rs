//! Volunteers, and the people behind the numbers.

use super::list::{Listing, Order, PageOf, PageRequest, equals, rows};
use super::row::Row;
use super::scope::{Scope, within};
use crate::domain::identity::Gender;
use crate::domain::identity::{DocumentKind, mask};
use crate::domain::ids::{UnitId, VolunteerId};
use crate::domain::person::BlindIndex;
use crate::domain::person::{Consent, GuardianConsent, PoliticalStatus};
use crate::domain::text::{Label, Name};
use crate::domain::volunteer::{Membership, Volunteer, VolunteerStatus};
use crate::store::sql::Sql;
use crate::store::table::Table;
use crate::store::vault::{CellAddress, Vault, VaultError};
use crate::store::{Db, StoreError};
use chrono::NaiveDate;
use std::fmt;

/// A volunteer, and who it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VolunteerView {
    pub volunteer: Volunteer,
    /// None once the registration is closed: personal data is erased then.
    pub person: Option<PersonView>,
}

/// A person, as everybody sees them who may see the volunteer: the two numbers masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonView {
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
        write!(f, "NumbersInFull({}, {})", mask(&self.document_number), mask(&self.mobile))
    }
}

/// Which volunteers are looked for; all that are given must hold.
#[derive(Clone, Debug, Default)]
pub struct VolunteerFilter {
    /// Present members of this unit or one under it.
    pub unit: Option<UnitId>,
    pub status: Option<VolunteerStatus>,
    /// Part of the name; capitals A to Z count as small letters.
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
    Some(VolunteerId::new(crate::domain::ids::Seq(seq)))
}

/// One volunteer.
pub fn get(
    db: &mut Db,
    vault: &Vault,
    scope: Scope,
    id: VolunteerId,
) -> Result<Option<VolunteerView>, StoreError> {
    with_people(scope).only(equals("t.id", &id)).one(db, |row| read_view(row, vault))
}

/// Volunteers, newest first.
pub fn list(
    db: &mut Db,
    vault: &Vault,
    scope: Scope,
    filter: &VolunteerFilter,
    page: PageRequest,
) -> Result<PageOf<VolunteerView>, StoreError> {
    with_people(scope)
        .only_if(filter.unit, |unit| within("t.unit", unit))
        .only_where("t.status", filter.status)
        .only_where("t.id", filter.number)
        .only_where("p.mobile_index", filter.mobile)
        .only_if(filter.name_part.as_ref(), name_contains)
        .page(
            db,
            page,
            ("t.id", Order::NewestFirst),
            |row| read_view(row, vault),
            |view: &VolunteerView| view.volunteer.id.seq(),
        )
}

/// The document's and the mobile's number in full. Whoever calls this has decided that the reader is
/// entitled to them.
pub fn numbers_in_full(
    db: &mut Db,
    vault: &Vault,
    scope: Scope,
    id: VolunteerId,
) -> Result<Option<NumbersInFull>, StoreError> {
    Listing::select(
        "p.document_sealed, p.mobile_sealed",
        "volunteers AS t JOIN people AS p ON p.volunteer = t.id",
    )
    .only(scope.of_volunteer("t.id", "t.unit"))
    .only(equals("t.id", &id))
    .one(db, |mut row| {
        Ok(NumbersInFull {
            document_number: open(vault, "document_sealed", id, &row.next::<Vec<u8>>()?)?,
            mobile: open(vault, "mobile_sealed", id, &row.next::<Vec<u8>>()?)?,
        })
    })
}

/// The volunteer as the ledger has them now, for whoever checks whether a token still holds.
pub fn current(db: &mut Db, id: VolunteerId) -> Result<Option<Volunteer>, StoreError> {
    Listing::of::<Volunteer>().only(equals("t.id", &id)).one_row(db)
}

/// The units that a volunteer has belonged to, from the first on; none where the volunteer is not to
/// be seen.
pub fn memberships(
    db: &mut Db,
    scope: Scope,
    id: VolunteerId,
) -> Result<Option<Vec<Membership>>, StoreError> {
    let visible = visible_with(scope, id);
    let sql = Listing::of::<Membership>()
        .only(equals("t.volunteer", &id))
        .only(Sql::new("EXISTS (").join(visible).and(")"))
        .end(" ORDER BY t.entry");
    // A volunteer has one membership at least.
    Ok(Some(rows(db, sql, |mut row| row.table())?).filter(|memberships| !memberships.is_empty()))
}

/// The volunteer's row, if it is to be seen: the permission of all that hangs on a volunteer.
pub(super) fn visible_with(scope: Scope, id: VolunteerId) -> Sql {
    Listing::select("v.id", "volunteers AS v")
        .only(scope.of_volunteer("v.id", "v.unit"))
        .only(equals("v.id", &id))
        .end("")
}

const PERSON_COLUMNS: &str = "p.name, p.gender, p.birth_date, p.document_kind, p.document_sealed, \
     p.mobile_sealed, p.residence, p.skills, p.service_categories, p.political_status, p.consent, \
     p.guardian_consent";

fn with_people(scope: Scope) -> Listing {
    let columns = format!("{}, {PERSON_COLUMNS}", Volunteer::select_list("t"));
    Listing::select(&columns, "volunteers AS t LEFT JOIN people AS p ON p.volunteer = t.id")
        .only(scope.of_volunteer("t.id", "t.unit"))
}

fn name_contains(part: &Name) -> Sql {
    let literal = ["!", "%", "_"]
        .iter()
        .fold(part.as_str().to_owned(), |text, special| text.replace(special, &format!("!{special}")));
    Sql::new("LOWER(p.name) LIKE LOWER(?) ESCAPE '!'").string(&format!("%{literal}%"))
}

fn read_view(mut row: Row, vault: &Vault) -> Result<VolunteerView, StoreError> {
    let volunteer: Volunteer = row.table()?;
    let person = match row.next::<Option<Name>>()? {
        Some(name) => Some(read_person(row, vault, volunteer.id, name)?),
        None => None,
    };
    Ok(VolunteerView { volunteer, person })
}

fn read_person(mut row: Row, vault: &Vault, id: VolunteerId, name: Name) -> Result<PersonView, StoreError> {
    Ok(PersonView {
        name,
        gender: row.word()?,
        birth_date: row.next()?,
        document_kind: row.word()?,
        document_number_masked: mask(&open(vault, "document_sealed", id, &row.next::<Vec<u8>>()?)?),
        mobile_masked: mask(&open(vault, "mobile_sealed", id, &row.next::<Vec<u8>>()?)?),
        residence: row.next()?,
        skills: row.json()?,
        service_categories: row.json()?,
        political_status: row.json()?,
        consent: row.json()?,
        guardian_consent: row.json_if_any()?,
    })
}

fn open(vault: &Vault, column: &str, id: VolunteerId, sealed: &[u8]) -> Result<String, StoreError> {
    let plain = vault.open(CellAddress { table: "people", column, row: id.seq().0 }, sealed)?;
    String::from_utf8(plain).map_err(|_| StoreError::Vault(VaultError::NotAuthentic))
}
