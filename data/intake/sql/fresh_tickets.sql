-- Grain: one row of the file that says something new about a contended ticket. A row that stands twice counts once.
-- A row whose content is kept already is nothing new, except where it takes the ticket back: its file was made on a
-- later day than the current version's, does not hold the current content as well, and its status is not older.
CREATE OR REPLACE TEMP TABLE intake_fresh AS
WITH rows_once AS (
    SELECT min(place) AS place, ticket_id, content_hash, any_value(status_at) AS status_at,
           any_value(status_columns) AS status_columns, any_value(received_on) AS received_on,
           any_value(updated_at) AS updated_at
    FROM intake_incoming
    GROUP BY ticket_id, content_hash
),
kept AS (
    SELECT ticket_id, content_hash, min(recorded_on) AS recorded_on FROM intake_known GROUP BY ticket_id, content_hash
),
current AS (
    SELECT ticket_id, content_hash, recorded_on, status_at,
           EXISTS (SELECT 1 FROM rows_once WHERE rows_once.ticket_id = intake_known.ticket_id
                   AND rows_once.content_hash = intake_known.content_hash) AS in_file
    FROM intake_known
    WHERE superseded_on IS NULL
)
SELECT rows_once.*
FROM rows_once
LEFT JOIN kept USING (ticket_id, content_hash)
LEFT JOIN current ON current.ticket_id = rows_once.ticket_id
WHERE kept.recorded_on IS NULL
   OR kept.recorded_on > CAST($recorded_on AS DATE)
   OR (
        current.content_hash <> rows_once.content_hash
        AND current.recorded_on < CAST($recorded_on AS DATE)
        AND current.status_at <= rows_once.status_at
        AND NOT current.in_file
   )
