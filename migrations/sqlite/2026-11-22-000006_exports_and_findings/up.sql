-- Findings that an auditor looked at and found to be false alarms.
CREATE TABLE dismissals (
    finding      TEXT PRIMARY KEY,
    rule         TEXT NOT NULL,
    unit         INTEGER NOT NULL,
    dismissed_by INTEGER NOT NULL,
    dismissed_at INTEGER NOT NULL,
    entry        INTEGER NOT NULL
);

-- What was credited in a window of time is what findings are looked for in.
CREATE INDEX records_by_crediting ON service_records (decided_at) WHERE credited_entry IS NOT NULL;
