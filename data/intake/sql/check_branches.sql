-- Grain: one row of the file, in the file's order: one branch. Columns as in check_tickets.sql; subject: what the
-- newest row replaces.
WITH read AS (
    SELECT row_number, place, branch_id, branch_name,
           region, outlets AS outlets_text, whole_number(outlets) AS outlets,
           personal_customers AS personal_customers_text,
           whole_number(personal_customers) AS personal_customers
    FROM raw
),
judged AS (
    SELECT
        *,
        md5(concat_ws(chr(31), 'branch_id=' || branch_id, 'branch_name=' || branch_name, 'region=' || region,
                      'outlets=' || outlets, 'personal_customers=' || personal_customers)) AS content_hash,
        branch_id IS NULL AS fault_branch_id_missing,
        branch_name IS NULL AS fault_branch_name_missing,
        outlets_text IS NOT NULL AND (outlets IS NULL OR outlets NOT BETWEEN 0 AND 1000000)
            AS fault_outlets_no_count,
        personal_customers_text IS NOT NULL AND (personal_customers IS NULL OR personal_customers < 0)
            AS fault_personal_customers_no_count
    FROM read
)
SELECT row_number, place, branch_id, branch_name, region,
       CAST(CASE WHEN outlets BETWEEN 0 AND 1000000 THEN outlets END AS INTEGER) AS outlets, personal_customers,
       content_hash, branch_id AS subject, COLUMNS('^fault_'), greatest(*COLUMNS('^fault_')) AS fails
FROM judged
