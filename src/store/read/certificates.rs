//! Certificates, what they say, and what they are made from.

use super::list::{PageOf, PageRequest};
use super::scope::{Scope, belongs_within, is_narrow, within};
use super::volunteers::{self, VolunteerReadModel};
use super::{honours, merges, trainings};
use crate::domain::actor::Actor;
use crate::domain::amounts::Minutes;
use crate::domain::certificate::{
    Certificate, CertificateContent, CertificateState, CertifiedProgramme, CreditedService, EvidenceService,
    Mention, Period, ProgrammeService, Signatory, served_by_evidence, served_in, total_minutes,
};
use crate::domain::evidence::Evidence;
use crate::domain::ids::{CertificateId, ProgrammeId, RecordId, Seq, UnitId, VolunteerId};
use crate::domain::programme::ProgrammeDetails;
use crate::domain::record::RecordStatus;
use crate::domain::text::{Name, Note};
use crate::domain::volunteer::Volunteer;
use crate::store::column::Stored;
use crate::store::expression::{given, in_either, index_if, is_one_of};
use crate::store::schema::{
    certificate_contents as c, certificates as t, merged_numbers as a, notes as n, programmes as p,
    service_records as r, units as u, volunteers as v,
};
use crate::store::table::table_row;
use crate::store::vault::{self, Vault, VaultError};
use crate::store::{Db, StoreError};
use chrono::NaiveDate;
use diesel::dsl::{auto_type, exists};
use diesel::prelude::*;
use std::collections::HashMap;

table_row! {
    Certificate in certificates by [id] {
        id, volunteer, unit, first_day, last_day, as_of, credited_minutes, records, replaces, replaced_by,
        issued_by, issued_at, revoked_by, revoked_at, revoked_entry, version,
    }
}

/// A certificate, where it stands, and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateReadModel {
    pub certificate: Certificate,
    pub state: CertificateState,
    /// None once the registration is closed: it is erased then.
    pub content: Option<CertificateContent>,
    /// Why it was revoked.
    pub revoked_reason: Option<Note>,
}

/// A certificate in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateLine {
    pub certificate: Certificate,
    pub state: CertificateState,
}

/// Which certificates are looked for; all that are given must hold.
#[derive(Clone, Debug, Default)]
pub struct CertificateFilter {
    pub volunteer: Option<VolunteerId>,
    /// Recorded by this unit or one under it.
    pub unit: Option<UnitId>,
}

/// What a certificate is made from: a person, a unit, and what was served.
#[derive(Clone, Debug)]
pub struct Basis {
    pub volunteer: Volunteer,
    view: VolunteerReadModel,
    unit_name: Name,
    programmes: Vec<CertifiedProgramme>,
    evidence: Vec<EvidenceService>,
    mentions: Vec<Mention>,
}

impl Basis {
    /// The words of a certificate; none once the registration is closed.
    #[must_use]
    pub fn content(
        self,
        period: Option<Period>,
        Signatory { handler, contact }: Signatory,
    ) -> Option<CertificateContent> {
        let person = self.view.person?;
        let served: Vec<ProgrammeService> = self.programmes.iter().map(|line| line.service).collect();
        Some(CertificateContent {
            name: person.name,
            document_kind: person.document_kind,
            document_number_masked: person.document_number_masked,
            volunteer_number: self.volunteer.number(),
            period,
            credited_minutes: total_minutes(&served),
            programmes: self.programmes,
            evidence: self.evidence,
            unit: self.volunteer.unit,
            unit_name: self.unit_name,
            handler,
            contact,
            mentions: self.mentions,
        })
    }
}

/// One certificate.
pub fn get(
    db: &mut Db,
    vault: &Vault,
    scope: Scope,
    id: CertificateId,
) -> Result<Option<CertificateReadModel>, StoreError> {
    one(db, vault, scope, id)
}

/// One certificate for its holder: the caller has checked the code that is printed on it.
pub fn held(
    db: &mut Db,
    vault: &Vault,
    id: CertificateId,
) -> Result<Option<CertificateReadModel>, StoreError> {
    one(db, vault, Scope::All, id)
}

