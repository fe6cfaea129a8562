-- Grain: one stored step that the file names. subject: what a newer row replaces.
CREATE OR REPLACE TEMP TABLE intake_known AS
SELECT content_hash AS subject, content_hash, recorded_on, import_id
FROM stored.events
WHERE content_hash IN (SELECT subject FROM intake_incoming)
