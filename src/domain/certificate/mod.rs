//! Certificates (志愿服务记录证明): what a volunteer served, frozen, and checked by anybody who holds it.
//!
//! Order 67 of the Ministry of Civil Affairs (2020) asks that they be free, truthful and verifiable.
//! Free: a volunteer issues her or his own. Truthful: [`decide_issue`] sums the credited service itself
//! and refuses words that say anything else. Verifiable: the entry commits to the words, and what has
//! become of the certificate follows from the ledger whenever it is asked.

mod kept;
pub mod rules;

use super::actor::Actor;
use super::amounts::Minutes;
use super::commitment::{Commitment, Committed};
use super::evidence::Evidence;
use super::general;
use super::identity::DocumentKind;
use super::ids::{CertificateId, ProgrammeId, RecordId, Seq, UnitId, VolunteerId};
use super::noun::{Row, Thing, events, refusals};
use super::record::ServiceRecord;
use super::text::{Label, Name, Note};
use super::time::Timestamp;
use super::volunteer::{Volunteer, number_of};
use crate::domain::choice::choice;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Not;

/// Service days from the first through the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    pub first_day: NaiveDate,
    pub last_day: NaiveDate,
}

impl Period {
    /// Whether the day is one of them.
    #[must_use]
    pub fn contains(self, day: NaiveDate) -> bool {
        (self.first_day..=self.last_day).contains(&day)
    }
}

/// What one credited record gives to a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CreditedService {
    pub record: RecordId,
    pub programme: ProgrammeId,
    pub service_date: NaiveDate,
    pub credited_minutes: Minutes,
    /// Occasions of count-type service.
    pub occasions: i64,
    pub evidence: Evidence,
    pub submitted_by: Actor,
}

/// How it is known that somebody served, as a certificate tells it, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CertifiedEvidence {
    /// Whether it says a check-in that nobody saw.
    #[serde(default, skip_serializing_if = "Not::not")]
    pub self_declared: bool,
    pub evidence: Evidence,
}

impl CertifiedEvidence {
    /// Of a record that somebody submitted.
    #[must_use]
    pub fn of(evidence: Evidence, submitted_by: Actor) -> Self {
        Self { self_declared: evidence.is_self_declared(submitted_by), evidence }
    }
}

/// The service that is known by one kind of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceService {
    #[serde(flatten)]
    pub evidence: CertifiedEvidence,
    pub credited_minutes: Minutes,
    /// Occasions of count-type service.
    pub occasions: i64,
    /// How many service records.
    pub records: i64,
}

impl CreditedService {
    /// Of a credited record.
    #[must_use]
    pub fn of(record: &ServiceRecord) -> Self {
        Self {
            record: record.id,
            programme: record.programme,
            service_date: record.service_date,
            credited_minutes: record.credited_minutes,
            occasions: record.count,
            evidence: record.evidence,
            submitted_by: record.submitted_by,
        }
    }
}

/// The service in one programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammeService {
    pub programme: ProgrammeId,
    pub first_day: NaiveDate,
    pub last_day: NaiveDate,
    pub credited_minutes: Minutes,
    /// Occasions of count-type service.
    pub occasions: i64,
    /// How many service records.
    pub records: i64,
    /// Of the minutes, those of check-ins that nobody saw. Said only where there are some.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub self_declared: Minutes,
    /// Of the minutes, those that the volunteer claimed. Said only where there are some.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub claimed: Minutes,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "as serde asks")]
fn is_zero(minutes: &Minutes) -> bool {
    *minutes == Minutes::ZERO
}

/// A programme's line of a certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertifiedProgramme {
    /// The programme's name when the certificate was issued.
    pub name: Name,
    #[serde(flatten)]
    pub service: ProgrammeService,
}

