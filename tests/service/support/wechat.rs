//! WeChat, as tests have it: a stand-in on this machine that knows two apps.

use super::http::{Answer, Client};
use super::operations::give_activation;
use super::town::{Town, Volunteer};
use hourbook::channels::wechat::stand_in::StandIn;
use hourbook::channels::wechat::{ApiUrl, App as WechatApp, AppKind, Wechat};
use hourbook::engine::Clock;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// A mini-program, and an official account.
pub const MINI_PROGRAM: &str = "wx0123456789abcdef";
pub const OFFICIAL_ACCOUNT: &str = "wxfedcba9876543210";
/// What both show WeChat.
pub const SECRET: &str = "5ec2e7c0ffee5ec2e7c0ffee5ec2e7c0";

/// A stand-in of WeChat, and how long a service waits for it.
pub struct TestWechat {
    pub stand_in: StandIn,
    /// Where services look for it.
    url: ApiUrl,
    patience: Duration,
}

impl TestWechat {
    pub fn start() -> Self {
        Self::with_patience(Duration::from_secs(5))
    }

    pub fn with_patience(patience: Duration) -> Self {
        let stand_in = StandIn::start(&apps()).unwrap();
        Self { url: stand_in.url().unwrap(), stand_in, patience }
    }

    /// Services look for it somewhere else.
    pub fn at(url: ApiUrl) -> Self {
        Self { url, ..Self::start() }
    }

    /// A service's client of it.
    pub fn client(&self, clock: Arc<dyn Clock>) -> Wechat {
        Wechat::start(self.url.clone(), apps(), self.patience, clock).unwrap()
    }
}

pub fn apps() -> Vec<WechatApp> {
    let app = |id: &str, kind| WechatApp { id: id.parse().unwrap(), kind, secret: SECRET.parse().unwrap() };
    vec![app(MINI_PROGRAM, AppKind::MiniProgram), app(OFFICIAL_ACCOUNT, AppKind::OfficialAccount)]
}

/// Signs in with a code, in the mini-program.
pub fn sign_in(client: &Client, code: &str) -> Answer {
    sign_in_to(client, MINI_PROGRAM, code)
}

pub fn sign_in_to(client: &Client, wechat_app: &str, code: &str) -> Answer {
    client.post("/v1/auth/wechat", "", json!({ "app": wechat_app, "code": code }))
}

/// The ticket of somebody who is bound to nobody.
pub fn ticket(client: &Client, openid: &str) -> String {
    let answer = sign_in(client, &a_code(openid)).ok();
    answer["ticket"].as_str().unwrap_or_else(|| panic!("no ticket: {answer}")).to_owned()
}

/// A code of somebody in the mini-program, each time another one.
pub fn a_code(openid: &str) -> String {
    static CODES: AtomicU32 = AtomicU32::new(0);
    format!("ok-{openid}.{}", CODES.fetch_add(1, Ordering::Relaxed))
}

/// Binds somebody to a volunteer by an activation code; the tokens.
pub fn bind(town: &Town, volunteer: &Volunteer, openid: &str) -> Value {
    let (ticket, given) = (ticket(town.app, openid), give_activation(town, volunteer));
    bind_by_code(town.app, &ticket, &given).ok()
}

/// Asks for a binding by an activation code as it was given.
pub fn bind_by_code(client: &Client, ticket: &str, given: &Value) -> Answer {
    let shown = json!({ "ticket": ticket, "number": given["number"], "activation_code": given["code"] });
    client.post("/v1/auth/bindings", "", shown)
}

/// Asks for a binding by a mobile that WeChat vouches for.
pub fn bind_by_mobile(client: &Client, ticket: &str, phone_code: &str) -> Answer {
    client.post("/v1/auth/bindings", "", json!({ "ticket": ticket, "phone_code": phone_code }))
}
