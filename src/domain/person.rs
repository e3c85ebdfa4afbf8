//! The person behind a volunteer number: personal data, which never enters the journal.

use super::choice::choice;
use super::identity::{Gender, IdentityDocument, Mobile};
use super::ids::Seq;
use super::noun::refusals;
use super::text::{Label, Name};
use super::time::{Timestamp, age_on};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A keyed hash that finds a text without showing it (blind index).
pub type BlindIndex = [u8; 32];

/// Political status (政治面貌) from a day on; assessments ask for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PoliticalStatus {
    /// Whether a member of the party (党员).
    pub party_member: bool,
    /// First day for which it is valid.
    pub effective_from: NaiveDate,
}

/// To what a person, or a guardian, consented and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// When it was given.
    pub given_at: Timestamp,
    /// Which text, by its version.
    pub text_version: Label,
}

/// A guardian's consent for a person under 18.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuardianConsent {
    /// The guardian.
    pub name: Name,
    /// To the registration.
    pub consent: Consent,
    /// To the handling of the child's personal data, apart from the former: needed under 14
    /// (Personal Information Protection Law, article 31).
    pub separate_consent: Option<Consent>,
}

/// What is known of a person. In this form it is committed to, and kept: the names are for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub name: Name,
    pub gender: Gender,
    pub birth_date: NaiveDate,
    pub document: IdentityDocument,
    pub mobile: Mobile,
    pub residence: Option<Name>,
    pub skills: Vec<Label>,
    pub service_categories: Vec<Label>,
    pub political_status: Vec<PoliticalStatus>,
    pub consent: Consent,
    pub guardian_consent: Option<GuardianConsent>,
}

choice! {
    /// What is known of a person, by its parts: the journal says which changed, never what they hold.
    pub enum PersonField {
        /// 姓名.
        Name,
        /// 性别.
        Gender,
        /// 出生日期.
        BirthDate,
        /// 证件.
        Document,
        /// 监护人同意.
        GuardianConsent,
        /// 政治面貌.
        PoliticalStatus,
        /// 同意.
        Consent,
        /// 手机号码.
        Mobile,
        /// 居住地.
        Residence,
        /// 技能.
        Skills,
        /// 服务类别.
        ServiceCategories,
    }
}

impl PersonField {
    /// Whether it is changed by two persons only.
    #[must_use]
    pub const fn takes_second_person(self) -> bool {
        matches!(self, Self::Name | Self::Document)
    }

    /// Whether certificates say it, or rest on it: those of before a change speak of somebody else.
    #[must_use]
    pub const fn is_certified(self) -> bool {
        matches!(self, Self::Name | Self::Document | Self::BirthDate)
    }
}

impl Person {
    /// In which parts the two differ.
    #[must_use]
    pub fn differing(&self, other: &Self) -> Vec<PersonField> {
        use PersonField as Field;
        let differs = [
            (Field::Name, self.name != other.name),
            (Field::Gender, self.gender != other.gender),
            (Field::BirthDate, self.birth_date != other.birth_date),
            (Field::Document, self.document != other.document),
            (Field::GuardianConsent, self.guardian_consent != other.guardian_consent),
            (Field::PoliticalStatus, self.political_status != other.political_status),
            (Field::Consent, self.consent != other.consent),
            (Field::Mobile, self.mobile != other.mobile),
            (Field::Residence, self.residence != other.residence),
            (Field::Skills, self.skills != other.skills),
            (Field::ServiceCategories, self.service_categories != other.service_categories),
        ];
        differs.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
    }
}

/// What the volunteer may change: how to reach them, and what they can and want to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    pub mobile: Mobile,
    pub residence: Option<Name>,
    pub skills: Vec<Label>,
    pub service_categories: Vec<Label>,
}

impl Contact {
    /// The person with these; all else is as it was.
    #[must_use]
    pub fn onto(self, person: Person) -> Person {
        let Self { mobile, residence, skills, service_categories } = self;
        Person { mobile, residence, skills, service_categories, ..person }
    }
}

/// Who somebody is, as the office says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedIdentity {
    pub name: Name,
    pub gender: Gender,
    pub birth_date: NaiveDate,
    /// None leaves it as it is.
    pub document: Option<IdentityDocument>,
    pub guardian_consent: Option<GuardianConsent>,
    /// None leaves it as it is.
    pub consent: Option<Consent>,
    /// None leaves it as it is.
    pub political_status: Option<Vec<PoliticalStatus>>,
}

