-- Words that are about a person are erased with the person, whatever entry they stand beside.
ALTER TABLE notes ADD COLUMN volunteer BIGINT;
CREATE INDEX notes_about ON notes (volunteer) WHERE volunteer IS NOT NULL;
