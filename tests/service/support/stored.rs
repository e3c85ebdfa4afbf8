//! What stands in a database, read back as the domain's own types and compared with what should.

use super::pure::{Kept, KnownPerson, PureLedger};
use super::writer::vault;
use hourbook::domain::World;
use hourbook::domain::account::{Account, Asset, Posting};
use hourbook::domain::application::Applicant;
use hourbook::domain::binding::OutsideIdentity;
use hourbook::domain::certificate::CertificateContent;
use hourbook::domain::event::{Commitment, UnsealedEntry};
use hourbook::domain::evidence::Evidence;
use hourbook::domain::ids::{
    ActivityId, ApplicationId, BindingId, CertificateId, IdentityChangeId, OperatorId, Seq, UnitId,
    VolunteerId,
};
use hourbook::domain::message::Message;
use hourbook::domain::noun::Row;
use hourbook::domain::person::{PartyHistory, Person, PersonIndexes, ProposedIdentity};
use hourbook::domain::text::{LoginName, Note};
use hourbook::domain::world::RowCache;
use hourbook::journal::{Entry, event_from_json, is_bound};
use hourbook::store::column::Column;
use hourbook::store::sql::{Sql, SqlValue, SqlValues};
use hourbook::store::table::Table;
use hourbook::store::{Db, head, vault};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

/// Demands that the database holds this ledger and nothing else: journal, head, every derived row,
/// every balance, and what is kept beside the journal.
pub fn assert_holds(db: &mut Db, ledger: &PureLedger) {
    assert_journal(db, ledger);
    assert_derived(db, ledger);
    assert_private(db, ledger);
}

/// Demands the same entries, in content and in hash.
pub fn assert_journal(db: &mut Db, ledger: &PureLedger) {
    let stored = journal(db);
    for (stored, expected) in stored.iter().zip(&ledger.journal) {
        assert_eq!(stored, expected);
    }
    assert_eq!(stored.len(), ledger.journal.len(), "entries");
    assert_head(db, ledger);
}

/// Demands that the database's journal ends where the ledger's does.
pub fn assert_head(db: &mut Db, ledger: &PureLedger) {
    let head = head::read(db).unwrap();
    let length = Seq(i64::try_from(ledger.journal.len()).unwrap());
    let last = ledger.journal.last().map(|last| last.entry.unsealed.recorded_at).unwrap_or_default();
    assert_eq!((head.last_seq, head.last_hash), (length, ledger.last_hash()), "head");
    assert_eq!(head.last_recorded_at, last, "head");
}

/// Demands the same derived rows and balances.
pub fn assert_derived(db: &mut Db, ledger: &PureLedger) {
    assert_every_table(db, &ledger.world);
    assert_lineage(db, ledger);
    assert_messages(db, &ledger.world);
    let kept = |(account, balance): &(&Account, &i64)| account.volunteer().is_some() && **balance != 0;
    let expected: BTreeMap<_, _> = ledger.balances.iter().filter(kept).map(|(a, b)| (*a, *b)).collect();
    assert_eq!(balances(db), expected, "balances");
}

macro_rules! by_noun {
    (things { $($module:ident: $Noun:ident($Row:ident, $Id:ident = $number:literal $what:literal)
        in $table:ident else $Absent:ident $commands:tt;)* }
     others $others:tt
     rows { $($rows:ident: $of:ident::$OtherRow:ident;)* }) => {
        fn assert_every_table(db: &mut Db, world: &World) {
            $(assert_rows(db, &world.$table);)*
            $(assert_rows(db, &world.$rows);)*
        }
    };
}
hourbook::nouns!(by_noun);

/// Demands that the journal is one unbroken chain, and that its entries, carried out again from
/// the first, lead to the derived rows and balances that stand in the database. The ledger that they
/// lead to.
pub fn assert_replays(db: &mut Db) -> PureLedger {
    let ledger = PureLedger::replay(journal(db));
    assert_head(db, &ledger);
    assert_derived(db, &ledger);
    ledger
}

