-- seen.imports(as_of)
-- Grain: one import that was recorded on or before as_of.
CREATE OR REPLACE MACRO seen.imports(as_of) AS TABLE
SELECT * FROM stored.imports WHERE recorded_on <= as_of;
