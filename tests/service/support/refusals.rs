//! The codes of the refusals that tests have been given.
//!
//! Each leaves an empty file of its name in `target/tmp/refusals`, whichever test and process it was given
//! to. When all tests have run, `./test` demands a file for each code of docs/CODES.md.

use hourbook::domain::Rejection;
use hourbook::engine::{Answer, RequestRefusal};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Mutex;

/// Takes down the code of a problem that the service answered with.
pub fn saw(problem: &Value) {
    if let Some(code) = problem["code"].as_str() {
        take_down(code);
    }
}

/// Demands this refusal of a command that was given to the ledger itself: what no client can be sure to
/// bring about.
#[track_caller]
pub fn expect_within(answer: Result<Answer, RequestRefusal>, code: &str) {
    match answer {
        Err(RequestRefusal::Rejected(rejection)) => expect_rejection(&rejection, code),
        other => panic!("no {code}: {other:?}"),
    }
}

/// The same of one command among many.
#[track_caller]
pub fn expect_rejection(rejection: &Rejection, code: &str) {
    assert_eq!(rejection.code(), code);
    take_down(code);
}

fn take_down(code: &str) {
    static SEEN: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    if SEEN.lock().unwrap().insert(code.to_owned()) {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("refusals");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(code), "").unwrap();
    }
}
