-- Changes of who a volunteer is: which fields, by whom, confirmed by whom.
CREATE TABLE identity_changes (
    id            INTEGER PRIMARY KEY,
    volunteer     INTEGER NOT NULL,
    unit          INTEGER NOT NULL,
    fields        TEXT NOT NULL,
    status        TEXT NOT NULL,
    asked_by      INTEGER NOT NULL,
    asked_at      INTEGER NOT NULL,
    decided_by    INTEGER,
    decided_at    INTEGER,
    decided_entry INTEGER
);
CREATE INDEX identity_changes_of_volunteer ON identity_changes (volunteer, id);
CREATE INDEX identity_changes_of_unit ON identity_changes (unit, id);
CREATE INDEX identity_changes_decided ON identity_changes (decided_entry);

-- What was proposed, sealed, until it is decided: kept beside the journal, bound to it by a commitment, erased
-- with the person.
CREATE TABLE proposed_identities (
    identity_change INTEGER PRIMARY KEY,
    volunteer       INTEGER NOT NULL,
    content_sealed  BLOB NOT NULL,
    salt            BLOB NOT NULL,
    commitment      BLOB NOT NULL
);
CREATE INDEX proposed_identities_of_volunteer ON proposed_identities (volunteer);

-- The change that waits, and the entry that changed name, document or birth date last.
ALTER TABLE volunteers ADD COLUMN identity_change INTEGER;
ALTER TABLE volunteers ADD COLUMN identity_entry INTEGER;
