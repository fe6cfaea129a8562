-- Grain: one import, newest first.
-- access: everyone
SELECT import_id, kind, file_name, sha256, mapping, encoding, started_at, finished_at, recorded_on, rows_read, accepted,
       unchanged, set_aside, demo, notes
FROM seen.imports(CAST($as_of AS DATE))
ORDER BY import_id DESC;
