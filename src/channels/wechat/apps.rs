//! The apps of a deployment, and where WeChat is.

use crate::domain::binding::AppId;
use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

/// What kind of app it is: each has its own way to say who somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppKind {
    /// 小程序: the code of `wx.login`.
    MiniProgram,
    /// 公众号: the code that OAuth brings to a page.
    OfficialAccount,
}

/// The text names no kind of app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected mini-program or official-account")]
pub struct UnknownKind;

impl FromStr for AppKind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        match text {
            "mini-program" => Ok(Self::MiniProgram),
            "official-account" => Ok(Self::OfficialAccount),
            _ => Err(UnknownKind),
        }
    }
}

/// What an app shows WeChat. It is neither printed nor stored.
#[derive(Clone)]
pub struct Secret(String);

/// The text cannot be a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected an app's secret: 1 to 128 letters and digits")]
pub struct NotASecret;

impl Secret {
    /// The secret itself, for WeChat alone.
    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

impl FromStr for Secret {
    type Err = NotASecret;

    fn from_str(text: &str) -> Result<Self, NotASecret> {
        let text = text.trim();
        let fits = (1..=128).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if fits { Ok(Self(text.to_owned())) } else { Err(NotASecret) }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Secret").finish_non_exhaustive()
    }
}

/// An app of this deployment.
#[derive(Clone, Debug)]
pub struct App {
    pub id: AppId,
    pub kind: AppKind,
    pub secret: Secret,
}

/// Where WeChat is: over TLS, or on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiUrl(String);

/// Why an address was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected https://HOST, or http:// with a host on this machine, and no path")]
pub struct NotAnApiUrl;

impl ApiUrl {
    /// WeChat itself.
    pub const WECHAT: &str = "https://api.weixin.qq.com";

    /// The address, without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is on this machine, where no proxy leads to.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.0.strip_prefix("http://").is_some()
    }
}

impl FromStr for ApiUrl {
    type Err = NotAnApiUrl;

    fn from_str(text: &str) -> Result<Self, NotAnApiUrl> {
        let url = text.strip_suffix('/').unwrap_or(text);
        let (scheme, authority) = url.split_once("://").ok_or(NotAnApiUrl)?;
        let is_plain = !authority.is_empty()
            && authority.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.:[]".contains(&byte));
        let fits = match scheme {
            "https" => is_plain,
            "http" => is_plain && is_here(authority),
            _ => false,
        };
        if fits { Ok(Self(url.to_owned())) } else { Err(NotAnApiUrl) }
    }
}

impl fmt::Display for ApiUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Whether a host, with or without a port, is this machine.
fn is_here(authority: &str) -> bool {
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next(),
        None => authority.split(':').next(),
    };
    let host = host.unwrap_or_default();
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wechat_is_reached_over_tls_or_on_this_machine() {
        for good in [
            ApiUrl::WECHAT,
            "https://gateway.example:8443/",
            "http://127.0.0.1:9",
            "http://[::1]:9",
            "http://localhost",
        ] {
            assert_eq!(good.parse::<ApiUrl>().unwrap().as_str(), good.trim_end_matches('/'), "{good}");
        }
        for wrong in [
            "api.weixin.qq.com",
            "http://api.weixin.qq.com",
            "http://127.0.0.1.example",
            "https://",
            "https://a/b",
            "http://user@127.0.0.1",
            "ftp://127.0.0.1",
            "http://10.0.0.1",
            "https://a?b",
        ] {
            assert_eq!(wrong.parse::<ApiUrl>(), Err(NotAnApiUrl), "{wrong}");
        }
    }

    #[test]
    fn a_secret_is_not_printed() {
        let secret: Secret = "0123456789abcdef0123456789abcdef\n".parse().unwrap();
        assert!(!format!("{secret:?}").contains("0123"));
        assert!(["", "a b", "秘密"].iter().all(|text| text.parse::<Secret>().is_err()));
    }
}
