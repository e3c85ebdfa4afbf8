-- The ledger: journal, derived state, and what is kept beside the journal.
-- Instants are microseconds since 1970 UTC; days are year * 10,000 + month * 100 + day; ids are the
-- sequence number of the entry that made the thing; points are hundredths.

CREATE TABLE journal_head (
    id               INTEGER PRIMARY KEY CHECK (id = 1),
    last_seq         INTEGER NOT NULL,
    last_recorded_at INTEGER NOT NULL,
    last_hash        BLOB NOT NULL
);
INSERT INTO journal_head VALUES (1, 0, 0, zeroblob(32));

-- The journal. An entry is written after its postings: inserting it checks and seals them.
CREATE TABLE entries (
    seq            INTEGER PRIMARY KEY,
    recorded_at    INTEGER NOT NULL,
    actor          INTEGER NOT NULL,
    kind           TEXT NOT NULL,
    unit           INTEGER,
    effective_date INTEGER NOT NULL,
    reverses       INTEGER,
    event          TEXT NOT NULL,
    hash           BLOB NOT NULL
);
CREATE INDEX entries_by_recorded_at ON entries (recorded_at);

CREATE TABLE postings (
    seq          INTEGER NOT NULL REFERENCES entries (seq) DEFERRABLE INITIALLY DEFERRED,
    line         INTEGER NOT NULL,
    asset        TEXT NOT NULL,
    account      TEXT NOT NULL,
    unit         INTEGER NOT NULL,
    volunteer    INTEGER NOT NULL,
    activity     INTEGER NOT NULL,
    grade        TEXT NOT NULL,
    service_date INTEGER NOT NULL,
    amount       INTEGER NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (seq, line)
) WITHOUT ROWID;
CREATE INDEX postings_of_volunteer ON postings (volunteer, seq) WHERE volunteer <> 0;

-- Derived from the journal in the same transaction; recomputed and compared by verify.
CREATE TABLE balances (
    account      TEXT NOT NULL,
    volunteer    INTEGER NOT NULL,
    activity     INTEGER NOT NULL,
    unit         INTEGER NOT NULL,
    grade        TEXT NOT NULL,
    service_date INTEGER NOT NULL,
    balance      INTEGER NOT NULL,
    PRIMARY KEY (account, volunteer, activity, unit, grade, service_date)
) WITHOUT ROWID;

CREATE TABLE units (
    id     INTEGER PRIMARY KEY,
    code   TEXT NOT NULL UNIQUE,
    name   TEXT NOT NULL,
    kind   TEXT NOT NULL,
    parent INTEGER,
    path   TEXT NOT NULL
);

-- Every unit with each unit above it and itself: the predicate of "one's own unit and all under it".
CREATE TABLE unit_lineage (
    ancestor INTEGER NOT NULL,
    unit     INTEGER NOT NULL,
    PRIMARY KEY (ancestor, unit)
) WITHOUT ROWID;

CREATE TABLE headcounts (
    unit           INTEGER NOT NULL,
    effective_from INTEGER NOT NULL,
    staff          INTEGER NOT NULL,
    party_members  INTEGER NOT NULL,
    version        INTEGER NOT NULL,
    PRIMARY KEY (unit, effective_from)
) WITHOUT ROWID;

CREATE TABLE volunteers (
    id               INTEGER PRIMARY KEY,
    unit             INTEGER NOT NULL,
    status           TEXT NOT NULL,
    member_entry     INTEGER NOT NULL,
    member_since     INTEGER NOT NULL,
    open_transfer    INTEGER,
    open_redemptions INTEGER NOT NULL CHECK (open_redemptions >= 0),
    debt             INTEGER NOT NULL CHECK (debt >= 0),
    registered_at    INTEGER NOT NULL,
    version          INTEGER NOT NULL
);
CREATE INDEX volunteers_of_unit ON volunteers (unit, id);

CREATE TABLE memberships (
    volunteer INTEGER NOT NULL,
    entry     INTEGER NOT NULL,
    unit      INTEGER NOT NULL,
    starts_at INTEGER NOT NULL,
    ends_at   INTEGER,
    PRIMARY KEY (volunteer, entry)
) WITHOUT ROWID;
CREATE UNIQUE INDEX one_open_membership ON memberships (volunteer) WHERE ends_at IS NULL;

