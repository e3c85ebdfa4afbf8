//! `hourbook import`: rosters, service records and the calendar from CSV, through the same write path as the API.
//!
//! | file | what lives there |
//! |---|---|
//! | `source`, `encoding`, `plausible`, `unreadable` | the file as rows of text |
//! | `header`, `row`, `cell`, `moment` | what stands where, and what people write there |
//! | `roster`, `records`, `calendar` | a kind of file each: its columns, and how a row becomes a request |
//! | `kind` | what such a kind has to say |
//! | `report`, `chinese` | what became of each row, in the language of the file |
//! | `dry` | a file read by itself, with no ledger |
//!
//! Who has the folder and its keys imports in any operator's name: each entry says that it came by the command line,
//! and under which account of the machine.
//!
//! A row is known by what it says, so that a file can be brought in again after whatever happened, by anybody: what is
//! in the ledger stays as it is, what became of it is told, and only the rest is taken. That nothing is entered twice
//! while two imports run at once, idempotency keys see to, which follow from a row's content.

mod calendar;
mod cell;
mod dry;
mod encoding;
mod header;
mod kind;
mod moment;
mod plausible;
mod records;
mod report;
mod roster;
mod row;
mod source;
mod unreadable;

pub use dry::{DryRunCounts, read_rows_of_import};

use super::config::DataOptions;
use super::machine;
use super::secrets::SecretOptions;
use super::service::Service;
use super::{CliResult, words};
use crate::domain::actor::Actor;
use crate::domain::ids::Seq;
use crate::domain::operator::Operator;
use crate::domain::text::Name;
use crate::engine::{Answer, Clock, RequestRefusal, SystemClock, WriterOptions};
use crate::store::read::operators;
use crate::store::{Db, head};
use calendar::Calendar;
use clap::{Args, Subcommand};
use encoding::NamedEncoding;
use header::{Header, HeaderColumn};
use indicatif::{ProgressBar, ProgressStyle};
use kind::{Asked, Kind, Site};
use records::Records;
use report::{ImportReport, RowResult, Standing};
use roster::Roster;
use row::{ImportRow, RowError};
use source::{CsvFile, SourceRow};
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

#[derive(Args, Debug)]
pub struct Import {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Register the people of a roster (花名册)
    ///
    /// Prints the result of each row with its line number: created, unchanged (it was there before), ended (it was
    /// there before, and the registration was closed) or refused, with everything that is wrong with it. Exits 1 if
    /// any row was refused. Importing the same file again changes nothing.
    #[command(after_long_help = header::help(roster::COLUMNS))]
    Roster(ImportOptions),
    /// Submit service records (服务记录)
    ///
    /// Prints the result of each row with its line number: created, unchanged (it was there before), credited (it was
    /// there before, with --credit), ended (it was entered before, and was rejected or voided) or refused, with
    /// everything that is wrong with it. Exits 1 if any row was refused. Importing the same file again changes nothing.
    #[command(after_long_help = header::help(records::COLUMNS))]
    Records {
        #[command(flatten)]
        options: ImportOptions,

        /// Credit each record, if the operator may: new ones in the same step, and those that stand already
        #[arg(long)]
        credit: bool,
    },
    /// Mark holidays and moved working days (工作日历)
    ///
    /// Prints the result of each row with its line number: created, unchanged (it was marked so before) or
    /// refused, with a code and the reason. Exits 1 if any row was refused. Importing the same file again
    /// changes nothing. Applies to later decisions only.
    #[command(after_long_help = header::help(calendar::COLUMNS))]
    Calendar(ImportOptions),
}

#[derive(Args, Debug)]
struct ImportOptions {
    /// CSV with a header in English or Chinese
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// The file's encoding, where the file itself does not tell for certain
    #[arg(long, value_enum, value_name = "ENCODING")]
    encoding: Option<NamedEncoding>,

    /// Login of the operator who imports: role and unit limit what is accepted
    #[arg(long, value_name = "LOGIN")]
    operator: Name,

    /// Print what the result of each row would be, and change nothing
    ///
    /// Everything is done as in a real import, in one transaction that is rolled back at the end. On
    /// PostgreSQL it holds the lock on the journal's head: all other writers wait until it ends.
    #[arg(long)]
    dry_run: bool,

    /// Also write the file again to this one, as CSV, with the result of each row in a column more; it must not exist yet
    ///
    /// What was refused can be mended there, and the report imported as any file.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,

