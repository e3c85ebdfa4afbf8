//! A way to a PostgreSQL server that a test can cut, while the server works on; and commits that take
//! long enough to be cut.

use hourbook::store::sql::Sql;
use hourbook::store::{Db, DbUrl};
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// Passes everything on between its callers and a server.
pub struct Proxy {
    url: DbUrl,
    callers: Arc<Mutex<Vec<TcpStream>>>,
}

impl Proxy {
    /// A way to the server of this URL. Ends with the test's process.
    pub fn to(url: &DbUrl) -> Self {
        let DbUrl::Postgres(url) = url else { panic!("only a server can be a long way off") };
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let joint = if url.contains('?') { '&' } else { '?' };
        let proxied = format!("{url}{joint}hostaddr=127.0.0.1&port={port}");
        let callers = Arc::new(Mutex::new(Vec::new()));
        let (server, seen) = (Server::of(url), callers.clone());
        thread::spawn(move || {
            for caller in listener.incoming().flatten() {
                seen.lock().unwrap().push(caller.try_clone().unwrap());
                server.pass_on(caller);
            }
        });
        Self { url: DbUrl::Postgres(proxied), callers }
    }

    /// The server's URL by this way.
    pub fn url(&self) -> &DbUrl {
        &self.url
    }

    /// Hangs up on every caller. The server is not told; later callers are let through.
    pub fn cut(&self) {
        for caller in self.callers.lock().unwrap().drain(..) {
            // One who has hung up already is of no matter.
            let _gone = caller.shutdown(Shutdown::Both);
        }
    }
}

/// Where a server listens.
enum Server {
    Tcp(String),
    Unix(String),
}

impl Server {
    fn of(url: &str) -> Self {
        let (location, options) = url.split_once('?').unwrap_or((url, ""));
        let option = |name: &str| options.split('&').find_map(|one| one.strip_prefix(name));
        if let Some(directory) = option("host=").filter(|host| host.starts_with('/')) {
            let port = option("port=").unwrap_or("5432");
            return Self::Unix(format!("{directory}/.s.PGSQL.{port}"));
        }
        let authority = location.split("//").nth(1).and_then(|rest| rest.split('/').next()).unwrap();
        let host = authority.rsplit('@').next().unwrap();
        Self::Tcp(if host.contains(':') { host.to_owned() } else { format!("{host}:5432") })
    }

    fn pass_on(&self, caller: TcpStream) {
        match self {
            Self::Tcp(address) => {
                let server = TcpStream::connect(address).unwrap();
                join(caller, server.try_clone().unwrap(), server);
            }
            Self::Unix(path) => {
                let server = UnixStream::connect(Path::new(path)).unwrap();
                join(caller, server.try_clone().unwrap(), server);
            }
        }
    }
}

/// Copies in both directions, each until its source ends.
fn join(
    caller: TcpStream,
    mut from_server: impl Read + Send + 'static,
    mut to_server: impl Write + Send + 'static,
) {
    let (mut from_caller, mut to_caller) = (caller.try_clone().unwrap(), caller);
    // A cut makes both end in an error, as it should.
    thread::spawn(move || io::copy(&mut from_caller, &mut to_server));
    thread::spawn(move || io::copy(&mut from_server, &mut to_caller));
}

/// Commits of a database that take longer for every entry.
pub struct SlowCommits;

impl SlowCommits {
    /// From now on, by so many seconds an entry.
    pub fn on(db: &mut Db, seconds: f64) -> Self {
        db.batch(&format!(
            "CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN PERFORM pg_sleep({seconds}); RETURN NULL; END $$;
             CREATE CONSTRAINT TRIGGER commits_take_long AFTER INSERT ON entries
             DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION dawdle();"
        ))
        .unwrap();
        Self
    }

    /// Waits until the server is in the middle of one.
    pub fn await_one(&self, db: &mut Db) {
        let under_way = "SELECT COUNT(*) FROM pg_stat_activity
            WHERE datname = current_database() AND query = 'COMMIT' AND wait_event = 'PgSleep'";
        while db.number(Sql::new(under_way)).unwrap() == Some(0) {
            thread::sleep(Duration::from_millis(5));
        }
    }
}
