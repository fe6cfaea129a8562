-- Grain: one ticket whose first round was recorded as not agreed after $since, up to the as-of day, newest first.
-- standing: how it stands on the as-of day: 'open', or its final outcome.
SELECT
    complaint_class, ticket_id, customer_id, received_at, branch_id, product, channel, cause, demand, amount, rounds,
    first_outcome, first_outcome_at, final_outcome, closed_at,
    coalesce(final_outcome, 'open') AS standing
FROM seen.tickets(CAST($as_of AS DATE), $branch_scope)
WHERE first_outcome = 'not_agreed'
  AND first_outcome_at >= CAST($since AS DATE) + 1
ORDER BY first_outcome_at DESC, ticket_id;
