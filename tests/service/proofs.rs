//! The sealed journal: receipts, checkpoints, tiles and proofs, checked with a client of transparency logs
//! that others wrote.

use crate::support::clock::timestamp;
use crate::support::database::Directory;
use crate::support::http::{Answer, App, log_key_text, log_keys};
use crate::support::refusals;
use crate::support::town::{Town, each_town};
use crate::support::writer::vault;
use chrono::Duration;
use hourbook::domain::Command;
use hourbook::domain::actor::Actor;
use hourbook::domain::evidence::Evidence;
use hourbook::domain::record::SubmitRecord;
use hourbook::domain::time::Interval;
use hourbook::engine::{Request, SealError, Work};
use hourbook::journal::{LogKeys, TreeHash, TreeHead, is_consistent, is_included};
use hourbook::store::sql::{Dialect, Sql};
use serde_json::{Value, json};
use signed_note::{Note, StandardVerifier, VerifierList};
use tlog_tiles::{
    Checkpoint, Error as TlogError, Hash, Tile, TileHashReader, TileReader, check_record, check_tree,
    prove_record, prove_tree, record_hash,
};

/// Makes the journal longer by this many entries.
fn lengthen(town: &Town, entries: usize) {
    let volunteer = town.volunteer();
    for at in 1..entries {
        let (day, minute) = (16 + at / 400, at % 400);
        let time = |minute: usize| format!("{day}T{:02}:{:02}", 8 + minute / 60, minute % 60);
        town.submit(&volunteer, &time(minute), &time(minute + 1));
    }
}

/// The tree that is signed now, as the other client reads and checks it.
fn signed_tree(app: &App) -> Checkpoint {
    let text = app.get("/log/checkpoint", "").expect_text();
    let verifiers = app.get("/v1/journal/checkpoint", "").ok()["verifiers"].clone();
    let key = verifiers[0].as_str().unwrap();
    let known = VerifierList::new(vec![Box::new(StandardVerifier::new(key).unwrap())]);
    let note = Note::from_bytes(text.as_bytes()).unwrap();
    let (verified, _) = note.verify(&known).unwrap();
    assert_eq!(verified.len(), 1);
    let tree = Checkpoint::from_bytes(note.text()).unwrap();
    assert_eq!(tree.origin(), log_keys().origin());
    tree
}

/// Reads tiles over HTTP; the other client checks them against the tree.
struct Tiles<'a>(&'a App);

impl TileReader for Tiles<'_> {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[Tile]) -> Result<Vec<Vec<u8>>, TlogError> {
        Ok(tiles.iter().map(|tile| get_tile(self.0, &tile.path(), "").found()).collect())
    }

    fn save_tiles(&self, _: &[Tile], _: &[Vec<u8>]) {}
}

/// A tile by its path in that client's own form, which names the height of tiles where the standard
/// does not.
fn get_tile(app: &App, path: &str, token: &str) -> Answer {
    app.get(&format!("/log/{}", path.replacen("tile/8/", "tile/", 1)), token)
}

impl Answer {
    #[track_caller]
    fn expect_text(self) -> String {
        assert_eq!(self.status, 200, "{}", self.text);
        self.text
    }

    #[track_caller]
    fn found(self) -> Vec<u8> {
        assert_eq!(self.status, 200, "{}: {}", self.asked, self.text);
        self.bytes
    }
}

fn hash(text: &Value) -> TreeHash {
    text.as_str().unwrap().parse().unwrap()
}

fn path(proof: &Value) -> Vec<TreeHash> {
    proof["path"].as_array().unwrap().iter().map(hash).collect()
}

fn head(tree: &Value) -> TreeHead {
    TreeHead { size: tree["size"].as_u64().unwrap(), root: hash(&tree["root"]) }
}

/// The entries of a bundle.
fn leaves(mut bundle: &[u8]) -> Vec<Vec<u8>> {
    let mut leaves = Vec::new();
    while let Some((length, rest)) = bundle.split_first_chunk() {
        let (leaf, rest) = rest.split_at(u16::from_be_bytes(*length).into());
        leaves.push(leaf.to_vec());
        bundle = rest;
    }
    leaves
}

