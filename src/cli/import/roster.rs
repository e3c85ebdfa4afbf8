//! Rosters (花名册): one person a row, to be registered.

use super::cell::{self, Expected, Rounding, Told};
use super::header::{HeaderColumn, Need};
use super::kind::{Asked, Kind, Site};
use super::moment;
use super::report::{RowResult, Standing};
use super::row::{ImportRow, ROUNDED, RowError};
use crate::api::language::Language;
use crate::domain::actor::Role;
use crate::domain::identity::{DocumentKind, Gender, IdentityDocument, IdentityError, Mobile, MobileError};
use crate::domain::ids::{UnitId, VolunteerId};
use crate::domain::operator::Operator;
use crate::domain::person::{self, BlindIndex, Consent, GuardianConsent, Person, PoliticalStatus};
use crate::domain::text::{Label, Name, Note, UnitCode, searched};
use crate::domain::time::{LocalZone, Timestamp};
use crate::domain::volunteer::{self, Register, Volunteer, number_of};
use crate::domain::{Command, Outcome, Rejection};
use crate::journal::commit;
use crate::store::read::volunteers::{NumbersInFull, PersonReadModel};
use crate::store::read::{Scope, lookup, units, volunteers};
use crate::store::{Db, StoreError};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::HashMap;

const NAME: HeaderColumn = HeaderColumn {
    name: "name",
    chinese: &["姓名", "志愿者姓名"],
    need: Need::Always,
    meaning: "as in the identity document",
};
const GENDER: HeaderColumn = HeaderColumn {
    name: "gender",
    chinese: &["性别"],
    need: Need::Always,
    meaning: "female (女) or male (男)",
};
const BIRTH_DATE: HeaderColumn = HeaderColumn {
    name: "birth_date",
    chinese: &["出生日期", "出生年月日", "出生年月", "生日"],
    need: Need::Always,
    meaning: "2008-03-01, 2008/3/1 or 2008年3月1日",
};
const DOCUMENT_KIND: HeaderColumn = HeaderColumn {
    name: "document_kind",
    chinese: &["证件类型", "证件种类"],
    need: Need::Never,
    meaning: "resident_identity (居民身份证) unless it says passport (护照), hong_kong_macao_permit, \
              taiwan_permit or foreign_permanent_resident",
};
const DOCUMENT_NUMBER: HeaderColumn = HeaderColumn {
    name: "document_number",
    chinese: &[
        "证件号码",
        "身份证号",
        "身份证号码",
        "证件号",
        "身份证",
        "居民身份证号",
        "居民身份证号码",
        "公民身份号码",
    ],
    need: Need::Always,
    meaning: "the whole number",
};
const MOBILE: HeaderColumn = HeaderColumn {
    name: "mobile",
    chinese: &["手机号", "手机号码", "手机", "联系电话", "联系方式", "电话", "电话号码", "移动电话"],
    need: Need::Always,
    meaning: "11 digits, or + and country code",
};
const UNIT: HeaderColumn = HeaderColumn {
    name: "unit",
    chinese: &["单位代码", "单位编码"],
    need: Need::Or("unit_name"),
    meaning: "the unit's code, or its name where one unit is called so",
};
const UNIT_NAME: HeaderColumn = HeaderColumn {
    name: "unit_name",
    chinese: &["单位名称", "所属单位", "所在单位", "单位"],
    need: Need::Never,
    meaning: "the same; read where the code is blank",
};
const RESIDENCE: HeaderColumn = HeaderColumn {
    name: "residence",
    chinese: &["居住地", "居住区域", "现居住地", "家庭住址"],
    need: Need::Never,
    meaning: "area of residence",
};
const SKILLS: HeaderColumn = HeaderColumn {
    name: "skills",
    chinese: &["技能", "特长", "技能特长"],
    need: Need::Never,
    meaning: "parted by ; or ； or 、",
};
const SERVICE_CATEGORIES: HeaderColumn = HeaderColumn {
    name: "service_categories",
    chinese: &["服务类别", "志愿服务类别", "服务意向"],
    need: Need::Never,
    meaning: "parted by ; or ； or 、",
};
const PARTY_MEMBER: HeaderColumn = HeaderColumn {
    name: "party_member",
    chinese: &["党员", "是否党员", "中共党员", "政治面貌"],
    need: Need::Never,
    meaning: "yes (是) or no (否), or the political status: 中共党员, 共青团员, 群众",
};
const PARTY_MEMBER_SINCE: HeaderColumn = HeaderColumn {
    name: "party_member_since",
    chinese: &["入党日期", "入党时间"],
    need: Need::Never,
    meaning: "a day; without one membership counts from the day of the consent",
};
const CONSENT_AT: HeaderColumn = HeaderColumn {
    name: "consent_at",
    chinese: &["同意时间", "同意日期"],
    need: Need::Always,
    meaning: "when the person consented: a day, a local time such as 2026-09-01 08:00, or RFC 3339",
};
const CONSENT_TEXT: HeaderColumn = HeaderColumn {
    name: "consent_text",
    chinese: &["同意书版本"],
    need: Need::Always,
    meaning: "the version of the text that was consented to",
};
const GUARDIAN_NAME: HeaderColumn = HeaderColumn {
    name: "guardian_name",
    chinese: &["监护人", "监护人姓名"],
    need: Need::Never,
    meaning: "needed under 18, with the next",
};
const GUARDIAN_CONSENT_AT: HeaderColumn = HeaderColumn {
    name: "guardian_consent_at",
    chinese: &["监护人同意时间"],
    need: Need::Never,
    meaning: "when the guardian consented to the same text",
};
const SEPARATE_CONSENT_AT: HeaderColumn = HeaderColumn {
    name: "separate_consent_at",
    chinese: &["单独同意时间"],
    need: Need::Never,
    meaning: "needed under 14: when the guardian consented to the handling of the child's data",
};

