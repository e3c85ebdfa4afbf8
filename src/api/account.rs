//! What a volunteer has and how it came: accounts, statements, and the lines of both.

use super::as_of::{AsOfQuery, entry_asked};
use super::extract::{Anyone, PathId, Query};
use super::page::{Cursor, Page, PageSize, page_request};
use super::problem::ApiError;
use super::schema::{AccountKind, EventKind};
use super::state::State;
use super::view::Shown;
use super::wire::{AmountText, Day, LocalTime, PointsText};
use crate::domain::account::{Account, Asset};
use crate::domain::amounts::Minutes;
use crate::domain::evidence::Evidence;
use crate::domain::ids::{
    ActivityId, LotId, PolicyId, RecordId, RedemptionId, Seq, TransferId, UnitId, VolunteerId,
};
use crate::domain::lot::Lot;
use crate::domain::time::LocalZone;
use crate::store::Db;
use crate::store::read::accounts::{self, Subject};
use crate::store::read::lots;
use actix_web::get;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What a volunteer has.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Account)]
pub struct AccountView {
    pub volunteer: VolunteerId,
    /// The journal entry as of which it is told.
    pub as_of: Seq,
    /// All credited minutes, wherever they were served.
    pub minutes: Minutes,
    #[serde(rename = "minutes_by_grade")]
    pub minutes_by_evidence: MinutesByEvidence,
    /// Of the minutes, those of check-ins that somebody declared and the service did not see: records of former times.
    pub self_declared: Minutes,
    pub points: PointsAccount,
}

/// Credited minutes by evidence.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MinutesByGrade)]
pub struct MinutesByEvidence {
    pub scan: Minutes,
    pub geo: Minutes,
    pub leader: Minutes,
    pub import: Minutes,
    pub backfill: Minutes,
    pub claimed: Minutes,
}

/// A volunteer's points.
#[derive(Debug, Serialize, ToSchema)]
pub struct PointsAccount {
    /// Free to spend; while there is a debt, nothing may be spent.
    pub available: PointsText,
    /// Held for open redemptions.
    pub held: PointsText,
    /// Points that were spent before the service that earned them was voided; they must be earned back.
    pub debt: PointsText,
    /// What expires next; null if nothing does, and of the past.
    pub expiring_next: Option<Expiring>,
}

/// Points that expire at one instant.
#[derive(Debug, Serialize, ToSchema)]
pub struct Expiring {
    pub points: PointsText,
    /// The first instant at which they can no longer be spent.
    pub expires_at: LocalTime,
}

impl AccountView {
    pub(super) fn new(account: &accounts::AccountReadModel, zone: LocalZone) -> Self {
        let of = |evidence| account.minutes_by_evidence.get(&evidence).copied().unwrap_or(Minutes::ZERO);
        Self {
            volunteer: account.volunteer,
            as_of: account.as_of,
            minutes: account.minutes,
            minutes_by_evidence: MinutesByEvidence {
                scan: of(Evidence::Scan),
                geo: of(Evidence::Geo),
                leader: of(Evidence::Leader),
                import: of(Evidence::Import),
                backfill: of(Evidence::Backfill),
                claimed: of(Evidence::Claimed),
            },
            self_declared: account.self_declared,
            points: PointsAccount {
                available: PointsText(account.available),
                held: PointsText(account.held),
                debt: PointsText(account.debt),
                expiring_next: account.expiring_next.map(|next| Expiring {
                    points: PointsText(next.points),
                    expires_at: LocalTime::new(next.expires_at, zone),
                }),
            },
        }
    }
}

/// Points that one crediting earned.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Lot)]
pub struct LotView {
    pub id: LotId,
    /// The record that earned it.
    pub record: RecordId,
    /// The version of the points policy that applied.
    pub policy: PolicyId,
    /// The unit in whose books the points were issued.
    pub issued_by: UnitId,
    pub points: PointsText,
    /// Neither spent, nor expired, nor taken back.
    pub remaining: PointsText,
    /// Points that expired unspent.
    pub lapsed: PointsText,
    /// The first instant at which they can no longer be spent; null if they never expire.
    pub expires_at: Option<LocalTime>,
    /// Whether the record was voided. Then the rest was taken back, and what had been spent is owed.
    pub voided: bool,
}

impl LotView {
    pub(super) fn new(lot: &Lot, zone: LocalZone) -> Self {
        Self {
            id: lot.id,
            record: lot.record,
            policy: lot.policy,
            issued_by: lot.issued_by,
            points: PointsText(lot.points),
            remaining: PointsText(lot.remaining),
            lapsed: PointsText(lot.lapsed),
            expires_at: lot.expires_at.map(|at| LocalTime::new(at, zone)),
            voided: lot.voided,
        }
    }
}

/// An account of the ledger.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountName {
    #[schema(value_type = AccountKind)]
    pub account: &'static str,
    pub asset: Asset,
    /// The unit whose books it belongs to; for points only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub unit: Option<UnitId>,
    /// Whose account it is, if it is a person's.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub volunteer: Option<VolunteerId>,
    /// The activity; for served minutes only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub activity: Option<ActivityId>,
    /// The evidence; for minutes only.
    #[serde(rename = "grade", skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub evidence: Option<Evidence>,
    /// The service date; for served minutes only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub date: Option<Day>,
}

impl From<Account> for AccountName {
    fn from(account: Account) -> Self {
        let (activity, evidence, date) = match account {
            Account::Served { activity, evidence, date } => (Some(activity), Some(evidence), Some(Day(date))),
            Account::Credited { evidence, .. } => (None, Some(evidence), None),
            _ => (None, None, None),
        };
        Self {
            account: account.kind(),
            asset: account.asset(),
            unit: account.unit(),
            volunteer: account.volunteer(),
            activity,
            evidence,
            date,
        }
    }
}

