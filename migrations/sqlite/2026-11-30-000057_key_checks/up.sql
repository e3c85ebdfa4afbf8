-- Which keys the ledger goes by: of each a value by which it is known again, never the key.
CREATE TABLE key_checks (
    kind  TEXT NOT NULL,
    value BLOB NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (kind, value)
);
