//! What the program writes is for the account that it runs under, whatever that account's own habits are.

use crate::support::clock::within_a_while;
use crate::support::database::Directory;
use crate::support::process::{Replica, run, run_under};
use serde_json::json;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// An account that lets everybody read and write what it makes.
const CARELESS: [&str; 4] = ["sh", "-c", "umask 000; exec \"$@\"", "careless"];

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn everything_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let below = |path: PathBuf| if path.is_dir() { everything_in(&path) } else { Vec::new() };
    entries.flat_map(|path| [vec![path.clone()], below(path)].concat()).collect()
}

/// Demands that nobody but the owner has anything of a folder and of what lies in it.
#[track_caller]
pub fn assert_owners_alone(folder: &Path) {
    assert_eq!(mode(folder), 0o700, "{}", folder.display());
    let everything = everything_in(folder);
    assert!(!everything.is_empty());
    for path in everything {
        let expected = if path.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(mode(&path), expected, "{}", path.display());
    }
}

#[test]
fn what_is_made_is_its_owners_alone() {
    let folder = Directory::new("careless");
    let data = folder.path().join("new/data");
    let place = ["--data-dir", data.to_str().unwrap()];
    let token = [&["token", "--login", "root", "--create-admin"], &place[..]].concat();
    let ended = run_under(&CARELESS, &token);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_owners_alone(&data);
    let admin = ended.stdout.trim();

    let options = [&["--checkpoint-seconds", "1"], &place[..]].concat();
    let replica = Replica::run_under(&CARELESS, "serve", &options);
    let unit = json!({ "code": "BUREAU", "name": "平顶山市教育体育局", "kind": "bureau" });
    replica.post("/v1/units", admin, unit).created();
    within_a_while("it is not signed", || {
        replica.get("/v1/journal/checkpoint", "").text.contains("\"size\":3")
    });
    let names: Vec<String> =
        everything_in(&data).iter().map(|path| path.file_name().unwrap().to_string_lossy().into()).collect();
    for name in [
        "hourbook.db",
        "hourbook.db-wal",
        "hourbook.db.lock",
        "encryption.key",
        "blind-index.key",
        "token-key.pem",
        "log-key",
        "badge-key.pem",
        "log-checkpoint",
    ] {
        assert!(names.iter().any(|there| there == name), "{name}: {names:?}");
    }
    assert_owners_alone(&data);
    drop(replica);

    let out = folder.path().join("out");
    fs::create_dir(&out).unwrap();
    fs::set_permissions(&out, Permissions::from_mode(0o700)).unwrap();
    let [journal, audit] = ["journal", "audit"].map(|name| out.join(name).display().to_string());
    for export in [&["journal", "--to", &journal][..], &["audit", "--unit", "BUREAU", "--to", &audit]] {
        let ended = run_under(&CARELESS, &[&["export"], export, &place[..]].concat());
        assert_eq!(ended.code, Some(0), "{ended:?}");
    }
    assert_owners_alone(&out);
}

#[test]
fn what_is_open_to_others_is_warned_of() {
    let folder = Directory::new("open");
    let data = folder.path().join("data");
    let keys = folder.path().join("keys");
    let place = ["--data-dir", data.to_str().unwrap()];
    let made = run(&[
        &["token", "--login", "root", "--create-admin", "--document", "passport:E1234567"],
        &place[..],
    ]
    .concat());
    assert_eq!((made.code, made.stderr.as_str()), (Some(0), ""), "nothing is open");
    fs::create_dir(&keys).unwrap();
    let key = keys.join("encryption.key");
    fs::rename(data.join("encryption.key"), &key).unwrap();
    let set = |path: &Path, mode| fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    let options = [&["--encryption-key-file", key.to_str().unwrap()], &place[..]].concat();
    let warning = || {
        let (_, log) = Replica::start(&options).stop();
        log.lines().find(|line| line.contains("others on this machine")).map(str::to_owned)
    };

    set(&keys, 0o755);
    assert_eq!(warning(), None, "only names are to be seen");
    set(&data, 0o750);
    set(&data.join("hourbook.db"), 0o644);
    set(&key, 0o640);
    let warned = warning().unwrap();
    for open in ["data (0750)", "hourbook.db (0644)", "keys/encryption.key (0640)", "chmod go-rwx"] {
        assert!(warned.contains(open), "{open}: {warned}");
    }
    assert!(!warned.contains("token-key.pem"), "{warned}");
    // What lies in a closed folder is closed.
    set(&data, 0o700);
    set(&keys, 0o700);
    assert_eq!(warning(), None);
}
