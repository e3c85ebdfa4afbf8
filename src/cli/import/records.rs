//! Service records (服务记录): one volunteer's service at one activity a row.

use super::cell;
use super::header::HeaderColumn;
use super::kind::{Kind, Site};
use super::report::RowResult;
use super::row::{ImportRow, RowError};
use crate::domain::evidence::Evidence;
use crate::domain::identity::Gender;
use crate::domain::identity::{DocumentKind, IdentityDocument, IdentityError};
use crate::domain::ids::{ActivityId, VolunteerId};
use crate::domain::person::BlindIndex;
use crate::domain::record::SubmitRecord;
use crate::domain::text::Note;
use crate::domain::time::{Interval, LocalZone, Timestamp};
use crate::domain::volunteer;
use crate::domain::{Command, Outcome, Rejection};
use crate::engine::Request;
use crate::journal::commit;
use crate::store::read::{lookup, volunteers};
use crate::store::{Db, StoreError};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::HashMap;

const VOLUNTEER: HeaderColumn = HeaderColumn {
    name: "volunteer",
    chinese: &["志愿者编号"],
    needed: false,
    meaning: "the volunteer number; where it is blank the document tells",
};
const DOCUMENT_KIND: HeaderColumn = HeaderColumn {
    name: "document_kind",
    chinese: &["证件类型"],
    needed: false,
    meaning: "resident_identity (居民身份证) unless it says another kind",
};
const DOCUMENT_NUMBER: HeaderColumn = HeaderColumn {
    name: "document_number",
    chinese: &["证件号码", "身份证号"],
    needed: false,
    meaning: "the whole number; in place of the volunteer number",
};
const ACTIVITY: HeaderColumn =
    HeaderColumn { name: "activity", chinese: &["活动编号"], needed: true, meaning: "the activity's id" };
const STARTED_AT: HeaderColumn = HeaderColumn {
    name: "started_at",
    chinese: &["开始时间"],
    needed: true,
    meaning: "a local time such as 2026-11-22 08:00 or 2026/11/22 8:00, or RFC 3339",
};
const ENDED_AT: HeaderColumn =
    HeaderColumn { name: "ended_at", chinese: &["结束时间"], needed: true, meaning: "in the same forms" };
const EVIDENCE: HeaderColumn = HeaderColumn {
    name: "evidence",
    chinese: &["证据"],
    needed: false,
    meaning: "import (导入) unless it says leader (负责人确认) or backfill (补录)",
};
const COUNT: HeaderColumn = HeaderColumn {
    name: "count",
    chinese: &["次数"],
    needed: false,
    meaning: "for activities that count occasions",
};
const REASON: HeaderColumn = HeaderColumn {
    name: "reason",
    chinese: &["原因"],
    needed: false,
    meaning: "needed for a back-fill, and for all that is entered late",
};

/// Every column that a file of service records may have.
pub const COLUMNS: &[&HeaderColumn] = &[
    &VOLUNTEER,
    &DOCUMENT_KIND,
    &DOCUMENT_NUMBER,
    &ACTIVITY,
    &STARTED_AT,
    &ENDED_AT,
    &EVIDENCE,
    &COUNT,
    &REASON,
];

/// Service records to be submitted.
#[derive(Debug)]
pub struct Records {
    /// Credits each in the same step.
    credit: bool,
    /// Who is registered with the documents of the current rows.
    registered: HashMap<BlindIndex, VolunteerId>,
}

/// A row as it was read.
#[derive(Debug)]
pub struct RecordRow {
    volunteer: Option<VolunteerId>,
    document: Option<IdentityDocument>,
    activity: ActivityId,
    service: Interval,
    evidence: Evidence,
    count: Option<i64>,
    reason: Option<Note>,
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

impl Records {
    /// Records that are submitted, and credited in the same step where `credit` says so.
    pub fn new(credit: bool) -> Self {
        Self { credit, registered: HashMap::new() }
    }

    fn volunteer_of(&self, site: &Site, row: &RecordRow) -> Result<VolunteerId, RowError> {
        let Some(document) = &row.document else {
            return row.volunteer.ok_or_else(neither);
        };
        let registered = self.registered.get(&site.vault.identity_index(document)).copied();
        match (registered, row.volunteer) {
            (None, _) => {
                let words = format!("{}: nobody is registered with this document", DOCUMENT_NUMBER.name);
                Err(RowError::new(volunteer::Refusal::VolunteerNotFound.code(), words))
            }
            (Some(registered), Some(named)) if named != registered => {
                let words = format!("{}: is not who is registered with the document", VOLUNTEER.name);
                Err(RowError::new("invalid_field", words))
            }
            (Some(registered), _) => Ok(registered),
        }
    }
}

fn neither() -> RowError {
    RowError::new("missing_field", format!("{} or {}: one is needed", VOLUNTEER.name, DOCUMENT_NUMBER.name))
}

impl Kind for Records {
    const NAME: &'static str = "records";
    const COLUMNS: &'static [&'static HeaderColumn] = COLUMNS;
    type Parsed = RecordRow;

