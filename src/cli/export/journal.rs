//! The journal, entry by entry: memory is bounded by a page of it.

use super::output::{OutputOptions, TableOptions};
use crate::api::tabular::{Cell, Heading, Table};
use crate::cli::config::DataOptions;
use crate::cli::{CliResult, words};
use crate::domain::account::{Account, Asset, Posting};
use crate::domain::actor::Actor;
use crate::domain::amounts::Points;
use crate::domain::event::Event;
use crate::domain::evidence::Evidence;
use crate::domain::ids::Seq;
use crate::domain::origin::Origin;
use crate::domain::time::{LocalZone, Timestamp};
use crate::journal::{Entry, Nonce};
use crate::store::read::journal::entries_after;
use crate::store::{Db, head};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use std::io::Write;
use std::process::ExitCode;

#[derive(Args, Debug)]
pub struct ExportJournal {
    /// First entry to write
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(i64).range(1..))]
    from_seq: i64,

    /// The format
    #[arg(long, value_enum, default_value = "ndjson")]
    format: Format,

    #[command(flatten)]
    table: TableOptions,

    #[command(flatten)]
    output: OutputOptions,

    #[command(flatten)]
    data: DataOptions,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// One entry a line, as JSON, with the members that its hash covers
    Ndjson,
    /// One posting a line; entries without postings do not appear
    Csv,
}

impl ExportJournal {
    pub fn run(self) -> CliResult {
        let mut db = Db::open_existing(&self.data.database()).map_err(words)?;
        db.must_be_migrated().map_err(words)?;
        self.output.write(|out| match self.format {
            Format::Ndjson => self.each_entry(&mut db, |entry| write_line(out, entry)),
            Format::Csv => {
                let (zone, language) = (LocalZone::shanghai(), self.table.language);
                let heading = Heading { title: "postings", columns: &COLUMNS, zone, language };
                let mut table = Table::begin(out, self.table.csv(), heading).map_err(words)?;
                self.each_entry(&mut db, |entry| write_postings(&mut table, entry))?;
                table.finish().map_err(words).map(|_| ())
            }
        })?;
        Ok(ExitCode::SUCCESS)
    }

    /// Every entry up to the one that is the last when this begins. Entries never change, so no transaction
    /// has to stay open.
    fn each_entry(
        &self,
        db: &mut Db,
        mut write: impl FnMut(&Entry) -> Result<(), String>,
    ) -> Result<(), String> {
        let last = head::read(db).map_err(words)?.last_seq;
        let mut done = Seq(self.from_seq - 1);
        let progress = progress_bar(last.0 - done.0);
        while done < last {
            let page = entries_after(db, done, PAGE).map_err(words)?;
            for entry in page.iter().take_while(|entry| entry.unsealed.seq <= last) {
                write(entry)?;
            }
            done = page.last().map_or(last, |entry| entry.unsealed.seq);
            progress.inc(page.len() as u64);
        }
        progress.finish_and_clear();
        Ok(())
    }
}

/// Entries that are held at once.
const PAGE: u32 = 1_000;

/// Shown on a terminal only.
fn progress_bar(entries: i64) -> ProgressBar {
    let style = ProgressStyle::with_template("{wide_bar} {pos}/{len} entries, {eta} left");
    let bar = ProgressBar::new(u64::try_from(entries).unwrap_or_default());
    bar.with_style(style.unwrap_or(ProgressStyle::default_bar()))
}

/// An entry with the members that its hash covers, except the hash of the entry before.
#[derive(Serialize)]
struct EntryLine<'e> {
    seq: Seq,
    recorded_at: Timestamp,
    actor: Actor,
    /// Where it came by the command line.
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<&'e Origin>,
    kind: &'static str,
    effective_date: NaiveDate,
    reverses: Option<Seq>,
    /// From format 2 on.
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<Nonce>,
    event: &'e Event,
    postings: &'e [Posting],
    hash: String,
}

fn write_line(out: &mut dyn Write, entry: &Entry) -> Result<(), String> {
    let unsealed = &entry.unsealed;
    let line = EntryLine {
        seq: unsealed.seq,
        recorded_at: unsealed.recorded_at,
        actor: unsealed.actor,
        origin: unsealed.origin.as_ref(),
        kind: unsealed.event.kind(),
        effective_date: unsealed.effective_date,
        reverses: unsealed.reverses,
        nonce: entry.nonce,
        event: &unsealed.event,
        postings: &unsealed.postings,
        hash: entry.hash.to_string(),
    };
    serde_json::to_writer(&mut *out, &line).map_err(words)?;
    out.write_all(b"\n").map_err(words)
}

const COLUMNS: [&str; 16] = [
    "seq",
    "recorded_at",
    "actor",
    "kind",
    "effective_date",
    "reverses",
    "hash",
    "line",
    "asset",
    "account",
    "unit",
    "volunteer",
    "activity",
    "grade",
    "service_date",
    "amount",
];

fn write_postings(table: &mut Table<&mut dyn Write>, entry: &Entry) -> Result<(), String> {
    let unsealed = &entry.unsealed;
    for (line, posting) in (1..).zip(&unsealed.postings) {
        let of_entry = [
            Cell::Whole(unsealed.seq.0),
            Cell::Instant(unsealed.recorded_at),
            Cell::text(unsealed.actor),
            Cell::text(unsealed.event.kind()),
            Cell::Day(unsealed.effective_date),
            Cell::some(unsealed.reverses, |seq| Cell::Whole(seq.0)),
            Cell::text(entry.hash),
        ];
        let cells: Vec<Cell> = of_entry.into_iter().chain(posting_cells(line, posting)).collect();
        table.row(&cells).map_err(words)?;
    }
    Ok(())
}

fn posting_cells(line: i64, Posting { account, amount }: &Posting) -> [Cell; 9] {
    let (asset, amount) = match account.asset() {
        Asset::Minutes => ("minutes", Cell::Whole(*amount)),
        Asset::Points => ("points", Points(*amount).into()),
    };
    let (activity, evidence, date) = match account {
        Account::Served { activity, evidence, date } => (Some(activity), Some(evidence), Some(*date)),
        Account::Credited { evidence, .. } => (None, Some(evidence), None),
        _ => (None, None, None),
    };
    [
        Cell::Whole(line),
        Cell::text(asset),
        Cell::text(account.kind()),
        Cell::some(account.unit(), Cell::text),
        Cell::some(account.volunteer(), Cell::text),
        Cell::some(activity, Cell::text),
        Cell::some(evidence.map(Evidence::into_str), Cell::text),
        Cell::some(date, Cell::Day),
        amount,
    ]
}
