-- Grain: one unit and week (Monday to Sunday, cut at 1 January) of one complaint class and year.
-- unit: the branch's id where $by is 'branch_id', the cause where it is 'cause'.
-- decided, not_agreed: customers by the day of the outcome at which they are counted.
SELECT CASE $by WHEN 'branch_id' THEN branch_id WHEN 'cause' THEN cause END AS unit,
       greatest(date_trunc('week', outcome_at)::DATE, make_date(year, 1, 1)) AS week_start,
       count(*)::INTEGER AS decided,
       count(*) FILTER (WHERE is_not_agreed)::INTEGER AS not_agreed
FROM seen.decided_customers(CAST($as_of AS DATE), $branch_scope, $reading, $complaint_class, $year, $year)
GROUP BY ALL
ORDER BY ALL;
