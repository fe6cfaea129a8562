-- Grain: one ticket by its number, as known on the as-of day.
SELECT ticket_id, customer_id, received_at, complaint_class, branch_id, product, channel, cause, demand, amount, rounds,
       first_outcome, first_outcome_at, final_outcome, closed_at
FROM seen.tickets(CAST($as_of AS DATE), $branch_scope)
WHERE ticket_id = $ticket_id;