/// Certificates, newest first.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: &CertificateFilter,
    page: PageRequest,
) -> Result<PageOf<CertificateLine>, StoreError> {
    let (scanned, by_index) = scope.scan_or_index(db)?;
    let finds_unit = is_narrow(db, filter.unit)?;
    let certificates = t::table
        .filter(scanned.visible_via_service(t::unit, t::volunteer))
        .filter(given(by_index, |own| {
            let of_unit = t::table.filter(within(t::unit, own)).select(t::id);
            let of_members = t::table.filter(belongs_within(t::volunteer, own)).select(t::id);
            in_either(t::id, of_unit, of_members)
        }))
        .filter(given(filter.volunteer, |volunteer| t::volunteer.eq(Stored(volunteer))))
        .filter(given(filter.unit, |unit| within(index_if(finds_unit, t::unit), unit)))
        .filter(page.older(t::id))
        .order(t::id.desc())
        .limit(page.rows_to_read())
        .select((t::all_columns, rests_on_voided(), is_of_former_identity()));
    let line = |(certificate, is_corrected, is_former): (Certificate, bool, bool)| {
        let state = certificate.state(is_corrected, is_former);
        CertificateLine { certificate, state }
    };
    page.read(db, certificates, line, |line| line.certificate.id.seq())
}

/// The name of a unit that issued a certificate; none where it issued none.
pub fn issuer_name(db: &mut Db, unit: UnitId) -> Result<Option<Name>, StoreError> {
    let issued = t::table.filter(t::unit.eq(Stored(unit))).limit(1).select(t::id);
    if db.one::<Stored<CertificateId>, _>(issued)?.is_none() {
        return Ok(None);
    }
    let name: Option<Stored<Name>> = db.one(u::table.filter(u::id.eq(Stored(unit))).select(u::name))?;
    Ok(name.map(Stored::value))
}

/// A unit's certificates, of those that the entries from one to another made, which are not valid any more: revoked or
/// superseded.
pub fn not_valid(
    db: &mut Db,
    unit: UnitId,
    (first, last): (Seq, Seq),
) -> Result<Vec<CertificateId>, StoreError> {
    let certificates = t::table
        .filter(t::unit.eq(Stored(unit)))
        .filter(t::id.between(Stored(first), Stored(last)))
        .filter(t::revoked_at.is_not_null().or(t::replaced_by.is_not_null()).or(is_of_former_identity()))
        .select(t::id);
    Ok(db.load::<Stored<CertificateId>, _>(certificates)?.into_iter().map(Stored::value).collect())
}

/// What a certificate for a volunteer would be made from; none where the volunteer is not to be seen.
pub fn basis(
    db: &mut Db,
    vault: &Vault,
    scope: Scope,
    volunteer: VolunteerId,
    period: Option<Period>,
) -> Result<Option<Basis>, StoreError> {
    let Some(view) = volunteers::get(db, vault, scope, volunteer)? else { return Ok(None) };
    let unit_name = u::table.filter(u::id.eq(Stored(view.volunteer.unit))).select(u::name);
    let unit_name: Option<Stored<Name>> = db.one(unit_name)?;
    let unit_name = unit_name.ok_or_else(|| StoreError::corrupt("a volunteer's unit is not there"))?.value();
    let numbers = merges::numbers_of(db, volunteer, None)?;
    let services = credited(db, &numbers)?;
    let programmes = certified(db, served_in(&services, period))?;
    let evidence = served_by_evidence(&services, period);
    let mentions = mentions(db, &numbers, period)?;
    Ok(Some(Basis { volunteer: view.volunteer.clone(), view, unit_name, programmes, evidence, mentions }))
}

/// What the second part of a certificate tells of, noun by noun.
type Mentioned = fn(&mut Db, VolunteerId) -> Result<Vec<Mention>, StoreError>;
const MENTIONED: &[Mentioned] = &[trainings::mentioned, honours::mentioned];

fn mentions(
    db: &mut Db,
    numbers: &[VolunteerId],
    period: Option<Period>,
) -> Result<Vec<Mention>, StoreError> {
    let mut mentions = Vec::new();
    for mentioned in MENTIONED {
        for number in numbers {
            mentions.extend(mentioned(db, *number)?);
        }
    }
    mentions.retain(|mention| period.is_none_or(|period| period.contains(mention.last_day)));
    mentions.sort_by_key(|mention| mention.first_day);
    Ok(mentions)
}

