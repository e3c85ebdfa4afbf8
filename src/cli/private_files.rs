//! Who may read what the program writes: the account that it runs under, and nobody else.

use rustix::fs::Mode;
use rustix::process::umask;
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// What a mode gives to the group and to everybody.
const OTHERS: u32 = 0o077;

/// From now on each file of this process is its owner's alone (0600), each folder too (0700), wherever it is made: SQLite
/// gives its log the mode of its file.
pub fn keep_from_others() {
    umask(Mode::from_raw_mode(OTHERS));
}

/// A folder in which nothing is, made where there is none.
pub fn must_be_empty(folder: &Path) -> Result<(), String> {
    let is_empty = || {
        fs::create_dir_all(folder)?;
        Ok(fs::read_dir(folder)?.next().is_none())
    };
    match is_empty() {
        Ok(true) => Ok(()),
        Ok(false) => Err(format!("{} is not empty: name another folder", folder.display())),
        Err(error) => Err(in_file(folder, &error)),
    }
}

/// Copies a file onto the disk; its mode is that of this process, not of the file.
pub fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let mut source = File::open(from).map_err(|error| in_file(from, &error))?;
    let mut copy = || {
        let mut file = File::create_new(to)?;
        io::copy(&mut source, &mut file)?;
        file.sync_all()
    };
    copy().map_err(|error| in_file(to, &error))
}

fn in_file(file: &Path, error: &io::Error) -> String {
    format!("{}: {error}", file.display())
}

/// Warns of what others on this machine may read: the data folder, what lies in it, and files elsewhere. What lies in
/// a closed folder is closed.
pub fn warn_of_open(data_dir: &Path, elsewhere: &[PathBuf]) {
    warn_of(&open_to_others(data_dir, elsewhere));
}

/// The same of files alone, wherever they lie.
pub fn warn_of_open_files(files: &[PathBuf]) {
    let open = files.iter().filter(|file| is_open(folder_of(file)) && is_open(file));
    warn_of(&open.map(|file| with_mode(file)).collect::<Vec<_>>());
}

fn warn_of(found: &[String]) {
    if !found.is_empty() {
        let found = found.join(", ");
        tracing::warn!(found, "others on this machine may read what is the service's own: chmod go-rwx");
    }
}

fn open_to_others(data_dir: &Path, elsewhere: &[PathBuf]) -> Vec<String> {
    let inside = fs::read_dir(data_dir).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
    let mut files: Vec<PathBuf> =
        inside.chain(elsewhere.iter().cloned()).filter(|path| is_secret(path)).collect();
    files.sort();
    files.dedup();
    let files = files.into_iter().filter(|file| is_open(folder_of(file)));
    std::iter::once(data_dir.to_owned())
        .chain(files)
        .filter(|path| is_open(path))
        .map(|path| with_mode(&path))
        .collect()
}

fn with_mode(path: &Path) -> String {
    format!("{} ({:04o})", path.display(), mode(path).unwrap_or_default())
}

/// Public keys are for everybody.
fn is_secret(path: &Path) -> bool {
    path.extension().is_none_or(|extension| extension != "pub")
}

/// The folder that a file lies in.
pub fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn is_open(path: &Path) -> bool {
    mode(path).is_some_and(|mode| mode & OTHERS != 0)
}

fn mode(path: &Path) -> Option<u32> {
    Some(fs::metadata(path).ok()?.permissions().mode() & 0o7777)
}
