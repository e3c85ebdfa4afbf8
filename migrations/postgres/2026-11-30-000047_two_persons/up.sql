-- When the volunteer said that what somebody else entered is true; and whether one person alone entered and credited it.
ALTER TABLE service_records ADD COLUMN confirmed_at BIGINT;
ALTER TABLE service_records ADD COLUMN credited_alone BIGINT NOT NULL DEFAULT 0;

-- How many minutes one person alone credits, as JSON, and for how many hours after service its leader was there:
-- of a unit and those under it. Null: as the unit above has it.
CREATE TABLE crediting_policies (
    unit               BIGINT PRIMARY KEY,
    one_person_minutes TEXT COLLATE "C",
    leader_hours       BIGINT,
    set_by             BIGINT NOT NULL,
    version            BIGINT NOT NULL
);

-- What one person alone credited of a volunteer's service: few.
CREATE INDEX service_records_credited_alone ON service_records (volunteer) WHERE credited_alone = 1;
