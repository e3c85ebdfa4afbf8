-- What people are told because of an entry. It follows from the entry alone; but for sign-ins, which make no entry and
-- are told after the one that was the last then.
CREATE TABLE messages (
    entry     BIGINT NOT NULL,
    line      BIGINT NOT NULL,
    volunteer BIGINT NOT NULL,
    kind      TEXT NOT NULL,
    about     TEXT,
    minutes   BIGINT,
    points    BIGINT,
    due_at    BIGINT,
    told_at   BIGINT NOT NULL,
    PRIMARY KEY (entry, line)
);
CREATE INDEX messages_of_volunteer ON messages (volunteer, entry, line);

-- The first entry that tells anybody anything: what happened before is no news. Where it is not the very first, the
-- service vouches for it.
CREATE TABLE messages_begin (
    entry BIGINT PRIMARY KEY,
    seal  BYTEA
);
INSERT INTO messages_begin (entry) SELECT COALESCE(MAX(seq), 0) + 1 FROM entries;

-- How far somebody has read. No fact of the ledger.
CREATE TABLE inboxes (
    volunteer  BIGINT PRIMARY KEY,
    read_entry BIGINT NOT NULL,
    read_line  BIGINT NOT NULL
);

-- When somebody was told that time is running out.
ALTER TABLE lots ADD COLUMN expiry_announced_at BIGINT;
CREATE INDEX lots_to_announce ON lots (expires_at)
    WHERE remaining > 0 AND expires_at IS NOT NULL AND expiry_announced_at IS NULL;
ALTER TABLE redemptions ADD COLUMN expiry_announced_at BIGINT;
CREATE INDEX redemptions_to_announce ON redemptions (expires_at)
    WHERE status = 'held' AND expiry_announced_at IS NULL;