const DOCUMENT_CHECKED: HeaderColumn = HeaderColumn {
    name: "document_checked",
    chinese: &["证件已核对"],
    need: Need::Never,
    meaning: "yes (是): the number of the document was looked at, and does end in 000",
};
const ANOTHER_PERSON: HeaderColumn = HeaderColumn {
    name: "another_person",
    chinese: &["确系另一人"],
    need: Need::Never,
    meaning: "yes (是), with a reason: somebody else than who is registered with this name, birth date and mobile",
};
const REASON: HeaderColumn = HeaderColumn {
    name: "reason",
    chinese: &["原因", "理由"],
    need: Need::Never,
    meaning: "why it is another person",
};

/// Every column that a roster may have.
pub const COLUMNS: &[&HeaderColumn] = &[
    &NAME,
    &GENDER,
    &BIRTH_DATE,
    &DOCUMENT_KIND,
    &DOCUMENT_NUMBER,
    &DOCUMENT_CHECKED,
    &MOBILE,
    &UNIT,
    &UNIT_NAME,
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
    &ANOTHER_PERSON,
    &REASON,
];

/// People to be registered.
#[derive(Debug, Default)]
pub struct Roster {
    /// What the operator may see of those who are registered already.
    scope: Option<Scope>,
    /// The units that rows have named so far, by code or name.
    units: HashMap<String, NamedUnit>,
    /// Whose registrations with the documents of the current rows were closed, and when.
    closed: HashMap<BlindIndex, (VolunteerId, Timestamp)>,
}

/// What a code or name comes to.
#[derive(Debug)]
enum NamedUnit {
    None,
    One(UnitId),
    /// Their codes.
    Several(Vec<UnitCode>),
}

/// A row, as far as it could be read.
#[derive(Debug)]
pub struct RosterRow {
    /// By code or name.
    unit: Option<String>,
    person: Option<Person>,
    /// Why it is another person than somebody who is alike.
    another_person: Option<Note>,
}

