//! What each code says in Chinese (中文), for who is shown it.
//!
//! What stands in brackets is told of one very request only: `{member}` is a member of the problem.

use serde_json::Value;

/// Each code's text. A code without one does not pass the test below.
const TEXTS: &[(&str, &str)] = &[
    ("malformed_json", "请求内容不是 UTF-8 编码的 JSON。"),
    ("body_unreadable", "请求内容没有传完。"),
    ("invalid_parameter", "查询参数的值不对、参数不存在或者重复。"),
    ("invalid_cursor", "翻页标记不是本列表给出的。"),
    ("idempotency_key_invalid", "Idempotency-Key 应为 1 至 255 个可见的 ASCII 字符。"),
    ("if_match_invalid", "If-Match 应为本服务给出的一个版本标记，或者 *。"),
    ("unauthenticated", "请先登录。"),
    ("token_invalid", "登录凭证无效，请重新登录。"),
    ("token_expired", "登录已过期，请刷新或重新登录。"),
    ("token_ended", "此前的访问令牌已全部失效，请重新登录。"),
    ("login_failed", "登录名或密码不对。"),
    ("activation_invalid", "志愿者编号或激活码不对，或者激活码已失效。"),
    ("rating_not_found", "没有这条评价。"),
    ("rating_without_service", "在这项活动中没有有效的服务记录，不能评价。"),
    ("rating_too_late", "评价须在活动结束后 30 天内作出。"),
    ("rating_repeated", "已经评价过[，见 {rating}]。"),
    ("rating_of_own", "不能评价自己的服务。"),
    ("message_not_found", "您没有这条消息。"),
    ("wechat_code_invalid", "微信登录凭证无效、已过期或已使用，请重新获取。"),
    ("wechat_user_blocked", "该微信用户已被微信限制。"),
    ("wechat_too_often", "微信提示操作过于频繁，请一分钟后再试。"),
    ("wechat_unavailable", "微信暂时没有正常回答，请稍后重新登录。"),
    ("opportunities_not_public", "招募信息仅对已登录用户开放。"),
    ("ticket_invalid", "登录凭条无效或已过期，请重新登录。"),
    ("application_not_found", "没有这个注册申请。"),
    ("application_open", "已有一个注册申请在等待处理。"),
    ("application_not_open", "该注册申请已处理、已撤回或者已过期。"),
    ("document_differs", "所核对的证件与申请时填写的不一致。"),
    ("age_below_minimum", "申请注册须年满 10 周岁。"),
    ("binding_not_found", "没有这个绑定。"),
    ("binding_taken", "该微信身份已绑定，请重新登录。"),
    ("binding_refused", "不能以此绑定，请向单位索取激活码。"),
    ("too_many_bindings", "绑定的数量已达上限，请先解除一个。"),
    ("session_not_found", "没有这个会话。"),
    ("filter_not_for_auditors", "审计人员不能按姓名或手机号码查找人员。"),
    ("refresh_token_invalid", "登录已失效，请重新登录。"),
    ("route_not_found", "没有这个地址。"),
    ("entry_not_found", "账本中没有这一条。"),
    ("checkpoint_not_found", "含有这一条的账本还没有签名，请几秒后再试。"),
    ("certificate_erased", "登记已注销，证明的内容已删除。"),
    ("finding_not_found", "在这个单位和这些日期内没有这条异常线索。"),
    ("method_not_allowed", "这个地址不支持该方法，支持的方法见 Allow。"),
    ("not_acceptable", "没有您要求的格式。"),
    ("body_too_large", "请求内容太大[，最多 {limit_bytes} 字节]。"),
    ("unsupported_media_type", "请求内容应为 application/json，不压缩。"),
    ("unknown_field", "请求中有不认识的字段。"),
    ("missing_field", "请求中缺少字段。"),
    ("invalid_field", "字段的类型或值不对。"),
    ("too_many_records", "涉及的记录太多，请缩小单位或日期的范围。"),
    ("idempotency_key_reused", "这个 Idempotency-Key 已用于另一个请求。"),
    ("precondition_required", "缺少 If-Match：请给出所读到的版本标记，或者 *。"),
    ("too_many_requests", "请求太频繁，请稍后再试。"),
    ("certificate_font_missing", "本服务没有中文字体，不能生成 PDF。"),
    ("certificate_glyph_missing", "本服务的字体中没有证明所需的某些字，不能生成 PDF。"),
    ("badge_key_missing", "本服务没有签发徽章的密钥。"),
    ("busy", "正在处理的变更或导出太多，请稍后再试。"),
    ("journal_in_doubt", "账本与签名不符，需要管理人员检查。"),
    ("unavailable", "服务暂时不能回答，请稍后再试。"),
    ("not_ready", "服务的一部分没有正常工作：磁盘已满、数据库损坏，或者某个部分已停止。"),
    ("internal", "服务出错，原因已记入日志。"),
    ("not_permitted", "您的角色不能这样做。"),
    ("outside_unit", "这属于您不负责的单位。"),
    ("actor_disabled", "账号已停用，或者登记已注销。"),
    ("version_stale", "在您读取之后已被修改[，现在的版本是 {current_version}]。"),
    ("entry_too_long", "一次涉及的内容太多，请分几次进行。"),
    ("scheme_already_replaced", "您读到的版本已被[第 {entry} 条的]新版本取代，请重新读取。"),
    ("nothing_due", "还没有到期的事项。"),
    ("guardian_consent_missing", "未满 18 周岁须有监护人同意。"),
    ("separate_consent_missing", "未满 14 周岁，处理个人信息须有监护人的单独同意。"),
    ("registration_dates_invalid", "同意日期或出生日期在将来。"),
    ("unit_not_found", "没有这个单位。"),
    ("unit_kind_not_below", "单位应比上级低一类，依次为局、科室、学校、队。"),
    ("unit_code_taken", "这个单位代码已被使用。"),
    ("volunteer_not_found", "没有这名志愿者。"),
    ("person_stale", "个人信息刚刚被修改，请重试。"),
    ("identity_unavailable", "这个证件不能在这里登记，原因请问上级单位。"),
    ("identity_taken", "这个证件已经登记。"),
    (
        "person_may_be_registered",
        "已有姓名、出生日期和手机号都相同的人登记；确是另一个人的，请写明 another_person 和原因。",
    ),
    ("volunteer_closed", "志愿者的登记已注销。"),
    ("volunteer_merged", "这个编号已并入同一人较早的编号[：{into}]，请使用那个编号。"),
    ("merge_not_found", "没有这个合并申请。"),
    ("merge_into_later", "只能并入较早的编号。"),
    ("merge_unsettled", "较晚的编号还有待审的记录或更正申请，请先处理。"),
    ("merge_not_pending", "合并已完成或已拒绝。"),
    ("merge_expired", "合并 30 天内无人确认，请重新申请。"),
    ("merge_of_own", "应由申请人以外的人确认；本人不能合并自己的编号。"),
    ("volunteer_inactive", "志愿者已停用，不能获得或使用时长和积分。"),
    ("volunteer_not_inactive", "志愿者没有停用，也没有人申请注销。"),
    (
        "closing_strands",
        "注销会丢失积分或待审记录[（{points} 积分、{pending_records} 条记录）]，请先处理，或者写明放弃这些。",
    ),
    ("closing_too_soon", "单位办理的注销需要另一个人确认，或者等三天[，到 {ends_at}]。"),
    ("volunteer_has_open_transfer", "志愿者有未完成的关系转接。"),
    ("volunteer_has_open_redemptions", "志愿者有未完成的兑换。"),
    ("programme_not_found", "没有这个项目。"),
    ("programme_closed", "项目已结束。"),
    ("activity_not_found", "没有这个活动。"),
    ("activity_cancelled", "活动已取消。"),
    ("activity_has_records", "活动已有服务记录。"),
    ("activity_outside_programme", "活动的单位应为项目的单位或其下级。"),
    ("window_invalid", "活动的结束应晚于开始，最长 366 天。"),
    ("record_not_found", "没有这条服务记录。"),
    ("end_not_after_start", "结束时间须晚于开始时间。"),
    ("service_in_future", "服务时间在将来。"),
    ("outside_window", "服务时间不在活动时间之内。"),
    ("breaks_invalid", "休息时间不在服务之内、互相重叠或顺序不对。"),
    ("no_minutes", "服务不足一分钟。"),
    ("record_overlaps", "同一时间此人已在别处服务[：记录 {record}]。"),
    ("evidence_not_permitted", "您不能使用这种记录方式。"),
    ("evidence_not_seen", "扫码和定位只由系统记录：请填负责人确认、导入或补录。"),
    ("evidence_not_on_the_spot", "现场记录应在服务结束后规定的时间[（{hours} 小时）]内录入，之后属于补录。"),
    ("reason_missing", "补录和超过期限的录入需要写明原因。"),
    ("count_missing", "这个活动按次计算，请填 1 至 1000 的次数。"),
    ("count_cap_reached", "次数超过上限[：最多 {most} 次]。"),
    ("count_unexpected", "这个活动按时长计算，不填次数。"),
    ("record_not_submitted", "记录不在待审状态。"),
    ("withdrawal_by_another", "只有录入人可以撤回，其他人可以退回。"),
    ("record_not_credited", "记录没有认定。"),
    ("approval_of_own_hours", "不能认定自己的时长。"),
    ("approval_of_own_backfill", "补录不能由录入人认定。"),
    ("second_person_needed", "录入人不能自己认定，需要另一个人；没有超期的也可由志愿者本人确认。"),
    ("confirmation_of_own_entry", "志愿者自己录入的，不需要再确认。"),
    ("record_confirmed_before", "志愿者已经确认过。"),
    ("approval_needs_parent_unit", "一天超过 8 小时，应由上级单位认定。"),
    ("approval_needs_top_unit", "一天超过 12 小时，应由最上级单位认定。"),
    ("approval_of_long_day", "一天超过 8 小时，应由录入人以外的人认定。"),
    ("daily_cap_reached", "一个人一天不能达到 24 小时。"),
    ("deductions_invalid", "扣除后至少应剩一分钟。"),
    ("record_not_live", "记录不是待审或已认定的，没有可更正的内容。"),
    ("transfer_not_found", "没有这个关系转接。"),
    ("transfer_to_same_unit", "志愿者已在这个单位。"),
    ("transfer_already_open", "志愿者已有未完成的关系转接。"),
    ("transfer_consent_missing", "单位提出的转接，需要志愿者同意，或者写明书面同意。"),
    ("transfer_needs_second_person", "凭书面同意转出，应由提出人以外的人办理。"),
    ("transfer_outdated", "志愿者所在的单位已与提出转接时不同。"),
    ("transfer_state_wrong", "转接现在的状态不能进行这一步。"),
    ("transfer_expired", "转接已过期。"),
    ("policy_not_found", "没有这个版本的积分规则。"),
    ("policy_in_past", "积分规则最早从今天起生效。"),
    ("policy_validity_over", "积分的有效期已过，或者早于规则生效之日。"),
    ("policy_terms_invalid", "每小时最多 1000 分，每次最多 10000 分，系数最大 100，有效期 1 至 1200 个月。"),
    ("reward_not_found", "没有这个礼品。"),
    ("reward_withdrawn", "礼品已下架。"),
    ("reward_out_of_stock", "礼品已兑完。"),
    ("reward_not_offered", "礼品只提供给本单位及下级单位的人。"),
    ("stock_too_large", "库存超过上限。"),
    ("redemption_not_found", "没有这个兑换。"),
    ("points_insufficient", "积分不足[，可用 {available} 分]。"),
    ("points_scattered", "需要同时使用太多条记录的积分。"),
    ("points_owed", "因撤销的服务还欠积分[：{debt} 分]。"),
    ("redemption_not_held", "兑换已经结束。"),
    ("redemption_expired", "兑换已过期。"),
    ("fulfilment_by_placer", "礼品应由下单人和领取人以外的人核销。"),
    ("pickup_code_wrong", "取货码不对。"),
    ("operator_not_found", "没有这个操作员。"),
    ("login_taken", "这个登录名已被使用。"),
    ("operator_unit_invalid", "协调员和审计员需要单位，管理员没有单位。"),
    ("operator_person_invalid", "操作员应关联一名志愿者或写明证件，二者取一。"),
    ("own_access", "不能修改或停用自己的权限。"),
    ("operator_disabled", "该账号已停用。"),
    ("operator_not_disabled", "该账号没有停用。"),
    ("password_wrong", "原密码不正确，或尚未设置密码：请索取一次性验证码。"),
    ("reset_code_invalid", "登录名或一次性验证码不正确，或验证码已过期、已使用。"),
    ("lot_not_found", "没有这批积分。"),
    ("certificate_not_found", "没有这份证明，或者不是这名志愿者的。"),
    ("certificate_period_invalid", "期间的结束不能早于开始，也不能在将来。"),
    ("certificate_empty", "这段期间没有认定的时长，不能开具证明。"),
    ("certificate_stale", "开具期间个人信息或时长有变动，请重试。"),
    ("certificate_superseded", "证明已被另一份取代[：{certificate}]。"),
    ("certificate_revoked", "证明已撤销。"),
    ("objection_open", "对这条记录的异议还没有处理。"),
    ("objection_repeated", "每人对一条记录只能提一次异议。"),
    ("objection_not_found", "没有这个异议。"),
    ("objection_not_open", "异议已处理。"),
    ("resolution_by_recorder", "录入人不能处理对该记录的异议。"),
    ("resolution_by_objector", "不能处理自己提出的异议。"),
    ("correction_not_found", "没有这个更正申请。"),
    ("correction_already_open", "同一事项已有未处理的更正申请。"),
    ("activity_has_present", "活动现场还有人未签退。"),
    ("activity_is_draft", "活动尚未发布。"),
    ("activity_published", "活动已经发布过。"),
    ("recruitment_incomplete", "招募信息不完整：请写明地点、内容、风险、保障措施和联系方式。"),
    ("recruitment_personal", "招募信息长期公开，不得包含个人的手机号码或证件号码。"),
    ("enrolment_times_invalid", "报名开始应早于报名截止，报名截止和退出期限应不晚于活动结束。"),
    ("fence_invalid", "签到范围的半径为 100 至 5000 米；设有签到范围才可以只凭定位签到。"),
    ("position_not_found", "没有这个岗位。"),
    ("positions_too_many", "一个活动最多 100 个岗位。"),
    ("position_terms_invalid", "岗位的人数、年龄、星级或单位超出范围。"),
    ("activity_over", "活动已经结束。"),
    ("nobody_to_promote", "没有可以递补的人。"),
    ("enrolment_not_found", "没有这条报名。"),
    ("enrolment_not_open", "报名尚未开始[，{ends_at} 开始]。"),
    ("enrolment_closed", "报名已截止。"),
    ("places_full", "名额已满。"),
    ("already_enrolled", "已经报名了这个活动。"),
    ("enrolment_overlaps", "同一时间已有另一个活动的名额。"),
    ("conditions_not_met", "不符合岗位的条件。"),
    ("enrolment_consent_missing", "代他人报名，请写明本人或监护人如何同意。"),
    ("enrolment_status_wrong", "报名的状态不允许这样做[，现在是 {current_status}]。"),
    ("withdrawal_too_late", "活动已经开始，不能再退出。"),
    ("offer_over", "递补名额的答复期限已过。"),
    ("offer_not_over", "递补名额还在答复期限内。"),
    ("absence_too_early", "活动还没有结束。"),
    ("enrolment_of_own", "不能处理本人的报名。"),
    ("absence_contested_before", "已经对缺席提出过申诉。"),
    ("attendance_not_found", "没有这条签到。"),
    ("check_code_wrong", "这不是可用的签到码。"),
    ("check_code_expired", "签到码已失效，请扫描现在显示的码。"),
    ("check_code_of_other_direction", "签到与签退的码用反了。"),
    ("check_in_too_early", "还没有开始签到[，{ends_at} 开始]。"),
    ("attendance_over", "活动已结束，不能再签到或签退，请联系负责人补全。"),
    ("attendance_open", "在另一个活动签到后还没有签退。"),
    ("attendance_not_open", "没有在这个活动签到。"),
    ("not_enrolled", "没有这个活动的名额，请现场联系负责人。"),
    ("checked_in_too_often", "同一活动每天最多签到三次。"),
    ("position_needed", "这个活动签到需要定位；也可以向负责人出示本人的签到码。"),
    ("outside_fence", "当前位置不在活动地点范围内。"),
    ("position_too_coarse", "定位误差超过 100 米，请到开阔处重试。"),
    ("position_not_enough", "这个活动不能只凭定位签到，请扫描签到码。"),
    ("attendance_of_own", "不能处理本人的签到。"),
    ("attendance_not_unfinished", "只有未签退的签到才需要补全。"),
    ("completion_invalid", "结束时间应晚于签到，并且不晚于活动结束。"),
    ("completion_too_late", "超过十个工作日，不能再补全。"),
    ("attendance_not_over", "还可以签退。"),
    ("volunteer_is_present", "志愿者在活动现场，还没有签退。"),
    ("pledges_too_many", "每名志愿者最多同时有 20 个未结束的承诺，请先结束一个。"),
    ("objections_too_many", "每名志愿者最多同时有 20 个未处理的异议。"),
    ("redemptions_too_many", "每名志愿者最多同时有 20 个待领取的兑换。"),
    ("claims_too_many", "每名志愿者最多同时有 50 条待认定的自报记录。"),
    ("corrections_too_many", "每名志愿者最多同时有 20 个未处理的更正申请。"),
    ("correction_not_open", "更正申请已处理。"),
    ("correction_of_own", "不能处理自己提出的更正申请。"),
    ("correction_not_done", "更正还没有做：请先补记缺少的，或者退回、撤销错误的。"),
    ("correction_record_unfit", "记录与更正申请不符：应为本人的，缺少的记录还应是那个活动和时间的。"),
    ("star_scheme_not_found", "没有这个版本的星级办法，或者当日没有有效的版本。"),
    ("star_scheme_in_past", "星级办法最早从今天起生效。"),
    ("star_terms_invalid", "应有一至十个递增的星级标准，并至少有一种计入的记录方式。"),
    ("assessment_scheme_not_found", "没有这个版本的考核办法。"),
    ("assessment_terms_invalid", "指标代码不能重复，权重应大于 0，最大 1000。"),
    ("pledge_not_found", "没有这个承诺。"),
    ("pledge_due_in_past", "承诺的期限最早是今天。"),
    ("pledge_ended", "承诺已结束。"),
    ("pledge_record_of_another", "践诺应使用本人的服务记录。"),
    ("pledge_record_named", "这条记录已用于该承诺。"),
    ("pledge_records_full", "一个承诺最多用 20 条记录。"),
    ("model_post_not_found", "没有这个示范岗。"),
    ("model_post_holder_elsewhere", "示范岗的获得者应属于该单位或其下级。"),
    ("model_post_ended", "示范岗已结束。"),
    ("model_post_dates_invalid", "示范岗的结束不能早于开始。"),
    ("access_not_found", "没有这次查阅。"),
    ("training_not_found", "没有这次培训。"),
    ("training_dates_invalid", "培训的结束不能早于开始，也不能在将来。"),
    ("training_minutes_invalid", "培训至少一分钟，最多为这些天的全部时间。"),
    ("training_of_own", "不能录入、修改或撤销自己的培训。"),
    ("training_voided", "培训已撤销。"),
    ("honour_not_found", "没有这项表彰。"),
    ("honour_in_future", "表彰的日期不能晚于今天。"),
    ("honour_of_own", "不能录入、修改或撤销自己的表彰。"),
    ("honour_voided", "表彰已撤销。"),
    ("identity_change_not_found", "没有这个身份变更。"),
    ("identity_unchanged", "所填内容与现有的相同。"),
    ("identity_change_open", "已有一个身份变更等待第二人确认。"),
    ("identity_change_not_pending", "身份变更已完成或已拒绝。"),
    ("identity_change_expired", "身份变更 30 天内无人确认，请重新申请。"),
    ("identity_change_of_own", "应由申请人以外的人确认；本人不能确认自己的身份。"),
    ("calendar_day_twice", "同一天在列表中出现两次。"),
    ("calendar_unchanged", "工作日历没有变化。"),
    ("notice_shorter_than_above", "公示期不能短于上级单位的要求[：{working_days} 个工作日]。"),
    ("notice_running", "记录正在公示[，到 {ends_at} 为止]。"),
    ("notice_not_running", "记录不在公示期内。"),
    ("crediting_policy_from_above", "认定规则由上级单位设定，最上级单位的由管理员设定。"),
    ("finding_dismissed", "这条异常线索已处理。"),
];