/// Whether a record that it rests on was voided after it was issued.
#[auto_type(no_type_alias)]
fn rests_on_voided() -> _ {
    let merged =
        a::table.filter(a::earlier.eq(t::volunteer)).filter(a::entry.le(t::as_of)).select(a::volunteer);
    let in_period = t::first_day
        .is_null()
        .or(r::service_date.nullable().between(t::first_day, t::last_day).assume_not_null());
    exists(
        r::table
            .filter(r::volunteer.eq(t::volunteer).or(r::volunteer.eq_any(merged)))
            .filter(r::credited_entry.le(t::as_of.nullable()))
            .filter(r::voided_entry.gt(t::as_of.nullable()))
            .filter(in_period),
    )
}

/// Whether the person's name, document or birth date was changed after it was issued.
#[auto_type(no_type_alias)]
fn is_of_former_identity() -> _ {
    exists(v::table.filter(v::id.eq(t::volunteer)).filter(v::identity_entry.gt(t::id.nullable())))
}

fn one(
    db: &mut Db,
    vault: &Vault,
    scope: Scope,
    id: CertificateId,
) -> Result<Option<CertificateReadModel>, StoreError> {
    let certificate = t::table
        .left_join(c::table.on(c::certificate.eq(t::id)))
        .left_join(n::table.on(n::entry.nullable().eq(t::revoked_entry)))
        .filter(scope.visible_via_service(t::unit, t::volunteer))
        .filter(t::id.eq(Stored(id)))
        .select((
            t::all_columns,
            rests_on_voided(),
            is_of_former_identity(),
            c::content_sealed.nullable(),
            n::note.nullable(),
        ));
    db.one(certificate)?.map(|row| view(row, vault)).transpose()
}

type CertificateRow = (Certificate, bool, bool, Option<Vec<u8>>, Option<Stored<Note>>);

fn view(
    (certificate, is_corrected, is_former, sealed, revoked_reason): CertificateRow,
    vault: &Vault,
) -> Result<CertificateReadModel, StoreError> {
    let state = certificate.state(is_corrected, is_former);
    let content = sealed.map(|sealed| open(vault, certificate.id, &sealed)).transpose()?;
    Ok(CertificateReadModel {
        certificate,
        state,
        content,
        revoked_reason: revoked_reason.map(Stored::value),
    })
}

fn open(vault: &Vault, id: CertificateId, sealed: &[u8]) -> Result<CertificateContent, StoreError> {
    let fault = |error: VaultError| StoreError::corrupt(format!("certificate {id}: {error}"));
    let json = vault.open(vault::certificate_content(id), sealed).map_err(fault)?;
    serde_json::from_slice(&json).map_err(|error| StoreError::corrupt(format!("certificate {id}: {error}")))
}

fn credited(db: &mut Db, numbers: &[VolunteerId]) -> Result<Vec<CreditedService>, StoreError> {
    let records = r::table
        .filter(is_one_of(r::volunteer, numbers.iter().copied()))
        .filter(r::status.eq(Stored(RecordStatus::Credited)))
        .select((
            r::id,
            r::programme,
            r::service_date,
            r::credited_minutes,
            r::count,
            r::evidence,
            r::submitted_by,
        ));
    let service =
        |(record, programme, service_date, credited_minutes, occasions, evidence, submitted_by): ServiceRow| CreditedService {
            record: record.value(),
            programme: programme.value(),
            service_date: service_date.value(),
            credited_minutes: credited_minutes.value(),
            occasions,
            evidence: evidence.value(),
            submitted_by: submitted_by.value(),
        };
    Ok(db.load(records)?.into_iter().map(service).collect())
}

type ServiceRow = (
    Stored<RecordId>,
    Stored<ProgrammeId>,
    Stored<NaiveDate>,
    Stored<Minutes>,
    i64,
    Stored<Evidence>,
    Stored<Actor>,
);

/// The lines with their programmes' names.
fn certified(db: &mut Db, served: Vec<ProgrammeService>) -> Result<Vec<CertifiedProgramme>, StoreError> {
    let programmes = p::table.filter(is_one_of(p::id, served.iter().map(|line| line.programme)));
    let named = |(id, details): (Stored<ProgrammeId>, Stored<ProgrammeDetails>)| (id.value(), details.0.name);
    let found = db.load(programmes.select((p::id, p::details)))?;
    let mut names: HashMap<ProgrammeId, Name> = found.into_iter().map(named).collect();
    let line = |service: ProgrammeService| {
        let name = names.remove(&service.programme);
        let name = name.ok_or_else(|| StoreError::corrupt("a record's programme is not there"))?;
        Ok(CertifiedProgramme { name, service })
    };
    served.into_iter().map(line).collect()
}
