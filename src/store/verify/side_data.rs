//! What is kept beside the journal, held against the entries that bind it.
//!
//! Each commitment of an entry is noted in the shadow: whose it is, and about whom. Afterwards the tables beside the
//! journal are compared with these, and what they hold is held against seal and commitment. What was erased with a
//! person is told from what was taken away: only what is about somebody whose registration was closed since may be gone.

use super::Report;
use super::compare::{self, Compared, Key, Rows, compare, may_be_gone};
use crate::domain::actor::Actor;
use crate::domain::application::{Application, ApplicationStatus};
use crate::domain::ids::{Seq, VolunteerId};
use crate::domain::operator;
use crate::domain::person::Person;
use crate::domain::volunteer::{Volunteer, VolunteerStatus};
use crate::domain::{Event, Outcome, UnsealedEntry};
use crate::store::apply::{SealedTable, sealed_tables};
use crate::store::column::Column;
use crate::store::person_row::{name_pair_values, opened_party};
use crate::store::sealing;
use crate::store::side_data::SideRow;
use crate::store::sql::{Sql, SqlValue, SqlValues};
use crate::store::vault::Vault;
use crate::store::{Db, StoreError};
use data_encoding::HEXLOWER;
use serde_json::Value;

/// What entries bind, in the shadow: `entry` bound it last; it may be gone where the person is.
const BOUND_TABLES: &str = "
    CREATE TABLE bound_people (
        volunteer INTEGER PRIMARY KEY, commitment BLOB NOT NULL, entry INTEGER NOT NULL, about INTEGER
    );
    CREATE TABLE bound_credentials (
        operator INTEGER PRIMARY KEY, commitment BLOB NOT NULL, entry INTEGER NOT NULL, about INTEGER
    );
    CREATE TABLE bound_operator_identities (
        operator INTEGER PRIMARY KEY, commitment BLOB NOT NULL, entry INTEGER NOT NULL, about INTEGER
    );
    CREATE TABLE bound_certificate_contents (
        certificate INTEGER PRIMARY KEY, volunteer INTEGER, commitment BLOB NOT NULL, entry INTEGER NOT NULL, about INTEGER
    );
    CREATE TABLE bound_proposed_identities (
        identity_change INTEGER PRIMARY KEY, volunteer INTEGER, commitment BLOB NOT NULL, entry INTEGER NOT NULL, about INTEGER
    );
    CREATE TABLE bound_binding_subjects (
        binding INTEGER PRIMARY KEY, volunteer INTEGER, commitment BLOB NOT NULL, entry INTEGER NOT NULL, about INTEGER
    );
    CREATE TABLE bound_applicants (
        application INTEGER PRIMARY KEY, commitment BLOB NOT NULL, entry INTEGER NOT NULL, about INTEGER
    );
    CREATE TABLE bound_notes (
        entry INTEGER NOT NULL, commitment BLOB NOT NULL, about INTEGER, said_by INTEGER, PRIMARY KEY (entry, commitment)
    ) WITHOUT ROWID;
    CREATE TABLE bound_closed_identities (volunteer INTEGER PRIMARY KEY, closed_entry INTEGER NOT NULL);
    CREATE TABLE closings (volunteer INTEGER PRIMARY KEY, entry INTEGER NOT NULL);
";

/// Follows the replay, entry by entry.
pub(super) struct SideDataCheck<'v> {
    /// Without it nothing sealed is opened.
    vault: Option<&'v Vault>,
}

/// A commitment of an entry.
struct Bound {
    member: String,
    commitment: Vec<u8>,
}

impl<'v> SideDataCheck<'v> {
    pub(super) fn new(shadow: &mut Db, vault: Option<&'v Vault>) -> Result<Self, StoreError> {
        shadow.batch(BOUND_TABLES)?;
        Ok(Self { vault })
    }

