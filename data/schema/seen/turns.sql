-- seen.turns(since, as_of, branch_scope)
-- Grain: one turn of one call or chat that was said from the day since to the end of the day as_of, with its score
-- (p_negative and tendencies, NULL for agents and for what is not scored yet); the row recorded last holds.
CREATE OR REPLACE MACRO seen.turns(since, as_of, branch_scope) AS TABLE
WITH said AS (
    SELECT *
    FROM stored.interactions
    WHERE happened_at >= since AND happened_at < as_of + 1
      AND (branch_scope IS NULL OR branch_id = branch_scope)
    QUALIFY row_number() OVER (
        PARTITION BY interaction_id, turn
        ORDER BY recorded_on > as_of, CASE WHEN recorded_on > as_of THEN recorded_on END,
                 recorded_on DESC, import_id DESC, content_hash
    ) = 1
)
SELECT interaction_id, turn, happened_at, medium, speaker, text, customer_id, branch_id, product, ticket_id,
       score.p_negative, score.tendencies
FROM said LEFT JOIN stored.turn_scores AS score USING (interaction_id, turn, content_hash);
