-- Grain: one ledger entry of another kind than a case's own (a letter, a hazard, a decision, a measure) that is about
-- the ticket or names it, oldest first, corrections included.
SELECT entry_id, entered_at, on_day, who, kind, subject, branch_id, body, corrects
FROM seen.ledger(CAST($as_of AS DATE), $branch_scope)
WHERE NOT starts_with(kind, 'case_')
  AND split_part(subject, '#', 1) IN (
    SELECT subject FROM seen.ledger(CAST($as_of AS DATE), $branch_scope)
    WHERE NOT starts_with(kind, 'case_')
      AND (subject = 'ticket:' || $ticket_id OR contains(body, '"' || $ticket_id || '"'))
  )
ORDER BY entry_id;
