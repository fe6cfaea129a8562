-- Grain: one step of one ticket, oldest first.
-- names: of the ticket
SELECT ticket_id, event, happened_at, party, detail
FROM seen.events(CAST($as_of AS DATE), $branch_scope)
WHERE ticket_id = $ticket_id
ORDER BY happened_at, event;