/// What makes two rows the same.
#[derive(Serialize)]
struct Content<'r> {
    unit: UnitId,
    person: &'r Person,
}

const NO_SUCH_UNIT: Expected =
    Expected { english: "no unit has this code or name", chinese: "没有这个代码或名称的单位" };

/// Several units have the name.
struct SeveralUnits<'u>(&'u [UnitCode]);

impl Told for SeveralUnits<'_> {
    fn told(&self, language: Language) -> String {
        let codes = self.0.iter().map(UnitCode::as_str).collect::<Vec<_>>();
        match language {
            Language::English => {
                format!("several units are called so: say which code of {}", codes.join(", "))
            }
            Language::Chinese => format!("有几个同名单位：请填单位代码（{}）", codes.join("、")),
        }
    }
}

impl Roster {
    /// A roster that this operator brings in.
    pub fn new(operator: &Operator) -> Self {
        Self { scope: scope_of(operator), ..Self::default() }
    }

    /// The unit that a row names; what it does not come to is noted.
    fn unit_of(&self, row: &ImportRow, draft: &RosterRow) -> Option<UnitId> {
        let column = if row.text(&UNIT).is_some() { &UNIT } else { &UNIT_NAME };
        match self.units.get(draft.unit.as_ref()?) {
            Some(NamedUnit::One(unit)) => return Some(*unit),
            Some(NamedUnit::Several(codes)) => row.invalid(column, &SeveralUnits(codes)),
            Some(NamedUnit::None) | None => row.refuse_cell(column, "unit_not_found", &NO_SUCH_UNIT),
        }
        None
    }

    fn find_unit(&self, db: &mut Db, named: &str) -> Result<NamedUnit, StoreError> {
        if let Ok(code) = cell::plain(named).parse::<UnitCode>()
            && let Some(unit) = units::by_code(db, Scope::All, &code)?
        {
            return Ok(NamedUnit::One(unit.id));
        }
        let Ok(name) = named.parse::<Name>() else { return Ok(NamedUnit::None) };
        let mut called = units::by_name(db, self.scope.unwrap_or(Scope::All), &name)?;
        Ok(match called.len() {
            0 => NamedUnit::None,
            1 => called.pop().map_or(NamedUnit::None, |unit| NamedUnit::One(unit.id)),
            _ => NamedUnit::Several(called.into_iter().map(|unit| unit.code).collect()),
        })
    }

    /// A person who was registered before this import with the same data needs no second registration; with
    /// other data somebody has to look at it. What the operator may not see is not told.
    fn compare_with_registered(
        &self,
        db: &mut Db,
        site: &Site,
        row: &ImportRow,
        draft: &RosterRow,
    ) -> Result<RowResult, StoreError> {
        let taken = RowError::of(volunteer::Refusal::IdentityTaken.into(), row.language(), site.zone);
        let Some(person) = &draft.person else { return Ok(RowResult::refused(taken)) };
        let index = site.vault.identity_index(&person.document);
        let id = lookup::volunteers_by_identity(db, &[index])?.remove(&index);
        let (Some(id), Some(scope)) = (id.filter(|id| id.seq() <= site.head), self.scope) else {
            return Ok(RowResult::refused(taken));
        };
        let Some(registered) = Registered::load(db, site, scope, id)? else {
            return Ok(RowResult::refused(taken));
        };
        let unit = draft.unit.as_ref().and_then(|named| match self.units.get(named) {
            Some(NamedUnit::One(unit)) => Some(*unit),
            _ => None,
        });
        let differing = registered.differing_columns(person, unit);
        Ok(if differing.is_empty() {
            RowResult::Unchanged { id: number_of(id), standing: Standing::Registered }
        } else {
            let columns = differing.into_iter().map(|column| row.heading(column)).collect::<Vec<_>>();
            let words = row.say(
                format!("{}, with other data: {}", taken.words, columns.join(", ")),
                format!("{}，以下内容不同：{}", taken.words, columns.join("、")),
            );
            RowResult::refused(RowError::new(taken.code, words))
        })
    }

