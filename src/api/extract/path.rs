//! Ids in paths. What is no id of the kind names nothing, and is answered like what is not there.

use crate::api::problem::ApiError;
use crate::api::server::Documents;
use crate::domain::Rejection;
use crate::domain::finding::dismissal::FindingId;
use crate::domain::ids::{
    ActivityId, AssessmentSchemeId, CertificateId, CorrectionId, ModelPostId, ObjectionId, OperatorId,
    PledgeId, PolicyId, ProgrammeId, RecordId, RedemptionId, RewardId, Seq, StarSchemeId, TransferId, UnitId,
    VolunteerId,
};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use std::future::{Ready, ready};
use std::str::FromStr;

/// The `{id}` of a path.
#[derive(Clone, Copy, Debug)]
pub struct PathId<T>(pub T);

/// A thing that a path can name.
pub trait Findable: FromStr {
    /// The answer where nothing has the id.
    fn not_found() -> ApiError;
}

impl<T: Findable> PathId<T> {
    /// What was found under the id, or the answer that nothing was.
    pub fn found<F>(self, found: Option<F>) -> Result<F, ApiError> {
        found.ok_or_else(T::not_found)
    }
}

macro_rules! findable {
    ($($id:ident: $error:expr;)*) => {$(
        impl Findable for $id {
            fn not_found() -> ApiError {
                $error.into()
            }
        }
    )*};
}

findable! {
    UnitId: Rejection::UnitNotFound;
    VolunteerId: Rejection::VolunteerNotFound;
    ProgrammeId: Rejection::ProgrammeNotFound;
    ActivityId: Rejection::ActivityNotFound;
    RecordId: Rejection::RecordNotFound;
    TransferId: Rejection::TransferNotFound;
    PolicyId: ApiError::PolicyNotFound;
    FindingId: ApiError::FindingNotFound;
    RewardId: Rejection::RewardNotFound;
    RedemptionId: Rejection::RedemptionNotFound;
    CertificateId: Rejection::CertificateNotFound;
    OperatorId: Rejection::OperatorNotFound;
    ObjectionId: Rejection::ObjectionNotFound;
    CorrectionId: Rejection::CorrectionNotFound;
    StarSchemeId: Rejection::StarSchemeNotFound;
    AssessmentSchemeId: Rejection::AssessmentSchemeNotFound;
    PledgeId: Rejection::PledgeNotFound;
    ModelPostId: Rejection::ModelPostNotFound;
}

impl<T: Findable> FromRequest for PathId<T> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let id = req.match_info().get("id").and_then(|text| text.parse().ok());
        ready(id.map(Self).ok_or_else(|| refusal::<T>(req)))
    }
}

/// What is no id may be a path of its own, which takes other methods.
fn refusal<T: Findable>(req: &HttpRequest) -> ApiError {
    let documents = req.app_data::<web::Data<Documents>>();
    let allow = documents.and_then(|documents| documents.methods_of(req.path()));
    allow.map_or_else(T::not_found, |allow| ApiError::MethodNotAllowed { allow: allow.to_owned() })
}

/// The `{seq}` of a path: an entry's position in the journal.
#[derive(Clone, Copy, Debug)]
pub struct PathSeq(pub Seq);

impl FromRequest for PathSeq {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let digits =
            req.match_info().get("seq").filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
        let seq = digits.and_then(|text| text.parse().ok()).map(|seq| Self(Seq(seq)));
        ready(seq.ok_or(ApiError::EntryNotFound))
    }
}
