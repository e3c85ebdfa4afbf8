-- Merges: two volunteer numbers that are one person's; by whom, confirmed by whom.
CREATE TABLE merges (
    id            BIGINT PRIMARY KEY,
    volunteer     BIGINT NOT NULL,
    earlier       BIGINT NOT NULL,
    unit          BIGINT NOT NULL,
    status        TEXT COLLATE "C" NOT NULL,
    asked_by      BIGINT NOT NULL,
    asked_at      BIGINT NOT NULL,
    decided_by    BIGINT,
    decided_at    BIGINT,
    decided_entry BIGINT
);
CREATE INDEX merges_of_volunteer ON merges (volunteer, id);
CREATE INDEX merges_of_unit ON merges (unit, id);
CREATE INDEX merges_decided ON merges (decided_entry);

-- Which number is an alias of which earlier one, and since which entry.
CREATE TABLE merged_numbers (
    volunteer BIGINT NOT NULL,
    earlier   BIGINT NOT NULL,
    entry     BIGINT NOT NULL,
    PRIMARY KEY (volunteer, earlier)
);
CREATE INDEX merged_numbers_of_person ON merged_numbers (earlier, volunteer);

-- The same, as it is now.
ALTER TABLE volunteers ADD COLUMN merged_into BIGINT;
ALTER TABLE volunteers ADD COLUMN merged_numbers TEXT COLLATE "C" NOT NULL DEFAULT '[]';