    /// Takes an entry that has been carried into the world, whether it has a nonce, and what came of it.
    pub(super) fn follow(
        shadow: &mut Db,
        (unsealed, has_nonce): (&UnsealedEntry, bool),
        outcome: Option<&Outcome>,
    ) -> Result<(), StoreError> {
        let json = |error: serde_json::Error| StoreError::corrupt(error.to_string());
        let event = serde_json::to_value(&unsealed.event).map_err(json)?;
        let mut bound = Vec::new();
        collect(&event, "", &mut bound);
        let about = volunteer_of(&event).or(outcome.and_then(volunteer_of_outcome));
        let said_by = outcome.and_then(objector);
        let entry = unsealed.seq.0;
        if let Some(Outcome::IdentityChange(change)) = outcome {
            forget_proposals(shadow, change.volunteer)?;
        }
        for Bound { member, commitment } in bound {
            let about = SqlValue::Int(about);
            let sql = match member.as_str() {
                "person" => Sql::new("INSERT OR REPLACE INTO bound_people VALUES (?, ?, ?, ?)")
                    .int(match about {
                        SqlValue::Int(Some(volunteer)) => volunteer,
                        _ => entry,
                    })
                    .bytes(&commitment)
                    .int(entry)
                    .bind(about),
                "content" => {
                    Sql::new("INSERT OR REPLACE INTO bound_certificate_contents VALUES (?, ?, ?, ?, ?)")
                        .int(entry)
                        .bind(about.clone())
                        .bytes(&commitment)
                        .int(entry)
                        .bind(about)
                }
                "login" => Sql::new("INSERT OR REPLACE INTO bound_credentials VALUES (?, ?, ?, NULL)")
                    .int(operator_of_outcome(outcome).unwrap_or(entry))
                    .bytes(&commitment)
                    .int(entry),
                "document" => {
                    Sql::new("INSERT OR REPLACE INTO bound_operator_identities VALUES (?, ?, ?, NULL)")
                        .int(operator_of_outcome(outcome).unwrap_or(entry))
                        .bytes(&commitment)
                        .int(entry)
                }
                "proposal" => {
                    Sql::new("INSERT OR REPLACE INTO bound_proposed_identities VALUES (?, ?, ?, ?, ?)")
                        .int(entry)
                        .bind(about.clone())
                        .bytes(&commitment)
                        .int(entry)
                        .bind(about)
                }
                "applicant" => Sql::new("INSERT OR REPLACE INTO bound_applicants VALUES (?, ?, ?, NULL)")
                    .int(entry)
                    .bytes(&commitment)
                    .int(entry),
                "subject" => Sql::new("INSERT OR REPLACE INTO bound_binding_subjects VALUES (?, ?, ?, ?, ?)")
                    .int(entry)
                    .bind(about.clone())
                    .bytes(&commitment)
                    .int(entry)
                    .bind(about),
                _ => Sql::new("INSERT OR REPLACE INTO bound_notes VALUES (?, ?, ?, ?)")
                    .int(entry)
                    .bytes(&commitment)
                    .bind(about)
                    .bind(SqlValue::Int(said_by)),
            };
            shadow.execute(sql)?;
        }
        if let Some(Outcome::Operator(operator)) = outcome
            && (!operator.identified || is_disabling(unsealed))
        {
            let erased = Sql::new("DELETE FROM bound_operator_identities WHERE operator = ?");
            shadow.execute(erased.bind(operator.id.to_sql_value()))?;
        }
        if let Some(Outcome::Binding(binding)) = outcome
            && binding.ended_at.is_some()
        {
            let ended = Sql::new("DELETE FROM bound_binding_subjects WHERE binding = ?");
            shadow.execute(ended.bind(binding.id.to_sql_value()))?;
        }
        if let Some(Outcome::Application(application)) = outcome
            && application.forget_at.is_none()
        {
            Self::follow_decided(shadow, application)?;
        }
        match outcome {
            Some(Outcome::Volunteer(volunteer)) => {
                Self::follow_volunteer(shadow, volunteer, (entry, has_nonce))
            }
            _ => Ok(()),
        }
    }

    /// Nothing is kept of who applied any more, and of what was said to them. Why it is another person than one who is
    /// alike, is words about the volunteer.
    fn follow_decided(shadow: &mut Db, application: &Application) -> Result<(), StoreError> {
        let of = |sql: &'static str| Sql::new(sql).bind(application.id.to_sql_value());
        shadow.execute(of("DELETE FROM bound_applicants WHERE application = ?"))?;
        if let (ApplicationStatus::Declined, Some(entry)) = (application.status, application.decided_entry) {
            let said = Sql::new("DELETE FROM bound_notes WHERE entry = ?");
            shadow.execute(said.bind(entry.to_sql_value()))?;
        }
        Ok(())
    }

