//! Refusals that belong to no noun: who asks, and what they have read.

use super::ids::{Id, Seq};
use super::noun::refusals;
use chrono::NaiveDate;

refusals! {
    /// The role does not allow this.
    NotPermitted = Forbidden "not_permitted" "your role does not allow this";
    /// The thing belongs to a unit that the operator does not answer for.
    OutsideUnit = Forbidden "outside_unit" "this belongs to a unit that you are not responsible for";
    /// The operator has been disabled, or the volunteer's registration closed.
    ActorDisabled = Forbidden "actor_disabled" "your access has been disabled";
    /// All of the holder's tokens of before were ended: log in again.
    TokenEnded = Unauthenticated "token_ended" "your access token was ended: log in again";
    /// It was changed since it was read.
    VersionStale { current: Seq } = Stale "version_stale" "it was changed since you read it; its version is now {current}";
    /// What it leads to is more than one entry of the journal can hold: ask for it in parts.
    EntryTooLong = Invalid "entry_too_long" "this is too much for one entry of the journal: ask for it in parts";
    /// Another version took the place of the one that was read: read again, and name that as `replaces`.
    SchemeAlreadyReplaced { entry: Seq } = Conflict "scheme_already_replaced" "another version has taken its place, or takes effect on the same day: that of entry {entry}";
    /// Nothing is due yet.
    NothingDue = Conflict "nothing_due" "nothing is due";
}

/// Refuses a new version that takes the place of another than the newest, or takes effect on the day of one that it does
/// not name: of two who change the same version at a time only one succeeds.
pub(super) fn must_replace_newest<I: Id>(
    versions: impl Iterator<Item = (I, NaiveDate)>,
    named: Option<I>,
    effective_from: NaiveDate,
) -> Result<(), Refusal> {
    let in_its_way = |(id, from): &(I, NaiveDate)| match named {
        Some(named) => *id > named,
        None => *from == effective_from,
    };
    match versions.filter(in_its_way).map(|(id, _)| id).max() {
        Some(other) => Err(Refusal::SchemeAlreadyReplaced { entry: other.entry() }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::PolicyId;

    #[test]
    fn of_two_who_change_one_version_one_succeeds() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let policy = |number| PolicyId::new(Seq(number));
        let versions = [(policy(1), day("2026-01-01")), (policy(5), day("2026-06-01"))];
        let check = |named: Option<i64>, from| {
            must_replace_newest(versions.into_iter(), named.map(policy), day(from)).map_err(|refusal| {
                match refusal {
                    Refusal::SchemeAlreadyReplaced { entry } => entry.0,
                    other => panic!("{other}"),
                }
            })
        };
        assert_eq!(check(Some(5), "2026-06-01"), Ok(()));
        assert_eq!(check(Some(1), "2026-07-01"), Err(5), "replaced by another");
        assert_eq!(check(None, "2026-07-01"), Ok(()), "of a day of its own");
        assert_eq!(check(None, "2026-01-01"), Err(1), "of another's day, unnamed");
    }
}
