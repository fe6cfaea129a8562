-- Grain: one row: how the tickets of one class received in the year stand on the as-of day, in the reading in use.
-- received: tickets; open: those without an outcome; merged: repeats of a customer already counted.
-- open_customers: customers with an open ticket received in the last $longest days (of this year or the one before)
-- who are not yet counted as not agreed in the year.
WITH tickets AS (
    SELECT customer_id, received_at, outcome, outcome_at
    FROM seen.outcomes(CAST($as_of AS DATE), $branch_scope, $reading)
    WHERE complaint_class = $complaint_class
),
not_agreed AS (
    SELECT DISTINCT customer_id FROM tickets WHERE outcome = 'not_agreed' AND year(outcome_at) = $year
)
SELECT
    count(*) FILTER (WHERE year(received_at) = $year) AS received,
    count(*) FILTER (WHERE year(received_at) = $year AND outcome_at IS NULL) AS open,
    count(*) FILTER (WHERE year(received_at) = $year)
        - count(DISTINCT customer_id) FILTER (WHERE year(received_at) = $year) AS merged,
    count(DISTINCT tickets.customer_id) FILTER (
        WHERE outcome_at IS NULL AND received_at >= CAST($as_of AS DATE) - CAST($longest AS INTEGER)
          AND not_agreed.customer_id IS NULL
    ) AS open_customers
FROM tickets LEFT JOIN not_agreed USING (customer_id);