/// Demands that every entry's postings sum to zero in each asset.
pub fn assert_balanced(db: &mut Db) {
    let sql = "SELECT COUNT(*) FROM (SELECT 1 AS one FROM postings GROUP BY seq, asset HAVING SUM(amount) <> 0) AS t";
    assert_eq!(db.number(Sql::new(sql)).unwrap(), Some(0));
}

/// The journal as it stands.
pub fn journal(db: &mut Db) -> Vec<Kept> {
    let mut postings = postings(db);
    let sql = "SELECT seq, recorded_at, actor, kind, unit, effective_date, reverses, event, hash, nonce,
                      origin FROM entries ORDER BY seq";
    let entry = |sql_values: SqlValues| {
        let [seq, recorded_at, actor, kind, unit, effective_date, reverses, event, hash, nonce, origin] =
            row(sql_values);
        let seq = read(seq);
        let event = event_from_json(&read::<String>(event)).unwrap();
        assert_eq!(read::<String>(kind), event.kind());
        let unsealed = UnsealedEntry {
            seq,
            recorded_at: read(recorded_at),
            actor: read(actor),
            origin: read(origin),
            effective_date: read(effective_date),
            reverses: read(reverses),
            event,
            postings: postings.remove(&seq).unwrap_or_default(),
        };
        Kept { entry: Entry { unsealed, nonce: read(nonce), hash: read(hash) }, unit: read(unit) }
    };
    let entries = db.query(Sql::new(sql)).unwrap().into_iter().map(entry).collect();
    assert!(postings.is_empty(), "postings without an entry: {postings:?}");
    entries
}

/// The rows of a table, by their key.
pub fn rows<T: Table + Row>(db: &mut Db) -> BTreeMap<T::Key, T> {
    let sql = format!("SELECT {} FROM {} AS t", T::select_list("t"), T::NAME);
    db.rows::<T>(Sql::new(sql)).unwrap().into_iter().map(|row| (row.key(), row)).collect()
}

/// The rows of a world's table, by their key.
pub fn cached_rows<T: Row>(cache: &RowCache<T>) -> BTreeMap<T::Key, T> {
    cache.iter().map(|row| (row.key(), row.clone())).collect()
}

/// The balances of people's accounts that are not 0.
pub fn balances(db: &mut Db) -> BTreeMap<Account, i64> {
    let sql = "SELECT account, volunteer, 0, unit, grade, 0, balance FROM balances WHERE balance <> 0";
    let line = |sql_values: SqlValues| {
        let [kind, volunteer, activity, unit, grade, date, balance] = row(sql_values);
        (account([kind, volunteer, activity, unit, grade, date]), read(balance))
    };
    db.query(Sql::new(sql)).unwrap().into_iter().map(line).collect()
}

fn assert_rows<T: Table + Row + Debug + PartialEq>(db: &mut Db, cache: &RowCache<T>)
where
    T::Key: Debug,
{
    let (stored, expected) = (rows::<T>(db), cached_rows(cache));
    for (key, row) in &expected {
        assert_eq!(stored.get(key), Some(row), "{}", T::NAME);
    }
    assert_eq!(stored.len(), expected.len(), "rows of {}", T::NAME);
}

/// Demands what people are told of entries, since they are told.
fn assert_messages(db: &mut Db, world: &World) {
    let begin = Seq(db.number(Sql::new("SELECT entry FROM messages_begin")).unwrap().unwrap());
    let sql = format!("SELECT {} FROM messages AS t WHERE t.kind <> 'signed_in'", Message::select_list("t"));
    let mut stored = db.rows::<Message>(Sql::new(format!("{sql} ORDER BY t.entry, t.line"))).unwrap();
    let expected: Vec<Message> =
        world.messages().iter().filter(|message| message.entry >= begin).cloned().collect();
    assert_eq!(stored.len(), expected.len(), "messages");
    for (stored, expected) in stored.drain(..).zip(expected) {
        assert_eq!(stored, expected);
    }
}

