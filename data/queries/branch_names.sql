-- Grain: one branch: its name as known on the as-of day.
SELECT branch_id, branch_name FROM seen.branches(CAST($as_of AS DATE), $branch_scope)
ORDER BY branch_id;
