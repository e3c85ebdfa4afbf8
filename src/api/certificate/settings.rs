//! What certificates are made out on: the address of their look-up, the fonts, the key of badges.

use super::fonts::Fonts;
use crate::api::problem::ApiError;
use crate::auth::BadgeKeys;
use crate::domain::certificate::number_of_certificate;
use crate::domain::ids::CertificateId;
use crate::domain::text::Name;
use actix_web::HttpRequest;
use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

/// Where the service is found by those who hold a certificate: scheme and authority, perhaps a path, no
/// slash at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(String);

/// The text is no address that a browser could open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected http:// or https://, a host, and no query")]
pub struct NotAPublicUrl;

impl std::str::FromStr for PublicUrl {
    type Err = NotAPublicUrl;

    fn from_str(text: &str) -> Result<Self, NotAPublicUrl> {
        let text = text.trim_end_matches('/');
        let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/[]%".contains(&byte);
        let fits =
            host.is_some_and(|host| !host.is_empty() && !host.starts_with('/') && host.bytes().all(plain));
        fits.then(|| Self(text.to_owned())).ok_or(NotAPublicUrl)
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a deployment gives its certificates.
pub struct CertificateSettings {
    /// Where the look-up is found.
    pub public_url: PublicUrl,
    /// Whether that is where others find it, too: somebody said so. Else nothing that is printed names it.
    pub has_public_address: bool,
    /// How the recording unit is reached where nobody says otherwise.
    pub contact: Option<Name>,
    /// Set the PDF; none where no font was found.
    pub fonts: Arc<Fonts>,
    /// Signs badges; none where no key was given.
    pub badge_keys: Option<BadgeKeys>,
    /// The one address whose `X-Forwarded-For` is believed: a proxy of one's own.
    pub trusted_proxy: Option<IpAddr>,
}

impl CertificateSettings {
    /// The fonts, or the refusal where there is none.
    pub fn fonts(&self) -> Result<Arc<Fonts>, ApiError> {
        if self.fonts.is_empty() { Err(ApiError::CertificateFontMissing) } else { Ok(self.fonts.clone()) }
    }

    /// The public address, where this service has one.
    #[must_use]
    pub fn public_address(&self) -> Option<&PublicUrl> {
        self.has_public_address.then_some(&self.public_url)
    }

    /// The key of badges, or the refusal where there is none.
    pub fn badge_keys(&self) -> Result<&BadgeKeys, ApiError> {
        self.badge_keys.as_ref().ok_or(ApiError::BadgeKeyMissing)
    }

    /// The same, where others can open it; the QR code of the certificate holds this.
    #[must_use]
    pub fn public_page_of(&self, certificate: CertificateId, code: &str) -> Option<String> {
        self.has_public_address.then(|| self.page_of(certificate, code))
    }

    /// The page that tells where a certificate stands.
    #[must_use]
    pub fn page_of(&self, certificate: CertificateId, code: &str) -> String {
        format!("{}/verify/{}?code={code}", self.public_url, number_of_certificate(certificate))
    }

    /// The peer; where that is the trusted proxy, whom it says it forwards for: the last of the list,
    /// which is the only one that it wrote itself.
    #[must_use]
    pub fn address_of(&self, req: &HttpRequest) -> Option<IpAddr> {
        let peer = req.peer_addr()?.ip();
        let forwarded = || {
            let last = req.headers().get_all("X-Forwarded-For").last()?;
            last.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
        };
        let is_proxy = self.trusted_proxy == Some(peer);
        Some(is_proxy.then(forwarded).flatten().unwrap_or(peer))
    }
}

impl fmt::Debug for CertificateSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CertificateSettings").field("public_url", &self.public_url).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn a_public_address_is_one_that_a_browser_opens() {
        for (text, kept) in [
            ("https://hours.example/", "https://hours.example"),
            ("http://[::1]:8080", "http://[::1]:8080"),
            ("https://example.org/hours", "https://example.org/hours"),
        ] {
            assert_eq!(text.parse::<PublicUrl>().unwrap().to_string(), kept);
        }
        for text in [
            "",
            "hours.example",
            "ftp://x",
            "https://",
            "https:///x",
            "https://x?y",
            "https://x y",
            "https://x\"><b",
        ] {
            assert_eq!(text.parse::<PublicUrl>(), Err(NotAPublicUrl), "{text}");
        }
    }

    #[test]
    fn only_the_trusted_proxy_speaks_for_others() {
        let mut settings = CertificateSettings {
            public_url: "https://x".parse().unwrap(),
            contact: None,
            has_public_address: true,
            fonts: Arc::new(Fonts::of_files([])),
            badge_keys: None,
            trusted_proxy: None,
        };
        let request = TestRequest::default()
            .peer_addr("10.0.0.1:5".parse().unwrap())
            .insert_header(("X-Forwarded-For", "6.6.6.6, 1.2.3.4"))
            .to_http_request();
        assert_eq!(settings.address_of(&request), Some("10.0.0.1".parse().unwrap()));
        settings.trusted_proxy = Some("10.0.0.1".parse().unwrap());
        assert_eq!(settings.address_of(&request), Some("1.2.3.4".parse().unwrap()));
    }
}
