-- Honours (表彰), recorded apart from service.
CREATE TABLE honours (
    id          INTEGER PRIMARY KEY,
    volunteer   INTEGER NOT NULL,
    unit        INTEGER NOT NULL,
    day         INTEGER NOT NULL,
    title       BLOB NOT NULL,
    giver       BLOB NOT NULL,
    words_entry INTEGER NOT NULL,
    entered_by  INTEGER NOT NULL,
    entered_at  INTEGER NOT NULL,
    voided_at   INTEGER,
    version     INTEGER NOT NULL
);
CREATE INDEX honours_of_unit ON honours (unit, id);
CREATE INDEX honours_of_volunteer ON honours (volunteer, id);
