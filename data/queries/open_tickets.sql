-- Grain: one row: how the tickets of one class received in the year stand on the as-of day, in the reading in use.
-- received: tickets; open: those without an outcome; merged: repeats of a customer already counted.
-- open_customers: customers with an open ticket received in the last $longest days (of this year or the one before)
-- who are not yet counted as not agreed in the year.
-- counts: one class
WITH tickets AS (
    SELECT customer_id, received_at, outcome, outcome_at
    FROM seen.outcomes(CAST($as_of AS DATE), $branch_scope, $reading)
    WHERE complaint_class = $complaint_class
),
customers AS (
    SELECT
        count(*) FILTER (WHERE year(received_at) = $year) AS received,
        count(*) FILTER (WHERE year(received_at) = $year AND outcome_at IS NULL) AS open,
        count(*) FILTER (WHERE outcome = 'not_agreed' AND year(outcome_at) = $year) AS not_agreed,
        count(*) FILTER (
            WHERE outcome_at IS NULL AND received_at >= CAST($as_of AS DATE) - CAST($longest AS INTEGER)
        ) AS still_open
    FROM tickets
    GROUP BY customer_id
)
SELECT
    coalesce(sum(received), 0)::BIGINT AS received,
    coalesce(sum(open), 0)::BIGINT AS open,
    coalesce(sum(greatest(received - 1, 0)), 0)::BIGINT AS merged,
    count(*) FILTER (WHERE still_open > 0 AND not_agreed = 0) AS open_customers
FROM customers;
