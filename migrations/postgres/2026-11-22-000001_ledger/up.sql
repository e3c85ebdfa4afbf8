-- The ledger: journal, derived state, and what is kept beside the journal.
-- Instants are microseconds since 1970 UTC; days are year * 10,000 + month * 100 + day; ids are the
-- sequence number of the entry that made the thing; points are hundredths.

CREATE TABLE journal_head (
    id               BIGINT PRIMARY KEY CHECK (id = 1),
    last_seq         BIGINT NOT NULL,
    last_recorded_at BIGINT NOT NULL,
    last_hash        BYTEA NOT NULL
);
INSERT INTO journal_head VALUES (1, 0, 0, decode(repeat('00', 32), 'hex'));

-- The journal. An entry is written after its postings: inserting it checks and seals them.
CREATE TABLE entries (
    seq            BIGINT PRIMARY KEY,
    recorded_at    BIGINT NOT NULL,
    actor          BIGINT NOT NULL,
    kind           TEXT COLLATE "C" NOT NULL,
    unit           BIGINT,
    effective_date BIGINT NOT NULL,
    reverses       BIGINT,
    event          TEXT COLLATE "C" NOT NULL,
    hash           BYTEA NOT NULL
);
CREATE INDEX entries_by_recorded_at ON entries (recorded_at);

CREATE TABLE postings (
    seq          BIGINT NOT NULL REFERENCES entries (seq) DEFERRABLE INITIALLY DEFERRED,
    line         BIGINT NOT NULL,
    asset        TEXT COLLATE "C" NOT NULL,
    account      TEXT COLLATE "C" NOT NULL,
    unit         BIGINT NOT NULL,
    volunteer    BIGINT NOT NULL,
    activity     BIGINT NOT NULL,
    grade        TEXT COLLATE "C" NOT NULL,
    service_date BIGINT NOT NULL,
    amount       BIGINT NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (seq, line)
);
CREATE INDEX postings_of_volunteer ON postings (volunteer, seq) WHERE volunteer <> 0;

-- Derived from the journal in the same transaction; recomputed and compared by verify.
CREATE TABLE balances (
    account      TEXT COLLATE "C" NOT NULL,
    volunteer    BIGINT NOT NULL,
    activity     BIGINT NOT NULL,
    unit         BIGINT NOT NULL,
    grade        TEXT COLLATE "C" NOT NULL,
    service_date BIGINT NOT NULL,
    balance      BIGINT NOT NULL,
    PRIMARY KEY (account, volunteer, activity, unit, grade, service_date)
);

CREATE TABLE units (
    id     BIGINT PRIMARY KEY,
    code   TEXT COLLATE "C" NOT NULL UNIQUE,
    name   TEXT COLLATE "C" NOT NULL,
    kind   TEXT COLLATE "C" NOT NULL,
    parent BIGINT,
    path   TEXT COLLATE "C" NOT NULL
);

-- Every unit with each unit above it and itself: the predicate of "one's own unit and all under it".
CREATE TABLE unit_lineage (
    ancestor BIGINT NOT NULL,
    unit     BIGINT NOT NULL,
    PRIMARY KEY (ancestor, unit)
);

CREATE TABLE headcounts (
    unit           BIGINT NOT NULL,
    effective_from BIGINT NOT NULL,
    staff          BIGINT NOT NULL,
    party_members  BIGINT NOT NULL,
    version        BIGINT NOT NULL,
    PRIMARY KEY (unit, effective_from)
);

CREATE TABLE volunteers (
    id               BIGINT PRIMARY KEY,
    unit             BIGINT NOT NULL,
    status           TEXT COLLATE "C" NOT NULL,
    member_entry     BIGINT NOT NULL,
    member_since     BIGINT NOT NULL,
    open_transfer    BIGINT,
    open_redemptions BIGINT NOT NULL CHECK (open_redemptions >= 0),
    debt             BIGINT NOT NULL CHECK (debt >= 0),
    registered_at    BIGINT NOT NULL,
    version          BIGINT NOT NULL
);
CREATE INDEX volunteers_of_unit ON volunteers (unit, id);

CREATE TABLE memberships (
    volunteer BIGINT NOT NULL,
    entry     BIGINT NOT NULL,
    unit      BIGINT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at   BIGINT,
    PRIMARY KEY (volunteer, entry)
);
CREATE UNIQUE INDEX one_open_membership ON memberships (volunteer) WHERE ends_at IS NULL;

CREATE TABLE programmes (
    id      BIGINT PRIMARY KEY,
    unit    BIGINT NOT NULL,
    details TEXT COLLATE "C" NOT NULL,
    closed  BIGINT NOT NULL,
    version BIGINT NOT NULL
);

