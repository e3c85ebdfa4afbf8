-- Merges: two volunteer numbers that are one person's; by whom, confirmed by whom.
CREATE TABLE merges (
    id            INTEGER PRIMARY KEY,
    volunteer     INTEGER NOT NULL,
    earlier       INTEGER NOT NULL,
    unit          INTEGER NOT NULL,
    status        TEXT NOT NULL,
    asked_by      INTEGER NOT NULL,
    asked_at      INTEGER NOT NULL,
    decided_by    INTEGER,
    decided_at    INTEGER,
    decided_entry INTEGER
);
CREATE INDEX merges_of_volunteer ON merges (volunteer, id);
CREATE INDEX merges_of_unit ON merges (unit, id);
CREATE INDEX merges_decided ON merges (decided_entry);

-- Which number is an alias of which earlier one, and since which entry.
CREATE TABLE merged_numbers (
    volunteer INTEGER NOT NULL,
    earlier   INTEGER NOT NULL,
    entry     INTEGER NOT NULL,
    PRIMARY KEY (volunteer, earlier)
) WITHOUT ROWID;
CREATE INDEX merged_numbers_of_person ON merged_numbers (earlier, volunteer);

-- The same, as it is now.
ALTER TABLE volunteers ADD COLUMN merged_into INTEGER;
ALTER TABLE volunteers ADD COLUMN merged_numbers TEXT NOT NULL DEFAULT '[]';
