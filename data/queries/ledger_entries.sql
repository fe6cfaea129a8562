-- Grain: one ledger entry, oldest first. $kinds: a list of kinds, empty for all; $subject: one subject, NULL for all.
SELECT entry_id, entered_at, on_day, who, kind, subject, branch_id, body, corrects
FROM seen.ledger(CAST($as_of AS DATE), $branch_scope)
WHERE (len($kinds) = 0 OR list_contains($kinds, kind))
  AND ($subject IS NULL OR subject = $subject)
ORDER BY entry_id;
