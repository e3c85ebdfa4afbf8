-- Trainings (培训), recorded apart from service.
CREATE TABLE trainings (
    id          INTEGER PRIMARY KEY,
    volunteer   INTEGER NOT NULL,
    unit        INTEGER NOT NULL,
    first_day   INTEGER NOT NULL,
    last_day    INTEGER NOT NULL,
    minutes     INTEGER NOT NULL,
    course      BLOB NOT NULL,
    organiser   BLOB NOT NULL,
    result      BLOB,
    words_entry INTEGER NOT NULL,
    entered_by  INTEGER NOT NULL,
    entered_at  INTEGER NOT NULL,
    voided_at   INTEGER,
    version     INTEGER NOT NULL
);
CREATE INDEX trainings_of_unit ON trainings (unit, id);
CREATE INDEX trainings_of_volunteer ON trainings (volunteer, id);
