-- The same guards of the journal, which look at what is added and at the journal's end only. As joins they
-- were planned for a connection's first, short journal, and came to read all postings and entries at each batch.

-- No posting comes after its entry. The journal has no gaps: up to its end there is an entry at each place.
CREATE OR REPLACE FUNCTION refuse_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM journal_head WHERE id = 1 FOR UPDATE;
    IF (SELECT MIN(seq) FROM added) <= (SELECT MAX(seq) FROM entries) THEN
        RAISE EXCEPTION 'the entry is sealed';
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION refuse_unbalanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    first_added BIGINT;
    last_added BIGINT;
    added_count BIGINT;
    last_before BIGINT;
BEGIN
    PERFORM 1 FROM journal_head WHERE id = 1 FOR UPDATE;
    SELECT MIN(seq), MAX(seq), COUNT(*) INTO first_added, last_added, added_count FROM added;
    IF added_count = 0 THEN
        RETURN NULL;
    END IF;
    SELECT COALESCE(MAX(seq), 0) INTO last_before FROM entries WHERE seq < first_added;
    IF first_added <> last_before + 1
        OR last_added <> first_added + added_count - 1
        OR last_added <> (SELECT MAX(seq) FROM entries)
    THEN
        RAISE EXCEPTION 'the journal has no gaps';
    END IF;
    IF EXISTS (
        SELECT 1 FROM postings WHERE seq BETWEEN first_added AND last_added
        GROUP BY seq, asset HAVING SUM(amount) <> 0
    ) THEN
        RAISE EXCEPTION 'the entry does not balance';
    END IF;
    RETURN NULL;
END $$;
