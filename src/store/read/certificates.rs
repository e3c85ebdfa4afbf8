//! Certificates, what they say, and what they are made from.

use super::list::{Listing, Order, PageOf, PageRequest, equals, rows};
use super::row::Row;
use super::scope::{Scope, within};
use super::volunteers::{self, VolunteerView};
use super::{honours, trainings};
use crate::domain::certificate::{
    Certificate, CertificateContent, CertificateState, CertifiedProgramme, CreditedService, Mention, Period,
    ProgrammeService, Signatory, served_in, total_minutes,
};
use crate::domain::ids::{CertificateId, ProgrammeId, UnitId, VolunteerId};
use crate::domain::programme::ProgrammeDetails;
use crate::domain::record::RecordStatus;
use crate::domain::text::{Name, Note};
use crate::domain::volunteer::Volunteer;
use crate::store::sql::Sql;
use crate::store::table::Table;
use crate::store::vault::{self, Vault, VaultError};
use crate::store::{Db, StoreError};
use std::collections::HashMap;

/// A certificate, where it stands, and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateView {
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
    view: VolunteerView,
    unit_name: Name,
    programmes: Vec<CertifiedProgramme>,
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
) -> Result<Option<CertificateView>, StoreError> {
    let permitted = with_contents().only(scope.of_deed("t.volunteer", "t.unit"));
    one(db, vault, permitted, id)
}

/// One certificate for whoever holds it: the caller has checked the code that stands on it.
pub fn held(db: &mut Db, vault: &Vault, id: CertificateId) -> Result<Option<CertificateView>, StoreError> {
    one(db, vault, with_contents(), id)
}

/// Certificates, newest first.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: &CertificateFilter,
    page: PageRequest,
) -> Result<PageOf<CertificateLine>, StoreError> {
    let columns = format!("{}, {RESTS_ON_VOIDED}", Certificate::select_list("t"));
    Listing::select(&columns, "certificates AS t")
        .only(scope.of_deed("t.volunteer", "t.unit"))
        .only_where("t.volunteer", filter.volunteer)
        .only_if(filter.unit, |unit| within("t.unit", unit))
        .page(db, page, ("t.id", Order::NewestFirst), read_line, |line: &CertificateLine| {
            line.certificate.id.seq()
        })
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
    let unit_name = Listing::select("t.name", "units AS t")
        .only(equals("t.id", &view.volunteer.unit))
        .one(db, |mut row| row.next())?
        .ok_or_else(|| StoreError::corrupt("a volunteer's unit is not there"))?;
    let services = credited(db, volunteer)?;
    let programmes = certified(db, served_in(&services, period))?;
    let mentions = mentions(db, volunteer, period)?;
    Ok(Some(Basis { volunteer: view.volunteer.clone(), view, unit_name, programmes, mentions }))
}

/// What the second part of a certificate tells of, noun by noun.
type Mentioned = fn(&mut Db, VolunteerId) -> Result<Vec<Mention>, StoreError>;
const MENTIONED: &[Mentioned] = &[trainings::mentioned, honours::mentioned];

fn mentions(db: &mut Db, volunteer: VolunteerId, period: Option<Period>) -> Result<Vec<Mention>, StoreError> {
    let mut mentions = Vec::new();
    for mentioned in MENTIONED {
        mentions.extend(mentioned(db, volunteer)?);
    }
    mentions.retain(|mention| period.is_none_or(|period| period.contains(mention.last_day)));
    mentions.sort_by_key(|mention| mention.first_day);
    Ok(mentions)
}

/// A record that it rests on was voided after it was issued.
const RESTS_ON_VOIDED: &str = "CAST(CASE WHEN EXISTS ( \
     SELECT 1 FROM service_records AS r WHERE r.volunteer = t.volunteer \
     AND r.credited_entry <= t.as_of AND r.voided_entry > t.as_of \
     AND (t.first_day IS NULL OR r.service_date BETWEEN t.first_day AND t.last_day) \
     ) THEN 1 ELSE 0 END AS BIGINT)";

fn with_contents() -> Listing {
    let columns = format!("{}, {RESTS_ON_VOIDED}, c.content_sealed, n.note", Certificate::select_list("t"));
    Listing::select(
        &columns,
        "certificates AS t LEFT JOIN certificate_contents AS c ON c.certificate = t.id \
         LEFT JOIN notes AS n ON n.entry = t.revoked_entry",
    )
}

fn one(
    db: &mut Db,
    vault: &Vault,
    permitted: Listing,
    id: CertificateId,
) -> Result<Option<CertificateView>, StoreError> {
    permitted.only(equals("t.id", &id)).one(db, |row| read_view(row, vault))
}

fn read_line(mut row: Row) -> Result<CertificateLine, StoreError> {
    let certificate: Certificate = row.table()?;
    let state = certificate.state(row.next()?);
    Ok(CertificateLine { certificate, state })
}

fn read_view(mut row: Row, vault: &Vault) -> Result<CertificateView, StoreError> {
    let certificate: Certificate = row.table()?;
    let state = certificate.state(row.next()?);
    let sealed: Option<Vec<u8>> = row.next()?;
    let content = sealed.map(|sealed| open(vault, certificate.id, &sealed)).transpose()?;
    Ok(CertificateView { certificate, state, content, revoked_reason: row.next()? })
}

fn open(vault: &Vault, id: CertificateId, sealed: &[u8]) -> Result<CertificateContent, StoreError> {
    let fault = |error: VaultError| StoreError::corrupt(format!("certificate {id}: {error}"));
    let json = vault.open(vault::certificate_content(id), sealed).map_err(fault)?;
    serde_json::from_slice(&json).map_err(|error| StoreError::corrupt(format!("certificate {id}: {error}")))
}

fn credited(db: &mut Db, volunteer: VolunteerId) -> Result<Vec<CreditedService>, StoreError> {
    let sql = Listing::select(
        "t.id, t.programme, t.service_date, t.credited_minutes, t.count",
        "service_records AS t",
    )
    .only(equals("t.volunteer", &volunteer))
    .only(equals("t.status", &RecordStatus::Credited))
    .end("");
    rows(db, sql, |mut row| {
        Ok(CreditedService {
            record: row.next()?,
            programme: row.next()?,
            service_date: row.next()?,
            credited_minutes: row.next()?,
            occasions: row.next()?,
        })
    })
}

/// The lines with their programmes' names.
fn certified(db: &mut Db, served: Vec<ProgrammeService>) -> Result<Vec<CertifiedProgramme>, StoreError> {
    if served.is_empty() {
        return Ok(Vec::new());
    }
    let keys: Vec<[i64; 3]> = served.iter().map(|line| [line.programme.seq().0, 0, 0]).collect();
    let sql = Sql::new("SELECT t.id, t.details FROM ")
        .join(Sql::keys(db.dialect(), &keys, 1))
        .and(" JOIN programmes AS t ON t.id = k.a");
    let found = rows(db, sql, |mut row| Ok((row.next()?, row.next::<ProgrammeDetails>()?.name)))?;
    let mut names: HashMap<ProgrammeId, Name> = found.into_iter().collect();
    let line = |service: ProgrammeService| {
        let name = names.remove(&service.programme);
        let name = name.ok_or_else(|| StoreError::corrupt("a record's programme is not there"))?;
        Ok(CertifiedProgramme { name, service })
    };
    served.into_iter().map(line).collect()
}
