-- Grain: one row: how many rows of the file said nothing new.
SELECT count(*) AS rows_dropped FROM intake_dropped
