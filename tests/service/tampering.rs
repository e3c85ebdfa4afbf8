//! What somebody does who can write to the database: each trick, and who must notice it.

use crate::support::clock::TestClock;
use crate::support::clock::within_a_while;
use crate::support::database::Directory;
use crate::support::each_database;
use crate::support::http::{App, NOON, log_keys};
use crate::support::operations::application_of;
use crate::support::process::{Replica, Secrets, run};
use crate::support::thief::{Forged, Thief};
use crate::support::town::{Town, each_town, merged};
use crate::support::wechat::bind;
use crate::support::writer::options;
use crate::support::writer::vault;
use hourbook::domain::actor::Actor;
use hourbook::domain::rules::Rules;
use hourbook::engine::SealError;
use hourbook::journal::open_checkpoint;
use hourbook::store::sql::{Dialect, Sql, SqlValue, SqlValues};
use hourbook::store::verify::{Evidence, KeptCheckpoint, Report, verify};
use hourbook::store::{Db, DbUrl, StoreError};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// 47 hours in one record, in the name of an operator.
fn forty_seven_hours(town: &Town) -> Forged {
    let volunteer = town.volunteer();
    let operator = town.app.get("/v1/operators?limit=200", &town.admin).ok();
    let operator = operator["items"].as_array().unwrap().iter().find(|item| item["role"] == "coordinator");
    let crediting = json!({ "credited_minutes": 2820, "deductions": [], "award": null });
    Forged {
        actor: Actor::Operator(operator.unwrap()["id"].as_str().unwrap().parse().unwrap()),
        event: json!({
            "kind": "record_submitted", "activity": town.activity, "volunteer": volunteer.id,
            "service": { "start": "2026-11-16T00:30:00+08:00", "end": "2026-11-17T23:30:00+08:00" },
            "breaks": [], "evidence": "leader", "count": 0, "claimed_minutes": 2820,
            "service_date": "2026-11-16", "late": false, "reason": null, "crediting": crediting,
        }),
        postings: minutes(&town.activity, &volunteer.id, 2820),
    }
}

fn minutes(activity: &str, volunteer: &str, minutes: i64) -> Value {
    json!([
        { "account": "served", "activity": activity, "grade": "leader", "date": "2026-11-16", "amount": -minutes },
        { "account": "credited", "volunteer": volunteer, "grade": "leader", "amount": minutes },
    ])
}

#[track_caller]
fn assert_named(app: &App, words: &str) {
    let report = app.verify();
    assert!(report.named.iter().any(|what| what.contains(words)), "{words}: {:#?}", report.named);
}

fn is_unsealed(sealed: &Result<bool, SealError>) -> bool {
    matches!(sealed, Err(SealError::Store(StoreError::Unsealed(_))))
}

#[test]
fn an_entry_in_somebodys_name_is_not_built_on_not_signed_and_named() {
    each_town("tamper-append", |town| {
        let memory = Directory::new("memory");
        town.serve(&town.volunteer(), "19T09:00", "19T10:00");
        town.app.seal(&memory).unwrap();
        town.app.assert_verified();
        let forged = forty_seven_hours(town);
        let seq = Thief::at(town.app).append(&forged);

        assert!(is_unsealed(&town.app.seal(&memory)), "the sealer signs it");
        assert_named(town.app, &format!("entries from {seq} to {seq}: they bear no seal"));
        let unit = json!({ "code": "LATER", "name": "新学校", "kind": "school", "parent": town.bureau });
        town.app.post("/v1/units", &town.admin, unit).refused(503, "unavailable");
        let why = town.app.get("/readyz", "").refused(503, "journal_in_doubt");
        assert!(why["detail"].as_str().unwrap().contains("the journal's head is entry"), "{why}");
    });
}

