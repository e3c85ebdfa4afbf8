//! What requests and answers say of certificates.

use crate::api::state::AppState;
use crate::api::view::View;
use crate::api::wire::{Count, Day, LocalTime};
use crate::domain::actor::Actor;
use crate::domain::amounts::Minutes;
use crate::domain::certificate::{
    Certificate, CertificateContent, CertificateState, CertifiedEvidence, CertifiedProgramme,
    EvidenceService, Mention, Period,
};
use crate::domain::evidence::Evidence;
use crate::domain::identity::DocumentKind;
use crate::domain::ids::{CertificateId, ProgrammeId, Seq, UnitId, VolunteerId};
use crate::domain::text::{Label, Name, Note};
use crate::domain::time::LocalZone;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A range of service dates, both included.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CertificatePeriod)]
pub struct PeriodView {
    pub first_day: Day,
    /// Today at the latest.
    pub last_day: Day,
}

impl From<PeriodView> for Period {
    fn from(period: PeriodView) -> Self {
        Self { first_day: period.first_day.0, last_day: period.last_day.0 }
    }
}

impl From<Period> for PeriodView {
    fn from(period: Period) -> Self {
        Self { first_day: Day(period.first_day), last_day: Day(period.last_day) }
    }
}

/// A certificate to issue.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "volunteer": "VolunteerId", "handler": "周老师", "contact": "0375-0000000",
    "period": { "first_day": "2026-11-01", "last_day": "2026-11-19" }
}))]
pub struct NewCertificate {
    pub volunteer: VolunteerId,
    /// All service up to now by default.
    pub period: Option<PeriodView>,
    /// Who handles it (经办人); by default the operator who issues it. A volunteer may not set it.
    pub handler: Option<Name>,
    /// How to reach the recording unit. A volunteer may not set it.
    pub contact: Option<Name>,
}

/// Who represents the recording unit on the new certificate.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "handler": "周老师", "contact": "0375-0000000" }))]
pub struct Reissue {
    /// Who handles it (经办人); by default the operator who issues it. A volunteer may not set it.
    pub handler: Option<Name>,
    /// How to reach the recording unit. A volunteer may not set it.
    pub contact: Option<Name>,
}

/// Why a certificate is revoked.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "姓名有误" }))]
pub struct Revocation {
    pub reason: Note,
}

/// A certificate.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Certificate)]
pub struct CertificateView {
    pub id: CertificateId,
    /// The number printed on the certificate.
    #[schema(example = "C000000004711")]
    pub number: String,
    pub volunteer: VolunteerId,
    /// The recording unit.
    pub unit: UnitId,
    /// Null if it covers all service up to its issue.
    pub period: Option<PeriodView>,
    /// The journal entry as of which service was counted.
    pub as_of: Seq,
    pub credited_minutes: Minutes,
    /// How many service records it counts.
    pub records: Count,
    pub state: CertificateState,
    pub issued_by: Actor,
    pub issued_at: LocalTime,
    /// The certificate that it replaces.
    pub replaces: Option<CertificateId>,
    /// The certificate that replaces it.
    pub replaced_by: Option<CertificateId>,
    pub revoked_by: Option<Actor>,
    pub revoked_at: Option<LocalTime>,
    /// Why it was revoked; only in the answer for this one certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub revoked_reason: Option<Note>,
    /// Its content; only in the answer for this one certificate, and not once the registration is closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub content: Option<ContentView>,
    /// The code for the look-up; only in the answer to issuing and for this one certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "7K3F-9QXA-2M4T-08WD")]
    pub code: Option<String>,
    /// The address of its look-up page, as in the QR code; where `code` is, and this service has a public address.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub page: Option<String>,
}

/// The content of a certificate, fixed when it was issued.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CertificateContent)]
pub struct ContentView {
    pub name: Name,
    pub document_kind: DocumentKind,
    /// Masked but for its ends.
    pub document_number_masked: String,
    pub volunteer_number: String,
    pub programmes: Vec<ProgrammeLine>,
    /// The same service by its evidence, the best first; left out of certificates of before it was told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EvidenceLine>,
    /// The recording unit's name.
    pub unit_name: Name,
    /// Who handled it; null if the volunteer issued it.
    pub handler: Option<Name>,
    pub contact: Option<Name>,
    /// The second part: what is recorded apart from service, ordered by first day; left out if empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<MentionView>,
}

