//! Refusals on the wire: RFC 9457 `application/problem+json`, each with one stable code.
//!
//! Two sources: the domain's rules ([`Rejection`]) and the edge itself ([`ApiError`]'s own
//! variants). Each code has one status, found in one exhaustive place. No database's words get out:
//! whatever is ours to mend is logged and answered as `internal`.
//!
//! [`told`] gives the texts in the language that is asked for, [`field`] says why a member is refused.

mod chinese;
pub mod field;
pub mod told;

use self::field::FieldReason;
use super::language::Language;
use super::schema::CurrentStatus;
use super::wire::{LocalTime, PointsText};
use crate::domain::Rejection;
use crate::domain::activity::recruitment::RecruitmentPart;
use crate::domain::amounts::Points;
use crate::domain::general;
use crate::domain::ids::{
    ActivityId, AttendanceId, CertificateId, CorrectionId, EnrolmentId, IdentityChangeId, ObjectionId,
    RatingId, RecordId, Seq, TransferId, UnitId, VolunteerId,
};
use crate::domain::noun::{RefusalKind, Refuses};
use crate::domain::position::conditions::Condition;
use crate::domain::record::CountSpan;
use crate::domain::time::{LocalZone, Timestamp};
use crate::domain::unit::UnitKind;
use crate::engine::RequestRefusal;
use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, ResponseError};
use serde::{Deserialize, Serialize, Serializer};
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
                    Self::Rejected(rejection) => status_of(rejection.kind()),
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
    /// The body ended too early.
    BodyUnreadable = BAD_REQUEST "body_unreadable" "the body ended too early";
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
    TokenInvalid = UNAUTHORIZED "token_invalid" "the access token is not valid for this service";
    /// The access token has expired.
    TokenExpired = UNAUTHORIZED "token_expired" "the access token has expired";
    /// Login or password is wrong.
    LoginFailed = UNAUTHORIZED "login_failed" "login or password is wrong";
    /// The old password is wrong, or there is none: ask for a one-time code.
    PasswordWrong = FORBIDDEN "password_wrong" "the old password is wrong";
    /// The refresh token is unknown, expired, or was used before.
    RefreshTokenInvalid = UNAUTHORIZED "refresh_token_invalid" "the refresh token is no longer valid: log in again";

    /// The code that WeChat gave is wrong, over, or was used: ask WeChat for another one.
    WechatCodeInvalid = UNAUTHORIZED "wechat_code_invalid" "WeChat does not know this code, or it was used: ask for another one";
    /// WeChat has blocked this user.
    WechatUserBlocked = FORBIDDEN "wechat_user_blocked" "WeChat has blocked this user";
    /// WeChat says that this user asks too often; Retry-After says when to try again.
    WechatTooOften = TOO_MANY_REQUESTS "wechat_too_often" "too often within a minute, says WeChat: try again in a minute";
    /// WeChat does not answer, or not as it should; Retry-After says when to try again.
    WechatUnavailable = SERVICE_UNAVAILABLE "wechat_unavailable" "WeChat does not answer at the moment: try again with another code";
    /// The ticket is not one of this service, or its ten minutes are over: sign in again.
    TicketInvalid = UNAUTHORIZED "ticket_invalid" "the ticket is not valid, or no longer: sign in again";

    /// Auditors do not look for persons by name or mobile number: what they know of them, they know from lists.
    FilterNotForAuditors = FORBIDDEN "filter_not_for_auditors" "auditors do not look for persons by name or mobile number";

    /// What recruits is shown to who is signed in only: this service is not set up to show it to everybody.
    OpportunitiesNotPublic = NOT_FOUND "opportunities_not_public" "this service shows what recruits to who is signed in only";
    /// There is nothing at this path.
    RouteNotFound = NOT_FOUND "route_not_found" "there is nothing at this path";
    /// No such entry in the journal.
    EntryNotFound = NOT_FOUND "entry_not_found" "there is no such entry in the journal";
    /// No tree with this entry has been signed yet; one is signed within seconds of a change.
    CheckpointNotFound = NOT_FOUND "checkpoint_not_found" "no such tree of the journal has been signed yet: try again in a few seconds";
    /// The registration is closed: the content of the certificate was erased.
    CertificateErased = GONE "certificate_erased" "the content of this certificate was erased with the registration";
    /// The caller has no such session.
    SessionNotFound = NOT_FOUND "session_not_found" "you have no such session";
    /// The question does not show a finding with this id.
    FindingNotFound = NOT_FOUND "finding_not_found" "there is no such finding for this unit and these days";
    /// The path does not support this method; the Allow header names those that it supports.
    MethodNotAllowed { allow: String } = METHOD_NOT_ALLOWED "method_not_allowed" "this path supports {allow}";
    /// The answer is not available in any media type that Accept names.
    NotAcceptable = NOT_ACCEPTABLE "not_acceptable" "the answer is not available in any of the types that you accept";
    /// The body is larger than this operation accepts.
    BodyTooLarge { limit_bytes: usize } = PAYLOAD_TOO_LARGE "body_too_large" "the body may have at most {limit_bytes} bytes";
    /// The body must be `application/json`, not compressed.
    UnsupportedMediaType = UNSUPPORTED_MEDIA_TYPE "unsupported_media_type" "the body must be application/json, not compressed";

    /// The body has a member that this operation does not know.
    UnknownField { field: String, detail: String } = UNPROCESSABLE_ENTITY "unknown_field" "{detail}";
    /// The body lacks a member.
    MissingField { field: String, detail: String } = UNPROCESSABLE_ENTITY "missing_field" "{detail}";
    /// A member of the body has a wrong type or value.
    InvalidField { field: String, detail: String } = UNPROCESSABLE_ENTITY "invalid_field" "{detail}";
    /// Too many records to examine at once: narrow the unit or the days.
    TooManyRecords = UNPROCESSABLE_ENTITY "too_many_records" "more than 100,000 records would have to be examined: narrow the unit or the days";
    /// The Idempotency-Key was used for another request.
    IdempotencyKeyReused = UNPROCESSABLE_ENTITY "idempotency_key_reused" "this idempotency key was used for another request";
    /// The If-Match header is missing: the entity tag that was read, or `*`.
    PreconditionRequired = PRECONDITION_REQUIRED "precondition_required" "say which version you change: If-Match with the ETag that you read, or *";

    /// Too many requests of this kind from this address, for this login or with this token, too many changes of this person, or too many look-ups of persons that found nobody; Retry-After says when to try again.
    TooManyRequests { retry_after_seconds: u64 } = TOO_MANY_REQUESTS "too_many_requests" "too many requests: try again in {retry_after_seconds} seconds";

    /// This service has no font with Chinese characters, so it cannot make a PDF.
    CertificateFontMissing = SERVICE_UNAVAILABLE "certificate_font_missing" "this service has no font for certificates: ask for JSON, or set HOURBOOK_CERTIFICATE_FONT";
    /// No font of this service has some character of the certificate, so it makes no PDF rather than one without it.
    CertificateGlyphMissing { characters: String } = SERVICE_UNAVAILABLE "certificate_glyph_missing" "no font of this service has {characters}: ask for JSON, or add a font with HOURBOOK_CERTIFICATE_FONT";
    /// This service has no key for badges, so it cannot sign one.
    BadgeKeyMissing = SERVICE_UNAVAILABLE "badge_key_missing" "this service has no key for badges: ask for JSON or PDF, or set HOURBOOK_BADGE_KEY";
    /// Too many changes are waiting to be written, or exports are under way; Retry-After says when to try again.
    Busy = SERVICE_UNAVAILABLE "busy" "too much is under way: try again in a moment";
    /// The journal is not as the service left it, or does not hold what was signed: an operator must look.
    JournalInDoubt { complaint: String } = SERVICE_UNAVAILABLE "journal_in_doubt" "{complaint}";
    /// The disk has no room, the database is malformed, or a part of the service has ended: the detail says which.
    NotReady { complaint: String } = SERVICE_UNAVAILABLE "not_ready" "{complaint}";
    /// The service is stopping, or cannot reach its database.
    Unavailable = SERVICE_UNAVAILABLE "unavailable" "the service cannot answer at the moment";
    /// An error of this service; the cause is in its log.
    Internal = INTERNAL_SERVER_ERROR "internal" "something went wrong here; it has been logged";
}

