-- Which entries resolved an objection: one that goes along with a service entered anew is resolved again, and the words
-- of each resolution go with who objected.
CREATE TABLE resolutions (
    objection INTEGER NOT NULL,
    entry     INTEGER NOT NULL,
    PRIMARY KEY (objection, entry)
) WITHOUT ROWID;

-- An id begins with the number of its entry: twelve hexadecimal digits.
INSERT INTO resolutions (objection, entry)
SELECT (SELECT SUM((instr('0123456789abcdef', substr(said.digits, place.value, 1)) - 1) << (4 * (12 - place.value)))
        FROM json_each('[1,2,3,4,5,6,7,8,9,10,11,12]') AS place),
       said.seq
FROM (SELECT seq, replace(substr(json_extract(event, '$.objection'), 1, 13), '-', '') AS digits
      FROM entries WHERE kind IN ('objection_upheld', 'objection_dismissed')) AS said;
