-- Each list of a narrow unit, or of one volunteer, finds its rows by an index.
CREATE INDEX entries_of_unit ON entries (unit, seq);
CREATE INDEX transfers_from_unit ON transfers (from_unit, id);
CREATE INDEX transfers_to_unit ON transfers (to_unit, id);
CREATE INDEX transfers_of_volunteer ON transfers (volunteer, id);
CREATE INDEX objections_of_volunteer ON objections (volunteer, id);
CREATE INDEX objections_raised_by ON objections (raised_by, id);
CREATE INDEX programmes_of_unit ON programmes (unit, id);
CREATE INDEX rewards_of_unit ON rewards (unit, id);
CREATE INDEX operators_of_unit ON operators (unit, id);

-- What is on, and what is over and due to be entered: texts of one length in UTC, which sort as the instants do.
CREATE INDEX activities_by_end ON activities (((CAST(details AS JSON) #>> '{window,end}') COLLATE "C"), id);

-- Names, to be found by any part of them: each name from each of its letters on, so that a part is the beginning
-- of one. A to Z as small letters. Erased with the person.
CREATE TABLE name_endings (
    ending    TEXT COLLATE "C" NOT NULL,
    volunteer BIGINT NOT NULL,
    PRIMARY KEY (ending, volunteer)
);
CREATE INDEX name_endings_of_volunteer ON name_endings (volunteer);
INSERT INTO name_endings
SELECT LOWER(SUBSTR(people.name, place)), people.volunteer
FROM people, generate_series(1, CHAR_LENGTH(people.name)) AS place;