CREATE TABLE activities (
    id           BIGINT PRIMARY KEY,
    programme    BIGINT NOT NULL,
    unit         BIGINT NOT NULL,
    measure      TEXT COLLATE "C" NOT NULL,
    details      TEXT COLLATE "C" NOT NULL,
    cancelled    BIGINT NOT NULL,
    live_records BIGINT NOT NULL CHECK (live_records >= 0),
    version      BIGINT NOT NULL
);
CREATE INDEX activities_of_unit ON activities (unit, id);

CREATE TABLE service_records (
    id               BIGINT PRIMARY KEY,
    activity         BIGINT NOT NULL,
    programme        BIGINT NOT NULL,
    unit             BIGINT NOT NULL,
    volunteer        BIGINT NOT NULL,
    started_at       BIGINT NOT NULL,
    ended_at         BIGINT NOT NULL CHECK (ended_at > started_at),
    breaks           TEXT COLLATE "C" NOT NULL,
    evidence         TEXT COLLATE "C" NOT NULL,
    count            BIGINT NOT NULL,
    claimed_minutes  BIGINT NOT NULL,
    credited_minutes BIGINT NOT NULL,
    deductions       TEXT COLLATE "C" NOT NULL,
    status           TEXT COLLATE "C" NOT NULL,
    late             BIGINT NOT NULL,
    service_date     BIGINT NOT NULL,
    submitted_by     BIGINT NOT NULL,
    submitted_at     BIGINT NOT NULL,
    decided_by       BIGINT,
    decided_at       BIGINT,
    credited_entry   BIGINT,
    voided_by        BIGINT,
    voided_at        BIGINT,
    voided_entry     BIGINT,
    lot              BIGINT,
    version          BIGINT NOT NULL
);
CREATE INDEX records_of_volunteer ON service_records (volunteer, started_at);
CREATE INDEX records_of_unit ON service_records (unit, id);

CREATE TABLE lots (
    id            BIGINT PRIMARY KEY,
    volunteer     BIGINT NOT NULL,
    record        BIGINT NOT NULL,
    policy        BIGINT NOT NULL,
    issued_by     BIGINT NOT NULL,
    service_month BIGINT NOT NULL,
    points        BIGINT NOT NULL CHECK (points > 0),
    remaining     BIGINT NOT NULL CHECK (remaining BETWEEN 0 AND points),
    lapsed        BIGINT NOT NULL CHECK (lapsed BETWEEN 0 AND points),
    expires_at    BIGINT,
    voided        BIGINT NOT NULL
);
CREATE INDEX lots_of_volunteer ON lots (volunteer, service_month);
CREATE INDEX lots_to_expire ON lots (expires_at) WHERE remaining > 0 AND expires_at IS NOT NULL;

CREATE TABLE transfers (
    id           BIGINT PRIMARY KEY,
    volunteer    BIGINT NOT NULL,
    from_unit    BIGINT NOT NULL,
    to_unit      BIGINT NOT NULL,
    status       TEXT COLLATE "C" NOT NULL,
    requested_by BIGINT NOT NULL,
    requested_at BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    changed_by   BIGINT NOT NULL,
    changed_at   BIGINT NOT NULL
);
CREATE UNIQUE INDEX one_open_transfer ON transfers (volunteer) WHERE status IN ('requested', 'released');
CREATE INDEX transfers_to_expire ON transfers (expires_at) WHERE status IN ('requested', 'released');

CREATE TABLE points_policies (
    id             BIGINT PRIMARY KEY,
    effective_from BIGINT NOT NULL,
    terms          TEXT COLLATE "C" NOT NULL
);

CREATE TABLE rewards (
    id              BIGINT PRIMARY KEY,
    unit            BIGINT NOT NULL,
    name            TEXT COLLATE "C" NOT NULL,
    price           BIGINT NOT NULL CHECK (price > 0),
    hold_days       BIGINT NOT NULL CHECK (hold_days > 0),
    stock_available BIGINT NOT NULL CHECK (stock_available >= 0),
    stock_held      BIGINT NOT NULL CHECK (stock_held >= 0),
    stock_fulfilled BIGINT NOT NULL CHECK (stock_fulfilled >= 0),
    withdrawn       BIGINT NOT NULL
);

