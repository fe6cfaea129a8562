-- Grain: one row: how the tickets of one class received in the year stand on the as-of day.
-- received: tickets; open: those without an outcome in the reading in use; merged: repeats of a customer already counted.
SELECT
    count(*) AS received,
    count(*) FILTER (WHERE outcome_at IS NULL) AS open,
    count(*) - count(DISTINCT customer_id) AS merged
FROM seen.outcomes(CAST($as_of AS DATE), $branch_scope, $reading)
WHERE complaint_class = $complaint_class AND year(received_at) = $year;
