-- Grain: one stored version of a balance (branch, month) that the file names. subject: what a newer row replaces.
CREATE OR REPLACE TEMP TABLE intake_known AS
SELECT concat_ws(chr(31), branch_id, month::VARCHAR) AS subject, content_hash, recorded_on, import_id
FROM stored.branch_balances
WHERE concat_ws(chr(31), branch_id, month::VARCHAR) IN (SELECT subject FROM intake_incoming)
