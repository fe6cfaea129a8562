-- Grain: one stored version of a turn that the file names. subject: what a newer row replaces.
CREATE OR REPLACE TEMP TABLE intake_known AS
SELECT concat_ws(chr(31), interaction_id, turn::VARCHAR) AS subject, content_hash, recorded_on, import_id
FROM stored.interactions
WHERE concat_ws(chr(31), interaction_id, turn::VARCHAR) IN (SELECT subject FROM intake_incoming)
