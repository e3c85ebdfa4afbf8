-- Of a voided lot: what was spent of it and is not earned back yet, and which lots gave for it. Lots voided before say
-- neither: what comes back into them stays there, as it did.
ALTER TABLE lots ADD COLUMN owed BIGINT NOT NULL DEFAULT 0;
ALTER TABLE lots ADD COLUMN lenders TEXT COLLATE "C" NOT NULL DEFAULT '[]';

-- What a coordinator proposes waits for the volunteer, and expires as what is asked for does.
DROP INDEX transfers_to_expire;
CREATE INDEX transfers_to_expire ON transfers (expires_at) WHERE status IN ('proposed', 'requested', 'released');

-- Voided service is looked for when the same is credited again.
CREATE INDEX records_voided ON service_records (volunteer, started_at) WHERE voided_entry IS NOT NULL;

-- Who owes points is found by the accounts that hold debts.
CREATE INDEX postings_of_debt ON postings (seq) WHERE account = 'debt';
