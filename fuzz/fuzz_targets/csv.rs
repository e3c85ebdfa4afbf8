//! Files that are imported: whatever stands in one, its rows are read or refused with words.
#![no_main]

use hourbook::cli::read_rows_of_import;
use libfuzzer_sys::fuzz_target;
use std::path::PathBuf;
use std::sync::OnceLock;

fn file() -> &'static PathBuf {
    static FILE: OnceLock<PathBuf> = OnceLock::new();
    FILE.get_or_init(|| std::env::temp_dir().join(format!("hourbook-fuzz-{}.csv", std::process::id())))
}

fuzz_target!(|input: &[u8]| {
    std::fs::write(file(), input).unwrap();
    for outcome in read_rows_of_import(file()) {
        match outcome {
            Ok(tally) => assert!(tally.read + tally.refused <= input.len() as u64),
            Err(words) => assert!(!words.is_empty()),
        }
    }
});
