//! What is kept beside the journal, held against what binds it: the seal of its row, and the commitment that it
//! opens.

use super::StoreError;
use super::apply::{SealedTable, sealed_tables};
use super::column::Column;
use super::db::Db;
use super::sql::{Sql, SqlValue, SqlValues};
use super::vault::{CellAddress, Vault, certificate_content, proposed_identity};
use crate::domain::application::Applicant;
use crate::domain::binding::OutsideIdentity;
use crate::domain::commitment::Commitment;
use crate::domain::ids::{CertificateId, IdentityChangeId, Seq, VolunteerId};
use crate::journal::is_bound;
use serde_json::{Value, json};

/// A row beside the journal, its seal the last column.
#[derive(Clone, Copy)]
pub(super) struct SideRow<'r> {
    pub(super) table: &'r SealedTable,
    pub(super) values: &'r [SqlValue],
}

impl SideRow<'_> {
    pub(super) fn value(&self, column: &str) -> Option<&SqlValue> {
        let at = self.table.columns.iter().position(|name| *name == column)?;
        self.values.get(at)
    }

    pub(super) fn number(&self, column: &str) -> Option<i64> {
        match self.value(column) {
            Some(SqlValue::Int(number)) => *number,
            _ => None,
        }
    }

    pub(super) fn text(&self, column: &str) -> Option<&str> {
        match self.value(column) {
            Some(SqlValue::Text(text)) => text.as_deref(),
            _ => None,
        }
    }

    pub(super) fn bytes(&self, column: &str) -> Option<&[u8]> {
        match self.value(column) {
            Some(SqlValue::Bytes(bytes)) => bytes.as_deref(),
            _ => None,
        }
    }

    pub(super) fn json(&self, column: &str) -> Option<Value> {
        match self.text(column) {
            None => Some(Value::Null),
            Some(text) => serde_json::from_str(text).ok(),
        }
    }

    /// Whether the row bears the service's seal; none where it has none at all.
    pub(super) fn is_sealed(&self, vault: &Vault) -> Option<bool> {
        let (last, row) = self.values.split_last()?;
        match last {
            SqlValue::Bytes(Some(seal)) => Some(vault.is_row_seal(self.table.name, row, seal)),
            _ => None,
        }
    }

    /// Whether the row's content opens its commitment; none where it has none, or only a key can tell.
    pub(super) fn opens(&self, vault: Option<&Vault>) -> Option<bool> {
        let content = match (self.table.name, vault) {
            ("people", Some(vault)) => self.person(vault),
            ("binding_subjects", Some(vault)) => self.subject(vault),
            ("applicants", Some(vault)) => self.applicant(vault),
            ("certificate_contents", Some(vault)) => self.certificate(vault),
            ("proposed_identities", Some(vault)) => self.proposed(vault),
            ("notes", _) => self.text("note").map(Value::from),
            ("operator_identities", Some(vault)) => self.document(vault),
            ("credentials", _) => Some(json!({ "login": self.text("login"), "name": self.text("name") })),
            _ => return None,
        };
        Some(content.is_some_and(|content| self.binds(&content)))
    }

    pub(super) fn binds(&self, content: &Value) -> bool {
        let salt = self.bytes("salt").and_then(|salt| salt.try_into().ok());
        let commitment = self.bytes("commitment").and_then(|commitment| commitment.try_into().ok());
        match (salt, commitment) {
            (Some(salt), Some(commitment)) => is_bound(content, salt, Commitment(commitment)),
            _ => false,
        }
    }

    /// The person as it was committed to.
    pub(super) fn person(&self, vault: &Vault) -> Option<Value> {
        serde_json::from_str(&self.opened(vault, "content_sealed")?).ok()
    }

    /// Who somebody is outside, as it was committed to.
    fn subject(&self, vault: &Vault) -> Option<Value> {
        serde_json::from_str(&self.opened(vault, "subject_sealed")?).ok()
    }

    /// Who applies, as it was committed to.
    fn applicant(&self, vault: &Vault) -> Option<Value> {
        serde_json::from_str(&self.opened(vault, "content_sealed")?).ok()
    }

    /// The blind indexes of who applies: of the document, and of who that is outside.
    pub(super) fn indexes_of_applicant(&self, vault: &Vault) -> Option<[[u8; 32]; 2]> {
        let applicant: Applicant = serde_json::from_value(self.applicant(vault)?).ok()?;
        Some([vault.identity_index(&applicant.person.document), vault.subject_index(&applicant.identity)])
    }

    /// The blind index of who is sealed in the row.
    pub(super) fn index_of_subject(&self, vault: &Vault) -> Option<[u8; 32]> {
        let identity: OutsideIdentity = serde_json::from_value(self.subject(vault)?).ok()?;
        Some(vault.subject_index(&identity))
    }

    /// The document by which an operator is known, as it was committed to.
    fn document(&self, vault: &Vault) -> Option<Value> {
        Some(json!({
            "kind": self.text("document_kind")?, "number": self.opened(vault, "document_sealed")?,
        }))
    }

    /// The blind index of the document that is sealed in the row.
    pub(super) fn index_of_document(&self, vault: &Vault) -> Option<[u8; 32]> {
        let document = match self.text("document_kind") {
            Some(_) => self.document(vault)?,
            None => self.person(vault)?.get("document")?.clone(),
        };
        let (kind, number) = (document.get("kind")?.as_str()?, document.get("number")?.as_str()?);
        Some(vault.blind_index("identity", format!("{kind}:{number}")))
    }

    /// A sealed column of a row, opened.
    pub(super) fn opened(&self, vault: &Vault, column: &str) -> Option<String> {
        let [key] = self.table.key else { return None };
        let address = CellAddress { table: self.table.name, column, row: self.number(key)? };
        String::from_utf8(vault.open(address, self.bytes(column)?).ok()?).ok()
    }

    fn proposed(&self, vault: &Vault) -> Option<Value> {
        let address = proposed_identity(IdentityChangeId::new(Seq(self.number("identity_change")?)));
        serde_json::from_slice(&vault.open(address, self.bytes("content_sealed")?).ok()?).ok()
    }

    fn certificate(&self, vault: &Vault) -> Option<Value> {
        let address = certificate_content(CertificateId::new(Seq(self.number("certificate")?)));
        serde_json::from_slice(&vault.open(address, self.bytes("content_sealed")?).ok()?).ok()
    }
}

/// Whether what is kept of a person is what the service kept; so it is where nothing is.
pub fn person_stands(db: &mut Db, vault: &Vault, volunteer: VolunteerId) -> Result<bool, StoreError> {
    let [people, ..] = sealed_tables();
    let sql = Sql::new(format!("SELECT {} FROM people WHERE volunteer = ?", people.columns.join(", ")));
    let Some(SqlValues(values)) = db.query(sql.bind(volunteer.to_sql_value()))?.into_iter().next() else {
        return Ok(true);
    };
    let row = SideRow { table: &people, values: &values };
    Ok(row.is_sealed(vault) != Some(false) && row.opens(Some(vault)) != Some(false))
}