    /// What is kept of who left, until they come back or are forgotten. Of who left before entries had nonces nothing
    /// is kept.
    fn follow_volunteer(
        shadow: &mut Db,
        volunteer: &Volunteer,
        (entry, has_nonce): (i64, bool),
    ) -> Result<(), StoreError> {
        let of = |sql: &'static str| Sql::new(sql).bind(volunteer.id.to_sql_value());
        if volunteer.status != VolunteerStatus::Closed || volunteer.forget_at.is_none() {
            shadow.execute(of("DELETE FROM bound_closed_identities WHERE volunteer = ?"))?;
        } else if has_nonce {
            let kept = of("INSERT OR REPLACE INTO bound_closed_identities VALUES (?, ?)");
            shadow.execute(kept.bind(volunteer.version.to_sql_value()))?;
        }
        if volunteer.status == VolunteerStatus::Closed {
            // What was said since the closing goes with the last of it.
            shadow.execute(of("INSERT OR REPLACE INTO closings VALUES (?, ?)").int(entry))?;
            forget_proposals(shadow, volunteer.id)?;
            shadow.execute(of("DELETE FROM bound_binding_subjects WHERE volunteer = ?"))?;
        }
        Ok(())
    }

    /// Compares the tables. `since` is the first entry that was ever sealed.
    pub(super) fn end(
        &self,
        db: &mut Db,
        shadow: &mut Db,
        since: Option<i64>,
        report: &mut Report,
    ) -> Result<(), StoreError> {
        for table in bound_tables() {
            compare(db, shadow, &table, report)?;
        }
        for table in sealed_tables() {
            self.check_rows(db, shadow, &table, since, (None, u64::MAX), report)?;
        }
        nobody_is_in_clear(db, report)?;
        no_more_name_pairs(db, report)
    }

    /// At most so many rows after a key; the key to go on after, unless the end was reached.
    pub(super) fn check_rows(
        &self,
        db: &mut Db,
        shadow: &mut Db,
        table: &SealedTable,
        since: Option<i64>,
        (after, most): (Option<Key>, u64),
        report: &mut Report,
    ) -> Result<Option<Key>, StoreError> {
        let compared = Compared::of(table.name, table.key, table.columns.clone());
        let mut rows = Rows::after(&compared, table.name, after);
        let bound =
            bound_tables().into_iter().find(|bound| bound.name == table.name && bound.about.is_some());
        let nobody_left = shadow.number(Sql::new("SELECT COUNT(*) FROM closings"))? == Some(0);
        let bound = bound.filter(|_| !nobody_left);
        let (mut done, mut passed) = (0, None);
        while let Some(values) = rows.peek(db)? {
            if done == most {
                return Ok(passed);
            }
            let values = values.to_vec();
            done += 1;
            if done == most {
                passed = Some(compared.key_of(&values).into_iter().cloned().collect());
            }
            let row = SideRow { table, values: &values };
            let name = || format!("{} {}", table.name, compare::name(&compared.key_of(&values)));
            if row.opens(self.vault) == Some(false) {
                report.differs(format!("{}: is not what the journal is bound to", name()));
            }
            match self.vault.map(|vault| row.is_sealed(vault)) {
                Some(Some(false)) => report.differs(format!("{}: its seal is not the service's", name())),
                Some(None) if !may_be_unsealed(shadow, &row, since)? => {
                    report.differs(format!("{}: bears no seal", name()));
                }
                Some(None) => report.unsealed_rows += 1,
                Some(Some(true)) | None => {}
            }
            if let Some(bound) = &bound
                && may_be_gone(shadow, bound, &compared.key_of(&values))?
            {
                report.differs(format!("{}: is of somebody who left, and was not erased", name()));
            }
            if table.name == "people" {
                self.check_person(db, &row, report)?;
            }
            if let ("operator_identities", Some(vault)) = (table.name, self.vault)
                && row.index_of_document(vault).as_ref().map(<[u8; 32]>::as_slice)
                    != row.bytes("identity_index")
            {
                report.differs(format!("{}: identity_index is of another number", name()));
            }
            if let ("binding_subjects", Some(vault)) = (table.name, self.vault)
                && row.index_of_subject(vault).as_ref().map(<[u8; 32]>::as_slice)
                    != row.bytes("subject_index")
            {
                report.differs(format!("{}: subject_index is of somebody else", name()));
            }
            if let ("applicants", Some(vault)) = (table.name, self.vault) {
                let expected = row.indexes_of_applicant(vault);
                let stands = ["document_index", "subject_index"].map(|column| row.bytes(column));
                let expected =
                    expected.as_ref().map(|indexes| indexes.each_ref().map(|index| Some(&index[..])));
                if expected != Some(stands) {
                    report.differs(format!("{}: is found by indexes of somebody else", name()));
                }
            }
            report.rows += 1;
            rows.advance();
        }
        Ok(None)
    }

