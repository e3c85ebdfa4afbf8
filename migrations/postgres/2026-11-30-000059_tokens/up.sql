-- From which entry on tokens are good: those of before were ended. And the one-time code that sets a password.
ALTER TABLE operators ADD COLUMN valid_from BIGINT NOT NULL DEFAULT 0;
ALTER TABLE operators ADD COLUMN reset_entry BIGINT;
ALTER TABLE operators ADD COLUMN reset_until BIGINT;
ALTER TABLE volunteers ADD COLUMN valid_from BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN valid_from BIGINT NOT NULL DEFAULT 0;

-- Who came back has no tokens of before.
UPDATE volunteers SET valid_from = COALESCE((
    SELECT MAX(m.entry) FROM memberships AS m JOIN entries AS e ON e.seq = m.entry
    WHERE m.volunteer = volunteers.id AND e.kind = 'volunteer_reopened'
), 0);
