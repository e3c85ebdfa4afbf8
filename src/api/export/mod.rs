//! Exports (导出): data taken out as a file, whole, as they stood at one entry of the journal.
//!
//! CSV, NDJSON or XLSX, as `format` or `Accept` says; not paged. An export is a `GET`: the client asks
//! for nothing but to read. That the reading is written down in the journal is the service's own doing, as
//! any log of accesses is (RFC 9110, section 9.2.1), and answers are not to be stored, so that each copy
//! that leaves the service has its entry. The entry comes before the first row, see [`download`].

pub mod audit_folder;
mod download;
mod journal;
mod names;
mod service_records;
mod statements;

pub use download::Broken;
pub use names::Names;

use super::extract::Accepted;
use super::extract::format::{NDJSON, XLSX};
use super::language::Language;
use super::problem::ApiError;
use super::routing::Routes;
use super::state::{AppState, not_found};
use super::tabular::{Cell, Form, Heading, Table};
use crate::auth::Identity;
use crate::domain::Command;
use crate::domain::as_of::Present;
use crate::domain::export::{ExportFilter, ExportFormat, Exported, RecordExport};
use crate::domain::ids::Seq;
use crate::store::read::{About, Scope};
use crate::store::{Db, StoreError};
use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use download::{Download, TableOf};
use serde::Deserialize;
use utoipa::IntoParams;

/// The routes of exports.
pub fn routes(config: &mut Routes) {
    config
        .service(service_records::export_service_records)
        .service(statements::export_statements)
        .service(journal::export_journal)
        .service(audit_folder::export_audit_folder);
}

/// Names the last entry that an export shows.
pub const AS_OF_HEADER: &str = "Hourbook-As-Of";
/// Says how many entries an export of the journal leaves out.
pub const LEFT_OUT_HEADER: &str = "Hourbook-Left-Out";
/// Says how many rows an export has under its header.
pub const ROWS_HEADER: &str = "Hourbook-Rows";

/// The format of a file.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FileQuery {
    /// The format of the file; takes precedence over `Accept`. CSV by default.
    format: Option<ExportFormat>,
    /// Whether CSV begins with a byte order mark, by which spreadsheet programs recognise UTF-8. It does by default.
    byte_order_mark: Option<bool>,
    /// The language of the headings of CSV and XLSX; takes precedence over `Accept-Language`. English by default.
    language: Option<Language>,
}

impl FileQuery {
    fn form(&self, accepted: &Accepted) -> Result<ExportForm, ApiError> {
        let format = accepted.or_asked_file(self.format)?;
        Ok(ExportForm::new(format, self.byte_order_mark, accepted.language(self.language)))
    }
}

/// The form of an export.
#[derive(Clone, Copy, Debug)]
pub struct ExportForm {
    format: ExportFormat,
    /// Of CSV only.
    byte_order_mark: bool,
    /// Of the headings that people read.
    language: Language,
}

impl ExportForm {
    /// CSV begins with a byte order mark unless it is asked not to: without one Excel takes it for the local encoding.
    #[must_use]
    pub fn new(format: ExportFormat, byte_order_mark: Option<bool>, language: Language) -> Self {
        Self { format, byte_order_mark: byte_order_mark.unwrap_or(true), language }
    }

    /// What the writers of tables are told.
    #[must_use]
    pub const fn form(self) -> Form {
        match self.format {
            ExportFormat::Csv => Form::Csv { byte_order_mark: self.byte_order_mark },
            ExportFormat::Ndjson => Form::Ndjson,
            ExportFormat::Xlsx => Form::Xlsx,
        }
    }

    const fn language(self) -> Language {
        self.language
    }

    const fn content_type(self) -> &'static str {
        match self.format {
            ExportFormat::Csv => "text/csv; charset=utf-8",
            ExportFormat::Ndjson => NDJSON,
            ExportFormat::Xlsx => XLSX,
        }
    }

    const fn extension(self) -> &'static str {
        match self.format {
            ExportFormat::Csv => "csv",
            ExportFormat::Ndjson => "ndjson",
            ExportFormat::Xlsx => "xlsx",
        }
    }
}

