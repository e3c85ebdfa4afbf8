//! Evidence (记录方式): how it is known that somebody served.

use super::choice::choice;

choice! {
    /// How it is known that somebody served (记录方式), the best evidence first.
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
}
