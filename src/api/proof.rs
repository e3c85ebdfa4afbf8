//! Proofs that the journal holds an entry and only ever grew, and the signed checkpoints they lead to.
//!
//! They are open to everybody: hashes tell nothing of what was hashed. docs/PROOF.md says how to check.

use super::as_of::beyond_the_end;
use super::extract::{PathSeq, Query};
use super::page::EntryNumber;
use super::problem::ApiError;
use super::routing::Routes;
use super::state::State;
use super::view::Shown;
use super::wire::LocalTime;
use crate::domain::ids::Seq;
use crate::journal::{TreeHash, TreeHead};
use crate::store::tree::{self, Checkpoint};
use crate::store::{Db, StoreError, head};
use actix_web::get;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config.service(get_checkpoint).service(prove_inclusion).service(prove_consistency);
}

/// A tree over the journal's first entries, signed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Checkpoint)]
pub struct CheckpointView {
    /// The name of the log.
    #[schema(example = "hours.example.org/log")]
    pub origin: String,
    #[serde(flatten)]
    pub tree: TreeView,
    pub signed_at: LocalTime,
    /// The checkpoint as a signed note (C2SP tlog-checkpoint), the same as at `/log/checkpoint`.
    pub note: String,
    /// The public keys whose signatures the note has, in the format of signed notes: NAME+ID+DATA. Get them
    /// once from a source that you trust, not each time from here.
    pub verifiers: Vec<String>,
}

/// A tree over the journal's first entries (RFC 9162).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Tree)]
pub struct TreeView {
    /// How many entries it covers.
    #[schema(value_type = Seq)]
    pub size: u64,
    /// Its root: SHA-256, hexadecimal.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub root: String,
}

impl From<TreeHead> for TreeView {
    fn from(head: TreeHead) -> Self {
        Self { size: head.size, root: head.root.to_string() }
    }
}

/// Proof that the journal contains an entry.
#[derive(Debug, Serialize, ToSchema)]
pub struct InclusionProof {
    /// The entry's position in the journal. Its index in the tree is one less.
    pub seq: Seq,
    /// The entry's hash.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub leaf_hash: String,
    pub tree: TreeView,
    /// The hashes that lead from the leaf to the root (RFC 9162, section 2.1.3).
    pub path: Vec<String>,
    /// The signed note for exactly this tree, if there is one.
    pub note: Option<String>,
}

/// Proof that a tree begins with an earlier one: nothing was changed or removed.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsistencyProof {
    pub from: TreeView,
    pub to: TreeView,
    /// The hashes that lead from one root to the other (RFC 9162, section 2.1.4).
    pub path: Vec<String>,
}

/// In which tree.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct InclusionQuery {
    /// How many entries the tree covers; by default the first signed tree that contains the entry.
    #[param(inline)]
    size: Option<EntryNumber>,
}

/// Between which trees.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ConsistencyQuery {
    /// How many entries the earlier tree covers; 0 by default, which proves nothing.
    #[param(inline)]
    from_size: Option<EntryNumber>,
    /// How many entries the later tree covers; by default the last signed tree.
    #[param(inline)]
    to_size: Option<EntryNumber>,
}

/// Shows the last signed checkpoint
///
/// For anybody. Each change is covered by one within seconds.
#[utoipa::path(
    tag = "journal",
    responses((status = 200, description = "The checkpoint", body = CheckpointView)),
    extensions(("x-refusals" = json!(["checkpoint_not_found"]))),
)]
#[get("/journal/checkpoint")]
pub async fn get_checkpoint(state: State) -> Result<Shown<CheckpointView>, ApiError> {
    let found = state.read(tree::latest_checkpoint).await?;
    let Checkpoint { head, signed_at, note, .. } = found.ok_or(ApiError::CheckpointNotFound)?;
    Ok(Shown::plain(CheckpointView {
        origin: state.log_keys.origin().to_owned(),
        tree: head.into(),
        signed_at: LocalTime::new(signed_at, state.rules.zone),
        note,
        verifiers: state.log_keys.verifiers().iter().map(ToString::to_string).collect(),
    }))
}