/// An entry of a statement: how it changed the volunteer's accounts.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StatementEntry)]
pub struct StatementEntryView {
    /// The entry's position in the journal.
    pub seq: Seq,
    /// What happened.
    #[schema(value_type = EventKind)]
    pub kind: String,
    pub recorded_at: LocalTime,
    /// The day that it concerns.
    pub effective_date: Day,
    /// The entry that it reverses.
    pub reverses: Option<Seq>,
    /// The service record that it was about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub record: Option<RecordId>,
    /// The redemption that it was about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub redemption: Option<RedemptionId>,
    /// The transfer that it was about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub transfer: Option<TransferId>,
    pub lines: Vec<StatementLineView>,
}

/// A line of a statement.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StatementLine)]
pub struct StatementLineView {
    #[serde(flatten)]
    pub account: AccountName,
    pub amount: AmountText,
    /// The volunteer's balance on all accounts of this name after this line.
    pub account_balance: AmountText,
    /// The volunteer's balance in this asset, on all accounts, after this line.
    pub asset_balance: AmountText,
}

impl StatementEntryView {
    pub(super) fn new(entry: accounts::StatementEntry, zone: LocalZone) -> Self {
        let line = |line: accounts::StatementLine| {
            let asset = line.account.asset();
            StatementLineView {
                account: line.account.into(),
                amount: AmountText(asset, line.amount),
                account_balance: AmountText(asset, line.account_balance),
                asset_balance: AmountText(asset, line.asset_balance),
            }
        };
        let (mut record, mut redemption, mut transfer) = (None, None, None);
        match entry.subject {
            Some(Subject::Record(id)) => record = Some(id),
            Some(Subject::Redemption(id)) => redemption = Some(id),
            Some(Subject::Transfer(id)) => transfer = Some(id),
            None => {}
        }
        Self {
            record,
            redemption,
            transfer,
            seq: entry.seq,
            kind: entry.kind,
            recorded_at: LocalTime::new(entry.recorded_at, zone),
            effective_date: Day(entry.effective_date),
            reverses: entry.reverses,
            lines: entry.lines.into_iter().map(line).collect(),
        }
    }
}

/// Which part of a statement.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StatementQuery {
    /// At most this many entries on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// Which lots.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LotQuery {
    /// At most this many lots on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// Shows a volunteer's account
///
/// All credited minutes, in total and by evidence; points available, held, owed, and expiring next.
///
/// As of an entry, instant or day: as the books had it then, the same for ever. Points that had expired and were not
/// written off yet are available there.
#[utoipa::path(
    tag = "volunteers",
    params(("id" = VolunteerId, Path, description = "The volunteer"), AsOfQuery),
    responses((status = 200, description = "The account", body = AccountView)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["volunteer_not_found"]))),
)]
#[get("/volunteers/{id}/account")]
pub async fn get_account(
    state: State,
    caller: Anyone,
    volunteer: PathId<VolunteerId>,
    query: Query<AsOfQuery>,
) -> Result<Shown<AccountView>, ApiError> {
    let (present, asked) = (state.present(), query.0.as_of);
    let read = move |db: &mut Db, scope| {
        if asked.is_none() {
            return accounts::account(db, scope, volunteer.0, present.now).map(Ok);
        }
        match entry_asked(db, asked, present)? {
            Ok(as_of) => accounts::account_as_of(db, scope, volunteer.0, as_of).map(Ok),
            Err(refusal) => Ok(Err(refusal)),
        }
    };
    let account = volunteer.found(state.read_as(caller.0, read).await??)?;
    Ok(Shown::plain(AccountView::new(&account, state.rules.zone)))
}

/// Shows a volunteer's statement
///
/// Every entry that changed the volunteer's accounts, newest first, with running balances.
#[utoipa::path(
    tag = "volunteers",
    params(("id" = VolunteerId, Path, description = "The volunteer"), StatementQuery),
    responses((status = 200, description = "A page", body = Page<StatementEntryView>)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["volunteer_not_found"]))),
)]
#[get("/volunteers/{id}/statement")]
pub async fn list_statement(
    state: State,
    caller: Anyone,
    volunteer: PathId<VolunteerId>,
    query: Query<StatementQuery>,
) -> Result<Shown<Page<StatementEntryView>>, ApiError> {
    let request = page_request("statement", query.0.limit, query.0.cursor.as_ref())?;
    let read = move |db: &mut Db, scope| accounts::statement(db, scope, volunteer.0, request);
    let page = volunteer.found(state.read_as(caller.0, read).await?)?;
    let show = |entry| StatementEntryView::new(entry, state.rules.zone);
    Ok(Shown::plain(Page::new("statement", page, show)))
}

/// Lists a volunteer's lots of points
///
/// What each crediting earned and what is left of it, newest first. Redemptions name the lots that they
/// draw from.
#[utoipa::path(
    tag = "volunteers",
    params(("id" = VolunteerId, Path, description = "The volunteer"), LotQuery),
    responses((status = 200, description = "A page", body = Page<LotView>)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["volunteer_not_found"]))),
)]
#[get("/volunteers/{id}/lots")]
pub async fn list_lots(
    state: State,
    caller: Anyone,
    volunteer: PathId<VolunteerId>,
    query: Query<LotQuery>,
) -> Result<Shown<Page<LotView>>, ApiError> {
    let request = page_request("lots", query.0.limit, query.0.cursor.as_ref())?;
    let read = move |db: &mut Db, scope| lots::list(db, scope, volunteer.0, request);
    let page = volunteer.found(state.read_as(caller.0, read).await?)?;
    Ok(Shown::plain(Page::new("lots", page, |lot| LotView::new(&lot, state.rules.zone))))
}
