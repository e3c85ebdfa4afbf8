//! A throw-away PostgreSQL for the tests of this process.
//!
//! [`server`] gives the one server, started when first asked for. Each test takes a database of
//! its own with [`PostgresServer::fresh_database`]: a clone of the template that
//! [`PostgresServer::prepare_template`] has migrated once, dropped when the test lets go of it.
//!
//! The server is the one that [`SERVER_URL_VARIABLE`] names, else a cluster made here with the
//! installed PostgreSQL. That cluster listens only on a unix socket in a private directory, so
//! there is no port to race for and no password to keep. PostgreSQL must be 15 or later. Without
//! one the run fails in plain words; nothing is skipped.
//!
//! Its files are in memory where there is room, see [`scratch`].
//!
//! What is made is removed however the test process ends, `kill -9` included: a caretaker shell,
//! in a process group of its own, waits on a pipe that only the test process holds open, and
//! cleans up when it closes.

use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::ops::Deref;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};

/// Names an existing server to test on, as the `postgres://` URL of any database there; its role
/// must be allowed to create databases.
pub const SERVER_URL_VARIABLE: &str = "HOURBOOK_TEST_POSTGRES_URL";

const WHAT_TO_DO: &str = "The tests need PostgreSQL 15 or later. Install it (Debian, Ubuntu: \
    `apt-get install postgresql`), or set HOURBOOK_TEST_POSTGRES_URL to the postgres:// URL of a \
    server whose role may create databases.";

/// The server of this test process.
///
/// # Panics
/// When there is no PostgreSQL to use; the message says what to do.
pub fn server() -> &'static PostgresServer {
    static SERVER: OnceLock<Result<PostgresServer, String>> = OnceLock::new();
    let started = SERVER.get_or_init(|| match std::env::var(SERVER_URL_VARIABLE) {
        Ok(url) => PostgresServer::existing(url),
        Err(_) => PostgresServer::throw_away(QUICK_SETTINGS),
    });
    started.as_ref().unwrap_or_else(|problem| panic!("{problem}\n{WHAT_TO_DO}"))
}

/// A server of one test, which keeps what it has committed however it is stopped.
///
/// # Panics
/// When no PostgreSQL is installed here: nobody else's server is stopped for a test.
pub fn server_to_be_stopped() -> &'static PostgresServer {
    let started = PostgresServer::throw_away(DURABLE_SETTINGS);
    Box::leak(Box::new(started.unwrap_or_else(|problem| panic!("{problem}\n{WHAT_TO_INSTALL}"))))
}

/// What a server has of a cluster that was made here.
struct Cluster {
    programs: PathBuf,
    directory: PathBuf,
}

impl Cluster {
    fn control(&self, arguments: &[&str]) {
        let mut command = Command::new(self.programs.join("pg_ctl"));
        command.args(arguments).arg("--pgdata").arg(self.directory.join("data"));
        command.arg("--log").arg(self.directory.join("log")).current_dir("/").process_group(0);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        if let Some(user) = user_instead_of_root() {
            command.uid(user.uid).gid(user.gid);
        }
        let status = command.status().expect("pg_ctl can be run");
        assert!(status.success(), "pg_ctl {arguments:?}: see {}", self.directory.join("log").display());
    }
}

const WHAT_TO_INSTALL: &str = "This test stops and starts a PostgreSQL of its own, version 15 or later. \
    Install it (Debian, Ubuntu: `apt-get install postgresql`).";

/// For what no test stops: nothing need be on the disk.
const QUICK_SETTINGS: &str = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off";
const DURABLE_SETTINGS: &str = "fsync = on\nsynchronous_commit = on\nfull_page_writes = on";

/// A server, and the databases that this process has made on it.
pub struct PostgresServer {
    /// URL of a database that is always there, to connect to for creating and dropping others.
    admin_url: String,
    /// Begins the name of every database of this process, and of no other's.
    name_prefix: String,
    template: OnceLock<String>,
    databases_made: AtomicU32,
    /// None of a server that others started.
    cluster: Option<Cluster>,
    /// Holds the pipe whose closing sets the caretaker to work.
    _caretaker: Child,
}

