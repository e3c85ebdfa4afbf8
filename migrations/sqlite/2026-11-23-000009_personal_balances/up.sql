-- Balances of people's accounts only, each person's together: nobody asks what an account of the house stands
-- at, and one for each activity and day was a row for almost each record.
CREATE TABLE personal_balances (
    volunteer INTEGER NOT NULL,
    account   TEXT NOT NULL,
    unit      INTEGER NOT NULL,
    grade     TEXT NOT NULL,
    balance   INTEGER NOT NULL,
    PRIMARY KEY (volunteer, account, unit, grade)
) WITHOUT ROWID;
INSERT INTO personal_balances
SELECT volunteer, account, unit, grade, balance FROM balances WHERE volunteer <> 0;
DROP TABLE balances;
ALTER TABLE personal_balances RENAME TO balances;
