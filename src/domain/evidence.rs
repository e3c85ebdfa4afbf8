//! Evidence (记录方式): how it is known that somebody served.

use serde::{Deserialize, Serialize};

/// How it is known that somebody served (记录方式), the best evidence first.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::Display,
    strum::EnumMessage,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum Evidence {
    /// The volunteer checked in and out by scanning (扫码).
    Scan,
    /// The volunteer checked in by position (定位).
    Geo,
    /// Confirmed on site by the person in charge (负责人确认).
    Leader,
    /// Taken over from another system (导入).
    Import,
    /// Entered later (补录).
    Backfill,
}
