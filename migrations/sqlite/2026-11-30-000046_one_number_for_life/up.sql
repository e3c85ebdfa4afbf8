-- The blind index of the document of who has left, and the entry that closed the registration: who comes back is
-- the same volunteer. Forgotten when records of service need no longer be kept.
CREATE TABLE closed_identities (
    identity_index BLOB PRIMARY KEY,
    volunteer      INTEGER NOT NULL,
    closed_entry   INTEGER NOT NULL
);
CREATE INDEX closed_identities_of_volunteer ON closed_identities (volunteer);
CREATE INDEX closed_identities_by_entry ON closed_identities (closed_entry);

-- Who asked to close a registration, and when: it takes a second person, or three days.
ALTER TABLE volunteers ADD COLUMN closing_asked_by INTEGER;
ALTER TABLE volunteers ADD COLUMN closing_asked_at INTEGER;

-- Who closed when: hours credited shortly before are looked at.
CREATE INDEX volunteers_closed ON volunteers (version) WHERE status = 'closed';