CREATE TABLE redemptions (
    id         BIGINT PRIMARY KEY,
    reward     BIGINT NOT NULL,
    volunteer  BIGINT NOT NULL,
    unit       BIGINT NOT NULL,
    points     BIGINT NOT NULL,
    draws      TEXT COLLATE "C" NOT NULL,
    status     TEXT COLLATE "C" NOT NULL,
    placed_by  BIGINT NOT NULL,
    placed_at  BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    closed_by  BIGINT,
    closed_at  BIGINT
);
CREATE INDEX redemptions_of_volunteer ON redemptions (volunteer, id);
CREATE INDEX redemptions_of_unit ON redemptions (unit, id);
CREATE INDEX redemptions_to_expire ON redemptions (expires_at) WHERE status = 'held';

CREATE TABLE operators (
    id        BIGINT PRIMARY KEY,
    role      TEXT COLLATE "C" NOT NULL,
    unit      BIGINT,
    volunteer BIGINT,
    active    BIGINT NOT NULL,
    version   BIGINT NOT NULL
);

-- Kept beside the journal, bound to it by commitments; erased with the person.
CREATE TABLE people (
    volunteer          BIGINT PRIMARY KEY,
    name               TEXT COLLATE "C" NOT NULL,
    gender             TEXT COLLATE "C" NOT NULL,
    birth_date         BIGINT NOT NULL,
    document_kind      TEXT COLLATE "C" NOT NULL,
    document_sealed    BYTEA NOT NULL,
    identity_index     BYTEA NOT NULL UNIQUE,
    mobile_sealed      BYTEA NOT NULL,
    mobile_index       BYTEA NOT NULL,
    residence          TEXT COLLATE "C",
    skills             TEXT COLLATE "C" NOT NULL,
    service_categories TEXT COLLATE "C" NOT NULL,
    political_status   TEXT COLLATE "C" NOT NULL,
    consent            TEXT COLLATE "C" NOT NULL,
    guardian_consent   TEXT COLLATE "C",
    salt               BYTEA NOT NULL,
    commitment         BYTEA NOT NULL
);
CREATE INDEX people_by_mobile ON people (mobile_index);

CREATE TABLE notes (
    entry      BIGINT NOT NULL,
    commitment BYTEA NOT NULL,
    salt       BYTEA NOT NULL,
    note       TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (entry, commitment)
);

CREATE TABLE credentials (
    operator      BIGINT PRIMARY KEY,
    login         TEXT COLLATE "C" NOT NULL UNIQUE,
    name          TEXT COLLATE "C" NOT NULL,
    password_hash TEXT COLLATE "C",
    salt          BYTEA NOT NULL,
    commitment    BYTEA NOT NULL
);

-- Answers to requests that bore an Idempotency-Key, for ever.
CREATE TABLE idempotency (
    scope       BYTEA PRIMARY KEY,
    fingerprint BYTEA NOT NULL,
    answer      TEXT COLLATE "C" NOT NULL
);

-- Refresh tokens, by hash.
CREATE TABLE sessions (
    hash       BYTEA PRIMARY KEY,
    family     BYTEA NOT NULL,
    operator   BIGINT NOT NULL,
    state      TEXT COLLATE "C" NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_of_family ON sessions (family);

-- What is written stays written.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$;
CREATE TRIGGER entries_are_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON entries
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER postings_are_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON postings
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The entry seals its postings: none comes after it, and they sum to nought in each asset.
-- Each first takes the lock that every batch holds, so that two who write past the head take turns too.
CREATE FUNCTION refuse_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM journal_head WHERE id = 1 FOR UPDATE;
    IF EXISTS (SELECT 1 FROM added JOIN entries ON entries.seq = added.seq) THEN
        RAISE EXCEPTION 'the entry is sealed';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER postings_come_before_their_entry AFTER INSERT ON postings
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refuse_sealed();

CREATE FUNCTION refuse_unbalanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    first_added BIGINT;
    last_added BIGINT;
    added_count BIGINT;
BEGIN
    PERFORM 1 FROM journal_head WHERE id = 1 FOR UPDATE;
    IF EXISTS (
        SELECT 1 FROM added JOIN postings ON postings.seq = added.seq
        GROUP BY postings.seq, asset HAVING SUM(amount) <> 0
    ) THEN
        RAISE EXCEPTION 'the entry does not balance';
    END IF;
    SELECT MIN(seq), MAX(seq), COUNT(*) INTO first_added, last_added, added_count FROM added;
    IF added_count > 0 AND (
        last_added <> first_added + added_count - 1
        OR first_added <> COALESCE((SELECT MAX(seq) FROM entries WHERE seq < first_added), 0) + 1
        OR EXISTS (SELECT 1 FROM entries WHERE seq > last_added)
    ) THEN
        RAISE EXCEPTION 'the journal has no gaps';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER entries_balance AFTER INSERT ON entries
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refuse_unbalanced();
