-- seen.set_aside(import)
-- Grain: one row that did not pass in one import.
CREATE OR REPLACE MACRO seen.set_aside(import) AS TABLE
SELECT row_number, raw, reasons FROM stored.set_aside WHERE import_id = import;
