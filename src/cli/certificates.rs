//! What `serve` is told for certificates: where their look-up is found, in which fonts they are set.

use crate::api::certificate::fonts::{Fonts, LoadedFont};
use crate::api::certificate::settings::{CertificateSettings, PublicUrl};
use crate::auth::BadgeKeys;
use crate::domain::text::Name;
use clap::Args;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

/// How certificates are issued.
#[derive(Args, Clone, Debug)]
pub struct CertificateOptions {
    /// Public address of this service, for what is printed on certificates: without it they have no QR code, and badges
    /// name the address served
    #[arg(long, env = "HOURBOOK_PUBLIC_URL", value_name = "URL")]
    public_url: Option<PublicUrl>,

    /// Fonts of printed certificates, separated by commas, before those of Debian's fonts-noto-cjk,
    /// fonts-wqy-microhei, fonts-dejavu and fonts-hanazono: each character is set in the first font that has it.
    /// `#N` after the name of a collection selects its N-th font
    #[arg(long, env = "HOURBOOK_CERTIFICATE_FONT", value_name = "FILE[#N]", value_delimiter = ',')]
    certificate_font: Vec<FontFile>,

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

/// Where Debian puts fonts, the best first: those of Chinese, then those that have letters of other scripts and rare
/// characters. The collections of Noto hold the forms of Japan, Korea, mainland China, Taiwan and Hong Kong, in this
/// order.
const USUAL_FONTS: [(&str, u32); 12] = [
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0),
    ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 2),
    ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", 0),
    ("/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf", 0),
    ("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", 0),
    ("/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf", 0),
    ("/usr/share/fonts/truetype/noto/NotoSansMongolian-Regular.ttf", 0),
    ("/usr/share/fonts/truetype/hanazono/HanaMinA.ttf", 0),
    ("/usr/share/fonts/truetype/hanazono/HanaMinB.ttf", 0),
    ("/usr/share/fonts/opentype/unifont/unifont.otf", 0),
    ("/usr/share/fonts/opentype/unifont/unifont_upper.otf", 0),
];

impl CertificateOptions {
    /// The one address that speaks for others.
    #[must_use]
    pub const fn trusted_proxy(&self) -> Option<IpAddr> {
        self.trusted_proxy
    }

    /// The settings of certificates for the service at this address. Where it is only tried, from this very machine, the
    /// address served is public enough.
    pub fn settings(
        &self,
        address: SocketAddr,
        is_tried_here: bool,
        badge_keys: Option<BadgeKeys>,
    ) -> Result<CertificateSettings, String> {
        let served = || format!("http://{address}").parse().map_err(|error| format!("{address}: {error}"));
        Ok(CertificateSettings {
            public_url: self.public_url.clone().map_or_else(served, Ok)?,
            has_public_address: self.public_url.is_some() || is_tried_here,
            contact: self.certificate_contact.clone(),
            fonts: Arc::new(self.fonts()?),
            badge_keys,
            trusted_proxy: self.trusted_proxy,
        })
    }

    /// The named fonts, which must be fonts, and the usual ones that there are.
    fn fonts(&self) -> Result<Fonts, String> {
        for FontFile { path, index } in &self.certificate_font {
            LoadedFont::read(path, *index)?;
        }
        let named = self.certificate_font.iter().map(|file| (file.path.clone(), file.index));
        let usual = USUAL_FONTS.iter().map(|(path, index)| (PathBuf::from(path), *index));
        let fonts = Fonts::of_files(named.chain(usual.filter(|(path, _)| path.exists())));
        if fonts.is_empty() {
            tracing::warn!("no font for certificates: they are had as JSON and badges, not as PDF");
        }
        Ok(fonts)
    }
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
}
