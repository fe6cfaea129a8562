-- Grain: one row: how many tickets received from $since on had an outcome on the as-of day.
SELECT count(*) AS decided
FROM seen.outcomes(CAST($as_of AS DATE), $branch_scope, $reading)
WHERE outcome_at IS NOT NULL AND received_at >= CAST($since AS DATE);
