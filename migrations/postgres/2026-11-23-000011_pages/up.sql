-- Room beside rows that change again and again: the new version of a row goes to the same page, and no index
-- hears of it.
ALTER TABLE balances SET (fillfactor = 50);
ALTER TABLE activities SET (fillfactor = 50);
ALTER TABLE volunteers SET (fillfactor = 50);
ALTER TABLE rewards SET (fillfactor = 50);
