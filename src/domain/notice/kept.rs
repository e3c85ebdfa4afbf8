//! Policies of public notice as kept answers hold them: stored for ever, and apart from the rows that rules work with.

use super::{NoticeDays, NoticePolicy};
use crate::domain::ids::{Seq, UnitId};
use crate::domain::noun::kept;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(remote = "NoticePolicy")]
struct KeptNoticePolicy {
    unit: UnitId,
    working_days: Option<NoticeDays>,
    version: Seq,
}
kept!(NoticePolicy as KeptNoticePolicy);
