//! The write path on a database, with a clock and keys of the test's.

use super::clock::TestClock;
use super::pure::Verdict;
use hourbook::domain::actor::Actor;
use hourbook::domain::ids::{RedemptionId, Seq};
use hourbook::domain::redemption::ExpireRedemption;
use hourbook::domain::rules::Rules;
use hourbook::domain::{Command, Rejection};
use hourbook::engine::{
    Answer, Engine, IdempotencyKey, Ledger, Receipt, Request, RequestRefusal, Work, WriterOptions,
};
use hourbook::store::sql::Sql;
use hourbook::store::vault::{SecretKey, Vault};
use hourbook::store::{Db, DbUrl, head};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// How writers work in tests: with roll-ups as close together as tests are short.
pub fn options() -> WriterOptions {
    WriterOptions { rollup_interval: 5, ..WriterOptions::default() }
}

/// A running writer.
pub struct Writer {
    pub ledger: Ledger,
    engine: Engine,
    url: DbUrl,
}

impl Writer {
    pub fn start(url: &DbUrl, clock: &Arc<TestClock>) -> Self {
        Self::start_with(url, clock, &options())
    }

    pub fn start_with(url: &DbUrl, clock: &Arc<TestClock>, options: &WriterOptions) -> Self {
        let (engine, ledger) = Engine::start(url, Rules::default(), vault(), clock.clone(), options).unwrap();
        Self { ledger, engine, url: url.clone() }
    }

    /// Asks one thing without a key.
    pub fn ask(&self, actor: Actor, command: Command) -> Result<Receipt, Rejection> {
        match self.ledger.submit_blocking(single(actor, command)) {
            Ok(Answer::Single(receipt)) => Ok(*receipt),
            Err(RequestRefusal::Rejected(rejection)) => Err(rejection),
            other => panic!("unexpected answer: {other:?}"),
        }
    }

    /// Asks everything in this order, and sees to it that it is written in one batch.
    pub fn ask_in_one_batch(&self, requests: Vec<Request>) -> Vec<Verdict> {
        let batches = || self.ledger.tally().batches.load(Ordering::Relaxed);
        let before = batches();
        let verdicts = in_runtime(async {
            let head = HeldHead::take(&self.url);
            let first = occupy(&self.ledger).await;
            let pending = queue(&self.ledger, requests);
            tokio::task::yield_now().await;
            head.release();
            first.await.unwrap().unwrap_err();
            gather(pending).await
        });
        // A slow writer may find the rest waiting when it looks what else there is besides the first.
        assert!(batches() <= before + 2, "at most one that keeps the writer busy, and one for all the rest");
        verdicts
    }

    /// Ends the writer once all is answered.
    pub fn stop(self) {
        drop(self.ledger);
        self.engine.join();
    }
}

/// The journal's head, locked by somebody else than the writer: nothing is written meanwhile.
pub struct HeldHead(Db);

impl HeldHead {
    pub fn take(url: &DbUrl) -> Self {
        let mut db = Db::open(url).unwrap();
        db.begin().unwrap();
        head::lock(&mut db).unwrap();
        Self(db)
    }

    pub fn release(mut self) {
        self.0.rollback();
    }

    /// Ends every other connection to this PostgreSQL database, and then lets go.
    pub fn end_other_connections(mut self) {
        let sql = "SELECT COUNT(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity
                   WHERE datname = current_database() AND pid <> pg_backend_pid()";
        assert!(self.0.number(Sql::new(sql)).unwrap() > Some(0), "nobody else is connected");
        self.release();
    }
}

/// Gives the writer a request that comes to nothing, and waits until it is at work on that.
pub async fn occupy(ledger: &Ledger) -> tokio::task::JoinHandle<Verdict> {
    let room = ledger.queue_room();
    let nowhere = ExpireRedemption { redemption: RedemptionId::new(Seq(i64::from(u32::MAX))) };
    let request = single(Actor::System, Command::ExpireRedemption(nowhere));
    let pending = queue(ledger, vec![request]).remove(0);
    tokio::task::yield_now().await;
    while ledger.queue_room() < room {
        tokio::task::yield_now().await;
    }
    // Having taken the first, the writer looks at once what else waits.
    std::thread::sleep(Duration::from_millis(20));
    pending
}

/// Verdicts that are waited for.
pub type Pending = Vec<tokio::task::JoinHandle<Verdict>>;

/// Queues the requests in this order. The runtime of [`in_runtime`] starts tasks in turn.
pub fn queue(ledger: &Ledger, requests: Vec<Request>) -> Pending {
    let ask = |request| {
        let ledger = ledger.clone();
        tokio::spawn(async move { ledger.submit(request).await })
    };
    requests.into_iter().map(ask).collect()
}

/// Waits for all verdicts.
pub async fn gather(pending: Pending) -> Vec<Verdict> {
    let mut verdicts = Vec::with_capacity(pending.len());
    for one in pending {
        verdicts.push(one.await.unwrap());
    }
    verdicts
}

/// Runs a future to its end on this thread.
pub fn in_runtime<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

/// A request of one command without a key.
pub fn single(actor: Actor, command: Command) -> Request {
    Request { actor, token_from: None, key: None, work: Work::Single(Box::new(command)) }
}

/// The same request again.
pub fn repeat(request: &Request) -> Request {
    let work = match &request.work {
        Work::Single(command) => Work::Single(command.clone()),
        Work::Bulk(commands) => Work::Bulk(commands.clone()),
    };
    Request { actor: request.actor, token_from: request.token_from, key: request.key, work }
}

/// The same request under a key.
pub fn keyed(request: Request, scope: u8, fingerprint: u8) -> Request {
    let key = IdempotencyKey { scope: [scope; 32], fingerprint: [fingerprint; 32] };
    Request { key: Some(key), ..request }
}

/// The keys of all tests.
pub fn vault() -> Arc<Vault> {
    let key = |byte: &str| byte.repeat(32).parse::<SecretKey>().unwrap();
    Arc::new(Vault::new(&key("11"), &key("22")))
}
