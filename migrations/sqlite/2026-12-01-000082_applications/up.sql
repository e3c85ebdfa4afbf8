-- Applications (注册申请): who is signed in and known to nobody asks a unit to be registered.
CREATE TABLE applications (
    id            INTEGER PRIMARY KEY,
    unit          INTEGER NOT NULL,
    status        TEXT NOT NULL,
    made_at       INTEGER NOT NULL,
    decided_by    INTEGER,
    decided_at    INTEGER,
    decided_entry INTEGER,
    volunteer     INTEGER,
    forget_at     INTEGER
);
CREATE INDEX applications_of_unit ON applications (unit, id);
CREATE INDEX applications_to_forget ON applications (forget_at);

-- Who applies, sealed, until it is decided, and of who was declined for some time more: kept beside the journal, bound to
-- it by a commitment.
CREATE TABLE applicants (
    application    INTEGER PRIMARY KEY,
    content_sealed BLOB NOT NULL,
    document_index BLOB NOT NULL,
    subject_index  BLOB NOT NULL,
    salt           BLOB NOT NULL,
    commitment     BLOB NOT NULL,
    seal           BLOB NOT NULL
);
CREATE INDEX applicants_by_document ON applicants (document_index);
CREATE INDEX applicants_by_subject ON applicants (subject_index);
