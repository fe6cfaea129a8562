-- Grain: one ticket of one class that somebody entered something about here from $from on.
SELECT DISTINCT ticket.ticket_id, ticket.branch_id, coalesce(known.branch_name, ticket.branch_id) AS branch_name,
       ticket.final_outcome
FROM seen.ledger(CAST($as_of AS DATE), $branch_scope) AS entry
JOIN seen.tickets(CAST($as_of AS DATE), $branch_scope) AS ticket ON entry.subject = 'ticket:' || ticket.ticket_id
LEFT JOIN seen.branches(CAST($as_of AS DATE), $branch_scope) AS known ON ticket.branch_id = known.branch_id
WHERE ticket.complaint_class = $complaint_class AND entry.kind = 'case_step' AND entry.on_day >= CAST($from AS DATE)
ORDER BY ticket.ticket_id;
