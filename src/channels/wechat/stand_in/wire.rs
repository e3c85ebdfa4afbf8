//! HTTP, as much of it as a client of ours speaks: a request, an answer, and the end of the connection.

use serde_json::Value;
use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// No request is larger.
const REQUEST_BYTES_MAX: u64 = 64 << 10;
/// Who sends nothing for so long is gone.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often who waits looks whether it is over.
const A_MOMENT: Duration = Duration::from_millis(20);

/// A request, as far as it is looked at.
pub(super) struct Request {
    pub(super) path: String,
    pub(super) query: HashMap<String, String>,
    /// The body, if it is JSON.
    pub(super) body: Option<Value>,
}

/// What is sent back.
pub(super) enum Answer {
    /// JSON that is called a text, as WeChat calls it.
    Json(Value),
    Jpeg(Vec<u8>),
    Html(&'static str),
    Empty,
    /// The first half of some JSON.
    Cut(Value),
    /// HTTP status 500.
    Fault,
    /// None, for as long as somebody waits.
    Never,
}

pub(super) fn read(stream: &TcpStream) -> Option<Request> {
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    let mut reader = BufReader::new(stream.take(REQUEST_BYTES_MAX));
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let target = line.split(' ').nth(1)?.to_owned();
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let Some((name, value)) = header.split_once(':') else { break };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse::<usize>().ok()?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=')?;
        Some((decoded(name)?, decoded(value)?))
    };
    Some(Request {
        path: path.to_owned(),
        query: query.split('&').filter_map(pair).collect(),
        body: serde_json::from_slice(&body).ok(),
    })
}

/// What stands percent-encoded in a query.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            b'+' => b' ',
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

pub(super) fn write(mut stream: &TcpStream, answer: Answer, is_over: impl Fn() -> bool) -> io::Result<()> {
    let (status, kind, body, length) = match answer {
        Answer::Json(json) => whole("text/plain", json.to_string().into_bytes()),
        Answer::Jpeg(bytes) => whole("image/jpeg", bytes),
        Answer::Html(text) => whole("text/html", text.as_bytes().to_vec()),
        Answer::Empty => whole("text/plain", Vec::new()),
        Answer::Cut(json) => {
            let (status, kind, mut body, length) = whole("text/plain", json.to_string().into_bytes());
            body.truncate(length / 2);
            (status, kind, body, length)
        }
        Answer::Fault => {
            let (_, kind, body, length) = whole("text/plain", br#"{"openid":"nobody"}"#.to_vec());
            ("500 Internal Server Error", kind, body, length)
        }
        Answer::Never => return wait_until_gone(stream, is_over),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(&[head.as_bytes(), &body].concat())?;
    stream.flush()
}

type Whole = (&'static str, &'static str, Vec<u8>, usize);

fn whole(kind: &'static str, body: Vec<u8>) -> Whole {
    let length = body.len();
    ("200 OK", kind, body, length)
}

/// Until who asked hangs up, or the stand-in ends.
fn wait_until_gone(mut stream: &TcpStream, is_over: impl Fn() -> bool) -> io::Result<()> {
    stream.set_read_timeout(Some(A_MOMENT))?;
    while !is_over() {
        match stream.read(&mut [0; 64]) {
            Ok(0) => return Ok(()),
            Ok(_) => {}
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_decoded() {
        assert_eq!(decoded("a%2Bb+c%E7%94%B2").as_deref(), Some("a+b c甲"));
        assert_eq!(decoded("%2"), None);
        assert_eq!(decoded("%ff"), None);
    }
}
