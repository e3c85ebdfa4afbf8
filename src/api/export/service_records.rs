//! Service records, newest first, with the names that people know things by.

use super::{Broken, Counted, FileQuery, Names, PAGE, Source, counted_of, stream};
use crate::api::as_of::{beyond_the_end, entry_asked};
use crate::api::extract::{Accepted, Anyone, Queries};
use crate::api::problem::ApiError;
use crate::api::record::RecordQuery;
use crate::api::schema::FileBytes;
use crate::api::state::State;
use crate::api::tabular::Cell;
use crate::api::wire::Count;
use crate::domain::as_of::{AsOf, Present};
use crate::domain::export::{ExportFilter, Exported};
use crate::domain::ids::Seq;
use crate::domain::record::ServiceRecord;
use crate::domain::volunteer::number_of;
use crate::store::read::records::{self, RecordFilter};
use crate::store::read::{About, PageRequest, Scope};
use crate::store::{Db, StoreError, head};
use actix_web::{HttpResponse, get};

/// Exports service records
///
/// The same records as the list with the same filter, as of the entry in the header `Hourbook-As-Of`. The
/// journal records who exported what, and how many rows.
///
/// If `as_of` or `counted_as_of` is given, records stand as they did then, under the names of then, and the file is
/// the same for ever.
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
    let (filter, asked) = records.filter();
    // What counted then is shown as it was then.
    let asked = asked.or(filter.counted_as_of.map(AsOf::Entry));
    let (told, as_of) = (told_of(&filter), Seq(0));
    let records = Records { filter, about, asked, as_of };
    stream(&state, caller.0, form, (Exported::ServiceRecords, told), records).await
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
        late: filter.late,
        counted_as_of: filter.counted_as_of,
        ..ExportFilter::default()
    }
}

struct Records {
    filter: RecordFilter,
    about: About,
    asked: Option<AsOf>,
    /// The entry that is shown, once that is known.
    as_of: Seq,
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
            "self_declared",
        ]
    }

    fn open(
        &mut self,
        db: &mut Db,
        scope: Scope,
        present: Present,
    ) -> Result<Result<Counted, ApiError>, StoreError> {
        if let Some(seq) = self.filter.counted_as_of
            && seq > head::read(db)?.last_seq
        {
            return Ok(Err(beyond_the_end("counted_as_of")));
        }
        let as_of = match entry_asked(db, self.asked, present)? {
            Ok(as_of) => as_of,
            Err(refusal) => return Ok(Err(refusal)),
        };
        self.as_of = as_of;
        self.filter.as_of = self.asked.map(|_| as_of);
        let counted = Counted { as_of, rows: records::count(db, scope, &self.filter)?, left_out: None };
        counted_of(db, scope, self.about, counted)
    }

    fn each(
        self,
        db: &mut Db,
        scope: Scope,
        write: &mut dyn FnMut(&[Cell]) -> Result<(), Broken>,
    ) -> Result<(), Broken> {
        let mut names = Names::as_of(self.as_of);
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
        Cell::text(if record.evidence.is_self_declared(record.submitted_by) { "yes" } else { "no" }),
    ]);
    Ok(cells)
}
