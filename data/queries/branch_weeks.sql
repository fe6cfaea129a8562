-- Grain: one branch and week (Monday to Sunday, cut at 1 January) of one complaint class and year.
-- decided, not_agreed: customers by the day of the outcome at which they are counted.
SELECT branch_id,
       greatest(date_trunc('week', outcome_at)::DATE, make_date(year, 1, 1)) AS week_start,
       count(*)::INTEGER AS decided,
       count(*) FILTER (WHERE is_not_agreed)::INTEGER AS not_agreed
FROM seen.decided_customers(CAST($as_of AS DATE), $branch_scope, $reading, $complaint_class, $year, $year)
GROUP BY ALL
ORDER BY ALL;
