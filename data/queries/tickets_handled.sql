-- Grain: one ticket as in handling_waits, with what a reader needs to find it; of one branch where $branch is given.
SELECT
    ticket_id, customer_id, branch_id, channel, cause, received_at, dispatched_at, first_contact_at, first_reply_at,
    first_outcome, first_outcome_at, closed_at, rounds, returned, counted, is_not_agreed
FROM seen.handled_tickets(
    CAST($as_of AS DATE), $branch_scope, $reading, $complaint_class, $first_year, $last_year
)
WHERE CAST($branch AS VARCHAR) IS NULL OR branch_id = $branch
ORDER BY received_at DESC, ticket_id;
