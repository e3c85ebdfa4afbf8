//! What `serve` is told for certificates: where their look-up is found, with which font they are set.

use crate::api::certificate::settings::{CertificateSettings, PublicUrl};
use crate::auth::BadgeKeys;
use crate::domain::text::Name;
use clap::Args;
use krilla::text::Font;
use std::fs;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// How certificates are issued.
#[derive(Args, Clone, Debug)]
pub struct CertificateOptions {
    /// Public address of this service, for the QR codes of certificates; by default the address served
    #[arg(long, env = "HOURBOOK_PUBLIC_URL", value_name = "URL")]
    public_url: Option<PublicUrl>,

    /// Font of printed certificates, with Chinese characters; `#N` after the name of a collection selects
    /// its N-th font. By default that of Debian's fonts-noto-cjk or fonts-wqy-microhei
    #[arg(long, env = "HOURBOOK_CERTIFICATE_FONT", value_name = "FILE[#N]")]
    certificate_font: Option<FontFile>,

    /// Contact of the recording unit, on certificates whose issuer gives none
    #[arg(long, env = "HOURBOOK_CERTIFICATE_CONTACT", value_name = "TEXT")]
    certificate_contact: Option<Name>,

    /// Address of the proxy in front of this service: its X-Forwarded-For is trusted. Without it the
    /// connecting address counts
    #[arg(long, env = "HOURBOOK_TRUSTED_PROXY", value_name = "ADDRESS")]
    trusted_proxy: Option<IpAddr>,
}

/// A font in a file, which may be a collection.
#[derive(Clone, Debug, PartialEq, Eq)]
struct FontFile {
    path: PathBuf,
    index: u32,
}

impl FromStr for FontFile {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text.rsplit_once('#') {
            Some((path, index)) => Self { path: path.into(), index: index.parse()? },
            None => Self { path: text.into(), index: 0 },
        })
    }
}

/// Where Debian puts fonts with Chinese characters, the best first. The collections of Noto hold the
/// forms of Japan, Korea, mainland China, Taiwan and Hong Kong, in this order.
const USUAL_FONTS: [(&str, u32); 3] = [
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 2),
    ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0),
];

impl CertificateOptions {
    /// The settings of certificates for the service at this address.
    pub fn settings(
        &self,
        address: SocketAddr,
        badge_keys: Option<BadgeKeys>,
    ) -> Result<CertificateSettings, String> {
        let served = || format!("http://{address}").parse().map_err(|error| format!("{address}: {error}"));
        Ok(CertificateSettings {
            public_url: self.public_url.clone().map_or_else(served, Ok)?,
            contact: self.certificate_contact.clone(),
            font: self.font()?,
            badge_keys,
            trusted_proxy: self.trusted_proxy,
        })
    }

    /// The named font, which must exist, else the first of the usual ones that does.
    fn font(&self) -> Result<Option<Font>, String> {
        if let Some(FontFile { path, index }) = &self.certificate_font {
            return read(path, *index).map(Some);
        }
        let usual = USUAL_FONTS.iter().map(|(path, index)| (Path::new(path), *index));
        let found = usual.filter(|(path, _)| path.exists()).map(|(path, index)| read(path, index)).next();
        if found.is_none() {
            tracing::warn!("no font for certificates: they are had as JSON and badges, not as PDF");
        }
        found.transpose()
    }
}

fn read(path: &Path, index: u32) -> Result<Font, String> {
    let bytes = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Font::new(bytes.into(), index).ok_or_else(|| format!("{} has no font {index}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_font_of_a_collection_is_named_by_its_number() {
        let font = |text: &str| text.parse::<FontFile>();
        assert_eq!(font("/a/b.ttf"), Ok(FontFile { path: "/a/b.ttf".into(), index: 0 }));
        assert_eq!(font("/a/b.ttc#2"), Ok(FontFile { path: "/a/b.ttc".into(), index: 2 }));
        assert!(font("/a/b.ttc#two").is_err());
    }

    #[test]
    fn what_is_no_font_is_named() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
        assert!(read(Path::new(file), 0).is_err_and(|words| words.contains("Cargo.toml")));
        assert!(read(Path::new("/nowhere"), 0).is_err_and(|words| words.contains("/nowhere")));
    }
}