    fn read(&self, row: &ImportRow, zone: LocalZone) -> Result<RecordRow, RowError> {
        let time = |text: &str| cell::instant(text, zone);
        let kind =
            row.optional(&DOCUMENT_KIND, cell::document_kind)?.unwrap_or(DocumentKind::ResidentIdentity);
        let volunteer = row.optional(&VOLUNTEER, volunteer_number)?;
        let document = row.optional(&DOCUMENT_NUMBER, |number| document(kind, number))?;
        if volunteer.is_none() && document.is_none() {
            return Err(neither());
        }
        Ok(RecordRow {
            volunteer,
            document,
            activity: row.required(&ACTIVITY, str::parse)?,
            service: Interval {
                start: row.required(&STARTED_AT, time)?,
                end: row.required(&ENDED_AT, time)?,
            },
            evidence: row.optional(&EVIDENCE, cell::evidence)?.unwrap_or(Evidence::Import),
            count: row.optional(&COUNT, cell::whole_number)?,
            reason: row.optional(&REASON, str::parse)?,
        })
    }

    fn look_up(&mut self, db: &mut Db, site: &Site, rows: &[&RecordRow]) -> Result<(), StoreError> {
        let documents = rows.iter().filter_map(|row| row.document.as_ref());
        let indexes: Vec<BlindIndex> =
            documents.map(|document| site.vault.identity_index(document)).collect();
        self.registered = lookup::volunteers_by_identity(db, &indexes)?;
        Ok(())
    }

    fn ask(&self, site: &Site, row: &RecordRow) -> Result<Request, RowError> {
        let volunteer = self.volunteer_of(site, row)?;
        let content = Content {
            activity: row.activity,
            volunteer,
            started_at: row.service.start,
            ended_at: row.service.end,
            evidence: row.evidence,
            count: row.count,
            reason: row.reason.as_ref(),
            credit: self.credit,
        };
        let reason = match &row.reason {
            Some(reason) => Some(commit(reason.clone(), site.salt()?).map_err(Site::internal)?),
            None => None,
        };
        let command = SubmitRecord {
            activity: row.activity,
            volunteer,
            interval: row.service,
            breaks: Vec::new(),
            evidence: row.evidence,
            count: row.count,
            reason,
            credit: self.credit,
        };
        site.request(Self::NAME, &content, Command::SubmitRecord(command))
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
        _: &Site,
        _: &RecordRow,
        rejection: Rejection,
    ) -> Result<RowResult, StoreError> {
        Ok(RowResult::Refused(rejection.into()))
    }
}

/// A volunteer number, whose leading zeros a spreadsheet may have dropped.
fn volunteer_number(text: &str) -> Result<VolunteerId, cell::Expected> {
    volunteers::id_of_number(&format!("{text:0>12}")).ok_or("expected a volunteer number of 12 digits")
}

/// A document by its number alone: a resident identity number says birth date and gender itself.
fn document(kind: DocumentKind, number: &str) -> Result<IdentityDocument, IdentityError> {
    let birth_date = number.get(6..14).and_then(|digits| NaiveDate::parse_from_str(digits, "%Y%m%d").ok());
    let is_even = number.as_bytes().get(16).is_some_and(|digit| digit % 2 == 0);
    let gender = if is_even { Gender::Female } else { Gender::Male };
    IdentityDocument::new(kind, number, birth_date.unwrap_or_default(), gender).map_err(|error| match error {
        IdentityError::BirthDate | IdentityError::Gender => IdentityError::Form,
        error => error,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::Seq;

    #[test]
    fn dropped_zeros_are_put_back() {
        for text in ["000000000123", "0123", "123"] {
            assert_eq!(volunteer_number(text), Ok(VolunteerId::new(Seq(123))), "{text}");
        }
        for text in ["0000000000123", "12a", "+12", "１２"] {
            assert!(volunteer_number(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_document_is_found_by_its_number_alone() {
        let number = "11010519491231002X";
        let by_number = document(DocumentKind::ResidentIdentity, "11010519491231002x").unwrap();
        let birth_date = "1949-12-31".parse().unwrap();
        let whole = IdentityDocument::new(DocumentKind::ResidentIdentity, number, birth_date, Gender::Female);
        assert_eq!(by_number, whole.unwrap());
        assert!(document(DocumentKind::Passport, "E1234567").is_ok());
        let wrong = |number| document(DocumentKind::ResidentIdentity, number).unwrap_err();
        assert_eq!(wrong("110105194912310021"), IdentityError::CheckDigit);
        assert_eq!(wrong("110105"), IdentityError::Form);
        assert_eq!(wrong("志愿者志愿者志愿者"), IdentityError::Form);
    }
}