    /// Who was closed is not registered again by a row of before; a consent given since is a new will.
    fn closed_since(&self, site: &Site, row: &ImportRow, person: &Person) -> Option<RowResult> {
        let (volunteer, closed_at) = self.closed.get(&site.vault.identity_index(&person.document))?;
        if person.consent.given_at > *closed_at {
            return None;
        }
        let day = site.zone.date_of(*closed_at);
        let words = row.say(
            format!("the registration was closed on {day}; who comes back consents anew"),
            format!("该注册已于 {day} 注销；重新注册须有新的同意"),
        );
        Some(RowResult::Ended { id: number_of(*volunteer), words })
    }
}

/// What an operator may see.
pub fn scope_of(operator: &Operator) -> Option<Scope> {
    match operator.role {
        Role::Admin => Some(Scope::All),
        Role::Coordinator | Role::Auditor => operator.unit.map(Scope::Unit),
        Role::Volunteer => None,
    }
}

impl Kind for Roster {
    const NAME: &'static str = "roster";
    const COLUMNS: &'static [&'static HeaderColumn] = COLUMNS;
    type Draft = RosterRow;

    fn read(&self, row: &ImportRow, zone: LocalZone) -> RosterRow {
        let unit = row.text(&UNIT).or_else(|| row.text(&UNIT_NAME)).map(str::to_owned);
        if unit.is_none() {
            row.missing(&UNIT);
        }
        let reason = row.optional(&REASON, str::parse);
        let is_another = row.optional(&ANOTHER_PERSON, cell::yes_or_no) == Some(true);
        if is_another && row.text(&REASON).is_none() {
            row.missing(&REASON);
        }
        RosterRow { unit, person: read_person(row, zone), another_person: reason.filter(|_| is_another) }
    }

    fn look_up(&mut self, db: &mut Db, site: &Site, drafts: &[&RosterRow]) -> Result<(), StoreError> {
        for named in drafts.iter().filter_map(|draft| draft.unit.as_ref()) {
            if !self.units.contains_key(named) {
                let found = self.find_unit(db, named)?;
                self.units.insert(named.clone(), found);
            }
        }
        let people = drafts.iter().filter_map(|draft| draft.person.as_ref());
        let indexes: Vec<BlindIndex> =
            people.map(|person| site.vault.identity_index(&person.document)).collect();
        self.closed = lookup::closed_by_identity(db, &indexes)?;
        Ok(())
    }

    fn ask(&self, site: &Site, row: &ImportRow, draft: &RosterRow) -> Option<Asked> {
        let unit = self.unit_of(row, draft);
        let person = draft.person.as_ref()?;
        if let Err(refusal) = person::check_consents(person, site.now, site.zone.date_of(site.now)) {
            row.refuse(RowError::of(refusal.into(), row.language(), site.zone));
        }
        let unit = unit.filter(|_| row.is_sound())?;
        if let Some(closed) = self.closed_since(site, row, person) {
            return Some(Asked::Known(closed));
        }
        match Self::registration(site, unit, person, draft.another_person.as_ref()) {
            Ok(request) => Some(Asked::Entry(request)),
            Err(fault) => {
                row.refuse(fault);
                None
            }
        }
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
        row: &ImportRow,
        draft: &RosterRow,
        rejection: Rejection,
    ) -> Result<RowResult, StoreError> {
        match rejection {
            Rejection::Volunteer(volunteer::Refusal::IdentityTaken) => {
                self.compare_with_registered(db, site, row, draft)
            }
            Rejection::Volunteer(volunteer::Refusal::PersonMayBeRegistered { ref volunteers }) => {
                let who: Vec<String> = volunteers.iter().map(|id| number_of(*id)).collect();
                let column = row.heading(&ANOTHER_PERSON);
                let words = row.say(
                    format!("{rejection} {}", who.join(", ")),
                    format!(
                        "已有姓名、出生日期和手机号都相同的志愿者 {}：确系另一人的，请在“{column}”填“是”并填原因",
                        who.join("、")
                    ),
                );
                Ok(RowResult::refused(RowError::new(rejection.code(), words)))
            }
            other => Ok(RowResult::refused(RowError::of(other, row.language(), site.zone))),
        }
    }
}