CREATE TABLE programmes (
    id      INTEGER PRIMARY KEY,
    unit    INTEGER NOT NULL,
    details TEXT NOT NULL,
    closed  INTEGER NOT NULL,
    version INTEGER NOT NULL
);

CREATE TABLE activities (
    id           INTEGER PRIMARY KEY,
    programme    INTEGER NOT NULL,
    unit         INTEGER NOT NULL,
    measure      TEXT NOT NULL,
    details      TEXT NOT NULL,
    cancelled    INTEGER NOT NULL,
    live_records INTEGER NOT NULL CHECK (live_records >= 0),
    version      INTEGER NOT NULL
);
CREATE INDEX activities_of_unit ON activities (unit, id);

CREATE TABLE service_records (
    id               INTEGER PRIMARY KEY,
    activity         INTEGER NOT NULL,
    programme        INTEGER NOT NULL,
    unit             INTEGER NOT NULL,
    volunteer        INTEGER NOT NULL,
    started_at       INTEGER NOT NULL,
    ended_at         INTEGER NOT NULL CHECK (ended_at > started_at),
    breaks           TEXT NOT NULL,
    evidence         TEXT NOT NULL,
    count            INTEGER NOT NULL,
    claimed_minutes  INTEGER NOT NULL,
    credited_minutes INTEGER NOT NULL,
    deductions       TEXT NOT NULL,
    status           TEXT NOT NULL,
    late             INTEGER NOT NULL,
    service_date     INTEGER NOT NULL,
    submitted_by     INTEGER NOT NULL,
    submitted_at     INTEGER NOT NULL,
    decided_by       INTEGER,
    decided_at       INTEGER,
    credited_entry   INTEGER,
    voided_by        INTEGER,
    voided_at        INTEGER,
    voided_entry     INTEGER,
    lot              INTEGER,
    version          INTEGER NOT NULL
);
CREATE INDEX records_of_volunteer ON service_records (volunteer, started_at);
CREATE INDEX records_of_unit ON service_records (unit, id);

CREATE TABLE lots (
    id            INTEGER PRIMARY KEY,
    volunteer     INTEGER NOT NULL,
    record        INTEGER NOT NULL,
    policy        INTEGER NOT NULL,
    issued_by     INTEGER NOT NULL,
    service_month INTEGER NOT NULL,
    points        INTEGER NOT NULL CHECK (points > 0),
    remaining     INTEGER NOT NULL CHECK (remaining BETWEEN 0 AND points),
    lapsed        INTEGER NOT NULL CHECK (lapsed BETWEEN 0 AND points),
    expires_at    INTEGER,
    voided        INTEGER NOT NULL
);
CREATE INDEX lots_of_volunteer ON lots (volunteer, service_month);
CREATE INDEX lots_to_expire ON lots (expires_at) WHERE remaining > 0 AND expires_at IS NOT NULL;

CREATE TABLE transfers (
    id           INTEGER PRIMARY KEY,
    volunteer    INTEGER NOT NULL,
    from_unit    INTEGER NOT NULL,
    to_unit      INTEGER NOT NULL,
    status       TEXT NOT NULL,
    requested_by INTEGER NOT NULL,
    requested_at INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    changed_by   INTEGER NOT NULL,
    changed_at   INTEGER NOT NULL
);
CREATE UNIQUE INDEX one_open_transfer ON transfers (volunteer) WHERE status IN ('requested', 'released');
CREATE INDEX transfers_to_expire ON transfers (expires_at) WHERE status IN ('requested', 'released');

CREATE TABLE points_policies (
    id             INTEGER PRIMARY KEY,
    effective_from INTEGER NOT NULL,
    terms          TEXT NOT NULL
);

CREATE TABLE rewards (
    id              INTEGER PRIMARY KEY,
    unit            INTEGER NOT NULL,
    name            TEXT NOT NULL,
    price           INTEGER NOT NULL CHECK (price > 0),
    hold_days       INTEGER NOT NULL CHECK (hold_days > 0),
    stock_available INTEGER NOT NULL CHECK (stock_available >= 0),
    stock_held      INTEGER NOT NULL CHECK (stock_held >= 0),
    stock_fulfilled INTEGER NOT NULL CHECK (stock_fulfilled >= 0),
    withdrawn       INTEGER NOT NULL
);

