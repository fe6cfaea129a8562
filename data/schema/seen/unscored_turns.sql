-- seen.unscored_turns(after)
-- Grain: one turn of a customer that came with an import later than `after` and has no score yet.
CREATE OR REPLACE MACRO seen.unscored_turns(after) AS TABLE
SELECT interaction_id, turn, content_hash, import_id, text
FROM stored.interactions AS said
WHERE speaker = 'customer' AND import_id > after
  AND NOT EXISTS (
      SELECT 1 FROM stored.turn_scores AS score
      WHERE score.import_id > after AND score.interaction_id = said.interaction_id AND score.turn = said.turn
        AND score.content_hash = said.content_hash
  );
