//! The write path's writing end: entries, postings, derived rows and what is kept beside the journal.
//!
//! Postings go before their entry, which the database checks and seals as it takes it in.

use super::column::Column;
use super::db::Db;
use super::person_row::{name_pair_values, party_from, person_values, sealed_text};
use super::sql::{Bind, InsertText, Sql, SqlValue, SqlValueType, SqlValues};
use super::table::{Table, type_of};
use super::vault::{self, Vault};
use super::{StoreError, account, contradicted, erasure, inbox, schema};
use crate::domain::account::{Asset, Posting};
use crate::domain::certificate::CertificateContent;
use crate::domain::commitment::Commitment;
use crate::domain::commitment::Committed;
use crate::domain::ids::{CertificateId, OperatorId, Seq, UnitId, VolunteerId};
use crate::domain::message::Message;
use crate::domain::noun::Row;
use crate::domain::operator::OperatorIdentity;
use crate::domain::person::{BlindIndex, PartyHistory, Person, PersonIndexes};
use crate::domain::side_data::SideData;
use crate::domain::world::Changes;
use crate::journal::{Entry, TileRoot, to_canonical_json};
use diesel::RunQueryDsl;
use std::marker::PhantomData;

/// An entry to be written, with what is kept beside it.
#[derive(Debug)]
pub struct Written {
    pub entry: Entry,
    /// The tiles of the tree that the entry made full.
    pub full_tiles: Vec<TileRoot>,
    /// The unit whose auditors see the entry; none: admins' and the top unit's only.
    pub unit: Option<UnitId>,
    pub side_data: Vec<SideData>,
}

/// An answer to be kept under its key.
#[derive(Clone, Debug)]
pub struct StoredAnswer {
    pub scope: [u8; 32],
    pub fingerprint: [u8; 32],
    /// JSON.
    pub answer: String,
}

/// Writes everything that a batch came to, within the open transaction.
pub fn apply(
    db: &mut Db,
    vault: &Vault,
    written: &[Written],
    changes: &Changes,
    answers: &[StoredAnswer],
) -> Result<(), StoreError> {
    write_journal(db, written)?;
    write_derived(db, changes, written.first().map(|first| first.entry.unsealed.seq))?;
    for one in written {
        for side_data in &one.side_data {
            write_side_data(db, vault, one.entry.unsealed.seq, side_data)?;
        }
    }
    let answers: Vec<_> = answers
        .iter()
        .map(|kept| {
            let row =
                vec![kept.scope.to_sql_value(), kept.fingerprint.to_sql_value(), kept.answer.to_sql_value()];
            sealed::<Idempotency>(vault, row)
        })
        .collect();
    insert::<Idempotency>(db, answers)
}

/// Writes what changes beside the journal without an entry, each with the last entry before.
pub fn apply_beside(db: &mut Db, vault: &Vault, beside: &[(Seq, SideData)]) -> Result<(), StoreError> {
    beside.iter().try_for_each(|(last, side_data)| write_side_data(db, vault, *last, side_data))
}

/// A table that rows are written to: a type of its own, by which SQLite's statement is found again.
trait Target: 'static {
    const NAME: &'static str;
    const COLUMNS: &'static [(&'static str, SqlValueType)];
    /// What to do where the key is there already.
    const ON_CONFLICT: Conflict;
}

enum Conflict {
    /// Cannot be: the database refuses.
    Refuse,
    /// The new row takes the old one's place.
    Replace { key: &'static [&'static str] },
    /// The last column is added to what is there.
    Add { key: &'static [&'static str] },
}

/// Declares a table that rows are written to, its columns in the order of the cells.
macro_rules! target {
    ($(#[$doc:meta])* $name:ident in $table:ident($($column:ident),+), $on_conflict:expr) => {
        $(#[$doc])*
        struct $name;

        impl Target for $name {
            const NAME: &'static str = stringify!($table);
            const COLUMNS: &'static [(&'static str, SqlValueType)] =
                &[$((stringify!($column), type_of::<schema::$table::$column>())),+];
            const ON_CONFLICT: Conflict = $on_conflict;
        }
    };
}