fn assert_lineage(db: &mut Db, ledger: &PureLedger) {
    let sql = Sql::new("SELECT ancestor, unit FROM unit_lineage ORDER BY unit, ancestor");
    let stored: Vec<(UnitId, UnitId)> = db
        .query(sql)
        .unwrap()
        .into_iter()
        .map(|sql_values| {
            let [ancestor, unit] = row(sql_values);
            (read(ancestor), read(unit))
        })
        .collect();
    let units = cached_rows(&ledger.world.units);
    let expected: Vec<_> =
        units.values().flat_map(|unit| unit.path.iter().map(|above| (*above, unit.id))).collect();
    assert_eq!(stored, expected, "lineage");
}

fn assert_private(db: &mut Db, ledger: &PureLedger) {
    assert_people(db, ledger);
    assert_name_pairs(db, ledger);
    assert_certificates(db, ledger);
    assert_proposed(db, ledger);
    assert_subjects(db, ledger);
    assert_applicants(db, ledger);
    assert_notes(db, ledger);
    assert_logins(db, ledger);
    assert_operator_identities(db, ledger);
}

fn assert_people(db: &mut Db, ledger: &PureLedger) {
    let sql = "SELECT volunteer, content_sealed, party_sealed, identity_index, mobile_index, likeness_index, commitment
               FROM people ORDER BY volunteer";
    let vault = vault();
    let people = db.query(Sql::new(sql)).unwrap();
    assert_eq!(people.len(), ledger.people.len(), "people");
    for (sql_values, (id, known)) in people.into_iter().zip(&ledger.people) {
        let [volunteer, content, party, identity_index, mobile_index, likeness_index, commitment] =
            row(sql_values);
        assert_eq!(read::<VolunteerId>(volunteer), *id);
        let content = vault.open(vault::person_content(*id), &read::<Vec<u8>>(content)).unwrap();
        assert_eq!(serde_json::from_slice::<Person>(&content).unwrap(), known.person.content);
        let party = vault.open(vault::party_history(*id), &read::<Vec<u8>>(party)).unwrap();
        let party: PartyHistory = serde_json::from_slice(&party).unwrap();
        assert_eq!(party.present(), known.person.content.political_status);
        let PersonIndexes { identity, mobile, likeness } = known.indexes;
        let indexes = [identity_index, mobile_index, likeness_index].map(read::<[u8; 32]>);
        assert_eq!(indexes, [identity, mobile, likeness]);
        assert_eq!(read::<Commitment>(commitment), known.person.commitment);
    }
}

fn assert_certificates(db: &mut Db, ledger: &PureLedger) {
    let sql = "SELECT certificate, volunteer, content_sealed, salt, commitment
               FROM certificate_contents ORDER BY certificate";
    let stored = db.query(Sql::new(sql)).unwrap();
    assert_eq!(stored.len(), ledger.certificates.len(), "certificates' contents");
    for (sql_values, (id, (of, known))) in stored.into_iter().zip(&ledger.certificates) {
        let [certificate, volunteer, sealed, salt, commitment] = row(sql_values);
        let opened = vault().open(vault::certificate_content(*id), &read::<Vec<u8>>(sealed)).unwrap();
        let content: CertificateContent = serde_json::from_slice(&opened).unwrap();
        assert_eq!((read::<CertificateId>(certificate), read::<VolunteerId>(volunteer)), (*id, *of));
        assert_eq!(content, known.content);
        assert!(is_bound(&content, read(salt), read(commitment)), "{id}");
    }
}

fn assert_subjects(db: &mut Db, ledger: &PureLedger) {
    let sql =
        "SELECT binding, volunteer, subject_sealed, subject_index FROM binding_subjects ORDER BY binding";
    let stored = db.query(Sql::new(sql)).unwrap();
    assert_eq!(stored.len(), ledger.subjects.len(), "subjects of bindings");
    for (sql_values, (id, (of, known))) in stored.into_iter().zip(&ledger.subjects) {
        let [binding, volunteer, sealed, index] = row(sql_values);
        let opened = vault().open(vault::bound_subject(*id), &read::<Vec<u8>>(sealed)).unwrap();
        assert_eq!((read::<BindingId>(binding), read::<VolunteerId>(volunteer)), (*id, *of));
        assert_eq!(serde_json::from_slice::<OutsideIdentity>(&opened).unwrap(), known.content);
        assert_eq!(read::<[u8; 32]>(index), vault().subject_index(&known.content));
    }
}

