-- Grain: one row of the file that says something new.
INSERT INTO stored.branches BY NAME
SELECT intake_rows.* EXCLUDE (place, row_number, subject), $import_id AS import_id,
       CAST($recorded_on AS DATE) AS recorded_on
FROM intake_rows