/// What a code means, the same for each occurrence.
pub(super) fn title(code: &str) -> String {
    detail(code, &Value::Null)
}

/// What a code says of a problem with these members.
pub(super) fn detail(code: &str, members: &Value) -> String {
    let text = TEXTS.iter().find(|(known, _)| *known == code).map_or("", |(_, text)| *text);
    let pieces = text.split(['[', ']']).enumerate();
    pieces
        .map(
            |(at, piece)| {
                if at % 2 == 0 { piece.to_owned() } else { filled(piece, members).unwrap_or_default() }
            },
        )
        .collect()
}

/// A piece with its members; none where one of them is not there.
fn filled(piece: &str, members: &Value) -> Option<String> {
    let parts = piece.split(['{', '}']).enumerate();
    parts
        .map(|(at, part)| if at % 2 == 0 { Some(part.to_owned()) } else { shown(members.get(part)?) })
        .collect()
}

fn shown(member: &Value) -> Option<String> {
    match member {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::problem::codes;
    use std::collections::BTreeSet;

    #[test]
    fn each_code_has_one_text_and_no_text_is_for_nothing() {
        let codes: Vec<&str> = codes().map(|(code, ..)| code).collect();
        let told: Vec<&str> = TEXTS.iter().map(|(code, _)| *code).collect();
        let missing: Vec<&&str> = codes.iter().filter(|code| !told.contains(code)).collect();
        let idle: Vec<&&str> = told.iter().filter(|code| !codes.contains(code)).collect();
        assert!(missing.is_empty(), "these codes say nothing in Chinese: {missing:?}");
        assert!(idle.is_empty(), "these texts are for no code: {idle:?}");
        assert_eq!(told.iter().collect::<BTreeSet<_>>().len(), told.len(), "a code has two texts");
    }

    #[test]
    fn what_one_request_is_told_has_its_members() {
        let members = serde_json::json!({"available": "2.50"});
        assert_eq!(detail("points_insufficient", &members), "积分不足，可用 2.50 分。");
        assert_eq!(title("points_insufficient"), "积分不足。");
        assert_eq!(detail("busy", &members), title("busy"));
    }

    #[test]
    fn each_text_is_a_sentence_in_chinese() {
        for (code, text) in TEXTS {
            let has_chinese = text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
            assert!(has_chinese && text.ends_with('。'), "{code}: {text}");
            assert!(!title(code).contains(['[', '{']), "{code}: {text}");
        }
    }
}
