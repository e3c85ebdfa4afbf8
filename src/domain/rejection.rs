//! Every refusal that a rule can give. The variant's name in snake case is the API's stable code.

use super::amounts::Points;
use super::correction::CorrectionStatus;
use super::ids::{CertificateId, CorrectionId, ObjectionId, RecordId, Seq, TransferId, UnitId};
use super::objection::ObjectionStatus;
use super::record::RecordStatus;
use super::redemption::RedemptionStatus;
use super::time::Timestamp;
use super::transfer::TransferStatus;
use serde::{Deserialize, Serialize};

macro_rules! rejections {
    ($($(#[doc = $doc:literal])+ $name:ident $({ $($field:ident: $ty:ty),* })? = $code:literal $text:literal;)*) => {
        /// Why a command was refused. A refusal changes nothing.
        #[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
        #[serde(tag = "code", rename_all = "snake_case")]
        pub enum Rejection {
            $($(#[doc = $doc])+ #[error($text)] $name $({ $(#[doc = "What the refusal names."] $field: $ty),* })?,)*
        }

        impl Rejection {
            /// The API's stable code.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self { $(Self::$name { .. } => $code,)* }
            }

            /// Every code with what it means, for the documentation and its tests.
            pub const CODES: &'static [(&'static str, &'static str)] =
                &[$(($code, concat!($($doc,)+))),*];
        }
    };
}

rejections! {
    /// The role does not allow this.
    NotPermitted = "not_permitted" "your role does not allow this";
    /// The thing belongs to a unit that the operator does not answer for.
    OutsideUnit = "outside_unit" "this belongs to a unit that you do not answer for";
    /// The operator has been disabled, or the volunteer's registration closed.
    ActorDisabled = "actor_disabled" "your access has been disabled";

    /// No such unit.
    UnitNotFound = "unit_not_found" "there is no such unit";
    /// No such volunteer.
    VolunteerNotFound = "volunteer_not_found" "there is no such volunteer";
    /// No such programme.
    ProgrammeNotFound = "programme_not_found" "there is no such programme";
    /// No such activity.
    ActivityNotFound = "activity_not_found" "there is no such activity";
    /// No such service record.
    RecordNotFound = "record_not_found" "there is no such service record";
    /// No such transfer.
    TransferNotFound = "transfer_not_found" "there is no such transfer";
    /// No such reward.
    RewardNotFound = "reward_not_found" "there is no such reward";
    /// No such redemption.
    RedemptionNotFound = "redemption_not_found" "there is no such redemption";
    /// No such operator.
    OperatorNotFound = "operator_not_found" "there is no such operator";
    /// No such certificate, or not of this volunteer.
    CertificateNotFound = "certificate_not_found" "there is no such certificate";
    /// No such lot of points.
    LotNotFound = "lot_not_found" "there is no such lot of points";

    /// Another unit has this code.
    UnitCodeTaken { unit: UnitId } = "unit_code_taken" "unit {unit} has this code already";
    /// Someone is registered with this identity document.
    IdentityTaken = "identity_taken" "a volunteer is registered with this identity document";
    /// The consent given does not cover the person's age.
    GuardianConsentMissing = "guardian_consent_missing" "a volunteer under 18 needs a guardian's consent";
    /// Under 14 the guardian consents to the handling of personal data separately.
    SeparateConsentMissing = "separate_consent_missing" "a volunteer under 14 needs the guardian's separate consent";
    /// The consent lies in the future, or the birth date does.
    RegistrationDatesInvalid = "registration_dates_invalid" "birth date and consents must not lie in the future";
    /// It was changed since it was read.
    VersionStale { current: Seq } = "version_stale" "it was changed since you read it; its version is now {current}";
    /// The volunteer's registration is closed.
    VolunteerClosed = "volunteer_closed" "the volunteer's registration is closed";
    /// The volunteer has an open transfer.
    VolunteerHasOpenTransfer { transfer: TransferId } = "volunteer_has_open_transfer" "transfer {transfer} is still open";
    /// The volunteer has open redemptions.
    VolunteerHasOpenRedemptions = "volunteer_has_open_redemptions" "the volunteer has open redemptions";

    /// The programme is closed.
    ProgrammeClosed = "programme_closed" "the programme is closed";
    /// The activity is cancelled.
    ActivityCancelled = "activity_cancelled" "the activity is cancelled";
    /// Live service records rest on the activity.
    ActivityHasRecords = "activity_has_records" "service records rest on this activity";
    /// The activity's unit must be the programme's unit or one under it.
    ActivityOutsideProgramme = "activity_outside_programme" "the unit is not the programme's, nor under it";
    /// The window must end after it starts and last at most 366 days.
    WindowInvalid = "window_invalid" "the window must end after it starts and last at most 366 days";

    /// The service must end after it starts.
    EndNotAfterStart = "end_not_after_start" "the service must end after it starts";
    /// The service lies in the future.
    ServiceInFuture = "service_in_future" "the service has not ended yet";
    /// The service lies outside the activity's window and its tolerance.
    OutsideWindow = "outside_window" "the service lies outside the activity's window";
    /// A break lies outside the service, overlaps another, or is out of order.
    BreaksInvalid = "breaks_invalid" "breaks must lie within the service, in order, without overlap";
    /// Less than one whole minute was served.
    NoMinutes = "no_minutes" "less than one whole minute was served";
    /// A person serves one place at a time.
    RecordOverlaps { record: RecordId } = "record_overlaps" "the person was serving elsewhere: record {record}";
    /// This grade of evidence is not the actor's to give.
    EvidenceNotPermitted = "evidence_not_permitted" "this grade of evidence is not yours to give";
    /// A back-fill needs a reason.
    ReasonMissing = "reason_missing" "a back-fill needs a reason";
    /// The activity counts occasions: a count from 1 to 1000 is needed.
    CountMissing = "count_missing" "this activity counts occasions: give a count from 1 to 1000";
    /// The activity counts minutes: no count is taken.
    CountUnexpected = "count_unexpected" "this activity counts minutes, not occasions";
    /// The record is not waiting for a decision.
    RecordNotSubmitted { status: RecordStatus } = "record_not_submitted" "the record is {status}, not submitted";
    /// The record is not credited.
    RecordNotCredited { status: RecordStatus } = "record_not_credited" "the record is {status}, not credited";
    /// No coordinator approves their own hours.
    ApprovalOfOwnHours = "approval_of_own_hours" "nobody approves their own hours";
    /// Who submits a back-fill may not approve it.
    ApprovalOfOwnBackfill = "approval_of_own_backfill" "who submits a back-fill may not approve it";
    /// Above 8 hours on a person's day the parent unit approves.
    ApprovalNeedsParentUnit = "approval_needs_parent_unit" "the person's day exceeds 8 hours: the parent unit approves";
    /// Above 12 hours on a person's day the top unit approves.
    ApprovalNeedsTopUnit = "approval_needs_top_unit" "the person's day exceeds 12 hours: the top unit approves";
    /// A person's day never reaches 24 hours.
    DailyCapReached = "daily_cap_reached" "no person serves 24 hours in a day";
    /// Deductions must leave at least one minute.
    DeductionsInvalid = "deductions_invalid" "each deduction is at least a minute, and together they leave at least one";

    /// The volunteer is in this unit already.
    TransferToSameUnit = "transfer_to_same_unit" "the volunteer is in this unit already";
    /// One open transfer a volunteer.
    TransferAlreadyOpen { transfer: TransferId } = "transfer_already_open" "transfer {transfer} is still open";
    /// A coordinator's request needs the volunteer's recorded consent.
    TransferConsentMissing = "transfer_consent_missing" "a coordinator's request needs the volunteer's consent";
    /// The transfer is not in the state that this step starts from.
    TransferStateWrong { status: TransferStatus } = "transfer_state_wrong" "the transfer is {status}";
    /// The transfer's time has run out.
    TransferExpired = "transfer_expired" "the transfer has expired";

    /// A policy takes effect today or later.
    PolicyInPast = "policy_in_past" "a policy takes effect today or later";
    /// At most 1,000 points an hour, 10,000 a count, coefficients to 100, validity of 1 to 1,200 months.
    PolicyTermsInvalid = "policy_terms_invalid" "at most 1,000 points an hour, 10,000 a count, coefficients to 100, 1 to 1,200 months";
    /// The reward is withdrawn.
    RewardWithdrawn = "reward_withdrawn" "the reward is withdrawn";
    /// Nothing is left.
    RewardOutOfStock = "reward_out_of_stock" "nothing is left of this reward";
    /// The reward is for members of its unit and those under it.
    RewardNotOffered = "reward_not_offered" "the reward is not offered to the volunteer's unit";
    /// More pieces than a reward may hold.
    StockTooLarge = "stock_too_large" "a reward holds at most 1,000,000 pieces";
    /// Not enough points are free.
    PointsInsufficient { available: Points } = "points_insufficient" "only {available} points are free";
    /// The price needs the points of too many credited records at once.
    PointsScattered = "points_scattered" "the price would be drawn from the points of more than 300 records: ask for something smaller";
    /// Points of voided hours are still owed.
    PointsOwed { debt: Points } = "points_owed" "{debt} points of voided hours are still owed";
    /// The redemption is not open.
    RedemptionNotHeld { status: RedemptionStatus } = "redemption_not_held" "the redemption is {status}, not held";
    /// The redemption's time has run out.
    RedemptionExpired = "redemption_expired" "the redemption has expired";
    /// The pick-up code is not this redemption's.
    PickupCodeWrong = "pickup_code_wrong" "the pick-up code is wrong";

    /// A certificate's period begins no later than it ends, and does not reach into the future.
    CertificatePeriodInvalid = "certificate_period_invalid" "the period must begin no later than it ends, and end today at the latest";
    /// No minutes were credited in the period: there is nothing to certify.
    CertificateEmpty = "certificate_empty" "no minutes were credited in this period";
    /// The person or the hours changed while the certificate was made out.
    CertificateStale = "certificate_stale" "the hours changed while the certificate was made out: ask again";
    /// Another certificate was issued in its place already.
    CertificateSuperseded { certificate: CertificateId } = "certificate_superseded" "certificate {certificate} was issued in its place";
    /// The certificate was revoked before.
    CertificateRevoked = "certificate_revoked" "the certificate is revoked";

    /// Another operator has this login.
    LoginTaken = "login_taken" "another operator has this login";
    /// Coordinators and auditors need a unit; an admin has none; a volunteer is no operator.
    OperatorUnitInvalid = "operator_unit_invalid" "coordinators and auditors need a unit, an admin has none";
    /// Nobody changes or disables their own access: the last admin cannot lock the house.
    OwnAccess = "own_access" "nobody changes or disables their own access";
    /// The record is on public notice.
    NoticeRunning { ends_at: Timestamp } = "notice_running" "the record is on public notice until {ends_at}";
    /// The record is not on public notice, or not any more.
    NoticeNotRunning = "notice_not_running" "the record is not on public notice, or not any more";
    /// An objection to the record is still open.
    ObjectionOpen = "objection_open" "an objection to the record is still open";
    /// Each person objects to a record once.
    ObjectionRepeated { objection: ObjectionId } = "objection_repeated" "you have objected to this record: objection {objection}";
    /// No such objection.
    ObjectionNotFound = "objection_not_found" "there is no such objection";
    /// The objection is resolved.
    ObjectionNotOpen { status: ObjectionStatus } = "objection_not_open" "the objection is {status}, not open";
    /// Nobody resolves an objection to a record that they entered.
    ResolutionByRecorder = "resolution_by_recorder" "who entered the record does not resolve objections to it";
    /// Nobody resolves their own objection.
    ResolutionByObjector = "resolution_by_objector" "nobody resolves their own objection";
    /// No such correction.
    CorrectionNotFound = "correction_not_found" "there is no such correction";
    /// The volunteer has asked for this already, and it is not decided.
    CorrectionAlreadyOpen { correction: CorrectionId } = "correction_already_open" "you have asked for this already: correction {correction}";
    /// At most 20 corrections of one volunteer are open at a time.
    CorrectionsTooMany = "corrections_too_many" "at most 20 corrections are open at a time";
    /// The record does not count: there is nothing to correct.
    RecordNotLive { status: RecordStatus } = "record_not_live" "the record is {status}: there is nothing to correct";
    /// The correction is decided.
    CorrectionNotOpen { status: CorrectionStatus } = "correction_not_open" "the correction is {status}, not open";
    /// Nobody decides a correction that they asked for.
    CorrectionOfOwn = "correction_of_own" "nobody decides a correction that they asked for";
    /// What is accepted has been done: what was missing is recorded, what was wrong rejected or voided.
    CorrectionNotDone = "correction_not_done" "do it first: record what was missing and name the record, reject or void what was wrong";
    /// The record is not what was asked for: the volunteer's own, and where one was missing, of that activity and time.
    CorrectionRecordUnfit = "correction_record_unfit" "the record is not one that this correction could lead to";
    /// A day stands twice in the list.
    CalendarDayTwice = "calendar_day_twice" "a day stands twice in the list";
    /// The calendar says all of it already.
    CalendarUnchanged = "calendar_unchanged" "the calendar says all of it already";
    /// No such version of the star scheme, or none is in force on the day.
    StarSchemeNotFound = "star_scheme_not_found" "there is no such star scheme, or none is in force";
    /// A star scheme takes effect today or later.
    StarSchemeInPast = "star_scheme_in_past" "a star scheme takes effect today or later";
    /// One to ten thresholds, each above the one before, and grades that count towards them.
    StarTermsInvalid = "star_terms_invalid" "one to ten thresholds of minutes, ascending, and one grade at least that counts";
    /// No such version of an assessment scheme.
    AssessmentSchemeNotFound = "assessment_scheme_not_found" "there is no such assessment scheme";
    /// Each indicator's code stands once, and each weight is more than nothing and at most 1,000.
    AssessmentTermsInvalid = "assessment_terms_invalid" "each code once, each weight above nothing and at most 1,000";
    /// No such pledge.
    PledgeNotFound = "pledge_not_found" "there is no such pledge";
    /// A pledge is due today or later.
    PledgeDueInPast = "pledge_due_in_past" "a pledge is due today or later";
    /// The pledge was ended.
    PledgeEnded = "pledge_ended" "the pledge was ended";
    /// A pledge is kept by the volunteer's own records.
    PledgeRecordOfAnother = "pledge_record_of_another" "the record is another volunteer's";
    /// The record keeps the pledge already.
    PledgeRecordNamed = "pledge_record_named" "the record is named already";
    /// At most 20 records keep one pledge.
    PledgeRecordsFull = "pledge_records_full" "at most 20 records keep one pledge";
    /// No such model post.
    ModelPostNotFound = "model_post_not_found" "there is no such model post";
    /// The holder of a model post belongs to its unit or one under it.
    ModelPostHolderElsewhere = "model_post_holder_elsewhere" "the volunteer belongs to no unit within this one";
    /// The model post was ended.
    ModelPostEnded = "model_post_ended" "the model post was ended";
    /// A model post does not end before it begins.
    ModelPostDatesInvalid = "model_post_dates_invalid" "a model post does not end before it begins";
    /// The finding has been dismissed already.
    FindingDismissed = "finding_dismissed" "this finding has been dismissed already";
    /// Nothing is due yet.
    NothingDue = "nothing_due" "nothing is due";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_what_is_serialised() {
        for rejection in [Rejection::NotPermitted, Rejection::VersionStale { current: Seq(3) }] {
            assert_eq!(serde_json::to_value(&rejection).unwrap()["code"], rejection.code());
        }
    }
}