target!(
    Entries in entries(
        seq, recorded_at, actor, kind, unit, effective_date, reverses, event, hash, nonce, origin
    ),
    Conflict::Refuse
);
target!(
    Postings in postings(
        seq, line, asset, account, volunteer, activity, unit, grade, service_date, amount
    ),
    Conflict::Refuse
);
target!(TreeNodes in tree_nodes(tile_level, position, hash), Conflict::Refuse);
target!(
    Balances in balances(volunteer, account, unit, grade, balance),
    Conflict::Add { key: &account::PERSONAL_COLUMNS }
);
target!(UnitLineage in unit_lineage(ancestor, unit), Conflict::Refuse);
target!(Notes in notes(entry, commitment, salt, note, volunteer, seal), Conflict::Refuse);
target!(
    Credentials in credentials(operator, login, name, password_hash, salt, commitment, seal),
    Conflict::Replace { key: &["operator"] }
);
target!(
    People in people(
        volunteer, content_sealed, party_sealed, identity_index, mobile_index, likeness_index, salt, commitment, seal
    ),
    Conflict::Replace { key: &["volunteer"] }
);
target!(
    OperatorIdentities in operator_identities(
        operator, document_kind, document_sealed, identity_index, salt, commitment, seal
    ),
    Conflict::Replace { key: &["operator"] }
);
target!(
    BindingSubjects in binding_subjects(
        binding, volunteer, subject_sealed, subject_index, salt, commitment, seal
    ),
    Conflict::Refuse
);
target!(
    Applicants in applicants(
        application, content_sealed, document_index, subject_index, salt, commitment, seal
    ),
    Conflict::Refuse
);
target!(NamePairs in name_pairs(pair, volunteer), Conflict::Refuse);
target!(
    CertificateContents in certificate_contents(
        certificate, volunteer, content_sealed, salt, commitment, seal
    ),
    Conflict::Refuse
);
target!(
    ProposedIdentities in proposed_identities(
        identity_change, volunteer, content_sealed, salt, commitment, seal
    ),
    Conflict::Refuse
);
target!(
    /// By which somebody who left is the same when they come back.
    ClosedIdentities in closed_identities(identity_index, volunteer, closed_entry, seal),
    Conflict::Refuse
);
target!(Idempotency in idempotency(scope, fingerprint, answer, seal), Conflict::Refuse);

fn write_journal(db: &mut Db, written: &[Written]) -> Result<(), StoreError> {
    let mut entries = Vec::with_capacity(written.len());
    let mut postings = Vec::with_capacity(written.len() * 4);
    let mut nodes = Vec::new();
    for Written { entry, full_tiles, unit, .. } in written {
        let unsealed = &entry.unsealed;
        let event =
            to_canonical_json(&unsealed.event).map_err(|error| StoreError::corrupt(error.to_string()))?;
        entries.push(vec![
            unsealed.seq.to_sql_value(),
            unsealed.recorded_at.to_sql_value(),
            unsealed.actor.to_sql_value(),
            unsealed.event.kind().to_owned().to_sql_value(),
            unit.to_sql_value(),
            unsealed.effective_date.to_sql_value(),
            unsealed.reverses.to_sql_value(),
            event.to_sql_value(),
            entry.hash.to_sql_value(),
            entry.nonce.to_sql_value(),
            unsealed.origin.to_sql_value(),
        ]);
        for (line, posting) in (1..).zip(&unsealed.postings) {
            postings.push(posting_values(unsealed.seq, line, posting));
        }
        nodes.extend(full_tiles.iter().map(node_values));
    }
    insert::<Postings>(db, postings)?;
    insert::<Entries>(db, entries)?;
    insert::<TreeNodes>(db, nodes)
}

fn node_values(tile: &TileRoot) -> Vec<SqlValue> {
    let position = SqlValue::Int(i64::try_from(tile.position).ok());
    vec![SqlValue::Int(Some(tile.tile_level.into())), position, tile.hash.to_sql_value()]
}

