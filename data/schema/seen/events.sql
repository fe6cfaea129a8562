-- seen.events(as_of, branch_scope)
-- Grain: one step of one ticket that had happened by the end of the day as_of; steps of tickets the reader may see.
CREATE OR REPLACE MACRO seen.events(as_of, branch_scope) AS TABLE
SELECT e.ticket_id, e.event, e.happened_at, e.party, e.detail, e.mediator, e.result
FROM stored.events AS e
SEMI JOIN seen.tickets(as_of, branch_scope) AS t ON e.ticket_id = t.ticket_id
WHERE e.happened_at < as_of + 1;
