-- The Merkle tree over the entries and its signed checkpoints (RFC 9162; C2SP tlog-tiles).
-- The right edge of the tree: the roots of its perfect subtrees, the largest first.
ALTER TABLE journal_head ADD COLUMN frontier BYTEA NOT NULL DEFAULT '';

-- The tops of full tiles: on tile level 1 each over 256 entries, on 2 over 65,536. The hashes below are
-- those of the row below, and at the bottom those of the entries.
CREATE TABLE tree_nodes (
    tile_level BIGINT NOT NULL CHECK (tile_level > 0),
    position   BIGINT NOT NULL,
    hash       BYTEA NOT NULL,
    PRIMARY KEY (tile_level, position)
);

CREATE TABLE checkpoints (
    size      BIGINT PRIMARY KEY,
    root      BYTEA NOT NULL,
    signed_at BIGINT NOT NULL,
    note      TEXT NOT NULL
);

CREATE TRIGGER tree_nodes_are_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON tree_nodes
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER checkpoints_are_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON checkpoints
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
