//! What people read over the columns of a table. Rows are told apart by the English names everywhere else.

use crate::api::language::Language;

impl Language {
    /// What stands over a column of this name.
    #[must_use]
    pub fn heading(self, column: &str) -> &str {
        match self {
            Self::English => column,
            Self::Chinese => chinese(column).unwrap_or(column),
        }
    }
}

/// A column's name in Chinese, where it has one.
fn chinese(column: &str) -> Option<&'static str> {
    CHINESE.iter().find(|(english, _)| *english == column).map(|(_, chinese)| *chinese)
}

/// Where a file that we take in has such a column, the name is one by which it is known there.
const CHINESE: [(&str, &str); 68] = [
    ("id", "编号"),
    ("unit", "单位编号"),
    ("unit_code", "单位代码"),
    ("unit_name", "单位名称"),
    ("programme", "项目编号"),
    ("programme_name", "项目名称"),
    ("activity", "活动编号"),
    ("activity_name", "活动名称"),
    ("volunteer", "志愿者标识"),
    ("volunteer_number", "志愿者编号"),
    ("service_date", "服务日期"),
    ("start", "开始时间"),
    ("end", "结束时间"),
    ("evidence", "记录方式"),
    ("status", "状态"),
    ("claimed_minutes", "申报时长（分钟）"),
    ("credited_minutes", "入账时长（分钟）"),
    ("count", "次数"),
    ("late", "是否逾期"),
    ("submitted_by", "提交人"),
    ("submitted_at", "提交时间"),
    ("decided_by", "审核人"),
    ("decided_at", "审核时间"),
    ("credited_entry", "入账分录"),
    ("voided_by", "作废人"),
    ("voided_at", "作废时间"),
    ("voided_entry", "作废分录"),
    ("seq", "序号"),
    ("line", "行号"),
    ("kind", "类别"),
    ("recorded_at", "记账时间"),
    ("effective_date", "生效日期"),
    ("reverses", "冲正分录"),
    ("asset", "资产"),
    ("account", "账户"),
    ("grade", "记录方式"),
    ("amount", "金额"),
    ("account_balance", "账户余额"),
    ("asset_balance", "资产余额"),
    ("actor", "操作者"),
    ("event", "事件"),
    ("postings", "过账"),
    ("hash", "哈希"),
    ("month", "月份"),
    ("occasions", "计次"),
    ("records", "记录数"),
    ("volunteers", "志愿者人数"),
    ("self_declared", "自报签到"),
    ("claimed", "自报"),
    ("issued", "发放积分"),
    ("available", "可用积分"),
    ("held", "占用积分"),
    ("redeemed", "兑换积分"),
    ("expired", "过期积分"),
    ("debt", "欠分"),
    ("transferred_out", "转出积分"),
    ("rank", "名次"),
    ("unit_score", "单位得分"),
    ("out_of", "满分"),
    ("indicator", "指标"),
    ("value", "数值"),
    ("numerator", "分子"),
    ("denominator", "分母"),
    ("comparison", "比较方式"),
    ("threshold", "阈值"),
    ("holds", "是否达标"),
    ("weight", "权重"),
    ("score", "得分"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn one_chinese_name_is_one_column() {
        let mut columns = BTreeMap::new();
        for (english, chinese) in CHINESE {
            let before = columns.insert(chinese, english).unwrap_or("grade");
            // The journal's old name of evidence; no table has both.
            assert!(before == "grade" || before == "evidence", "{chinese}: {before} and {english}");
        }
    }
}
