-- seen.branch_balances(as_of, branch_scope)
-- Grain: one branch, one month (its first day) that had begun by as_of; the balance recorded last by as_of holds, one
-- recorded only later is shown as first recorded.
CREATE OR REPLACE MACRO seen.branch_balances(as_of, branch_scope) AS TABLE
SELECT branch_id, month, loan_balance
FROM stored.branch_balances
WHERE month <= as_of
  AND (branch_scope IS NULL OR branch_id = branch_scope)
QUALIFY row_number() OVER (
    PARTITION BY branch_id, month
    ORDER BY recorded_on > as_of, CASE WHEN recorded_on > as_of THEN recorded_on END,
             recorded_on DESC, import_id DESC, content_hash
) = 1;