#[test]
fn another_client_reads_the_log_and_proves_every_kind_of_thing() {
    each_town("proofs-log", |town| {
        let memory = Directory::new("memory");
        assert!(town.app.seal(&memory).unwrap());
        let early = signed_tree(town.app);
        lengthen(town, 290);
        assert!(town.app.seal(&memory).unwrap());
        let tree = signed_tree(town.app);
        assert!(tree.size() > early.size() && tree.size() > 256, "{}", tree.size());

        let tiles = Tiles(town.app);
        let reader = TileHashReader::new(tree.size(), *tree.hash(), &tiles);
        let path = |proof: &[Hash]| proof.iter().map(|hash| TreeHash(hash.0)).collect::<Vec<_>>();
        let full = leaves(&get_tile(town.app, "tile/entries/000", &town.admin).found());
        let partial = format!("tile/entries/001.p/{}", tree.size() - 256);
        let rest = leaves(&get_tile(town.app, &partial, &town.admin).found());
        assert_eq!((full.len(), rest.len() as u64), (256, tree.size() - 256));
        for (index, leaf) in (0..).zip(full.iter().chain(&rest)) {
            let leaf_hash = record_hash(leaf);
            let theirs = prove_record(tree.size(), index, &reader).unwrap();
            check_record(&theirs, tree.size(), *tree.hash(), index, leaf_hash).unwrap();
            if index % 37 == 0 || index == 255 || index == 256 {
                let ours = format!("/v1/journal/entries/{}/proof?size={}", index + 1, tree.size());
                let ours = town.app.get(&ours, "").ok();
                assert_eq!(self::path(&ours), path(&theirs), "entry {index}");
                assert_eq!(hash(&ours["leaf_hash"]).0, leaf_hash.0);
                let entry = format!("/v1/journal/entries/{}/leaf", index + 1);
                assert_eq!(town.app.get(&entry, &town.admin).found(), *leaf);
            }
        }
        let theirs = prove_tree(tree.size(), early.size(), &reader).unwrap();
        check_tree(&theirs, tree.size(), *tree.hash(), early.size(), *early.hash()).unwrap();
        let ours = town.app.get(&format!("/v1/journal/consistency?from_size={}", early.size()), "").ok();
        assert_eq!(self::path(&ours), path(&theirs));
        assert_eq!(head(&ours["from"]).root.0, early.hash().0);
        town.app.assert_verified();
    });
}

#[test]
fn every_change_is_answered_with_a_receipt_that_can_be_proved() {
    each_town("proofs-receipt", |town| {
        let volunteer = town.volunteer();
        let record = town.submit(&volunteer, "17T09:00", "17T10:00");
        let credit =
            town.app.post(&format!("/v1/service-records/{record}/credit"), &town.coordinator, json!({}));
        let receipt = credit.ok()["receipt"].clone();
        let proof_path = format!("/v1/journal/entries/{}/proof", receipt["seq"]);
        town.app.get(&proof_path, "").refused(404, "checkpoint_not_found");
        let memory = Directory::new("memory");
        town.app.seal(&memory).unwrap();
        let proof = town.app.get(&proof_path, "").ok();
        let index = receipt["seq"].as_u64().unwrap() - 1;
        let tree = head(&proof["tree"]);
        assert!(is_included(hash(&receipt["leaf_hash"]), index, tree.size, &path(&proof), tree.root));
        let shown = town.app.get(&format!("/v1/journal/entries/{}", receipt["seq"]), &town.admin).ok();
        assert_eq!(shown["hash"], receipt["leaf_hash"]);
        assert_eq!(proof["note"], town.app.get("/v1/journal/checkpoint", "").ok()["note"]);

        let forged = hash(&proof["tree"]["root"]);
        assert!(!is_included(forged, index, tree.size, &path(&proof), tree.root));
        assert!(!is_included(hash(&receipt["leaf_hash"]), index + 1, tree.size, &path(&proof), tree.root));

        let bulk = json!({ "items": [town.service(&volunteer, "18T09:00", "18T10:00")] });
        let items = town.app.post("/v1/service-records/bulk", &town.coordinator, bulk).ok();
        let item = &items["items"][0]["receipt"];
        let shown = town.app.get(&format!("/v1/journal/entries/{}", item["seq"]), &town.admin).ok();
        assert_eq!(shown["hash"], item["leaf_hash"]);
    });
}

