//! Each of WeChat's calls that we make. They block until there is an answer, or none comes in time.

use super::apps::{ApiUrl, App, AppKind};
use super::error::{NoAnswer, WechatError, read};
use super::token::TokenCache;
use crate::domain::binding::{AppId, Subject};
use crate::domain::identity::Mobile;
use crate::engine::Clock;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use ureq::http::Response;
use ureq::tls::{RootCerts, TlsConfig, TlsProvider};
use ureq::{Agent, Body};

/// No answer in JSON is longer.
const JSON_BYTES_MAX: u64 = 64 << 10;
/// No picture is larger.
const PICTURE_BYTES_MAX: u64 = 2 << 20;
/// A connection that was idle for longer may be dead: a code is spent by one try.
const IDLE: Duration = Duration::from_secs(5);

/// What a picture begins with: JPEG, or PNG where the ground is transparent.
const PICTURES: [&[u8]; 2] = [&[0xff, 0xd8], b"\x89PNG"];

/// WeChat's calls, for the apps of a deployment.
pub struct Calls {
    agent: Agent,
    url: ApiUrl,
    apps: HashMap<AppId, (App, TokenCache)>,
    clock: Arc<dyn Clock>,
}

/// A picture that leads into a mini-program (小程序码).
#[derive(Clone, Debug)]
pub struct MiniProgramCode {
    /// What the page is told: at most 32 characters. Letters, digits, `-` and `_` come through everywhere.
    pub scene: String,
    /// The page, without a slash before it and without a query.
    pub page: String,
    pub version: CodeVersion,
}

/// Which version of a mini-program is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeVersion {
    Release,
    Trial,
    Develop,
}

impl CodeVersion {
    const fn name(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Trial => "trial",
            Self::Develop => "develop",
        }
    }
}

/// A message that somebody has accepted beforehand (订阅消息).
#[derive(Clone, Debug)]
pub struct SubscribeMessage {
    pub to: Subject,
    pub template: String,
    /// The page that it opens.
    pub page: Option<String>,
    /// What stands in the template's fields, such as `thing1`.
    pub fields: BTreeMap<String, String>,
}

/// Where words are to stand that WeChat looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordsScene {
    Profile,
    Comment,
    Forum,
    Log,
}

impl WordsScene {
    const fn number(self) -> u8 {
        match self {
            Self::Profile => 1,
            Self::Comment => 2,
            Self::Forum => 3,
            Self::Log => 4,
        }
    }
}

/// What WeChat thinks of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suggestion {
    Pass,
    /// Somebody should read them.
    Review,
    Risky,
}

