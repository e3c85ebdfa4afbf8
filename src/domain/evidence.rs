//! Evidence (记录方式): how it is known that somebody served.

use super::actor::Actor;
use super::choice::choice;

choice! {
    /// How it is known that somebody served (记录方式), the best evidence first. The service itself alone makes scan
    /// and geo, of what it saw; where older records say so, somebody said it.
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
        /// The volunteer's own word (自报).
        Claimed,
    }
}

impl Evidence {
    /// Whether it is of a check-in, which nobody but the service sees.
    #[must_use]
    pub const fn is_of_check_in(self) -> bool {
        matches!(self, Self::Scan | Self::Geo)
    }

    /// Whether it is the word of an operator, for which another person has to stand, too.
    #[must_use]
    pub const fn is_of_operator(self) -> bool {
        matches!(self, Self::Leader | Self::Import | Self::Backfill)
    }

    /// Whether the service saw it: a check-in that it recorded itself. All else is somebody's word.
    #[must_use]
    pub fn was_seen(self, submitted_by: Actor) -> bool {
        self.is_of_check_in() && submitted_by == Actor::System
    }

    /// Whether it says a check-in that nobody saw: records of before attendance was the service's own to see.
    #[must_use]
    pub fn is_self_declared(self, submitted_by: Actor) -> bool {
        self.is_of_check_in() && submitted_by != Actor::System
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{OperatorId, Seq};

    #[test]
    fn only_what_the_service_recorded_was_seen() {
        let somebody = Actor::Operator(OperatorId::new(Seq(2)));
        assert!(Evidence::Scan.was_seen(Actor::System) && !Evidence::Scan.was_seen(somebody));
        assert!(Evidence::Geo.is_self_declared(somebody) && !Evidence::Geo.is_self_declared(Actor::System));
        assert!(!Evidence::Leader.was_seen(Actor::System) && !Evidence::Claimed.is_self_declared(somebody));
    }
}