    #[command(flatten)]
    data: DataOptions,

    #[command(flatten)]
    secrets: SecretOptions,
}

impl Import {
    pub fn run(self) -> CliResult {
        match self.what {
            What::Roster(options) => options.import(Roster::new),
            What::Records { options, credit } => options.import(|operator| Records::new(operator, credit)),
            What::Calendar(options) => options.import(|_| Calendar),
        }
    }
}

impl ImportOptions {
    /// Errors that concern the whole file are found before the ledger is changed.
    fn import<K: Kind>(&self, kind: impl FnOnce(&Operator) -> K) -> CliResult {
        let source = CsvFile::survey(&self.file, self.encoding.map(Into::into))?;
        let mut rows = source.read()?;
        let header = Header::find(&mut rows, K::COLUMNS)
            .map_err(|error| format!("{}: {error}", self.file.display()))?;

        let service = self.start()?;
        let taken_in = self.begin(&service, kind).and_then(|mut intake| {
            let report = ImportReport::new(self.report.as_deref(), &header)?;
            say_what_is_ignored(&header, K::COLUMNS)?;
            intake.take_in(&header, rows, report, &progress_bar(source.rows))
        });
        service.stop();
        let tally = taken_in?;

        let remark = if self.dry_run { " (dry run: nothing was changed)" } else { "" };
        writeln!(io::stdout(), "{tally}{remark}").map_err(words)?;
        Ok(if tally.refused == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    /// The database exists already, since the operator does. A dry run does not migrate it.
    fn start(&self) -> Result<Service, String> {
        let mut db = Db::open_existing(&self.data.database()).map_err(words)?;
        if self.dry_run {
            db.must_be_migrated().map_err(words)?;
        }
        let origin = Some(machine::command_line()?);
        let options = WriterOptions { rehearsal: self.dry_run, origin, ..WriterOptions::default() };
        Service::start(&self.data, &self.secrets, &options)
    }

    fn begin<'s, K: Kind>(
        &self,
        service: &'s Service,
        kind: impl FnOnce(&Operator) -> K,
    ) -> Result<Intake<'s, K>, String> {
        let (credential, head) = service
            .readers
            .read(|db| Ok((operators::credential(db, &self.operator)?, head::read(db)?.last_seq)))
            .map_err(words)?;
        let operator =
            credential.ok_or_else(|| format!("no operator has the login {}", self.operator))?.operator;
        let site = Site {
            vault: service.vault.clone(),
            zone: service.rules.zone,
            actor: Actor::Operator(operator.id),
            now: SystemClock.now(),
            head,
        };
        Ok(Intake { service, kind: kind(&operator), site, newest: head })
    }
}

/// Rows in memory at a time.
const CHUNK: usize = 500;

/// A running import.
struct Intake<'s, K> {
    service: &'s Service,
    kind: K,
    site: Site,
    /// The newest entry seen, first that at which the import began. Requests are answered in order, so
    /// that an answer with an older entry is a repeated one.
    newest: Seq,
}

