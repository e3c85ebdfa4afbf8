//! What looks wrong (异常线索): listed for auditors, and dismissed by them with a reason.

use super::as_of::entry_asked;
use super::extract::{Auditor, PathId, Query, Strict};
use super::problem::ApiError;
use super::routing::Routes;
use super::state::{AppState, State, not_found};
use super::view::{Changed, Shown, View};
use super::wire::{Count, Day, LocalTime};
use crate::auth::Identity;
use crate::domain::Command;
use crate::domain::actor::Actor;
use crate::domain::as_of::AsOf;
use crate::domain::dismissal::{DismissFinding, Dismissal, FindingId};
use crate::domain::finding::{FindingRule, Subject};
use crate::domain::ids::{ActivityId, OperatorId, RecordId, Seq, UnitId, VolunteerId};
use crate::domain::text::Note;
use crate::domain::time::{LocalZone, Timestamp};
use crate::store::read::findings::{self, Dismissed, Found, Window};
use crate::store::read::{About, Scope};
use crate::store::{Db, StoreError};
use actix_web::{get, post};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config.service(list_findings).service(dismiss_finding);
}

/// Days that can be looked through at once: a quarter.
pub const WINDOW_DAYS_MAX: u64 = 92;
/// Days that are looked through where nothing is said.
const WINDOW_DAYS_DEFAULT: u64 = 30;

/// Which service is examined.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FindingQuery {
    /// This unit and the units under it; all of the caller's by default.
    unit: Option<UnitId>,
    /// First day of crediting; 30 days before the last by default.
    from: Option<Day>,
    /// Last day of crediting; today by default. At most 92 days in all.
    to: Option<Day>,
    /// As of this journal entry or instant; as of now by default.
    as_of: Option<AsOf>,
    /// Whether to list the dismissed findings instead of the others.
    #[serde(default)]
    dismissed: bool,
}

/// Why a finding is a false alarm, with the question that showed it.
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
    /// The `as_of` of the answer that showed it.
    pub as_of: Option<AsOf>,
}

/// Credited service that looks wrong.
#[derive(Debug, Serialize, ToSchema)]
pub struct Findings {
    /// The journal entry as of which they were found. The same question as of this entry always has the
    /// same answer.
    pub as_of: Seq,
    /// First day of crediting that was examined.
    pub from: Day,
    /// Last day of crediting that was examined.
    pub to: Day,
    /// Ordered by rule, unit and subject. What differs from the journal comes last, and only where nothing is asked as
    /// of an earlier entry: it is of now.
    pub items: Vec<FindingView>,
}

/// Credited service that looks wrong. It is no accusation: the reason names a possible honest cause too.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Finding)]
pub struct FindingView {
    /// A hash of the rule and of all data that the finding is based on. If the data change, it is another
    /// finding.
    pub id: FindingId,
    pub rule: FindingRule,
    /// Why it looks wrong, and which honest cause it may have.
    pub reason: String,
    /// The unit with which the service was given, that holds the gift, or whose books hold the debt; for
    /// `service_elsewhere` the volunteer's own unit.
    pub unit: UnitId,
    pub subject: SubjectView,
    /// The figures that were counted, by name.
    #[schema(value_type = BTreeMap<String, Count>, example = json!({"entered_records": 24}))]
    pub figures: BTreeMap<&'static str, i64>,
    /// The records that it is based on, the earliest first.
    pub records: Vec<RecordId>,
    /// The journal entries that it is based on, where these are no records: a gift's is the one that placed its redemption.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<Seq>,
    /// Null while nobody has dismissed it.
    pub dismissal: Option<FindingDismissalView>,
}

/// Whom or what a finding concerns.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FindingSubject)]
pub struct SubjectView {
    /// Who entered or approved the records.
    pub actor: Option<Actor>,
    /// Whose service it is.
    pub volunteer: Option<VolunteerId>,
    /// The other volunteer, where it is about two; the one who was registered first.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub other_volunteer: Option<VolunteerId>,
    /// The operator, where it is about who an operator is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub operator: Option<OperatorId>,
    /// The activity.
    pub activity: Option<ActivityId>,
    /// The day on which it was entered.
    pub day: Option<Day>,
}

