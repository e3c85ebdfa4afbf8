//! What rules refuse, in Chinese: those that a row of a file can meet. What is not among them is told in English.

use crate::domain::{Rejection, record};

/// A refusal in words.
pub fn words_of(rejection: &Rejection) -> String {
    if let Rejection::Record(record::Refusal::RecordOverlaps { record }) = rejection {
        return format!("该志愿者同一时间已在别处服务：记录 {record}");
    }
    let words = WORDS.iter().find(|(code, _)| *code == rejection.code());
    words.map_or_else(|| rejection.to_string(), |(_, words)| (*words).to_owned())
}

const WORDS: [(&str, &str); 34] = [
    ("not_permitted", "您的角色不允许此操作"),
    ("outside_unit", "不属于您负责的单位"),
    ("actor_disabled", "您的账号已停用"),
    ("unit_not_found", "没有这个单位"),
    ("identity_taken", "该证件已有志愿者注册"),
    ("identity_unavailable", "该证件不能在此注册：请询问上级单位"),
    ("person_may_be_registered", "已有姓名、出生日期和手机号都相同的志愿者"),
    ("guardian_consent_missing", "未满 18 周岁须有监护人同意"),
    ("separate_consent_missing", "未满 14 周岁须有监护人的单独同意"),
    ("registration_dates_invalid", "出生日期和同意时间不能晚于现在"),
    ("volunteer_not_found", "没有这位志愿者"),
    ("volunteer_closed", "该志愿者已注销"),
    ("volunteer_inactive", "该志愿者已停用"),
    ("activity_not_found", "没有这个活动"),
    ("activity_cancelled", "该活动已取消"),
    ("end_not_after_start", "结束时间须晚于开始时间"),
    ("service_in_future", "服务尚未结束"),
    ("outside_window", "服务时间不在活动时间之内"),
    ("no_minutes", "服务不足一整分钟"),
    ("evidence_not_permitted", "您不能给出这种记录方式"),
    ("evidence_not_seen", "扫码和定位只由系统记录：请填负责人确认、导入或补录"),
    ("evidence_not_on_the_spot", "负责人确认须在服务结束后及时录入：逾期请填补录"),
    ("reason_missing", "逾期录入和补录须填原因"),
    ("count_missing", "该活动按次数计：请填 1 到 1000 的次数"),
    ("count_unexpected", "该活动按时长计，不填次数"),
    ("count_cap_reached", "该志愿者的次数已达上限"),
    ("approval_of_own_hours", "不能给自己入账"),
    ("approval_of_own_backfill", "不能给自己提交的补录入账"),
    ("second_person_needed", "录入人不能自己入账：须由另一人入账，或由志愿者本人确认"),
    ("approval_needs_parent_unit", "当日超过 8 小时：须由上级单位入账"),
    ("approval_needs_top_unit", "当日超过 12 小时：须由最上级单位入账"),
    ("approval_of_long_day", "当日超过 8 小时：须由录入人以外的人入账"),
    ("daily_cap_reached", "一天不可能服务 24 小时"),
    ("notice_running", "公示尚未期满"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_is_one_of_the_rules() {
        for (code, words) in WORDS {
            assert!(Rejection::codes().any(|known| known.code == code), "{code}");
            assert!(!words.is_ascii(), "{code}");
        }
    }
}
