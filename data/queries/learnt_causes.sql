-- Grain: one ticket of the last two years with a narrative and a cause, at most $most, drawn by its number: what calls
-- about a cause sound like is learnt from them.
-- text: raw
SELECT ticket_id, complaint_class, cause, product, narrative
FROM seen.tickets(CAST($as_of AS DATE), $branch_scope)
WHERE received_at >= CAST($as_of AS DATE) - 730
ORDER BY md5(ticket_id)
LIMIT $most;
