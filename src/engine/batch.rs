//! A batch: its requests are decided in order, in memory, and written within the open transaction.

use super::answers::{Answers, may_be_told};
use super::request::{Answer, Asker, Receipt, Request, RequestRefusal, Verdict, Work};
use crate::domain::command::{Decided, decide};
use crate::domain::context::Ctx;
use crate::domain::evolve::outcome;
use crate::domain::general;
use crate::domain::ids::Seq;
use crate::domain::origin::Origin;
use crate::domain::rules::Rules;
use crate::domain::side_data::{SideData, evolve_side_data};
use crate::domain::time::Timestamp;
use crate::domain::{Command, Outcome, Rejection, Stop, UnsealedEntry, World, evolve};
use crate::journal::{Entry, SealingError};
use crate::store::apply::{StoredAnswer, Written, apply, apply_beside};
use crate::store::head::{self, Head};
use crate::store::load::{ROUNDS, load};
use crate::store::vault::Vault;
use crate::store::{Db, StoreError};

/// A batch while it is being decided.
pub struct Batch<'r> {
    pub rules: &'r Rules,
    pub vault: &'r Vault,
    /// By what way it came, if not over the API.
    pub origin: Option<&'r Origin>,
    pub now: Timestamp,
    /// Where the journal ends, with all that has been decided.
    pub head: Head,
    /// The loaded rows, as they are after all that has been decided.
    pub world: World,
    /// Decided, and not yet written within the transaction.
    pub unwritten: Vec<Written>,
    /// What changes beside the journal without an entry, with the last entry before; not written yet, either.
    pub beside: Vec<(Seq, SideData)>,
    pub entries: u64,
    pub rejections: u64,
    /// Whether something that was kept has been erased.
    pub erases: bool,
}

