-- Grain: one ticket behind a mark of the branch screen: the one ticket that a decided customer stands at, of one class,
-- in the years, and, where given, of one branch, cause, channel, week (its first day) or outcome. Not agreed first, newest first.
SELECT
    ticket_id, customer_id, received_at, branch_id, product, channel, cause, demand, amount, rounds,
    first_outcome, first_outcome_at, final_outcome, closed_at, true AS counted
FROM seen.decided_customers(
    CAST($as_of AS DATE), $branch_scope, $reading, $complaint_class, $first_year, $last_year
)
WHERE (CAST($branch AS VARCHAR) IS NULL OR branch_id = $branch)
  AND (CAST($cause AS VARCHAR) IS NULL OR cause = $cause)
  AND (CAST($channel AS VARCHAR) IS NULL OR channel = $channel)
  AND (CAST($week AS DATE) IS NULL
       OR greatest(date_trunc('week', outcome_at)::DATE, make_date(year, 1, 1)) = CAST($week AS DATE))
  AND (CAST($outcome AS VARCHAR) IS NULL OR outcome = $outcome)
ORDER BY NOT is_not_agreed, outcome_at DESC, ticket_id;
