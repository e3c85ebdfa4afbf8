//! Volunteers' statements: every line of each, oldest first, with the balances after it.

use super::{Broken, Counted, FileQuery, Source, counted_of, stream};
use crate::api::as_of::entry_asked;
use crate::api::extract::{Accepted, Anyone, Queries};
use crate::api::problem::ApiError;
use crate::api::schema::FileBytes;
use crate::api::state::State;
use crate::api::tabular::Cell;
use crate::api::wire::Count;
use crate::domain::account::{Account, Asset};
use crate::domain::amounts::Points;
use crate::domain::as_of::{AsOf, Present};
use crate::domain::export::{ExportFilter, Exported};
use crate::domain::ids::{Seq, UnitId, VolunteerId};
use crate::domain::volunteer::number_of;
use crate::store::read::statements::{self, Line, StatementFilter};
use crate::store::read::{About, Scope};
use crate::store::{Db, StoreError};
use actix_web::{HttpResponse, get};
use serde::Deserialize;
use utoipa::IntoParams;

/// Whose statements.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StatementExportQuery {
    volunteer: Option<VolunteerId>,
    /// Members of this unit or one under it: present ones, or those as of the entry, if one is asked for.
    unit: Option<UnitId>,
    /// As of this journal entry, instant or day; as of now by default.
    as_of: Option<AsOf>,
}

/// Exports volunteers' statements
///
/// Every line of their accounts, by volunteer, oldest first. A volunteer exports their own only. As of the
/// entry in the header `Hourbook-As-Of`. The journal records who exported what, and how many rows.
///
/// If a past entry is asked for, a unit's readers get those who were members then, and the file is the same for ever.
#[utoipa::path(
    tag = "exports",
    params(StatementExportQuery, FileQuery),
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
#[get("/exports/statements")]
pub async fn export_statements(
    state: State,
    caller: Anyone,
    accepted: Accepted,
    query: Queries<StatementExportQuery, FileQuery>,
) -> Result<HttpResponse, ApiError> {
    let Queries(StatementExportQuery { volunteer, unit, as_of }, file) = query;
    let form = file.form(&accepted)?;
    let told = ExportFilter { unit, volunteer, ..ExportFilter::default() };
    let filter = StatementFilter { volunteer, unit, as_of: None };
    stream(&state, caller.0, form, (Exported::Statements, told), Statements { filter, asked: as_of }).await
}

struct Statements {
    filter: StatementFilter,
    asked: Option<AsOf>,
}

impl Source for Statements {
    fn title(&self) -> &'static str {
        "statements"
    }

    fn columns(&self) -> Vec<&'static str> {
        vec![
            "volunteer",
            "volunteer_number",
            "seq",
            "line",
            "kind",
            "recorded_at",
            "effective_date",
            "reverses",
            "asset",
            "account",
            "unit",
            "grade",
            "amount",
            "account_balance",
            "asset_balance",
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
        self.filter.as_of = self.asked.map(|_| as_of);
        let StatementFilter { volunteer, unit, .. } = self.filter;
        let counted = Counted { as_of, rows: statements::count(db, scope, self.filter)?, left_out: None };
        counted_of(db, scope, About { unit, volunteer, ..About::default() }, counted)
    }

    fn each(
        self,
        db: &mut Db,
        scope: Scope,
        write: &mut dyn FnMut(&[Cell]) -> Result<(), Broken>,
    ) -> Result<(), Broken> {
        statements::each(db, scope, self.filter, |line| write(&cells(&line)))
    }
}

fn cells(line: &Line) -> [Cell; 15] {
    let asset = line.account.asset();
    let amount = |amount| match asset {
        Asset::Minutes => Cell::Whole(amount),
        Asset::Points => Points(amount).into(),
    };
    let evidence = match line.account {
        Account::Credited { evidence, .. } => Some(evidence.into_str()),
        _ => None,
    };
    [
        Cell::text(line.volunteer),
        Cell::Text(number_of(line.volunteer)),
        Cell::Whole(line.seq.0),
        Cell::Whole(line.line),
        Cell::text(&line.kind),
        Cell::Instant(line.recorded_at),
        Cell::Day(line.effective_date),
        Cell::some(line.reverses, |seq| Cell::Whole(seq.0)),
        Cell::text(match asset {
            Asset::Minutes => "minutes",
            Asset::Points => "points",
        }),
        Cell::text(line.account.kind()),
        Cell::some(line.account.unit(), Cell::text),
        Cell::some(evidence, Cell::text),
        amount(line.amount),
        amount(line.account_balance),
        amount(line.asset_balance),
    ]
}
