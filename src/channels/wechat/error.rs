//! Why WeChat did not do what it was asked. Nothing of it holds what was sent, or WeChat's own words.

use serde_json::{Map, Value};

/// Why WeChat did not do what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WechatError {
    /// No app of this deployment has this name, or it is of another kind.
    #[error("no such app, or none of this kind")]
    UnknownApp,
    /// The code is wrong, over, or was used before (40029, 40163).
    #[error("the code is wrong, over, or used")]
    CodeInvalid,
    /// WeChat has this user blocked as of high risk (40226).
    #[error("the user is blocked")]
    UserBlocked,
    /// This user asked too often within a minute (45011).
    #[error("too often")]
    TooOften,
    /// Another refusal, by WeChat's number.
    #[error("refused with {errcode}")]
    Refused {
        /// WeChat's number.
        errcode: i64,
    },
    /// So many calls wait already that another would wait too long.
    #[error("too many calls wait")]
    Busy,
    /// There is no answer of WeChat's.
    #[error("no answer: {0}")]
    NoAnswer(NoAnswer),
}

/// Why there is no answer of WeChat's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoAnswer {
    /// It says so itself (-1).
    #[error("it is busy")]
    Busy,
    #[error("none in time")]
    TimedOut,
    #[error("it cannot be reached")]
    Unreachable,
    #[error("HTTP status {0}")]
    Status(u16),
    /// It was cut, or has no end.
    #[error("only a part of one")]
    Incomplete,
    /// HTML, something else, or nothing; or a member is missing.
    #[error("none that WeChat would give")]
    NotWechats,
    /// What was vouched for was vouched for to another app.
    #[error("one for another app")]
    OfAnotherApp,
}

impl From<NoAnswer> for WechatError {
    fn from(why: NoAnswer) -> Self {
        Self::NoAnswer(why)
    }
}

/// The access token is not good any more (40001, 40014, 42001): another one is fetched, once.
const STALE_TOKEN: [i64; 3] = [40_001, 40_014, 42_001];

impl WechatError {
    /// By WeChat's number, which is not 0.
    pub(super) const fn of(errcode: i64) -> Self {
        match errcode {
            -1 => Self::NoAnswer(NoAnswer::Busy),
            40_029 | 40_163 => Self::CodeInvalid,
            40_226 => Self::UserBlocked,
            45_011 => Self::TooOften,
            errcode => Self::Refused { errcode },
        }
    }

    /// Whether it is the access token's fault.
    pub(super) fn is_of_the_token(self) -> bool {
        matches!(self, Self::Refused { errcode } if STALE_TOKEN.contains(&errcode))
    }
}

/// The members of an answer, if it says that all went well: without an `errcode`, or with 0.
pub(super) fn read(body: &[u8]) -> Result<Map<String, Value>, WechatError> {
    let Ok(Value::Object(members)) = serde_json::from_slice(body) else {
        return Err(NoAnswer::NotWechats.into());
    };
    match members.get("errcode").map(Value::as_i64) {
        None | Some(Some(0)) => Ok(members),
        Some(Some(errcode)) => Err(WechatError::of(errcode)),
        Some(None) => Err(NoAnswer::NotWechats.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_no_errcode_or_zero_is_success() {
        for good in [r#"{"openid":"o"}"#, r#"{"errcode":0,"errmsg":"ok"}"#] {
            assert!(read(good.as_bytes()).is_ok(), "{good}");
        }
        let nothing = Err(WechatError::from(NoAnswer::NotWechats));
        for none in
            ["", "<html>", "[]", "null", "1", r#"{"errcode":"0"}"#, r#"{"errcode":null}"#, r#"{"errcode":0"#]
        {
            assert_eq!(read(none.as_bytes()), nothing, "{none}");
        }
        for (errcode, expected) in [
            (-1, NoAnswer::Busy.into()),
            (40_029, WechatError::CodeInvalid),
            (40_163, WechatError::CodeInvalid),
            (40_226, WechatError::UserBlocked),
            (45_011, WechatError::TooOften),
            (40_013, WechatError::Refused { errcode: 40_013 }),
        ] {
            assert_eq!(read(format!("{{\"errcode\":{errcode}}}").as_bytes()), Err(expected));
        }
        let stale = |errcode| WechatError::of(errcode).is_of_the_token();
        assert!(
            [40_001, 40_014, 42_001].into_iter().all(stale) && ![-1, 40_029, 40_164].into_iter().any(stale)
        );
    }
}
