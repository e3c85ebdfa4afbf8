-- Changes of who a volunteer is: which fields, by whom, confirmed by whom.
CREATE TABLE identity_changes (
    id            BIGINT PRIMARY KEY,
    volunteer     BIGINT NOT NULL,
    unit          BIGINT NOT NULL,
    fields        TEXT COLLATE "C" NOT NULL,
    status        TEXT COLLATE "C" NOT NULL,
    asked_by      BIGINT NOT NULL,
    asked_at      BIGINT NOT NULL,
    decided_by    BIGINT,
    decided_at    BIGINT,
    decided_entry BIGINT
);
CREATE INDEX identity_changes_of_volunteer ON identity_changes (volunteer, id);
CREATE INDEX identity_changes_of_unit ON identity_changes (unit, id);
CREATE INDEX identity_changes_decided ON identity_changes (decided_entry);

-- What was proposed, sealed, until it is decided: kept beside the journal, bound to it by a commitment, erased
-- with the person.
CREATE TABLE proposed_identities (
    identity_change BIGINT PRIMARY KEY,
    volunteer       BIGINT NOT NULL,
    content_sealed  BYTEA NOT NULL,
    salt            BYTEA NOT NULL,
    commitment      BYTEA NOT NULL
);
CREATE INDEX proposed_identities_of_volunteer ON proposed_identities (volunteer);

-- The change that waits, and the entry that changed name, document or birth date last.
ALTER TABLE volunteers ADD COLUMN identity_change BIGINT;
ALTER TABLE volunteers ADD COLUMN identity_entry BIGINT;