impl PostgresServer {
    /// Makes the database that later ones are cloned from, and lets `migrate` fill it by its
    /// URL. Only the first call of a process does so; calls beside it wait until it is done.
    pub fn prepare_template(&self, migrate: impl FnOnce(&str)) {
        self.template.get_or_init(|| {
            let name = format!("{}_template", self.name_prefix);
            self.administer(&format!(r#"CREATE DATABASE "{name}""#));
            migrate(&self.url_of(&name));
            self.administer(&format!(r#"ALTER DATABASE "{name}" ALLOW_CONNECTIONS false"#));
            name
        });
    }

    /// A new database: a clone of the template, or an empty one when none was prepared. `label`
    /// stands in its name, for who looks at the server's log.
    pub fn fresh_database(&'static self, label: &str) -> TestDatabase {
        let number = self.databases_made.fetch_add(1, Ordering::Relaxed);
        let name = format!("{}_{number}_{}", self.name_prefix, name_part(label));
        self.administer(&match self.template.get() {
            // Without fsync, copying files is quicker than logging their pages.
            Some(template) => {
                format!(r#"CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy"#)
            }
            None => format!(r#"CREATE DATABASE "{name}""#),
        });
        TestDatabase { url: self.url_of(&name), name, server: self }
    }

    fn existing(url: String) -> Result<Self, String> {
        PgConnection::establish(&url)
            .map_err(|problem| format!("The server of {SERVER_URL_VARIABLE}: {problem}"))?;
        let name_prefix = name_prefix();
        let mut command = caretaker_command(DROP_DATABASES);
        command.args([&url, &name_prefix]);
        let caretaker = command.spawn().map_err(|problem| format!("No shell: {problem}"))?;
        Ok(Self::new(url, name_prefix, None, caretaker))
    }

    /// Stops it as when the power goes: `pg_ctl stop --mode immediate`.
    pub fn stop_at_once(&self) {
        self.own_cluster().control(&["stop", "--wait", "--mode", "immediate"]);
    }

    /// Starts it after [`Self::stop_at_once`]; it is ready when this returns.
    pub fn start_again(&self) {
        self.own_cluster().control(&["start", "--wait"]);
    }

    fn own_cluster(&self) -> &Cluster {
        self.cluster.as_ref().expect("a server of this test's own")
    }

    fn throw_away(settings: &str) -> Result<Self, String> {
        let programs = find_programs().ok_or("No PostgreSQL is installed here.")?;
        let mut command = caretaker_command(RUN_CLUSTER);
        command.arg(&programs).arg(settings);
        if let Some(user) = user_instead_of_root() {
            command.uid(user.uid).gid(user.gid);
        }
        let mut caretaker = command.spawn().map_err(|problem| format!("No shell: {problem}"))?;
        let socket_directory = await_cluster(&mut caretaker)
            .map_err(|log| format!("The PostgreSQL in {} did not start:\n{log}", programs.display()))?;
        let admin_url = format!("postgres:///postgres?host={socket_directory}&user=postgres");
        let cluster = Cluster { programs, directory: socket_directory.into() };
        Ok(Self::new(admin_url, name_prefix(), Some(cluster), caretaker))
    }

    fn new(admin_url: String, name_prefix: String, cluster: Option<Cluster>, caretaker: Child) -> Self {
        Self {
            admin_url,
            name_prefix,
            template: OnceLock::new(),
            databases_made: AtomicU32::new(0),
            cluster,
            _caretaker: caretaker,
        }
    }

    fn url_of(&self, database: &str) -> String {
        with_database(&self.admin_url, database)
    }

    fn administer(&self, statement: &str) {
        if let Err(problem) = self.try_administer(statement) {
            panic!("{statement}: {problem}");
        }
    }

    fn try_administer(&self, statement: &str) -> Result<(), Box<dyn std::error::Error>> {
        PgConnection::establish(&self.admin_url)?.batch_execute(statement)?;
        Ok(())
    }
}

/// A database of one test, dropped with this value, even if somebody is still connected. It reads as the
/// `postgres://` URL of the database.
pub struct TestDatabase {
    url: String,
    name: String,
    server: &'static PostgresServer,
}

impl Deref for TestDatabase {
    type Target = str;

    fn deref(&self) -> &str {
        &self.url
    }
}

impl fmt::Display for TestDatabase {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.url)
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let statement = format!(r#"DROP DATABASE "{}" WITH (FORCE)"#, self.name);
        // A panic here would hide the test's own; the caretaker tries once more.
        if let Err(problem) = self.server.try_administer(&statement) {
            eprintln!("{statement}: {problem}");
        }
    }
}

/// Arguments: the directory of the programs, settings to add. Prints `ready DIRECTORY` when the cluster answers
/// on the socket in that directory, else the log of what failed.
///
/// The collation is a language's and not the bytes' order, so that a statement which takes the
/// one for the other fails here and not at a city bureau.
const RUN_CLUSTER: &str = r#"
trap '' HUP PIPE
programs=$1
settings=$2
cd /
# The name of a socket holds about a hundred bytes.
[ "${#TMPDIR}" -le 60 ] || TMPDIR=/tmp
directory=$(mktemp -d "${TMPDIR:-/tmp}/hourbook-postgres.XXXXXX" 2>/dev/null) ||
    directory=$(mktemp -d /tmp/hourbook-postgres.XXXXXX) || exit

make_cluster() {
    "$programs/initdb" --pgdata "$directory/data" --no-sync --username postgres --auth trust \
        --encoding UTF8 --locale C --locale-provider icu --icu-locale und
}
configure_cluster() {
    cat >>"$directory/data/postgresql.conf" <<SETTINGS
listen_addresses = ''
port = 5432
unix_socket_directories = '$directory'
max_connections = 200
shared_buffers = 64MB
$settings
SETTINGS
}
start_cluster() {
    "$programs/pg_ctl" start --wait --pgdata "$directory/data" --log "$directory/log"
}
stop_cluster() {
    "$programs/pg_ctl" stop --pgdata "$directory/data" --mode immediate
}

if { make_cluster && configure_cluster && start_cluster; } >>"$directory/log" 2>&1; then
    echo "ready $directory"
    cat >/dev/null
else
    cat "$directory/log"
fi
stop_cluster >/dev/null 2>&1
rm -rf "$directory"
"#;

/// Arguments: the URL of the server, the beginning of the databases' names. Where there is no psql
/// the template stays behind; every test has dropped its own database.
const DROP_DATABASES: &str = r#"
cat >/dev/null
psql --no-psqlrc --quiet --dbname "$1" <<STATEMENTS
SELECT format('DROP DATABASE %I WITH (FORCE)', datname)
FROM pg_database WHERE starts_with(datname, '$2') \gexec
STATEMENTS
"#;

/// A shell that runs `script`, whose input ends when this process does and not before.
fn caretaker_command(script: &str) -> Command {
    let mut command = Command::new("sh");
    command
        .args(["-c", script, "caretaker"])
        .env("TMPDIR", scratch())
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

/// The directory of the socket, or the log of why there is none.
fn await_cluster(caretaker: &mut Child) -> Result<String, String> {
    let mut output = BufReader::new(caretaker.stdout.take().expect("stdout is piped"));
    let mut first_line = String::new();
    let mut log = String::new();
    output.read_line(&mut first_line).map_err(|problem| problem.to_string())?;
    if let Some(directory) = first_line.strip_prefix("ready ") {
        return Ok(directory.trim_end().to_owned());
    }
    output.read_to_string(&mut log).map_err(|problem| problem.to_string())?;
    Err(first_line + &log)
}

/// The directory of the newest `initdb`; one on the `PATH` goes first.
fn find_programs() -> Option<PathBuf> {
    let search_path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&search_path)
        .chain(debian_directories())
        .filter_map(|directory| fs::canonicalize(directory.join("initdb")).ok())
        .find_map(|initdb| initdb.parent().map(Path::to_owned))
}

/// `/usr/lib/postgresql/VERSION/bin`, newest first: Debian keeps them off the `PATH`.
fn debian_directories() -> Vec<PathBuf> {
    let version =
        |directory: &Path| -> Option<u32> { directory.file_name().and_then(OsStr::to_str)?.parse().ok() };
    let mut directories: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    directories.sort_by_key(|directory| std::cmp::Reverse(version(directory)));
    directories.iter().map(|directory| directory.join("bin")).collect()
}

/// In memory, if there is room; a disk takes long over the thousands of small files that the tests' databases
/// come to. `TMPDIR` decides otherwise.
pub fn scratch() -> &'static Path {
    static SCRATCH: OnceLock<PathBuf> = OnceLock::new();
    SCRATCH.get_or_init(|| match std::env::var_os("TMPDIR") {
        None if gigabytes_free(MEMORY) >= GIGABYTES_NEEDED => MEMORY.into(),
        _ => std::env::temp_dir(),
    })
}

/// Where Linux keeps files in memory.
const MEMORY: &str = "/dev/shm";
const GIGABYTES_NEEDED: u64 = 2;

/// Nothing where that is no folder.
fn gigabytes_free(folder: &str) -> u64 {
    let Ok(told) = Command::new("df").args(["-P", "-k", folder]).output() else { return 0 };
    let told = String::from_utf8_lossy(&told.stdout);
    let free = told.lines().nth(1).and_then(|line| line.split_whitespace().nth(3));
    free.and_then(|kilobytes| kilobytes.parse::<u64>().ok()).unwrap_or_default() / (1024 * 1024)
}

struct SystemUser {
    uid: u32,
    gid: u32,
}

/// PostgreSQL refuses to run as root: who it runs as when this process is root's.
fn user_instead_of_root() -> Option<SystemUser> {
    let is_root = fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
    if !is_root {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    ["postgres", "nobody"].iter().find_map(|name| {
        users.lines().find_map(|line| {
            let fields: Vec<&str> = line.split(':').collect();
            let [_, _, uid, gid, ..] = fields[..] else {
                return None;
            };
            (fields[0] == *name)
                .then(|| Some(SystemUser { uid: uid.parse().ok()?, gid: gid.parse().ok()? }))?
        })
    })
}

/// `url` with `database` in place of the one that it names.
fn with_database(url: &str, database: &str) -> String {
    let (location, options) = match url.split_once('?') {
        Some((location, options)) => (location, format!("?{options}")),
        None => (url, String::new()),
    };
    let (scheme, rest) = location.split_once("://").expect("a URL of the form postgres://…");
    let host = rest.split('/').next().unwrap_or_default();
    format!("{scheme}://{host}/{database}{options}")
}

fn name_prefix() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock past 1970");
    format!("hourbook_test_{:x}_{}", now.as_millis(), std::process::id())
}

/// What of `label` may stand in a database's name, which holds 63 bytes in all.
fn name_part(label: &str) -> String {
    let tame = |character: char| {
        if character.is_ascii_alphanumeric() { character } else { '_' }
    };
    label.chars().map(tame).take(20).collect()
}

#[test]
fn a_url_gets_another_database() {
    for (url, expected) in [
        ("postgres:///postgres?host=/tmp/x&user=u", "postgres:///own?host=/tmp/x&user=u"),
        ("postgresql://u:p@db:5433/main", "postgresql://u:p@db:5433/own"),
        ("postgres://db", "postgres://db/own"),
    ] {
        assert_eq!(with_database(url, "own"), expected);
    }
}

#[test]
fn each_database_is_apart_and_goes_with_its_test() {
    let (one, other) = (server().fresh_database("one"), server().fresh_database("other"));
    let mut to_one = PgConnection::establish(&one).unwrap();
    to_one.batch_execute("CREATE TABLE only_here (id integer)").unwrap();
    let mut to_other = PgConnection::establish(&other).unwrap();
    to_other.batch_execute("TABLE only_here").unwrap_err();

    let url = one.to_string();
    drop(one);
    assert!(PgConnection::establish(&url).is_err(), "{url} was to be dropped");
}
