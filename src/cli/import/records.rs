//! Service records (服务记录): one volunteer's service at one activity a row.
//!
//! A row is known by what it says, not by who brought it in: what stands in the ledger is not entered anew, and what was
//! entered and does not stand any more is told, not entered again.

use super::cell::{self, Expected, Rounding, Told};
use super::header::{HeaderColumn, Need};
use super::kind::{Asked, Kind, Site};
use super::moment;
use super::report::{RowResult, Standing};
use super::roster::{checked_number, scope_of};
use super::row::{ImportRow, ROUNDED, RowError};
use crate::api::language::Language;
use crate::domain::evidence::Evidence;
use crate::domain::identity::{DocumentKind, IdentityDocument, IdentityError};
use crate::domain::ids::{ActivityId, VolunteerId};
use crate::domain::operator::Operator;
use crate::domain::person::BlindIndex;
use crate::domain::record::{self, CreditRecord, RecordStatus, SubmitRecord};
use crate::domain::text::{Name, Note};
use crate::domain::time::{Interval, LocalZone, Timestamp};
use crate::domain::volunteer;
use crate::domain::{Command, Outcome, Rejection};
use crate::engine::Request;
use crate::journal::commit;
use crate::store::read::lookup::Service;
use crate::store::read::records::RecordReadModel;
use crate::store::read::{Scope, activities, lookup, records, volunteers};
use crate::store::{Db, StoreError};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::HashMap;

const VOLUNTEER: HeaderColumn = HeaderColumn {
    name: "volunteer",
    chinese: &["志愿者编号", "志愿者号"],
    need: Need::Or("document_number"),
    meaning: "the volunteer number; where it is blank the document tells",
};
const DOCUMENT_KIND: HeaderColumn = HeaderColumn {
    name: "document_kind",
    chinese: &["证件类型", "证件种类"],
    need: Need::Never,
    meaning: "resident_identity (居民身份证) unless it says another kind",
};
const DOCUMENT_NUMBER: HeaderColumn = HeaderColumn {
    name: "document_number",
    chinese: &[
        "证件号码",
        "身份证号",
        "身份证号码",
        "证件号",
        "身份证",
        "居民身份证号",
        "居民身份证号码",
        "公民身份号码",
    ],
    need: Need::Never,
    meaning: "the whole number; in place of the volunteer number",
};
const DOCUMENT_CHECKED: HeaderColumn = HeaderColumn {
    name: "document_checked",
    chinese: &["证件已核对"],
    need: Need::Never,
    meaning: "yes (是): the number of the document was looked at, and does end in 000",
};
const ACTIVITY: HeaderColumn = HeaderColumn {
    name: "activity",
    chinese: &["活动编号"],
    need: Need::Or("activity_name"),
    meaning: "the activity's id; where it is blank its name and the day tell",
};
const ACTIVITY_NAME: HeaderColumn = HeaderColumn {
    name: "activity_name",
    chinese: &["活动名称", "活动", "服务活动"],
    need: Need::Never,
    meaning: "the name of the one activity that is on the day of the service",
};
const SERVICE_DATE: HeaderColumn = HeaderColumn {
    name: "service_date",
    chinese: &["服务日期", "活动日期", "日期"],
    need: Need::Never,
    meaning: "the day of the times below, where they do not say it",
};
const STARTED_AT: HeaderColumn = HeaderColumn {
    name: "started_at",
    chinese: &["开始时间", "服务开始时间"],
    need: Need::Always,
    meaning: "a local time such as 2026-11-22 08:00 or 2026/11/22 8:00, or RFC 3339; 8:00 beside a service_date",
};
const ENDED_AT: HeaderColumn = HeaderColumn {
    name: "ended_at",
    chinese: &["结束时间", "服务结束时间"],
    need: Need::Always,
    meaning: "in the same forms; 24:00 is the end of the day",
};
const EVIDENCE: HeaderColumn = HeaderColumn {
    name: "evidence",
    chinese: &["证据", "记录方式"],
    need: Need::Never,
    meaning: "import (导入) unless it says leader (负责人确认) or backfill (补录)",
};
const COUNT: HeaderColumn = HeaderColumn {
    name: "count",
    chinese: &["次数"],
    need: Need::Never,
    meaning: "for activities that count occasions",
};
const REASON: HeaderColumn = HeaderColumn {
    name: "reason",
    chinese: &["原因", "理由", "补录原因"],
    need: Need::Never,
    meaning: "needed for a back-fill, and for all that is entered late",
};

