//! The demo's WeChat: a stand-in on this machine, and its volunteer bound to somebody there.

use super::words;
use crate::channels::wechat::stand_in::StandIn;
use crate::channels::wechat::{App, AppKind};
use crate::cli::serve::ServeOptions;
use crate::cli::service::Service;
use crate::domain::actor::Actor;
use crate::domain::binding::{self, Bind, BindingProof, OutsideIdentity, Provider};
use crate::domain::ids::VolunteerId;
use crate::domain::{Command, Rejection};
use crate::engine::{Request, RequestRefusal, Work};
use crate::journal::commit;
use crate::store::read::volunteers;

/// The demo's mini-program, and the demo volunteer's openid there.
pub const APP: &str = "wx00000000000000de";
pub const OPENID: &str = "demo-volunteer";
/// Protects nothing.
const SECRET: &str = "demo";

/// A stand-in that the demo's service asks, unless it is told of apps of its own.
pub fn stand_in(options: &mut ServeOptions) -> Result<Option<StandIn>, String> {
    if !options.wechat.is_empty() {
        return Ok(None);
    }
    let app = App {
        id: APP.parse().map_err(words)?,
        kind: AppKind::MiniProgram,
        secret: SECRET.parse().map_err(words)?,
    };
    let stand_in = StandIn::start(std::slice::from_ref(&app)).map_err(words)?;
    options.wechat.use_instead(stand_in.url().map_err(words)?, vec![app]);
    Ok(Some(stand_in))
}

/// Binds the demo's volunteer, unless that was done when the demo was started before.
pub fn bind(service: &Service, volunteer: VolunteerId) -> Result<(), String> {
    let found = service.readers.read(|db| volunteers::current(db, volunteer)).map_err(words)?;
    let Some(found) = found else { return Ok(()) };
    let identity = OutsideIdentity {
        provider: Provider::Wechat,
        app: APP.parse().map_err(words)?,
        subject: OPENID.parse().map_err(words)?,
    };
    let index = service.vault.subject_index(&identity);
    let identity = commit(identity, service.vault.salt().map_err(words)?).map_err(words)?;
    let proof = BindingProof::Mobile { read: found.version };
    let bind = Command::Bind(Bind { volunteer, identity, index, proof });
    let work = Work::Single(Box::new(bind));
    let bound =
        service.ledger.submit_blocking(Request { actor: Actor::System, token_from: None, key: None, work });
    match bound {
        Ok(_) | Err(RequestRefusal::Rejected(Rejection::Binding(binding::Refusal::BindingTaken))) => Ok(()),
        Err(refusal) => Err(words(refusal)),
    }
}
