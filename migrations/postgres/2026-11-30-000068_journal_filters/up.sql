-- What somebody did, and what happened of a kind, in the order of the journal.
CREATE INDEX entries_of_actor ON entries (actor, seq);
CREATE INDEX entries_of_kind ON entries (kind, seq);
