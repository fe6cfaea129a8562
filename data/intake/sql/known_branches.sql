-- Grain: one stored version of a branch that the file names. subject: what a newer row replaces.
CREATE OR REPLACE TEMP TABLE intake_known AS
SELECT branch_id AS subject, content_hash, recorded_on, import_id
FROM stored.branches
WHERE branch_id IN (SELECT subject FROM intake_incoming)
