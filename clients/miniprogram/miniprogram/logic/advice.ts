/** What can be done about a refusal, where its own sentence does not say it. */

import { refused, textOf, type Code } from "@hourbook/client";

const ADVICE: Partial<Record<Code, string>> = {
    activity_cancelled: "可以找别的活动。",
    application_open: "请等单位核对；要改资料，先撤回再申请。",
    attendance_not_open: "请先扫签到码；没有签上的，请找现场负责人。",
    attendance_open: "请先在那里签退；人已经走了的，请联系那里的负责人。",
    check_code_of_other_direction: "到的时候扫签到码，走的时候扫签退码。",
    check_code_wrong: "请扫现场正在显示的码。",
    check_in_too_early: "活动开始前 30 分钟起可以签到。",
    checked_in_too_often: "请联系现场负责人。",
    conditions_not_met: "可以看看其他岗位，或者找别的活动。",
    enrolment_closed: "可以联系活动负责人，或者找别的活动。",
    enrolment_not_open: "请到报名开始的时间再来。",
    enrolment_overlaps: "先退出那一个，才能报这一个。",
    offer_over: "可以重新排队。",
    outside_fence: "请走近一些再试，或者请负责人扫您的签到码。",
    places_full: "可以排队等空位。",
    position_too_coarse: "也可以请负责人扫您的签到码。",
    wechat_unavailable: "也可以用单位给的激活码登录。",
    wechat_user_blocked: "可以用单位给的激活码登录。",
    withdrawal_too_late: "来不了的，请打电话告诉负责人。",
};

/** What to tell the person of an error: why, and what now. */
export function told(error: unknown): string {
    const problem = refused(error);
    return textOf(error) + ((problem && ADVICE[problem.code]) ?? "");
}