fn assert_applicants(db: &mut Db, ledger: &PureLedger) {
    let sql = "SELECT application, content_sealed, document_index, subject_index FROM applicants ORDER BY application";
    let stored = db.query(Sql::new(sql)).unwrap();
    assert_eq!(stored.len(), ledger.applicants.len(), "applicants");
    for (sql_values, (id, known)) in stored.into_iter().zip(&ledger.applicants) {
        let [application, sealed, document, subject] = row(sql_values);
        let opened = vault().open(vault::applicant(*id), &read::<Vec<u8>>(sealed)).unwrap();
        assert_eq!(read::<ApplicationId>(application), *id);
        assert_eq!(serde_json::from_slice::<Applicant>(&opened).unwrap(), known.content);
        let Applicant { person, identity } = &known.content;
        let indexes = [vault().identity_index(&person.document), vault().subject_index(identity)];
        assert_eq!([document, subject].map(read::<[u8; 32]>), indexes);
    }
}

fn assert_proposed(db: &mut Db, ledger: &PureLedger) {
    let sql =
        "SELECT identity_change, volunteer, content_sealed FROM proposed_identities ORDER BY identity_change";
    let stored = db.query(Sql::new(sql)).unwrap();
    assert_eq!(stored.len(), ledger.proposed.len(), "proposed identities");
    for (sql_values, (id, (of, known))) in stored.into_iter().zip(&ledger.proposed) {
        let [change, volunteer, sealed] = row(sql_values);
        let opened = vault().open(vault::proposed_identity(*id), &read::<Vec<u8>>(sealed)).unwrap();
        assert_eq!((read::<IdentityChangeId>(change), read::<VolunteerId>(volunteer)), (*id, *of));
        assert_eq!(serde_json::from_slice::<ProposedIdentity>(&opened).unwrap(), known.content);
    }
}

/// By which names are found: each pair of letters, and nobody's who has left.
fn assert_name_pairs(db: &mut Db, ledger: &PureLedger) {
    let stored: BTreeSet<(VolunteerId, i64)> = db
        .query(Sql::new("SELECT volunteer, pair FROM name_pairs"))
        .unwrap()
        .into_iter()
        .map(|sql_values| {
            let [volunteer, pair] = row(sql_values);
            (read(volunteer), read(pair))
        })
        .collect();
    let vault = vault();
    let pairs = |(id, known): (&VolunteerId, &KnownPerson)| {
        let pairs = vault.name_pairs(known.person.content.name.as_str());
        pairs.map(|pair| (*id, pair)).collect::<Vec<_>>()
    };
    assert_eq!(stored, ledger.people.iter().flat_map(pairs).collect(), "pairs of names");
}

fn assert_notes(db: &mut Db, ledger: &PureLedger) {
    let sql =
        Sql::new("SELECT entry, commitment, salt, note, volunteer FROM notes ORDER BY entry, commitment");
    let stored: Vec<_> = db
        .query(sql)
        .unwrap()
        .into_iter()
        .map(|sql_values| {
            let [entry, commitment, salt, note, about] = row(sql_values);
            let bound = (read::<Seq>(entry), read::<Commitment>(commitment), read::<[u8; 16]>(salt));
            (bound, read::<Note>(note), read::<Option<VolunteerId>>(about))
        })
        .collect();
    let expected: Vec<_> = ledger
        .notes
        .iter()
        .map(|((entry, commitment), (note, about))| {
            ((*entry, *commitment, note.salt), note.content.clone(), *about)
        })
        .collect();
    assert_eq!(stored, expected, "notes");
}

