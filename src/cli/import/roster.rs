//! Rosters (花名册): one person a row, to be registered.

use super::cell;
use super::header::HeaderColumn;
use super::kind::{Kind, Site};
use super::report::RowResult;
use super::row::{ImportRow, RowError};
use crate::domain::actor::Role;
use crate::domain::identity::{DocumentKind, IdentityDocument};
use crate::domain::ids::{UnitId, VolunteerId};
use crate::domain::operator::Operator;
use crate::domain::person::{Consent, GuardianConsent, Person, PoliticalStatus};
use crate::domain::text::{Label, UnitCode, searched};
use crate::domain::time::LocalZone;
use crate::domain::volunteer;
use crate::domain::volunteer::{Register, Volunteer, number_of};
use crate::domain::{Command, Outcome, Rejection};
use crate::engine::Request;
use crate::journal::commit;
use crate::store::read::volunteers::{NumbersInFull, PersonReadModel};
use crate::store::read::{Scope, lookup, units, volunteers};
use crate::store::{Db, StoreError};
use serde::Serialize;
use std::collections::HashMap;

const NAME: HeaderColumn =
    HeaderColumn { name: "name", chinese: &["姓名"], needed: true, meaning: "as in the identity document" };
const GENDER: HeaderColumn =
    HeaderColumn {
        name: "gender", chinese: &["性别"], needed: true, meaning: "female (女) or male (男)"
    };
const BIRTH_DATE: HeaderColumn = HeaderColumn {
    name: "birth_date",
    chinese: &["出生日期"],
    needed: true,
    meaning: "2008-03-01, 2008/3/1 or 2008年3月1日",
};
const DOCUMENT_KIND: HeaderColumn = HeaderColumn {
    name: "document_kind",
    chinese: &["证件类型"],
    needed: false,
    meaning: "resident_identity (居民身份证) unless it says passport (护照), hong_kong_macao_permit, \
              taiwan_permit or foreign_permanent_resident",
};
const DOCUMENT_NUMBER: HeaderColumn = HeaderColumn {
    name: "document_number",
    chinese: &["证件号码", "身份证号"],
    needed: true,
    meaning: "the whole number",
};
const MOBILE: HeaderColumn = HeaderColumn {
    name: "mobile",
    chinese: &["手机号"],
    needed: true,
    meaning: "11 digits, or + and country code",
};
const UNIT: HeaderColumn =
    HeaderColumn { name: "unit", chinese: &["单位代码"], needed: true, meaning: "the unit's code" };
const RESIDENCE: HeaderColumn =
    HeaderColumn { name: "residence", chinese: &["居住地"], needed: false, meaning: "area of residence" };
const SKILLS: HeaderColumn =
    HeaderColumn {
        name: "skills", chinese: &["技能"], needed: false, meaning: "parted by ; or ； or 、"
    };
const SERVICE_CATEGORIES: HeaderColumn = HeaderColumn {
    name: "service_categories",
    chinese: &["服务类别"],
    needed: false,
    meaning: "parted by ; or ； or 、",
};
const PARTY_MEMBER: HeaderColumn =
    HeaderColumn {
        name: "party_member", chinese: &["党员"], needed: false, meaning: "yes (是) or no (否)"
    };
const PARTY_MEMBER_SINCE: HeaderColumn = HeaderColumn {
    name: "party_member_since",
    chinese: &["入党日期"],
    needed: false,
    meaning: "a day; without one membership counts from the day of the consent",
};
const CONSENT_AT: HeaderColumn = HeaderColumn {
    name: "consent_at",
    chinese: &["同意时间"],
    needed: true,
    meaning: "when the person consented: a day, a local time such as 2026-09-01 08:00, or RFC 3339",
};
const CONSENT_TEXT: HeaderColumn = HeaderColumn {
    name: "consent_text",
    chinese: &["同意书版本"],
    needed: true,
    meaning: "the version of the text that was consented to",
};
const GUARDIAN_NAME: HeaderColumn = HeaderColumn {
    name: "guardian_name",
    chinese: &["监护人"],
    needed: false,
    meaning: "needed under 18, with the next",
};
const GUARDIAN_CONSENT_AT: HeaderColumn = HeaderColumn {
    name: "guardian_consent_at",
    chinese: &["监护人同意时间"],
    needed: false,
    meaning: "when the guardian consented to the same text",
};
const SEPARATE_CONSENT_AT: HeaderColumn = HeaderColumn {
    name: "separate_consent_at",
    chinese: &["单独同意时间"],
    needed: false,
    meaning: "needed under 14: when the guardian consented to the handling of the child's data",
};

/// Every column that a roster may have.
pub const COLUMNS: &[&HeaderColumn] = &[
    &NAME,
    &GENDER,
    &BIRTH_DATE,
    &DOCUMENT_KIND,
    &DOCUMENT_NUMBER,
    &MOBILE,
    &UNIT,
    &RESIDENCE,
    &SKILLS,
    &SERVICE_CATEGORIES,
    &PARTY_MEMBER,
    &PARTY_MEMBER_SINCE,
    &CONSENT_AT,
    &CONSENT_TEXT,
    &GUARDIAN_NAME,
    &GUARDIAN_CONSENT_AT,
    &SEPARATE_CONSENT_AT,
];

