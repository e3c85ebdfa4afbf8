-- Each batch ends with a seal of the service over the journal's head: who can write to the database is not
-- thereby the service. `sealed_since` is the first entry that ever was sealed: it stands in every seal.
CREATE TABLE batch_seals (
    last_seq     INTEGER PRIMARY KEY,
    first_seq    INTEGER NOT NULL CHECK (first_seq BETWEEN 1 AND last_seq),
    sealed_since INTEGER NOT NULL,
    seal         BLOB NOT NULL
);
CREATE TRIGGER batch_seals_are_not_changed BEFORE UPDATE ON batch_seals
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER batch_seals_are_not_deleted BEFORE DELETE ON batch_seals
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

-- How many entries the tree has that is about to be signed: the commit of this row carries all before it.
CREATE TABLE tree_to_sign (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    size INTEGER NOT NULL
);
INSERT INTO tree_to_sign VALUES (1, 0);
