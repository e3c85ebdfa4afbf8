//! Totals of minutes and points, as of any entry or instant: as JSON, or taken out as a file.

use super::as_of::entry_asked;
use super::export::{self, ExportForm};
use super::extract::{Accepted, AnyOperator, Anyone, Format, Query};
use super::language::Language;
use super::problem::ApiError;
use super::routing::Routes;
use super::schema::FileBytes;
use super::state::{State, not_found};
use super::tabular::Cell;
use super::wire::{Count, Day, PointsText};
use crate::domain::amounts::Minutes;
use crate::domain::as_of::{AsOf, Present};
use crate::domain::evidence::Evidence;
use crate::domain::export::{ExportFilter, ExportFormat, Exported};
use crate::domain::ids::{ActivityId, ProgrammeId, Seq, UnitId};
use crate::store::read::totals::{self, Dimension, MinutesQuery, MinutesTotal, PointsTotal};
use crate::store::read::{About, Scope};
use crate::store::{Db, StoreError, tree};
use actix_web::{HttpResponse, get};
use serde::de::{Error, IntoDeserializer};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeSet;
use utoipa::{IntoParams, ToSchema};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config.service(total_minutes).service(total_points);
}

/// What totals of minutes are grouped by.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Grouping {
    Unit,
    Programme,
    Activity,
    Month,
    #[serde(rename = "grade")]
    Evidence,
}

impl From<Grouping> for Dimension {
    fn from(grouping: Grouping) -> Self {
        match grouping {
            Grouping::Unit => Self::Unit,
            Grouping::Programme => Self::Programme,
            Grouping::Activity => Self::Activity,
            Grouping::Month => Self::Month,
            Grouping::Evidence => Self::Evidence,
        }
    }
}

/// Dimensions, separated by commas.
#[derive(Clone, Debug, Default)]
pub struct Groupings(BTreeSet<Dimension>);

impl<'de> Deserialize<'de> for Groupings {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = String::deserialize(input)?;
        let words = text.split(',').filter(|word| !word.is_empty());
        let dimension = |word: &str| {
            let word = IntoDeserializer::<serde::de::value::Error>::into_deserializer(word);
            Grouping::deserialize(word).map(Into::into).map_err(D::Error::custom)
        };
        words.map(dimension).collect::<Result<_, _>>().map(Self)
    }
}

/// Which minutes.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MinutesTotalQuery {
    /// What to group by, separated by commas; one total by default.
    #[serde(default)]
    #[param(style = Form, explode = false, value_type = Option<Vec<Grouping>>)]
    group_by: Groupings,
    /// First service date.
    from: Option<Day>,
    /// Last service date.
    to: Option<Day>,
    /// Served with this unit or one under it.
    unit: Option<UnitId>,
    /// As of this journal entry or instant; as of now by default.
    as_of: Option<AsOf>,
    /// Whether to count the different volunteers too. It takes longer the more records there are.
    #[serde(default)]
    count_volunteers: bool,
    /// The format of the answer; takes precedence over `Accept`.
    format: Option<Format>,
    /// Whether CSV begins with a byte order mark, by which spreadsheet programs recognise UTF-8. It does by default.
    byte_order_mark: Option<bool>,
    /// The language of the headings of CSV and XLSX; takes precedence over `Accept-Language`. English by default.
    language: Option<Language>,
}

/// Which points.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PointsTotalQuery {
    /// In the books of this unit and those under it.
    unit: Option<UnitId>,
    /// As of this journal entry or instant; as of now by default.
    as_of: Option<AsOf>,
    /// The format of the answer; takes precedence over `Accept`.
    format: Option<Format>,
    /// Whether CSV begins with a byte order mark, by which spreadsheet programs recognise UTF-8. It does by default.
    byte_order_mark: Option<bool>,
    /// The language of the headings of CSV and XLSX; takes precedence over `Accept-Language`. English by default.
    language: Option<Language>,
}

/// Totals of minutes.
#[derive(Debug, Serialize, ToSchema)]
pub struct MinutesTotals {
    /// The journal entry as of which they are counted. The same question as of this entry always has the
    /// same answer.
    pub as_of: Seq,
    /// The root of the journal's tree (RFC 9162) up to this entry: it fixes what was counted.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub root: String,
    /// Ordered by what they are grouped by.
    pub items: Vec<MinutesTotalView>,
}