/// Every column that a file of service records may have.
pub const COLUMNS: &[&HeaderColumn] = &[
    &VOLUNTEER,
    &DOCUMENT_KIND,
    &DOCUMENT_NUMBER,
    &DOCUMENT_CHECKED,
    &ACTIVITY,
    &ACTIVITY_NAME,
    &SERVICE_DATE,
    &STARTED_AT,
    &ENDED_AT,
    &EVIDENCE,
    &COUNT,
    &REASON,
];

/// Service records to be submitted.
#[derive(Debug, Default)]
pub struct Records {
    /// Credits each in the same step.
    credit: bool,
    /// What the operator may see.
    scope: Option<Scope>,
    /// Who is registered with the documents of the current rows.
    registered: HashMap<BlindIndex, VolunteerId>,
    /// The activities that the current rows name.
    activities: HashMap<(String, NaiveDate), Vec<ActivityId>>,
    /// What the ledger has of the services of the current rows.
    entered: HashMap<Service, Vec<RecordReadModel>>,
}

/// A row, as far as it could be read.
#[derive(Debug)]
pub struct RecordRow {
    volunteer: Option<VolunteerId>,
    document: Option<IdentityDocument>,
    activity: Option<NamedActivity>,
    service: Option<Interval>,
    evidence: Evidence,
    count: Option<i64>,
    reason: Option<Note>,
}

/// How a row names its activity.
#[derive(Debug)]
enum NamedActivity {
    Id(ActivityId),
    /// By its name, on the day of the service.
    On(String, NaiveDate),
}

/// What makes two rows the same.
#[derive(Serialize)]
struct Content<'r> {
    activity: ActivityId,
    volunteer: VolunteerId,
    started_at: Timestamp,
    ended_at: Timestamp,
    evidence: Evidence,
    count: Option<i64>,
    reason: Option<&'r Note>,
    credit: bool,
}

const NOT_THE_DOCUMENTS: Expected = Expected {
    english: "is not who is registered with the document",
    chinese: "与该证件注册的志愿者不符",
};
const NOBODY: Expected = Expected {
    english: "nobody is registered with this document",
    chinese: "没有以该证件注册的志愿者",
};
const NO_SUCH_ACTIVITY: Expected = Expected {
    english: "no activity that you may see has this name on the day of the service",
    chinese: "服务当日没有您可见的这个名称的活动",
};

/// Several activities have the name on that day.
struct SeveralActivities<'a>(&'a [ActivityId]);

impl Told for SeveralActivities<'_> {
    fn told(&self, language: Language) -> String {
        let ids = self.0.iter().map(ToString::to_string).collect::<Vec<_>>();
        match language {
            Language::English => {
                format!("several activities are called so that day: say which of {}", ids.join(", "))
            }
            Language::Chinese => format!("当日有几个同名活动：请填活动编号（{}）", ids.join("、")),
        }
    }
}

impl Records {
    /// Records that an operator submits, and credits in the same step where `credit` says so.
    pub fn new(operator: &Operator, credit: bool) -> Self {
        Self { credit, scope: scope_of(operator), ..Self::default() }
    }

    /// Whose record it is, as far as that is clear.
    fn found_volunteer(&self, site: &Site, draft: &RecordRow) -> Result<Option<VolunteerId>, WrongVolunteer> {
        let Some(document) = &draft.document else { return Ok(draft.volunteer) };
        match (self.registered.get(&site.vault.identity_index(document)), draft.volunteer) {
            (None, _) => Err(WrongVolunteer::Nobody),
            (Some(registered), Some(named)) if named != *registered => Err(WrongVolunteer::Another),
            (Some(registered), _) => Ok(Some(*registered)),
        }
    }

