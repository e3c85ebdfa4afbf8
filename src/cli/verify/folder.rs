//! `hourbook verify FOLDER`: an audit folder checked, held against what its reader kept, and compared with a service.

use crate::cli::bundle::{self, Checked};
use crate::cli::client::Client;
use crate::cli::{CliResult, words};
use crate::journal::{LogVerifier, TreeHead, open_checkpoint};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What the folder is checked with.
pub(super) struct Asked<'a> {
    /// The public keys that the reader trusts.
    pub keys: &'a [LogVerifier],
    /// Checkpoints that the reader kept.
    pub kept: &'a [PathBuf],
    pub allow_unsigned: bool,
    /// The service that is asked for the same figures, and the file with the token that it is asked with.
    pub compare: Option<&'a str>,
    pub token_file: Option<&'a Path>,
}

/// It is as it says, and something that would prove it was not at hand. 1 is for what is not as it says, 2 for a
/// command that could not be carried out.
pub(super) const NOT_PROVED: u8 = 3;

pub(super) fn verify(folder: &Path, asked: &Asked) -> CliResult {
    let kept = match kept_checkpoints(folder, asked) {
        Ok(kept) => kept,
        Err(Refused::Unreadable(words)) => return Err(words),
        Err(Refused::NotAsItSays(why)) => return Ok(refused(&why)),
    };
    let sizes: Vec<u64> = kept.iter().map(|(_, head)| head.size).collect();
    let checked = match bundle::check(folder, asked.keys, &sizes) {
        Ok(checked) => checked,
        Err(error) => return Ok(refused(&error.to_string())),
    };
    let (tree, signed) = (checked.manifest.tree, checked.manifest.signed);
    let mut lacks = Vec::new();
    for (name, head) in &kept {
        match checked.earlier.get(&head.size) {
            Some(there) if there == head => {}
            Some(_) => return Ok(refused(&format!("{name}: signs another tree of {} entries", head.size))),
            None if *head == TreeHead::from(signed) => {}
            None if head.size == signed.size => {
                return Ok(refused(&format!("{name}: signs another tree of {} entries", head.size)));
            }
            None => {
                lacks.push(format!("{name}: is of {} entries, which the folder does not reach", head.size));
            }
        }
    }
    println!("as it says: {} entries, root {}, in the signed tree of {}", tree.size, tree.root, signed.size);
    println!(
        "proved of: unit {} {} ({}), log {}",
        checked.unit_code, checked.unit_name, checked.manifest.unit, checked.origin
    );
    if asked.keys.is_empty() {
        lacks.push(
            "a key that you trust (--log-keys-file): the folder's own shows only that it is whole".to_owned(),
        );
    } else {
        println!("signed by a key that you gave");
    }
    if !kept.is_empty() {
        println!("{} checkpoints that you kept were compared", kept.len());
    }
    for lack in &lacks {
        println!("NOT PROVED without {lack}");
    }
    let differences = match asked.compare {
        Some(url) => compare(&checked, &Client::new(url, asked.token_file)?)?,
        None => 0,
    };
    Ok(match differences {
        0 if lacks.is_empty() || asked.allow_unsigned => ExitCode::SUCCESS,
        0 => ExitCode::from(NOT_PROVED),
        _ => ExitCode::FAILURE,
    })
}

pub(super) fn refused(why: &str) -> ExitCode {
    println!("NOT as it says: {why}");
    ExitCode::FAILURE
}

enum Refused {
    Unreadable(String),
    NotAsItSays(String),
}

/// What the reader kept, signed by a key that the reader trusts, or without one by the folder's.
fn kept_checkpoints(folder: &Path, asked: &Asked) -> Result<Vec<(String, TreeHead)>, Refused> {
    if asked.kept.is_empty() {
        return Ok(Vec::new());
    }
    let not = |error: &dyn std::fmt::Display| Refused::NotAsItSays(error.to_string());
    let own = bundle::read_manifest(folder).map_err(|error| not(&error))?.verifiers;
    let own = own.iter().map(|key| key.parse()).collect::<Result<Vec<LogVerifier>, _>>();
    let own = own.map_err(|error| not(&error))?;
    let keys = if asked.keys.is_empty() { &own } else { asked.keys };
    let mut kept = Vec::new();
    for file in asked.kept {
        let name = file.display().to_string();
        let note =
            fs::read_to_string(file).map_err(|error| Refused::Unreadable(format!("{name}: {error}")))?;
        let head = open_checkpoint(&note, keys).map_err(|error| not(&format!("{name}: {error}")))?;
        kept.push((name, head));
    }
    Ok(kept)
}

