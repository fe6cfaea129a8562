-- Grain: one turn of a call or chat said from $since to the as-of day, with its score and the class and cause of its
-- ticket as known on the day; of more than $most calls, as many are drawn by their number.
-- text: raw
WITH turns AS (SELECT * FROM seen.turns(CAST($since AS DATE), CAST($as_of AS DATE), $branch_scope)),
calls AS (SELECT DISTINCT interaction_id FROM turns ORDER BY md5(interaction_id) LIMIT $most),
tickets AS (SELECT ticket_id, complaint_class, cause FROM seen.tickets(CAST($as_of AS DATE), $branch_scope))
SELECT turns.interaction_id, turns.turn, turns.happened_at, turns.medium, turns.speaker, turns.text, turns.customer_id,
       turns.branch_id, turns.product, turns.ticket_id, turns.p_negative, turns.tendencies, tickets.complaint_class,
       tickets.cause
FROM turns JOIN calls USING (interaction_id) LEFT JOIN tickets ON tickets.ticket_id = turns.ticket_id
ORDER BY turns.interaction_id, turns.turn;
