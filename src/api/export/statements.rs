//! Volunteers' statements: every line of each, oldest first, with the balances after it.

use super::{Broken, FileQuery, Source, counted_of, stream};
use crate::api::extract::{Accepted, Anyone, Queries};
use crate::api::problem::ApiError;
use crate::api::schema::FileBytes;
use crate::api::state::State;
use crate::api::tabular::Cell;
use crate::api::wire::Count;
use crate::domain::account::{Account, Asset};
use crate::domain::amounts::Points;
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
    /// Present members of this unit or one under it.
    unit: Option<UnitId>,
}

/// Exports volunteers' statements
///
/// Every line of their accounts, by volunteer, oldest first. A volunteer exports their own only. As of the
/// entry in the header `Hourbook-As-Of`. The journal records who exported what, and how many rows.
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
    let Queries(StatementExportQuery { volunteer, unit }, file) = query;
    let form = file.form(&accepted)?;
    let told = ExportFilter { unit, volunteer, ..ExportFilter::default() };
    let filter = StatementFilter { volunteer, unit };
    stream(&state, caller.0, form, (Exported::Statements, told), Statements { filter }).await
}

struct Statements {
    filter: StatementFilter,
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

    fn count(&self, db: &mut Db, scope: Scope, _: Seq) -> Result<Result<i64, ApiError>, StoreError> {
        let StatementFilter { volunteer, unit } = self.filter;
        let rows = statements::count(db, scope, self.filter)?;
        counted_of(db, scope, About { volunteer, unit, ..About::default() }, rows)
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