/// That a finding was dismissed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FindingDismissal)]
pub struct FindingDismissalView {
    /// Null once it was erased with the person whom the finding was about.
    pub reason: Option<Note>,
    pub dismissed_by: Actor,
    pub dismissed_at: LocalTime,
    /// The journal entry of the dismissal.
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
        let Subject { actor, volunteer, other_volunteer, operator, activity, day } = finding.subject;
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
            subject: SubjectView { actor, volunteer, other_volunteer, operator, activity, day: day.map(Day) },
            figures: finding.figures,
            records: finding.records.into_iter().collect(),
            entries: finding.entries.into_iter().collect(),
            dismissal: dismissed.map(dismissal),
        }
    }
}

/// The question, with its days as they come down.
#[derive(Clone, Copy, Debug)]
pub(super) struct Question {
    unit: Option<UnitId>,
    pub(super) from: NaiveDate,
    pub(super) to: NaiveDate,
    as_of: Option<AsOf>,
}

impl Question {
    pub(super) fn new(
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
        let zone = state.rules.zone;
        let find = move |db: &mut Db, scope, window| findings::find(db, scope, window, zone);
        let (as_of, found) = self.within(state, reader, find).await?;
        found.map(|found| (as_of, found)).map_err(|_| ApiError::TooManyRecords)
    }

    /// What is read within the question's days, as of which entry: all of it from one snapshot.
    pub(super) async fn within<T: Send + 'static>(
        self,
        state: &AppState,
        reader: Identity,
        ask: impl Fn(&mut Db, Scope, Window) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<(Seq, T), ApiError> {
        let (present, zone) = (state.present(), state.rules.zone);
        let (from, until): (Timestamp, Timestamp) = (zone.start_of(self.from), zone.end_of(self.to));
        let read = move |db: &mut Db, scope| {
            db.snapshot(|db| {
                if let Some(unseen) = (About { unit: self.unit, ..About::default() }).unseen(db, scope)? {
                    return Ok(Err(not_found(unseen)));
                }
                let as_of = match entry_asked(db, self.as_of, present)? {
                    Ok(as_of) => as_of,
                    Err(refusal) => return Ok(Err(refusal)),
                };
                let window = Window { unit: self.unit, from, until, as_of };
                ask(db, scope, window).map(|found| Ok((as_of, found)))
            })
        };
        state.read_as(reader, read).await?
    }
}

/// Lists findings
///
/// In service of the caller's units that was credited within the given days; each with its reason, its
/// figures and its records. The same question as of the same entry always has the same answer; a later
/// dismissal does not change it.
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
    let differing = match (question.as_of, dismissed) {
        (None, false) => differing(&state, caller.0, unit).await?,
        _ => Vec::new(),
    };
    let items = found.into_iter().filter(|found| found.dismissed.is_some() == dismissed).chain(differing);
    Ok(Shown::plain(Findings {
        as_of,
        from: Day(question.from),
        to: Day(question.to),
        items: items.map(|found| FindingView::new(found, state.rules.zone)).collect(),
    }))
}

/// What the service found by recomputing itself, of the caller's units.
async fn differing(state: &AppState, reader: Identity, unit: Option<UnitId>) -> Result<Vec<Found>, ApiError> {
    let rows = state.ledger.health().verification().rows;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    state.read_as(reader, move |db, scope| findings::differing(db, scope, unit, &rows)).await
}

/// Dismisses a finding as a false alarm
///
/// The journal records who dismissed it, and a salted commitment to the reason. If the data that it is
/// based on change, it is another finding and is listed again.
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
            about: found.finding.subject.volunteer,
        }))
    };
    state.change_as_read(caller.asker(), body.idempotency, command).await
}