impl Roster {
    fn registration(
        site: &Site,
        unit: UnitId,
        person: &Person,
        another_person: Option<&Note>,
    ) -> Result<crate::engine::Request, RowError> {
        let content = Content { unit, person };
        let indexes = site.vault.person_indexes(person);
        let person = commit(person.clone(), site.salt()?).map_err(Site::internal)?;
        let reason = |reason: &Note| commit(reason.clone(), site.salt()?).map_err(Site::internal);
        let another_person = another_person.map(reason).transpose()?;
        site.request(
            Self::NAME,
            &content,
            Command::Register(Register { unit, person, indexes, another_person }),
        )
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
    fn differing_columns(&self, theirs: &Person, unit: Option<UnitId>) -> Vec<&'static HeaderColumn> {
        let ours = &self.person;
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
        differs.into_iter().filter(|(_, differs)| *differs).map(|(column, _)| column).collect()
    }
}

/// What was said last about being a party member.
fn is_member(status: &[PoliticalStatus]) -> Option<bool> {
    status.iter().max_by_key(|status| status.effective_from).map(|status| status.party_member)
}

/// The person, if nothing is wrong with what the row says of them.
fn read_person(row: &ImportRow, zone: LocalZone) -> Option<Person> {
    let name = row.required(&NAME, str::parse);
    let gender = row.required(&GENDER, cell::gender);
    let birth_date = row.required(&BIRTH_DATE, moment::day);
    let document = read_document(row, birth_date, gender);
    let mobile = read_mobile(row);
    let residence = row.optional(&RESIDENCE, str::parse);
    let skills = row.optional(&SKILLS, cell::labels);
    let service_categories = row.optional(&SERVICE_CATEGORIES, cell::labels);
    let given_at = row.required(&CONSENT_AT, |text| moment::instant_or_day(text, zone));
    let text_version = row.required(&CONSENT_TEXT, str::parse);
    let consent =
        given_at.zip(text_version).map(|(given_at, text_version)| Consent { given_at, text_version });
    let political_status = read_political_status(row, consent.as_ref(), zone);
    let guardian_consent = read_guardian_consent(row, consent.as_ref(), zone);
    let person = Person {
        name: name?,
        gender: gender?,
        birth_date: birth_date?,
        document: document?,
        mobile: mobile?,
        residence,
        skills: skills.unwrap_or_default(),
        service_categories: service_categories.unwrap_or_default(),
        political_status,
        guardian_consent,
        consent: consent?,
    };
    row.is_sound().then_some(person)
}

fn read_mobile(row: &ImportRow) -> Option<Mobile> {
    row.required(&MOBILE, |text| {
        let rounded = cell::rounding(text) == Some(Rounding::Rounded);
        if rounded {
            Err(NumberError::Rounded)
        } else {
            cell::number(text).parse().map_err(NumberError::Mobile)
        }
    })
}

/// Why a number is none.
enum NumberError {
    Rounded,
    Mobile(MobileError),
    Document(IdentityError),
}

impl Told for NumberError {
    fn told(&self, language: Language) -> String {
        match self {
            Self::Rounded => ROUNDED.told(language),
            Self::Mobile(error) => error.told(language),
            Self::Document(error) => error.told(language),
        }
    }
}

