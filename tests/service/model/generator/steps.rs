//! Commands on the statutory steps: the calendar.

use super::{Asked, Generator, Sight};
use hourbook::domain::Command;
use hourbook::domain::calendar::{DayKind, MarkDays, MarkedDay};

impl Generator {
    /// Some days around now; now and then one twice.
    pub(super) fn mark_days(&mut self, sight: Sight) -> Asked {
        let count = self.random.between(1..=5);
        let mark = |generator: &mut Self| MarkedDay {
            day: generator.day(sight, -20, 40),
            kind: if generator.random.percent(60) { DayKind::Rest } else { DayKind::Working },
        };
        let days = (0..count).map(|_| mark(self)).collect();
        (self.admin(sight), Command::MarkDays(MarkDays { days }))
    }
}
