//! docs/PROOF.md: each line of an auditor's way is run as it stands there.

use crate::support::database::Directory;
use crate::support::process::Replica;
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

/// The indented lines of the part of the page that is run, in blocks.
fn blocks() -> Vec<String> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/PROOF.md");
    let page = std::fs::read_to_string(page).unwrap();
    let (_, part) = page.split_once("### The same, line by line").unwrap();
    let (part, _) = part.split_once("An entry is never longer than").unwrap();
    let is_code = |paragraph: &&str| paragraph.starts_with("    ");
    part.split("\n\n").filter(is_code).map(|block| block.replace("\n    ", "\n").trim().to_owned()).collect()
}

#[test]
fn every_line_of_the_auditors_way_can_be_pasted() {
    let folder = Directory::new("proof-page");
    let data = folder.path().join("hourbook-data");
    let demo = Replica::run("demo", &["--data-dir", data.to_str().unwrap(), "--days", "30"]);
    let tokens = std::fs::read_to_string(data.join("demo-tokens.json")).unwrap();
    let tokens: Value = serde_json::from_str(&tokens).unwrap();
    let blocks = blocks();
    let forging = blocks.iter().position(|block| block.starts_with("sed -i")).unwrap();
    assert!(forging >= 6, "{blocks:#?}");
    let here = |block: &String| {
        block
            .replace("target/release/hourbook", env!("CARGO_BIN_EXE_hourbook"))
            .replace("http://127.0.0.1:8080", &format!("http://{}", demo.address))
    };
    let bash = |before: &str, lines: &str| -> Output {
        // Whatever fails ends it; aliases are for people, and have to be asked for.
        let script = format!("shopt -s expand_aliases; set -euo pipefail\n{before}\n{lines}\n");
        let mut bash = Command::new("bash");
        bash.arg("-c").arg(script).current_dir(folder.path());
        for (name, role) in [("AUDITOR", "auditor"), ("VOLUNTEER", "volunteer")] {
            bash.env(name, tokens[role].as_str().unwrap());
        }
        bash.output().unwrap()
    };
    let first = here(&blocks[0]);
    crate::support::clock::within_a_while("nothing is signed", || {
        demo.get("/log/checkpoint", "").status == 200
    });
    let lines: Vec<String> = blocks[1..forging].iter().map(here).collect();
    let ended = bash(&first, &lines.join("\n"));
    let text = String::from_utf8_lossy(&ended.stdout);
    assert!(ended.status.success(), "{text}\n{}", String::from_utf8_lossy(&ended.stderr));
    for said in [
        "cosigned: ",
        "signed by a key that you gave",
        "figures and 2 roots compared with the service: 0 differ",
        " minutes to record ",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }

    let forger = here(&blocks[forging]).replace("; hourbook verify", " || echo refused: $?; hourbook verify");
    let ended = bash(&first, &format!("{forger} || echo refused: $?"));
    let text = String::from_utf8_lossy(&ended.stdout);
    assert_eq!(text.matches("refused: 1").count(), 2, "{text}");
    let rest: Vec<String> = blocks[forging + 1..].iter().map(here).collect();
    assert!(bash(&first, &rest.join("\n")).status.success());
}
