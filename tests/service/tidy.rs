//! Guards of the layout: the rooms' arrows, the twin migrations, the codes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Which rooms each room may import from.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("journal", &["domain"]),
    ("store", &["domain", "journal"]),
    ("engine", &["domain", "journal", "store"]),
    ("auth", &["domain"]),
    ("channels", &["domain", "engine", "store"]),
    ("api", &["auth", "channels", "domain", "engine", "journal", "store"]),
    ("cli", &["api", "auth", "channels", "domain", "engine", "journal", "store"]),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|own| own == extension) {
            found.push(path);
        }
    }
    found
}

/// A room's own tests set a stage with the rooms above it.
fn is_of_tests(file: &Path) -> bool {
    file.components().any(|part| part.as_os_str() == "tests" || part.as_os_str() == "tests.rs")
}

/// The rooms that a text names as `crate::ROOM`.
fn rooms_named(text: &str) -> BTreeSet<&str> {
    let after = text.split("crate::").skip(1);
    after.map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap()).collect()
}

#[test]
fn arrows_between_rooms_never_turn_back() {
    let rooms: BTreeMap<_, _> = ARROWS.iter().copied().collect();
    let mut checked = 0;
    for (room, allowed) in ARROWS {
        for file in files(&root().join("src").join(room), "rs").into_iter().filter(|file| !is_of_tests(file))
        {
            let text = fs::read_to_string(&file).unwrap();
            for named in rooms_named(&text).into_iter().filter(|named| rooms.contains_key(named)) {
                assert!(
                    named == *room || allowed.contains(&named),
                    "{} imports from {named}, which {room} may not",
                    file.display()
                );
                checked += 1;
            }
        }
    }
    assert!(checked > 100, "only {checked} imports found: the check has gone blind");
}

/// What the domain may use beside the standard library: types, names and their texts. Nothing that reads a
/// clock, waits, or reaches outside.
const CRATES_OF_THE_DOMAIN: [&str; 8] =
    ["chrono", "data-encoding", "icu_normalizer", "icu_properties", "serde", "strum", "thiserror", "uuid"];

#[test]
fn the_domain_uses_few_crates() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let dependencies = manifest.split("\n[").find_map(|part| part.strip_prefix("dependencies]")).unwrap();
    let names =
        dependencies.lines().filter_map(|line| line.split(" = ").next()).filter(|name| !name.is_empty());
    let others: Vec<String> = names
        .filter(|name| !CRATES_OF_THE_DOMAIN.contains(name))
        .map(|name| name.replace('-', "_"))
        .collect();
    assert!(others.len() > 20, "only {others:?}: the check has gone blind");
    for file in files(&root().join("src/domain"), "rs") {
        let text = fs::read_to_string(&file).unwrap();
        let without_tests = text.split("#[cfg(test)]").next().unwrap();
        for name in &others {
            assert!(!without_tests.contains(&format!("{name}::")), "{} uses {name}", file.display());
        }
    }
}

#[test]
fn only_the_store_speaks_sql() {
    for (room, _) in ARROWS.iter().filter(|(room, _)| *room != "store") {
        for file in files(&root().join("src").join(room), "rs") {
            let text = fs::read_to_string(&file).unwrap();
            for sql in ["SELECT ", "INSERT INTO", "DELETE FROM", "diesel::"] {
                assert!(!text.contains(sql), "{} speaks SQL: {sql}", file.display());
            }
        }
    }
}

#[test]
fn only_the_command_line_reads_the_environment() {
    for (room, _) in ARROWS.iter().filter(|(room, _)| *room != "cli") {
        for file in files(&root().join("src").join(room), "rs") {
            let text = fs::read_to_string(&file).unwrap();
            assert!(!text.contains("env::var"), "{} reads the environment", file.display());
        }
    }
}

#[test]
fn every_migration_has_its_twin() {
    let names = |database: &str| -> BTreeSet<_> {
        let folder = root().join("migrations").join(database);
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect()
    };
    assert!(!names("sqlite").is_empty());
    assert_eq!(names("sqlite"), names("postgres"));
}

/// That each of them is produced by a test, `./test` sees when all have run: `support/refusals.rs`.
#[test]
fn the_page_of_codes_is_the_one_that_the_code_makes() {
    let page = fs::read_to_string(root().join("docs/CODES.md")).unwrap();
    let stale = "docs/CODES.md is stale: run `cargo run -- openapi --codes > docs/CODES.md`";
    assert!(page == hourbook::api::problem::codes_page(), "{stale}");
}

/// A claim about what stops a cheat is worth as much as its test.
#[test]
fn every_test_that_the_page_of_evidence_names_is_there() {
    let page = fs::read_to_string(root().join("docs/EVIDENCE.md")).unwrap();
    let named = page.split('`').skip(1).step_by(2).filter_map(|quoted| quoted.split_once("::"));
    let named: BTreeSet<(&str, &str)> = named.collect();
    assert!(named.len() > 15, "the check has gone blind: {}", named.len());
    for (module, test) in named {
        let source = fs::read_to_string(root().join(format!("tests/service/{module}.rs")));
        let source = source.unwrap_or_else(|_| panic!("there is no test module {module}"));
        assert!(test == "*" || source.contains(&format!("fn {test}()")), "there is no test {module}::{test}");
    }
}

/// The paths that a page names between backticks: from the repository's root, or from `src`.
fn paths_named(page: &str) -> impl Iterator<Item = &str> {
    let first_folders = [
        "src", "tests", "scripts", "bench", "api", "auth", "channels", "cli", "domain", "engine", "journal",
        "store",
    ];
    let quoted = page.split('`').skip(1).step_by(2);
    quoted.filter(move |quoted| {
        let is_plain = quoted.chars().all(|c| c.is_ascii_alphanumeric() || "._-/".contains(c));
        is_plain && quoted.split_once('/').is_some_and(|(folder, _)| first_folders.contains(&folder))
    })
}

#[test]
fn the_pages_name_files_that_are_there() {
    let mut named = 0;
    for page in files(&root().join("docs"), "md").into_iter().chain([root().join("README.md")]) {
        let text = fs::read_to_string(&page).unwrap();
        for path in paths_named(&text) {
            let is_there = [root(), root().join("src")].iter().any(|from| from.join(path).exists());
            assert!(is_there, "{}: {path}", page.display());
            named += 1;
        }
    }
    assert!(named > 20, "only {named} paths");
}