/// A line of a certificate's second part: what is recorded apart from service and never counted as such
/// (Ministry of Civil Affairs, Order 67, articles 8 and 9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Which noun it is: `training`, `honour`.
    pub kind: Label,
    /// What that is called on paper: 培训, 表彰.
    pub heading: Label,
    pub first_day: NaiveDate,
    pub last_day: NaiveDate,
    pub title: Note,
    /// Who held or gave it.
    pub by: Note,
    /// How long it took, where it took time. Not service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<Minutes>,
    /// How the correction was carried out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<Note>,
}

/// The words and figures of a certificate: kept beside the journal, frozen, erased with the person.
///
/// Its number and its day of issue are not among them: they are its entry's position and time, which
/// the entry binds itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateContent {
    /// The volunteer's name.
    pub name: Name,
    pub document_kind: DocumentKind,
    /// Masked but for its ends.
    pub document_number_masked: String,
    pub volunteer_number: String,
    /// Null if it covers all service up to its issue.
    pub period: Option<Period>,
    pub programmes: Vec<CertifiedProgramme>,
    pub credited_minutes: Minutes,
    /// The same service by its evidence, the best first. Certificates of before do not say it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EvidenceService>,
    /// The recording unit (记录单位).
    pub unit: UnitId,
    pub unit_name: Name,
    /// Who handled it (经办人); none where the volunteer issued it.
    pub handler: Option<Name>,
    /// How the recording unit is reached.
    pub contact: Option<Name>,
    /// The second part, as the ledger had it when the certificate was issued; by their first days.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<Mention>,
}

impl CertificateContent {
    /// Whether it says of this volunteer what was served, and nothing else.
    #[must_use]
    pub fn is_true_of(
        &self,
        volunteer: &Volunteer,
        period: Option<Period>,
        served: &[ProgrammeService],
        evidence: &[EvidenceService],
    ) -> bool {
        self.volunteer_number == number_of(volunteer.id)
            && self.unit == volunteer.unit
            && self.period == period
            && self.programmes.iter().map(|line| &line.service).eq(served)
            && self.credited_minutes == total_minutes(served)
            && self.evidence == evidence
    }
}

/// Who stands for the recording unit on a certificate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signatory {
    /// Who handled it (经办人).
    pub handler: Option<Name>,
    /// How the unit is reached.
    pub contact: Option<Name>,
}

impl Signatory {
    /// What the unit's side says of itself, else what is usual; it is not a volunteer's to say.
    pub fn of(actor: Actor, said: Self, usual: Self) -> Result<Self, general::Refusal> {
        let is_volunteer = matches!(actor, Actor::Volunteer(_));
        if is_volunteer && said != Self::default() {
            return Err(general::Refusal::NotPermitted);
        }
        Ok(Self { handler: said.handler.or(usual.handler), contact: said.contact.or(usual.contact) })
    }
}

choice! {
    /// Where a certificate stands. It is never stored: it follows from the ledger.
    pub enum CertificateState {
        /// All records that it counts are still credited.
        Valid,
        /// A record that it counts was voided later.
        Corrected,
        /// Replaced by another certificate, or the person's name, document or birth date was changed since.
        Superseded,
        /// Taken back by its issuer.
        Revoked,
    }
}

/// A certificate as the ledger sees it: ids and figures.
///
/// It rests on the volunteer's records with a service day in its period that were credited at or before
/// `as_of`, and not voided at or before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    pub id: CertificateId,
    pub volunteer: VolunteerId,
    /// The recording unit.
    pub unit: UnitId,
    /// First service day; none for the whole life, and then no last one.
    pub first_day: Option<NaiveDate>,
    pub last_day: Option<NaiveDate>,
    /// The last entry before it: what had been recorded by then.
    pub as_of: Seq,
    pub credited_minutes: Minutes,
    /// How many service records it counts.
    pub records: i64,
    /// The certificate that it replaces.
    pub replaces: Option<CertificateId>,
    /// The certificate that replaces it.
    pub replaced_by: Option<CertificateId>,
    pub issued_by: Actor,
    pub issued_at: Timestamp,
    pub revoked_by: Option<Actor>,
    pub revoked_at: Option<Timestamp>,
    pub revoked_entry: Option<Seq>,
    /// The entry that changed it last.
    pub version: Seq,
}

