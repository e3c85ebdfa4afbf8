//! One request's misfortune is its own: the database may refuse it, the queue be full, a connection
//! be lost.

use crate::support::clock::TestClock;
use crate::support::commands::{City, create_reward, create_unit, free_stock, restock_reward};
use crate::support::database::Database;
use crate::support::each_database;
use crate::support::proxy::{Proxy, SlowCommits};
use crate::support::stored;
use crate::support::writer::{HeldHead, Writer, gather, in_runtime, occupy, queue, single};
use hourbook::domain::Command;
use hourbook::domain::actor::Actor;
use hourbook::domain::amounts::Points;
use hourbook::engine::{COMMANDS_A_REQUEST, Request, RequestRefusal, Work, WriterOptions};
use hourbook::store::{Db, DbUrl};
use std::sync::Arc;
use std::thread;

fn clock() -> Arc<TestClock> {
    Arc::new(TestClock::at("2026-11-22T18:00:00+08:00"))
}

fn unit(code: &str) -> Request {
    single(Actor::System, create_unit(code, None))
}

fn entries(url: &DbUrl) -> usize {
    stored::assert_replays(&mut Db::open(url).unwrap()).journal.len()
}

/// The edge lets no reward cost nothing, and neither does the database: what the one forgets, the
/// other finds.
fn refused_by_the_database(city: &City) -> Command {
    create_reward(city.bureau, Points(0), 1)
}

#[test]
fn what_the_database_refuses_harms_no_other_request_of_the_batch() {
    each_database("refused", |url| {
        let writer = Writer::start(&url, &clock());
        let city = City::found(&writer);
        for size in 1..=6 {
            for bad in 0..size {
                let before = entries(&url);
                let request = |at| match at {
                    at if at == bad => single(Actor::System, refused_by_the_database(&city)),
                    at => unit(&format!("U{size}-{bad}-{at}")),
                };
                let verdicts = writer_answers(&url, (0..size).map(request).collect());
                for (at, verdict) in verdicts.iter().enumerate() {
                    if at == bad {
                        assert_eq!(*verdict, Err(RequestRefusal::Unavailable), "{at} of {size}");
                    } else {
                        assert!(verdict.is_ok(), "{at} of {size}: {verdict:?}");
                    }
                }
                assert_eq!(entries(&url), before + size - 1);
            }
        }
    });
}

/// Answers to requests that wait together.
fn writer_answers(url: &DbUrl, requests: Vec<Request>) -> Vec<crate::support::pure::Verdict> {
    let writer = Writer::start(url, &clock());
    in_runtime(async {
        let head = HeldHead::take(url);
        let first = occupy(&writer.ledger).await;
        let pending = queue(&writer.ledger, requests);
        tokio::task::yield_now().await;
        head.release();
        first.await.unwrap().unwrap_err();
        gather(pending).await
    })
}

#[test]
fn a_bulk_with_an_item_that_the_database_refuses_changes_nothing() {
    each_database("bulk", |url| {
        let writer = Writer::start(&url, &clock());
        let city = City::found(&writer);
        let before = entries(&url);
        let items = vec![create_unit("U1", None), refused_by_the_database(&city), create_unit("U2", None)];
        let bulk = Request { actor: Actor::System, token_from: None, key: None, work: Work::Bulk(items) };
        let verdicts = writer_answers(&url, vec![bulk, unit("U1")]);
        assert_eq!(verdicts[0], Err(RequestRefusal::Unavailable));
        assert!(verdicts[1].is_ok(), "{:?}", verdicts[1]);
        assert_eq!(entries(&url), before + 1);
    });
}

#[test]
fn a_full_queue_refuses_at_once_and_carries_the_others_out() {
    each_database("busy", |url| {
        let options = WriterOptions { queue_limit: 2, ..WriterOptions::default() };
        let writer = Writer::start_with(&url, &clock(), &options);
        let verdicts = in_runtime(async {
            let head = HeldHead::take(&url);
            let first = occupy(&writer.ledger).await;
            let pending = queue(&writer.ledger, ["U1", "U2", "U3"].map(unit).into());
            tokio::task::yield_now().await;
            head.release();
            first.await.unwrap().unwrap_err();
            gather(pending).await
        });
        assert!(verdicts[0].is_ok() && verdicts[1].is_ok(), "{verdicts:?}");
        assert_eq!(verdicts[2], Err(RequestRefusal::Busy));
        assert_eq!(entries(&url), 2);
    });
}

