//! Guards of the words: docs/GLOSSARY.md says what exists, and one word stands for one thing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A row of a table of the glossary, under the names of its columns.
type GlossaryRow = BTreeMap<String, String>;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

fn glossary() -> Vec<GlossaryRow> {
    let text = read("docs/GLOSSARY.md");
    let cells = |line: &str| -> Vec<String> {
        line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    let mut rows = Vec::new();
    let mut columns: Vec<String> = Vec::new();
    for line in text.lines() {
        match line.starts_with('|') {
            false => columns.clear(),
            true if columns.is_empty() => columns = cells(line),
            true if line.starts_with("|---") => {}
            true => rows.push(columns.iter().cloned().zip(cells(line)).collect()),
        }
    }
    rows
}

/// What the rows say in a column, as far as they have it.
fn column(rows: &[GlossaryRow], name: &str) -> Vec<String> {
    let texts = rows.iter().filter_map(|row| row.get(name)).map(|text| text.trim_matches('`').to_owned());
    texts.filter(|text| !text.is_empty()).collect()
}

fn files(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extensions));
        } else if path.extension().is_some_and(|own| extensions.iter().any(|wanted| own == *wanted)) {
            found.push(path);
        }
    }
    found
}

fn sources() -> Vec<(PathBuf, String)> {
    let files = files(&root().join("src"), &["rs"]).into_iter();
    files.map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

fn words(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').collect()
}

/// The type that a line of code defines, as `pub struct NAME`.
fn defined(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let line = line.strip_prefix("pub(super) ").or_else(|| line.strip_prefix("pub(crate) ")).unwrap_or(line);
    let line = line.strip_prefix("pub ").unwrap_or(line);
    let kinds = ["struct ", "enum ", "trait ", "type "];
    let named = kinds.iter().find_map(|kind| line.strip_prefix(kind))?;
    named.split(|c: char| !c.is_alphanumeric() && c != '_').next()
}

#[test]
fn every_type_of_the_glossary_exists() {
    let sources = sources();
    let types: BTreeSet<&str> =
        sources.iter().flat_map(|(_, text)| text.lines()).filter_map(defined).collect();
    let named = column(&glossary(), "type");
    assert!(named.len() > 60, "only {} types found: the check has gone blind", named.len());
    let missing: Vec<_> = named.iter().filter(|name| !types.contains(name.as_str())).collect();
    assert!(missing.is_empty(), "docs/GLOSSARY.md names types that do not exist: {missing:?}");
}

#[test]
fn every_wire_name_of_the_glossary_exists() {
    let specification = read("openapi.yaml");
    let known = words(&specification);
    let named = column(&glossary(), "wire");
    assert!(named.len() > 60, "only {} names found: the check has gone blind", named.len());
    // A path or header has hyphens in it.
    let is_known = |name: &String| {
        if name.contains('-') { specification.contains(name.as_str()) } else { known.contains(name.as_str()) }
    };
    let missing: Vec<_> = named.iter().filter(|name| !is_known(name)).collect();
    assert!(missing.is_empty(), "docs/GLOSSARY.md names what openapi.yaml does not have: {missing:?}");
}

#[test]
fn one_word_stands_for_one_thing() {
    let rows = glossary();
    for name in ["中文", "English", "type"] {
        let mut seen = BTreeSet::new();
        let twice: Vec<_> =
            column(&rows, name).into_iter().filter(|word| !seen.insert(word.clone())).collect();
        assert!(twice.is_empty(), "twice in docs/GLOSSARY.md: {twice:?}");
    }
}

#[test]
fn words_that_were_replaced_do_not_come_back() {
    let banned = column(&glossary(), "not");
    assert!(!banned.is_empty());
    let mut texts: Vec<PathBuf> = ["README.md", "openapi.yaml"].map(|name| root().join(name)).into();
    for folder in ["src", "tests", "docs", "examples", "scripts", "bench"] {
        texts.extend(files(&root().join(folder), &["rs", "md", "py", "sql"]));
    }
    // What former programs wrote stays as they wrote it.
    let frozen = root().join("tests/golden");
    let itself = ["GLOSSARY.md", "words.rs"];
    texts.retain(|path| !path.starts_with(&frozen) && !itself.iter().any(|name| path.ends_with(name)));
    for path in texts {
        let text = fs::read_to_string(&path).unwrap();
        for (at, line) in text.lines().enumerate() {
            for word in &banned {
                assert!(!has(line, word), "{}:{}: \"{word}\"", path.display(), at + 1);
            }
        }
    }
}

/// Whether a line has the word, or several, by itself. Small letters stand for capitals, too.
fn has(line: &str, word: &str) -> bool {
    let is_small = word.chars().all(|c| !c.is_uppercase());
    let line = if is_small { line.to_lowercase() } else { line.to_owned() };
    let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '_');
    line.match_indices(word).any(|(at, found)| {
        is_edge(line[..at].chars().next_back()) && is_edge(line[at + found.len()..].chars().next())
    })
}
