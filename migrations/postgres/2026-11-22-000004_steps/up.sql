-- Statutory steps: the calendar of working days.

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
