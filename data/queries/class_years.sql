-- Grain: one complaint class and calendar year with tickets.
-- customers, decided, not_agreed as in daily_counts (the first round's outcome), summed over the year; tickets: rows.
WITH tickets AS (
    SELECT complaint_class, customer_id, received_at, outcome, outcome_at
    FROM seen.outcomes(CAST($as_of AS DATE), $branch_scope, 'first')
),
received AS (
    SELECT complaint_class, year(received_at)::INTEGER AS year,
           count(*) AS tickets, count(DISTINCT customer_id) AS customers
    FROM tickets
    GROUP BY ALL
),
decided AS (
    SELECT complaint_class, year(outcome_at)::INTEGER AS year,
           count(DISTINCT customer_id) AS decided,
           count(DISTINCT customer_id) FILTER (WHERE outcome = 'not_agreed') AS not_agreed
    FROM tickets
    WHERE outcome_at IS NOT NULL
    GROUP BY ALL
)
SELECT
    complaint_class, year,
    coalesce(tickets, 0) AS tickets,
    coalesce(customers, 0) AS customers,
    coalesce(decided, 0) AS decided,
    coalesce(not_agreed, 0) AS not_agreed
FROM received FULL JOIN decided USING (complaint_class, year)
ORDER BY year, customers DESC, complaint_class COLLATE zh;