/// One total of minutes, with the values that it is grouped by.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MinutesTotal)]
pub struct MinutesTotalView {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub unit: Option<UnitId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub programme: Option<ProgrammeId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub activity: Option<ActivityId>,
    /// The month of the service date.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, pattern = "^[0-9]{4}-[0-9]{2}$", example = "2026-11")]
    pub month: Option<String>,
    #[serde(rename = "grade", skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub evidence: Option<Evidence>,
    pub credited_minutes: Minutes,
    /// Occasions of count-type service.
    pub occasions: Count,
    /// How many service records.
    pub records: Count,
    /// Of the credited minutes, those of check-ins that somebody declared and the service did not see: records of
    /// former times.
    pub self_declared: Minutes,
    /// Of the credited minutes, those that volunteers claimed and others credited.
    pub claimed: Minutes,
    /// How many different volunteers; only with `count_volunteers`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub volunteers: Option<Count>,
}

impl From<MinutesTotal> for MinutesTotalView {
    fn from(total: MinutesTotal) -> Self {
        Self {
            unit: total.unit,
            programme: total.programme,
            activity: total.activity,
            month: total.month.map(|month| format!("{:04}-{:02}", month / 100, month % 100)),
            evidence: total.evidence,
            credited_minutes: total.credited_minutes,
            occasions: Count(total.occasions),
            records: Count(total.records),
            self_declared: total.self_declared,
            claimed: total.claimed,
            volunteers: total.volunteers.map(Count),
        }
    }
}

/// Points in units' books.
#[derive(Debug, Serialize, ToSchema)]
pub struct PointsTotals {
    /// The journal entry as of which they are counted. The same question as of this entry always has the
    /// same answer.
    pub as_of: Seq,
    /// The root of the journal's tree (RFC 9162) up to this entry: it fixes what was counted.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub root: String,
    pub items: Vec<PointsTotalView>,
}

/// The points in one unit's books. `issued` + `debt` = `available` + `held` + `redeemed` + `expired` +
/// `transferred_out`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PointsTotal)]
pub struct PointsTotalView {
    pub unit: UnitId,
    /// Earned, minus what was taken back by voiding.
    pub issued: PointsText,
    /// On volunteers' accounts: free to spend, or overdue and not yet expired.
    pub available: PointsText,
    /// Held for open redemptions of the unit's rewards.
    pub held: PointsText,
    /// Spent on the unit's rewards that were handed over.
    pub redeemed: PointsText,
    /// Expired unspent.
    pub expired: PointsText,
    /// Owed by volunteers, because service was voided after its points had been spent.
    pub debt: PointsText,
    /// Moved to other units' books, minus what came from them.
    pub transferred_out: PointsText,
}

impl From<(UnitId, PointsTotal)> for PointsTotalView {
    fn from((unit, total): (UnitId, PointsTotal)) -> Self {
        Self {
            unit,
            issued: PointsText(total.issued),
            available: PointsText(total.available),
            held: PointsText(total.held),
            redeemed: PointsText(total.redeemed),
            expired: PointsText(total.expired),
            debt: PointsText(total.debt),
            transferred_out: PointsText(total.transferred_out),
        }
    }
}