impl Row for Certificate {
    type Key = CertificateId;

    fn key(&self) -> CertificateId {
        self.id
    }
}

impl Thing for Certificate {
    fn unit(&self) -> Option<UnitId> {
        Some(self.unit)
    }
}

impl Certificate {
    /// The number that is printed: `C` and the twelve digits of the entry that issued it.
    #[must_use]
    pub fn number(&self) -> String {
        number_of_certificate(self.id)
    }

    /// The service days that it speaks of; none for the whole life.
    #[must_use]
    pub fn period(&self) -> Option<Period> {
        let (first_day, last_day) = self.first_day.zip(self.last_day)?;
        Some(Period { first_day, last_day })
    }

    /// Whether it was neither revoked nor replaced.
    #[must_use]
    pub const fn is_standing(&self) -> bool {
        self.revoked_at.is_none() && self.replaced_by.is_none()
    }

    /// Where it stands, given whether a record that it rests on was voided since, and whether it says who the
    /// person was before a change of identity.
    #[must_use]
    pub const fn state(&self, rests_on_voided: bool, is_of_former_identity: bool) -> CertificateState {
        if self.revoked_at.is_some() {
            CertificateState::Revoked
        } else if self.replaced_by.is_some() || is_of_former_identity {
            CertificateState::Superseded
        } else if rests_on_voided {
            CertificateState::Corrected
        } else {
            CertificateState::Valid
        }
    }
}

/// The number of a certificate's id.
#[must_use]
pub fn number_of_certificate(id: CertificateId) -> String {
    format!("C{:012}", id.seq().0)
}

/// Whose number this is: the inverse of [`number_of_certificate`]; capitals and blanks do not matter.
#[must_use]
pub fn certificate_of_number(typed: &str) -> Option<CertificateId> {
    let digits = typed.trim().strip_prefix(['C', 'c'])?;
    let is_a_number = digits.len() == 12 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let seq = digits.parse().ok().filter(|seq| is_a_number && *seq > 0)?;
    Some(CertificateId::new(Seq(seq)))
}

/// Issues a certificate for a period, or for the whole life.
#[derive(Clone, Debug)]
pub struct IssueCertificate {
    pub volunteer: VolunteerId,
    pub period: Option<Period>,
    /// The one in whose place it is issued.
    pub replaces: Option<CertificateId>,
    /// The registration's version that the words were made from.
    pub volunteer_version: Seq,
    /// The words; none where there is no person that they could be of.
    pub content: Option<Box<Committed<CertificateContent>>>,
}

/// Takes a certificate back: issued in error.
#[derive(Clone, Debug)]
pub struct RevokeCertificate {
    pub certificate: CertificateId,
    pub reason: Committed<Note>,
}

/// What was served in the period, programme by programme in the order in which they were opened.
pub fn served_in<'s>(
    services: impl IntoIterator<Item = &'s CreditedService>,
    period: Option<Period>,
) -> Vec<ProgrammeService> {
    let within =
        |service: &&CreditedService| period.is_none_or(|period| period.contains(service.service_date));
    let mut lines: BTreeMap<ProgrammeId, ProgrammeService> = BTreeMap::new();
    for service in services.into_iter().filter(within) {
        let day = service.service_date;
        let line = lines.entry(service.programme).or_insert(ProgrammeService {
            programme: service.programme,
            first_day: day,
            last_day: day,
            credited_minutes: Minutes::ZERO,
            occasions: 0,
            records: 0,
            self_declared: Minutes::ZERO,
            claimed: Minutes::ZERO,
        });
        line.first_day = line.first_day.min(day);
        line.last_day = line.last_day.max(day);
        line.credited_minutes += service.credited_minutes;
        line.occasions += service.occasions;
        line.records += 1;
        if service.evidence.is_self_declared(service.submitted_by) {
            line.self_declared += service.credited_minutes;
        } else if service.evidence == Evidence::Claimed {
            line.claimed += service.credited_minutes;
        }
    }
    lines.into_values().collect()
}

