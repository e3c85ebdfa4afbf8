-- A row for each log-in instead of one for each token: the token that is good, and the one before.
CREATE TABLE former_sessions AS
SELECT family, operator, valid_from, hash, expires_at,
       (SELECT MIN(earlier.expires_at) FROM sessions AS earlier WHERE earlier.family = s.family) AS first_expires_at
FROM sessions AS s WHERE state = 'active';
DROP TABLE sessions;

CREATE TABLE sessions (
    family       BYTEA PRIMARY KEY,
    operator     BIGINT NOT NULL,
    valid_from   BIGINT NOT NULL,
    started_at   BIGINT NOT NULL,
    refreshed_at BIGINT,
    expires_at   BIGINT NOT NULL,
    ends_at      BIGINT NOT NULL,
    token        BYTEA NOT NULL,
    spent        BYTEA,
    successor    BYTEA,
    ended_at     BIGINT
);
CREATE INDEX sessions_of_operator ON sessions (operator);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
CREATE INDEX sessions_by_end ON sessions (ended_at);

-- Tokens lasted fourteen days; a log-in of before ends with the token that it has.
INSERT INTO sessions (family, operator, valid_from, started_at, expires_at, ends_at, token)
SELECT family, operator, valid_from, first_expires_at - 1209600000000, expires_at, expires_at, hash
FROM former_sessions WHERE true
ON CONFLICT DO NOTHING;
DROP TABLE former_sessions;
