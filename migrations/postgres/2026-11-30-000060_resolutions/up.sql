-- Which entries resolved an objection: one that goes along with a service entered anew is resolved again, and the words
-- of each resolution go with who objected.
CREATE TABLE resolutions (
    objection BIGINT NOT NULL,
    entry     BIGINT NOT NULL,
    PRIMARY KEY (objection, entry)
);

-- An id begins with the number of its entry: twelve hexadecimal digits.
INSERT INTO resolutions (objection, entry)
SELECT ('x0000' || replace(substr(event::json ->> 'objection', 1, 13), '-', ''))::bit(64)::bigint, seq
FROM entries WHERE kind IN ('objection_upheld', 'objection_dismissed');