/// What was served in the period, by its evidence, the best first.
pub fn served_by_evidence<'s>(
    services: impl IntoIterator<Item = &'s CreditedService>,
    period: Option<Period>,
) -> Vec<EvidenceService> {
    let within =
        |service: &&CreditedService| period.is_none_or(|period| period.contains(service.service_date));
    let mut lines: BTreeMap<CertifiedEvidence, EvidenceService> = BTreeMap::new();
    for service in services.into_iter().filter(within) {
        let evidence = CertifiedEvidence::of(service.evidence, service.submitted_by);
        let none = EvidenceService { evidence, credited_minutes: Minutes::ZERO, occasions: 0, records: 0 };
        let line = lines.entry(evidence).or_insert(none);
        line.credited_minutes += service.credited_minutes;
        line.occasions += service.occasions;
        line.records += 1;
    }
    lines.into_values().collect()
}

/// The minutes of all lines.
#[must_use]
pub fn total_minutes(served: &[ProgrammeService]) -> Minutes {
    served.iter().map(|line| line.credited_minutes).sum()
}

events! {
    CertificateIssued = "certificate_issued" {
        volunteer: VolunteerId,
        unit: UnitId,
        /// Null if it covers all service up to its issue.
        period: Option<Period>,
        /// What had been recorded by this entry.
        as_of: Seq,
        credited_minutes: Minutes,
        records: i64,
        content: Commitment,
        replaces: Option<CertificateId>,
    }
    CertificateRevoked = "certificate_revoked" {
        certificate: CertificateId,
        reason: Commitment,
    }
}

