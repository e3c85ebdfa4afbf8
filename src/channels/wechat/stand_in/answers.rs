//! What is answered to each call.

use super::templates::takes;
use super::wire::{Answer, Request};
use super::{Memory, SentMessage, Shared};
use crate::channels::wechat::apps::AppKind;
use crate::domain::binding::Subject;
use serde_json::{Value, json};

/// So long is a token good, in seconds.
const TOKEN_SECONDS: u32 = 7_200;
/// A picture of nothing: what a JPEG begins and ends with.
const PICTURE: [u8; 4] = [0xff, 0xd8, 0xff, 0xd9];
const HTML: &str = "<html><body>502 Bad Gateway</body></html>";

/// A refusal, by WeChat's number.
fn refusal(errcode: i64) -> Answer {
    Answer::Json(json!({ "errcode": errcode, "errmsg": format!("refused, rid: stand-in-{errcode}") }))
}

pub(super) fn answer(shared: &Shared, request: &Request) -> Answer {
    let mut memory = shared.lock();
    let answered = match request.path.as_str() {
        "/sns/jscode2session" => memory.identify(request, AppKind::MiniProgram, "js_code"),
        "/sns/oauth2/access_token" => memory.identify(request, AppKind::OfficialAccount, "code"),
        "/cgi-bin/stable_token" => memory.stable_token(request),
        "/wxa/business/getuserphonenumber" => memory.with_token(request, Memory::mobile),
        "/wxa/getwxacodeunlimit" => memory.with_token(request, |_, _, body| Ok(picture(body))),
        "/cgi-bin/message/subscribe/send" => memory.with_token(request, Memory::take_message),
        "/wxa/msg_sec_check" => memory.with_token(request, |_, _, body| Ok(suggestion(body))),
        _ => Err(-1),
    };
    answered.unwrap_or_else(refusal)
}

/// What is answered, or WeChat's number of a refusal.
type Answered = Result<Answer, i64>;

impl Memory {
    fn must_know(&self, app: Option<&str>, secret: Option<&str>) -> Result<&super::KnownApp, i64> {
        let known = app.and_then(|app| self.apps.get(app)).ok_or(40_013)?;
        if secret == Some(known.secret.as_str()) { Ok(known) } else { Err(40_125) }
    }

    fn identify(&mut self, request: &Request, kind: AppKind, code_name: &str) -> Answered {
        let said = |name: &str| request.query.get(name).map(String::as_str);
        let known = self.must_know(said("appid"), said("secret"))?;
        if known.kind != kind || said("grant_type") != Some("authorization_code") {
            return Err(40_013);
        }
        let code = said(code_name).ok_or(41_008)?;
        // WeChat makes openids of letters, digits, hyphens and underscores.
        let is_openid = |openid: &&str| before_dot(openid).parse::<Subject>().is_ok();
        let Some(openid) = code.strip_prefix("ok-").filter(is_openid) else {
            return without_luck(code, &json!({ "openid": "o" }));
        };
        self.must_be_new(code)?;
        let openid = before_dot(openid);
        Ok(Answer::Json(match kind {
            AppKind::MiniProgram => json!({ "openid": openid, "session_key": "c2Vzc2lvbiBrZXkgMTYgYg==" }),
            AppKind::OfficialAccount => json!({
                "access_token": "page-token", "expires_in": 7_200, "refresh_token": "page-refresh", "openid": openid,
                "scope": "snsapi_base",
            }),
        }))
    }

    fn must_be_new(&mut self, code: &str) -> Result<(), i64> {
        if self.used_codes.insert(code.to_owned()) { Ok(()) } else { Err(40_163) }
    }

    fn stable_token(&mut self, request: &Request) -> Answered {
        let body = request.body.as_ref().ok_or(47_001)?;
        let said = |name: &str| body.get(name).and_then(Value::as_str);
        self.must_know(said("appid"), said("secret"))?;
        // Twenty a day: nobody should have to.
        if said("grant_type") != Some("client_credential") || body.get("force_refresh") == Some(&json!(true))
        {
            return Err(45_009);
        }
        let app = said("appid").unwrap_or_default();
        let known = self.apps.get_mut(app).ok_or(40_013)?;
        known.token_calls += 1;
        Ok(Answer::Json(json!({ "access_token": known.token(app), "expires_in": TOKEN_SECONDS })))
    }

