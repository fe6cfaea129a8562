-- seen.branches(as_of, branch_scope)
-- Grain: one branch as last described on or before as_of; a branch first described later is shown as first described.
CREATE OR REPLACE MACRO seen.branches(as_of, branch_scope) AS TABLE
SELECT branch_id, branch_name, region, outlets, personal_customers
FROM stored.branches
WHERE branch_scope IS NULL OR branch_id = branch_scope
QUALIFY row_number() OVER (
    PARTITION BY branch_id
    ORDER BY recorded_on > as_of, CASE WHEN recorded_on > as_of THEN recorded_on END,
             recorded_on DESC, import_id DESC, content_hash
) = 1;
