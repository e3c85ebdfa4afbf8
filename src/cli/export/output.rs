//! Where an export goes: standard output, or a file that was not there before.

use crate::api::language::Language;
use crate::api::tabular::Form;
use crate::cli::words;
use clap::Args;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

/// Where to write.
#[derive(Args, Debug)]
pub struct OutputOptions {
    /// File to write to; it must not exist yet; - is standard output
    #[arg(long, value_name = "FILE", default_value = "-")]
    to: PathBuf,
}

/// How a table for people is written.
#[derive(Args, Debug)]
pub struct TableOptions {
    /// The language of the headings of CSV and XLSX: en or zh
    #[arg(long, value_name = "LANGUAGE", default_value = "en")]
    pub language: Language,

    /// Leave out the byte order mark by which spreadsheet programs recognise CSV as UTF-8
    #[arg(long)]
    no_byte_order_mark: bool,
}

impl TableOptions {
    pub fn csv(&self) -> Form {
        Form::Csv { byte_order_mark: !self.no_byte_order_mark }
    }
}

impl OutputOptions {
    /// Writes the file; if that fails, no part of it is left behind.
    pub fn write(&self, write: impl FnOnce(&mut dyn Write) -> Result<(), String>) -> Result<(), String> {
        if self.to.as_os_str() == "-" {
            let mut out = BufWriter::new(io::stdout().lock());
            write(&mut out)?;
            return out.flush().map_err(words);
        }
        let in_file = |error: io::Error| format!("{}: {error}", self.to.display());
        let mut out = BufWriter::new(File::create_new(&self.to).map_err(in_file)?);
        let written = write(&mut out)
            .and_then(|()| out.flush().and_then(|()| out.get_ref().sync_all()).map_err(in_file));
        if written.is_err() {
            // The first failure is the one to tell.
            let _left_behind = fs::remove_file(&self.to);
        }
        written
    }
}
