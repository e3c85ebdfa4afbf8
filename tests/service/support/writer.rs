//! The write path on a database, with a clock and keys of the test's.

use super::clock::TestClock;
use super::pure::Verdict;
use hourbook::domain::actor::Actor;
use hourbook::domain::rules::Rules;
use hourbook::domain::{Command, Rejection};
use hourbook::engine::{
    Answer, Engine, IdempotencyKey, Ledger, Receipt, Refusal, Request, Work, WriterOptions,
};
use hourbook::store::DbUrl;
use hourbook::store::vault::{SecretKey, Vault};
use std::sync::Arc;

/// A running writer.
pub struct Writer {
    pub ledger: Ledger,
    engine: Engine,
}

impl Writer {
    pub fn start(url: &DbUrl, clock: &Arc<TestClock>) -> Self {
        let options = WriterOptions::default();
        let (engine, ledger) =
            Engine::start(url, Rules::default(), vault(), clock.clone(), &options).unwrap();
        Self { ledger, engine }
    }

    /// Asks one thing without a key.
    pub fn ask(&self, actor: Actor, command: Command) -> Result<Receipt, Rejection> {
        match self.ledger.submit_blocking(single(actor, command)) {
            Ok(Answer::Single(receipt)) => Ok(*receipt),
            Err(Refusal::Rejected(rejection)) => Err(rejection),
            other => panic!("unexpected answer: {other:?}"),
        }
    }

    /// Asks everything at once, in this order: what waits together is written together.
    pub fn ask_at_once(&self, requests: Vec<Request>) -> Vec<Verdict> {
        in_runtime(async { gather(queue(&self.ledger, requests)).await })
    }

    /// Ends the writer once all is answered.
    pub fn stop(self) {
        drop(self.ledger);
        self.engine.join();
    }
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
    Request { actor, key: None, work: Work::Single(Box::new(command)) }
}

/// The same request again.
pub fn repeat(request: &Request) -> Request {
    let work = match &request.work {
        Work::Single(command) => Work::Single(command.clone()),
        Work::Bulk(commands) => Work::Bulk(commands.clone()),
    };
    Request { actor: request.actor, key: request.key, work }
}

/// The same request under a key.
pub fn keyed(request: Request, scope: u8, fingerprint: u8) -> Request {
    let key = IdempotencyKey { scope: [scope; 32], fingerprint: [fingerprint; 32] };
    Request { key: Some(key), ..request }
}

/// The commands of a request.
pub fn commands(request: &Request) -> &[Command] {
    match &request.work {
        Work::Single(command) => std::slice::from_ref(command),
        Work::Bulk(commands) => commands,
    }
}

/// The keys of all tests.
pub fn vault() -> Arc<Vault> {
    let key = |byte: &str| byte.repeat(32).parse::<SecretKey>().unwrap();
    Arc::new(Vault::new(&key("11"), &key("22")))
}
