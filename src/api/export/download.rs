//! The way of an export from the database to the client, page by page.
//!
//! A thread of its own reads within one snapshot: first it counts, then the journal's entry is written
//! (who, what, how many), and only then the first row goes out, read from the very snapshot that was
//! counted. Between thread and client lie a few chunks at most; a client that stops reading makes the
//! thread wait, and is given up after a while. What breaks off does not end as a whole answer does, so
//! that no part of a file passes for the file.

use super::{Counted, ExportForm, Source};
use crate::api::downloads::Place;
use crate::api::problem::ApiError;
use crate::api::state::{AppState, scope_of};
use crate::api::tabular::{Heading, Table};
use crate::auth::Identity;
use crate::domain::as_of::Present;
use crate::store::read::Scope;
use crate::store::{Db, Pool, StoreError};
use actix_web::body::{BodySize, MessageBody};
use actix_web::web::Bytes;
use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};

/// How long one export may take: a snapshot that is held keeps the database from tidying up.
const LONGEST: Duration = Duration::from_secs(15 * 60);
/// How long a client may leave off reading.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes that are sent at once.
const CHUNK_BYTES: usize = 64 * 1024;
/// Chunks that wait for the client.
const CHUNKS_WAITING: usize = 4;

/// What can be counted within a snapshot, and written out of it.
pub(super) trait Content: Send + 'static {
    /// What it shows, or why it is not given out.
    fn count(&mut self, db: &mut Db, scope: Scope) -> Result<Result<Counted, ApiError>, StoreError>;

    /// Writes it all.
    fn write(self, db: &mut Db, scope: Scope, sink: Sink) -> Result<Sink, Broken>;
}

/// Rows as a table in some form.
pub(super) struct TableOf<S> {
    pub source: S,
    pub form: ExportForm,
    pub present: Present,
}

impl<S: Source> Content for TableOf<S> {
    fn count(&mut self, db: &mut Db, scope: Scope) -> Result<Result<Counted, ApiError>, StoreError> {
        self.source.open(db, scope, self.present)
    }

    fn write(self, db: &mut Db, scope: Scope, sink: Sink) -> Result<Sink, Broken> {
        let columns = self.source.columns();
        let (title, zone, language) = (self.source.title(), self.present.zone, self.form.language());
        let heading = Heading { title, columns: &columns, zone, language };
        let mut table = Table::begin(sink, self.form.form(), heading).map_err(Broken::Off)?;
        self.source.each(db, scope, &mut |cells| table.row(cells).map_err(Broken::Off))?;
        table.finish().map_err(Broken::Off)
    }
}

/// An export whose rows are counted and wait to be sent for.
pub(super) struct Download {
    pub counted: Counted,
    go: oneshot::Sender<()>,
    chunks: mpsc::Receiver<Chunk>,
}

impl Download {
    /// Opens the snapshot and counts.
    pub(super) async fn open(
        state: &AppState,
        reader: Identity,
        content: impl Content,
    ) -> Result<Self, ApiError> {
        let place = state.downloads.admit(reader).await?;
        let (counted, when_counted) = oneshot::channel();
        let (go, when_told) = oneshot::channel();
        let (sender, chunks) = mpsc::channel(CHUNKS_WAITING);
        let sink = Sink::new(sender);
        let work = Work { reader, content, counted, when_told, sink };
        let pool = state.readers.clone();
        tokio::task::spawn_blocking(move || work.run(&pool, place));
        let counted = when_counted.await.map_err(|_| ApiError::Unavailable)??;
        Ok(Self { counted, go, chunks })
    }

    /// Lets the rows go out.
    pub(super) fn send(self) -> Chunks {
        // If nobody waits for it any more, the body says so by breaking off.
        let _gone = self.go.send(());
        Chunks(self.chunks)
    }
}

/// What the thread has to do.
struct Work<C> {
    reader: Identity,
    content: C,
    counted: oneshot::Sender<Result<Counted, ApiError>>,
    when_told: oneshot::Receiver<()>,
    sink: Sink,
}

