-- Honours (表彰), recorded apart from service.
CREATE TABLE honours (
    id          BIGINT PRIMARY KEY,
    volunteer   BIGINT NOT NULL,
    unit        BIGINT NOT NULL,
    day         BIGINT NOT NULL,
    title       BYTEA NOT NULL,
    giver       BYTEA NOT NULL,
    words_entry BIGINT NOT NULL,
    entered_by  BIGINT NOT NULL,
    entered_at  BIGINT NOT NULL,
    voided_at   BIGINT,
    version     BIGINT NOT NULL
);
CREATE INDEX honours_of_unit ON honours (unit, id);
CREATE INDEX honours_of_volunteer ON honours (volunteer, id);
