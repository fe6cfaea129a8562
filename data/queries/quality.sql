-- Grain: one check of the tickets known on the as-of day: rows violating it and rows it applies to.
WITH tickets AS (SELECT * FROM seen.tickets(CAST($as_of AS DATE), $branch_scope))
SELECT 'undispatched' AS check_name,
       count(*) FILTER (WHERE dispatched_at IS NULL) AS violated, count(*) AS applicable FROM tickets
UNION ALL
SELECT 'no_cause', count(*) FILTER (WHERE cause IS NULL OR trim(cause) = ''), count(*) FROM tickets
UNION ALL
SELECT 'no_channel', count(*) FILTER (WHERE channel IS NULL OR trim(channel) = ''), count(*) FROM tickets
UNION ALL
SELECT 'undecided_60_days', count(*) FILTER (WHERE first_outcome_at IS NULL),
       count(*) FROM tickets WHERE received_at < CAST($as_of AS DATE) - 60
UNION ALL
SELECT 'closed_without_outcome', count(*) FILTER (WHERE first_outcome IS NULL),
       count(*) FROM tickets WHERE closed_at IS NOT NULL
UNION ALL
SELECT 'unknown_branch', count(*) FILTER (WHERE known.branch_id IS NULL), count(*)
FROM tickets LEFT JOIN seen.branches(CAST($as_of AS DATE), $branch_scope) AS known USING (branch_id);
