-- seen.ledger(as_of, branch_scope)
-- Grain: one entry of what people did or decided, up to the day as_of. A branch reader sees its own branch's entries,
-- and those that name it among several branches (a letter to them).
CREATE OR REPLACE MACRO seen.ledger(as_of, branch_scope) AS TABLE
SELECT entry_id, entered_at, on_day, who, kind, subject, branch_id, CAST(body AS VARCHAR) AS body, corrects
FROM stored.ledger
WHERE on_day <= as_of
  AND (branch_scope IS NULL
       OR branch_id = branch_scope
       OR list_contains(json_extract_string(body, '$.branches[*]'), branch_scope));
