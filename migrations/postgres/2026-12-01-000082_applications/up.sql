-- Applications (注册申请): who is signed in and known to nobody asks a unit to be registered.
CREATE TABLE applications (
    id            BIGINT PRIMARY KEY,
    unit          BIGINT NOT NULL,
    status        TEXT COLLATE "C" NOT NULL,
    made_at       BIGINT NOT NULL,
    decided_by    BIGINT,
    decided_at    BIGINT,
    decided_entry BIGINT,
    volunteer     BIGINT,
    forget_at     BIGINT
);
CREATE INDEX applications_of_unit ON applications (unit, id);
CREATE INDEX applications_to_forget ON applications (forget_at);

-- Who applies, sealed, until it is decided, and of who was declined for some time more: kept beside the journal, bound to
-- it by a commitment.
CREATE TABLE applicants (
    application    BIGINT PRIMARY KEY,
    content_sealed BYTEA NOT NULL,
    document_index BYTEA NOT NULL,
    subject_index  BYTEA NOT NULL,
    salt           BYTEA NOT NULL,
    commitment     BYTEA NOT NULL,
    seal           BYTEA NOT NULL
);
CREATE INDEX applicants_by_document ON applicants (document_index);
CREATE INDEX applicants_by_subject ON applicants (subject_index);
