-- The entry that ended a membership: as of an earlier one it had not ended, also where the person came back later.
ALTER TABLE memberships ADD COLUMN ended_entry INTEGER;

UPDATE memberships SET ended_entry = COALESCE(
    -- Closed, and opened again since: the two entries name the same volunteer.
    (SELECT MIN(closing.seq)
     FROM memberships AS next
     JOIN entries AS back ON back.seq = next.entry AND back.kind = 'volunteer_reopened'
     JOIN entries AS closing
       ON closing.kind = 'volunteer_closed' AND closing.seq > memberships.entry AND closing.seq < next.entry
      AND json_extract(closing.event, '$.volunteer') = json_extract(back.event, '$.volunteer')
     WHERE next.volunteer = memberships.volunteer
       AND next.entry = (SELECT MIN(later.entry) FROM memberships AS later
                         WHERE later.volunteer = memberships.volunteer AND later.entry > memberships.entry)),
    -- Moved: the next membership began with the same entry.
    (SELECT MIN(next.entry) FROM memberships AS next
     WHERE next.volunteer = memberships.volunteer AND next.entry > memberships.entry),
    -- Closed, which nothing follows.
    (SELECT v.version FROM volunteers AS v WHERE v.id = memberships.volunteer))
WHERE ends_at IS NOT NULL;
