-- Checkpoints that the journal does not contain, set aside by an operator who began a new log: kept as evidence,
-- with the reason.
CREATE TABLE contradicted_checkpoints (
    note         TEXT COLLATE "C" PRIMARY KEY,
    size         BIGINT NOT NULL,
    set_aside_at BIGINT NOT NULL,
    because      TEXT NOT NULL,
    seal         BYTEA NOT NULL
);
CREATE TRIGGER contradicted_checkpoints_are_not_changed
BEFORE UPDATE OR DELETE OR TRUNCATE ON contradicted_checkpoints
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A checkpoint leaves its table only for that one.
DROP TRIGGER checkpoints_are_not_changed ON checkpoints;
CREATE TRIGGER checkpoints_are_not_changed BEFORE UPDATE OR TRUNCATE ON checkpoints
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE FUNCTION refuse_losing_a_checkpoint() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF EXISTS (SELECT 1 FROM contradicted_checkpoints AS c WHERE c.note = OLD.note) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the journal is append-only';
END $$;
CREATE TRIGGER checkpoints_are_not_deleted BEFORE DELETE ON checkpoints
FOR EACH ROW EXECUTE FUNCTION refuse_losing_a_checkpoint();
