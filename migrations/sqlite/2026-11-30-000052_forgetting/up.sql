-- When the last of what is kept of who has left is forgotten: the index of the document, and words of after the
-- closing. Ten years later, as records of service are kept so long (GB/T 40143).
ALTER TABLE volunteers ADD COLUMN forget_at INTEGER;
UPDATE volunteers
SET forget_at = (SELECT recorded_at FROM entries WHERE seq = volunteers.version) + 316224000000000
WHERE status = 'closed';
CREATE INDEX volunteers_to_forget ON volunteers (forget_at) WHERE forget_at IS NOT NULL;

-- Closings are looked at although the number was opened again since.
DROP INDEX volunteers_closed;
CREATE INDEX entries_of_closings ON entries (seq) WHERE kind = 'volunteer_closed';

-- These rows bear a seal, too. Those of before have none.
ALTER TABLE proposed_identities ADD COLUMN seal BLOB;
ALTER TABLE closed_identities ADD COLUMN seal BLOB;