/// The status of what stands against a command.
const fn status_of(kind: RefusalKind) -> StatusCode {
    match kind {
        RefusalKind::Unauthenticated => StatusCode::UNAUTHORIZED,
        RefusalKind::Forbidden => StatusCode::FORBIDDEN,
        RefusalKind::NotFound => StatusCode::NOT_FOUND,
        RefusalKind::Conflict => StatusCode::CONFLICT,
        RefusalKind::Stale => StatusCode::PRECONDITION_FAILED,
        RefusalKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

impl<R: Refuses + Into<Rejection>> From<R> for ApiError {
    fn from(refusal: R) -> Self {
        Self::Rejected(refusal.into())
    }
}

/// A refusal, as RFC 9457 has it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Names the kind of problem: `urn:hourbook:problem:` and the code.
    #[serde(rename = "type")]
    #[schema(example = "urn:hourbook:problem:record_overlaps")]
    kind: String,
    /// What the code means; the same for each occurrence.
    title: String,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// The stable code; programs should use it.
    #[schema(example = "record_overlaps")]
    code: &'static str,
    /// What is wrong with this request.
    detail: String,
    /// The member of the body that is wrong, as a JSON pointer, or the name of the parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "/person/mobile")]
    field: Option<String>,
    /// Why that member or parameter is refused, for programs.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    reason: Option<FieldReason>,
    #[serde(flatten)]
    named: Named,
}

/// Further members of a refusal, depending on its code.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
pub struct Named {
    /// The record that conflicts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    record: Option<RecordId>,
    /// The unit that conflicts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    unit: Option<UnitId>,
    /// The transfer that conflicts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    transfer: Option<TransferId>,
    /// The certificate that conflicts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    certificate: Option<CertificateId>,
    /// The objection that conflicts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    objection: Option<ObjectionId>,
    /// The correction that conflicts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    correction: Option<CorrectionId>,
    /// The activity that conflicts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    activity: Option<ActivityId>,
    /// The enrolment that conflicts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    enrolment: Option<EnrolmentId>,
    /// The attendance that conflicts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    attendance: Option<AttendanceId>,
    /// The condition of the position that the volunteer does not meet.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    condition: Option<Condition>,
    /// What recruitment still has to tell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, max_items = 5)]
    missing: Vec<RecruitmentPart>,
    /// The rating that conflicts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    rating: Option<RatingId>,
    /// The change of identity that conflicts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    identity_change: Option<IdentityChangeId>,
    /// The volunteers that conflict, as far as the caller answers for them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, max_items = 20)]
    volunteers: Vec<VolunteerId>,
    /// The earlier number of the same person, as far as the caller answers for the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    into: Option<VolunteerId>,
    /// The records that are to be decided first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, max_items = 20)]
    records: Vec<RecordId>,
    /// The corrections that are to be decided first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, max_items = 20)]
    corrections: Vec<CorrectionId>,
    /// When the conflict ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    ends_at: Option<LocalTime>,
    /// The present status of the thing.
    #[serde(skip_serializing_if = "Option::is_none", rename(deserialize = "status"))]
    #[schema(nullable = false, value_type = Option<CurrentStatus>)]
    current_status: Option<String>,
    /// The present version of the thing.
    #[serde(skip_serializing_if = "Option::is_none", rename(deserialize = "current"))]
    #[schema(nullable = false)]
    current_version: Option<Seq>,
    /// Points that are available, as a decimal.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "decimal")]
    #[schema(nullable = false, value_type = Option<PointsText>)]
    available: Option<Points>,
    /// Points that are owed, as a decimal.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "decimal")]
    #[schema(nullable = false, value_type = Option<PointsText>)]
    debt: Option<Points>,
    /// Points that would be lost, as a decimal.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "decimal")]
    #[schema(nullable = false, value_type = Option<PointsText>)]
    points: Option<Points>,
    /// How many pending records would be rejected.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 1_000_000_000)]
    pending_records: Option<i64>,
    /// Within how many hours after its end service is entered as seen on the spot.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 240)]
    hours: Option<i64>,
    /// The kind of the unit that was to be opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    unit_kind: Option<UnitKind>,
    /// The kind of the unit above it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    parent_kind: Option<UnitKind>,
    /// How many occasions a person is entered with at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 1000)]
    most: Option<i64>,
    /// Within what they are counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    within: Option<CountSpan>,
    /// The unit above that demands a longer notice.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    set_for: Option<UnitId>,
    /// How many working days that unit demands.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 10)]
    working_days: Option<i64>,
    /// The journal entry that stands in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    entry: Option<Seq>,
    /// How many bytes a body may have.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, maximum = 4_194_304)]
    limit_bytes: Option<usize>,
}

impl Named {
    /// A refusal names its own fields; the API calls some of them otherwise.
    fn of(error: &ApiError, zone: LocalZone) -> Self {
        match error {
            ApiError::BodyTooLarge { limit_bytes } => {
                Self { limit_bytes: Some(*limit_bytes), ..Self::default() }
            }
            ApiError::Rejected(rejection) => {
                let mut members = serde_json::to_value(rejection).unwrap_or_default();
                if let Some(ends_at) = error.ends_at() {
                    members["ends_at"] = zone.rfc3339(ends_at).into();
                }
                serde_json::from_value(members).unwrap_or_default()
            }
            _ => Self::default(),
        }
    }
}

#[allow(clippy::ref_option, reason = "as serde hands it over")]
fn decimal<S: Serializer>(points: &Option<Points>, out: S) -> Result<S::Ok, S::Error> {
    match points {
        Some(points) => out.collect_str(points),
        None => out.serialize_none(),
    }
}

impl ApiError {
    /// A fault of ours: logged here with its cause, which the caller never sees.
    pub fn internal(cause: impl Display) -> Self {
        tracing::error!(cause = %cause, "a request could not be answered");
        Self::Internal
    }

    /// The same of a part: what is at fault stands within this member of the body.
    #[must_use]
    pub fn within(self, member: &str) -> Self {
        match self {
            Self::MissingField { field, detail } => {
                Self::MissingField { field: format!("{member}{field}"), detail }
            }
            Self::InvalidField { field, detail } => {
                Self::InvalidField { field: format!("{member}{field}"), detail }
            }
            other => other,
        }
    }

    /// The member of the body, the parameter or the header that is at fault.
    fn field(&self) -> Option<String> {
        match self {
            Self::UnknownField { field, .. }
            | Self::MissingField { field, .. }
            | Self::InvalidField { field, .. }
            | Self::InvalidParameter { name: field, .. } => Some(field.clone()),
            Self::InvalidCursor => Some("cursor".to_owned()),
            Self::IdempotencyKeyInvalid | Self::IdempotencyKeyReused => Some("Idempotency-Key".to_owned()),
            Self::IfMatchInvalid | Self::PreconditionRequired => Some("If-Match".to_owned()),
            Self::Rejected(rejection) => rejection.field().map(str::to_owned),
            _ => None,
        }
    }

    /// Why the member or parameter is refused, and the sentence that says so.
    fn fault(&self) -> Option<(FieldReason, &str)> {
        match self {
            Self::UnknownField { detail, .. } => Some((FieldReason::Unknown, detail)),
            Self::MissingField { detail, .. } => Some((FieldReason::Missing, detail)),
            Self::InvalidField { detail, .. } | Self::InvalidParameter { detail, .. } => {
                Some((FieldReason::of(detail), detail))
            }
            _ => None,
        }
    }

    /// When what stands in the way ends.
    fn ends_at(&self) -> Option<Timestamp> {
        let Self::Rejected(rejection) = self else { return None };
        serde_json::from_value(serde_json::to_value(rejection).ok()?.get("ends_at")?.clone()).ok()
    }

    /// The sentence in English, with the times of a zone: a rule's own text tells them in UTC.
    fn in_english(&self, zone: LocalZone) -> String {
        let text = self.to_string();
        match self.ends_at() {
            Some(ends_at) => text.replace(&ends_at.to_string(), &zone.rfc3339(ends_at)),
            None => text,
        }
    }

    fn in_chinese(&self, named: &Named) -> String {
        match self.fault() {
            Some((reason, detail)) => reason.in_chinese(detail),
            None => chinese::detail(self.code(), &serde_json::to_value(named).unwrap_or_default()),
        }
    }

    /// What is wrong with this very request, in a language, with the times of a zone.
    #[must_use]
    pub fn sentence(&self, language: Language, zone: LocalZone) -> String {
        match language {
            Language::English => self.in_english(zone),
            Language::Chinese => self.in_chinese(&Named::of(self, zone)),
        }
    }

    /// The refusal as it goes out, in a language, with the times of a zone.
    #[must_use]
    pub fn problem(&self, language: Language, zone: LocalZone) -> Problem {
        let title = match language {
            Language::English => meaning_of(self.code()).to_owned(),
            Language::Chinese => chinese::title(self.code()),
        };
        Problem {
            kind: format!("urn:hourbook:problem:{}", self.code()),
            title,
            status: self.status().as_u16(),
            code: self.code(),
            detail: self.sentence(language, zone),
            field: self.field(),
            reason: self.fault().map(|(reason, _)| reason),
            named: Named::of(self, zone),
        }
    }
}

impl From<RequestRefusal> for ApiError {
    fn from(refusal: RequestRefusal) -> Self {
        match refusal {
            RequestRefusal::Rejected(rejection) => Self::Rejected(rejection),
            RequestRefusal::KeyReused => Self::IdempotencyKeyReused,
            RequestRefusal::Busy => Self::Busy,
            RequestRefusal::Unavailable => Self::Unavailable,
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
            Self::TokenInvalid
            | Self::TokenExpired
            | Self::Rejected(Rejection::General(general::Refusal::TokenEnded)) => {
                response.insert_header((WWW_AUTHENTICATE, "Bearer error=\"invalid_token\""))
            }
            Self::LoginFailed | Self::RefreshTokenInvalid | Self::WechatCodeInvalid | Self::TicketInvalid => {
                response.insert_header((WWW_AUTHENTICATE, "Bearer realm=\"hourbook\""))
            }
            Self::MethodNotAllowed { allow } => response.insert_header((ALLOW, allow.as_str())),
            Self::TooManyRequests { retry_after_seconds } => {
                response.insert_header((RETRY_AFTER, *retry_after_seconds))
            }
            Self::Busy => response.insert_header((RETRY_AFTER, "1")),
            Self::WechatTooOften => response.insert_header((RETRY_AFTER, "60")),
            Self::Unavailable | Self::NotReady { .. } | Self::WechatUnavailable => {
                response.insert_header((RETRY_AFTER, "5"))
            }
            _ => &mut response,
        };
        // `told` says it again in the language that was asked for.
        let problem = self.problem(Language::default(), LocalZone::shanghai());
        response.body(serde_json::to_string(&problem).unwrap_or_default())
    }
}

/// Every code there is, with its status and meaning: the edge's own, then those of the rules.
pub fn codes() -> impl Iterator<Item = (&'static str, StatusCode, &'static str)> {
    let of_rules =
        Rejection::codes().map(|refusal| (refusal.code, status_of(refusal.kind), refusal.meaning.trim()));
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

/// All codes with their meanings in both languages, for programs that show them: an object of each, by its code.
#[must_use]
pub fn codes_json() -> String {
    let told = codes().map(|(code, status, meaning)| {
        let texts = json!({ "status": status.as_u16(), "en": meaning, "zh-CN": chinese::title(code) });
        (code.to_owned(), texts)
    });
    let codes: serde_json::Map<String, serde_json::Value> = told.collect();
    format!("{:#}\n", serde_json::Value::Object(codes))
}

/// What a code means.
#[must_use]
pub fn meaning_of(code: &str) -> &'static str {
    let edge = ApiError::EDGE_CODES.iter().find(|(known, ..)| *known == code).map(|(.., meaning)| *meaning);
    let rule = || Rejection::codes().find(|refusal| refusal.code == code).map(|refusal| refusal.meaning);
    edge.or_else(rule).unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::Seq;
    use crate::domain::{record, redemption};
    use serde_json::json;

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
        let problem = serde_json::to_value(
            ApiError::from(record::Refusal::RecordOverlaps { record })
                .problem(Language::English, LocalZone::shanghai()),
        )
        .unwrap();
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
        let error = ApiError::from(redemption::Refusal::PointsInsufficient { available: Points(1250) });
        assert_eq!(
            serde_json::to_value(error.problem(Language::English, LocalZone::shanghai())).unwrap()["available"],
            "12.50"
        );
    }

    #[test]
    fn our_own_faults_show_no_cause() {
        let response = ApiError::internal("relation \"volunteers\" does not exist").error_response();
        assert_eq!(response.status(), 500);
        let problem =
            serde_json::to_string(&ApiError::Internal.problem(Language::English, LocalZone::shanghai()))
                .unwrap();
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
