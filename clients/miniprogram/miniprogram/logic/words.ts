/** What the service's words are called on the screen. The compiler demands each that the contract has. */

import type { Schemas } from "@hourbook/client";

export const EVIDENCE: Record<Schemas["Evidence"], string> = {
    scan: "扫码",
    geo: "定位",
    leader: "负责人确认",
    import: "导入",
    backfill: "补录",
    claimed: "自报",
};

export const RECORD_STATUS: Record<Schemas["RecordStatus"], string> = {
    submitted: "待审",
    credited: "已入账",
    rejected: "已驳回",
    withdrawn: "已撤回",
    voided: "已作废",
};

export const REDEMPTION_STATUS: Record<Schemas["RedemptionStatus"], string> = {
    held: "待领取",
    fulfilled: "已领取",
    cancelled: "已取消",
    expired: "已过期",
};

export const CORRECTION_STATUS: Record<Schemas["CorrectionStatus"], string> = {
    open: "待处理",
    accepted: "已接受",
    declined: "已拒绝",
};

export const CORRECTION_KIND: Record<Schemas["CorrectionKind"], string> = { missing: "漏记", wrong: "记错" };

export const OBJECTION_STATUS: Record<Schemas["ObjectionStatus"], string> = {
    open: "待处理",
    upheld: "成立",
    dismissed: "不成立",
};

export const TRANSFER_STATUS: Record<Schemas["TransferStatus"], string> = {
    proposed: "单位提出，待您同意",
    requested: "待转出",
    released: "待接收",
    accepted: "已完成",
    rejected: "已拒绝",
    cancelled: "已取消",
    expired: "已过期",
};

export const CERTIFICATE_STATE: Record<Schemas["CertificateState"], string> = {
    valid: "有效",
    corrected: "已更正",
    superseded: "已被取代",
    revoked: "已撤销",
};

export const APPLICATION_STATUS: Record<Schemas["ApplicationStatus"], string> = {
    open: "等待单位核对",
    confirmed: "已通过",
    recognised: "已是志愿者",
    declined: "未通过",
    withdrawn: "已撤回",
    lapsed: "已过期，可以重新申请",
};

export const BOUND_BY: Record<Schemas["BoundBy"], string> = {
    mobile: "凭手机号绑定",
    activation: "凭激活码绑定",
    application: "注册时绑定",
};

export const DOCUMENT_KIND: Record<Schemas["DocumentKind"], string> = {
    resident_identity: "居民身份证",
    passport: "护照",
    hong_kong_macao_permit: "港澳居民来往内地通行证",
    taiwan_permit: "台湾居民来往大陆通行证",
    foreign_permanent_resident: "外国人永久居留身份证",
};

export const ENROLMENT_STATUS: Record<Schemas["EnrolmentStatus"], string> = {
    applied: "已申请，等负责人选定",
    waiting: "正在排队",
    offered: "有空位了，等您答复",
    enrolled: "已报名",
    attended: "已参加",
    absent: "缺席",
    excused: "缺席（已免责）",
    withdrawn: "已退出",
    declined: "未选上",
    lapsed: "没有及时答复，名额已让出",
};

export const UNFIT: Record<Schemas["Unfit"], string> = {
    not_active: "您当时不在册",
    overlaps: "您在同一时间有另一个活动",
    condition: "您不符合岗位的条件",
};

export const CONDITION: Record<Schemas["Condition"], string> = {
    least_age: "年龄不够",
    most_age: "超过了年龄",
    least_star: "星级不够",
    least_training: "培训时间不够",
    unit: "不是这个岗位要求的单位",
};

export const NO_RECORD: Record<Schemas["NoRecord"], string> = {
    under_a_minute: "不到一分钟",
    too_long: "超过一天",
    overlaps: "与您的另一条记录时间重叠",
    outside_window: "不在活动时间内",
    not_active: "您当时不在册",
    too_many_occasions: "次数已达上限",
    refused: "不符合记录规则",
};

/** The entries that a volunteer's statement has; of others it is told that something changed. */
const ENTRY: Partial<Record<Schemas["EventKind"], string>> = {
    record_credited: "服务入账",
    record_voided: "服务作废",
    redemption_placed: "兑换礼品",
    redemption_fulfilled: "领取礼品",
    redemption_cancelled: "取消兑换",
    redemption_expired: "兑换过期",
    points_expired: "积分到期",
    transfer_accepted: "关系转接",
    volunteer_closed: "登记注销",
};

export function entryName(kind: Schemas["EventKind"]): string {
    return ENTRY[kind] ?? "变动";
}
