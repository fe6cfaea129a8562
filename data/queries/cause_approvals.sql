-- Grain: one branch and type of request: requests decided and granted, each customer once for each type.
SELECT
    branch_id, approval_requested, count(*) AS requested, count(*) FILTER (WHERE approval_granted) AS granted
FROM seen.cause_tickets(
    CAST($as_of AS DATE), $branch_scope, $complaint_class, CAST($first AS DATE), CAST($last AS DATE), 'approvals'
)
WHERE counted
GROUP BY ALL
ORDER BY ALL;