    fn volunteer_of(&self, site: &Site, row: &ImportRow, draft: &RecordRow) -> Option<VolunteerId> {
        match self.found_volunteer(site, draft) {
            Ok(volunteer) => volunteer,
            Err(WrongVolunteer::Another) => {
                row.invalid(&VOLUNTEER, &NOT_THE_DOCUMENTS);
                None
            }
            Err(WrongVolunteer::Nobody) => {
                row.refuse_cell(&DOCUMENT_NUMBER, volunteer::Refusal::VolunteerNotFound.code(), &NOBODY);
                None
            }
        }
    }

    /// The activities that a row names.
    fn found_activities<'a>(&'a self, draft: &'a RecordRow) -> Option<&'a [ActivityId]> {
        match draft.activity.as_ref()? {
            NamedActivity::Id(id) => Some(std::slice::from_ref(id)),
            NamedActivity::On(name, day) => {
                Some(self.activities.get(&(name.clone(), *day)).map_or(&[][..], Vec::as_slice))
            }
        }
    }

    fn activity_of(&self, row: &ImportRow, draft: &RecordRow) -> Option<ActivityId> {
        match self.found_activities(draft)? {
            [one] => return Some(*one),
            [] => row.refuse_cell(&ACTIVITY_NAME, "activity_not_found", &NO_SUCH_ACTIVITY),
            several => row.invalid(&ACTIVITY_NAME, &SeveralActivities(several)),
        }
        None
    }

    fn service_of(&self, site: &Site, draft: &RecordRow) -> Option<Service> {
        let [activity] = self.found_activities(draft)? else { return None };
        Some((self.found_volunteer(site, draft).ok()??, *activity, draft.service?))
    }

    /// What the ledger has of a service, with what people wrote to it, as far as the operator may see it.
    fn find_entered(&mut self, db: &mut Db, services: &[Service]) -> Result<(), StoreError> {
        self.entered.clear();
        let Some(scope) = self.scope else { return Ok(()) };
        for (service, id) in lookup::records_of(db, services)? {
            if let Some(record) = records::get(db, scope, id)? {
                self.entered.entry(service).or_default().push(record);
            }
        }
        Ok(())
    }

    /// What became of the row, if it was entered before, by anybody.
    fn known(&self, site: &Site, row: &ImportRow, draft: &RecordRow, service: &Service) -> Option<Asked> {
        let alike = self.entered.get(service)?.iter().filter(|entered| says_the_same(entered, draft));
        let live = |entered: &RecordReadModel| entered.record.status.is_live();
        let entered = alike.max_by_key(|entered| (live(entered), entered.record.id))?;
        let id = entered.record.id.to_string();
        if entered.record.status == RecordStatus::Submitted && self.credit {
            let command = CreditRecord { record: entered.record.id, deductions: Vec::new() };
            return Some(Asked::Crediting(site.request_without_key(Command::CreditRecord(command))));
        }
        let standing = match entered.record.status {
            RecordStatus::Submitted => Some(Standing::Imported),
            RecordStatus::Credited => Some(Standing::Credited),
            _ => None,
        };
        Some(Asked::Known(match standing {
            Some(standing) => RowResult::Unchanged { id, standing },
            None => RowResult::Ended { id, words: what_became_of(row, site.zone, entered) },
        }))
    }

    fn submission(&self, site: &Site, draft: &RecordRow, service: Service) -> Result<Request, RowError> {
        let (volunteer, activity, interval) = service;
        let content = Content {
            activity,
            volunteer,
            started_at: interval.start,
            ended_at: interval.end,
            evidence: draft.evidence,
            count: draft.count,
            reason: draft.reason.as_ref(),
            credit: self.credit,
        };
        let reason = |reason: &Note| commit(reason.clone(), site.salt()?).map_err(Site::internal);
        let command = SubmitRecord {
            activity,
            volunteer,
            interval,
            breaks: Vec::new(),
            evidence: draft.evidence,
            count: draft.count,
            reason: draft.reason.as_ref().map(reason).transpose()?,
            credit: self.credit,
        };
        site.request(Self::NAME, &content, Command::SubmitRecord(command))
    }
}

/// Why a row's volunteer is none.
enum WrongVolunteer {
    Nobody,
    Another,
}

