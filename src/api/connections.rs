//! How many connections are open: of one address, and of all. Where there are too many, the one goes that has been idle
//! longest.
//!
//! A connection that is kept alive costs its client nothing; enough of them used to keep everybody else out until their
//! time was over. A connection is idle until something is read from it, and again from when an answer is written to it.
//! Who works is not cut off: of a connection that is told to go only reading ends, so that an answer under way is whole.

use super::limit::network_of;
use std::collections::HashMap;
use std::io::{self, IoSlice};
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Most connections that are open.
#[derive(Clone, Copy, Debug)]
pub struct ConnectionLimits {
    /// At a time.
    pub all: usize,
    /// Of these, of one address; none: any number.
    pub of_an_address: Option<usize>,
    /// The address of a proxy, behind which everybody has the same one: it may have any number.
    pub proxy: Option<IpAddr>,
}

/// The open connections.
#[derive(Clone, Debug)]
pub struct Connections(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    limits: ConnectionLimits,
    open: Mutex<Open>,
    /// Counts what becomes idle: a clock of which only the order matters.
    turn: AtomicU64,
}

#[derive(Debug, Default)]
struct Open {
    last_id: u64,
    by_id: HashMap<u64, (IpAddr, Arc<Line>)>,
    by_address: HashMap<IpAddr, usize>,
}

/// What is known of one connection.
#[derive(Debug)]
struct Line {
    /// Since which turn it is idle; [`BUSY`] while a request is read or answered.
    idle_since: AtomicU64,
    is_told_to_go: AtomicBool,
    /// Who waits for something to read.
    reader: Mutex<Option<Waker>>,
}

const BUSY: u64 = u64::MAX;

impl Connections {
    /// None yet.
    #[must_use]
    pub fn new(limits: ConnectionLimits) -> Self {
        Self(Arc::new(Shared { limits, open: Mutex::default(), turn: AtomicU64::new(0) }))
    }

    /// Takes a connection in; one that is idle goes for it where there are too many. None where all of them are at work.
    pub fn admit<S>(&self, peer: IpAddr, stream: S) -> Option<Counted<S>> {
        let limits = self.0.limits;
        let address = network_of(peer);
        let of_an_address = limits.of_an_address.filter(|_| limits.proxy != Some(peer.to_canonical()));
        let mut open = self.lock();
        if of_an_address.is_some_and(|most| open.of(address) >= most) {
            open.let_go(|of| of == address)?;
        } else if open.by_id.len() >= limits.all {
            open.let_go(|_| true)?;
        }
        let line = Arc::new(Line {
            idle_since: AtomicU64::new(self.next_turn()),
            is_told_to_go: AtomicBool::new(false),
            reader: Mutex::default(),
        });
        let id = open.add(address, line.clone());
        Some(Counted { stream, line, id, connections: self.clone() })
    }

