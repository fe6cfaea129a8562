-- Grain: one branch: customers whose first not-agreed outcome of the calendar year lies between two days (both
-- included, of one year), in the reading in use, at the branch of that ticket.
WITH bad AS (
    SELECT
        branch_id,
        row_number() OVER (PARTITION BY customer_id ORDER BY outcome_at, ticket_id) = 1 AS counted
    FROM seen.outcomes(CAST($as_of AS DATE), $branch_scope, $reading)
    WHERE complaint_class = $complaint_class AND outcome = 'not_agreed'
      AND outcome_at >= CAST($first AS DATE) AND outcome_at < CAST($last AS DATE) + 1
)
SELECT branch_id, count(*) AS not_agreed
FROM bad
WHERE counted
GROUP BY branch_id
ORDER BY branch_id;
