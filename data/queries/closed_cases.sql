-- Grain: one case of one class that was closed in the last $days days, the latest first, at most $most of them.
SELECT
    ticket_id, customer_id, received_at, complaint_class, product, channel, ticket.branch_id,
    coalesce(known.branch_name, ticket.branch_id) AS branch_name, cause, demand, amount, rounds, first_outcome,
    first_outcome_at, final_outcome, closed_at, count(*) OVER () AS closed_cases
FROM seen.tickets(CAST($as_of AS DATE), $branch_scope) AS ticket
LEFT JOIN seen.branches(CAST($as_of AS DATE), $branch_scope) AS known USING (branch_id)
WHERE complaint_class = $complaint_class
  AND closed_at >= CAST($as_of AS DATE) - CAST($days AS INTEGER)
ORDER BY closed_at DESC, ticket_id
LIMIT $most;
