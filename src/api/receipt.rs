//! Receipts (回执): that a record was credited, for its volunteer to keep. Who holds one can show that the entry was in
//! the journal, whatever becomes of the database (docs/PROOF.md).

use super::extract::{Anyone, PathId};
use super::problem::ApiError;
use super::proof::{InclusionProof, inclusion};
use super::routing::Routes;
use super::state::State;
use super::view::Shown;
use super::wire::LocalTime;
use crate::domain::amounts::Minutes;
use crate::domain::ids::{RecordId, Seq, VolunteerId};
use crate::domain::record::{self, RecordStatus, ServiceRecord};
use crate::domain::time::Timestamp;
use crate::store::read::{Scope, journal, records};
use crate::store::{Db, StoreError};
use actix_web::get;
use serde::Serialize;
use utoipa::ToSchema;

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config.service(get_receipt);
}

/// That a record was credited, to be kept by its volunteer.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreditingReceipt {
    pub record: RecordId,
    pub volunteer: VolunteerId,
    /// What the entry credited; a later voiding does not change it.
    pub credited_minutes: Minutes,
    /// The entry that credited it, by its position in the journal.
    pub seq: Seq,
    pub recorded_at: LocalTime,
    /// SHA-256 over a zero byte and `leaf`.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub leaf_hash: String,
    /// The entry's canonical bytes: ids, figures and salted commitments, no personal data.
    pub leaf: String,
    /// The name of the log.
    #[schema(example = "hours.example.org/log")]
    pub origin: String,
    /// Proof that the entry is in a signed tree; null for the seconds until one is signed.
    pub proof: Option<InclusionProof>,
    /// The public keys of the log, as `/journal/checkpoint` has them.
    pub verifiers: Vec<String>,
}

/// Gives the receipt of a crediting
///
/// For the volunteer to keep: with it anybody can show later that the entry was there (`hourbook verify RECEIPT`).
/// For everybody who sees the record. A record that was voided since has its receipt still.
#[utoipa::path(
    tag = "service-records",
    params(("id" = RecordId, Path, description = "The record")),
    responses((status = 200, description = "The receipt", body = CreditingReceipt)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["record_not_found", "record_not_credited"]))),
)]
#[get("/service-records/{id}/receipt")]
pub async fn get_receipt(
    state: State,
    caller: Anyone,
    record: PathId<RecordId>,
) -> Result<Shown<CreditingReceipt>, ApiError> {
    let found = state.read_as(caller.0, move |db, scope| db.snapshot(|db| find(db, scope, record.0))).await?;
    let Found { record, seq, recorded_at, leaf_hash, leaf, proof } = record.found(found)??;
    Ok(Shown::plain(CreditingReceipt {
        record: record.id,
        volunteer: record.volunteer,
        credited_minutes: record.credited_minutes,
        seq,
        recorded_at: LocalTime::new(recorded_at, state.rules.zone),
        leaf_hash,
        leaf,
        origin: state.log_keys.origin().to_owned(),
        proof,
        verifiers: state.log_keys.verifiers().iter().map(ToString::to_string).collect(),
    }))
}

struct Found {
    record: ServiceRecord,
    seq: Seq,
    recorded_at: Timestamp,
    leaf_hash: String,
    leaf: String,
    proof: Option<InclusionProof>,
}

fn find(db: &mut Db, scope: Scope, record: RecordId) -> Result<Option<Result<Found, ApiError>>, StoreError> {
    let Some(found) = records::get(db, scope, record)? else { return Ok(None) };
    let record = found.record;
    let Some(seq) = record.credited_entry else {
        let status: RecordStatus = record.status;
        return Ok(Some(Err(record::Refusal::RecordNotCredited { status }.into())));
    };
    let missing = || StoreError::corrupt("the entry that credited a record is not there");
    // Who sees the record sees this entry: it says nothing else.
    let entry = journal::get(db, Scope::All, seq)?.ok_or_else(missing)?.entry;
    let leaf = journal::leaves_after(db, Seq(seq.0 - 1), 1)?.pop().ok_or_else(missing)?;
    Ok(Some(Ok(Found {
        record,
        seq,
        recorded_at: entry.unsealed.recorded_at,
        leaf_hash: entry.hash.to_string(),
        leaf,
        proof: inclusion(db, seq, None)?.ok(),
    })))
}
