-- seen.evaluations(as_of, branch_scope)
-- Grain: one class, year and week up to as_of: its newest evaluation. They are of the whole bank: a branch reader, who
-- may not see the other branches' counts, sees none.
CREATE OR REPLACE MACRO seen.evaluations(as_of, branch_scope) AS TABLE
SELECT complaint_class, year, week, evaluated_on, plan_version, import_id, made_at, CAST(body AS VARCHAR) AS body
FROM stored.evaluations
WHERE evaluated_on <= as_of AND branch_scope IS NULL
QUALIFY row_number() OVER (PARTITION BY complaint_class, year, week ORDER BY made_at DESC, import_id DESC) = 1;
