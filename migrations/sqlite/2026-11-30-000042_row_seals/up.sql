-- What stands beside the journal bears a seal of the service in its row: commitments bind what entries tell of, and a
-- seal the rest, such as the hash of a password. Rows of before have none.
ALTER TABLE people ADD COLUMN seal BLOB;
ALTER TABLE notes ADD COLUMN seal BLOB;
ALTER TABLE credentials ADD COLUMN seal BLOB;
ALTER TABLE certificate_contents ADD COLUMN seal BLOB;
ALTER TABLE party_statuses ADD COLUMN seal BLOB;
ALTER TABLE idempotency ADD COLUMN seal BLOB;

-- A checkpoint's seal names the one before it, so that none can be taken out.
ALTER TABLE checkpoints ADD COLUMN previous INTEGER;
ALTER TABLE checkpoints ADD COLUMN seal BLOB;
