-- When the ledger was restored from a backup; until somebody says why it goes on, nothing is written to it.
CREATE TABLE restorations (
    restored_at    BIGINT PRIMARY KEY,
    last_seq       BIGINT NOT NULL,
    backup_made_at BIGINT NOT NULL,
    because        TEXT
);
CREATE TRIGGER restorations_are_not_deleted BEFORE DELETE OR TRUNCATE ON restorations
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
