-- Grain: one row of the file, in the file's order: the loan balance of one branch at the end of one month, in yuan.
-- Columns as in check_branches.sql.
WITH read AS (
    SELECT row_number, place, branch_id, month AS month_text,
           month_of(month) AS month, loan_balance AS loan_balance_text,
           fen(number(loan_balance) * getvariable('loan_balance_scale')) AS loan_balance
    FROM raw
),
judged AS (
    SELECT
        *,
        md5(concat_ws(chr(31), 'branch_id=' || branch_id, 'month=' || month::VARCHAR,
                      'loan_balance=' || TRY(amount_text(loan_balance)))) AS content_hash,
        branch_id IS NULL AS fault_branch_id_missing,
        month_text IS NULL AS fault_month_missing,
        month_text IS NOT NULL AND month IS NULL AS fault_month_no_date,
        implausible(month::TIMESTAMP, getvariable('recorded_on')) AS fault_month_implausible,
        loan_balance_text IS NULL AS fault_loan_balance_missing,
        loan_balance_text IS NOT NULL AND loan_balance IS NULL AS fault_loan_balance_no_number,
        coalesce(loan_balance < 0, false) AS fault_loan_balance_negative,
        coalesce(loan_balance > 1e15, false) AS fault_loan_balance_too_large
    FROM read
)
SELECT row_number, place, branch_id, month, loan_balance, content_hash,
       concat_ws(chr(31), branch_id, month::VARCHAR) AS subject,
       COLUMNS('^fault_'), greatest(*COLUMNS('^fault_')) AS fails
FROM judged