/// The columns of [`posting_values`], in their order.
pub(super) fn posting_columns() -> Vec<&'static str> {
    Postings::COLUMNS.iter().map(|(name, _)| *name).collect()
}

pub(super) fn posting_values(seq: Seq, line: i64, posting: &Posting) -> Vec<SqlValue> {
    let asset = match posting.account.asset() {
        Asset::Minutes => "minutes",
        Asset::Points => "points",
    };
    let mut sql_values = vec![seq.to_sql_value(), line.to_sql_value(), asset.to_owned().to_sql_value()];
    sql_values.extend(account::to_sql_values(posting.account));
    sql_values.push(posting.amount.to_sql_value());
    sql_values
}

/// The rows that the journal determines. Things made by the entry `new_from` or a later one are not there
/// yet; where none is given, any may be.
pub(super) fn write_derived(db: &mut Db, changes: &Changes, new_from: Option<Seq>) -> Result<(), StoreError> {
    let mut rows = Rows { db, new_from };
    rows.put_all(changes)?;
    let lineage: Vec<_> = changes
        .units
        .iter()
        .flat_map(|unit| unit.path.iter().map(|above| vec![above.to_sql_value(), unit.id.to_sql_value()]))
        .collect();
    insert::<UnitLineage>(rows.db, lineage)?;
    let balances: Vec<_> = changes
        .balances
        .iter()
        .filter(|(_, added)| **added != 0)
        .filter_map(|(account, added)| Some((account::to_personal_sql_values(*account)?, added)))
        .map(|(account, added)| account.into_iter().chain([added.to_sql_value()]).collect())
        .collect();
    insert::<Balances>(rows.db, balances)?;
    changes.emptied_inboxes.iter().try_for_each(|volunteer| inbox::empty(rows.db, *volunteer))?;
    insert::<RowsOf<Message, true>>(rows.db, changes.messages.iter().map(Table::sql_values).collect())
}

/// The table of a row of the domain. One that is new is not there yet, which saves the database to look for it;
/// any other takes the old one's place.
struct RowsOf<T, const ARE_NEW: bool>(PhantomData<T>);

impl<T: Table + 'static, const ARE_NEW: bool> Target for RowsOf<T, ARE_NEW> {
    const NAME: &'static str = T::NAME;
    const COLUMNS: &'static [(&'static str, SqlValueType)] = T::COLUMNS;
    const ON_CONFLICT: Conflict = if ARE_NEW { Conflict::Refuse } else { Conflict::Replace { key: T::KEY } };
}

/// Where rows of the domain are written.
struct Rows<'d> {
    db: &'d mut Db,
    /// See [`write_derived`].
    new_from: Option<Seq>,
}

macro_rules! put_all {
    (things { $($module:ident: $Noun:ident($($row:tt)*) in $table:ident else $Absent:ident $commands:tt;)* }
     others $others:tt
     rows { $($rows:ident: $of:ident::$OtherRow:ident;)* }) => {
        impl Rows<'_> {
            fn put_all(&mut self, changes: &Changes) -> Result<(), StoreError> {
                $(self.put(&changes.$table)?;)*
                $(self.put(&changes.$rows)?;)*
                Ok(())
            }
        }
    };
}
crate::nouns!(put_all);

impl Rows<'_> {
    /// Those that give up a place go first, then those that are not new.
    fn put<T: Table + Row + 'static>(&mut self, rows: &[T]) -> Result<(), StoreError> {
        let (leaving, staying): (Vec<&T>, Vec<&T>) = rows.iter().partition(|row| row.gives_up_its_place());
        for rows in [leaving, staying] {
            let sql_values = rows.into_iter().map(Table::sql_values);
            let (new, others): (Vec<_>, Vec<_>) = sql_values.partition(|row| self.is_new::<T>(row));
            insert::<RowsOf<T, false>>(self.db, others)?;
            insert::<RowsOf<T, true>>(self.db, new)?;
        }
        Ok(())
    }

    /// An id is the sequence number of the entry that made the thing.
    fn is_new<T: Table>(&self, row: &[SqlValue]) -> bool {
        match (T::KEY, row.first(), self.new_from) {
            (["id"], Some(SqlValue::Int(Some(id))), Some(Seq(first))) => *id >= first,
            _ => false,
        }
    }
}