refusals! {
    /// No such certificate, or not of this volunteer.
    CertificateNotFound = NotFound "certificate_not_found" "there is no such certificate";
    /// The period must not end before it begins, nor lie in the future.
    CertificatePeriodInvalid = Invalid "certificate_period_invalid" "the period must not end before it begins, and must end today at the latest";
    /// No minutes were credited in the period: there is nothing to certify.
    CertificateEmpty = Invalid "certificate_empty" "no minutes were credited in this period";
    /// The person or the hours changed while the certificate was being issued.
    CertificateStale = Conflict "certificate_stale" "the hours changed while the certificate was being issued: try again";
    /// The certificate has been replaced by another one already.
    CertificateSuperseded { certificate: CertificateId } = Conflict "certificate_superseded" "certificate {certificate} has replaced this one";
    /// The certificate is revoked.
    CertificateRevoked = Conflict "certificate_revoked" "the certificate is revoked";
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn service(record: i64, programme: i64, date: &str, minutes: i64) -> CreditedService {
        CreditedService {
            record: RecordId::new(Seq(record)),
            programme: ProgrammeId::new(Seq(programme)),
            service_date: day(date),
            credited_minutes: Minutes(minutes),
            occasions: i64::from(minutes == 0),
            evidence: Evidence::Leader,
            submitted_by: Actor::System,
        }
    }

    #[test]
    fn what_was_served_is_summed_by_programme_within_the_days() {
        let services = [
            service(9, 2, "2026-11-18", 60),
            service(8, 1, "2026-11-17", 30),
            service(7, 2, "2026-11-16", 90),
            service(6, 2, "2026-11-15", 5),
            service(5, 3, "2026-11-19", 0),
        ];
        let days = Period { first_day: day("2026-11-16"), last_day: day("2026-11-18") };
        let served = served_in(&services, Some(days));
        assert_eq!(served.iter().map(|line| line.credited_minutes.0).collect::<Vec<_>>(), [30, 150]);
        assert_eq!((served[1].first_day, served[1].last_day), (days.first_day, days.last_day));
        assert_eq!((served[1].records, total_minutes(&served)), (2, Minutes(180)));

        let whole_life = served_in(&services, None);
        assert_eq!(total_minutes(&whole_life), Minutes(185));
        assert_eq!((whole_life[2].occasions, whole_life[2].credited_minutes), (1, Minutes::ZERO));
        assert_eq!(served_in(&[], None), []);

        let own = Actor::Volunteer(VolunteerId::new(Seq(1)));
        let of_word = [
            CreditedService { evidence: Evidence::Scan, submitted_by: own, ..services[0] },
            CreditedService { evidence: Evidence::Claimed, submitted_by: own, ..services[2] },
            CreditedService { evidence: Evidence::Scan, ..services[3] },
        ];
        let [line] = served_in(&of_word, None)[..] else { panic!("one programme") };
        assert_eq!((line.credited_minutes.0, line.self_declared.0, line.claimed.0), (155, 60, 90));

        let by_evidence = served_by_evidence(&of_word, None);
        let told = |line: &EvidenceService| {
            (line.evidence.self_declared, line.evidence.evidence, line.credited_minutes.0, line.records)
        };
        assert_eq!(
            by_evidence.iter().map(told).collect::<Vec<_>>(),
            [(false, Evidence::Scan, 5, 1), (false, Evidence::Claimed, 90, 1), (true, Evidence::Scan, 60, 1)]
        );
        assert_eq!(served_by_evidence(&of_word, Some(days)).len(), 2);
    }

    #[test]
    fn a_number_is_read_back_and_nothing_else_is() {
        let id = CertificateId::new(Seq(4711));
        assert_eq!(number_of_certificate(id), "C000000004711");
        for typed in ["C000000004711", " c000000004711 "] {
            assert_eq!(certificate_of_number(typed), Some(id), "{typed}");
        }
        for typed in
            ["", "C", "000000004711", "C4711", "C000000000000", "C-00000004711", "C００００００００４７１１"]
        {
            assert_eq!(certificate_of_number(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_volunteer_says_nothing_for_the_unit() {
        let volunteer = Actor::Volunteer(VolunteerId::new(Seq(2)));
        let named = |name: &str| Signatory { handler: Some(name.parse().unwrap()), contact: None };
        let usual = Signatory { handler: None, contact: Some("0375-2660000".parse().unwrap()) };
        assert_eq!(
            Signatory::of(volunteer, named("王校长"), usual.clone()),
            Err(general::Refusal::NotPermitted)
        );
        assert_eq!(Signatory::of(volunteer, Signatory::default(), usual.clone()), Ok(usual.clone()));
        let said = Signatory::of(Actor::System, named("李老师"), usual.clone()).unwrap();
        assert_eq!((said.handler, said.contact), (named("李老师").handler, usual.contact));
    }

    #[test]
    fn what_the_issuer_says_goes_before_what_follows_by_itself() {
        let mut certificate = Certificate {
            id: CertificateId::new(Seq(9)),
            volunteer: VolunteerId::new(Seq(2)),
            unit: UnitId::new(Seq(1)),
            first_day: None,
            last_day: None,
            as_of: Seq(8),
            credited_minutes: Minutes(60),
            records: 1,
            replaces: None,
            replaced_by: None,
            issued_by: Actor::System,
            issued_at: Timestamp::default(),
            revoked_by: None,
            revoked_at: None,
            revoked_entry: None,
            version: Seq(9),
        };
        assert_eq!(certificate.state(false, false), CertificateState::Valid);
        assert_eq!(certificate.state(true, false), CertificateState::Corrected);
        assert_eq!(certificate.state(true, true), CertificateState::Superseded);
        certificate.replaced_by = Some(CertificateId::new(Seq(10)));
        assert_eq!(certificate.state(true, false), CertificateState::Superseded);
        certificate.revoked_at = Some(Timestamp::default());
        assert_eq!(certificate.state(false, true), CertificateState::Revoked);
    }
}
