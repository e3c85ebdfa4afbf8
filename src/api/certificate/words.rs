//! The Chinese words of a certificate that its printed form and its page have in common.

use crate::domain::amounts::Minutes;
use crate::domain::certificate::{
    CertificateContent, CertificateState, CertifiedEvidence, EvidenceService, Mention, Period,
};
use crate::domain::evidence::Evidence;
use crate::domain::identity::DocumentKind;
use crate::domain::time::{LocalZone, Timestamp};
use chrono::{Datelike, NaiveDate};

pub(super) const TITLE: &str = "志愿服务记录证明";

/// A calendar day as documents have it.
pub(super) fn day(date: NaiveDate) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// The city's calendar day of an instant.
pub(super) fn day_of(instant: Timestamp, zone: LocalZone) -> String {
    day(zone.date_of(instant))
}

/// The days that a certificate speaks of.
pub(super) fn period(period: Option<Period>) -> String {
    match period {
        Some(Period { first_day, last_day }) => format!("{} 至 {}", day(first_day), day(last_day)),
        None => "截至出具之日的全部服务".to_owned(),
    }
}

/// Whole minutes, and what they come to in hours.
pub(super) fn duration(minutes: Minutes) -> String {
    format!("{} 分钟（{} 小时 {} 分）", minutes.0, minutes.0 / 60, minutes.0 % 60)
}

/// What heads the minutes for which there is somebody's word only.
pub(super) const OF_OWN_WORD: &str = "其中自报";

/// The minutes that were declared and claimed, if there are some.
pub(super) fn of_own_word(content: &CertificateContent) -> Option<String> {
    let services = || content.programmes.iter().map(|line| line.service);
    let declared: Minutes = services().map(|service| service.self_declared).sum();
    let claimed: Minutes = services().map(|service| service.claimed).sum();
    let parts = [("自报签到", declared), ("本人自报并经认定", claimed)];
    let told = parts.into_iter().filter(|(_, minutes)| *minutes > Minutes::ZERO);
    let told: Vec<String> = told.map(|(what, minutes)| format!("{what} {} 分钟", minutes.0)).collect();
    (!told.is_empty()).then(|| told.join("，"))
}

/// What is known how, the best first.
pub(super) fn evidence(lines: &[EvidenceService]) -> String {
    let told = |line: &EvidenceService| {
        let minutes = (line.credited_minutes.0 > 0).then(|| format!("{} 分钟", line.credited_minutes.0));
        let occasions = (line.occasions > 0).then(|| format!("{} 次", line.occasions));
        let figures = [minutes, occasions].into_iter().flatten().collect::<Vec<_>>().join("、");
        format!("{} {figures}", kind_of_evidence(line.evidence))
    };
    lines.iter().map(told).collect::<Vec<_>>().join("；")
}

const fn kind_of_evidence(CertifiedEvidence { evidence, self_declared }: CertifiedEvidence) -> &'static str {
    match evidence {
        Evidence::Scan | Evidence::Geo if self_declared => "自报签到",
        Evidence::Scan => "扫码",
        Evidence::Geo => "定位",
        Evidence::Leader => "负责人确认",
        Evidence::Import => "导入",
        Evidence::Backfill => "补录",
        Evidence::Claimed => "自报",
    }
}

/// What heads the second part, and what it says of itself.
pub(super) const APART: &str = "另行记录";
pub(super) const NOT_COUNTED: &str = "以下内容依规定另行记录，不计入服务时长。";

/// A line of the second part.
pub(super) fn mention(mention: &Mention) -> String {
    let days = if mention.first_day == mention.last_day {
        day(mention.first_day)
    } else {
        format!("{} 至 {}", day(mention.first_day), day(mention.last_day))
    };
    let minutes = mention.minutes.map(duration);
    let result = mention.result.as_ref().map(ToString::to_string);
    let parts = [Some(mention.title.to_string()), Some(mention.by.to_string()), Some(days), minutes, result];
    parts.into_iter().flatten().collect::<Vec<_>>().join("，")
}

pub(super) const fn document(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::ResidentIdentity => "居民身份证",
        DocumentKind::Passport => "护照",
        DocumentKind::HongKongMacaoPermit => "港澳居民来往内地通行证",
        DocumentKind::TaiwanPermit => "台湾居民来往大陆通行证",
        DocumentKind::ForeignPermanentResident => "外国人永久居留身份证",
    }
}

/// Where a certificate stands, and what that means for who looks at it.
pub(super) const fn state(state: CertificateState) -> (&'static str, &'static str) {
    match state {
        CertificateState::Valid => ("有效", "本证明所依据的服务记录均有效。"),
        CertificateState::Corrected => {
            ("已更正", "出具之后，本证明所依据的服务记录中有记录被撤销，所载时长不再准确。")
        }
        CertificateState::Superseded => {
            ("已换发", "本证明已由新的证明代替，或出具之后持证人的身份信息有变更。")
        }
        CertificateState::Revoked => ("已撤销", "本证明已由记录单位撤销，不再有效。"),
    }
}