/// Totals credited minutes
///
/// A record counts if it was credited and not voided as of the entry; `/service-records` with
/// `counted_as_of` lists the same records. Of the caller's units; a volunteer gets their own total. In any
/// format but JSON it is an export, and the journal records it.
///
/// The time that it takes does not depend on the number of records, unless the total is grouped by
/// activity, the dates are not whole months, or volunteers are counted: then all records are read.
#[utoipa::path(
    tag = "totals",
    params(MinutesTotalQuery),
    responses((status = 200, description = "The totals", content(
        (MinutesTotals = "application/json"),
        (String = "text/csv", example = json!("month,credited_minutes,occasions,records,self_declared,claimed\r\n2026-11,7260,3,121,0,90\r\n")),
        (String = "application/x-ndjson"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ))),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["not_acceptable"]))),
)]
#[get("/totals/minutes")]
pub async fn total_minutes(
    state: State,
    caller: Anyone,
    accepted: Accepted,
    query: Query<MinutesTotalQuery>,
) -> Result<HttpResponse, ApiError> {
    let MinutesTotalQuery { group_by: Groupings(group_by), from, to, unit, as_of, format, .. } = query.0;
    let count_volunteers = query.0.count_volunteers;
    let format = accepted.or_asked(format)?;
    let present = state.present();
    let (from, to) = (from.map(|day| day.0), to.map(|day| day.0));
    let columns: Vec<&str> = group_by.iter().map(|dimension| column(*dimension)).collect();
    let told = ExportFilter { unit, from, to, group_by: group_by.clone(), ..ExportFilter::default() };
    let read = move |db: &mut Db, scope: Scope| {
        let as_of = match asked_state(db, scope, unit, (as_of, present))? {
            Ok(as_of) => as_of,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let query = MinutesQuery { as_of, from, to, unit, count_volunteers };
        let totals = totals::minutes(db, scope, &group_by, query)?;
        Ok(Ok((as_of, root_at(db, as_of)?, totals)))
    };
    let (as_of, root, totals) = state.read_as(caller.0, read).await??;
    let items: Vec<_> = totals.into_iter().map(MinutesTotalView::from).collect();
    let Some(format) = file_format(format) else {
        return Ok(HttpResponse::Ok().json(MinutesTotals { as_of, root, items }));
    };
    let form = ExportForm::new(format, query.0.byte_order_mark, accepted.language(query.0.language));
    let counted: &[&str] = if count_volunteers { &["volunteers"] } else { &[] };
    let columns = [&columns[..], &MINUTES_COLUMNS, counted].concat();
    let rows: Vec<_> = items.iter().map(minutes_cells).collect();
    let what = (Exported::MinutesTotals, told);
    export::whole(&state, caller.0, form, what, ("minutes", as_of), (&columns, &rows)).await
}

/// Totals the points in units' books
///
/// In any format but JSON it is an export, and the journal records it.
#[utoipa::path(
    tag = "totals",
    params(PointsTotalQuery),
    responses((status = 200, description = "The totals, by unit", content(
        (PointsTotals = "application/json"),
        (String = "text/csv"),
        (String = "application/x-ndjson"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ))),
    security(("bearer" = ["coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["not_acceptable"]))),
)]
#[get("/totals/points")]
pub async fn total_points(
    state: State,
    caller: AnyOperator,
    accepted: Accepted,
    query: Query<PointsTotalQuery>,
) -> Result<HttpResponse, ApiError> {
    let PointsTotalQuery { unit, as_of, format, byte_order_mark, language } = query.0;
    let format = accepted.or_asked(format)?;
    let present = state.present();
    let read = move |db: &mut Db, scope: Scope| {
        let as_of = match asked_state(db, scope, unit, (as_of, present))? {
            Ok(as_of) => as_of,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let totals = totals::points(db, scope, unit, as_of)?;
        Ok(Ok((as_of, root_at(db, as_of)?, totals)))
    };
    let (as_of, root, totals) = state.read_as(caller.0, read).await??;
    let Some(format) = file_format(format) else {
        let items = totals.into_iter().map(PointsTotalView::from).collect();
        return Ok(HttpResponse::Ok().json(PointsTotals { as_of, root, items }));
    };
    let form = ExportForm::new(format, byte_order_mark, accepted.language(language));
    let rows: Vec<_> = totals.into_iter().map(points_cells).collect();
    let what = (Exported::PointsTotals, ExportFilter { unit, ..ExportFilter::default() });
    export::whole(&state, caller.0, form, what, ("points", as_of), (&POINTS_COLUMNS, &rows)).await
}

/// The entry that the question comes down to. The unit must be one that the reader may have totals of: a total of
/// nothing, with a root, would say of it that there is nothing.
fn asked_state(
    db: &mut Db,
    scope: Scope,
    unit: Option<UnitId>,
    (as_of, present): (Option<AsOf>, Present),
) -> Result<Result<Seq, ApiError>, StoreError> {
    if let Some(unseen) = (About { unit, ..About::default() }).unseen(db, scope)? {
        return Ok(Err(not_found(unseen)));
    }
    entry_asked(db, as_of, present)
}

/// The form of a file; none for the plain answer.
const fn file_format(format: Format) -> Option<ExportFormat> {
    match format {
        Format::Json => None,
        Format::Csv => Some(ExportFormat::Csv),
        Format::Ndjson => Some(ExportFormat::Ndjson),
        Format::Xlsx => Some(ExportFormat::Xlsx),
    }
}

/// What the total was parted by, then [`MINUTES_COLUMNS`], then the volunteers if they were counted.
fn minutes_cells(total: &MinutesTotalView) -> Vec<Cell> {
    let parted_by = [
        total.unit.map(Cell::text),
        total.programme.map(Cell::text),
        total.activity.map(Cell::text),
        total.month.as_ref().map(Cell::text),
        total.evidence.map(|evidence| Cell::text(evidence.into_str())),
    ];
    let (minutes, of_word) = (total.credited_minutes.0, [total.self_declared.0, total.claimed.0]);
    let figures = [minutes, total.occasions.0, total.records.0]
        .into_iter()
        .chain(of_word)
        .chain(total.volunteers.map(|volunteers| volunteers.0));
    parted_by.into_iter().flatten().chain(figures.map(Cell::Whole)).collect()
}

/// In the order of [`POINTS_COLUMNS`].
fn points_cells((unit, total): (UnitId, PointsTotal)) -> Vec<Cell> {
    let PointsTotal { issued, available, held, redeemed, expired, debt, transferred_out } = total;
    let figures = [issued, available, held, redeemed, expired, debt, transferred_out];
    [Cell::text(unit)].into_iter().chain(figures.map(Cell::from)).collect()
}

/// The root of the tree of the entries up to one that there is.
fn root_at(db: &mut Db, as_of: Seq) -> Result<String, StoreError> {
    let head = tree::head_at(db, as_of.0.unsigned_abs())?;
    head.map(|head| head.root.to_string())
        .ok_or_else(|| StoreError::corrupt("no tree as of an entry that is there"))
}

/// What every total of minutes tells, in the order of [`MinutesTotalView`].
const MINUTES_COLUMNS: [&str; 5] = ["credited_minutes", "occasions", "records", "self_declared", "claimed"];
/// What every total of points tells, in the order of [`PointsTotalView`].
const POINTS_COLUMNS: [&str; 8] =
    ["unit", "issued", "available", "held", "redeemed", "expired", "debt", "transferred_out"];

const fn column(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Unit => "unit",
        Dimension::Programme => "programme",
        Dimension::Activity => "activity",
        Dimension::Month => "month",
        Dimension::Evidence => "grade",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_what_it_was_parted_by_and_the_figures() {
        let total = MinutesTotalView {
            unit: None,
            programme: None,
            activity: None,
            month: Some("2026-11".to_owned()),
            evidence: Some(Evidence::Scan),
            credited_minutes: Minutes(90),
            occasions: Count(0),
            records: Count(2),
            self_declared: Minutes(60),
            claimed: Minutes(0),
            volunteers: None,
        };
        let parted_by = [Cell::text("2026-11"), Cell::text("scan")];
        let row = |figures: &[i64]| -> Vec<_> {
            parted_by.iter().cloned().chain(figures.iter().copied().map(Cell::Whole)).collect()
        };
        assert_eq!(minutes_cells(&total), row(&[90, 0, 2, 60, 0]));
        assert_eq!(
            minutes_cells(&MinutesTotalView { volunteers: Some(Count(1)), ..total }),
            row(&[90, 0, 2, 60, 0, 1])
        );
        assert_eq!(points_cells((UnitId::new(Seq(1)), PointsTotal::default())).len(), POINTS_COLUMNS.len());
    }

    #[test]
    fn the_columns_are_the_members_of_what_is_shown() {
        let unit = UnitId::new(Seq(1));
        let shown = serde_json::to_value(PointsTotalView::from((unit, PointsTotal::default()))).unwrap();
        let members: BTreeSet<&str> = shown.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(members, POINTS_COLUMNS.into());
    }

    #[test]
    fn a_state_is_named_by_entry_or_instant() {
        let read = |text: &str| serde_json::from_value::<AsOf>(text.into());
        assert!(matches!(read("4711"), Ok(AsOf::Entry(Seq(4711)))));
        assert!(matches!(read("2026-11-22T09:00:00+08:00"), Ok(AsOf::Instant(_))));
        assert!(matches!(read("2026-11-22"), Ok(AsOf::Day(_))));
        for text in ["", "-1", "yesterday", "2026-02-30", "2026-11", "99999999999999999999"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
