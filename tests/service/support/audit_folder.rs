//! The folder that auditors take away, and the two programs that check it.

use super::database::Directory;
use super::http::log_keys;
use super::process::{Ended, run};
use hourbook::store::DbUrl;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// What `hourbook export audit` wrote.
pub struct AuditFolder {
    work: Directory,
    pub path: PathBuf,
    /// The public key of the log, as auditors get it in another way than the folder.
    pub key: String,
}

impl AuditFolder {
    /// The totals of a unit and those under it as of an entry or instant, of a journal that is signed.
    pub fn export(url: &DbUrl, unit_code: &str, as_of: &str) -> Self {
        let work = Directory::new("audit");
        let data = work.path().join("data");
        fs::create_dir(&data).unwrap();
        let key = log_keys().verifiers()[0].to_string();
        fs::write(data.join("log-keys.pub"), format!("{key}\n")).unwrap();
        fs::write(work.path().join("trusted-key"), &key).unwrap();
        let url = match url {
            DbUrl::Sqlite(path) => format!("sqlite://{}", path.display()),
            DbUrl::Postgres(url) => url.clone(),
        };
        let path = work.path().join("folder");
        let exported = run(&[
            "export",
            "audit",
            "--database-url",
            &url,
            "--data-dir",
            data.to_str().unwrap(),
            "--unit",
            unit_code,
            "--as-of",
            as_of,
            "--to",
            path.to_str().unwrap(),
        ]);
        assert_eq!(exported.code, Some(0), "{exported:?}");
        Self { work, path, key }
    }

    /// A place beside the folder.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.work.path().join(name)
    }

    /// A file of the folder.
    pub fn text(&self, file: &str) -> String {
        fs::read_to_string(self.path.join(file)).unwrap()
    }

    /// What `hourbook verify FOLDER` says of this folder, or of one made from it.
    pub fn checked_by_us(&self, folder: &Path) -> Ended {
        let key_file = self.beside("trusted-key");
        run(&["verify", folder.to_str().unwrap(), "--log-keys-file", key_file.to_str().unwrap()])
    }

    /// What the script that was handed out says of this folder, or of one made from it.
    pub fn checked_by_script(&self, folder: &Path) -> Result<String, String> {
        let script = self.path.join("verify_bundle.py");
        let ended = Command::new("python3").arg(script).arg(folder).arg(&self.key).output();
        let ended = ended.expect("python3 runs: the audit folder's script is checked with it");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        if ended.status.success() { Ok(text(ended.stdout)) } else { Err(text(ended.stderr)) }
    }
}

/// The script as [`AuditFolder::checked_by_script`] runs it, on many folders: a Python takes ten times as long to
/// start as to check a small one.
pub struct Script {
    python: Child,
    folders: ChildStdin,
    verdicts: BufReader<ChildStdout>,
}

/// Arguments: the script, the key. Runs it on each folder whose path comes in, and says how it ended.
const AGAIN_AND_AGAIN: &str = r#"
import contextlib, io, runpy, sys
script, key = sys.argv[1:]
for line in sys.stdin:
    sys.argv = [script, line.rstrip("\n"), key]
    code = 0
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            runpy.run_path(script, run_name="__main__")
        except SystemExit as end:
            code = end.code
        except Exception:
            code = 1
    print("refused" if code else "taken", flush=True)
"#;

impl Script {
    /// The script of this folder.
    pub fn of(folder: &AuditFolder) -> Self {
        let mut command = Command::new("python3");
        command.args(["-c", AGAIN_AND_AGAIN]).arg(folder.path.join("verify_bundle.py")).arg(&folder.key);
        let mut python = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("python3 runs");
        let (folders, verdicts) = (python.stdin.take().unwrap(), python.stdout.take().unwrap());
        Self { python, folders, verdicts: BufReader::new(verdicts) }
    }

    /// Whether it finds something wrong in a folder.
    pub fn refuses(&mut self, folder: &Path) -> bool {
        writeln!(self.folders, "{}", folder.display()).unwrap();
        let mut verdict = String::new();
        self.verdicts.read_line(&mut verdict).unwrap();
        match verdict.trim_end() {
            "refused" => true,
            "taken" => false,
            other => panic!("the script came to nothing: {other:?}"),
        }
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        // It has nothing to lose.
        let _ended_already = self.python.kill();
        let _is_over = self.python.wait();
    }
}