impl<K: Kind> Intake<'_, K> {
    fn take_in(
        &mut self,
        header: &Header,
        mut rows: impl Iterator<Item = Result<SourceRow, String>>,
        mut report: ImportReport,
        progress: &ProgressBar,
    ) -> Result<report::ImportCounts, String> {
        loop {
            let chunk = rows.by_ref().take(CHUNK).collect::<Result<Vec<_>, _>>()?;
            let Some(last) = chunk.last() else { break };
            let after = last.line;
            let judged = self.judge_chunk(header, &chunk)?;
            let told: Vec<(SourceRow, RowResult)> = chunk.into_iter().zip(judged).collect();
            progress.suspend(|| report.tell(&mut io::stdout().lock(), &told))?;
            progress.inc(told.len() as u64);
            if told.iter().all(|(_, verdict)| is_unavailable(verdict)) {
                return Err(format!("the ledger cannot be written: nothing after line {after} was tried"));
            }
        }
        progress.finish_and_clear();
        report.finish()
    }

    /// All rows of the chunk are sent to the ledger before the first answer is awaited.
    fn judge_chunk(&mut self, header: &Header, chunk: &[SourceRow]) -> Result<Vec<RowResult>, String> {
        let zone = self.site.zone;
        let rows: Vec<ImportRow> = chunk.iter().map(|source| ImportRow::new(header, source)).collect();
        // Of a row whose cells stand anywhere nothing else is told.
        let read = |row: &ImportRow| row.is_sound().then(|| self.kind.read(row, zone));
        let drafts: Vec<Option<K::Draft>> = rows.iter().map(read).collect();
        let readable: Vec<&K::Draft> = drafts.iter().flatten().collect();
        let readers = &self.service.readers;
        readers.read(|db| self.kind.look_up(db, &self.site, &readable)).map_err(words)?;

        let mut requests = Vec::with_capacity(chunk.len());
        let mut asked = Vec::with_capacity(chunk.len());
        for (row, draft) in rows.iter().zip(&drafts) {
            let of_row = draft.as_ref().and_then(|draft| self.kind.ask(&self.site, row, draft));
            asked.push(match of_row.filter(|_| row.is_sound()) {
                None => Awaited::Nothing(RowResult::Refused(row.faults())),
                Some(Asked::Known(result)) => Awaited::Nothing(result),
                Some(Asked::Entry(request)) => {
                    requests.push(request);
                    Awaited::Entry
                }
                Some(Asked::Crediting(request)) => {
                    requests.push(request);
                    Awaited::Crediting
                }
            });
        }
        let mut answers = self.service.ledger.submit_all_blocking(requests).into_iter();
        let mut next = || answers.next().unwrap_or(Err(RequestRefusal::Unavailable));
        let mut results = Vec::with_capacity(chunk.len());
        for ((asked, row), draft) in asked.into_iter().zip(&rows).zip(&drafts) {
            results.push(match (asked, draft) {
                (Awaited::Nothing(result), _) => result,
                (_, None) => RowResult::refused(Site::internal("a row that was not read has an answer")),
                (Awaited::Entry, Some(draft)) => self.judge(row, draft, next(), false)?,
                (Awaited::Crediting, Some(draft)) => self.judge(row, draft, next(), true)?,
            });
        }
        Ok(results)
    }

    fn judge(
        &mut self,
        row: &ImportRow,
        draft: &K::Draft,
        answer: Result<Answer, RequestRefusal>,
        is_crediting: bool,
    ) -> Result<RowResult, String> {
        let receipt = match answer {
            Ok(Answer::Single(receipt)) => receipt,
            Ok(Answer::Bulk(_)) => return Ok(RowResult::refused(Site::internal("many answers to one row"))),
            Err(RequestRefusal::Rejected(rejection)) => {
                let readers = &self.service.readers;
                return readers
                    .read(|db| self.kind.explain(db, &self.site, row, draft, rejection.clone()))
                    .map_err(words);
            }
            Err(refusal) => {
                return Ok(RowResult::refused(RowError::new(code_of(&refusal), refusal.to_string())));
            }
        };
        let Some(id) = K::id_of(&receipt.outcome) else {
            return Ok(RowResult::refused(Site::internal("the answer is another thing than the row makes")));
        };
        if receipt.seq <= self.newest {
            return Ok(RowResult::Unchanged { id, standing: Standing::Imported });
        }
        self.newest = receipt.seq;
        Ok(if is_crediting { RowResult::Credited { id } } else { RowResult::Created { id } })
    }
}

/// What is awaited of the ledger for a row.
enum Awaited {
    Nothing(RowResult),
    Entry,
    Crediting,
}

/// Names once, beside the results, what of the file is not read.
fn say_what_is_ignored(header: &Header, known: &[&HeaderColumn]) -> Result<(), String> {
    let ignored = header.ignored(known);
    if ignored.is_empty() {
        return Ok(());
    }
    writeln!(io::stderr(), "ignored: {}", ignored.join(", ")).map_err(words)
}

const UNAVAILABLE: &str = "unavailable";

fn code_of(refusal: &RequestRefusal) -> &'static str {
    match refusal {
        RequestRefusal::Rejected(rejection) => rejection.code(),
        RequestRefusal::KeyReused => "idempotency_key_reused",
        RequestRefusal::Busy => "busy",
        RequestRefusal::Unavailable => UNAVAILABLE,
    }
}

fn is_unavailable(verdict: &RowResult) -> bool {
    matches!(verdict, RowResult::Refused(faults) if faults.iter().any(|fault| fault.code == UNAVAILABLE))
}

/// Shown on a terminal only.
fn progress_bar(rows: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{wide_bar} {pos}/{len} rows, {per_sec}, {eta} left");
    let bar = ProgressBar::new(rows).with_style(style.unwrap_or(ProgressStyle::default_bar()));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
