//! What looks wrong (异常线索): listed for auditors, and dismissed by them with a reason.

use super::extract::{Auditor, PathId, Query, Strict};
use super::problem::ApiError;
use super::state::{AppState, State};
use super::totals::beyond_the_end;
use super::view::{Changed, Shown, View};
use super::wire::{Count, Day, LocalTime};
use crate::auth::Identity;
use crate::domain::Command;
use crate::domain::actor::Actor;
use crate::domain::as_of::AsOf;
use crate::domain::dismissal::{DismissFinding, Dismissal, FindingId};
use crate::domain::finding::{FindingRule, Subject};
use crate::domain::ids::{ActivityId, RecordId, Seq, UnitId, VolunteerId};
use crate::domain::text::Note;
use crate::domain::time::{LocalZone, Timestamp};
use crate::store::Db;
use crate::store::read::findings::{self, Dismissed, Found, Window};
use crate::store::read::journal;
use actix_web::{get, post};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig) {
    config.service(list_findings).service(dismiss_finding);
}

/// Days that can be looked through at once: a quarter.
pub const WINDOW_DAYS_MAX: u64 = 92;
/// Days that are looked through where nothing is said.
const WINDOW_DAYS_DEFAULT: u64 = 30;

/// Where and when something is looked for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FindingQuery {
    /// This unit and those under it; all of the caller's, where nothing is said.
    unit: Option<UnitId>,
    /// First day of crediting; 30 days before the last, where nothing is said.
    from: Option<Day>,
    /// Last day of crediting, at most 92 days in all; today, where nothing is said.
    to: Option<Day>,
    /// As of this entry or instant; as of now, where nothing is said.
    as_of: Option<AsOf>,
    /// Those that were dismissed instead of those that were not.
    #[serde(default)]
    dismissed: bool,
}

/// Why a finding is a false alarm, and the question that it is an answer to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "签到设备当日故障，已核对签到表" }))]
pub struct DismissalInput {
    pub reason: Note,
    /// As in the question that showed it.
    pub unit: Option<UnitId>,
    /// As in the question that showed it.
    pub from: Option<Day>,
    /// As in the question that showed it.
    pub to: Option<Day>,
    /// As in the question that showed it; `as_of` of its answer, to be sure.
    pub as_of: Option<AsOf>,
}

/// What looks wrong.
#[derive(Debug, Serialize, ToSchema)]
pub struct Findings {
    /// The entry as of which they hold: asked for again, they are the same for ever.
    pub as_of: Seq,
    /// First day of crediting that was looked at.
    pub from: Day,
    /// Last day of crediting that was looked at.
    pub to: Day,
    /// In the order of rules, units and subjects.
    pub items: Vec<FindingView>,
}

/// Something that looks wrong. It accuses nobody: its reason names an honest cause too.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Finding)]
pub struct FindingView {
    /// Follows from the rule and all that it rests on: other evidence, another finding.
    pub id: FindingId,
    pub rule: FindingRule,
    /// Why it looks wrong, and what honest cause it may have.
    pub reason: String,
    /// The unit where the service was given; the volunteer's own for service elsewhere.
    pub unit: UnitId,
    pub subject: SubjectView,
    /// What was counted, by name.
    #[schema(value_type = BTreeMap<String, Count>, example = json!({"entered_records": 24}))]
    pub figures: BTreeMap<&'static str, i64>,
    /// The records that it rests on, from the first on.
    pub records: Vec<RecordId>,
    /// Null as long as nobody dismissed it.
    pub dismissal: Option<FindingDismissalView>,
}

/// Whom or what a finding is about.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FindingSubject)]
pub struct SubjectView {
    /// Who entered, or who approved.
    pub actor: Option<Actor>,
    /// Whose service it is.
    pub volunteer: Option<VolunteerId>,
    /// Where it was given.
    pub activity: Option<ActivityId>,
    /// The day on which it was entered.
    pub day: Option<Day>,
}

/// That a finding was dismissed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FindingDismissal)]
pub struct FindingDismissalView {
    pub reason: Note,
    pub dismissed_by: Actor,
    pub dismissed_at: LocalTime,
    /// The entry of the journal that tells of it.
    pub entry: Seq,
}

/// A finding that has been dismissed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Dismissal)]
pub struct DismissalView {
    pub finding: FindingId,
    pub rule: FindingRule,
    pub unit: UnitId,
    pub dismissed_by: Actor,
    pub dismissed_at: LocalTime,
}

impl View for DismissalView {
    type Thing = Dismissal;

    fn of(dismissal: Dismissal, zone: LocalZone) -> Self {
        Self {
            finding: dismissal.finding,
            rule: dismissal.rule,
            unit: dismissal.unit,
            dismissed_by: dismissal.dismissed_by,
            dismissed_at: LocalTime::new(dismissal.dismissed_at, zone),
        }
    }

    fn location(&self) -> String {
        "/v1/findings?dismissed=true".to_owned()
    }
}

