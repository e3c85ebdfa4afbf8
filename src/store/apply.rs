//! The write path's writing end: entries, postings, derived rows and what is kept beside the journal.
//!
//! Postings go before their entry, which the database checks and seals as it takes it in.

use super::StoreError;
use super::account;
use super::column::Column;
use super::db::Db;
use super::sql::{Bind, Cell, CellType, Dialect, Sql};
use super::table::Table;
use super::vault::{self, Vault};
use crate::domain::account::{Asset, Posting};
use crate::domain::certificate::CertificateContent;
use crate::domain::command::{Committed, Private};
use crate::domain::event::Commitment;
use crate::domain::ids::{CertificateId, Seq, UnitId, VolunteerId};
use crate::domain::person::{Person, PersonIndexes, PoliticalStatus};
use crate::domain::world::Changes;
use crate::journal::{Entry, TileRoot, to_canonical_json};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An entry to be written, with what is kept beside it.
#[derive(Debug)]
pub struct Written {
    pub entry: Entry,
    /// The tiles of the tree that the entry made full.
    pub full_tiles: Vec<TileRoot>,
    /// The unit whose auditors see the entry; none: admins' and the top unit's only.
    pub unit: Option<UnitId>,
    pub private: Vec<Private>,
}

/// An answer to be kept under its key.
#[derive(Clone, Debug)]
pub struct StoredAnswer {
    pub scope: [u8; 32],
    pub fingerprint: [u8; 32],
    /// JSON.
    pub answer: String,
}

/// Writes everything that a batch came to, within the transaction at hand.
pub fn apply(
    db: &mut Db,
    vault: &Vault,
    written: &[Written],
    changes: &Changes,
    answers: &[StoredAnswer],
) -> Result<(), StoreError> {
    write_journal(db, written)?;
    write_derived(db, changes)?;
    for one in written {
        for private in &one.private {
            write_private(db, vault, one.entry.draft.seq, private)?;
        }
    }
    let answers: Vec<_> = answers
        .iter()
        .map(|kept| vec![kept.scope.to_cell(), kept.fingerprint.to_cell(), kept.answer.to_cell()])
        .collect();
    insert(db, &IDEMPOTENCY, &answers)
}

/// A table that rows are written to.
struct Target {
    name: &'static str,
    columns: &'static [(&'static str, CellType)],
    /// What to do where the key is there already.
    on_conflict: Conflict,
}

enum Conflict {
    /// Cannot be: the database refuses.
    Refuse,
    /// The new row takes the old one's place.
    Replace { key: &'static [&'static str] },
    /// The last column is added to what is there.
    Add { key: &'static [&'static str] },
}

const INT: CellType = CellType::Int;
const TEXT: CellType = CellType::Text;
const BYTES: CellType = CellType::Bytes;

const ENTRIES: Target = Target {
    name: "entries",
    columns: &[
        ("seq", INT),
        ("recorded_at", INT),
        ("actor", INT),
        ("kind", TEXT),
        ("unit", INT),
        ("effective_date", INT),
        ("reverses", INT),
        ("event", TEXT),
        ("hash", BYTES),
    ],
    on_conflict: Conflict::Refuse,
};

const POSTINGS: Target = Target {
    name: "postings",
    columns: &[
        ("seq", INT),
        ("line", INT),
        ("asset", TEXT),
        ("account", TEXT),
        ("volunteer", INT),
        ("activity", INT),
        ("unit", INT),
        ("grade", TEXT),
        ("service_date", INT),
        ("amount", INT),
    ],
    on_conflict: Conflict::Refuse,
};

const TREE_NODES: Target = Target {
    name: "tree_nodes",
    columns: &[("tile_level", INT), ("position", INT), ("hash", BYTES)],
    on_conflict: Conflict::Refuse,
};

const BALANCES: Target = Target {
    name: "balances",
    columns: &[
        ("account", TEXT),
        ("volunteer", INT),
        ("activity", INT),
        ("unit", INT),
        ("grade", TEXT),
        ("service_date", INT),
        ("balance", INT),
    ],
    on_conflict: Conflict::Add {
        key: &["account", "volunteer", "activity", "unit", "grade", "service_date"],
    },
};

const UNIT_LINEAGE: Target = Target {
    name: "unit_lineage",
    columns: &[("ancestor", INT), ("unit", INT)],
    on_conflict: Conflict::Refuse,
};

const NOTES: Target = Target {
    name: "notes",
    columns: &[("entry", INT), ("commitment", BYTES), ("salt", BYTES), ("note", TEXT)],
    on_conflict: Conflict::Refuse,
};

