-- Grain: one ticket with more than one version to set in order: in the store already, more than one row in the file, or
-- received in the days for which this import lets watching begin earlier ($watch_start, $watched_before).
CREATE OR REPLACE TEMP TABLE intake_contended AS
SELECT ticket_id FROM intake_keys GROUP BY ticket_id HAVING count(*) > 1
UNION
SELECT ticket_id FROM stored.ticket_versions SEMI JOIN intake_keys USING (ticket_id)
UNION
SELECT ticket_id FROM stored.ticket_versions
WHERE CAST($watch_start AS DATE) < CAST($watched_before AS DATE)
  AND received_at >= CAST($watch_start AS DATE) AND received_at < CAST($watched_before AS DATE)
  AND import_id IN (SELECT import_id FROM stored.imports WHERE demo = $demo)