#[test]
fn a_seal_that_was_taken_away_or_made_up_is_named() {
    let tricks = [
        ("DELETE FROM batch_seals WHERE last_seq = 3", "entries from 3 to 4: their seal begins with entry 4"),
        ("DELETE FROM batch_seals WHERE last_seq < 3", "sealing began with entry 1"),
        ("DELETE FROM batch_seals WHERE last_seq > 5", "they bear no seal"),
        ("UPDATE batch_seals SET first_seq = 1 WHERE last_seq = 3", "their seal begins with entry 1"),
        ("UPDATE batch_seals SET sealed_since = 3", "sealing began with entry 3"),
        (
            "UPDATE batch_seals SET seal = (SELECT hash FROM entries WHERE seq = 1) WHERE last_seq = 3",
            "batch seal 3: it is not the service's",
        ),
        (
            "INSERT INTO batch_seals SELECT last_seq + 1000, 1, 1, seal FROM batch_seals WHERE last_seq = 1",
            "not there",
        ),
    ];
    each_town("tamper-seals", |town| {
        town.app.assert_verified();
        let mut thief = Thief::at(town.app);
        thief.rewrite("CREATE TABLE honest AS SELECT * FROM batch_seals");
        for (sql, words) in tricks {
            thief.rewrite(sql);
            assert_named(town.app, words);
            thief.rewrite("DELETE FROM batch_seals; INSERT INTO batch_seals SELECT * FROM honest");
        }
        town.app.assert_verified();
    });
}

#[test]
fn a_service_that_starts_on_a_head_that_it_did_not_leave_writes_nothing_and_is_not_ready() {
    each_database("tamper-start", |url| {
        let clock = Arc::new(TestClock::at(NOON));
        let app = App::start_with(&url, &clock, &options());
        let town = Town::found(&app);
        let admin = town.admin.clone();
        Thief::at(&app).append(&forty_seven_hours(&town));
        drop(app);

        let replica = Replica::on(&url, &Secrets::new());
        within_a_while("it is ready", || replica.get("/readyz", "").status == 503);
        replica.get("/readyz", "").refused(503, "journal_in_doubt");
        let unit = json!({ "code": "LATER", "name": "新学校", "kind": "bureau" });
        replica.post("/v1/units", &admin, unit).refused(503, "unavailable");
        replica.get("/v1/units", &admin).ok();
        assert_eq!(replica.get("/log/checkpoint", "").status, 404, "it signed");
    });
}

#[test]
fn a_checkpoint_in_the_database_binds_a_sealer_without_memory() {
    each_town("tamper-replica", |town| {
        let memory = Directory::new("memory");
        town.serve(&town.volunteer(), "19T09:00", "19T10:00");
        town.app.seal(&memory).unwrap();
        let mut thief = Thief::at(town.app);
        thief.rewrite("UPDATE entries SET event = replace(event, 'BUREAU', 'BUREAX') WHERE seq = 2");
        thief.hash_anew();
        // The thief has the service's key of seals, too.
        thief.seal_all_with(&vault());
        let replica = Directory::new("replica");
        let sealed = town.app.seal(&replica);
        assert!(matches!(sealed, Err(SealError::Rewritten { .. })), "{sealed:?}");
    });
}

/// A town's ledger with something of everything, signed twice, and what others keep of it.
struct Story<'t> {
    town: &'t Town<'t>,
    thief: Thief,
    /// The sealer's.
    memory: Directory,
    /// The first checkpoint, in an auditor's hands.
    kept: KeptCheckpoint,
    /// The entry that credited a record, and its leaf hash: a volunteer's receipt.
    receipt: (i64, String),
    volunteer: String,
}

