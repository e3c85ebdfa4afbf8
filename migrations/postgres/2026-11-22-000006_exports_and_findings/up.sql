-- Findings that an auditor looked at and found to be false alarms.
CREATE TABLE dismissals (
    finding      TEXT COLLATE "C" PRIMARY KEY,
    rule         TEXT COLLATE "C" NOT NULL,
    unit         BIGINT NOT NULL,
    dismissed_by BIGINT NOT NULL,
    dismissed_at BIGINT NOT NULL,
    entry        BIGINT NOT NULL
);

-- What was credited in a window of time is what findings are looked for in.
CREATE INDEX records_by_crediting ON service_records (decided_at) WHERE credited_entry IS NOT NULL;
