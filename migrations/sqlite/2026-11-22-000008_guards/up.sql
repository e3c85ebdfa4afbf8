-- SQLite's guards look each entry and posting up by its key as it is.
SELECT 1;
