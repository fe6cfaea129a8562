-- Grain: one of the tickets $tickets (a list of ticket numbers), the newest first, as known on the as-of day.
SELECT ticket_id, customer_id, received_at, complaint_class, branch_id, product, channel, cause, demand, amount, rounds,
       first_outcome, first_outcome_at, final_outcome, closed_at
FROM seen.tickets(CAST($as_of AS DATE), $branch_scope)
WHERE ticket_id IN (SELECT unnest($tickets))
ORDER BY received_at DESC, ticket_id;
