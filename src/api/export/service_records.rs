//! Service records, newest first, with the names that people know things by.

use super::{Broken, FileQuery, Names, PAGE, Source, counted_of, stream};
use crate::api::as_of::beyond_the_end;
use crate::api::extract::{Accepted, Anyone, Queries};
use crate::api::problem::ApiError;
use crate::api::record::RecordQuery;
use crate::api::schema::FileBytes;
use crate::api::state::State;
use crate::api::tabular::Cell;
use crate::api::wire::Count;
use crate::domain::export::{ExportFilter, Exported};
use crate::domain::ids::Seq;
use crate::domain::record::ServiceRecord;
use crate::domain::volunteer::number_of;
use crate::store::read::records::{self, RecordFilter};
use crate::store::read::{About, PageRequest, Scope};
use crate::store::{Db, StoreError};
use actix_web::{HttpResponse, get};

/// Exports service records
///
/// The same records as the list with the same filter, as of the entry in the header `Hourbook-As-Of`. The
/// journal records who exported what, and how many rows.
#[utoipa::path(
    tag = "exports",
    params(RecordQuery, FileQuery),
    responses((status = 200, description = "The file", content(
        (String = "text/csv"),
        (String = "application/x-ndjson"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ), headers(
        ("Hourbook-As-Of" = Seq, description = "The last journal entry that the file covers"),
        ("Hourbook-Rows" = Count, description = "How many rows the file has, without the header"),
    ))),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["not_acceptable"]))),
)]
#[get("/exports/service-records")]
pub async fn export_service_records(
    state: State,
    caller: Anyone,
    accepted: Accepted,
    query: Queries<RecordQuery, FileQuery>,
) -> Result<HttpResponse, ApiError> {
    let Queries(records, file) = query;
    let (form, about) = (file.form(&accepted)?, records.about());
    let filter = records.filter();
    let told = told_of(&filter);
    stream(&state, caller.0, form, (Exported::ServiceRecords, told), Records { filter, about }).await
}

/// The filter as the journal has it.
fn told_of(filter: &RecordFilter) -> ExportFilter {
    ExportFilter {
        unit: filter.unit,
        volunteer: filter.volunteer,
        activity: filter.activity,
        programme: filter.programme,
        status: filter.status,
        evidence: filter.evidence,
        from: filter.from,
        to: filter.to,
        counted_as_of: filter.counted_as_of,
        ..ExportFilter::default()
    }
}

struct Records {
    filter: RecordFilter,
    about: About,
}

impl Source for Records {
    fn title(&self) -> &'static str {
        "service-records"
    }

    fn columns(&self) -> Vec<&'static str> {
        vec![
            "id",
            "unit",
            "unit_code",
            "unit_name",
            "programme",
            "programme_name",
            "activity",
            "activity_name",
            "volunteer",
            "volunteer_number",
            "service_date",
            "start",
            "end",
            "evidence",
            "status",
            "claimed_minutes",
            "credited_minutes",
            "count",
            "late",
            "submitted_by",
            "submitted_at",
            "decided_by",
            "decided_at",
            "credited_entry",
            "voided_by",
            "voided_at",
            "voided_entry",
        ]
    }

    fn count(&self, db: &mut Db, scope: Scope, as_of: Seq) -> Result<Result<i64, ApiError>, StoreError> {
        if self.filter.counted_as_of.is_some_and(|seq| seq > as_of) {
            return Ok(Err(beyond_the_end("counted_as_of")));
        }
        let rows = records::count(db, scope, &self.filter)?;
        counted_of(db, scope, self.about, rows)
    }

    fn each(
        self,
        db: &mut Db,
        scope: Scope,
        write: &mut dyn FnMut(&[Cell]) -> Result<(), Broken>,
    ) -> Result<(), Broken> {
        let mut names = Names::default();
        let mut request = PageRequest { after: None, limit: PAGE };
        loop {
            let page = records::list(db, scope, &self.filter, request)?;
            for record in &page.items {
                write(&cells(db, &mut names, record)?)?;
            }
            match page.next {
                Some(next) => request.after = Some(next),
                None => return Ok(()),
            }
        }
    }
}

fn cells(db: &mut Db, names: &mut Names, record: &ServiceRecord) -> Result<Vec<Cell>, StoreError> {
    let entry = |seq: Option<Seq>| Cell::some(seq, |seq| Cell::Whole(seq.0));
    let mut cells = vec![Cell::text(record.id)];
    cells.extend(names.unit(db, Some(record.unit))?);
    cells.extend(names.programme(db, Some(record.programme))?);
    cells.extend(names.activity(db, Some(record.activity))?);
    cells.extend([
        Cell::text(record.volunteer),
        Cell::Text(number_of(record.volunteer)),
        Cell::Day(record.service_date),
        Cell::Instant(record.started_at),
        Cell::Instant(record.ended_at),
        Cell::text(record.evidence.into_str()),
        Cell::text(record.status),
        Cell::Whole(record.claimed_minutes.0),
        Cell::Whole(record.credited_minutes.0),
        Cell::Whole(record.count),
        Cell::text(if record.late { "late" } else { "timely" }),
        Cell::text(record.submitted_by),
        Cell::Instant(record.submitted_at),
        Cell::some(record.decided_by, Cell::text),
        Cell::some(record.decided_at, Cell::Instant),
        entry(record.credited_entry),
        Cell::some(record.voided_by, Cell::text),
        Cell::some(record.voided_at, Cell::Instant),
        entry(record.voided_entry),
    ]);
    Ok(cells)
}
