-- What people are told because of an entry. It follows from the entry alone; but for sign-ins, which make no entry and
-- are told after the one that was the last then.
CREATE TABLE messages (
    entry     INTEGER NOT NULL,
    line      INTEGER NOT NULL,
    volunteer INTEGER NOT NULL,
    kind      TEXT NOT NULL,
    about     TEXT,
    minutes   INTEGER,
    points    INTEGER,
    due_at    INTEGER,
    told_at   INTEGER NOT NULL,
    PRIMARY KEY (entry, line)
) WITHOUT ROWID;
CREATE INDEX messages_of_volunteer ON messages (volunteer, entry, line);

-- The first entry that tells anybody anything: what happened before is no news. Where it is not the very first, the
-- service vouches for it.
CREATE TABLE messages_begin (
    entry INTEGER PRIMARY KEY,
    seal  BLOB
) WITHOUT ROWID;
INSERT INTO messages_begin (entry) SELECT COALESCE(MAX(seq), 0) + 1 FROM entries;

-- How far somebody has read. No fact of the ledger.
CREATE TABLE inboxes (
    volunteer  INTEGER PRIMARY KEY,
    read_entry INTEGER NOT NULL,
    read_line  INTEGER NOT NULL
) WITHOUT ROWID;

-- When somebody was told that time is running out.
ALTER TABLE lots ADD COLUMN expiry_announced_at INTEGER;
CREATE INDEX lots_to_announce ON lots (expires_at)
    WHERE remaining > 0 AND expires_at IS NOT NULL AND expiry_announced_at IS NULL;
ALTER TABLE redemptions ADD COLUMN expiry_announced_at INTEGER;
CREATE INDEX redemptions_to_announce ON redemptions (expires_at)
    WHERE status = 'held' AND expiry_announced_at IS NULL;
