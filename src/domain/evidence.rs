//! Evidence (记录方式): how it is known that somebody served.

use serde::{Deserialize, Serialize};

/// How well a record is evidenced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// The volunteer's own check-in and check-out (扫码).
    Scan,
    /// Check-in by position (定位).
    Geo,
    /// Confirmed on the spot by the person in charge (负责人确认).
    Leader,
    /// Taken over from another system (导入).
    Import,
    /// Entered later (补录).
    Backfill,
}

impl Evidence {
    /// Every grade, best evidenced first.
    pub const ALL: [Self; 5] = [Self::Scan, Self::Geo, Self::Leader, Self::Import, Self::Backfill];

    /// The name on the wire and in the store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Scan => "scan",
            Self::Geo => "geo",
            Self::Leader => "leader",
            Self::Import => "import",
            Self::Backfill => "backfill",
        }
    }
}
