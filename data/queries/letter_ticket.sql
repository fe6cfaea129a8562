-- Grain: one row: one ticket with what a letter says of it; none where there is no such ticket.
-- names: of the ticket
SELECT
    ticket_id, complaint_class, product, channel, branch_id, department, cause, demand, amount, received_at,
    first_contact_at, first_reply_at, first_outcome, first_outcome_at, rounds, final_outcome, closed_at,
    question_key, reply_position, narrative
FROM seen.tickets(CAST($as_of AS DATE), $branch_scope)
WHERE ticket_id = $ticket_id;
