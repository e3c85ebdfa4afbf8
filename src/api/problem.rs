//! Refusals on the wire: RFC 9457 `application/problem+json`, each with one stable code.
//!
//! Two sources: the rules of the house ([`Rejection`]) and the edge itself ([`ApiError`]'s own
//! variants). Each code has one status, found in one exhaustive place. No database's words get out:
//! whatever is ours to mend is logged and answered as `internal`.

use crate::domain::Rejection;
use crate::domain::ids::{CertificateId, CorrectionId, ObjectionId, RecordId, Seq, TransferId, UnitId};
use crate::engine::Refusal;
use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use serde_json::json;
use std::fmt::{Display, Write};
use utoipa::ToSchema;

/// The content type of every refusal.
pub const PROBLEM_JSON: &str = "application/problem+json";

macro_rules! edge_errors {
    ($($(#[doc = $doc:literal])+ $name:ident $({ $($field:ident: $ty:ty),* })?
        = $status:ident $code:literal $text:literal;)*) => {
        /// Why a request was not carried out.
        #[derive(Debug, thiserror::Error)]
        pub enum ApiError {
            /// A rule refuses it.
            #[error(transparent)]
            Rejected(#[from] Rejection),
            $($(#[doc = $doc])+ #[error($text)]
            $name $({ $(#[doc = "What the refusal names."] $field: $ty),* })?,)*
        }

        impl ApiError {
            /// The stable code.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self {
                    Self::Rejected(rejection) => rejection.code(),
                    $(Self::$name { .. } => $code,)*
                }
            }

            /// The HTTP status that goes with the code.
            #[must_use]
            pub const fn status(&self) -> StatusCode {
                match self {
                    Self::Rejected(rejection) => status_of(rejection),
                    $(Self::$name { .. } => StatusCode::$status,)*
                }
            }

            /// The edge's own codes: code, status, meaning.
            const EDGE_CODES: &'static [(&'static str, StatusCode, &'static str)] =
                &[$(($code, StatusCode::$status, concat!($($doc),+))),*];
        }
    };
}

edge_errors! {
    /// The body is not JSON in UTF-8.
    MalformedJson { detail: String } = BAD_REQUEST "malformed_json" "{detail}";
    /// The body broke off before its end.
    BodyUnreadable = BAD_REQUEST "body_unreadable" "the body could not be read to its end";
    /// A parameter of the query has a wrong value, is unknown, or is given twice.
    InvalidParameter { name: String, detail: String } = BAD_REQUEST "invalid_parameter" "{name}: {detail}";
    /// The cursor is not one that this list gave out.
    InvalidCursor = BAD_REQUEST "invalid_cursor" "the cursor is not one that this list gave out";
    /// An Idempotency-Key has 1 to 255 visible ASCII characters.
    IdempotencyKeyInvalid = BAD_REQUEST "idempotency_key_invalid" "an idempotency key has 1 to 255 visible ASCII characters";
    /// If-Match is neither one entity tag of this service nor `*`.
    IfMatchInvalid = BAD_REQUEST "if_match_invalid" "If-Match takes one entity tag as this service gave it out, or *";

    /// The request carries no access token.
    Unauthenticated = UNAUTHORIZED "unauthenticated" "an access token is needed: Authorization: Bearer …";
    /// The access token is not one of this service.
    TokenInvalid = UNAUTHORIZED "token_invalid" "the access token is not valid here";
    /// The access token's time is over.
    TokenExpired = UNAUTHORIZED "token_expired" "the access token has expired";
    /// Login and password do not belong together.
    LoginFailed = UNAUTHORIZED "login_failed" "login or password is wrong";
    /// The refresh token is unknown, over, or was used before.
    RefreshTokenInvalid = UNAUTHORIZED "refresh_token_invalid" "the refresh token is not valid any more: log in again";

    /// Nothing lives at this path.
    RouteNotFound = NOT_FOUND "route_not_found" "nothing lives at this path";
    /// No such version of the points policy.
    PolicyNotFound = NOT_FOUND "policy_not_found" "there is no such version of the points policy";
    /// No such entry in the journal.
    EntryNotFound = NOT_FOUND "entry_not_found" "there is no such entry in the journal";
    /// No tree with this entry has been signed yet: one is within seconds of a change.
    CheckpointNotFound = NOT_FOUND "checkpoint_not_found" "no such tree of the journal has been signed yet: come back in a few seconds";
    /// The registration is closed: what the certificate said was erased with the person.
    CertificateErased = GONE "certificate_erased" "what this certificate said was erased with the registration";
    /// Nothing of this name looks wrong, in what was asked for.
    FindingNotFound = NOT_FOUND "finding_not_found" "nothing of this name is found there";
    /// The path does not take this method; the Allow header names those that it takes.
    MethodNotAllowed { allow: String } = METHOD_NOT_ALLOWED "method_not_allowed" "this path takes {allow}";
    /// The answer is not to be had in any of the media types that Accept names.
    NotAcceptable = NOT_ACCEPTABLE "not_acceptable" "the answer is not to be had in any of the types that you accept";
    /// The body is larger than this operation takes.
    BodyTooLarge { limit_bytes: usize } = PAYLOAD_TOO_LARGE "body_too_large" "the body may have at most {limit_bytes} bytes";
    /// The body must be `application/json`, not compressed.
    UnsupportedMediaType = UNSUPPORTED_MEDIA_TYPE "unsupported_media_type" "the body must be application/json, not compressed";

    /// The body has a member that this operation does not know.
    UnknownField { field: String, detail: String } = UNPROCESSABLE_ENTITY "unknown_field" "{detail}";
    /// The body lacks a member.
    MissingField { field: String, detail: String } = UNPROCESSABLE_ENTITY "missing_field" "{detail}";
    /// A member of the body has a wrong type or value.
    InvalidField { field: String, detail: String } = UNPROCESSABLE_ENTITY "invalid_field" "{detail}";
    /// More records than are looked through at once: narrow the unit or the days.
    TooManyRecords = UNPROCESSABLE_ENTITY "too_many_records" "more than 100,000 records would have to be looked through: narrow the unit or the days";
    /// The Idempotency-Key was used for another request.
    IdempotencyKeyReused = UNPROCESSABLE_ENTITY "idempotency_key_reused" "this idempotency key was used for another request";
    /// This change needs an If-Match header with the entity tag that was read, or `*`.
    PreconditionRequired = PRECONDITION_REQUIRED "precondition_required" "say which version you change: If-Match with the ETag that you read, or *";

    /// This address looks up too often; Retry-After says when to come back.
    TooManyRequests { retry_after_seconds: u64 } = TOO_MANY_REQUESTS "too_many_requests" "too many look-ups: come back in {retry_after_seconds} seconds";

    /// This service was given no font with Chinese characters: no PDF can be made.
    CertificateFontMissing = SERVICE_UNAVAILABLE "certificate_font_missing" "no font for certificates is installed here: ask for JSON, or have HOURBOOK_CERTIFICATE_FONT set";
    /// This service was given no key for badges: none can be signed.
    BadgeKeyMissing = SERVICE_UNAVAILABLE "badge_key_missing" "no key for badges was given here: ask for JSON or PDF, or have HOURBOOK_BADGE_KEY set";
    /// Too much is waiting to be written; Retry-After says when to come back.
    Busy = SERVICE_UNAVAILABLE "busy" "too much is waiting to be written";
    /// The service is stopping, or cannot reach its database.
    Unavailable = SERVICE_UNAVAILABLE "unavailable" "the service cannot answer just now";
    /// A fault of this service, which its log names.
    Internal = INTERNAL_SERVER_ERROR "internal" "something went wrong here; it has been logged";
}

/// The status of each refusal that a rule can give.
const fn status_of(rejection: &Rejection) -> StatusCode {
    use Rejection as R;
    match rejection {
        R::OwnAccess | R::NotPermitted | R::OutsideUnit | R::ActorDisabled => StatusCode::FORBIDDEN,

        R::UnitNotFound
        | R::VolunteerNotFound
        | R::ProgrammeNotFound
        | R::ActivityNotFound
        | R::RecordNotFound
        | R::TransferNotFound
        | R::RewardNotFound
        | R::RedemptionNotFound
        | R::OperatorNotFound
        | R::CertificateNotFound
        | R::LotNotFound
        | R::ObjectionNotFound
        | R::CorrectionNotFound
        | R::StarSchemeNotFound
        | R::AssessmentSchemeNotFound
        | R::PledgeNotFound
        | R::ModelPostNotFound => StatusCode::NOT_FOUND,

        R::VersionStale { .. } => StatusCode::PRECONDITION_FAILED,

        // The request is sound in itself; what the ledger holds stands against it.
        R::UnitCodeTaken { .. }
        | R::IdentityTaken
        | R::VolunteerClosed
        | R::VolunteerHasOpenTransfer { .. }
        | R::VolunteerHasOpenRedemptions
        | R::ProgrammeClosed
        | R::ActivityCancelled
        | R::ActivityHasRecords
        | R::RecordOverlaps { .. }
        | R::RecordNotSubmitted { .. }
        | R::RecordNotCredited { .. }
        | R::DailyCapReached
        | R::TransferToSameUnit
        | R::TransferAlreadyOpen { .. }
        | R::TransferStateWrong { .. }
        | R::TransferExpired
        | R::RewardWithdrawn
        | R::RewardOutOfStock
        | R::PointsInsufficient { .. }
        | R::PointsScattered
        | R::PointsOwed { .. }
        | R::RedemptionNotHeld { .. }
        | R::RedemptionExpired
        | R::CertificateStale
        | R::CertificateSuperseded { .. }
        | R::CertificateRevoked
        | R::FindingDismissed
        | R::LoginTaken
        | R::CalendarUnchanged
        | R::NoticeRunning { .. }
        | R::NoticeNotRunning
        | R::ObjectionOpen
        | R::ObjectionRepeated { .. }
        | R::ObjectionNotOpen { .. }
        | R::CorrectionAlreadyOpen { .. }
        | R::CorrectionsTooMany
        | R::RecordNotLive { .. }
        | R::CorrectionNotOpen { .. }
        | R::CorrectionNotDone
        | R::PledgeEnded
        | R::PledgeRecordNamed
        | R::PledgeRecordsFull
        | R::ModelPostEnded
        | R::NothingDue => StatusCode::CONFLICT,

        R::GuardianConsentMissing
        | R::SeparateConsentMissing
        | R::RegistrationDatesInvalid
        | R::ActivityOutsideProgramme
        | R::WindowInvalid
        | R::EndNotAfterStart
        | R::ServiceInFuture
        | R::OutsideWindow
        | R::BreaksInvalid
        | R::NoMinutes
        | R::EvidenceNotPermitted
        | R::ReasonMissing
        | R::CountMissing
        | R::CountUnexpected
        | R::ApprovalOfOwnHours
        | R::ApprovalOfOwnBackfill
        | R::ApprovalNeedsParentUnit
        | R::ApprovalNeedsTopUnit
        | R::DeductionsInvalid
        | R::TransferConsentMissing
        | R::PolicyInPast
        | R::PolicyTermsInvalid
        | R::RewardNotOffered
        | R::StockTooLarge
        | R::PickupCodeWrong
        | R::CertificatePeriodInvalid
        | R::CertificateEmpty
        | R::OperatorUnitInvalid
        | R::CalendarDayTwice
        | R::ResolutionByRecorder
        | R::ResolutionByObjector
        | R::CorrectionOfOwn
        | R::CorrectionRecordUnfit
        | R::StarSchemeInPast
        | R::StarTermsInvalid
        | R::AssessmentTermsInvalid
        | R::PledgeDueInPast
        | R::PledgeRecordOfAnother
        | R::ModelPostHolderElsewhere
        | R::ModelPostDatesInvalid => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// A refusal, as RFC 9457 has it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Names the kind of problem: `urn:hourbook:problem:` and the code.
    #[serde(rename = "type")]
    #[schema(example = "urn:hourbook:problem:record_overlaps")]
    kind: String,
    /// What the code means, the same every time.
    title: &'static str,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// The stable code to go by.
    #[schema(example = "record_overlaps")]
    code: &'static str,
    /// What stands against this very request.
    detail: String,
    /// The member of the body at fault, as a JSON pointer, or the name of the parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "/person/mobile")]
    field: Option<String>,
    #[serde(flatten)]
    named: Named,
}

/// What a refusal names beside its code.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct Named {
    /// The record that stands in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<RecordId>,
    /// The unit that stands in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<UnitId>,
    /// The transfer that stands in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    transfer: Option<TransferId>,
    /// The certificate that stands in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate: Option<CertificateId>,
    /// The objection that stands in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    objection: Option<ObjectionId>,
    /// The correction that stands in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    correction: Option<CorrectionId>,
    /// When what stands in the way is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    ends_at: Option<String>,
    /// Where the thing stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    current_status: Option<&'static str>,
    /// The version that the thing has now.
    #[serde(skip_serializing_if = "Option::is_none")]
    current_version: Option<i64>,
    /// Points that are free, as a decimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    available: Option<String>,
    /// Points that are owed, as a decimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    debt: Option<String>,
    /// Bytes that a body may have.
    #[serde(skip_serializing_if = "Option::is_none")]
    limit_bytes: Option<usize>,
}

impl Named {
    fn of(error: &ApiError) -> Self {
        let none = Self::default();
        match error {
            ApiError::BodyTooLarge { limit_bytes } => Self { limit_bytes: Some(*limit_bytes), ..none },
            ApiError::Rejected(rejection) => match rejection {
                Rejection::UnitCodeTaken { unit } => Self { unit: Some(*unit), ..none },
                Rejection::RecordOverlaps { record } => Self { record: Some(*record), ..none },
                Rejection::VolunteerHasOpenTransfer { transfer }
                | Rejection::TransferAlreadyOpen { transfer } => Self { transfer: Some(*transfer), ..none },
                Rejection::RecordNotSubmitted { status }
                | Rejection::RecordNotCredited { status }
                | Rejection::RecordNotLive { status } => {
                    Self { current_status: Some(status.as_str()), ..none }
                }
                Rejection::CorrectionAlreadyOpen { correction } => {
                    Self { correction: Some(*correction), ..none }
                }
                Rejection::CorrectionNotOpen { status } => {
                    Self { current_status: Some(status.as_str()), ..none }
                }
                Rejection::TransferStateWrong { status } => {
                    Self { current_status: Some(status.as_str()), ..none }
                }
                Rejection::RedemptionNotHeld { status } => {
                    Self { current_status: Some(status.as_str()), ..none }
                }
                Rejection::CertificateSuperseded { certificate } => {
                    Self { certificate: Some(*certificate), ..none }
                }
                Rejection::NoticeRunning { ends_at } => Self { ends_at: Some(ends_at.to_string()), ..none },
                Rejection::ObjectionRepeated { objection } => Self { objection: Some(*objection), ..none },
                Rejection::ObjectionNotOpen { status } => {
                    Self { current_status: Some(status.as_str()), ..none }
                }
                Rejection::VersionStale { current } => Self { current_version: Some(current.0), ..none },
                Rejection::PointsInsufficient { available } => {
                    Self { available: Some(available.to_string()), ..none }
                }
                Rejection::PointsOwed { debt } => Self { debt: Some(debt.to_string()), ..none },
                _ => none,
            },
            _ => none,
        }
    }
}

impl ApiError {
    /// A fault of ours: logged here with its cause, which the caller never sees.
    pub fn internal(cause: impl Display) -> Self {
        tracing::error!(cause = %cause, "a request could not be answered");
        Self::Internal
    }

    /// The refusal as it goes out.
    #[must_use]
    pub fn problem(&self) -> Problem {
        let field = match self {
            Self::UnknownField { field, .. }
            | Self::MissingField { field, .. }
            | Self::InvalidField { field, .. }
            | Self::InvalidParameter { name: field, .. } => Some(field.clone()),
            Self::InvalidCursor => Some("cursor".to_owned()),
            Self::IdempotencyKeyInvalid | Self::IdempotencyKeyReused => Some("Idempotency-Key".to_owned()),
            Self::IfMatchInvalid | Self::PreconditionRequired => Some("If-Match".to_owned()),
            _ => None,
        };
        Problem {
            kind: format!("urn:hourbook:problem:{}", self.code()),
            title: meaning_of(self.code()),
            status: self.status().as_u16(),
            code: self.code(),
            detail: self.to_string(),
            field,
            named: Named::of(self),
        }
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Rejected(rejection) => Self::Rejected(rejection),
            Refusal::KeyReused => Self::IdempotencyKeyReused,
            Refusal::Busy => Self::Busy,
            Refusal::Unavailable => Self::Unavailable,
        }
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        self.status()
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status());
        response.insert_header((CONTENT_TYPE, PROBLEM_JSON));
        match self {
            Self::Unauthenticated => response.insert_header((WWW_AUTHENTICATE, "Bearer")),
            Self::TokenInvalid | Self::TokenExpired => {
                response.insert_header((WWW_AUTHENTICATE, "Bearer error=\"invalid_token\""))
            }
            Self::LoginFailed | Self::RefreshTokenInvalid => {
                response.insert_header((WWW_AUTHENTICATE, "Bearer realm=\"hourbook\""))
            }
            Self::MethodNotAllowed { allow } => response.insert_header((ALLOW, allow.as_str())),
            Self::TooManyRequests { retry_after_seconds } => {
                response.insert_header((RETRY_AFTER, *retry_after_seconds))
            }
            Self::Busy => response.insert_header((RETRY_AFTER, "1")),
            Self::Unavailable => response.insert_header((RETRY_AFTER, "5")),
            _ => &mut response,
        };
        response.body(serde_json::to_string(&self.problem()).unwrap_or_default())
    }
}

/// Every code there is, with its status and meaning: the edge's own, then those of the rules.
pub fn codes() -> impl Iterator<Item = (&'static str, StatusCode, &'static str)> {
    let of_rules =
        Rejection::CODES.iter().map(|(code, meaning)| (*code, status_of_code(code), meaning.trim()));
    let of_edge = ApiError::EDGE_CODES.iter().map(|(code, status, meaning)| (*code, *status, meaning.trim()));
    of_edge.chain(of_rules)
}

/// The table of all codes, in Markdown.
#[must_use]
pub fn codes_table() -> String {
    codes().fold(
        String::from("| code | status | meaning |\n|---|---|---|\n"),
        |mut table, (code, status, meaning)| {
            // Writing into a String cannot fail.
            let _ = writeln!(table, "| `{code}` | {} | {meaning} |", status.as_u16());
            table
        },
    )
}

/// The page of codes, docs/CODES.md.
#[must_use]
pub fn codes_page() -> String {
    format!(
        "# Codes\n\nEvery refusal is `application/problem+json` (RFC 9457) with a stable `code`. A client goes by the\n\
         code; titles and details are for people and may change. Made by `hourbook openapi --codes`.\n\n{}",
        codes_table()
    )
}

fn meaning_of(code: &str) -> &'static str {
    let edge = ApiError::EDGE_CODES.iter().find(|(known, ..)| *known == code).map(|(.., meaning)| *meaning);
    let rule = || Rejection::CODES.iter().find(|(known, _)| *known == code).map(|(_, meaning)| *meaning);
    edge.or_else(rule).unwrap_or_default().trim()
}

/// The status of a rule's code: that of any refusal which has this code, whatever it names.
fn status_of_code(code: &str) -> StatusCode {
    let seq = Seq(1);
    ["rejected", "held", "open"]
        .into_iter()
        .find_map(|status| {
            let refusal = json!({
                "code": code, "unit": UnitId::new(seq), "record": RecordId::new(seq),
                "transfer": TransferId::new(seq), "certificate": CertificateId::new(seq), "current": seq, "status": status,
                "available": 0, "debt": 0, "objection": ObjectionId::new(seq), "correction": CorrectionId::new(seq), "ends_at": "2026-11-22T00:00:00Z",
            });
            serde_json::from_value::<Rejection>(refusal).ok()
        })
        .map_or(StatusCode::INTERNAL_SERVER_ERROR, |rejection| status_of(&rejection))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::amounts::Points;

    #[test]
    fn every_code_has_one_status_and_a_meaning() {
        let mut seen = std::collections::BTreeSet::new();
        for (code, status, meaning) in codes() {
            assert!(seen.insert(code), "{code} stands twice");
            assert!(status.is_client_error() || status == 503 || code == "internal", "{code}: {status}");
            assert!(!meaning.is_empty(), "{code}");
        }
    }

    #[test]
    fn a_problem_names_what_stands_in_the_way() {
        let record = RecordId::new(Seq(5));
        let problem =
            serde_json::to_value(ApiError::from(Rejection::RecordOverlaps { record }).problem()).unwrap();
        assert_eq!(
            problem,
            json!({
                "type": "urn:hourbook:problem:record_overlaps",
                "title": "A person serves one place at a time.",
                "status": 409,
                "code": "record_overlaps",
                "detail": format!("the person was serving elsewhere: record {record}"),
                "record": record,
            })
        );
    }

    #[test]
    fn points_stand_as_decimals() {
        let error = ApiError::from(Rejection::PointsInsufficient { available: Points(1250) });
        assert_eq!(serde_json::to_value(error.problem()).unwrap()["available"], "12.50");
    }

    #[test]
    fn our_own_faults_show_no_cause() {
        let response = ApiError::internal("relation \"volunteers\" does not exist").error_response();
        assert_eq!(response.status(), 500);
        let problem = serde_json::to_string(&ApiError::Internal.problem()).unwrap();
        assert!(!problem.contains("relation"));
    }

    #[test]
    fn a_refused_method_says_which_would_do() {
        let response = ApiError::MethodNotAllowed { allow: "GET, POST".to_owned() }.error_response();
        assert_eq!(response.status(), 405);
        assert_eq!(response.headers().get(ALLOW).unwrap(), "GET, POST");
        assert_eq!(response.headers().get(CONTENT_TYPE).unwrap(), PROBLEM_JSON);
    }
}
