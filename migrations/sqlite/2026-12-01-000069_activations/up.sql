-- The activation code with which a volunteer signs in for the first time: the entry that gave it, until when it is good,
-- and how often it was tried in vain.
ALTER TABLE volunteers ADD COLUMN activation_entry INTEGER;
ALTER TABLE volunteers ADD COLUMN activation_until INTEGER;
ALTER TABLE volunteers ADD COLUMN activation_tries INTEGER NOT NULL DEFAULT 0;

-- Sessions are volunteers', too. An actor is an operator's number, or a volunteer's with a minus before it: those of
-- before stay as they are.
ALTER TABLE sessions RENAME COLUMN operator TO actor;
DROP INDEX sessions_of_operator;
CREATE INDEX sessions_of_actor ON sessions (actor);
