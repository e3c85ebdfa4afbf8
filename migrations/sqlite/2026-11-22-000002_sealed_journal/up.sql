-- The Merkle tree over the entries and its signed checkpoints (RFC 9162; C2SP tlog-tiles).
-- The right edge of the tree: the roots of its perfect subtrees, the largest first.
ALTER TABLE journal_head ADD COLUMN frontier BLOB NOT NULL DEFAULT x'';

-- The tops of full tiles: on tile level 1 each over 256 entries, on 2 over 65,536. The hashes below are
-- those of the row below, and at the bottom those of the entries.
CREATE TABLE tree_nodes (
    tile_level INTEGER NOT NULL CHECK (tile_level > 0),
    position   INTEGER NOT NULL,
    hash       BLOB NOT NULL,
    PRIMARY KEY (tile_level, position)
) WITHOUT ROWID;

CREATE TABLE checkpoints (
    size      INTEGER PRIMARY KEY,
    root      BLOB NOT NULL,
    signed_at INTEGER NOT NULL,
    note      TEXT NOT NULL
);

CREATE TRIGGER tree_nodes_are_not_changed BEFORE UPDATE ON tree_nodes
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER tree_nodes_are_not_deleted BEFORE DELETE ON tree_nodes
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER checkpoints_are_not_changed BEFORE UPDATE ON checkpoints
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER checkpoints_are_not_deleted BEFORE DELETE ON checkpoints
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
