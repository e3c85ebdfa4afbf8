//! PostgreSQL's own programs: `pg_dump` writes a database down, `pg_restore` reads it back.

use std::path::Path;
use std::process::Command;

/// Has `pg_dump` write what a snapshot shows, which another connection holds; without the sessions: who logged out since
/// would be logged in again.
pub fn dump(program: &Path, url: &str, snapshot: &str, to: &Path) -> Result<(), String> {
    let mut command = with_database(program, url);
    command.args(["--format=custom", "--no-owner", "--no-privileges", "--exclude-table-data=sessions"]);
    command.args(["--snapshot", snapshot, "--file"]);
    run(command.arg(to))
}

/// Has `pg_restore` read a dump into a database, wholly or not at all.
pub fn restore(program: &Path, url: &str, from: &Path) -> Result<(), String> {
    let mut command = with_database(program, url);
    command.args(["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]);
    run(command.arg(from))
}

/// A password does not stand in the command line, which everybody on the machine may read.
fn with_database(program: &Path, url: &str) -> Command {
    let mut command = Command::new(program);
    let (url, password) = without_password(url);
    if let Some(password) = password {
        command.env("PGPASSWORD", password);
    }
    command.arg("--dbname").arg(url);
    command
}

fn run(command: &mut Command) -> Result<(), String> {
    let program = Path::new(command.get_program()).display().to_string();
    let ended = command.status().map_err(|error| {
        format!("{program}: {error}. It comes with PostgreSQL's clients (Debian: postgresql-client), of the server's version \
                 or a later one; --pg-dump and --pg-restore name another place.")
    })?;
    if ended.success() { Ok(()) } else { Err(format!("{program}: {ended}")) }
}

/// A connection URI without its password, and that.
fn without_password(url: &str) -> (String, Option<String>) {
    let split = || {
        let (scheme, rest) = url.split_once("://")?;
        let (user, place) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()).min(rest.len()));
        let (credentials, host) = user.rsplit_once('@')?;
        let (name, password) = credentials.split_once(':')?;
        Some((format!("{scheme}://{name}@{host}{place}"), percent_decoded(password)?))
    };
    match split() {
        Some((url, password)) => (url, Some(password)),
        None => (url.to_owned(), None),
    }
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            bytes.extend(data_encoding::HEXLOWER_PERMISSIVE.decode(&digits).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_taken_out_of_a_connection_uri() {
        for (url, rest, password) in [
            ("postgres://u@h/d", "postgres://u@h/d", None),
            ("postgres://u:p@h:5432/d?sslmode=require", "postgres://u@h:5432/d?sslmode=require", Some("p")),
            ("postgresql://u:p%40ss%2f@h/d", "postgresql://u@h/d", Some("p@ss/")),
            ("postgres:///d?host=/run/x@y:z", "postgres:///d?host=/run/x@y:z", None),
            ("postgres://u:@/d", "postgres://u@/d", Some("")),
        ] {
            assert_eq!(without_password(url), (rest.to_owned(), password.map(str::to_owned)), "{url}");
        }
    }
}