const CREDENTIALS: Target = Target {
    name: "credentials",
    columns: &[
        ("operator", INT),
        ("login", TEXT),
        ("name", TEXT),
        ("password_hash", TEXT),
        ("salt", BYTES),
        ("commitment", BYTES),
    ],
    on_conflict: Conflict::Replace { key: &["operator"] },
};

const PEOPLE: Target = Target {
    name: "people",
    columns: &[
        ("volunteer", INT),
        ("name", TEXT),
        ("gender", TEXT),
        ("birth_date", INT),
        ("document_kind", TEXT),
        ("document_sealed", BYTES),
        ("identity_index", BYTES),
        ("mobile_sealed", BYTES),
        ("mobile_index", BYTES),
        ("residence", TEXT),
        ("skills", TEXT),
        ("service_categories", TEXT),
        ("political_status", TEXT),
        ("consent", TEXT),
        ("guardian_consent", TEXT),
        ("salt", BYTES),
        ("commitment", BYTES),
    ],
    on_conflict: Conflict::Replace { key: &["volunteer"] },
};

const CERTIFICATE_CONTENTS: Target = Target {
    name: "certificate_contents",
    columns: &[
        ("certificate", INT),
        ("volunteer", INT),
        ("content_sealed", BYTES),
        ("salt", BYTES),
        ("commitment", BYTES),
    ],
    on_conflict: Conflict::Refuse,
};
/// What a person's data said of party membership, entry by entry: assessments ask for a past state.
const PARTY_STATUSES: Target = Target {
    name: "party_statuses",
    columns: &[("volunteer", INT), ("entry", INT), ("effective_from", INT), ("party_member", INT)],
    on_conflict: Conflict::Refuse,
};

const IDEMPOTENCY: Target = Target {
    name: "idempotency",
    columns: &[("scope", BYTES), ("fingerprint", BYTES), ("answer", TEXT)],
    on_conflict: Conflict::Refuse,
};

fn write_journal(db: &mut Db, written: &[Written]) -> Result<(), StoreError> {
    let mut entries = Vec::with_capacity(written.len());
    let mut postings = Vec::with_capacity(written.len() * 4);
    let mut nodes = Vec::new();
    for Written { entry, full_tiles, unit, .. } in written {
        let draft = &entry.draft;
        let event =
            to_canonical_json(&draft.event).map_err(|error| StoreError::corrupt(error.to_string()))?;
        entries.push(vec![
            draft.seq.to_cell(),
            draft.recorded_at.to_cell(),
            draft.actor.to_cell(),
            draft.event.kind().to_owned().to_cell(),
            unit.to_cell(),
            draft.effective_date.to_cell(),
            draft.reverses.to_cell(),
            event.to_cell(),
            entry.hash.to_cell(),
        ]);
        for (line, posting) in (1..).zip(&draft.postings) {
            postings.push(posting_cells(draft.seq, line, posting));
        }
        nodes.extend(full_tiles.iter().map(node_cells));
    }
    insert(db, &POSTINGS, &postings)?;
    insert(db, &ENTRIES, &entries)?;
    insert(db, &TREE_NODES, &nodes)
}

fn node_cells(tile: &TileRoot) -> Vec<Cell> {
    let position = Cell::Int(i64::try_from(tile.position).ok());
    vec![Cell::Int(Some(tile.tile_level.into())), position, tile.hash.to_cell()]
}

fn posting_cells(seq: Seq, line: i64, posting: &Posting) -> Vec<Cell> {
    let asset = match posting.account.asset() {
        Asset::Minutes => "minutes",
        Asset::Points => "points",
    };
    let mut cells = vec![seq.to_cell(), line.to_cell(), asset.to_owned().to_cell()];
    cells.extend(account::to_cells(posting.account));
    cells.push(posting.amount.to_cell());
    cells
}

