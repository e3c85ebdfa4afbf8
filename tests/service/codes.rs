//! docs/CODES.md: every stable code, written from the code itself.

use hourbook::api::problem::codes_table;
use std::fs;
use std::path::Path;

/// Set, it has the file written anew instead of compared.
const WRITE_VARIABLE: &str = "HOURBOOK_WRITE_DOCS";

const INTRODUCTION: &str = "\
# Codes

Every refusal is `application/problem+json` (RFC 9457) and names its kind by a stable `code`. Go by the
code, not by the words of `title` or `detail`: those may change. A code has one HTTP status, and means
the same wherever it comes. The specification says which operation gives which.

This file is written by `HOURBOOK_WRITE_DOCS=1 cargo test --test service codes`, and a test compares it.

";

#[test]
fn the_list_of_codes_is_that_of_the_service() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/CODES.md");
    let expected = format!("{INTRODUCTION}{}", codes_table());
    if std::env::var_os(WRITE_VARIABLE).is_some() {
        fs::write(&path, &expected).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == expected, "docs/CODES.md is stale: run with {WRITE_VARIABLE}=1 to write it anew");
}
