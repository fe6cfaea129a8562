-- Grain: one turn of one call or chat ($interaction_id) said by the as-of day, in their order.
-- names: of the ticket
SELECT interaction_id, turn, happened_at, medium, speaker, text, customer_id, branch_id, product, ticket_id, p_negative,
       tendencies
FROM seen.turns(DATE '2000-01-01', CAST($as_of AS DATE), $branch_scope)
WHERE interaction_id = $interaction_id
ORDER BY turn;
