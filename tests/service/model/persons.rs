//! Random persons: mostly as they should be, sometimes without a consent or with another's document.

use crate::support::random::Random;
use crate::support::writer::vault;
use chrono::{Datelike, Duration, NaiveDate};
use hourbook::domain::commitment::Committed;
use hourbook::domain::identity::Gender;
use hourbook::domain::identity::{DocumentKind, IdentityDocument};
use hourbook::domain::operator::OperatorIdentity;
use hourbook::domain::person::{Consent, GuardianConsent, Person, PersonIndexes, PoliticalStatus};
use hourbook::domain::time::{LocalZone, Timestamp};
use hourbook::journal::commit;
use hourbook::store::vault::Vault;
use std::sync::Arc;

/// Makes persons, each with a document of its own unless told otherwise.
pub struct Persons {
    vault: Arc<Vault>,
    documents: i64,
}

impl Persons {
    pub fn new() -> Self {
        Self { vault: vault(), documents: 0 }
    }

    /// Somebody new; in a few cases somebody with the document of a former person.
    pub fn somebody(&mut self, random: &mut Random, now: Timestamp) -> (Committed<Person>, PersonIndexes) {
        let number = if random.percent(12) {
            random.between(0..=self.documents)
        } else {
            self.documents += 1;
            self.documents
        };
        self.with_document(random, now, &format!("E{number:07}"))
    }

    /// Somebody with this document.
    pub fn with_document(
        &self,
        random: &mut Random,
        now: Timestamp,
        number: &str,
    ) -> (Committed<Person>, PersonIndexes) {
        let today = LocalZone::shanghai().date_of(now);
        let (birth_date, gender) = (birth_date(random, today), Gender::Female);
        let document = IdentityDocument::new(DocumentKind::Passport, number, birth_date, gender).unwrap();
        let mobile = format!("138{:08}", random.between(0..=99_999_999));
        let person = Person {
            name: format!("志愿者{number}").parse().unwrap(),
            gender,
            birth_date,
            document,
            mobile: mobile.parse().unwrap(),
            residence: random.percent(50).then(|| "新华区".parse().unwrap()),
            skills: vec!["急救".parse().unwrap()],
            service_categories: vec![],
            political_status: vec![PoliticalStatus { party_member: true, effective_from: today }],
            consent: consent(random, now),
            guardian_consent: guardian_consent(random, now, today.year() - birth_date.year()),
        };
        let indexes = self.indexes(&person);
        (commit(person, random.bytes()).unwrap(), indexes)
    }

    /// The same person, with a document of somebody new.
    pub fn with_another_document(
        &mut self,
        random: &mut Random,
        person: &Person,
    ) -> (Committed<Person>, PersonIndexes) {
        self.documents += 1;
        let number = format!("E{:07}", self.documents);
        let document =
            IdentityDocument::new(DocumentKind::Passport, &number, person.birth_date, person.gender).unwrap();
        let person = Person { document, ..person.clone() };
        let indexes = self.indexes(&person);
        (commit(person, random.bytes()).unwrap(), indexes)
    }

    /// What the person is found by.
    pub fn indexes(&self, person: &Person) -> PersonIndexes {
        self.vault.person_indexes(person)
    }

    /// By which document an operator is known: mostly nobody else's, sometimes that of a person or an operator.
    pub fn operator(&mut self, random: &mut Random) -> OperatorIdentity {
        let number = if random.percent(40) {
            random.between(0..=self.documents)
        } else {
            9_000_000 + random.between(0..=99)
        };
        let document = IdentityDocument::by_itself(DocumentKind::Passport, &format!("E{number:07}")).unwrap();
        let index = self.vault.identity_index(&document);
        OperatorIdentity { document: commit(document, random.bytes()).unwrap(), index }
    }
}

fn birth_date(random: &mut Random, today: NaiveDate) -> NaiveDate {
    let days = match random.below(100) {
        0..85 => random.between(19 * 366..=80 * 365),
        85..93 => random.between(14 * 366..=17 * 365),
        93..99 => random.between(6 * 366..=13 * 365),
        _ => -random.between(1..=20),
    };
    today - Duration::days(days)
}

fn consent(random: &mut Random, now: Timestamp) -> Consent {
    let hours = if random.percent(98) { -random.between(0..=200) } else { 5 };
    Consent { given_at: now.plus(Duration::hours(hours)), text_version: "2026-1".parse().unwrap() }
}

/// As the age asks for, but for some who forgot it.
fn guardian_consent(random: &mut Random, now: Timestamp, age: i32) -> Option<GuardianConsent> {
    (age <= 18 && random.percent(85)).then(|| GuardianConsent {
        name: "监护人".parse().unwrap(),
        consent: consent(random, now),
        separate_consent: (age <= 14 && random.percent(80)).then(|| consent(random, now)),
    })
}
