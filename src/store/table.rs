//! The tables of derived state: which row of the domain stands in which table, column by column.

use super::StoreError;
use super::column::Column;
use super::sql::{Cell, CellType, Cells};
use crate::domain::activity::{Activity, ActivityDetails, Measure};
use crate::domain::actor::{Actor, Role};
use crate::domain::amounts::{Minutes, Points};
use crate::domain::assessment::{AssessmentScheme, AssessmentTerms};
use crate::domain::calendar::{CalendarDay, DayKind};
use crate::domain::certificate::Certificate;
use crate::domain::commitment::Commitment;
use crate::domain::correction::{Complaint, Correction, CorrectionStatus};
use crate::domain::dismissal::{Dismissal, FindingId};
use crate::domain::evidence::Evidence;
use crate::domain::finding::FindingRule;
use crate::domain::honour::Honour;
use crate::domain::ids::{
    ActivityId, AssessmentSchemeId, CertificateId, CorrectionId, HonourId, LotId, ModelPostId, ObjectionId,
    OperatorId, PledgeId, PolicyId, ProgrammeId, RecordId, RedemptionId, RewardId, Seq, StarSchemeId,
    TrainingId, TransferId, UnitId, VolunteerId,
};
use crate::domain::lot::Draw;
use crate::domain::lot::Lot;
use crate::domain::model_post::ModelPost;
use crate::domain::notice::{NoticeDays, NoticePolicy};
use crate::domain::objection::{Objection, ObjectionStatus};
use crate::domain::operator::Operator;
use crate::domain::pledge::Pledge;
use crate::domain::policy::{PointsPolicy, PolicyTerms};
use crate::domain::programme::{Programme, ProgrammeDetails};
use crate::domain::record::Deduction;
use crate::domain::record::{RecordStatus, ServiceRecord};
use crate::domain::redemption::{Redemption, RedemptionStatus};
use crate::domain::reward::Reward;
use crate::domain::star::{StarScheme, StarTerms};
use crate::domain::text::{Name, UnitCode};
use crate::domain::time::{Interval, Timestamp};
use crate::domain::training::Training;
use crate::domain::transfer::{Transfer, TransferStatus};
use crate::domain::unit::{Headcount, Unit, UnitKind};
use crate::domain::volunteer::{Membership, Volunteer, VolunteerStatus};
use chrono::NaiveDate;

/// A row of the domain that stands in a table of its own.
pub trait Table: Sized {
    /// The table's name.
    const NAME: &'static str;
    /// The columns of the primary key.
    const KEY: &'static [&'static str];
    /// All columns, in the order of the cells.
    const COLUMNS: &'static [(&'static str, CellType)];

    /// The row as it is stored.
    fn cells(&self) -> Vec<Cell>;

    /// The row as it was stored.
    fn from_cells(cells: Cells) -> Result<Self, StoreError>;

    /// The columns' names, for a select list, each with the table's alias before it.
    #[must_use]
    fn select_list(alias: &str) -> String {
        let names: Vec<String> = Self::COLUMNS.iter().map(|(name, _)| format!("{alias}.{name}")).collect();
        names.join(", ")
    }
}

macro_rules! tables {
    ($($row:ident in $table:literal by [$($key:literal),+] { $($field:ident: $ty:ty),+ $(,)? })*) => {$(
        impl Table for $row {
            const NAME: &'static str = $table;
            const KEY: &'static [&'static str] = &[$($key),+];
            const COLUMNS: &'static [(&'static str, CellType)] = &[$((stringify!($field), <$ty as Column>::TYPE)),+];

            fn cells(&self) -> Vec<Cell> {
                vec![$(self.$field.to_cell()),+]
            }

            fn from_cells(cells: Cells) -> Result<Self, StoreError> {
                let mut cells = cells.0.into_iter();
                let mut next = || cells.next().ok_or_else(|| StoreError::corrupt(concat!($table, " lacks a column")));
                Ok(Self { $($field: Column::from_cell(next()?)?),+ })
            }
        }
    )*};
}

