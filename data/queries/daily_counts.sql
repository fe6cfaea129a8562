-- Grain: one day of the years $first_year..$last_year on which something was counted, for one complaint class.
-- customers   customers whose first complaint of the calendar year was received on the day
-- decided     customers whose first outcome of the calendar year was recorded on the day
-- not_agreed  customers whose first not-agreed outcome of the calendar year was recorded on the day
-- counts: one class
WITH tickets AS (
    SELECT customer_id, received_at, outcome, outcome_at
    FROM seen.outcomes(CAST($as_of AS DATE), $branch_scope, $reading)
    WHERE complaint_class = $complaint_class
),
complaints AS (
    SELECT min(received_at)::DATE AS day
    FROM tickets
    WHERE received_at >= make_date($first_year, 1, 1) AND received_at < make_date($last_year + 1, 1, 1)
    GROUP BY year(received_at), customer_id
),
outcomes AS (
    SELECT
        min(outcome_at)::DATE AS decided_on,
        min(outcome_at) FILTER (WHERE outcome = 'not_agreed')::DATE AS not_agreed_on
    FROM tickets
    WHERE outcome_at >= make_date($first_year, 1, 1) AND outcome_at < make_date($last_year + 1, 1, 1)
    GROUP BY year(outcome_at), customer_id
),
counted AS (
    SELECT day, 1 AS customers, 0 AS decided, 0 AS not_agreed FROM complaints
    UNION ALL
    SELECT decided_on, 0, 1, 0 FROM outcomes
    UNION ALL
    SELECT not_agreed_on, 0, 0, 1 FROM outcomes WHERE not_agreed_on IS NOT NULL
)
SELECT
    day,
    sum(customers)::DOUBLE AS customers,
    sum(decided)::DOUBLE AS decided,
    sum(not_agreed)::DOUBLE AS not_agreed
FROM counted
GROUP BY day
ORDER BY day;