impl ProposedIdentity {
    /// The person with this identity; all else is as it was.
    #[must_use]
    pub fn onto(self, person: Person) -> Person {
        Person {
            name: self.name,
            gender: self.gender,
            birth_date: self.birth_date,
            document: self.document.unwrap_or(person.document),
            guardian_consent: self.guardian_consent,
            consent: self.consent.unwrap_or(person.consent),
            political_status: self.political_status.unwrap_or(person.political_status),
            ..person
        }
    }
}

/// The keyed hashes by which a person is found without being shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonIndexes {
    /// Of document kind and number: unique among the registered.
    pub identity: BlindIndex,
    /// Of the mobile number.
    pub mobile: BlindIndex,
    /// Of name as it is searched for, birth date and mobile number together: by this somebody is recognised whatever
    /// document is shown.
    pub likeness: BlindIndex,
}

/// What a person's data said of party membership (政治面貌), by the entry that said it: assessments ask for a past state.
/// In this form it is kept: the names are for ever.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PartyHistory(Vec<StatedStatuses>);

/// What was said by an entry, until another says something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StatedStatuses {
    entry: Seq,
    statuses: Vec<PoliticalStatus>,
}

impl PartyHistory {
    /// With what the data say from an entry on; the same where they say what they said before.
    #[must_use]
    pub fn stated(mut self, entry: Seq, statuses: &[PoliticalStatus]) -> Self {
        if self.present() != statuses {
            self.0.push(StatedStatuses { entry, statuses: statuses.to_vec() });
        }
        self
    }

    /// What the data say now.
    #[must_use]
    pub fn present(&self) -> &[PoliticalStatus] {
        self.0.last().map_or(&[], |stated| &stated.statuses)
    }

    /// Whether the data said, as of an entry, that the person was a member on a day. Of two statuses from the same day
    /// on, the later one holds.
    #[must_use]
    pub fn is_member(&self, as_of: Seq, day: NaiveDate) -> bool {
        let stated = self.0.iter().rfind(|stated| stated.entry <= as_of);
        let begun = stated.into_iter().flat_map(|stated| &stated.statuses);
        let in_force = begun.filter(|status| status.effective_from <= day).max_by_key(|s| s.effective_from);
        in_force.is_some_and(|status| status.party_member)
    }
}

/// Below this a guardian consents (Civil Code, article 17).
pub(super) const FULL_AGE: u32 = 18;
/// Below this the guardian consents separately to the handling of personal data.
const SEPARATE_CONSENT_AGE: u32 = 14;

/// Below this nobody applies: students from 10 years on (Ministry of Education, Social and Political Affairs 2015 no. 1,
/// article 3).
const LOWEST_AGE: u32 = 10;

/// Who applies has the age.
pub fn check_age(person: &Person, today: NaiveDate) -> Result<(), Refusal> {
    if age_on(person.birth_date, today) < LOWEST_AGE { Err(Refusal::AgeBelowMinimum) } else { Ok(()) }
}

/// Nobody is enrolled without the consents that their age asks for.
pub fn check_consents(person: &Person, now: Timestamp, today: NaiveDate) -> Result<(), Refusal> {
    let guardian = person.guardian_consent.as_ref();
    let separate = guardian.and_then(|g| g.separate_consent.as_ref());
    let consents = [Some(&person.consent), guardian.map(|g| &g.consent), separate];
    if person.birth_date > today || consents.into_iter().flatten().any(|consent| consent.given_at > now) {
        return Err(Refusal::RegistrationDatesInvalid);
    }
    let age = age_on(person.birth_date, today);
    if age < FULL_AGE && guardian.is_none() {
        Err(Refusal::GuardianConsentMissing)
    } else if age < SEPARATE_CONSENT_AGE && separate.is_none() {
        Err(Refusal::SeparateConsentMissing)
    } else {
        Ok(())
    }
}

