-- Grain: one row of the file that did not pass.
INSERT INTO stored.set_aside BY NAME
SELECT $import_id AS import_id, row_number, CAST(raw AS JSON) AS raw, CAST(reasons AS JSON) AS reasons
FROM intake_set_aside
