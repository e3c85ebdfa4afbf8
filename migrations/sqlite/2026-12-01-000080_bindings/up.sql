-- Bindings (绑定): by which outside identity, such as a WeChat user's, somebody signs in as a volunteer.
CREATE TABLE bindings (
    id          INTEGER PRIMARY KEY,
    volunteer   INTEGER NOT NULL,
    unit        INTEGER NOT NULL,
    provider    TEXT NOT NULL,
    app         TEXT NOT NULL,
    bound_by    TEXT NOT NULL,
    bound_at    INTEGER NOT NULL,
    ended_at    INTEGER,
    ended_entry INTEGER
);
CREATE INDEX bindings_of_volunteer ON bindings (volunteer, id);

-- Who that is outside, sealed, until the binding ends or the person leaves: kept beside the journal, bound to it by a
-- commitment. One outside identity is bound once.
CREATE TABLE binding_subjects (
    binding        INTEGER PRIMARY KEY,
    volunteer      INTEGER NOT NULL,
    subject_sealed BLOB NOT NULL,
    subject_index  BLOB NOT NULL UNIQUE,
    salt           BLOB NOT NULL,
    commitment     BLOB NOT NULL,
    seal           BLOB NOT NULL
);
CREATE INDEX binding_subjects_of_volunteer ON binding_subjects (volunteer);

-- By which binding a session began: it ends with it.
ALTER TABLE sessions ADD COLUMN binding INTEGER;
CREATE INDEX sessions_of_binding ON sessions (binding);