/// Writes what is kept beside an entry, or after the last one.
fn write_side_data(db: &mut Db, vault: &Vault, entry: Seq, side_data: &SideData) -> Result<(), StoreError> {
    match side_data {
        SideData::Person { volunteer, person, indexes } => {
            let party = party_from(db, vault, *volunteer, (entry, &person.content))?;
            exchange_identity(db, vault, *volunteer, indexes.identity)?;
            write_person(db, vault, *volunteer, (person, indexes, &party), BearsSeal::Yes)?;
            let back = Sql::new("DELETE FROM closed_identities WHERE volunteer = ?");
            db.execute(back.bind(volunteer.to_sql_value())).map(|_| ())
        }
        SideData::ErasePerson { volunteer, closed_entry } => {
            keep_identity(db, vault, *closed_entry, *volunteer)?;
            erasure::erase_person(db, *volunteer)
        }
        SideData::ForgetPerson { volunteer } => erasure::forget_person(db, *volunteer),
        SideData::Certificate { certificate, volunteer, content } => {
            let row = certificate_values(vault, *certificate, *volunteer, content)?;
            insert::<CertificateContents>(db, vec![sealed::<CertificateContents>(vault, row)])
        }
        SideData::ProposedIdentity { identity_change, volunteer, content } => {
            let Committed { content, salt, commitment } = &**content;
            let json = to_canonical_json(content).map_err(|error| StoreError::corrupt(error.to_string()))?;
            let cell = vault.seal(vault::proposed_identity(*identity_change), json.as_bytes())?;
            let row = vec![
                identity_change.to_sql_value(),
                volunteer.to_sql_value(),
                cell.to_sql_value(),
                salt.to_sql_value(),
                Commitment::to_sql_value(commitment),
            ];
            insert::<ProposedIdentities>(db, vec![sealed::<ProposedIdentities>(vault, row)])
        }
        SideData::EraseProposedIdentity { identity_change } => {
            let decided = Sql::new("DELETE FROM proposed_identities WHERE identity_change = ?");
            db.execute(decided.bind(identity_change.to_sql_value())).map(|_| ())
        }
        SideData::Note { note: Committed { content, salt, commitment }, about } => {
            let row = vec![
                entry.to_sql_value(),
                commitment.to_sql_value(),
                salt.to_sql_value(),
                content.to_sql_value(),
                about.to_sql_value(),
            ];
            insert::<Notes>(db, vec![sealed::<Notes>(vault, row)])
        }
        SideData::Credential { operator, login, password_hash } => {
            let Committed { content, salt, commitment } = login;
            let row = vec![
                operator.to_sql_value(),
                content.login.to_sql_value(),
                content.name.to_sql_value(),
                password_hash.to_sql_value(),
                salt.to_sql_value(),
                commitment.to_sql_value(),
            ];
            insert::<Credentials>(db, vec![sealed::<Credentials>(vault, row)])
        }
        SideData::Subject { binding, volunteer, identity, index } => {
            let Committed { content, salt, commitment } = &**identity;
            let row = vec![
                binding.to_sql_value(),
                volunteer.to_sql_value(),
                sealed_text(vault, vault::bound_subject(*binding), content)?.to_sql_value(),
                index.to_sql_value(),
                salt.to_sql_value(),
                Commitment::to_sql_value(commitment),
            ];
            insert::<BindingSubjects>(db, vec![sealed::<BindingSubjects>(vault, row)])
        }
        SideData::Applicant { application, applicant, indexes } => {
            let Committed { content, salt, commitment } = &**applicant;
            let row = vec![
                application.to_sql_value(),
                sealed_text(vault, vault::applicant(*application), content)?.to_sql_value(),
                indexes.document.to_sql_value(),
                indexes.subject.to_sql_value(),
                salt.to_sql_value(),
                Commitment::to_sql_value(commitment),
            ];
            insert::<Applicants>(db, vec![sealed::<Applicants>(vault, row)])
        }
        SideData::EraseApplicant { application, reason_entry } => {
            erasure::erase_applicant(db, *application, *reason_entry)
        }
        SideData::EraseSubject { binding } => {
            let ended = Sql::new("DELETE FROM binding_subjects WHERE binding = ?");
            db.execute(ended.bind(binding.to_sql_value())).map(|_| ())
        }
        SideData::OperatorIdentity { operator, identity } => {
            forget_operator_identity(db, *operator)?;
            let row = operator_identity_values(vault, *operator, identity)?;
            insert::<OperatorIdentities>(db, vec![sealed::<OperatorIdentities>(vault, row)])
        }
        SideData::EraseOperatorIdentity { operator } => keep_operator_identity(db, entry, *operator),
        SideData::ForgetOperatorIdentity { operator } => forget_operator_identity(db, *operator),
        SideData::MessagesRead { volunteer, up_to } => inbox::read_up_to(db, *volunteer, *up_to),
        SideData::SignedIn { volunteer, at } => inbox::signed_in(db, *volunteer, entry, *at),
    }
}

