//! `hourbook verify RECEIPT`: a volunteer's receipt checked, and held against what the service shows now.

use super::folder::{Asked, NOT_PROVED, refused};
use crate::api::export::audit_folder::Tree;
use crate::cli::client::Client;
use crate::cli::{CliResult, words};
use crate::journal::{LogVerifier, TreeHash, TreeHead, is_consistent, is_included, open_checkpoint};
use serde::Deserialize;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

/// A receipt as `GET /v1/service-records/{id}/receipt` gives it.
#[derive(Deserialize)]
struct Receipt {
    record: String,
    credited_minutes: i64,
    seq: u64,
    leaf_hash: TreeHash,
    leaf: String,
    proof: Option<Proof>,
    verifiers: Vec<String>,
}

#[derive(Deserialize)]
struct Proof {
    seq: u64,
    leaf_hash: TreeHash,
    tree: Tree,
    path: Vec<TreeHash>,
    note: Option<String>,
}

#[derive(Deserialize)]
struct Consistency {
    to: Tree,
    path: Vec<TreeHash>,
}

pub(super) fn verify(file: &Path, asked: &Asked) -> CliResult {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let Ok(receipt) = serde_json::from_str::<Receipt>(&text) else {
        return Ok(refused("it is no receipt"));
    };
    if let Some(why) = objection(&receipt) {
        return Ok(refused(why));
    }
    let own = receipt.verifiers.iter().map(|key| key.parse()).collect::<Result<Vec<LogVerifier>, _>>();
    let own = own.map_err(words)?;
    let keys = if asked.keys.is_empty() { &own } else { asked.keys };
    let mut lacks = Vec::new();
    let note =
        receipt.proof.as_ref().and_then(|proof| Some((TreeHead::from(proof.tree), proof.note.as_ref()?)));
    let signed = match note.map(|(tree, note)| (tree, open_checkpoint(note, keys))) {
        Some((tree, Ok(head))) if head == tree => Some(head),
        Some((_, Ok(_))) => return Ok(refused("its checkpoint is of another tree")),
        Some((_, Err(error))) => return Ok(refused(&error.to_string())),
        None => {
            lacks.push("a signature: none had been given when the receipt was; ask for it again");
            None
        }
    };
    if asked.keys.is_empty() {
        lacks.push("a key that you trust (--log-keys-file)");
    }
    if let Some(url) = asked.compare
        && let Some(why) = contradiction(&receipt, signed, &Client::new(url, None)?)?
    {
        return Ok(refused(&why));
    }
    println!(
        "as it says: entry {} credits {} minutes to record {}",
        receipt.seq, receipt.credited_minutes, receipt.record
    );
    for lack in &lacks {
        println!("NOT PROVED without {lack}");
    }
    let is_proved = lacks.is_empty() || asked.allow_unsigned;
    Ok(if is_proved { ExitCode::SUCCESS } else { ExitCode::from(NOT_PROVED) })
}

/// What in the receipt itself does not fit.
fn objection(receipt: &Receipt) -> Option<&'static str> {
    let leaf_hash = TreeHash::of_leaf(receipt.leaf.as_bytes());
    if leaf_hash != receipt.leaf_hash {
        return Some("the hash is not that of the entry");
    }
    let Ok(entry) = serde_json::from_str::<Value>(&receipt.leaf) else {
        return Some("the entry cannot be read");
    };
    let event = &entry["event"];
    let record_of_event = match event["kind"].as_str() {
        Some("record_credited") => event["record"].as_str() == Some(receipt.record.as_str()),
        // Its id follows from the entry's own position.
        Some("record_submitted") => {
            let number = receipt.record.replace('-', "");
            number.get(..12).and_then(|digits| u64::from_str_radix(digits, 16).ok()) == Some(receipt.seq)
        }
        _ => false,
    };
    if entry["seq"] != receipt.seq || !record_of_event {
        return Some("the entry is another than it names");
    }
    if event["crediting"]["credited_minutes"] != receipt.credited_minutes {
        return Some("the entry credits other minutes");
    }
    let proof = receipt.proof.as_ref()?;
    // The first entry is 1.
    let Some(index) = receipt.seq.checked_sub(1) else { return Some("there is no entry 0") };
    let is_included = (proof.seq, proof.leaf_hash) == (receipt.seq, receipt.leaf_hash)
        && is_included(leaf_hash, index, proof.tree.size, &proof.path, proof.tree.root);
    (!is_included).then_some("the proof does not lead from the entry to the tree")
}

/// What the service shows now that contradicts the receipt.
fn contradiction(
    receipt: &Receipt,
    signed: Option<TreeHead>,
    service: &Client,
) -> Result<Option<String>, String> {
    let asked = format!("/v1/journal/entries/{}/proof", receipt.seq);
    let Some(now) = service.json_if_there::<Proof>(&asked)? else {
        return Ok(Some(format!("the service has no signed entry {} any more", receipt.seq)));
    };
    if now.leaf_hash != receipt.leaf_hash {
        return Ok(Some(format!("the service has another entry {}", receipt.seq)));
    }
    let Some(signed) = signed else { return Ok(None) };
    let asked = format!("/v1/journal/consistency?from_size={}", signed.size);
    let grown = service.json_if_there::<Consistency>(&asked)?;
    let goes_on = grown.is_some_and(|grown| is_consistent(signed, grown.to.into(), &grown.path));
    Ok((!goes_on)
        .then(|| format!("the service's journal does not begin with the {} signed entries", signed.size)))
}
