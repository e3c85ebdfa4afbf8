//! The real program in processes of its own, run as its operators run it.

use super::database::Directory;
use super::http::{Client, badge_pem, log_key_text, token_pem};
use hourbook::store::DbUrl;
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::ops::Deref;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// A process that takes longer than this to begin or to end has failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// The program, with nothing of this process's own environment that would change it.
pub fn hourbook(arguments: &[&str]) -> Command {
    hourbook_under(&[], arguments)
}

/// The program, run by another (`strace …`) that is given the command line and becomes it.
fn hourbook_under(wrapper: &[&str], arguments: &[&str]) -> Command {
    let words = [wrapper, &[env!("CARGO_BIN_EXE_hourbook")]].concat();
    let mut command = Command::new(words[0]);
    command.args(&words[1..]);
    let ours = std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("HOURBOOK_"));
    for (name, _) in ours {
        command.env_remove(name);
    }
    command.args(arguments).stdin(Stdio::null());
    command
}

/// How a run of the program ended.
#[derive(Debug)]
pub struct Ended {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

/// Runs the program to its end; one that does not end is stopped, and has no code.
pub fn run(arguments: &[&str]) -> Ended {
    run_under(&[], arguments)
}

/// Runs the program to its end by another that is given the command line and becomes it.
pub fn run_under(wrapper: &[&str], arguments: &[&str]) -> Ended {
    let mut child =
        hourbook_under(wrapper, arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (stdout, stderr) = (gather(child.stdout.take().unwrap()), gather(child.stderr.take().unwrap()));
    let status = wait(&mut child);
    if status.is_none() {
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let text = |gathered: JoinHandle<String>| gathered.join().unwrap();
    Ended { code: status.and_then(|status| status.code()), stdout: text(stdout), stderr: text(stderr) }
}

fn gather(mut output: impl Read + Send + 'static) -> JoinHandle<String> {
    thread::spawn(move || {
        let mut text = String::new();
        output.read_to_string(&mut text).unwrap();
        text
    })
}

fn wait(child: &mut Child) -> Option<ExitStatus> {
    let given_up = Instant::now() + PATIENCE;
    while Instant::now() < given_up {
        if let Some(status) = child.try_wait().unwrap() {
            return Some(status);
        }
        thread::sleep(Duration::from_millis(10));
    }
    None
}

/// A folder with the keys of all tests, as replicas have them in common.
pub struct Secrets(Directory);

impl Secrets {
    pub fn new() -> Self {
        let folder = Directory::new("secrets");
        for (name, key) in [
            ("token-key.pem", token_pem().to_owned()),
            ("encryption.key", "11".repeat(32)),
            ("blind-index.key", "22".repeat(32)),
            ("log-key", log_key_text()),
            ("badge-key.pem", badge_pem().to_owned()),
        ] {
            fs::write(folder.path().join(name), key).unwrap();
        }
        Self(folder)
    }

    /// The file of one of them.
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The options that name them.
    pub fn options(&self) -> Vec<String> {
        [
            ("--token-key-file", "token-key.pem"),
            ("--encryption-key-file", "encryption.key"),
            ("--blind-index-key-file", "blind-index.key"),
            ("--log-key-file", "log-key"),
            ("--badge-key-file", "badge-key.pem"),
        ]
        .iter()
        .flat_map(|(option, name)| [(*option).to_owned(), self.0.path().join(name).display().to_string()])
        .collect()
    }
}

impl Secrets {
    /// The options that name those with which `hourbook verify` checks seals.
    pub fn of_the_ledger(&self) -> Vec<String> {
        let named = self.options();
        let pairs =
            named.chunks(2).filter(|pair| pair[0].contains("encryption") || pair[0].contains("blind"));
        pairs.flatten().cloned().collect()
    }
}

/// `hourbook serve` in a process of its own; killed when it is dropped. It reads as a client of itself.
pub struct Replica {
    child: Child,
    client: Client,
    log: Option<JoinHandle<String>>,
    /// Its data folder, where that is nobody else's: it goes when the process does.
    data: Option<Directory>,
}

impl Replica {
    /// On this database, with these keys.
    pub fn on(url: &DbUrl, secrets: &Secrets) -> Self {
        Self::with(url, secrets, &[])
    }

    /// With further options.
    pub fn with(url: &DbUrl, secrets: &Secrets, more: &[&str]) -> Self {
        let url = match url {
            DbUrl::Sqlite(path) => format!("sqlite://{}", path.display()),
            DbUrl::Postgres(url) => url.clone(),
        };
        let data = Directory::new("replica");
        let data_dir = data.path().display().to_string();
        let mut arguments = vec!["--database-url".to_owned(), url, "--data-dir".to_owned(), data_dir];
        arguments.extend(secrets.options());
        arguments.extend(more.iter().map(|word| (*word).to_owned()));
        let mut replica = Self::start(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        replica.data = Some(data);
        replica
    }

    /// With these options, on any free port.
    pub fn start(options: &[&str]) -> Self {
        Self::run("serve", options)
    }

    /// By a sub-command that serves.
    pub fn run(sub_command: &str, options: &[&str]) -> Self {
        Self::run_under(&[], sub_command, options)
    }

    /// Run by another program that is given the command line and becomes it.
    pub fn run_under(wrapper: &[&str], sub_command: &str, options: &[&str]) -> Self {
        let listen: &[&str] = if options.contains(&"--listen") { &[] } else { &["--listen", "127.0.0.1:0"] };
        let arguments = [&[sub_command, "--log", "info"], listen, options].concat();
        let mut command = hourbook_under(wrapper, &arguments);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let (found, address) = mpsc::channel();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        let log = thread::spawn(move || {
            let mut log = String::new();
            for line in stderr.lines() {
                let line = line.unwrap();
                let fields: Value = serde_json::from_str(&line).unwrap_or_default();
                if fields["fields"]["message"] == "serving" {
                    let address = fields["fields"]["address"].as_str().unwrap().parse().unwrap();
                    let _nobody_waits_any_more = found.send(address);
                }
                log += &line;
                log.push('\n');
            }
            log
        });
        let Ok(address) = address.recv_timeout(PATIENCE) else {
            child.kill().unwrap();
            panic!("the service did not start: {}", log.join().unwrap());
        };
        Self { child, client: Client::of(address), log: Some(log), data: None }
    }

    /// Tells it to stop, as an init system does; how it ended, and what it logged.
    pub fn stop(mut self) -> (ExitStatus, String) {
        self.terminate();
        self.ended()
    }

    /// The number of its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Sends SIGTERM.
    pub fn terminate(&self) {
        let kill = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(kill.unwrap().success());
    }

    /// Sends SIGKILL, as when the power goes.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// How it ended, and what it logged.
    pub fn ended(&mut self) -> (ExitStatus, String) {
        let status = wait(&mut self.child).expect("the service does not end");
        (status, self.log.take().unwrap().join().unwrap())
    }
}

impl Deref for Replica {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl Drop for Replica {
    fn drop(&mut self) {
        // It may have ended already.
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
        drop(self.data.take());
    }
}
