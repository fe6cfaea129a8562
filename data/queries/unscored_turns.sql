-- Grain: one turn of a customer not scored yet, of the imports after $after, at most $most.
-- text: raw
-- access: head_office
SELECT interaction_id, turn, content_hash, import_id, text
FROM seen.unscored_turns(CAST($after AS BIGINT))
ORDER BY import_id
LIMIT $most;
