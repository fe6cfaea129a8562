-- Grain: one stored version of a contended ticket (also under the name that renamed.sql gave a row).
CREATE OR REPLACE TEMP TABLE intake_known AS
SELECT
    rowid AS version, ticket_id, content_hash, recorded_on, import_id, status_at, status_columns,
    CAST(received_at AS DATE) AS received_on, updated_at, superseded_on
FROM stored.ticket_versions
WHERE ticket_id IN (SELECT ticket_id FROM intake_contended UNION SELECT ticket_id FROM intake_renamed)
