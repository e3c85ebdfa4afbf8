//! Where sessions are kept: with PostgreSQL in the ledger's database, with SQLite in a file beside the ledger's.
//!
//! SQLite has one lock for all who write to a file. Who refreshes a token in a loop would take it from the ledger.

use super::{Db, DbUrl, Pool, StoreError, session};

/// Connections to PostgreSQL for sessions.
const CONNECTIONS: u32 = 4;

/// Connections for sessions, to where they are kept; made, or brought up to date, where that is a file.
pub fn open(ledger: &DbUrl) -> Result<Pool, StoreError> {
    let Some(file) = ledger.of_sessions() else { return Pool::writing_at_once(ledger, CONNECTIONS) };
    let mut db = Db::open(&file)?;
    db.migrate_sessions()?;
    take_over(&mut Db::open(ledger)?, &mut db)?;
    Pool::writing(&file)
}

/// Brings the sessions of before there was a file into it. What is there already stays as it is: it is later.
fn take_over(ledger: &mut Db, file: &mut Db) -> Result<(), StoreError> {
    let former = session::all(ledger)?;
    if former.is_empty() {
        return Ok(());
    }
    file.transaction(|file| {
        former.iter().try_for_each(|session| session::insert(file, session, "ON CONFLICT DO NOTHING"))
    })?;
    ledger.transaction(session::forget_all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::actor::Actor;
    use crate::domain::ids::{OperatorId, Seq};
    use crate::domain::time::Timestamp;
    use crate::store::session::Session;
    use crate::store::sql::Sql;

    fn session(family: u8, token: u8) -> Session {
        let at = |micros| Timestamp::from_micros(micros).unwrap();
        Session {
            family: [family; 16],
            actor: Actor::Operator(OperatorId::new(Seq(9))),
            valid_from: Seq(3),
            started_at: at(1),
            refreshed_at: Some(at(2)),
            expires_at: at(3),
            ends_at: at(4),
            token: [token; 32],
            spent: Some([7; 32]),
            successor: Some([8; 32]),
            ended_at: Some(at(5)),
            binding: None,
        }
    }

    fn columns(db: &mut Db) -> String {
        let sql = "SELECT name, type, \"notnull\", pk FROM pragma_table_info('sessions') ORDER BY cid";
        format!("{:?}", db.query(Sql::new(sql)).unwrap())
    }

    #[test]
    fn sessions_of_before_are_taken_over_once_into_a_table_of_the_same_form() {
        let folder = std::env::temp_dir().join(format!("hourbook-sessions-{}", std::process::id()));
        std::fs::create_dir(&folder).unwrap();
        let ledger = DbUrl::Sqlite(folder.join("hourbook.db"));
        let mut db = Db::open(&ledger).unwrap();
        db.migrate().unwrap();
        session::start(&mut db, &session(1, 1)).unwrap();
        let find = |family: u8| {
            let pool = open(&ledger).unwrap();
            pool.read(|db| session::find(db, [family; 16])).unwrap()
        };
        assert_eq!(find(1), Some(session(1, 1)));
        assert_eq!(session::all(&mut db).unwrap(), [], "it stands in one place");
        session::start(&mut db, &session(1, 2)).unwrap();
        session::start(&mut db, &session(2, 2)).unwrap();
        assert_eq!((find(1), find(2)), (Some(session(1, 1)), Some(session(2, 2))));
        let mut beside = Db::open(&ledger.of_sessions().unwrap()).unwrap();
        assert_eq!(columns(&mut beside), columns(&mut db));
        std::fs::remove_dir_all(folder).unwrap();
    }
}
