-- Bindings (绑定): by which outside identity, such as a WeChat user's, somebody signs in as a volunteer.
CREATE TABLE bindings (
    id          BIGINT PRIMARY KEY,
    volunteer   BIGINT NOT NULL,
    unit        BIGINT NOT NULL,
    provider    TEXT COLLATE "C" NOT NULL,
    app         TEXT COLLATE "C" NOT NULL,
    bound_by    TEXT COLLATE "C" NOT NULL,
    bound_at    BIGINT NOT NULL,
    ended_at    BIGINT,
    ended_entry BIGINT
);
CREATE INDEX bindings_of_volunteer ON bindings (volunteer, id);

-- Who that is outside, sealed, until the binding ends or the person leaves: kept beside the journal, bound to it by a
-- commitment. One outside identity is bound once.
CREATE TABLE binding_subjects (
    binding        BIGINT PRIMARY KEY,
    volunteer      BIGINT NOT NULL,
    subject_sealed BYTEA NOT NULL,
    subject_index  BYTEA NOT NULL UNIQUE,
    salt           BYTEA NOT NULL,
    commitment     BYTEA NOT NULL,
    seal           BYTEA NOT NULL
);
CREATE INDEX binding_subjects_of_volunteer ON binding_subjects (volunteer);

-- By which binding a session began: it ends with it.
ALTER TABLE sessions ADD COLUMN binding BIGINT;
CREATE INDEX sessions_of_binding ON sessions (binding);