impl<C: Content> Work<C> {
    fn run(self, pool: &Pool, place: Place) {
        let written = pool.read(|db| db.snapshot(|db| self.write_all(db)));
        // Who has heard the end may ask for the next export at once.
        drop(place);
        match written {
            Ok(Some(sink)) => {
                if let Err(error) = sink.end() {
                    tracing::info!(%error, "a client left an export");
                }
            }
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "an export broke off"),
        }
    }

    /// Where all of it went, but for the end; nothing where it was refused or left.
    fn write_all(self, db: &mut Db) -> Result<Option<Sink>, StoreError> {
        let Self { reader, mut content, counted, when_told, sink } = self;
        let scope = match scope_of(db, reader)? {
            Ok(scope) => scope,
            Err(refusal) => {
                let _gone = counted.send(Err(refusal));
                return Ok(None);
            }
        };
        let found = match content.count(db, scope)? {
            Ok(found) => found,
            Err(refusal) => {
                let _gone = counted.send(Err(refusal));
                return Ok(None);
            }
        };
        let is_awaited = counted.send(Ok(found)).is_ok();
        if !is_awaited || when_told.blocking_recv().is_err() {
            return Ok(None);
        }
        match content.write(db, scope, sink) {
            Ok(sink) => Ok(Some(sink)),
            Err(Broken::Off(error)) => {
                tracing::info!(%error, "a client left an export");
                Ok(None)
            }
            Err(Broken::Store(error)) => Err(error),
        }
    }
}

/// Why an export did not come to its end.
#[derive(Debug)]
pub enum Broken {
    /// The client hears no more, or the time is over.
    Off(io::Error),
    Store(StoreError),
}

impl From<StoreError> for Broken {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

enum Chunk {
    Bytes(Bytes),
    /// The answer is whole.
    End,
}

/// Takes what is written, and hands it on in chunks.
pub(super) struct Sink {
    sender: mpsc::Sender<Chunk>,
    waiting: Vec<u8>,
    runtime: Handle,
    until: Instant,
    /// Once broken, it takes everything and hands nothing on: an archive that is dropped half-way tries
    /// to write its end.
    is_broken: bool,
}

impl Sink {
    fn new(sender: mpsc::Sender<Chunk>) -> Self {
        Self {
            sender,
            waiting: Vec::with_capacity(2 * CHUNK_BYTES),
            runtime: Handle::current(),
            until: Instant::now() + LONGEST,
            is_broken: false,
        }
    }

    /// Hands on what waits, and that nothing follows.
    fn end(mut self) -> io::Result<()> {
        self.hand_on()?;
        self.send(Chunk::End)
    }

    fn hand_on(&mut self) -> io::Result<()> {
        let bytes = Bytes::copy_from_slice(&self.waiting);
        self.waiting.clear();
        self.send(Chunk::Bytes(bytes))
    }

    fn send(&mut self, chunk: Chunk) -> io::Result<()> {
        let patience = PATIENCE.min(self.until.saturating_duration_since(Instant::now()));
        let sender = &self.sender;
        let sent = self.runtime.block_on(async { tokio::time::timeout(patience, sender.send(chunk)).await });
        let fault = match sent {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(_)) => io::Error::new(io::ErrorKind::BrokenPipe, "the client is gone"),
            Err(_) => {
                io::Error::new(io::ErrorKind::TimedOut, "the client does not read, or the time is over")
            }
        };
        self.is_broken = true;
        Err(fault)
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.is_broken {
            self.waiting.extend_from_slice(bytes);
            if self.waiting.len() >= CHUNK_BYTES {
                self.hand_on()?;
            }
        }
        Ok(bytes.len())
    }

    /// Only whole chunks go out, and the last.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The body of the answer.
pub(super) struct Chunks(mpsc::Receiver<Chunk>);

impl MessageBody for Chunks {
    type Error = io::Error;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context) -> Poll<Option<io::Result<Bytes>>> {
        self.0.poll_recv(cx).map(|chunk| match chunk {
            Some(Chunk::Bytes(bytes)) => Some(Ok(bytes)),
            Some(Chunk::End) => None,
            None => Some(Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the export broke off"))),
        })
    }
}
