//! What goes with a person: everything that is known of them and every word about them, with the salts.
//!
//! What stays is a keyed index of the document, until that is forgotten, too (docs/PRIVACY.md).

use super::StoreError;
use super::column::Column;
use super::db::Db;
use super::sql::Sql;
use crate::domain::actor::Actor;
use crate::domain::ids::{ApplicationId, Seq, TransferId, VolunteerId};
use crate::domain::time::Timestamp;

/// What is known of a person.
const KNOWN: [&str; 7] = [
    "DELETE FROM people WHERE volunteer = ?",
    "DELETE FROM name_pairs WHERE volunteer = ?",
    // What was in doubt, and therefore not sealed.
    "DELETE FROM unsealed_people WHERE volunteer = ?",
    "DELETE FROM unsealed_party_statuses WHERE volunteer = ?",
    "DELETE FROM certificate_contents WHERE volunteer = ?",
    "DELETE FROM proposed_identities WHERE volunteer = ?",
    "DELETE FROM binding_subjects WHERE volunteer = ?",
];

/// Entries with words about a volunteer that do not say so: of before words said whom they are about.
const ENTRIES_WITH_WORDS: [&str; 12] = [
    "SELECT id FROM service_records WHERE volunteer = ?",
    "SELECT credited_entry FROM service_records WHERE volunteer = ?",
    "SELECT voided_entry FROM service_records WHERE volunteer = ?",
    // Nothing follows a rejection.
    "SELECT version FROM service_records WHERE volunteer = ? AND status = 'rejected'",
    "SELECT id FROM corrections WHERE volunteer = ?",
    "SELECT decided_entry FROM corrections WHERE volunteer = ?",
    "SELECT id FROM objections WHERE volunteer = ?",
    "SELECT r.entry FROM objections AS o JOIN resolutions AS r ON r.objection = o.id WHERE o.volunteer = ?",
    "SELECT id FROM transfers WHERE volunteer = ?",
    "SELECT revoked_entry FROM certificates WHERE volunteer = ?",
    "SELECT id FROM pledges WHERE volunteer = ?",
    "SELECT id FROM model_posts WHERE volunteer = ?",
];

/// What somebody objected to another's record, and what was said to that: words of the one, about the other.
const ENTRIES_OF_OBJECTIONS: [&str; 2] = [
    "SELECT id FROM objections WHERE raised_by = ?",
    "SELECT r.entry FROM objections AS o JOIN resolutions AS r ON r.objection = o.id WHERE o.raised_by = ?",
];

/// Erases what is known of a person, and every word.
pub(super) fn erase_person(db: &mut Db, volunteer: VolunteerId) -> Result<(), StoreError> {
    for sql in KNOWN {
        db.execute(Sql::new(sql).bind(volunteer.to_sql_value()))?;
    }
    erase_words(db, volunteer)
}

/// Who applied, once that is decided or time has passed, and what was said to them.
pub(super) fn erase_applicant(
    db: &mut Db,
    application: ApplicationId,
    reason_entry: Option<Seq>,
) -> Result<(), StoreError> {
    let applicant = Sql::new("DELETE FROM applicants WHERE application = ?");
    db.execute(applicant.bind(application.to_sql_value()))?;
    let reason = Sql::new("DELETE FROM notes WHERE entry = ?");
    reason_entry.map_or(Ok(()), |entry| db.execute(reason.bind(entry.to_sql_value())).map(drop))
}

/// Ten years after somebody left: the index of the document, and what was said of them since.
pub(super) fn forget_person(db: &mut Db, volunteer: VolunteerId) -> Result<(), StoreError> {
    let index = Sql::new("DELETE FROM closed_identities WHERE volunteer = ?");
    db.execute(index.bind(volunteer.to_sql_value()))?;
    erase_words(db, volunteer)
}

/// Erases the words about those who had left when words did not say yet whom they are about; whether there were
/// any who had.
pub(super) fn erase_words_of_who_left(db: &mut Db) -> Result<bool, StoreError> {
    let left = db.query(Sql::new("SELECT id, version FROM volunteers WHERE status = 'closed'"))?;
    let any = !left.is_empty();
    for row in left {
        let [volunteer, closed_entry] = row.0.try_into().map_err(|_| StoreError::corrupt("two columns"))?;
        erase_words(db, VolunteerId::from_sql_value(volunteer)?)?;
        db.execute(Sql::new("DELETE FROM notes WHERE entry = ?").bind(closed_entry))?;
    }
    Ok(any)
}

fn erase_words(db: &mut Db, volunteer: VolunteerId) -> Result<(), StoreError> {
    let said = Sql::new("DELETE FROM notes WHERE volunteer = ?");
    db.execute(said.bind(volunteer.to_sql_value()))?;
    for entries in ENTRIES_WITH_WORDS {
        let sql = format!("DELETE FROM notes WHERE volunteer IS NULL AND entry IN ({entries})");
        db.execute(Sql::new(sql).bind(volunteer.to_sql_value()))?;
    }
    for entries in ENTRIES_OF_OBJECTIONS {
        let sql = format!("DELETE FROM notes WHERE entry IN ({entries})");
        db.execute(Sql::new(sql).bind(Actor::Volunteer(volunteer).to_sql_value()))?;
    }
    erase_reasons_of_rejected_transfers(db, volunteer)
}

/// A transfer does not say which entry rejected it, only when that was.
fn erase_reasons_of_rejected_transfers(db: &mut Db, volunteer: VolunteerId) -> Result<(), StoreError> {
    let rejected =
        Sql::new("SELECT id, changed_at FROM transfers WHERE volunteer = ? AND status = 'rejected'");
    for row in db.query(rejected.bind(volunteer.to_sql_value()))? {
        let [id, at] = row.0.try_into().map_err(|_| StoreError::corrupt("two columns"))?;
        let (id, at) = (TransferId::from_sql_value(id)?, Timestamp::from_sql_value(at)?);
        let sql = Sql::new(
            "DELETE FROM notes WHERE volunteer IS NULL AND entry IN (SELECT seq FROM entries \
             WHERE recorded_at = ? AND kind = 'transfer_rejected' AND event LIKE ?)",
        );
        db.execute(sql.bind(at.to_sql_value()).string(&format!("%{id}%")))?;
    }
    Ok(())
}
