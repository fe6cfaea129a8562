-- seen.plans(as_of)
-- Grain: one plan version made on or before as_of. The first version of a class and year is always there, so that a
-- bank that starts late can look back; made_at says when it was made.
CREATE OR REPLACE MACRO seen.plans(as_of) AS TABLE
SELECT * FROM stored.plans WHERE version = 1 OR made_at < as_of + 1;
