-- Grain: one ticket, with its branch's name; no row where the reader may not see it or it is not known yet.
SELECT ticket.*, coalesce(known.branch_name, ticket.branch_id) AS branch_name
FROM seen.tickets(CAST($as_of AS DATE), $branch_scope) AS ticket
LEFT JOIN seen.branches(CAST($as_of AS DATE), $branch_scope) AS known USING (branch_id)
WHERE ticket_id = $ticket_id;
