-- seen.plan_curves(as_of)
-- Grain: one day of the frozen curve of one plan version made on or before as_of (or of a first version).
CREATE OR REPLACE MACRO seen.plan_curves(as_of) AS TABLE
SELECT curve.*
FROM stored.plan_curves AS curve
JOIN seen.plans(as_of) AS plan USING (complaint_class, year, version);
