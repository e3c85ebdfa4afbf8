-- Answers lie in the order in which they were given, and only their keys in an index: keys are random, and a
-- whole answer at the place of its key was a page of its own for each, in a file that grows with them.
CREATE TABLE kept_answers (
    scope       BLOB PRIMARY KEY NOT NULL,
    fingerprint BLOB NOT NULL,
    answer      TEXT NOT NULL
);
INSERT INTO kept_answers SELECT scope, fingerprint, answer FROM idempotency;
DROP TABLE idempotency;
ALTER TABLE kept_answers RENAME TO idempotency;
