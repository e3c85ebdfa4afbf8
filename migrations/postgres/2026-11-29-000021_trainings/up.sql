-- Trainings (培训), recorded apart from service.
CREATE TABLE trainings (
    id          BIGINT PRIMARY KEY,
    volunteer   BIGINT NOT NULL,
    unit        BIGINT NOT NULL,
    first_day   BIGINT NOT NULL,
    last_day    BIGINT NOT NULL,
    minutes     BIGINT NOT NULL,
    course      BYTEA NOT NULL,
    organiser   BYTEA NOT NULL,
    result      BYTEA,
    words_entry BIGINT NOT NULL,
    entered_by  BIGINT NOT NULL,
    entered_at  BIGINT NOT NULL,
    voided_at   BIGINT,
    version     BIGINT NOT NULL
);
CREATE INDEX trainings_of_unit ON trainings (unit, id);
CREATE INDEX trainings_of_volunteer ON trainings (volunteer, id);
