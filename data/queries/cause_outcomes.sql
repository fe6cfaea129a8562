-- Grain: one cause of one complaint class: customers with an outcome of the first round recorded from $from to $to, and
-- those of them not agreed; of all branches, or of one where $branch is not NULL. Most not agreed first.
WITH customers AS (
    SELECT
        arg_min(cause, first_outcome_at) AS cause,
        min(first_outcome_at)::DATE AS day,
        bool_or(first_outcome = 'not_agreed') AS not_agreed
    FROM seen.tickets(CAST($as_of AS DATE), $branch_scope)
    WHERE complaint_class = $complaint_class AND first_outcome IS NOT NULL AND first_outcome_at IS NOT NULL
      AND ($branch IS NULL OR branch_id = $branch)
    GROUP BY customer_id, year(first_outcome_at)
)
SELECT coalesce(nullif(trim(cause), ''), '–') AS cause, count(*) AS decided, count(*) FILTER (WHERE not_agreed) AS not_agreed
FROM customers
WHERE day >= CAST($from AS DATE) AND day <= CAST($to AS DATE)
GROUP BY 1
ORDER BY not_agreed DESC, decided DESC, 1 COLLATE zh;