impl Calls {
    /// For these apps; a call that takes longer than `patience` has failed.
    #[must_use]
    pub fn new(url: ApiUrl, apps: Vec<App>, patience: Duration, clock: Arc<dyn Clock>) -> Self {
        let tls = TlsConfig::builder()
            .provider(TlsProvider::NativeTls)
            .root_certs(RootCerts::PlatformVerifier)
            .build();
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(patience))
            .max_idle_age(IDLE)
            .tls_config(tls);
        let config = if url.is_loopback() { config.proxy(None) } else { config };
        let apps = apps.into_iter().map(|app| (app.id.clone(), (app, TokenCache::default()))).collect();
        Self { agent: config.build().into(), url, apps, clock }
    }

    /// Of which kind an app is, if it is one of ours.
    #[must_use]
    pub fn kind_of(&self, app: &AppId) -> Option<AppKind> {
        self.apps.get(app).map(|(app, _)| app.kind)
    }

    /// Who somebody is in an app, by the code that it got from WeChat: `jscode2session` for mini-programs, OAuth's
    /// `access_token` for official accounts. What else these answer (session keys, tokens) is dropped at once.
    ///
    /// # Errors
    ///
    /// [`WechatError::CodeInvalid`] also where a page is shown in WeChat's snapshot mode, whose users are made up.
    pub fn identify(&self, app: &AppId, code: &str) -> Result<Subject, WechatError> {
        let (app, _) = self.apps.get(app).ok_or(WechatError::UnknownApp)?;
        let (path, code_name) = match app.kind {
            AppKind::MiniProgram => ("/sns/jscode2session", "js_code"),
            AppKind::OfficialAccount => ("/sns/oauth2/access_token", "code"),
        };
        let request = self
            .agent
            .get(self.at(path))
            .query("appid", app.id.as_str())
            .query("secret", app.secret.expose())
            .query(code_name, code)
            .query("grant_type", "authorization_code");
        let answer = read(&body(request.call(), JSON_BYTES_MAX)?)?;
        if answer.get("is_snapshotuser").is_some_and(|made_up| *made_up != json!(0)) {
            return Err(WechatError::CodeInvalid);
        }
        let openid = answer.get("openid").and_then(Value::as_str).ok_or(NoAnswer::NotWechats)?;
        openid.parse().map_err(|_| NoAnswer::NotWechats.into())
    }

    /// The mobile number of a mini-program's user, by the code of the phone button; WeChat checks that it is this user's.
    pub fn mobile(&self, app: &AppId, of: &Subject, code: &str) -> Result<Mobile, WechatError> {
        let body = json!({ "code": code, "openid": of.as_str() });
        let answer = self.ask(app, "/wxa/business/getuserphonenumber", &body)?;
        let phone = answer.get("phone_info").ok_or(NoAnswer::NotWechats)?;
        if phone.pointer("/watermark/appid").and_then(Value::as_str) != Some(app.as_str()) {
            return Err(NoAnswer::OfAnotherApp.into());
        }
        mobile_in(phone).ok_or_else(|| NoAnswer::NotWechats.into())
    }

    /// The bytes of a picture that leads into a mini-program.
    pub fn mini_program_code(&self, app: &AppId, code: &MiniProgramCode) -> Result<Vec<u8>, WechatError> {
        let asked = json!({
            "scene": code.scene, "page": code.page, "env_version": code.version.name(), "check_path": true,
        });
        self.with_token(app, |token| {
            let sent = self.agent.post(self.at("/wxa/getwxacodeunlimit")).query("access_token", token);
            let bytes = body(sent.send_json(&asked), PICTURE_BYTES_MAX)?;
            if PICTURES.iter().any(|beginning| bytes.starts_with(beginning)) {
                return Ok(bytes);
            }
            // What is no picture says why.
            Err(read(&bytes).err().unwrap_or_else(|| NoAnswer::NotWechats.into()))
        })
    }

    /// Sends a message that was accepted beforehand.
    pub fn send(&self, app: &AppId, message: &SubscribeMessage) -> Result<(), WechatError> {
        let field = |(name, value): (&String, &String)| (name.clone(), json!({ "value": value }));
        let mut asked = json!({
            "touser": message.to.as_str(), "template_id": message.template,
            "data": message.fields.iter().map(field).collect::<Map<_, _>>(),
        });
        if let Some(page) = &message.page {
            asked["page"] = json!(page);
        }
        self.ask(app, "/cgi-bin/message/subscribe/send", &asked).map(drop)
    }

    /// What WeChat thinks of words that others are to read. Their author must have been in the program lately.
    pub fn check_words(
        &self,
        app: &AppId,
        by: &Subject,
        scene: WordsScene,
        words: &str,
    ) -> Result<Suggestion, WechatError> {
        let asked = json!({ "version": 2, "openid": by.as_str(), "scene": scene.number(), "content": words });
        let answer = self.ask(app, "/wxa/msg_sec_check", &asked)?;
        let suggested = answer.get("result").and_then(|result| result.get("suggest")).and_then(Value::as_str);
        match suggested {
            Some("pass") => Ok(Suggestion::Pass),
            Some("review") => Ok(Suggestion::Review),
            Some("risky") => Ok(Suggestion::Risky),
            _ => Err(NoAnswer::NotWechats.into()),
        }
    }

    /// A call of a mini-program with an access token.
    fn ask(&self, app: &AppId, path: &str, asked: &Value) -> Result<Map<String, Value>, WechatError> {
        self.with_token(app, |token| {
            let sent = self.agent.post(self.at(path)).query("access_token", token);
            read(&body(sent.send_json(asked), JSON_BYTES_MAX)?)
        })
    }

    /// A call is made again with another token, once, where the one that was kept is good no more.
    fn with_token<T>(
        &self,
        app: &AppId,
        call: impl Fn(&str) -> Result<T, WechatError>,
    ) -> Result<T, WechatError> {
        let (app, tokens) = self.apps.get(app).ok_or(WechatError::UnknownApp)?;
        if app.kind != AppKind::MiniProgram {
            return Err(WechatError::UnknownApp);
        }
        let token = tokens.get(self.clock.as_ref(), None, || self.stable_token(app))?;
        match call(&token) {
            Err(error) if error.is_of_the_token() => {
                call(&tokens.get(self.clock.as_ref(), Some(&token), || self.stable_token(app))?)
            }
            answer => answer,
        }
    }

    fn stable_token(&self, app: &App) -> Result<Map<String, Value>, WechatError> {
        let asked = json!({
            "grant_type": "client_credential", "appid": app.id.as_str(), "secret": app.secret.expose(),
        });
        read(&body(self.agent.post(self.at("/cgi-bin/stable_token")).send_json(&asked), JSON_BYTES_MAX)?)
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }
}

impl fmt::Debug for Calls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Calls").field("url", &self.url).finish_non_exhaustive()
    }
}

/// The whole body of an answer with status 200. What went wrong is told without addresses, which hold secrets.
fn body(answer: Result<Response<Body>, ureq::Error>, most_bytes: u64) -> Result<Vec<u8>, WechatError> {
    let mut answer = answer.map_err(|error| match error {
        ureq::Error::Timeout(_) => NoAnswer::TimedOut,
        _ => NoAnswer::Unreachable,
    })?;
    if answer.status() != 200 {
        return Err(NoAnswer::Status(answer.status().as_u16()).into());
    }
    let body = answer.body_mut().with_config().limit(most_bytes).read_to_vec();
    body.map_err(|error| match error {
        ureq::Error::Timeout(_) => NoAnswer::TimedOut.into(),
        _ => NoAnswer::Incomplete.into(),
    })
}

/// The country code is a text or a number, by WeChat's own documentation.
fn mobile_in(phone: &Value) -> Option<Mobile> {
    let number = phone.get("purePhoneNumber")?.as_str()?;
    let country = match phone.get("countryCode")? {
        Value::String(code) => code.trim_start_matches('+').to_owned(),
        Value::Number(code) => code.to_string(),
        _ => return None,
    };
    format!("+{country}{number}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mobile_is_read_with_its_country() {
        for (phone, expected) in [
            (json!({ "purePhoneNumber": "13800138000", "countryCode": "86" }), Some("13800138000")),
            (json!({ "purePhoneNumber": "13800138000", "countryCode": 86 }), Some("13800138000")),
            (json!({ "purePhoneNumber": "12345678", "countryCode": "852" }), Some("+85212345678")),
            (json!({ "purePhoneNumber": "", "countryCode": "86" }), None),
            (json!({ "purePhoneNumber": "13800138000" }), None),
            (json!({ "purePhoneNumber": 13_800_138_000_i64, "countryCode": "86" }), None),
        ] {
            let mobile = mobile_in(&phone);
            assert_eq!(mobile.as_ref().map(Mobile::as_str), expected, "{phone}");
        }
    }
}
