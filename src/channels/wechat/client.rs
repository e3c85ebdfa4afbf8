//! Hands calls over to threads of their own: who serves others never waits for WeChat.
//!
//! The queue is bounded, and who would wait in it for longer than a call may take is told that there is no answer.

use super::apps::{ApiUrl, App, AppKind};
use super::calls::Calls;
use super::error::{NoAnswer, WechatError};
use crate::domain::binding::{AppId, Subject};
use crate::domain::identity::Mobile;
use crate::engine::Clock;
use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// Calls that are under way at once.
const THREADS: usize = 4;
/// Calls that wait at most.
const MOST_WAITING: usize = 64;
/// How long a call may take, and wait before.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// WeChat, as handlers ask it: cheap to clone.
#[derive(Clone, Debug)]
pub struct Wechat {
    calls: Arc<Calls>,
    queue: SyncSender<Job>,
    patience: Duration,
}

/// A call that waits.
struct Job {
    since: Instant,
    patience: Duration,
    call: Box<Call>,
}

/// Is told whether there is still time for it.
type Call = dyn FnOnce(&Calls, bool) + Send;

impl Wechat {
    /// For these apps. The threads end with the last handle.
    ///
    /// # Errors
    ///
    /// Where the system gives no thread.
    pub fn start(url: ApiUrl, apps: Vec<App>, patience: Duration, clock: Arc<dyn Clock>) -> io::Result<Self> {
        let calls = Arc::new(Calls::new(url, apps, patience, clock));
        let (queue, waiting) = sync_channel(MOST_WAITING);
        let waiting = Arc::new(Mutex::new(waiting));
        for number in 1..=THREADS {
            let (calls, waiting) = (calls.clone(), waiting.clone());
            let thread = std::thread::Builder::new().name(format!("wechat-{number}"));
            thread.spawn(move || work(&calls, &waiting))?;
        }
        Ok(Self { calls, queue, patience })
    }

    /// The calls themselves, for who has a thread of their own and may wait.
    #[must_use]
    pub fn calls(&self) -> &Arc<Calls> {
        &self.calls
    }

    /// Of which kind an app is, if it is one of ours.
    #[must_use]
    pub fn kind_of(&self, app: &AppId) -> Option<AppKind> {
        self.calls.kind_of(app)
    }

    /// [`Calls::identify`].
    pub async fn identify(&self, app: AppId, code: String) -> Result<Subject, WechatError> {
        self.ask(move |calls| calls.identify(&app, &code)).await
    }

    /// [`Calls::mobile`].
    pub async fn mobile(&self, app: AppId, of: Subject, code: String) -> Result<Mobile, WechatError> {
        self.ask(move |calls| calls.mobile(&app, &of, &code)).await
    }

    /// Has a call made, and waits for its answer.
    pub async fn ask<T: Send + 'static>(
        &self,
        call: impl FnOnce(&Calls) -> Result<T, WechatError> + Send + 'static,
    ) -> Result<T, WechatError> {
        let (reply, answer) = oneshot::channel();
        let call = Box::new(move |calls: &Calls, is_in_time: bool| {
            // Who has gone away needs no answer; a code is not spent for nobody.
            if !reply.is_closed() {
                let answer = if is_in_time { call(calls) } else { Err(NoAnswer::TimedOut.into()) };
                let _gone = reply.send(answer);
            }
        });
        let job = Job { since: Instant::now(), patience: self.patience, call };
        self.queue.try_send(job).map_err(|_| WechatError::Busy)?;
        answer.await.unwrap_or(Err(WechatError::NoAnswer(NoAnswer::Unreachable)))
    }
}

fn work(calls: &Calls, waiting: &Mutex<Receiver<Job>>) {
    loop {
        let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Job { since, patience, call }) = next else { return };
        call(calls, since.elapsed() < patience);
    }
}
