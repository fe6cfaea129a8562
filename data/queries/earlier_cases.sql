-- Grain: one case of one class received before $before that has ended, other than $ticket_id, the latest first, at most
-- $most of them: what a case can be compared with.
SELECT
    ticket_id, received_at, ticket.branch_id, coalesce(known.branch_name, ticket.branch_id) AS branch_name, cause,
    demand, amount, rounds, first_outcome, final_outcome, closed_at, reply_position, approval_requested,
    approval_granted, narrative
FROM seen.tickets(CAST($as_of AS DATE), $branch_scope) AS ticket
LEFT JOIN seen.branches(CAST($as_of AS DATE), $branch_scope) AS known USING (branch_id)
WHERE complaint_class = $complaint_class
  AND ticket_id <> $ticket_id
  AND received_at < CAST($before AS TIMESTAMP)
  AND coalesce(final_outcome, first_outcome) IS NOT NULL
ORDER BY received_at DESC, ticket_id
LIMIT $most;