CREATE TABLE redemptions (
    id         INTEGER PRIMARY KEY,
    reward     INTEGER NOT NULL,
    volunteer  INTEGER NOT NULL,
    unit       INTEGER NOT NULL,
    points     INTEGER NOT NULL,
    draws      TEXT NOT NULL,
    status     TEXT NOT NULL,
    placed_by  INTEGER NOT NULL,
    placed_at  INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    closed_by  INTEGER,
    closed_at  INTEGER
);
CREATE INDEX redemptions_of_volunteer ON redemptions (volunteer, id);
CREATE INDEX redemptions_of_unit ON redemptions (unit, id);
CREATE INDEX redemptions_to_expire ON redemptions (expires_at) WHERE status = 'held';

CREATE TABLE operators (
    id        INTEGER PRIMARY KEY,
    role      TEXT NOT NULL,
    unit      INTEGER,
    volunteer INTEGER,
    active    INTEGER NOT NULL,
    version   INTEGER NOT NULL
);

-- Kept beside the journal, bound to it by commitments; erased with the person.
CREATE TABLE people (
    volunteer          INTEGER PRIMARY KEY,
    name               TEXT NOT NULL,
    gender             TEXT NOT NULL,
    birth_date         INTEGER NOT NULL,
    document_kind      TEXT NOT NULL,
    document_sealed    BLOB NOT NULL,
    identity_index     BLOB NOT NULL UNIQUE,
    mobile_sealed      BLOB NOT NULL,
    mobile_index       BLOB NOT NULL,
    residence          TEXT,
    skills             TEXT NOT NULL,
    service_categories TEXT NOT NULL,
    political_status   TEXT NOT NULL,
    consent            TEXT NOT NULL,
    guardian_consent   TEXT,
    salt               BLOB NOT NULL,
    commitment         BLOB NOT NULL
);
CREATE INDEX people_by_mobile ON people (mobile_index);

CREATE TABLE notes (
    entry      INTEGER NOT NULL,
    commitment BLOB NOT NULL,
    salt       BLOB NOT NULL,
    note       TEXT NOT NULL,
    PRIMARY KEY (entry, commitment)
) WITHOUT ROWID;

CREATE TABLE credentials (
    operator      INTEGER PRIMARY KEY,
    login         TEXT NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    password_hash TEXT,
    salt          BLOB NOT NULL,
    commitment    BLOB NOT NULL
);

-- Answers to requests that bore an Idempotency-Key, for ever.
CREATE TABLE idempotency (
    scope       BLOB PRIMARY KEY,
    fingerprint BLOB NOT NULL,
    answer      TEXT NOT NULL
) WITHOUT ROWID;

-- Refresh tokens, by hash.
CREATE TABLE sessions (
    hash       BLOB PRIMARY KEY,
    family     BLOB NOT NULL,
    operator   INTEGER NOT NULL,
    state      TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_of_family ON sessions (family);

-- What is written stays written.
CREATE TRIGGER entries_are_not_changed BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER entries_are_not_deleted BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER postings_are_not_changed BEFORE UPDATE ON postings
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER postings_are_not_deleted BEFORE DELETE ON postings
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

-- The entry seals its postings: none comes after it, and they sum to nought in each asset.
CREATE TRIGGER postings_come_before_their_entry BEFORE INSERT ON postings
WHEN EXISTS (SELECT 1 FROM entries WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the entry is sealed'); END;
CREATE TRIGGER entries_balance BEFORE INSERT ON entries
WHEN EXISTS (SELECT 1 FROM postings WHERE seq = NEW.seq GROUP BY asset HAVING SUM(amount) <> 0)
BEGIN SELECT RAISE(ABORT, 'the entry does not balance'); END;
CREATE TRIGGER entries_have_no_gaps BEFORE INSERT ON entries
WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM entries)
BEGIN SELECT RAISE(ABORT, 'the journal has no gaps'); END;
