//! How the service saw somebody come or go, and what that is worth (DESIGN 1.4).

use crate::domain::choice::choice;
use crate::domain::evidence::Evidence;
use crate::domain::fence::ClaimedPosition;
use crate::domain::time::Timestamp;

choice! {
    /// How the service saw somebody come or go, the best first.
    pub enum Sighting {
        /// Who is in charge scanned the volunteer's own code.
        LeaderScan,
        /// The volunteer scanned the code that is shown at the place.
        WallCode,
        /// The volunteer's phone said that it is within the fence.
        Position,
        /// Who is in charge called the roll.
        RollCall,
    }
}

impl Sighting {
    /// What it is worth by itself.
    #[must_use]
    pub const fn evidence(self) -> Evidence {
        match self {
            Self::LeaderScan | Self::WallCode => Evidence::Scan,
            Self::Position => Evidence::Geo,
            Self::RollCall => Evidence::Leader,
        }
    }

    /// Whether the volunteer does it alone.
    #[must_use]
    pub const fn is_by_oneself(self) -> bool {
        matches!(self, Self::WallCode | Self::Position)
    }
}

/// What both ends are worth together: the weaker.
#[must_use]
pub fn weaker(came: Sighting, went: Sighting) -> Evidence {
    came.evidence().max(went.evidence())
}

/// What the service saw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    pub by: Sighting,
    /// When, by the service's clock: when it was shown the code, which may have been before somebody signed in.
    pub at: Timestamp,
    /// Where the phone said that it is.
    pub position: Option<ClaimedPosition>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weaker_end_says_what_an_attendance_is_worth() {
        use Sighting::{LeaderScan, Position, RollCall, WallCode};
        for (came, went, evidence) in [
            (LeaderScan, WallCode, Evidence::Scan),
            (WallCode, Position, Evidence::Geo),
            (Position, LeaderScan, Evidence::Geo),
            (RollCall, LeaderScan, Evidence::Leader),
            (Position, RollCall, Evidence::Leader),
        ] {
            assert_eq!(weaker(came, went), evidence, "{came} and {went}");
        }
    }
}