impl Batch<'_> {
    /// Decides the requests and writes all that they come to but the head; a verdict for each, in order.
    pub fn run(&mut self, db: &mut Db, requests: &[&Request]) -> Result<Vec<Verdict>, StoreError> {
        let mut answers = Answers::load(db, self.vault, requests.iter().filter_map(|request| request.key))?;
        self.load_for_all(db, requests)?;
        let judged = requests.iter().map(|request| self.answer(db, &mut answers, request));
        let verdicts = judged.collect::<Result<_, StoreError>>()?;
        self.write(db, &answers.new)?;
        Ok(verdicts)
    }

    /// Lets every rule ask for what it needs, and loads that, until nothing is missing.
    fn load_for_all(&mut self, db: &mut Db, requests: &[&Request]) -> Result<(), StoreError> {
        let commands = requests.iter().flat_map(|request| {
            let asker = request.asker();
            request.commands().iter().map(move |command| (asker, command))
        });
        let mut asking: Vec<(Asker, &Command)> = commands.collect();
        for _ in 0..ROUNDS {
            // Who came to a decision has all that it needs; the others ask again.
            asking
                .retain(|(asker, command)| matches!(decide(&self.context(*asker), command), Err(Stop::Miss)));
            let missing = self.world.take_missing();
            if missing.is_empty() {
                return Ok(());
            }
            load(db, &mut self.world, self.rules.zone, missing)?;
        }
        Err(StoreError::corrupt("loading a batch does not come to an end"))
    }

    fn context(&self, (actor, token_from): Asker) -> Ctx<'_> {
        let (world, rules, seq) = (&self.world, self.rules, self.head.last_seq.next());
        Ctx { world, rules, actor, token_from, now: self.now, seq }
    }

    fn answer(
        &mut self,
        db: &mut Db,
        answers: &mut Answers,
        request: &Request,
    ) -> Result<Verdict, StoreError> {
        let verdict = match request.key.and_then(|key| answers.replay(key)) {
            Some(kept) => self.replay(db, request.asker(), kept)?,
            None => self.judge(db, request)?,
        };
        answers.keep(request, &verdict)?;
        Ok(verdict)
    }

    /// What was answered before, if who asks may still be told.
    fn replay(&mut self, db: &mut Db, asker: Asker, kept: Verdict) -> Result<Verdict, StoreError> {
        let told = self.until_loaded(db, |batch, _| Ok(may_be_told(&batch.context(asker), &kept)))?;
        Ok(match told {
            Ok(()) => kept,
            Err(rejection) => Err(RequestRefusal::Rejected(rejection)),
        })
    }

    fn judge(&mut self, db: &mut Db, request: &Request) -> Result<Verdict, StoreError> {
        Ok(match &request.work {
            Work::Single(command) => match self.execute(db, request.asker(), command)? {
                Ok(receipt) => Ok(Answer::Single(Box::new(receipt))),
                Err(rejection) => Err(RequestRefusal::Rejected(rejection)),
            },
            Work::Bulk(commands) => {
                let items = commands.iter().map(|command| self.execute(db, request.asker(), command));
                Ok(Answer::Bulk(items.collect::<Result<_, StoreError>>()?))
            }
        })
    }

    /// Executes one command; loads more and tries again where an earlier one of the batch made it need more.
    fn execute(
        &mut self,
        db: &mut Db,
        asker: Asker,
        command: &Command,
    ) -> Result<Result<Receipt, Rejection>, StoreError> {
        let executed = self.until_loaded(db, |batch, db| batch.attempt(db, asker, command))?;
        self.rejections += u64::from(executed.is_err());
        Ok(executed)
    }

    /// Asks, and loads what is missing, until there is an answer.
    fn until_loaded<T>(
        &mut self,
        db: &mut Db,
        mut ask: impl FnMut(&mut Self, &mut Db) -> Result<Result<T, Stop>, StoreError>,
    ) -> Result<Result<T, Rejection>, StoreError> {
        for _ in 0..ROUNDS {
            match ask(self, db)? {
                Ok(answer) => return Ok(Ok(answer)),
                Err(Stop::Rejected(rejection)) => return Ok(Err(rejection)),
                Err(Stop::Miss) => {
                    // What is loaded now must show what the batch has changed so far.
                    self.write(db, &[])?;
                    let missing = self.world.take_missing();
                    load(db, &mut self.world, self.rules.zone, missing)?;
                }
            }
        }
        Err(StoreError::corrupt("loading does not come to an end"))
    }

    fn attempt(
        &mut self,
        db: &mut Db,
        asker: Asker,
        command: &Command,
    ) -> Result<Result<Receipt, Stop>, StoreError> {
        let (mut entries, side_data) = match decide(&self.context(asker), command) {
            Ok(Decided::Entries { entries, side_data }) => (entries, side_data),
            Ok(Decided::AsItIs { since, outcome, side_data }) => {
                let last = self.head.last_seq;
                self.beside.extend(side_data.into_iter().map(|side_data| (last, side_data)));
                return self.as_it_is(db, since, outcome).map(Ok);
            }
            Err(stop) => return Ok(Err(stop)),
        };
        for entry in &mut entries {
            entry.origin = self.origin.cloned();
        }
        // Before anything is changed: what is too long is refused, and the batch goes on.
        let mut sealed = match self.seal(entries) {
            Ok(sealed) => sealed,
            Err(SealingError::TooLong) => return Ok(Err(general::Refusal::EntryTooLong.into())),
            Err(error) => return Err(StoreError::corrupt(format!("an entry cannot be sealed: {error}"))),
        };
        let Some(last) = sealed.pop() else {
            return Err(StoreError::corrupt("a command comes to no entry"));
        };
        for part in sealed {
            self.carry(part, Vec::new())?.map_err(|stop| {
                StoreError::corrupt(format!("a part of a command cannot be carried out: {stop:?}"))
            })?;
        }
        self.carry(last, side_data)
    }

    /// What is there, with the entry that made it so, which may be one of this very batch.
    fn as_it_is(&self, db: &mut Db, since: Seq, outcome: Outcome) -> Result<Receipt, StoreError> {
        let of_batch = self.unwritten.iter().map(|written| &written.entry);
        let found = of_batch.rev().find(|entry| entry.unsealed.seq == since);
        let (recorded_at, leaf_hash) = match found {
            Some(entry) => (entry.unsealed.recorded_at, entry.hash),
            None => head::recorded(db, since)?
                .ok_or_else(|| StoreError::corrupt("what is there was made by no entry"))?,
        };
        Ok(Receipt { seq: since, recorded_at, leaf_hash, outcome })
    }

    /// Entries one after the other, from the head on.
    fn seal(&self, entries: Vec<UnsealedEntry>) -> Result<Vec<Entry>, SealingError> {
        let mut previous = self.head.last_hash;
        let seal = |unsealed: UnsealedEntry| {
            let nonce = self.vault.entry_nonce(unsealed.seq, previous);
            let entry = Entry::seal(unsealed, nonce, previous)?;
            previous = entry.hash;
            Ok(entry)
        };
        entries.into_iter().map(seal).collect()
    }

    /// Carries an entry out in memory, to be written.
    fn carry(&mut self, entry: Entry, side_data: Vec<SideData>) -> Result<Result<Receipt, Stop>, StoreError> {
        if let Err(stop) = evolve(&mut self.world, self.rules, &entry.unsealed) {
            return Ok(Err(stop));
        }
        for kept in &side_data {
            evolve_side_data(&mut self.world, kept);
            self.erases |= kept.erases();
        }
        let outcome = outcome(&self.world, &entry.unsealed)
            .map_err(|stop| StoreError::corrupt(format!("an entry leads to nothing: {stop:?}")))?;
        let unit = outcome.unit();
        let (seq, recorded_at) = (entry.unsealed.seq, entry.unsealed.recorded_at);
        let receipt = Receipt { seq, recorded_at, leaf_hash: entry.hash, outcome };
        let full_tiles = self.head.extend(&entry);
        self.entries += 1;
        self.unwritten.push(Written { entry, full_tiles, unit, side_data });
        Ok(Ok(receipt))
    }

    /// Writes what has been decided so far; the transaction goes on.
    fn write(&mut self, db: &mut Db, answers: &[StoredAnswer]) -> Result<(), StoreError> {
        let changes = self.world.take_changes();
        apply(db, self.vault, &self.unwritten, &changes, answers)?;
        self.unwritten.clear();
        apply_beside(db, self.vault, &self.beside)?;
        self.beside.clear();
        Ok(())
    }
}