impl<'t> Story<'t> {
    fn tell(town: &'t Town<'t>) -> Self {
        let memory = Directory::new("memory");
        let (volunteer, party_member) = (town.volunteer(), registered_party_member(town));
        let record = town.submit(&volunteer, "18T09:00", "18T10:30");
        let path = format!("/v1/service-records/{record}/credit");
        let credited = town.app.post(&path, &town.coordinator, json!({})).ok();
        let receipt = &credited["receipt"];
        let receipt = (receipt["seq"].as_i64().unwrap(), receipt["leaf_hash"].as_str().unwrap().to_owned());
        town.app.seal(&memory).unwrap();
        let kept = kept("the auditor's", &memory, false);
        let mut thief = Thief::at(town.app);
        thief.keep_a_copy();
        town.app
            .post(&format!("/v1/units/{}/headcounts", town.school), &town.coordinator, headcount())
            .created();
        town.void(&town.serve(&volunteer, "19T09:00", "19T10:00"));
        town.fulfil(&town.redeem(&volunteer, &town.reward("1", 3)));
        town.certify(&volunteer);
        let other_name = merged(town.person(), json!({ "name": "王晓明" }));
        let identity = format!("/v1/volunteers/{}/identity", volunteer.id);
        town.app.put(&identity, &town.coordinator, "*", Town::identity_of(&other_name)).ok();
        town.leave(&town.volunteer());
        bind(town, &volunteer, "o-tampered");
        application_of(town, &town.person());
        application_of(town, &town.person());
        let left = town.volunteer();
        bind(town, &left, "o-who-left");
        town.leave(&left);
        town.app.seal(&memory).unwrap();
        town.app
            .call("POST", "/v1/programmes")
            .token(&town.admin)
            .key("kept")
            .json(programme(town))
            .send()
            .created();
        town.app.seal(&memory).unwrap();
        Self { town, thief, memory, kept, receipt, volunteer: party_member }
    }

    /// What `verify` finds, with everything at hand.
    fn verified(&self) -> Report {
        let memory = self.memory.path().join("log-checkpoint").exists();
        let memory = memory.then(|| kept("the sealer's", &self.memory, true));
        verified(&self.town.app.url, memory.as_slice())
    }

    fn last(&mut self) -> i64 {
        self.thief.number("SELECT last_seq FROM journal_head")
    }

    /// Everybody who notices, each by a letter: V `verify`, S the sealer, K the checkpoint that was kept, R the receipt.
    fn noticed_by(&self) -> String {
        let mut noticed = String::new();
        if self.verified().differences > 0 {
            noticed.push('V');
        }
        if self.town.app.seal(&self.memory).is_err() {
            noticed.push('S');
        }
        let names_kept = |report: Report| report.named.iter().any(|what| what.contains("the auditor's"));
        if names_kept(verified(&self.town.app.url, std::slice::from_ref(&self.kept))) {
            noticed.push('K');
        }
        let (seq, leaf_hash) = &self.receipt;
        let sql = Sql::new("SELECT hash FROM entries WHERE seq = ?").int(*seq);
        let shown = self.town.app.db().query(sql).unwrap().into_iter().next().map(|row| row.0);
        let shown = shown.and_then(|row| match row.into_iter().next() {
            Some(SqlValue::Bytes(hash)) => hash,
            _ => None,
        });
        if shown.map(|hash| data_encoding::HEXLOWER.encode(&hash)).as_ref() != Some(leaf_hash) {
            noticed.push('R');
        }
        noticed
    }
}

fn headcount() -> Value {
    json!({ "effective_from": "2026-09-01", "staff": 100, "party_members": 30 })
}

fn programme(town: &Town) -> Value {
    json!({ "unit": town.bureau, "name": "春风行动", "brands": [] })
}

fn registered_party_member(town: &Town) -> String {
    let mut person = town.registration(&town.school);
    person["political_status"] = json!([{ "party_member": true, "effective_from": "2010-07-01" }]);
    let registered = town.app.post("/v1/volunteers", &town.coordinator, person).created();
    registered["id"].as_str().unwrap().to_owned()
}

fn kept(name: &str, memory: &Directory, is_published: bool) -> KeptCheckpoint {
    let note = fs::read_to_string(memory.path().join("log-checkpoint")).unwrap();
    let head = open_checkpoint(&note, &log_keys().verifiers()).unwrap();
    KeptCheckpoint { name: name.to_owned(), head, is_published }
}

/// What is found; a ledger that cannot be read to its end is a difference, too.
fn verified(url: &DbUrl, kept: &[KeptCheckpoint]) -> Report {
    let (scratch, keys, vault) = (Directory::new("verify"), log_keys().verifiers(), vault());
    let evidence = Evidence { keys: &keys, vault: Some(&vault), kept };
    verify(&mut Db::open(url).unwrap(), &Rules::default(), evidence, scratch.path(), |_, _| {})
        .unwrap_or_else(|error| Report {
            differences: 1,
            named: vec![error.to_string()],
            ..Report::default()
        })
}