#[test]
fn nothing_is_proved_that_is_not_there() {
    each_town("proofs-absent", |town| {
        town.app.get("/log/checkpoint", "").refused(404, "checkpoint_not_found");
        town.app.get("/v1/journal/checkpoint", "").refused(404, "checkpoint_not_found");
        town.app.get("/v1/journal/consistency?from_size=1", "").refused(404, "checkpoint_not_found");
        let memory = Directory::new("memory");
        town.app.seal(&memory).unwrap();
        let size = signed_tree(town.app).size();
        let proof =
            |seq: u64, query: String| town.app.get(&format!("/v1/journal/entries/{seq}/proof{query}"), "");
        for seq in [0, size + 1, u64::MAX] {
            proof(seq, String::new()).refused(404, "entry_not_found");
        }
        for query in
            [format!("?size={}", size + 1), "?size=1".to_owned(), "?size=-1".to_owned(), "?size=x".to_owned()]
        {
            proof(2, query).refused(400, "invalid_parameter");
        }
        assert_eq!(path(&proof(1, "?size=1".to_owned()).ok()), []);
        let consistency = |query: &str| town.app.get(&format!("/v1/journal/consistency?{query}"), "");
        for query in [
            format!("from_size={}", size + 1),
            format!("from_size=0&to_size={}", size + 1),
            "from_size=5&to_size=4".to_owned(),
        ] {
            consistency(&query).refused(400, "invalid_parameter");
        }
        let nothing = consistency("from_size=0&to_size=0").ok();
        assert_eq!(head(&nothing["to"]).root, TreeHash::of_nothing());
        for to in 1..size {
            let proof = consistency(&format!("from_size={to}")).ok();
            assert!(is_consistent(head(&proof["from"]), head(&proof["to"]), &path(&proof)), "{to}");
        }
        for tile in [
            format!("0/000.p/{}", size + 1),
            "0/000".to_owned(),
            "1/000".to_owned(),
            "7/000.p/1".to_owned(),
            "8/000".to_owned(),
            "0/999.p/1".to_owned(),
            "0/x999/x999/x999/x999/x999/999".to_owned(),
            "0/000.p/0".to_owned(),
            "entries/000".to_owned(),
            "x/000".to_owned(),
        ] {
            town.app.get(&format!("/log/tile/{tile}"), &town.admin).refused(404, "route_not_found");
        }
    });
}

#[test]
fn entries_are_for_who_audits_the_whole() {
    each_town("proofs-entries", |town| {
        let bundle = "/log/tile/entries/000.p/3";
        town.app.get(bundle, "").refused(401, "token_invalid");
        town.app.get(bundle, &town.volunteer().token).refused(403, "not_permitted");
        town.app.get(bundle, &town.coordinator).refused(403, "not_permitted");
        let of_the_top = town.operator("auditor", &town.bureau);
        for token in [&town.admin, &of_the_top] {
            assert_eq!(leaves(&town.app.get(bundle, token).found()).len(), 3);
        }
        let of_a_school = town.operator("auditor", &town.school);
        town.app.get(bundle, &of_a_school).refused(403, "not_permitted");
        town.app.get("/v1/journal/entries/1/leaf", &of_a_school).refused(404, "entry_not_found");
    });
}

