-- What volunteers say of activities, and units of volunteers' service there: once each. Words stand beside the journal.
CREATE TABLE ratings (
    id        BIGINT PRIMARY KEY,
    side      TEXT NOT NULL,
    activity  BIGINT NOT NULL,
    volunteer BIGINT NOT NULL,
    unit      BIGINT NOT NULL,
    score     BIGINT NOT NULL,
    words     BYTEA,
    rated_by  BIGINT NOT NULL,
    rated_at  BIGINT NOT NULL
);
CREATE UNIQUE INDEX ratings_at ON ratings (activity, side, volunteer);
CREATE INDEX ratings_of_volunteer ON ratings (volunteer, id);
CREATE INDEX ratings_of_unit ON ratings (unit, id);