    /// What is derived from a person's row: by what it is found, and the party membership that holds now.
    fn check_person(&self, db: &mut Db, row: &SideRow, report: &mut Report) -> Result<(), StoreError> {
        let Some(vault) = self.vault else { return Ok(()) };
        let person = row.person(vault).and_then(|content| serde_json::from_value::<Person>(content).ok());
        // What does not open is named already.
        let (Some(number), Some(person)) = (row.number("volunteer"), person) else { return Ok(()) };
        let volunteer = VolunteerId::new(Seq(number));
        let indexes = vault.person_indexes(&person);
        for (column, expected) in [
            ("identity_index", indexes.identity),
            ("mobile_index", indexes.mobile),
            ("likeness_index", indexes.likeness),
        ] {
            if row.bytes(column) != Some(&expected) {
                report.differs(format!("people {number}: {column} is of somebody else"));
            }
        }
        let party = row.bytes("party_sealed").map(|cell| opened_party(vault, volunteer, cell));
        if !party.is_some_and(|party| party.is_ok_and(|party| party.present() == person.political_status)) {
            report.differs(format!("people {number}: party_sealed is not what the person's data say"));
        }
        let pairs = "SELECT pair, volunteer FROM name_pairs WHERE volunteer = ? ORDER BY pair";
        let pairs = db.query(Sql::new(pairs).int(number))?.into_iter().map(|SqlValues(row)| row);
        if !pairs.eq(name_pair_values(vault, volunteer, person.name.as_str())) {
            report.differs(format!("name_pairs of volunteer {number}: are of another name"));
        }
        Ok(())
    }
}

/// What was kept in clear was sealed once a process with the keys had started, unless it was not what the service kept.
fn nobody_is_in_clear(db: &mut Db, report: &mut Report) -> Result<(), StoreError> {
    match sealing::unsealed(db)? {
        0 => Ok(()),
        people => {
            report.differs(format!(
                "unsealed_people: {people} are kept in clear, or not what the service kept"
            ));
            Ok(())
        }
    }
}

/// Names are found by nobody whose name is not kept.
fn no_more_name_pairs(db: &mut Db, report: &mut Report) -> Result<(), StoreError> {
    let stray = "SELECT COUNT(*) FROM name_pairs WHERE volunteer NOT IN (SELECT volunteer FROM people)";
    match db.number(Sql::new(stray))?.unwrap_or_default() {
        0 => Ok(()),
        stray => {
            report.differs(format!("name_pairs: {stray} are of nobody who is kept"));
            Ok(())
        }
    }
}

/// Whether the row was kept before rows were sealed.
fn may_be_unsealed(shadow: &mut Db, row: &SideRow, since: Option<i64>) -> Result<bool, StoreError> {
    let Some(since) = since else { return Ok(true) };
    let last_bound = |shadow: &mut Db, sql: &'static str, id: Option<i64>| match id {
        Some(id) => shadow.number(Sql::new(sql).int(id)),
        None => Ok(None),
    };
    let entry = match row.table.name {
        "people" => {
            last_bound(shadow, "SELECT entry FROM bound_people WHERE volunteer = ?", row.number("volunteer"))?
        }
        "credentials" => last_bound(
            shadow,
            "SELECT entry FROM bound_credentials WHERE operator = ?",
            row.number("operator"),
        )?,
        "notes" => row.number("entry"),
        "proposed_identities" => row.number("identity_change"),
        "closed_identities" => row.number("closed_entry"),
        "certificate_contents" => row.number("certificate"),
        // Kept since rows are sealed.
        "operator_identities" | "binding_subjects" | "applicants" => None,
        // Nothing says when an answer was kept: in a ledger that was sealed from the first entry on, none was before.
        _ => (since > 1).then_some(0),
    };
    Ok(entry.is_some_and(|entry| entry < since))
}

