-- 16 bytes in each entry's canonical bytes from format 2 on, so that nobody can guess a leaf of the log. Entries of
-- format 1 have none.
ALTER TABLE entries ADD COLUMN nonce BLOB;
