-- Grain: one row: tickets that stand in the file with different contents of the same status, where nothing in the file
-- tells which is the later one.
SELECT count(DISTINCT ticket_id) AS tickets
FROM (
    SELECT ticket_id FROM intake_fresh
    GROUP BY ticket_id, status_at, status_columns
    HAVING count(DISTINCT content_hash) > 1
)
