-- Grain: one ticket with more than one version to set in order: stored already, or more than one row in the file.
CREATE OR REPLACE TEMP TABLE intake_contended AS
SELECT ticket_id FROM intake_incoming GROUP BY ticket_id HAVING count(*) > 1
UNION
SELECT ticket_id FROM intake_known
