-- Sessions are volunteers', too. An actor is an operator's number, or a volunteer's with a minus before it.
ALTER TABLE sessions RENAME COLUMN operator TO actor;
DROP INDEX sessions_of_operator;
CREATE INDEX sessions_of_actor ON sessions (actor);
