-- Accesses (查阅记录): who saw a volunteer's whole numbers, and when; the purpose stands among the notes.
CREATE TABLE accesses (
    id          INTEGER PRIMARY KEY,
    volunteer   INTEGER NOT NULL,
    unit        INTEGER NOT NULL,
    minor       INTEGER NOT NULL,
    purpose     BLOB NOT NULL,
    revealed_by INTEGER NOT NULL,
    revealed_at INTEGER NOT NULL
);
CREATE INDEX accesses_of_unit ON accesses (unit, id);
CREATE INDEX accesses_of_volunteer ON accesses (volunteer, id);
