//! The journal as it is exported, read by who audits it: foreign lines are refused, and a genuine journal
//! of which anything was changed comes to another root, if it is read to its end at all.
#![no_main]

use hourbook::journal::{Audit, TreeHash};
use hourbook_fuzz::tampered;
use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

const GENUINE: &str = include_str!("../seeds/journal/entries.ndjson");

/// The root of the tree over all lines, where each can follow the one before.
fn root_of(lines: &str) -> Option<TreeHash> {
    let mut audit = Audit::default();
    lines.split_terminator('\n').try_for_each(|line| audit.follow(line)).ok()?;
    Some(audit.tree().root())
}

fn genuine_root() -> TreeHash {
    static ROOT: OnceLock<TreeHash> = OnceLock::new();
    *ROOT.get_or_init(|| root_of(GENUINE).expect("the seed is a journal"))
}

fuzz_target!(|input: &[u8]| {
    if let Ok(text) = std::str::from_utf8(input) {
        let _read_or_refused = root_of(text);
    }
    if let Some(lines) = tampered(GENUINE, input) {
        assert_eq!(root_of(&lines) == Some(genuine_root()), lines == GENUINE);
    }
});
