-- Spaces make no difference where names are searched: plain, no-break and full-width ones.
DELETE FROM name_endings WHERE LEFT(ending, 1) IN (' ', CHR(160), CHR(12288));
UPDATE name_endings SET ending = REPLACE(REPLACE(REPLACE(ending, ' ', ''), CHR(160), ''), CHR(12288), '');

-- Logins are kept in small letters; those of before are found so, too.
CREATE INDEX credentials_by_login ON credentials (LOWER(login));
