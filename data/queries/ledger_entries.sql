-- Grain: one ledger entry, oldest first. $kinds, $subjects: lists of kinds and subjects, empty for all.
SELECT entry_id, entered_at, on_day, who, kind, subject, branch_id, body, corrects
FROM seen.ledger(CAST($as_of AS DATE), $branch_scope)
WHERE (len($kinds) = 0 OR list_contains($kinds, kind))
  AND (len($subjects) = 0 OR subject IN (SELECT unnest($subjects)))
ORDER BY entry_id;
