-- By which document an operator said who they are, sealed: kept beside the journal, bound to it by a commitment,
-- erased with the operator's access.
CREATE TABLE operator_identities (
    operator        BIGINT PRIMARY KEY,
    document_kind   TEXT COLLATE "C" NOT NULL,
    document_sealed BYTEA NOT NULL,
    identity_index  BYTEA NOT NULL,
    salt            BYTEA NOT NULL,
    commitment      BYTEA NOT NULL,
    seal            BYTEA NOT NULL
);
-- The blind index of the document of whoever has no access any more: what they did was done by that person.
-- Forgotten when records of service need no longer be kept.
CREATE TABLE former_operator_identities (
    operator       BIGINT PRIMARY KEY,
    identity_index BYTEA NOT NULL,
    disabled_entry BIGINT NOT NULL
);
CREATE INDEX former_operator_identities_by_entry ON former_operator_identities (disabled_entry);
ALTER TABLE operators ADD COLUMN identified BIGINT NOT NULL DEFAULT 0;

-- One objection a person is the rule's to say: a person may have several accounts, and objections go along with a
-- service that is entered again.
DROP INDEX one_objection_each;
CREATE INDEX objections_to_record ON objections (record, id);

-- By what way an entry came that was not asked for over the API: JSON, as in the entry itself.
ALTER TABLE entries ADD COLUMN origin TEXT COLLATE "C";
