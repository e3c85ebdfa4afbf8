//! What clients know of their requests, compared with what stands in the service. Pure.

use std::collections::BTreeMap;

/// What a client knows of a request when all is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It was told that the thing with this id was made.
    Acknowledged(String),
    /// It was told that nothing was done.
    Refused,
    /// It was told nothing, or that nobody knows.
    Unknown,
}

impl Fate {
    /// Its place where fates are counted: acknowledged, refused, unknown.
    pub fn place(&self) -> usize {
        match self {
            Self::Acknowledged(_) => 0,
            Self::Refused => 1,
            Self::Unknown => 2,
        }
    }
}

/// A request, by what it would make. No two of a record ask for the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// What the client calls the thing: its name, or whose and when it is.
    pub label: String,
    pub fate: Fate,
}

/// A thing that stands in the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What the client would call it.
    pub label: String,
    pub id: String,
}

/// Where the service and its clients do not agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Acknowledged, and not there, or not under the id that was told.
    Lost(String),
    /// There more than once.
    Doubled(String),
    /// There, though it was refused or nobody has asked for it.
    Phantom(String),
}

/// Every disagreement, by label.
pub fn faults(attempts: &[Attempt], found: &[Found]) -> Vec<Fault> {
    let mut ids: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for thing in found {
        ids.entry(&thing.label).or_default().push(&thing.id);
    }
    let mut faults = Vec::new();
    let mut asked: BTreeMap<&str, &Fate> = BTreeMap::new();
    for Attempt { label, fate } in attempts {
        assert!(asked.insert(label, fate).is_none(), "{label} was asked for twice: the record is no good");
        let ids = ids.get(label.as_str()).map_or(&[][..], Vec::as_slice);
        faults.extend(fault(label, fate, ids));
    }
    let nobodys = ids.keys().filter(|label| !asked.contains_key(*label));
    faults.extend(nobodys.map(|label| Fault::Phantom((*label).to_owned())));
    faults
}

fn fault(label: &str, fate: &Fate, ids: &[&str]) -> Option<Fault> {
    let label = label.to_owned();
    match (fate, ids) {
        (Fate::Acknowledged(told), [id]) if id == told => None,
        (Fate::Refused | Fate::Unknown, []) | (Fate::Unknown, [_]) => None,
        (Fate::Acknowledged(_), [] | [_]) => Some(Fault::Lost(label)),
        (Fate::Refused, [_, ..]) => Some(Fault::Phantom(label)),
        (Fate::Acknowledged(_) | Fate::Unknown, [_, _, ..]) => Some(Fault::Doubled(label)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attempt(label: &str, fate: Fate) -> Attempt {
        Attempt { label: label.to_owned(), fate }
    }

    fn acknowledged(label: &str, id: &str) -> Attempt {
        attempt(label, Fate::Acknowledged(id.to_owned()))
    }

    fn found(label: &str, id: &str) -> Found {
        Found { label: label.to_owned(), id: id.to_owned() }
    }

    #[test]
    fn a_service_that_keeps_its_word_has_no_faults() {
        let attempts = [
            acknowledged("a", "1"),
            attempt("b", Fate::Refused),
            attempt("c", Fate::Unknown),
            attempt("d", Fate::Unknown),
        ];
        assert_eq!(faults(&attempts, &[found("c", "3"), found("a", "1")]), []);
    }

    #[test]
    fn what_was_acknowledged_and_is_gone_is_lost() {
        let lost = [Fault::Lost("a".to_owned())];
        assert_eq!(faults(&[acknowledged("a", "1")], &[]), lost);
        assert_eq!(faults(&[acknowledged("a", "1")], &[found("a", "2")]), lost, "another has its place");
    }

    #[test]
    fn what_is_there_twice_is_doubled() {
        let twice = [found("a", "1"), found("a", "2")];
        let doubled = [Fault::Doubled("a".to_owned())];
        assert_eq!(faults(&[acknowledged("a", "1")], &twice), doubled);
        assert_eq!(faults(&[attempt("a", Fate::Unknown)], &twice), doubled);
    }

    #[test]
    fn what_was_refused_or_never_asked_for_is_a_phantom() {
        let phantom = [Fault::Phantom("a".to_owned())];
        assert_eq!(faults(&[attempt("a", Fate::Refused)], &[found("a", "1")]), phantom);
        assert_eq!(faults(&[], &[found("a", "1")]), phantom);
    }

    #[test]
    #[should_panic(expected = "asked for twice")]
    fn a_record_in_which_two_ask_for_the_same_is_no_record() {
        faults(&[acknowledged("a", "1"), attempt("a", Fate::Unknown)], &[]);
    }
}