/// The rows that the journal determines.
pub(super) fn write_derived(db: &mut Db, changes: &Changes) -> Result<(), StoreError> {
    put(db, &changes.units)?;
    let lineage: Vec<_> = changes
        .units
        .iter()
        .flat_map(|unit| unit.path.iter().map(|above| vec![above.to_cell(), unit.id.to_cell()]))
        .collect();
    insert(db, &UNIT_LINEAGE, &lineage)?;
    put(db, &changes.headcounts)?;
    put(db, &changes.volunteers)?;
    // A membership ends before the next begins: one is open at a time.
    let (ended, open): (Vec<_>, Vec<_>) =
        changes.memberships.iter().cloned().partition(|membership| membership.ends_at.is_some());
    put(db, &ended)?;
    put(db, &open)?;
    put(db, &changes.programmes)?;
    put(db, &changes.activities)?;
    put(db, &changes.records)?;
    put(db, &changes.lots)?;
    let (closed, open): (Vec<_>, Vec<_>) =
        changes.transfers.iter().cloned().partition(|transfer| !transfer.status.is_open());
    put(db, &closed)?;
    put(db, &open)?;
    put(db, &changes.policies)?;
    put(db, &changes.rewards)?;
    put(db, &changes.redemptions)?;
    put(db, &changes.certificates)?;
    put(db, &changes.operators)?;
    put(db, &changes.calendar)?;
    put(db, &changes.notice_policies)?;
    put(db, &changes.objections)?;
    put(db, &changes.corrections)?;
    put(db, &changes.star_schemes)?;
    put(db, &changes.assessment_schemes)?;
    put(db, &changes.pledges)?;
    put(db, &changes.model_posts)?;
    put(db, &changes.dismissals)?;
    let balances: Vec<_> = changes
        .balances
        .iter()
        .filter(|(_, added)| **added != 0)
        .map(|(account, added)| account::to_cells(*account).into_iter().chain([added.to_cell()]).collect())
        .collect();
    insert(db, &BALANCES, &balances)
}

fn put<T: Table>(db: &mut Db, rows: &[T]) -> Result<(), StoreError> {
    let cells: Vec<_> = rows.iter().map(Table::cells).collect();
    let target =
        Target { name: T::NAME, columns: T::COLUMNS, on_conflict: Conflict::Replace { key: T::KEY } };
    insert(db, &target, &cells)
}

fn write_private(db: &mut Db, vault: &Vault, entry: Seq, private: &Private) -> Result<(), StoreError> {
    match private {
        Private::Person { volunteer, person, indexes } => {
            let row = person_cells(vault, *volunteer, person, indexes)?;
            insert(db, &PEOPLE, &[row])?;
            insert(db, &PARTY_STATUSES, &party_status_cells(*volunteer, entry, &person.content))
        }
        Private::ErasePerson { volunteer } => {
            let of = |sql: &'static str| Sql::new(sql).bind(volunteer.to_cell());
            [
                "DELETE FROM people WHERE volunteer = ?",
                "DELETE FROM party_statuses WHERE volunteer = ?",
                "DELETE FROM certificate_contents WHERE volunteer = ?",
                "DELETE FROM notes WHERE entry IN (SELECT id FROM pledges WHERE volunteer = ?)",
                "DELETE FROM notes WHERE entry IN (SELECT id FROM model_posts WHERE volunteer = ?)",
            ]
            .into_iter()
            .try_for_each(|sql| db.execute(of(sql)).map(|_| ()))
        }
        Private::Certificate { certificate, volunteer, content } => {
            let row = certificate_cells(vault, *certificate, *volunteer, content)?;
            insert(db, &CERTIFICATE_CONTENTS, &[row])
        }
        Private::Note(Committed { content, salt, commitment }) => {
            let row = vec![entry.to_cell(), commitment.to_cell(), salt.to_cell(), content.to_cell()];
            insert(db, &NOTES, &[row])
        }
        Private::Credential { operator, login, password_hash } => {
            let Committed { content, salt, commitment } = login;
            let row = vec![
                operator.to_cell(),
                content.login.to_cell(),
                content.name.to_cell(),
                password_hash.to_cell(),
                salt.to_cell(),
                commitment.to_cell(),
            ];
            insert(db, &CREDENTIALS, &[row])
        }
    }
}

fn person_cells(
    vault: &Vault,
    volunteer: VolunteerId,
    Committed { content: person, salt, commitment }: &Committed<Person>,
    indexes: &PersonIndexes,
) -> Result<Vec<Cell>, StoreError> {
    let seal = |column, plain: &str| {
        vault.seal(vault::Cell { table: "people", column, row: volunteer.seq().0 }, plain.as_bytes())
    };
    let json =
        |value: serde_json::Result<String>| value.map_err(|error| StoreError::corrupt(error.to_string()));
    let document = person.document.number();
    let guardian = person.guardian_consent.as_ref().map(serde_json::to_string).transpose();
    Ok(vec![
        volunteer.to_cell(),
        person.name.to_cell(),
        person.gender.as_str().to_owned().to_cell(),
        person.birth_date.to_cell(),
        person.document.kind().as_str().to_owned().to_cell(),
        seal("document_sealed", document)?.to_cell(),
        indexes.identity.to_cell(),
        seal("mobile_sealed", person.mobile.as_str())?.to_cell(),
        indexes.mobile.to_cell(),
        person.residence.to_cell(),
        json(serde_json::to_string(&person.skills))?.to_cell(),
        json(serde_json::to_string(&person.service_categories))?.to_cell(),
        json(serde_json::to_string(&person.political_status))?.to_cell(),
        json(serde_json::to_string(&person.consent))?.to_cell(),
        guardian.map_err(|error| StoreError::corrupt(error.to_string()))?.to_cell(),
        salt.to_cell(),
        Commitment::to_cell(commitment),
    ])
}

