-- Grain: one step of one of the tickets $tickets (a list of ticket numbers), oldest first.
-- names: of the ticket
SELECT ticket_id, event, happened_at, party, detail, mediator, result
FROM seen.events(CAST($as_of AS DATE), $branch_scope)
WHERE ticket_id IN (SELECT unnest($tickets))
ORDER BY happened_at, ticket_id, event;
