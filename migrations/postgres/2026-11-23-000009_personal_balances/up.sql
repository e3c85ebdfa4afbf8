-- Balances of people's accounts only, each person's together: nobody asks what an account of the house stands
-- at, and one for each activity and day was a row for almost each record.
CREATE TABLE personal_balances (
    volunteer BIGINT NOT NULL,
    account   TEXT COLLATE "C" NOT NULL,
    unit      BIGINT NOT NULL,
    grade     TEXT COLLATE "C" NOT NULL,
    balance   BIGINT NOT NULL,
    PRIMARY KEY (volunteer, account, unit, grade)
);
INSERT INTO personal_balances
SELECT volunteer, account, unit, grade, balance FROM balances WHERE volunteer <> 0;
DROP TABLE balances;
ALTER TABLE personal_balances RENAME TO balances;
ALTER INDEX personal_balances_pkey RENAME TO balances_pkey;
