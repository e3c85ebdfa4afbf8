-- Stars, the assessment of units, pledges and model posts.

-- Derived from the journal, as the tables of the ledger are.
CREATE TABLE star_schemes (
    id             INTEGER PRIMARY KEY,
    effective_from INTEGER NOT NULL,
    terms          TEXT NOT NULL
);

CREATE TABLE assessment_schemes (
    id      INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    terms   TEXT NOT NULL
);

CREATE TABLE pledges (
    id        INTEGER PRIMARY KEY,
    volunteer INTEGER NOT NULL,
    unit      INTEGER NOT NULL,
    title     BLOB NOT NULL,
    due       INTEGER NOT NULL,
    records   TEXT NOT NULL,
    made_at   INTEGER NOT NULL,
    ended_at  INTEGER
);
CREATE INDEX pledges_of_volunteer ON pledges (volunteer, id);
CREATE INDEX pledges_of_unit ON pledges (unit, id);

CREATE TABLE model_posts (
    id        INTEGER PRIMARY KEY,
    unit      INTEGER NOT NULL,
    volunteer INTEGER,
    title     BLOB NOT NULL,
    starts_on INTEGER NOT NULL,
    ends_on   INTEGER
);
CREATE INDEX model_posts_of_unit ON model_posts (unit, id);
CREATE INDEX model_posts_of_volunteer ON model_posts (volunteer, id) WHERE volunteer IS NOT NULL;

-- Kept beside the journal: what a person's data said of party membership as of each entry that set it.
-- Erased with the person. The first row of an entry, from day nought, holds before all others.
CREATE TABLE party_statuses (
    volunteer      INTEGER NOT NULL,
    entry          INTEGER NOT NULL,
    effective_from INTEGER NOT NULL,
    party_member   INTEGER NOT NULL,
    PRIMARY KEY (volunteer, entry, effective_from)
) WITHOUT ROWID;

-- Those registered before: their data was written by the entry that is their version, at the latest.
INSERT OR IGNORE INTO party_statuses
SELECT v.id, v.version, 0, 0 FROM volunteers AS v JOIN people AS p ON p.volunteer = v.id
WHERE p.political_status <> '[]';
INSERT OR REPLACE INTO party_statuses
SELECT v.id, v.version,
       CAST(REPLACE(json_extract(s.value, '$.effective_from'), '-', '') AS INTEGER),
       json_extract(s.value, '$.party_member')
FROM volunteers AS v JOIN people AS p ON p.volunteer = v.id, json_each(p.political_status) AS s;

-- The headcount of a unit on a day, as of any entry.
CREATE INDEX entries_of_headcounts ON entries (unit, effective_date, seq) WHERE kind = 'headcount_set';
-- The members of a unit, as of any entry.
CREATE INDEX memberships_of_unit ON memberships (unit, volunteer, entry);
