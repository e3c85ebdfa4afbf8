//! The journal's form: what an entry is, its canonical bytes, the chain and the tree of hashes, the proofs
//! and signed checkpoints that let anybody check it. Pure.

mod audit;
mod canonical;
mod commitment;
mod cosignature;
mod entry;
mod note;
mod proof;
mod tree;

pub use audit::{Audit, AuditError};
pub use canonical::to_canonical_json;
pub use commitment::{commit, is_bound};
pub use cosignature::{Cosigner, CosignerVerifier};
pub use entry::{Entry, Hashing, MOST_ENTRY_BYTES, Nonce, SealingError, canonical_bytes, event_from_json};
pub use note::{LogKeys, LogVerifier, NoteError, open_checkpoint};
pub use proof::{TreeHead, consistency_plan, inclusion_plan, is_consistent, is_included};
pub use tree::{
    Frontier, Node, TILE_LEVELS, TILE_WIDTH, TileRoot, TreeHash, join, nodes_over, root_over_row,
};