/// A figure by its name.
type Figures = BTreeMap<String, i64>;

/// Asks the service for the folder's figures as of the same entry, and names those that differ; how many do.
fn compare(checked: &Checked, service: &Client) -> Result<usize, String> {
    let tree = checked.manifest.tree;
    let of = format!("unit={}&as_of={}", checked.manifest.unit, tree.size);
    let minutes: Value = service.json(&format!("/v1/totals/minutes?group_by=unit,month,grade&{of}"))?;
    let points: Value = service.json(&format!("/v1/totals/points?{of}"))?;
    let mut differences = 0;
    for (totals, answer) in [("minutes", &minutes), ("points", &points)] {
        if answer["root"] != tree.root.to_string() {
            println!("root under {totals}: the folder says {}, the service {}", tree.root, answer["root"]);
            differences += 1;
        }
    }
    let mut ours = figures_of_csv("minutes", &checked.minutes_csv)?;
    ours.extend(figures_of_csv("points", &checked.points_csv)?);
    let theirs = figures_of_answers(&minutes, &points)?;
    let names: std::collections::BTreeSet<&String> = ours.keys().chain(theirs.keys()).collect();
    for name in &names {
        let [folder, service] =
            [&ours, &theirs].map(|figures| figures.get(*name).copied().unwrap_or_default());
        if folder != service {
            println!("{name}: the folder says {folder}, the service {service}");
            differences += 1;
        }
    }
    println!("{} figures and 2 roots compared with the service: {differences} differ", names.len());
    Ok(differences)
}

/// Each line's last column, named by the others.
fn figures_of_csv(what: &str, csv: &str) -> Result<Figures, String> {
    let figure = |line: &str| {
        let (name, figure) = line.rsplit_once(',').ok_or("a line without a figure")?;
        Ok((format!("{what} {}", name.replace(',', " ")), figure.parse().map_err(words)?))
    };
    csv.lines().skip(1).map(figure).collect()
}

/// How the books of points are called by the service, and whether it shows them with the other sign.
const BOOKS: [(&str, &str, i64); 7] = [
    ("issued", "issued", -1),
    ("available", "available", 1),
    ("held", "held", 1),
    ("redeemed", "redeemed", 1),
    ("expired", "expired", 1),
    ("debt", "debt", -1),
    ("transferred", "transferred_out", 1),
];

fn figures_of_answers(minutes: &Value, points: &Value) -> Result<Figures, String> {
    let unexpected = || "the service answers otherwise than this program's".to_owned();
    let items = |answer: &Value| answer["items"].as_array().cloned().ok_or_else(unexpected);
    let text = |item: &Value, member: &str| item[member].as_str().map(str::to_owned).ok_or_else(unexpected);
    let mut figures = Figures::new();
    for item in items(minutes)? {
        let [unit, month, evidence] = ["unit", "month", "grade"].map(|member| text(&item, member));
        let credited = item["credited_minutes"].as_i64().ok_or_else(unexpected)?;
        figures.insert(format!("minutes {} {} {}", unit?, month?, evidence?), credited);
    }
    for item in items(points)? {
        let unit = text(&item, "unit")?;
        for (account, member, sign) in BOOKS {
            let hundredths: i64 = text(&item, member)?.replace('.', "").parse().map_err(words)?;
            figures.insert(format!("points {unit} {account}"), sign * hundredths);
        }
    }
    // What is nothing the folder leaves out.
    figures.retain(|_, figure| *figure != 0);
    Ok(figures)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_folders_figures_and_the_services_bear_the_same_names() {
        let minutes = json!({ "items": [
            { "unit": "u", "month": "2026-11", "grade": "leader", "credited_minutes": 90 },
            { "unit": "u", "month": "2026-12", "grade": "scan", "credited_minutes": 0 },
        ] });
        let points = json!({ "items": [{
            "unit": "u", "issued": "1.50", "available": "1.75", "held": "0.00", "redeemed": "0.00", "expired": "0.00",
            "debt": "0.25", "transferred_out": "0.00",
        }] });
        let mut csv =
            figures_of_csv("minutes", "unit,month,evidence,credited_minutes\nu,2026-11,leader,90\n").unwrap();
        let books = "unit,account,points_hundredths\nu,available,175\nu,debt,-25\nu,issued,-150\n";
        csv.extend(figures_of_csv("points", books).unwrap());
        assert_eq!(figures_of_answers(&minutes, &points).unwrap(), csv);
    }
}
