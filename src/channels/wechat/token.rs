//! The access token of an app: fetched in WeChat's stable mode, kept for as long as it is good.
//!
//! Each process keeps its own: in this mode WeChat gives all who ask the same one. It is never forced.

use super::error::{NoAnswer, WechatError};
use crate::domain::time::Timestamp;
use crate::engine::Clock;
use chrono::Duration;
use serde_json::{Map, Value};
use std::sync::{Mutex, PoisonError};

/// So long before its end another one is fetched: a call takes its time.
const MARGIN_SECONDS: i64 = 30;
/// The longest that WeChat promises one for.
const LONGEST_SECONDS: i64 = 7_200;
/// How long it may be, by WeChat's documentation.
const MOST_BYTES: usize = 512;

/// An app's access token, if one is kept.
#[derive(Default)]
pub(super) struct TokenCache(Mutex<Option<Kept>>);

struct Kept {
    token: String,
    until: Timestamp,
}

impl TokenCache {
    /// The token that is kept, unless it is over or this one, which is good no more; else a new one. Who comes meanwhile
    /// waits for it.
    pub(super) fn get(
        &self,
        clock: &dyn Clock,
        stale: Option<&str>,
        fetch: impl FnOnce() -> Result<Map<String, Value>, WechatError>,
    ) -> Result<String, WechatError> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_good = |kept: &&Kept| clock.now() < kept.until && stale != Some(kept.token.as_str());
        if let Some(good) = kept.as_ref().filter(is_good) {
            return Ok(good.token.clone());
        }
        *kept = None;
        let (token, seconds) = read(&fetch()?).ok_or(NoAnswer::NotWechats)?;
        let until = clock.now().plus(Duration::seconds(seconds - MARGIN_SECONDS));
        *kept = Some(Kept { token: token.clone(), until });
        Ok(token)
    }
}

fn read(answer: &Map<String, Value>) -> Option<(String, i64)> {
    let token = answer.get("access_token")?.as_str()?;
    let seconds = answer.get("expires_in")?.as_i64()?;
    let fits = (1..=MOST_BYTES).contains(&token.len()) && (1..=LONGEST_SECONDS).contains(&seconds);
    fits.then(|| (token.to_owned(), seconds))
}
