-- Grain: one row of the file, in the file's order: one column of a digest, written the same way in every format.
SELECT coalesce(moment(part)::VARCHAR, narrow(part), '') AS part FROM parts
