//! The figures that the rules depend on, in one place.

use super::time::LocalZone;
use chrono::Duration;

/// What a deployment may set; the defaults are the bureau's.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Whose midnight parts one day from the next.
    pub zone: LocalZone,
    /// How far a record may reach beyond the activity's window on either side.
    pub window_tolerance: Duration,
    /// Most minutes that a unit's own coordinator may bring a person's day to.
    pub unit_daily_minutes: i64,
    /// Most minutes that the parent unit may bring a person's day to; above it the top unit decides.
    pub parent_daily_minutes: i64,
    /// A person's day never reaches this, no matter who approves.
    pub never_daily_minutes: i64,
    /// Most occasions that a person is entered with on a local day, where no points policy says another number.
    pub most_counts_a_day: i64,
    /// Most occasions that a person is entered with at an activity, where no points policy says another number.
    pub most_counts_an_activity: i64,
    /// Working days after an activity's end within which a record counts as timely.
    pub timely_working_days: u32,
    /// Days after which an open transfer expires by itself.
    pub transfer_open_days: i64,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            zone: LocalZone::shanghai(),
            window_tolerance: Duration::minutes(30),
            unit_daily_minutes: 8 * 60,
            parent_daily_minutes: 12 * 60,
            never_daily_minutes: 24 * 60,
            most_counts_a_day: 5,
            most_counts_an_activity: 20,
            timely_working_days: 10,
            transfer_open_days: 30,
        }
    }
}
