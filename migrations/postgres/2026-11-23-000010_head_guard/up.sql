-- A posting has its entry, by the end of the transaction. A foreign key asks for that posting by posting; the
-- journal has no gaps and a posting comes after the last entry, so that it is enough to look once at both ends.
ALTER TABLE postings DROP CONSTRAINT postings_seq_fkey;

CREATE FUNCTION refuse_orphans() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT MAX(seq) FROM postings) > (SELECT COALESCE(MAX(seq), 0) FROM entries) THEN
        RAISE EXCEPTION 'the posting has no entry';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER postings_have_their_entry AFTER UPDATE ON journal_head
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_orphans();

-- Whoever adds postings moves the head, if only on the spot: that takes the lock that every batch holds, and has
-- the ends looked at when the transaction does.
CREATE OR REPLACE FUNCTION refuse_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE journal_head SET id = id WHERE id = 1;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the journal has no head';
    END IF;
    IF (SELECT MIN(seq) FROM added) <= (SELECT COALESCE(MAX(seq), 0) FROM entries) THEN
        RAISE EXCEPTION 'the entry is sealed';
    END IF;
    RETURN NULL;
END $$;
