-- All that is known of a person is encrypted as one text. What was kept in clear stands aside until a process that has
-- the keys has sealed it (src/store/sealing.rs): nothing else reads it.
DROP TABLE name_endings;
DROP INDEX people_by_mobile;
ALTER TABLE people RENAME TO unsealed_people;
ALTER TABLE party_statuses RENAME TO unsealed_party_statuses;

-- Kept beside the journal, bound to it by commitments; erased with the person. `party_sealed` is what the data said of
-- party membership, entry by entry; `likeness_index` is of name, birth date and mobile together.
CREATE TABLE people (
    volunteer      INTEGER PRIMARY KEY,
    content_sealed BLOB NOT NULL,
    party_sealed   BLOB NOT NULL,
    identity_index BLOB NOT NULL UNIQUE,
    mobile_index   BLOB NOT NULL,
    likeness_index BLOB NOT NULL,
    salt           BLOB NOT NULL,
    commitment     BLOB NOT NULL,
    seal           BLOB
);
CREATE INDEX people_by_mobile ON people (mobile_index);
CREATE INDEX people_by_likeness ON people (likeness_index);

-- Each two letters that stand beside each other in a name, as sixteen bits of a keyed hash: who may have a part in
-- their name is found without the name. Erased with the person.
CREATE TABLE name_pairs (
    pair      INTEGER NOT NULL,
    volunteer INTEGER NOT NULL,
    PRIMARY KEY (pair, volunteer)
) WITHOUT ROWID;
CREATE INDEX name_pairs_of_volunteer ON name_pairs (volunteer);
