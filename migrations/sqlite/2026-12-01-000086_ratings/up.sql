-- What volunteers say of activities, and units of volunteers' service there: once each. Words stand beside the journal.
CREATE TABLE ratings (
    id        INTEGER PRIMARY KEY,
    side      TEXT NOT NULL,
    activity  INTEGER NOT NULL,
    volunteer INTEGER NOT NULL,
    unit      INTEGER NOT NULL,
    score     INTEGER NOT NULL,
    words     BLOB,
    rated_by  INTEGER NOT NULL,
    rated_at  INTEGER NOT NULL
);
CREATE UNIQUE INDEX ratings_at ON ratings (activity, side, volunteer);
CREATE INDEX ratings_of_volunteer ON ratings (volunteer, id);
CREATE INDEX ratings_of_unit ON ratings (unit, id);
