DROP INDEX postings_of_debt;
DROP INDEX records_voided;
DROP INDEX transfers_to_expire;
CREATE INDEX transfers_to_expire ON transfers (expires_at) WHERE status IN ('requested', 'released');
ALTER TABLE lots DROP COLUMN lenders;
ALTER TABLE lots DROP COLUMN owed;
