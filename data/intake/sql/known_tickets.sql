-- Grain: one stored version of a ticket that the file names, or whose first day of knowledge moves because this import
-- lets watching begin earlier ($watch_start, $watched_before).
CREATE OR REPLACE TEMP TABLE intake_known AS
SELECT
    rowid AS version, ticket_id, content_hash, recorded_on, import_id, status_at, status_columns,
    CAST(received_at AS DATE) AS received_on, updated_at, known_on, superseded_on
FROM stored.ticket_versions
WHERE ticket_id IN (SELECT ticket_id FROM intake_incoming)
   OR ticket_id IN (
        SELECT ticket_id FROM stored.ticket_versions
        WHERE CAST($watch_start AS DATE) < CAST($watched_before AS DATE)
          AND received_at >= CAST($watch_start AS DATE) AND received_at < CAST($watched_before AS DATE)
          AND import_id IN (SELECT import_id FROM stored.imports WHERE demo = $demo)
   )