    /// A call with the token that is good, and a body in JSON.
    fn with_token(
        &mut self,
        request: &Request,
        call: impl FnOnce(&mut Self, &str, &Value) -> Answered,
    ) -> Answered {
        let token = request.query.get("access_token").ok_or(41_001)?;
        let of_token =
            |(app, known): (&String, &super::KnownApp)| (known.token(app) == *token).then(|| app.clone());
        let app = self.apps.iter().find_map(of_token).ok_or(40_001)?;
        let body = request.body.as_ref().ok_or(47_001)?;
        call(self, &app, body)
    }

    fn mobile(&mut self, app: &str, body: &Value) -> Answered {
        let code = body.get("code").and_then(Value::as_str).ok_or(40_029)?;
        let vouched = |number: &str, app: &str| {
            let number = before_dot(number);
            let (country, pure) = match number.strip_prefix('+') {
                Some(abroad) => abroad.split_at(abroad.len().min(3)),
                None => ("86", number),
            };
            json!({
                "errcode": 0, "errmsg": "ok",
                "phone_info": {
                    "phoneNumber": number, "purePhoneNumber": pure, "countryCode": country,
                    "watermark": { "timestamp": 1_764_547_200, "appid": app },
                },
            })
        };
        match code.strip_prefix("phone-") {
            Some(number) => {
                self.must_be_new(code)?;
                Ok(Answer::Json(vouched(number, app)))
            }
            None if code == "appid" => Ok(Answer::Json(vouched("13800138000", "wxanother"))),
            None => without_luck(code, &vouched("13800138000", app)),
        }
    }

    fn take_message(&mut self, _: &str, body: &Value) -> Answered {
        let said = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (to, template) = (said("touser"), said("template_id"));
        let names = self.templates.get(&template).ok_or(40_037)?;
        let data = body.get("data").and_then(Value::as_object).ok_or(47_003)?;
        let mut fields = Vec::with_capacity(names.len());
        for name in names {
            let value = data.get(name).and_then(|field| field.get("value")).and_then(Value::as_str);
            let value = value.filter(|value| takes(name, value)).ok_or(47_003)?;
            fields.push((name.clone(), value.to_owned()));
        }
        let page = body.get("page").and_then(Value::as_str).map(str::to_owned);
        if page.as_ref().is_some_and(|page| page.starts_with('/')) {
            return Err(41_030);
        }
        let accepted = self.accepted.entry((to.clone(), template.clone())).or_default();
        // One accept, one message.
        *accepted = accepted.checked_sub(1).ok_or(43_101)?;
        self.sent.push(SentMessage { to, template, page, fields });
        Ok(Answer::Json(json!({ "errcode": 0, "errmsg": "ok", "msgid": self.sent.len() })))
    }
}

/// What is answered to codes that bring nothing but bad luck; `otherwise` is what would be answered to a good one.
fn without_luck(code: &str, otherwise: &Value) -> Answered {
    match before_dot(code) {
        "used" => Err(40_163),
        "blocked" => Err(40_226),
        "often" => Err(45_011),
        "busy" => Err(-1),
        "slow" => Ok(Answer::Never),
        "html" => Ok(Answer::Html(HTML)),
        "empty" => Ok(Answer::Empty),
        "cut" => Ok(Answer::Cut(otherwise.clone())),
        "fault" => Ok(Answer::Fault),
        "anonymous" => Ok(Answer::Json(json!({ "session_key": "c2Vzc2lvbiBrZXkgMTYgYg==" }))),
        _ => Err(40_029),
    }
}

/// Of a code without what makes it another one.
fn before_dot(code: &str) -> &str {
    code.split_once('.').map_or(code, |(code, _)| code)
}

fn picture(body: &Value) -> Answer {
    let said = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
    let (scene, page) = (said("scene"), said("page"));
    let is_visible = |c: char| c.is_ascii_alphanumeric() || "!#$&'()*+,/:;=?@-._~".contains(c);
    if scene.is_empty() || scene.len() > 32 {
        return refusal(40_169);
    }
    if !scene.chars().all(is_visible) {
        return refusal(40_129);
    }
    if page.is_empty() || page.starts_with('/') || page.contains('?') {
        return refusal(41_030);
    }
    Answer::Jpeg(PICTURE.to_vec())
}

/// Words that say what is to be thought of them.
fn suggestion(body: &Value) -> Answer {
    let words = body.get("content").and_then(Value::as_str).unwrap_or_default();
    if words.is_empty() || words.chars().count() > 2_500 {
        return refusal(44_002);
    }
    let (suggest, label) = match words {
        _ if words.contains("risky") => ("risky", 20_001),
        _ if words.contains("review") => ("review", 20_002),
        _ => ("pass", 100),
    };
    Answer::Json(json!({
        "errcode": 0, "errmsg": "ok", "result": { "suggest": suggest, "label": label }, "detail": [], "trace_id": "1",
    }))
}
