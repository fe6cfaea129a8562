-- Grain: one complaint class: the last day with a ticket, and its rhythm in days: the longest of the usual gaps
-- between days with tickets (95th percentile of the gaps of the last 365 days).
WITH days AS (
    SELECT DISTINCT complaint_class, received_at::DATE AS day
    FROM seen.tickets(CAST($as_of AS DATE), $branch_scope)
),
gaps AS (
    SELECT complaint_class, day, day - lag(day) OVER (PARTITION BY complaint_class ORDER BY day) AS gap,
           max(day) OVER (PARTITION BY complaint_class) AS last_day
    FROM days
)
SELECT
    complaint_class,
    max(day) AS last_day,
    quantile_cont(gap, 0.95) FILTER (WHERE day > last_day - 365) AS rhythm_days
FROM gaps
GROUP BY complaint_class
ORDER BY complaint_class COLLATE zh;