/// Whether a record says what a row says. While it stands, its words may be others: the service is the same.
fn says_the_same(entered: &RecordReadModel, draft: &RecordRow) -> bool {
    let RecordReadModel { record, reasons } = entered;
    record.evidence == draft.evidence
        && record.count == draft.count.unwrap_or(0)
        && (record.status.is_live() || reasons.submitted == draft.reason)
}

/// Why a record does not stand any more.
fn what_became_of(row: &ImportRow, zone: LocalZone, entered: &RecordReadModel) -> String {
    let RecordReadModel { record, reasons } = entered;
    let (ended_at, reason, [english, chinese]) = match record.status {
        RecordStatus::Voided => {
            (record.voided_at, &reasons.voided, ["credited, and voided", "并入账，后被作废"])
        }
        RecordStatus::Rejected => (record.decided_at, &reasons.rejected, ["and rejected", "后被驳回"]),
        RecordStatus::Withdrawn => (record.decided_at, &None, ["and withdrawn", "后被撤回"]),
        RecordStatus::Submitted | RecordStatus::Credited => (None, &None, ["and stands", "有效"]),
    };
    let day = |before: &str, after: &str| {
        ended_at.map(|at| format!("{before}{}{after}", zone.date_of(at))).unwrap_or_default()
    };
    let because = |colon: &str| reason.as_ref().map(|why| format!("{colon}{why}")).unwrap_or_default();
    row.say(
        format!("was imported before, {english}{}{}", day(" on ", ""), because(": ")),
        format!("原已导入，{chinese}{}{}", day("（", "）"), because("：")),
    )
}

impl Kind for Records {
    const NAME: &'static str = "records";
    const COLUMNS: &'static [&'static HeaderColumn] = COLUMNS;
    type Draft = RecordRow;

    fn read(&self, row: &ImportRow, zone: LocalZone) -> RecordRow {
        let volunteer = row.optional(&VOLUNTEER, volunteer_number);
        let document = read_document(row);
        if row.text(&VOLUNTEER).is_none() && row.text(&DOCUMENT_NUMBER).is_none() {
            row.missing_either(&VOLUNTEER, &DOCUMENT_NUMBER);
        }
        let service = read_service(row, zone);
        RecordRow {
            volunteer,
            document,
            activity: read_activity(row, zone, service),
            service,
            evidence: row.optional(&EVIDENCE, cell::evidence).unwrap_or(Evidence::Import),
            count: row.optional(&COUNT, cell::whole_number),
            reason: row.optional(&REASON, str::parse),
        }
    }

    fn look_up(&mut self, db: &mut Db, site: &Site, drafts: &[&RecordRow]) -> Result<(), StoreError> {
        let documents = drafts.iter().filter_map(|draft| draft.document.as_ref());
        let indexes: Vec<BlindIndex> =
            documents.map(|document| site.vault.identity_index(document)).collect();
        self.registered = lookup::volunteers_by_identity(db, &indexes)?;
        self.activities.clear();
        for draft in drafts {
            if let (Some(NamedActivity::On(name, day)), Some(scope)) = (&draft.activity, self.scope)
                && let Ok(called) = name.parse::<Name>()
                && !self.activities.contains_key(&(name.clone(), *day))
            {
                let window = Interval { start: site.zone.start_of(*day), end: site.zone.end_of(*day) };
                let found = activities::called(db, scope, &called, window)?;
                self.activities.insert((name.clone(), *day), found);
            }
        }
        let services: Vec<Service> = drafts.iter().filter_map(|draft| self.service_of(site, draft)).collect();
        self.find_entered(db, &services)
    }

    fn ask(&self, site: &Site, row: &ImportRow, draft: &RecordRow) -> Option<Asked> {
        let (volunteer, activity) = (self.volunteer_of(site, row, draft), self.activity_of(row, draft));
        let service = (volunteer?, activity?, draft.service.filter(|_| row.is_sound())?);
        if let Some(known) = self.known(site, row, draft, &service) {
            return Some(known);
        }
        match self.submission(site, draft, service) {
            Ok(request) => Some(Asked::Entry(request)),
            Err(fault) => {
                row.refuse(fault);
                None
            }
        }
    }

    fn id_of(outcome: &Outcome) -> Option<String> {
        match outcome {
            Outcome::Record(record) => Some(record.id.to_string()),
            _ => None,
        }
    }

    fn explain(
        &self,
        _: &mut Db,
        site: &Site,
        row: &ImportRow,
        draft: &RecordRow,
        rejection: Rejection,
    ) -> Result<RowResult, StoreError> {
        let credited = record::Refusal::RecordNotSubmitted { status: RecordStatus::Credited };
        let entered = self.service_of(site, draft).and_then(|service| self.entered.get(&service)?.first());
        Ok(match (rejection, entered) {
            // A row that stands in the file twice.
            (Rejection::Record(refusal), Some(entered)) if refusal == credited => {
                RowResult::Unchanged { id: entered.record.id.to_string(), standing: Standing::Credited }
            }
            (other, _) => RowResult::refused(RowError::of(other, row.language(), site.zone)),
        })
    }
}