    fn next_turn(&self) -> u64 {
        self.0.turn.fetch_add(1, Ordering::Relaxed)
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        // A thread that panicked has left both lists with or without the connection, or one too many counted.
        self.0.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    fn of(&self, address: IpAddr) -> usize {
        self.by_address.get(&address).copied().unwrap_or_default()
    }

    fn add(&mut self, address: IpAddr, line: Arc<Line>) -> u64 {
        self.last_id += 1;
        *self.by_address.entry(address).or_default() += 1;
        self.by_id.insert(self.last_id, (address, line));
        self.last_id
    }

    fn remove(&mut self, id: u64) {
        let Some((address, _)) = self.by_id.remove(&id) else { return };
        if let Some(count) = self.by_address.get_mut(&address) {
            *count -= 1;
            if *count == 0 {
                self.by_address.remove(&address);
            }
        }
    }

    /// Tells the one to go that has been idle longest, of those asked for; none where all are at work.
    fn let_go(&mut self, is_asked_for: impl Fn(IpAddr) -> bool) -> Option<()> {
        let of = self.by_id.iter().filter(|(_, (address, _))| is_asked_for(*address));
        let idle = of.map(|(id, (_, line))| (line.idle_since.load(Ordering::Relaxed), *id));
        let (_, id) = idle.filter(|(since, _)| *since != BUSY).min()?;
        let line = self.by_id.get(&id)?.1.clone();
        self.remove(id);
        line.is_told_to_go.store(true, Ordering::Release);
        if let Some(reader) = line.waiting().take() {
            reader.wake();
        }
        Some(())
    }
}

impl Line {
    fn waiting(&self) -> MutexGuard<'_, Option<Waker>> {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection that is counted as long as it is there.
#[derive(Debug)]
pub struct Counted<S> {
    stream: S,
    line: Arc<Line>,
    id: u64,
    connections: Connections,
}

impl<S> Counted<S> {
    fn wrote(&self, written: &Poll<io::Result<usize>>) {
        if matches!(written, Poll::Ready(Ok(1..))) {
            self.line.idle_since.store(self.connections.next_turn(), Ordering::Relaxed);
        }
    }
}

impl<S> Drop for Counted<S> {
    fn drop(&mut self) {
        self.connections.lock().remove(self.id);
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Counted<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.line.waiting().replace(cx.waker().clone());
        if self.line.is_told_to_go.load(Ordering::Acquire) {
            // As if the client had hung up.
            return Poll::Ready(Ok(()));
        }
        let before = buf.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, buf);
        if buf.filled().len() > before {
            self.line.idle_since.store(BUSY, Ordering::Relaxed);
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Counted<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.wrote(&written);
        written
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, parts);
        self.wrote(&written);
        written
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connections(all: usize, of_an_address: Option<usize>, proxy: Option<&str>) -> Connections {
        let proxy = proxy.map(|proxy| proxy.parse().unwrap());
        Connections::new(ConnectionLimits { all, of_an_address, proxy })
    }

    fn admit(connections: &Connections, peer: &str) -> Option<Counted<()>> {
        connections.admit(peer.parse().unwrap(), ())
    }

    fn is_told_to_go(counted: &Counted<()>) -> bool {
        counted.line.is_told_to_go.load(Ordering::Relaxed)
    }

    fn work(counted: &Counted<()>) {
        counted.line.idle_since.store(BUSY, Ordering::Relaxed);
    }

    #[test]
    fn the_idlest_goes_and_who_works_stays() {
        let connections = connections(3, None, None);
        let [first, second, third] =
            ["10.0.0.1", "10.0.0.2", "10.0.0.3"].map(|peer| admit(&connections, peer).unwrap());
        work(&first);
        second.wrote(&Poll::Ready(Ok(1)));
        let fourth = admit(&connections, "10.0.0.4").unwrap();
        assert_eq!([&first, &second, &third].map(is_told_to_go), [false, false, true]);
        work(&second);
        work(&fourth);
        assert!(admit(&connections, "10.0.0.5").is_none(), "everybody is at work");
        drop(first);
        assert!(admit(&connections, "10.0.0.5").is_some());
        drop((second, third, fourth));
        let open = connections.lock();
        assert_eq!((open.by_id.len(), open.by_address.len()), (0, 0));
    }

    #[test]
    fn an_address_has_its_own_limit_and_a_proxy_none() {
        let connections = connections(100, Some(2), Some("10.0.0.9"));
        let own: Vec<_> = (0..2).map(|_| admit(&connections, "10.0.0.1").unwrap()).collect();
        let other = admit(&connections, "10.0.0.2").unwrap();
        let _third = admit(&connections, "10.0.0.1").unwrap();
        assert_eq!([&own[0], &own[1], &other].map(is_told_to_go), [true, false, false]);
        let of_network: Vec<_> =
            (1..=3).map(|host| admit(&connections, &format!("2001:db8::{host}")).unwrap()).collect();
        assert!(is_told_to_go(&of_network[0]), "a network of IPv6 is one");
        let of_proxy: Vec<_> = (0..50).map(|_| admit(&connections, "10.0.0.9").unwrap()).collect();
        assert!(!of_proxy.iter().any(is_told_to_go));
    }
}
