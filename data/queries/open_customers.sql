-- Grain: one customer with an open ticket of the class received in the last $longest days who is not yet counted as not
-- agreed in the year: the same customers that open_tickets.sql counts.
-- counts: one class
WITH tickets AS (
    SELECT customer_id, received_at, outcome, outcome_at
    FROM seen.outcomes(CAST($as_of AS DATE), $branch_scope, $reading)
    WHERE complaint_class = $complaint_class
)
SELECT DISTINCT customer_id
FROM tickets
WHERE outcome_at IS NULL AND received_at >= CAST($as_of AS DATE) - CAST($longest AS INTEGER)
  AND customer_id NOT IN (
      SELECT customer_id FROM tickets WHERE outcome = 'not_agreed' AND year(outcome_at) = $year
  )
ORDER BY customer_id;