/// 90 minutes become 900 wherever they stand.
fn inflate(story: &mut Story) {
    let seq = story.receipt.0;
    story.thief.rewrite(&format!(
        "UPDATE entries SET event = replace(event, '\"credited_minutes\":90', '\"credited_minutes\":900') WHERE seq = {seq};
         UPDATE postings SET amount = amount * 10 WHERE seq = {seq} AND asset = 'minutes';
         UPDATE service_records SET credited_minutes = 900 WHERE credited_minutes = 90;
         UPDATE balances SET balance = balance + 810 WHERE account = 'credited' AND balance >= 90"
    ));
}

fn inflate_and_hash_anew(story: &mut Story) {
    inflate(story);
    story.thief.hash_anew();
}

fn delete_checkpoints_since_kept(story: &mut Story) {
    let size = story.kept.head.size;
    story.thief.rewrite(&format!("DELETE FROM checkpoints WHERE size >= {size}"));
}

fn delete_last_entry(story: &mut Story) {
    let last = story.last();
    story.thief.rewrite(&format!(
        "DELETE FROM entries WHERE seq = {last}; DELETE FROM postings WHERE seq = {last};
         DELETE FROM programmes WHERE id = {last}; DELETE FROM batch_seals WHERE last_seq = {last}"
    ));
    story.thief.hash_anew();
}

fn forget(story: &mut Story) {
    fs::remove_file(story.memory.path().join("log-checkpoint")).unwrap();
}

/// What is done, its number among the tricks, and who must notice at least.
struct Trick {
    name: &'static str,
    noticed_by: &'static str,
    carry_out: fn(&mut Story),
}

fn sql(story: &mut Story, sql: &str) {
    story.thief.rewrite(sql);
}

