//! Why a file as a whole cannot be read.

use std::io;

/// Why a file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    #[error("line {line} is neither UTF-8 nor GB18030: save the file as CSV UTF-8")]
    Encoding { line: u64 },
    #[error(
        "line {utf8} is UTF-8 and line {gb18030} is GB18030: save the whole file as CSV UTF-8, or name one with --encoding"
    )]
    Mixed { utf8: u64, gb18030: u64 },
    #[error("line {line} can be read as UTF-8 and as GB18030: name its encoding with --encoding")]
    InDoubt { line: u64 },
    #[error(
        "line {line} has zero bytes, as UTF-16 has: name its encoding with --encoding, or save it as CSV UTF-8"
    )]
    ZeroBytes { line: u64 },
    #[error(
        "it is not {encoding} near byte {offset}: name its encoding with --encoding, or save it as CSV UTF-8"
    )]
    Malformed { encoding: &'static str, offset: u64 },
    #[error("the row at line {line} is longer than {MOST_ROW_BYTES} bytes: is a quotation mark not closed?")]
    RowTooLong { line: u64 },
    #[error("it is empty: a header is needed")]
    Empty,
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Most bytes of one row.
pub const MOST_ROW_BYTES: usize = 64 * 1024;
