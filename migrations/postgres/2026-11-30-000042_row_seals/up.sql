-- What stands beside the journal bears a seal of the service in its row: commitments bind what entries tell of, and a
-- seal the rest, such as the hash of a password. Rows of before have none.
ALTER TABLE people ADD COLUMN seal BYTEA;
ALTER TABLE notes ADD COLUMN seal BYTEA;
ALTER TABLE credentials ADD COLUMN seal BYTEA;
ALTER TABLE certificate_contents ADD COLUMN seal BYTEA;
ALTER TABLE party_statuses ADD COLUMN seal BYTEA;
ALTER TABLE idempotency ADD COLUMN seal BYTEA;

-- A checkpoint's seal names the one before it, so that none can be taken out.
ALTER TABLE checkpoints ADD COLUMN previous BIGINT;
ALTER TABLE checkpoints ADD COLUMN seal BYTEA;
