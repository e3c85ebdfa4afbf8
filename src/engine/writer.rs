//! The writer: one thread, one connection, one batch after another.
//!
//! A batch that the database refuses is tried again in halves until the one request that it refuses
//! stands alone and is answered; a lost connection is opened again. Between batches the writer keeps
//! the rows that it has loaded as long as nobody else has written, and reference data as long as nobody else
//! has changed that.

use super::batch::Batch;
use super::health::{Health, Part};
use super::request::{Answer, Request, RequestRefusal, Verdict};
use crate::domain::ids::Seq;
use crate::domain::origin::Origin;
use crate::domain::rules::Rules;
use crate::domain::time::Timestamp;
use crate::domain::{Event, World};
use crate::journal::TreeHash;
use crate::store::batch_seals::{self, SealedBatch};
use crate::store::head::{self, Head};
use crate::store::vault::Vault;
use crate::store::{Db, DbUrl, StoreError, inbox, rollups};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

/// What time it is: a parameter, so that tests decide.
pub trait Clock: Send + Sync + 'static {
    /// The instant now.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::try_from(chrono::Utc::now()).unwrap_or_default()
    }
}

/// How the writer works.
#[derive(Clone, Debug)]
pub struct WriterOptions {
    /// Most commands that one commit holds.
    pub batch_limit: usize,
    /// Most requests that wait; above it they are refused as busy. So they are where
    /// [`COMMANDS_A_REQUEST`] times as many commands wait in fewer, larger ones.
    pub queue_limit: usize,
    /// By about how many entries the journal grows between two roll-ups.
    pub rollup_interval: i64,
    /// Decides, writes and answers as for real, in one transaction that is undone at the end. Until
    /// then nobody else writes to the same database.
    pub rehearsal: bool,
    /// By what way everything comes that this writer is asked for; none: over the API.
    pub origin: Option<Origin>,
}

impl Default for WriterOptions {
    fn default() -> Self {
        Self { batch_limit: 1024, queue_limit: 4096, rollup_interval: 4096, rehearsal: false, origin: None }
    }
}

/// What the writer has done since it started, for the metrics.
#[derive(Debug, Default)]
pub struct Tally {
    pub batches: AtomicU64,
    pub entries: AtomicU64,
    pub rejections: AtomicU64,
}

/// A full queue holds so many commands for each request, at most: it keeps what waits in bounded memory,
/// where a request may hold a thousand.
pub const COMMANDS_A_REQUEST: usize = 16;

struct Queued {
    request: Request,
    reply: oneshot::Sender<Result<Answer, RequestRefusal>>,
}

/// A handle on the ledger: cheap to clone, asks the writer and waits for its answer.
#[derive(Clone, Debug)]
pub struct Ledger {
    queue: mpsc::Sender<Queued>,
    waiting: Arc<Waiting>,
    tally: Arc<Tally>,
    health: Arc<Health>,
}

/// The commands that wait.
#[derive(Debug)]
struct Waiting {
    commands: AtomicUsize,
    limit: usize,
}

impl Waiting {
    /// Whether there is room yet: what comes into the last of it may be larger.
    fn has_room(&self) -> bool {
        self.commands.load(Ordering::Relaxed) < self.limit
    }

    fn add(&self, request: &Request) {
        self.commands.fetch_add(request.size(), Ordering::Relaxed);
    }

    fn remove(&self, request: &Request) {
        self.commands.fetch_sub(request.size(), Ordering::Relaxed);
    }
}

impl Ledger {
    /// Asks, and waits until the answer is durable.
    pub async fn submit(&self, request: Request) -> Result<Answer, RequestRefusal> {
        self.enqueue(request)?.await.unwrap_or(Err(RequestRefusal::Unavailable))
    }

    /// [`Ledger::submit`] for callers that are not async.
    pub fn submit_blocking(&self, request: Request) -> Result<Answer, RequestRefusal> {
        self.enqueue(request)?.blocking_recv().unwrap_or(Err(RequestRefusal::Unavailable))
    }

    /// Asks all, in order, and waits for the answers, in the same order. Where the queue has no room it
    /// waits for some: nothing is refused as busy. For callers that are not async.
    #[must_use]
    pub fn submit_all_blocking(&self, requests: Vec<Request>) -> Vec<Result<Answer, RequestRefusal>> {
        let enqueue = |request| {
            let (reply, answer) = oneshot::channel();
            self.waiting.add(&request);
            // If the writer is gone, so is the other end of the answer.
            let _gone = self.queue.blocking_send(Queued { request, reply });
            answer
        };
        let answers: Vec<oneshot::Receiver<_>> = requests.into_iter().map(enqueue).collect();
        let wait =
            |answer: oneshot::Receiver<_>| answer.blocking_recv().unwrap_or(Err(RequestRefusal::Unavailable));
        answers.into_iter().map(wait).collect()
    }

