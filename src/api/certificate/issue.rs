//! Issues a certificate: its text is written from what can be read now, and the rule compares it with the
//! ledger as it is when the command is decided. Where they differ, the text is written again.

use super::view::CertificateView;
use crate::api::extract::IdempotencyHeader;
use crate::api::problem::ApiError;
use crate::api::state::State;
use crate::api::view::Created;
use crate::auth::Identity;
use crate::domain::actor::Actor;
use crate::domain::certificate;
use crate::domain::certificate::{IssueCertificate, Period, Signatory};
use crate::domain::ids::{CertificateId, VolunteerId};
use crate::domain::{Command, Rejection};
use crate::store::read::certificates::{self, Basis};
use crate::store::read::{Scope, operators};
use crate::store::side_data::person_stands;

/// What is to be certified.
#[derive(Clone, Copy)]
pub(super) struct CertificateRequest {
    pub volunteer: VolunteerId,
    pub period: Option<Period>,
    pub replaces: Option<CertificateId>,
}

/// How often a certificate is made out again where the hours change meanwhile.
const ATTEMPTS: usize = 4;

/// Makes the words out from what can be read now, and lets the rule compare them with what is served.
pub(super) async fn issue(
    state: &State,
    caller: Identity,
    idempotency: IdempotencyHeader,
    said: Signatory,
    asked: impl AsyncFn() -> Result<CertificateRequest, ApiError>,
) -> Result<Created<CertificateView>, ApiError> {
    let mut attempt = 1;
    loop {
        let command = async { make_out(state, caller, said.clone(), asked().await?).await };
        match state.change_as_read(caller.asker(), idempotency.clone(), command).await {
            Err(ApiError::Rejected(Rejection::Certificate(certificate::Refusal::CertificateStale)))
                if attempt < ATTEMPTS =>
            {
                attempt += 1;
            }
            issued => {
                return issued
                    .map(|issued| Created(issued).map(|shown: CertificateView| shown.with_code(state)));
            }
        }
    }
}

async fn make_out(
    state: &State,
    caller: Identity,
    said: Signatory,
    asked: CertificateRequest,
) -> Result<Command, ApiError> {
    let usual = usual_signatory(state, caller.actor).await?;
    let signatory = Signatory::of(caller.actor, said, usual)?;
    let CertificateRequest { volunteer, period, replaces } = asked;
    let vault = state.vault.clone();
    let (basis, stands): (Option<Basis>, bool) = state
        .read_as(caller, move |db, scope| {
            // What does not open is not read.
            if !person_stands(db, &vault, volunteer)? {
                return Ok((None, false));
            }
            Ok((certificates::basis(db, &vault, scope, volunteer, period)?, true))
        })
        .await?;
    if !stands {
        let complaint = "what is kept of this volunteer is not what the service kept".to_owned();
        return Err(ApiError::JournalInDoubt { complaint });
    }
    let volunteer_version = basis.as_ref().map(|basis| basis.volunteer.version).unwrap_or_default();
    let content = basis.and_then(|basis| basis.content(period, signatory));
    let content = content.map(|content| state.commit(content)).transpose()?.map(Box::new);
    Ok(Command::IssueCertificate(IssueCertificate {
        volunteer,
        period,
        replaces,
        volunteer_version,
        content,
    }))
}

/// The operator's own name, and the contact that this service is configured with.
async fn usual_signatory(state: &State, actor: Actor) -> Result<Signatory, ApiError> {
    let handler = match actor {
        Actor::Operator(id) => {
            let operator = state.read(move |db| operators::get(db, Scope::All, id)).await?;
            operator.map(|operator| operator.name)
        }
        Actor::Volunteer(_) | Actor::System => None,
    };
    Ok(Signatory { handler, contact: state.certificates.contact.clone() })
}
