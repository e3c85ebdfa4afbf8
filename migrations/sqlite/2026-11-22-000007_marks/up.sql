-- Marks: sums of what counts, kept at places in the journal, so that totals cost the same however long it is.

-- Where marks stand. A whole one holds everything up to its entry, another what came since the one before.
CREATE TABLE marks (
    seq   INTEGER PRIMARY KEY,
    whole INTEGER NOT NULL,
    sums  INTEGER NOT NULL
);
CREATE INDEX whole_marks ON marks (seq) WHERE whole = 1;

CREATE TABLE mark_minutes (
    mark             INTEGER NOT NULL,
    unit             INTEGER NOT NULL,
    programme        INTEGER NOT NULL,
    service_month    INTEGER NOT NULL,
    evidence         TEXT NOT NULL,
    credited_minutes INTEGER NOT NULL,
    occasions        INTEGER NOT NULL,
    records          INTEGER NOT NULL,
    PRIMARY KEY (mark, unit, programme, service_month, evidence)
) WITHOUT ROWID;

CREATE TABLE mark_points (
    mark    INTEGER NOT NULL,
    unit    INTEGER NOT NULL,
    account TEXT NOT NULL,
    amount  INTEGER NOT NULL,
    PRIMARY KEY (mark, unit, account)
) WITHOUT ROWID;

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
CREATE TRIGGER marks_are_not_changed BEFORE UPDATE ON marks
BEGIN SELECT RAISE(ABORT, 'marks are append-only'); END;
CREATE TRIGGER marks_are_not_deleted BEFORE DELETE ON marks
BEGIN SELECT RAISE(ABORT, 'marks are append-only'); END;
CREATE TRIGGER mark_minutes_are_not_changed BEFORE UPDATE ON mark_minutes
BEGIN SELECT RAISE(ABORT, 'marks are append-only'); END;
CREATE TRIGGER mark_minutes_are_not_deleted BEFORE DELETE ON mark_minutes
BEGIN SELECT RAISE(ABORT, 'marks are append-only'); END;
CREATE TRIGGER mark_minutes_come_before_their_mark BEFORE INSERT ON mark_minutes
WHEN EXISTS (SELECT 1 FROM marks WHERE seq = NEW.mark)
BEGIN SELECT RAISE(ABORT, 'the mark is sealed'); END;
CREATE TRIGGER mark_points_are_not_changed BEFORE UPDATE ON mark_points
BEGIN SELECT RAISE(ABORT, 'marks are append-only'); END;
CREATE TRIGGER mark_points_are_not_deleted BEFORE DELETE ON mark_points
BEGIN SELECT RAISE(ABORT, 'marks are append-only'); END;
CREATE TRIGGER mark_points_come_before_their_mark BEFORE INSERT ON mark_points
WHEN EXISTS (SELECT 1 FROM marks WHERE seq = NEW.mark)
BEGIN SELECT RAISE(ABORT, 'the mark is sealed'); END;