fn assert_logins(db: &mut Db, ledger: &PureLedger) {
    let sql = Sql::new("SELECT operator, login, password_hash FROM credentials ORDER BY operator");
    let stored: Vec<_> = db
        .query(sql)
        .unwrap()
        .into_iter()
        .map(|sql_values| {
            let [operator, login, password_hash] = row(sql_values);
            (read::<OperatorId>(operator), read::<LoginName>(login), read::<Option<String>>(password_hash))
        })
        .collect();
    let expected: Vec<_> = ledger
        .logins
        .iter()
        .map(|(id, known)| (*id, known.login.content.login.clone(), known.password_hash.clone()))
        .collect();
    assert_eq!(stored, expected, "logins");
}

fn assert_operator_identities(db: &mut Db, ledger: &PureLedger) {
    let mut of = |table: &str| -> BTreeMap<OperatorId, [u8; 32]> {
        let sql = Sql::new(format!("SELECT operator, identity_index FROM {table}"));
        let pair = |values| {
            let [operator, index] = row(values);
            (read::<OperatorId>(operator), read::<[u8; 32]>(index))
        };
        db.query(sql).unwrap().into_iter().map(pair).collect()
    };
    for (table, erased) in [("operator_identities", false), ("former_operator_identities", true)] {
        let known = ledger.operator_identities.iter().filter(|(_, (_, is_erased))| *is_erased == erased);
        let expected: BTreeMap<_, _> = known.map(|(id, (identity, _))| (*id, identity.index)).collect();
        assert_eq!(of(table), expected, "{table}");
    }
}

fn postings(db: &mut Db) -> BTreeMap<Seq, Vec<Posting>> {
    let sql = "SELECT seq, asset, account, volunteer, activity, unit, grade, service_date, amount
               FROM postings ORDER BY seq, line";
    let mut postings: BTreeMap<Seq, Vec<Posting>> = BTreeMap::new();
    for sql_values in db.query(Sql::new(sql)).unwrap() {
        let [seq, asset, kind, volunteer, activity, unit, grade, date, amount] = row(sql_values);
        let account = account([kind, volunteer, activity, unit, grade, date]);
        let expected = if account.asset() == Asset::Minutes { "minutes" } else { "points" };
        assert_eq!(read::<String>(asset), expected);
        postings.entry(read(seq)).or_default().push(Posting { account, amount: read(amount) });
    }
    postings
}

/// An account from its columns; every column that it does not use must be empty.
fn account([kind, volunteer, activity, unit, grade, date]: [SqlValue; 6]) -> Account {
    let kind: String = read(kind);
    let ids = [volunteer, activity, unit].map(|sql_value| Seq(read(sql_value)));
    let (volunteer, activity, unit) =
        (VolunteerId::new(ids[0]), ActivityId::new(ids[1]), UnitId::new(ids[2]));
    let graded = matches!(kind.as_str(), "served" | "credited");
    let evidence = || read::<Evidence>(grade.clone());
    let account = match kind.as_str() {
        "served" => Account::Served { activity, evidence: evidence(), date: read(date.clone()) },
        "credited" => Account::Credited { volunteer, evidence: evidence() },
        "issued" => Account::Issued { unit },
        "available" => Account::Available { unit, volunteer },
        "held" => Account::Held { unit, volunteer },
        "redeemed" => Account::Redeemed { unit },
        "expired" => Account::Expired { unit },
        "debt" => Account::Debt { unit, volunteer },
        "transferred" => Account::Transferred { unit },
        other => panic!("no account is called {other}"),
    };
    assert_eq!(account.volunteer().is_none(), ids[0] == Seq(0), "{account:?}");
    assert_eq!(kind != "served", ids[1] == Seq(0), "{account:?}");
    assert_eq!(account.unit().is_none(), ids[2] == Seq(0), "{account:?}");
    assert!(graded || read::<String>(grade).is_empty(), "{account:?}");
    assert!(kind == "served" || read::<i64>(date) == 0, "{account:?}");
    account
}

fn row<const N: usize>(SqlValues(sql_values): SqlValues) -> [SqlValue; N] {
    sql_values.try_into().expect("as many cells as were asked for")
}

fn read<C: Column>(sql_value: SqlValue) -> C {
    C::from_sql_value(sql_value).unwrap()
}