/// The tables as they are compared with what entries bind.
pub(super) fn bound_tables() -> [Compared; 9] {
    let table = |name, bound, key, columns| Compared {
        replayed_as: bound,
        about: Some("b.about"),
        ..Compared::of(name, key, columns)
    };
    [
        table("people", "bound_people", &["volunteer"], vec!["volunteer", "commitment"]),
        table("credentials", "bound_credentials", &["operator"], vec!["operator", "commitment"]),
        table(
            "operator_identities",
            "bound_operator_identities",
            &["operator"],
            vec!["operator", "commitment"],
        ),
        table(
            "certificate_contents",
            "bound_certificate_contents",
            &["certificate"],
            vec!["certificate", "volunteer", "commitment"],
        ),
        table(
            "proposed_identities",
            "bound_proposed_identities",
            &["identity_change"],
            vec!["identity_change", "volunteer", "commitment"],
        ),
        Compared {
            about: None,
            ..table("applicants", "bound_applicants", &["application"], vec!["application", "commitment"])
        },
        table(
            "binding_subjects",
            "bound_binding_subjects",
            &["binding"],
            vec!["binding", "volunteer", "commitment"],
        ),
        Compared {
            about: None,
            ..table(
                "closed_identities",
                "bound_closed_identities",
                &["volunteer"],
                vec!["volunteer", "closed_entry"],
            )
        },
        Compared {
            about: Some("b.about, b.said_by"),
            ..table("notes", "bound_notes", &["entry", "commitment"], vec!["entry", "commitment"])
        },
    ]
}

/// What was proposed is erased once it is decided, or something else is proposed, or the person leaves.
fn forget_proposals(shadow: &mut Db, volunteer: VolunteerId) -> Result<(), StoreError> {
    let decided = Sql::new("DELETE FROM bound_proposed_identities WHERE volunteer = ?");
    shadow.execute(decided.bind(volunteer.to_sql_value())).map(drop)
}

/// Every commitment within an event: 64 hexadecimal digits, but for the name of a finding.
fn collect(value: &Value, member: &str, bound: &mut Vec<Bound>) {
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| collect(value, name, bound)),
        Value::Array(items) => items.iter().for_each(|item| collect(item, member, bound)),
        Value::String(text) if text.len() == 64 && member != "finding" => {
            if let Ok(commitment) = HEXLOWER.decode(text.as_bytes()) {
                bound.push(Bound { member: member.to_owned(), commitment });
            }
        }
        _ => {}
    }
}

fn operator_of_outcome(outcome: Option<&Outcome>) -> Option<i64> {
    match outcome {
        Some(Outcome::Operator(operator)) => Some(operator.id.seq().0),
        _ => None,
    }
}

/// Whether an operator's document went with the entry, but for its index.
fn is_disabling(unsealed: &UnsealedEntry) -> bool {
    matches!(unsealed.event, Event::Operator(operator::Event::OperatorDisabled { .. }))
}

fn volunteer_of(thing: &Value) -> Option<i64> {
    let id: VolunteerId = thing.get("volunteer")?.as_str()?.parse().ok()?;
    Some(id.seq().0)
}

/// The volunteer whose words an objection, and what was said to it, are besides.
fn objector(outcome: &Outcome) -> Option<i64> {
    match outcome {
        Outcome::Objection(objection) => match objection.raised_by {
            Actor::Volunteer(volunteer) => Some(volunteer.seq().0),
            Actor::Operator(_) | Actor::System => None,
        },
        _ => None,
    }
}

fn volunteer_of_outcome(outcome: &Outcome) -> Option<i64> {
    match outcome {
        Outcome::Volunteer(volunteer) => Some(volunteer.id.seq().0),
        other => volunteer_of(&serde_json::to_value(other).ok()?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_commitment_of_an_event_is_found_and_no_other_hash() {
        let hash = "ab".repeat(32);
        let event = serde_json::json!({
            "kind": "x", "reason": hash, "finding": hash,
            "crediting": { "deductions": [{ "minutes": 1, "reason": hash }] }, "words": null, "title": "short",
        });
        let mut bound = Vec::new();
        collect(&event, "", &mut bound);
        assert_eq!(bound.iter().map(|bound| bound.member.as_str()).collect::<Vec<_>>(), ["reason", "reason"]);
    }
}
