//! The assessment of units (量化考核): schemes, how units fare by them, and the members behind the figures.
//!
//! - [`scheme`]: what units are measured by; [`answer`]: what an assessment says, and its forms.
//! - [`chart`]: the picture; [`form`]: which form is wanted.

pub mod answer;
pub mod chart;
pub mod form;
pub mod scheme;

use self::answer::{Asked, Assessed, Assessment, COLUMNS};
use self::form::AssessmentForm;
use super::as_of::entry_asked;
use super::export::{self, ExportForm};
use super::extract::{Accepted, AnyOperator, Query};
use super::language::Language;
use super::page::{Cursor, Page, PageSize, page_request};
use super::problem::ApiError;
use super::routing::Routes;
use super::state::State;
use super::view::Shown;
use super::wire::{BoundedInt, Day};
use crate::api::wire::Count;
use crate::domain::amounts::Minutes;
use crate::domain::as_of::AsOf;
use crate::domain::assessment;
use crate::domain::export::{ExportFilter, ExportFormat, Exported};
use crate::domain::ids::{AssessmentSchemeId, UnitId, VolunteerId};
use crate::domain::unit;
use crate::store::read::Scope;
use crate::store::read::assessments::{self, AssessmentPeriod, Member, MembersCounted};
use crate::store::{Db, StoreError};
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpResponse, get};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config
        .service(scheme::create_assessment_scheme)
        .service(scheme::list_assessment_schemes)
        .service(scheme::get_assessment_scheme)
        .service(assess_units)
        .service(list_members);
}

/// Which units are assessed.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Each {
    /// Every unit directly under the named one.
    Children,
}

/// Which units, by what, for when.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AssessmentQuery {
    /// The unit. It and all units under it are measured together.
    unit: UnitId,
    /// The version of a scheme.
    scheme: AssessmentSchemeId,
    /// First service date.
    from: Day,
    /// Last service date.
    to: Day,
    /// `children` compares the units directly under the named one.
    #[param(inline)]
    each: Option<Each>,
    /// As of this journal entry or instant; as of now by default.
    as_of: Option<AsOf>,
    /// The format of the answer; takes precedence over `Accept`.
    #[param(inline)]
    format: Option<AssessmentForm>,
    /// Whether CSV begins with a byte order mark, by which spreadsheet programs recognise UTF-8. It does by default.
    byte_order_mark: Option<bool>,
    /// The language of the headings of CSV and XLSX; takes precedence over `Accept-Language`. English by default.
    language: Option<Language>,
}

/// Assesses a unit, or each unit directly under it
///
/// All figures are counted as of one journal entry. The same question with this `as_of` always has the same
/// digest.
#[utoipa::path(
    tag = "assessments",
    params(AssessmentQuery),
    responses((status = 200, description = "The assessment", content(
        (Assessed = "application/json"),
        (String = "text/csv"),
        (String = "application/x-ndjson"),
        (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (String = "image/svg+xml"),
    ))),
    security(("bearer" = ["coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["unit_not_found", "assessment_scheme_not_found", "not_acceptable"]))),
)]
#[get("/assessments")]
pub async fn assess_units(
    state: State,
    caller: AnyOperator,
    accepted: Accepted,
    query: Query<AssessmentQuery>,
) -> Result<HttpResponse, ApiError> {
    let AssessmentQuery { unit, scheme, from, to, each, as_of, format, byte_order_mark, language } = query.0;
    let language = accepted.language(language);
    let form = AssessmentForm::of(format, &accepted)?;
    let (present, zone) = (state.present(), state.rules.zone);
    let (days, vault) = (in_order(from, to)?, state.vault.clone());
    let read = move |db: &mut Db, scope: Scope| -> Result<Result<Assessed, ApiError>, StoreError> {
        let as_of = match entry_asked(db, as_of, present)? {
            Ok(as_of) => as_of,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let Some(named) = assessments::unit(db, scope, unit, as_of)? else {
            return Ok(Err(unit::Refusal::UnitNotFound.into()));
        };
        let Some(scheme) = assessments::scheme(db, scheme)? else {
            return Ok(Err(assessment::Refusal::AssessmentSchemeNotFound.into()));
        };
        let units = match each {
            Some(Each::Children) => assessments::children(db, unit, as_of)?,
            None => vec![named],
        };
        let ids: Vec<UnitId> = units.iter().map(|unit| unit.id).collect();
        let measured = scheme.terms.indicators.iter().map(|indicator| indicator.figure).collect();
        let period = AssessmentPeriod::new(db, zone, days, as_of)?;
        let figures = assessments::figures(db, &vault, &ids, &measured, period)?;
        let erased_since = assessments::erased_since(db, &ids, period)?;
        let asked = Asked { unit, from: days.0, to: days.1, as_of };
        let assessment = Assessment::new(asked, &scheme, units, &figures);
        Ok(assessment.digest().map(|digest| Assessed {
            assessment,
            digest,
            erased_since: Count(erased_since),
        }))
    };
    let assessed = state.read_as(caller.0, read).await??;
    let format = match form {
        AssessmentForm::Json => return Ok(HttpResponse::Ok().json(assessed)),
        AssessmentForm::Svg => return Ok(picture(&assessed.assessment)),
        AssessmentForm::Csv => ExportFormat::Csv,
        AssessmentForm::Ndjson => ExportFormat::Ndjson,
        AssessmentForm::Xlsx => ExportFormat::Xlsx,
    };
    let filter =
        ExportFilter { unit: Some(unit), from: Some(days.0), to: Some(days.1), ..ExportFilter::default() };
    let form = ExportForm::new(format, byte_order_mark, language);
    let rows = assessed.assessment.rows();
    let name = ("assessment", assessed.assessment.as_of);
    export::whole(&state, caller.0, form, (Exported::Assessment, filter), name, (&COLUMNS, &rows)).await
}

fn picture(assessment: &Assessment) -> HttpResponse {
    let file = format!("attachment; filename=\"assessment-as-of-{}.svg\"", assessment.as_of);
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "image/svg+xml"))
        .insert_header((CONTENT_DISPOSITION, file))
        .body(assessment.chart())
}

/// The days of a period, of which the first does not lie behind the last.
fn in_order(from: Day, to: Day) -> Result<(chrono::NaiveDate, chrono::NaiveDate), ApiError> {
    if from <= to {
        return Ok((from.0, to.0));
    }
    let detail = "the period ends before it begins".to_owned();
    Err(ApiError::InvalidParameter { name: "to".to_owned(), detail })
}

/// Whose members, for when.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MemberQuery {
    /// The unit, with all units under it.
    unit: UnitId,
    /// First service date.
    from: Day,
    /// Last service date.
    to: Day,
    /// As of this journal entry, instant or day; as of now by default.
    as_of: Option<AsOf>,
    /// Which of them; all by default.
    #[param(inline)]
    counted: Option<CountedMembers>,
    /// Of `party_members`: those with at least so many minutes.
    #[param(inline)]
    minutes: Option<BoundedInt<0, 60_000_000>>,
    /// Of `with_star`: those with at least this star.
    #[param(inline)]
    star: Option<BoundedInt<1, 10>>,
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// Which members are counted.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CountedMembers {
    /// Those with a record in the period.
    Active,
    /// Party members with `minutes` in the period.
    PartyMembers,
    /// Those with `star` at the end of the period.
    WithStar,
}

