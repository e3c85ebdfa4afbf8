//! The tree over the entries and the checkpoints that were signed of it.

use super::{Evidence, KeptCheckpoint, Report};
use crate::journal::{Frontier, TreeHash, open_checkpoint};
use crate::store::head::Head;
use crate::store::tree::{self, Checkpoint};
use crate::store::{Db, StoreError};

/// The tree computed again, to compare with what is stored and what was signed.
pub(super) struct TreeCheck<'k> {
    evidence: Evidence<'k>,
    /// What was kept elsewhere, the largest tree first.
    kept: Vec<&'k KeptCheckpoint>,
    /// The size of the checkpoint before, and whether it had a seal.
    last_signed: (u64, bool),
    pub(super) built: Frontier,
    full_tiles: u64,
    /// The largest tree that had been signed when this began: those that are signed meanwhile are for another time.
    signed_up_to: u64,
    /// The next checkpoint that was signed.
    signed: Option<Checkpoint>,
}

impl<'k> TreeCheck<'k> {
    pub(super) fn new(db: &mut Db, evidence: Evidence<'k>, report: &mut Report) -> Result<Self, StoreError> {
        let signed = tree::checkpoint_from(db, 0)?;
        let signed_up_to = tree::latest_checkpoint(db)?.map_or(0, |latest| latest.head.size);
        let mut kept: Vec<&KeptCheckpoint> = evidence.kept.iter().collect();
        kept.sort_by_key(|kept| std::cmp::Reverse(kept.head.size));
        let (built, last_signed) = (Frontier::default(), (0, false));
        let mut check = Self { evidence, kept, last_signed, built, full_tiles: 0, signed_up_to, signed };
        check.compare_signed(db, report)?;
        Ok(check)
    }

    pub(super) fn follow(
        &mut self,
        db: &mut Db,
        leaf: TreeHash,
        report: &mut Report,
    ) -> Result<(), StoreError> {
        for tile in self.built.append(leaf) {
            self.full_tiles += 1;
            let stored = tree::row(db, tile.tile_level, tile.position..tile.position + 1);
            if !stored.is_ok_and(|stored| stored == [tile.hash]) {
                let (level, position) = (tile.tile_level, tile.position);
                report.differs(format!("tree node {level}/{position}: is not the hash of what is below it"));
            }
        }
        self.compare_signed(db, report)
    }

    fn compare_signed(&mut self, db: &mut Db, report: &mut Report) -> Result<(), StoreError> {
        let size = self.built.size();
        while let Some(kept) = self.kept.pop_if(|kept| kept.head.size == size) {
            report.kept += 1;
            if kept.head.root != self.built.root() {
                report.differs(format!("{}: signs another tree of {size} entries", kept.name));
            }
        }
        let Some(signed) = self.signed.take_if(|signed| signed.head.size == size) else { return Ok(()) };
        if signed.head.root != self.built.root() {
            report.differs(format!("checkpoint {size}: its root is not that of the entries"));
        }
        self.check_seal(&signed, report);
        if !self.evidence.keys.is_empty() {
            match open_checkpoint(&signed.note, self.evidence.keys) {
                Ok(head) if head == signed.head => report.signatures += 1,
                Ok(_) => report.differs(format!("checkpoint {size}: the note is of another tree")),
                Err(error) => report.differs(format!("checkpoint {size}: {error}")),
            }
        }
        self.signed = tree::checkpoint_from(db, size + 1)?.filter(|next| next.head.size <= self.signed_up_to);
        Ok(())
    }

    /// The row's seal names the checkpoint before it. From the first that has one on, each has.
    fn check_seal(&mut self, signed: &Checkpoint, report: &mut Report) {
        let size = signed.head.size;
        let (before, must_be_sealed) = self.last_signed;
        self.last_signed = (size, must_be_sealed || signed.seal.is_some());
        let Some(vault) = self.evidence.vault else { return };
        match &signed.seal {
            None if must_be_sealed => report.differs(format!("checkpoint {size}: bears no seal")),
            None => report.unsealed_rows += 1,
            Some(seal) if !vault.is_row_seal(tree::CHECKPOINT_TABLE, &signed.sealed_values(), seal) => {
                report.differs(format!("checkpoint {size}: its seal is not the service's"));
            }
            Some(_) if signed.previous != Some(before) => {
                report.differs(format!("checkpoint {size}: the one before it is not there"));
            }
            Some(_) => {}
        }
    }

    pub(super) fn end(&self, db: &mut Db, head: &Head, report: &mut Report) -> Result<(), StoreError> {
        for kept in &self.kept {
            let (size, there) = (kept.head.size, self.built.size());
            report.differs(format!("{}: signs {size} entries, and there are {there}", kept.name));
        }
        let published = tree::latest_checkpoint(db)?.map_or(0, |last| last.head.size);
        for kept in self.evidence.kept.iter().filter(|kept| kept.is_published && kept.head.size > published) {
            report.differs(format!("{}: the database lacks its checkpoint of {}", kept.name, kept.head.size));
        }
        if head.tree != self.built {
            report.differs("the head bears the edge of another tree than the entries make".to_owned());
        }
        if let Some(signed) = &self.signed {
            report.differs(format!("checkpoint {}: signs more entries than there are", signed.head.size));
        }
        if tree::stored_nodes(db)? != self.full_tiles {
            report.differs("the tree has nodes over entries that are not there".to_owned());
        }
        Ok(())
    }
}
