//! What the command line asks of a running service over HTTP.

use super::words;
use serde::de::DeserializeOwned;
use std::fs;
use std::path::Path;
use std::time::Duration;
use ureq::tls::{RootCerts, TlsConfig, TlsProvider};

/// A service at an address, and who asks.
pub struct Client {
    agent: ureq::Agent,
    url: String,
    token: Option<String>,
}

/// A request that takes longer has failed.
const PATIENCE: Duration = Duration::from_secs(60);
/// No answer that is asked for here is longer.
const ANSWER_BYTES_MAX: u64 = 256 << 20;

impl Client {
    /// Of the service at `url`, with the token in a file, if one is named. Certificates are judged by the system's list.
    pub fn new(url: &str, token_file: Option<&Path>) -> Result<Self, String> {
        let read =
            |file: &Path| fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()));
        let token = token_file.map(read).transpose()?.map(|token| token.trim().to_owned());
        let tls = TlsConfig::builder()
            .provider(TlsProvider::NativeTls)
            .root_certs(RootCerts::PlatformVerifier)
            .build();
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(PATIENCE))
            .tls_config(tls)
            .build();
        Ok(Self { agent: config.into(), url: url.trim_end_matches('/').to_owned(), token })
    }

    /// The text at a path.
    pub fn text(&self, path: &str) -> Result<String, String> {
        self.text_if_there(path)?
    }

    /// The text at a path; inside it why it is refused, where that is the question's fault.
    fn text_if_there(&self, path: &str) -> Result<Result<String, String>, String> {
        let url = format!("{}{path}", self.url);
        let failed = |why: String| format!("{url}: {why}");
        let mut request = self.agent.get(&url);
        if let Some(token) = &self.token {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        let mut answer = request.call().map_err(|error| failed(words(error)))?;
        let text = answer.body_mut().with_config().limit(ANSWER_BYTES_MAX).read_to_string();
        let text = text.map_err(|error| failed(words(error)))?;
        let refused = || failed(format!("answered {}: {}", answer.status(), text.trim()));
        match answer.status().as_u16() {
            200 => Ok(Ok(text)),
            400 | 404 => Ok(Err(refused())),
            _ => Err(refused()),
        }
    }

    /// What the JSON at a path says.
    pub fn json<T: DeserializeOwned>(&self, path: &str) -> Result<T, String> {
        let text = self.text(path)?;
        self.read(path, &text)
    }

    /// The same; nothing where there is no such thing.
    pub fn json_if_there<T: DeserializeOwned>(&self, path: &str) -> Result<Option<T>, String> {
        self.text_if_there(path)?.ok().map(|text| self.read(path, &text)).transpose()
    }

    fn read<T: DeserializeOwned>(&self, path: &str, text: &str) -> Result<T, String> {
        serde_json::from_str(text).map_err(|error| format!("{}{path}: {error}", self.url))
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("url", &self.url).finish_non_exhaustive()
    }
}