/// Which members the store is asked for. What belongs to another choice is refused, as is what is missing.
fn which(
    counted: Option<CountedMembers>,
    minutes: Option<i64>,
    star: Option<i64>,
) -> Result<MembersCounted, ApiError> {
    let fault = |name: &str, detail: &str| {
        Err(ApiError::InvalidParameter { name: name.to_owned(), detail: detail.to_owned() })
    };
    match (counted, minutes, star) {
        (None, None, None) => Ok(MembersCounted::All),
        (Some(CountedMembers::Active), None, None) => Ok(MembersCounted::Active),
        (Some(CountedMembers::PartyMembers), Some(minutes), None) => {
            Ok(MembersCounted::PartyMembers { minutes: Minutes(minutes) })
        }
        (Some(CountedMembers::WithStar), None, Some(star)) => Ok(MembersCounted::WithStar { star }),
        (Some(CountedMembers::PartyMembers), None, _) => fault("minutes", "expected with party_members"),
        (Some(CountedMembers::WithStar), _, None) => fault("star", "expected with with_star"),
        (_, Some(_), _) => fault("minutes", "of party_members only"),
        (_, _, Some(_)) => fault("star", "of with_star only"),
    }
}

/// A member as an assessment counts one.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AssessedMember)]
pub struct MemberView {
    pub volunteer: VolunteerId,
    /// The unit that the member belongs to at the end of the period.
    pub unit: UnitId,
    /// Minutes in the period, wherever they were served.
    pub credited_minutes: Minutes,
    /// How many records; with 0 the member is not active.
    pub records: Count,
}

impl From<Member> for MemberView {
    fn from(member: Member) -> Self {
        let Member { volunteer, unit, credited_minutes, records } = member;
        Self { volunteer, unit, credited_minutes, records: Count(records) }
    }
}

/// Lists the members whom an assessment counts
///
/// Those who belong to the unit or a unit under it at the end of the period, by volunteer number; of these all, or
/// those whom a figure counts. Their minutes add up to the numerators of an assessment as of the same entry.
#[utoipa::path(
    tag = "assessments",
    params(MemberQuery),
    responses((status = 200, description = "A page", body = Page<MemberView>)),
    security(("bearer" = ["coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["unit_not_found"]))),
)]
#[get("/assessments/members")]
pub async fn list_members(
    state: State,
    caller: AnyOperator,
    query: Query<MemberQuery>,
) -> Result<Shown<Page<MemberView>>, ApiError> {
    let MemberQuery { unit, from, to, as_of, counted, minutes, star, limit, cursor } = query.0;
    let which = which(counted, minutes.map(|minutes| minutes.0), star.map(|star| star.0))?;
    let (present, zone) = (state.present(), state.rules.zone);
    let days = in_order(from, to)?;
    let request = page_request("assessed-members", limit, cursor.as_ref())?;
    let vault = state.vault.clone();
    let read = move |db: &mut Db, scope: Scope| {
        let as_of = match entry_asked(db, as_of, present)? {
            Ok(as_of) => as_of,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if assessments::unit(db, scope, unit, as_of)?.is_none() {
            return Ok(Err(unit::Refusal::UnitNotFound.into()));
        }
        let period = AssessmentPeriod::new(db, zone, days, as_of)?;
        assessments::list_members(db, &vault, unit, period, which, request).map(Ok)
    };
    let page = state.read_as(caller.0, read).await??;
    Ok(Shown::plain(Page::new("assessed-members", page, MemberView::from)))
}
