-- When the ledger was restored from a backup; until somebody says why it goes on, nothing is written to it.
CREATE TABLE restorations (
    restored_at    INTEGER PRIMARY KEY,
    last_seq       INTEGER NOT NULL,
    backup_made_at INTEGER NOT NULL,
    because        TEXT
);
CREATE TRIGGER restorations_are_not_deleted BEFORE DELETE ON restorations
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