tables! {
    Unit in "units" by ["id"] {
        id: UnitId, code: UnitCode, name: Name, kind: UnitKind, parent: Option<UnitId>, path: Vec<UnitId>,
    }
    Headcount in "headcounts" by ["unit", "effective_from"] {
        unit: UnitId, effective_from: NaiveDate, staff: i64, party_members: i64, version: Seq,
    }
    Volunteer in "volunteers" by ["id"] {
        id: VolunteerId, unit: UnitId, status: VolunteerStatus, member_entry: Seq, member_since: Timestamp,
        open_transfer: Option<TransferId>, open_redemptions: i64, debt: Points, registered_at: Timestamp,
        version: Seq,
    }
    Membership in "memberships" by ["volunteer", "entry"] {
        volunteer: VolunteerId, entry: Seq, unit: UnitId, starts_at: Timestamp, ends_at: Option<Timestamp>,
    }
    Programme in "programmes" by ["id"] {
        id: ProgrammeId, unit: UnitId, details: ProgrammeDetails, closed: bool, version: Seq,
    }
    Activity in "activities" by ["id"] {
        id: ActivityId, programme: ProgrammeId, unit: UnitId, measure: Measure, details: ActivityDetails,
        cancelled: bool, live_records: i64, version: Seq,
    }
    ServiceRecord in "service_records" by ["id"] {
        id: RecordId, activity: ActivityId, programme: ProgrammeId, unit: UnitId, volunteer: VolunteerId,
        started_at: Timestamp, ended_at: Timestamp, breaks: Vec<Interval>, evidence: Evidence, count: i64,
        claimed_minutes: Minutes, credited_minutes: Minutes, deductions: Vec<Deduction>, status: RecordStatus,
        late: bool, record_by: Option<NaiveDate>,
        notice_ends_at: Option<Timestamp>, open_objections: i64, service_date: NaiveDate, submitted_by: Actor, submitted_at: Timestamp,
        decided_by: Option<Actor>, decided_at: Option<Timestamp>, credited_entry: Option<Seq>,
        voided_by: Option<Actor>, voided_at: Option<Timestamp>, voided_entry: Option<Seq>, lot: Option<LotId>,
        version: Seq,
    }
    Lot in "lots" by ["id"] {
        id: LotId, volunteer: VolunteerId, record: RecordId, policy: PolicyId, issued_by: UnitId,
        service_month: i32, points: Points, remaining: Points, lapsed: Points, expires_at: Option<Timestamp>,
        voided: bool,
    }
    Transfer in "transfers" by ["id"] {
        id: TransferId, volunteer: VolunteerId, from_unit: UnitId, to_unit: UnitId, status: TransferStatus,
        requested_by: Actor, requested_at: Timestamp, expires_at: Timestamp, changed_by: Actor,
        changed_at: Timestamp,
    }
    PointsPolicy in "points_policies" by ["id"] { id: PolicyId, effective_from: NaiveDate, terms: PolicyTerms }
    Reward in "rewards" by ["id"] {
        id: RewardId, unit: UnitId, name: Name, price: Points, hold_days: i64, stock_available: i64,
        stock_held: i64, stock_fulfilled: i64, withdrawn: bool,
    }
    Redemption in "redemptions" by ["id"] {
        id: RedemptionId, reward: RewardId, volunteer: VolunteerId, unit: UnitId, points: Points,
        draws: Vec<Draw>, status: RedemptionStatus, placed_by: Actor, placed_at: Timestamp,
        expires_at: Timestamp, closed_by: Option<Actor>, closed_at: Option<Timestamp>,
    }
    Certificate in "certificates" by ["id"] {
        id: CertificateId, volunteer: VolunteerId, unit: UnitId, first_day: Option<NaiveDate>,
        last_day: Option<NaiveDate>, as_of: Seq, credited_minutes: Minutes, records: i64,
        replaces: Option<CertificateId>, replaced_by: Option<CertificateId>, issued_by: Actor,
        issued_at: Timestamp, revoked_by: Option<Actor>, revoked_at: Option<Timestamp>,
        revoked_entry: Option<Seq>, version: Seq,
    }
    Operator in "operators" by ["id"] {
        id: OperatorId, role: Role, unit: Option<UnitId>, volunteer: Option<VolunteerId>, active: bool,
        version: Seq,
    }
    CalendarDay in "calendar_days" by ["day"] { day: NaiveDate, kind: DayKind, version: Seq }
    NoticePolicy in "notice_policies" by ["unit"] { unit: UnitId, working_days: Option<NoticeDays>, version: Seq }
    Objection in "objections" by ["id"] {
        id: ObjectionId, record: RecordId, unit: UnitId, volunteer: VolunteerId, raised_by: Actor,
        raised_at: Timestamp, status: ObjectionStatus, resolved_by: Option<Actor>,
        resolved_at: Option<Timestamp>, resolved_entry: Option<Seq>,
    }
    Correction in "corrections" by ["id"] {
        id: CorrectionId, volunteer: VolunteerId, unit: UnitId, complaint: Complaint,
        status: CorrectionStatus, asked_at: Timestamp, decided_by: Option<Actor>,
        decided_at: Option<Timestamp>, decided_entry: Option<Seq>, led_to: Option<RecordId>,
    }
    StarScheme in "star_schemes" by ["id"] { id: StarSchemeId, effective_from: NaiveDate, terms: StarTerms }
    AssessmentScheme in "assessment_schemes" by ["id"] {
        id: AssessmentSchemeId, version: i64, terms: AssessmentTerms,
    }
    Pledge in "pledges" by ["id"] {
        id: PledgeId, volunteer: VolunteerId, unit: UnitId, title: Commitment, due: NaiveDate,
        records: Vec<RecordId>, made_at: Timestamp, ended_at: Option<Timestamp>,
    }
    ModelPost in "model_posts" by ["id"] {
        id: ModelPostId, unit: UnitId, volunteer: Option<VolunteerId>, title: Commitment, starts_on: NaiveDate,
        ends_on: Option<NaiveDate>,
    }
    Training in "trainings" by ["id"] {
        id: TrainingId, volunteer: VolunteerId, unit: UnitId, first_day: NaiveDate, last_day: NaiveDate,
        minutes: Minutes, course: Commitment, organiser: Commitment, result: Option<Commitment>, words_entry: Seq,
        entered_by: Actor, entered_at: Timestamp, voided_at: Option<Timestamp>, version: Seq,
    }
    Honour in "honours" by ["id"] {
        id: HonourId, volunteer: VolunteerId, unit: UnitId, day: NaiveDate, title: Commitment, giver: Commitment,
        words_entry: Seq, entered_by: Actor, entered_at: Timestamp, voided_at: Option<Timestamp>, version: Seq,
    }
    Dismissal in "dismissals" by ["finding"] {
        finding: FindingId, rule: FindingRule, unit: UnitId, dismissed_by: Actor, dismissed_at: Timestamp,
        entry: Seq,
    }
}
