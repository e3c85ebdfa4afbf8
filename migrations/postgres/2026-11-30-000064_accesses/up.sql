-- Accesses (查阅记录): who saw a volunteer's whole numbers, and when; the purpose stands among the notes.
CREATE TABLE accesses (
    id          BIGINT PRIMARY KEY,
    volunteer   BIGINT NOT NULL,
    unit        BIGINT NOT NULL,
    minor       BIGINT NOT NULL,
    purpose     BYTEA NOT NULL,
    revealed_by BIGINT NOT NULL,
    revealed_at BIGINT NOT NULL
);
CREATE INDEX accesses_of_unit ON accesses (unit, id);
CREATE INDEX accesses_of_volunteer ON accesses (volunteer, id);