/// Whether a row is written with its seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BearsSeal {
    Yes,
    /// It was kept before rows were sealed: nobody knows who wrote it.
    No,
}

/// Writes who somebody is, and by what they are found.
pub(super) fn write_person(
    db: &mut Db,
    vault: &Vault,
    volunteer: VolunteerId,
    (person, indexes, party): (&Committed<Person>, &PersonIndexes, &PartyHistory),
    bears_seal: BearsSeal,
) -> Result<(), StoreError> {
    let mut row = person_values(vault, volunteer, person, indexes, party)?;
    match bears_seal {
        BearsSeal::Yes => row = sealed::<People>(vault, row),
        BearsSeal::No => row.push(SqlValue::Bytes(None)),
    }
    insert::<People>(db, vec![row])?;
    let former = Sql::new("DELETE FROM name_pairs WHERE volunteer = ?");
    db.execute(former.bind(volunteer.to_sql_value()))?;
    insert::<NamePairs>(db, name_pair_values(vault, volunteer, person.content.name.as_str()))
}

/// The row with its seal at the end.
fn sealed<T: Target>(vault: &Vault, mut row: Vec<SqlValue>) -> Vec<SqlValue> {
    let seal = vault.row_seal(T::NAME, &row);
    row.push(seal.to_sql_value());
    row
}

/// A table beside the journal whose rows bear a seal, which is their last column.
pub(super) struct SealedTable {
    pub(super) name: &'static str,
    pub(super) columns: Vec<&'static str>,
    pub(super) key: &'static [&'static str],
}

/// Those whose rows are sealed each by itself.
pub(super) fn sealed_tables() -> [SealedTable; 11] {
    fn table<T: Target>(key: &'static [&'static str]) -> SealedTable {
        SealedTable { name: T::NAME, columns: T::COLUMNS.iter().map(|(name, _)| *name).collect(), key }
    }
    [
        table::<People>(&["volunteer"]),
        table::<Notes>(&["entry", "commitment"]),
        table::<Credentials>(&["operator"]),
        table::<CertificateContents>(&["certificate"]),
        table::<Idempotency>(&["scope"]),
        table::<OperatorIdentities>(&["operator"]),
        SealedTable {
            name: contradicted::TABLE,
            columns: contradicted::COLUMNS.to_vec(),
            key: contradicted::KEY,
        },
        table::<ProposedIdentities>(&["identity_change"]),
        table::<ClosedIdentities>(&["identity_index"]),
        table::<BindingSubjects>(&["binding"]),
        table::<Applicants>(&["application"]),
    ]
}

/// How long the index of an operator's document is kept: as long as records of service are (GB/T 40143).
const IDENTITY_KEPT_MICROS: i64 = 10 * 366 * 24 * 3600 * 1_000_000;

