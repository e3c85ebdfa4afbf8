DROP TRIGGER checkpoints_are_not_deleted ON checkpoints;
DROP FUNCTION refuse_losing_a_checkpoint();
DROP TRIGGER checkpoints_are_not_changed ON checkpoints;
CREATE TRIGGER checkpoints_are_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON checkpoints
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
DROP TABLE contradicted_checkpoints;
