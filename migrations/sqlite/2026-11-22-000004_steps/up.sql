-- Statutory steps: the calendar of working days, public notice, objections, corrections.

-- Days that are not as Monday-to-Friday has them.
CREATE TABLE calendar_days (
    day     INTEGER PRIMARY KEY,
    kind    TEXT NOT NULL,
    version INTEGER NOT NULL
);

-- Nothing stands here for records from before there was a calendar.
ALTER TABLE service_records ADD COLUMN record_by INTEGER;

-- Records that wait for a decision: few at any time, whatever the length of the ledger.
CREATE INDEX records_waiting ON service_records (id) WHERE status = 'submitted';

-- How long each unit has records on public notice; null: as the unit above has it.
CREATE TABLE notice_policies (
    unit         INTEGER PRIMARY KEY,
    working_days INTEGER CHECK (working_days BETWEEN 0 AND 10),
    version      INTEGER NOT NULL
);

ALTER TABLE service_records ADD COLUMN notice_ends_at INTEGER;
ALTER TABLE service_records ADD COLUMN open_objections INTEGER NOT NULL DEFAULT 0 CHECK (open_objections >= 0);

CREATE TABLE objections (
    id             INTEGER PRIMARY KEY,
    record         INTEGER NOT NULL,
    unit           INTEGER NOT NULL,
    volunteer      INTEGER NOT NULL,
    raised_by      INTEGER NOT NULL,
    raised_at      INTEGER NOT NULL,
    status         TEXT NOT NULL,
    resolved_by    INTEGER,
    resolved_at    INTEGER,
    resolved_entry INTEGER
);
CREATE UNIQUE INDEX one_objection_each ON objections (record, raised_by);
CREATE INDEX objections_of_unit ON objections (unit, id);

CREATE TABLE corrections (
    id            INTEGER PRIMARY KEY,
    volunteer     INTEGER NOT NULL,
    unit          INTEGER NOT NULL,
    complaint     TEXT NOT NULL,
    status        TEXT NOT NULL,
    asked_at      INTEGER NOT NULL,
    decided_by    INTEGER,
    decided_at    INTEGER,
    decided_entry INTEGER,
    led_to        INTEGER
);
CREATE INDEX corrections_of_volunteer ON corrections (volunteer, id);
CREATE INDEX corrections_of_unit ON corrections (unit, id);