/// Keeps the index of the document of somebody who leaves; of an alias that was erased before, with the new entry.
fn keep_identity(
    db: &mut Db,
    vault: &Vault,
    closed_entry: Seq,
    volunteer: VolunteerId,
) -> Result<(), StoreError> {
    let Some(index) = identity_of(db, volunteer)? else { return Ok(()) };
    let former = Sql::new("DELETE FROM closed_identities WHERE volunteer = ?");
    db.execute(former.bind(volunteer.to_sql_value()))?;
    let row = vec![index, volunteer.to_sql_value(), closed_entry.to_sql_value()];
    insert::<ClosedIdentities>(db, vec![sealed::<ClosedIdentities>(vault, row)])
}

/// The index of a volunteer's document, whether the person is here or has left.
fn identity_of(db: &mut Db, volunteer: VolunteerId) -> Result<Option<SqlValue>, StoreError> {
    for sql in [
        "SELECT identity_index FROM people WHERE volunteer = ?",
        "SELECT identity_index FROM closed_identities WHERE volunteer = ?",
    ] {
        let known = db.query(Sql::new(sql).bind(volunteer.to_sql_value()))?.into_iter().next();
        if let Some(index) = known.and_then(|SqlValues(row)| row.into_iter().next()) {
            return Ok(Some(index));
        }
    }
    Ok(None)
}

/// Where an erased alias of the same person is found by the document that the person has from now on, it is found by the
/// former one: every document of a person leads to the person.
fn exchange_identity(
    db: &mut Db,
    vault: &Vault,
    volunteer: VolunteerId,
    identity: BlindIndex,
) -> Result<(), StoreError> {
    let held = Sql::new(
        "SELECT volunteer, closed_entry FROM closed_identities WHERE identity_index = ? AND volunteer <> ?",
    );
    let held = db.query(held.bind(identity.to_sql_value()).bind(volunteer.to_sql_value()))?;
    let (Some(SqlValues(alias)), Some(former)) = (held.into_iter().next(), identity_of(db, volunteer)?)
    else {
        return Ok(());
    };
    let places = Sql::new("DELETE FROM closed_identities WHERE identity_index = ? OR volunteer = ?");
    db.execute(places.bind(identity.to_sql_value()).bind(volunteer.to_sql_value()))?;
    let row = [former].into_iter().chain(alias).collect();
    insert::<ClosedIdentities>(db, vec![sealed::<ClosedIdentities>(vault, row)])
}

/// Keeps the index of the document of an operator who has no access any more, as [`keep_identity`] does.
fn keep_operator_identity(db: &mut Db, entry: Seq, operator: OperatorId) -> Result<(), StoreError> {
    let keep = Sql::new(
        "INSERT INTO former_operator_identities (operator, identity_index, disabled_entry) \
         SELECT operator, identity_index, ? FROM operator_identities WHERE operator = ? ON CONFLICT DO NOTHING",
    );
    db.execute(keep.int(entry.0).bind(operator.to_sql_value()))?;
    let erase = Sql::new("DELETE FROM operator_identities WHERE operator = ?");
    db.execute(erase.bind(operator.to_sql_value()))?;
    let forget = Sql::new(
        "DELETE FROM former_operator_identities WHERE disabled_entry IN (SELECT seq FROM entries WHERE recorded_at <= \
         (SELECT recorded_at FROM entries WHERE seq = ?) - ?)",
    );
    db.execute(forget.int(entry.0).int(IDENTITY_KEPT_MICROS)).map(|_| ())
}

fn forget_operator_identity(db: &mut Db, operator: OperatorId) -> Result<(), StoreError> {
    [
        "DELETE FROM operator_identities WHERE operator = ?",
        "DELETE FROM former_operator_identities WHERE operator = ?",
    ]
    .into_iter()
    .try_for_each(|sql| db.execute(Sql::new(sql).bind(operator.to_sql_value())).map(|_| ()))
}

fn operator_identity_values(
    vault: &Vault,
    operator: OperatorId,
    OperatorIdentity { document: Committed { content, salt, commitment }, index }: &OperatorIdentity,
) -> Result<Vec<SqlValue>, StoreError> {
    let sealed = vault.seal(vault::operator_document(operator), content.number().as_bytes())?;
    Ok(vec![
        operator.to_sql_value(),
        content.kind().into_str().to_owned().to_sql_value(),
        sealed.to_sql_value(),
        index.to_sql_value(),
        salt.to_sql_value(),
        Commitment::to_sql_value(commitment),
    ])
}

