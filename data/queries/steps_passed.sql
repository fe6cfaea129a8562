-- Grain: one step, for one branch (or all branches where branch_id is NULL), of one class and years: how many times it
-- was taken, and by how many tickets. The same log as in transitions.
SELECT branch_id, step, count(*)::INTEGER AS times, count(DISTINCT ticket_id)::INTEGER AS tickets
FROM seen.handling_log(CAST($as_of AS DATE), $branch_scope, $complaint_class, $first_year, $last_year)
GROUP BY GROUPING SETS ((branch_id, step), (step))
ORDER BY branch_id NULLS FIRST, times DESC, step;
