//! No file of the program imports one that imports it, be it by way of others.
//!
//! A folder's `mod.rs` re-exports what its files hold; that is no import. What a file's tests import is not looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A module as the segments of its path: `["domain", "record", "rules"]`.
type Module = Vec<String>;

#[test]
fn no_file_imports_one_that_imports_it() {
    let imports = imports_of_all();
    let edges: usize = imports.values().map(BTreeSet::len).sum();
    assert!(
        imports.len() > 150 && edges > 800,
        "{} files, {edges} imports: the check has gone blind",
        imports.len()
    );
    let circles: Vec<String> = imports.keys().filter_map(|module| way_back(&imports, module)).collect();
    assert!(circles.is_empty(), "{}", circles.join("\n"));
}

/// The shortest way from a module over its imports back to itself.
fn way_back(imports: &BTreeMap<Module, BTreeSet<Module>>, start: &Module) -> Option<String> {
    let mut ways: Vec<Vec<&Module>> = vec![vec![start]];
    let mut seen = BTreeSet::new();
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in ways {
            for next in way.last().and_then(|last| imports.get(*last)).into_iter().flatten() {
                let way: Vec<&Module> = way.iter().copied().chain([next]).collect();
                if next == start {
                    let names: Vec<String> = way.into_iter().map(|module| module.join("::")).collect();
                    return Some(names.join(" -> "));
                }
                if seen.insert(next) {
                    longer.push(way);
                }
            }
        }
        ways = longer;
    }
    None
}

fn imports_of_all() -> BTreeMap<Module, BTreeSet<Module>> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = BTreeMap::new();
    collect(&root, &root, &mut files);
    let modules: BTreeSet<Module> = files.keys().cloned().collect();
    let nouns = nouns_listed(&files[&["domain", "nouns"].map(str::to_owned).to_vec()]);
    let imports = |module: &Module, text: &String| {
        let mut imports = imports_of(module, text, &modules);
        imports.extend(imports_by_list(text, &nouns));
        imports.remove(module);
        imports
    };
    files.iter().map(|(module, text)| (module.clone(), imports(module, text))).collect()
}

/// The folders that the list of nouns names.
fn nouns_listed(list: &str) -> Vec<String> {
    let (_, list) = list.split_once("things {").unwrap();
    let (list, _) = list.split_once("rows {").unwrap();
    let name = |line: &str| line.trim().split_once(": ").map(|(name, _)| name.to_owned());
    let nouns: Vec<String> = list.lines().filter_map(name).filter(|name| !name.contains(' ')).collect();
    assert!(nouns.len() > 20, "{nouns:?}");
    nouns
}

/// What a file imports by handing the list of nouns to a macro.
fn imports_by_list(text: &str, nouns: &[String]) -> BTreeSet<Module> {
    let folder = |noun: &String, file: Option<&str>| -> Module {
        ["domain", noun].into_iter().chain(file).map(str::to_owned).collect()
    };
    let is_handed = text.contains("nouns!(");
    let names = |path: &str| {
        is_handed && (text.contains(&format!("$module::{path}")) || text.contains(&format!("$other::{path}")))
    };
    let whole = nouns.iter().filter(|_| names("")).map(|noun| folder(noun, None));
    let rules = nouns.iter().filter(|_| names("rules::")).map(|noun| folder(noun, Some("rules")));
    whole.chain(rules).collect()
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<Module, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if path.extension().is_some_and(|own| own == "rs") {
            let within = path.strip_prefix(root).unwrap().with_extension("");
            let mut module: Module =
                within.iter().map(|segment| segment.to_str().unwrap().to_owned()).collect();
            if module.last().is_some_and(|last| last == "mod") {
                module.pop();
            }
            if !module.iter().any(|segment| segment == "tests") && module != ["lib"] && module != ["main"] {
                files.insert(module, fs::read_to_string(&path).unwrap());
            }
        }
    }
}

/// The modules that a file's paths lead to: the longest part of each path that is a file.
fn imports_of(module: &Module, text: &str, modules: &BTreeSet<Module>) -> BTreeSet<Module> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let code: String = code.lines().map(|line| line.split("//").next().unwrap_or_default()).collect();
    let paths = paths_in(&code);
    let named = paths.iter().filter_map(|path| {
        let mut full = absolute(module, path)?;
        while !full.is_empty() && !modules.contains(&full) {
            full.pop();
        }
        Some(full)
    });
    named.filter(|named| !named.is_empty() && named != module).collect()
}

/// From the crate's root; nothing for what belongs to other crates and to the module itself.
fn absolute(module: &Module, path: &[String]) -> Option<Module> {
    let ups = path.iter().take_while(|segment| *segment == "super").count();
    let base: &[String] = match path.first().map(String::as_str) {
        Some("crate") => &[],
        Some("super") => module.get(..module.len().checked_sub(ups)?)?,
        _ => return None,
    };
    Some(base.iter().chain(path.iter().skip(ups.max(1))).cloned().collect())
}

/// Every path that begins with `crate` or `super`, the branches of its braces one by one.
fn paths_in(code: &str) -> Vec<Vec<String>> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let mut paths = Vec::new();
    for start in ["crate::", "super::"] {
        for (at, _) in code.match_indices(start) {
            if !code[..at].ends_with(is_part) {
                branches(&mut Vec::new(), &code[at..], &mut paths);
            }
        }
    }
    paths
}

/// Reads one path, and each branch of it; what is left after it.
fn branches<'c>(prefix: &mut Vec<String>, mut code: &'c str, paths: &mut Vec<Vec<String>>) -> &'c str {
    let depth = prefix.len();
    loop {
        let end = code.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(code.len());
        let (segment, rest) = code.split_at(end);
        if segment != "self" && !segment.is_empty() {
            prefix.push(segment.to_owned());
        }
        match rest.strip_prefix("::") {
            Some(rest) if rest.starts_with('{') => {
                code = rest[1..].trim_start();
                while !code.starts_with('}') {
                    code = branches(prefix, code, paths).trim_start();
                    code = code.strip_prefix(',').unwrap_or(code).trim_start();
                    assert!(!code.is_empty(), "a brace that does not end");
                }
                prefix.truncate(depth);
                return &code[1..];
            }
            Some(rest) => code = rest,
            None => {
                paths.push(prefix.clone());
                prefix.truncate(depth);
                let renamed = rest
                    .strip_prefix(" as ")
                    .map(|rest| rest.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_'));
                return renamed.unwrap_or(rest);
            }
        }
    }
}

#[test]
fn paths_are_read_with_their_branches() {
    let paths = paths_in("use crate::domain::{ids::{self, Seq}, text as words, unit::Unit}; super::a(b)");
    let paths: Vec<String> = paths.into_iter().map(|path| path.join("::")).collect();
    assert_eq!(
        paths,
        [
            "crate::domain::ids",
            "crate::domain::ids::Seq",
            "crate::domain::text",
            "crate::domain::unit::Unit",
            "super::a"
        ]
    );
    let module: Module = ["domain", "unit", "rules"].map(str::to_owned).into();
    let path: Vec<String> = ["super", "super", "ids"].map(str::to_owned).into();
    assert_eq!(absolute(&module, &path).unwrap(), ["domain", "ids"]);
}
