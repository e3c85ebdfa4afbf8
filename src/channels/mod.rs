//! What goes out: calls to others' services, which may be slow, wrong or down without harm to the ledger.
//!
//! - [`wechat`]: WeChat's client, on threads of its own, and a stand-in of WeChat for the demo and the tests.

pub mod wechat;