const TRICKS: &[Trick] = &[
    Trick {
        name: "1 a record's minutes",
        noticed_by: "V",
        carry_out: |story| {
            sql(story, "UPDATE service_records SET credited_minutes = 900 WHERE credited_minutes = 90");
        },
    },
    Trick {
        name: "2 a balance",
        noticed_by: "V",
        carry_out: |story| {
            sql(story, "UPDATE balances SET balance = balance + 5000 WHERE account = 'credited'");
        },
    },
    Trick { name: "3 minutes everywhere, hashes left", noticed_by: "V", carry_out: inflate },
    Trick {
        name: "4 minutes everywhere, hashed again",
        noticed_by: "VSKR",
        carry_out: inflate_and_hash_anew,
    },
    Trick {
        name: "5 and the checkpoints above deleted",
        noticed_by: "VSKR",
        carry_out: |story| {
            inflate_and_hash_anew(story);
            delete_checkpoints_since_kept(story);
        },
    },
    Trick {
        name: "6 and the sealer's memory removed",
        noticed_by: "VSKR",
        carry_out: |story| {
            inflate_and_hash_anew(story);
            delete_checkpoints_since_kept(story);
            forget(story);
        },
    },
    Trick { name: "7 the last entry deleted", noticed_by: "VS", carry_out: delete_last_entry },
    Trick {
        name: "8 and its checkpoint",
        noticed_by: "VS",
        carry_out: |story| {
            delete_last_entry(story);
            sql(story, "DELETE FROM checkpoints WHERE size > (SELECT last_seq FROM journal_head)");
        },
    },
    Trick {
        name: "9 two entries swapped, hashed again",
        noticed_by: "VSKR",
        carry_out: |story| {
            let seq = story.receipt.0;
            story.thief.rewrite(&format!(
            "UPDATE entries SET seq = -1 WHERE seq = {seq}; UPDATE entries SET seq = {seq} WHERE seq = {seq} - 1;
             UPDATE entries SET seq = {seq} - 1 WHERE seq = -1;
             UPDATE postings SET seq = {seq} - 1 WHERE seq = {seq}"
        ));
            story.thief.hash_anew();
        },
    },
    Trick {
        name: "11 the database of before",
        noticed_by: "VS",
        carry_out: |story| story.thief.put_the_copy_back(),
    },
    Trick {
        name: "14 an entry in an operator's name",
        noticed_by: "VS",
        carry_out: |story| {
            story.thief.append(&forty_seven_hours(story.town));
        },
    },
    Trick {
        name: "15 postings that follow from nothing",
        noticed_by: "VS",
        carry_out: |story| {
            let event = json!({
                "kind": "headcount_set", "unit": story.town.school, "effective_from": "2026-10-01", "staff": 1,
                "party_members": 1,
            });
            let postings = minutes(&story.town.activity, &story.volunteer, 6000);
            story.thief.append(&Forged { actor: Actor::System, event, postings });
        },
    },
    Trick {
        name: "16 a person's name",
        noticed_by: "V",
        carry_out: |story| {
            sql(
                story,
                "UPDATE people SET content_sealed = (SELECT content_sealed FROM people ORDER BY volunteer LIMIT 1)",
            );
        },
    },
    Trick {
        name: "17 a reason",
        noticed_by: "V",
        carry_out: |story| {
            sql(story, "UPDATE notes SET note = '另一个理由'");
        },
    },
    Trick { name: "17 notes deleted", noticed_by: "V", carry_out: |story| sql(story, "DELETE FROM notes") },
    Trick {
        name: "18 a password",
        noticed_by: "V",
        carry_out: |story| {
            sql(story, "UPDATE credentials SET password_hash = 'x' WHERE login = 'admin'");
        },
    },
    Trick {
        name: "18 a login",
        noticed_by: "V",
        carry_out: |story| {
            sql(story, "UPDATE credentials SET login = 'boss' WHERE login = 'admin'");
        },
    },
    Trick {
        name: "19 party statuses of another",
        noticed_by: "V",
        carry_out: |story| {
            sql(
                story,
                "UPDATE people SET party_sealed = (SELECT party_sealed FROM people ORDER BY volunteer LIMIT 1)",
            );
        },
    },
    Trick {
        name: "19 pairs of names deleted",
        noticed_by: "V",
        carry_out: |story| {
            sql(story, "DELETE FROM name_pairs");
        },
    },
    Trick {
        name: "who is said to be somebody, deleted",
        noticed_by: "V",
        carry_out: |story| sql(story, "DELETE FROM proposed_identities"),
    },
    Trick {
        name: "who applies, deleted",
        noticed_by: "V",
        carry_out: |story| sql(story, "DELETE FROM applicants"),
    },
    Trick {
        name: "who signs in as somebody, deleted",
        noticed_by: "V",
        carry_out: |story| sql(story, "DELETE FROM binding_subjects"),
    },
    Trick {
        name: "a binding, given to somebody else",
        noticed_by: "V",
        carry_out: |story| {
            sql(story, "UPDATE bindings SET volunteer = (SELECT MIN(id) FROM volunteers)");
            sql(story, "UPDATE binding_subjects SET volunteer = (SELECT MIN(id) FROM volunteers)");
        },
    },
    Trick {
        name: "the index of who left, deleted",
        noticed_by: "V",
        carry_out: |story| sql(story, "DELETE FROM closed_identities"),
    },
    Trick {
        name: "the index of who left, given to somebody else",
        noticed_by: "V",
        carry_out: |story| {
            sql(story, "UPDATE closed_identities SET volunteer = (SELECT MIN(id) FROM volunteers)");
        },
    },
    Trick {
        name: "20 the kind of an entry",
        noticed_by: "V",
        carry_out: |story| {
            sql(story, "UPDATE entries SET kind = 'unit_created' WHERE kind = 'headcount_set'");
        },
    },
    Trick {
        name: "21 all checkpoints deleted",
        noticed_by: "V",
        carry_out: |story| {
            sql(story, "DELETE FROM checkpoints");
        },
    },
    Trick {
        name: "21 a checkpoint taken out",
        noticed_by: "V",
        carry_out: |story| {
            sql(story, "DELETE FROM checkpoints WHERE size = (SELECT MIN(size) FROM checkpoints)");
        },
    },
    Trick {
        name: "22 rewritten, and a new replica",
        noticed_by: "VSKR",
        carry_out: |story| {
            inflate_and_hash_anew(story);
            forget(story);
        },
    },
];

