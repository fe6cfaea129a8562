-- Grain: one ticket with at least $rounds rounds that is not agreed by the as-of day: whether mediation was asked for
-- or held by then, its last step, and the days since; of all classes where $complaint_class is NULL.
WITH steps AS (
    SELECT
        ticket_id,
        max(happened_at) AS last_step,
        min(happened_at) FILTER (WHERE event = 'mediation_requested') AS requested_at,
        min(happened_at) FILTER (WHERE event = 'mediation_held') AS held_at
    FROM seen.events(CAST($as_of AS DATE), $branch_scope)
    GROUP BY ticket_id
)
SELECT
    ticket_id, customer_id, received_at, complaint_class, branch_id, cause, demand, amount, rounds, first_outcome,
    final_outcome, closed_at, requested_at, held_at,
    greatest(first_outcome_at, last_step, closed_at) AS last_step,
    CAST($as_of AS DATE) - CAST(greatest(first_outcome_at, last_step, closed_at) AS DATE) AS days
FROM seen.tickets(CAST($as_of AS DATE), $branch_scope)
LEFT JOIN steps USING (ticket_id)
WHERE ($complaint_class IS NULL OR complaint_class = $complaint_class)
  AND received_at >= CAST($first AS DATE) AND received_at < CAST($last AS DATE) + 1
  AND rounds >= $rounds
  AND coalesce(final_outcome, 'open') <> 'agreed'
ORDER BY closed_at IS NOT NULL, days DESC, ticket_id;