    /// How many requests may still wait before new ones are refused.
    #[must_use]
    pub fn queue_room(&self) -> usize {
        if self.waiting.has_room() { self.queue.capacity() } else { 0 }
    }

    /// Whether the writer is gone: nothing will be written any more.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.queue.is_closed()
    }

    /// Waits until the writer is gone.
    pub async fn ended(&self) {
        self.queue.closed().await;
    }

    /// What stands in the way of trusting the ledger.
    #[must_use]
    pub fn health(&self) -> &Arc<Health> {
        &self.health
    }

    /// What the writer has done so far.
    #[must_use]
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    fn enqueue(
        &self,
        request: Request,
    ) -> Result<oneshot::Receiver<Result<Answer, RequestRefusal>>, RequestRefusal> {
        if !self.waiting.has_room() {
            return Err(RequestRefusal::Busy);
        }
        let (reply, answer) = oneshot::channel();
        self.waiting.add(&request);
        match self.queue.try_send(Queued { request, reply }) {
            Ok(()) => Ok(answer),
            Err(mpsc::error::TrySendError::Full(refused)) => {
                self.waiting.remove(&refused.request);
                Err(RequestRefusal::Busy)
            }
            Err(mpsc::error::TrySendError::Closed(_)) => Err(RequestRefusal::Unavailable),
        }
    }
}

/// The running writer. Ends when every [`Ledger`] is gone and what was accepted is answered.
#[derive(Debug)]
pub struct Engine {
    thread: JoinHandle<()>,
}

impl Engine {
    /// Starts the writer on a connection of its own.
    pub fn start(
        url: &DbUrl,
        rules: Rules,
        vault: Arc<Vault>,
        clock: Arc<dyn Clock>,
        options: &WriterOptions,
    ) -> Result<(Self, Ledger), StoreError> {
        let (queue, requests) = mpsc::channel(options.queue_limit);
        let (tally, health) = (Arc::new(Tally::default()), Arc::new(Health::default()));
        let limit = options.queue_limit.saturating_mul(COMMANDS_A_REQUEST);
        let waiting = Arc::new(Waiting { commands: AtomicUsize::new(0), limit });
        let mut db = Db::open_for_writing(url)?;
        if options.rehearsal {
            db.begin()?;
        } else {
            inbox::vouch_for_beginning(&mut db, &vault)?;
        }
        let mut writer = Writer {
            url: url.clone(),
            db: Some(db),
            rehearsal: options.rehearsal,
            origin: options.origin.clone(),
            rollup_interval: options.rollup_interval,
            rules,
            vault,
            clock,
            kept: None,
            left: None,
            log_holds_erased: false,
            waiting: waiting.clone(),
            tally: tally.clone(),
            health: health.clone(),
        };
        let limit = options.batch_limit.max(1);
        let spawned = std::thread::Builder::new().name("writer".to_owned());
        let thread = spawned
            .spawn(move || writer.run(requests, limit))
            .map_err(|error| StoreError::Unusable(error.to_string()))?;
        Ok((Self { thread }, Ledger { queue, waiting, tally, health }))
    }

    /// Waits until everything accepted is answered. Every [`Ledger`] must have been dropped.
    pub fn join(self) {
        if self.thread.join().is_err() {
            tracing::error!("the writer ended in a panic");
        }
    }
}

/// A batch as it was written within the open transaction.
struct Written {
    verdicts: Vec<Verdict>,
    /// As it left the journal.
    head: Head,
    sealed_since: Seq,
    world: World,
    /// Whether something that was kept was erased.
    erases: bool,
}

struct Writer {
    url: DbUrl,
    db: Option<Db>,
    /// The connection's transaction takes each batch as a step, and is undone at the end.
    rehearsal: bool,
    origin: Option<Origin>,
    rollup_interval: i64,
    rules: Rules,
    vault: Arc<Vault>,
    clock: Arc<dyn Clock>,
    /// The loaded rows, and the head that they belong to.
    kept: Option<(Head, World)>,
    /// The head as this writer left it, and the first entry that ever was sealed.
    left: Option<(Head, Seq)>,
    /// Whether SQLite's log may hold what was erased.
    log_holds_erased: bool,
    waiting: Arc<Waiting>,
    tally: Arc<Tally>,
    health: Arc<Health>,
}

/// Most rows that are kept between two batches: more of them take more memory and save nothing more.
const KEPT_ROWS: usize = 50_000;
/// How often a batch is tried again after the database asked for it or was lost.
const ATTEMPTS: u32 = 5;

