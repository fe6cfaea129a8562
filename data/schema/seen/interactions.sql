-- seen.interactions(as_of, branch_scope)
-- Grain: one turn of one call or chat that had been said by the end of the day as_of; the row recorded last holds.
CREATE OR REPLACE MACRO seen.interactions(as_of, branch_scope) AS TABLE
SELECT interaction_id, turn, happened_at, medium, speaker, text, customer_id, branch_id, product, ticket_id
FROM stored.interactions
WHERE happened_at < as_of + 1
  AND (branch_scope IS NULL OR branch_id = branch_scope)
QUALIFY row_number() OVER (
    PARTITION BY interaction_id, turn
    ORDER BY recorded_on > as_of, CASE WHEN recorded_on > as_of THEN recorded_on END,
             recorded_on DESC, import_id DESC, content_hash
) = 1;
