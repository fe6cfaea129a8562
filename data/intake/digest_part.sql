-- Grain: one row of the file, in the file's order: one column of a digest, written the same way in every format.
SELECT coalesce(moment(tidy(part))::VARCHAR, narrow(tidy(part)), '') AS part FROM parts
