-- Checkpoints that the journal does not contain, set aside by an operator who began a new log: kept as evidence,
-- with the reason.
CREATE TABLE contradicted_checkpoints (
    note         TEXT PRIMARY KEY,
    size         INTEGER NOT NULL,
    set_aside_at INTEGER NOT NULL,
    because      TEXT NOT NULL,
    seal         BLOB NOT NULL
);
CREATE TRIGGER contradicted_checkpoints_are_not_changed BEFORE UPDATE ON contradicted_checkpoints
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER contradicted_checkpoints_are_not_deleted BEFORE DELETE ON contradicted_checkpoints
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

-- A checkpoint leaves its table only for that one.
DROP TRIGGER checkpoints_are_not_deleted;
CREATE TRIGGER checkpoints_are_not_deleted BEFORE DELETE ON checkpoints
WHEN NOT EXISTS (SELECT 1 FROM contradicted_checkpoints AS c WHERE c.note = OLD.note)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
