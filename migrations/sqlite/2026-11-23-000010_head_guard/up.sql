-- SQLite counts the postings that wait for their entry; that costs little.
SELECT 1;
