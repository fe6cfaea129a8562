-- Grain: one ledger entry that set the bank's own limits for cases, oldest first; limits hold for the whole bank.
-- access: everyone
SELECT entry_id, entered_at, on_day, who, kind, subject, branch_id, body, corrects
FROM seen.ledger(CAST($as_of AS DATE), NULL)
WHERE kind = 'case_limits'
ORDER BY entry_id;