fn certificate_cells(
    vault: &Vault,
    certificate: CertificateId,
    volunteer: VolunteerId,
    Committed { content, salt, commitment }: &Committed<CertificateContent>,
) -> Result<Vec<Cell>, StoreError> {
    let json = to_canonical_json(content).map_err(|error| StoreError::corrupt(error.to_string()))?;
    let sealed = vault.seal(vault::certificate_content(certificate), json.as_bytes())?;
    Ok(vec![
        certificate.to_cell(),
        volunteer.to_cell(),
        sealed.to_cell(),
        salt.to_cell(),
        Commitment::to_cell(commitment),
    ])
}
/// The statuses that hold from an entry on, each once a day, after a first row for the time before them.
/// Whoever never was said to be a member has no rows at all.
fn party_status_cells(volunteer: VolunteerId, entry: Seq, person: &Person) -> Vec<Vec<Cell>> {
    let of = |status: &PoliticalStatus| (status.effective_from, status.party_member);
    let statuses: BTreeMap<NaiveDate, bool> = person.political_status.iter().map(of).collect();
    if statuses.is_empty() && entry == volunteer.seq() {
        return Vec::new();
    }
    let before = (Cell::Int(Some(0)), false);
    let dated = statuses.into_iter().map(|(from, member)| (from.to_cell(), member));
    let row =
        |(from, member): (Cell, bool)| vec![volunteer.to_cell(), entry.to_cell(), from, member.to_cell()];
    [before].into_iter().chain(dated).map(row).collect()
}

/// Writes rows: on SQLite one cached statement a row, on PostgreSQL one statement of arrays for all.
fn insert(db: &mut Db, target: &Target, rows: &[Vec<Cell>]) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    match db.dialect() {
        Dialect::Sqlite => {
            let marks = vec!["?"; target.columns.len()].join(", ");
            let text = Arc::from(statement(target, &format!("VALUES ({marks})")));
            for row in rows {
                let sql = row.iter().cloned().fold(Sql::shared(&text), Sql::bind);
                db.execute(sql)?;
            }
        }
        Dialect::Postgres => {
            let marks = vec!["?"; target.columns.len()].join(", ");
            let text = statement(target, &format!("SELECT * FROM unnest({marks})"));
            let columns = target.columns.iter().enumerate();
            let sql =
                columns.fold(Sql::new(text), |sql, (at, (_, kind))| sql.bind_any(column(rows, at, *kind)));
            db.execute(sql)?;
        }
    }
    Ok(())
}

fn statement(target: &Target, source: &str) -> String {
    let names: Vec<&str> = target.columns.iter().map(|(name, _)| *name).collect();
    let head = format!("INSERT INTO {} ({}) {source}", target.name, names.join(", "));
    match &target.on_conflict {
        Conflict::Refuse => head,
        Conflict::Replace { key } => {
            let others = names.iter().filter(|name| !key.contains(name));
            let sets: Vec<_> = others.map(|name| format!("{name} = excluded.{name}")).collect();
            format!("{head} ON CONFLICT ({}) DO UPDATE SET {}", key.join(", "), sets.join(", "))
        }
        Conflict::Add { key } => {
            let last = names.last().copied().unwrap_or_default();
            let (table, key) = (target.name, key.join(", "));
            format!("{head} ON CONFLICT ({key}) DO UPDATE SET {last} = {table}.{last} + excluded.{last}")
        }
    }
}

fn column(rows: &[Vec<Cell>], at: usize, kind: CellType) -> Bind {
    let cells = rows.iter().map(|row| row.get(at));
    match kind {
        CellType::Int => Bind::Ints(
            cells.map(|cell| if let Some(Cell::Int(value)) = cell { *value } else { None }).collect(),
        ),
        CellType::Text => Bind::Texts(
            cells.map(|cell| if let Some(Cell::Text(value)) = cell { value.clone() } else { None }).collect(),
        ),
        CellType::Bytes => Bind::ByteStrings(
            cells
                .map(|cell| if let Some(Cell::Bytes(value)) = cell { value.clone() } else { None })
                .collect(),
        ),
    }
}