impl Writer {
    fn run(&mut self, mut requests: mpsc::Receiver<Queued>, limit: usize) {
        let mut waiting = Vec::new();
        while let Some(first) = requests.blocking_recv() {
            self.waiting.remove(&first.request);
            let mut size = first.request.size();
            waiting.push(first);
            while size < limit {
                let Ok(next) = requests.try_recv() else { break };
                self.waiting.remove(&next.request);
                size += next.request.size();
                waiting.push(next);
            }
            let mut left = std::mem::take(&mut waiting);
            while !left.is_empty() {
                left = self.write(left);
            }
        }
        if let (true, Some(mut db)) = (self.rehearsal, self.db.take()) {
            db.rollback();
        }
    }

    /// Answers as many of the requests as one commit takes, from the front; gives the others back.
    fn write(&mut self, batch: Vec<Queued>) -> Vec<Queued> {
        let requests: Vec<&Request> = batch.iter().map(|queued| &queued.request).collect();
        let verdicts = self.commit_with_retries(&requests);
        let mut left = batch;
        let rest = left.split_off(verdicts.len().min(left.len()));
        for (queued, verdict) in left.into_iter().zip(verdicts) {
            // A client that has gone away does not need its answer.
            let _gone = queued.reply.send(verdict);
        }
        rest
    }

    /// Commits at least the first of the requests, after retries and in halves if need be; their verdicts.
    fn commit_with_retries(&mut self, requests: &[&Request]) -> Vec<Verdict> {
        if let Some(why) = self.health.complaint_of(Part::Signed) {
            tracing::error!(why, requests = requests.len(), "nothing is written until somebody has looked");
            return requests.iter().map(|_| Err(RequestRefusal::Unavailable)).collect();
        }
        let mut attempt = 0;
        loop {
            attempt += 1;
            match self.commit(requests) {
                Ok(verdicts) => {
                    self.health.is_well(Part::Writer);
                    self.health.is_well(Part::Disk);
                    return verdicts;
                }
                Err(error) => {
                    self.kept = None;
                    self.health.note_error(&error);
                    if let StoreError::Unsealed(_) = error {
                        self.health.is_unwell(Part::Writer, error.to_string());
                    }
                    let again = match &error {
                        StoreError::Unreachable(_) => {
                            self.db = None;
                            true
                        }
                        StoreError::Conflict(_) => true,
                        // Nothing of it would be kept, in pieces no more than as a whole.
                        StoreError::Doubtful
                        | StoreError::NoRoom(_)
                        | StoreError::Malformed(_)
                        | StoreError::Unsealed(_) => {
                            tracing::error!(%error, requests = requests.len(), "a batch was refused");
                            return requests.iter().map(|_| Err(RequestRefusal::Unavailable)).collect();
                        }
                        _ => false,
                    };
                    tracing::warn!(%error, attempt, requests = requests.len(), "a batch was not written");
                    if again && attempt < ATTEMPTS {
                        std::thread::sleep(Duration::from_millis(20 << attempt));
                    } else if let (false, [_, _, ..]) = (again, requests) {
                        let (front, _) = requests.split_at(requests.len() / 2);
                        return self.commit_with_retries(front);
                    } else if again {
                        return requests.iter().map(|_| Err(RequestRefusal::Unavailable)).collect();
                    } else {
                        tracing::error!(%error, "a request could not be written");
                        return vec![Err(RequestRefusal::Unavailable)];
                    }
                }
            }
        }
    }

    /// One transaction: lock, load, decide, apply, commit.
    fn commit(&mut self, requests: &[&Request]) -> Result<Vec<Verdict>, StoreError> {
        let mut db = self.connection()?;
        self.begin(&mut db)?;
        let written = self.write_within(&mut db, requests);
        match written {
            Ok(Written { verdicts, head, sealed_since, world, erases }) => {
                if let Err(error) = self.keep(&mut db) {
                    db = self.resolve_lost_commit(&head, error)?;
                }
                self.log_holds_erased |= erases;
                self.empty_log(&mut db);
                self.left = Some((head.clone(), sealed_since));
                self.kept = (world.size() < KEPT_ROWS).then_some((head, world));
                self.db = Some(db);
                Ok(verdicts)
            }
            // What a panic interrupted goes with the connection.
            Err(StoreError::Panicked) if !self.rehearsal => Err(StoreError::Panicked),
            Err(error) => {
                self.db = self.undo(db);
                Err(error)
            }
        }
    }

