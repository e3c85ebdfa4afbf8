-- Stars, the assessment of units, pledges and model posts.

-- Derived from the journal, as the tables of the ledger are.
CREATE TABLE star_schemes (
    id             BIGINT PRIMARY KEY,
    effective_from BIGINT NOT NULL,
    terms          TEXT COLLATE "C" NOT NULL
);

CREATE TABLE assessment_schemes (
    id      BIGINT PRIMARY KEY,
    version BIGINT NOT NULL,
    terms   TEXT COLLATE "C" NOT NULL
);

CREATE TABLE pledges (
    id        BIGINT PRIMARY KEY,
    volunteer BIGINT NOT NULL,
    unit      BIGINT NOT NULL,
    title     BYTEA NOT NULL,
    due       BIGINT NOT NULL,
    records   TEXT COLLATE "C" NOT NULL,
    made_at   BIGINT NOT NULL,
    ended_at  BIGINT
);
CREATE INDEX pledges_of_volunteer ON pledges (volunteer, id);
CREATE INDEX pledges_of_unit ON pledges (unit, id);

CREATE TABLE model_posts (
    id        BIGINT PRIMARY KEY,
    unit      BIGINT NOT NULL,
    volunteer BIGINT,
    title     BYTEA NOT NULL,
    starts_on BIGINT NOT NULL,
    ends_on   BIGINT
);
CREATE INDEX model_posts_of_unit ON model_posts (unit, id);
CREATE INDEX model_posts_of_volunteer ON model_posts (volunteer, id) WHERE volunteer IS NOT NULL;

-- Kept beside the journal: what a person's data said of party membership as of each entry that set it.
-- Erased with the person. The first row of an entry, from day nought, holds before all others.
CREATE TABLE party_statuses (
    volunteer      BIGINT NOT NULL,
    entry          BIGINT NOT NULL,
    effective_from BIGINT NOT NULL,
    party_member   BIGINT NOT NULL,
    PRIMARY KEY (volunteer, entry, effective_from)
);

-- Those registered before: their data was written by the entry that is their version, at the latest.
INSERT INTO party_statuses
SELECT v.id, v.version, 0, 0 FROM volunteers AS v JOIN people AS p ON p.volunteer = v.id
WHERE p.political_status <> '[]';
INSERT INTO party_statuses
SELECT DISTINCT ON (v.id, 3) v.id, v.version,
       CAST(REPLACE(s.value ->> 'effective_from', '-', '') AS BIGINT),
       CASE WHEN s.value ->> 'party_member' = 'true' THEN 1 ELSE 0 END
FROM volunteers AS v JOIN people AS p ON p.volunteer = v.id,
     json_array_elements(CAST(p.political_status AS JSON)) WITH ORDINALITY AS s(value, place)
ORDER BY v.id, 3, s.place DESC;

-- The headcount of a unit on a day, as of any entry.
CREATE INDEX entries_of_headcounts ON entries (unit, effective_date, seq) WHERE kind = 'headcount_set';
-- The members of a unit, as of any entry.
CREATE INDEX memberships_of_unit ON memberships (unit, volunteer, entry);
