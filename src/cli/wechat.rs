//! What `serve` is told of WeChat: by which apps volunteers sign in, and where WeChat is.

use super::private_files::warn_of_open_files;
use super::words;
use crate::channels::wechat::{ApiUrl, App, AppKind, Wechat, client};
use crate::domain::binding::AppId;
use crate::engine::Clock;
use clap::Args;
use std::fs;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

/// By which apps volunteers sign in.
#[derive(Args, Clone, Debug)]
pub struct WechatOptions {
    /// WeChat apps by which volunteers sign in, with commas between: mini-program or official-account, the appid, and the
    /// file that holds the app's secret
    #[arg(
        long = "wechat-app",
        env = "HOURBOOK_WECHAT_APPS",
        value_name = "KIND:APPID:FILE",
        value_delimiter = ','
    )]
    apps: Vec<AppInFile>,

    /// Where WeChat is; plain HTTP on this machine only
    #[arg(long = "wechat-api-url", env = "HOURBOOK_WECHAT_API_URL", value_name = "URL", default_value = ApiUrl::WECHAT)]
    url: ApiUrl,

    /// The demo's, whose secrets protect nothing.
    #[arg(skip)]
    apps_at_hand: Vec<App>,
}

impl WechatOptions {
    /// Apps whose secrets are at hand, and a WeChat that knows them.
    pub fn use_instead(&mut self, url: ApiUrl, apps: Vec<App>) {
        *self = Self { apps: Vec::new(), url, apps_at_hand: apps };
    }

    /// Whether any app is named.
    pub const fn is_empty(&self) -> bool {
        self.apps.is_empty()
    }

    /// WeChat's client, with the secrets read.
    pub fn start(&self, clock: Arc<dyn Clock>) -> Result<Wechat, String> {
        warn_of_open_files(&self.apps.iter().map(|app| app.file.clone()).collect::<Vec<_>>());
        let mut apps = self.apps_at_hand.clone();
        for app in &self.apps {
            let app = app.read()?;
            if apps.iter().any(|other| other.id == app.id) {
                return Err(format!("the WeChat app {} is named twice", app.id));
            }
            apps.push(app);
        }
        Wechat::start(self.url.clone(), apps, client::PATIENCE, clock).map_err(words)
    }
}

/// An app, and where its secret is.
#[derive(Clone, Debug, PartialEq, Eq)]
struct AppInFile {
    kind: AppKind,
    id: AppId,
    file: PathBuf,
}

impl AppInFile {
    fn read(&self) -> Result<App, String> {
        let in_file = |error: String| format!("{}: {error}", self.file.display());
        let text = fs::read_to_string(&self.file).map_err(|error| in_file(words(error)))?;
        let secret = text.parse().map_err(|error| in_file(words(error)))?;
        Ok(App { id: self.id.clone(), kind: self.kind, secret })
    }
}

impl FromStr for AppInFile {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut parts = text.splitn(3, ':');
        let mut next = || parts.next().filter(|part| !part.is_empty()).ok_or("expected KIND:APPID:FILE");
        let (kind, id, file) = (next()?, next()?, next()?);
        Ok(Self { kind: kind.parse().map_err(words)?, id: id.parse().map_err(words)?, file: file.into() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_app_is_a_kind_a_name_and_a_file() {
        let app: AppInFile = "mini-program:wx0123456789abcdef:/run/secrets/a:b".parse().unwrap();
        assert_eq!((app.kind, app.id.as_str()), (AppKind::MiniProgram, "wx0123456789abcdef"));
        assert_eq!(app.file, PathBuf::from("/run/secrets/a:b"));
        for wrong in
            ["", "mini-program", "mini-program:wx1", "mini-program::f", "page:wx1:f", "mini-program:w x:f"]
        {
            assert!(wrong.parse::<AppInFile>().is_err(), "{wrong}");
        }
    }
}
