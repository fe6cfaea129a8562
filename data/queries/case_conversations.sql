-- Grain: one turn of one call or chat of one ticket, oldest conversation first.
-- names: of the ticket
SELECT interaction_id, turn, happened_at, medium, speaker, text, ticket_id
FROM seen.interactions(CAST($as_of AS DATE), $branch_scope)
WHERE ticket_id = $ticket_id
ORDER BY min(happened_at) OVER (PARTITION BY interaction_id), interaction_id, turn;
