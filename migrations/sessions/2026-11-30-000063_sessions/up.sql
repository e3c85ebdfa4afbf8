-- What a SQLite ledger keeps of sessions, in a file of its own: the ledger's table of that name.
CREATE TABLE sessions (
    family       BLOB PRIMARY KEY,
    operator     INTEGER NOT NULL,
    valid_from   INTEGER NOT NULL,
    started_at   INTEGER NOT NULL,
    refreshed_at INTEGER,
    expires_at   INTEGER NOT NULL,
    ends_at      INTEGER NOT NULL,
    token        BLOB NOT NULL,
    spent        BLOB,
    successor    BLOB,
    ended_at     INTEGER
) WITHOUT ROWID;
CREATE INDEX sessions_of_operator ON sessions (operator);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
CREATE INDEX sessions_by_end ON sessions (ended_at);
