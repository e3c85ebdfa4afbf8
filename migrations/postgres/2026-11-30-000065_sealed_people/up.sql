-- All that is known of a person is encrypted as one text. What was kept in clear stands aside until a process that has
-- the keys has sealed it (src/store/sealing.rs): nothing else reads it.
DROP TABLE name_endings;
DROP INDEX people_by_mobile;
ALTER TABLE people RENAME TO unsealed_people;
ALTER TABLE party_statuses RENAME TO unsealed_party_statuses;
ALTER INDEX people_pkey RENAME TO unsealed_people_pkey;
ALTER INDEX people_identity_index_key RENAME TO unsealed_people_identity_index_key;
ALTER INDEX party_statuses_pkey RENAME TO unsealed_party_statuses_pkey;

-- Kept beside the journal, bound to it by commitments; erased with the person. `party_sealed` is what the data said of
-- party membership, entry by entry; `likeness_index` is of name, birth date and mobile together.
CREATE TABLE people (
    volunteer      BIGINT PRIMARY KEY,
    content_sealed BYTEA NOT NULL,
    party_sealed   BYTEA NOT NULL,
    identity_index BYTEA NOT NULL UNIQUE,
    mobile_index   BYTEA NOT NULL,
    likeness_index BYTEA NOT NULL,
    salt           BYTEA NOT NULL,
    commitment     BYTEA NOT NULL,
    seal           BYTEA
);
CREATE INDEX people_by_mobile ON people (mobile_index);
CREATE INDEX people_by_likeness ON people (likeness_index);

-- Each two letters that stand beside each other in a name, as sixteen bits of a keyed hash: who may have a part in
-- their name is found without the name. Erased with the person.
CREATE TABLE name_pairs (
    pair      BIGINT NOT NULL,
    volunteer BIGINT NOT NULL,
    PRIMARY KEY (pair, volunteer)
);
CREATE INDEX name_pairs_of_volunteer ON name_pairs (volunteer);
