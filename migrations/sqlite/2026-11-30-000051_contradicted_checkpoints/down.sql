DROP TRIGGER checkpoints_are_not_deleted;
CREATE TRIGGER checkpoints_are_not_deleted BEFORE DELETE ON checkpoints
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
DROP TABLE contradicted_checkpoints;