    /// Sees to it that SQLite's log does not hold what was erased. Where somebody still reads what was before, the
    /// next batch or sweep does.
    fn empty_log(&mut self, db: &mut Db) {
        if self.log_holds_erased && !self.rehearsal {
            match db.empty_log() {
                Ok(is_empty) => self.log_holds_erased = !is_empty,
                Err(error) => tracing::warn!(%error, "the database's log could not be emptied"),
            }
        }
    }

    fn connection(&mut self) -> Result<Db, StoreError> {
        match self.db.take() {
            Some(db) => Ok(db),
            None if self.rehearsal => {
                Err(StoreError::Unreachable("what was rehearsed went with the connection".to_owned()))
            }
            None => Db::open_for_writing(&self.url),
        }
    }

    fn begin(&self, db: &mut Db) -> Result<(), StoreError> {
        if self.rehearsal { db.begin_step() } else { db.begin() }
    }

    fn keep(&self, db: &mut Db) -> Result<(), StoreError> {
        if self.rehearsal { db.keep_step() } else { db.commit() }
    }

    /// Undoes the batch; gives the connection back if it is as it was before.
    fn undo(&self, mut db: Db) -> Option<Db> {
        if self.rehearsal {
            return db.undo_step().is_ok().then_some(db);
        }
        db.rollback();
        Some(db)
    }

    /// The answer to a commit was lost: looks whether its last entry is there. A connection if it is.
    fn resolve_lost_commit(&self, head: &Head, error: StoreError) -> Result<Db, StoreError> {
        let StoreError::Unreachable(_) = error else { return Err(error) };
        for attempt in 1..=ATTEMPTS {
            std::thread::sleep(Duration::from_millis(50 << attempt));
            match self.hash_behind_lock(head) {
                Ok((db, Some(hash))) if hash == head.last_hash => return Ok(db),
                Ok(_) => return Err(error),
                Err(_) => {}
            }
        }
        Err(StoreError::Doubtful)
    }

    /// The hash at the head's position. The server may be at work on the lost commit yet: who holds
    /// the head's lock has waited for that.
    fn hash_behind_lock(&self, head: &Head) -> Result<(Db, Option<TreeHash>), StoreError> {
        let mut db = Db::open_for_writing(&self.url)?;
        db.begin()?;
        head::lock(&mut db)?;
        let hash = head::hash_at(&mut db, head.last_seq)?;
        db.rollback();
        Ok((db, hash))
    }

    fn write_within(&mut self, db: &mut Db, requests: &[&Request]) -> Result<Written, StoreError> {
        let head = head::lock(db)?;
        let sealed_since = self.sealed_since(db, &head)?;
        let world = match self.kept.take() {
            Some((kept, world)) if kept == head => world,
            Some((kept, world)) if head::went_on_without(db, &kept, &head, &Event::reference_kinds())? => {
                world.only_reference_data()
            }
            _ => World::default(),
        };
        let now = self.clock.now().max(head.last_recorded_at);
        let (rules, vault) = (&self.rules, &*self.vault);
        let before = head.last_seq;
        let mut batch = Batch {
            rules,
            vault,
            origin: self.origin.as_ref(),
            now,
            head,
            world,
            unwritten: Vec::new(),
            beside: Vec::new(),
            entries: 0,
            rejections: 0,
            erases: false,
        };
        // A rule that panics has written nothing; one request must not end the service for all.
        let verdicts = catch_unwind(AssertUnwindSafe(|| batch.run(db, requests)));
        let verdicts = verdicts.map_err(|_| StoreError::Panicked)??;
        if batch.head.last_seq != before {
            head::advance(db, &batch.head)?;
            let sealed = SealedBatch::new(before.next(), sealed_since, &batch.head);
            batch_seals::keep(db, vault, sealed)?;
        }
        if rollups::is_due(before, batch.head.last_seq, self.rollup_interval) {
            rollups::write(db, batch.head.last_seq)?;
        }
        self.tally.batches.fetch_add(1, Ordering::Relaxed);
        self.tally.entries.fetch_add(batch.entries, Ordering::Relaxed);
        self.tally.rejections.fetch_add(batch.rejections, Ordering::Relaxed);
        Ok(Written { verdicts, head: batch.head, sealed_since, world: batch.world, erases: batch.erases })
    }

    /// The first entry that ever was sealed; the next, where none was. What somebody else left is built on
    /// only if it bears the service's seal.
    fn sealed_since(&self, db: &mut Db, head: &Head) -> Result<Seq, StoreError> {
        match &self.left {
            Some((left, since)) if left == head => Ok(*since),
            _ => Ok(batch_seals::standing(db, &self.vault, head)?.since(head.last_seq.next())),
        }
    }
}
