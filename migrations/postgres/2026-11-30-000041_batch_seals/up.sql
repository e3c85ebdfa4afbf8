-- Each batch ends with a seal of the service over the journal's head: who can write to the database is not
-- thereby the service. `sealed_since` is the first entry that ever was sealed: it stands in every seal.
CREATE TABLE batch_seals (
    last_seq     BIGINT PRIMARY KEY,
    first_seq    BIGINT NOT NULL CHECK (first_seq BETWEEN 1 AND last_seq),
    sealed_since BIGINT NOT NULL,
    seal         BYTEA NOT NULL
);
CREATE TRIGGER batch_seals_are_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON batch_seals
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- How many entries the tree has that is about to be signed: the commit of this row carries all before it.
CREATE TABLE tree_to_sign (
    id   BIGINT PRIMARY KEY CHECK (id = 1),
    size BIGINT NOT NULL
);
INSERT INTO tree_to_sign VALUES (1, 0);