impl FindingView {
    fn new(Found { id, finding, dismissed }: Found, zone: LocalZone) -> Self {
        let Subject { actor, volunteer, activity, day } = finding.subject;
        let dismissal = |Dismissed { dismissal, reason }: Dismissed| FindingDismissalView {
            reason,
            dismissed_by: dismissal.dismissed_by,
            dismissed_at: LocalTime::new(dismissal.dismissed_at, zone),
            entry: dismissal.entry,
        };
        Self {
            id,
            rule: finding.rule,
            reason: finding.rule.reason(),
            unit: finding.unit,
            subject: SubjectView { actor, volunteer, activity, day: day.map(Day) },
            figures: finding.figures,
            records: finding.records.into_iter().collect(),
            dismissal: dismissed.map(dismissal),
        }
    }
}

/// The question, with its days as they come down.
#[derive(Clone, Copy, Debug)]
struct Question {
    unit: Option<UnitId>,
    from: NaiveDate,
    to: NaiveDate,
    as_of: Option<AsOf>,
}

impl Question {
    fn new(
        state: &AppState,
        unit: Option<UnitId>,
        (from, to): (Option<Day>, Option<Day>),
        as_of: Option<AsOf>,
    ) -> Result<Self, ApiError> {
        let to = to.map_or_else(|| state.rules.zone.date_of(state.clock.now()), |day| day.0);
        let earliest = |days: u64| to.checked_sub_days(Days::new(days - 1)).unwrap_or(to);
        let from = from.map_or_else(|| earliest(WINDOW_DAYS_DEFAULT), |day| day.0);
        if from > to || from < earliest(WINDOW_DAYS_MAX) {
            let detail = format!("expected a day up to the last, at most {WINDOW_DAYS_MAX} days in all");
            return Err(ApiError::InvalidParameter { name: "from".to_owned(), detail });
        }
        Ok(Self { unit, from, to, as_of })
    }

    /// What is found, as of which entry.
    async fn ask(self, state: &AppState, reader: Identity) -> Result<(Seq, Vec<Found>), ApiError> {
        let (now, zone) = (state.clock.now(), state.rules.zone);
        let (from, until): (Timestamp, Timestamp) = (zone.start_of(self.from), zone.end_of(self.to));
        let read = move |db: &mut Db, scope| {
            db.snapshot(|db| {
                let Some(as_of) = journal::entry_as_of(db, self.as_of, now)? else { return Ok(None) };
                let window = Window { unit: self.unit, from, until, as_of };
                findings::find(db, scope, window, zone).map(|found| Some((as_of, found)))
            })
        };
        let (as_of, found) = state.read_as(reader, read).await?.ok_or_else(|| beyond_the_end("as_of"))?;
        found.map(|found| (as_of, found)).map_err(|_| ApiError::TooManyRecords)
    }
}

/// Lists what looks wrong
///
/// In service that was credited within the window, with the caller's units; each finding with its
/// reason, its figures and its records. The same question as of the same entry has the same answer for
/// ever: what is dismissed later is not dismissed yet.
#[utoipa::path(
    tag = "findings",
    params(FindingQuery),
    responses((status = 200, description = "The findings", body = Findings)),
    security(("bearer" = ["auditor", "admin"])),
    extensions(("x-refusals" = json!(["too_many_records"]))),
)]
#[get("/findings")]
pub async fn list_findings(
    state: State,
    caller: Auditor,
    query: Query<FindingQuery>,
) -> Result<Shown<Findings>, ApiError> {
    let FindingQuery { unit, from, to, as_of, dismissed } = query.0;
    let question = Question::new(&state, unit, (from, to), as_of)?;
    let (as_of, found) = question.ask(&state, caller.0).await?;
    let items = found.into_iter().filter(|found| found.dismissed.is_some() == dismissed);
    Ok(Shown::plain(Findings {
        as_of,
        from: Day(question.from),
        to: Day(question.to),
        items: items.map(|found| FindingView::new(found, state.rules.zone)).collect(),
    }))
}

/// Dismisses a finding as a false alarm
///
/// The journal tells by whom and, salted, why. As soon as what it rests on changes, it is another
/// finding, and is listed again.
#[utoipa::path(
    tag = "findings",
    params(("id" = FindingId, Path, description = "The finding")),
    request_body = DismissalInput,
    responses((status = 200, description = "The dismissal", body = Changed<DismissalView>)),
    security(("bearer" = ["auditor", "admin"])),
    extensions(("x-refusals" = json!([
        "invalid_parameter", "too_many_records", "finding_not_found", "finding_dismissed", "unit_not_found",
        "outside_unit"
    ]))),
)]
#[post("/findings/{id}/dismiss")]
pub async fn dismiss_finding(
    state: State,
    caller: Auditor,
    finding: PathId<FindingId>,
    body: Strict<DismissalInput>,
) -> Result<Changed<DismissalView>, ApiError> {
    let DismissalInput { reason, unit, from, to, as_of } = body.value;
    let command = async {
        let question = Question::new(&state, unit, (from, to), as_of)?;
        let (_, found) = question.ask(&state, caller.0).await?;
        let found = finding.found(found.into_iter().find(|found| found.id == finding.0))?;
        Ok(Command::DismissFinding(DismissFinding {
            finding: finding.0,
            rule: found.finding.rule,
            unit: found.finding.unit,
            reason: state.commit(reason)?,
        }))
    };
    state.change_as_read(caller.actor(), body.stamp, command).await
}