#[test]
fn each_trick_is_noticed_by_who_must() {
    each_town("tricks", |town| {
        let story = Story::tell(town);
        let report = story.verified();
        assert_eq!((report.differences, &report.named), (0, &vec![]));
        assert_eq!(report.unsealed_rows, 0);
        assert_eq!(story.noticed_by(), "", "the honest ledger is doubted");
    });
    for Trick { name, noticed_by, carry_out } in TRICKS {
        each_town("trick", |town| {
            let mut story = Story::tell(town);
            carry_out(&mut story);
            let noticed = story.noticed_by();
            for who in noticed_by.chars() {
                assert!(noticed.contains(who), "{name}: {who} does not notice, only {noticed:?}");
            }
        });
    }
}

#[test]
fn no_certificate_is_issued_on_a_name_that_was_changed() {
    each_town("tamper-name", |town| {
        let volunteer = town.volunteer();
        town.serve(&volunteer, "19T09:00", "19T10:00");
        town.certify(&volunteer);
        Thief::at(town.app).rewrite("UPDATE people SET content_sealed = party_sealed");
        let wish = json!({ "volunteer": volunteer.id });
        town.app.post("/v1/certificates", &town.coordinator, wish).refused(503, "journal_in_doubt");
    });
}

/// What may be changed unnoticed, and why.
const ON_NOBODYS_WORD: [(&str, &str); 10] = [
    ("inboxes", "how far somebody has read is nobody else's to know, and no figure rests on it"),
    ("sessions", "a session is no fact: it lasts for hours, and no figure rests on it"),
    ("tree_to_sign", "says what the sealer is about to do; it is written before and never read"),
    ("migration_turn", "is empty"),
    ("unsealed_people", "is empty; what is put there is read by nobody, and named"),
    ("unsealed_party_statuses", "is empty, and goes with the former"),
    ("__diesel_schema_migrations", "is the migrations' own"),
    ("idempotency.scope", "a key is known by its hash alone: another hash is a key that nobody has"),
    ("marks.whole", "the first roll-up is the same whether it is whole or not"),
    ("journal_head.id", "the database lets it be 1 only"),
];

/// The journal, and what it binds.
const BESIDE_OR_BOUND: [&str; 17] = [
    "applicants",
    "balances",
    "batch_seals",
    "binding_subjects",
    "certificate_contents",
    "checkpoints",
    "closed_identities",
    "credentials",
    "entries",
    "idempotency",
    "journal_head",
    "name_pairs",
    "notes",
    "people",
    "postings",
    "proposed_identities",
    "tree_nodes",
];

#[test]
fn whatever_column_is_changed_verify_notices() {
    each_town("tamper-columns", |town| {
        let mut story = Story::tell(town);
        town.transfer_to_other_school(&town.volunteer());
        let mut unnoticed = Vec::new();
        for [table, column] in columns(&mut town.app.db()) {
            let whole = format!("{table}.{column}");
            // What is derived is compared by one code for both databases, and takes longest.
            let is_derived = !BESIDE_OR_BOUND.contains(&table.as_str());
            if is_derived && matches!(town.app.url, DbUrl::Postgres(_)) {
                continue;
            }
            if ON_NOBODYS_WORD.iter().any(|(name, _)| *name == table || *name == whole) {
                continue;
            }
            if story.thief.change(&table, &column) && story.verified().differences == 0 {
                unnoticed.push(whole);
            }
            story.thief.undo();
        }
        assert!(unnoticed.is_empty(), "{unnoticed:#?}");
        assert_eq!(story.verified().differences, 0, "the changes were not undone");
    });
}

