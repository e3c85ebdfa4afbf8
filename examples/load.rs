//! A load client with bounds: sends each request of a file once, over keep-alive connections, and
//! prints how many a second the service accepted, and how long they took.
//!
//! ```text
//! cargo run --release --example load -- \
//!     --addresses 127.0.0.1:8080 --requests requests --tokens tokens --connections 64
//! ```
//!
//! A request is a line of method, path and JSON body: `POST /v1/service-records {…}`, `GET /v1/units`.
//! Tokens, one a line, take turns; so do addresses, among the connections.
//! Each connection has a thread of its own and sends its next request when the last was answered.
//! It speaks as much HTTP/1.1 as that needs, so that it takes little of the cores that it shares
//! with the service. It exits 1 when any request was not accepted.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::panic::resume_unwind;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use clap::Parser;

/// How long one answer may take before its connection is given up.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(30);

/// Sends each request of a file once and prints what was accepted, and how fast.
#[derive(Parser)]
struct Load {
    /// Where the service listens, as 127.0.0.1:8080; more than one where there are replicas.
    #[arg(long, value_delimiter = ',', required = true)]
    addresses: Vec<SocketAddr>,
    /// A file with one request a line: method, path, body.
    #[arg(long)]
    requests: PathBuf,
    /// A file with one bearer token a line.
    #[arg(long)]
    tokens: PathBuf,
    /// Give each request an idempotency key of its own, which begins so.
    #[arg(long, value_name = "PREFIX")]
    idempotency_keys: Option<String>,
    /// How many connections to keep open, each with one request under way.
    #[arg(long, default_value_t = 64)]
    connections: usize,
}

/// What one connection has seen.
#[derive(Default)]
struct Seen {
    answers_by_status: BTreeMap<u16, usize>,
    /// From the first byte sent to the last received, of accepted requests.
    latencies: Vec<Duration>,
    first_refusal: Option<String>,
    broken: Option<io::Error>,
}

fn main() -> io::Result<ExitCode> {
    let load = Load::parse();
    let requests = load.requests()?;

    let next = AtomicUsize::new(0);
    let started = Instant::now();
    let seen = thread::scope(|scope| {
        let addresses = load.addresses.iter().cycle().take(load.connections);
        let connections: Vec<_> =
            addresses.map(|address| scope.spawn(|| run_connection(*address, &requests, &next))).collect();
        connections
            .into_iter()
            .map(|connection| connection.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .fold(Seen::default(), Seen::and)
    });
    Ok(report(seen, requests.len(), started.elapsed()))
}

impl Load {
    /// The requests as they are sent.
    fn requests(&self) -> io::Result<Vec<String>> {
        let (lines, tokens) = (fs::read_to_string(&self.requests)?, fs::read_to_string(&self.tokens)?);
        let signed = lines.lines().zip(tokens.lines().cycle()).enumerate();
        signed.map(|(at, (line, token))| request(line, token, &self.key_header(at))).collect()
    }

    /// The header that bears the key of a request, if there are keys.
    fn key_header(&self, at: usize) -> String {
        let header = |prefix| format!("Idempotency-Key: {prefix}-{at}\r\n");
        self.idempotency_keys.as_ref().map(header).unwrap_or_default()
    }
}

/// A line of method, path and body as HTTP; the name of the host is of no use to what is measured here.
fn request(line: &str, token: &str, key_header: &str) -> io::Result<String> {
    let mut parts = line.splitn(3, ' ');
    let (Some(method), Some(path), body) = (parts.next(), parts.next(), parts.next().unwrap_or("")) else {
        return Err(malformed(line));
    };
    let content = match body.len() {
        0 => String::new(),
        bytes => format!("Content-Type: application/json\r\nContent-Length: {bytes}\r\n"),
    };
    Ok(format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n{key_header}{content}\r\n{body}"
    ))
}

/// Sends requests, from `next` on, until none is left or the connection breaks.
fn run_connection(address: SocketAddr, requests: &[String], next: &AtomicUsize) -> Seen {
    let mut seen = Seen::default();
    let outcome = connect(address).and_then(|mut connection| {
        while let Some(request) = requests.get(next.fetch_add(1, Ordering::Relaxed)) {
            let sent = Instant::now();
            connection.get_mut().write_all(request.as_bytes())?;
            let (status, body) = read_answer(&mut connection)?;
            seen.note(status, &body, sent.elapsed());
        }
        Ok(())
    });
    seen.broken = outcome.err();
    seen
}

fn connect(address: SocketAddr) -> io::Result<BufReader<TcpStream>> {
    let stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(ANSWER_TIMEOUT))?;
    Ok(BufReader::new(stream))
}

impl Seen {
    fn note(&mut self, status: u16, body: &[u8], took: Duration) {
        *self.answers_by_status.entry(status).or_default() += 1;
        if is_accepted(status) {
            self.latencies.push(took);
        } else if self.first_refusal.is_none() {
            self.first_refusal = Some(format!("{status} {}", String::from_utf8_lossy(body)));
        }
    }

    fn and(mut self, other: Self) -> Self {
        for (status, count) in other.answers_by_status {
            *self.answers_by_status.entry(status).or_default() += count;
        }
        self.latencies.extend(other.latencies);
        self.first_refusal = self.first_refusal.or(other.first_refusal);
        self.broken = self.broken.or(other.broken);
        self
    }
}

fn is_accepted(status: u16) -> bool {
    (200..300).contains(&status)
}

/// The status and the body, whose length the service must have said.
fn read_answer(connection: &mut BufReader<TcpStream>) -> io::Result<(u16, Vec<u8>)> {
    let status_line = read_line(connection)?;
    let status = status_line.split(' ').nth(1).and_then(|status| status.parse().ok());
    let status = status.ok_or_else(|| malformed(&status_line))?;

    let mut body_bytes = 0;
    loop {
        let line = read_line(connection)?;
        match line.split_once(':') {
            Some((name, length)) if name.eq_ignore_ascii_case("content-length") => {
                body_bytes = length.trim().parse().map_err(|_| malformed(&line))?;
            }
            Some((name, _)) if name.eq_ignore_ascii_case("transfer-encoding") => {
                return Err(malformed(&line));
            }
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; body_bytes];
    connection.read_exact(&mut body)?;
    Ok((status, body))
}

fn read_line(connection: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut line = String::new();
    if connection.read_line(&mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim_end().to_owned())
}

fn malformed(line: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("not understood: {line:?}"))
}

fn report(mut seen: Seen, requests: usize, elapsed: Duration) -> ExitCode {
    seen.latencies.sort_unstable();
    let accepted = seen.latencies.len();
    println!("accepted   {accepted} of {requests}");
    for (status, count) in &seen.answers_by_status {
        println!("status {status} {count}");
    }
    println!("elapsed    {:.3} s", elapsed.as_secs_f64());
    println!("throughput {} a second", accepted as u128 * 1_000_000 / elapsed.as_micros());
    for percent in [50, 99] {
        if let Some(latency) = percentile(&seen.latencies, percent) {
            println!("p{percent}        {:.3} ms", latency.as_secs_f64() * 1_000.0);
        }
    }
    if let Some(refusal) = &seen.first_refusal {
        eprintln!("first refusal: {refusal}");
    }
    if let Some(problem) = &seen.broken {
        eprintln!("a connection broke: {problem}");
    }
    if accepted == requests { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The least value that `percent` of `sorted` do not exceed; none of nothing.
fn percentile(sorted: &[Duration], percent: usize) -> Option<Duration> {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.checked_sub(1)?).copied()
}