refusals! {
    /// The consent given does not cover the person's age.
    GuardianConsentMissing = Invalid "guardian_consent_missing" "a volunteer under 18 needs a guardian's consent";
    /// Under 14 the guardian consents to the handling of personal data separately.
    SeparateConsentMissing = Invalid "separate_consent_missing" "a volunteer under 14 needs the guardian's separate consent";
    /// Who applies to be registered is at least 10 years old.
    AgeBelowMinimum = Invalid "age_below_minimum" at "/person/birth_date" "who applies is at least 10 years old";
    /// The consent lies in the future, or the birth date does.
    RegistrationDatesInvalid = Invalid "registration_dates_invalid" "birth date and consents must not lie in the future";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::identity::DocumentKind;

    fn instant(text: &str) -> Timestamp {
        serde_json::from_value(text.into()).unwrap()
    }

    fn consent() -> Consent {
        Consent { given_at: instant("2026-09-01T00:00:00Z"), text_version: "2026-1".parse().unwrap() }
    }

    fn born(birth_date: &str) -> Person {
        let birth_date = birth_date.parse().unwrap();
        Person {
            name: "张三".parse().unwrap(),
            gender: Gender::Male,
            birth_date,
            document: IdentityDocument::new(DocumentKind::Passport, "E1234567", birth_date, Gender::Male)
                .unwrap(),
            mobile: "13800138000".parse().unwrap(),
            residence: None,
            skills: vec![],
            service_categories: vec![],
            political_status: vec![],
            consent: consent(),
            guardian_consent: None,
        }
    }

    fn check(person: &Person) -> Result<(), Refusal> {
        check_consents(person, instant("2026-11-22T04:00:00Z"), "2026-11-22".parse().unwrap())
    }

    #[test]
    fn of_full_age_on_the_birthday() {
        assert_eq!(check(&born("2008-11-22")), Ok(()));
        assert_eq!(check(&born("2008-11-23")), Err(Refusal::GuardianConsentMissing));
    }

    #[test]
    fn who_applies_is_ten_on_the_birthday() {
        let on = |birth_date| check_age(&born(birth_date), "2026-11-22".parse().unwrap());
        assert_eq!(on("2016-11-22"), Ok(()));
        assert_eq!(on("2016-11-23"), Err(Refusal::AgeBelowMinimum));
        assert_eq!(on("2027-01-01"), Err(Refusal::AgeBelowMinimum));
    }

    #[test]
    fn under_fourteen_a_separate_consent_is_needed() {
        let guardian = |separate| GuardianConsent {
            name: "李四".parse().unwrap(),
            consent: consent(),
            separate_consent: separate,
        };
        let mut child = born("2012-11-23");
        child.guardian_consent = Some(guardian(None));
        assert_eq!(check(&child), Err(Refusal::SeparateConsentMissing));
        child.guardian_consent = Some(guardian(Some(consent())));
        assert_eq!(check(&child), Ok(()));
    }

    #[test]
    fn party_membership_is_as_the_data_said_then() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let status = |party_member, from: &str| PoliticalStatus {
            party_member,
            effective_from: from.parse().unwrap(),
        };
        let (joined, left) = (status(true, "2015-07-01"), status(false, "2026-03-01"));
        let history = PartyHistory::default()
            .stated(Seq(5), &[])
            .stated(Seq(7), std::slice::from_ref(&joined))
            .stated(Seq(8), std::slice::from_ref(&joined))
            .stated(Seq(9), &[left.clone(), joined.clone()])
            .stated(Seq(11), &[]);
        for (as_of, on, is_member) in [
            (6, "2026-01-01", false),
            (7, "2015-06-30", false),
            (7, "2015-07-01", true),
            (8, "2026-03-01", true),
            (9, "2026-02-28", true),
            (9, "2026-03-01", false),
            (11, "2026-01-01", false),
        ] {
            assert_eq!(history.is_member(Seq(as_of), day(on)), is_member, "as of {as_of} on {on}");
        }
        assert_eq!(history.0.len(), 3, "what changes nothing is no part of it");
        let twice = PartyHistory::default()
            .stated(Seq(1), &[status(false, "2026-01-01"), status(true, "2026-01-01")]);
        assert!(twice.is_member(Seq(1), day("2026-01-01")));
        let text = serde_json::to_string(&twice).unwrap();
        assert_eq!(
            text,
            r#"[{"entry":1,"statuses":[{"party_member":false,"effective_from":"2026-01-01"},{"party_member":true,"effective_from":"2026-01-01"}]}]"#
        );
        assert_eq!(serde_json::from_str::<PartyHistory>(&text).unwrap(), twice);
    }

    #[test]
    fn a_consent_from_the_future_is_none() {
        let mut person = born("1990-01-01");
        person.consent.given_at = instant("2026-11-22T04:00:01Z");
        assert_eq!(check(&person), Err(Refusal::RegistrationDatesInvalid));
    }
}
