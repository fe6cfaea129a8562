-- Grain: one ticket behind a mark of the threshold chart: the tickets of one class whose customer was counted
-- ($measure: customers, decided or not_agreed) between $from and $to (both days included), with `counted`: whether
-- this very ticket is the one that was counted (a repeat of the same customer in the same year is not).
WITH tickets AS (
    SELECT *,
        CASE $measure WHEN 'customers' THEN received_at ELSE outcome_at END AS measured_at
    FROM seen.outcomes(CAST($as_of AS DATE), $branch_scope, $reading)
    WHERE complaint_class = $complaint_class
      AND ($measure <> 'not_agreed' OR outcome = 'not_agreed')
),
ranked AS (
    SELECT *,
        row_number() OVER (PARTITION BY customer_id, year(measured_at) ORDER BY measured_at, ticket_id) = 1 AS counted
    FROM tickets
    WHERE measured_at IS NOT NULL
)
SELECT
    ticket_id, customer_id, received_at, branch_id, product, channel, cause, demand, amount, rounds,
    first_outcome, first_outcome_at, final_outcome, closed_at, counted
FROM ranked
WHERE measured_at >= CAST($from AS DATE) AND measured_at < CAST($to AS DATE) + 1
ORDER BY measured_at, ticket_id;
