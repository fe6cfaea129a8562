-- Grain: one ticket that is still open on the as-of day $limit days or more after it was received (closing is due within
-- that time), of classes other than $watched and tickets other than $extended (lists), longest first; at most $most
-- rows. days: since receipt; late: how many there are in all; undispatched: whether it has not even been dispatched; closes: whether the data say of any ticket when it was closed.
SELECT
    complaint_class, ticket_id, customer_id, received_at, branch_id, product, channel, cause, demand, amount, rounds,
    first_outcome, first_outcome_at,
    CAST($as_of AS DATE) - received_at::DATE AS days,
    dispatched_at IS NULL AS undispatched,
    count(*) OVER () AS late,
    (SELECT count(closed_at) > 0 FROM seen.tickets(CAST($as_of AS DATE), $branch_scope)) AS closes
FROM seen.tickets(CAST($as_of AS DATE), $branch_scope)
WHERE closed_at IS NULL
  AND NOT list_contains(CAST($watched AS VARCHAR[]), complaint_class)
  AND ticket_id NOT IN (SELECT unnest(CAST($extended AS VARCHAR[])))
  AND received_at < CAST($as_of AS DATE) - CAST($limit AS INTEGER) + 1
ORDER BY received_at, ticket_id
LIMIT CAST($most AS INTEGER);