#[test]
fn both_databases_come_to_the_same_root() {
    let roots = std::cell::RefCell::new(Vec::new());
    crate::support::each_database("proofs-same", |url| {
        let mut generator = crate::model::generator::Generator::new();
        let clock = std::sync::Arc::new(crate::support::clock::TestClock::at("2026-03-02T09:00:00+08:00"));
        let mut pure = crate::support::pure::PureLedger::new();
        let writer = crate::support::writer::Writer::start(&url, &clock);
        for seed in 0..1_000 {
            clock.advance(Duration::minutes(40));
            let now = pure.now(hourbook::engine::Clock::now(clock.as_ref()));
            let ask = crate::model::story::Ask { seed, more: 0 };
            let request = generator.request(ask, &pure, now);
            let _whatever_it_comes_to = pure.submit(now, &request, |_, judged| generator.learn(judged));
            let _the_same = writer.ledger.submit_blocking(request);
        }
        let head = hourbook::store::head::read(&mut hourbook::store::Db::open(&url).unwrap()).unwrap();
        assert!(head.tree.size() > 256, "{}", head.tree.size());
        roots.borrow_mut().push((head.tree.size(), head.tree.root()));
    });
    let roots = roots.into_inner();
    assert_eq!(roots.len(), 2);
    assert_eq!(roots[0], roots[1]);
}

#[test]
fn a_journal_that_was_rewritten_is_not_signed() {
    each_town("proofs-rewritten", |town| {
        let memory = Directory::new("memory");
        assert!(town.app.seal(&memory).unwrap());
        assert!(!town.app.seal(&memory).unwrap(), "nothing has changed");
        lengthen(town, 3);
        assert!(town.app.seal(&memory).unwrap(), "the honest journal goes on");
        let signed = signed_tree(town.app).size();

        rewrite(
            town,
            &format!(
                "UPDATE entries SET hash = (SELECT hash FROM entries WHERE seq = 1) WHERE seq = {signed}"
            ),
        );
        lengthen(town, 2);
        let refused = town.app.seal(&memory);
        assert!(
            matches!(refused, Err(SealError::Rewritten { signed_size, .. }) if signed_size == signed),
            "{refused:?}"
        );
        let tree = signed_tree(town.app);
        assert_eq!(tree.size(), signed, "no new checkpoint");
        assert!(town.app.verify().differences > 0);
    });
}

/// Changes what the database's own triggers guard, as its owner can.
fn rewrite(town: &Town, sql: &str) {
    let mut db = town.app.db();
    match db.dialect() {
        Dialect::Sqlite => {
            let guards = db.query(Sql::new("SELECT name FROM sqlite_master WHERE type = 'trigger'")).unwrap();
            for guard in guards {
                let name = format!("{:?}", guard.0[0]);
                let name = name.split('"').nth(1).unwrap().to_owned();
                db.batch(&format!("DROP TRIGGER {name}")).unwrap();
            }
            db.batch(sql).unwrap();
        }
        Dialect::Postgres => {
            db.batch(&format!(
                "SET session_replication_role = replica; {sql}; SET session_replication_role = DEFAULT"
            ))
            .unwrap();
        }
    }
}

#[test]
fn whatever_is_changed_of_the_tree_is_found_out() {
    let tampering = [
        ("UPDATE journal_head SET frontier = (SELECT hash FROM entries WHERE seq = 1)", "another tree"),
        ("UPDATE tree_nodes SET hash = (SELECT hash FROM entries WHERE seq = 1)", "tree node 1/0"),
        ("DELETE FROM tree_nodes", "tree node 1/0"),
        ("INSERT INTO tree_nodes SELECT 2, 0, hash FROM entries WHERE seq = 1", "nodes over entries"),
        ("UPDATE checkpoints SET root = (SELECT hash FROM entries WHERE seq = 1)", "its root is not"),
        ("UPDATE checkpoints SET note = replace(note, 'example', 'exampel')", "another log"),
        ("UPDATE checkpoints SET size = size + 1000", "signs more entries"),
        ("UPDATE entries SET hash = (SELECT hash FROM entries WHERE seq = 1) WHERE seq = 9", "entry 9"),
        ("UPDATE entries SET event = replace(event, 'BUREAU', 'BUREAX') WHERE seq = 2", "entry 2"),
        ("UPDATE postings SET amount = amount * 2 WHERE asset = 'minutes'", "its hash is not"),
    ];
    for (sql, named) in tampering {
        each_town("proofs-tampered", |town| {
            let memory = Directory::new("memory");
            town.serve(&town.volunteer(), "19T09:00", "19T10:00");
            // A tile becomes full where the case is about one.
            lengthen(town, if sql.contains("tree_nodes") { 258 } else { 3 });
            town.app.seal(&memory).unwrap();
            let honest = town.app.verify();
            assert_eq!((honest.differences, honest.signatures), (0, 1), "{:?}", honest.named);
            rewrite(town, sql);
            match std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| town.app.verify())) {
                Ok(report) => {
                    assert!(
                        report.named.iter().any(|what| what.contains(named)),
                        "{sql}: {:?}",
                        report.named
                    );
                }
                // The head cannot even be read: verify says so and ends.
                Err(_) => assert!(sql.contains("journal_head"), "{sql}"),
            }
        });
    }
}

