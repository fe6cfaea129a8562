-- Grain: one row: the number of the next import.
SELECT coalesce(max(import_id), 0) + 1 AS import_id FROM stored.imports
