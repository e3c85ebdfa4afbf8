//! The seals of batches, against the entries: each batch has its own, from the first that was sealed on.

use super::Report;
use crate::domain::ids::Seq;
use crate::store::batch_seals::{self, BatchSeal, SealedBatch};
use crate::store::head::Head;
use crate::store::vault::Vault;
use crate::store::{Db, StoreError};
use std::collections::VecDeque;

/// Seals that are read at once.
const PAGE: i64 = 1_000;

/// Follows the replay, entry by entry, and compares each seal that it comes to.
pub(super) struct SealCheck<'v> {
    /// Without it seals are counted and put in order, not checked.
    vault: Option<&'v Vault>,
    page: VecDeque<BatchSeal>,
    /// The last that was read.
    read_up_to: Option<Seq>,
    /// The first entry that ever was sealed, as the first seal has it.
    since: Option<Seq>,
    /// The first entry that no seal has covered yet.
    next: Seq,
    /// The first entry of format 2: from there on each has that format, and a seal.
    format_2_since: Option<Seq>,
}

impl<'v> SealCheck<'v> {
    pub(super) fn new(db: &mut Db, vault: Option<&'v Vault>) -> Result<Self, StoreError> {
        let mut check = Self {
            vault,
            page: VecDeque::new(),
            read_up_to: None,
            since: None,
            next: Seq(1),
            format_2_since: None,
        };
        check.look_for_more(db)?;
        Ok(check)
    }

    /// The first entry that ever was sealed, as the first seal has it.
    pub(super) const fn since(&self) -> Option<Seq> {
        self.since
    }

    /// Looks for the first seal where there was none so far: the journal may have grown.
    pub(super) fn look_for_more(&mut self, db: &mut Db) -> Result<(), StoreError> {
        if self.since.is_none() {
            self.since = self.peek(db)?.map(|first| first.first_seq);
            self.next = self.since.unwrap_or(self.next);
        }
        Ok(())
    }

    fn peek(&mut self, db: &mut Db) -> Result<Option<BatchSeal>, StoreError> {
        if self.page.is_empty() {
            self.page = batch_seals::after(db, self.read_up_to, PAGE)?.into();
            self.read_up_to = self.page.back().map(|seal| seal.last_seq).or(self.read_up_to);
        }
        Ok(self.page.front().copied())
    }

    /// Takes the head as it was after an entry, and whether that is of format 2.
    pub(super) fn follow(
        &mut self,
        db: &mut Db,
        (head, is_format_2): (&Head, bool),
        report: &mut Report,
    ) -> Result<(), StoreError> {
        match self.format_2_since {
            None if is_format_2 => self.format_2_since = Some(head.last_seq),
            Some(since) if !is_format_2 => {
                report.differs(format!("entry {}: is of format 1, after entry {since}", head.last_seq));
            }
            _ => {}
        }
        while let Some(seal) = self.peek(db)?.filter(|seal| seal.last_seq <= head.last_seq) {
            self.page.pop_front();
            if seal.last_seq < head.last_seq {
                report.differs(format!("batch seal {}: there is no such entry", seal.last_seq));
                continue;
            }
            self.check(&seal, head, report);
        }
        Ok(())
    }

    fn check(&mut self, seal: &BatchSeal, head: &Head, report: &mut Report) {
        if seal.first_seq != self.next {
            report.differs(format!(
                "entries from {} to {}: their seal begins with entry {}",
                self.next, seal.last_seq, seal.first_seq
            ));
        }
        if Some(seal.sealed_since) != self.since {
            report.differs(format!(
                "batch seal {}: sealing began with entry {}, and no seal is there of before",
                seal.last_seq, seal.sealed_since
            ));
        }
        let batch = SealedBatch::new(seal.first_seq, seal.sealed_since, head);
        match self.vault.map(|vault| vault.is_batch_seal(&batch.to_bytes(), &seal.seal)) {
            Some(true) => report.batch_seals += 1,
            Some(false) => report.differs(format!("batch seal {}: it is not the service's", seal.last_seq)),
            None => {}
        }
        self.next = seal.last_seq.next();
    }

    /// Takes the journal's end; the first entry that ever was sealed.
    pub(super) fn end(
        &mut self,
        db: &mut Db,
        last: Seq,
        report: &mut Report,
    ) -> Result<Option<Seq>, StoreError> {
        if let Some(seal) = self.peek(db)? {
            report.differs(format!("batch seal {}: seals entries that are not there", seal.last_seq));
        }
        match self.since {
            None => {
                report.unsealed_up_to = last.0;
                if let Some(since) = self.format_2_since {
                    report.differs(format!("entries from {since} to {last}: they bear no seal"));
                }
            }
            Some(since) => {
                report.unsealed_up_to = since.0 - 1;
                if let Some(first) = self.format_2_since.filter(|first| *first < since) {
                    report.differs(format!("entries from {first} on: sealing begins with entry {since}"));
                }
                if self.next <= last {
                    report.differs(format!("entries from {} to {}: they bear no seal", self.next, last));
                }
            }
        }
        Ok(self.since)
    }
}
