-- Grain: one branch and day from $from to $to on which something was counted, for one complaint class, and one cause
-- of it where $cause is not NULL.
-- aim not_agreed: base = customers whose first outcome of the calendar year was recorded on the day, events = those of
--   them who ended not agreed in the first round (of a customer with several tickets, any of them, on the first day)
-- aim final: base = tickets closed on the day whose first round ended not agreed, events = those still not agreed
-- aim volume: events = base = customers whose first complaint of the calendar year was received on the day
WITH tickets AS (
    SELECT customer_id, branch_id, received_at, first_outcome, first_outcome_at, final_outcome, closed_at
    FROM seen.tickets(CAST($as_of AS DATE), $branch_scope)
    WHERE complaint_class = $complaint_class AND ($cause IS NULL OR cause = $cause)
),
first_rounds AS (
    SELECT
        arg_min(branch_id, first_outcome_at) AS branch_id,
        min(first_outcome_at)::DATE AS day,
        bool_or(first_outcome = 'not_agreed') AS event
    FROM tickets
    WHERE first_outcome IS NOT NULL AND first_outcome_at IS NOT NULL
    GROUP BY customer_id, year(first_outcome_at)
),
closings AS (
    SELECT branch_id, closed_at::DATE AS day, final_outcome = 'not_agreed' AS event
    FROM tickets
    WHERE first_outcome = 'not_agreed' AND final_outcome IS NOT NULL AND closed_at IS NOT NULL
),
complaints AS (
    SELECT arg_min(branch_id, received_at) AS branch_id, min(received_at)::DATE AS day, true AS event
    FROM tickets
    GROUP BY customer_id, year(received_at)
),
counted AS (
    SELECT * FROM first_rounds WHERE $aim = 'not_agreed'
    UNION ALL
    SELECT * FROM closings WHERE $aim = 'final'
    UNION ALL
    SELECT * FROM complaints WHERE $aim = 'volume'
)
SELECT branch_id, day, count(*) FILTER (WHERE event)::DOUBLE AS events, count(*)::DOUBLE AS base
FROM counted
WHERE day >= CAST($from AS DATE) AND day <= CAST($to AS DATE)
GROUP BY branch_id, day
ORDER BY branch_id, day;