/// People to be registered.
#[derive(Debug, Default)]
pub struct Roster {
    /// What the operator may see of those who are registered already.
    scope: Option<Scope>,
    /// The units that rows have named so far; codes never change hands.
    units: HashMap<UnitCode, UnitId>,
}

/// A row as it was read.
#[derive(Debug)]
pub struct RosterRow {
    unit: UnitCode,
    person: Person,
}

/// What makes two rows the same.
#[derive(Serialize)]
struct Content<'r> {
    unit: UnitId,
    person: &'r Person,
}

impl Roster {
    /// A roster that this operator brings in.
    pub fn new(operator: &Operator) -> Self {
        let scope = match operator.role {
            Role::Admin => Some(Scope::All),
            Role::Coordinator | Role::Auditor => operator.unit.map(Scope::Unit),
            Role::Volunteer => None,
        };
        Self { scope, units: HashMap::new() }
    }

    fn unit_of(&self, row: &RosterRow) -> Result<UnitId, RowError> {
        self.units
            .get(&row.unit)
            .copied()
            .ok_or_else(|| RowError::new("unit_not_found", format!("{}: no unit has this code", UNIT.name)))
    }

    /// A person who was registered before this import with the same data needs no second registration; with
    /// other data somebody has to look at it. What the operator may not see is not told.
    fn compare_with_registered(
        &self,
        db: &mut Db,
        site: &Site,
        row: &RosterRow,
    ) -> Result<RowResult, StoreError> {
        let taken = || RowResult::Refused(Rejection::from(volunteer::Refusal::IdentityTaken).into());
        let index = site.vault.identity_index(&row.person.document);
        let id = lookup::volunteers_by_identity(db, &[index])?.remove(&index);
        let (Some(id), Some(scope)) = (id.filter(|id| id.seq() <= site.head), self.scope) else {
            return Ok(taken());
        };
        let Some(registered) = Registered::load(db, site, scope, id)? else { return Ok(taken()) };
        let differing = registered.differing_columns(row, self.units.get(&row.unit).copied());
        Ok(if differing.is_empty() {
            RowResult::Unchanged { id: number_of(id), words: "registered already" }
        } else {
            let words =
                format!("{}, with other data: {}", volunteer::Refusal::IdentityTaken, differing.join(", "));
            RowResult::Refused(RowError::new(volunteer::Refusal::IdentityTaken.code(), words))
        })
    }
}

impl Kind for Roster {
    const NAME: &'static str = "roster";
    const COLUMNS: &'static [&'static HeaderColumn] = COLUMNS;
    type Parsed = RosterRow;

    fn read(&self, row: &ImportRow, zone: LocalZone) -> Result<RosterRow, RowError> {
        Ok(RosterRow { unit: row.required(&UNIT, str::parse)?, person: read_person(row, zone)? })
    }

    fn look_up(&mut self, db: &mut Db, _: &Site, rows: &[&RosterRow]) -> Result<(), StoreError> {
        for row in rows {
            if !self.units.contains_key(&row.unit)
                && let Some(unit) = units::by_code(db, Scope::All, &row.unit)?
            {
                self.units.insert(unit.code, unit.id);
            }
        }
        Ok(())
    }

    fn ask(&self, site: &Site, row: &RosterRow) -> Result<Request, RowError> {
        let unit = self.unit_of(row)?;
        let content = Content { unit, person: &row.person };
        let indexes = site.vault.person_indexes(&row.person.document, &row.person.mobile);
        let person = commit(row.person.clone(), site.salt()?).map_err(Site::internal)?;
        site.request(
            Self::NAME,
            &content,
            Command::Register(Register { unit, person, indexes, another_person: None }),
        )
    }

    fn id_of(outcome: &Outcome) -> Option<String> {
        match outcome {
            Outcome::Volunteer(volunteer) => Some(volunteer.number()),
            _ => None,
        }
    }

    fn explain(
        &self,
        db: &mut Db,
        site: &Site,
        row: &RosterRow,
        rejection: Rejection,
    ) -> Result<RowResult, StoreError> {
        match rejection {
            Rejection::Volunteer(volunteer::Refusal::IdentityTaken) => {
                self.compare_with_registered(db, site, row)
            }
            other => Ok(RowResult::Refused(other.into())),
        }
    }
}

/// Somebody who is registered.
struct Registered {
    volunteer: Volunteer,
    person: PersonReadModel,
    numbers: NumbersInFull,
}

impl Registered {
    fn load(db: &mut Db, site: &Site, scope: Scope, id: VolunteerId) -> Result<Option<Self>, StoreError> {
        let Some(view) = volunteers::get(db, &site.vault, scope, id)? else { return Ok(None) };
        let numbers = volunteers::numbers_in_full(db, &site.vault, scope, id)?;
        let whole = view.person.zip(numbers);
        Ok(whole.map(|(person, numbers)| Self { volunteer: view.volunteer, person, numbers }))
    }

