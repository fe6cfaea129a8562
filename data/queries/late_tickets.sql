-- Grain: one ticket that is still open on the as-of day $limit days or more after it was received (closing is due within
-- that time), of classes other than $watched (a list), longest first; at most $most rows. days: since receipt; late: how many there are in all; undispatched:
-- whether it has not even been dispatched.
SELECT
    complaint_class, ticket_id, customer_id, received_at, branch_id, product, channel, cause, demand, amount, rounds,
    first_outcome, first_outcome_at,
    CAST($as_of AS DATE) - received_at::DATE AS days,
    dispatched_at IS NULL AS undispatched,
    count(*) OVER () AS late
FROM seen.tickets(CAST($as_of AS DATE), $branch_scope)
WHERE closed_at IS NULL
  AND NOT list_contains(CAST($watched AS VARCHAR[]), complaint_class)
  AND received_at < CAST($as_of AS DATE) - CAST($limit AS INTEGER) + 1
ORDER BY received_at, ticket_id
LIMIT CAST($most AS INTEGER);
