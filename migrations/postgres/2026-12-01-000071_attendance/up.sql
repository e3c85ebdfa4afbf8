-- Activities that recruit are drafts until they are published; those of before are published. Who is present is counted.
ALTER TABLE activities ADD COLUMN draft BIGINT NOT NULL DEFAULT 0;
ALTER TABLE activities ADD COLUMN present BIGINT NOT NULL DEFAULT 0;

-- Positions (岗位): the kinds of place in an activity.
CREATE TABLE positions (
    id       BIGINT PRIMARY KEY,
    activity BIGINT NOT NULL,
    unit     BIGINT NOT NULL,
    terms    TEXT NOT NULL,
    taken    BIGINT NOT NULL,
    offered  BIGINT NOT NULL,
    waiting  BIGINT NOT NULL,
    version  BIGINT NOT NULL
);
CREATE INDEX positions_of_activity ON positions (activity, id);
CREATE INDEX positions_waited_for ON positions (id) WHERE waiting > 0;

-- Enrolments (报名): a volunteer's place in a position, or the wait for one.
CREATE TABLE enrolments (
    id           BIGINT PRIMARY KEY,
    position     BIGINT NOT NULL,
    activity     BIGINT NOT NULL,
    unit         BIGINT NOT NULL,
    volunteer    BIGINT NOT NULL,
    status       TEXT NOT NULL,
    at_once      BIGINT NOT NULL,
    made_by      BIGINT NOT NULL,
    made_at      BIGINT NOT NULL,
    respond_by   BIGINT,
    passed_over  TEXT,
    late         BIGINT NOT NULL,
    contested_at BIGINT,
    version      BIGINT NOT NULL
);
CREATE INDEX enrolments_waiting ON enrolments (position, id) WHERE status = 'waiting';
CREATE INDEX enrolments_offered ON enrolments (respond_by, id) WHERE status = 'offered';
CREATE INDEX enrolments_of_position ON enrolments (position, id);
CREATE INDEX enrolments_of_activity ON enrolments (activity, id);
CREATE INDEX enrolments_of_volunteer ON enrolments (volunteer, activity, id);

-- Attendances (签到签退): that somebody was at an activity, as the service saw it.
CREATE TABLE attendances (
    id               BIGINT PRIMARY KEY,
    activity         BIGINT NOT NULL,
    unit             BIGINT NOT NULL,
    volunteer        BIGINT NOT NULL,
    enrolment        BIGINT,
    status           TEXT NOT NULL,
    checked_in_at    BIGINT NOT NULL,
    checked_in_by    TEXT NOT NULL,
    checked_in_actor BIGINT NOT NULL,
    checked_out_at   BIGINT,
    checked_out_by   TEXT,
    record           BIGINT,
    no_record        TEXT,
    version          BIGINT NOT NULL
);
CREATE INDEX attendances_open ON attendances (volunteer, id) WHERE status = 'open';
CREATE INDEX attendances_of_activity ON attendances (activity, id);
CREATE INDEX attendances_of_volunteer ON attendances (volunteer, activity, id);
CREATE UNIQUE INDEX attendances_of_record ON attendances (record) WHERE record IS NOT NULL;