    /// The columns in which the row says something else. What it leaves out it does not contradict, and
    /// the consents are those of the registration that stands.
    fn differing_columns(&self, row: &RosterRow, unit: Option<UnitId>) -> Vec<&'static str> {
        let (ours, theirs) = (&self.person, &row.person);
        let says = |labels: &[Label]| !labels.is_empty();
        let differs = [
            (&NAME, searched(ours.name.as_str()) != searched(theirs.name.as_str())),
            (&GENDER, ours.gender != theirs.gender),
            (&BIRTH_DATE, ours.birth_date != theirs.birth_date),
            (&MOBILE, self.numbers.mobile != theirs.mobile.as_str()),
            (&UNIT, unit != Some(self.volunteer.unit)),
            (&RESIDENCE, theirs.residence.is_some() && ours.residence != theirs.residence),
            (&SKILLS, says(&theirs.skills) && ours.skills != theirs.skills),
            (
                &SERVICE_CATEGORIES,
                says(&theirs.service_categories) && ours.service_categories != theirs.service_categories,
            ),
            (
                &PARTY_MEMBER,
                is_member(&theirs.political_status)
                    .is_some_and(|member| is_member(&ours.political_status) != Some(member)),
            ),
        ];
        differs.into_iter().filter(|(_, differs)| *differs).map(|(column, _)| column.name).collect()
    }
}

/// What was said last about being a party member.
fn is_member(status: &[PoliticalStatus]) -> Option<bool> {
    status.iter().max_by_key(|status| status.effective_from).map(|status| status.party_member)
}

fn read_person(row: &ImportRow, zone: LocalZone) -> Result<Person, RowError> {
    let gender = row.required(&GENDER, cell::gender)?;
    let birth_date = row.required(&BIRTH_DATE, cell::day)?;
    let kind = row.optional(&DOCUMENT_KIND, cell::document_kind)?.unwrap_or(DocumentKind::ResidentIdentity);
    let document =
        row.required(&DOCUMENT_NUMBER, |number| IdentityDocument::new(kind, number, birth_date, gender));
    let consent = Consent {
        given_at: row.required(&CONSENT_AT, |text| cell::instant_or_day(text, zone))?,
        text_version: row.required(&CONSENT_TEXT, str::parse)?,
    };
    Ok(Person {
        name: row.required(&NAME, str::parse)?,
        gender,
        birth_date,
        document: document?,
        mobile: row.required(&MOBILE, str::parse)?,
        residence: row.optional(&RESIDENCE, str::parse)?,
        skills: row.optional(&SKILLS, cell::labels)?.unwrap_or_default(),
        service_categories: row.optional(&SERVICE_CATEGORIES, cell::labels)?.unwrap_or_default(),
        political_status: read_political_status(row, &consent, zone)?,
        guardian_consent: read_guardian_consent(row, &consent, zone)?,
        consent,
    })
}

/// Where no day is given the status holds from the day on which the person consented, and so said it.
fn read_political_status(
    row: &ImportRow,
    consent: &Consent,
    zone: LocalZone,
) -> Result<Vec<PoliticalStatus>, RowError> {
    let since = row.optional(&PARTY_MEMBER_SINCE, cell::day)?;
    let said = row.optional(&PARTY_MEMBER, cell::yes_or_no)?;
    let party_member = match (said, since) {
        (None, None) => return Ok(Vec::new()),
        (Some(false), Some(_)) => return Err(row.invalid(&PARTY_MEMBER_SINCE, "only for a party member")),
        (said, _) => said.unwrap_or(true),
    };
    let effective_from = since.unwrap_or_else(|| zone.date_of(consent.given_at));
    Ok(vec![PoliticalStatus { party_member, effective_from }])
}

fn read_guardian_consent(
    row: &ImportRow,
    consent: &Consent,
    zone: LocalZone,
) -> Result<Option<GuardianConsent>, RowError> {
    let to_the_same_text = |given_at| Consent { given_at, text_version: consent.text_version.clone() };
    let read_consent = |column| {
        let given_at = row.optional(column, |text| cell::instant_or_day(text, zone))?;
        Ok::<_, RowError>(given_at.map(to_the_same_text))
    };
    let name = row.optional(&GUARDIAN_NAME, str::parse)?;
    let separate_consent = read_consent(&SEPARATE_CONSENT_AT)?;
    match (name, read_consent(&GUARDIAN_CONSENT_AT)?) {
        (Some(name), Some(consent)) => Ok(Some(GuardianConsent { name, consent, separate_consent })),
        (Some(_), None) => Err(row.missing(&GUARDIAN_CONSENT_AT)),
        (None, Some(_)) => Err(row.missing(&GUARDIAN_NAME)),
        (None, None) if separate_consent.is_some() => Err(row.missing(&GUARDIAN_NAME)),
        (None, None) => Ok(None),
    }
}
