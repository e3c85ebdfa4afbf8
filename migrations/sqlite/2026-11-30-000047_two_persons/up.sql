-- When the volunteer said that what somebody else entered is true; and whether one person alone entered and credited it.
ALTER TABLE service_records ADD COLUMN confirmed_at INTEGER;
ALTER TABLE service_records ADD COLUMN credited_alone INTEGER NOT NULL DEFAULT 0;

-- How many minutes one person alone credits, as JSON, and for how many hours after service its leader was there:
-- of a unit and those under it. Null: as the unit above has it.
CREATE TABLE crediting_policies (
    unit               INTEGER PRIMARY KEY,
    one_person_minutes TEXT,
    leader_hours       INTEGER,
    set_by             INTEGER NOT NULL,
    version            INTEGER NOT NULL
);

-- What one person alone credited of a volunteer's service: few.
CREATE INDEX service_records_credited_alone ON service_records (volunteer) WHERE credited_alone = 1;
