-- By which binding a session began: it ends with it.
ALTER TABLE sessions ADD COLUMN binding INTEGER;
CREATE INDEX sessions_of_binding ON sessions (binding);
