-- Grain: one row that did not pass in one import, as it stood in the file.
-- text: raw (handed back to who imports, to be corrected; the screen masks what it shows)
-- access: head_office (rows stand here as the file said them, of all branches)
SELECT row_number, raw, reasons
FROM seen.set_aside($import_id)
ORDER BY row_number;