/// What is recorded apart from service, and never counted as such.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CertifiedMention)]
pub struct MentionView {
    /// `training` (培训) or `honour` (表彰).
    #[schema(example = "training")]
    pub kind: Label,
    pub first_day: Day,
    pub last_day: Day,
    /// The course, or the honour.
    pub title: Note,
    /// Who organised or gave it.
    pub by: Note,
    /// Of a training.
    #[schema(minimum = 1, maximum = 527_040)]
    pub minutes: Option<i64>,
    /// Of a training.
    pub result: Option<Note>,
}

impl From<Mention> for MentionView {
    fn from(mention: Mention) -> Self {
        Self {
            kind: mention.kind,
            first_day: Day(mention.first_day),
            last_day: Day(mention.last_day),
            title: mention.title,
            by: mention.by,
            minutes: mention.minutes.map(|minutes| minutes.0),
            result: mention.result,
        }
    }
}

/// The service that is known by one kind of evidence.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CertifiedEvidence)]
pub struct EvidenceLine {
    pub evidence: Evidence,
    /// Whether it says a check-in that nobody saw: records of before the service saw them itself.
    pub self_declared: bool,
    pub credited_minutes: Minutes,
    /// Occasions of count-type service.
    pub occasions: Count,
    pub records: Count,
}

impl From<EvidenceService> for EvidenceLine {
    fn from(line: EvidenceService) -> Self {
        let CertifiedEvidence { evidence, self_declared } = line.evidence;
        Self {
            evidence,
            self_declared,
            credited_minutes: line.credited_minutes,
            occasions: Count(line.occasions),
            records: Count(line.records),
        }
    }
}

/// The service in one programme.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CertifiedProgramme)]
pub struct ProgrammeLine {
    pub programme: ProgrammeId,
    pub name: Name,
    pub first_day: Day,
    pub last_day: Day,
    pub credited_minutes: Minutes,
    /// Occasions of count-type service.
    pub occasions: Count,
    pub records: Count,
    /// Of the minutes, those of check-ins that somebody declared and the service did not see: records of former times.
    /// Certificates of before do not tell.
    pub self_declared: Minutes,
    /// Of the minutes, those that the volunteer claimed and others credited.
    pub claimed: Minutes,
}

impl From<CertificateContent> for ContentView {
    fn from(content: CertificateContent) -> Self {
        let line = |line: CertifiedProgramme| ProgrammeLine {
            programme: line.service.programme,
            name: line.name,
            first_day: Day(line.service.first_day),
            last_day: Day(line.service.last_day),
            credited_minutes: line.service.credited_minutes,
            occasions: Count(line.service.occasions),
            records: Count(line.service.records),
            self_declared: line.service.self_declared,
            claimed: line.service.claimed,
        };
        Self {
            name: content.name,
            document_kind: content.document_kind,
            document_number_masked: content.document_number_masked,
            volunteer_number: content.volunteer_number,
            programmes: content.programmes.into_iter().map(line).collect(),
            evidence: content.evidence.into_iter().map(Into::into).collect(),
            unit_name: content.unit_name,
            handler: content.handler,
            contact: content.contact,
            mentions: content.mentions.into_iter().map(Into::into).collect(),
        }
    }
}

impl View for CertificateView {
    type Thing = Certificate;

    /// As a change leaves it: what it rests on stands at that moment.
    fn of(certificate: Certificate, zone: LocalZone) -> Self {
        let state = certificate.state(false, false);
        Self::standing(&certificate, state, zone)
    }

    fn location(&self) -> String {
        format!("/v1/certificates/{}", self.id)
    }
}

impl CertificateView {
    pub(super) fn standing(certificate: &Certificate, state: CertificateState, zone: LocalZone) -> Self {
        Self {
            id: certificate.id,
            number: certificate.number(),
            volunteer: certificate.volunteer,
            unit: certificate.unit,
            period: certificate.period().map(Into::into),
            as_of: certificate.as_of,
            credited_minutes: certificate.credited_minutes,
            records: Count(certificate.records),
            state,
            issued_by: certificate.issued_by,
            issued_at: LocalTime::new(certificate.issued_at, zone),
            replaces: certificate.replaces,
            replaced_by: certificate.replaced_by,
            revoked_by: certificate.revoked_by,
            revoked_at: certificate.revoked_at.map(|at| LocalTime::new(at, zone)),
            revoked_reason: None,
            content: None,
            code: None,
            page: None,
        }
    }

    /// With what its holder needs to have it looked up.
    pub(super) fn with_code(self, state: &AppState) -> Self {
        let code = state.vault.certificate_code(self.id);
        let page = state.certificates.public_page_of(self.id, &code);
        Self { code: Some(code), page, ..self }
    }
}
