-- Certificates: ids and figures, derived from the journal; where one stands follows from the records.
CREATE TABLE certificates (
    id               INTEGER PRIMARY KEY,
    volunteer        INTEGER NOT NULL,
    unit             INTEGER NOT NULL,
    first_day        INTEGER,
    last_day         INTEGER,
    as_of            INTEGER NOT NULL,
    credited_minutes INTEGER NOT NULL CHECK (credited_minutes > 0),
    records          INTEGER NOT NULL CHECK (records > 0),
    replaces         INTEGER,
    replaced_by      INTEGER,
    issued_by        INTEGER NOT NULL,
    issued_at        INTEGER NOT NULL,
    revoked_by       INTEGER,
    revoked_at       INTEGER,
    revoked_entry    INTEGER,
    version          INTEGER NOT NULL
);
CREATE INDEX certificates_of_volunteer ON certificates (volunteer, id);
CREATE INDEX certificates_of_unit ON certificates (unit, id);

-- What each certificate says, sealed: kept beside the journal, bound to it by a commitment, erased with
-- the person.
CREATE TABLE certificate_contents (
    certificate    INTEGER PRIMARY KEY,
    volunteer      INTEGER NOT NULL,
    content_sealed BLOB NOT NULL,
    salt           BLOB NOT NULL,
    commitment     BLOB NOT NULL
);
CREATE INDEX certificate_contents_of_volunteer ON certificate_contents (volunteer);
