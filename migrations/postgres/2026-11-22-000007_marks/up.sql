-- Marks: sums of what counts, kept at places in the journal, so that totals cost the same however long it is.

-- Where marks stand. A whole one holds everything up to its entry, another what came since the one before.
CREATE TABLE marks (
    seq   BIGINT PRIMARY KEY,
    whole BIGINT NOT NULL,
    sums  BIGINT NOT NULL
);
CREATE INDEX whole_marks ON marks (seq) WHERE whole = 1;

CREATE TABLE mark_minutes (
    mark             BIGINT NOT NULL,
    unit             BIGINT NOT NULL,
    programme        BIGINT NOT NULL,
    service_month    BIGINT NOT NULL,
    evidence         TEXT COLLATE "C" NOT NULL,
    credited_minutes BIGINT NOT NULL,
    occasions        BIGINT NOT NULL,
    records          BIGINT NOT NULL,
    PRIMARY KEY (mark, unit, programme, service_month, evidence)
);

CREATE TABLE mark_points (
    mark    BIGINT NOT NULL,
    unit    BIGINT NOT NULL,
    account TEXT COLLATE "C" NOT NULL,
    amount  BIGINT NOT NULL,
    PRIMARY KEY (mark, unit, account)
);

-- What entries after a mark changed is found by them. Findings ask by the entries of their window too:
-- recorded time never goes back.
DROP INDEX records_by_crediting;
CREATE INDEX records_by_crediting ON service_records (credited_entry) WHERE credited_entry IS NOT NULL;
CREATE INDEX records_by_voiding ON service_records (voided_entry) WHERE voided_entry IS NOT NULL;

-- What a person or an activity asks for is found without reading all that the person or the unit ever had.
CREATE INDEX records_of_activity ON service_records (activity, id);
DROP INDEX lots_of_volunteer;
CREATE INDEX lots_of_volunteer ON lots (volunteer, service_month, expires_at, remaining);

-- What is written stays written, and a mark seals its sums: none comes after it.
CREATE FUNCTION refuse_change_of_mark() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'marks are append-only'; END $$;
CREATE TRIGGER marks_are_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON marks
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_mark();
CREATE TRIGGER mark_minutes_are_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON mark_minutes
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_mark();
CREATE TRIGGER mark_points_are_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON mark_points
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_mark();

CREATE FUNCTION refuse_sealed_mark() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM journal_head WHERE id = 1 FOR UPDATE;
    IF EXISTS (SELECT 1 FROM added JOIN marks ON marks.seq = added.mark) THEN
        RAISE EXCEPTION 'the mark is sealed';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER mark_minutes_come_before_their_mark AFTER INSERT ON mark_minutes
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refuse_sealed_mark();
CREATE TRIGGER mark_points_come_before_their_mark AFTER INSERT ON mark_points
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refuse_sealed_mark();
