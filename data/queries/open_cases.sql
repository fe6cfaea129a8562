-- Grain: one open case (a ticket that is not closed) of one class (of all where $complaint_class is NULL), the oldest
-- first, at most $most of them; $failed_only: only those whose first round ended not agreed.
-- open_cases: how many there are in all. closes: whether any ticket of the store says when it was closed; where none
-- does, a case counts as open until its first outcome.
WITH tickets AS (SELECT * FROM seen.tickets(CAST($as_of AS DATE), $branch_scope)),
ways AS (SELECT count(closed_at) > 0 AS closes FROM tickets),
open AS (
    SELECT tickets.*, ways.closes
    FROM tickets, ways
    WHERE ($complaint_class IS NULL OR complaint_class = $complaint_class)
      AND (NOT $failed_only OR first_outcome = 'not_agreed')
      AND CASE WHEN ways.closes THEN closed_at IS NULL ELSE first_outcome_at IS NULL END
)
SELECT
    ticket_id, customer_id, received_at, complaint_class, product, channel, open.branch_id,
    coalesce(known.branch_name, open.branch_id) AS branch_name, department, cause, demand, amount, dispatched_at,
    first_contact_at, first_reply_at, first_outcome, first_outcome_at, rounds, final_outcome, closed_at, reply_text,
    narrative, closes, count(*) OVER () AS open_cases
FROM open
LEFT JOIN seen.branches(CAST($as_of AS DATE), $branch_scope) AS known USING (branch_id)
ORDER BY received_at, ticket_id
LIMIT $most;
