//! By what way an entry came that was not asked for over the API: who sits at the machine acts in an operator's name
//! without that operator's token, and the journal says so.

use super::choice::choice;
use super::text::Name;
use serde::{Deserialize, Serialize};

choice! {
    /// Ways past the API.
    pub enum Channel {
        /// 命令行: the program's own command line, such as `hourbook import`.
        CommandLine,
    }
}

/// The way, and who took it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    pub channel: Channel,
    /// The account on the machine under which the program ran: its name there, or its number.
    pub user: Name,
}
