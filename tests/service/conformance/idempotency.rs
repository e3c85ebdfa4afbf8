//! A request under a key can be repeated: it is carried out once, and answered alike for ever.

use crate::support::clock::TestClock;
use crate::support::commands::{City, create_unit, free_stock, place_redemption, register, restock_reward};
use crate::support::each_database;
use crate::support::pure::Verdict;
use crate::support::stored;
use crate::support::writer::{Writer, keyed, single};
use hourbook::domain::Rejection;
use hourbook::domain::actor::Actor;
use hourbook::domain::ids::{RewardId, UnitId};
use hourbook::domain::reward;
use hourbook::domain::volunteer;
use hourbook::engine::{Answer, Receipt, Request, RequestRefusal, Work};
use hourbook::store::{Db, DbUrl};
use std::sync::Arc;

fn clock() -> Arc<TestClock> {
    Arc::new(TestClock::at("2026-11-22T18:00:00+08:00"))
}

fn entries(url: &DbUrl) -> usize {
    stored::assert_replays(&mut Db::open(url).unwrap()).journal.len()
}

fn receipt(verdict: &Verdict) -> &Receipt {
    match verdict {
        Ok(Answer::Single(receipt)) => receipt,
        other => panic!("unexpected answer: {other:?}"),
    }
}

/// Opens a unit, under key 1.
fn open_unit(fingerprint: u8) -> Request {
    keyed(single(Actor::System, create_unit("BUREAU", None)), 1, fingerprint)
}

/// Adds a piece, under key 2.
fn restock(reward: RewardId) -> Request {
    keyed(single(Actor::System, restock_reward(reward, 1)), 2, 1)
}

#[test]
fn the_same_request_under_the_same_key_is_carried_out_once() {
    each_database("same_key", |url| {
        let writer = Writer::start(&url, &clock());
        let ask = || writer.ledger.submit_blocking(open_unit(1));
        let (first, again) = (ask(), ask());
        assert_eq!(again, first);
        assert_eq!(receipt(&first).seq.0, 1);
        assert_eq!(entries(&url), 1);
    });
}

#[test]
fn within_one_batch_too() {
    each_database("same_batch", |url| {
        let writer = Writer::start(&url, &clock());
        let verdicts = writer.ask_in_one_batch(vec![open_unit(1), open_unit(1), open_unit(2)]);
        assert_eq!(verdicts[1], verdicts[0]);
        assert_eq!(receipt(&verdicts[0]).seq.0, 1);
        assert_eq!(verdicts[2], Err(RequestRefusal::KeyReused));
        assert_eq!(entries(&url), 1);
    });
}

#[test]
fn another_request_under_the_same_key_is_refused() {
    each_database("key_reused", |url| {
        let writer = Writer::start(&url, &clock());
        let first = writer.ledger.submit_blocking(open_unit(1));
        assert_eq!(writer.ledger.submit_blocking(open_unit(2)), Err(RequestRefusal::KeyReused));
        assert_eq!(writer.ledger.submit_blocking(open_unit(1)), first, "the first answer stays");
        assert_eq!(entries(&url), 1);
    });
}

#[test]
fn the_answer_is_the_one_of_then_whatever_has_changed_and_whoever_answers() {
    each_database("replayed", |url| {
        let writer = Writer::start(&url, &clock());
        let reward = City::found(&writer).reward(&writer, 5);
        let first = writer.ledger.submit_blocking(restock(reward));
        writer.ask(Actor::System, restock_reward(reward, 1)).unwrap();
        writer.stop();

        let another = Writer::start(&url, &clock());
        let before = entries(&url);
        assert_eq!(another.ledger.submit_blocking(restock(reward)), first);
        assert_eq!(free_stock(receipt(&first)), 6);
        assert_eq!(entries(&url), before);
    });
}

#[test]
fn a_refusal_is_not_kept() {
    each_database("refusal", |url| {
        let writer = Writer::start(&url, &clock());
        let city = City::found(&writer);
        let volunteer = city.volunteer_with_points(&writer, 1);
        let reward = city.reward(&writer, 0);
        let place = || keyed(single(Actor::System, place_redemption(reward, volunteer)), 3, 1);
        let out_of_stock =
            Err(RequestRefusal::Rejected(Rejection::Reward(reward::Refusal::RewardOutOfStock)));
        assert_eq!(writer.ledger.submit_blocking(place()), out_of_stock);

        let verdicts = writer.ask_in_one_batch(vec![place(), restock(reward), place(), place()]);
        assert_eq!(verdicts[0], out_of_stock);
        assert!(verdicts[2].is_ok(), "{:?}", verdicts[2]);
        assert_eq!(verdicts[3], verdicts[2]);
    });
}

#[test]
fn a_bulk_is_replayed_as_a_whole() {
    each_database("bulk", |url| {
        let writer = Writer::start(&url, &clock());
        let bureau = UnitId::new(writer.ask(Actor::System, create_unit("BUREAU", None)).unwrap().seq);
        let people = || vec![register(bureau, 1), register(bureau, 1), register(bureau, 2)];
        let bulk = || {
            keyed(
                Request { actor: Actor::System, token_from: None, key: None, work: Work::Bulk(people()) },
                4,
                1,
            )
        };
        let first = writer.ledger.submit_blocking(bulk());
        let Ok(Answer::Bulk(items)) = &first else { panic!("unexpected answer: {first:?}") };
        assert!(items[0].is_ok() && items[2].is_ok(), "{items:?}");
        assert_eq!(items[1], Err(Rejection::Volunteer(volunteer::Refusal::IdentityTaken)));

        assert_eq!(writer.ledger.submit_blocking(bulk()), first);
        assert_eq!(writer.ask_in_one_batch(vec![bulk(), bulk()]), [first.clone(), first]);
        assert_eq!(entries(&url), 3);
    });
}