fn read_service(row: &ImportRow, zone: LocalZone) -> Option<Interval> {
    let day = row.optional(&SERVICE_DATE, moment::day);
    let [start, end] = [&STARTED_AT, &ENDED_AT]
        .map(|column| row.required(column, |text| moment::instant_on(text, day, zone)));
    let service = Interval { start: start?, end: end? };
    if service.micros() <= 0 {
        row.refuse(RowError::of(record::Refusal::EndNotAfterStart.into(), row.language(), zone));
        return None;
    }
    Some(service)
}

/// By its id, else by its name on the day on which the service began.
fn read_activity(row: &ImportRow, zone: LocalZone, service: Option<Interval>) -> Option<NamedActivity> {
    if row.text(&ACTIVITY).is_some() {
        let id = row.optional(&ACTIVITY, |text| cell::plain(text).parse().map_err(|_| NOT_AN_ACTIVITY));
        return id.map(NamedActivity::Id);
    }
    let Some(name) = row.text(&ACTIVITY_NAME) else {
        row.missing_either(&ACTIVITY, &ACTIVITY_NAME);
        return None;
    };
    Some(NamedActivity::On(name.to_owned(), zone.date_of(service?.start)))
}

const NOT_AN_ACTIVITY: Expected =
    Expected { english: "not the id of an activity", chinese: "不是活动的编号" };
const NOT_A_NUMBER: Expected =
    Expected { english: "expected a volunteer number of 12 digits", chinese: "应为 12 位志愿者编号" };

/// A volunteer number, whose leading zeros a spreadsheet may have dropped.
fn volunteer_number(text: &str) -> Result<VolunteerId, Expected> {
    volunteers::id_of_number(&format!("{:0>12}", cell::number(text))).ok_or(NOT_A_NUMBER)
}

/// A document by its number alone.
fn read_document(row: &ImportRow) -> Option<IdentityDocument> {
    let kind = row.optional(&DOCUMENT_KIND, cell::document_kind);
    let kind = if row.text(&DOCUMENT_KIND).is_some() { kind? } else { DocumentKind::ResidentIdentity };
    checked_number(row, (&DOCUMENT_NUMBER, &DOCUMENT_CHECKED), kind);
    row.optional(&DOCUMENT_NUMBER, |text| match cell::rounding(text) {
        Some(Rounding::Rounded) => Err(DocumentError::Rounded),
        _ => IdentityDocument::by_itself(kind, &cell::document_number(text)).map_err(DocumentError::Number),
    })
}

/// Why a document is none.
enum DocumentError {
    Rounded,
    Number(IdentityError),
}

impl Told for DocumentError {
    fn told(&self, language: Language) -> String {
        match self {
            Self::Rounded => ROUNDED.told(language),
            Self::Number(error) => error.told(language),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::Seq;

    #[test]
    fn dropped_zeros_are_put_back() {
        for text in ["000000000123", "0123", "123", "123.0", "１２３"] {
            assert_eq!(volunteer_number(text), Ok(VolunteerId::new(Seq(123))), "{text}");
        }
        for text in ["0000000000123", "12a", "+12", "12.5"] {
            assert!(volunteer_number(text).is_err(), "{text}");
        }
    }
}
