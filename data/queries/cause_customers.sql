-- Grain: one branch: customers complaining between two days, each once in a calendar year, at the branch of the first
-- complaint; the branch's mean loan balance over the months touched (yuan, NULL where none is known), its outlets and
-- personal customers. Branches with a balance and no customer are there too.
WITH customers AS (
    SELECT branch_id, count(*) AS customers
    FROM seen.cause_tickets(
        CAST($as_of AS DATE), $branch_scope, $complaint_class, CAST($first AS DATE), CAST($last AS DATE), 'customers'
    )
    WHERE counted
    GROUP BY branch_id
),
balances AS (
    SELECT branch_id, round(avg(loan_balance), 2) AS balance  -- whole fen: a sum of many depends on its order
    FROM seen.branch_balances(CAST($as_of AS DATE), $branch_scope)
    WHERE month >= date_trunc('month', CAST($first AS DATE)) AND month <= CAST($last AS DATE)
    GROUP BY branch_id
),
described AS (
    SELECT branch_id, outlets, personal_customers
    FROM seen.branches(CAST($as_of AS DATE), $branch_scope)
)
SELECT branch_id, coalesce(customers, 0) AS customers, balance, outlets, personal_customers
FROM customers
FULL JOIN balances USING (branch_id)
LEFT JOIN described USING (branch_id)
ORDER BY branch_id;
