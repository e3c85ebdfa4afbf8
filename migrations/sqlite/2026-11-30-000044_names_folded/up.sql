-- Spaces make no difference where names are searched: plain, no-break and full-width ones.
DELETE FROM name_endings WHERE SUBSTR(ending, 1, 1) IN (' ', CHAR(160), CHAR(12288));
UPDATE name_endings SET ending = REPLACE(REPLACE(REPLACE(ending, ' ', ''), CHAR(160), ''), CHAR(12288), '');

-- Logins are kept in small letters; those of before are found so, too.
CREATE INDEX credentials_by_login ON credentials (LOWER(login));
