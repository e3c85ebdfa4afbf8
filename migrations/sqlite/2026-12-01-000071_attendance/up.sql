-- Activities that recruit are drafts until they are published; those of before are published. Who is present is counted.
ALTER TABLE activities ADD COLUMN draft INTEGER NOT NULL DEFAULT 0;
ALTER TABLE activities ADD COLUMN present INTEGER NOT NULL DEFAULT 0;

-- Positions (岗位): the kinds of place in an activity.
CREATE TABLE positions (
    id       INTEGER PRIMARY KEY,
    activity INTEGER NOT NULL,
    unit     INTEGER NOT NULL,
    terms    TEXT NOT NULL,
    taken    INTEGER NOT NULL,
    offered  INTEGER NOT NULL,
    waiting  INTEGER NOT NULL,
    version  INTEGER NOT NULL
);
CREATE INDEX positions_of_activity ON positions (activity, id);
CREATE INDEX positions_waited_for ON positions (id) WHERE waiting > 0;

-- Enrolments (报名): a volunteer's place in a position, or the wait for one.
CREATE TABLE enrolments (
    id           INTEGER PRIMARY KEY,
    position     INTEGER NOT NULL,
    activity     INTEGER NOT NULL,
    unit         INTEGER NOT NULL,
    volunteer    INTEGER NOT NULL,
    status       TEXT NOT NULL,
    at_once      INTEGER NOT NULL,
    made_by      INTEGER NOT NULL,
    made_at      INTEGER NOT NULL,
    respond_by   INTEGER,
    passed_over  TEXT,
    late         INTEGER NOT NULL,
    contested_at INTEGER,
    version      INTEGER NOT NULL
);
CREATE INDEX enrolments_waiting ON enrolments (position, id) WHERE status = 'waiting';
CREATE INDEX enrolments_offered ON enrolments (respond_by, id) WHERE status = 'offered';
CREATE INDEX enrolments_of_position ON enrolments (position, id);
CREATE INDEX enrolments_of_activity ON enrolments (activity, id);
CREATE INDEX enrolments_of_volunteer ON enrolments (volunteer, activity, id);

-- Attendances (签到签退): that somebody was at an activity, as the service saw it.
CREATE TABLE attendances (
    id               INTEGER PRIMARY KEY,
    activity         INTEGER NOT NULL,
    unit             INTEGER NOT NULL,
    volunteer        INTEGER NOT NULL,
    enrolment        INTEGER,
    status           TEXT NOT NULL,
    checked_in_at    INTEGER NOT NULL,
    checked_in_by    TEXT NOT NULL,
    checked_in_actor INTEGER NOT NULL,
    checked_out_at   INTEGER,
    checked_out_by   TEXT,
    record           INTEGER,
    no_record        TEXT,
    version          INTEGER NOT NULL
);
CREATE INDEX attendances_open ON attendances (volunteer, id) WHERE status = 'open';
CREATE INDEX attendances_of_activity ON attendances (activity, id);
CREATE INDEX attendances_of_volunteer ON attendances (volunteer, activity, id);
CREATE UNIQUE INDEX attendances_of_record ON attendances (record) WHERE record IS NOT NULL;
