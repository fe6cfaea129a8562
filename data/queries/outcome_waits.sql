-- Grain: one number of whole days: tickets of one class received from $from to the as-of day that got their outcome
-- after that many days (decided), or are still open that many days after receipt (open).
-- counts: one class
SELECT
    greatest(date_diff('day', received_at::DATE, coalesce(outcome_at::DATE, CAST($as_of AS DATE))), 0)::INTEGER AS days,
    count(*) FILTER (WHERE outcome_at IS NOT NULL) AS decided,
    count(*) FILTER (WHERE outcome_at IS NULL) AS open
FROM seen.outcomes(CAST($as_of AS DATE), $branch_scope, $reading)
WHERE complaint_class = $complaint_class AND received_at >= CAST($from AS DATE)
GROUP BY days
ORDER BY days;
