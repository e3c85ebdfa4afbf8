//! WeChat (微信): who somebody is in an app of ours, which mobile they have, what they are told there.
//!
//! - [`apps`]: the apps of a deployment, each with its secret, and where WeChat is.
//! - [`error`]: why WeChat did not do what it was asked. It answers HTTP 200 when it refuses, too: only its `errcode` counts.
//! - [`calls`]: each call, as WeChat's documentation has it. They block, and belong on a thread of their own.
//! - [`client`]: hands calls over to such threads, from where nobody may block.
//! - [`stand_in`]: speaks the same contract on this machine, for the demo and the tests; never within `serve`.

pub mod apps;
pub mod calls;
pub mod client;
pub mod error;
pub mod stand_in;
mod token;

pub use apps::{ApiUrl, App, AppKind, Secret};
pub use calls::{Calls, CodeVersion, MiniProgramCode, SubscribeMessage, Suggestion, WordsScene};
pub use client::Wechat;
pub use error::{NoAnswer, WechatError};
