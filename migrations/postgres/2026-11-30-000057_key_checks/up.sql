-- Which keys the ledger goes by: of each a value by which it is known again, never the key.
CREATE TABLE key_checks (
    kind  TEXT COLLATE "C" NOT NULL,
    value BYTEA NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (kind, value)
);
