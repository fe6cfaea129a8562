-- Grain: one ticket, with its branch's name; no row where the reader may not see it or it is not known yet.
-- closed_at: where no ticket of the store says when it was closed, the first outcome stands in for it.
-- names: of the ticket
WITH tickets AS (SELECT * FROM seen.tickets(CAST($as_of AS DATE), $branch_scope)),
ways AS (SELECT count(closed_at) > 0 AS closes FROM tickets)
SELECT
    ticket.* REPLACE (CASE WHEN ways.closes THEN ticket.closed_at ELSE ticket.first_outcome_at END AS closed_at),
    coalesce(known.branch_name, ticket.branch_id) AS branch_name
FROM ways, tickets AS ticket
LEFT JOIN seen.branches(CAST($as_of AS DATE), $branch_scope) AS known USING (branch_id)
WHERE ticket_id = $ticket_id;