/// What an export shows: as of which entry, and how many rows.
#[derive(Clone, Copy, Debug)]
pub struct Counted {
    pub as_of: Seq,
    pub rows: i64,
    /// How many more there are that are not the reader's to see, where that is told.
    pub left_out: Option<i64>,
}

/// What can be taken out row by row, all within one snapshot.
pub(super) trait Source: Send + 'static {
    /// The name of the file and of the sheet.
    fn title(&self) -> &'static str;

    /// The names of the columns.
    fn columns(&self) -> Vec<&'static str>;

    /// As of which entry it is, and how many rows [`Source::each`] gives.
    fn open(
        &mut self,
        db: &mut Db,
        scope: Scope,
        present: Present,
    ) -> Result<Result<Counted, ApiError>, StoreError>;

    /// Hands over row after row.
    fn each(
        self,
        db: &mut Db,
        scope: Scope,
        write: &mut dyn FnMut(&[Cell]) -> Result<(), Broken>,
    ) -> Result<(), Broken>;
}

/// So many rows; where there are none, what the question is about must be there for the reader to see.
fn counted_of(
    db: &mut Db,
    scope: Scope,
    about: About,
    counted: Counted,
) -> Result<Result<Counted, ApiError>, StoreError> {
    let unseen = if counted.rows == 0 { about.unseen(db, scope)? } else { None };
    Ok(unseen.map_or(Ok(counted), |unseen| Err(not_found(unseen))))
}

/// Rows that are held by a thread at once.
const PAGE: u32 = 1_000;

/// Counts, writes the entry, and sends the rows as they are read.
async fn stream<S: Source>(
    state: &AppState,
    reader: Identity,
    form: ExportForm,
    (exported, filter): (Exported, ExportFilter),
    source: S,
) -> Result<HttpResponse, ApiError> {
    let title = source.title();
    let download = Download::open(state, reader, TableOf { source, form, present: state.present() }).await?;
    let counted = download.counted;
    note(state, reader, form.format, (exported, filter), counted).await?;
    let mut response = respond(title, form, counted);
    if let Some(left_out) = counted.left_out {
        response.insert_header((LEFT_OUT_HEADER, left_out));
    }
    Ok(response.body(download.send()))
}

/// The same for a table that is in memory as a whole, as totals are.
pub(super) async fn whole(
    state: &AppState,
    reader: Identity,
    form: ExportForm,
    (exported, filter): (Exported, ExportFilter),
    (title, as_of): (&str, Seq),
    (columns, rows): (&[&str], &[Vec<Cell>]),
) -> Result<HttpResponse, ApiError> {
    let rows_told = i64::try_from(rows.len()).map_err(ApiError::internal)?;
    let counted = Counted { as_of, rows: rows_told, left_out: None };
    note(state, reader, form.format, (exported, filter), counted).await?;
    let heading = Heading { title, columns, zone: state.rules.zone, language: form.language };
    let mut table = Table::begin(Vec::new(), form.form(), heading).map_err(ApiError::internal)?;
    rows.iter().try_for_each(|row| table.row(row)).map_err(ApiError::internal)?;
    Ok(respond(title, form, counted).body(table.finish().map_err(ApiError::internal)?))
}

/// Who takes out what, and how many, in the journal.
async fn note(
    state: &AppState,
    reader: Identity,
    format: ExportFormat,
    (exported, filter): (Exported, ExportFilter),
    Counted { as_of, rows, .. }: Counted,
) -> Result<(), ApiError> {
    let entry = RecordExport { exported, format, filter, as_of, rows };
    state.note(reader.asker(), Command::RecordExport(entry)).await
}

fn respond(
    title: &str,
    form: ExportForm,
    Counted { as_of, rows, .. }: Counted,
) -> actix_web::HttpResponseBuilder {
    let file = format!("attachment; filename=\"{title}-as-of-{as_of}.{}\"", form.extension());
    let mut response = HttpResponse::Ok();
    response
        .insert_header((CONTENT_TYPE, form.content_type()))
        .insert_header((CONTENT_DISPOSITION, file))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((AS_OF_HEADER, as_of.0))
        .insert_header((ROWS_HEADER, rows));
    response
}