/// Every column of every table.
pub fn columns(db: &mut Db) -> Vec<[String; 2]> {
    let sql = match db.dialect() {
        Dialect::Sqlite => {
            "SELECT t.name, c.name FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'
             ORDER BY t.name, c.cid"
        }
        Dialect::Postgres => {
            "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT) FROM information_schema.columns
             WHERE table_schema = 'public' ORDER BY table_name, ordinal_position"
        }
    };
    let text = |value: SqlValue| match value {
        SqlValue::Text(Some(text)) => text,
        other => panic!("no text: {other:?}"),
    };
    let named = |row: SqlValues| <[SqlValue; 2]>::try_from(row.0).unwrap().map(text);
    let all = db.query(Sql::new(sql)).unwrap().into_iter().map(named);
    all.filter(|[table, _]| !table.starts_with("old_")).collect()
}

#[test]
fn nothing_to_check_against_is_no_success() {
    each_database("tamper-nothing", |url| {
        let app = App::start(&url);
        let town = Town::found(&app);
        let (folder, secrets) = (Directory::new("auditor"), Secrets::new());
        let data = folder.path();
        app.seal(&folder).unwrap();
        let kept = data.join("kept");
        fs::copy(data.join("log-checkpoint"), &kept).unwrap();
        town.volunteer();
        let keys = data.join("keys");
        fs::write(&keys, log_keys().verifiers()[0].to_string()).unwrap();
        drop(town);
        drop(app);
        let database = match &url {
            DbUrl::Sqlite(path) => format!("sqlite://{}", path.display()),
            DbUrl::Postgres(url) => url.clone(),
        };
        let verify = |data: &Path, more: &[&str]| {
            let place = ["verify", "--database-url", &database, "--data-dir", data.to_str().unwrap()];
            run(&[&place[..], more].concat())
        };
        let of_the_ledger = secrets.of_the_ledger();
        let of_the_ledger: Vec<&str> = of_the_ledger.iter().map(String::as_str).collect();
        let with_keys = [&of_the_ledger[..], &["--log-keys-file", keys.to_str().unwrap()]].concat();

        let whole = verify(data, &with_keys);
        assert_eq!(whole.code, Some(0), "{whole:?}");
        assert!(whole.stdout.contains("1 checkpoints that were kept elsewhere were compared"), "{whole:?}");
        let kept_too = verify(data, &[&with_keys[..], &["--kept", kept.to_str().unwrap()]].concat());
        assert!(kept_too.stdout.contains("2 checkpoints that were kept elsewhere"), "{kept_too:?}");

        let elsewhere = Directory::new("elsewhere");
        for (lacks, more, words) in [
            ("keys", &[][..], "no public key of the log"),
            (
                "the service's keys",
                &["--log-keys-file", keys.to_str().unwrap()][..],
                "the service's keys are not at hand",
            ),
        ] {
            let ended = verify(elsewhere.path(), more);
            assert_eq!(ended.code, Some(1), "{lacks}: {ended:?}");
            assert!(
                ended.stdout.contains("NOT CHECKED") && ended.stdout.contains(words),
                "{lacks}: {ended:?}"
            );
            let allowed = verify(elsewhere.path(), &[more, &["--allow-unsigned"]].concat());
            assert_eq!(allowed.code, Some(0), "{lacks}: {allowed:?}");
        }

        // The signing key was replaced, and the memory left.
        fs::write(&keys, hourbook::journal::LogKeys::parse(&stranger()).unwrap().verifiers()[0].to_string())
            .unwrap();
        let replaced = verify(data, &with_keys);
        assert_eq!(replaced.code, Some(1), "{replaced:?}");

        // A checkpoint of another ledger contradicts this one.
        fs::write(&keys, log_keys().verifiers()[0].to_string()).unwrap();
        let head = hourbook::journal::TreeHead { size: 3, root: hourbook::journal::TreeHash([7; 32]) };
        fs::write(&kept, log_keys().sign(head)).unwrap();
        let other = verify(data, &[&with_keys[..], &["--kept", kept.to_str().unwrap()]].concat());
        assert_eq!(other.code, Some(1), "{other:?}");
        assert!(other.stdout.contains("signs another tree of 3 entries"), "{other:?}");
    });
}

fn stranger() -> String {
    hourbook::journal::LogKeys::private_text(log_keys().origin(), &[44; 32]).unwrap()
}