/// A few large requests are as much as many small ones.
#[test]
fn a_queue_that_is_full_of_commands_refuses_at_once() {
    each_database("busy_bulk", |url| {
        let options = WriterOptions { queue_limit: 2, ..WriterOptions::default() };
        let bulk = |name: &str| {
            let items = (0..2 * COMMANDS_A_REQUEST).map(|at| create_unit(&format!("{name}-{at}"), None));
            Request { actor: Actor::System, token_from: None, key: None, work: Work::Bulk(items.collect()) }
        };
        let writer = Writer::start_with(&url, &clock(), &options);
        let verdicts = in_runtime(async {
            let head = HeldHead::take(&url);
            let first = occupy(&writer.ledger).await;
            let pending = queue(&writer.ledger, vec![bulk("A"), bulk("B")]);
            tokio::task::yield_now().await;
            assert_eq!(writer.ledger.queue_room(), 0, "there is room for a request, and none for its work");
            head.release();
            first.await.unwrap().unwrap_err();
            gather(pending).await
        });
        assert!(verdicts[0].is_ok(), "{verdicts:?}");
        assert_eq!(verdicts[1], Err(RequestRefusal::Busy));
        assert_eq!(entries(&url), 2 * COMMANDS_A_REQUEST);
        writer.ask(Actor::System, create_unit("C", None)).unwrap();
    });
}

#[test]
fn what_was_queued_is_answered_before_the_writer_ends() {
    each_database("drain", |url| {
        let writer = Writer::start(&url, &clock());
        let requests = (0..50).map(|n| unit(&format!("U{n}"))).collect();
        let verdicts = in_runtime(async {
            let pending = queue(&writer.ledger, requests);
            tokio::task::yield_now().await;
            let stopping = std::thread::spawn(move || writer.stop());
            let verdicts = gather(pending).await;
            stopping.join().unwrap();
            verdicts
        });
        assert!(verdicts.iter().all(Result::is_ok), "{verdicts:?}");
        assert_eq!(entries(&url), 50);
    });
}

/// Only PostgreSQL's connections can be lost: SQLite is a file.
#[test]
fn a_lost_connection_is_opened_again() {
    let database = Database::postgres("lost");
    let writer = Writer::start(database.url(), &clock());
    writer.ask(Actor::System, create_unit("U1", None)).unwrap();
    end_other_connections(database.url());
    writer.ask(Actor::System, create_unit("U2", None)).unwrap();
    assert_eq!(entries(database.url()), 2);
}

#[test]
fn a_connection_lost_within_a_batch_loses_nothing() {
    let database = Database::postgres("lost_within");
    let writer = Writer::start(database.url(), &clock());
    let verdicts = in_runtime(async {
        let head = HeldHead::take(database.url());
        let first = occupy(&writer.ledger).await;
        let pending = queue(&writer.ledger, ["U1", "U2", "U3"].map(unit).into());
        tokio::task::yield_now().await;
        head.end_other_connections();
        first.await.unwrap().unwrap_err();
        gather(pending).await
    });
    assert!(verdicts.iter().all(Result::is_ok), "{verdicts:?}");
    assert_eq!(entries(database.url()), 3);
}

/// The server goes on with a commit whose caller is gone: it counts, and once only.
#[test]
fn a_commit_whose_answer_is_lost_is_found_out_about() {
    let database = Database::postgres("in_doubt");
    let proxy = Proxy::to(database.url());
    let writer = Writer::start(proxy.url(), &clock());
    let city = City::found(&writer);
    let reward = city.reward(&writer, 5);
    let mut db = Db::open(database.url()).unwrap();
    let slow = SlowCommits::on(&mut db, 1.0);
    let receipt = thread::scope(|scope| {
        let asking = scope.spawn(|| writer.ask(Actor::System, restock_reward(reward, 1)));
        slow.await_one(&mut db);
        proxy.cut();
        asking.join().unwrap().unwrap()
    });
    assert_eq!(free_stock(&receipt), 6);
    let ledger = stored::assert_replays(&mut db);
    assert_eq!(ledger.journal.last().map(|last| last.entry.unsealed.seq), Some(receipt.seq));
}

fn end_other_connections(url: &DbUrl) {
    HeldHead::take(url).end_other_connections();
}
