-- Grain: one step followed by another, for one branch (or all branches where branch_id is NULL), of one class and years.
-- step, next_step: names of steps; transitions: how often; tickets: in how many tickets; median_hours: from one step to
-- the next, hours of the clock.
SELECT branch_id, step, next_step,
       count(*)::INTEGER AS transitions,
       count(DISTINCT ticket_id)::INTEGER AS tickets,
       median(date_diff('minute', happened_at, next_at) / 60.0) AS median_hours
FROM seen.handling_log(CAST($as_of AS DATE), $branch_scope, $complaint_class, $first_year, $last_year)
WHERE next_step IS NOT NULL
GROUP BY GROUPING SETS ((branch_id, step, next_step), (step, next_step))
ORDER BY branch_id NULLS FIRST, transitions DESC, step, next_step;