#[test]
fn what_is_too_long_for_an_entry_is_refused_and_its_batch_goes_on() {
    each_town("proofs-long", |town| {
        let volunteer = town.volunteer();
        let instant = |second: i64| timestamp("2026-11-18T08:00:00+08:00").plus(Duration::seconds(second));
        let served = |start: i64, breaks: i64| {
            let pause =
                |at: i64| Interval { start: instant(start + at * 20), end: instant(start + at * 20 + 1) };
            Command::SubmitRecord(SubmitRecord {
                activity: town.activity.parse().unwrap(),
                volunteer: volunteer.id.parse().unwrap(),
                interval: Interval { start: instant(start), end: instant(start + 30_000) },
                breaks: (0..breaks).map(pause).collect(),
                evidence: Evidence::Leader,
                count: None,
                reason: None,
                credit: false,
            })
        };
        let work = Work::Bulk(vec![served(0, 1_200), served(0, 3)]);
        let answer = town.app.ledger().submit_blocking(Request {
            actor: Actor::System,
            token_from: None,
            key: None,
            work,
        });
        let Ok(hourbook::engine::Answer::Bulk(items)) = answer else { panic!("{answer:?}") };
        refusals::expect_rejection(items[0].as_ref().unwrap_err(), "entry_too_long");
        assert!(items[1].is_ok(), "{items:?}");
        town.app.assert_verified();
    });
}

#[test]
fn entries_have_nonces_of_their_own_and_their_bytes_are_shown() {
    each_town("proofs-nonce", |town| {
        let leaf = |seq: i64| -> Value {
            let leaf = town.app.get(&format!("/v1/journal/entries/{seq}/leaf"), &town.admin).expect_text();
            serde_json::from_str(&leaf).unwrap()
        };
        let [first, second] = [1, 2].map(leaf);
        assert_eq!((&first["format"], &second["format"]), (&json!(2), &json!(2)));
        assert_eq!(first["nonce"].as_str().unwrap().len(), 32);
        assert_ne!(first["nonce"], second["nonce"]);
    });
}

#[test]
fn a_log_goes_on_under_a_new_key_beside_the_old() {
    each_town("proofs-rotation", |town| {
        let memory = Directory::new("memory");
        let file = memory.path().join("log-checkpoint");
        town.app.seal(&memory).unwrap();
        let new = LogKeys::private_text(log_keys().origin(), &[43; 32]).unwrap();
        let both = LogKeys::parse(&format!("{new}\n{}", log_key_text())).unwrap();
        lengthen(town, 2);
        let pool = hourbook::store::Pool::writing(&town.app.url).unwrap();
        let mut seal = hourbook::engine::Seal::new(both.into(), vault(), file.clone()).unwrap();
        assert!(seal.seal(&pool, town.app.clock.as_ref()).unwrap());
        let only_new = std::sync::Arc::new(LogKeys::parse(&new).unwrap());
        lengthen(town, 2);
        let mut seal = hourbook::engine::Seal::new(only_new, vault(), file.clone()).unwrap();
        assert!(seal.seal(&pool, town.app.clock.as_ref()).unwrap(), "the new key knows its own signature");
        let stranger =
            LogKeys::parse(&LogKeys::private_text(log_keys().origin(), &[44; 32]).unwrap()).unwrap();
        let refused = hourbook::engine::Seal::new(stranger.into(), vault(), file);
        assert!(matches!(refused, Err(SealError::Memory { .. })), "{refused:?}");
    });
}