fn certificate_values(
    vault: &Vault,
    certificate: CertificateId,
    volunteer: VolunteerId,
    Committed { content, salt, commitment }: &Committed<CertificateContent>,
) -> Result<Vec<SqlValue>, StoreError> {
    let json = to_canonical_json(content).map_err(|error| StoreError::corrupt(error.to_string()))?;
    let sealed = vault.seal(vault::certificate_content(certificate), json.as_bytes())?;
    Ok(vec![
        certificate.to_sql_value(),
        volunteer.to_sql_value(),
        sealed.to_sql_value(),
        salt.to_sql_value(),
        Commitment::to_sql_value(commitment),
    ])
}

/// Writes rows: on SQLite one statement a row, on PostgreSQL one statement of arrays for all.
fn insert<T: Target>(db: &mut Db, rows: Vec<Vec<SqlValue>>) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    let (into, on_conflict) = statement::<T>();
    match db {
        Db::Sqlite(connection) => {
            let text = InsertText::<T>::new(&into, &on_conflict);
            for row in &rows {
                text.with(row).execute(connection)?;
            }
        }
        Db::Postgres(connection) => {
            let marks = vec!["?"; T::COLUMNS.len()].join(", ");
            let text = format!("{into} SELECT * FROM unnest({marks}){on_conflict}");
            columns::<T>(rows).into_iter().fold(Sql::new(text), Sql::bind_any).execute(connection)?;
        }
    }
    Ok(())
}

/// What stands before and after the rows.
fn statement<T: Target>() -> (String, String) {
    let names: Vec<&str> = T::COLUMNS.iter().map(|(name, _)| *name).collect();
    let into = format!("INSERT INTO {} ({})", T::NAME, names.join(", "));
    let on_conflict = match T::ON_CONFLICT {
        Conflict::Refuse => String::new(),
        Conflict::Replace { key } => {
            let others = names.iter().filter(|name| !key.contains(name));
            let sets: Vec<_> = others.map(|name| format!("{name} = excluded.{name}")).collect();
            let replace = if sets.is_empty() {
                // A row that is its key alone is there already.
                "NOTHING".to_owned()
            } else {
                format!("UPDATE SET {}", sets.join(", "))
            };
            format!(" ON CONFLICT ({}) DO {replace}", key.join(", "))
        }
        Conflict::Add { key } => {
            let last = names.last().copied().unwrap_or_default();
            let (table, key) = (T::NAME, key.join(", "));
            format!(" ON CONFLICT ({key}) DO UPDATE SET {last} = {table}.{last} + excluded.{last}")
        }
    };
    (into, on_conflict)
}

/// The rows turned on their side: what each column holds.
fn columns<T: Target>(rows: Vec<Vec<SqlValue>>) -> Vec<Bind> {
    let empty = |(_, kind): &(_, SqlValueType)| match kind {
        SqlValueType::Int => Bind::Ints(Vec::with_capacity(rows.len())),
        SqlValueType::Text => Bind::Texts(Vec::with_capacity(rows.len())),
        SqlValueType::Bytes => Bind::ByteStrings(Vec::with_capacity(rows.len())),
    };
    let mut columns: Vec<Bind> = T::COLUMNS.iter().map(empty).collect();
    for row in rows {
        for (column, sql_value) in columns.iter_mut().zip(row) {
            match (column, sql_value) {
                (Bind::Ints(column), SqlValue::Int(value)) => column.push(value),
                (Bind::Texts(column), SqlValue::Text(value)) => column.push(value),
                (Bind::ByteStrings(column), SqlValue::Bytes(value)) => column.push(value),
                // A cell of another kind can only be a null.
                (Bind::Ints(column), _) => column.push(None),
                (Bind::Texts(column), _) => column.push(None),
                (Bind::ByteStrings(column), _) => column.push(None),
                (Bind::SqlValue(_), _) => {}
            }
        }
    }
    columns
}
