-- Grain: one row: how far the tickets known on the as-of day reach.
-- data_from, data_through: first and last day with a ticket received; last_import: day of the last ticket import.
SELECT
    min(received_at)::DATE AS data_from,
    max(received_at)::DATE AS data_through,
    (SELECT max(recorded_on) FROM seen.imports(CAST($as_of AS DATE)) WHERE kind = 'tickets') AS last_import,
    count(*) AS tickets
FROM seen.tickets(CAST($as_of AS DATE), $branch_scope);
