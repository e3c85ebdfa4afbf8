-- Statutory steps: the calendar of working days, public notice, objections, corrections.

-- Days that are not as Monday-to-Friday has them.
CREATE TABLE calendar_days (
    day     BIGINT PRIMARY KEY,
    kind    TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL
);

-- Nothing stands here for records from before there was a calendar.
ALTER TABLE service_records ADD COLUMN record_by BIGINT;

-- Records that wait for a decision: few at any time, whatever the length of the ledger.
CREATE INDEX records_waiting ON service_records (id) WHERE status = 'submitted';

-- How long each unit has records on public notice; null: as the unit above has it.
CREATE TABLE notice_policies (
    unit         BIGINT PRIMARY KEY,
    working_days BIGINT CHECK (working_days BETWEEN 0 AND 10),
    version      BIGINT NOT NULL
);

ALTER TABLE service_records ADD COLUMN notice_ends_at BIGINT;
ALTER TABLE service_records ADD COLUMN open_objections BIGINT NOT NULL DEFAULT 0 CHECK (open_objections >= 0);

CREATE TABLE objections (
    id             BIGINT PRIMARY KEY,
    record         BIGINT NOT NULL,
    unit           BIGINT NOT NULL,
    volunteer      BIGINT NOT NULL,
    raised_by      BIGINT NOT NULL,
    raised_at      BIGINT NOT NULL,
    status         TEXT COLLATE "C" NOT NULL,
    resolved_by    BIGINT,
    resolved_at    BIGINT,
    resolved_entry BIGINT
);
CREATE UNIQUE INDEX one_objection_each ON objections (record, raised_by);
CREATE INDEX objections_of_unit ON objections (unit, id);

CREATE TABLE corrections (
    id            BIGINT PRIMARY KEY,
    volunteer     BIGINT NOT NULL,
    unit          BIGINT NOT NULL,
    complaint     TEXT COLLATE "C" NOT NULL,
    status        TEXT COLLATE "C" NOT NULL,
    asked_at      BIGINT NOT NULL,
    decided_by    BIGINT,
    decided_at    BIGINT,
    decided_entry BIGINT,
    led_to        BIGINT
);
CREATE INDEX corrections_of_volunteer ON corrections (volunteer, id);
CREATE INDEX corrections_of_unit ON corrections (unit, id);
