-- Certificates: ids and figures, derived from the journal; where one stands follows from the records.
CREATE TABLE certificates (
    id               BIGINT PRIMARY KEY,
    volunteer        BIGINT NOT NULL,
    unit             BIGINT NOT NULL,
    first_day        BIGINT,
    last_day         BIGINT,
    as_of            BIGINT NOT NULL,
    credited_minutes BIGINT NOT NULL CHECK (credited_minutes > 0),
    records          BIGINT NOT NULL CHECK (records > 0),
    replaces         BIGINT,
    replaced_by      BIGINT,
    issued_by        BIGINT NOT NULL,
    issued_at        BIGINT NOT NULL,
    revoked_by       BIGINT,
    revoked_at       BIGINT,
    revoked_entry    BIGINT,
    version          BIGINT NOT NULL
);
CREATE INDEX certificates_of_volunteer ON certificates (volunteer, id);
CREATE INDEX certificates_of_unit ON certificates (unit, id);

-- What each certificate says, sealed: kept beside the journal, bound to it by a commitment, erased with
-- the person.
CREATE TABLE certificate_contents (
    certificate    BIGINT PRIMARY KEY,
    volunteer      BIGINT NOT NULL,
    content_sealed BYTEA NOT NULL,
    salt           BYTEA NOT NULL,
    commitment     BYTEA NOT NULL
);
CREATE INDEX certificate_contents_of_volunteer ON certificate_contents (volunteer);
