//! What was stored, text by text: read by the present program, and written again as it was.

use super::present::{
    answer_again, answer_of, codes_with_members, document_again, event_kinds, kept_in_the_present_form,
    sealed_again, things,
};
use super::set::{lines_of_all, sets};
use serde_json::Value;
use std::collections::BTreeSet;

/// What to do about a kind that has no golden text yet.
const ADD: &str =
    "tell of it in tests/service/golden/story.rs, and add a golden text: see tests/golden/README.md";

fn none() -> BTreeSet<String> {
    BTreeSet::new()
}

#[test]
fn entries_have_the_same_bytes_and_hashes() {
    let mut kinds = BTreeSet::new();
    for line in lines_of_all("entries.txt") {
        let (hash, canonical) = line.split_once("  ").unwrap();
        let (canonical_now, hash_now) = sealed_again(canonical);
        assert_eq!(canonical_now, canonical);
        assert_eq!(hash_now, hash, "{canonical}");
        let body: Value = serde_json::from_str(canonical).unwrap();
        kinds.insert(body["event"]["kind"].as_str().unwrap().to_owned());
    }
    assert_eq!(&event_kinds() - &kinds, none(), "{ADD}");
}

#[test]
fn every_entry_of_a_golden_journal_has_its_bytes() {
    let mut entries = 0;
    for set in sets() {
        for canonical in set.lines("audit/entries.ndjson") {
            assert_eq!(sealed_again(&canonical).0, canonical);
            entries += 1;
        }
    }
    assert!(entries > 100, "only {entries} entries");
}

#[test]
fn kept_answers_are_read() {
    let mut seen = BTreeSet::new();
    let mut codes = BTreeSet::new();
    for kept in lines_of_all("kept-answers.ndjson") {
        let present = kept_in_the_present_form(&kept);
        assert_eq!(answer_again(&kept), present);
        let answer = answer_of(&kept);
        let single = answer.get("single").into_iter();
        let items = answer["bulk"].as_array().into_iter().flatten();
        for receipt in single.chain(items.clone().filter_map(|item| item.get("Ok"))) {
            seen.insert(receipt["outcome"]["thing"].as_str().unwrap().to_owned());
        }
        for refusal in items.filter_map(|item| item.get("Err")) {
            codes.insert(refusal["code"].as_str().unwrap().to_owned());
        }
    }
    assert_eq!(&things() - &seen, none(), "{ADD}");
    assert_eq!(&codes_with_members() - &codes, none(), "{ADD}");
}

#[test]
fn documents_are_read() {
    for line in lines_of_all("documents.ndjson") {
        let [column, text]: [String; 2] = serde_json::from_str(&line).unwrap();
        assert_eq!(document_again(&column, &text), text, "{column}");
    }
}