/// The document, as far as it agrees with itself and with what else could be read of the person.
fn read_document(
    row: &ImportRow,
    birth_date: Option<NaiveDate>,
    gender: Option<Gender>,
) -> Option<IdentityDocument> {
    let kind = row.optional(&DOCUMENT_KIND, cell::document_kind);
    let kind = match row.text(&DOCUMENT_KIND) {
        Some(_) => kind?,
        None => DocumentKind::ResidentIdentity,
    };
    checked_number(row, (&DOCUMENT_NUMBER, &DOCUMENT_CHECKED), kind);
    row.required(&DOCUMENT_NUMBER, |text| {
        if cell::rounding(text) == Some(Rounding::Rounded) {
            return Err(NumberError::Rounded);
        }
        let number = cell::document_number(text);
        match (birth_date, gender) {
            (Some(birth_date), Some(gender)) => IdentityDocument::new(kind, &number, birth_date, gender),
            _ => IdentityDocument::by_itself(kind, &number),
        }
        .map_err(NumberError::Document)
    })
}

/// Notes that an identity number may have been rounded, unless somebody says that it was looked at.
pub fn checked_number(
    row: &ImportRow,
    (number, checked): (&HeaderColumn, &HeaderColumn),
    kind: DocumentKind,
) {
    let said = row.optional(checked, cell::yes_or_no) == Some(true);
    let may_be_rounded = row.text(number).and_then(cell::rounding) == Some(Rounding::Perhaps);
    if kind == DocumentKind::ResidentIdentity && may_be_rounded && !said {
        let column = row.heading(checked).to_owned();
        row.refuse_cell(number, "document_may_be_rounded", &PerhapsRounded(column));
    }
}

/// An identity number that ends in 000.
struct PerhapsRounded(String);

impl Told for PerhapsRounded {
    fn told(&self, language: Language) -> String {
        let column = &self.0;
        match language {
            Language::English => format!(
                "ends in 000, as a spreadsheet leaves what it has rounded: enter it again as text, or say yes under {column}"
            ),
            Language::Chinese => {
                format!("以 000 结尾，可能已被表格软件舍入：请按文本重新填写，或核对无误后在“{column}”填“是”")
            }
        }
    }
}

const ONLY_FOR_MEMBERS: Expected =
    Expected { english: "only for a party member", chinese: "党员才填入党日期" };

/// Where no day is given the status holds from the day on which the person consented, and so said it.
fn read_political_status(
    row: &ImportRow,
    consent: Option<&Consent>,
    zone: LocalZone,
) -> Vec<PoliticalStatus> {
    let since = row.optional(&PARTY_MEMBER_SINCE, moment::day);
    let said = row.optional(&PARTY_MEMBER, cell::party_member);
    let party_member = match (said, since) {
        (None, None) => return Vec::new(),
        (Some(false), Some(_)) => {
            row.invalid(&PARTY_MEMBER_SINCE, &ONLY_FOR_MEMBERS);
            return Vec::new();
        }
        (said, _) => said.unwrap_or(true),
    };
    let from = since.or_else(|| consent.map(|consent| zone.date_of(consent.given_at)));
    from.map(|effective_from| PoliticalStatus { party_member, effective_from }).into_iter().collect()
}

fn read_guardian_consent(
    row: &ImportRow,
    consent: Option<&Consent>,
    zone: LocalZone,
) -> Option<GuardianConsent> {
    let name = row.optional(&GUARDIAN_NAME, str::parse);
    let [given_at, separately_at] = [&GUARDIAN_CONSENT_AT, &SEPARATE_CONSENT_AT]
        .map(|column| row.optional(column, |text| moment::instant_or_day(text, zone)));
    let [says_name, says_consent, says_separate] =
        [&GUARDIAN_NAME, &GUARDIAN_CONSENT_AT, &SEPARATE_CONSENT_AT].map(|column| row.text(column).is_some());
    if (says_consent || says_separate) && !says_name {
        row.missing(&GUARDIAN_NAME);
    }
    if says_name && !says_consent {
        row.missing(&GUARDIAN_CONSENT_AT);
    }
    let text_version = &consent?.text_version;
    let to_the_same_text = |given_at| Consent { given_at, text_version: text_version.clone() };
    Some(GuardianConsent {
        name: name?,
        consent: to_the_same_text(given_at?),
        separate_consent: separately_at.map(to_the_same_text),
    })
}
