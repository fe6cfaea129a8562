-- Grain: one row: how many rows of the file have been given a ticket id of their own.
SELECT count(*) AS rows_renamed FROM intake_renamed