/// Proves that the journal contains an entry
///
/// For anybody: the hashes reveal nothing about the entry.
#[utoipa::path(
    tag = "journal",
    params(("seq" = Seq, Path, description = "The entry's position"), InclusionQuery),
    responses((status = 200, description = "The proof", body = InclusionProof)),
    extensions(("x-refusals" = json!(["entry_not_found", "checkpoint_not_found"]))),
)]
#[get("/journal/entries/{seq}/proof")]
pub async fn prove_inclusion(
    state: State,
    seq: PathSeq,
    query: Query<InclusionQuery>,
) -> Result<Shown<InclusionProof>, ApiError> {
    let size = query.0.size.map(|size| size.0.unsigned_abs());
    let proof = state.read(move |db| db.snapshot(|db| inclusion(db, seq.0, size))).await??;
    Ok(Shown::plain(proof))
}

/// Proves that the journal begins with an earlier state of it
///
/// For anybody: nothing was changed or removed between the two.
#[utoipa::path(
    tag = "journal",
    params(ConsistencyQuery),
    responses((status = 200, description = "The proof", body = ConsistencyProof)),
    extensions(("x-refusals" = json!(["checkpoint_not_found"]))),
)]
#[get("/journal/consistency")]
pub async fn prove_consistency(
    state: State,
    query: Query<ConsistencyQuery>,
) -> Result<Shown<ConsistencyProof>, ApiError> {
    let [from, to] = [query.0.from_size, query.0.to_size].map(|size| size.map(|size| size.0.unsigned_abs()));
    let proof = state.read(move |db| db.snapshot(|db| consistency(db, from.unwrap_or(0), to))).await??;
    Ok(Shown::plain(proof))
}

/// An answer of the store, or why there is none.
pub(super) type Found<T> = Result<Result<T, ApiError>, StoreError>;

pub(super) fn inclusion(db: &mut Db, seq: Seq, size: Option<u64>) -> Found<InclusionProof> {
    let (Some(leaf), Some(index)) = (head::hash_at(db, seq)?, seq.0.unsigned_abs().checked_sub(1)) else {
        return Ok(Err(ApiError::EntryNotFound));
    };
    let checkpoint = tree::checkpoint_from(db, size.unwrap_or(seq.0.unsigned_abs()))?;
    let signed = checkpoint.filter(|found| size.is_none_or(|size| found.head.size == size));
    let tree = match (&signed, size) {
        (Some(checkpoint), _) => checkpoint.head,
        (None, None) => return Ok(Err(ApiError::CheckpointNotFound)),
        (None, Some(size)) => match tree::head_at(db, size)? {
            Some(tree) => tree,
            None => return Ok(Err(beyond_the_end("size"))),
        },
    };
    let Some(path) = tree::inclusion(db, index, tree.size)? else {
        return Ok(Err(beyond_the_end("size")));
    };
    Ok(Ok(InclusionProof {
        seq,
        leaf_hash: leaf.to_string(),
        tree: tree.into(),
        path: texts(&path),
        note: signed.map(|checkpoint| checkpoint.note),
    }))
}

fn consistency(db: &mut Db, from: u64, to: Option<u64>) -> Found<ConsistencyProof> {
    let to = match to {
        Some(to) => match tree::head_at(db, to)? {
            Some(head) => head,
            None => return Ok(Err(beyond_the_end("to_size"))),
        },
        None => match tree::latest_checkpoint(db)? {
            Some(checkpoint) => checkpoint.head,
            None => return Ok(Err(ApiError::CheckpointNotFound)),
        },
    };
    let Some(from) = tree::head_at(db, from)?.filter(|from| from.size <= to.size) else {
        return Ok(Err(beyond_the_end("from_size")));
    };
    let path = tree::consistency(db, from.size, to.size)?.unwrap_or_default();
    Ok(Ok(ConsistencyProof { from: from.into(), to: to.into(), path: texts(&path) }))
}

fn texts(path: &[TreeHash]) -> Vec<String> {
    path.iter().map(ToString::to_string).collect()
}
