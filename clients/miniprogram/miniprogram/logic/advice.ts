/** What can be done about a refusal, where its own sentence does not say it. */

import { refused, textOf, type Client, type Code, type ProblemOf } from "@hourbook/client";
import type { Names } from "./names.js";
import { CONDITION } from "./words.js";

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

/** What to tell the person of an error: why, what exactly stands in the way, and what now. */
export async function told(client: Client, names: Names, error: unknown): Promise<string> {
    const problem = refused(error);
    if (problem === null) return textOf(error);
    // A name that cannot be read now is no reason to tell nothing.
    const obstacle = await obstacleOf(client, names, problem).catch(() => "");
    return textOf(error) + obstacle + (ADVICE[problem.code] ?? "");
}

async function obstacleOf(client: Client, names: Names, problem: ProblemOf<Code>): Promise<string> {
    const { code, condition, activity, enrolment } = problem;
    if (condition !== undefined) return `${CONDITION[condition]}。`;
    if (code === "attendance_open" && activity !== undefined) return named(names, activity);
    if (code !== "enrolment_overlaps" || enrolment === undefined) return "";
    return named(names, (await client.get("/v1/enrolments/{id}", { path: { id: enrolment } })).activity);
}

async function named(names: Names, activity: string): Promise<string> {
    return `是“${await names.activity(activity)}”。`;
}
