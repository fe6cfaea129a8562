-- Grain: one version (stored: version, new: place) of a contended ticket, with the days on which it became known and
-- on which the next one took its place. The rule stands in docs/data.md, "What was known when".
CREATE OR REPLACE TEMP TABLE intake_chain AS
WITH versions AS (
    SELECT version, NULL AS place, ticket_id, content_hash, recorded_on, import_id, status_at, status_columns,
           received_on, updated_at
    FROM intake_known
    UNION ALL
    SELECT NULL, place, ticket_id, content_hash, CAST($recorded_on AS DATE), $import_id, status_at, status_columns,
           received_on, updated_at
    FROM intake_fresh
),
-- History: received before watching began, and said by the first file that named the ticket.
history AS (
    SELECT
        *,
        received_on < CAST($watch_start AS DATE)
            AND recorded_on = min(recorded_on) OVER (PARTITION BY ticket_id) AS is_history
    FROM versions
),
placed AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY ticket_id, is_history ORDER BY status_at, status_columns, import_id, content_hash
        ) AS nth
    FROM history
),
known AS (
    SELECT
        *,
        CASE
            WHEN NOT is_history THEN recorded_on
            WHEN nth = 1 THEN received_on
            ELSE greatest(received_on, least(CAST(status_at AS DATE), recorded_on))
        END AS known_on
    FROM placed
),
-- A version that its own system changed before one known earlier is late news: kept, but never current.
judged AS (
    SELECT
        *,
        coalesce(updated_at < max(updated_at) OVER (
            PARTITION BY ticket_id ORDER BY known_on, status_at, status_columns, import_id, content_hash
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ), false) AS is_late_news
    FROM known
)
SELECT
    version, place, known_on,
    CASE
        WHEN is_late_news THEN known_on
        ELSE lead(known_on) OVER (
            PARTITION BY ticket_id, is_late_news ORDER BY known_on, status_at, status_columns, import_id, content_hash)
    END AS superseded_on
FROM judged
