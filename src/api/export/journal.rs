//! The journal, entry by entry, oldest first, event and postings as JSON.

use super::{Broken, Counted, FileQuery, PAGE, Source, stream};
use crate::api::as_of::{AsOfQuery, entry_asked};
use crate::api::extract::{Accepted, AnyOperator, Queries};
use crate::api::journal::PostingView;
use crate::api::problem::ApiError;
use crate::api::schema::FileBytes;
use crate::api::state::State;
use crate::api::tabular::Cell;
use crate::api::wire::Count;
use crate::domain::actor::Role;
use crate::domain::as_of::{AsOf, Present};
use crate::domain::export::{ExportFilter, Exported};
use crate::domain::ids::Seq;
use crate::store::read::journal::{self, JournalEntry};
use crate::store::read::{PageRequest, Scope};
use crate::store::{Db, StoreError};
use actix_web::{HttpResponse, get};
use serde::Serialize;
use serde_json::Value;

/// Exports the journal's entries
///
/// Those that `/journal/entries` lists, oldest first, up to the entry in the header `Hourbook-As-Of`; how many are left
/// out, because they are of other units or of none, says `Hourbook-Left-Out`. The same question as of that entry always has
/// the same rows. The journal records who exported what, and how many rows.
#[utoipa::path(
    tag = "exports",
    params(AsOfQuery, FileQuery),
    responses((status = 200, description = "The file", content(
        (String = "text/csv"),
        (String = "application/x-ndjson"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ), headers(
        ("Hourbook-As-Of" = Seq, description = "The last journal entry that the file covers"),
        ("Hourbook-Rows" = Count, description = "How many rows the file has, without the header"),
        ("Hourbook-Left-Out" = Count, description = "How many entries up to there are not the caller's to read"),
    ))),
    security(("bearer" = ["coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["not_acceptable"]))),
)]
#[get("/exports/journal")]
pub async fn export_journal(
    state: State,
    caller: AnyOperator,
    accepted: Accepted,
    query: Queries<AsOfQuery, FileQuery>,
) -> Result<HttpResponse, ApiError> {
    let Queries(AsOfQuery { as_of }, file) = query;
    let form = file.form(&accepted)?;
    let entries = Entries { role: caller.0.role, asked: as_of, until: Seq(0) };
    stream(&state, caller.0, form, (Exported::Journal, ExportFilter::default()), entries).await
}

struct Entries {
    role: Role,
    asked: Option<AsOf>,
    /// The last entry, once that is known.
    until: Seq,
}

impl Source for Entries {
    fn title(&self) -> &'static str {
        "journal"
    }

    fn columns(&self) -> Vec<&'static str> {
        vec![
            "seq",
            "recorded_at",
            "actor",
            "kind",
            "effective_date",
            "unit",
            "reverses",
            "event",
            "postings",
            "hash",
        ]
    }

    fn open(
        &mut self,
        db: &mut Db,
        scope: Scope,
        present: Present,
    ) -> Result<Result<Counted, ApiError>, StoreError> {
        let as_of = match entry_asked(db, self.asked, present)? {
            Ok(as_of) => as_of,
            Err(refusal) => return Ok(Err(refusal)),
        };
        self.until = as_of;
        let scope = journal::readable(db, self.role, scope)?;
        let rows = journal::count(db, scope, as_of)?;
        // Positions have no gaps.
        Ok(Ok(Counted { as_of, rows, left_out: Some(as_of.0 - rows) }))
    }

    fn each(
        self,
        db: &mut Db,
        scope: Scope,
        write: &mut dyn FnMut(&[Cell]) -> Result<(), Broken>,
    ) -> Result<(), Broken> {
        let scope = journal::readable(db, self.role, scope)?;
        let mut request = PageRequest { after: None, limit: PAGE };
        loop {
            let page = journal::list(db, scope, journal::EntryFilter::default(), request)?;
            let until = |item: &JournalEntry| item.entry.unsealed.seq <= self.until;
            for entry in page.items.into_iter().take_while(until) {
                write(&cells(entry)?)?;
            }
            match page.next.filter(|next| *next < self.until) {
                Some(next) => request.after = Some(next),
                None => return Ok(()),
            }
        }
    }
}

fn cells(JournalEntry { entry, unit }: JournalEntry) -> Result<[Cell; 10], StoreError> {
    let hash = Cell::text(entry.hash);
    let unsealed = entry.unsealed;
    let postings: Vec<PostingView> = unsealed.postings.into_iter().map(Into::into).collect();
    Ok([
        Cell::Whole(unsealed.seq.0),
        Cell::Instant(unsealed.recorded_at),
        Cell::text(unsealed.actor),
        Cell::text(unsealed.event.kind()),
        Cell::Day(unsealed.effective_date),
        Cell::some(unit, Cell::text),
        Cell::some(unsealed.reverses, |seq| Cell::Whole(seq.0)),
        json(&unsealed.event)?,
        json(&postings)?,
        hash,
    ])
}

fn json(value: &impl Serialize) -> Result<Cell, StoreError> {
    let value: Value = serde_json::to_value(value).map_err(|error| StoreError::corrupt(error.to_string()))?;
    Ok(Cell::Json(value))
}
